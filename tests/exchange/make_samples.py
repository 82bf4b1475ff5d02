"""How the sample workbooks are made: ``python -m tests.exchange.make_samples FOLDER``.

They are as untidy as the ones units send. What was made wrong on purpose is told with each file, so
that tests can hold the importer to it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.exchange.sample_people import (
    AFFILIATED,
    BRANCH,
    BUREAU,
    MONITORING,
    SECTIONS,
    Woman,
    id_number,
    men,
    women,
)

MADE_AT = datetime(2026, 3, 10)  # noqa: DTZ001 - workbooks know no time zone
HONOURED = {
    "单䶮": "巾帼建功标兵",
    "赵𬀩": "巾帼建功标兵",
    "阿依古丽·买买提": "巾帼建功标兵",
    "欧阳倩": "三八红旗手",
    "王芳": "三八红旗手",
    "卓玛央金": "三八红旗手",
    "李堃": "优秀女职工",
    "金顺姬": "优秀女职工",
    "古丽娜尔·艾山": "优秀女职工",
    "田苗秀": "优秀女职工",
    "张喆": "优秀妇女工作者",
    "韦彩云": "优秀妇女工作者",
}
_BUREAU_COLUMNS = (
    "序号 科室 姓名 出生年月 民族 政治面貌 学历 婚姻状况 职务 参加工作时间 身份证号\n（18位） "
    "手机 座机 饭卡号 备注"
).split(" ")
_BUREAU_LINE = "填报单位（盖章）：局机关　　　填报时间：2026年3月10日　　　联系人：办公室"
_BUREAU_NOTE = "注：1.本表由各科室核对后报办公室；2.身份证号请按文本填写。"
_MONITORING_COLUMNS = (
    "编号 职工姓名 性别 公民身份号码 出生日期 文化程度 政治面目 婚否 岗位 工作单位 移动电话"
).split()
_SHORT_PARTY = {"中共党员": "党员", "共青团员": "团员"}


@dataclass(frozen=True)
class Oddity:
    """A cell made wrong on purpose; ``row`` as the spreadsheet program shows it."""

    sheet: str
    row: int
    field: str
    code: str


@dataclass
class Sample:
    """One file of the samples: who is in it, and what is wrong with it."""

    file: str
    women: list[Woman]
    men: list[Woman] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


def make(folder: Path) -> list[Sample]:
    """Write all samples into ``folder``; the same bytes at every run."""
    everybody = women()
    samples = [
        _bureau(folder, [one for one in everybody if one.unit in SECTIONS]),
        _monitoring(folder, [one for one in everybody if one.unit == MONITORING]),
        _branch(folder, [one for one in everybody if one.unit == BRANCH]),
        _affiliated(folder, [one for one in everybody if one.unit in AFFILIATED]),
    ]
    _honoured(folder, everybody)
    return samples


def _bureau(folder: Path, people: list[Woman]) -> Sample:
    """Titles, a heading of two rows, unit cells merged downwards, a total and notes below."""
    sample = Sample("局机关2026年女职工花名册.xlsx", people)
    with _xlsx(folder / sample.file) as book:
        sheet = book.add_worksheet("女职工")
        book.add_worksheet("Sheet2")
        title, head, body, date_look = _looks(book)
        sheet.merge_range(0, 0, 0, 14, f"{BUREAU}2026年女职工花名册", title)
        sheet.merge_range(
            1,
            0,
            1,
            14,
            "填报单位（盖章）：局机关　　　填报时间：2026年3月10日　　　联系人：办公室",
            None,
        )
        for at, words in enumerate(_BUREAU_COLUMNS):
            if not 3 <= at <= 7 and not 11 <= at <= 12:
                sheet.merge_range(2, at, 3, at, words, head)
        sheet.merge_range(2, 3, 2, 7, "基本情况", head)
        sheet.merge_range(2, 11, 2, 12, "联系方式", head)
        for at in (3, 4, 5, 6, 7, 11, 12):
            sheet.write_string(3, at, _BUREAU_COLUMNS[at], head)
        for number, one in enumerate(people, 1):
            cells = _bureau_cells(sample, number, number + 4, one)
            for at, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number + 3, at, cell, date_look)
                elif at != 1:
                    sheet.write(number + 3, at, cell, body)
        _merge_units(sheet, people, body)
        last = len(people) + 4
        sheet.merge_range(last, 0, last, 1, "合计", head)
        sheet.write_string(last, 2, f"{len(people)}人", head)
        sheet.write_string(
            last + 1, 0, "注：1.本表由各科室核对后报办公室；2.身份证号请按文本填写。"
        )
        sheet.write_string(last + 2, 0, "填表人：　　　　　　审核人：")
        for at, width in enumerate((5, 14, 12, 15, 8, 12, 12, 9, 14, 12, 22, 24, 14, 8, 14)):
            sheet.set_column(at, at, width)
    return sample


def _bureau_cells(sample: Sample, number: int, row: int, one: Woman) -> list[Any]:
    mobile: Any = int(one.mobile) if number % 4 == 0 else one.mobile
    name, born, desk, remark = one.name, _born(number, one), "", ""
    identity: Any = one.id_number
    if len(name) == 2:
        name = f"{name[0]}　{name[1]}"
    match number:
        case 5:
            mobile = f"{one.mobile}、027-8888{number:04d}"
        case 7:
            identity = identity[:13] + identity[14:]
            sample.oddities.append(Oddity("女职工", row, "id_number", "id_length"))
        case 12:
            identity = float(identity[:15] + "000")
            sample.oddities.append(Oddity("女职工", row, "id_number", "id_digits_lost"))
        case 15:
            name += "（借调）"
        case 19:
            identity = f"{identity[:6]} {identity[6:14]} {identity[14:]}"
        case 23:
            identity = "".join(chr(ord(c) + 0xFEE0) for c in identity)
        case 28:
            desk, remark = "6021", "联络员"
        case 33:
            identity = identity[:17] + str((int(identity[17].replace("X", "4")) + 1) % 10)
            sample.oddities.append(Oddity("女职工", row, "id_number", "id_check_digit"))
        case 40:
            born = f"{one.born_on.year - 1}.{one.born_on:%m}"
            sample.oddities.append(Oddity("女职工", row, "birth_date", "birth_mismatch"))
        case 47:
            remark = "哺乳期"
            sample.oddities.append(Oddity("女职工", row, "remark", "health_remark_left_out"))
    married = one.marital if number % 5 else {"已婚": "已", "未婚": "未"}.get(one.marital, "")
    return [
        number, one.unit, name, born, one.ethnicity.removesuffix("族"),
        _SHORT_PARTY.get(one.party, one.party), one.education.removeprefix("大学"), married,
        one.post, f"{one.began_on:%Y.%m}", identity, mobile, desk, one.meal_card, remark,
    ]  # fmt: skip


def _born(number: int, one: Woman) -> Any:
    """Every second woman's date written another way."""
    day = one.born_on
    match number % 6:
        case 0:
            return datetime(day.year, day.month, day.day)  # noqa: DTZ001
        case 1:
            return f"{day.year}年{day.month}月"
        case 2:
            return int(f"{day:%Y%m%d}")
        case 3:
            return f"{day:%Y-%m-%d}"
        case _:
            return f"{day:%Y.%m}"


