"""How does the roster go out in the very form another system demands?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.types import PartialDate
from desktop.exchange.export import Remark, Row, Step
from desktop.exchange.profiles import Profile, ProfileColumn
from desktop.exchange.xlsx_out import (
    banner,
    display_width,
    new_workbook,
    page_setup,
    sheet_name,
    storable,
)
from desktop.fields import Day, Field, Register
from desktop.fields.outgoing import veiled, words
from desktop.registers import MEMBERS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_EXCEL_FORMATS = {"yyyy年m月d日": 'yyyy"年"m"月"d"日"', "yyyy年m月": 'yyyy"年"m"月"'}
_WIDTHS_FROM = 300
_NARROWEST, _WIDEST = 8, 40
_REPORT_EVERY = 500
_FEWER = {"yyyy-mm-dd": "yyyy-mm", "yyyy.mm.dd": "yyyy.mm", "yyyy/mm/dd": "yyyy/mm",
          "yyyymmdd": "yyyymm", "yyyy年m月d日": "yyyy年m月"}  # fmt: skip


@dataclass(frozen=True)
class SentOut:
    """How many people went into which files, and which cells a target may refuse.

    The row of a remark is that of the sheet; ``file`` and ``sheet`` say which.
    """

    rows: int
    files: tuple[Path, ...]
    remarks: tuple[PlacedRemark, ...] = ()


@dataclass(frozen=True)
class PlacedRemark:
    """A :class:`Remark` and where it is."""

    file: Path
    sheet: str
    remark: Remark


Value = str | int | date | None


@dataclass(frozen=True)
class _Column:
    demand: ProfileColumn
    take: Callable[[Row, int], Value]
    is_day: bool = False


def export_by_profile(
    rows: Sequence[Row],
    target: Path,
    profile: Profile,
    *,
    full: bool,
    unit_names: Mapping[int, str],
    register: Register = MEMBERS,
    organisation: str = "",
    today: date,
    step: Step | None = None,
) -> SentOut:
    """Write the people as ``profile`` demands; more than it allows go to further files.

    ``register`` is the one the profile was read with. Further files are called like ``target``
    with (2), (3) … behind. Without ``full`` numbers are masked. A file is there whole or not at
    all; ``step`` may raise ``Cancelled``, and files finished before that stay.
    """
    columns = [
        _column(one, profile, register, full=full, unit_names=unit_names)
        for one in (*profile.columns, *_unknown_columns(rows, profile))
    ]
    per_file = profile.rows_per_sheet * profile.sheets
    files: list[Path] = []
    remarks: list[PlacedRemark] = []
    for start in range(0, max(len(rows), 1), per_file):
        file = target if not files else target.with_stem(f"{target.stem}({len(files) + 1})")
        part = rows[start : start + per_file]
        with new_workbook(file, title=profile.title, today=today, low_memory=False) as book:
            writer = _Writer(book, profile, columns, organisation, today)
            for name, remark in writer.write(part, start, len(rows), step):
                remarks.append(PlacedRemark(file, name, remark))
        files.append(file)
    return SentOut(len(rows), tuple(files), tuple(remarks))


class _Writer:
    """One workbook of a profile."""

    def __init__(
        self,
        book: Workbook,
        profile: Profile,
        columns: Sequence[_Column],
        organisation: str,
        today: date,
    ) -> None:
        self._book, self._profile, self._columns = book, profile, columns
        self._above = (f"填报单位（盖章）：{organisation}", f"{today.year}年{today.month}月")
        cell = {"border": 1, "valign": "vcenter"}
        look = book.add_format
        self._heading = look(cell | {"bold": True, "align": "center", "text_wrap": True})
        self._text = look(cell | {"num_format": "@"})
        self._number = look(cell | {"align": "center"})
        shape = _EXCEL_FORMATS.get(profile.dates, profile.dates)
        self._day = look(cell | {"num_format": shape, "align": "center"})
        self._title = look({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self._line = look({"valign": "vcenter"})

    def write(
        self, rows: Sequence[Row], before: int, total: int, step: Step | None
    ) -> list[tuple[str, Remark]]:
        """Fill the sheets; ``before`` people of ``total`` went into earlier files."""
        most = self._profile.rows_per_sheet
        remarks: list[tuple[str, Remark]] = []
        for number, start in enumerate(range(0, max(len(rows), 1), most), start=1):
            part = rows[start : start + most]
            name = self._sheet_name(number, len(rows) > most)
            sheet = self._book.add_worksheet(name)
            top = self._write_top(sheet)
            for at, row in enumerate(part, start=1):
                place = before + start + at
                found = self._write_person(sheet, top + at, row, place)
                remarks += [(name, remark) for remark in found]
                if step is not None and place % _REPORT_EVERY == 0:
                    step(place, total)
            self._dress(sheet, part, top)
        return remarks

    def _sheet_name(self, number: int, is_one_of_many: bool) -> str:
        own = sheet_name(self._profile.sheet_name)
        return f"{own[:28]}{number}" if is_one_of_many or own == "Sheet" else own

    def _write_top(self, sheet: Worksheet) -> int:
        """The row of the headings, from 0."""
        top, last = 0, len(self._columns) - 1
        if self._profile.has_title:
            banner(sheet, 0, last, self._profile.title, self._title)
            sheet.set_row(0, 30)
            sheet.write_string(1, 0, storable(self._above[0]), self._line)
            sheet.write_string(1, last, self._above[1], self._line)
            top = 2
        for at, column in enumerate(self._columns):
            sheet.write_string(top, at, storable(column.demand.heading), self._heading)
        return top

    def _write_person(self, sheet: Worksheet, at_row: int, row: Row, number: int) -> list[Remark]:
        remarks = []
        for at, column in enumerate(self._columns):
            value = column.take(row, number)
            heading = column.demand.heading
            if value is None:
                sheet.write_blank(at_row, at, None, self._text)
                if column.demand.is_required:
                    remarks.append(Remark(at_row + 1, heading, "这一栏必填，名册里没有填"))
            elif isinstance(value, int):
                sheet.write_number(at_row, at, value, self._number)
            elif isinstance(value, date):
                sheet.write_datetime(at_row, at, _moment(value), self._day)
            else:
                sheet.write_string(at_row, at, storable(value), self._text)
                if column.is_day and not self._is_whole(row, column):
                    remarks.append(Remark(at_row + 1, heading, f"只知道“{value}”，不是完整日期"))
        return remarks

    def _is_whole(self, row: Row, column: _Column) -> bool:
        born = row.get(column.demand.field)
        if not isinstance(born, PartialDate):
            return True
        needed = "day" if "d" in self._profile.dates else "month"
        return born.precision in ("day", needed)

    def _dress(self, sheet: Worksheet, rows: Sequence[Row], top: int) -> None:
        sample = rows[:: len(rows) // _WIDTHS_FROM + 1]
        for at, column in enumerate(self._columns):
            texts = (str(column.take(row, 1) or "") for row in sample)
            widest = max(map(display_width, (column.demand.heading, *texts))) + 2
            sheet.set_column(at, at, min(max(widest, _NARROWEST), _WIDEST))
        sheet.freeze_panes(top + 1, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{top + len(rows) + 1}"})
        page_setup(sheet, header_row=top)


def _unknown_columns(rows: Sequence[Row], profile: Profile) -> list[ProfileColumn]:
    """Columns of rosters the program has no field for, where everything is to go out."""
    if not profile.all_fields:
        return []
    taken = {column.heading for column in profile.columns}
    found = {heading: None for row in rows for heading in _extra(row) if heading not in taken}
    return [ProfileColumn(heading, extra=heading) for heading in found]


def _extra(row: Row) -> Mapping[str, str]:
    extra = row.get("extra")
    return extra if isinstance(extra, Mapping) else {}


def _column(
    demand: ProfileColumn,
    profile: Profile,
    register: Register,
    *,
    full: bool,
    unit_names: Mapping[int, str],
) -> _Column:
    if demand.is_serial:
        return _Column(demand, lambda _, number: number)
    if demand.extra:
        return _Column(demand, lambda row, _: _unknown(row, demand.extra, full=full))
    if not demand.field:
        return _Column(demand, lambda _, __: demand.value or None)
    field = register.field(demand.field)
    tell = _telling(field, profile, full=full, unit_names=unit_names)

    def take(row: Row, _: int) -> Value:
        value = row.get(field.name)
        return (None if value is None else tell(value)) or demand.otherwise or None

    return _Column(demand, take, isinstance(field.kind, Day))


def _unknown(row: Row, heading: str, *, full: bool) -> Value:
    text = _extra(row).get(heading)
    return text if text is None or full else veiled(text)


def _telling(
    field: Field, profile: Profile, *, full: bool, unit_names: Mapping[int, str]
) -> Callable[[Any], Value]:
    tell = words(field, full=full, unit_names=unit_names)
    if isinstance(field.kind, Day) and (full or not field.kind.is_private):
        return lambda value: _day(value, profile)
    if field.name == "name" and profile.names_without_spaces:
        return lambda value: re.sub(r"\s+", "", tell(value) or "")
    if field.name == "id_number" and profile.id_upper:
        return lambda value: (tell(value) or "").upper()
    return tell


def _day(value: PartialDate, profile: Profile) -> Value:
    if profile.date_cells and value.precision == "day":
        return value.first_day()
    return written(value, profile.dates)


def written(value: PartialDate, pattern: str) -> str:
    """A date in one of the patterns of a profile, with no more of it than is known."""
    if value.day is None:
        pattern = _FEWER.get(pattern, pattern)
    if value.month is None:
        return f"{value.year}年" if "年" in pattern else str(value.year)
    parts = {"yyyy": f"{value.year:04d}", "mm": f"{value.month:02d}", "m": str(value.month)}
    if value.day is not None:
        parts |= {"dd": f"{value.day:02d}", "d": str(value.day)}
    return re.sub("yyyy|mm|dd|m|d", lambda found: parts[found[0]], pattern)


def _moment(day: date) -> Any:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - workbooks know no time zone
