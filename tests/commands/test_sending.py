"""``export`` and ``cards``: by suffix and by profile, masked unless full, and noted when full."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.desk import WANG, Desk, refused, workbook
from tests.commands.test_reports import looks
from tests.documents.reading import page_texts

PHONE = "13800001001"


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.pdf", "A.CSV"])
def test_the_suffix_says_what_is_written(filled: Desk, tmp_path: Path, name: str) -> None:
    told = filled.done("export", "members", tmp_path / name, "--json").json
    assert told["rows"] == 3
    magic = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "pdf": b"%PDF"}[name.split(".")[1].lower()]
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_numbers_go_out_masked_and_nothing_is_noted(filled: Desk, tmp_path: Path) -> None:
    for name in ("a.csv", "a.pdf"):
        filled.done("export", "members", tmp_path / name)
    assert PHONE not in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert PHONE not in page_texts(tmp_path / "a.pdf")[0]
    assert looks(filled) == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.pdf"])
def test_full_numbers_going_out_are_noted(filled: Desk, tmp_path: Path, name: str) -> None:
    filled.done("export", "members", tmp_path / name, "--full")
    assert looks(filled) == ["导出完整号码，3 人"]


def test_csv_comes_back_without_a_change(filled: Desk, tmp_path: Path) -> None:
    filled.done("export", "members", tmp_path / "a.csv", "--full")
    told = filled.done("import", "members", tmp_path / "a.csv", "--dry-run", "--json").json
    assert (told["new"], told["updated"], told["unchanged"]) == (0, 0, 3)


def test_a_profile_decides_columns_and_says_what_is_missing(filled: Desk, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    told = filled.done(
        "export", "members", target, "--profile", "人社导入样式", "--full", "--find", "ou", "--json"
    ).json

    assert (told["rows"], told["profile"], told["files"]) == (1, "personnel", [str(target)])
    heading, row = openpyxl.load_workbook(target).active.iter_rows(values_only=True)
    assert heading[:3] == ("姓名", "证件类型", "证件号码")
    assert row[:3] == ("欧阳倩", "居民身份证", None)
    said = [(one["sheet"], one["row"], one["column"]) for one in told["remarks"]]
    assert said == [("Sheet1", 2, "证件号码"), ("Sheet1", 2, "出生日期")]


def test_a_profile_that_needs_full_numbers_says_so_when_they_are_masked(
    filled: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "a.xlsx"
    told = filled.done("export", "members", target, "--profile", "personnel")
    assert "要求完整号码" in told.err
    values = [cell.value for row in openpyxl.load_workbook(target).active for cell in row]
    assert WANG not in values


def test_her_own_profile_lies_in_the_data_folder(filled: Desk, tmp_path: Path) -> None:
    own = filled.folder / "profiles"
    own.mkdir()
    text = 'title = "工会台账"\n[[columns]]\nheading = "名字"\nfield = "name"\n'
    (own / "union.toml").write_text(text, "utf-8")

    filled.done("export", "members", tmp_path / "a.xlsx", "--profile", "工会台账")

    rows = openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True)
    assert next(rows) == ("名字",)


def test_a_profile_is_refused_when_unknown_broken_or_not_for_a_workbook(
    filled: Desk, tmp_path: Path
) -> None:
    own = filled.folder / "profiles"
    own.mkdir()
    (own / "bad.toml").write_text("title = ", "utf-8")
    ask = ("export", "members", tmp_path / "a.xlsx", "--json", "--profile")
    refused(filled(*ask, "没有"), "没有叫“没有”的导出样式", "通用")
    refused(filled(*ask, "bad"), "bad.toml")
    csv = tmp_path / "a.csv"
    refused(filled("export", "members", csv, "--profile", "通用", "--json"), "只能写 .xlsx")
    assert list(tmp_path.glob("a.*")) == []


def test_many_remarks_are_counted_and_not_all_said(desk: Desk, tmp_path: Path) -> None:
    rows = [("姓名", "性别"), *((f"王{chr(0x4E00 + n)}{chr(0x5E00 + n)}", "女") for n in range(30))]
    desk.done("import", "members", workbook(tmp_path / "名册.xlsx", rows))
    told = desk.done("export", "members", tmp_path / "a.xlsx", "--profile", "personnel", "--full")
    assert told.err.count("\n") == 21
    assert "一共 60 处" in told.err


@pytest.mark.parametrize(("words", "times"), [((), 1), (("--desk",), 2)])
def test_cards_and_plates_are_printed_for_those_found(
    filled: Desk, tmp_path: Path, words: tuple[str, ...], times: int
) -> None:
    target = tmp_path / "a.pdf"
    told = filled.done("cards", "members", target, "--find", "ou", "--json", *words).json
    assert (told["people"], told["pages"], told["problems"]) == (1, 1, [])
    assert page_texts(target)[0].count("欧阳倩") == times


def test_cards_for_nobody_are_refused(filled: Desk, tmp_path: Path) -> None:
    refused(
        filled("cards", "members", tmp_path / "a.pdf", "--find", "没有", "--json"), "没有要打印的人"
    )
    assert not (tmp_path / "a.pdf").exists()


def test_somebody_whose_card_cannot_be_drawn_is_named(desk: Desk, tmp_path: Path) -> None:
    rows = [("姓名", "性别"), ("王芳", "女"), ("\U000323b0丽", "女")]
    desk.done("import", "members", workbook(tmp_path / "名册.xlsx", rows))

    told = desk("cards", "members", tmp_path / "a.pdf", "--json")

    assert told.code == 1
    assert (told.json["people"], told.json["problems"][0]["code_point"]) == (1, "U+323B0")
    assert "U+323B0" in told.err
