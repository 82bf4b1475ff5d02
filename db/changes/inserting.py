"""How are many new records written at once, logged like any other?"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import FromClause, Table
from sqlalchemy.orm import Session

from db.changes.bulk import insert_tuples

# below this, keeping the indexes up row by row costs less than building them anew
WORTH_REBUILDING = 5_000


def insert_rows(session: Session, table: FromClause, rows: Sequence[Mapping[str, Any]]) -> range:
    """Insert many rows at once into ``Member.__table__``, logged like any other; their new ids.

    Every row has the columns of the first one, by name, and no id; the rest get the file's own
    defaults. Values are Python's own.
    """
    names = list(rows[0]) if rows else []
    return insert_columns(session, table, {name: [row[name] for row in rows] for name in names})


def insert_columns(
    session: Session, table: FromClause, columns: Mapping[str, Sequence[Any]]
) -> range:
    """The same from whole columns of equal length, which costs less for thousands of rows."""
    session.flush()
    count = len(next(iter(columns.values()), ()))
    if not count:
        return range(0)
    connection = session.connection()
    dialect = connection.dialect
    stored = []
    for name, values in columns.items():
        convert = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        stored.append(
            values if convert is None else [None if v is None else convert(v) for v in values]
        )
    quote = dialect.identifier_preparer.quote
    into = f"INSERT INTO {quote(cast(Table, table).name)} ({', '.join(map(quote, columns))})"
    insert_tuples(connection, into, list(zip(*stored, strict=True)))
    # the write lock is ours, so the ids lie side by side
    last = connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one()
    return range(last - count + 1, last + 1)


@contextlib.contextmanager
def indexes_set_aside(session: Session, table: FromClause, coming: int) -> Iterator[None]:
    """Make the indexes of ``table`` anew at the end, where ``coming`` new rows make that cheaper.

    What the block raises must end the unit of work: its rollback brings the indexes back. A value
    that is there twice where it may not be is a :class:`db.errors.DuplicateError` at the end.
    """
    connection = session.connection()
    name = cast(Table, table).name
    quote = connection.dialect.identifier_preparer.quote
    kept: Sequence[Any] = ()
    if coming >= WORTH_REBUILDING and coming > _count(session, quote(name)):
        kept = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
            (name,),
        ).all()
    for index, _ in kept:
        connection.exec_driver_sql(f"DROP INDEX {quote(index)}")
    yield
    for _, sql in kept:
        connection.exec_driver_sql(sql)


def _count(session: Session, quoted: str) -> int:
    sql = f"SELECT count(*) FROM {quoted}"  # noqa: S608 - the name of a table of ours
    return int(session.connection().exec_driver_sql(sql).scalar_one())
