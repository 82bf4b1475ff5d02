"""The roster as it stood at the end of a past day, read back out of the change log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db import changes
from desktop.services import members, units
from desktop.services.members import MemberRow, Query, Totals
from desktop.services.units import UnitRow

_TABLES = ("members", "units")


def end_of(day: date) -> datetime:
    """The first moment after ``day``, where she sits."""
    return datetime.combine(day + timedelta(days=1), time()).astimezone()


@contextmanager
def past(session: Session, day: date, tables: Sequence[str] = _TABLES) -> Iterator[None]:
    """Inside, members and units (or ``tables``) are as they were at the end of ``day``.

    Every function that reads them works unchanged. For sessions that only read.
    """
    with changes.shadowed(session, tables, end_of(day)):
        yield


def at(
    session: Session, day: date | None, tables: Sequence[str] = _TABLES
) -> AbstractContextManager[None]:
    """``past`` for a day, the present for none."""
    return nullcontext() if day is None else past(session, day, tables)


def rows(session: Session, day: date, query: Query) -> tuple[MemberRow, ...]:
    """The people a query found at the end of ``day``; their ages are those of that day."""
    with past(session, day):
        return members.rows(session, replace(query, on=day))


def tree(session: Session, day: date) -> tuple[UnitRow, ...]:
    """The units of that day, each with the people it had on staff."""
    with past(session, day):
        return units.tree(session, members.ON_STAFF)


def totals(session: Session, day: date) -> Totals:
    """How many people there were."""
    with past(session, day):
        return members.totals(session)


def exported(
    session: Session, day: date, query: Query
) -> tuple[tuple[Mapping[str, Any], ...], units.UnitIndex]:
    """All values of the people a query found that day, and the units of that day."""
    with past(session, day):
        return members.exported(session, replace(query, on=day)), units.index(session)


def is_before(session: Session, change_set_id: int, day: date) -> bool:
    """Whether a step was taken by the end of ``day``."""
    first = changes.first_after(session, end_of(day))
    return first is None or change_set_id < first
