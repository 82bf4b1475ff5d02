"""What the record tables look like in the file, now and when an old row of the log was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from db.changes.tables import LOG_TABLES

Values = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """A record table as it stands in the file: column names, and which of them hold bytes."""

    table: str
    columns: tuple[str, ...]
    blobs: frozenset[str]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Every column but the version: what a change can be about."""
        return tuple(column for column in self.columns if column != "version")

    def decode(self, text: str | None) -> Values:
        """What ``as_json`` gave, by column; empty where there was no record."""
        return _decoded(self.columns, text)

    def as_json(self, row: str, version: str = "") -> str:
        """SQL giving the values of ``row`` as a JSON array in the order of the columns."""
        values = (
            version if version and name == "version" else self.value(row, name)
            for name in self.columns
        )
        return f"json_array({', '.join(values)})"

    def value(self, row: str, name: str) -> str:
        """SQL giving one value of ``row`` as JSON can hold it: bytes as hexadecimal digits."""
        column = f'{row}."{name}"'
        # hex(NULL) is an empty text, not NULL
        return f"iif({column} IS NULL, NULL, hex({column}))" if name in self.blobs else column


@dataclass(frozen=True)
class LoggedShape:
    """The columns under which rows of the log were written."""

    id: int
    table: str
    columns: tuple[str, ...]

    def decode(self, text: str | None) -> Values:
        """The values of a row of the log by column; empty where there was no record."""
        return _decoded(self.columns, text)


def _decoded(columns: tuple[str, ...], text: str | None) -> Values:
    return {} if text is None else dict(zip(columns, json.loads(text), strict=True))


def record_shapes(connection: Connection) -> dict[str, Shape]:
    """Every record table of the file, by name: those with an ``id`` and a ``version``."""
    rows = connection.exec_driver_sql(
        "SELECT m.name, c.name, upper(c.type) FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name, c.cid"
    ).all()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return {
        table: Shape(
            table, tuple(kinds), frozenset(name for name, kind in kinds.items() if kind == "BLOB")
        )
        for table, kinds in found.items()
        if {"id", "version"} <= kinds.keys() and table not in LOG_TABLES
    }


def logged_shapes(connection: Connection) -> dict[int, LoggedShape]:
    """Every shape rows of the log were ever written in, by number."""
    rows = connection.exec_driver_sql("SELECT id, table_name, columns FROM change_shapes")
    return {row[0]: LoggedShape(row[0], row[1], tuple(json.loads(row[2]))) for row in rows}


def shape_ids(connection: Connection, table: str) -> str:
    """The numbers of all shapes of ``table``, as a JSON array for ``json_each``."""
    found = [shape.id for shape in logged_shapes(connection).values() if shape.table == table]
    return json.dumps(found)


def remember(connection: Connection, shapes: Sequence[Shape]) -> None:
    """Give a number to each shape that has none yet."""
    known = set(numbers(connection))
    for shape in shapes:
        if (shape.table, shape.columns) not in known:
            connection.exec_driver_sql(
                "INSERT INTO change_shapes (table_name, columns) VALUES (?, ?)",
                (shape.table, json.dumps(shape.columns)),
            )


def numbers(connection: Connection) -> dict[tuple[str, tuple[str, ...]], int]:
    """Table and columns → the number of that shape."""
    known = logged_shapes(connection).values()
    return {(shape.table, shape.columns): shape.id for shape in known}
