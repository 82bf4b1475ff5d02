from __future__ import annotations

import pytest

from db import changes
from db.errors import InvalidInputError
from db.session import Database
from desktop.services import history, members, merging_units, units
from desktop.services.members import Query
from desktop.services.merging_units import UnitsMerged
from tests.services.conftest import AddPerson


def add_unit(database: Database, name: str, above: int | None = None) -> int:
    with database.write("文员", f"新增{name}") as session:
        return units.add(session, name, above)


def merge(database: Database, kept: int, gone: int) -> UnitsMerged:
    with database.write("文员", "合并") as session:
        return merging_units.merge(session, kept, gone)


def undo(database: Database) -> None:
    with database.write("文员", "撤销") as session:
        assert history.undo(session).kept == ()


def tree(database: Database) -> list[tuple[str, int, int]]:
    with database.read() as session:
        return [(row.name, row.depth, row.members) for row in units.tree(session)]


def unit_of(database: Database, person: int) -> str:
    with database.read() as session:
        return next(r.unit for r in members.rows(session, Query()) if r.id == person)


def test_people_sub_units_and_spellings_go_over(database: Database, add_person: AddPerson) -> None:
    kept, gone = add_unit(database, "环境监测中心"), add_unit(database, "监测站")
    below = add_unit(database, "分析室", gone)
    with database.write("文员", "改名") as session:
        units.rename(session, gone, "监测总站")
        units.set_headcount(session, kept, 40)
        units.set_headcount(session, gone, 12)
    person, deep = add_person("王芳", unit_id=gone), add_person("李娜", unit_id=below)
    assert merge(database, kept, gone) == UnitsMerged(people=1, below=1)
    assert tree(database) == [("环境监测中心", 0, 2), ("分析室", 1, 1)]
    assert (unit_of(database, person), unit_of(database, deep)) == ("环境监测中心", "分析室")
    with database.read() as session:
        index = units.index(session)
        assert index.find("监测站") == index.find("监测总站") == kept
        assert units.tree(session)[0].headcount == 52
        assert changes.log(session, last=1)[0].what == "合并单位：“监测总站”并入“环境监测中心”"


def test_sub_units_of_one_name_become_one_and_the_preview_says_so(
    database: Database, add_person: AddPerson
) -> None:
    kept, gone = add_unit(database, "东局"), add_unit(database, "西局")
    add_unit(database, "办公室", kept)
    office = add_unit(database, "办公室", gone)
    person = add_person("王芳", unit_id=office)
    with database.read() as session:
        assert merging_units.preview(session, kept, gone).twins == ("办公室",)
    merge(database, kept, gone)
    assert tree(database) == [("东局", 0, 1), ("办公室", 1, 1)]
    assert unit_of(database, person) == "办公室"


def test_a_merge_of_units_is_taken_back_as_one_step(
    database: Database, add_person: AddPerson
) -> None:
    kept, gone = add_unit(database, "东局"), add_unit(database, "西局")
    add_unit(database, "办公室", kept)
    add_person("王芳", unit_id=add_unit(database, "办公室", gone))
    before = tree(database)
    merge(database, kept, gone)
    undo(database)
    assert tree(database) == before
    with database.read() as session:
        assert changes.verify_records(session) == []


def test_a_unit_can_take_over_the_one_it_lies_in(database: Database) -> None:
    top = add_unit(database, "机关")
    above = add_unit(database, "本级", top)
    inner, other = add_unit(database, "办公室", above), add_unit(database, "财务科", above)
    merge(database, inner, above)
    assert [(name, depth) for name, depth, _ in tree(database)] == [
        ("机关", 0), ("办公室", 1), ("财务科", 2),
    ]  # fmt: skip
    assert other
    undo(database)
    assert [name for name, _, _ in tree(database)] == ["机关", "本级", "办公室", "财务科"]


def test_a_unit_inside_one_of_its_own_name_takes_its_place(database: Database) -> None:
    outer = add_unit(database, "监测站")
    inner = add_unit(database, "监测站", outer)
    merge(database, inner, outer)
    assert tree(database) == [("监测站", 0, 0)]
    undo(database)
    assert tree(database) == [("监测站", 0, 0), ("监测站", 1, 0)]


def test_a_unit_is_not_merged_with_itself(database: Database) -> None:
    one = add_unit(database, "东局")
    with pytest.raises(InvalidInputError):
        merge(database, one, one)
