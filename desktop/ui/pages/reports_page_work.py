"""What is done off the window's thread for reports and reminders? Plain functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.fields.table import Table

if TYPE_CHECKING:
    from desktop.documents.paper import Pages
    from desktop.reports.asking import Asked, Report
    from desktop.services.members import MemberRow

Step = Callable[[int, int], None]
HANDED_UP, COMING = "上报的报表", "提醒"


@dataclass(frozen=True)
class Entry:
    """One table of the page: under which heading it stands, and what it may be asked."""

    key: str
    group: str
    title: str
    report: Report

    @property
    def asks(self) -> tuple[str, ...]:
        """``on``, ``unit_id``, ``full`` of a report; ``month`` of a list of what is coming."""
        if self.group == COMING:
            return ("month",) if "on" in self.report.asks else ()
        return self.report.asks


@dataclass(frozen=True)
class Read:
    """A table, for whom it was asked, and the units it can be narrowed to."""

    table: Table
    units: tuple[tuple[int, str], ...]


def entries() -> tuple[Entry, ...]:
    """Every table, in the order of the list at the left."""
    from desktop.reports import reports
    from desktop.reports.coming import LISTS

    upward = [Entry(one.code, HANDED_UP, one.title, one) for one in reports()]
    return (*upward, *(Entry(one.code, COMING, one.title, one) for one in LISTS))


def read(session: Any, *, entry: Entry, asked: Asked) -> Read:
    from desktop.services import units

    known = tuple((one.id, "　" * one.depth + one.name) for one in units.tree(session))
    return Read(entry.report.query(session, asked), known)


def count(session: Any, *, asked: Asked) -> Mapping[str, int]:
    """How many people stand in each list of what is coming."""
    from desktop.reports.coming import LISTS

    return {one.code: len(one.query(session, asked).rows) for one in LISTS}


def people(session: Any, *, ids: Sequence[int]) -> tuple[MemberRow, ...]:
    """These people, in the order of a list."""
    from desktop.services import members

    wanted = frozenset(ids)
    return tuple(row for row in members.rows(session, members.Query()) if row.id in wanted)


def note_full(session: Any, *, what: Any, count: int) -> None:
    from desktop.services import access

    access.note(session, what, count=count)


def write_table(*, table: Table, target: Path, today: date, step: Step) -> str:
    """The table as a workbook, or on paper when the name ends in ``.pdf``; the first thing that
    could not be printed as it is, as a sentence."""
    if target.suffix.lower() != ".pdf":
        from desktop.exchange.tables_out import write_table

        write_table(table, target, today=today)
        return ""
    from desktop.documents.tables import draw_table

    drawn = draw_table(table, target, step=step)
    return "".join(f"{one.name}：{one.message}" for one in drawn.problems[:1])


def pages(*, table: Table) -> Pages:
    from desktop.documents.tables import table_pages

    return table_pages(table)
