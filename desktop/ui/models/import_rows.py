"""How does a rehearsed import look as a table: which columns, which cells, which groups?"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

from desktop.exchange.columns import Column as SheetColumn
from desktop.exchange.headings import AGE, COARSE_UNIT, IGNORED, SEQUENCE, is_about_health
from desktop.exchange.preview import Preview, Row
from desktop.exchange.said import Problem
from desktop.fields import Field, Link
from desktop.fields.codes import CODES
from desktop.fields.kinds import cell_text, masked
from desktop.registers.own_fields import public_name_of
from desktop.ui.models.rows import Cell, Column, Group

Listed = Literal[
    "problem", "update", "new", "unchanged", "absent", "left_out_man", "skipped", "all"
]

KEPT, NOT_IMPORTED = "原样保留", "不导入"
NO_FIELD = {
    SEQUENCE: "序号",
    AGE: "年龄",
    COARSE_UNIT: "上级单位",
    IGNORED: NOT_IMPORTED,
}
_LONG_NUMBER = re.compile(r"\d{11,}[Xx]?")
_WIDTHS = {
    "name": 84, "id_number": 136, "unit_id": 122, "post": 112, "birth_date": 104, "mobile": 116,
    "sex": 64, "office_phone": 116, "remark": 140,
}  # fmt: skip
_USUAL_WIDTH, _FOR_WORDS = 104, 56
_FIRST = ("name", "id_number", "unit_id", "post", "birth_date", "mobile")
_TITLES: dict[str, tuple[str, str, str, Any]] = {
    "problem": ("有问题", "行", "红色要改，黄色可先入库", "danger"),
    "update": ("更新", "人", "蓝色是会改动的内容", "info"),
    "new": ("新增", "人", "名册里没有的人", "jade"),
    "unchanged": ("未变化", "人", "不会改动", ""),
    "left_out_man": ("男职工", "人", "没有收进名册，可以逐个选收", ""),
    "skipped": ("不导入的行", "行", "选中一行可以改主意", ""),
    "absent": ("表里没有", "人", "在册，这次没出现，保持不动", ""),
}
_UNIT_FROM = {
    "section": "来自分节行",
    "sheet": "来自工作表名",
    "title": "来自表头标题",
    "none": "表里没有写",
    "column": "",
}


class Absent(NamedTuple):
    """A person on the roster whom the files do not mention."""

    person: Mapping[str, Any]

    @property
    def key(self) -> Hashable:
        return "absent", self.person["id"]


@dataclass(frozen=True)
class Look:
    """A preview made ready for painting, off the window's thread: where each field stands in each
    table, the rows under each title, how many rows are hidden in the spreadsheet, and the fields
    there are, the office's own among them."""

    preview: Preview
    places: tuple[Mapping[str, SheetColumn], ...]
    people: Mapping[int, Mapping[str, Any]]
    troubled: frozenset[str]
    groups: Mapping[Listed, Sequence[Any]]
    hidden_rows: int
    fields: Mapping[str, Field]

    @property
    def counts(self) -> dict[Listed, int]:
        """How many rows stand under each title."""
        return {name: len(rows) for name, rows in self.groups.items()}

    @property
    def problems(self) -> list[int]:
        """The keys of the rows with a problem, in order."""
        return [row.key for row in self.groups["problem"]]

    def width(self, field: str) -> int:
        """The width of a field's column: there is room for words or an old value where needed."""
        usual = _WIDTHS.get(field, _USUAL_WIDTH)
        return usual + _FOR_WORDS if field in self.troubled else usual


def look(preview: Preview) -> Look:
    places = tuple({c.field: c for c in place.table.columns if c.field} for place in preview.places)
    people = {p["id"]: p for p in preview.roster.people}
    troubled = frozenset(_troubled(preview))
    return Look(
        preview,
        places,
        people,
        troubled,
        _grouped(preview, people),
        _hidden(preview),
        fields_of(preview),
    )


def fields_of(preview: Preview) -> dict[str, Field]:
    """The fields by name, those of the office's own last."""
    return {field.name: field for field in preview.roster.register.fields}


def _troubled(preview: Preview) -> Iterator[str]:
    told = {p.field for row in preview.rows for p in row.problems}
    yield from (f.name for f in preview.roster.register.fields if public_name_of(f) in told)
    yield from (c.field for row in preview.rows for c in row.changes if c.old is not None)


