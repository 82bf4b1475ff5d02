"""What stood in the file at an earlier moment.

The log is read backwards from the present: a record untouched since the moment is as it is now;
any other is as it was before the first change after it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from db.changes.chain import entry_value
from db.changes.shapes import Shape, logged_shapes, record_shapes, shape_ids
from db.changes.tables import change_sets


def first_after(session: Session, moment: datetime) -> int | None:
    """The number of the first change set at or after ``moment``; ``None`` when there is none.

    Every later number counts as later, even where the clock of the computer went back.
    """
    return session.scalar(
        select(change_sets.c.id)
        .where(change_sets.c.at >= moment)
        .order_by(change_sets.c.id)
        .limit(1)
    )


@contextlib.contextmanager
def shadowed(session: Session, tables: Sequence[str], moment: datetime) -> Iterator[None]:
    """Inside, ``tables`` hold what they held just before ``moment``, for a session that reads.

    Whatever reads them by name reads the past. Objects loaded before are let go, those loaded
    inside must not leave.
    """
    connection = session.connection()
    session.expunge_all()
    shapes = record_shapes(connection)
    first = _first_change(session, moment)
    try:
        with _temporary_tables_allowed(connection):
            for table in tables:
                _shadow(connection, shapes[table], first)
        yield
    finally:
        session.expunge_all()
        with _temporary_tables_allowed(connection):
            for table in tables:
                connection.exec_driver_sql(f'DROP TABLE IF EXISTS temp."{table}"')


def _first_change(session: Session, moment: datetime) -> int | None:
    return session.scalar(
        select(change_sets.c.first_change_id).where(
            change_sets.c.id == first_after(session, moment)
        )
    )


def _shadow(connection: Connection, shape: Shape, first: int | None) -> None:
    """A temporary table of the same name, which hides the real one."""
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    connection.exec_driver_sql(
        f'CREATE TEMP TABLE "{shape.table}" AS '  # noqa: S608
        f'SELECT {columns} FROM main."{shape.table}" WHERE id NOT IN '
        "(SELECT record_id FROM changes WHERE id >= ? "
        "AND shape_id IN (SELECT value FROM json_each(?)))",
        (_NEVER if first is None else first, shape_ids(connection, shape.table)),
    )
    if first is not None:
        _add_earlier(connection, shape, first)
    connection.exec_driver_sql(f'CREATE INDEX temp."_{shape.table}" ON "{shape.table}" (id)')


def _add_earlier(connection: Connection, shape: Shape, first: int) -> None:
    """The records changed or removed since ``first``, as they were before it."""
    every = shape_ids(connection, shape.table)
    for logged in logged_shapes(connection).values():
        if logged.table != shape.table:
            continue
        values = ", ".join(_value(shape, name, logged.columns) for name in shape.columns)
        connection.exec_driver_sql(
            f'INSERT INTO temp."{shape.table}" SELECT {values} FROM changes c '  # noqa: S608
            "WHERE c.shape_id = ? AND c.before IS NOT NULL AND c.id IN "
            "(SELECT min(id) FROM changes WHERE id >= ? "
            "AND shape_id IN (SELECT value FROM json_each(?)) GROUP BY record_id)",
            (logged.id, first, every),
        )


def _value(shape: Shape, name: str, columns: tuple[str, ...]) -> str:
    value = entry_value("c.before", name, columns)
    return f"unhex({value})" if name in shape.blobs else value


@contextlib.contextmanager
def _temporary_tables_allowed(connection: Connection) -> Iterator[None]:
    """The promise to only read would forbid temporary tables, too."""
    (only_reads,) = connection.exec_driver_sql("PRAGMA query_only").one()
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA query_only = {only_reads}")


_NEVER = 2**62
