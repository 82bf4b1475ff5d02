"""Where the people of a sheet are, and what is no person."""

from __future__ import annotations

import pytest

from desktop.exchange.headings import meaning
from tests.exchange.incoming import (
    LI,
    WANG,
    ZHANG,
    codes,
    names,
    preview_of,
    preview_rows,
    sheet,
    why,
)

_FORM = [
    ["干部任免审批表"],
    ["姓名", "王芳", "性别", "女", "出生年月", "1985.06"],
    ["民族", "汉", "籍贯", "湖北", "出生地", "武汉"],
    ["入党时间", "2005.6", "参加工作时间", "2007.7", "学历", "大学"],
    ["家庭主要成员及重要社会关系"],
    ["称谓", "姓名", "年龄", "政治面貌", "工作单位及职务"],
    ["丈夫", "李刚", "42", "党员", "某局"],
]


_OF_OTHERS = (
    "紧急联系人电话 联系人 联系人电话 身份证复印件 父亲姓名 母亲电话 配偶姓名 "
    "部门负责人 家长姓名 家长电话 英文姓名 身份证地址 指导教师电话 家庭电话 "
    "负责人联系电话 配偶身份证号 子女姓名 监护人姓名 推荐人"
)


@pytest.mark.parametrize("words", _OF_OTHERS.split())
def test_headings_about_others_are_no_fields_of_the_person(words: str) -> None:
    assert meaning(words).field is None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("姓  名", "name"), ("身份证号\n（18位）", "id_number"), ("职务（职级）", "post"),
        ("*手机号码", "mobile"), ("出生年月（岁）", "birth_date"), ("编号\nID", "seq"),
        ("姓名/Name", "name"), ("员工性别", "sex"), ("empName", "name"), ("ｅｍａｉｌ", "email"),
        ("学历/学位", "education_code"), ("1、姓名", "name"), ("【联系电话】", "mobile"),
        ("座  机", "office_phone"), ("年龄", "age"),
    ],
)  # fmt: skip
def test_headings_are_known_in_whatever_dress(words: str, field: str) -> None:
    assert meaning(words).field == field


def test_a_group_about_somebody_else_keeps_its_columns_from_the_person() -> None:
    preview = preview_of(
        sheet(
            [
                ["姓名", "身份证号", "紧急联系人", None, "手机"],
                [None, None, "姓名", "电话", None],
                ["王芳", WANG, "李刚", "13911112222", "13800001111"],
            ],
            merged=[(1, 3, 1, 4), (1, 1, 2, 1), (1, 2, 2, 2), (1, 5, 2, 5)],
        )
    )
    (row,) = preview.rows
    assert (row.name, row.values["mobile"]) == ("王芳", "13800001111")
    assert row.values["extra"] == {"紧急联系人·姓名": "李刚", "紧急联系人·电话": "13911112222"}


def test_a_three_row_header_is_joined() -> None:
    preview = preview_of(
        sheet(
            [
                ["序号", "个人信息", None, None, "备注"],
                [None, "姓名", "联系方式", None, None],
                [None, None, "手机", "座机", None],
                [1, "王芳", "13800001111", "027-88881234", "驻村"],
            ],
            merged=[(1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 3, 2), (2, 3, 2, 4), (1, 5, 3, 5)],
        )
    )
    (row,) = preview.rows
    assert preview.places[0].table.header_rows == (1, 2, 3)
    assert row.values["office_phone"] == "027-88881234"
    assert row.values["remark"] == "驻村"


def test_a_grouped_header_without_merges_is_joined_too() -> None:
    preview = preview_rows(
        [
            ["基本情况", None, "联系方式", None],
            ["姓名", "性别", "手机", "邮箱"],
            ["王芳", "女", "13800001111", "a@b.cn"],
        ]
    )
    assert preview.places[0].table.header_rows == (1, 2)
    assert names(preview) == ["王芳"]


def test_sections_give_their_unit_to_the_people_below() -> None:
    preview = preview_of(
        sheet(
            [
                ["序号", "姓名", "职务"],
                ["一、办公室（2人）"],
                [1, "王芳", "主任"],
                [2, "李敏", "科员"],
                ["二、财务科"],
                [1, "张静", "科长"],
            ],
            merged=[(2, 1, 2, 3), (5, 1, 5, 3)],
        )
    )
    assert [(r.name, r.unit) for r in preview.rows] == [
        ("王芳", ("办公室",)), ("李敏", ("办公室",)), ("张静", ("财务科",)),
    ]  # fmt: skip
    assert preview.places[0].table.unit_from == "section"


