"""Writing an inverse into the file, and learning which records the file refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from db.changes.bulk import insert_tuples
from db.changes.inverse import Inverse, Key, Link
from db.changes.shapes import Shape, Values
from db.errors import DuplicateError


@dataclass(frozen=True)
class Statement:
    """SQL that writes many rows at once, taking them from the table ``temp.given``.

    One statement writes all or nothing by itself; a savepoint around thousands of small ones
    costs ten times as much. ``places`` counts the columns ``c0``, ``c1``, … of a row.
    """

    sql: str
    places: int
    rows: Mapping[Key, list[Any]]

    def run(self, connection: Connection) -> set[Key]:
        """Write the rows; those that are refused, once any is."""
        if not self.rows:
            return set()
        columns = ", ".join(f"c{place}" for place in range(self.places))
        connection.exec_driver_sql(f"CREATE TEMP TABLE given ({columns})")
        insert_tuples(connection, "INSERT INTO temp.given", list(self.rows.values()))
        try:
            return self._write(connection)
        finally:
            connection.exec_driver_sql("DROP TABLE temp.given")

    def _write(self, connection: Connection) -> set[Key]:
        try:
            connection.exec_driver_sql(self.sql)
        except (DuplicateError, IntegrityError):
            one = self.sql.replace(" OR ABORT ", " OR IGNORE ") + " AND given.rowid = ?"
            return {
                key
                for number, key in enumerate(self.rows, start=1)
                if connection.exec_driver_sql(one, (number,)).rowcount == 0
            }
        return set()


def write_back(connection: Connection, inverse: Inverse) -> set[Key]:
    """Write ``inverse``; the records that a rule of uniqueness kept out.

    With any refused, the caller rolls back. Links are checked at the end of the transaction, so
    a pair of records that name each other can return together.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    order = _children_first(inverse.shapes, inverse.links)
    refused: set[Key] = set()
    for table in order:
        _deletion(inverse, table).run(connection)
    for table in order:
        for statement in _restorations(inverse, table):
            refused |= statement.run(connection)
    for table in reversed(order):
        for statement in _returns(inverse, table):
            refused |= statement.run(connection)
    return refused


def _deletion(inverse: Inverse, table: str) -> Statement:
    sql = f'DELETE FROM "{table}" WHERE id IN (SELECT c0 FROM temp.given)'  # noqa: S608
    return Statement(sql, 1, {key: [key[1]] for key in inverse.deletes if key[0] == table})


def _restorations(inverse: Inverse, table: str) -> Iterator[Statement]:
    """One UPDATE for each combination of fields to put back."""
    shape = inverse.shapes[table]
    for names, rows in _grouped(inverse.updates, table).items():
        assignments = ", ".join(f'"{name}" = given.c{place}' for place, name in enumerate(names))
        yield Statement(
            f'UPDATE OR ABORT "{table}" SET {assignments} FROM temp.given '  # noqa: S608
            f'WHERE "{table}".id = given.c{len(names)}',
            len(names) + 1,
            {key: [*_bound(shape, values, names), key[1]] for key, values in rows.items()},
        )


def _returns(inverse: Inverse, table: str) -> Iterator[Statement]:
    """One INSERT for each set of columns the log remembers."""
    shape = inverse.shapes[table]
    for remembered, rows in _grouped(inverse.inserts, table).items():
        names = [name for name in remembered if name in shape.columns]
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(f"given.c{place}" for place in range(len(names)))
        yield Statement(
            f'INSERT OR ABORT INTO "{table}" ({columns}) '  # noqa: S608
            f"SELECT {values} FROM temp.given WHERE TRUE",
            len(names),
            {key: _bound(shape, _raised(row), names) for key, row in rows.items()},
        )


def _raised(values: Values) -> Values:
    """A version never seen before, so that an editor left open finds out."""
    return {**values, "version": values["version"] + 1}


def _bound(shape: Shape, values: Values, names: Iterable[str]) -> list[Any]:
    return [
        bytes.fromhex(values[name])
        if name in shape.blobs and values[name] is not None
        else values[name]
        for name in names
    ]


def _grouped(writes: Mapping[Key, Values], table: str) -> dict[tuple[str, ...], dict[Key, Values]]:
    groups: dict[tuple[str, ...], dict[Key, Values]] = {}
    for key, values in writes.items():
        if key[0] == table:
            groups.setdefault(tuple(values), {})[key] = values
    return groups


def _children_first(tables: Iterable[str], links: Iterable[Link]) -> list[str]:
    """The tables so that one with a link comes before the one it leads to, where possible."""
    parents: dict[str, set[str]] = {table: set() for table in tables}
    for link in links:
        if link.child in parents and link.parent in parents and link.child != link.parent:
            parents[link.child].add(link.parent)
    ordered: list[str] = []
    visited: set[str] = set()

    def visit(table: str) -> None:
        if table in visited:
            return
        visited.add(table)
        for parent in sorted(parents[table]):
            visit(parent)
        ordered.append(table)

    for table in sorted(parents):
        visit(table)
    return ordered[::-1]
