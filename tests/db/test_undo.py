"""Taking steps back and doing them again: what returns, what is kept, and in which order."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import changes
from db.changes import Undone
from db.errors import ConflictError, GoneError
from db.session import Database
from db.tables import Member, Unit
from tests.db.conftest import (
    add_member,
    add_unit,
    change_member,
    member_names,
    remove_member,
)


def undo(database: Database, step: int | None = None) -> Undone:
    with database.write("李敏", "撤销") as session:
        return changes.undo(session, step)


def redo(database: Database) -> Undone:
    with database.write("李敏", "重做") as session:
        return changes.redo(session)


def field(database: Database, member_id: int, name: str) -> object:
    with database.read() as session:
        return getattr(session.get_one(Member, member_id), name)


def reasons(undone: Undone) -> dict[int, str]:
    return {kept.record_id: kept.reason for kept in undone.kept}


def assert_whole(database: Database) -> None:
    with database.read() as session:
        assert changes.verify_chain(session) == []
        assert changes.verify_records(session) == []


def test_an_added_record_goes_and_comes_back_under_its_own_number(database: Database) -> None:
    member_id = add_member(database, "王芳", extra={"饭卡号": "007"}, is_hardship=True)
    assert undo(database).restored == 1
    assert member_names(database) == []
    assert redo(database).restored == 1
    assert field(database, member_id, "extra") == {"饭卡号": "007"}
    assert field(database, member_id, "is_hardship") is True
    assert_whole(database)


def test_a_changed_field_returns_to_what_it_was(database: Database) -> None:
    member_id = add_member(database, "王芳", post="科员", mobile="13900000000")
    change_member(database, member_id, post="科长", mobile=None)
    undo(database)
    assert field(database, member_id, "post") == "科员"
    assert field(database, member_id, "mobile") == "13900000000"
    redo(database)
    assert field(database, member_id, "post") == "科长"
    assert field(database, member_id, "mobile") is None
    assert_whole(database)


def test_a_removed_record_returns_with_its_links(database: Database) -> None:
    unit_id = add_unit(database)
    member_id = add_member(database, "王芳", unit_id=unit_id)
    remove_member(database, member_id)
    undo(database)
    assert field(database, member_id, "unit_id") == unit_id
    assert_whole(database)


def test_an_undo_is_a_step_of_its_own_that_names_what_it_took_back(database: Database) -> None:
    add_member(database, "王芳")
    undone = undo(database)
    with database.read() as session:
        newest, oldest = changes.log(session)
    assert (newest.id, newest.kind, newest.what) == (
        undone.change_set_id,
        "undo",
        "撤销：新增 王芳",
    )
    assert undone.what == "新增 王芳"
    assert (undone.undone_id, oldest.undone, newest.undone) == (oldest.id, True, False)
    redo(database)
    with database.read() as session:
        newest, middle, oldest = changes.log(session)
    assert (newest.kind, newest.what) == ("redo", "重做：新增 王芳")
    assert (oldest.undone, middle.undone) == (False, True)


def test_steps_go_back_and_forth_like_in_an_editor(database: Database) -> None:
    for name in ("甲", "乙", "丙"):
        add_member(database, name)
    undo(database)
    undo(database)
    assert member_names(database) == ["甲"]
    redo(database)
    assert set(member_names(database)) == {"甲", "乙"}
    undo(database)
    redo(database)
    redo(database)
    assert set(member_names(database)) == {"甲", "乙", "丙"}
    with pytest.raises(GoneError):
        redo(database)
    for _ in range(3):
        undo(database)
    assert member_names(database) == []
    with pytest.raises(GoneError):
        undo(database)
    assert_whole(database)


def test_something_new_clears_what_could_be_done_again(database: Database) -> None:
    add_member(database, "甲")
    undo(database)
    add_member(database, "乙")
    with database.read() as session:
        assert changes.last_redoable(session) is None
    undo(database)
    with database.read() as session:
        assert changes.last_undoable(session) is None


def test_undo_works_after_the_program_was_started_again(database: Database) -> None:
    add_member(database, "王芳")
    database.close()
    with Database.open(database.path) as again:
        undo(again)
        assert member_names(again) == []
    with Database.open(database.path) as again:
        redo(again)
        assert member_names(again) == ["王芳"]


def test_an_old_step_can_be_taken_back_after_newer_ones(database: Database) -> None:
    add_member(database, "甲")
    add_member(database, "乙")
    undo(database, 1)
    assert member_names(database) == ["乙"]
    with pytest.raises(GoneError, match="第 1 步"):
        undo(database, 1)
    with database.read() as session:
        assert changes.last_undoable(session) == 2


def test_a_step_done_again_can_be_taken_back_by_its_first_number(database: Database) -> None:
    add_member(database, "甲")
    undo(database)
    redo(database)
    undo(database, 1)
    assert member_names(database) == []


def test_undoing_an_undo_does_the_step_again(database: Database) -> None:
    add_member(database, "甲")
    step = undo(database).change_set_id
    undo(database, step)
    assert member_names(database) == ["甲"]
    with database.read() as session:
        assert changes.log(session)[0].kind == "redo"


def test_a_step_that_never_was_cannot_be_taken_back(database: Database) -> None:
    with pytest.raises(GoneError):
        undo(database, 99)


def test_a_record_changed_since_is_kept_and_named(database: Database) -> None:
    member_id = add_member(database, "王芳", post="科员")
    other_id = add_member(database, "赵敏", post="科员")
    with database.write("李敏", "批量提拔") as session:
        for member in session.scalars(select(Member)):
            member.post = "科长"
    change_member(database, member_id, post="主任")
    undone = undo(database, 3)
    assert reasons(undone) == {member_id: "之后又改过，保留了现在的内容。"}
    assert undone.restored == 1
    assert field(database, member_id, "post") == "主任"
    assert field(database, other_id, "post") == "科员"


def test_a_change_to_another_field_does_not_stand_in_the_way(database: Database) -> None:
    member_id = add_member(database, "王芳", post="科员")
    step = change_member(database, member_id, post="科长")
    change_member(database, member_id, remark="后来加的")
    assert undo(database, step).kept == ()
    assert field(database, member_id, "post") == "科员"
    assert field(database, member_id, "remark") == "后来加的"


def test_an_imported_person_edited_since_stays(database: Database) -> None:
    with database.write("李敏", "导入") as session:
        rows = [{"name": "王芳"}, {"name": "赵敏"}]
        changes.insert_rows(session, Member.__table__, rows)
    change_member(database, 1, post="科长")
    undone = undo(database, 1)
    assert (undone.restored, reasons(undone)) == (1, {1: "之后又改过，保留了现在的内容。"})
    assert member_names(database) == ["王芳"]
    with database.read() as session:
        assert changes.log(session)[-1].undone


def test_an_edit_taken_back_no_longer_stands_in_the_way(database: Database) -> None:
    add_member(database, "王芳")
    step = change_member(database, 1, post="科长")
    undo(database, step)
    assert undo(database, 1).restored == 1
    assert member_names(database) == []


def test_when_everything_must_be_kept_the_step_stays_in_effect(database: Database) -> None:
    add_member(database, "王芳")
    change_member(database, 1, post="科长")
    undone = undo(database, 1)
    assert (undone.change_set_id, undone.restored) == (None, 0)
    with database.read() as session:
        assert [step.undone for step in changes.log(session)] == [False, False]


def test_a_change_to_a_record_removed_since_is_named(database: Database) -> None:
    member_id = add_member(database, "王芳")
    step = change_member(database, member_id, post="科长")
    remove_member(database, member_id)
    assert reasons(undo(database, step)) == {member_id: "后来已被删除，没有还原。"}


def test_an_added_unit_that_has_members_now_stays(database: Database) -> None:
    unit_id = add_unit(database)
    add_member(database, "王芳", unit_id=unit_id)
    assert reasons(undo(database, 1)) == {unit_id: "已有别的记录用到它，没有移除。"}


def test_units_and_members_of_one_import_go_and_come_together(database: Database) -> None:
    with database.write("李敏", "导入") as session:
        parent = Unit(name="总部")
        session.add(parent)
        session.flush()
        child = Unit(name="一科", parent_id=parent.id)
        session.add(child)
        session.flush()
        session.add_all([Member(name="王芳", unit_id=child.id), Member(name="赵敏")])
    assert undo(database).restored == 4
    assert redo(database).restored == 4
    with database.read() as session:
        unit = session.scalars(select(Unit).where(Unit.name == "一科")).one()
        assert session.get_one(Unit, unit.parent_id).name == "总部"
    assert_whole(database)


def test_a_kept_member_keeps_her_unit_and_the_unit_above_it(database: Database) -> None:
    with database.write("李敏", "导入") as session:
        parent = Unit(name="总部")
        session.add(parent)
        session.flush()
        child = Unit(name="一科", parent_id=parent.id)
        session.add(child)
        session.flush()
        kept, going = Member(name="王芳", unit_id=child.id), Member(name="赵敏", unit_id=child.id)
        session.add_all([kept, going])
    change_member(database, kept.id, post="科长")
    undone = undo(database, 1)
    assert {(one.table, one.record_id) for one in undone.kept} == {
        ("members", kept.id),
        ("units", child.id),
        ("units", parent.id),
    }
    assert member_names(database) == ["王芳"]
    assert_whole(database)


def test_a_member_whose_unit_is_gone_does_not_return(database: Database) -> None:
    unit_id = add_unit(database)
    member_id = add_member(database, "王芳", unit_id=unit_id)
    removal = remove_member(database, member_id)
    with database.write("李敏", "删除单位") as session:
        session.delete(session.get_one(Unit, unit_id))
    assert reasons(undo(database, removal)) == {member_id: "它所属的记录已经不在，没有还原。"}


def test_a_move_is_not_taken_back_into_a_unit_that_is_gone(database: Database) -> None:
    old, new = add_unit(database, "旧"), add_unit(database, "新")
    member_id = add_member(database, "王芳", unit_id=old)
    move = change_member(database, member_id, unit_id=new)
    with database.write("李敏", "删除单位") as session:
        session.delete(session.get_one(Unit, old))
    assert reasons(undo(database, move)) == {member_id: "它所属的记录已经不在，没有还原。"}


def test_a_move_into_a_new_unit_goes_back_with_the_unit(database: Database) -> None:
    old = add_unit(database, "旧")
    member_id = add_member(database, "王芳", unit_id=old)
    with database.write("李敏", "新设单位") as session:
        unit = Unit(name="新")
        session.add(unit)
        session.flush()
        session.get_one(Member, member_id).unit_id = unit.id
    assert undo(database).restored == 2
    assert field(database, member_id, "unit_id") == old
    assert_whole(database)


def test_what_must_be_unique_is_not_repeated_and_the_rest_returns(database: Database) -> None:
    number = "420000198503150026"
    first = add_member(database, "王芳", id_number=number)
    second = add_member(database, "赵敏")
    with database.write("李敏", "删除两人") as session:
        for member in session.scalars(select(Member)):
            session.delete(member)
    add_member(database, "王方", id_number=number)
    undone = undo(database, 3)
    assert reasons(undone) == {first: "现在已有一条同样的记录，没有还原。"}
    assert field(database, second, "name") == "赵敏"
    assert sorted(member_names(database)) == sorted(["王方", "赵敏"])
    assert_whole(database)


def test_a_unique_value_given_away_since_is_not_taken_back(database: Database) -> None:
    number = "420000198503150026"
    first = add_member(database, "王芳", id_number=number)
    step = change_member(database, first, id_number=None)
    add_member(database, "王方", id_number=number)
    assert reasons(undo(database, step)) == {first: "现在已有一条同样的记录，没有还原。"}
    assert field(database, first, "id_number") is None


def test_several_writes_to_one_record_in_one_step_are_taken_back_as_one(
    database: Database,
) -> None:
    member_id = add_member(database, "王芳", post="科员")
    with database.write("李敏", "改了又改") as session:
        member = session.get_one(Member, member_id)
        for post in ("科长", "处长"):
            member.post = post
            session.flush()
        passing = Member(name="过客")
        session.add(passing)
        session.flush()
        session.delete(passing)
    assert undo(database).restored == 1
    assert field(database, member_id, "post") == "科员"
    assert member_names(database) == ["王芳"]


def test_an_editor_left_open_over_an_undo_conflicts(database: Database) -> None:
    member_id = add_member(database, "王芳", post="科员")
    change_member(database, member_id, post="科长")
    with database.read() as session:
        stale = session.get_one(Member, member_id)
    undo(database)
    stale.remark = "旧的"
    with pytest.raises(ConflictError), database.write("赵敏", "修改") as session:
        session.add(stale)


def test_an_editor_left_open_while_a_record_went_and_returned_conflicts(
    database: Database,
) -> None:
    member_id = add_member(database, "王芳")
    with database.read() as session:
        stale = session.get_one(Member, member_id)
    remove_member(database, member_id)
    undo(database)
    stale.remark = "旧的"
    with pytest.raises(ConflictError), database.write("赵敏", "修改") as session:
        session.add(stale)


def test_an_undo_shares_its_unit_of_work_with_nothing_else(database: Database) -> None:
    add_member(database, "王芳")

    def add_and_undo(session: Session) -> None:
        session.add(Member(name="赵敏"))
        changes.undo(session)

    with pytest.raises(RuntimeError, match="of its own"), database.write("李", "混") as session:
        add_and_undo(session)
    assert member_names(database) == ["王芳"]


def test_an_undo_that_does_not_get_through_leaves_the_step_undoable(database: Database) -> None:
    add_member(database, "王芳")

    def undo_and_raise(session: Session) -> None:
        changes.undo(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.write("李敏", "撤销") as session:
        undo_and_raise(session)
    assert member_names(database) == ["王芳"]
    with database.read() as session:
        assert changes.last_undoable(session) == 1


def test_thousands_of_imported_people_go_and_come_back(database: Database) -> None:
    with database.write("李敏", "导入") as session:
        rows = [{"name": f"人{number}", "staff_no": str(number)} for number in range(3000)]
        changes.insert_rows(session, Member.__table__, rows)
    assert undo(database).restored == 3000
    assert member_names(database) == []
    assert redo(database).restored == 3000
    assert len(member_names(database)) == 3000
    assert_whole(database)
