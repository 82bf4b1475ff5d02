"""How is a roster put on a page, and what is true of it then?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from openpyxl.utils import get_column_letter

from tests.exchange.corpus.people import People, Person

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Formula:
    """A formula with the value the program kept for it (``None``: it kept none)."""

    text: str
    value: Value = None


@dataclass(frozen=True)
class Shown:
    """A cell that shows a value: what comes of it, and what must be said about it.

    ``told`` are codes of which one must be reported for the cell; ``"*"`` stands for any.
    """

    cell: Value | Formula
    becomes: Any = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column: its heading (of several rows, if need be), its field, and what its cells show."""

    heading: str | tuple[str, ...]
    field: str = ""
    shows: Callable[[Person, int], Any] = lambda person, index: None
    merged_down: bool = False

    def headed(self, *heading: str) -> Column:
        return replace(self, heading=heading if len(heading) > 1 else heading[0])

    def showing(self, shows: Callable[[Person, int], Any]) -> Column:
        return replace(self, shows=shows)

    @property
    def levels(self) -> tuple[str, ...]:
        return (self.heading,) if isinstance(self.heading, str) else self.heading


@dataclass(frozen=True)
class Line:
    """A row that is nobody: its cells by column of the table (from 0), merged across or not."""

    cells: Mapping[int, Any]
    is_merged: bool = False
    why: str = ""
    repeats_header: bool = False


def blank() -> Line:
    return Line({})


def told(text: str, *, at: int = 0, merged: bool = True, why: str = "") -> Line:
    """A section, a note, a signature: one text across the table."""
    return Line({at: text}, merged, why)


def header_again() -> Line:
    return Line({}, repeats_header=True, why="header")


@dataclass
class Expected:
    """A row that is a person: her sheet and row, and what must come in."""

    sheet: str
    row: int
    values: dict[str, Any]
    person: Person | None = None


@dataclass(frozen=True)
class Report:
    """Something that must be said: one of the codes, at that place (column ``""``: any)."""

    sheet: str
    row: int
    column: str
    codes: tuple[str, ...]


