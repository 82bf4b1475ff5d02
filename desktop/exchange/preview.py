"""What an import would do, shown before anything is done, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from desktop.exchange.checking import Checker, Entry, Place
from desktop.exchange.layout import Proposal, SheetLayout
from desktop.exchange.reading.cells import CellValue, Workbook
from desktop.exchange.said import Fix, Problem
from desktop.services.members import Roster

Status = Literal["new", "update", "unchanged", "problem", "left_out_man", "skipped"]
Policy = Literal["file", "blanks_only"]


class Change(NamedTuple):
    """A field of a person on the roster that would change.

    Of a unit the id is given; ``None`` as the new one means the row's own unit, to be made.
    """

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class ImportOptions:
    """What was asked for.

    ``mapping`` gives column letters their fields, ``by_sheet`` does so for one sheet of one file
    and goes before it; ``policy`` whether the file goes before the roster, or only fills its
    blanks.
    """

    sheet: str | None = None
    everyone: bool = False
    without_hidden: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)
    file_password: str | None = None
    policy: Policy = "file"
    fill_units_down: bool = False
    by_sheet: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def mapping_of(self, file: str, sheet: str) -> Mapping[str, str]:
        """The letters and fields that hold for one sheet."""
        return {**self.mapping, **self.by_sheet.get((file, sheet), {})}


@dataclass(frozen=True)
class Decision:
    """What a person decided about one row.

    ``auto`` lets the program's own rule stand; ``set_aside`` keeps the row out; ``as_new`` takes it
    in as somebody new (a man, too); ``same_as`` says which member it is. ``corrections`` gives
    fields what should have stood in their cells.
    """

    what: Literal["auto", "set_aside", "as_new", "same_as"] = "auto"
    member_id: int | None = None
    corrections: Mapping[str, str] = field(default_factory=dict)


class Row(NamedTuple):
    """One row of the files and what becomes of it.

    ``key`` names the row in :meth:`Preview.with_decision`. ``cells`` are the cells of its sheet as
    they were read, from the sheet's first column. ``values`` is what is written: everything for a
    new person, else only what changes. ``why`` tells why it is skipped; ``follows`` is the key of
    the row it repeats; ``candidates`` are the members it could be.
    """

    key: int
    place: int
    row: int
    cells: Sequence[CellValue]
    name: str
    unit: tuple[str, ...]
    status: Status
    why: str = ""
    member_id: int | None = None
    version: int | None = None
    values: Mapping[str, Any] = {}
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    fixes: tuple[Fix, ...] = ()
    candidates: tuple[int, ...] = ()
    follows: int | None = None

    @property
    def group(self) -> Status:
        """Where the window lists the row: with the problems as soon as it has one that counts."""
        if self.status in ("left_out_man", "skipped"):
            return self.status
        return "problem" if any(p.code not in _BY_THE_WAY for p in self.problems) else self.status

    @property
    def comes_in(self) -> bool:
        return self.status in ("new", "update")


_BY_THE_WAY = frozenset(
    ("row_hidden", "unit_unknown", "id_upgraded", "id_region", "status_in_remark", "phone_second",
     "health_remark_left_out", "name_note", "age_range", "cell_error", "formula_without_value",
     "row_struck", "cell_struck", "cell_note")
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """How many rows become what; ``problem`` are those that stay out until decided, ``to_check``
    those that come in with a field left empty; ``absent`` people are on the roster only."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    problem: int = 0
    left_out_men: int = 0
    skipped: int = 0
    absent: int = 0
    to_check: int = 0
    changed_values: int = 0

    @property
    def importable(self) -> int:
        return self.new + self.updated + self.unchanged


@dataclass(frozen=True)
class NeedsMapping:
    """A sheet with people and no header to go by: what its columns could be."""

    file: str
    sheet: str
    proposal: Proposal


@dataclass(frozen=True)
class FileUnderstood:
    """One file: its workbook and what was understood of its sheets."""

    file: str
    workbook: Workbook
    sheets: tuple[SheetLayout, ...]


@dataclass(frozen=True)
class Preview:
    """The rehearsal of an import. Nothing has been written; decisions give a new preview."""

    files: tuple[FileUnderstood, ...]
    places: tuple[Place, ...]
    rows: tuple[Row, ...]
    counts: Counts
    problems: tuple[Problem, ...]
    absent: tuple[int, ...]
    needs_mapping: tuple[NeedsMapping, ...]
    options: ImportOptions
    today: date
    roster: Roster
    checkers: tuple[Checker, ...] = ()
    entries: tuple[Entry, ...] = ()
    about_tables: tuple[Problem, ...] = ()
    decisions: Mapping[int, Decision] = field(default_factory=dict)

    def with_decision(self, key: int, decision: Decision | None) -> Preview:
        """The preview with one row decided (``None``: as the program would); the row is checked and
        matched again, and so is every row that depends on it."""
        return self.with_decisions({key: decision})

    def with_decisions(self, decisions: Mapping[int, Decision | None]) -> Preview:
        """Several rows decided at once."""
        from desktop.exchange.deciding import decided

        told = {**self.decisions, **decisions}
        return decided(replace(self, decisions={k: d for k, d in told.items() if d is not None}))

    def with_policy(self, policy: Policy) -> Preview:
        """The preview under the other rule for people who are on the roster already."""
        from desktop.exchange.deciding import decided

        return decided(replace(self, options=replace(self.options, policy=policy)))

    def rows_in(self, group: Status) -> tuple[Row, ...]:
        """The rows the window lists under a count."""
        return tuple(row for row in self.rows if row.group == group)
