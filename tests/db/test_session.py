"""Units of work: what is committed, what is refused, what others learn of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from db import changes
from db.errors import Cancelled, ConflictError
from db.session import Database
from db.tables import Member, Unit
from tests.db.conftest import add_member, add_unit, change_member, member_names


def add_and_raise(session: Session, name: str, error: BaseException | type[BaseException]) -> None:
    session.add(Member(name=name))
    session.flush()
    raise error


def add_and_commit(session: Session, name: str) -> None:
    session.add(Member(name=name))
    session.commit()


def test_a_unit_of_work_is_one_change_set(database: Database) -> None:
    with database.write("李敏", "两个人") as session:
        session.add(Member(name="王芳"))
        session.flush()
        session.add(Member(name="赵敏"))
    with database.read() as reading:
        (step,) = changes.log(reading)
    assert (step.actor, step.what, step.kind, step.undone) == ("李敏", "两个人", "do", False)
    assert step.counts == {"members": {"added": 2, "changed": 0, "removed": 0}}
    assert session.info["change_set_id"] == step.id
    assert session.info["touched_tables"] == {"members"}


def test_the_moment_of_a_step_comes_from_the_clock_given_at_open(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with Database.open(path, clock=clock) as database:
        add_member(database)
        with database.read() as session:
            (step,) = changes.log(session)
    assert step.at.isoformat() == "2026-03-08T01:01:00+00:00"


def test_a_unit_of_work_that_changes_nothing_leaves_no_step(database: Database) -> None:
    member_id = add_member(database, "王芳")
    with database.write("李敏", "什么也没改") as session:
        session.get_one(Member, member_id).name = "王芳"
    assert session.info["change_set_id"] is None
    assert session.info["touched_tables"] == frozenset()
    with database.read() as reading:
        assert len(changes.log(reading)) == 1


def test_an_update_to_the_same_values_is_no_change(database: Database) -> None:
    member_id = add_member(database, "王芳")
    with database.write("李敏", "什么也没改") as session:
        session.connection().exec_driver_sql("UPDATE members SET name = '王芳'")
    assert session.info["change_set_id"] is None
    with database.read() as reading:
        assert reading.get_one(Member, member_id).version == 1


def test_a_step_can_be_described_once_its_outcome_is_known(database: Database) -> None:
    with database.write("李敏", "导入") as session:
        session.add(Member(name="王芳"))
        changes.describe(session, "导入《花名册.xlsx》：新增 1 人")
    with database.read() as reading:
        assert changes.log(reading)[0].what == "导入《花名册.xlsx》：新增 1 人"


@pytest.mark.parametrize("raised", [Cancelled, RuntimeError, KeyboardInterrupt])
def test_what_raises_inside_a_unit_of_work_takes_everything_back(
    database: Database, raised: type[BaseException]
) -> None:
    with pytest.raises(raised), database.write("李敏", "新增") as session:
        add_and_raise(session, "王芳", raised)
    assert member_names(database) == []
    with database.read() as reading:
        assert changes.log(reading) == ()
    assert add_member(database, "赵敏") > 0


def test_second_save_of_the_same_record_is_a_conflict(database: Database) -> None:
    member_id = add_member(database, "王芳")
    with database.read() as session:
        stale = session.get_one(Member, member_id)
    change_member(database, member_id, post="科长")
    stale.post = "主任"
    with pytest.raises(ConflictError), database.write("赵敏", "修改") as session:
        session.add(stale)
    with database.read() as session:
        assert session.get_one(Member, member_id).post == "科长"


def test_a_bulk_update_is_logged_and_makes_open_editors_conflict(database: Database) -> None:
    member_id = add_member(database, "王芳", post="科员")
    with database.read() as session:
        stale = session.get_one(Member, member_id)
    with database.write("李敏", "批量修改") as session:
        session.execute(update(Member).where(Member.post == "科员").values(post="主任科员"))
    with database.read() as session:
        (change, _) = changes.history(session, "members", member_id)
    assert (change.field, change.before, change.after) == ("post", "科员", "主任科员")
    stale.remark = "旧的"
    with pytest.raises(ConflictError), database.write("赵敏", "修改") as session:
        session.add(stale)


def test_an_object_can_still_be_saved_after_a_bulk_update_in_the_same_session(
    database: Database,
) -> None:
    member_id = add_member(database, "王芳", post="科员")
    with database.write("李敏", "先批量后单个") as session:
        member = session.get_one(Member, member_id)
        session.execute(update(Member).values(post="科长"))
        member.remark = "接着改"
    with database.read() as session:
        member = session.get_one(Member, member_id)
        assert (member.post, member.remark) == ("科长", "接着改")


def test_a_bulk_delete_is_logged_row_by_row(database: Database) -> None:
    first, second = add_member(database, "王芳"), add_member(database, "赵敏")
    with database.write("李敏", "批量删除") as session:
        session.execute(delete(Member))
    with database.read() as session:
        assert {gone.record_id for gone in changes.removed(session, "members")} == {first, second}


def test_a_reading_session_cannot_write(database: Database) -> None:
    add_member(database)
    with pytest.raises(OperationalError, match="readonly"), database.read() as session:
        session.execute(update(Member).values(name="改"))


def test_a_unit_of_work_cannot_be_committed_half_way(database: Database) -> None:
    with pytest.raises(RuntimeError, match="with"), database.write("李敏", "新增") as session:
        add_and_commit(session, "王芳")
    assert member_names(database) == []


def test_a_savepoint_inside_a_unit_of_work_can_be_given_up(database: Database) -> None:
    with database.write("李敏", "新增") as session:
        session.add(Member(name="王芳"))
        with pytest.raises(ValueError, match="given up"), session.begin_nested():
            add_and_raise(session, "赵敏", ValueError("given up"))
    assert member_names(database) == ["王芳"]
    with database.read() as reading:
        assert changes.log(reading)[0].counts["members"]["added"] == 1


def test_the_data_version_changes_with_every_commit_and_only_then(database: Database) -> None:
    before = database.data_version()
    assert database.data_version() == before
    add_member(database)
    assert database.data_version() != before


def test_after_closing_the_main_file_is_the_whole_database(database: Database) -> None:
    add_member(database, "王芳")
    database.data_version()
    database.close()
    assert [file.name for file in database.path.parent.iterdir()] == [database.path.name]
    with Database.open(database.path) as again:
        assert member_names(again) == ["王芳"]


def test_threads_can_read_and_write_at_the_same_time(database: Database) -> None:
    unit_id = add_unit(database)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                add_member(database, f"人{number}-{turn}", unit_id=unit_id)
                with database.read() as session:
                    session.scalars(select(Unit)).one()
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(member_names(database)) == 20
    with database.read() as session:
        assert changes.verify_chain(session) == []
