"""Can every name be printed, read, copied and found?"""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.documents.certificate import draw, preflight
from desktop.documents.fonts import chain
from tests.documents.reading import page_texts

STANDARD = (Path(__file__).with_name("data") / "standard_characters.txt").read_text(
    encoding="utf-8"
)


def bare(text: str) -> str:
    return "".join(text.split())


def test_the_list_of_standard_characters_is_complete():
    assert len(set(STANDARD)) == 8105


def test_every_standard_character_is_copied_out_of_a_name_as_it_was_written(
    design, someone, tmp_path
):
    names = [STANDARD[i : i + 20] for i in range(0, len(STANDARD), 20)]
    result = draw(design, [someone(name) for name in names], tmp_path / "all.pdf")
    assert result.problems == ()
    texts = page_texts(tmp_path / "all.pdf")
    lost = [name for name, text in zip(names, texts, strict=True) if name not in bare(text)]
    assert lost == []


def test_every_standard_character_is_copied_out_of_a_text_as_it_was_written(
    design, someone, tmp_path
):
    texts = [STANDARD[i : i + 100] for i in range(0, len(STANDARD), 100)]
    people = [someone(f"人{i}", row=i, body=text) for i, text in enumerate(texts)]
    assert draw(design, people, tmp_path / "all.pdf").problems == ()
    read = page_texts(tmp_path / "all.pdf")
    assert [t for t, page in zip(texts, read, strict=True) if t not in bare(page)] == []


@pytest.mark.parametrize("length", range(2, 31))
def test_names_of_two_to_thirty_characters_are_printed_whole(length, design, someone, tmp_path):
    name = "云川市生态环境局环境监测中心站大气监测与应急分析室巾帼攻关小组甲"[:length]
    result = draw(design, [someone(name)], tmp_path / "one.pdf")
    assert result.certificates == 1
    assert name in bare(page_texts(tmp_path / "one.pdf")[0])


@pytest.mark.parametrize(
    "name",
    [
        "阿依努尔·买买提艾力江",
        "古丽仙·吐尔逊",
        "𬭚𫓧",
        "王䶮",
        "𠮷田𫠓",
        "㛃㵘㸐",
        "𨱅龑",
        "王〇",
        "Anna Müller",
    ],
)
def test_minority_and_rare_names_are_found_by_searching(name, design, someone, tmp_path):
    assert draw(design, [someone(name)], tmp_path / "one.pdf").problems == ()
    text = page_texts(tmp_path / "one.pdf")[0]
    assert name in text.replace("\r\n", "\n")


def test_a_name_of_two_characters_is_set_apart_but_copied_together(design, someone, tmp_path):
    draw(design, [someone("王芳")], tmp_path / "one.pdf")
    assert "王芳" in page_texts(tmp_path / "one.pdf")[0]


def test_padding_inside_a_name_from_a_list_is_taken_out(design, someone, tmp_path):
    draw(design, [someone("王　芳"), someone("李 小雨")], tmp_path / "two.pdf")
    first, second = page_texts(tmp_path / "two.pdf")
    assert "王芳" in first
    assert "李小雨" in second


@pytest.mark.parametrize(
    ("character", "code_point"),
    [("\U00030000", "U+30000"), ("\ue863", "U+E863"), ("\U0001f600", "U+1F600")],
)
def test_a_character_no_font_draws_is_refused_by_name_and_code_point(
    character, code_point, design, someone, tmp_path
):
    result = draw(design, [someone("张" + character, row=7), someone()], tmp_path / "x.pdf")
    (problem,) = result.problems
    assert (problem.row, problem.code, problem.level) == (7, "missing_glyph", "error")
    assert (problem.character, problem.code_point) == (character, code_point)
    assert code_point in problem.message
    assert result.certificates == 1
    assert character not in page_texts(tmp_path / "x.pdf")[0]


def test_all_unified_ideographs_up_to_extension_f_are_drawn_or_refused():
    kai = chain(("LXGWWenKai-Bold.ttf", "NotoSerifSC-Regular.ttf", "HanaMinB.ttf"))
    blocks = [(0x4E00, 0x9FA6), (0x3400, 0x4DB6), (0x20000, 0x2A6D7), (0x2A700, 0x2EBE1)]
    undrawn = [
        code for first, end in blocks for code in range(first, end) if not kai.face(chr(code))
    ]
    assert len(undrawn) < 60
    assert all(kai.missing(chr(code)) == [chr(code)] for code in undrawn)


def test_missing_characters_of_the_text_the_issuer_and_the_number_are_found_too(design, someone):
    odd = "\U00030000"
    found = preflight(
        design,
        [
            someone("王芳", row=1, body=f"在{odd}工作中"),
            someone("李丽", row=2, issuer=odd),
            someone("张敏", row=3, certificate_no=odd),
            someone("赵静", row=4, title=odd),
        ],
    )
    assert [(p.row, p.code, p.code_point) for p in found] == [
        (row, "missing_glyph", "U+30000") for row in (1, 2, 3, 4)
    ]
