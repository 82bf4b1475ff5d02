"""What the change log tells: the steps taken, the past of one record, what was removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.changes.shapes import LoggedShape, Values, logged_shapes
from db.changes.tables import change_sets, changes


@dataclass(frozen=True)
class ChangeSetRow:
    """One step of the log; ``undone`` when it is not in effect now.

    ``kind`` is ``do``, ``undo``, ``redo`` or ``outside`` (a migration, or a write that did not
    come from the program). ``counts`` is table → added, changed, removed.
    """

    id: int
    at: datetime
    actor: str
    what: str
    counts: Mapping[str, Mapping[str, int]]
    kind: str
    undone: bool


@dataclass(frozen=True)
class HistoryEntry:
    """One field of one record changed once.

    For ``action`` ``insert`` and ``delete`` the field is empty: the record came or went.
    """

    change_set_id: int
    at: datetime
    actor: str
    what: str
    action: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RemovedRecord:
    """A record that is gone, as it last was; undo ``change_set_id`` to have it back."""

    record_id: int
    change_set_id: int
    at: datetime
    actor: str
    what: str
    values: Values


def log(session: Session, last: int | None = None) -> tuple[ChangeSetRow, ...]:
    """The newest ``last`` steps (all when ``None``), newest first."""
    undone_by = undoers(session)
    rows = session.execute(select(change_sets).order_by(change_sets.c.id.desc()).limit(last))
    return tuple(
        ChangeSetRow(
            row.id, row.at, row.actor, row.what, row.counts, row.kind, is_undone(undone_by, row.id)
        )
        for row in rows
    )


def undoers(session: Session) -> dict[int, int]:
    """Change set → the set that took it back."""
    rows = session.execute(
        select(change_sets.c.undoes_id, change_sets.c.id).where(
            change_sets.c.undoes_id.is_not(None)
        )
    )
    return {row.undoes_id: row.id for row in rows}


def standing_for(undone_by: Mapping[int, int], change_set_id: int) -> tuple[int, bool]:
    """The set that last did or took back ``change_set_id``, and whether it took it back."""
    taken_back = False
    while change_set_id in undone_by:
        change_set_id = undone_by[change_set_id]
        taken_back = not taken_back
    return change_set_id, taken_back


def is_undone(undone_by: Mapping[int, int], change_set_id: int) -> bool:
    return standing_for(undone_by, change_set_id)[1]


def history(session: Session, table: str, record_id: int) -> tuple[HistoryEntry, ...]:
    """Everything that happened to one record, newest first; it may be gone by now."""
    shapes = logged_shapes(session.connection())
    rows = session.execute(
        select(change_sets, changes.c.shape_id, changes.c.before, changes.c.after)
        .join(changes, changes.c.change_set_id == change_sets.c.id)
        .where(changes.c.shape_id.in_(_numbers(shapes, table)), changes.c.record_id == record_id)
        .order_by(changes.c.id.desc())
    )
    return tuple(entry for row in rows for entry in _entries(row, shapes[row.shape_id]))


def added(session: Session, table: str, change_set_id: int) -> tuple[Values, ...]:
    """The records of ``table`` a step added, as it left them."""
    shapes = logged_shapes(session.connection())
    rows = session.execute(
        select(changes.c.shape_id, changes.c.after)
        .join(
            change_sets,
            changes.c.id.between(change_sets.c.first_change_id, change_sets.c.last_change_id),
        )
        .where(
            change_sets.c.id == change_set_id,
            changes.c.shape_id.in_(_numbers(shapes, table)),
            changes.c.before.is_(None),
        )
        .order_by(changes.c.id)
    )
    return tuple(shapes[row.shape_id].decode(row.after) for row in rows)


def removed(session: Session, table: str) -> tuple[RemovedRecord, ...]:
    """The recycle bin of a table: records somebody removed, newest first.

    What went because its own addition was taken back was never really there and is not listed.
    """
    shapes = logged_shapes(session.connection())
    ends = (
        select(func.min(changes.c.id).label("first"), func.max(changes.c.id).label("last"))
        .where(changes.c.shape_id.in_(_numbers(shapes, table)))
        .group_by(changes.c.record_id)
        .subquery()
    )
    first = aliased(changes)
    rows = session.execute(
        select(
            change_sets,
            changes.c.shape_id,
            changes.c.record_id,
            changes.c.before,
            first.c.change_set_id.label("came_with"),
        )
        .join(changes, changes.c.change_set_id == change_sets.c.id)
        .join(ends, ends.c.last == changes.c.id)
        .join(first, first.c.id == ends.c.first)
        .where(changes.c.after.is_(None))
        .order_by(changes.c.id.desc())
    ).all()
    undoes = {undoer: undone for undone, undoer in undoers(session).items()}
    return tuple(
        RemovedRecord(
            row.record_id,
            row.id,
            row.at,
            row.actor,
            row.what,
            shapes[row.shape_id].decode(row.before),
        )
        for row in rows
        if row.kind != "undo" or _root(undoes, row.id) != row.came_with
    )


def _root(undoes: Mapping[int, int], change_set_id: int) -> int:
    """The step that was taken back, done again, taken back again … by this one."""
    while change_set_id in undoes:
        change_set_id = undoes[change_set_id]
    return change_set_id


def shapes_of(session: Session, table: str) -> list[int]:
    """The numbers of the shapes in which rows of ``table`` were ever logged."""
    return _numbers(logged_shapes(session.connection()), table)


def _numbers(shapes: Mapping[int, LoggedShape], table: str) -> list[int]:
    return [shape.id for shape in shapes.values() if shape.table == table]


def _entries(row: Any, shape: LoggedShape) -> Iterator[HistoryEntry]:
    before, after = shape.decode(row.before), shape.decode(row.after)
    about = (row.id, row.at, row.actor, row.what)
    if not before or not after:
        yield HistoryEntry(*about, "delete" if before else "insert", "", None, None)
        return
    for field in before:
        if field != "version" and before.get(field) != after.get(field):
            yield HistoryEntry(*about, "update", field, before.get(field), after.get(field))
