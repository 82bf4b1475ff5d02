"""Which cells does an ods workbook hold?

ods says everything about a cell in its XML, so one pass with the standard parser gives values,
merged cells, hidden rows and errors together. Repeated blank rows, which fill an ods to its last
row, are counted and never built.
"""

from __future__ import annotations

import re
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
from desktop.exchange.reading.packages import Package
from desktop.exchange.reading.refusals import NeedsChild, Refused
from desktop.exchange.reading.xml2003 import iso_moment

HEAVY = 48 << 20
_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_ERROR_VALUES = re.compile(r"#[A-Z/0!?]+[!?A]?|Err:\d+")


def read_ods(package: Package, *, in_child: bool) -> tuple[Sheet, ...]:
    """The sheets. Raises :class:`Refused`; ``protected`` for an encrypted one."""
    if "encryption-data" in package.text_of("META-INF/manifest.xml", limit=16 << 20):
        raise Refused("protected", "encrypted ods")
    path = package.find("content.xml")
    if path is None:
        raise Refused("damaged", "no content.xml")
    content = package.read(path)
    if len(content) > HEAVY and not in_child:
        raise NeedsChild
    return tuple(sheet.finished() for sheet in _parsed(content).sheets)


def _parsed(content: bytes) -> _Document:
    document = _Document()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused("damaged", str(error)) from error
    return document


def _refuse_doctype(*_: object) -> None:
    raise Refused("damaged", "document type declaration")


