"""What does a sheet's XML hold that calamine does not tell, and may calamine see it at all?

The scan looks for byte patterns in XML whose shape is the usual one (``<c r="B7" …>``); whatever
has another shape is first written anew in the usual one by :func:`canonical`. One pass over a
10,000-row sheet costs about a tenth of reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from desktop.exchange.reading.cells import MAX_CELLS, Range, column_number
from desktop.exchange.reading.refusals import Refused

Cell = tuple[int, int]

# a cell beyond column Z or row 99,999, one of another shape, or a formula
_UNUSUAL = re.compile(rb'<(?:c(?=[ \t\r\n>/])(?! r="[A-Z]\d{1,5}")|f[ >/])')
_OTHER_SHAPE = re.compile(rb'<c(?=[ \t\r\n>/])(?! r="[A-Z]{1,3}\d{1,7}")')
_ADDRESS = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_FAR_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})\d')
_FAR_ROW = re.compile(rb'<c r="[A-Z]+(\d{6,7})"')
_FORMULA = re.compile(rb"<f[ >/]")
_FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"([^>]*)>'
    rb"\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(<v>[^<]|<v></v>|<v ?/>|</c>)?"
)
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]* t="e"[^>]*>'
    rb"\s*(?:<f(?:[^>]*/>|[^>]*>[^<]*</f>))?\s*(?:<v>([^<]*)</v>)?"
)
_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*\br="(\d+)")[^>]*\bhidden="(?:1|true)"')
_UNNUMBERED_ROW = re.compile(rb'<row(?![^>]* r="\d)')
_COLUMN = re.compile(rb"<col ([^>]*)>")
_MERGE = re.compile(rb'<mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')

SIMPLE_BOUNDS = 99_999, 26
"""Within these (row, column) no cell needs to be looked at one by one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """``last_row`` and ``last_column`` are bounds: no cell stands beyond them."""

    last_row: int
    last_column: int
    hidden_rows: frozenset[int]
    hidden_columns: tuple[tuple[int, int], ...]
    error_cells: dict[Cell, str]
    formulas_without_value: frozenset[Cell]
    filtered: bool
    merged: tuple[Range, ...]
    struck_cells: frozenset[Cell]


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the cells stand in XML that can be trusted: ``first_odd`` is the first formula or far
    cell, or -1; ``hides``: some row may be hidden."""

    start: int
    end: int
    first_odd: int
    hides: bool


def shape_of(xml: bytes) -> Shape | None:
    """The usual shape of a sheet's XML, or ``None`` when it is written in another way.

    Raises :class:`Refused` for a document type declaration.
    """
    start = xml.find(b"<sheetData")
    if start < 0 or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    if b"<!DOCTYPE" in xml[:start]:
        raise Refused("damaged", "document type declaration")
    end = _end_of_cells(xml, start)
    odd = _UNUSUAL.search(xml, start, end)
    if odd and _OTHER_SHAPE.search(xml, odd.start(), end):
        return None
    hides = xml.find(b" hidden=", start, end) >= 0
    if hides and _UNNUMBERED_ROW.search(xml, start, end):
        return None
    return Shape(start, end, odd.start() if odd else -1, hides)


def facts_of(
    xml: bytes, shape: Shape, struck_styles: frozenset[int] = frozenset(), *, exact: bool = False
) -> Facts:
    """What one sheet's XML holds.

    The bounds are ``exact`` when asked for or when the loose ones are too wide to be allowed.
    """
    start, end, odd = shape.start, shape.end, shape.first_odd
    last_row, last_column = SIMPLE_BOUNDS if odd < 0 else _loose_bounds(xml, odd, end)
    if exact or last_row * last_column > MAX_CELLS:
        last_row, last_column = _exact_bounds(xml, start, end)
    has_formulas = odd >= 0 and bool(_FORMULA.search(xml, odd, end))
    head, tail = xml[:start], xml[end:]
    return Facts(
        last_row=last_row,
        last_column=last_column,
        hidden_rows=_hidden_rows(xml, start, end) if shape.hides else frozenset(),
        hidden_columns=tuple(_hidden_columns(head)),
        error_cells=_error_cells(xml, start, end),
        formulas_without_value=_without_value(xml, start, end) if has_formulas else frozenset(),
        filtered=b'filterMode="1"' in head or b"<filterColumn" in tail,
        merged=tuple(_merged(tail)),
        struck_cells=_struck_cells(xml, start, end, struck_styles),
    )


def _end_of_cells(xml: bytes, start: int) -> int:
    end = xml.rfind(b"</sheetData>")
    return end if end >= start else xml.find(b">", start) + 1


def _loose_bounds(xml: bytes, start: int, end: int) -> tuple[int, int]:
    columns = {match[1] for match in _FAR_COLUMN.finditer(xml, start, end)}
    last_row = max((int(match[1]) for match in _FAR_ROW.finditer(xml, start, end)), default=0)
    last_column = max(map(column_number, columns), default=0)
    return max(last_row, SIMPLE_BOUNDS[0]), max(last_column, SIMPLE_BOUNDS[1])


def _exact_bounds(xml: bytes, start: int, end: int) -> tuple[int, int]:
    last_row, columns = 0, set[bytes]()
    for match in _ADDRESS.finditer(xml, start, end):
        columns.add(match[1])
        last_row = max(last_row, int(match[2]))
    return last_row, max(map(column_number, columns), default=0)


def _hidden_rows(xml: bytes, start: int, end: int) -> frozenset[int]:
    return frozenset(int(match[1]) for match in _HIDDEN_ROW.finditer(xml, start, end))


def _hidden_columns(head: bytes) -> Iterator[tuple[int, int]]:
    for match in _COLUMN.finditer(head):
        found = dict(_ATTRIBUTE.findall(match[1]))
        is_hidden = found.get(b"hidden") in (b"1", b"true") or found.get(b"width") in (b"0", b"0.0")
        if is_hidden and found.get(b"min", b"").isdigit() and found.get(b"max", b"").isdigit():
            yield int(found[b"min"]), int(found[b"max"])


def _error_cells(xml: bytes, start: int, end: int) -> dict[Cell, str]:
    first = xml.find(b' t="e"', start, end)
    if first < 0:
        return {}
    first = max(xml.rfind(b"<c ", start, first), start)
    return {
        (int(match[2]), column_number(match[1])): (match[3] or b"").decode("utf-8", "replace")
        for match in _ERROR_CELL.finditer(xml, first, end)
    }


def _without_value(xml: bytes, start: int, end: int) -> frozenset[Cell]:
    return frozenset(
        (int(match[2]), column_number(match[1]))
        for match in _FORMULA_CELL.finditer(xml, start, end)
        if _lacks_value(match[3], match[4] or b"")
    )


def _lacks_value(attributes: bytes, value: bytes) -> bool:
    if value == b"</c>":
        return True
    # a text formula may well have come out as the empty text
    return value in (b"<v></v>", b"<v/>", b"<v />") and b't="str"' not in attributes


def _merged(tail: bytes) -> Iterator[Range]:
    for first_column, first_row, last_column, last_row in _MERGE.findall(tail):
        yield Range(
            int(first_row), column_number(first_column), int(last_row), column_number(last_column)
        )


def _struck_cells(
    xml: bytes, start: int, end: int, struck_styles: frozenset[int]
) -> frozenset[Cell]:
    if not struck_styles:
        return frozenset()
    styles = b"|".join(str(style).encode() for style in sorted(struck_styles))
    pattern = re.compile(
        rb'<c r="([A-Z]+)(\d+)"(?=[^>]* s="(?:' + styles + rb')")[^>]*(?<!/)>(?!</c>)'
    )
    return frozenset(
        (int(match[2]), column_number(match[1])) for match in pattern.finditer(xml, start, end)
    )


_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}


class _Rewriter:
    """Writes a sheet anew: no prefixes, double quotes, every row and cell with its address."""

    def __init__(self) -> None:
        self.out: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._row = 0
        self._column = 0
        self._keeps_blanks = False

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _local(qualified)
        found = {_local(key): value for key, value in attributes.items()}
        self._keeps_blanks = name in ("t", "v")
        if name == "worksheet":
            found = {"xmlns": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
        elif name == "row":
            self._row, self._column = _number(found.get("r"), self._row + 1), 0
            found = {"r": str(self._row), **_without(found, "r")}
        elif name == "c":
            found = {"r": self._address(found.get("r", "")), **_without(found, "r")}
        pairs = "".join(f' {key}="{value.translate(_ESCAPES)}"' for key, value in found.items())
        self.out.append(f"<{name}{pairs}>")

    def end(self, qualified: str) -> None:
        self._keeps_blanks = False
        self.out.append(f"</{_local(qualified)}>")

    def text(self, text: str) -> None:
        if self._keeps_blanks or not text.isspace():
            self.out.append(text.translate(_ESCAPES))

    def _address(self, given: str) -> str:
        match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", given)
        if match:
            self._column = column_number(match[1])
            return f"{match[1].upper()}{int(match[2])}"
        self._column += 1
        return f"{_letters(self._column)}{max(self._row, 1)}"


def canonical(xml: bytes) -> bytes:
    """The same sheet in the usual shape; raises :class:`Refused` for XML that is none."""
    writer = _Rewriter()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # or an unknown encoding
        raise Refused("damaged", str(error)) from error
    written = "".join(writer.out).encode("utf-8", "replace")
    for name in (b"c", b"f", b"v", b"row", b"sheetData", b"is", b"t"):
        written = re.sub(rb"<(" + name + rb"(?: [^>]*)?)></" + name + rb">", rb"<\1/>", written)
    return written


def _refuse_doctype(*_: object) -> None:
    raise Refused("damaged", "document type declaration")


def _local(qualified: str) -> str:
    namespace, _, name = qualified.rpartition(" ")
    return f"xml:{name}" if namespace == "http://www.w3.org/XML/1998/namespace" else name


def _without(found: dict[str, str], key: str) -> dict[str, str]:
    return {name: value for name, value in found.items() if name != key}


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 7 else otherwise


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
