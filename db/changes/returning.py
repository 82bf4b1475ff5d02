"""How one removed record comes back out of a step that did more than remove it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes.inverse import REASONS, Inverse, Key, Recomputed, inverse_of
from db.changes.reading import shapes_of
from db.changes.tables import changes
from db.changes.undoing import Kept
from db.changes.writing_back import write_back
from db.errors import DuplicateError, GoneError


def bring_back(
    session: Session, table: str, record_id: int, *, recomputed: Recomputed
) -> tuple[Kept, ...]:
    """Put one removed record back under its own number, within the caller's unit of work.

    With it come what went with it in the same step: what hung on it, what it hung on, and the
    links to it, as far as nothing else was put there since. Gives what could not be as it was
    (an optional link whose end is gone becomes empty). ``GoneError`` when the record is not in
    the bin, ``DuplicateError`` when something just like it is there now.
    """
    session.flush()
    connection = session.connection()
    step = _removed_by(session, table, record_id)
    inverse, kept = inverse_of(connection, step, {}, recomputed)
    key = (table, record_id)
    if key not in inverse.inserts:
        raise GoneError("它所属的记录已经不在，不能单独恢复。", remedy="请先恢复它所属的那一条。")
    wanted = _only(inverse, key)
    if write_back(connection, wanted):
        raise DuplicateError(
            "现在已有一条同样的记录，没有恢复。", remedy="请先看看是不是同一条，再决定留哪一条。"
        )
    session.expire_all()
    back = wanted.inserts.keys() | wanted.updates.keys()
    return tuple(Kept(*one, REASONS[why]) for one, why in sorted(kept.items()) if one in back)


def _removed_by(session: Session, table: str, record_id: int) -> int:
    last = session.execute(
        select(changes.c.change_set_id, changes.c.after)
        .where(changes.c.shape_id.in_(shapes_of(session, table)), changes.c.record_id == record_id)
        .order_by(changes.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None or last.after is not None:
        raise GoneError("这一条不在已移出的记录里，可能已经恢复了。", remedy="请重新看一下名册。")
    return int(last.change_set_id)


def _only(inverse: Inverse, key: Key) -> Inverse:
    """The part of an inverse that belongs to one record."""
    below = {key}
    waiting = [key]
    while waiting:
        for child in _hanging_on(inverse, waiting.pop()):
            if child not in below:
                below.add(child)
                waiting.append(child)
    found = Inverse(inverse.shapes, inverse.links, inverse.recomputed)
    found.inserts = {one: inverse.inserts[one] for one in below | _above(inverse, below)}
    for child, values in inverse.updates.items():
        columns = {
            link.column: values[link.column]
            for link in inverse.links
            if link.child == child[0] and (link.parent, values.get(link.column)) in below
        }
        if columns:
            found.updates[child] = columns
    return found


def _hanging_on(inverse: Inverse, key: Key) -> Iterator[Key]:
    for link in inverse.links:
        if link.parent == key[0]:
            for child, values in inverse.inserts.items():
                if child[0] == link.child and values.get(link.column) == key[1]:
                    yield child


def _above(inverse: Inverse, keys: set[Key]) -> set[Key]:
    """What went in the same step and is needed for these to hang on."""
    found: set[Key] = set()
    waiting = list(keys)
    while waiting:
        child = waiting.pop()
        for link in inverse.links:
            parent = (link.parent, inverse.inserts[child].get(link.column))
            if link.child == child[0] and parent in inverse.inserts and parent not in found:
                found.add((parent[0], int(parent[1])))
                waiting.append((parent[0], int(parent[1])))
    return found
