"""How the roster goes out as a workbook a clerk would send, and comes back without a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import UnusableError
from desktop.exchange.xlsx_out import (
    LINE_HEIGHT,
    MAX_ROWS,
    banner,
    display_width,
    is_storable,
    lines_needed,
    new_workbook,
    page_setup,
    sheet_name,
    storable,
)
from desktop.fields import Choice, Day, Field, Number, Register, YesNo
from desktop.fields.outgoing import veiled, words
from desktop.registers import MEMBERS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from desktop.services.units import UnitIndex

Step = Callable[[int, int], None]
Row = Mapping[str, object]

_REPORT_EVERY = 500  # rows between two calls of step
_LOW_MEMORY_FROM = 200_000  # cells; below, the faster way stays under 60 MB
_WIDTHS_FROM = 500  # rows looked at, evenly spread, to find how wide a column must be
_NARROWEST, _WIDEST = 6, 36
_TALLEST = 27  # lines; no row may be taller


@dataclass(frozen=True)
class Remark:
    """A cell that could not be written whole; ``row`` as the spreadsheet program shows it."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Exported:
    """How many people were written, and which cells not whole."""

    rows: int
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Column:
    """A heading, and what a person has under it (``None``: nothing)."""

    heading: str
    take: Callable[[Row], str | None]
    is_centred: bool = False
    width: int = _NARROWEST


def export_members(
    rows: Sequence[Row],
    target: Path,
    *,
    full: bool,
    title: str,
    unit_names: Mapping[int, str],
    register: Register = MEMBERS,
    today: date,
    step: Step | None = None,
) -> Exported:
    """Write the people of ``rows`` (field name to value, and ``extra``) to an xlsx at ``target``.

    Columns nobody has filled are left out. Without ``full`` identity and telephone numbers are
    masked wherever they stand. Importing a full file changes nobody. ``target`` keeps its old
    content if this raises; ``step`` may raise ``Cancelled``.
    """
    _refuse_too_many(len(rows))
    wanted = columns_of(rows, full=full, unit_names=unit_names, register=register)
    columns = [_fitted(one, rows) for one in wanted]
    low_memory = len(rows) * len(columns) > _LOW_MEMORY_FROM
    with new_workbook(target, title=title, today=today, low_memory=low_memory) as book:
        sheet = book.add_worksheet(sheet_name(MEMBERS.title))
        looks = _Looks.of(book)
        header_row = _write_top(sheet, looks, columns, title, _subtitle(len(rows), today, full))
        remarks = _write_people(sheet, looks, columns, rows, header_row=header_row, step=step)
        _dress(sheet, columns, len(rows), header_row)
    return Exported(len(rows), tuple(remarks))


def unit_names(index: UnitIndex) -> dict[int, str]:
    """What to call each unit so that reading the word finds it again: its name, else its path."""
    return {
        one: name if index.find(name) == one else index.paths[one]
        for one, name in index.names.items()
    }


def _refuse_too_many(count: int) -> None:
    if count > MAX_ROWS - 3:
        raise UnusableError(
            f"一张工作表放不下 {count} 人，最多 {MAX_ROWS - 3} 人。",
            remedy="请按单位分几次导出。",
        )


def columns_of(
    rows: Sequence[Row],
    *,
    full: bool,
    unit_names: Mapping[int, str],
    register: Register = MEMBERS,
) -> list[Column]:
    """Every usual column, every other one somebody has filled, and those the program has no field
    for; masked unless ``full``. ``register`` may hold fields of the office's own."""
    used = {name for row in rows for name, value in row.items() if value is not None}
    columns = [
        _column(field, full=full, unit_names=unit_names)
        for field in register.fields
        if field.listed or field.name in used
    ]
    headings = {heading: None for row in rows for heading in _extra(row)}
    return columns + [_extra_column(heading, full=full) for heading in headings]


def _extra(row: Row) -> Mapping[str, str]:
    extra = row.get("extra")
    return extra if isinstance(extra, Mapping) else {}


def _column(field: Field, *, full: bool, unit_names: Mapping[int, str]) -> Column:
    name, said = field.name, words(field, full=full, unit_names=unit_names)

    def take(row: Row) -> str | None:
        value = row.get(name)
        return None if value is None else said(value)

    return Column(field.label, take, isinstance(field.kind, (Choice, YesNo, Day, Number)))