def test_a_section_of_retired_people_is_no_unit() -> None:
    preview = preview_of(
        sheet([["姓名", "手机"], ["二、退休人员"], ["王芳", "13800001111"]], merged=[(2, 1, 2, 2)])
    )
    assert [(r.name, r.unit) for r in preview.rows] == [("王芳", ())]
    assert why(preview) == [(2, "section")]


def test_each_sheet_may_be_a_unit() -> None:
    preview = preview_of(
        sheet([["姓名", "手机"], ["王芳", "13800001111"]], "办公室"),
        sheet([["姓名", "手机"], ["李敏", "13800001112"]], "东湖分局"),
        sheet([["填表说明"], ["1.姓名必填"]], "填表说明"),
    )
    assert [(r.name, r.unit) for r in preview.rows] == [
        ("王芳", ("办公室",)),
        ("李敏", ("东湖分局",)),
    ]
    assert {p.table.unit_from for p in preview.places} == {"sheet"}


def test_the_reporting_unit_above_the_header_is_the_unit() -> None:
    preview = preview_rows(
        [
            ["女职工花名册"],
            ["填报单位（盖章）：东湖分局", None, "2026年4月"],
            ["姓名", "手机", "职务"],
            ["王芳", "13800001111", None],
        ]
    )
    assert [(r.name, r.unit) for r in preview.rows] == [("王芳", ("东湖分局",))]
    assert preview.places[0].table.unit_from == "title"


def test_unit_and_section_columns_make_two_levels() -> None:
    preview = preview_rows(
        [["姓名", "单位", "部门"], ["王芳", "监测站", "办公室"], ["李敏", "执法支队", "办公室"]]
    )
    assert [r.unit for r in preview.rows] == [("监测站", "办公室"), ("执法支队", "办公室")]


def test_stacked_tables_with_other_headings_are_each_understood() -> None:
    preview = preview_rows(
        [
            ["办公室"],
            ["序号", "姓名", "职务"],
            [1, "王芳", "主任"],
            [],
            ["财务科"],
            ["序号", "姓名", "手机", "职务"],
            [1, "张静", "13800001113", "科长"],
        ]
    )
    assert [(r.name, r.unit, r.values["post"]) for r in preview.rows] == [
        ("王芳", ("办公室",), "主任"), ("张静", ("财务科",), "科长"),
    ]  # fmt: skip


def test_names_side_by_side_without_other_columns_are_all_people() -> None:
    preview = preview_rows(
        [["姓名", "姓名", "姓名"], ["王芳", "李敏", "赵静"], ["陈洁", "刘丽", None]]
    )
    assert sorted(names(preview)) == sorted(["王芳", "李敏", "赵静", "陈洁", "刘丽"])


def test_totals_notes_and_signatures_are_listed_not_taken() -> None:
    preview = preview_rows(
        [
            ["序号", "姓名", "职务", "手机"],
            [1, "王芳", "主任", "13800001111"],
            [2, None, None, None],
            ["合计", "1人", None, None],
            ["注：以上人员均在职", None, None, None],
            ["制表人：李敏", None, "审核人：", "张主任"],
        ]
    )
    assert names(preview) == ["王芳"]
    assert why(preview) == [
        (3, "blank_numbered"), (4, "total"), (5, "note"), (6, "signature"),
    ]  # fmt: skip


def test_a_total_that_differs_is_said() -> None:
    preview = preview_rows(
        [["姓名", "职务", "手机"], ["王芳", "主任", "13800001111"], ["合计", "3人", None]]
    )
    assert codes(preview) == ["total_mismatch"]


def test_instructions_and_examples_under_the_header_are_left_out() -> None:
    preview = preview_rows(
        [
            ["姓名", "身份证号", "手机"],
            ["必填，与身份证一致", "必填，18位文本格式", "选填"],
            ["示例：张三", LI, "13800000000"],
            ["王芳", WANG, "13800001111"],
        ]
    )
    assert names(preview) == ["王芳"]
    assert why(preview) == [(2, "example"), (3, "example")]


def test_a_form_of_one_person_is_not_a_list() -> None:
    preview = preview_rows(_FORM)
    assert preview.rows == ()
    assert preview.files[0].sheets[0].left_out == "form"
    assert not preview.needs_mapping


def test_an_empty_template_holds_nobody_and_is_said() -> None:
    preview = preview_rows([["女职工花名册"], ["序号", "姓名", "性别", "身份证号"], [1], [2], [3]])
    assert preview.rows == ()
    assert preview.files[0].sheets[0].left_out == "template"


