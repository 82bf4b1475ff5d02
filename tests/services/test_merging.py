from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db import changes
from db.changes import Undone
from db.errors import ConflictError, GoneError, InvalidInputError, UnusableError
from db.session import Database
from db.tables import Member, Merge
from db.types import PartialDate
from desktop.registers.own_fields import name_of
from desktop.services import bin, history, members, merging, own_fields
from desktop.services.members import Query
from desktop.services.merging import Merged, Preview
from desktop.services.records import Draft
from tests.people import id_number
from tests.services.conftest import AddPerson

BORN = date(1985, 6, 12)
NUMBER = id_number(BORN)


def look(database: Database, keep: int, other: int) -> Preview:
    with database.read() as session:
        return merging.preview(session, keep, other)


def merge(database: Database, keep: int, other: int, **chosen: Any) -> Merged:
    seen = look(database, keep, other)
    with database.write("文员", "合并") as session:
        return merging.merge(session, seen, chosen)


def part(database: Database, step: int | None = None) -> Undone:
    with database.write("文员", "撤销") as session:
        return history.undo(session, step)


def last_step(database: Database) -> int:
    with database.read() as session:
        return changes.log(session, last=1)[0].id


def values(database: Database, person: int) -> dict[str, Any]:
    with database.read() as session:
        return dict(members.details(session, person).values)


def change(database: Database, person: int, **new: Any) -> None:
    with database.write("文员", "修改") as session:
        now = members.details(session, person)
        members.save(session, Draft(now.id, now.version, new))


def found(database: Database, text: str) -> list[int]:
    with database.read() as session:
        return [row.id for row in members.rows(session, Query(find=text))]


def assert_whole(database: Database) -> None:
    with database.read() as session:
        assert changes.verify_chain(session) == []
        assert changes.verify_records(session) == []


def test_the_preview_fills_blanks_and_marks_what_disagrees(
    database: Database, add_person: AddPerson
) -> None:
    keep = add_person("王芳", "办公室", mobile="13800000001", birth_date=PartialDate(1985))
    other = add_person(
        "王芳", "办公室", mobile="13900000002", post="科长", birth_date=PartialDate(1985, 6)
    )
    seen = {one.name: one for one in look(database, keep, other).fields}
    assert set(seen) == {"mobile", "post", "birth_date"}
    assert (seen["mobile"].proposed, seen["mobile"].is_conflict) == ("keep", True)
    assert (seen["post"].proposed, seen["post"].is_conflict) == ("other", False)
    assert (seen["birth_date"].proposed, seen["birth_date"].is_conflict) == ("other", False)


def test_two_numbers_are_a_reason_to_doubt(database: Database, add_person: AddPerson) -> None:
    keep = add_person("王芳", id_number=NUMBER)
    other = add_person("王芳", id_number=id_number(date(1990, 1, 1)))
    doubts = look(database, keep, other).doubts
    assert doubts[:2] == (
        "两条的身份证号不同，可能不是同一个人。",
        "两条的出生日期对不上。",
    )


def test_a_merged_person_has_the_chosen_values_and_is_found_by_them(
    database: Database, add_person: AddPerson
) -> None:
    keep = add_person("王芳", "办公室", mobile="13800000001", remark="第一条")
    other = add_person("王芳", mobile="13900005521", post="科长", id_number=NUMBER, remark="第二条")
    done = merge(database, keep, other, mobile="other")
    now = values(database, keep)
    assert (done.kept_id, done.gone_id) == (keep, other)
    assert (now["mobile"], now["post"], now["id_number"]) == ("13900005521", "科长", NUMBER)
    assert now["remark"] == "第一条\n第二条"
    assert now["birth_date"] == PartialDate.of(BORN)
    assert now["id_prefix15"] == NUMBER[:15]
    assert found(database, "5521") == [keep]
    assert found(database, "王芳") == [keep]
    assert_whole(database)


def test_further_columns_and_open_questions_of_both_are_kept(
    database: Database, add_person: AddPerson
) -> None:
    question = {"field": "id_number", "value": "42", "code": "id_length", "message": "少 16 位"}
    answered = {"field": "mobile", "value": "1", "code": "phone_unreadable", "message": ""}
    keep = add_person("王芳", mobile="13800000001", extra={"饭卡号": "007", "车牌": "鄂A"})
    other = add_person("王芳", extra={"饭卡号": "009", "工装": "M"})
    with database.write("导入", "导入") as session:
        session.get_one(Member, other).unresolved = [question, answered]
    merge(database, keep, other)
    now = values(database, keep)
    assert now["extra"] == {"饭卡号": "007", "车牌": "鄂A", "饭卡号（2）": "009", "工装": "M"}
    assert now["unresolved"] == [question]


def test_a_merge_is_one_step_told_in_words(database: Database, add_person: AddPerson) -> None:
    keep, other = add_person("王芳", "办公室"), add_person("王 芳")
    before = last_step(database)
    merge(database, keep, other)
    assert last_step(database) == before + 1
    with database.read() as session:
        assert changes.log(session, last=1)[0].what == "合并成员：王 芳并入王芳（办公室）"


def test_somebody_changed_since_the_preview_is_a_conflict(
    database: Database, add_person: AddPerson
) -> None:
    keep, other = add_person("王芳"), add_person("王芳")
    seen = look(database, keep, other)
    change(database, other, post="科长")
    with pytest.raises(ConflictError), database.write("文员", "合并") as session:
        merging.merge(session, seen)
    assert len(found(database, "王芳")) == 2


