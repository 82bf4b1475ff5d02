"""Untidy rosters with the people who are in them: what an importer must give back exactly.

Knows nothing of the importer: headings, identity numbers and oddities are made here by hand, after
the catalogue of symptoms M1–M40 of real files. Every symptom changes a clean draft of a roster and
notes what must come out, and what must be said about it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

GIVEN = (
    "丽华 敏 秀英 桂芳 晓梅 静怡 春燕 玉兰 海霞 雪 思雨 佳琪 文静 淑贞 婷婷 洁 红梅 爱华 慧 倩如"
).split()
SURNAMES = (
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 单 解 仇 欧阳 诸葛 朴 乐"
).split()
UNITS = ("办公室", "财务审计科", "环境监测中心", "综合执法支队", "东湖分局", "人事科")
POSTS = ("科员", "副科长", "工程师", "主任", "出纳")
TODAY = date(2026, 4, 1)


def identity_number(born: date, sequence: int) -> str:
    """A number of the never issued area 420000, its check character by the standard's sum."""
    first = f"420000{born:%Y%m%d}{sequence:03d}"
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


@dataclass
class Woman:
    """One person put into a roster; what must come out of it again. ``None``: must be empty."""

    name: str
    id_number: str | None
    birth: str | None
    mobile: str | None
    unit: str | None
    post: str | None
    remark: str | None = None
    marital: str | None = None

    def facts(self) -> tuple[str | None, ...]:
        return (self.name, self.id_number, self.birth, self.mobile, self.unit, self.post,
                self.remark, self.marital)  # fmt: skip


@dataclass
class Line:
    """A row of the body: cells by heading, the woman she stands for, or loose cells."""

    cells: dict[str, Any] = field(default_factory=dict)
    woman: Woman | None = None
    loose: list[Any] | None = None
    hidden: bool = False
    struck: bool = False


