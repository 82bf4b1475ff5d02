"""How do the values of an xlsx, xlsm or xlsb come out of calamine?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from desktop.exchange import collector
from desktop.exchange.reading.cells import (
    CellValue,
    Range,
    Sheet,
    SheetMarks,
    struck_rows,
    within,
)
from desktop.exchange.reading.openxml import Scanned
from desktop.exchange.reading.prescan import Facts
from desktop.exchange.reading.refusals import Refused

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

RawValue = str | int | float | bool | date | datetime | time | timedelta
Raw = list[list[RawValue]]
Table = list[list[CellValue]]

_MANY_ROWS = (
    20_000  # from here on the memory of equal texts weighs more than the time to share them
)


def read_scanned(scanned: Scanned) -> tuple[Sheet, ...]:
    """The sheets of a measured workbook; chart and macro sheets are passed over."""
    with collector.at_rest():
        return tuple(_scanned_sheets(scanned))


def _scanned_sheets(scanned: Scanned) -> Iterator[Sheet]:
    parts = {part.name: part for part in scanned.parts}
    for name, raw, start in _raw_sheets(scanned.data):
        part = parts.get(name)
        facts = scanned.facts.get(part.path) if part else None
        if part is None or facts is None:
            continue
        table = _table(raw, has_durations=scanned.has_durations)
        left_out = scanned.left_out.get(part.path, frozenset())
        marks = _marks(facts, table, start, left_out, scanned.notes.get(part.path))
        yield Sheet(name, part.is_visible, table, *start, facts.merged, marks, scanned.date_1904)


def read_unscanned(
    data: bytes, facts: Mapping[str, Facts], *, date_1904: bool = False
) -> tuple[Sheet, ...]:
    """The sheets of a binary workbook; ``facts`` by sheet name. Only for the child process."""
    with _own_refusals():
        from python_calamine import CalamineWorkbook, SheetVisibleEnum

        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            visible = {
                meta.name: meta.visible == SheetVisibleEnum.Visible
                for meta in workbook.sheets_metadata
            }
    sheets: list[Sheet] = []
    for name, raw, start in _raw_sheets(data):
        table = _table(raw, has_durations=True)
        found = facts.get(name)
        marks = _marks(found, table, start, frozenset()) if found else SheetMarks()
        merged = found.merged if found else ()
        sheets.append(Sheet(name, visible.get(name, True), table, *start, merged, marks, date_1904))
    return tuple(sheets)


def _raw_sheets(data: bytes) -> Iterator[tuple[str, Raw, tuple[int, int]]]:
    """Name, values and 1-based position of the first value of each worksheet."""
    with _own_refusals():
        from python_calamine import CalamineWorkbook

        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for name in _worksheets(workbook):
                sheet = workbook.get_sheet_by_name(name)
                row, column = sheet.start or (0, 0)
                yield name, sheet.to_python(), (row + 1, column + 1)


def _worksheets(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum

    return [meta.name for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]


@contextmanager
def _own_refusals() -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise Refused("protected", str(error)) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Refused("damaged", str(error)) from error
    except BaseException as error:
        # a panic of the Rust library is no Exception, and its class cannot be imported
        if type(error).__name__ == "PanicException":
            raise Refused("damaged", "panic") from error
        raise


def _table(raw: Raw, *, has_durations: bool) -> Table:
    if has_durations:
        raw = [[_without_duration(value) for value in row] for row in raw]
    # calamine gives "" for a blank cell
    if len(raw) < _MANY_ROWS:
        return [[None if value == "" else value for value in row] for row in raw]  # type: ignore[misc]
    return _with_shared_texts(raw)


def _with_shared_texts(raw: Raw) -> Table:
    """The same in place, with one copy of a text that stands in many cells of a column."""
    table: Table = raw  # type: ignore[assignment]
    sample = raw[:: max(len(raw) // 250, 1)]
    repeating = [
        place
        for place, cells in enumerate(zip(*sample, strict=True))
        if len(set(cells)) < len(cells)
    ]
    shared: dict[CellValue, CellValue] = {}
    for row in table:
        row[:] = [None if value == "" else value for value in row]
        for place in repeating:
            if type(value := row[place]) is str:
                row[place] = shared.setdefault(value, value)
    return table


def _without_duration(value: RawValue) -> RawValue:
    if not isinstance(value, timedelta):
        return value
    if timedelta(0) <= value < timedelta(days=1):
        return (datetime(1900, 1, 1) + value).time()  # noqa: DTZ001 - a time of day
    seconds = int(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _marks(
    facts: Facts,
    table: Table,
    start: tuple[int, int],
    left_out: frozenset[tuple[int, int]],
    notes: Mapping[tuple[int, int], str] | None = None,
) -> SheetMarks:
    first_row, first_column = start
    height, width = len(table), len(table[0]) if table else 0
    reach = Range(1, 1, first_row + height - 1, first_column + width - 1)
    struck = frozenset(cell for cell in facts.struck_cells if cell in reach)
    columns = (
        column
        for first, last in facts.hidden_columns
        for column in range(max(first, first_column), min(last, first_column + width - 1) + 1)
    )
    return SheetMarks(
        hidden_rows=frozenset(within(facts.hidden_rows, first_row, height)),
        hidden_columns=frozenset(columns),
        error_cells=facts.error_cells,
        formulas_without_value=facts.formulas_without_value,
        filtered=facts.filtered,
        struck_rows=struck_rows(table, first_row, struck),
        struck_cells=struck,
        left_out=left_out,
        notes=notes or {},
    )