def test_nobody_is_merged_with_herself_or_with_somebody_gone(
    database: Database, add_person: AddPerson
) -> None:
    keep, other = add_person("王芳"), add_person("王芳")
    with pytest.raises(InvalidInputError):
        look(database, keep, keep)
    with database.write("文员", "移出") as session:
        members.remove(session, [other])
    with pytest.raises(GoneError):
        look(database, keep, other)


def test_a_merge_taken_back_at_once_leaves_both_as_they_were(
    database: Database, add_person: AddPerson
) -> None:
    keep = add_person("王芳", "办公室", mobile="13800000001")
    other = add_person("王芳", "财务科", id_number=NUMBER, extra={"饭卡号": "007"})
    before = values(database, keep), values(database, other)
    merge(database, keep, other)
    assert part(database).kept == ()
    assert (values(database, keep), values(database, other)) == before
    with database.read() as session:
        assert session.scalars(select(Merge)).all() == []
    assert_whole(database)


def test_a_merge_taken_back_later_keeps_later_work_field_by_field(
    database: Database, add_person: AddPerson
) -> None:
    keep = add_person("王芳", "办公室")
    other = add_person("王芳", post="科员", mobile="13900005521", id_number=NUMBER)
    merge(database, keep, other)
    step = last_step(database)
    change(database, keep, post="主任", staff_no="A017")
    add_person("赵敏")
    undone = part(database, step)
    now, back = values(database, keep), values(database, other)
    assert (now["post"], now["staff_no"]) == ("主任", "A017")
    assert (now["mobile"], now["id_number"]) == (None, None)
    assert (back["post"], back["mobile"], back["id_number"]) == ("科员", "13900005521", NUMBER)
    assert [(k.record_id, k.reason) for k in undone.kept] == [
        (keep, "之后又改过的几项保留了现在的内容，其余已还原。")
    ]
    assert found(database, "A017") == [keep]
    assert found(database, "5521") == [other]
    assert_whole(database)


def test_work_on_fields_the_merge_did_not_touch_is_no_news(
    database: Database, add_person: AddPerson
) -> None:
    keep, other = add_person("王芳"), add_person("王芳", mobile="13900005521")
    merge(database, keep, other)
    step = last_step(database)
    change(database, keep, staff_no="A017")
    assert part(database, step).kept == ()
    assert values(database, keep)["staff_no"] == "A017"
    assert found(database, "A017") == [keep]


def test_two_who_were_parted_are_one_again_by_redo(
    database: Database, add_person: AddPerson
) -> None:
    keep, other = add_person("王芳"), add_person("王芳", post="科长")
    merge(database, keep, other)
    part(database)
    with database.write("文员", "重做") as session:
        history.redo(session)
    assert found(database, "王芳") == [keep]
    assert values(database, keep)["post"] == "科长"


def test_when_the_other_cannot_come_back_nothing_is_changed(
    database: Database, add_person: AddPerson
) -> None:
    keep, other = add_person("王芳"), add_person("王芳", id_number=NUMBER, post="科长")
    merge(database, keep, other)
    step = last_step(database)
    change(database, keep, id_number=None)
    add_person("李娜", id_number=NUMBER)
    with pytest.raises(UnusableError, match="没能分开"):
        part(database, step)
    assert values(database, keep)["post"] == "科长"


def test_the_one_who_stays_inherits_the_history_and_shows_where_to_part(
    database: Database, add_person: AddPerson
) -> None:
    keep, other = add_person("王芳"), add_person("王芳")
    change(database, other, post="科长")
    merge(database, keep, other)
    with database.read() as session:
        lines = history.of_member(session, keep)
    assert [line.kind for line in lines] == ["merge", "change", "change", "change"]
    assert [c.label for c in lines[1].changes] == ["职务"]
    part(database)
    with database.read() as session:
        assert "merge" not in {line.kind for line in history.of_member(session, keep)}


def test_the_offices_own_fields_are_merged_like_the_others(
    database: Database, add_person: AddPerson
) -> None:
    fields = []
    for label in ("饭卡号", "车牌", "工装"):
        with database.write("文员", "新增字段") as session:
            fields.append(own_fields.add(session, own_fields.Wanted(label)))
    card, plate, suit = (name_of(one) for one in fields)
    keep = add_person("王芳", **{card: "007"})
    other = add_person("王芳", **{card: "009", plate: "鄂A", suit: "M"})
    with database.write("文员", "去掉字段") as session:
        own_fields.remove(session, fields[2])
    seen = {one.name: one for one in look(database, keep, other).fields}
    assert (seen[card].is_conflict, seen[plate].proposed) == (True, "other")
    merge(database, keep, other, **{card: "other"})
    now = values(database, keep)
    assert (now[card], now[plate]) == ("009", "鄂A")
    with database.write("文员", "恢复字段") as session:
        bin.restore(session, "own_fields", fields[2])
    assert values(database, keep)[suit] == "M"
    step = changes_of(database, "合并成员")
    part(database, step)
    assert (values(database, keep)[card], values(database, keep)[plate]) == ("007", None)
    assert values(database, other)[suit] == "M"


def changes_of(database: Database, what: str) -> int:
    with database.read() as session:
        return next(one.id for one in changes.log(session) if one.what.startswith(what))
