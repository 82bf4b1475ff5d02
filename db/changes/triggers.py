"""How the data file itself records every write, whoever makes it.

A table with the columns ``id`` and ``version`` holds records. Its triggers write each insert,
update and delete into the change log, raise the version where the writer did not, and refuse to
write while no unit of work is open. They are derived from the tables as they are in the file, so
they fit whatever a migration has made of them.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.changes.shapes import Shape, numbers, record_shapes, remember

_SUFFIXES = ("log_insert", "log_update", "log_delete")
_SAME_ID = "SELECT RAISE(ABORT, 'the id of a record never changes') WHERE NEW.id <> OLD.id;"


def expected(connection: Connection) -> dict[str, str]:
    """Every trigger the file must have, name to SQL."""
    triggers = dict(_APPEND_ONLY)
    known = numbers(connection)
    for shape in record_shapes(connection).values():
        # a shape without a number has no triggers either, and 0 is nobody's
        triggers |= _triggers_of(shape, known.get((shape.table, shape.columns), 0))
    return triggers


def are_current(connection: Connection) -> bool:
    """Whether the file's triggers are exactly those it must have."""
    return _present(connection) == expected(connection)


def drop(connection: Connection) -> None:
    """Take all triggers away, before a migration rebuilds tables."""
    for name in _present(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def create(connection: Connection) -> None:
    """Put the triggers in place anew; call it inside the transaction that changed the tables."""
    drop(connection)
    remember(connection, list(record_shapes(connection).values()))
    for sql in expected(connection).values():
        connection.exec_driver_sql(sql)


def _present(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}


def _triggers_of(shape: Shape, number: int) -> dict[str, str]:
    table = shape.table
    new, old = shape.as_json("NEW"), shape.as_json("OLD")
    raised = "CASE NEW.version WHEN OLD.version THEN OLD.version + 1 ELSE NEW.version END"
    raising = (
        f'UPDATE "{table}" SET version = OLD.version + 1 '  # noqa: S608
        "WHERE id = OLD.id AND NEW.version = OLD.version;"
    )
    bodies = (
        f'AFTER INSERT ON "{table}" BEGIN {_entry(number, "NEW.id", "NULL", new)} END',
        f'AFTER UPDATE ON "{table}" WHEN {_any_field_changed(shape)} BEGIN {_SAME_ID} {raising} '
        f"{_entry(number, 'OLD.id', old, shape.as_json('NEW', raised))} END",
        f'AFTER DELETE ON "{table}" BEGIN {_entry(number, "OLD.id", old, "NULL")} END',
    )
    return {
        f"{table}_{suffix}": f'CREATE TRIGGER "{table}_{suffix}" {body}'
        for suffix, body in zip(_SUFFIXES, bodies, strict=True)
    }


def _any_field_changed(shape: Shape) -> str:
    old = ", ".join(f'OLD."{name}"' for name in shape.fields)
    new = ", ".join(f'NEW."{name}"' for name in shape.fields)
    return f"({old}) IS NOT ({new})"


def _entry(shape_number: int, record_id: str, before: str, after: str) -> str:
    # RAISE, because OR IGNORE on the outer statement would swallow a mere NOT NULL failure
    return (
        "INSERT INTO changes (change_set_id, shape_id, record_id, before, after) "  # noqa: S608
        "VALUES (coalesce((SELECT change_set_id FROM unit_of_work), "
        "RAISE(ABORT, 'no unit of work is open')), "
        f"{shape_number}, {record_id}, {before}, {after});"
    )


def _refusing(table: str, verb: str) -> tuple[str, str]:
    name = f"{table}_no_{verb.lower()}"
    return name, (
        f'CREATE TRIGGER "{name}" BEFORE {verb} ON {table} '
        "BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END"
    )


_APPEND_ONLY = dict(
    _refusing(table, verb)
    for table in ("accesses", "change_sets", "change_shapes", "changes")
    for verb in ("UPDATE", "DELETE")
)
