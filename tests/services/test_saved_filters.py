"""Questions with a name: kept, told, counted, and safe when what they ask about goes."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import DuplicateError, GoneError, InvalidInputError
from db.session import Database
from db.types import PartialDate
from desktop.services import history, members, saved_filters, units
from desktop.services.members import ON_STAFF, Query
from desktop.services.own_values import OwnCondition
from desktop.services.saved_filters import Saved
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)
STAFF = Query(statuses=ON_STAFF)


def keep(database: Database, name: str, query: Query = STAFF) -> int:
    with database.write("文员", f"存为常用条件“{name}”") as session:
        return saved_filters.add(session, name, query)


def listed(database: Database) -> tuple[Saved, ...]:
    with database.read() as session:
        return saved_filters.listed(session)


def count(database: Database, saved_id: int, on: date = TODAY) -> int:
    with database.read() as session:
        return saved_filters.counts(session, on)[saved_id]


def test_a_question_comes_back_as_it_was_kept(database: Database) -> None:
    own = OwnCondition("own.1", is_empty=False, low=PartialDate(1985, 6), one_of=("甲", "乙"))
    asked = Query(
        find="li", statuses=("retired",), age_from=0, age_to=60, to_check=True, own=(own,)
    )
    keep(database, "要看的", asked)
    assert listed(database)[0].query == asked


def test_day_and_order_of_the_list_are_no_part_of_a_question(database: Database) -> None:
    keep(database, "甲", Query(statuses=ON_STAFF, on=TODAY, order="unit", descending=True))
    assert listed(database)[0].query == STAFF


def test_a_question_is_told_as_a_sentence(database: Database) -> None:
    with database.write("文员", "新增单位") as session:
        unit = units.add(session, "东湖分局")
    keep(database, "一", Query(unit_id=unit, statuses=ON_STAFF, age_from=55, to_check=True))
    keep(database, "二", Query(find="li", statuses=("retired",), without_unit=True))
    keep(database, "三", Query(age_from=30, age_to=50))
    assert [one.sentence for one in listed(database)] == [
        "东湖分局里在职、55 岁及以上、待核实的人",
        "没有分单位、退休的人，搜“li”找得到",
        "含退休和调出、30～50 岁的人",
    ]


def test_the_count_follows_the_roster_and_the_day(
    database: Database, add_person: AddPerson
) -> None:
    saved = keep(database, "快退休", Query(statuses=ON_STAFF, age_from=54))
    add_person("王芳", birth_date=PartialDate(1972, 4, 14))
    add_person("李敏", birth_date=PartialDate(1972, 4, 15))
    add_person("赵丽")
    assert count(database, saved) == 1
    assert count(database, saved, date(2026, 4, 15)) == 2


def test_the_count_is_what_the_list_would_show(database: Database, add_person: AddPerson) -> None:
    for name, born in (("王芳", 1970), ("李敏", 1980), ("李丽", 1990)):
        add_person(name, birth_date=PartialDate(born, 1))
    for query in (STAFF, Query(find="li"), Query(age_to=40), Query(age_from=41, age_to=50)):
        with database.read() as session:
            asked = Query(**{**vars(query), "on": TODAY})
            assert members.count(session, asked) == len(members.rows(session, asked))


def test_a_question_about_a_unit_that_is_gone_says_so_and_finds_nobody(
    database: Database, add_person: AddPerson
) -> None:
    with database.write("文员", "新增单位") as session:
        unit = units.add(session, "老干科")
    saved = keep(database, "老干科", Query(unit_id=unit, statuses=ON_STAFF))
    add_person("王芳")
    with database.write("文员", "删除单位") as session:
        units.remove(session, unit)
    one = listed(database)[0]
    assert one.is_lost
    assert one.sentence == "老干科里在职的人（这个单位已经不在了）"
    assert count(database, saved) == 0


def test_pinned_ones_come_first_and_each_kind_keeps_its_order(database: Database) -> None:
    first, second, third = (keep(database, name) for name in ("甲", "乙", "丙"))
    with database.write("文员", "整理") as session:
        saved_filters.pin(session, third, is_pinned=True)
        saved_filters.move(session, second, -1)
    assert [one.id for one in listed(database)] == [third, second, first]
    with database.write("文员", "整理") as session:
        saved_filters.move(session, second, -1)  # already the first of its kind
        saved_filters.pin(session, third, is_pinned=False)
    assert [one.id for one in listed(database)] == [second, first, third]


@pytest.mark.parametrize("name", ["", "  ", "长" * 21])
def test_a_name_that_cannot_be_shown_is_refused(database: Database, name: str) -> None:
    with pytest.raises(InvalidInputError):
        keep(database, name)


def test_a_name_is_given_once(database: Database) -> None:
    first, second = keep(database, "待核实"), keep(database, "退休")
    with pytest.raises(DuplicateError, match="已经有一组常用条件叫“待核实”"):
        keep(database, " 待核实 ")
    with database.write("文员", "改名") as session, pytest.raises(DuplicateError):
        saved_filters.rename(session, second, "待核实")
    with database.write("文员", "改名") as session:
        saved_filters.rename(session, first, "待核实")
    assert {one.name for one in listed(database)} == {"待核实", "退休"}


def test_removing_one_is_taken_back_by_undo(database: Database) -> None:
    saved = keep(database, "待核实", Query(to_check=True))
    before = listed(database)
    with database.write("文员", "去掉常用条件") as session:
        saved_filters.remove(session, saved)
    assert listed(database) == ()
    with database.write("文员", "撤销") as session:
        history.undo(session)
    assert listed(database) == before


def test_one_that_is_gone_is_told(database: Database) -> None:
    with database.write("文员", "改名") as session, pytest.raises(GoneError):
        saved_filters.rename(session, 99, "甲")
