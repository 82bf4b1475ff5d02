"""How a step is taken back, or done again, however long ago it was.

The inverse of a change set is written as a new one. A record that somebody has worked on since is
kept as it is and named; so is one whose return would break a link or repeat what must be unique.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from db.changes import sets
from db.changes.inverse import REASONS, Inverse, Key, Recomputed, inverse_of
from db.changes.reading import standing_for, undoers
from db.changes.tables import change_sets
from db.changes.writing_back import write_back
from db.errors import GoneError

_LOOK = "请先看看改动记录里有哪些步，再选一步。"


@dataclass(frozen=True)
class Kept:
    """A record the undo left as it is, and why (a Chinese sentence)."""

    table: str
    record_id: int
    reason: str


@dataclass(frozen=True)
class Undone:
    """What an undo or redo did: ``restored`` records went back, ``kept`` stayed as they are.

    When all had to be kept, no change set was written (``None``) and the step is still in effect.
    """

    change_set_id: int | None
    undone_id: int
    what: str
    restored: int
    kept: tuple[Kept, ...]


def undo(
    session: Session, change_set_id: int | None = None, *, recomputed: Recomputed | None = None
) -> Undone:
    """Take back the newest step, or the given one, within the caller's unit of work.

    The unit of work must have written nothing else. ``GoneError`` when there is no such step, or
    it is taken back already. Given an undo, this does the step again, as :func:`redo` does.
    A record edited since is kept as a whole; with ``recomputed`` (table → columns the caller then
    works out anew) only its edited fields are, and a link whose end is gone becomes empty.
    """
    target = last_undoable(session) if change_set_id is None else change_set_id
    if target is None:
        raise GoneError("没有可以撤销的步骤。", remedy=_LOOK)
    standing, taken_back = standing_for(undoers(session), target)
    if taken_back:
        raise GoneError(f"第 {target} 步已经撤销过了。", remedy=_LOOK)
    return _take_back(session, standing, recomputed)


def redo(session: Session) -> Undone:
    """Do again the step that was taken back last; ``GoneError`` when there is none."""
    target = last_redoable(session)
    if target is None:
        raise GoneError("没有可以重做的步骤。", remedy=_LOOK)
    return _take_back(session, target, None)


def last_undoable(session: Session) -> int | None:
    """The step Ctrl+Z takes back: the newest that is in effect."""
    undone = select(change_sets.c.undoes_id).where(change_sets.c.undoes_id.is_not(None))
    return session.scalar(
        select(change_sets.c.id)
        .where(change_sets.c.kind.in_(("do", "redo")), change_sets.c.id.not_in(undone))
        .order_by(change_sets.c.id.desc())
        .limit(1)
    )


def last_redoable(session: Session) -> int | None:
    """The undo that a redo takes back: none once something new was done after it."""
    undone = select(change_sets.c.undoes_id).where(change_sets.c.undoes_id.is_not(None))
    newest = session.execute(
        select(change_sets.c.id, change_sets.c.kind)
        .where(change_sets.c.kind.in_(("do", "undo")), change_sets.c.id.not_in(undone))
        .order_by(change_sets.c.id.desc())
        .limit(1)
    ).one_or_none()
    return newest.id if newest is not None and newest.kind == "undo" else None


def _take_back(session: Session, change_set_id: int, recomputed: Recomputed | None) -> Undone:
    if sets.has_changed_records(session):
        raise RuntimeError("an undo needs a unit of work of its own")
    target = session.execute(
        select(change_sets).where(change_sets.c.id == change_set_id)
    ).one_or_none()
    if target is None or target.kind == "outside":
        raise GoneError(f"没有第 {change_set_id} 步，或者这一步不能撤销。", remedy=_LOOK)
    inverse, kept = _write_inverse(session.connection(), change_set_id, recomputed)
    session.expire_all()
    plain = target.what.removeprefix("撤销：").removeprefix("重做：")
    reasons = tuple(Kept(*key, REASONS[why]) for key, why in sorted(kept.items()))
    if kept and not inverse.size:
        return Undone(None, change_set_id, plain, 0, reasons)
    unit = sets.current(session)
    unit.kind = "redo" if target.kind == "undo" else "undo"
    unit.undoes_id = change_set_id
    unit.what = ("重做：" if unit.kind == "redo" else "撤销：") + plain
    return Undone(unit.change_set_id, change_set_id, plain, inverse.size, reasons)


def _write_inverse(
    connection: Connection, change_set_id: int, recomputed: Recomputed | None
) -> tuple[Inverse, dict[Key, str]]:
    """Write what can be written; what the file refuses is kept, and the rest tried anew."""
    refused: dict[Key, str] = {}
    while True:
        inverse, kept = inverse_of(connection, change_set_id, refused, recomputed)
        savepoint = connection.begin_nested()
        newly_refused = write_back(connection, inverse)
        if not newly_refused:
            savepoint.commit()
            return inverse, kept
        savepoint.rollback()
        refused |= dict.fromkeys(newly_refused, "duplicate")
