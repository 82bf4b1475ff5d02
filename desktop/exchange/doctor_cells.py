"""Which cells of a roster are written badly, and how are they written well without asking?

Only the writing is touched, never what is said: importing the repaired cell gives the same value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from desktop.exchange import cells
from desktop.exchange.checking import Entry, Place
from desktop.exchange.columns import Column
from desktop.exchange.doctor_report import Repair
from desktop.exchange.headings import AGE, SEQUENCE
from desktop.exchange.reading.cells import CellValue
from desktop.fields import Day, IdNumber, Name, Phone, identity
from desktop.fields.kinds import cell_text, tidy
from desktop.registers import MEMBERS

_NUMBER_HEADING = re.compile(r"年龄|周岁|人数|子女数|金额|学时|课时|工龄|年限|分数|得分")
_PLAIN_NUMBER = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_RESIDENT = (None, "resident")
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?", re.ASCII)
_SHAPES = (
    ("年月日", re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?")),
    ("横线", re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?")),
    ("斜线", re.compile(r"\d{4}/\d{1,2}(?:/\d{1,2})?")),
    ("点", re.compile(r"\d{4}\.\d{1,2}(?:\.\d{1,2})?")),
    ("连写", re.compile(r"\d{6}(?:\d{2})?")),
)
_Repairs = Callable[[Column], Iterator[Repair]]


class TableCells:
    """The cells of one table against what the importer understood of them."""

    def __init__(self, place: Place, entries: list[Entry]) -> None:
        self.sheet, self.table, self.entries = place.layout.sheet, place.table, entries

    def repairs(self) -> Iterator[Repair]:
        """Every cell that can be put right without asking, one repair a cell."""
        for column in self.table.columns:
            yield from self._way(column)(column)

    def _way(self, column: Column) -> _Repairs:
        if column.field == AGE or (column.field is None and _NUMBER_HEADING.search(column.header)):
            return self._numbers
        if column.field in (None, SEQUENCE) or column.field not in _FIELDS:
            return self._texts
        kind = MEMBERS.field(column.field).kind
        ways: tuple[tuple[type, _Repairs], ...] = (
            (Name, self._names), (IdNumber, self._ids), (Phone, self._phones), (Day, self._dates),
        )  # fmt: skip
        return next((way for one, way in ways if isinstance(kind, one)), self._texts)

    def _filled(self, column: Column) -> Iterator[tuple[Entry, CellValue]]:
        """What the file itself holds in a column, without what was filled in from merges."""
        first = self.sheet.first_row
        for entry in self.entries:
            cell = self.sheet.rows[entry.row - first][column.index]
            if cell is not None:
                yield entry, cell

    def _repair(
        self, entry: Entry, column: Column, code: str, *, new: str | int | None, reason: str
    ) -> Repair:
        at = self.sheet.first_column + column.index
        old = self.sheet.rows[entry.row - self.sheet.first_row][column.index]
        return Repair(self.sheet.name, entry.row, at, code, old, new, reason)

    def _texts(self, column: Column) -> Iterator[Repair]:
        for entry, cell in self._filled(column):
            if not isinstance(cell, str) or cell in cells.DITTO:
                continue
            plain = self._plain(column, cell)
            if plain != cell:
                yield self._repair(
                    entry, column, "text_padded", new=plain or None, reason="去掉多余的空格"
                )

    def _plain(self, column: Column, cell: str) -> str:
        unit = cells.read_unit(cell) if column.field == "unit_id" else None
        return unit if isinstance(unit, str) else tidy(cell)

    def _numbers(self, column: Column) -> Iterator[Repair]:
        for entry, cell in self._filled(column):
            if isinstance(cell, str) and _PLAIN_NUMBER.fullmatch(tidy(cell)):
                yield self._repair(
                    entry, column, "number_text", new=int(tidy(cell)), reason="文字改成数字"
                )

    def _names(self, column: Column) -> Iterator[Repair]:
        for entry, cell in self._filled(column):
            told = {p.code for p in entry.problems if p.field == "name"}
            if isinstance(cell, str) and entry.name and entry.name != cell and not told:
                yield self._repair(
                    entry, column, "name_padded", new=entry.name, reason="去掉姓名里的空格"
                )

    def _ids(self, column: Column) -> Iterator[Repair]:
        for entry, cell in self._filled(column):
            number = entry.values.get("id_number")
            told = {p.code for p in entry.problems if p.field == "id_number"}
            if number is None or number == cell or "id_characters" in told:
                continue
            if entry.values.get("id_type") not in _RESIDENT:
                continue
            is_old = len(identity.clean(cell_text(cell))[0]) == 15
            code = "id_upgraded" if is_old else "id_style"
            reason = "15 位升为 18 位，按文本存" if is_old else "统一写法，按文本存"
            yield self._repair(entry, column, code, new=number, reason=reason)

    def _phones(self, column: Column) -> Iterator[Repair]:
        for entry, cell in self._filled(column):
            number = entry.values.get(column.field or "")
            told = {p.code for p in entry.problems if p.column == column.letter}
            if number is None or number == cell or "phone_second" in told:
                continue
            is_text = isinstance(cell, str)
            code = "phone_style" if is_text else "phone_number"
            reason = "统一写法，按文本存" if is_text else "数字改成文本"
            yield self._repair(entry, column, code, new=number, reason=reason)

    def _dates(self, column: Column) -> Iterator[Repair]:
        filled = [
            (entry, cell, entry.values[column.field])
            for entry, cell in self._filled(column)
            if column.field in entry.values and cell not in cells.DITTO
        ]
        is_mixed = len({style(cell) for _, cell, _ in filled} - {"数字"}) > 1
        for entry, cell, value in filled:
            is_number = style(cell) == "数字"
            if (is_mixed or is_number) and str(value) != cell:
                yield self._repair(
                    entry,
                    column,
                    "date_serial" if is_number else "date_mixed",
                    new=str(value),
                    reason="数字改成日期" if is_number else "日期统一成一种写法",
                )


def style(cell: CellValue) -> str:
    """How a date is written; texts with the year, month and day in one manner are one style."""
    if isinstance(cell, date):
        return "日期格式"
    if not isinstance(cell, str):
        return "连写" if _is_run(cell) else "数字"
    if _ISO.fullmatch(cell):
        return "横线"
    text = unicodedata.normalize("NFKC", tidy(cell))
    return next((name for name, shape in _SHAPES if shape.fullmatch(text)), "其他")


def _is_run(cell: Any) -> bool:
    """``198506`` and ``19850612`` typed as numbers are read by everybody."""
    return isinstance(cell, int | float) and 190000 <= cell <= 20991231 and cell == int(cell)


_FIELDS = frozenset(f.name for f in MEMBERS.fields)
