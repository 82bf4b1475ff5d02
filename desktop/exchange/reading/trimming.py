"""How is a sheet read whose cells reach absurdly far?

A few stray cells at the end of the grid, or a hundred thousand styled blank rows, are common
accidents. The blank cells are dropped, the stray ones are named, and the table itself is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from desktop.exchange.reading.cells import MAX_CELLS, column_number
from desktop.exchange.reading.refusals import Refused

_EMPTY_CELL = re.compile(rb"<c [^>]*(?:/>|></c>)")
_FILLED_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>.*?</c>', re.DOTALL)
_EMPTY_ROW = re.compile(rb"<row [^>]*(?:/>|></row>)")

ROW_GAP, COLUMN_GAP = 2_000, 100
"""Cells behind an empty stretch longer than this do not belong to the table."""

MAX_STRAYS = 1_000
_PIECE = 4 << 20


def trimmed(xml: bytes) -> tuple[bytes, frozenset[tuple[int, int]]]:
    """The sheet without blank cells and without its strays, and where the strays stood.

    ``xml`` has the usual shape of the prescan. Raises :class:`Refused` when the table itself is
    too large.
    """
    start = xml.find(b"<sheetData")
    end = max(xml.rfind(b"</sheetData>"), start)
    filled = b"".join(_without_blanks(xml, start, end))
    rows, columns = _counts(filled)
    last_row = _end_of_table(rows, ROW_GAP)
    last_column = _end_of_table(columns, COLUMN_GAP)
    if last_row * last_column > MAX_CELLS:
        raise Refused("too_many_cells", f"{last_row} x {last_column}")
    has_strays = max(rows, default=0) > last_row or max(columns, default=0) > last_column
    strays = _behind(filled, last_row, last_column) if has_strays else frozenset()
    if len(strays) > MAX_STRAYS:
        raise Refused("too_many_cells", "far cells")
    kept = (
        filled
        if not strays
        else _FILLED_CELL.sub(lambda match: b"" if _address(match) in strays else match[0], filled)
    )
    return xml[:start] + kept + xml[end:], strays


def _without_blanks(xml: bytes, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        cut = xml.find(b"</row>", start + _PIECE, end)
        stop = end if cut < 0 else cut + len(b"</row>")
        piece = _EMPTY_CELL.sub(b"", xml[start:stop])
        yield _EMPTY_ROW.sub(b"", piece)
        start = stop


def _counts(filled: bytes) -> tuple[Counter[int], Counter[int]]:
    rows, columns = Counter[int](), Counter[bytes]()
    for match in _FILLED_CELL.finditer(filled):
        rows[int(match[2])] += 1
        columns[match[1]] += 1
    numbered = Counter({column_number(letters): count for letters, count in columns.items()})
    return rows, numbered


def _end_of_table(counts: Iterable[int], gap: int) -> int:
    last = 0
    for number in sorted(counts):
        if last and number - last > gap:
            break
        last = number
    return last


def _behind(filled: bytes, last_row: int, last_column: int) -> frozenset[tuple[int, int]]:
    strays = set[tuple[int, int]]()
    for match in _FILLED_CELL.finditer(filled):
        row, column = _address(match)
        if row > last_row or column > last_column:
            strays.add((row, column))
            if len(strays) > MAX_STRAYS:
                break
    return frozenset(strays)


def _address(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]), column_number(match[1])
