"""``certificates``: from a list to paper, without keeping anything."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.commands.desk import Desk, recipients, refused, workbook

RARE = "王\U0003106c"  # no shipped typeface has this character


def pages(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def test_everybody_in_the_list_gets_a_page(desk: Desk, tmp_path) -> None:
    file, out = recipients(tmp_path / "名单.xlsx", "王芳", "李敏"), tmp_path / "证书.pdf"
    told = desk.done("certificates", file, out, "--json").json
    assert (told["certificates"], told["pages"]) == (2, 2)
    assert (told["problems"], told["missing_glyphs"]) == ([], [])
    assert told["files"] == [str(out)]
    first, second = pages(out)
    assert "王芳" in first
    assert "李敏" in second
    assert not desk.folder.exists()


def test_title_date_issuer_and_number_come_from_the_command(desk: Desk, tmp_path) -> None:
    file, out = recipients(tmp_path / "a.xlsx", "王芳", "李敏"), tmp_path / "a.pdf"
    words = ["--title", "巾帼标兵", "--date", "2025-03-08", "--issuer", "云泽市妇委会"]
    desk.done("certificates", file, out, *words, "--from", "12")
    first, second = pages(out)
    assert "巾帼标兵" in first
    assert "云泽市妇委会" in first
    assert "二〇二五年三月八日" in first
    assert "〔2025〕第012号" in first
    assert "〔2025〕第013号" in second


def test_what_the_list_says_goes_before_what_the_command_says(desk: Desk, tmp_path) -> None:
    rows = [
        ("姓名", "荣誉称号", "证书编号"),
        ("王芳", "岗位能手", "云妇〔2026〕7号"),
        ("李敏", "", ""),
    ]
    file, out = workbook(tmp_path / "a.xlsx", rows), tmp_path / "a.pdf"
    desk.done("certificates", file, out, "--title", "先进个人", "--from", "1")
    first, second = pages(out)
    assert "岗位能手" in first
    assert "云妇〔2026〕7号" in first
    assert "先进个人" in second
    assert "〔2026〕第002号" in second


def test_a_character_no_typeface_has_is_listed_and_the_others_are_drawn(
    desk: Desk, tmp_path
) -> None:
    file, out = recipients(tmp_path / "a.xlsx", "王芳", RARE, "李敏"), tmp_path / "a.pdf"
    told = desk("certificates", file, out, "--from", "1", "--json")
    assert told.code == 1
    assert told.json["missing_glyphs"] == [
        {"name": RARE, "row": 3, "character": RARE[1], "code_point": "U+3106C"}
    ]
    (problem,) = told.json["problems"]
    assert (problem["row"], problem["code"], problem["level"]) == (3, "missing_glyph", "error")
    assert told.json["certificates"] == 2
    _, second = pages(out)
    assert "李敏" in second
    assert "〔2026〕第003号" in second  # the number of the one not drawn stays free
    assert f"第 3 行 {RARE}：" in told.err


def test_a_list_in_which_nobody_can_be_drawn_makes_no_file(desk: Desk, tmp_path) -> None:
    out = tmp_path / "a.pdf"
    told = desk("certificates", recipients(tmp_path / "a.xlsx", RARE), out, "--json")
    assert told.code == 1
    assert told.json["certificates"] == 0
    assert told.json["files"] == []
    assert not out.exists()


def test_an_empty_list_is_refused(desk: Desk, tmp_path) -> None:
    out = tmp_path / "a.pdf"
    refused(desk("certificates", recipients(tmp_path / "a.xlsx"), out, "--json"), "一个人也没有")
    assert not out.exists()


def test_one_file_for_each_is_made_beside_the_one_for_all(desk: Desk, tmp_path) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳", "王芳", "李敏")
    words = [tmp_path / "a.pdf", "--separate", tmp_path / "单张", "--json"]
    told = desk.done("certificates", file, *words).json
    made = sorted(path.name for path in (tmp_path / "单张").iterdir())
    assert made == ["李敏.pdf", "王芳.pdf", "王芳_2.pdf"]
    assert len(told["files"]) == 4
    assert [one["code"] for one in told["problems"]] == ["duplicate_name"]


def test_overprinting_leaves_the_ornaments_out_and_moves_the_text(desk: Desk, tmp_path) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳")
    whole, text, moved = (tmp_path / f"{name}.pdf" for name in ("whole", "text", "moved"))
    desk.done("certificates", file, whole)
    desk.done("certificates", file, text, "--overprint")
    desk.done("certificates", file, moved, "--overprint", "--dx", "5", "--dy", "-2.5")
    assert text.stat().st_size < whole.stat().st_size
    assert "王芳" in pages(moved)[0]
    assert moved.read_bytes() != text.read_bytes()


@pytest.mark.parametrize("words", [["--dx", "2"], ["--dy", "0"]])
def test_moving_the_text_without_overprinting_is_refused(desk: Desk, tmp_path, words) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳")
    refused(desk("certificates", file, tmp_path / "a.pdf", *words, "--json"), "--overprint")
    assert not (tmp_path / "a.pdf").exists()


def test_an_unknown_design_is_refused_with_those_there_are(desk: Desk, tmp_path) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳")
    told = desk("certificates", file, tmp_path / "a.pdf", "--design", "金银", "--json")
    refused(told, "金银", "redgold")


def test_the_same_list_on_the_same_day_gives_the_same_bytes(desk: Desk, tmp_path) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳", "李敏")
    desk.done("certificates", file, tmp_path / "1.pdf")
    desk.done("certificates", file, tmp_path / "2.pdf")
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_the_list_itself_is_never_written_over(desk: Desk, tmp_path) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳")
    before = file.read_bytes()
    refused(desk("certificates", file, file, "--json"), "毁掉")
    refused(desk("certificates", file, tmp_path / "b.docx", "--json"), ".pdf")
    assert file.read_bytes() == before


def test_a_list_without_names_is_refused(desk: Desk, tmp_path) -> None:
    file = workbook(tmp_path / "a.xlsx", [("单位", "编号"), ("办公室", 1)])
    refused(desk("certificates", file, tmp_path / "a.pdf", "--json"), "姓名")
