"""The copy the doctor writes: only what needs no question is changed, and nothing is lost."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import InvalidInputError
from desktop.exchange.doctor import examine
from desktop.exchange.doctor_copy import write_fixed
from desktop.exchange.doctor_telling import as_json, write_report
from desktop.exchange.importing import ImportOptions, rehearse
from desktop.exchange.reading import read_workbook
from tests.exchange import rosters
from tests.exchange.incoming import NOBODY, TODAY, save_xlsx
from tests.exchange.workbooks import by_xlwt
from tests.people import id_number

ONE = id_number(date(1985, 6, 12), 2)
TWO = id_number(date(1990, 3, 4), 24)
ROWS: list[list[Any]] = [
    ["姓名", "身份证号", "出生日期", "单位", "手机"],
    ["王 芳", f"{ONE[:6]} {ONE[6:]}", "1985年6月12日", "人事科", 13800000001],
    ["李敏", TWO, "1990-03-04", "人事科", "13800000002"],
    ["赵丽", None, 1988.1, "人事", "13800000003"],
]


def people(path: Path) -> list[tuple[Any, ...]]:
    preview = rehearse([path], NOBODY, options=ImportOptions(everyone=True), today=rosters.TODAY)
    return [(row.name, row.unit, row.status, dict(row.values)) for row in preview.rows]


def fixed(path: Path, target: Path, **more: Any) -> Path:
    write_fixed(examine(path, today=TODAY), target, **more)
    return target


def test_the_original_stays_byte_for_byte_as_it_was(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "名册.xlsx", ROWS)
    before = path.read_bytes()
    fixed(path, tmp_path / "修好.xlsx")
    assert path.read_bytes() == before


def test_writing_over_the_original_is_refused(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "名册.xlsx", ROWS)
    before = path.read_bytes()
    with pytest.raises(InvalidInputError, match="换一个文件名"):
        fixed(path, path)
    assert path.read_bytes() == before


def test_a_repaired_cell_is_text_tinted_and_tells_what_stood_there(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "名册.xlsx", ROWS)
    page = openpyxl.load_workbook(fixed(path, tmp_path / "修好.xlsx")).worksheets[1]
    name, phone = page["A2"], page["E2"]
    assert (name.value, phone.value, phone.number_format) == ("王芳", "13800000001", "@")
    assert name.comment is not None
    assert name.comment.text == "原来：王 芳\n去掉姓名里的空格"
    assert name.fill.fgColor.rgb == "FFE1F0EA"
    assert page["A3"].comment is None


def test_what_must_be_asked_is_not_touched(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "名册.xlsx", ROWS)
    page = openpyxl.load_workbook(fixed(path, tmp_path / "修好.xlsx")).worksheets[1]
    assert (page["C4"].value, page["D4"].value) == (1988.1, "人事")


def test_units_are_unified_only_where_that_was_chosen(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "名册.xlsx", ROWS)
    target = fixed(path, tmp_path / "修好.xlsx", units={"人事科": "人事处"})
    page = openpyxl.load_workbook(target).worksheets[1]
    assert [page[f"D{row}"].value for row in (2, 3, 4)] == ["人事科", "人事科", "人事处"]


def test_the_report_stands_in_front_with_a_line_for_every_place(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "名册.xlsx", ROWS)
    report = examine(path, today=TODAY)
    write_fixed(report, tmp_path / "修好.xlsx")
    page = openpyxl.load_workbook(tmp_path / "修好.xlsx").worksheets[0]
    assert page.title == "体检报告"
    told = [row[2] for row in page.iter_rows(min_row=5, values_only=True)]
    assert sorted(map(str, told)) == sorted(s.address for f in report.findings for s in f.spots)
    by_place = {row[2]: row[5] for row in page.iter_rows(min_row=5, values_only=True)}
    assert by_place["Sheet!A2"] == "已在这份副本里修好"
    assert by_place["Sheet!D4"] == "可以统一成建议的写法。"


def test_an_old_format_comes_back_as_xlsx_with_the_same_people(tmp_path: Path) -> None:
    path = by_xlwt(tmp_path / "名册.xls")
    target = fixed(path, tmp_path / "修好.xlsx")
    assert read_workbook(target).format == "xlsx"
    assert people(target) == people(path)


def test_formulas_stay_formulas_and_keep_their_values(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "名册.xlsx"
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet("花名册")
    for row, (name, number) in enumerate([("姓名", "身份证号"), ("王 芳", ONE), ("李敏", TWO)]):
        page.write_string(row, 0, name)
        page.write_string(row, 1, number)
    page.write_string(0, 2, "出生年月")
    page.write_formula(1, 2, '=MID(B2,7,4)&"-"&MID(B2,11,2)', None, "1985-06")
    page.write_string(2, 2, "1990-03")
    page.write_string(0, 3, "年龄")
    page.write_formula(1, 3, "=2026-1985", None, 41)
    made.close()
    target = fixed(path, tmp_path / "修好.xlsx")
    assert people(target) == people(path)
    cell = openpyxl.load_workbook(target).worksheets[1]["C2"]
    assert cell.data_type == "f"
    assert openpyxl.load_workbook(target, data_only=True).worksheets[1]["D2"].value == 41


@pytest.mark.parametrize("name", rosters.SYMPTOMS)
def test_a_fixed_copy_has_nothing_left_to_fix_and_the_same_people(
    name: str, tmp_path: Path
) -> None:
    draft = rosters.clean_draft(seed=len(name))
    rosters.SYMPTOMS[name](draft)
    rosters.write_xlsx(draft, tmp_path / "名册.xlsx")
    expect_fixed(tmp_path)


@pytest.mark.parametrize("seed", range(60))
def test_a_fixed_copy_of_a_very_untidy_roster_has_the_same_people(
    seed: int, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    draft = rosters.clean_draft(seed, count=rng.randint(9, 20))
    for name in rosters.random_symptoms(rng, rng.randint(2, 12)):
        rosters.SYMPTOMS[name](draft)
    rosters.write_xlsx(draft, tmp_path / "名册.xlsx")
    expect_fixed(tmp_path)


def expect_fixed(folder: Path) -> None:
    path, target = folder / "名册.xlsx", folder / "修好.xlsx"
    report = examine(path, today=rosters.TODAY)
    write_fixed(report, target)
    again = examine(target, today=rosters.TODAY)
    assert [f.cause.code for f in again.findings if f.cause.is_fixable] == []
    assert people(target) == people(path)
    assert again.score >= report.score


def test_the_report_is_a_workbook_of_its_own_when_asked_for(tmp_path: Path) -> None:
    report = examine(save_xlsx(tmp_path / "名册.xlsx", ROWS), today=TODAY)
    write_report(report, tmp_path / "报告.xlsx", today=TODAY)
    page = openpyxl.load_workbook(tmp_path / "报告.xlsx").worksheets[0]
    assert page["A1"].value == f"《名册.xlsx》共 3 人，得 {report.score} 分，{report.grade} 级"
    assert page.max_row == 4 + sum(len(f.spots) for f in report.findings)


def test_the_report_tells_a_program_every_cell(tmp_path: Path) -> None:
    told = as_json(examine(save_xlsx(tmp_path / "名册.xlsx", ROWS), today=TODAY))
    padded = next(f for f in told["findings"] if f["code"] == "name_padded")
    (cell,) = padded["cells"]
    assert (cell["sheet"], cell["row"], cell["column"], cell["fixed"]) == ("Sheet", 2, "A", "王芳")
    assert told["unit_spellings"] == [{"kept": "人事科", "spellings": {"人事科": 2, "人事": 1}}]
