from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.types import PartialDate
from desktop.fields import IdNumber, identity
from tests.people import id_number


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_are_valid(number: str) -> None:
    assert identity.check_character(number[:17]) == number[17]
    assert identity.facts(number) is not None


def test_the_check_character_x_of_the_standard_is_computed() -> None:
    assert identity.check_character("34052419800101001") == "X"


@pytest.mark.parametrize(
    "number", ["420000198506120021", "420000197811031469", "420000199111245289"]
)
def test_the_test_convention_numbers_are_valid_and_women(number: str) -> None:
    known = identity.facts(number)
    assert known is not None
    assert known.sex == "2"


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
def test_every_built_number_gives_back_its_birth_date_and_sex(born: date, sequence: int) -> None:
    known = identity.facts(id_number(born, sequence))
    assert known is not None
    assert known.birth_date == PartialDate.of(born)
    assert known.sex == ("1" if sequence % 2 else "2")


@given(st.dates(date(1940, 1, 1), date(2005, 1, 1)), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(born: date, place: int, shift: int) -> None:
    number = id_number(born)
    wrong = str((int(number[place]) + shift) % 10) if number[place] != "X" else "0"
    changed = number[:place] + wrong + number[place + 1 :]
    assert IdNumber().parse(changed).level == "error"


@pytest.mark.parametrize(
    "typed",
    [
        "42000019850612 0021",
        "420000 19850612 0021",
        "４２００００１９８５０６１２００２１",
        "\u200b420000198506120021\ufeff",
        "'420000198506120021",
        "420000-19850612-0021",
        "420000\u00a019850612\u30000021",
    ],
)
def test_padding_of_every_sort_is_put_right(typed: str) -> None:
    reading = IdNumber().parse(typed)
    assert (reading.value, reading.level, reading.changed) == ("420000198506120021", "", True)


@pytest.mark.parametrize(
    ("last", "level"), [("x", ""), ("ｘ", ""), ("Х", ""), ("×", "warning"), ("*", "warning")]
)
def test_the_letters_people_write_for_x(last: str, level: str) -> None:
    number = next(n for day in range(1, 29) if (n := id_number(date(1985, 6, day))).endswith("X"))
    reading = IdNumber().parse(number[:17] + last)
    assert (reading.value, reading.level) == (number, level)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("42000019850612002", "id_length"),
        ("4200001985061200211", "id_length"),
        ("420000198502300021", "id_date"),
        ("420000198506120022", "id_check_digit"),
        ("42000019850612A021", "id_characters"),
    ],
)
def test_each_fault_has_its_own_code_and_leaves_the_field_empty(typed: str, code: str) -> None:
    reading = IdNumber().parse(typed)
    assert (reading.code, reading.value, reading.level) == (code, None, "error")


def test_the_sentence_says_how_many_digits_are_missing() -> None:
    assert IdNumber().parse("42000019850612002").message == "少 1 位：应为 18 位，现在 17 位"


def test_a_fifteen_digit_number_is_brought_to_eighteen() -> None:
    reading = IdNumber().parse("420000850612002")
    assert reading.value == "420000198506120021"
    assert reading.code == "id_upgraded"


def test_a_number_from_a_numeric_cell_is_never_kept() -> None:
    reading = IdNumber().from_cell(4.2000019850612e17)
    assert (reading.value, reading.code) == (None, "id_digits_lost")
    assert reading.candidates == ("420000198506120",)


def test_a_number_is_masked_to_its_first_and_last_four() -> None:
    assert identity.masked("420000198506120021") == "4200****0021"