@dataclass
class _OpenSheet:
    name: str
    visible: bool
    rows: list[list[CellValue]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unvalued: set[tuple[int, int]] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    filtered: bool = False

    def finished(self) -> Sheet:
        table = rectangle(self.rows)
        width = len(table[0]) if table else 0
        struck = frozenset(self.struck)
        marks = SheetMarks(
            hidden_rows=_numbers(self.hidden_rows, len(table)),
            hidden_columns=_numbers(self.hidden_columns, width),
            error_cells=self.errors,
            formulas_without_value=frozenset(self.unvalued),
            filtered=self.filtered,
            struck_rows=struck_rows(table, 1, struck),
            struck_cells=struck,
            notes=self.notes,
        )
        return Sheet(self.name, self.visible, table, 1, 1, tuple(self.merged), marks)


def _numbers(spans: list[tuple[int, int]], count: int) -> frozenset[int]:
    return frozenset(
        number
        for first, last in spans
        for number in within(range(first, min(last, count) + 1), 1, count)
    )


@dataclass
class _Cell:
    """The cell being read; its text is only the value where no attribute gives one."""

    value: CellValue
    kind: str
    repeated: int
    is_struck: bool
    has_formula: bool
    text: list[str] = field(default_factory=list)
    paragraphs: int = 0


class _Document:
    """Collects sheets while the XML is parsed; elements and attributes by their usual prefixes."""

    def __init__(self) -> None:
        self.sheets: list[_OpenSheet] = []
        self._hidden_styles = set[str]()
        self._struck_styles = set[str]()
        self._style = ""
        self._row = self._column = self._list_column = self._row_repeats = 0
        self._cell: _Cell | None = None
        self._notes = 0
        self._note: list[str] = []
        self._is_note_text = False
        self._pending: list[CellValue] = []
        self._laid_out = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("office:annotation", "draw:frame", "draw:custom-shape"):
            self._notes += 1
        elif name == "text:p" and self._notes:
            self._is_note_text = True
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._start_cell(name, attributes)
        elif self._cell is not None and not self._notes:
            self._start_inside(name, attributes)
        elif name == "table:table-row":
            self._start_row(attributes)
        elif name == "table:table-column":
            self._start_column(attributes)
        elif name == "table:table":
            self._start_table(attributes)
        elif name.startswith("style:"):
            self._start_style(name, attributes)

    def end(self, name: str) -> None:
        if name in ("office:annotation", "draw:frame", "draw:custom-shape"):
            self._notes -= 1
            if name == "office:annotation":
                self._end_note()
        elif name == "text:p" and self._notes:
            self._is_note_text = False
        elif name in ("table:table-cell", "table:covered-table-cell") and self._cell:
            self._end_cell(self._cell)
        elif name == "table:table-row" and self.sheets:
            self._end_row()

    def text(self, text: str) -> None:
        if self._cell is not None and self._cell.paragraphs and not self._notes:
            self._cell.text.append(text)
        elif self._cell is not None and self._is_note_text:
            self._note.append(text)

    def _end_note(self) -> None:
        text = "".join(self._note).strip()
        self._note = []
        if text and self.sheets:
            self.sheets[-1].notes[self._row + 1, self._column + 1] = text

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif attributes.get("style:text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        is_visible = attributes.get("table:style-name", "") not in self._hidden_styles
        self.sheets.append(_OpenSheet(attributes.get("table:name", ""), is_visible))
        self._row = self._list_column = 0

    def _start_column(self, attributes: dict[str, str]) -> None:
        if not self.sheets:
            return
        first = self._list_column + 1
        self._list_column += _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility", "visible") != "visible":
            self.sheets[-1].hidden_columns.append((first, self._list_column))

    def _start_row(self, attributes: dict[str, str]) -> None:
        if not self.sheets:
            return
        self._row_repeats = _count(attributes, "table:number-rows-repeated")
        self._column, self._pending = 0, []
        visibility = attributes.get("table:visibility", "visible")
        if visibility != "visible":
            self.sheets[-1].hidden_rows.append((self._row + 1, self._row + self._row_repeats))
            self.sheets[-1].filtered |= visibility == "filter"

    def _end_row(self) -> None:
        rows = self.sheets[-1].rows
        if self._pending:
            missing = self._row - len(rows)
            self._laid_out += missing + len(self._pending) * self._row_repeats
            if self._laid_out > MAX_CELLS:
                raise Refused("too_many_cells", "rows")
            rows.extend([] for _ in range(missing))
            rows.extend(list(self._pending) for _ in range(self._row_repeats))
        self._row += self._row_repeats

    def _start_cell(self, name: str, attributes: dict[str, str]) -> None:
        if not self.sheets:
            return
        repeated = _count(attributes, "table:number-columns-repeated")
        kind = attributes.get("office:value-type", attributes.get("calcext:value-type", ""))
        is_struck = attributes.get("table:style-name", "") in self._struck_styles
        value = None if name == "table:covered-table-cell" else _declared_value(kind, attributes)
        has_formula = "table:formula" in attributes
        self._cell = _Cell(value, kind, repeated, is_struck, has_formula)
        height = _count(attributes, "table:number-rows-spanned")
        width = _count(attributes, "table:number-columns-spanned")
        if height > 1 or width > 1:
            row, column = self._row + 1, self._column + 1
            self.sheets[-1].merged.append(Range(row, column, row + height - 1, column + width - 1))

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        assert self._cell is not None  # noqa: S101 - the caller has looked
        if name == "text:p":
            if self._cell.paragraphs:
                self._cell.text.append("\n")
            self._cell.paragraphs += 1
        elif name == "text:s":
            self._cell.text.append(" " * min(_count(attributes, "text:c"), 1000))
        elif name == "text:tab":
            self._cell.text.append("\t")
        elif name == "text:line-break":
            self._cell.text.append("\n")

    def _end_cell(self, cell: _Cell) -> None:
        self._cell = None
        text = "".join(cell.text)
        value = self._value_of(cell, text)
        if value is not None:
            blanks = self._column - len(self._pending)
            if self._laid_out + len(self._pending) + blanks + cell.repeated > MAX_CELLS:
                raise Refused("too_many_cells", "columns")
            self._pending.extend([None] * blanks)
            self._pending.extend([value] * cell.repeated)
            if cell.is_struck:
                self.sheets[-1].struck.add((self._row + 1, self._column + 1))
        self._column += cell.repeated

    def _value_of(self, cell: _Cell, text: str) -> CellValue:
        place = (self._row + 1, self._column + 1)
        if (cell.has_formula and _ERROR_VALUES.fullmatch(text)) or cell.kind == "error":
            self.sheets[-1].errors[place] = text
            return None
        if cell.has_formula and not cell.kind and not text:
            self.sheets[-1].unvalued.add(place)
            return None
        return text or None if cell.value is None else cell.value


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(max(int(text), 1), 1_048_576) if text.isdecimal() and len(text) < 9 else 1


def _declared_value(kind: str, attributes: dict[str, str]) -> CellValue:
    """The value as its attribute states it, ``None`` where the text of the cell is the value."""
    if kind in ("float", "percentage", "currency"):
        try:
            return float(attributes.get("office:value", ""))
        except ValueError:
            return None
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if kind == "date":
        return _moment(attributes.get("office:date-value", ""))
    if kind == "time":
        return _duration(attributes.get("office:time-value", ""))
    return attributes.get("office:string-value") or None


def _moment(text: str) -> date | datetime | time | str | None:
    return iso_moment(text) or text or None


def _duration(text: str) -> time | str | None:
    match = _DURATION.fullmatch(text)
    if not match:
        return text or None
    hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4])
    if not match[1] and hours < 24 and minutes < 60 and seconds < 60:
        return time(hours, minutes, seconds)
    return f"{match[1]}{hours}:{minutes:02}:{seconds:02}"