def test_a_list_without_header_is_asked_about() -> None:
    rows = [
        ["王芳", "女", WANG, "13800001111"],
        ["李敏", "女", LI, None],
        ["张静", "女", ZHANG, None],
    ]
    preview = preview_rows(rows)
    assert preview.rows == ()
    (asked,) = preview.needs_mapping
    assert asked.proposal.fields["A"] == "name"
    assert asked.proposal.fields["C"] == "id_number"
    again = preview_rows(rows, mapping={"A": "name", "C": "id_number"})
    assert names(again) == ["王芳", "李敏", "张静"]
    assert again.rows[0].values["id_number"] == WANG


def test_an_unknown_header_over_a_told_mapping_is_no_person() -> None:
    preview = preview_rows(
        [["某某", "号码"], ["王芳", WANG], ["李敏", LI]], mapping={"A": "name", "B": "id_number"}
    )
    assert names(preview) == ["王芳", "李敏"]


def test_merged_units_fill_their_merge_and_no_further() -> None:
    preview = preview_of(
        sheet(
            [
                ["姓名", "科室", "手机"],
                ["王芳", "办公室", "1"],
                ["李敏", None, "2"],
                ["张静", None, "3"],
            ],
            merged=[(2, 2, 3, 2)],
        )
    )
    assert [r.unit for r in preview.rows] == [("办公室",), ("办公室",), ()]
    assert "unit_blank" in codes(preview)


def test_a_blank_unit_is_filled_down_only_on_request() -> None:
    rows = [["姓名", "科室", "职务"], ["王芳", "办公室", "主任"], ["李敏", None, "科员"]]
    assert [r.unit for r in preview_rows(rows).rows] == [("办公室",), ()]
    filled = preview_rows(rows, fill_units_down=True)
    assert [r.unit for r in filled.rows] == [("办公室",), ("办公室",)]
    assert filled.rows[1].fixes[0].new == "办公室"


def test_a_person_on_two_lines_is_one_person_and_loses_nothing() -> None:
    preview = preview_of(
        sheet(
            [
                ["姓名", "学历", "手机"],
                ["王芳", "大专", "13800001111"],
                [None, "大学本科", None],
                ["李敏", "大学本科", "13800001112"],
            ],
            merged=[(2, 1, 3, 1), (2, 3, 3, 3)],
        )
    )
    assert names(preview) == ["王芳", "李敏"]
    assert preview.rows[0].values["extra"] == {"学历（续）": "大学本科"}


def test_a_row_with_numbers_but_no_name_is_a_problem_not_a_blank() -> None:
    preview = preview_rows([["序号", "姓名", "身份证号"], [1, None, WANG], [2, "李敏", LI]])
    assert codes(preview) == ["name_missing"]
    assert names(preview) == ["李敏"]
    assert names(preview, "problem") == [""]


def test_a_second_header_in_english_is_no_person() -> None:
    preview = preview_rows(
        [["姓名", "性别", "手机"], ["Name", "Sex", "Mobile"], ["王芳", "女", "13800001111"]]
    )
    assert names(preview) == ["王芳"]


def test_the_rows_told_are_those_the_spreadsheet_shows() -> None:
    shown = sheet([["姓名", "身份证号"], ["王芳", "12"]])
    from dataclasses import replace

    preview = preview_of(replace(shown, first_row=5, first_column=3))
    (problem,) = (p for p in preview.problems if p.code == "id_length")
    assert (problem.row, problem.column) == (6, "D")


def test_columns_of_landlines_are_the_office_telephone() -> None:
    preview = preview_rows([["姓名", "电话", "手机"], ["王芳", "027-88881234", "13800001111"]])
    assert preview.rows[0].values["office_phone"] == "027-88881234"
    assert preview.rows[0].values["mobile"] == "13800001111"


def test_unmapped_numbers_that_are_sound_identity_numbers_are_recognised() -> None:
    preview = preview_rows([["姓名", "号码"], ["王芳", WANG], ["李敏", LI]])
    assert [r.values["id_number"] for r in preview.rows] == [WANG, LI]


def test_a_post_called_like_a_signature_is_no_signature() -> None:
    preview = preview_rows(
        [["职务", "姓名", "电话"], ["负责人", "王芳", "13800001111"], ["联系人", "李敏", None]]
    )
    assert names(preview) == ["王芳", "李敏"]


def test_statistics_under_a_list_are_no_people() -> None:
    preview = preview_rows(
        [
            ["部门", "姓名", "语文", "数学"],
            ["一班", "王芳", 90.0, 80.0],
            ["一班", "李敏", 70.0, 60.0],
            [None, "平均分", 80.0, 70.0],
            [None, "最高分", 90.0, 80.0],
            [None, "及格率", "100%", "100%"],
            ["女", 2.0, None, None],
            ["财务部", "人数", None, None],
        ]
    )
    assert names(preview) == ["王芳", "李敏"]


