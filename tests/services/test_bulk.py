"""Does a change of many do what its preview said, as one step, and nothing else?"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import changes
from db.errors import Cancelled, GoneError, InvalidInputError
from db.session import Database
from db.types import PartialDate
from desktop.registers import MEMBERS, own_fields
from desktop.services import bulk, history, members, units
from desktop.services import own_fields as verbs
from desktop.services.bulk import Done, Plan
from desktop.services.own_fields import Wanted
from desktop.services.records import Draft
from tests.people import id_number
from tests.services.conftest import AddPerson

MOMENT = datetime(2026, 4, 14, 8, 30, tzinfo=UTC)


def look(database: Database, ids: Sequence[int], name: str, value: Any) -> Plan:
    with database.read() as session:
        return bulk.preview(session, ids, name, value)


def write(database: Database, plan: Plan) -> Done:
    with database.write("文员", "修改多人") as session:
        return bulk.apply(session, plan)


def counts(plan: Plan) -> tuple[int, int, int]:
    return len(plan.of("change")), len(plan.of("same")), len(plan.of("cannot"))


def everybody(database: Database) -> dict[int, Mapping[str, Any]]:
    """All a person has but her version, which counts every change."""
    with database.read() as session:
        people = members.snapshot(session).people
    return {p["id"]: {name: p[name] for name in p if name != "version"} for p in people}


def put(database: Database, member_id: int, **values: Any) -> None:
    with database.write("文员", "修改") as session:
        version = members.details(session, member_id).version
        members.save(session, Draft(member_id, version, values))


def undo(database: Database) -> changes.Undone:
    with database.write("文员", "撤销") as session:
        return history.undo(session)


def own_field(database: Database, label: str, kind: str, choices: tuple[str, ...] = ()) -> str:
    with database.write("文员", "新增字段") as session:
        return own_fields.name_of(verbs.add(session, Wanted(label, kind, choices)))


def test_one_post_is_given_to_many_in_one_step(database: Database, add_person: AddPerson) -> None:
    ids = [add_person("王芳", post="科员"), add_person("李静"), add_person("赵敏", post="科长")]
    plan = look(database, ids, "post", "科长")
    assert counts(plan) == (2, 1, 0)
    assert [(line.name, line.before) for line in plan.of("change")] == [
        ("王芳", "科员"),
        ("李静", None),
    ]
    done = write(database, plan)
    assert (done.changed, done.what, done.kept) == (2, "修改 2 人的职务", ())
    assert {p["post"] for p in everybody(database).values()} == {"科长"}
    with database.read() as session:
        assert history.last_action(session).undo == "修改 2 人的职务"


def test_emptying_is_said_as_such_and_one_person_by_name(
    database: Database, add_person: AddPerson
) -> None:
    one = add_person("王芳", post="科员")
    done = write(database, look(database, [one], "post", None))
    assert done.what == "清空王芳的职务"
    assert everybody(database)[one]["post"] is None


def test_nothing_to_change_leaves_nothing_to_undo(
    database: Database, add_person: AddPerson
) -> None:
    one = add_person("王芳", post="科员")
    done = write(database, look(database, [one], "post", "科员"))
    assert done.changed == 0
    with database.read() as session:
        assert history.last_action(session).undo == "新增王芳"


def test_who_was_edited_since_the_preview_is_kept_and_listed(
    database: Database, add_person: AddPerson
) -> None:
    first, second, third = add_person("王芳"), add_person("李静"), add_person("赵敏")
    plan = look(database, [first, second, third], "post", "科长")
    put(database, first, mobile="13800005521")
    with database.write("文员", "移出") as session:
        members.remove(session, [second])
    done = write(database, plan)
    assert done.changed == 1
    assert [(one.line.name, one.why) for one in done.kept] == [
        ("王芳", "预览之后在别处改过"),
        ("李静", "预览之后已移出名册"),
    ]
    assert everybody(database)[first]["post"] is None


def test_undo_leaves_whoever_was_edited_later(database: Database, add_person: AddPerson) -> None:
    ids = [add_person("王芳"), add_person("李静")]
    write(database, look(database, ids, "post", "科长"))
    put(database, ids[0], post="处长")
    with database.write("文员", "撤销") as session:
        last = changes.log(session)[1].id
        undone = history.undo(session, last)
    assert [one.record_id for one in undone.kept] == [ids[0]]
    assert [everybody(database)[one]["post"] for one in ids] == ["处长", None]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("birth_date", PartialDate(1985, 6, 13), "身份证号里是1985年6月12日"),
        ("sex", "1", "身份证号里是女"),
    ],
)
def test_what_an_identity_number_says_otherwise_cannot_be_written(
    database: Database, add_person: AddPerson, name: str, value: Any, why: str
) -> None:
    with_number = add_person("王芳", id_number=id_number(date(1985, 6, 12)))
    without = add_person("李静")
    plan = look(database, [with_number, without], name, value)
    assert [(line.name, line.why) for line in plan.of("cannot")] == [("王芳", why)]
    assert write(database, plan).changed == 1


def test_who_left_before_the_preview_is_counted_among_those_who_cannot(
    database: Database, add_person: AddPerson
) -> None:
    one = add_person("王芳")
    plan = look(database, [one, 4711], "post", "科长")
    assert [line.why for line in plan.of("cannot")] == ["已移出名册"]


def test_a_unit_is_given_by_its_id_and_told_by_its_name(
    database: Database, add_person: AddPerson
) -> None:
    one = add_person("王芳", "办公室")
    with database.write("文员", "单位") as session:
        to = units.add(session, "财务科")
    plan = look(database, [one], "unit_id", to)
    line = plan.of("change")[0]
    assert (plan.words(line.before), plan.words(line.after)) == ("办公室", "财务科")
    write(database, plan)
    assert everybody(database)[one]["unit_id"] == to


def test_a_unit_taken_away_meanwhile_is_refused(database: Database, add_person: AddPerson) -> None:
    one = add_person("王芳")
    with database.write("文员", "单位") as session:
        to = units.add(session, "财务科")
    plan = look(database, [one], "unit_id", to)
    with database.write("文员", "删单位") as session:
        units.remove(session, to)
    with pytest.raises(GoneError):
        write(database, plan)
    assert everybody(database)[one]["unit_id"] is None


def test_an_own_field_is_changed_beside_the_others_that_stay(
    database: Database, add_person: AddPerson
) -> None:
    one = add_person("王芳")
    shoes, since = own_field(database, "鞋码", "number"), own_field(database, "入会", "date")
    write(database, look(database, [one], since, PartialDate(2019, 3)))
    done = write(database, look(database, [one], shoes, 37))
    assert done.what == "修改王芳的鞋码"
    person = everybody(database)[one]
    assert (person[shoes], person[since]) == (37, PartialDate(2019, 3))


def test_an_own_field_taken_away_meanwhile_is_refused(
    database: Database, add_person: AddPerson
) -> None:
    one, shoes = add_person("王芳"), own_field(database, "鞋码", "number")
    plan = look(database, [one], shoes, 37)
    with database.write("文员", "去掉") as session:
        verbs.remove(session, int(own_fields.key_of(shoes)))
    with pytest.raises(GoneError):
        write(database, plan)


def test_name_and_identity_number_are_not_for_many(
    database: Database, add_person: AddPerson
) -> None:
    assert {"name", "id_number"}.isdisjoint(one.name for one in bulk.fields(MEMBERS))
    with pytest.raises(GoneError):
        look(database, [add_person("王芳")], "id_number", None)


def test_the_status_cannot_be_emptied(database: Database, add_person: AddPerson) -> None:
    with pytest.raises(InvalidInputError):
        look(database, [add_person("王芳")], "employment_status", None)


def test_a_new_mobile_is_found_by_and_settles_what_was_to_be_checked(
    database: Database, add_person: AddPerson
) -> None:
    wrong = [{"field": "mobile", "value": "138", "code": "phone_unreadable", "message": "少位"}]
    one = add_person("王芳", mobile="13800005521", unresolved=None)
    with database.write("文员", "导入") as session:
        session.get_one(MEMBERS.record, one).unresolved = wrong
    write(database, look(database, [one], "mobile", "13911112222"))
    with database.read() as session:
        assert [r.id for r in members.rows(session, members.Query(find="2222"))] == [one]
        assert members.rows(session, members.Query(find="5521")) == ()
        assert members.rows(session, members.Query(to_check=True)) == ()


def test_namesakes_are_told_apart_also_when_only_one_is_meant(
    database: Database, add_person: AddPerson
) -> None:
    one = add_person("王芳", "办公室", mobile="13800005521")
    add_person("王芳", "财务科")
    plan = look(database, [one], "post", "科长")
    assert plan.lines[0].called == "王芳（办公室，尾号 5521）"


def test_stopping_in_the_middle_writes_nobody(database: Database, add_person: AddPerson) -> None:
    ids = [add_person("王芳"), add_person("李静")]
    plan = look(database, ids, "post", "科长")

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled), database.write("文员", "修改多人") as session:
        bulk.apply(session, plan, step=stop)
    assert {p["post"] for p in everybody(database).values()} == {None}


_POSTS = st.sampled_from([None, "科员", "科长", "处长"])
_SEXES = st.sampled_from(["1", "2"])
_BORN = st.sampled_from([None, PartialDate(1985), PartialDate(1985, 6), PartialDate(1990, 1, 2)])
_SHOES = st.sampled_from([None, 36, 37, 38.5])
_NUMBERS = st.sampled_from([None, date(1985, 6, 12), date(1990, 1, 2)])
_PERSON = st.tuples(_POSTS, _SEXES, _BORN, _SHOES, _NUMBERS)
_WISH = st.one_of(
    st.tuples(st.just("post"), _POSTS),
    st.tuples(st.just("sex"), _SEXES),
    st.tuples(st.just("birth_date"), _BORN),
    st.tuples(st.just("own"), _SHOES),
    st.tuples(st.just("unit_id"), st.sampled_from([None, 1])),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.lists(_PERSON, min_size=1, max_size=8),
    wish=_WISH,
    ticked=st.sets(st.integers(0, 7), min_size=1),
    edited=st.sets(st.integers(0, 7), max_size=3),
)
def test_the_preview_counts_what_is_written_and_undo_restores_everybody(
    people: list[Any], wish: tuple[str, Any], ticked: set[int], edited: set[int]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Database.open(Path(folder) / "banbiantian.db", clock=lambda: MOMENT) as database,
    ):
        ids, shoes = _office(database, people)
        name, value = (shoes, wish[1]) if wish[0] == "own" else wish
        wanted = [ids[n] for n in sorted(ticked) if n < len(ids)]
        plan = look(database, wanted, name, value)
        assert sum(counts(plan)) == len(wanted)
        for n in edited & set(range(len(ids))):
            put(database, ids[n], remark="后来改的")
        before = everybody(database)
        done = write(database, plan)
        after = everybody(database)
        touched = {one for one in ids if before[one] != after[one]}
        assert done.changed == len(touched)
        assert done.changed + len(done.kept) == len(plan.of("change"))
        assert touched == {line.id for line in plan.of("change")} - {k.line.id for k in done.kept}
        assert all(after[one][name] == value for one in touched)
        if done.changed:
            assert undo(database).kept == ()
            assert everybody(database) == before


def _office(database: Database, people: list[Any]) -> tuple[list[int], str]:
    with database.write("文员", "准备") as session:
        units.add(session, "办公室")
        shoes = own_fields.name_of(verbs.add(session, Wanted("鞋码", "number")))
        ids = []
        for place, (post, sex, born, size, number) in enumerate(people):
            told = id_number(number, 2 * place + (1 if sex == "1" else 2)) if number else None
            values = {
                "name": f"王{'芳静敏丽红梅兰竹'[place]}", "post": post, "sex": sex,
                "birth_date": PartialDate.of(number) if number else born,
                "id_number": told, shoes: size,
            }  # fmt: skip
            draft = Draft(None, 0, {k: v for k, v in values.items() if not own_fields.is_own(k)})
            one = members.save(session, draft)
            if size is not None:
                version = members.details(session, one).version
                members.save(session, Draft(one, version, {shoes: size}))
            ids.append(one)
    return ids, shoes
