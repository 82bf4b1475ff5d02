from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.types import PartialDate
from desktop.fields import Day
from desktop.fields.dates import read_cell, read_text


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        ("1985.06", "1985-06"),
        ("1985.6", "1985-06"),
        ("198506", "1985-06"),
        ("19850612", "1985-06-12"),
        ("1985年6月", "1985-06"),
        ("1985年06月12日", "1985-06-12"),
        ("1985年6月份", "1985-06"),
        ("85年6月", "1985-06"),
        ("1985-6-12", "1985-06-12"),
        ("1985/6/12", "1985-06-12"),
        ("1985\\6\\12", "1985-06-12"),
        ("1985、6", "1985-06"),
        ("1985。6", "1985-06"),
        ("1985,6", "1985-06"),
        ("85.6.1", "1985-06-01"),
        ("85-6", "1985-06"),
        ("850612", "1985-06-12"),
        ("31210", "1985-06-12"),
        ("Jun-85", "1985-06"),
        ("12-Jun-1985", "1985-06-12"),
        ("6月-85", "1985-06"),
        ("一九八五年六月", "1985-06"),
        ("二○○一年十二月廿三日", "2001-12-23"),
        ("二0二六年三月八日", "2026-03-08"),
        ("1985.6（属牛）", "1985-06"),
        ("1985.06(40岁)", "1985-06"),
        ("１９８５．０６", "1985-06"),
        ("1985-06-12 00:00:00", "1985-06-12"),
        ("1985", "1985"),
        ("13/06/1985", "1985-06-13"),
        ("05.3", "2005-03"),
    ],
)
def test_dates_as_rosters_write_them(raw: str, meaning: str) -> None:
    reading = read_text(raw, this_year=2026)
    assert (str(reading.value), reading.level) == (meaning, "")


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        (31210.0, "1985-06-12"),
        (19850612.0, "1985-06-12"),
        (198506.0, "1985-06"),
        (1985.06, "1985-06"),
        (1985.0, "1985"),
        (datetime(1985, 6, 12), "1985-06-12"),  # noqa: DTZ001 - a workbook knows no time zone
        (date(1985, 6, 12), "1985-06-12"),
    ],
)
def test_cells_that_are_numbers_or_dates(cell: float | date, meaning: str) -> None:
    assert str(read_cell(cell, this_year=2026).value) == meaning


def test_a_serial_number_of_a_1904_workbook_counts_from_1904() -> None:
    assert str(read_cell(29748.0, is_1904=True, this_year=2026).value) == "1985-06-12"


def test_a_dropped_zero_is_asked_about_and_october_comes_first() -> None:
    reading = read_cell(1985.1, this_year=2026)
    assert (reading.value, reading.code) == (None, "date_ambiguous")
    assert [str(c) for c in reading.candidates] == ["1985-10", "1985-01"]


@pytest.mark.parametrize("raw", ["1985.02.30", "1985-13", "2026-06-31", "19850631"])
def test_a_day_that_does_not_exist_is_refused(raw: str) -> None:
    assert read_text(raw, this_year=2026).code == "date_impossible"


@pytest.mark.parametrize("raw", ["农历六月初一", "阴历1985.6"])
def test_lunar_dates_are_refused_with_their_reason(raw: str) -> None:
    assert read_text(raw, this_year=2026).code == "date_lunar"


@pytest.mark.parametrize("raw", ["已退休", "不知道", "六月", "1985年左右吧"])
def test_words_are_not_dates(raw: str) -> None:
    assert read_text(raw, this_year=2026).level == "error"


@pytest.mark.parametrize("raw", ["", " ", "-", "无", "/", "不详"])
def test_words_for_nothing_are_no_value(raw: str) -> None:
    reading = read_text(raw, this_year=2026)
    assert (reading.value, reading.level) == (None, "")


partial_dates = st.dates(date(1930, 1, 1), date(2026, 12, 31)).flatmap(
    lambda d: st.sampled_from(
        [PartialDate(d.year), PartialDate(d.year, d.month), PartialDate(d.year, d.month, d.day)]
    )
)


@given(partial_dates)
def test_a_partial_date_reads_back_from_its_own_text(value: PartialDate) -> None:
    assert PartialDate.from_text(str(value)) == value
    assert Day().parse(Day().text(value)).value == value


@given(partial_dates, partial_dates)
def test_partial_dates_order_as_their_texts(one: PartialDate, two: PartialDate) -> None:
    assert (one < two) == (str(one) < str(two))


def test_completed_years_turn_on_the_birthday() -> None:
    born = PartialDate(1985, 6, 12)
    assert (born.age_on(date(2026, 6, 11)), born.age_on(date(2026, 6, 12))) == (40, 41)
