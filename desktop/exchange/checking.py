"""What do the rows of a table say about people? Cells become values and problems; nothing is kept.

A field that cannot be used is left empty and told; what stood there goes along, unresolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.types import PartialDate
from desktop.exchange.cells import Memo, born, memo_for
from desktop.exchange.columns import Column
from desktop.exchange.headings import AGE, COARSE_UNIT, IGNORED, SEQUENCE, is_about_health
from desktop.exchange.layout import SheetLayout, Table
from desktop.exchange.reading.cells import CellValue
from desktop.exchange.said import Fix, Note, Problem
from desktop.fields import Register
from desktop.fields.kinds import EMPTY_WORDS, cell_text, tidy
from desktop.registers import own_fields
from desktop.registers.members import MEMBERS, public_name

YOUNGEST, OLDEST = 16, 90
_KEPT_BESIDE = {"phone_second": "（另）", "name_note": "附注", "": "原写法"}
_NEVER_COPIED = frozenset(("name", "id_number"))
_RESIDENT = frozenset((None, "resident"))
_NO_FIELD = frozenset((SEQUENCE, AGE, COARSE_UNIT, IGNORED))
_DIGITS_OF_MEN = frozenset("13579")


@dataclass(slots=True)
class Entry:
    """One person of an incoming file while she is being understood.

    ``values`` holds what can be written, by field; the unit stands in ``unit`` as its path of
    names. ``derived`` are fields that follow from the identity number and fill blanks only.
    ``errors`` tells whether a problem of level ``error`` was found.
    """

    place: int
    row: int
    cells: Sequence[CellValue]
    values: dict[str, Any]
    unit: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    unresolved: tuple[dict[str, str], ...] = ()
    problems: list[Problem] = field(default_factory=list)
    fixes: tuple[Fix, ...] = ()
    derived: dict[str, Any] = field(default_factory=dict)
    prefix15: str = ""
    is_man: bool = False

    @property
    def name(self) -> str | None:
        found: str | None = self.values.get("name")
        return found


@dataclass(frozen=True)
class Place:
    """Where a table stands: the file as it is called, and what was understood of its sheet.

    ``is_returned``: the file was sent out for correction; its hidden rows are not read again.
    """

    file: str
    layout: SheetLayout
    table: Table
    number: int
    is_returned: bool = False
    register: Register = MEMBERS

    def problem(self, row: int, column: Column | None, told: Note, value: str = "") -> Problem:
        named = column.field if column and column.field else ""
        return Problem(
            self.file,
            self.layout.sheet.name,
            row,
            column.letter if column else "",
            self.public(named),
            value,
            told.code,
            told.level,
            told.message,
        )

    def public(self, name: str) -> str:
        """The name of a field (or ``seq``, ``age`` …) as it is called outside."""
        is_own = own_fields.is_own(name)
        return self.register.field(name).label if is_own else public_name(name)


class Checker:
    """Reads the rows of one table; also a single row again after a cell was put right."""

    def __init__(self, place: Place, today: date, *, fill_units: bool = False) -> None:
        self.place, self.today, self.fill_units = place, today, fill_units
        self.sheet, self.register = place.layout.sheet, place.register
        self.table = place.table
        self.fields = {
            c.field: c for c in self.table.columns if c.field and c.field not in _NO_FIELD
        }
        self.memos = {
            name: memo_for(self.register.field(name), column.header, is_1904=self.sheet.date_1904)
            for name, column in self.fields.items()
        }
        self.coarse = self.table.column_of(COARSE_UNIT)
        age = self.table.column_of(AGE)
        keeps_age = age is not None and not {"id_number", "birth_date"} & self.fields.keys()
        self.ticks = self._tick_columns()
        self.spare = [
            c
            for c in self.table.columns
            if c.index not in self.ticks
            and ((c.field is None and not is_about_health(c.header)) or (keeps_age and c is age))
        ]

    def _tick_columns(self) -> dict[int, str]:
        """Two columns 男 and 女 in which the fitting one is ticked, by place."""
        if "sex" in self.fields:
            return {}
        words = ((c.index, c.key.removeprefix("性别·")) for c in self.table.columns)
        found = {index: word for index, word in words if word in ("男", "女")}
        codes = {"男": "1", "女": "2"}
        return {place: codes[word] for place, word in found.items()} if len(found) == 2 else {}

    def entries(self) -> list[Entry]:
        """Every person of the table, in the order of the rows."""
        people, rows = self.table.people, self.table.rows
        lines = [rows[p.at] for p in people]
        first, number = self.sheet.first_row, self.place.number
        told = {
            name: _read_all(self.memos[name], [line[column.index] for line in lines])
            for name, column in self.fields.items()
        }
        found = [
            Entry(number, first + person.at, line, {})
            for person, line in zip(people, lines, strict=True)
        ]
        for name, outcomes in told.items():
            self._spread(name, outcomes, found)
        if self.fill_units:
            self._fill_units(found)
        sections = [p.section for p in people]
        for entry, section in zip(found, sections, strict=True):
            self._complete(entry, section)
        for at, more in self.table.continued.items():
            self._continue(next(e for e in found if e.row == first + at), more)
        return found

    def again(self, entry: Entry, cells: Sequence[CellValue], section: str) -> Entry:
        """The same row with other cells, checked anew."""
        fresh = Entry(entry.place, entry.row, cells, {})
        for name, column in self.fields.items():
            self._spread(name, _read_all(self.memos[name], [cells[column.index]]), [fresh])
        self._complete(fresh, section)
        return fresh

    def _fill_units(self, found: list[Entry]) -> None:
        """She said that a blank unit means the one above."""
        before, column = None, self.fields.get("unit_id")
        for entry in found:
            own = entry.values.get("unit_id")
            if own is None and before is not None and column is not None:
                entry.values["unit_id"] = before
                self._fix(entry, column, "", before, "空着的单位照上一行")
            before = own or before

    def _spread(self, name: str, outcomes: list[Any], found: list[Entry]) -> None:
        if self.memos[name].is_quiet:
            for entry, value in zip(found, outcomes, strict=True):
                if value is not None:
                    entry.values[name] = value
            return
        before: Any = None
        for entry, outcome in zip(found, outcomes, strict=True):
            value = outcome
            if type(outcome) is Note:
                value = self._told(entry, name, outcome, before)
            if value is not None:
                entry.values[name] = value
            before = value

    def _told(self, entry: Entry, name: str, told: Note, before: Any) -> Any:
        """Say what a note says, and give the value to use."""
        column = self.fields[name]
        shown = "" if told.is_private else _shown(entry.cells[column.index], told)
        value = told.value
        if told.is_ditto:
            return self._ditto(entry, name, shown, before)
        if name == "birth_date" and told.code == "date_ambiguous":
            entry.derived["candidates"] = told
            return None
        if told.code:
            self._say(entry, column, told, shown)
        if told.level == "error" and name != "name":
            self._keep_unresolved(entry, name, shown, told)
        if told.prefix15:
            entry.prefix15 = told.prefix15
        if told.others and told.code in _KEPT_BESIDE:
            suffix = _KEPT_BESIDE[told.code]
            entry.extra[column.header + suffix] = "、".join(told.others)
        if told.reason:
            self._fix(entry, column, shown, value, told.reason)
        return value

    def _ditto(self, entry: Entry, name: str, shown: str, before: Any) -> Any:
        column = self.fields[name]
        if before is None or name in _NEVER_COPIED:
            message = f"“{shown}”上面没有可以照抄的内容"
            told = Note(None, "ditto_without_source", "error", message)
            self._say(entry, column, told, shown)
            self._keep_unresolved(entry, name, shown, told)
            return None
        self._fix(entry, column, shown, before, "照抄上一行")
        return before

    def _say(self, entry: Entry, column: Column | None, told: Note, value: str = "") -> None:
        entry.problems.append(self.place.problem(entry.row, column, told, value))

    def _fix(self, entry: Entry, column: Column, old: str, new: Any, reason: str) -> None:
        kind = self.register.field(column.field or "").kind
        told = kind.text(new) if new is not None else ""
        fix = Fix(column.letter, column.field or "", old, told, reason)
        entry.fixes = (*entry.fixes, fix)

    def _keep_unresolved(self, entry: Entry, name: str, shown: str, told: Note) -> None:
        kept = {"field": name, "value": shown, "code": told.code, "message": told.message}
        entry.unresolved = (*entry.unresolved, kept)

    def _complete(self, entry: Entry, section: str) -> None:
        """What needs more than one cell: unit, sex, the identity number against the rest."""
        values = entry.values
        if values.get("name") is None:
            self._without_name(entry)
        self._unit(entry, section)
        if self.spare:
            self._extra(entry)
        if self.ticks:
            self._ticked(entry)
        if values.get("id_type") not in _RESIDENT:
            self._other_paper(entry)
        number = values.get("id_number")
        if number is None:
            if entry.derived or entry.prefix15:
                self._without_number(entry)
            self._sex(entry, None)
        elif values.get("id_type") not in _RESIDENT or len(number) != 18:
            self._sex(entry, None)
        else:
            self._against_number(entry, number)
        birth = values.get("birth_date")
        if birth is not None:
            self._age(entry, birth)

    def _ticked(self, entry: Entry) -> None:
        told = [i for i in self.ticks if tidy(cell_text(entry.cells[i])) not in EMPTY_WORDS]
        if len(told) == 1:
            entry.values["sex"] = self.ticks[told[0]]

    def _other_paper(self, entry: Entry) -> None:
        """The number of a passport or permit has its own form; GB 11643 does not bind it."""
        column = self.fields.get("id_number")
        cell = entry.cells[column.index] if column is not None else None
        text = "".join(tidy(cell_text(cell)).upper().split())
        if text and text not in EMPTY_WORDS and not entry.prefix15:
            entry.values["id_number"] = text
            entry.unresolved = tuple(u for u in entry.unresolved if u["field"] != "id_number")
            entry.problems = [p for p in entry.problems if p.field != "id_number"]

    def _without_name(self, entry: Entry) -> None:
        if not any(p.field == "name" and p.level == "error" for p in entry.problems):
            column = self.table.column_of("name")
            self._say(entry, column, _error("name_missing", "这一行没有姓名，没有收进名册"))

    def _unit(self, entry: Entry, section: str) -> None:
        own = entry.values.pop("unit_id", None)
        above = None
        if self.coarse is not None:
            above = tidy(cell_text(entry.cells[self.coarse.index])) or None
        if own is None:
            if above is not None and above not in EMPTY_WORDS:
                entry.unit = (above,)
                return
            if self.table.unit_from != "column":
                told = section or self.table.unit
                entry.unit = (told,) if told else ()
            return
        entry.unit = (own,) if above in (None, own) else (str(above), own)

    def _extra(self, entry: Entry) -> None:
        cells, extra = entry.cells, entry.extra
        for column in self.spare:
            cell = cells[column.index]
            if cell is None:
                continue
            text = tidy(cell_text(cell))
            if text and text not in EMPTY_WORDS:
                extra[column.key] = text

    def _continue(self, entry: Entry, lines: Sequence[int]) -> None:
        """Keep what further lines of the same person say beside the first."""
        for column in self.table.columns:
            texts = [cell_text(self.table.rows[at][column.index]).strip() for at in lines]
            more = [t for t in texts if t and t != cell_text(entry.cells[column.index]).strip()]
            if more and column.field not in _NO_FIELD and not is_about_health(column.header):
                entry.extra[f"{column.key}（续）"] = "；".join(more)

    def _without_number(self, entry: Entry) -> None:
        """The day of birth survives in the first fifteen digits of a lost number."""
        day = born(entry.prefix15[6:14]) if entry.prefix15 else None
        ambiguous = entry.derived.pop("candidates", None)
        if ambiguous is not None:
            self._decide(entry, ambiguous, day)
        elif (
            day is not None
            and "birth_date" not in entry.values
            and "birth_date" not in {u["field"] for u in entry.unresolved}
        ):
            entry.derived["birth_date"] = day

    def _decide(self, entry: Entry, ambiguous: Note, day: PartialDate | None) -> None:
        column = self.fields["birth_date"]
        shown = _shown(entry.cells[column.index], ambiguous)
        fitting = [c for c in ambiguous.others if day is not None and c.agrees_with(day)]
        if len(fitting) == 1:
            entry.values["birth_date"] = fitting[0]
            self._fix(entry, column, shown, fitting[0], "有两种读法，按身份证号取")
            return
        self._say(entry, column, ambiguous, shown)
        self._keep_unresolved(entry, "birth_date", shown, ambiguous)

    def _against_number(self, entry: Entry, number: str) -> None:
        day = born(number[6:14])
        ambiguous = entry.derived.pop("candidates", None)
        if ambiguous is not None:
            self._decide(entry, ambiguous, day)
        self._sex(entry, "1" if number[16] in _DIGITS_OF_MEN else "2")
        birth = entry.values.get("birth_date")
        if day is None:
            return
        if birth is None:
            if "birth_date" not in {u["field"] for u in entry.unresolved}:
                entry.derived["birth_date"] = day
        elif birth != day and not birth.agrees_with(day):
            self._other_birth(entry, birth, day)

    def _other_birth(self, entry: Entry, birth: PartialDate, day: PartialDate) -> None:
        column = self.fields["birth_date"]
        cell = entry.cells[column.index]
        shown = cell_text(cell)
        same_month = (birth.year, birth.month) == (day.year, day.month)
        if birth.day == 1 and same_month and isinstance(cell, date):
            month = PartialDate(birth.year, birth.month)
            entry.values["birth_date"] = month
            self._fix(entry, column, shown, month, "表格自动补的 1 日，按年月收")
            return
        if shown.strip() == f"{birth.year}.1" and (day.year, day.month) == (birth.year, 10):
            october = PartialDate(birth.year, 10)
            entry.values["birth_date"] = october
            self._fix(entry, column, shown, october, "末尾的 0 丢了，按身份证号取 10 月")
            return
        message = f"与身份证号里的生日 {day} 不一致，两边都照原样收进"
        self._say(entry, column, warning("birth_mismatch", message), shown)

    def _sex(self, entry: Entry, by_number: str | None) -> None:
        told = entry.values.get("sex")
        if told is None or told in "09":
            if told is None and by_number is not None:
                entry.derived["sex"] = by_number
            entry.is_man = by_number == "1"
            return
        entry.is_man = told == "1"
        column = self.fields.get("sex")
        if by_number is not None and by_number != told and column is not None:
            word = "男" if by_number == "1" else "女"
            message = f"身份证号第 17 位表示{word}，与性别一栏不一致"
            shown = cell_text(entry.cells[column.index])
            self._say(entry, column, warning("sex_mismatch", message), shown)

    def _age(self, entry: Entry, birth: PartialDate) -> None:
        if YOUNGEST < self.today.year - birth.year < OLDEST:
            return
        age = birth.age_on(self.today)
        if YOUNGEST <= age <= OLDEST:
            return
        column = self.fields.get("birth_date")
        message = f"按出生日期算是 {age} 岁，请核对" if age >= 0 else "出生日期在今天之后，请核对"
        self._say(entry, column, warning("age_range", message), str(birth))


def warning(code: str, message: str) -> Note:
    """A note that says something and leaves the value as it stands."""
    return Note(None, code, "warning", message)


def _error(code: str, message: str) -> Note:
    return Note(None, code, "error", message)


def _read_all(memo: Memo, cells: list[CellValue]) -> list[Any]:
    if bool in set(map(type, cells)):
        # True and 1 are one key of a dictionary, and two meanings
        cells = [cell_text(c) if isinstance(c, bool) else c for c in cells]
    return memo.read_all(cells)


def _shown(cell: CellValue, told: Note) -> str:
    if told.prefix15 and isinstance(cell, int | float):
        return f"{cell:.14E}"
    return cell_text(cell)
