"""What does an xls or WPS et file hold?

xlrd reads these: it takes the code page of the file seriously, and knows hidden rows, merged cells
and struck-through text. It is pure Python and cannot end the process.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.exchange.reading.cells import (
    CellValue,
    Range,
    Sheet,
    SheetMarks,
    rectangle,
    struck_rows,
    within,
)
from desktop.exchange.reading.refusals import Refused

_FILTER_MODE, _BOF_CODES, _EOF = 0x9B, (0x809, 0x409, 0x209, 0x009), 0x0A
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = range(6)


def read_biff(data: bytes) -> tuple[Sheet, ...]:
    """The worksheets of an xls file. Raises :class:`Refused`; ``password_needed`` for a file whose
    cells are encrypted."""
    attempts: tuple[dict[str, object], ...] = (
        {"formatting_info": True},
        {"formatting_info": True, "encoding_override": "gb18030"},
        {"formatting_info": False},
        {"formatting_info": False, "encoding_override": "gb18030"},
    )
    first: Refused | None = None
    for options in attempts:
        try:
            return _attempt(data, options)
        except Refused as refused:
            if refused.reason != "damaged":
                raise
            first = first or refused
    raise first or Refused("damaged")


def _attempt(data: bytes, options: dict[str, Any]) -> tuple[Sheet, ...]:
    """xlrd answers broken bytes with whatever went wrong inside it."""
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        return _sheets(data, options)
    except (xlrd.XLRDError, CompDocError) as error:
        text = str(error)
        if "encrypted" in text:
            raise Refused("password_needed", text) from error
        is_old = "not supported" in text.lower()
        raise Refused("old_format" if is_old else "damaged", text) from error
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NotImplementedError,
        RecursionError,
        TypeError,
        ValueError,
        struct.error,
    ) as error:
        raise Refused("damaged", f"{type(error).__name__}: {error}") from error


def _sheets(data: bytes, options: dict[str, Any]) -> tuple[Sheet, ...]:
    import xlrd

    # on demand only so that xlrd keeps the records, which are asked for filters afterwards
    with xlrd.open_workbook(
        file_contents=data, logfile=io.StringIO(), ragged_rows=True, on_demand=True, **options
    ) as book:
        return tuple(
            _sheet(book, book.sheet_by_index(index), is_filtered=_is_filtered(book, index))
            for index in range(book.nsheets)
        )


def _sheet(book: Any, sheet: Any, *, is_filtered: bool) -> Sheet:
    errors: dict[tuple[int, int], str] = {}
    rows: list[list[CellValue]] = []
    for row in range(sheet.nrows):
        types, values = sheet.row_types(row), sheet.row_values(row)
        rows.append(
            [_value(kind, value, book.datemode) for kind, value in zip(types, values, strict=False)]
        )
        for column, kind in enumerate(types):
            if kind == _ERROR:
                errors[row + 1, column + 1] = _error_text(values[column])
    table = rectangle(rows)
    struck = frozenset(_struck_cells(book, sheet, table))
    width = len(table[0]) if table else 0
    marks = SheetMarks(
        hidden_rows=frozenset(within(_hidden_rows(sheet), 1, len(table))),
        hidden_columns=frozenset(within(_hidden_columns(sheet), 1, width)),
        error_cells=errors,
        filtered=is_filtered,
        struck_rows=struck_rows(table, 1, struck),
        struck_cells=struck,
        notes={
            (row + 1, column + 1): note.text.strip()
            for (row, column), note in sheet.cell_note_map.items()
            if note.text.strip()
        },
    )
    return Sheet(
        name=sheet.name,
        visible=sheet.visibility == 0,
        rows=table,
        merged=tuple(_merged(sheet)),
        marks=marks,
        date_1904=book.datemode == 1,
    )


def _value(kind: int, value: Any, datemode: int) -> CellValue:
    if kind == _TEXT:
        return value or None
    if kind == _NUMBER:
        return float(value)
    if kind == _DATE:
        return _moment(float(value), datemode)
    if kind == _BOOLEAN:
        return bool(value)
    return None


def _moment(serial: float, datemode: int) -> date | datetime | time | float:
    """A day number as the day it stands for; the number itself where there is no such day."""
    if 0 <= serial < 1 and datemode == 0:
        return (datetime(1900, 1, 1) + _rounded(serial)).time()  # noqa: DTZ001 - no zone in a cell
    # 1900 was no leap year, but Lotus 1-2-3 thought so and every spreadsheet since
    base = datetime(1904, 1, 1) if datemode else datetime(1899, 12, 30 + (serial < 60))  # noqa: DTZ001
    try:
        moment = base + _rounded(serial)
    except OverflowError:
        return serial
    if serial < 0 or moment.year > 9999:
        return serial
    return moment.date() if moment.time() == time(0) else moment


def _rounded(serial: float) -> timedelta:
    return timedelta(milliseconds=round(serial * 86_400_000))


def _error_text(code: int) -> str:
    from xlrd import error_text_from_code

    return str(error_text_from_code.get(code, "#ERR!"))


def _hidden_rows(sheet: Any) -> Iterator[int]:
    return (row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)


def _hidden_columns(sheet: Any) -> Iterator[int]:
    return (column + 1 for column, info in sheet.colinfo_map.items() if info.hidden)


def _merged(sheet: Any) -> Iterator[Range]:
    for top, bottom, left, right in sheet.merged_cells:
        yield Range(top + 1, left + 1, bottom, right)


def _struck_cells(book: Any, sheet: Any, table: list[list[CellValue]]) -> Iterator[tuple[int, int]]:
    if not book.formatting_info:
        return
    struck = {
        index
        for index, style in enumerate(book.xf_list)
        if style.font_index < len(book.font_list) and book.font_list[style.font_index].struck_out
    }
    if not struck:
        return
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            if value is not None and sheet.cell_xf_index(row, column) in struck:
                yield row + 1, column + 1


def _is_filtered(book: Any, index: int) -> bool:
    """Whether the sheet's records hold FILTERMODE, which xlrd passes over."""
    memory, at = book.mem, book._sh_abs_posn[index]
    if not isinstance(memory, bytes):
        return False
    depth = 0
    while at + 4 <= len(memory):
        code, length = struct.unpack_from("<HH", memory, at)
        if code == _FILTER_MODE:
            return True
        depth += (code in _BOF_CODES) - (code == _EOF)
        if depth <= 0:
            return False
        at += 4 + length
    return False
