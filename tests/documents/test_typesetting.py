"""Are lines broken, squeezed and stretched as a Chinese typesetter would do it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.fonts import chain
from desktop.documents.typesetting import CLOSING, OPENING, Line, set_line, set_paragraph

KAI = chain(("LXGWWenKai-Regular.ttf", "NotoSerifSC-Regular.ttf", "HanaMinB.ttf"))
SIZE = 10.0


def text_of(line: Line) -> str:
    return "".join(run.text for run in line.runs)


def lines_of(text: str, ems: float = 10, indent: int = 0) -> list[str]:
    return [text_of(line) for line in set_paragraph(text, KAI, SIZE, ems * SIZE, indent)]


def places_of(line: Line) -> list[float]:
    return [place for run in line.runs for place in run.places[: len(run.text)]]


def test_the_first_line_is_indented():
    first, second = set_paragraph("一二三四五六七八九十一二", KAI, SIZE, 100.0, 2)
    assert places_of(first)[0] == pytest.approx(20.0)
    assert text_of(first) == "一二三四五六七八"
    assert places_of(second)[0] == 0.0


def test_no_closing_mark_begins_a_line():
    assert lines_of("一二三四五六七八九十，一二") == ["一二三四五六七八九十，", "一二"]
    assert lines_of("一二三四五六七八九十）一二") == ["一二三四五六七八九", "十）一二"]


def test_no_opening_mark_ends_a_line():
    assert lines_of("一二三四五六七八九《十》") == ["一二三四五六七八九", "《十》"]


def test_a_comma_that_does_not_fit_hangs_in_the_margin():
    (first, _) = set_paragraph("一二三四五六七八九十，一二", KAI, SIZE, 100.0, 0)
    assert places_of(first)[-1] == pytest.approx(100.0)
    assert places_of(first)[-2] == pytest.approx(90.0)


def test_two_marks_in_a_row_share_one_em():
    line = set_paragraph("一“二”。三", KAI, SIZE, 200.0, 0)[0]
    closing, stop, three = places_of(line)[3:]
    assert stop - closing == pytest.approx(5.0)
    assert three - stop == pytest.approx(10.0)


def test_an_opening_mark_at_a_line_start_stands_flush():
    second = set_paragraph("一二三四五六七八九《十》", KAI, SIZE, 100.0, 0)[1]
    assert places_of(second)[0] == pytest.approx(-5.0)


def test_full_lines_reach_both_margins():
    first = set_paragraph("一二三四五六七八，九（十）一二三四五", KAI, SIZE, 105.0, 0)[0]
    assert first.width == pytest.approx(105.0)
    assert first.runs[-1].places[-1] == pytest.approx(105.0, abs=5.01)


def test_the_last_line_is_not_stretched():
    last = set_paragraph("一二三四五六七八九十一二三", KAI, SIZE, 100.0, 0)[-1]
    assert places_of(last) == pytest.approx([0.0, 10.0, 20.0])


def test_words_and_numbers_stay_whole():
    assert lines_of("一二三四五六七八PM2.5九十") == ["一二三四五六七八", "PM2.5九十"]


def test_a_word_longer_than_the_line_is_broken_rather_than_lost():
    assert "".join(lines_of("a" * 100)) == "a" * 100


def test_a_short_quoted_title_is_not_cut():
    text = "一二三四五六七八九十一二“优秀女职工”。"
    assert lines_of(text, 14) == ["一二三四五六七八九十一二", "“优秀女职工”。"]


def test_dashes_and_dots_in_pairs_stay_together():
    for pair in ("——", "……"):
        assert any(pair in line for line in lines_of("一二三四五六七八九" + pair + "十", 10))


def test_rare_characters_come_from_the_fallback_and_keep_their_places():
    line = set_line("王𫠓芳", KAI, SIZE)
    assert [run.text for run in line.runs] == ["王", "𫠓", "芳"]
    assert [run.face.name for run in line.runs][1] == "HanaMinB"
    assert places_of(line) == pytest.approx([0.0, 10.0, 20.0])


@given(
    st.text(alphabet="一二三女职工，。、；：“”‘’（）《》·—…AB12 %", min_size=1, max_size=120),
    st.integers(8, 30),
)
def test_any_text_keeps_all_its_characters_in_order(text, ems):
    assert "".join(lines_of(text, ems, 2)).replace(" ", "") == text.replace(" ", "")


@given(
    st.lists(
        st.sampled_from(["一", "女职", "工，", "。", "“岗”", "《二》、", "（三）", "12", "·"]),
        min_size=1,
        max_size=60,
    ),
    st.integers(8, 30),
)
def test_no_line_of_ordinary_text_begins_or_ends_with_a_forbidden_mark(parts, ems):
    text = "女" + "职".join(parts)  # never a row of marks longer than a line
    lines = lines_of(text, ems, 2)
    assert not any(line[0] in CLOSING for line in lines[1:])
    assert not any(line[-1] in OPENING for line in lines[:-1])
