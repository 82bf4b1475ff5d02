"""What holds for every kind of record: each write is logged, taken back and done again exactly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

import db.tables  # noqa: F401 - makes every table known
from db import changes
from db.base import Base, Record
from db.changes.tables import LOG_TABLES
from db.session import Database
from tests.contract.samples import add, record_classes, sample

Row = tuple[Any, ...]

every_kind = pytest.mark.parametrize("kind", record_classes(), ids=lambda kind: kind.__name__)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "banbiantian.db") as opened:
        yield opened


def row(database: Database, kind: type[Record], record_id: int) -> Row | None:
    """The stored record without its version, or nothing."""
    with database.read() as session:
        found = session.connection().exec_driver_sql(
            f'SELECT * FROM "{kind.__tablename__}" WHERE id = ?', (record_id,)
        )
        names = list(found.keys())
        values = found.one_or_none()
    if values is None:
        return None
    return tuple(value for name, value in zip(names, values, strict=True) if name != "version")


def go_back(database: Database) -> None:
    with database.write("李敏", "撤销") as session:
        assert changes.undo(session).kept == ()


def go_forth(database: Database) -> None:
    with database.write("李敏", "重做") as session:
        assert changes.redo(session).kept == ()


def assert_logged(database: Database, kind: type[Record], record_id: int, action: str) -> None:
    with database.read() as session:
        assert changes.history(session, kind.__tablename__, record_id)[0].action == action
        assert changes.verify_chain(session) == []
        assert changes.verify_records(session) == []


def added(database: Database, kind: type[Record], number: int = 1) -> int:
    with database.write("李敏", "准备") as session:
        values = sample(session, kind, number)
    with database.write("李敏", "新增") as session:
        return add(session, kind, values)


@every_kind
def test_an_insert_is_logged_undone_and_done_again(database: Database, kind: type[Record]) -> None:
    record_id = added(database, kind)
    first = row(database, kind, record_id)
    assert first is not None
    assert_logged(database, kind, record_id, "insert")
    go_back(database)
    assert row(database, kind, record_id) is None
    assert_logged(database, kind, record_id, "delete")
    go_forth(database)
    assert row(database, kind, record_id) == first
    assert_logged(database, kind, record_id, "insert")


@every_kind
def test_an_update_of_every_field_is_logged_undone_and_done_again(
    database: Database, kind: type[Record]
) -> None:
    record_id = added(database, kind)
    first = row(database, kind, record_id)
    with database.write("李敏", "准备") as session:
        values = sample(session, kind, 2)
    with database.write("李敏", "修改") as session:
        record = session.get_one(kind, record_id)
        for name, value in values.items():
            setattr(record, inspect(kind).get_property_by_column(kind.__table__.c[name]).key, value)
    second = row(database, kind, record_id)
    assert second != first
    assert_logged(database, kind, record_id, "update")
    go_back(database)
    assert row(database, kind, record_id) == first
    go_forth(database)
    assert row(database, kind, record_id) == second
    assert_logged(database, kind, record_id, "update")


@every_kind
def test_a_delete_is_logged_undone_and_done_again(database: Database, kind: type[Record]) -> None:
    record_id = added(database, kind)
    first = row(database, kind, record_id)
    with database.write("李敏", "删除") as session:
        session.delete(session.get_one(kind, record_id))
    assert row(database, kind, record_id) is None
    assert_logged(database, kind, record_id, "delete")
    go_back(database)
    assert row(database, kind, record_id) == first
    go_forth(database)
    assert row(database, kind, record_id) is None
    assert_logged(database, kind, record_id, "delete")


@every_kind
def test_a_write_without_a_unit_of_work_is_refused(database: Database, kind: type[Record]) -> None:
    added(database, kind)
    with database.engine.execution_options(write=True).connect() as connection:
        with pytest.raises(Exception, match="no unit of work is open"):
            connection.exec_driver_sql(f'DELETE FROM "{kind.__tablename__}"')
        connection.rollback()


def test_every_table_holds_records_or_is_the_log_itself() -> None:
    records = {kind.__tablename__ for kind in record_classes()}
    assert set(Base.metadata.tables) == records | LOG_TABLES


def test_every_link_leads_to_the_id_of_a_record_and_is_indexed() -> None:
    for kind in record_classes():
        table = Base.metadata.tables[kind.__tablename__]
        indexed = {next(iter(index.columns)).name for index in table.indexes}
        for link in table.foreign_keys:
            assert link.column.name == "id"
            assert link.parent.name in indexed, f"{table.name}.{link.parent.name}"
