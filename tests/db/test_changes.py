"""The change log records every write and cannot be emptied in silence."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from db import changes
from db.engine import connect_raw
from db.session import Database
from db.tables import Member, Unit
from db.types import PartialDate
from tests.db.conftest import add_member, add_unit, change_member, remove_member


def raw(database: Database, *statements: str) -> None:
    """Write past the program, as a stranger with a database tool would."""
    connection: Any = connect_raw(database.path)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def problems(database: Database) -> list[str]:
    with database.read() as session:
        return changes.verify_chain(session) + changes.verify_records(session)


def test_the_history_of_a_record_tells_who_changed_what_from_what(database: Database) -> None:
    member_id = add_member(database, "王芳", post="科员")
    change_member(database, member_id, post="科长", mobile="13900000000")
    remove_member(database, member_id)
    with database.read() as session:
        told = [
            (entry.action, entry.field, entry.before, entry.after)
            for entry in changes.history(session, "members", member_id)
        ]
    assert told[0] == ("delete", "", None, None)
    assert sorted(told[1:3]) == [
        ("update", "mobile", None, "13900000000"),
        ("update", "post", "科员", "科长"),
    ]
    assert told[3] == ("insert", "", None, None)


def test_an_insert_statement_is_logged_like_any_other(database: Database) -> None:
    with database.write("李敏", "导入") as session:
        session.execute(insert(Member).values(name="王芳"))
    with database.read() as session:
        assert changes.log(session)[0].counts["members"]["added"] == 1


def test_many_rows_are_inserted_at_once_with_their_values_and_numbered_in_order(
    database: Database,
) -> None:
    gone = add_member(database, "已删")
    remove_member(database, gone)
    rows = [
        {"name": f"人{n}", "birth_date": PartialDate(1985, 1 + n % 12), "is_hardship": n % 2 == 0}
        for n in range(450)
    ]
    with database.write("李敏", "导入") as session:
        assert changes.insert_rows(session, Member.__table__, []) == range(0)
        ids = changes.insert_rows(session, Member.__table__, rows)
    assert ids == range(gone + 1, gone + 451)
    with database.read() as session:
        for n in (0, 199, 200, 449):
            member = session.get_one(Member, ids[n])
            assert member.name == f"人{n}"
            assert str(member.birth_date) == f"1985-{1 + n % 12:02d}"
            assert (member.is_hardship, member.sex) == (n % 2 == 0, "2")
        assert changes.log(session)[0].counts["members"]["added"] == 450
    assert problems(database) == []


def test_the_newest_steps_come_first_and_can_be_limited(database: Database) -> None:
    for name in ("甲", "乙", "丙"):
        add_member(database, name)
    with database.read() as session:
        assert [step.what for step in changes.log(session, last=2)] == ["新增 丙", "新增 乙"]


def test_a_removed_record_is_listed_as_it_last_was(database: Database) -> None:
    member_id = add_member(database, "王芳", post="科员")
    step = remove_member(database, member_id)
    with database.read() as session:
        (gone,) = changes.removed(session, "members")
    assert (gone.record_id, gone.change_set_id, gone.actor) == (member_id, step, "李敏")
    assert gone.values["name"] == "王芳"


def test_a_restored_record_and_an_undone_insert_are_not_in_the_bin(database: Database) -> None:
    member_id = add_member(database, "王芳")
    step = remove_member(database, member_id)
    with database.write("李敏", "撤销") as session:
        changes.undo(session, step)
    add_member(database, "赵敏")
    with database.write("李敏", "撤销") as session:
        changes.undo(session)
    with database.read() as session:
        assert changes.removed(session, "members") == ()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO members (name) VALUES ('外来')",
        "INSERT OR IGNORE INTO members (name) VALUES ('外来')",
        "INSERT OR REPLACE INTO members (id, name) VALUES (1, '外来')",
        "UPDATE members SET name = '外来'",
        "UPDATE OR IGNORE members SET name = '外来'",
        "DELETE FROM members",
    ],
)
def test_a_write_past_the_program_is_refused(database: Database, statement: str) -> None:
    add_member(database, "王芳")
    with pytest.raises(Exception, match="no unit of work is open"):
        raw(database, statement)
    assert problems(database) == []


def test_replacing_a_row_logs_the_one_that_had_to_go(database: Database) -> None:
    old = add_member(database, "王芳", id_number="420000198503150026")
    with database.write("李敏", "替换") as session:
        session.connection().exec_driver_sql(
            "INSERT OR REPLACE INTO members (name, id_number) VALUES ('赵敏', '420000198503150026')"
        )
    with database.read() as session:
        assert [gone.record_id for gone in changes.removed(session, "members")] == [old]
    assert problems(database) == []


def test_the_id_of_a_record_cannot_be_changed(database: Database) -> None:
    add_member(database)
    with (
        pytest.raises(IntegrityError, match="never changes"),
        database.write("李", "改") as session,
    ):
        session.connection().exec_driver_sql("UPDATE members SET id = 77")


@pytest.mark.parametrize("table", ["changes", "change_sets"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id + 100"])
def test_the_log_only_grows(database: Database, table: str, verb: str) -> None:
    add_member(database)
    with pytest.raises(Exception, match="only grows"):
        raw(database, verb.format(table))


@pytest.mark.parametrize(
    ("trigger", "tampering"),
    [
        ("changes_no_update", "UPDATE changes SET after = replace(after, '王芳', '王方')"),
        ("change_sets_no_update", "UPDATE change_sets SET actor = '别人' WHERE id = 2"),
        ("changes_no_delete", "DELETE FROM changes WHERE change_set_id = 2"),
        ("change_sets_no_delete", "DELETE FROM change_sets WHERE id = 2"),
        ("change_sets_no_delete", "DELETE FROM change_sets WHERE id = 3"),
        ("changes_no_delete", "DELETE FROM changes"),
    ],
)
def test_tampering_with_the_log_is_found(database: Database, trigger: str, tampering: str) -> None:
    for name in ("王芳", "王芳", "王芳"):
        add_member(database, name)
    raw(database, f"DROP TRIGGER {trigger}", tampering)
    database.close()
    with Database.open(database.path) as again, again.read() as session:
        assert changes.verify_chain(session) != []


def test_a_row_slipped_into_the_log_is_found(database: Database) -> None:
    add_member(database)
    raw(
        database,
        "INSERT INTO changes (change_set_id, shape_id, record_id) VALUES (9, 1, 1)",
    )
    assert "有 1 行改动不属于任何一步。" in problems(database)


def test_what_was_written_while_the_triggers_were_away_is_logged_at_the_next_open(
    database: Database,
) -> None:
    first = add_member(database, "王芳")
    second = add_member(database, "赵敏")
    raw(
        database,
        "DROP TRIGGER members_log_update",
        "DROP TRIGGER members_log_delete",
        "DROP TRIGGER members_log_insert",
        f"UPDATE members SET name = '王方' WHERE id = {first}",
        f"DELETE FROM members WHERE id = {second}",
        "INSERT INTO members (name) VALUES ('外来')",
    )
    assert len(problems(database)) == 2
    database.close()
    with Database.open(database.path) as again:
        assert problems(again) == []
        with again.read() as session:
            step = changes.log(session)[0]
            assert step.kind == "outside"
            assert step.counts == {"members": {"added": 1, "changed": 1, "removed": 1}}
            assert changes.history(session, "members", first)[0].before == "王芳"
            assert changes.last_undoable(session) == 2


def test_two_files_with_the_same_log_have_the_same_head(database: Database) -> None:
    add_member(database)
    with database.read() as session:
        first = changes.head(session)
    add_unit(database)
    with database.read() as session:
        second = changes.head(session)
    assert first[0] + 1 == second[0]
    assert first[1] != second[1]


def test_names_with_quotes_and_control_marks_are_kept_exactly(database: Database) -> None:
    odd = "a\"b'c\\d\x1e\x1f\n😀𬀩"
    unit_id = add_unit(database, odd)
    with database.write("李敏", "删除") as session:
        session.delete(session.get_one(Unit, unit_id))
    with database.write("李敏", "撤销") as session:
        changes.undo(session)
    with database.read() as session:
        assert session.get_one(Unit, unit_id).name == odd
    assert problems(database) == []