@dataclass
class Draft:
    """A roster before it is written, and what is expected of reading it."""

    random: random.Random
    lines: list[Line]
    headings: dict[str, str]
    top: list[list[Any]] = field(default_factory=list)
    bottom: list[list[Any]] = field(default_factory=list)
    groups: list[tuple[str, list[str]]] = field(default_factory=list)
    merged_units: bool = False
    merged_title: bool = False
    filtered: bool = False
    shift: int = 0
    columns: int = 1
    hidden_heading: str | None = None
    empty_sheets: tuple[str, ...] = ()
    trailing_blank: int = 0
    repeat_header_every: int = 0
    extra_headings: dict[str, list[Any]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    men: int = 0
    claimed: set[tuple[int, str]] = field(default_factory=set)

    @property
    def women(self) -> list[Woman]:
        return [line.woman for line in self.lines if line.woman is not None]

    def pick(self, heading: str, count: int = 2) -> list[Line]:
        """Lines whose cell under a heading no other symptom has touched."""
        free = [
            line
            for i, line in enumerate(self.lines)
            if line.woman is not None and (i, heading) not in self.claimed
        ]
        chosen = self.random.sample(free, min(count, len(free)))
        for line in chosen:
            self.claimed.add((self.lines.index(line), heading))
        return chosen


HEADINGS = {
    "seq": "序号", "name": "姓名", "unit": "单位", "post": "职务", "id": "身份证号码",
    "birth": "出生日期", "mobile": "手机号码", "marital": "婚姻状况", "remark": "备注",
}  # fmt: skip


def clean_draft(seed: int, count: int = 14) -> Draft:
    """A tidy roster of invented women, grouped by unit, no name twice."""
    rng = random.Random(seed)
    names: set[str] = set()
    lines = []
    units = sorted(rng.choice(UNITS) for _ in range(count))
    while len(names) < count:
        names.add(rng.choice(SURNAMES) + rng.choice(GIVEN))
    for place, name in enumerate(sorted(names, key=lambda n: rng.random())):
        born = date(rng.randint(1967, 2000), rng.randint(1, 12), rng.randint(2, 28))
        number = identity_number(born, 2 * rng.randint(1, 499))
        woman = Woman(
            name, number, born.isoformat(), f"138{rng.randint(0, 99999999):08d}", units[place],
            rng.choice(POSTS), None, "已婚",
        )  # fmt: skip
        lines.append(Line(_cells(place + 1, woman), woman))
    return Draft(rng, lines, dict(HEADINGS))


def _cells(number: int, woman: Woman) -> dict[str, Any]:
    return {
        "seq": number, "name": woman.name, "unit": woman.unit, "post": woman.post,
        "id": woman.id_number, "birth": woman.birth, "mobile": woman.mobile,
        "marital": woman.marital, "remark": woman.remark,
    }  # fmt: skip


# --- the symptoms -------------------------------------------------------------------------------


def title_row(draft: Draft) -> None:  # M1
    draft.top.insert(0, ["云泽市生态环境局2026年女职工花名册"])
    draft.merged_title = True


def reporting_line(draft: Draft) -> None:  # M2
    unit = "填报单位（盖章）：云泽市生态环境局"
    draft.top.append([unit, None, None, "填报时间：2026年4月1日"])
    draft.top.append(["联系人及联系电话：陈静 13800009999"])


def grouped_header(draft: Draft) -> None:  # M3
    draft.groups = [("基本情况", ["name", "unit", "post", "id", "birth"])]


def wrapped_headings(draft: Draft) -> None:  # M4
    draft.headings |= {
        "name": "姓  名", "id": "身份证号\n（18位）", "birth": "出生\n年月日",
        "post": "职务（职级）", "mobile": "*联系电话",
    }  # fmt: skip


def merged_units(draft: Draft) -> None:  # M5
    draft.merged_units = True


def unit_in_first_row_only(draft: Draft) -> None:  # M6
    before = None
    for line in draft.lines:
        if line.woman is None:
            continue
        own, line.cells["unit"] = line.cells["unit"], None
        if own != before:
            line.cells["unit"] = own
        else:
            line.woman.unit = None
            draft.codes.add("unit_blank")
        before = own


def repeated_header(draft: Draft) -> None:  # M8, stacked
    draft.repeat_header_every = 5
    draft.skipped.add("repeated_header")


def side_by_side(draft: Draft) -> None:  # M8
    draft.columns = 2


def totals(draft: Draft) -> None:  # M9
    half = len(draft.lines) // 2
    draft.lines.insert(half, Line(loose=["小计", f"{half}人"]))
    draft.bottom.insert(0, ["合  计", None, None, f"{len(draft.women)}人"])
    draft.skipped.add("total")


def footnotes(draft: Draft) -> None:  # M10
    note = "注：1.本表由各科室填写；2.身份证号请设为文本格式。"
    draft.bottom.append([note])
    draft.bottom.append(["制表人：周敏", None, None, "审核人：王主任"])
    draft.skipped |= {"note", "signature"}


def prefilled_numbers(draft: Draft) -> None:  # M11
    count = len(draft.lines)
    for number in range(count + 1, count + 6):
        draft.lines.append(Line({"seq": number}))
    draft.skipped.add("blank_numbered")


def numeric_ids(draft: Draft) -> None:  # M12
    for line in draft.pick("id"):
        assert line.woman is not None
        line.cells["id"] = float(int(line.cells["id"][:17] + "0"))
        line.woman.id_number = None
        draft.codes.add("id_digits_lost")


def spaced_ids(draft: Draft) -> None:  # M13, M17
    for line in draft.pick("id", 3):
        text = line.cells["id"]
        line.cells["id"] = draft.random.choice([
            f"{text[:6]} {text[6:14]} {text[14:]}", text.lower(), "'" + text,
            text.translate({ord(d): ord(d) - 48 + 0xFF10 for d in "0123456789"}), text + "\u200b",
        ])  # fmt: skip


def old_ids(draft: Draft) -> None:  # M14
    for line in draft.pick("id"):
        assert line.woman is not None
        text = line.cells["id"]
        if text[6:8] != "19":
            continue
        line.cells["id"] = text[:6] + text[8:17]
        draft.codes.add("id_upgraded")


def short_ids(draft: Draft) -> None:
    for line in draft.pick("id", 1):
        assert line.woman is not None
        line.cells["id"] = line.cells["id"][:16]
        line.woman.id_number = None
        draft.codes.add("id_length")


def wrong_check_digit(draft: Draft) -> None:
    for line in draft.pick("id", 1):
        assert line.woman is not None
        text = line.cells["id"]
        line.cells["id"] = text[:17] + ("1" if text[17] != "1" else "2")
        line.woman.id_number = None
        draft.codes.add("id_check_digit")


def date_styles(draft: Draft) -> None:  # M15
    for line in draft.pick("birth", 10):
        assert line.woman is not None
        iso = date.fromisoformat(line.woman.birth or "")
        month = f"{iso:%Y-%m}"
        styles: list[tuple[Any, str]] = [
            (f"{iso.year}.{iso.month}.{iso.day}", iso.isoformat()),
            (f"{iso:%Y%m%d}", iso.isoformat()),
            (int(f"{iso:%Y%m%d}"), iso.isoformat()),
            (f"{iso.year}年{iso.month}月{iso.day}日", iso.isoformat()),
            (f"{iso.year}/{iso.month}/{iso.day}", iso.isoformat()),
            (iso, iso.isoformat()),
            ((iso - date(1899, 12, 30)).days, iso.isoformat()),
            (f"{iso:%Y.%m}", month),
            (f"{iso.year}年{iso.month}月", month),
            (f"{iso:%Y%m}", month),
            (f"{iso:%Y.%m}（岁）", month),
        ]
        line.cells["birth"], line.woman.birth = draft.random.choice(styles)


def october_as_number(draft: Draft) -> None:
    """1985.1 in a numeric cell: October or January; the identity number decides."""
    for line in draft.pick("birth", 1):
        assert line.woman is not None
        if (draft.lines.index(line), "id") in draft.claimed:
            continue
        draft.claimed.add((draft.lines.index(line), "id"))
        year = int((line.woman.birth or "")[:4])
        number = identity_number(date(year, 10, 9), 240)
        line.cells["id"] = line.woman.id_number = number
        line.cells["birth"], line.woman.birth = float(f"{year}.1"), f"{year}-10"


def impossible_day(draft: Draft) -> None:
    for line in draft.pick("birth", 1):
        assert line.woman is not None
        line.cells["birth"] = (line.woman.birth or "")[:4] + "-02-30"
        line.woman.birth = None
        draft.codes.add("date_impossible")


def numeric_phones(draft: Draft) -> None:  # M16
    for line in draft.pick("mobile", 4):
        line.cells["mobile"] = int(line.cells["mobile"])


def odd_phones(draft: Draft) -> None:  # M17
    for line in draft.pick("mobile", 3):
        text = line.cells["mobile"]
        line.cells["mobile"] = draft.random.choice([
            "+86 " + text, f"{text[:3]}-{text[3:7]}-{text[7:]}", "’" + text,
            text.translate({ord(d): ord(d) - 48 + 0xFF10 for d in "0123456789"}),
        ])  # fmt: skip


def two_phones(draft: Draft) -> None:
    for line in draft.pick("mobile", 1):
        line.cells["mobile"] += "、027-87654321"
        draft.codes.add("phone_second")


def padded_names(draft: Draft) -> None:  # M18 and 2.6
    for line in draft.pick("name", 3):
        name = line.cells["name"]
        line.cells["name"] = draft.random.choice([
            "\u3000".join(name), " ".join(name), name + "\u200b", " " + name + "\u00a0",
        ])  # fmt: skip


def annotated_name(draft: Draft) -> None:
    for line in draft.pick("name", 1):
        line.cells["name"] += "（退休）"
        draft.codes.add("name_note")


def dotted_name(draft: Draft) -> None:
    for line in draft.pick("name", 1):
        assert line.woman is not None
        line.cells["name"], line.woman.name = "古丽娜尔•买买提", "古丽娜尔·买买提"


def hidden_rows(draft: Draft) -> None:  # M19
    for line in draft.lines[3:5]:
        if line.woman is not None:
            line.hidden = True
            draft.codes.add("row_hidden")


def hidden_column(draft: Draft) -> None:  # M19
    draft.hidden_heading = "mobile"
    draft.codes.add("column_hidden")


def active_filter(draft: Draft) -> None:  # M20
    draft.filtered = True
    hidden_rows(draft)


def struck_rows(draft: Draft) -> None:  # M21
    for line in draft.pick("seq", 1):
        line.struck = True
        draft.codes.add("row_struck")


def formula_without_value(draft: Draft) -> None:  # M23
    for line in draft.pick("post", 1):
        assert line.woman is not None
        line.cells["post"] = '=IF(1=1,"科员","")'
        line.woman.post = None
        draft.codes.add("formula_without_value")


def error_cells(draft: Draft) -> None:  # M24
    for line in draft.pick("post", 1):
        assert line.woman is not None
        line.cells["post"] = "#N/A"
        line.woman.post = None
        draft.codes.add("cell_error")


def other_words(draft: Draft) -> None:  # M25
    for line, word in zip(draft.pick("marital", 3), ("已", "离异", "丧"), strict=False):
        assert line.woman is not None
        line.cells["marital"] = word
        line.woman.marital = {"已": "已婚", "离异": "离婚", "丧": "丧偶"}[word]


def married_or_not(draft: Draft) -> None:  # M38
    draft.headings["marital"] = "婚否"
    for line in draft.pick("marital", 99):
        assert line.woman is not None
        line.cells["marital"], line.woman.marital = draft.random.choice(
            [("是", "已婚"), ("否", "未婚")]
        )


def men_mixed_in(draft: Draft) -> None:  # M26
    draft.headings["sex"] = "性别"
    for line in draft.lines:
        if line.woman is not None:
            line.cells["sex"] = "女"
    for name in ("赵国强", "钱建军"):
        number = identity_number(date(1980, 5, 9), 100 + 2 * draft.men + 1)
        cells = {"name": name, "sex": "男", "unit": UNITS[0], "id": number}
        draft.lines.insert(0, Line(cells))
        draft.claimed = {(place + 1, heading) for place, heading in draft.claimed}
        draft.men += 1


def same_person_twice(draft: Draft) -> None:  # M27
    line = draft.lines[-1] if draft.lines[-1].woman else draft.lines[0]
    if line.woman is None or line.woman.id_number is None:
        return
    if any(place == draft.lines.index(line) for place, _ in draft.claimed):
        return
    draft.lines.append(Line(dict(line.cells)))
    draft.claimed |= {(draft.lines.index(line), heading) for heading in draft.headings}
    draft.codes.add("same_person_twice")


def blank_lines(draft: Draft) -> None:
    draft.lines.insert(4, Line(loose=[]))
    draft.lines.insert(8, Line(loose=[]))


def formatted_blank_rows(draft: Draft) -> None:  # M35
    draft.trailing_blank = 400


def health_remark(draft: Draft) -> None:  # M36
    for line, (text, kept) in zip(
        draft.pick("remark", 2), (("怀孕", None), ("哺乳期；驻村", "驻村")), strict=False
    ):
        assert line.woman is not None
        line.cells["remark"], line.woman.remark = text, kept
        draft.codes.add("health_remark_left_out")


def dittos(draft: Draft) -> None:  # M37
    for above, line in zip(draft.lines, draft.lines[1:], strict=False):
        if above.woman and line.woman and above.woman.unit == line.woman.unit:
            line.cells["unit"] = draft.random.choice(["同上", "〃"])
    for line in draft.pick("remark", 2):
        line.cells["remark"] = draft.random.choice(["-", "/", "无"])


def unknown_columns(draft: Draft) -> None:
    draft.extra_headings["饭卡号"] = [f"K{i:03d}" for i in range(60)]


def trap_columns(draft: Draft) -> None:
    people = [f"家属{i}" for i in range(60)]
    draft.extra_headings |= {
        "紧急联系人": people, "紧急联系人电话": [f"139{i:08d}" for i in range(60)],
        "配偶姓名": people, "身份证复印件": ["有"] * 60, "部门负责人": ["李主任"] * 60,
    }  # fmt: skip


def not_from_the_corner(draft: Draft) -> None:
    draft.shift = 2


def helper_sheets(draft: Draft) -> None:
    draft.empty_sheets = ("填表说明", "Sheet2", "Sheet3")


Symptom = Callable[[Draft], None]

SYMPTOMS: dict[str, Symptom] = {
    f.__name__: f
    for f in (
        title_row, reporting_line, grouped_header, wrapped_headings, merged_units,
        unit_in_first_row_only, repeated_header, side_by_side, totals, footnotes,
        prefilled_numbers, numeric_ids, spaced_ids, old_ids, short_ids, wrong_check_digit,
        date_styles, october_as_number, impossible_day, numeric_phones, odd_phones, two_phones,
        padded_names, annotated_name, dotted_name, hidden_rows, hidden_column, active_filter,
        struck_rows, formula_without_value, error_cells, other_words, married_or_not,
        men_mixed_in, same_person_twice, blank_lines, formatted_blank_rows, health_remark, dittos,
        unknown_columns, trap_columns, not_from_the_corner, helper_sheets,
    )
}  # fmt: skip

# What cannot stand in one file with a symptom, or whose outcome together nobody could say.
_APART: dict[str, set[str]] = {
    "merged_units": {
        "unit_in_first_row_only", "dittos", "blank_lines", "totals", "repeated_header",
        "side_by_side", "men_mixed_in", "prefilled_numbers", "same_person_twice",
    },
    "side_by_side": {
        "unit_in_first_row_only", "dittos", "hidden_rows", "active_filter", "struck_rows",
        "grouped_header", "unknown_columns", "trap_columns", "totals", "blank_lines",
        "repeated_header", "hidden_column", "prefilled_numbers",
    },
    "unit_in_first_row_only": {"men_mixed_in", "totals", "dittos"},
    "dittos": {"men_mixed_in", "totals", "blank_lines"},
    "formula_without_value": {"error_cells"},
    "other_words": {"married_or_not"},
    "same_person_twice": {"unknown_columns", "trap_columns"},
}  # fmt: skip


def combinable(first: str, second: str) -> bool:
    """Whether two symptoms can stand in one file."""
    return second not in _APART.get(first, ()) and first not in _APART.get(second, ())


def random_symptoms(rng: random.Random, count: int) -> list[str]:
    """Some symptoms that can stand together, in the order of the catalogue."""
    chosen: list[str] = []
    for name in rng.sample(list(SYMPTOMS), len(SYMPTOMS)):
        if len(chosen) < count and all(combinable(name, other) for other in chosen):
            chosen.append(name)
    return [name for name in SYMPTOMS if name in chosen]


# --- writing ------------------------------------------------------------------------------------


def write_xlsx(draft: Draft, path: Path) -> None:
    """The draft as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    _write_sheet(draft, sheet)
    for name in draft.empty_sheets:
        other = book.create_sheet(name)
        if name == "填表说明":
            other.append(["一、本表由各科室填写。"])
            other.append(["二、姓名、身份证号必填，不得改动格式。"])
    book.save(path)


def _write_sheet(draft: Draft, sheet: Any) -> None:
    keys = list(draft.headings)
    left = draft.shift + 1
    width = len(keys) + len(draft.extra_headings)
    row = 1
    for cells in draft.top:
        _put(sheet, row, left, cells)
        if draft.merged_title and row == 1:
            sheet.merge_cells(
                start_row=1, end_row=1, start_column=left, end_column=left + width - 1
            )
        row += 1
    row = _write_header(draft, sheet, row, left, keys)
    if draft.columns == 2:
        row = _write_two_columns(draft, sheet, row, left, keys)
    else:
        row = _write_lines(draft, sheet, row, left, keys)
    for cells in draft.bottom:
        _put(sheet, row, left, cells)
        row += 1
    for blank in range(draft.trailing_blank):
        sheet.cell(row + blank, left).font = Font(bold=True)
    if draft.hidden_heading:
        column = left + keys.index(draft.hidden_heading)
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden = True


def _put(sheet: Any, row: int, left: int, cells: list[Any]) -> None:
    for offset, value in enumerate(cells):
        if value is not None:
            sheet.cell(row, left + offset, value)


def _write_header(draft: Draft, sheet: Any, row: int, left: int, keys: list[str]) -> int:
    words = [*(draft.headings[k] for k in keys), *draft.extra_headings]
    if draft.columns == 2:
        words = [*words, None, *words]
    if not draft.groups:
        _put(sheet, row, left, words)
        return row + 1
    grouped = {key for _, members in draft.groups for key in members}
    for group, members in draft.groups:
        places = [left + keys.index(key) for key in members]
        sheet.cell(row, places[0], group)
        sheet.merge_cells(start_row=row, end_row=row, start_column=places[0], end_column=places[-1])
    for offset, word in enumerate(words):
        if offset < len(keys) and keys[offset] in grouped:
            sheet.cell(row + 1, left + offset, word)
        else:
            sheet.cell(row, left + offset, word)
            sheet.merge_cells(
                start_row=row, end_row=row + 1, start_column=left + offset,
                end_column=left + offset,
            )  # fmt: skip
    return row + 2


def _write_lines(draft: Draft, sheet: Any, row: int, left: int, keys: list[str]) -> int:
    unit_column = left + keys.index("unit")
    block: tuple[int, str] | None = None
    people = 0
    for line in draft.lines:
        if draft.repeat_header_every and people and people % draft.repeat_header_every == 0:
            _put(sheet, row, left, [*(draft.headings[k] for k in keys), *draft.extra_headings])
            row += 1
        people += 1
        _write_line(draft, sheet, (row, left), keys, line, people=people)
        if draft.merged_units:
            unit = line.cells.get("unit")
            if block and block[1] == unit:
                sheet.cell(row, unit_column).value = None
            else:
                if block:
                    _merge_down(sheet, unit_column, block[0], row - 1)
                block = (row, unit)
        row += 1
    if draft.merged_units and block:
        _merge_down(sheet, unit_column, block[0], row - 1)
    if draft.filtered:
        last = openpyxl.utils.get_column_letter(left + len(keys) - 1)
        first = openpyxl.utils.get_column_letter(left)
        top = row - people - 1
        sheet.auto_filter.ref = f"{first}{top}:{last}{row - 1}"
        sheet.auto_filter.add_filter_column(0, ["1", "2"])
    return row


def _merge_down(sheet: Any, column: int, first: int, last: int) -> None:
    if last > first:
        sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)


def _write_line(
    draft: Draft, sheet: Any, place: tuple[int, int], keys: list[str], line: Line, *, people: int
) -> None:
    row, left = place
    if line.loose is not None:
        _put(sheet, row, left, line.loose)
        return
    values = [line.cells.get(key) for key in keys]
    is_real = line.cells.get("name") is not None
    values += [column[people] if is_real else None for column in draft.extra_headings.values()]
    _put(sheet, row, left, values)
    for offset, value in enumerate(values):
        cell = sheet.cell(row, left + offset)
        if value == "#N/A":
            cell.data_type = "e"
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        if line.struck:
            cell.font = Font(strike=True)
    if line.hidden:
        sheet.row_dimensions[row].hidden = True


def _write_two_columns(draft: Draft, sheet: Any, row: int, left: int, keys: list[str]) -> int:
    half = (len(draft.lines) + 1) // 2
    width = len(keys) + len(draft.extra_headings) + 1
    for offset in range(half):
        _write_line(draft, sheet, (row + offset, left), keys, draft.lines[offset], people=offset)
        if half + offset < len(draft.lines):
            other = draft.lines[half + offset]
            place = row + offset, left + width
            _write_line(draft, sheet, place, keys, other, people=half + offset)
    return row + half
