"""Many new records at once leave the file as it would be after one by one."""

from __future__ import annotations

import pytest

from db import changes
from db.changes.inserting import WORTH_REBUILDING
from db.errors import DuplicateError
from db.session import Database
from db.tables import Member
from tests.db.conftest import add_member, member_names

MANY = WORTH_REBUILDING


def indexes(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'members' "
            "ORDER BY name"
        )
        return [(name, sql) for name, sql in found]


def bring_in(database: Database, names: list[str], numbers: list[str]) -> None:
    with (
        database.write("李敏", "导入") as session,
        changes.indexes_set_aside(session, Member.__table__, coming=MANY),
    ):
        columns = {"name": names, "id_number": numbers}
        changes.insert_columns(session, Member.__table__, columns)


def test_indexes_set_aside_are_back_with_everybody_in_them(database: Database) -> None:
    before = indexes(database)
    bring_in(database, ["王芳", "李娜"], ["420000198506120028", "420000199001010028"])
    assert indexes(database) == before
    with database.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT name FROM members INDEXED BY uq_members_id_number WHERE id_number = ?",
            ("420000199001010028",),
        )
        assert found.scalar_one() == "李娜"
        assert changes.verify_records(session) == []


def test_a_number_that_is_there_twice_is_refused_when_the_indexes_come_back(
    database: Database,
) -> None:
    before = indexes(database)
    with pytest.raises(DuplicateError) as caught:
        bring_in(database, ["王芳", "李娜"], ["420000198506120028"] * 2)
    assert caught.value.field == "id_number"
    assert indexes(database) == before
    assert member_names(database) == []


def test_a_few_rows_beside_many_keep_their_indexes(database: Database) -> None:
    add_member(database, "王芳")
    with (
        database.write("李敏", "导入") as session,
        changes.indexes_set_aside(session, Member.__table__, coming=MANY - 1),
    ):
        present = session.connection().exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'members'"
        )
        assert present.scalar_one() == len(indexes(database))


def test_blank_cells_of_a_column_stay_blank_and_false_stays_an_answer(database: Database) -> None:
    with database.write("李敏", "导入") as session:
        ids = changes.insert_columns(
            session,
            Member.__table__,
            {"name": ["王芳", "李娜"], "is_hardship": [False, None], "extra": [{}, None]},
        )
    with database.read() as session:
        first, second = (session.get_one(Member, number) for number in ids)
        assert (first.is_hardship, second.is_hardship) == (False, None)
        assert (first.extra, second.extra) == ({}, None)