def _grouped(preview: Preview, people: Mapping[int, Any]) -> dict[Listed, list[Any]]:
    found: dict[Listed, list[Any]] = {name: [] for name in _TITLES}  # type: ignore[misc]
    for row in preview.rows:
        found[row.group].append(row)
    found["absent"] = [Absent(people[one]) for one in preview.absent]
    return found


def _hidden(preview: Preview) -> int:
    marked = [place.layout.sheet.marks.hidden_rows for place in preview.places]
    return sum(e.row in marked[e.place] for e in preview.entries) if any(marked) else 0


def key_of(row: Row | Absent) -> Hashable:
    """The lasting key of a row of the table."""
    return row.key


def listed(seen: Look, wanted: Listed) -> list[Any]:
    """The rows under a title, or all of them with the titles between; absent people only when
    asked for."""
    names = [name for name in _TITLES if name != "absent"] if wanted == "all" else [wanted]
    found: list[Any] = []
    for name in names:
        rows = seen.groups[name]  # type: ignore[index]
        if rows:
            found += [_group(name, len(rows)), *rows]
    return found


def _group(name: str, count: int) -> Group:
    title, measure, note, tone = _TITLES[name]
    return Group(title, f"{count} {measure}", note, tone)


# columns


def is_uniform(preview: Preview) -> bool:
    """Whether all tables have the same columns, so that one header can stand over them."""
    return len({_shape(place.table.columns) for place in preview.places}) <= 1


def _shape(columns: Sequence[SheetColumn]) -> tuple[tuple[str, str, str | None], ...]:
    return tuple((c.letter, c.header, c.field) for c in columns)


def table_columns(seen: Look) -> list[Column]:
    """The columns of the table: row number, place where there are several, then her columns."""
    preview = seen.preview
    found = [Column("row", "行", _row_number, 52)]
    if len(preview.places) > 1:
        found.append(Column("place", "出处", partial(_place, seen), 112))
    if not preview.places:
        return found
    if is_uniform(preview):
        return found + _as_in_sheet(seen)
    return found + _merged(seen)


def _as_in_sheet(seen: Look) -> list[Column]:
    columns = seen.preview.places[0].table.columns
    shown = [c for c in columns if c.field != SEQUENCE]
    shown.sort(key=partial(_rank, seen))
    found = [_own(seen, column) for column in shown]
    if not any(c.field == "unit_id" for c in columns):
        found.insert(1, _unit_from_elsewhere(seen))
    return found


def _rank(seen: Look, column: SheetColumn) -> int:
    """Who it is first, then as in the sheet, then what is in no field."""
    if column.field in _FIRST:
        return _FIRST.index(column.field)
    return len(_FIRST) + (column.field not in seen.fields)


def _own(seen: Look, column: SheetColumn) -> Column:
    title = title_of(column, seen.fields)
    header = column.header if column.header != title else ""
    caption = f"{column.letter} 列·{header}" if header else f"{column.letter} 列"
    show: Callable[[Any], Cell | str]
    if column.field in seen.fields:
        show = partial(field_cell, seen, seen.fields[str(column.field)])
        width = seen.width(str(column.field))
    else:
        show, width = partial(_other_cell, column), 96
    is_muted = column.field not in seen.fields
    return Column(column.letter, title, show, width, caption=caption, choices=True, muted=is_muted)


def _unit_from_elsewhere(seen: Look) -> Column:
    told = {_UNIT_FROM[place.table.unit_from] for place in seen.preview.places}
    caption = told.pop() if len(told) == 1 else "各表不同"
    show = partial(field_cell, seen, seen.fields["unit_id"])
    return Column("unit_id", f"单位（{caption}）", show, 150)


def _merged(seen: Look) -> list[Column]:
    """Tables with different columns: every field any of them has, in the register's order."""
    names = {name for place in seen.places for name in place} | {"unit_id"}
    in_order = [seen.fields[name] for name in dict.fromkeys((*_FIRST, *seen.fields))]
    return [
        Column(f.name, f.label, partial(field_cell, seen, f), seen.width(f.name))
        for f in in_order
        if f.name in names
    ]


def title_of(column: SheetColumn, fields: Mapping[str, Field]) -> str:
    """What a column is taken for, in words."""
    if column.field is None:
        return NOT_IMPORTED if is_about_health(column.header) else KEPT
    return NO_FIELD.get(column.field) or fields[column.field].label


# cells


def _row_number(row: Row | Absent) -> Cell:
    return Cell("" if isinstance(row, Absent) else str(row.row), quiet=True)


def _place(seen: Look, row: Row | Absent) -> Cell:
    if isinstance(row, Absent):
        return Cell("名册", quiet=True)
    return Cell(place_words(seen.preview, row), quiet=True)


