"""Which cells does an Excel 2003 XML spreadsheet hold, the kind web systems serve as .xls?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.parsers import expat

from desktop.exchange.reading.cells import (
    MAX_CELLS,
    CellValue,
    Range,
    Sheet,
    SheetMarks,
    rectangle,
    struck_rows,
    within,
)
from desktop.exchange.reading.refusals import Refused
from desktop.exchange.reading.text_tables import decode

_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|\w+);)")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_xml2003(data: bytes) -> tuple[str, tuple[Sheet, ...]]:
    """The encoding and the sheets. A bare ``&``, as careless templates write it, is understood."""
    decoded = decode(data)
    text = re.sub(r"^\s*<\?xml.*?\?>", "", decoded.text, count=1, flags=re.DOTALL)
    text = _FORBIDDEN.sub("", _BARE_AMPERSAND.sub("&amp;", text))
    book = _Book()
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise Refused("damaged", str(error)) from error
    if not book.sheets:
        raise Refused("not_a_table", "no worksheet")
    return decoded.encoding, tuple(sheet.finished(book.date_1904) for sheet in book.sheets)


def _refuse_doctype(*_: object) -> None:
    raise Refused("damaged", "document type declaration")


@dataclass
class _OpenSheet:
    name: str
    visible: bool = True
    rows: list[list[CellValue]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    filtered: bool = False

    def finished(self, date_1904: bool) -> Sheet:
        table = rectangle(self.rows)
        width = len(table[0]) if table else 0
        struck = frozenset(self.struck)
        marks = SheetMarks(
            hidden_rows=frozenset(within(self.hidden_rows, 1, len(table))),
            hidden_columns=frozenset(within(self.hidden_columns, 1, width)),
            error_cells=self.errors,
            filtered=self.filtered,
            struck_cells=struck,
            struck_rows=struck_rows(table, 1, struck),
        )
        merged = tuple(self.merged)
        return Sheet(self.name, self.visible, table, 1, 1, merged, marks, date_1904)


class _Book:
    """Collects sheets while the XML is parsed; attributes and elements by their local names."""

    def __init__(self) -> None:
        self.sheets: list[_OpenSheet] = []
        self.date_1904 = False
        self._row = self._column = self._next_column = self._list_column = 0
        self._kind = ""
        self._text: list[str] | None = None
        self._style = ""
        self._struck_styles = set[str]()
        self._cell_style = ""
        self._laid_out = 0

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = qualified.rpartition(" ")[2]
        found = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "Worksheet":
            self.sheets.append(_OpenSheet(found.get("Name", "")))
            self._row = self._list_column = 0
        elif name == "Style":
            self._style = found.get("ID", "")
        elif name == "Font" and "StrikeThrough" in found and found["StrikeThrough"] != "0":
            self._struck_styles.add(self._style)
        elif name in ("Visible", "Date1904"):
            self._text = []
        elif self.sheets:
            handler = self._handlers().get(name)
            if handler:
                handler(found)

    def _handlers(self) -> dict[str, Callable[[dict[str, str]], None]]:
        return {
            "Column": self._start_column,
            "Row": self._start_row,
            "Cell": self._start_cell,
            "Data": self._start_data,
            "FilterOn": self._note_filter,
            "AutoFilterColumn": self._note_filter,
        }

    def end(self, qualified: str) -> None:
        name = qualified.rpartition(" ")[2]
        if name not in ("Data", "Visible", "Date1904") or self._text is None:
            return
        text, self._text = "".join(self._text), None
        if name == "Data":
            self._put(text)
        elif name == "Visible" and self.sheets:
            self.sheets[-1].visible = text.strip() == "SheetVisible"
        elif name == "Date1904":
            self.date_1904 = True

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _note_filter(self, found: dict[str, str]) -> None:
        # a filter column without a condition ("All") narrows nothing
        self.sheets[-1].filtered |= found.get("Type", "All") != "All"

    def _start_column(self, found: dict[str, str]) -> None:
        first = _index(found.get("Index"), self._list_column + 1, _LAST_COLUMN)
        last = min(first + _index(found.get("Span"), 0, _LAST_COLUMN), _LAST_COLUMN)
        self._list_column = last
        if found.get("Hidden", "0") != "0":
            self.sheets[-1].hidden_columns.update(range(first, last + 1))

    def _start_row(self, found: dict[str, str]) -> None:
        self._row = _index(found.get("Index"), self._row + 1, _LAST_ROW)
        self._next_column = 1
        if found.get("Hidden", "0") != "0":
            self.sheets[-1].hidden_rows.add(self._row)

    def _start_cell(self, found: dict[str, str]) -> None:
        self._column = _index(found.get("Index"), self._next_column, _LAST_COLUMN)
        across = _index(found.get("MergeAcross"), 0, _LAST_COLUMN)
        down = _index(found.get("MergeDown"), 0, _LAST_ROW)
        self._next_column = self._column + across + 1
        self._cell_style = found.get("StyleID", "")
        if across or down:
            last = self._row + down, self._column + across
            self.sheets[-1].merged.append(Range(self._row, self._column, *last))

    def _start_data(self, found: dict[str, str]) -> None:
        self._kind, self._text = found.get("Type", "String"), []

    def _put(self, text: str) -> None:
        sheet = self.sheets[-1]
        row, column = max(self._row, 1), max(self._column, 1)
        value = _value(text, self._kind)
        if self._kind == "Error":
            sheet.errors[row, column] = text
        if value is None:
            return
        self._laid_out += max(row - len(sheet.rows), 0)
        sheet.rows.extend([] for _ in range(row - len(sheet.rows)))
        cells = sheet.rows[row - 1]
        self._laid_out += max(column - len(cells), 0)
        if self._laid_out > MAX_CELLS:
            raise Refused("too_many_cells", "columns")
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value
        if self._cell_style in self._struck_styles:
            sheet.struck.add((row, column))


def _index(text: str | None, otherwise: int, most: int) -> int:
    return min(int(text), most) if text and text.isdecimal() and len(text) < 9 else otherwise


def _value(text: str, kind: str) -> CellValue:
    if kind == "Error":
        return None
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text or None
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return iso_moment(text.strip()) or text or None
    return text or None


def iso_moment(text: str) -> date | datetime | time | None:
    """A date or moment as XML writes it: without its clock where that is midnight, and a time of
    day where the date is the first the spreadsheet knows."""
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    if (moment.year, moment.month, moment.day) == (1899, 12, 31):
        return moment.time()
    return moment.date() if moment.time() == time(0) else moment