def _merge_units(sheet: Any, people: Sequence[Woman], look: Any) -> None:
    start = 0
    for at in range(1, len(people) + 1):
        if at == len(people) or people[at].unit != people[start].unit:
            sheet.merge_range(start + 4, 1, at + 3, 1, people[start].unit, look)
            start = at


def _monitoring(folder: Path, people: list[Woman]) -> Sample:
    """An old .xls of the whole staff, other headings, men among the women, numbers as numbers."""
    import xlwt  # type: ignore[import-untyped]

    sample = Sample(f"{MONITORING}职工花名册.xls", people, men(6))
    everybody = list(people)
    for at, man in enumerate(sample.men):
        everybody.insert(at * 8 + 3, man)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("职工")
    day_look = xlwt.easyxf(num_format_str="yyyy-m-d")
    sheet.write_merge(0, 0, 0, 10, f"{BUREAU}{MONITORING}职工花名册（2026年3月）")
    columns = (
        "编号 职工姓名 性别 公民身份号码 出生日期 文化程度 政治面目 婚否 岗位 工作单位 移动电话"
    )
    for at, words in enumerate(columns.split()):
        sheet.write(2, at, words)
    for number, one in enumerate(everybody, 1):
        for at, cell in enumerate(_monitoring_cells(sample, number, number + 3, one)):
            look = (day_look,) if isinstance(cell, date) else ()
            sheet.write(number + 2, at, cell, *look)
    sheet.write(len(everybody) + 4, 0, f"共{len(everybody)}人，其中女{len(people)}人")
    book.save(str(folder / sample.file))
    return sample


def _monitoring_cells(sample: Sample, number: int, row: int, one: Woman) -> list[Any]:
    is_man = one in sample.men
    identity, born = one.id_number, one.born_on if number % 2 else f"{one.born_on:%Y%m%d}"
    if number == 11:
        identity = identity[:6] + identity[8:17]
        sample.oddities.append(Oddity("职工", row, "id_number", "id_upgraded"))
    if number == 21:
        identity, born = "", "1985-02-30"
        sample.oddities.append(Oddity("职工", row, "birth_date", "date_impossible"))
    if number == 30:
        identity = id_number(one.born_on, 1, is_man=True)
        sample.oddities.append(Oddity("职工", row, "sex", "sex_mismatch"))
    married = {"已婚": "是", "未婚": "否"}.get(one.marital, one.marital)
    return [
        number, one.name, "男" if is_man else "女", identity.lower(), born, one.education,
        one.party, married, one.post, MONITORING, float(one.mobile),
    ]  # fmt: skip