def test_a_row_of_weekdays_under_the_header_is_nobody() -> None:
    preview = preview_rows(
        [["姓名", "部门", 1.0, 2.0, 3.0, 4.0], [None, None, "一", "二", "三", "四"],
         ["王芳", "人事科", "√", "√", None, "√"]]
    )  # fmt: skip
    assert names(preview) == ["王芳"]
    assert codes(preview) == []


def test_names_in_letters_beside_names_are_not_the_name() -> None:
    preview = preview_rows([["姓名（拼音）", "姓名", "手机"], ["WANG FANG", "王芳", "13800001111"]])
    assert names(preview) == ["王芳"]
    assert preview.rows[0].values["extra"] == {"姓名（拼音）": "WANG FANG"}


def test_a_title_over_part_of_the_columns_is_no_group() -> None:
    preview = preview_of(
        sheet(
            [["通讯录"], ["序号", "姓名", "手机"], [1, "王芳", "13800001111"]],
            merged=[(1, 1, 1, 2)],
        )
    )
    assert preview.places[0].table.header_rows == (2,)


def test_a_list_of_contacts_is_asked_about_not_guessed() -> None:
    preview = preview_rows(
        [
            ["单位", "联系人", "电话"],
            ["人事科", "王芳", "13800001111"],
            ["财务科", "李敏", "13800001112"],
        ]
    )
    assert preview.rows == ()
    assert preview.needs_mapping[0].proposal.fields == {"A": "unit_id", "B": "name", "C": "mobile"}
    told = preview_rows(
        [
            ["单位", "联系人", "电话"],
            ["人事科", "王芳", "13800001111"],
            ["财务科", "李敏", "13800001112"],
        ],
        mapping={"B": "name"},
    )
    assert names(told) == ["王芳", "李敏"]
    assert told.rows[0].unit == ("人事科",)


def test_a_narrow_list_with_a_column_of_money_is_no_form() -> None:
    preview = preview_rows([["姓名", "余额"], ["王芳", 3.0], ["李敏", 5.0]])
    assert names(preview) == ["王芳", "李敏"]


def test_numbers_before_names_are_taken_off_and_told() -> None:
    preview = preview_rows([["姓名"], ["1.王芳"], ["2、李敏"], ["3. 欧阳娜"]])
    assert names(preview) == ["王芳", "李敏", "欧阳娜"]
    assert all(row.fixes for row in preview.rows)


def test_a_reporting_unit_left_blank_is_no_unit() -> None:
    preview = preview_rows(
        [["单位：（盖章）", None, "日期："], ["姓名", "手机", "职务"], ["王芳", None, "科员"]]
    )
    assert preview.rows[0].unit == ()


def test_tables_side_by_side_have_their_own_unit_above() -> None:
    preview = preview_rows(
        [["办公室", None, None, "财务科", None], ["姓名", "职务", None, "姓名", "职务"],
         ["王芳", "主任", None, "张静", "科长"]]
    )  # fmt: skip
    assert [(r.name, r.unit) for r in preview.rows] == [
        ("王芳", ("办公室",)),
        ("张静", ("财务科",)),
    ]


def test_a_sheet_named_after_a_unit_is_that_unit_whatever_words_it_holds() -> None:
    preview = preview_of(sheet([["姓名", "手机"], ["王芳", "13800001111"]], "信息与应急中心"))
    assert preview.rows[0].unit == ("信息与应急中心",)


def test_a_total_of_the_women_alone_is_no_difference() -> None:
    preview = preview_rows(
        [
            ["姓名", "性别", "职务", "手机"],
            ["王芳", "女", "科员", None],
            ["赵刚", "男", "科员", None],
            ["合计", "女职工1人", None, None],
        ]
    )
    assert codes(preview) == []


def test_a_label_and_brackets_around_a_section_are_not_the_unit() -> None:
    preview = preview_rows(
        [["姓名", "职务"], ["科室：人事科"], ["王芳", "科员"], ["【财务科】"], ["李敏", "科员"]]
    )
    assert [r.unit for r in preview.rows] == [("人事科",), ("财务科",)]


def test_headings_that_repeat_keep_each_their_cells() -> None:
    preview = preview_rows([["姓名", "日期", "日期", 1.0], ["王芳", "4/1", "4/2", "√"]])
    assert preview.rows[0].values["extra"] == {"日期": "4/1", "日期（C列）": "4/2", "1": "√"}
