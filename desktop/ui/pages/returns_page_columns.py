"""How do units with their forms, and the people of one unit, look in a table?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ui.models.rows import Cell, Column, Group

if TYPE_CHECKING:
    from desktop.exchange.preview import Change, Preview, Row
    from desktop.exchange.returns import Form, Taking, UnitChanges

_ATTENTION = ("unknown_unit", "unreadable", "wrong_register", "set_aside", "left_out")
_FORM_STATES = {
    "unknown_unit": Cell("要指定单位", "amber", sign="triangle-alert"),
    "unreadable": Cell("没能读出来", "danger", sign="circle-x"),
    "wrong_register": Cell("不是名册的表", "danger", sign="circle-x"),
    "set_aside": Cell("重复，没有用", "neutral", sign="circle-minus"),
    "left_out": Cell("不用", "neutral", sign="circle-minus"),
}
_UNIT_STATES = {
    "now": Cell("已交", "jade", sign="circle-check"),
    "before": Cell("先前已交", "jade", sign="circle-check"),
    "missing": Cell("没有交", "amber", sign="triangle-alert"),
}
_GROUPS = (("now", "这次交来", "jade"), ("missing", "没有交", "amber"), ("before", "先前已交", ""))


@dataclass(frozen=True)
class Line:
    """One line of the upper table: a unit with its form, or a file that needs a look."""

    key: str
    title: str
    state: Cell
    note: str
    unit: UnitChanges | None = None
    form: Form | None = None

    @property
    def path(self) -> Path | None:
        return self.form.path if self.form is not None else None


@dataclass(frozen=True)
class PersonLine:
    """One line of the lower table: somebody in the form, or missing from it."""

    key: str
    name: str
    what: Cell
    details: str


def lines(taking: Taking) -> list[Line | Group]:
    """Files that need a look first, then the units by what became of them."""
    found: list[Line | Group] = []
    odd = [_of_form(form) for form in taking.forms if form.state in _ATTENTION]
    if odd:
        found += [Group("要看一下的表", f"{len(odd)} 份", "没有收进来", "amber"), *odd]
    remarks: dict[int | None, list[str]] = {}
    for form in taking.used:
        remarks.setdefault(form.unit_id, []).extend(form.remarks)
    for state, words, tone in _GROUPS:
        mine = [u for u in taking.units if u.state == state]
        if mine:
            found.append(Group(words, f"{len(mine)} 个单位", "", tone))  # type: ignore[arg-type]
            found += [_of_unit(unit, remarks.get(unit.unit_id, [])) for unit in mine]
    return found


def _of_form(form: Form) -> Line:
    title, note = form.path.name, "".join(form.remarks)
    return Line(f"file:{form.path}", title, _FORM_STATES[form.state], note, form=form)


def _of_unit(unit: UnitChanges, remarks: list[str]) -> Line:
    said = list(remarks)
    if unit.returned is not None:
        said.append(f"{unit.returned.on} 收过《{unit.returned.file}》。")
    if unit.to_decide:
        said.insert(0, f"{unit.to_decide} 行要先定，没有导入。")
    note = "".join(said)
    return Line(f"unit:{unit.unit_id}", unit.unit, _UNIT_STATES[unit.state], note, unit=unit)


def line_columns() -> list[Column]:
    return [
        Column("unit", "单位或文件", lambda line: Cell(line.title, strong=True), 168),
        Column("state", "情况", lambda line: line.state, 118),
        Column("new", "新增", lambda line: _count(line, "new"), 52, right=True),
        Column("updated", "更新", lambda line: _count(line, "updated"), 52, right=True),
        Column("same", "未变化", lambda line: _count(line, "unchanged"), 62, right=True),
        Column("absent", "表里少了", _absent, 84),
        Column("note", "说明", lambda line: Cell(line.note, quiet=True), 0),
    ]


def _count(line: Line, name: str) -> str:
    is_new = line.unit is not None and line.unit.state == "now"
    return str(getattr(line.unit, name)) if is_new else ""


def _absent(line: Line) -> Cell:
    if line.unit is None or line.unit.state != "now":
        return Cell("")
    count = len(line.unit.absent)
    return Cell(f"{count} 人", "amber", sign="triangle-alert") if count else Cell("")


def people(line: Line, preview: Preview) -> list[PersonLine]:
    """Who is new, changed, to be decided or missing; people without a change are left out."""
    if line.unit is None:
        return []
    return list(_people(line.unit, preview))


def _people(unit: UnitChanges, preview: Preview) -> Iterator[PersonLine]:
    for row in unit.rows:
        if row.status == "new":
            yield PersonLine(f"r{row.key}", row.name, Cell("新增", "jade"), _said(row))
        elif row.status == "update":
            yield PersonLine(
                f"r{row.key}", row.name, Cell("更新", "info"), _changes(row, preview) + _said(row)
            )
        elif row.status == "problem":
            name = row.name or f"第 {row.row} 行"
            cell = Cell("要先定", "danger", sign="circle-x")
            yield PersonLine(f"r{row.key}", name, cell, _said(row))
    for key, name in unit.absent:
        cell = Cell("表里没有", "amber", sign="triangle-alert")
        yield PersonLine(f"m{key}", name, cell, "在册，这次的表里没有，不改动")


def _changes(row: Row, preview: Preview) -> str:
    return "".join(f"{words}。" for c in row.changes if (words := _change(c, row, preview)))


def _change(change: Change, row: Row, preview: Preview) -> str:
    from desktop.fields import Link
    from desktop.fields.kinds import masked

    name, old, new = change
    field = next((f for f in preview.roster.register.fields if f.name == name), None)
    if field is None:
        return ""
    if isinstance(field.kind, Link):
        names = preview.roster.units.names
        words = [names.get(old, ""), names.get(new) or "/".join(row.unit)]
    elif field.kind.is_private:
        words = [masked(field.kind, old), masked(field.kind, new)]
    else:
        words = [field.kind.text(old), field.kind.text(new)]
    return f"{field.label}：{words[0] or '空'}→{words[1]}"


def _said(row: Row) -> str:
    from desktop.exchange.telling import sentence

    return "".join(f"{sentence(p)}。" for p in row.problems if p.code != "unit_unknown")


def person_columns() -> list[Column]:
    return [
        Column("name", "姓名", lambda line: Cell(line.name, strong=True), 120),
        Column("what", "怎样", lambda line: line.what, 110),
        Column("details", "改了什么", lambda line: Cell(line.details, quiet=True), 0),
    ]
