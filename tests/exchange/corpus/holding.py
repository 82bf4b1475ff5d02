"""Did the importer find exactly what was put in, and say what had to be said?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from desktop.exchange.importing import ImportOptions, Preview, Problem, Row, rehearse, to_json
from desktop.services.members import Roster
from desktop.services.units import UnitIndex
from tests.exchange.corpus.pages import Book, Expected, Report
from tests.exchange.corpus.saving import is_nameless, save

TODAY = date(2026, 4, 1)
_NOBODY = Roster((), UnitIndex({}, {}, {}))
# What a person must not be given by a column that is not about her, or by nobody at all.
_HERS_ALONE = (
    "id_number", "mobile", "staff_no", "office_phone", "email", "birth_date", "work_start_date",
    "party_join_date", "former_name", "address",
)  # fmt: skip


def faults(book: Book, folder: Path, name: str) -> list[str]:
    """What of the book's truth does not hold; empty when everything does."""
    path = save(book, folder, name)
    if is_nameless(book.format):
        book.pages[0].rename("")
    preview = rehearse([path], _NOBODY, options=ImportOptions(everyone=True), today=TODAY)
    return (
        _people(book, preview)
        + _headers(book, preview)
        + _reports(book, preview)
        + _nobodies(book, preview)
        + _asked(book, preview)
    )


def confirmed_names(book: Book, folder: Path, name: str) -> list[str]:
    """Whom the file gives once the columns it asks about are confirmed as proposed."""
    path = save(book, folder, name)
    asked = rehearse([path], _NOBODY, options=ImportOptions(everyone=True), today=TODAY)
    told = ImportOptions(everyone=True, mapping=asked.needs_mapping[0].proposal.fields)
    rows = rehearse([path], _NOBODY, options=told, today=TODAY).rows
    return [row.name for row in rows if row.status == "new"]


def _at(preview: Preview, row: Row) -> tuple[str, int]:
    return preview.places[row.place].layout.sheet.name, row.row


def _people(book: Book, preview: Preview) -> list[str]:
    expected = [e for page in book.pages for e in page.expected]
    found: dict[tuple[str, int], list[Row]] = {}
    for row in preview.rows:
        if row.status == "new":
            found.setdefault(_at(preview, row), []).append(row)
    told = []
    for one in expected:
        here = found.get((one.sheet, one.row), [])
        match = next((r for r in here if r.name == one.values["name"]), None)
        if match is None:
            told.append(
                f"missing {one.sheet}!{one.row} {one.values['name']!r}: {_what(preview, one)}"
            )
            continue
        here.remove(match)
        told += _values(one, match)
    told += [f"invented {at} {row.name!r}" for at, rows in found.items() for row in rows]
    return told


def _what(preview: Preview, one: Expected) -> str:
    here = [
        f"{r.name!r} {r.status} {r.why} {[p.code for p in r.problems]}"
        for r in preview.rows
        if _at(preview, r) == (one.sheet, one.row)
    ]
    here += [
        f"skipped as {s.why}"
        for p in preview.places
        if p.layout.sheet.name == one.sheet
        for s in p.table.skipped
        if s.row == one.row
    ]
    return "; ".join(here) or "nothing there"


def _values(one: Expected, row: Row) -> list[str]:
    told = []
    for field, value in one.values.items():
        got = _value(row, field)
        if got != value:
            told.append(
                f"{one.sheet}!{one.row} {one.values['name']}: {field} {got!r}, not {value!r}"
            )
    derived = {"birth_date"} if "id_number" in one.values else set()
    told += [
        f"{one.sheet}!{one.row}: {field} invented as {row.values[field]!r}"
        for field in _HERS_ALONE
        if field not in one.values and field not in derived and row.values.get(field) is not None
    ]
    return told


def _value(row: Row, field: str) -> Any:
    if field == "unit":
        return row.unit[-1] if row.unit else ""
    if field.startswith("extra:"):
        return row.values.get("extra", {}).get(field.removeprefix("extra:"))
    value = row.values.get(field)
    return "" if value is None else str(value)


def _headers(book: Book, preview: Preview) -> list[str]:
    told = []
    sheets = [s for f in to_json(preview)["files"] for s in f["sheets"]]
    for page in book.pages:
        if not page.expected:
            continue
        here = {
            (tuple(s["header_rows"]), c["column"])
            for s in sheets
            if s["sheet"] == page.name
            for c in s["columns"]
            if c["field"] == "name"
        }
        told += [
            f"{page.name}: header {rows} with names in {column}, found {sorted(here)}"
            for rows, column in page.headers
            if column and (rows, column) not in here and not _repeats(preview, page.name, rows[-1])
        ]
    return told


def _repeats(preview: Preview, sheet: str, row: int) -> bool:
    return any(
        s.row == row and s.why == "repeated_header"
        for p in preview.places
        if p.layout.sheet.name == sheet
        for s in p.table.skipped
    )


def _reports(book: Book, preview: Preview) -> list[str]:
    wanted = [r for page in book.pages for r in page.reports]
    told = [
        f"not said: {w.codes} at {w.sheet}!{w.column}{w.row}, "
        f"but {[(p.column, p.code) for p in preview.problems if p.row == w.row]}"
        for w in wanted
        if not any(_matches(w, p) for p in preview.problems)
    ]
    told += [
        f"false alarm {p.code} at {p.sheet}!{p.column}{p.row}: {p.value!r} {p.message}"
        for p in preview.problems
        if (p.level == "error" or p.code not in _QUIET) and not any(_covers(w, p) for w in wanted)
    ]
    return told


_QUIET = (
    "unit_unknown",
    "unit_blank",
    "sheet_hidden",
    "column_hidden",
    "same_name_ask",
    "row_hidden",
)


def _matches(wanted: Report, problem: Problem) -> bool:
    return (
        _covers(wanted, problem)
        and wanted.column in ("", problem.column)
        and ("*" in wanted.codes or problem.code in wanted.codes)
    )


def _covers(wanted: Report, problem: Problem) -> bool:
    return (wanted.sheet, wanted.row) == (problem.sheet, problem.row)


def _nobodies(book: Book, preview: Preview) -> list[str]:
    skipped = {(p.layout.sheet.name, s.row): s.why for p in preview.places for s in p.table.skipped}
    told = []
    for page in book.pages:
        for row, why in page.nobody:
            has_cells = any(r == row for r, _ in page.cells)
            got = skipped.get((page.name, row))
            if page.expected and has_cells and got is None and why != "-":
                told.append(f"{page.name}!{row} is nobody and not listed as left out")
            elif why in ("total", "section", "example") and got != why:
                told.append(f"{page.name}!{row} left out as {got}, not {why}")
    return told


def _asked(book: Book, preview: Preview) -> list[str]:
    if book.asks is None or bool(preview.needs_mapping) == book.asks:
        return []
    return ["asks without need" if preview.needs_mapping else "does not ask for the columns"]
