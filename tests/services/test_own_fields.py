from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db import changes
from db.errors import ConflictError, DuplicateError, GoneError, InvalidInputError
from db.session import Database
from db.tables import Member
from db.types import PartialDate
from desktop.registers import MEMBERS, own_fields
from desktop.services import bin, history, members, merging
from desktop.services import own_fields as verbs
from desktop.services.members import Query
from desktop.services.own_fields import Wanted
from desktop.services.own_values import OwnCondition
from desktop.services.records import Draft
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)


def add_field(database: Database, label: str, kind: str = "text", **more: Any) -> str:
    """Adds a field; gives the name its values have."""
    with database.write("文员", "新增字段") as session:
        return own_fields.name_of(verbs.add(session, Wanted(label, kind, **more)))


def put(database: Database, member_id: int, name: str, value: Any) -> None:
    with database.write("文员", "修改") as session:
        version = members.details(session, member_id).version
        members.save(session, Draft(member_id, version, {name: value}))


def value(database: Database, member_id: int, name: str) -> Any:
    with database.read() as session:
        return members.details(session, member_id).values[name]


def labels(database: Database) -> list[str]:
    with database.read() as session:
        return [field.label for field in own_fields.own_of(own_fields.register(session))]


def found(database: Database, **query: Any) -> list[str]:
    with database.read() as session:
        return [row.name for row in members.rows(session, Query(**query))]


def undo(database: Database) -> None:
    with database.write("文员", "撤销") as session:
        assert history.undo(session).kept == ()


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("text", "0012"),
        ("number", 3),
        ("number", -1.25),
        ("date", PartialDate(2024, 5)),
        ("id", "420000198506120021"),
        ("phone", "13800005521"),
    ],
)
def test_a_field_keeps_values_of_its_kind(
    database: Database, add_person: AddPerson, kind: str, kept: Any
) -> None:
    person = add_person("王芳")
    name = add_field(database, "新的一项", kind)
    put(database, person, name, kept)
    assert value(database, person, name) == kept
    with database.read() as session:
        (row,) = members.rows(session, Query(also=(name,)))
        assert row.also == (kept,)
        (whole,) = members.exported(session, Query())
        assert whole[name] == kept


def test_a_new_person_can_bring_values_of_own_fields(
    database: Database, add_person: AddPerson
) -> None:
    name = add_field(database, "饭卡号")
    person = add_person("王芳", **{name: "0012"})
    assert value(database, person, name) == "0012"


def test_a_value_taken_away_leaves_nothing_behind(
    database: Database, add_person: AddPerson
) -> None:
    name = add_field(database, "饭卡号")
    person = add_person("王芳", **{name: "0012"})
    put(database, person, name, None)
    with database.read() as session:
        assert session.get_one(Member, person).own is None


def test_the_register_is_the_plain_one_while_there_are_no_own_fields(database: Database) -> None:
    with database.read() as session:
        assert own_fields.register(session) is MEMBERS


def test_fields_stand_in_their_order_and_moving_one_is_undone(database: Database) -> None:
    for label in ("饭卡号", "车牌", "鞋码"):
        add_field(database, label)
    with database.write("文员", "移动") as session:
        last = verbs.listed(session)[-1]
        assert verbs.move(session, last.id, -1)
    assert labels(database) == ["饭卡号", "鞋码", "车牌"]
    undo(database)
    assert labels(database) == ["饭卡号", "车牌", "鞋码"]


def test_the_first_field_moves_no_further_up(database: Database) -> None:
    add_field(database, "饭卡号")
    with database.write("文员", "移动") as session:
        assert not verbs.move(session, verbs.listed(session)[0].id, -1)


def test_a_removed_field_comes_back_with_its_values_by_undo(
    database: Database, add_person: AddPerson
) -> None:
    name = add_field(database, "饭卡号")
    person = add_person("王芳", **{name: "0012"})
    with database.write("文员", "去掉") as session:
        verbs.remove(session, verbs.listed(session)[0].id)
    assert labels(database) == []
    assert found(database, find="0012") == []
    put(database, person, "post", "科员")
    with database.write("文员", "撤销") as session:
        step = next(row.id for row in changes.log(session) if row.what == "去掉字段“饭卡号”")
        history.undo(session, step)
    assert value(database, person, name) == "0012"
    assert found(database, find="0012") == ["王芳"]


