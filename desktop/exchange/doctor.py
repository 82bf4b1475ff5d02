"""What is wrong with a roster, how badly, and what can be put right without asking?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from desktop.exchange import doctor_people, doctor_sheets, doctor_units
from desktop.exchange.cells import read_unit
from desktop.exchange.checking import Entry, Place
from desktop.exchange.columns import letter
from desktop.exchange.doctor_causes import CAUSES
from desktop.exchange.doctor_cells import TableCells
from desktop.exchange.doctor_report import (
    Finding,
    Findings,
    Repair,
    Report,
    Spellings,
    Spot,
    graded,
)
from desktop.exchange.importing import rehearse
from desktop.exchange.preview import ImportOptions, Preview
from desktop.exchange.reading import Workbook, read_workbook
from desktop.exchange.said import Problem
from desktop.exchange.telling import sentence
from desktop.fields import Register
from desktop.fields.kinds import cell_text, masked
from desktop.registers import MEMBERS, own_fields
from desktop.services.members import Roster
from desktop.services.units import UnitIndex

__all__ = ["Finding", "Repair", "Report", "Spellings", "Spot", "examine"]

_NOBODY = Roster((), UnitIndex({}, {}, {}))
_SAID_ELSEWHERE = frozenset(("unit_unknown", "id_upgraded"))


def examine(
    source: Path | Workbook,
    *,
    today: date,
    roster: Roster | None = None,
    password: str | None = None,
) -> Report:
    """Go through a roster of any kind and grade it. Nothing is written, the file least of all.

    With a ``roster`` its numbers are compared, too. Raises
    :class:`db.errors.UnreadableFileError` for a file that cannot be read.
    """
    book = source if isinstance(source, Workbook) else read_workbook(source, password=password)
    options = ImportOptions(everyone=True)
    preview = rehearse([book], roster or _NOBODY, options=options, today=today)
    return _Examination(preview, today).report()


class _Examination:
    """One roster being gone through."""

    def __init__(self, preview: Preview, today: date) -> None:
        self.preview, self.today, self.file = preview, today, preview.files[0]
        self.found = Findings(CAUSES)
        self.pairs = [(preview.places[e.place], e) for e in preview.entries]
        self.repairs: dict[tuple[str, int, int], Repair] = {}

    def report(self) -> Report:
        people = sum(1 for _, entry in self.pairs if entry.name)
        self._problems()
        self._cells()
        doctor_people.examine(doctor_people.known(self.pairs), self.today, self.found.add)
        doctor_sheets.examine(self.file, self.preview.places, self.found.add)
        spellings = tuple(self._spellings())
        if not people and not self.preview.needs_mapping:
            self.found.add("no_people", Spot("", 0, "", "", "没有读到一个有姓名的人"))
        findings = self.found.result()
        score, grade = graded(findings, people)
        repairs = tuple(self.repairs.values())
        book = self.file.workbook
        return Report(
            self.file.file, book.format, people, score, grade, findings, repairs, spellings, book
        )

    def _problems(self) -> None:
        for problem in self.preview.problems:
            if problem.code not in _SAID_ELSEWHERE and problem.code in CAUSES:
                self.found.add(problem.code, _spot_of(problem, self.preview.roster.register))

    def _cells(self) -> None:
        for place in self.preview.places:
            mine = [entry for at, entry in self.pairs if at is place]
            for repair in TableCells(place, mine).repairs():
                self.repairs[repair.sheet, repair.row, repair.column] = repair
                self.found.add(repair.code, spot_of_repair(repair, place))
            for spot in doctor_sheets.dittos(place, mine):
                self.found.add("ditto", spot)

    def _spellings(self) -> Iterable[Spellings]:
        """Units written in several ways, told with the cells that would change."""
        cells = [one for place, entry in self.pairs if (one := _unit_cell(place, entry))]
        counts = Counter(name for name, _, _ in cells)
        for kept, names in doctor_units.groups(counts):
            changed = tuple(
                _unit_repair(place, entry, kept)
                for name, place, entry in cells
                if name in names and name != kept
            )
            yield Spellings(kept, {n: counts[n] for n in names}, changed)
            for repair in changed:
                message = f"建议统一成“{kept}”"
                shown = cell_text(repair.old)
                spot = Spot(repair.sheet, repair.row, letter(repair.column), shown, message, kept)
                self.found.add("unit_spellings", spot)


def with_units(report: Report, kept: Mapping[str, str] | None = None) -> tuple[Repair, ...]:
    """All repairs with the units brought to one spelling.

    ``kept`` gives for a proposed spelling the one wanted instead, or itself; groups it does not
    name stay as they are. ``None`` takes every proposal.
    """
    chosen = {g.kept: g.kept for g in report.spellings} if kept is None else kept
    found = {(r.sheet, r.row, r.column): r for r in report.repairs}
    for group in report.spellings:
        if group.kept not in chosen:
            continue
        for repair in group.repairs:
            wanted = chosen[group.kept]
            found[repair.sheet, repair.row, repair.column] = repair._replace(new=wanted)
    return tuple(found.values())


def _unit_cell(place: Place, entry: Entry) -> tuple[str, Place, Entry] | None:
    """The unit as its own cell says it; what was filled in from a merge is told once, above."""
    column = place.table.column_of("unit_id")
    if column is None:
        return None
    sheet = place.layout.sheet
    cell = sheet.rows[entry.row - sheet.first_row][column.index]
    name = read_unit(cell) if cell is not None else None
    return (name, place, entry) if isinstance(name, str) else None


def _unit_repair(place: Place, entry: Entry, kept: str) -> Repair:
    sheet, column = place.layout.sheet, place.table.column_of("unit_id")
    index = column.index if column is not None else 0
    old = sheet.rows[entry.row - sheet.first_row][index]
    at = sheet.first_column + index
    return Repair(sheet.name, entry.row, at, "unit_spellings", old, kept, "单位统一写法")


def _spot_of(problem: Problem, register: Register) -> Spot:
    value = problem.value
    if problem.field and value:
        kind = own_fields.named(register, problem.field).kind
        value = masked(kind, value)
    return Spot(problem.sheet, problem.row, problem.column, value, sentence(problem))


def spot_of_repair(repair: Repair, place: Place) -> Spot:
    """A repair as it is listed: private numbers masked."""
    index = repair.column - place.layout.sheet.first_column
    field = next((c.field for c in place.table.columns if c.index == index), None)
    kind = MEMBERS.field(field).kind if field in {f.name for f in MEMBERS.fields} else None
    old, new = cell_text(repair.old), "" if repair.new is None else str(repair.new)
    return Spot(
        repair.sheet,
        repair.row,
        letter(repair.column),
        masked(kind, old),
        repair.reason,
        masked(kind, new),
    )