def _branch(folder: Path, people: list[Woman]) -> Sample:
    """What an office system exports: a text file in GB 18030, numbers behind an apostrophe."""
    sample = Sample(f"{BRANCH}女职工.csv", people)
    lines = ["姓名,所在单位,身份证号码,出生年月,职务,联系电话,参工时间"]
    for number, one in enumerate(people, 1):
        born = f"{one.born_on.year % 100:02d}.{one.born_on.month}.{one.born_on.day}"
        phone = f'"{one.mobile},027-8888{number:04d}"' if number == 6 else one.mobile
        day = f"{one.began_on.year}年{one.began_on.month}月"
        lines.append(f"{one.name},{BRANCH},'{one.id_number},{born},{one.post},{phone},{day}")
    lines += [",,,,,,"] * 3
    (folder / sample.file).write_bytes("\r\n".join([*lines, ""]).encode("gb18030"))
    return sample


def _affiliated(folder: Path, people: list[Woman]) -> Sample:
    """One sheet a unit; on one the heading is repeated, and one woman is listed twice."""
    sample = Sample("直属单位和分局女职工名册.xlsx", people)
    lent = next(one for one in people if one.unit == "综合执法支队")
    with _xlsx(folder / sample.file) as book:
        notes = book.add_worksheet("填表说明")
        notes.write_string(0, 0, "每个单位填一页，页名就是单位名称。请不要改动列名。")
        title, head, body, _ = _looks(book)
        for unit in AFFILIATED:
            listed = [one for one in people if one.unit == unit]
            if unit == "信息与应急中心":
                listed.append(lent)
            sheet = book.add_worksheet(unit)
            sheet.merge_range(0, 0, 0, 8, f"{unit}女职工名册", title)
            rows = _sheet_rows(sample, unit, listed)
            for row, cells in enumerate(rows, 1):
                for at, cell in enumerate(cells):
                    sheet.write(row, at, cell, head if cells[0] == "序号" else body)
            if lent in listed and unit != lent.unit:
                sample.oddities.append(Oddity(unit, len(rows) + 1, "unit", "same_person_conflict"))
    return sample


def _sheet_rows(sample: Sample, unit: str, listed: list[Woman]) -> list[list[Any]]:
    head = "序号 姓名 身份证号 民族 学历 职务 参加工作时间 联系方式 备注".split()
    rows: list[list[Any]] = [list(head)]
    for number, one in enumerate(listed, 1):
        if unit == "综合执法支队" and number == 13:
            rows.append(list(head))  # a printed page begins here
        remark = "借调到信息与应急中心" if (unit, number) == ("综合执法支队", 1) else ""
        rows.append(
            [number, one.name, one.id_number, one.ethnicity, one.education, one.post,
             f"{one.began_on:%Y-%m}", one.mobile, remark]
        )  # fmt: skip
    return rows


def _honoured(folder: Path, everybody: Sequence[Woman]) -> None:
    """A list of people to receive certificates, as the office that decided sends it."""
    with _xlsx(folder / "获奖名单.xlsx") as book:
        sheet = book.add_worksheet("获奖名单")
        title, head, body, _ = _looks(book)
        sheet.merge_range(0, 0, 0, 4, f"{BUREAU}2026年度表彰名单", title)
        sheet.write_string(1, 0, "（排名不分先后）")
        for at, words in enumerate("序号 姓名 性别 单位 荣誉称号".split()):
            sheet.write_string(2, at, words, head)
        for number, (name, honour) in enumerate(HONOURED.items(), 1):
            unit = next(one.unit for one in everybody if one.name == name)
            padded = f"{name[0]}　{name[1]}" if len(name) == 2 else name
            for at, cell in enumerate((number, padded, "女", unit, honour)):
                sheet.write(number + 2, at, cell, body)
        for at, width in enumerate((6, 18, 6, 18, 18)):
            sheet.set_column(at, at, width)


@contextmanager
def _xlsx(path: Path) -> Iterator[Any]:
    from xlsxwriter import Workbook

    with Workbook(path, {"strings_to_numbers": False}) as book:
        book.set_properties({"created": MADE_AT})
        yield book


def _looks(book: Any) -> tuple[Any, Any, Any, Any]:
    """Title, heading, body and date."""
    bordered = {"border": 1, "align": "center", "valign": "vcenter"}
    return (
        book.add_format({"bold": True, "font_size": 18, "align": "center"}),
        book.add_format(bordered | {"bold": True, "text_wrap": True}),
        book.add_format(bordered),
        book.add_format(bordered | {"num_format": 'yyyy"年"m"月"d"日"'}),
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))
