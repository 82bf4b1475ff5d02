"""How one unit of work becomes one change set, or none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Table, insert
from sqlalchemy.orm import Session

from db.changes import chain
from db.changes.triggers import record_shapes

Kind = Literal["do", "undo", "redo", "outside"]
Counts = dict[str, dict[str, int]]

_INFO = "unit_of_work"


class Unit:
    """The unit of work a session is in: what will stand in its change set."""

    def __init__(self, change_set_id: int, actor: str, what: str) -> None:
        self.change_set_id = change_set_id
        self.actor = actor
        self.what = what
        self.kind: Kind = "do"
        self.undoes_id: int | None = None
        self.closed = False


def begin(session: Session, actor: str, what: str) -> None:
    """Open a unit of work: from here on this transaction may write records."""
    change_set_id = _open(session.connection())
    session.info[_INFO] = Unit(change_set_id, actor, what)
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
    found = session.connection().exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM changes WHERE change_set_id = ?)",
        (current(session).change_set_id,),
    )
    return bool(found.scalar_one())


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows at once; they are logged like any other. Values are Python's own."""
    session.flush()
    if rows:
        session.connection().execute(insert(table), list(rows))


def record_outside(connection: Connection, actor: str, what: str, now: datetime) -> Counts:
    """Log records that differ from their last entry, after a migration or a foreign write.

    Nothing differs: nothing is logged.
    """
    unit = Unit(_open(connection), actor, what)
    unit.kind = "outside"
    for shape in record_shapes(connection).values():
        connection.exec_driver_sql(
            "INSERT INTO changes (change_set_id, table_name, record_id, before, after) "  # noqa: S608
            f"SELECT {unit.change_set_id}, '{shape.table}', record_id, before, after "
            f"FROM ({chain.unrecorded(shape)})",
            (shape.table, shape.table),
        )
    return _close(connection, unit, now) or {}


def initialise(connection: Connection) -> None:
    """Put the single row of ``unit_of_work`` into a new file."""
    connection.exec_driver_sql("INSERT INTO unit_of_work VALUES (1, NULL, 0, ?)", (chain.START,))


def _open(connection: Connection) -> int:
    connection.exec_driver_sql("UPDATE unit_of_work SET change_set_id = last_id + 1")
    return int(connection.exec_driver_sql("SELECT change_set_id FROM unit_of_work").scalar_one())


def _close(connection: Connection, unit: Unit, now: datetime) -> Counts | None:
    previous = connection.exec_driver_sql("SELECT last_hash FROM unit_of_work").scalar_one()
    effects: dict[tuple[str, int], list[bool]] = {}
    sha = chain.hash_rows(
        previous, _watched(chain.rows_of(connection, unit.change_set_id), effects)
    )
    if not effects and unit.undoes_id is None:
        connection.exec_driver_sql("UPDATE unit_of_work SET change_set_id = NULL")
        return None
    counts = _counted(effects)
    head = chain.SetHead(
        unit.change_set_id,
        now.astimezone(UTC).isoformat(timespec="microseconds"),
        unit.actor,
        unit.what,
        unit.kind,
        unit.undoes_id,
        json.dumps(counts, separators=(",", ":")),
    )
    _append(connection, head, chain.seal(sha, head))
    return counts


def _append(connection: Connection, head: chain.SetHead, hash_: str) -> None:
    connection.exec_driver_sql(
        "INSERT INTO change_sets (id, at, actor, what, kind, undoes_id, counts, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*vars(head).values(), hash_),
    )
    connection.exec_driver_sql(
        "UPDATE unit_of_work SET change_set_id = NULL, last_id = ?, last_hash = ?",
        (head.id, hash_),
    )


def _watched(
    rows: Iterable[chain.Row], effects: dict[tuple[str, int], list[bool]]
) -> Iterator[chain.Row]:
    """Pass ``rows`` on, noting for each record whether it was there before, and is after."""
    for row in rows:
        table, record_id, before, after = row
        effects.setdefault((table, record_id), [before is not None, False])[1] = after is not None
        yield row


def _counted(effects: Mapping[tuple[str, int], list[bool]]) -> Counts:
    counts: Counts = {}
    for (table, _), (was_there, is_there) in effects.items():
        word = "changed" if was_there and is_there else "added" if is_there else "removed"
        tally = counts.setdefault(table, {"added": 0, "changed": 0, "removed": 0})
        if was_there or is_there:
            tally[word] += 1
    return counts
