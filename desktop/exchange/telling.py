"""An import told to programs and people: JSON, and sentences."""

from __future__ import annotations

from typing import Any

from desktop.exchange.checking import Place
from desktop.exchange.columns import Column
from desktop.exchange.headings import IGNORED
from desktop.exchange.layout import SheetLayout, Table
from desktop.exchange.preview import NeedsMapping, Preview
from desktop.exchange.said import Problem
from desktop.registers import own_fields
from desktop.registers.members import public_name

_OWN_ROWS = frozenset(("duplicate", "hidden", "set_aside"))
_COMPLETES_THE_LABEL = frozenset(("id_length", "id_characters", "id_check_digit", "id_date"))


def sentence(problem: Problem) -> str:
    """A problem's message as a sentence of its own, the field named first."""
    if not problem.field or problem.code not in _COMPLETES_THE_LABEL:
        return problem.message
    return own_fields.label_of(problem.field) + problem.message


def as_json(preview: Preview, changeset: int | None) -> dict[str, Any]:
    """The object of ``import members --json``; rows and columns as the spreadsheet shows them."""
    counts = preview.counts
    found: dict[str, Any] = {
        "files": [
            {
                "file": file.file,
                "format": file.workbook.format,
                "sheets": [entry for sheet in file.sheets for entry in _sheet(preview, sheet)],
            }
            for file in preview.files
        ],
        "new": counts.new,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "left_out_men": counts.left_out_men,
        "absent": counts.absent,
        "undecided": counts.problem,
        "problems": [_problem(p) for p in preview.problems],
        "changes": _fixes(preview),
        "changeset": changeset,
    }
    if preview.needs_mapping:
        found["needs_mapping"] = [_needed(one) for one in preview.needs_mapping]
    return found


def _sheet(preview: Preview, sheet: SheetLayout) -> list[dict[str, Any]]:
    places = [p for p in preview.places if p.layout is sheet]
    if not places:
        return [
            {
                "sheet": sheet.sheet.name,
                "header_rows": [],
                "unit_from": "none",
                "columns": [],
                "unmapped": [],
                "rows": 0,
                "skipped": [],
                "left_out": sheet.left_out,
            }
        ]
    return [_table(preview, place) for place in places]


def _table(preview: Preview, place: Place) -> dict[str, Any]:
    table = place.table
    skipped = [{"row": s.row, "why": s.why} for s in table.skipped]
    skipped += [
        {"row": row.row, "why": row.why}
        for row in preview.rows
        if row.place == place.number and row.why in _OWN_ROWS
    ]
    told: dict[str, Any] = {
        "sheet": place.layout.sheet.name,
        "header_rows": list(table.header_rows),
        "unit_from": table.unit_from,
        "columns": [_column(c) | {"field": place.public(c.field)} for c in _mapped(table)],
        "unmapped": [_column(c) for c in table.columns if c.field in (None, IGNORED)],
        "rows": len(table.people),
        "skipped": sorted(skipped, key=lambda s: s["row"]),
    }
    if place.layout.left_out:
        told["left_out"] = place.layout.left_out
    return told


def _mapped(table: Table) -> list[Any]:
    return [c for c in table.columns if c.field and c.field != IGNORED]


def _column(column: Column) -> dict[str, str]:
    return {"column": column.letter, "header": column.header}


def _problem(problem: Problem) -> dict[str, Any]:
    told = problem._asdict()
    told["column"] = problem.column or None
    told["field"] = problem.field or None
    told["message"] = sentence(problem)
    return told


def _fixes(preview: Preview) -> list[dict[str, Any]]:
    return [
        {
            "file": preview.places[row.place].file,
            "sheet": preview.places[row.place].layout.sheet.name,
            "row": row.row,
            "column": fix.column,
            "field": preview.places[row.place].public(fix.field),
            "old": fix.old,
            "new": fix.new,
            "reason": fix.reason,
        }
        for row in preview.rows
        for fix in row.fixes
    ]


def _needed(one: NeedsMapping) -> dict[str, Any]:
    proposal = one.proposal
    return {
        "file": one.file,
        "sheet": one.sheet,
        "columns": [
            {
                "column": column,
                "header": proposal.headers.get(column, ""),
                "field": public_name(proposal.fields[column])
                if column in proposal.fields
                else None,
                "samples": list(samples),
            }
            for column, samples in proposal.samples.items()
        ],
        "map": ",".join(f"{c}={public_name(f)}" for c, f in proposal.fields.items()),
    }


def what_was_done(preview: Preview, *, new: int, updated: int) -> str:
    """The sentence of the change set: ``导入《4月花名册.xlsx》：新增 12 人，更新 23 人``."""
    first = f"《{preview.files[0].file}》" if preview.files else "名册"
    more = f"等 {len(preview.files)} 份表格" if len(preview.files) > 1 else ""
    return f"导入{first}{more}：{brought(new=new, updated=updated)}"


def brought(*, new: int, updated: int) -> str:
    """What an import brought, without what it did not: ``新增 12 人，更新 23 人``."""
    told = [f"新增 {new} 人"] * bool(new) + [f"更新 {updated} 人"] * bool(updated)
    return "，".join(told) or "没有改动"
