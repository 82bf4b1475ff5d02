"""Whether the change log is whole: the hash chain, and records against their last entry.

The hash of a set covers the set, its rows and the hash before it, so a set cannot be altered,
taken out or put in between without every later hash failing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.changes.triggers import Shape, are_current, record_shapes

START = ""

Row = tuple[str, int, str | None, str | None]


@dataclass(frozen=True)
class SetHead:
    """What of a change set goes into its hash besides its rows."""

    id: int
    at: str
    actor: str
    what: str
    kind: str
    undoes_id: int | None
    counts: str


def hash_rows(previous: str, rows: Iterable[Row]) -> hashlib._Hash:
    """The hash of ``previous`` and ``rows``, to be finished by :func:`seal`."""
    sha = hashlib.sha256(previous.encode())
    for table, record_id, before, after in rows:
        # SQLite escapes control characters inside JSON, so these separators are unambiguous
        sha.update(f"\x1e{table}\x1f{record_id}\x1f{before or ''}\x1f{after or ''}".encode())
    return sha


def seal(sha: hashlib._Hash, head: SetHead) -> str:
    """The hash of a set: its rows, then what is said of it."""
    sha.update(json.dumps(list(vars(head).values())).encode())
    return sha.hexdigest()


def rows_of(connection: Connection, change_set_id: int) -> Iterable[Row]:
    """The rows of one set in the order they were written."""
    found: Iterable[Any] = connection.exec_driver_sql(
        "SELECT table_name, record_id, before, after FROM changes "
        "WHERE change_set_id = ? ORDER BY id",
        (change_set_id,),
    )
    return found


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest set: equal in two files that hold the same log."""
    last_id, last_hash = (
        session.connection().exec_driver_sql("SELECT last_id, last_hash FROM unit_of_work").one()
    )
    return last_id, last_hash


def verify_chain(session: Session) -> list[str]:
    """What is wrong with the log, one Chinese sentence each; empty when it is whole."""
    connection = session.connection()
    problems = [] if are_current(connection) else ["改动记录的自动登记不完整。"]
    number, previous = 0, START
    sets = connection.exec_driver_sql(
        "SELECT id, at, actor, what, kind, undoes_id, counts, hash FROM change_sets ORDER BY id"
    ).all()
    for *values, hash_ in sets:
        entry = SetHead(*values)
        number += 1
        if entry.id != number:
            problems.append(f"改动记录缺少第 {number} 步到第 {entry.id - 1} 步。")
            number = entry.id
        elif _hash_of(connection, previous, entry) != hash_:
            problems.append(f"第 {entry.id} 步改动记录与校验值不符。")
        previous = hash_
    if head(session) != (number, previous):
        problems.append("改动记录的末尾被截去或改动过。")
    return problems + _orphans(connection)


def verify_records(session: Session) -> list[str]:
    """Records that differ from their last entry, one Chinese sentence per table."""
    connection = session.connection()
    problems = []
    for shape in record_shapes(connection).values():
        strays = connection.exec_driver_sql(
            f"SELECT count(*) FROM ({unrecorded(shape)})",  # noqa: S608
            (shape.table, shape.table),
        ).scalar_one()
        if strays:
            problems.append(f"表 {shape.table} 有 {strays} 条记录与改动记录不一致。")
    return problems


def unrecorded(shape: Shape) -> str:
    """SQL for ``record_id, before, after`` of records that differ from the last log entry.

    It takes the table's name twice as parameters.
    """
    last = "(SELECT record_id, after, max(id) FROM changes WHERE table_name = ? GROUP BY record_id)"
    return (
        f"SELECT t.id AS record_id, e.after AS before, {shape.as_json('t')} AS after "  # noqa: S608
        f'FROM "{shape.table}" t LEFT JOIN {last} e ON e.record_id = t.id '
        f"WHERE e.after IS NULL OR {shape.differs('t', 'e.after')} "
        f"UNION ALL SELECT e.record_id, e.after, NULL FROM {last} e "
        f'WHERE e.after IS NOT NULL AND e.record_id NOT IN (SELECT id FROM "{shape.table}")'
    )


def _hash_of(connection: Connection, previous: str, entry: SetHead) -> str:
    return seal(hash_rows(previous, rows_of(connection, entry.id)), entry)


def _orphans(connection: Connection) -> list[str]:
    strays = connection.exec_driver_sql(
        "SELECT count(*) FROM changes WHERE change_set_id NOT IN (SELECT id FROM change_sets)"
    ).scalar_one()
    return [f"有 {strays} 行改动不属于任何一步。"] if strays else []
