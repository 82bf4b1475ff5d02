from __future__ import annotations

from datetime import date

import pytest

from db import changes
from db.errors import ConflictError, DuplicateError, GoneError, InvalidInputError
from db.session import Database
from db.types import PartialDate
from desktop.services import history, members, units
from desktop.services.members import Query
from desktop.services.records import Draft
from tests.people import id_number
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)


def names(database: Database, **query: object) -> list[str]:
    with database.read() as session:
        return [row.name for row in members.rows(session, Query(**query))]  # type: ignore[arg-type]


def test_people_stand_in_chinese_order(database: Database, add_person: AddPerson) -> None:
    for name in ("张敏", "单丽华", "安心", "曾静", "李娜"):
        add_person(name)
    assert names(database) == ["安心", "李娜", "单丽华", "曾静", "张敏"]


@pytest.mark.parametrize("typed", ["lh", "丽", "shan", "5521", "0021", "监测", "A017"])
def test_a_person_is_found_by_name_sound_number_unit_and_staff_number(
    database: Database, add_person: AddPerson, typed: str
) -> None:
    add_person(
        "单丽华",
        "环境监测中心",
        mobile="13800005521",
        staff_no="A017",
        id_number="420000198506120021",
    )
    add_person("王芳", "办公室", mobile="13800001111")
    assert names(database, find=typed) == ["单丽华"]


