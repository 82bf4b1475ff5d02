"""``doctor``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.desk import ROWS, Desk, refused, roster, workbook


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    wang, *others = ROWS
    return roster(tmp_path / "名册.xlsx", ("王 芳", *wang[1:]), *others)


def test_the_grade_the_rule_and_every_finding_are_told(desk: Desk, untidy: Path) -> None:
    told = desk.done("doctor", untidy)
    assert told.out.startswith("《名册.xlsx》共 4 人，得 ")
    assert "满分 100 分。" in told.out
    assert "姓名里有空格 1 处，能直接修（花名册!A2）" in told.out


def test_json_gives_every_cell(desk: Desk, untidy: Path) -> None:
    told = desk.done("doctor", untidy, "--json").json
    padded = next(one for one in told["findings"] if one["code"] == "name_padded")
    assert padded["cells"][0]["fixed"] == "王芳"
    assert told["people"] == 4
    assert told["grade"] in "ABCD"


def test_the_copy_and_the_report_are_written_and_the_roster_stays(
    desk: Desk, untidy: Path, tmp_path: Path
) -> None:
    before = untidy.read_bytes()
    fixed, report, paper = (tmp_path / name for name in ("修好.xlsx", "报告.xlsx", "报告.pdf"))
    told = desk.done("doctor", untidy, "--fixed", fixed, "--report", report, "--json").json
    desk.done("doctor", untidy, "--report", paper)
    assert told["changed"] == 1
    assert untidy.read_bytes() == before
    assert paper.read_bytes().startswith(b"%PDF")
    assert report.is_file()
    again = desk.done("doctor", fixed, "--json").json
    assert again["fixable"] == 0
    assert again["score"] > desk.done("doctor", untidy, "--json").json["score"]


def test_units_are_unified_in_the_copy_when_asked(desk: Desk, tmp_path: Path) -> None:
    units = ("人事科", "人事科", "人事", "人事科")
    rows = [(*row[:4], unit, *row[5:]) for row, unit in zip(ROWS, units, strict=True)]
    path, fixed = roster(tmp_path / "名册.xlsx", *rows), tmp_path / "修好.xlsx"
    told = desk.done("doctor", path, "--fixed", fixed, "--unify-units", "--json").json
    assert told["unit_spellings"] == [{"kept": "人事科", "spellings": {"人事科": 3, "人事": 1}}]
    assert desk.done("doctor", fixed, "--json").json["unit_spellings"] == []


def test_the_roster_of_the_office_can_be_held_against_it(filled: Desk, tmp_path: Path) -> None:
    (_, sex, number, *rest), *_ = ROWS
    path = roster(tmp_path / "又一份.xlsx", ("赵丽", sex, number, *rest))
    alone = filled.done("doctor", path, "--json").json
    held = filled.done("doctor", path, "--against-roster", "--json").json
    assert "id_belongs_to_other" not in {one["code"] for one in alone["findings"]}
    assert "id_belongs_to_other" in {one["code"] for one in held["findings"]}


def test_nothing_is_kept_of_an_examination(desk: Desk, untidy: Path) -> None:
    desk.done("doctor", untidy)
    assert not desk.folder.exists()


def test_writing_the_copy_over_the_roster_is_refused(desk: Desk, untidy: Path) -> None:
    before = untidy.read_bytes()
    refused(desk("doctor", untidy, "--fixed", untidy, "--json"), "名册.xlsx")
    assert untidy.read_bytes() == before


def test_a_table_without_people_ends_with_one(desk: Desk, tmp_path: Path) -> None:
    told = desk("doctor", workbook(tmp_path / "账.xlsx", [("物品", "数量"), ("纸", 3)]), "--json")
    assert (told.code, told.json["grade"]) == (1, "D")
    assert "没有读到人" in told.err


def test_a_file_that_is_not_there_is_one_clear_refusal(desk: Desk, tmp_path: Path) -> None:
    refused(desk("doctor", tmp_path / "没有.xlsx", "--json"), "没有.xlsx")
