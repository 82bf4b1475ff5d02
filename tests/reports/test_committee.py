"""R2 and R3: what is known of the committee, and what is left for the pen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.errors import InvalidInputError
from db.session import Database
from db.types import PartialDate
from desktop.fields.table import Table
from desktop.reports import Asked, report, reports
from desktop.services import units
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)
NAME = "云川市生态环境局妇委会"


def table_of(database: Database, code: str, **asked: Any) -> Table:
    told = {"organisation": NAME} | asked
    with database.read() as session:
        return report(code).query(session, Asked(TODAY, TODAY, **told))


def rows(table: Table) -> list[dict[str, object]]:
    texts = [one.text for one in table.headings]
    return [dict(zip(texts, (c.value for c in cells), strict=True)) for cells in table.rows]


def test_every_report_has_a_code_of_its_own_and_is_found_by_it() -> None:
    assert [one.code for one in reports()] == ["R1", "R2", "R3"]
    assert report(" r3 ").title == "妇女干部花名册"
    with pytest.raises(InvalidInputError, match="R1、R2、R3"):
        report("R0")


def test_the_committee_has_its_name_chair_and_members_and_blanks_for_the_rest(
    database: Database, add_person: AddPerson
) -> None:
    chair = add_person("王芳", "办公室", committee_role="主任")
    others = {
        add_person("李娜", "办公室", committee_role="副主任"),
        add_person("张敏", "监测站", committee_role="委员"),
    }
    add_person("赵丽", "监测站", committee_role="否")
    add_person("孙静", "监测站", committee_role="委员", employment_status="retired")

    table = table_of(database, "R2")

    (one,) = rows(table)
    assert (one["组织名称"], one["主任"], one["委员数"], one["女职工数"]) == (NAME, "王芳", 3, 4)
    by_hand = [h.text for h in table.headings if h.by_hand]
    assert by_hand == ["成立时间", "届次", "换届时间", "妇女之家数", "经费（元）"]
    assert all(one[text] is None for text in by_hand)
    assert all(text.removesuffix("（元）") in table.notes[0] for text in by_hand)
    places = {h.text: at for at, h in enumerate(table.headings)}
    assert table.rows[0][places["主任"]].members == (chair,)
    assert set(table.rows[0][places["委员数"]].members) == {chair, *others}


def test_a_committee_nobody_entered_is_left_empty_and_told(database: Database) -> None:
    table = table_of(database, "R2", organisation="")

    (one,) = rows(table)
    assert (one["组织名称"], one["主任"], one["委员数"], one["女职工数"]) == (None, None, None, 0)
    told = "".join(check.sentence for check in table.checks)
    assert "组织名称空着" in told
    assert "主任一栏空着" in told


def test_two_chairs_are_both_named_and_told(database: Database, add_person: AddPerson) -> None:
    people = (
        add_person("李娜", "办公室", committee_role="妇委会主任"),
        add_person("王芳", "办公室", committee_role="主任"),
    )
    table = table_of(database, "R2")
    assert rows(table)[0]["主任"] == "李娜、王芳"
    assert any(check.members == people and not check.is_good for check in table.checks)


def test_officers_stand_in_the_order_of_their_posts_with_masked_numbers(
    database: Database, add_person: AddPerson
) -> None:
    add_person("张敏", "监测站", committee_role="委员", mobile="13800001003")
    add_person("李娜", "办公室", committee_role="副主任")
    chair = add_person(
        "王芳", "办公室", committee_role="主任", mobile="13800001001", post="科长",
        birth_date=PartialDate(1985, 6, 12), ethnicity_code="01", political_status_code="01",
        education_code="21",
    )  # fmt: skip
    add_person("赵丽", "办公室", mobile="13800001009")

    table = table_of(database, "R3")

    found = rows(table)
    assert [one["姓名"] for one in found] == ["王芳", "李娜", "张敏"]
    assert found[0] == {
        "序号": 1, "姓名": "王芳", "出生年月": "1985.06", "民族": "汉族", "政治面貌": "中共党员",
        "学历": "大学本科", "单位": "办公室", "职务": "科长", "妇委会职务": "主任",
        "任职时间": None, "专/兼职": None, "电话": "138****1001",
    }  # fmt: skip
    assert {cell.members for cell in table.rows[0]} == {(chair,)}
    assert rows(table_of(database, "R3", full=True))[0]["电话"] == "13800001001"
    assert any("手机：有 1 人没有填" in check.sentence for check in table.checks)


def test_officers_of_one_unit_only(database: Database, add_person: AddPerson) -> None:
    add_person("王芳", "办公室", committee_role="主任")
    add_person("张敏", "监测站", committee_role="委员")
    with database.read() as session:
        station = units.index(session).find("监测站")
    assert [one["姓名"] for one in rows(table_of(database, "R3", unit_id=station))] == ["张敏"]


def test_a_roster_without_officers_gives_an_empty_table_that_says_so(database: Database) -> None:
    table = table_of(database, "R3")
    assert table.rows == ()
    assert "没有人填妇委会职务" in table.notes[0]
