from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.fields import Choice, LongText, Name, Number, Phone, Text, YesNo
from desktop.fields import standards as std
from desktop.fields.codes import CODES
from desktop.fields.kinds import masked
from desktop.registers import MEMBERS, REGISTERS


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王　芳", "王芳"),
        ("王 芳", "王芳"),
        (" 李小雨\u200b", "李小雨"),
        ("王芳（回族）", "王芳"),
        ("王芳2", "王芳"),
        ("李红*", "李红"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("古丽 · 阿不都", "古丽·阿不都"),
        ("Anna  Schmidt", "Anna Schmidt"),
        ("𬭚丽", "𬭚丽"),
        ("䶮", "䶮"),
    ],
)
def test_names_are_freed_of_padding_and_notes(typed: str, name: str) -> None:
    assert Name().parse(typed).value == name


@pytest.mark.parametrize("typed", ["合计12人", "12345", "填表人：张三"])
def test_what_is_no_name_is_said_to_be_none(typed: str) -> None:
    assert Name().parse(typed).code == "name_suspicious" or Name().parse(typed).value is None


def test_compatibility_characters_of_names_stay_what_they_are() -> None:
    assert Name().parse("\ufa11丽").value == "\ufa11丽"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("13800001234", "13800001234"),
        (13800001234.0, "13800001234"),
        ("13800001234.0", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("0728-5221234/13800001234", "13800001234"),
        ("13800001234、13900001234", "13800001234"),
        ("0728-5221234", "0728-5221234"),
        ("661234", "661234"),
    ],
)
def test_telephone_numbers_as_rosters_write_them(cell: str | float, number: str) -> None:
    assert Phone().from_cell(cell).value == number


def test_the_second_number_is_not_lost() -> None:
    assert Phone().parse("13800001234/13900001234").candidates == ("13900001234",)


def test_a_text_without_a_number_is_refused() -> None:
    assert Phone().parse("没有").code == "phone_unreadable"


@pytest.mark.parametrize(
    ("values", "word", "code"),
    [
        (std.SEX, "女性", "2"),
        (std.SEX, "Ｆ", "2"),
        (std.POLITICAL_STATUS, "党员", "01"),
        (std.POLITICAL_STATUS, "中共党员（预备）", "02"),
        (std.EDUCATION, "大专", "31"),
        (std.EDUCATION, "研究生", "14"),
        (std.EDUCATION, "本科", "21"),
        (std.MARITAL_STATUS, "离异", "40"),
        (std.ETHNICITY, "汉", "01"),
        (std.ETHNICITY, "土家族", "15"),
        (std.EMPLOYMENT_STATUS, "已退休", "retired"),
    ],
)
def test_everyday_words_mean_their_codes(values: std.ValueSet, word: str, code: str) -> None:
    assert Choice(values).parse(word).value == code


@pytest.mark.parametrize("cell", ["0", "1", "2", 1.0, 0.0])
def test_sex_is_never_guessed_from_a_number(cell: str | float) -> None:
    assert Choice(std.SEX).from_cell(cell).code == "choice_unknown"


def test_the_standards_have_their_published_sizes() -> None:
    assert len([c for c in std.ETHNICITY.values if int(c) <= 56]) == 56
    assert std.ETHNICITY.values["56"] == "基诺族"
    assert len(std.POLITICAL_STATUS.values) == 13


@pytest.mark.parametrize(
    "values", [v for v in vars(std).values() if isinstance(v, std.ValueSet)], ids=lambda v: v.name
)
def test_every_word_of_every_set_means_a_value_of_the_set(values: std.ValueSet) -> None:
    for word in (*values.values.values(), *values.words):
        assert values.code_of(word) in values.values


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)


@given(texts)
def test_text_that_was_accepted_survives_a_workbook(typed: str) -> None:
    for kind in (Text(), LongText()):
        value = kind.from_cell(typed).value
        assert kind.from_cell(kind.to_cell(value)).value == value


@given(st.integers(0, 10**9))
def test_whole_numbers_survive_a_workbook(number: int) -> None:
    assert Number().from_cell(Number().to_cell(number)).value == number
    assert Number().from_cell(float(number)).value == number


@pytest.mark.parametrize("value", [True, False, None])
def test_yes_and_no_survive_a_workbook(value: bool | None) -> None:
    assert YesNo().from_cell(YesNo().to_cell(value)).value is value


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_no_two_fields_of_a_register_share_a_heading(register: object) -> None:
    seen: dict[str, str] = {}
    for field in register.fields:  # type: ignore[attr-defined]
        for heading in (field.label, *field.synonyms):
            assert seen.setdefault(heading, field.name) == field.name, heading


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_every_field_is_a_column_of_its_record(register: object) -> None:
    columns = register.record.__table__.columns  # type: ignore[attr-defined]
    assert [f.name for f in register.fields if f.name not in columns] == []  # type: ignore[attr-defined]


def test_private_values_are_masked_and_others_are_not() -> None:
    assert masked(MEMBERS.field("mobile").kind, "13800005521") == "138****5521"
    assert masked(MEMBERS.field("post").kind, "科员") == "科员"


def test_every_code_has_a_few_words() -> None:
    assert all(code.isidentifier() and 2 <= len(words) <= 8 for code, words in CODES.items())
