"""A finished table as a workbook: formulas, definitions, blanks that stay blank."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.exchange.tables_out import DEFINITIONS, write_table
from desktop.fields.table import Cell, Check, Heading, Table

TODAY = date(2026, 4, 14)
HEADINGS = (
    Heading("单位"),
    Heading("职工总数", is_summed=True),
    Heading("女职工数", is_summed=True),
    Heading("占比", share_of=(2, 1)),
    Heading("未婚", "婚姻", is_summed=True),
    Heading("已婚", "婚姻", is_summed=True),
    Heading("备注", by_hand=True),
)


def cells(*values: Any) -> tuple[Cell, ...]:
    return tuple(Cell(value) for value in values)


def table(**changes: Any) -> Table:
    told: dict[str, Any] = {
        "title": "女职工基本情况统计表",
        "headings": HEADINGS,
        "rows": (
            cells("办公室", 10, 4, 0.4, 1, 3, None),
            cells("=1+1", 5, 2, 0.4, 0, 2, None),
        ),
        "total": cells("合计", 15, 6, 0.4, 1, 5, None),
        "above": ("填报单位（盖章）：妇委会", "截至2026年4月14日", "单位：人"),
        "below": ("制表人：", "审核人：", "填报日期：2026年4月14日"),
        "notes": ("备注请手工填写。",),
        "definitions": (("占比", "女职工数除以职工总数"),),
        "checks": (Check("各行相加 6 人，合计 6 人。", True), Check("少 1 人。", False)),
    }
    return Table(**told | changes)


def written(target: Path, one: Table, *, values: bool = False) -> Any:
    write_table(one, target, today=TODAY)
    return openpyxl.load_workbook(target, data_only=values)


def everything(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def test_a_group_stands_over_its_columns_and_other_headings_fill_both_rows(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table()).worksheets[0]
    assert [cell.value for cell in sheet[3]] == [
        "单位", "职工总数", "女职工数", "占比", "婚姻", None, "备注",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4]] == [None, None, None, None, "未婚", "已婚", None]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A3:A4", "D3:D4", "E3:F3", "G3:G4"} <= merged


def test_totals_and_shares_are_formulas_with_their_values(tmp_path: Path) -> None:
    formulas = written(tmp_path / "a.xlsx", table()).worksheets[0]
    assert [cell.value for cell in formulas[7]] == [
        "合计", "=SUM(B5:B6)", "=SUM(C5:C6)", "=C7/B7", "=SUM(E5:E6)", "=SUM(F5:F6)", None,
    ]  # fmt: skip
    assert formulas["D5"].value == "=C5/B5"
    values = written(tmp_path / "b.xlsx", table(), values=True).worksheets[0]
    assert [cell.value for cell in values[7]] == ["合计", 15, 6, 0.4, 1, 5, None]
    assert values["D5"].number_format == "0.0%"


def test_a_total_that_is_not_the_sum_of_its_rows_is_no_formula(tmp_path: Path) -> None:
    known_as_a_whole = table(
        rows=(cells("办公室", None, 4, None, 1, 3, None),),
        total=cells("合计", 15, 4, 4 / 15, 1, 3, None),
    )
    sheet = written(tmp_path / "a.xlsx", known_as_a_whole).worksheets[0]
    assert [cell.value for cell in sheet[6]][:3] == ["合计", 15, "=SUM(C5:C5)"]


def test_what_is_unknown_is_blank_and_has_no_formula(tmp_path: Path) -> None:
    unknown = table(
        rows=(cells("办公室", None, 4, None, 1, 3, None),),
        total=cells("合计", None, 4, None, 1, 3, None),
    )
    sheet = written(tmp_path / "a.xlsx", unknown).worksheets[0]
    assert (sheet["B5"].value, sheet["D5"].value) == (None, None)
    assert (sheet["B6"].value, sheet["D6"].value) == (None, None)


def test_text_stays_text(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table()).worksheets[0]
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=1+1", "s")


def test_title_stamp_notes_and_signatures_are_there_and_the_heading_repeats(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table()).worksheets[0]
    texts = everything(sheet)
    assert texts[0] == "女职工基本情况统计表"
    for text in (*table().above, *table().below, *table().notes):
        assert text in texts
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "B5"


def test_columns_for_the_pen_are_tinted(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table()).worksheets[0]
    assert sheet["G5"].fill.fgColor.rgb != sheet["A5"].fill.fgColor.rgb


def test_the_second_sheet_defines_the_figures_and_tells_the_checks(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table())[DEFINITIONS]
    rows = [tuple(cell.value for cell in row) for row in sheet]
    assert ("占比", "女职工数除以职工总数") in rows
    assert ("相符", "各行相加 6 人，合计 6 人。") in rows
    assert ("请核对", "少 1 人。") in rows


@pytest.mark.parametrize("count", [1, 2, 3])
def test_narrow_tables_are_written_too(tmp_path: Path, count: int) -> None:
    narrow = table(
        headings=tuple(Heading(f"栏{n}") for n in range(count)),
        rows=(cells(*"甲乙丙"[:count]),),
        total=None,
    )
    sheet = written(tmp_path / "a.xlsx", narrow).worksheets[0]
    assert [cell.value for cell in sheet[4]][:count] == list("甲乙丙"[:count])