def test_renaming_a_field_is_told_and_undone(database: Database) -> None:
    add_field(database, "饭卡号")
    with database.write("文员", "改") as session:
        row = verbs.listed(session)[0]
        verbs.change(session, row.id, row.version, Wanted("餐卡号"))
    with database.read() as session:
        assert changes.log(session, 1)[0].what == "字段“饭卡号”改名为“餐卡号”"
    undo(database)
    assert labels(database) == ["饭卡号"]


def test_a_field_changed_since_it_was_read_is_a_conflict(database: Database) -> None:
    add_field(database, "饭卡号")
    with database.write("文员", "改") as session:
        row = verbs.listed(session)[0]
        verbs.change(session, row.id, row.version, Wanted("餐卡号"))
    with database.write("文员", "改") as session, pytest.raises(ConflictError):
        verbs.change(session, row.id, row.version, Wanted("卡号"))


def test_a_field_that_is_gone_is_told(database: Database) -> None:
    with database.write("文员", "去掉") as session, pytest.raises(GoneError):
        verbs.remove(session, 7)


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("", "请填写字段名称"),
        ("（）", "请填写字段名称"),
        ("姓名", "名册里已经有“姓名”"),
        ("手机号码", "名册里已经有“手机”，“手机号码”也读作它"),
        ("饭卡 号", "已经有一个字段叫“饭卡号”"),
        ("序号", "“序号”这个名称程序另有用处，请换一个"),
        ("长" * 21, "名称最多 20 字，现在 21 字"),
    ],
)
def test_a_label_that_would_be_mistaken_is_refused(
    database: Database, label: str, sentence: str
) -> None:
    add_field(database, "饭卡号")
    with database.write("文员", "新增") as session, pytest.raises(InvalidInputError) as refused:
        verbs.add(session, Wanted(label))
    assert refused.value.problems == {"label": sentence}


def test_a_choice_needs_two_words(database: Database) -> None:
    with database.write("文员", "新增") as session, pytest.raises(InvalidInputError) as refused:
        verbs.add(session, Wanted("餐别", "choice", ("普通", " 普通 ", "")))
    assert refused.value.problems == {"choices": "请写出至少两个选项，一行一个"}


def test_numbers_and_dates_are_found_by_their_range(
    database: Database, add_person: AddPerson
) -> None:
    size = add_field(database, "鞋码", "number")
    day = add_field(database, "到期", "date")
    for name, number, until in (
        ("王芳", 9, PartialDate(2025, 6, 30)),
        ("李娜", 36.5, PartialDate(2025, 7)),
        ("张敏", 100, PartialDate(2026)),
    ):
        add_person(name, **{size: number, day: until})
    add_person("安心")
    assert found(database, own=(OwnCondition(size, low=10, high=100),)) == ["李娜", "张敏"]
    assert found(database, own=(OwnCondition(size, high=36.5),)) == ["李娜", "王芳"]
    within = OwnCondition(day, low=PartialDate(2025, 6), high=PartialDate(2025))
    assert found(database, own=(within,)) == ["李娜", "王芳"]
    assert found(database, own=(OwnCondition(size, is_empty=True),)) == ["安心"]


def test_texts_and_choices_are_found_by_their_words(
    database: Database, add_person: AddPerson
) -> None:
    card = add_field(database, "饭卡号")
    meal = add_field(database, "餐别", "choice", choices=("清真", "普通"))
    add_person("王芳", **{card: "A_12", meal: "普通"})
    add_person("李娜", **{card: "AB12", meal: "清真"})
    assert found(database, own=(OwnCondition(card, words="a_1"),)) == ["王芳"]
    assert found(database, own=(OwnCondition(meal, one_of=("清真",)),)) == ["李娜"]
    both = (OwnCondition(card, words="12"), OwnCondition(meal, one_of=("普通",)))
    assert found(database, own=both) == ["王芳"]


