"""What does a binary workbook (xlsb) hold that calamine does not tell?

Record numbers and layouts follow [MS-XLSB]. Only what the marks need is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.exchange.reading.calamine import read_unscanned
from desktop.exchange.reading.cells import MAX_CELLS, Range, Sheet
from desktop.exchange.reading.openxml import relations
from desktop.exchange.reading.packages import Package
from desktop.exchange.reading.prescan import Facts
from desktop.exchange.reading.refusals import Refused

_ROW, _BLANK_CELL, _ERROR_CELL, _FORMULA_ERROR, _LAST_CELL = 0, 1, 3, 11, 11
_COLUMN, _WORKBOOK, _SHEET, _FILTER_COLUMN, _MERGE = 60, 153, 156, 163, 176
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def read_xlsb(package: Package) -> tuple[Sheet, ...]:
    """The sheets; only for the child process, as calamine is not shielded from every bad byte."""
    path = package.find("xl/workbook.bin") or "xl/workbook.bin"
    targets = relations(package, path)
    date_1904 = False
    facts: dict[str, Facts] = {}
    for code, content in _records(package.read(path)):
        if code == _WORKBOOK:
            date_1904 = bool(content[:1] and content[0] & 1)
        elif code == _SHEET:
            key, name = _strings(content[8:])
            sheet = package.find(targets[key].target) if key in targets else None
            if sheet and sheet.lower().endswith(".bin"):
                facts[name] = _facts(package.read(sheet))
    if sum(found.last_row * found.last_column for found in facts.values()) > MAX_CELLS:
        raise Refused("too_many_cells", "xlsb")
    return read_unscanned(package.data, facts, date_1904=date_1904)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(content)
    while at < end:
        code = content[at]
        at += 1
        if code & 0x80 and at < end:
            code = code & 0x7F | content[at] << 7
            at += 1
        length, shift = 0, 0
        while at < end:
            byte = content[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        yield code, content[at : at + length]
        at += length


def _strings(content: bytes) -> tuple[str, str]:
    first, rest = _string(content)
    return first, _string(rest)[0]


def _string(content: bytes) -> tuple[str, bytes]:
    end = 4 + 2 * int.from_bytes(content[:4], "little")
    return content[4:end].decode("utf-16-le", "replace"), content[end:]


@dataclass
class _Found:
    row: int = 0
    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    filtered: bool = False


def _facts(content: bytes) -> Facts:
    found = _Found()
    try:
        for code, record in _records(content):
            _note(found, code, record)
    except (struct.error, IndexError) as error:
        raise Refused("damaged", str(error)) from error
    return Facts(
        last_row=found.last_row,
        last_column=found.last_column,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=tuple(found.hidden_columns),
        error_cells=found.errors,
        formulas_without_value=frozenset(),
        filtered=found.filtered,
        merged=tuple(found.merged),
        struck_cells=frozenset(),
    )


def _note(found: _Found, code: int, record: bytes) -> None:
    if code == _ROW:
        found.row = int.from_bytes(record[:4], "little") + 1
        if record[11] & 0x10:
            found.hidden_rows.add(found.row)
    elif _BLANK_CELL < code <= _LAST_CELL:
        column = int.from_bytes(record[:4], "little") + 1
        found.last_row = max(found.last_row, found.row)
        found.last_column = max(found.last_column, column)
        if code in (_ERROR_CELL, _FORMULA_ERROR):
            found.errors[found.row, column] = _ERRORS.get(record[8], "#ERR!")
    elif code == _COLUMN:
        first, last, _, _, flags = struct.unpack_from("<IIIIH", record)
        if flags & 1:
            found.hidden_columns.append((first + 1, last + 1))
    elif code == _MERGE:
        top, bottom, left, right = struct.unpack_from("<IIII", record)
        found.merged.append(Range(top + 1, left + 1, bottom + 1, right + 1))
    elif code == _FILTER_COLUMN:
        found.filtered = True