def place_words(preview: Preview, row: Row) -> str:
    """The sheet of a row; with several files, the file too."""
    place = preview.places[row.place]
    sheet = place.layout.sheet.name
    return f"{place.file}·{sheet}" if len(preview.files) > 1 else sheet


def field_cell(seen: Look, field: Field, row: Row | Absent) -> Cell:
    """One field of one row: what is wrong with it, what it changes, or what it says."""
    if isinstance(row, Absent):
        return _plain(field, known_text(seen, field, row.person))
    problem = problem_of(row, field)
    if problem is not None:
        tone: Literal["danger", "amber"] = "danger" if problem.level == "error" else "amber"
        text = shown_text(seen, field, row)
        is_name = field.name == "name"
        return Cell(text, tone, words=short(problem), tinted=True, strong=is_name)
    change = next((c for c in row.changes if c.field == field.name), None)
    if change is not None:
        old = known_text(seen, field, {field.name: change.old})
        new = shown_text(seen, field, row) or known_text(seen, field, {field.name: change.new})
        return Cell(new, "info", old=old, tinted=True)
    return _plain(field, shown_text(seen, field, row))


def _plain(field: Field, text: str) -> Cell:
    return Cell(text, strong=field.name == "name", quiet=field.name in ("unit_id", "post"))


def _other_cell(column: SheetColumn, row: Row | Absent) -> Cell:
    """A cell of a column that is no field: kept with the person under its heading, or left out."""
    if isinstance(row, Absent):
        return Cell(hidden(str((row.person["extra"] or {}).get(column.key, ""))), quiet=True)
    text = hidden(cell_text(row.cells[column.index]))
    change = next((c for c in row.changes if c.field == "extra"), None)
    if change is not None:
        old, new = ((extra or {}).get(column.key, "") for extra in (change.old, change.new))
        if old != new:
            return Cell(text, "info", old=hidden(old), tinted=True)
    return Cell(text, quiet=True)


def problem_of(row: Row, field: Field) -> Problem | None:
    """The worst thing to be said about a field of a row."""
    name = public_name_of(field)
    about = [p for p in row.problems if p.field == name]
    return min(about, key=lambda p: p.level != "error", default=None)


def short(problem: Problem) -> str:
    """A problem in two to four words."""
    head = problem.message.split("：", 1)[0]
    return head if head != problem.message and len(head) <= 6 else CODES[problem.code]


def shown_text(seen: Look, field: Field, row: Row) -> str:
    """What a field of a row says, masked where it is private."""
    if field.name == "unit_id":
        return "/".join(row.unit)
    if field.name == "name" and row.name:
        return row.name
    return private(field, plain_text(seen, field, row))


def plain_text(seen: Look, field: Field, row: Row) -> str:
    """The same unmasked, as it stands in the cell or was put right."""
    decision = seen.preview.decisions.get(row.key)
    if decision is not None and field.name in decision.corrections:
        return decision.corrections[field.name]
    column = seen.places[row.place].get(field.name)
    if column is None:
        value = row.values.get(field.name)
        return field.kind.text(value) if value is not None else ""
    cell = row.cells[column.index]
    if field.kind.is_private and isinstance(cell, float):
        return f"{cell:.0f}"
    reading = field.kind.from_cell(cell)
    if reading.value is None or field.kind.is_private or isinstance(field.kind, Link):
        return cell_text(cell)
    return field.kind.text(reading.value)


def known_text(seen: Look, field: Field, values: Mapping[str, Any]) -> str:
    """A stored value in words, masked where it is private."""
    value = values.get(field.name)
    if value is None:
        return ""
    if isinstance(field.kind, Link):
        return seen.preview.roster.units.paths.get(value, "")
    return private(field, field.kind.text(value))


def private(field: Field, text: str) -> str:
    return masked(field.kind, text) if text and field.kind.is_private else hidden(text)


def hidden(text: str) -> str:
    """A text with the long numbers in it masked, whoever's they are."""
    return _LONG_NUMBER.sub(lambda m: f"{m[0][:3]}****{m[0][-4:]}", text)


def field_of(name: str, fields: Mapping[str, Field]) -> Field | None:
    """The field a public or own name means; ``None`` for what is about a whole row."""
    return next((f for f in fields.values() if name in (f.name, public_name_of(f))), None)


def column_key(seen: Look, row: Row, field: Field) -> str:
    """The key of the table's column that shows a field of a row."""
    column = seen.places[row.place].get(field.name)
    return column.letter if column is not None and is_uniform(seen.preview) else field.name