def _extra_column(heading: str, *, full: bool) -> Column:
    def take(row: Row) -> str | None:
        text = _extra(row).get(heading)
        return text if text is None or full else veiled(text)

    return Column(heading, take)


def _fitted(column: Column, rows: Sequence[Row]) -> Column:
    """The column as wide as its heading and what a sample of all rows holds."""
    seen = [column.take(row) or "" for row in rows[:: len(rows) // _WIDTHS_FROM + 1]]
    width = max(map(display_width, (column.heading, *seen))) + 2
    return replace(column, width=min(max(width, _NARROWEST), _WIDEST))


def _subtitle(count: int, today: date, full: bool) -> str:
    said = f"截至{today.year}年{today.month}月{today.day}日，共{count}人"
    return said if full else said + "；证件号码和电话只列首尾几位"


@dataclass(frozen=True)
class _Looks:
    title: Format
    subtitle: Format
    heading: Format
    text: Format
    centred: Format
    number: Format

    @classmethod
    def of(cls, book: Workbook) -> _Looks:
        cell = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
        centred = cell | {"align": "center"}
        return cls(
            title=book.add_format(
                {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
            ),
            subtitle=book.add_format({"font_color": "#595959", "valign": "vcenter"}),
            heading=book.add_format(
                centred | {"bold": True, "bg_color": "#F6E7E4", "text_wrap": True}
            ),
            text=book.add_format(cell | {"num_format": "@", "text_wrap": True}),
            centred=book.add_format(centred | {"num_format": "@"}),
            number=book.add_format(centred),
        )


def _write_top(
    sheet: Worksheet, looks: _Looks, columns: Sequence[Column], title: str, subtitle: str
) -> int:
    """Title, date and count, heading; the row of the heading, from 0."""
    banner(sheet, 0, len(columns), title or MEMBERS.title, looks.title)
    banner(sheet, 1, len(columns), subtitle, looks.subtitle)
    sheet.write_string(2, 0, "序号", looks.heading)
    for at, column in enumerate(columns, 1):
        sheet.write_string(2, at, storable(column.heading), looks.heading)
    return 2


def _write_people(
    sheet: Worksheet,
    looks: _Looks,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    header_row: int,
    step: Step | None,
) -> list[Remark]:
    remarks: list[Remark] = []
    places = [
        (at, column.take, looks.centred if column.is_centred else looks.text, column)
        for at, column in enumerate(columns, 1)
    ]
    write, write_blank = sheet.write_string, sheet.write_blank
    for count, row in enumerate(rows, 1):
        at_row, lines = header_row + count, 1
        sheet.write_number(at_row, 0, count, looks.number)
        for at, take, look, column in places:
            text = take(row)
            if text is None:
                write_blank(at_row, at, None, look)
                continue
            kept = storable(text)
            if write(at_row, at, kept, look) or kept is not text:
                remarks += _remarks(at_row + 1, column.heading, text, kept)
            if len(kept) * (1 if kept.isascii() else 2) > column.width - 2:
                lines = max(lines, lines_needed(kept, column.width - 2))
        if lines > 1:
            sheet.set_row(at_row, LINE_HEIGHT * min(lines, _TALLEST))
        if step is not None and count % _REPORT_EVERY == 0:
            step(count, len(rows))
    return remarks


def _remarks(row: int, heading: str, text: str, kept: str) -> list[Remark]:
    found = []
    if not is_storable(text):
        found.append(Remark(row, heading, "有表格存不下的控制字符，已略去"))
    if len(kept.encode("utf-16-le")) > 2 * 32767:
        found.append(Remark(row, heading, "超过一格能放的 32767 字，后面的已截去"))
    return found


def _dress(sheet: Worksheet, columns: Sequence[Column], count: int, header_row: int) -> None:
    last_row, last_column = header_row + count, len(columns)
    sheet.set_row(0, 30)
    sheet.set_row(header_row, 24)
    sheet.set_column(0, 0, max(_NARROWEST, len(str(count)) + 2))
    for at, column in enumerate(columns, 1):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(header_row + 1, 2)
    sheet.autofilter(header_row, 0, last_row, last_column)
    sheet.print_area(0, 0, last_row, last_column)
    # numbers kept as text are meant here: no green corner in every cell
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    page_setup(sheet, header_row=header_row)