def test_a_condition_on_a_field_that_is_gone_asks_for_nothing(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳")
    assert found(database, own=(OwnCondition("own.9", words="x"),), order="own.9") == ["王芳"]


def test_numbers_sort_as_numbers_and_choices_in_their_own_order(
    database: Database, add_person: AddPerson
) -> None:
    size = add_field(database, "鞋码", "number")
    meal = add_field(database, "餐别", "choice", choices=("素", "普通", "清真"))
    for name, number, words in (("王芳", 9, "清真"), ("李娜", 100, "素"), ("张敏", 36, "普通")):
        add_person(name, **{size: number, meal: words})
    add_person("安心")
    assert found(database, order=size) == ["王芳", "张敏", "李娜", "安心"]
    assert found(database, order=meal) == ["李娜", "张敏", "王芳", "安心"]


def test_search_finds_texts_by_any_part_and_numbers_by_their_tail(
    database: Database, add_person: AddPerson
) -> None:
    card, bank = add_field(database, "饭卡号"), add_field(database, "工资卡", is_private=True)
    home, paper = add_field(database, "家里电话", "phone"), add_field(database, "配偶证号", "id")
    add_person(
        "王芳",
        **{card: "AB-0312", bank: "62220001", home: "13900007788", paper: "420000198506120021"},
    )
    add_person("李娜")
    for typed in ("b-031", "0001", "7788", "0021"):
        assert found(database, find=typed) == ["王芳"], typed
    for typed in ("6222", "1390", "850612", "own"):
        assert found(database, find=typed) == [], typed


def test_history_tells_each_field_of_her_own_in_words(
    database: Database, add_person: AddPerson
) -> None:
    card, day = add_field(database, "饭卡号"), add_field(database, "到期", "date")
    person = add_person("王芳", **{card: "0012"})
    put(database, person, day, PartialDate(2026, 5))
    put(database, person, card, "0013")
    with database.read() as session:
        told = [
            (one.label, one.before, one.after)
            for line in history.of_member(session, person)
            for one in line.changes
        ]
    assert told[:2] == [("饭卡号", "0012", "0013"), ("到期", "", "2026-05")]


def test_history_still_tells_of_a_field_taken_away(
    database: Database, add_person: AddPerson
) -> None:
    bank = add_field(database, "家里电话", "phone")
    person = add_person("王芳", **{bank: "13900007788"})
    put(database, person, bank, "13900007799")
    with database.write("文员", "去掉") as session:
        verbs.remove(session, verbs.listed(session)[0].id)
    with database.read() as session:
        line = history.of_member(session, person)[0]
    assert [(c.label, c.before, c.after) for c in line.changes] == [
        ("家里电话", "139****7788", "139****7799")
    ]


def test_one_value_of_the_past_comes_back_alone(database: Database, add_person: AddPerson) -> None:
    card, day = add_field(database, "饭卡号"), add_field(database, "到期", "date")
    person = add_person("王芳", **{card: "0012", day: PartialDate(2025)})
    put(database, person, day, PartialDate(2026))
    put(database, person, card, "0013")
    with database.write("文员", "恢复") as session:
        step = next(
            line.change_set_id
            for line in history.of_member(session, person)
            if any(change.field == day for change in line.changes)
        )
        told = history.restore_field(session, person, step, day)
    assert told == "王芳的到期恢复为原来的内容"
    assert value(database, person, day) == PartialDate(2025)
    assert value(database, person, card) == "0013"


def test_two_people_editing_different_own_fields_are_told_of_each_other(
    database: Database, add_person: AddPerson
) -> None:
    card, size = add_field(database, "饭卡号"), add_field(database, "鞋码", "number")
    person = add_person("王芳")
    with database.read() as session:
        old = members.details(session, person)
    put(database, person, card, "0012")
    with database.write("文员", "修改") as session, pytest.raises(ConflictError) as conflict:
        members.save(session, Draft(person, old.version, {card: "0099", size: 37}))
    assert conflict.value.theirs == {card: "0012", size: None}


def test_an_unknown_column_becomes_a_field_and_goes_back_by_undo(
    database: Database, add_person: AddPerson
) -> None:
    first = add_person("王芳", extra={"办卡日期": "2024.5", "车牌": "鄂A1"})
    second = add_person("李娜", extra={"办卡日期": "待定"})
    third = add_person("张敏", extra={"办卡日期": "2024-06-01"})
    with database.write("文员", "变成字段") as session:
        done = verbs.promote(session, "办卡日期", Wanted("办卡日期", "date"))
    assert (done.moved, done.left) == (2, 1)
    name = own_fields.name_of(done.field_id)
    assert value(database, first, name) == PartialDate(2024, 5)
    assert value(database, first, "extra") == {"车牌": "鄂A1"}
    assert value(database, second, "extra") == {"办卡日期": "待定"}
    assert value(database, third, "extra") is None
    undo(database)
    assert labels(database) == []
    assert value(database, first, "extra") == {"办卡日期": "2024.5", "车牌": "鄂A1"}
    assert value(database, third, "extra") == {"办卡日期": "2024-06-01"}


def test_unknown_columns_say_what_kind_they_could_be(
    database: Database, add_person: AddPerson
) -> None:
    for number, name in enumerate(("王芳", "李娜", "张敏")):  # a card number keeps its zeros
        extra = {"饭卡号": f"00{number}7", "办卡": f"2024-0{number + 1}", "餐别": "普通"}
        add_person(name, extra=extra | ({"鞋码": "37"} if number else {}))
    with database.read() as session:
        told = {one.heading: one for one in verbs.unknown_columns(session)}
    assert {h: (c.filled, c.proposed) for h, c in told.items()} == {
        "办卡": (3, "date"),
        "饭卡号": (3, "text"),
        "餐别": (3, "choice"),
        "鞋码": (2, "number"),
    }
    assert told["餐别"].words == ("普通",)
    assert told["饭卡号"].readable["number"] == 0


def test_a_removed_field_lies_in_the_bin_and_comes_back_from_there(
    database: Database, add_person: AddPerson
) -> None:
    name = add_field(database, "饭卡号")
    person = add_person("王芳", **{name: "0012"})
    with database.write("文员", "去掉") as session:
        verbs.remove(session, verbs.listed(session)[0].id)
    with database.read() as session:
        (gone,) = bin.listed(session)
    assert (gone.register, gone.name) == ("own_fields", "饭卡号")
    with database.write("文员", "恢复") as session:
        bin.restore(session, "own_fields", gone.record_id)
    assert value(database, person, name) == "0012"


def test_a_field_does_not_come_back_beside_another_of_its_name(database: Database) -> None:
    name = add_field(database, "饭卡号")
    with database.write("文员", "去掉") as session:
        verbs.remove(session, int(own_fields.key_of(name)))
    add_field(database, "饭卡号")
    with database.write("文员", "恢复") as session, pytest.raises(DuplicateError):
        bin.restore(session, "own_fields", int(own_fields.key_of(name)))


def test_merging_two_people_fills_the_own_fields_of_the_one_who_stays(
    database: Database, add_person: AddPerson
) -> None:
    card, size = add_field(database, "饭卡号"), add_field(database, "鞋码", "number")
    keep = add_person("王芳", **{card: "0012"})
    other = add_person("王芳", **{card: "0099", size: 37})
    with database.write("文员", "合并") as session:
        seen = merging.preview(session, keep, other)
        assert {one.name: one.proposed for one in seen.fields} == {card: "keep", size: "other"}
        merging.merge(session, seen)
    assert (value(database, keep, card), value(database, keep, size)) == ("0012", 37)
    undo(database)
    assert value(database, keep, size) is None
    assert value(database, other, size) == 37


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("37", 37, "37"),
        ("37.0", 37, "37"),
        ("－1,234.50", -1234.5, "-1234.5"),
        ("0.000001", 0.000001, "0.000001"),
        ("100", 100, "100"),
    ],
)
def test_a_number_is_kept_exactly_and_shown_as_people_write_it(
    typed: str, kept: float, shown: str
) -> None:
    kind = own_fields.kind_of("number")
    assert kind.parse(typed).value == kept
    assert kind.text(kept) == shown


@pytest.mark.parametrize("typed", ["中码", "1e5", "3/4", "12-13", "1234567890.123456"])
def test_what_is_no_number_or_too_long_to_be_exact_is_refused(typed: str) -> None:
    assert own_fields.kind_of("number").parse(typed).code == "number_unreadable"
