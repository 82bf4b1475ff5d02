"""Who comes up for retirement, a birthday or an anniversary."""

from __future__ import annotations

from datetime import date

import pytest

from db.session import Database
from db.types import PartialDate
from desktop.services import reminders
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)


@pytest.mark.parametrize(
    ("born", "age", "delay", "month"),
    [
        (date(1969, 12, 31), 55, 0, date(2024, 12, 1)),  # before the reform
        (date(1970, 1, 1), 55, 1, date(2025, 2, 1)),
        (date(1970, 4, 30), 55, 1, date(2025, 5, 1)),
        (date(1970, 5, 1), 55, 2, date(2025, 7, 1)),
        (date(1981, 8, 31), 55, 35, date(2039, 7, 1)),
        (date(1981, 9, 1), 55, 36, date(2039, 9, 1)),
        (date(1981, 12, 1), 55, 36, date(2039, 12, 1)),
        (date(1995, 6, 12), 55, 36, date(2053, 6, 1)),
        (date(1974, 12, 1), 50, 0, date(2024, 12, 1)),
        (date(1975, 1, 1), 50, 1, date(2025, 2, 1)),
        (date(1975, 2, 1), 50, 1, date(2025, 3, 1)),
        (date(1975, 3, 1), 50, 2, date(2025, 5, 1)),
        (date(1984, 10, 1), 50, 59, date(2039, 9, 1)),
        (date(1984, 11, 1), 50, 60, date(2039, 11, 1)),
        (date(1990, 1, 1), 50, 60, date(2045, 1, 1)),
    ],
)
def test_the_age_rises_step_by_step_from_2025_to_its_limit(
    born: date, age: int, delay: int, month: date
) -> None:
    assert reminders.retirement_delay(born, age) == delay
    assert reminders.retirement_month(born, age) == month


def test_those_due_within_the_months_asked_for_are_named_earliest_first(
    database: Database, add_person: AddPerson
) -> None:
    # 1971-03 + 55 = 2026-03, 14 months after the start: 4 months more
    add_person("王芳", "办公室", birth_date=PartialDate(1971, 3), retirement_age="55")
    add_person("李娜", "监测站", birth_date=PartialDate(1975, 9, 1), retirement_age="50")
    add_person("张敏", "监测站", birth_date=PartialDate(1985, 9, 1), retirement_age="50")

    with database.read() as session:
        due = reminders.retirements(session, on=TODAY, ahead=12)

    assert [(one.name, one.month, one.delay, one.months_left) for one in due] == [
        ("李娜", date(2026, 2, 1), 5, -2),
        ("王芳", date(2026, 7, 1), 4, 3),
    ]
    assert all(one.is_exact for one in due)


def test_a_year_of_birth_alone_is_said_to_be_inexact(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳", birth_date=PartialDate(1970), retirement_age="55")
    with database.read() as session:
        assert [one.is_exact for one in reminders.retirements(session, on=TODAY)] == [False]


def test_men_the_retired_and_those_without_an_original_age_are_not_reminded_of(
    database: Database, add_person: AddPerson
) -> None:
    born = PartialDate(1970, 5, 1)
    add_person("李强", sex="1", birth_date=born, retirement_age="55")
    add_person("王芳", birth_date=born, retirement_age="55", employment_status="retired")
    unknown = add_person("张敏", birth_date=born)
    unborn = add_person("赵丽", retirement_age="55")

    with database.read() as session:
        assert reminders.retirements(session, on=TODAY) == ()
        assert reminders.without_retirement_age(session) == (unknown, unborn)


def test_birthdays_of_the_month_stand_in_the_order_of_their_days(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳", birth_date=PartialDate(1985, 4))
    add_person("李娜", birth_date=PartialDate(1990, 4, 20))
    add_person("张敏", birth_date=PartialDate(1976, 4, 3))
    add_person("赵丽", birth_date=PartialDate(1976, 5, 3))
    add_person("孙静", birth_date=PartialDate(1976))

    with database.read() as session:
        found = reminders.birthdays(session, on=TODAY)

    assert [(one.name, one.day, one.turns) for one in found] == [
        ("张敏", 3, 50), ("李娜", 20, 36), ("王芳", None, 41),
    ]  # fmt: skip


def test_anniversaries_are_round_numbers_of_years_in_that_month(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳", work_start_date=PartialDate(1996, 4), join_unit_date=PartialDate(2016, 4))
    add_person("李娜", work_start_date=PartialDate(2016, 4, 1))
    add_person("张敏", work_start_date=PartialDate(2015, 4))
    add_person("赵丽", work_start_date=PartialDate(2026, 4))

    with database.read() as session:
        working = reminders.anniversaries(session, on=TODAY)
        here = reminders.anniversaries(session, on=TODAY, of_unit=True)

    assert [(one.name, one.years) for one in working] == [("王芳", 30), ("李娜", 10)]
    assert [(one.name, one.years) for one in here] == [("王芳", 10)]
