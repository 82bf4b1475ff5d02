"""Whose form is each file that came back, and what is to be filled in before it is understood?

A masked number that nobody touched becomes the number it stands for; an empty unit becomes the
unit the form was sent to. Only the cells in memory change, and all keep their places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.exchange import layout
from desktop.exchange.layout import SheetLayout, Table, Wishes
from desktop.exchange.reading import Sheet, Workbook
from desktop.exchange.reading.cells import CellValue
from desktop.fields import Field
from desktop.fields.kinds import cell_text, masked, tidy
from desktop.registers import MEMBERS
from desktop.services.members import Roster
from desktop.services.units import UnitIndex, spelling

_MASKED = re.compile(r"\d{0,4}\*{2,}[\dXx]{0,4}", re.ASCII)
_SUFFIXES = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".csv", ".ods"))
_OPEN_MARKS = ("~$", ".~")  # what spreadsheet programs put beside a file that is open
_UNIT_HEADING = MEMBERS.field("unit_id").label


def tables_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and all tables in the folders named, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        for one in sorted(path.iterdir()) if path.is_dir() else [path]:
            is_table = one.suffix.lower() in _SUFFIXES and not one.name.startswith(_OPEN_MARKS)
            if is_table or one is path:
                found[one] = None
    return list(found)


def unit_of(book: Workbook, units: UnitIndex) -> int | None:
    """The unit a file without a key speaks of, judged by its unit column, its headings, its name;
    ``None`` where these leave it open."""
    tables = list(_tables(book))
    counted = Counter(filter(None, (_unit_in(s, t, units) for s, t in tables)))
    if len(counted) == 1:
        return next(iter(counted))
    if counted:
        return None
    return _in_text(book.path.stem, units) if book.path is not None else None


def _tables(book: Workbook) -> Iterator[tuple[SheetLayout, Table]]:
    for one in layout.understand(book.sheets):
        for table in one.tables:
            if table.people:
                yield one, table


def _unit_in(sheet: SheetLayout, table: Table, units: UnitIndex) -> int | None:
    column = table.column_of("unit_id")
    if column is not None:
        names = [tidy(cell_text(table.rows[p.at][column.index])) for p in table.people]
        found = Counter(filter(None, (units.find(n) for n in names if n)))
        if found:
            best, count = found.most_common(1)[0]
            return best if count * 2 > len(table.people) else None
    for text in (table.unit, sheet.sheet.name):
        if text and (known := units.find(text)) is not None:
            return known
    return _in_text(" ".join(sheet.metadata), units)


def _in_text(text: str, units: UnitIndex) -> int | None:
    """The unit whose name stands in a text; of several the longest, if it holds the others."""
    plain = spelling(text)
    names = {n: i for n, i in units.by_spelling.items() if len(n) > 1 and n in plain}
    if not names:
        return None
    longest = max(names, key=len)
    return names[longest] if all(n in longest for n in names) else None


def completed(book: Workbook, roster: Roster, unit: str) -> Workbook:
    """The workbook with masked numbers resolved and blank units filled with ``unit``."""
    wishes = Wishes(own=layout.own_headings(roster.register))
    told = {id(one.sheet): one for one in layout.understand(book.sheets, wishes)}
    private = [field for field in roster.register.fields if field.kind.is_private]
    people: dict[str, list[Mapping[str, Any]]] = {}
    for person in roster.people:
        people.setdefault(person["name"], []).append(person)
    sheets = tuple(
        _completed(sheet, told[id(sheet)], private, people, unit) for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def _completed(
    sheet: Sheet,
    told: SheetLayout,
    private: Iterable[Field],
    people: Mapping[str, Sequence[Mapping[str, Any]]],
    unit: str,
) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    for table in told.tables:
        _unmask(rows, table, private, people)
    if unit and len(told.tables) == 1 and told.tables[0].people:
        _fill_unit(rows, told.tables[0], sheet.first_row, unit)
    return replace(sheet, rows=rows)


def _unmask(
    rows: list[list[CellValue]],
    table: Table,
    private: Iterable[Field],
    people: Mapping[str, Sequence[Mapping[str, Any]]],
) -> None:
    name = table.column_of("name")
    if name is None:
        return
    for person in table.people:
        row = rows[person.at]
        known = people.get(tidy(cell_text(row[name.index])), ())
        for field in private:
            column = table.column_of(field.name)
            if column is not None and _is_masked(row[column.index]):
                row[column.index] = _meant(known, field, row[column.index])


def _is_masked(cell: CellValue) -> bool:
    return isinstance(cell, str) and bool(_MASKED.fullmatch(tidy(cell)))


def _meant(known: Sequence[Mapping[str, Any]], field: Field, cell: CellValue) -> str | None:
    """The one number the mask stands for; blank, which changes nothing, where that is open."""
    text = tidy(cell_text(cell))
    kind = field.kind
    values = {v for p in known if (v := p[field.name]) and masked(kind, v) == text}
    return kind.text(values.pop()) if len(values) == 1 else None


def _fill_unit(rows: list[list[CellValue]], table: Table, first_row: int, unit: str) -> None:
    column = table.column_of("unit_id")
    if column is None and table.unit_from == "none" and table.header_rows:
        head = table.header_rows[-1] - first_row
        for at, row in enumerate(rows):
            row.append(_UNIT_HEADING if at == head else None)
        place = len(rows[0]) - 1
    elif column is not None:
        place = column.index
    else:
        return
    for person in table.people:
        if rows[person.at][place] is None:
            rows[person.at][place] = unit
