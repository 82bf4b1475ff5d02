"""What does a table look like once it has been read?

Every reader gives back these shapes, whatever the file was. All row and column numbers count from
one, as the spreadsheet program shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType

from desktop.exchange.reading.refusals import Refused

CellValue = str | int | float | bool | date | datetime | time | None

MAX_CELLS = 3_000_000
"""More cells than this, blank ones inside the table included, are refused (100,000 × 30)."""


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, both corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What the bare values do not show; rows and columns count from one.

    ``error_cells`` maps a cell to what the spreadsheet program shows there (``#N/A``); its value is
    ``None``. ``formulas_without_value`` are formulas never calculated; their value is ``None``.
    ``filtered``: a filter is narrowing the rows. ``struck_rows``: at least half of the filled cells
    are struck through; ``struck_cells`` names them one by one. ``left_out``: filled cells far away
    from the table that were not read. ``garbled_cells``: the bytes fit no encoding and the text
    holds U+FFFD in their place. ``notes``: what the notes of cells say, as far as xlsx, xlsm, ods
    and xls tell. Marks reach no further than the table: a hidden column with nothing in it is not
    listed.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    error_cells: Mapping[tuple[int, int], str] = field(
        default_factory=lambda: MappingProxyType(dict[tuple[int, int], str]())
    )
    formulas_without_value: frozenset[tuple[int, int]] = frozenset()
    filtered: bool = False
    struck_rows: frozenset[int] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    left_out: frozenset[tuple[int, int]] = frozenset()
    garbled_cells: frozenset[tuple[int, int]] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(
        default_factory=lambda: MappingProxyType(dict[tuple[int, int], str]())
    )

    def __reduce__(self) -> tuple[object, ...]:
        # a read-only mapping cannot be pickled, and marks come back from the child process
        return (_marks, tuple(_plain(getattr(self, name)) for name in self.__slots__))


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _marks(*values: object) -> SheetMarks:
    return SheetMarks(*values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows`` is a rectangle of values whose first cell stands at
    (``first_row``, ``first_column``); blank cells are ``None``, and a sheet without values has no
    rows. ``date_1904``: bare day numbers in this file count from 1904.
    """

    name: str
    visible: bool
    rows: list[list[CellValue]]
    first_row: int = 1
    first_column: int = 1
    merged: tuple[Range, ...] = ()
    marks: SheetMarks = field(default_factory=SheetMarks)
    date_1904: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file read whole. ``format`` is what the bytes are, not what the name says: one of ``xlsx
    xlsm xlsb ods xls html xml2003 csv tsv clipboard`` (and ``et`` for an xls written by WPS under
    that name). ``encoding`` is set for text formats.
    """

    path: Path | None
    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None


def rectangle(rows: Iterable[list[CellValue]]) -> list[list[CellValue]]:
    """The rows padded to one length, without blank rows and columns at the end.

    Raises :class:`Refused` before it would build more than :data:`MAX_CELLS` cells.
    """
    table = list(rows)
    while table and _is_blank(table[-1]):
        table.pop()
    width = max((_filled_width(row) for row in table), default=0)
    if width * len(table) > MAX_CELLS:
        raise Refused("too_many_cells", f"{len(table)} x {width}")
    return [
        row if len(row) == width else row[:width] + [None] * (width - len(row)) for row in table
    ]


def _is_blank(row: list[CellValue]) -> bool:
    return not any(value is not None for value in row)


def _filled_width(row: list[CellValue]) -> int:
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return width


def struck_rows(
    rows: list[list[CellValue]],
    first_row: int,
    struck_cells: frozenset[tuple[int, int]],
) -> frozenset[int]:
    """The rows in which at least half of the filled cells are struck through."""
    counts: dict[int, int] = {}
    for row, _ in struck_cells:
        counts[row] = counts.get(row, 0) + 1
    found = set[int]()
    for number, struck in counts.items():
        index = number - first_row
        if 0 <= index < len(rows):
            filled = sum(value is not None for value in rows[index])
            if filled and struck * 2 >= filled:
                found.add(number)
    return frozenset(found)


def column_number(letters: bytes | str) -> int:
    """``A`` is 1, ``XFD`` is 16384."""
    number = 0
    for letter in letters.upper().encode() if isinstance(letters, str) else letters.upper():
        number = number * 26 + letter - 64
    return number


def within(numbers: Iterable[int], first: int, count: int) -> Iterator[int]:
    """Those of the numbers that fall inside ``count`` rows or columns from ``first`` on."""
    return (number for number in numbers if first <= number < first + count)
