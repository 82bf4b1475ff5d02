from __future__ import annotations

from datetime import date

import pytest

from db import changes
from db.changes import triggers
from db.engine import write_mode
from db.errors import DuplicateError, GoneError
from db.session import Database
from desktop.services import bin, history, members, merging, units
from desktop.services.bin import Removed, Restored
from desktop.services.members import Query
from tests.people import id_number
from tests.services.conftest import AddPerson

NUMBER = id_number(date(1985, 6, 12))


def remove(database: Database, *people: int) -> None:
    with database.write("李敏", "移出名册：调走的人") as session:
        members.remove(session, people)


def restore(database: Database, register: str, record_id: int) -> Restored:
    with database.write("李敏", "恢复") as session:
        return bin.restore(session, register, record_id)


def undo(database: Database) -> None:
    with database.write("李敏", "撤销") as session:
        history.undo(session)


def listed(database: Database) -> tuple[Removed, ...]:
    with database.read() as session:
        return bin.listed(session)


def names(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [(row.name, row.unit) for row in members.rows(session, Query())]


def test_the_bin_tells_who_went_when_by_whom_and_why(
    database: Database, add_person: AddPerson
) -> None:
    person = add_person("王芳", "办公室")
    remove(database, person)
    (gone,) = listed(database)
    assert (gone.register, gone.name, gone.place) == ("members", "王芳", "办公室")
    assert (gone.actor, gone.what, gone.merged_into) == ("李敏", "移出名册：调走的人", "")


def test_one_of_many_comes_back_with_her_unit_and_is_found(
    database: Database, add_person: AddPerson
) -> None:
    people = [add_person(name, "办公室") for name in ("王芳", "李娜", "赵敏")]
    remove(database, *people)
    assert restore(database, "members", people[1]) == Restored("members", people[1], "李娜", ())
    assert names(database) == [("李娜", "办公室")]
    assert [one.name for one in listed(database)] == ["赵敏", "王芳"]
    with database.read() as session:
        assert changes.log(session, last=1)[0].what == "恢复成员：李娜"
        assert changes.verify_records(session) == []


def test_a_restore_is_a_step_that_can_be_undone_and_then_done_once_more(
    database: Database, add_person: AddPerson
) -> None:
    person = add_person("王芳")
    remove(database, person)
    restore(database, "members", person)
    undo(database)
    assert names(database) == []
    assert [one.name for one in listed(database)] == ["王芳"]
    restore(database, "members", person)
    assert names(database) == [("王芳", "")]


def test_what_went_because_its_addition_was_taken_back_is_not_in_the_bin(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳")
    undo(database)
    with database.write("李敏", "重做") as session:
        history.redo(session)
    undo(database)
    assert listed(database) == ()


def test_somebody_whose_unit_is_gone_comes_back_without_it_and_it_is_said(
    database: Database, add_person: AddPerson
) -> None:
    person = add_person("王芳", "筹备组")
    remove(database, person)
    with database.write("李敏", "删除单位") as session:
        unit_id = units.index(session).find("筹备组")
        assert unit_id is not None
        units.remove(session, unit_id)
    assert restore(database, "members", person).notes == (
        "它原来所属的记录已经不在，这一项先空着。",
    )
    assert names(database) == [("王芳", "")]
    assert listed(database)[0].register == "units"


def test_the_place_of_somebody_removed_is_still_named_when_the_unit_is_gone(
    database: Database, add_person: AddPerson
) -> None:
    remove(database, add_person("王芳", "筹备组"))
    with database.write("李敏", "删除单位") as session:
        units.remove(session, units.ensure(session, "筹备组"))
    assert [(one.name, one.place) for one in listed(database)] == [
        ("筹备组", ""),
        ("王芳", "筹备组"),
    ]


def test_a_unit_comes_back_under_the_one_above_it(database: Database) -> None:
    with database.write("李敏", "新增") as session:
        above = units.add(session, "局机关")
        below = units.add(session, "办公室", above)
    with database.write("李敏", "删除单位“办公室”") as session:
        units.remove(session, below)
    restore(database, "units", below)
    with database.read() as session:
        assert units.index(session).paths[below] == "局机关/办公室"


def test_a_number_that_belongs_to_somebody_else_now_keeps_her_in_the_bin(
    database: Database, add_person: AddPerson
) -> None:
    person = add_person("王芳", id_number=NUMBER)
    remove(database, person)
    add_person("李娜", id_number=NUMBER)
    with pytest.raises(DuplicateError, match="登记在李娜名下"):
        restore(database, "members", person)
    assert names(database) == [("李娜", "")]


def test_a_unit_whose_name_is_taken_stays_in_the_bin(database: Database) -> None:
    with database.write("李敏", "新增") as session:
        first = units.add(session, "办公室")
    with database.write("李敏", "删除") as session:
        units.remove(session, first)
    with database.write("李敏", "新增") as session:
        units.add(session, "办公室")
    with pytest.raises(DuplicateError):
        restore(database, "units", first)


def test_nobody_comes_back_twice(database: Database, add_person: AddPerson) -> None:
    person = add_person("王芳")
    remove(database, person)
    restore(database, "members", person)
    with pytest.raises(GoneError):
        restore(database, "members", person)


def test_restoring_somebody_who_was_merged_parts_the_two(
    database: Database, add_person: AddPerson
) -> None:
    keep, other = add_person("王芳", "办公室"), add_person("王芳", "财务科", id_number=NUMBER)
    with database.write("李敏", "合并") as session:
        merging.merge(session, merging.preview(session, keep, other))
    (gone,) = listed(database)
    assert (gone.record_id, gone.merged_into) == (other, "王芳")
    restore(database, "members", other)
    assert names(database) == [("王芳", "办公室"), ("王芳", "财务科")]
    with database.read() as session:
        assert members.details(session, keep).values["id_number"] is None


def test_what_hung_on_a_record_comes_back_with_it_and_with_nothing_else(
    database: Database, add_person: AddPerson
) -> None:
    with write_mode(database.engine).begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL "
            "DEFAULT 1, member_id INTEGER REFERENCES members (id) ON DELETE CASCADE, "
            "guest_id INTEGER REFERENCES members (id) ON DELETE SET NULL) STRICT"
        )
        triggers.create(connection)
    first, second = add_person("王芳"), add_person("李娜")
    with database.write("李敏", "准备") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO visits (member_id, guest_id) VALUES "
            f"({first}, NULL), ({second}, NULL), (NULL, {first}), (NULL, {second})"
        )
    remove(database, first, second)
    restore(database, "members", first)
    with database.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT id, member_id, guest_id FROM visits ORDER BY id"
        )
        assert [tuple(row) for row in found] == [
            (1, first, None),
            (3, None, first),
            (4, None, None),
        ]
