"""How one record takes over everything that hangs on another, whatever tables there are.

The links are read from the data file itself, so a table added tomorrow is taken over, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.changes.inverse import Link, links
from db.changes.shapes import record_shapes


@dataclass
class Absorbed:
    """What was taken over: ``moved`` and ``joined`` count rows by table.

    A row is joined when the one who stays had its counterpart already (the same event, the same
    year): the counterpart's empty fields are filled from it, and it goes.
    """

    moved: dict[str, int]
    joined: dict[str, int]


def hanging_on(session: Session, table: str, record_id: int) -> Mapping[str, int]:
    """How many rows of each table name this record."""
    connection = session.connection()
    counts: dict[str, int] = {}
    for link in links(connection):
        if link.parent == table:
            found = connection.exec_driver_sql(
                f'SELECT count(*) FROM "{link.child}" WHERE "{link.column}" = ?',  # noqa: S608
                (record_id,),
            ).scalar_one()
            if found:
                counts[link.child] = counts.get(link.child, 0) + found
    return counts


def absorb(session: Session, table: str, kept: int, gone: int) -> Absorbed:
    """Hand every row that names ``gone`` over to ``kept``, and remove ``gone``."""
    session.flush()
    done = Absorbed({}, {})
    _absorb(session.connection(), links(session.connection()), done, table, (kept, gone))
    session.expire_all()
    return done


def _absorb(
    connection: Connection,
    every: tuple[Link, ...],
    done: Absorbed,
    table: str,
    pair: tuple[int, int],
) -> None:
    for link in every:
        if link.parent != table:
            continue
        for counterpart, row in _counterparts(connection, link, pair):
            values = _values(connection, link.child, row)
            _absorb(connection, every, done, link.child, (counterpart, row))
            _fill(connection, link.child, counterpart, values)
            done.joined[link.child] = done.joined.get(link.child, 0) + 1
        moved = _hand_over(connection, link, pair)
        if moved:
            done.moved[link.child] = done.moved.get(link.child, 0) + moved
    connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE id = ?', (pair[1],))  # noqa: S608


def _hand_over(connection: Connection, link: Link, pair: tuple[int, int]) -> int:
    kept, gone = pair
    if link.child == link.parent:  # nothing can hang on itself
        connection.exec_driver_sql(
            f'UPDATE "{link.child}" SET "{link.column}" = NULL '  # noqa: S608
            f'WHERE "{link.column}" = ? AND id = ?',
            (gone, kept),
        )
    found = connection.exec_driver_sql(
        f'UPDATE "{link.child}" SET "{link.column}" = ? WHERE "{link.column}" = ?',  # noqa: S608
        (kept, gone),
    )
    return int(found.rowcount)


def _counterparts(
    connection: Connection, link: Link, pair: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Rows of the two that may not both name the same record: (the one who stays, the other)."""
    for columns in _unique_with(connection, link):
        same = " AND ".join(f'k."{name}" = g."{name}"' for name in columns) or "TRUE"
        rows = connection.exec_driver_sql(
            f'SELECT k.id, g.id FROM "{link.child}" g JOIN "{link.child}" k '  # noqa: S608
            f'ON k."{link.column}" = ? AND {same} WHERE g."{link.column}" = ?',
            pair,
        ).all()
        yield from ((row[0], row[1]) for row in rows)


def _unique_with(connection: Connection, link: Link) -> list[list[str]]:
    """For each rule of uniqueness the link takes part in, the other columns of that rule."""
    rows = connection.exec_driver_sql(
        "SELECT l.name, i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i "
        'WHERE l."unique" AND NOT l.partial AND i.name IS NOT NULL',
        (link.child,),
    )
    rules: dict[str, list[str]] = {}
    for index, column in rows:
        rules.setdefault(index, []).append(column)
    return [
        [name for name in columns if name != link.column]
        for columns in rules.values()
        if link.column in columns
    ]


def _values(connection: Connection, table: str, row: int) -> dict[str, Any]:
    fields = record_shapes(connection)[table].fields
    columns = ", ".join(f'"{name}"' for name in fields)
    found = connection.exec_driver_sql(
        f'SELECT {columns} FROM "{table}" WHERE id = ?',  # noqa: S608
        (row,),
    ).one()
    return {name: value for name, value in zip(fields, found, strict=True) if value is not None}


def _fill(connection: Connection, table: str, row: int, values: dict[str, Any]) -> None:
    """Put ``values`` where the row has none."""
    fills = ", ".join(f'"{name}" = coalesce("{name}", ?)' for name in values)
    connection.exec_driver_sql(
        f'UPDATE "{table}" SET {fills} WHERE id = ?',  # noqa: S608
        (*values.values(), row),
    )