def test_a_unit_holds_the_people_of_its_sub_units(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳", "机关本级")
    with database.write("文员", "新增单位") as session:
        parent = units.ensure(session, "机关本级")
        office = units.add(session, "办公室", parent)
    add_person("李娜", unit_id=office)
    add_person("张敏", "监测站")
    assert names(database, unit_id=parent) == ["李娜", "王芳"]


def test_ages_are_completed_years_on_the_day_asked_for(
    database: Database, add_person: AddPerson
) -> None:
    add_person("李娜", birth_date=PartialDate(1996, 4, 14))
    add_person("王芳", birth_date=PartialDate(1996, 4, 15))
    add_person("张敏")
    assert names(database, age_from=30, on=TODAY) == ["李娜"]


def test_an_identity_number_fills_the_birth_date(database: Database, add_person: AddPerson) -> None:
    person = add_person("李娜", id_number=id_number(date(1985, 6, 12)))
    with database.read() as session:
        assert members.details(session, person).values["birth_date"] == PartialDate(1985, 6, 12)


def test_a_number_that_belongs_to_somebody_else_is_refused_with_her_name(
    database: Database, add_person: AddPerson
) -> None:
    add_person("李娜", "办公室", id_number=id_number(date(1985, 6, 12)))
    with pytest.raises(DuplicateError) as refused:
        add_person("王芳", id_number=id_number(date(1985, 6, 12)))
    assert refused.value.owner == "办公室的李娜"
    assert names(database) == ["李娜"]


def test_two_people_without_a_number_may_share_a_name(
    database: Database, add_person: AddPerson
) -> None:
    add_person("李娜", "办公室")
    add_person("李娜", "监测站")
    assert names(database) == ["李娜", "李娜"]


def test_a_person_needs_a_name(database: Database, add_person: AddPerson) -> None:
    with pytest.raises(InvalidInputError) as refused:
        add_person("")
    assert "name" in refused.value.problems
    assert names(database) == []


def test_a_second_save_of_the_same_draft_is_a_conflict(
    database: Database, add_person: AddPerson
) -> None:
    person = add_person("李娜", post="科员")
    with database.read() as session:
        draft = members.details(session, person)
    changed = Draft(draft.id, draft.version, {**draft.values, "post": "科长"})
    with database.write("文员", "改职务") as session:
        members.save(session, changed)
    with pytest.raises(ConflictError) as refused, database.write("文员", "改职务") as session:
        members.save(session, Draft(draft.id, draft.version, {"post": "主任"}))
    assert refused.value.theirs == {"post": "科长"}


def test_renaming_a_person_changes_how_she_is_found(
    database: Database, add_person: AddPerson
) -> None:
    person = add_person("李娜", mobile="13800005521")
    with database.write("文员", "改名") as session:
        draft = members.details(session, person)
        members.save(session, Draft(draft.id, draft.version, {"name": "黎娜"}))
    assert names(database, find="李") == []
    assert names(database, find="黎") == ["黎娜"]
    assert names(database, find="5521") == ["黎娜"]


def test_giving_the_number_settles_what_was_unresolved_about_it(
    database: Database, add_person: AddPerson
) -> None:
    lost = {"field": "id_number", "value": "4.2E+17", "code": "id_digits_lost", "message": "丢失"}
    person = add_person("李娜", unresolved=[lost])
    assert names(database, to_check=True) == ["李娜"]
    with database.write("文员", "补录") as session:
        draft = members.details(session, person)
        members.save(
            session, Draft(draft.id, draft.version, {"id_number": id_number(date(1985, 6, 12))})
        )
    assert names(database, to_check=True) == []


def test_moving_people_is_one_step_that_can_be_undone(
    database: Database, add_person: AddPerson
) -> None:
    people = [add_person(name, "办公室") for name in ("李娜", "王芳")]
    with database.write("文员", "改单位") as session:
        to = units.ensure(session, "监测站")
        assert members.transfer(session, people, to=to) == 2
    with database.write("文员", "撤销") as session:
        assert history.undo(session).kept == ()
    with database.read() as session:
        assert {row.unit for row in members.rows(session, Query())} == {"办公室"}


def test_a_removed_person_comes_back_with_everything(
    database: Database, add_person: AddPerson
) -> None:
    person = add_person("李娜", "办公室", mobile="13800005521", extra={"饭卡号": "0071"})
    with database.read() as session:
        before = members.snapshot(session).people
    with database.write("文员", "移出名册") as session:
        members.remove(session, [person])
    assert names(database) == []
    with database.write("文员", "撤销") as session:
        history.undo(session)
    with database.read() as session:
        after = members.snapshot(session).people
    ignored = {"version"}
    assert [{k: v for k, v in p.items() if k not in ignored} for p in after] == [
        {k: v for k, v in p.items() if k not in ignored} for p in before
    ]


def test_people_who_are_gone_stop_a_bulk_change_as_a_whole(
    database: Database, add_person: AddPerson
) -> None:
    one, two = add_person("李娜"), add_person("王芳")
    with database.write("文员", "移出名册") as session:
        members.remove(session, [one])
    with pytest.raises(GoneError), database.write("文员", "退休") as session:
        members.set_status(session, [one, two], "retired", on=PartialDate(2026, 4))
    assert names(database, statuses=("retired",)) == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"id_number": id_number(date(1985, 6, 12))}, "身份证号相同"),
        ({"name": "李娜", "birth_date": PartialDate(1985, 6)}, "姓名和出生日期相同"),
        ({"name": "李娜", "mobile": "13800005521"}, "姓名和手机号相同"),
        ({"name": "王芳", "mobile": "13800005521"}, "手机号相同"),
        ({"name": "李娜"}, "同名"),
    ],
)
def test_likely_duplicates_are_named_with_the_reason(
    database: Database, add_person: AddPerson, typed: dict[str, object], why: str
) -> None:
    add_person("李娜", "办公室", id_number=id_number(date(1985, 6, 12)), mobile="13800005521")
    with database.read() as session:
        found = members.likely_duplicates(session, typed)
    assert [(one.name, one.why) for one in found] == [("李娜", why)]


def test_history_tells_what_changed_in_words(database: Database, add_person: AddPerson) -> None:
    person = add_person("李娜", "办公室", post="科员")
    with database.write("文员", "修改李娜") as session:
        draft = members.details(session, person)
        changed = {"post": "科长", "unit_id": units.ensure(session, "监测站")}
        members.save(session, Draft(draft.id, draft.version, changed))
    with database.read() as session:
        latest = history.of_member(session, person)[0]
    assert latest.what == "修改李娜"
    told = {(c.label, c.before, c.after) for c in latest.changes}
    assert told == {("职务", "科员", "科长"), ("单位", "办公室", "监测站")}


def test_what_can_be_undone_and_redone_is_known_in_words(
    database: Database, add_person: AddPerson
) -> None:
    add_person("李娜")
    with database.write("文员", "撤销") as session:
        history.undo(session)
    with database.read() as session:
        last = history.last_action(session)
    assert (last.undo, last.redo is not None) == (None, True)
    with database.write("文员", "重做") as session:
        history.redo(session)
    assert names(database) == ["李娜"]
    with database.read() as session:
        assert len(changes.log(session, last=10)) == 3
