"""The lists of what is coming: who stands in them, in which words, and what they say of gaps."""

from __future__ import annotations

from datetime import date

import pytest

from db.session import Database
from db.types import PartialDate
from desktop.fields.table import Table
from desktop.reports.asking import Asked
from desktop.reports.coming import LISTS, first_of_next_month
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)


def table(database: Database, code: str, on: date = TODAY) -> Table:
    report = next(one for one in LISTS if one.code == code)
    asked = Asked(on=on, made_on=TODAY, organisation="云泽市妇委会")
    with database.read() as session:
        return report.query(session, asked)


def lines(found: Table) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in found.rows]


def test_who_retires_within_a_year_and_how_that_comes_about(
    database: Database, add_person: AddPerson
) -> None:
    add_person("李敏", "办公室", birth_date=PartialDate(1971, 6, 1), retirement_age="55")
    add_person("孙静", "财务科", birth_date=PartialDate(1976), retirement_age="50")
    add_person("吴霞", "财务科", birth_date=PartialDate(1965, 1, 5), retirement_age="55")
    add_person("年轻", "财务科", birth_date=PartialDate(1990, 1, 5), retirement_age="55")
    found = table(database, "retiring")
    assert lines(found) == [
        (1, "吴霞", "财务科", "1965-01-05", "55 岁", "不延迟", "2020年1月", "已过 75 个月"),
        (2, "孙静", "财务科", "1976", "50 岁", "7 个月", "约2026年8月", "4 个月"),
        (3, "李敏", "办公室", "1971-06-01", "55 岁", "5 个月", "2026年11月", "7 个月"),
    ]
    assert found.above == ("云泽市妇委会", "", "2026年4月14日　共3人")


def test_gaps_are_told_with_the_people_they_are_about(
    database: Database, add_person: AddPerson
) -> None:
    late = add_person("吴霞", birth_date=PartialDate(1965, 1, 5), retirement_age="55")
    vague = add_person("孙静", birth_date=PartialDate(1976), retirement_age="50")
    unknown = add_person("王芳")
    checks = table(database, "retiring").checks
    assert [check.members for check in checks] == [(late,), (vague,), (unknown,)]
    assert not any(check.is_good for check in checks)


def test_nothing_to_check_is_not_mentioned(database: Database, add_person: AddPerson) -> None:
    add_person("李敏", birth_date=PartialDate(1990, 1), retirement_age="55")
    assert table(database, "retiring").checks == ()


def test_what_is_missing_is_named(database: Database, add_person: AddPerson) -> None:
    add_person("王芳", "办公室")
    add_person("李敏", "办公室", birth_date=PartialDate(1990, 1))
    add_person("赵丽", "办公室", retirement_age="55")
    add_person("孙静", "办公室", birth_date=PartialDate(1990, 1), retirement_age="55")
    assert lines(table(database, "unknown")) == [
        (1, "李敏", "办公室", "1990-01", "原退休年龄"),
        (2, "王芳", "办公室", None, "出生日期、原退休年龄"),
        (3, "赵丽", "办公室", None, "出生日期"),
    ]


def test_anniversaries_are_whole_tens(database: Database, add_person: AddPerson) -> None:
    for name, began in (("王芳", 2006), ("李敏", 2007), ("赵丽", 1996)):
        add_person(name, work_start_date=PartialDate(began, 4))
    assert [row[1] for row in lines(table(database, "anniversaries"))] == ["赵丽", "王芳"]


def test_every_cell_of_a_line_leads_to_its_person(
    database: Database, add_person: AddPerson
) -> None:
    someone = add_person("王芳", birth_date=PartialDate(1990, 4, 20))
    (row,) = table(database, "birthdays").rows
    assert {cell.members for cell in row} == {(someone,)}


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 4, 30), date(2026, 5, 1)), (date(2026, 12, 31), date(2027, 1, 1))],
)
def test_the_next_month_follows_the_last_day_too(day: date, month: date) -> None:
    assert first_of_next_month(day) == month
