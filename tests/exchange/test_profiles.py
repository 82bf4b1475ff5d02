"""What other systems demand, described in a file: read, refused, and kept to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import InvalidInputError, UnreadableFileError
from db.types import PartialDate
from desktop.exchange.export import Remark
from desktop.exchange.profiled import PlacedRemark, SentOut, export_by_profile, written
from desktop.exchange.profiles import (
    DATES,
    Profile,
    ProfileColumn,
    load_profile,
    profile_names,
    read_profile,
)
from desktop.fields import Field, Text
from desktop.fields.private import PrivateDay
from desktop.registers import MEMBERS

TODAY = date(2026, 4, 14)
UNITS = {1: "办公室", 2: "环境监测中心"}
ID = "42000019850612002X"


def person(**values: object) -> dict[str, object]:
    return {"id": 1, "name": "王芳", "unit_id": 1, "sex": "2", **values}


def send(rows: list[dict[str, object]], target: Path, profile: Profile, **more: Any) -> SentOut:
    told: dict[str, Any] = {"full": True, "unit_names": UNITS, "today": TODAY}
    return export_by_profile(rows, target, profile, **told | more)


def profile(*columns: ProfileColumn, **more: Any) -> Profile:
    return Profile("test", "测试样式", columns or (ProfileColumn("姓名", "name"),), **more)


def cells(path: Path, sheet: int = 0) -> list[list[Any]]:
    rows = openpyxl.load_workbook(path).worksheets[sheet].iter_rows(values_only=True)
    return [list(row) for row in rows]


def sheets(path: Path) -> list[str]:
    return list(openpyxl.load_workbook(path).sheetnames)


def description(folder: Path, text: str, name: str = "own.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_descriptions_are_sound_and_found_by_name_and_title() -> None:
    assert profile_names() == ("federation", "general", "personnel")
    for name in profile_names():
        found = load_profile(name)
        assert load_profile(found.title) == found


def test_the_general_one_has_every_field_and_unknown_columns_too(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    send([person(), person(extra={"饭卡号": "007"})], target, load_profile("通用"))

    heading, first, second = cells(target)
    assert heading == ["序号", *(field.label for field in MEMBERS.fields), "饭卡号"]
    assert (first[0], first[1], first[-1]) == (1, "王芳", None)
    assert second[-1] == "007"


def test_the_personnel_one_begins_with_its_heading_and_puts_what_is_required_first(
    tmp_path: Path,
) -> None:
    target = tmp_path / "a.xlsx"
    given = person(name="王 芳", id_number=ID.lower(), birth_date=PartialDate(1985, 6, 12))

    send([given], target, load_profile("人社导入样式"))

    heading, row = cells(target)
    assert heading[:5] == ["姓名", "证件类型", "证件号码", "性别", "出生日期"]
    assert row[:5] == ["王芳", "居民身份证", ID, "女", "1985-06-12"]
    assert sheets(target) == ["Sheet1"]


def test_the_federation_s_has_a_title_the_organisation_and_months(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    given = person(birth_date=PartialDate(1985, 6, 12))

    send([given], target, load_profile("上级妇联汇总"), organisation="云川市生态环境局妇委会")

    rows = cells(target)
    assert rows[0][0] == "上级妇联汇总"
    assert rows[1][0] == "填报单位（盖章）：云川市生态环境局妇委会"
    assert rows[2][:5] == ["序号", "姓名", "性别", "民族", "出生年月"]
    assert rows[3][4] == "1985.06"


def test_more_people_than_a_sheet_and_a_file_may_hold_go_to_further_ones(tmp_path: Path) -> None:
    target = tmp_path / "名单.xlsx"
    people = [person(name=f"王芳{chr(0x4E00 + n)}") for n in range(17)]

    done = send(people, target, profile(rows_per_sheet=3, sheets=2))

    assert [file.name for file in done.files] == ["名单.xlsx", "名单(2).xlsx", "名单(3).xlsx"]
    assert [sheets(file) for file in done.files] == [
        ["Sheet1", "Sheet2"], ["Sheet1", "Sheet2"], ["Sheet1", "Sheet2"],
    ]  # fmt: skip
    names = [row[0] for file in done.files for at in (0, 1) for row in cells(file, at)[1:]]
    assert names == [one["name"] for one in people]
    assert [len(cells(file, at)) - 1 for file in done.files for at in (0, 1)] == [3, 3, 3, 3, 3, 2]


def test_the_personnel_limits_are_two_thousand_rows_and_three_sheets() -> None:
    found = load_profile("personnel")
    assert (found.rows_per_sheet, found.sheets) == (2000, 3)


def test_numbers_are_masked_unless_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    columns = (ProfileColumn("证件", "id_number"), ProfileColumn("备注", "remark"))
    given = person(id_number=ID, remark="电话 13800001001", extra={"卡": "6222020000001234567"})
    send([given], target, profile(*columns, all_fields=True), full=False)
    row = cells(target)[1]
    assert row[0].startswith("4200****")
    assert "13800001001" not in row[1]
    assert "6222020000001234567" not in row[2]


def test_a_constant_and_a_number_of_the_row_can_be_demanded(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    columns = (
        ProfileColumn("号", is_serial=True),
        ProfileColumn("类别", value="女职工"),
        ProfileColumn("留空"),
    )
    send([person(), person()], target, profile(*columns, rows_per_sheet=1, sheets=2))
    assert cells(target, 1)[1] == [2, "女职工", None]


def test_required_columns_left_empty_and_dates_cut_short_are_told_with_their_place(
    tmp_path: Path,
) -> None:
    target = tmp_path / "a.xlsx"
    columns = (
        ProfileColumn("手机", "mobile", is_required=True),
        ProfileColumn("出生日期", "birth_date"),
    )

    done = send(
        [person(mobile="1"), person(birth_date=PartialDate(1985, 6))], target, profile(*columns)
    )

    assert done.remarks == (
        PlacedRemark(target, "Sheet1", Remark(3, "手机", "这一栏必填，名册里没有填")),
        PlacedRemark(target, "Sheet1", Remark(3, "出生日期", "只知道“1985-06”，不是完整日期")),
    )


def test_dates_can_be_cells_of_the_spreadsheet(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    column = ProfileColumn("出生日期", "birth_date")
    given = [person(birth_date=PartialDate(1985, 6, 12)), person(birth_date=PartialDate(1985, 6))]

    send(given, target, profile(column, date_cells=True, dates="yyyy/mm/dd"))

    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert sheet["A2"].value == datetime(1985, 6, 12)  # noqa: DTZ001 - as spreadsheets have it
    assert sheet["A2"].number_format == "yyyy/mm/dd"
    assert sheet["A3"].value == "1985/06"


@pytest.mark.parametrize(
    ("pattern", "day", "month", "year"),
    [
        ("yyyy-mm-dd", "1985-06-02", "1985-06", "1985"),
        ("yyyy.mm.dd", "1985.06.02", "1985.06", "1985"),
        ("yyyy/mm/dd", "1985/06/02", "1985/06", "1985"),
        ("yyyymmdd", "19850602", "198506", "1985"),
        ("yyyy.mm", "1985.06", "1985.06", "1985"),
        ("yyyy-mm", "1985-06", "1985-06", "1985"),
        ("yyyymm", "198506", "198506", "1985"),
        ("yyyy年m月d日", "1985年6月2日", "1985年6月", "1985年"),
        ("yyyy年m月", "1985年6月", "1985年6月", "1985年"),
    ],
)
def test_a_date_says_no_more_than_is_known(pattern: str, day: str, month: str, year: str) -> None:
    assert pattern in DATES
    known = (PartialDate(1985, 6, 2), PartialDate(1985, 6), PartialDate(1985))
    assert [written(one, pattern) for one in known] == [day, month, year]


def test_everything_is_text_so_that_no_digit_is_lost(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    columns = (ProfileColumn("证件", "id_number"), ProfileColumn("工号", "staff_no"))
    send([person(id_number=ID[:17] + "8", staff_no="=007")], target, profile(*columns))
    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        (ID[:17] + "8", "s"), ("=007", "s"),
    ]  # fmt: skip


def test_her_own_descriptions_are_found_and_go_before_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "profiles"
    text = 'title = "工会台账"\n[[columns]]\nheading = "名字"\nfield = "姓名"\n'
    description(own, "\ufeff" + text.replace("\n", "\r\n"), "union.toml")
    description(own, text.replace("工会台账", "我的通用"), "general.toml")

    assert load_profile("工会台账", own).columns == (ProfileColumn("名字", "name"),)
    assert load_profile("general", own).title == "我的通用"
    assert profile_names(own) == ("federation", "general", "personnel", "union")


def test_a_name_nobody_knows_is_a_refusal_naming_the_others(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="人社导入样式"):
        load_profile("没有这个", tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "有一处不合写法"),
        ('title = "样式"\nrows =\nsheets = 1', "第 2 行不合写法"),
        ('about = "x"', "没有写 title"),
        ('title = "样式"', "一个栏目也没有"),
        ('title = "样式"\nrows = 5', "不认识的“rows”"),
        ("title = 5", "“title”应写文字"),
        ('title = "样式"\nrows_per_sheet = "2000"', "应写整数"),
        ('title = "样式"\nid_upper = 1', "应写true 或 false"),
        ('title = "样式"\nall_fields = true\nrows_per_sheet = 0', "rows_per_sheet 应在"),
        ('title = "样式"\nall_fields = true\nsheets = 101', "sheets 应在"),
        ('title = "样式"\nall_fields = true\ndates = "dd/mm/yy"', "dates 写的是“dd/mm/yy”"),
        ('title = "样式"\ncolumns = [1]', "第 1 个栏目应写在"),
        ('title = "样式"\n[[columns]]\nfield = "name"', "第 1 个栏目没有写 heading"),
        (
            'title = "样式"\n[[columns]]\nheading = "血型"\nfield = "blood"',
            "“blood”不是名册里的项目",
        ),
        (
            'title = "样式"\n[[columns]]\nheading = "名"\nfield = "name"\nserial = true',
            "只能写一样",
        ),
        ('title = "样式"\nall_fields = true\n[[columns]]\nheading = "姓名"', "“姓名”写了两次"),
        ('title = "样式"\n[[columns]]\nheading = "名"\nwidth = 3', "不认识的“width”"),
    ],
)
def test_a_broken_description_is_refused_saying_what_is_wrong(
    tmp_path: Path, text: str, said: str
) -> None:
    path = description(tmp_path / "profiles", text)
    with pytest.raises(UnreadableFileError, match=r"own\.toml") as refused:
        read_profile(path)
    assert said in refused.value.happened
    assert str(refused.value).count("。") == 3


def test_a_description_in_another_encoding_or_out_of_reach_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes('title = "样式"'.encode("gbk"))
    with pytest.raises(UnreadableFileError, match="UTF-8"):
        read_profile(path)
    with pytest.raises(UnreadableFileError, match="读不到"):
        read_profile(tmp_path / "none.toml")


def test_a_broken_neighbour_does_not_hide_the_others(tmp_path: Path) -> None:
    own = tmp_path / "profiles"
    description(own, "title = ")
    assert load_profile("人社导入样式", own).name == "personnel"
    with pytest.raises(UnreadableFileError):
        load_profile("own", own)


def test_a_field_of_the_office_s_own_can_be_demanded_and_is_masked_when_private(
    tmp_path: Path,
) -> None:
    register = replace(
        MEMBERS,
        fields=(
            *MEMBERS.fields,
            Field("own.1", "入会日期", PrivateDay()),
            Field("own.2", "工会卡", Text()),
        ),
    )
    text = (
        'title = "工会"\n[[columns]]\nheading = "入会"\nfield = "入会日期"\n'
        '[[columns]]\nheading = "卡"\nfield = "工会卡"\n'
    )
    path = description(tmp_path / "profiles", text)
    given = person(**{"own.1": PartialDate(2020, 5), "own.2": "A1"})
    for full, expected in ((True, ["2020-05", "A1"]), (False, ["****", "A1"])):
        target = tmp_path / f"{full}.xlsx"
        found = read_profile(path, register=register)
        send([given], target, found, register=register, full=full)
        assert cells(target)[1] == expected
    with pytest.raises(UnreadableFileError, match="入会日期"):
        read_profile(path)
