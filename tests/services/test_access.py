from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import changes
from db.engine import write_mode
from db.session import Database
from desktop.services import access, history, members, merging
from desktop.services.records import Draft

START = datetime(2026, 4, 14, 4, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A clock that goes on by one minute with every look at it."""
    ticks = iter(range(1000))
    with Database.open(
        tmp_path / "banbiantian.db", clock=lambda: START + timedelta(minutes=next(ticks))
    ) as opened:
        yield opened


def add(database: Database, name: str) -> int:
    with database.write("文员", f"新增{name}") as session:
        return members.save(session, Draft(None, 0, {"name": name}))


def look(database: Database, person: int, actor: str = "文员") -> None:
    with database.write(actor, "查看完整号码") as session:
        access.note(session, "reveal", record_id=person)


def test_a_look_is_kept_with_who_when_and_at_whom(database: Database) -> None:
    person = add(database, "王芳")
    look(database, person)
    with database.write("命令行", "导出") as session:
        access.note(session, "export_full", count=286)
    with database.read() as session:
        export, reveal = access.log(session)
        assert (reveal.what, reveal.register, reveal.record_id) == ("reveal", "members", person)
        assert (reveal.actor, reveal.at.date()) == ("文员", START.date())
        assert export.words == "导出完整号码，286 人"
        assert [one.what for one in access.log(session, last=1)] == ["export_full"]


def test_a_look_makes_no_step_and_cannot_be_undone(database: Database) -> None:
    person = add(database, "王芳")
    look(database, person)
    with database.read() as session:
        assert [one.what for one in changes.log(session)] == ["新增王芳"]
        assert history.last_action(session).undo == "新增王芳"
        assert changes.verify_chain(session) == []
    with database.write("文员", "撤销") as session:
        history.undo(session)
    with database.read() as session:
        assert len(access.log(session)) == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE accesses SET actor = '别人'", "DELETE FROM accesses"]
)
def test_the_log_of_looks_only_grows(database: Database, statement: str) -> None:
    look(database, add(database, "王芳"))
    with write_mode(database.engine).connect() as connection:
        with pytest.raises(Exception, match="only grows"):
            connection.exec_driver_sql(statement)
        connection.rollback()


def test_a_look_needs_a_unit_of_work_that_says_who(database: Database) -> None:
    with database.read() as session, pytest.raises(RuntimeError):
        access.note(session, "reveal", record_id=1)


def test_looks_stand_in_the_history_those_of_one_day_in_one_line(database: Database) -> None:
    person = add(database, "王芳")
    look(database, person)
    look(database, person)
    look(database, person, actor="主任")
    with database.write("文员", "修改职务") as session:
        now = members.details(session, person)
        members.save(session, Draft(now.id, now.version, {"post": "科长"}))
    with database.read() as session:
        lines = history.of_member(session, person)
    assert [(line.kind, line.what) for line in lines] == [
        ("change", "修改职务"),
        ("look", "查看完整号码"),
        ("look", "查看完整号码 2 次"),
        ("change", "新增王芳"),
    ]


def test_looks_at_somebody_who_was_merged_stay_with_the_one_who_stayed(
    database: Database,
) -> None:
    keep, other = add(database, "王芳"), add(database, "王芳")
    look(database, other)
    with database.write("文员", "合并") as session:
        merging.merge(session, merging.preview(session, keep, other))
    with database.read() as session:
        assert "look" in {line.kind for line in history.of_member(session, keep)}


def test_one_old_value_of_one_field_is_given_back_as_a_step(database: Database) -> None:
    person = add(database, "王芳")
    for number, post in enumerate(("科员", "科长"), start=1):
        with database.write("文员", f"修改 {number}") as session:
            now = members.details(session, person)
            members.save(
                session, Draft(now.id, now.version, {"post": post, "mobile": f"1380000000{number}"})
            )
    with database.read() as session:
        line = history.of_member(session, person)[0]
    assert [(c.field, c.before, c.may_return) for c in line.changes] == [
        ("post", "科员", True),
        ("mobile", "13800000001", True),
    ]
    with database.write("文员", "恢复") as session:
        history.restore_field(session, person, line.change_set_id, "post")
    with database.read() as session:
        values = members.details(session, person).values
        assert (values["post"], values["mobile"]) == ("科员", "13800000002")
        assert history.last_action(session).undo == "王芳的职务恢复为原来的内容"
        old = next(
            one
            for one in history.of_member(session, person)
            if one.change_set_id == line.change_set_id
        )
        assert [c.may_return for c in old.changes] == [False, True]
    with database.write("文员", "撤销") as session:
        history.undo(session)
    with database.read() as session:
        assert members.details(session, person).values["post"] == "科长"


def test_a_number_given_back_can_be_searched_for_again(database: Database) -> None:
    person = add(database, "王芳")
    for mobile in ("13800005521", "13900001111"):
        with database.write("文员", "修改") as session:
            now = members.details(session, person)
            members.save(session, Draft(now.id, now.version, {"mobile": mobile}))
            step = session.info["change_set_id"]
    with database.write("文员", "恢复") as session:
        history.restore_field(session, person, step, "mobile")
    with database.read() as session:
        assert [r.id for r in members.rows(session, members.Query(find="5521"))] == [person]
