"""Small workbooks and rosters for sentences about importing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from db.session import Database
from desktop.exchange import writing
from desktop.exchange.importing import ImportOptions, Preview, Row, rehearse
from desktop.exchange.reading import Range, Sheet, SheetMarks, Workbook
from desktop.services import members
from desktop.services.members import Roster
from desktop.services.units import UnitIndex

TODAY = date(2026, 4, 1)
WANG, LI, ZHANG = "420000198506120021", "420000197811031469", "420000199111245289"
NOBODY = Roster((), UnitIndex({}, {}, {}))


def sheet(
    rows: Sequence[Sequence[Any]],
    name: str = "Sheet1",
    *,
    merged: Sequence[tuple[int, int, int, int]] = (),
    **marks: Any,
) -> Sheet:
    """A sheet as the reader gives it; ``merged`` as first row, first column, last row, column."""
    width = max(len(row) for row in rows)
    return Sheet(
        name,
        True,
        [[*row, *[None] * (width - len(row))] for row in rows],
        merged=tuple(Range(*one) for one in merged),
        marks=SheetMarks(**marks),
    )


def book(*sheets: Sheet, name: str = "名册.xlsx") -> Workbook:
    return Workbook(Path(name), "xlsx", tuple(sheets))


def preview_of(*sheets: Sheet, roster: Roster = NOBODY, **options: Any) -> Preview:
    return rehearse([book(*sheets)], roster, options=ImportOptions(**options), today=TODAY)


def preview_rows(rows: Sequence[Sequence[Any]], roster: Roster = NOBODY, **options: Any) -> Preview:
    return preview_of(sheet(rows), roster=roster, **options)


def names(preview: Preview, status: str = "new") -> list[str]:
    return [row.name for row in preview.rows if row.status == status]


def codes(preview: Preview) -> list[str]:
    """What was said, but for new units."""
    return [p.code for p in preview.problems if p.code != "unit_unknown"]


def only(preview: Preview) -> Row:
    (row,) = preview.rows
    return row


def why(preview: Preview) -> list[tuple[int, str]]:
    """Rows left out with their reasons."""
    return [(s.row, s.why) for place in preview.places for s in place.table.skipped]


def roster_of(database: Database) -> Roster:
    with database.read() as session:
        return members.snapshot(session)


def bring_in(database: Database, *books: Workbook | Path, **options: Any) -> writing.Written:
    """Rehearse against what is there and write."""
    preview = rehearse(
        list(books), roster_of(database), options=ImportOptions(**options), today=TODAY
    )
    with database.write("文员", "导入") as session:
        return writing.write(session, preview)


def people(database: Database) -> dict[str, Any]:
    """Everybody by name."""
    return {p["name"]: p for p in roster_of(database).people}


def save_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    made.save(path)
    return path
