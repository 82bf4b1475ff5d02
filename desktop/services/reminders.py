"""Whose retirement, birthday or working anniversary comes up?

A reminder only: a status is always set by hand, because people may go up to three years earlier or
later than the day worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Member, Unit
from db.types import PartialDate
from desktop.services.members import ON_STAFF

_REFORM = 2025 * 12  # January 2025, in months since the year 0
_STEPS = {50: (2, 60), 55: (4, 36)}  # months of birth for one month more; never more than this


@dataclass(frozen=True)
class Retirement:
    """Somebody who may reach the age. ``month`` is the first of that month.

    ``original_age`` is what the roster says, 50 or 55; ``delay`` the months added to it.
    ``months_left`` is negative when the month has passed. ``is_exact`` is false where only the year
    of birth is known, and January was taken.
    """

    member_id: int
    name: str
    unit: str
    birth_date: PartialDate
    original_age: int
    delay: int
    month: date
    months_left: int
    is_exact: bool


@dataclass(frozen=True)
class Birthday:
    """Somebody born in the month asked for. ``day`` is empty where only the month is known."""

    member_id: int
    name: str
    unit: str
    birth_date: PartialDate
    day: int | None
    turns: int


@dataclass(frozen=True)
class Anniversary:
    """Somebody who completes ``years`` of work in the month asked for."""

    member_id: int
    name: str
    unit: str
    began: PartialDate
    years: int


def retirement_delay(born: date, original_age: int) -> int:
    """Months a woman born in that month works longer than ``original_age`` (50 or 55).

    The 2024 decision on raising the retirement age: from January 2025 on one month for every two
    months of birth with an original age of 50, up to 55; for every four with 55, up to 58.
    """
    step, most = _STEPS[original_age]
    since_reform = _months(born) + original_age * 12 - _REFORM
    return min(since_reform // step + 1, most) if since_reform >= 0 else 0


def retirement_month(born: date, original_age: int) -> date:
    """The first day of the month in which she reaches the raised age."""
    return _month(_months(born) + original_age * 12 + retirement_delay(born, original_age))


def retirements(session: Session, *, on: date, ahead: int = 12) -> tuple[Retirement, ...]:
    """Women on staff who reach the age within ``ahead`` months of ``on``, or have reached it.

    Only those whose original age and birth are on the roster; earliest first.
    """
    found = (
        _retirement(row, int(row.retirement_age), on)
        for row in _women(session, Member.birth_date, Member.retirement_age)
        if row.birth_date is not None and row.retirement_age in ("50", "55")
    )
    due = [one for one in found if one.months_left <= ahead]
    return tuple(sorted(due, key=lambda one: (one.month, one.member_id)))


def without_retirement_age(session: Session) -> tuple[int, ...]:
    """Women on staff nobody can be reminded of: original age or birth is not on the roster."""
    return tuple(
        row.id
        for row in _women(session, Member.birth_date, Member.retirement_age)
        if row.birth_date is None or row.retirement_age not in ("50", "55")
    )


def birthdays(session: Session, *, on: date) -> tuple[Birthday, ...]:
    """Everybody on staff born in the month of ``on``, by day; those without a day come last."""
    found = [
        Birthday(r.id, r.name, r.unit or "", born, born.day, on.year - born.year)
        for r in _people(session, Member.birth_date)
        if (born := r.birth_date) is not None and born.month == on.month and born.year <= on.year
    ]
    return tuple(sorted(found, key=lambda one: (one.day is None, one.day or 0, one.member_id)))


def anniversaries(
    session: Session, *, on: date, every: int = 10, of_unit: bool = False
) -> tuple[Anniversary, ...]:
    """Everybody on staff who completes a multiple of ``every`` years in the month of ``on``.

    Counted from the start of work, or ``of_unit`` from coming to this unit; longest first.
    """
    column = Member.join_unit_date if of_unit else Member.work_start_date
    found = [
        Anniversary(row.id, row.name, row.unit or "", began, years)
        for row in _people(session, column.label("began"))
        if (began := row.began) is not None
        and began.month == on.month
        and (years := on.year - began.year) > 0
        and years % every == 0
    ]
    return tuple(sorted(found, key=lambda one: (-one.years, one.member_id)))


def _retirement(row: Any, age: int, on: date) -> Retirement:
    born = row.birth_date.first_day()
    month = retirement_month(born, age)
    return Retirement(
        row.id,
        row.name,
        row.unit or "",
        row.birth_date,
        age,
        retirement_delay(born, age),
        month,
        _months(month) - _months(on),
        row.birth_date.month is not None,
    )


def _women(session: Session, *columns: Any) -> Iterator[Any]:
    return (row for row in _people(session, Member.sex, *columns) if row.sex == "2")


def _people(session: Session, *columns: Any) -> Iterator[Any]:
    wanted: Any = select(Member.id, Member.name, Unit.name.label("unit"), *columns)
    wanted = wanted.outerjoin(Unit, Unit.id == Member.unit_id)
    wanted = wanted.where(Member.employment_status.in_(ON_STAFF)).order_by(Member.id)
    return iter(session.execute(wanted))


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
