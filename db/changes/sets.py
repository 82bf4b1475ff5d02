"""How one unit of work becomes one change set, or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.changes import chain, shapes

Kind = Literal["do", "undo", "redo", "outside"]
Counts = dict[str, dict[str, int]]

_INFO = "unit_of_work"


class Unit:
    """The unit of work a session is in: what will stand in its change set."""

    def __init__(
        self, change_set_id: int, actor: str, what: str, clock: Callable[[], datetime]
    ) -> None:
        self.change_set_id = change_set_id
        self.actor = actor
        self.what = what
        self.clock = clock
        self.kind: Kind = "do"
        self.undoes_id: int | None = None
        self.closed = False


def begin(session: Session, actor: str, what: str, clock: Callable[[], datetime]) -> None:
    """Open a unit of work: from here on this transaction may write records."""
    change_set_id = _open(session.connection())
    session.info[_INFO] = Unit(change_set_id, actor, what, clock)
    session.info["change_set_id"] = change_set_id
    session.info["touched_tables"] = frozenset()


def current(session: Session) -> Unit:
    """The unit of work of this session; ``RuntimeError`` in a session that only reads."""
    unit = session.info.get(_INFO)
    if not isinstance(unit, Unit):
        raise RuntimeError("this session has no unit of work: it came from Database.read()")
    return unit


def describe(session: Session, what: str) -> None:
    """Say in words what this unit of work did, once it is known (``导入《…》：新增 12 人``)."""
    current(session).what = what


def finish(session: Session, now: datetime) -> None:
    """Close the unit of work: write its change set if it changed a record or undid one.

    Afterwards ``session.info`` tells ``change_set_id`` (``None`` when there is none) and
    ``touched_tables``.
    """
    session.flush()
    unit = current(session)
    counts = _close(session.connection(), unit, now)
    unit.closed = True
    session.info["change_set_id"] = None if counts is None else unit.change_set_id
    session.info["touched_tables"] = frozenset(counts or ())


def may_commit(session: Session) -> bool:
    """Whether committing now would not tear a unit of work apart."""
    unit = session.info.get(_INFO)
    return not isinstance(unit, Unit) or unit.closed


def has_changed_records(session: Session) -> bool:
    """Whether the open unit of work has written a record so far."""
    session.flush()
    first, last = _range(session.connection())
    return last >= first


def record_outside(connection: Connection, actor: str, what: str, now: datetime) -> Counts:
    """Log records that differ from their last entry, after a migration or a foreign write.

    Nothing differs: nothing is logged.
    """
    unit = Unit(_open(connection), actor, what, lambda: now)
    unit.kind = "outside"
    numbers = shapes.numbers(connection)
    for shape in shapes.record_shapes(connection).values():
        number = numbers[shape.table, shape.columns]
        for sql, parameters in list(chain.unrecorded(connection, shape)):
            connection.exec_driver_sql(
                "INSERT INTO changes (change_set_id, shape_id, record_id, before, after) "  # noqa: S608
                f"SELECT {unit.change_set_id}, {number}, record_id, before, after FROM ({sql})",
                parameters,
            )
    return _close(connection, unit, now) or {}


def initialise(connection: Connection) -> None:
    """Put the single row of ``unit_of_work`` into a new file."""
    connection.exec_driver_sql(
        "INSERT INTO unit_of_work (id, last_id, last_change_id, last_hash) VALUES (1, 0, 0, ?)",
        (chain.START,),
    )


def _open(connection: Connection) -> int:
    connection.exec_driver_sql("UPDATE unit_of_work SET change_set_id = last_id + 1")
    return int(connection.exec_driver_sql("SELECT change_set_id FROM unit_of_work").scalar_one())


def _close(connection: Connection, unit: Unit, now: datetime) -> Counts | None:
    previous = connection.exec_driver_sql("SELECT last_hash FROM unit_of_work").scalar_one()
    first, last = _range(connection)
    if last < first and unit.undoes_id is None:
        connection.exec_driver_sql("UPDATE unit_of_work SET change_set_id = NULL")
        return None
    known = shapes.logged_shapes(connection)
    sha = chain.hash_rows(previous, connection, first, last, known)
    counts = _counted(connection, first, last, known)
    head = chain.SetHead(
        unit.change_set_id,
        now.astimezone(UTC).isoformat(timespec="microseconds"),
        unit.actor,
        unit.what,
        unit.kind,
        unit.undoes_id,
        json.dumps(counts, separators=(",", ":")),
        first,
        last,
    )
    _append(connection, head, chain.seal(sha, head))
    return counts


def _range(connection: Connection) -> tuple[int, int]:
    """First and last number of the rows the open unit of work has written."""
    row = connection.exec_driver_sql(
        "SELECT last_change_id + 1, coalesce((SELECT max(id) FROM changes), 0) FROM unit_of_work"
    ).one()
    first, last = row
    return first, max(last, first - 1)


def _append(connection: Connection, head: chain.SetHead, hash_: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO change_sets (id, at, actor, what, kind, undoes_id, counts, "
        "first_change_id, last_change_id, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*vars(head).values(), hash_),
    )
    connection.exec_driver_sql(
        "UPDATE unit_of_work SET change_set_id = NULL, last_id = ?, last_change_id = ?, "
        "last_hash = ?",
        (head.id, head.last_change_id, hash_),
    )


def _counted(
    connection: Connection, first: int, last: int, known: Mapping[int, shapes.LoggedShape]
) -> Counts:
    """How many records were added, changed and removed, each counted once, by table."""
    counts: Counts = {}
    for shape_id, was_there, is_there, count in _records(connection, first, last):
        tally = counts.setdefault(known[shape_id].table, {"added": 0, "changed": 0, "removed": 0})
        if was_there or is_there:
            tally["changed" if was_there and is_there else "added" if is_there else "removed"] += (
                count
            )
    return counts


def _records(connection: Connection, first: int, last: int) -> Iterable[Any]:
    """By shape: was a record there before, is it there after, and how many such there are."""
    rows = connection.exec_driver_sql(
        "SELECT shape_id, sum(before IS NOT NULL), 1, count(*) FROM changes "
        "WHERE id BETWEEN ? AND ? GROUP BY shape_id",
        (first, last),
    ).all()
    if not any(were_there for _, were_there, *_ in rows):
        return rows  # an id is never given twice: records that only came have one row each
    return connection.exec_driver_sql(
        "SELECT f.shape_id, f.before IS NOT NULL, l.after IS NOT NULL, count(*) FROM "
        "(SELECT min(id) AS first, max(id) AS last FROM changes WHERE id BETWEEN ? AND ? "
        "GROUP BY shape_id, record_id) r "
        "JOIN changes f ON f.id = r.first JOIN changes l ON l.id = r.last GROUP BY 1, 2, 3",
        (first, last),
    )
