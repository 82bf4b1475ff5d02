"""What the cells of a row come to mean, and what is said about them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from desktop.exchange.importing import to_json
from tests.exchange.incoming import (
    LI,
    WANG,
    codes,
    names,
    only,
    preview_of,
    preview_rows,
    sheet,
)

_LOST = 4.20000198506120e17


def one(headings: str, *cells: Any, **options: Any) -> Any:
    return preview_rows([headings.split(), list(cells)], **options)


def test_digits_lost_by_the_spreadsheet_are_never_padded() -> None:
    preview = one("姓名 身份证号", "王芳", _LOST)
    row = only(preview)
    assert codes(preview) == ["id_digits_lost"]
    assert "id_number" not in row.values
    assert row.values["id_prefix15"] == "420000198506120"
    assert row.values["unresolved"][0]["code"] == "id_digits_lost"
    assert row.values["unresolved"][0]["value"] == "4.20000198506120E+17"
    assert str(row.values["birth_date"]) == "1985-06-12"


@pytest.mark.parametrize("number", [WANG, LI, "420000199111245289", "429005198403122620"])
def test_the_fifteen_digits_left_are_those_that_stood_there(number: str) -> None:
    row = only(one("姓名 身份证号", "王芳", float(int(number[:15] + "000"))))
    assert row.values["id_prefix15"] == number[:15]


@pytest.mark.parametrize(
    ("cell", "prefix"),
    [("4.20000198506120E+17", "420000198506120"), ("4.2E+17", None), ("4.2000019850612E+17", None)],
)
def test_fifteen_digits_survive_in_a_text_file_only_when_all_are_there(
    cell: str, prefix: str | None
) -> None:
    row = only(one("姓名 身份证号", "王芳", cell))
    assert row.values.get("id_prefix15") == prefix
    assert row.values["unresolved"][0]["value"] == cell


def test_a_text_number_that_ends_in_zeros_is_read_as_it_stands() -> None:
    number = "420000198506120100"
    assert only(one("姓名 身份证号", "王芳", number)).values.get("id_number") in (None, number)
    assert codes(one("姓名 身份证号", "王芳", number)) == ["id_check_digit"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (WANG[:17], "id_length"), (WANG[:17] + "9", "id_check_digit"),
        ("420000198513120021", "id_date"), ("4200001985061200AB", "id_characters"),
        ("4.2E+17", "id_digits_lost"),
    ],
)  # fmt: skip
def test_a_number_that_fails_is_left_empty_and_kept_aside(cell: str, code: str) -> None:
    preview = one("姓名 身份证号", "王芳", cell)
    row = only(preview)
    assert row.status == "new"
    assert "id_number" not in row.values
    assert [(u["field"], u["value"], u["code"]) for u in row.values["unresolved"]] == [
        ("id_number", cell, code)
    ]


def test_a_passport_is_kept_when_the_kind_of_paper_says_so() -> None:
    preview = one("姓名 证件类型 证件号码", "王芳", "护照", "e12345678")
    assert only(preview).values["id_number"] == "E12345678"
    assert codes(preview) == []


def test_birth_and_sex_come_from_the_number_where_nothing_else_says() -> None:
    row = only(one("姓名 身份证号", "王芳", WANG))
    assert (str(row.values["birth_date"]), row.values["sex"]) == ("1985-06-12", "2")


def test_a_month_stays_a_month_although_the_number_knows_the_day() -> None:
    row = only(one("姓名 出生年月 身份证号", "王芳", "1985.06", WANG))
    assert str(row.values["birth_date"]) == "1985-06"
    assert row.problems == ()


def test_a_birth_date_against_the_number_is_said_and_both_stay() -> None:
    preview = one("姓名 出生日期 身份证号", "王芳", "1985-06-21", WANG)
    row = only(preview)
    assert codes(preview) == ["birth_mismatch"]
    assert str(row.values["birth_date"]) == "1985-06-21"
    assert row.values["id_number"] == WANG


def test_a_date_the_spreadsheet_completed_to_the_first_is_a_month() -> None:
    row = only(one("姓名 出生年月 身份证号", "王芳", date(1985, 6, 1), WANG))
    assert str(row.values["birth_date"]) == "1985-06"
    assert [f.reason for f in row.fixes] == ["表格自动补的 1 日，按年月收"]


def test_a_number_with_two_readings_is_decided_by_the_identity_number() -> None:
    october = "420000198510120026"
    from desktop.fields.identity import check_character

    october = october[:17] + check_character(october[:17])
    row = only(one("姓名 出生年月 身份证号", "王芳", 1985.1, october))
    assert str(row.values["birth_date"]) == "1985-10"
    assert row.fixes[0].field == "birth_date"


def test_without_a_number_two_readings_are_asked_about() -> None:
    preview = one("姓名 出生年月", "王芳", 1985.1)
    assert codes(preview) == ["date_ambiguous"]
    assert "birth_date" not in only(preview).values


def test_a_sex_against_the_number_is_said() -> None:
    preview = one("姓名 性别 身份证号", "王芳", "女", "420000198506120013"[:16] + "1" + "0")
    assert codes(preview) == ["id_check_digit"]
    man = _man()
    assert codes(one("姓名 性别 身份证号", "王芳", "女", man)) == ["sex_mismatch"]
    left = one("姓名 性别 身份证号", "王芳", "男", WANG)
    assert names(left, "left_out_man") == ["王芳"]
    assert codes(left) == ["sex_mismatch"]


def _man() -> str:
    from desktop.fields.identity import check_character

    first = "42000019850612001"
    return first + check_character(first)


def test_men_are_left_out_and_counted_unless_everyone_is_wanted() -> None:
    rows = [
        ["姓名", "性别", "身份证号"],
        ["王芳", "女", None],
        ["赵刚", "男", None],
        ["钱伟", None, _man()],
    ]
    preview = preview_rows(rows)
    assert names(preview) == ["王芳"]
    assert names(preview, "left_out_man") == ["赵刚", "钱伟"]
    assert preview.counts.left_out_men == 2
    everyone = preview_rows(rows, everyone=True)
    assert names(everyone) == ["王芳", "赵刚", "钱伟"]
    assert [r.values["sex"] for r in everyone.rows] == ["2", "1", "1"]


def test_a_person_of_unknown_sex_is_not_taken_for_a_man() -> None:
    preview = one("姓名 性别", "王芳", 1.0)
    assert names(preview) == ["王芳"]
    assert codes(preview) == ["choice_unknown"]


@pytest.mark.parametrize(
    ("cell", "kept"), [("怀孕", None), ("哺乳期；驻村", "驻村"), ("大病,支教", "支教")]
)
def test_health_in_a_remark_is_left_out_and_not_repeated(cell: str, kept: str | None) -> None:
    preview = one("姓名 备注", "王芳", cell)
    row = only(preview)
    assert codes(preview) == ["health_remark_left_out"]
    assert row.values.get("remark") == kept
    told = json.dumps(to_json(preview), ensure_ascii=False)
    assert cell[:2] not in told
    assert "unresolved" not in row.values


def test_a_column_about_health_is_left_out_whole() -> None:
    preview = one("姓名 健康状况 手机", "王芳", "良好", "13800001111")
    assert "extra" not in only(preview).values
    assert codes(preview) == ["health_remark_left_out"]


def test_a_status_in_a_remark_is_said_and_not_acted_upon() -> None:
    preview = one("姓名 备注", "王芳", "已退休")
    assert codes(preview) == ["status_in_remark"]
    assert only(preview).values["employment_status"] == "active"
    assert only(preview).values["remark"] == "已退休"


def test_the_second_telephone_of_a_cell_is_kept_apart() -> None:
    preview = one("姓名 手机", "王芳", "027-88881234、13800001111")
    assert only(preview).values["mobile"] == "13800001111"
    assert only(preview).values["extra"] == {"手机（另）": "027-88881234"}
    assert codes(preview) == ["phone_second"]


def test_ditto_copies_the_row_above_and_says_so() -> None:
    preview = preview_rows(
        [["姓名", "单位", "职务"], ["王芳", "人事科", "科员"], ["李敏", "同上", "〃"]]
    )
    assert preview.rows[1].unit == ("人事科",)
    assert preview.rows[1].values["post"] == "科员"
    assert [f.reason for f in preview.rows[1].fixes] == ["照抄上一行", "照抄上一行"]


def test_ditto_with_nothing_above_is_a_problem() -> None:
    assert codes(one("姓名 职务", "王芳", "同上")) == ["ditto_without_source"]


def test_dashes_and_nothings_are_empty() -> None:
    row = only(one("姓名 职务 手机 备注 家庭住址 饭卡号", "王芳", "-", "/", "无", "—", "无"))
    assert set(row.values) == {"name", "sex", "employment_status"}


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("婚否", "是", "20"),
        ("婚否", "否", "10"),
        ("婚姻状况", "离异", "40"),
        ("是否已婚", "√", "20"),
    ],
)
def test_yes_and_no_mean_what_the_heading_asks(heading: str, cell: str, code: str) -> None:
    assert only(one(f"姓名 {heading}", "王芳", cell)).values["marital_status_code"] == code


def test_a_choice_nobody_knows_is_left_empty_and_kept_aside() -> None:
    preview = one("姓名 政治面貌", "王芳", "路人")
    assert codes(preview) == ["choice_unknown"]
    assert only(preview).values["unresolved"][0]["value"] == "路人"


def test_several_people_in_one_cell_stay_out() -> None:
    preview = one("姓名 手机", "王芳、李刚", "13800001111")
    assert codes(preview) == ["name_suspicious"]
    assert names(preview, "problem") == [""]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("王　芳", "王芳"),
        ("王芳\u200b", "王芳"),
        ("古丽娜尔•买买提", "古丽娜尔·买买提"),
        ("王芳（女）", "王芳"),
        ("欧阳 娜娜", "欧阳娜娜"),
        ("Anna Smith", "Anna Smith"),
        ("𬀩䶮", "𬀩䶮"),
    ],
)
def test_names_are_put_right_and_what_changed_is_told(cell: str, name: str) -> None:
    row = only(one("姓名 职务", cell, "科员"))
    assert row.name == name
    assert bool(row.fixes) == (cell != name)


def test_a_note_after_a_name_is_kept_apart_and_changes_nothing() -> None:
    preview = one("姓名 职务", "王芳（退休）", "科员")
    row = only(preview)
    assert (row.name, row.values["extra"]) == ("王芳", {"姓名附注": "退休"})
    assert row.values["employment_status"] == "active"
    assert codes(preview) == ["name_note"]


def test_unknown_columns_are_kept_with_the_person() -> None:
    row = only(one("姓名 饭卡号 紧急联系人电话", "王芳", 1001.0, "13911112222"))
    assert row.values["extra"] == {"饭卡号": "1001", "紧急联系人电话": "13911112222"}


def test_what_the_cells_do_not_show_is_said_with_its_place() -> None:
    preview = preview_of(
        sheet(
            [["姓名", "职务", "手机"], ["王芳", None, None], ["李敏", "科员", "13800001111"]],
            error_cells={(2, 2): "#N/A"},
            formulas_without_value=frozenset({(2, 3)}),
            hidden_rows=frozenset({3}),
            struck_rows=frozenset({3}),
            hidden_columns=frozenset({3}),
        )
    )
    said = {(p.row, p.column, p.code, p.value) for p in preview.problems}
    assert said == {
        (1, "C", "column_hidden", ""), (2, "B", "cell_error", "#N/A"),
        (2, "C", "formula_without_value", ""), (3, "", "row_hidden", ""), (3, "", "row_struck", ""),
    }  # fmt: skip


def test_a_name_struck_out_alone_is_a_person_struck_out_and_a_filter_is_said() -> None:
    shown = sheet(
        [
            ["姓名", "职务", "手机"],
            ["王芳", "科员", "13800001110"],
            ["李敏", "科员", "13800001111"],
        ],
        struck_cells=frozenset({(2, 1), (3, 2)}),
        filtered=True,
    )
    preview = preview_of(shown)
    assert {(p.row, p.column, p.code) for p in preview.problems} == {
        (1, "", "sheet_filtered"), (2, "", "row_struck"), (3, "B", "cell_struck"),
    }  # fmt: skip
    assert names(preview) == ["王芳", "李敏"]


def test_what_a_cell_says_beyond_its_value_is_told_and_kept() -> None:
    preview = preview_of(
        sheet(
            [
                ["姓名", "出生年月", "学历"],
                ["王芳", "85.6", "党校本科"],
                ["李敏", "1985.6(属牛)", "大学"],
            ]
        )
    )
    fixes = [(r.row, f.column, f.old, f.new, f.reason) for r in preview.rows for f in r.fixes]
    assert sorted(fixes) == [
        (2, "B", "85.6", "1985-06", "年份写成四位数字"),
        (2, "C", "党校本科", "大学本科", "按标准归类，原来的写法另存"),
        (3, "B", "1985.6(属牛)", "1985-06", "去掉日期旁的附注"),
    ]
    assert preview.rows[0].values["extra"] == {"学历原写法": "党校本科"}


def test_hidden_rows_can_be_left_out() -> None:
    shown = sheet(
        [["姓名", "职务"], ["王芳", "科员"], ["李敏", "科员"]], hidden_rows=frozenset({3})
    )
    preview = preview_of(shown, without_hidden=True)
    assert names(preview) == ["王芳"]
    assert [(r.name, r.why) for r in preview.rows if r.status == "skipped"] == [("李敏", "hidden")]


@pytest.mark.parametrize("birth", ["2020-01-01", "1925-01-01"])
def test_an_age_that_is_rare_in_an_office_is_said(birth: str) -> None:
    assert codes(one("姓名 出生日期", "王芳", birth)) == ["age_range"]


def test_true_and_one_are_not_mixed_up() -> None:
    preview = preview_rows([["姓名", "饭卡号", "职务"], ["王芳", True, 1.0], ["李敏", 1.0, True]])
    assert [r.values["post"] for r in preview.rows] == ["1", "是"]


def test_json_names_places_and_fields_as_the_outside_knows_them() -> None:
    preview = preview_rows(
        [["花名册"], ["序号", "姓名", "科室", "身份证号码", "手机", "饭卡号"],
         [1, "王芳", "人事科", LI[:17], "13800001111", "7"], ["合计", "1人"]]
    )  # fmt: skip
    told = to_json(preview, 7)
    (page,) = told["files"][0]["sheets"]
    assert page["header_rows"] == [2]
    assert page["unit_from"] == "column"
    assert {c["column"]: c["field"] for c in page["columns"]} == {
        "A": "seq", "B": "name", "C": "unit", "D": "id_number", "E": "phone",
    }  # fmt: skip
    assert page["unmapped"] == [{"column": "F", "header": "饭卡号"}]
    assert page["skipped"] == [{"row": 4, "why": "total"}]
    assert page["rows"] == 1
    assert told["new"] == 1
    assert told["changeset"] == 7
    problem = next(p for p in told["problems"] if p["code"] == "id_length")
    assert problem == {
        "file": "名册.xlsx", "sheet": "Sheet1", "row": 3, "column": "D", "field": "id_number",
        "value": LI[:17], "code": "id_length", "level": "error",
        "message": "身份证号少 1 位：应为 18 位，现在 17 位",
    }  # fmt: skip


def test_sex_may_be_ticked_in_two_columns() -> None:
    preview = preview_rows([["姓名", "男", "女"], ["王芳", None, "√"], ["赵刚", "√", None]])
    assert names(preview) == ["王芳"]
    assert names(preview, "left_out_man") == ["赵刚"]
    assert "extra" not in preview.rows[0].values


def test_a_hidden_sheet_and_far_cells_are_said() -> None:
    from dataclasses import replace

    shown = sheet([["姓名", "职务"], ["王芳", "科员"]], left_out=frozenset({(90000, 3)}))
    preview = preview_of(replace(shown, visible=False))
    assert names(preview) == ["王芳"]
    assert [(p.row, p.code) for p in preview.problems] == [
        (1, "sheet_hidden"),
        (90000, "cells_far_off"),
    ]
    assert names(preview_of(replace(shown, visible=False), without_hidden=True)) == []
