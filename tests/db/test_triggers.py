"""Tables of any shape are logged and taken back exactly, whatever their links do on deletion."""

from __future__ import annotations

from typing import Any

import pytest

from db import changes
from db.changes import triggers
from db.engine import write_mode
from db.session import Database
from tests.db.conftest import add_unit

TABLES = (
    "CREATE TABLE shelves (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL "
    "DEFAULT 1, label TEXT UNIQUE, first_id INTEGER REFERENCES boxes (id)) STRICT",
    "CREATE TABLE boxes (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL "
    "DEFAULT 1, shelf_id INTEGER REFERENCES shelves (id) ON DELETE CASCADE, weight REAL, "
    'photo BLOB, "order" INTEGER) STRICT',
    "CREATE TABLE labels (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL "
    "DEFAULT 1, box_id INTEGER REFERENCES boxes (id) ON DELETE SET NULL, text TEXT) STRICT",
)


@pytest.fixture
def store(database: Database) -> Database:
    """A shelf with two boxes that name each other, and a label on one."""
    with write_mode(database.engine).begin() as connection:
        for sql in TABLES:
            connection.exec_driver_sql(sql)
        triggers.create(connection)
    run(
        database,
        "INSERT INTO shelves (label) VALUES ('甲')",
        "INSERT INTO boxes (shelf_id, weight, photo, \"order\") VALUES (1, 0.1, x'00ff', 3), "
        "(1, 1.0 / 3, NULL, NULL), (1, -1e-300, x'', 9007199254740993)",
        "UPDATE shelves SET first_id = 1",
        "INSERT INTO labels (box_id, text) VALUES (1, '易碎')",
    )
    return database


def run(database: Database, *statements: str) -> int | None:
    with database.write("李敏", "测试") as session:
        for statement in statements:
            session.connection().exec_driver_sql(statement)
    step: int | None = session.info["change_set_id"]
    return step


def content(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    columns = {
        "shelves": "id, label, first_id",
        "boxes": 'id, shelf_id, weight, photo, "order"',
        "labels": "id, box_id, text",
    }
    with database.read() as session:
        return {
            table: [
                tuple(row)
                for row in session.connection().exec_driver_sql(f"SELECT {names} FROM {table}")
            ]
            for table, names in columns.items()
        }


def undo(database: Database, step: int | None = None) -> changes.Undone:
    with database.write("李敏", "撤销") as session:
        return changes.undo(session, step)


def redo(database: Database) -> changes.Undone:
    with database.write("李敏", "重做") as session:
        return changes.redo(session)


def assert_whole(database: Database) -> None:
    with database.read() as session:
        assert changes.verify_chain(session) == []
        assert changes.verify_records(session) == []


def test_rows_deleted_by_a_cascade_are_logged_and_return(store: Database) -> None:
    before = content(store)
    run(store, "UPDATE shelves SET first_id = NULL", "DELETE FROM shelves")
    gone = content(store)
    assert (gone["shelves"], gone["boxes"]) == ([], [])
    assert gone["labels"] == [(1, None, "易碎")]
    assert_whole(store)
    assert undo(store).kept == ()
    assert content(store) == before
    redo(store)
    assert content(store) == gone
    assert_whole(store)


def test_bytes_fractions_and_large_numbers_return_exactly(store: Database) -> None:
    before = content(store)
    run(store, "UPDATE boxes SET weight = 2.5, photo = x'aa', \"order\" = 1")
    changed = content(store)
    undo(store)
    assert content(store) == before
    redo(store)
    assert content(store) == changed
    assert_whole(store)


def test_records_that_name_each_other_go_and_return_together(store: Database) -> None:
    before = content(store)
    first = undo(store)
    assert (first.restored, first.kept) == (5, ())
    assert content(store) == {"shelves": [], "boxes": [], "labels": []}
    redo(store)
    assert content(store) == before
    assert_whole(store)


def test_an_unlogged_table_is_left_alone(store: Database) -> None:
    with write_mode(store.engine).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE scratch (id INTEGER PRIMARY KEY, x TEXT)")
        triggers.create(connection)
    assert run(store, "INSERT INTO scratch (x) VALUES ('y')") is None
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT x FROM scratch").scalar() == "y"


def test_a_step_about_a_table_that_no_longer_exists_is_kept(store: Database) -> None:
    step = run(store, "UPDATE labels SET text = '轻放'")
    add_unit(store)
    with write_mode(store.engine).begin() as connection:
        triggers.drop(connection)
        connection.exec_driver_sql("DROP TABLE labels")
        triggers.create(connection)
    undone = undo(store, step)
    assert [kept.reason for kept in undone.kept] == ["这一类记录已不再使用，没有还原。"]


def test_a_column_added_since_keeps_its_value_through_an_undo(store: Database) -> None:
    step = run(store, "UPDATE labels SET text = '轻放'")
    with write_mode(store.engine).begin() as connection:
        triggers.drop(connection)
        connection.exec_driver_sql("ALTER TABLE labels ADD COLUMN colour TEXT DEFAULT '红'")
        triggers.create(connection)
    assert undo(store, step).kept == ()
    with store.read() as session:
        found = session.connection().exec_driver_sql("SELECT text, colour FROM labels").one()
    assert tuple(found) == ("易碎", "红")


def test_a_record_returns_into_a_table_that_has_a_new_column(store: Database) -> None:
    step = run(store, "DELETE FROM labels")
    with write_mode(store.engine).begin() as connection:
        triggers.drop(connection)
        connection.exec_driver_sql(
            "ALTER TABLE labels ADD COLUMN colour TEXT NOT NULL DEFAULT '红'"
        )
        connection.exec_driver_sql("ALTER TABLE labels DROP COLUMN text")
        triggers.create(connection)
    assert undo(store, step).restored == 1
    with store.read() as session:
        found = session.connection().exec_driver_sql("SELECT id, box_id, colour FROM labels").one()
    assert tuple(found) == (1, 1, "红")
    assert_whole(store)
