"""Writing an inverse into the file, and learning which records the file refuses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from db.changes.inverse import Inverse, Key, Link, Values
from db.changes.triggers import Shape
from db.errors import DuplicateError


@dataclass(frozen=True)
class Statement:
    """SQL that writes many rows at once, given as one JSON array of rows, each ending with its id.

    One statement either writes all or nothing by itself; a savepoint around thousands of small
    ones costs ten times as much.
    """

    sql: str
    rows: Mapping[Key, list[Any]]

    def run(self, connection: Connection) -> set[Key]:
        """Write the rows; those that are refused, once any is."""
        if not self.rows:
            return set()
        try:
            self._write(connection, self.sql, list(self.rows.values()))
        except (DuplicateError, IntegrityError):
            ignoring = self.sql.replace(" OR ABORT ", " OR IGNORE ")
            return {
                key
                for key, row in self.rows.items()
                if self._write(connection, ignoring, [row]) == 0
            }
        return set()

    def _write(self, connection: Connection, sql: str, rows: list[list[Any]]) -> int:
        text = json.dumps(rows, ensure_ascii=False)
        return int(connection.exec_driver_sql(sql, (text,)).rowcount)


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
    sql = (
        f'DELETE FROM "{table}" WHERE id IN '  # noqa: S608
        "(SELECT json_extract(value, '$[0]') FROM json_each(?))"
    )
    return Statement(sql, {key: [key[1]] for key in inverse.deletes if key[0] == table})


def _restorations(inverse: Inverse, table: str) -> Iterator[Statement]:
    """One UPDATE for each combination of fields to put back."""
    shape = inverse.shapes[table]
    for names, rows in _grouped(inverse.updates, table).items():
        assignments = ", ".join(f'"{name}" = given."{name}"' for name in names)
        yield Statement(
            f'UPDATE OR ABORT "{table}" SET {assignments} '  # noqa: S608
            f'FROM ({_given(shape, (*names, "id"))}) given WHERE "{table}".id = given.id',
            {key: [*(values[name] for name in names), key[1]] for key, values in rows.items()},
        )


def _returns(inverse: Inverse, table: str) -> Iterator[Statement]:
    """One INSERT for each set of columns the log remembers."""
    shape = inverse.shapes[table]
    known = set(shape.columns)
    for remembered, rows in _grouped(inverse.inserts, table).items():
        names = tuple(name for name in remembered if name in known)
        columns = ", ".join(f'"{name}"' for name in names)
        yield Statement(
            f'INSERT OR ABORT INTO "{table}" ({columns}) {_given(shape, names)}',
            {key: _raised(values, names) for key, values in rows.items()},
        )


def _raised(values: Values, names: Iterable[str]) -> list[Any]:
    """The values in order, with a version never seen before: an editor left open finds out."""
    return [values[name] + 1 if name == "version" else values[name] for name in names]


def _grouped(writes: Mapping[Key, Values], table: str) -> dict[tuple[str, ...], dict[Key, Values]]:
    groups: dict[tuple[str, ...], dict[Key, Values]] = {}
    for key, values in writes.items():
        if key[0] == table:
            groups.setdefault(tuple(values), {})[key] = values
    return groups


def _given(shape: Shape, names: Iterable[str]) -> str:
    """SQL that reads the JSON parameter as rows with the columns ``names``."""
    columns = []
    for place, name in enumerate(names):
        value = f"json_extract(value, '$[{place}]')"
        columns.append(f'{f"unhex({value})" if name in shape.blobs else value} AS "{name}"')
    return f"SELECT {', '.join(columns)} FROM json_each(?)"  # noqa: S608


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
