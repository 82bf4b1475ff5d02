"""Do dates, names and sentences read as they must on official paper?"""

from __future__ import annotations

from datetime import date

import pytest

from desktop.documents.wording import date_in_characters, numeral, tidy, values_of


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 8), "二〇二六年三月八日"),
        (date(2026, 10, 10), "二〇二六年十月十日"),
        (date(2030, 11, 20), "二〇三〇年十一月二十日"),
        (date(2008, 12, 31), "二〇〇八年十二月三十一日"),
    ],
)
def test_dates_are_written_with_the_round_zero(day, words):
    assert date_in_characters(day) == words


def test_numerals_are_read_aloud_not_spelled():
    assert [numeral(n) for n in (1, 10, 19, 21, 30)] == ["一", "十", "十九", "二十一", "三十"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 王　芳 ", "王芳"),
        ("王\u200b芳\ufeff", "王芳"),
        ("Anna  Müller", "Anna Müller"),
        ("阿依努尔 · 买买提", "阿依努尔·买买提"),
        ("𠮷 田", "𠮷田"),
        ("王芳\n", "王芳"),
        ("\u3000", ""),
    ],
)
def test_names_lose_padding_but_no_character(text, expected):
    assert tidy(text) == expected


def test_quotation_marks_round_a_title_are_not_doubled(design, someone):
    values = values_of(someone(title="“三八红旗手”"), design.wording)
    assert "“三八红旗手”" in values["body"]
    assert "““" not in values["body"]


def test_paragraphs_of_an_own_text_are_kept(design, someone):
    values = values_of(someone(body="一。\r\n\r\n 二。"), design.wording)
    assert values["body"] == "一。\n二。\n特发此证，以资鼓励。"