@dataclass
class Page:
    """A sheet in the making."""

    name: str = "Sheet1"
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    styled_to_row: int = 0
    is_hidden: bool = False
    has_filter: bool = False
    expected: list[Expected] = field(default_factory=list)
    headers: list[tuple[tuple[int, ...], str]] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    nobody: list[tuple[int, str]] = field(default_factory=list)
    once_confirmed: list[str] = field(default_factory=list)
    row: int = 1

    def put(self, row: int, column: int, *values: Any) -> None:
        for offset, value in enumerate(values):
            if value is not None:
                self.cells[row, column + offset] = value

    def line(self, *values: Any, column: int = 1) -> None:
        """The next row, as it stands."""
        self.put(self.row, column, *values)
        self.row += 1

    def title(self, text: str, width: int, column: int = 1) -> None:
        """The next row, merged across."""
        self.put(self.row, column, text)
        if width > 1:
            self.merges.append((self.row, column, self.row, column + width - 1))
        self.row += 1

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def roster(
        self,
        columns: Sequence[Column],
        body: Sequence[Person | Line],
        *,
        column: int = 1,
        also: Mapping[str, Any] | None = None,
        is_headed: bool = True,
    ) -> None:
        """A table at the next row: its header, then its people and the rows between them.

        ``also`` holds of every person besides what the columns say.
        """
        if is_headed:
            self._header(columns, column)
        first, index = self.row, 0
        for entry in body:
            if isinstance(entry, Line):
                self._between(entry, columns, column)
            else:
                self._person(entry, index, columns, column, also or {})
                index += 1
        self._merge_down(columns, column, first)

    def _header(self, columns: Sequence[Column], column: int) -> None:
        depth = max(len(c.levels) for c in columns)
        rows = tuple(range(self.row, self.row + depth))
        for offset, one in enumerate(columns):
            levels = one.levels
            for level, text in enumerate(levels):
                at = (self.row + level, column + offset)
                if text and not (
                    level < len(levels) - 1 and self._continues(columns, offset, level)
                ):
                    self.cells[at] = text
            if len(levels) < depth and levels[0]:
                self.merges.append(
                    (self.row, column + offset, self.row + depth - 1, column + offset)
                )
        self._merge_groups(columns, column)
        names = [column + i for i, c in enumerate(columns) if c.field == "name"]
        self.headers.append((rows, get_column_letter(names[0]) if names else ""))
        self.row += depth

    @staticmethod
    def _continues(columns: Sequence[Column], offset: int, level: int) -> bool:
        return (
            offset > 0
            and columns[offset - 1].levels[: level + 1] == (columns[offset].levels[: level + 1])
        )

    def _merge_groups(self, columns: Sequence[Column], column: int) -> None:
        for level in range(max(len(c.levels) for c in columns) - 1):
            start = 0
            while start < len(columns):
                end = start
                while (
                    end + 1 < len(columns)
                    and len(columns[end + 1].levels) > level + 1
                    and self._continues(columns, end + 1, level)
                ):
                    end += 1
                if end > start and len(columns[start].levels) > level + 1:
                    self.merges.append(
                        (self.row + level, column + start, self.row + level, column + end)
                    )
                start = end + 1

    def _between(self, line: Line, columns: Sequence[Column], column: int) -> None:
        if line.repeats_header:
            for offset, one in enumerate(columns):
                self.put(self.row, column + offset, one.levels[-1])
        for offset, value in line.cells.items():
            self.put(self.row, column + offset, value)
        if line.is_merged and len(columns) > 1:
            first = column + min(line.cells)
            if first < column + len(columns) - 1:
                self.merges.append((self.row, first, self.row, column + len(columns) - 1))
        self.nobody.append((self.row, line.why))
        self.row += 1

    def _person(
        self,
        person: Person,
        index: int,
        columns: Sequence[Column],
        column: int,
        also: Mapping[str, Any],
    ) -> None:
        values: dict[str, Any] = dict(also)
        for offset, one in enumerate(columns):
            shown = one.shows(person, index)
            if not isinstance(shown, Shown):
                shown = Shown(shown, _TRUTHS[one.field](person) if one.field in _TRUTHS else None)
            self.put(self.row, column + offset, shown.cell)
            if one.field and shown.becomes is not None:
                values[one.field] = shown.becomes
            if shown.told:
                self.reports.append(
                    Report(self.name, self.row, get_column_letter(column + offset), shown.told)
                )
        self.expected.append(Expected(self.name, self.row, values, person))
        self.row += 1

    def _merge_down(self, columns: Sequence[Column], column: int, first: int) -> None:
        for offset, one in enumerate(columns):
            if one.merged_down:
                self._merge_equal(first, column + offset)

    def _merge_equal(self, first: int, column: int) -> None:
        people = {e.row for e in self.expected}
        row = first
        while row < self.row:
            end = row
            while (
                end + 1 < self.row
                and {row, end + 1} <= people
                and (self.cells.get((end + 1, column)) == self.cells.get((row, column)) is not None)
            ):
                end += 1
                del self.cells[end, column]
            if end > row:
                self.merges.append((row, column, end, column))
            row = end + 1

    def rename(self, name: str) -> None:
        """What a format without sheet names makes of the page."""
        self.name = name
        self.expected = [replace(e, sheet=name) for e in self.expected]
        self.reports = [replace(r, sheet=name) for r in self.reports]

    def expect(self, row: int, **values: Any) -> None:
        """Somebody put on the page by hand."""
        self.expected.append(Expected(self.name, row, values))

    def report(self, row: int, column: str, *codes: str) -> None:
        self.reports.append(Report(self.name, row, column, codes))


_TRUTHS: dict[str, Callable[[Person], Any]] = {
    "name": lambda p: p.name,
    "id_number": lambda p: p.id_number,
    "birth_date": lambda p: p.born.isoformat(),
    "mobile": lambda p: p.mobile,
    "staff_no": lambda p: p.staff_no,
    "sex": lambda p: "2" if p.is_woman else "1",
    "unit": lambda p: p.unit,
    "post": lambda p: p.post,
    "work_start_date": lambda p: p.started.isoformat(),
}


@dataclass
class Book:
    """A file in the making, with the people it may take its rows from."""

    people: People
    pages: list[Page] = field(default_factory=list)
    asks: bool | None = False
    format: str = "openpyxl"
    filename: str = ""

    def page(self, name: str = "Sheet1", **wishes: Any) -> Page:
        self.pages.append(Page(name, **wishes))
        return self.pages[-1]


@dataclass(frozen=True)
class Case:
    """A roster by its name and category; ``make`` fills a fresh book."""

    name: str
    category: str
    make: Callable[[Book], None]

    def book(self) -> Book:
        book = Book(People(self.name))
        self.make(book)
        return book


CASES: list[Case] = []


def case(category: str) -> Callable[[Callable[[Book], None]], Callable[[Book], None]]:
    """Enters a maker of a roster into :data:`CASES`."""

    def enter(make: Callable[[Book], None]) -> Callable[[Book], None]:
        CASES.append(Case(make.__name__, category, make))
        return make

    return enter
