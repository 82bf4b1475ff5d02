"""Which forms were sent to which units, and which of them came back?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import GoneError
from db.tables.rounds import FormRound

Filling = Literal["blank", "masked", "full"]


@dataclass(frozen=True)
class Returned:
    """When a unit's form came in, and what the file was called."""

    on: str
    file: str


@dataclass(frozen=True)
class Round:
    """One sending of forms: the units by id, and those that have returned theirs."""

    id: int
    token: str
    title: str
    sent_on: date
    due_on: date | None
    filling: Filling
    units: Mapping[int, str]
    returned: Mapping[int, Returned]


@dataclass(frozen=True)
class NewRound:
    """A sending about to be recorded."""

    token: str
    title: str
    sent_on: date
    due_on: date | None
    filling: Filling
    units: Mapping[int, str]


def record(session: Session, sent: NewRound) -> int:
    """Keep that forms went out; gives the id of the round."""
    row = FormRound(
        token=sent.token,
        title=sent.title,
        sent_on=sent.sent_on,
        due_on=sent.due_on,
        filling=sent.filling,
        forms=[{"unit_id": key, "unit": name} for key, name in sent.units.items()],
        returned={},
    )
    session.add(row)
    session.flush()
    return row.id


def listed(session: Session) -> tuple[Round, ...]:
    """Every round, the newest first."""
    rows = session.scalars(select(FormRound).order_by(FormRound.id.desc()))
    return tuple(_round(row) for row in rows)


def mark_returned(session: Session, round_id: int, came: Mapping[int, Returned]) -> None:
    """Keep that these units returned their forms; a later form of a unit takes its place."""
    row = session.get(FormRound, round_id)
    if row is None:
        raise GoneError("这一轮收表的记录已经不在了。")
    told = {str(key): {"on": one.on, "file": one.file} for key, one in came.items()}
    row.returned = {**row.returned, **told}
    session.flush()


def _round(row: FormRound) -> Round:
    filling: Sequence[Filling] = ("blank", "masked", "full")
    return Round(
        row.id,
        row.token,
        row.title,
        row.sent_on,
        row.due_on,
        next(one for one in filling if one == row.filling),
        {form["unit_id"]: form["unit"] for form in row.forms},
        {int(key): Returned(one["on"], one["file"]) for key, one in row.returned.items()},
    )
