"""Whether the change log is whole: the hash chain, and records against their last entry.

The hash of a set covers the set, its rows and the hash before it, so a set cannot be altered,
taken out or put in between without every later hash failing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.changes.shapes import LoggedShape, Shape, logged_shapes, record_shapes, shape_ids
from db.changes.triggers import are_current

START = ""
_ROWS_AT_ONCE = 500

Row = tuple[int, int, str | None, str | None]
"""Shape, record, and its values before and after as JSON."""


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
    first_change_id: int
    last_change_id: int


def hash_rows(
    previous: str,
    connection: Connection,
    first: int,
    last: int,
    shapes: Mapping[int, LoggedShape],
) -> hashlib._Hash:
    """The hash of ``previous``, some rows and the shapes they are in, for ``seal`` to finish."""
    sha = hashlib.sha256(previous.encode())
    bare: Any = connection.connection.dbapi_connection
    for (number,) in bare.execute(
        "SELECT DISTINCT shape_id FROM changes WHERE id BETWEEN ? AND ? ORDER BY 1", (first, last)
    ):
        if number in shapes:
            sha.update(json.dumps([shapes[number].table, *shapes[number].columns]).encode())
    # SQLite escapes control characters inside JSON, so these separators are unambiguous
    texts = bare.execute(
        "SELECT CAST(concat(shape_id, char(31), record_id, char(31), before, char(31), after, "
        "char(30)) AS BLOB) FROM changes WHERE id BETWEEN ? AND ? ORDER BY id",
        (first, last),
    )
    while part := texts.fetchmany(_ROWS_AT_ONCE):
        sha.update(b"".join([text for (text,) in part]))
    return sha


def seal(sha: hashlib._Hash, head: SetHead) -> str:
    """The hash of a set: its rows, then what is said of it."""
    sha.update(json.dumps(list(vars(head).values())).encode())
    return sha.hexdigest()


def rows_of(connection: Connection, first: int, last: int) -> Iterable[Row]:
    """The rows of the log between two numbers, in the order they were written."""
    # the driver's own cursor: a log of many thousand rows is read here after each import
    bare: Any = connection.connection.dbapi_connection
    rows: Iterable[Row] = bare.execute(
        "SELECT shape_id, record_id, before, after FROM changes "
        "WHERE id BETWEEN ? AND ? ORDER BY id",
        (first, last),
    )
    return rows


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
        "SELECT id, at, actor, what, kind, undoes_id, counts, first_change_id, "
        "last_change_id, hash FROM change_sets ORDER BY id"
    ).all()
    shapes = logged_shapes(connection)
    for *values, hash_ in sets:
        entry = SetHead(*values)
        number += 1
        if entry.id != number:
            problems.append(f"改动记录缺少第 {number} 步到第 {entry.id - 1} 步。")
            number = entry.id
        elif _hash_of(connection, previous, entry, shapes) != hash_:
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
        strays = sum(
            len(connection.exec_driver_sql(sql, parameters).all())
            for sql, parameters in unrecorded(connection, shape)
        )
        if strays:
            problems.append(f"表 {shape.table} 有 {strays} 条记录与改动记录不一致。")
    return problems


def unrecorded(connection: Connection, shape: Shape) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Queries for ``record_id, before, after`` of records that differ from their last log entry."""
    every = shape_ids(connection, shape.table)
    now = shape.as_json("t")
    last = (
        "(SELECT record_id, after, shape_id, max(id) FROM changes "
        "WHERE shape_id IN (SELECT value FROM json_each(?)) GROUP BY record_id)"
    )
    yield (
        f'SELECT t.id AS record_id, NULL AS before, {now} AS after FROM "{shape.table}" t '  # noqa: S608
        f"LEFT JOIN {last} e ON e.record_id = t.id WHERE e.after IS NULL",
        (every,),
    )
    for logged in logged_shapes(connection).values():
        if logged.table != shape.table:
            continue
        was = _translated("e.after", shape, logged.columns)
        yield (
            f"SELECT e.record_id, {was} AS before, NULL AS after FROM {last} e "  # noqa: S608
            f"WHERE e.shape_id = ? AND e.after IS NOT NULL "
            f'AND e.record_id NOT IN (SELECT id FROM "{shape.table}")',
            (every, logged.id),
        )
        yield (
            f"SELECT t.id AS record_id, {was} AS before, {now} AS after "  # noqa: S608
            f'FROM "{shape.table}" t JOIN {last} e ON e.record_id = t.id '
            f"WHERE e.shape_id = ? AND e.after IS NOT NULL AND ({_differs(shape, logged.columns)})",
            (every, logged.id),
        )


def _differs(shape: Shape, columns: tuple[str, ...]) -> str:
    """SQL: does the record differ from its entry in a field? New columns count when filled."""
    return " OR ".join(
        f"{shape.value('t', name)} IS NOT {entry_value('e.after', name, columns)}"
        for name in shape.fields
    )


def _translated(json_array: str, shape: Shape, columns: tuple[str, ...]) -> str:
    """SQL: an entry written under ``columns`` as if it had been written in ``shape``."""
    values = (entry_value(json_array, name, columns) for name in shape.columns)
    return f"json_array({', '.join(values)})"


def entry_value(json_array: str, name: str, columns: tuple[str, ...]) -> str:
    """SQL: one value of an entry written under ``columns``, NULL if it had no such column."""
    if name not in columns:
        return "NULL"
    return f"json_extract({json_array}, '$[{columns.index(name)}]')"


def _hash_of(
    connection: Connection, previous: str, entry: SetHead, shapes: Mapping[int, LoggedShape]
) -> str:
    first, last = entry.first_change_id, entry.last_change_id
    return seal(hash_rows(previous, connection, first, last, shapes), entry)


def _orphans(connection: Connection) -> list[str]:
    strays = connection.exec_driver_sql(
        "SELECT count(*) FROM changes c LEFT JOIN change_sets s ON s.id = c.change_set_id "
        "AND c.id BETWEEN s.first_change_id AND s.last_change_id WHERE s.id IS NULL"
    ).scalar_one()
    return [f"有 {strays} 行改动不属于任何一步。"] if strays else []
