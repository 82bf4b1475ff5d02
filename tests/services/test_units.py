from __future__ import annotations

import pytest

from db.errors import DuplicateError, InUseError, InvalidInputError
from db.session import Database
from desktop.services import units
from tests.services.conftest import AddPerson


def test_the_tree_counts_people_on_staff_with_those_below(
    database: Database, add_person: AddPerson
) -> None:
    with database.write("文员", "单位") as session:
        top = units.add(session, "机关本级")
        office = units.add(session, "办公室", top)
        units.add(session, "财务科", top)
    add_person("李娜", unit_id=office)
    add_person("王芳", unit_id=top)
    add_person("张敏", unit_id=office, employment_status="retired")
    with database.read() as session:
        told = [(row.name, row.depth, row.members) for row in units.tree(session)]
    assert told == [("机关本级", 0, 2), ("办公室", 1, 1), ("财务科", 1, 0)]


@pytest.mark.parametrize("typed", ["环境监测站", "环境 监测站", "局机关/环境监测站", "监测中心站"])
def test_a_unit_is_found_by_any_spelling_it_ever_had(database: Database, typed: str) -> None:
    with database.write("文员", "单位") as session:
        top = units.add(session, "局机关")
        unit = units.add(session, "监测中心站", top)
        units.rename(session, unit, "环境监测站")
    with database.read() as session:
        assert units.index(session).find(typed) == unit


def test_a_name_two_units_share_finds_neither_but_their_paths_do(database: Database) -> None:
    with database.write("文员", "单位") as session:
        one, two = units.add(session, "东湖分局"), units.add(session, "城北分局")
        first, _ = units.add(session, "办公室", one), units.add(session, "办公室", two)
    with database.read() as session:
        index = units.index(session)
    assert index.find("办公室") is None
    assert index.find("东湖分局办公室") == first


def test_a_level_has_each_name_once(database: Database) -> None:
    with database.write("文员", "单位") as session:
        units.add(session, "办公室")
    with pytest.raises(DuplicateError), database.write("文员", "单位") as session:
        units.add(session, "办公室")


def test_a_unit_cannot_be_moved_below_itself(database: Database) -> None:
    with database.write("文员", "单位") as session:
        top = units.add(session, "局机关")
        below = units.add(session, "办公室", top)
    with pytest.raises(InvalidInputError), database.write("文员", "移动") as session:
        units.move(session, top, to=below)


def test_a_unit_with_people_is_not_removed(database: Database, add_person: AddPerson) -> None:
    add_person("李娜", "办公室")
    with pytest.raises(InUseError) as refused, database.write("文员", "删除") as session:
        units.remove(session, units.ensure(session, "办公室"))
    assert refused.value.used_by["成员"] == 1


def test_ensuring_a_known_unit_makes_no_second_one(database: Database) -> None:
    with database.write("文员", "单位") as session:
        assert units.ensure(session, "办公室") == units.ensure(session, " 办公室 ")
