# ruff: noqa: E501
"""Rosters put together at random from what offices do, the same for the same number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from tests.exchange.corpus import columns as c
from tests.exchange.corpus.cells import DATE_WAYS, ID_WAYS, PHONE_WAYS, Showing
from tests.exchange.corpus.pages import Book, Column, Line, Page, blank, header_again, told
from tests.exchange.corpus.people import UNITS, People, Person
from tests.exchange.corpus.saving import FORMATS

_HEADINGS = {
    "name": ("姓名", "姓 名", "姓　　名", "职工姓名", "*姓名", "姓名（必填）", "姓\n名"),
    "sex": ("性别", "性 别", "性\n别", "*性别"),
    "id_number": ("身份证号", "身份证号码", "身份证号码（18位）", "公民身份号码", "身份证\n号码"),
    "birth_date": ("出生年月", "出生日期", "出生\n年月", "生日"),
    "mobile": ("手机", "联系电话", "手机号码", "联系方式", "电话"),
    "unit": ("单位", "部门", "科室", "所在部门", "工作单位"),
    "staff_no": ("工号", "员工编号", "职工号"),
    "post": ("职务", "现任职务", "岗位"),
}
_ASIDES = (
    ("紧急联系人", "周伟强"), ("紧急联系人电话", "13911112222"), ("饭卡号", "C{i:03}"), ("尺码", "XL"), ("身份证复印件", "√"),
    ("配偶姓名", "吴国华"), ("备注", ""), ("部门负责人", "郑建军"), ("家长电话", "13711112222"), ("签名", ""),
)  # fmt: skip
_TITLES = (
    "某局2026年女职工花名册",
    "女职工基本情况登记表",
    "职工名单",
    "附件1",
    "某某单位人员信息汇总表",
)
_UNDER_TITLES = (
    ("填报单位（盖章）：", None, None, "填报日期：2026年4月1日"), ("单位：", None, "时间：2026.4"), ("总人数：20", None, "其中党员：8"),
    ("填表时间：2026年3月",), ("联系人：周某   联系电话：027-87654321",),
)  # fmt: skip
_TAILS = (
    ("填表人：", None, "审核人："), ("负责人签字：              填表人：周某",), ("注：本表一式三份，每月5日前报送。",),
    ("备注：1.身份证号码须为18位。2.请按科室填写。",), ("合计", None, None), ("共计：{n}人",), ("2026年4月1日",), ("制表：办公室",),
)  # fmt: skip
_BETWEEN = (
    "小计", "以下人员为2026年新调入", "（续表）", "注：以上人员已核对", "累计", "——————", "接上页", "小  计：5人",
)  # fmt: skip
_MERGING = ("openpyxl", "xlsxwriter", "xlwt", "xlsx-as-xls", "xml2003-xls", "html-xls")
_REAL_DATES = ("openpyxl", "xlsxwriter", "xlwt", "xlsx-as-xls", "ods")


def mixed(number: int) -> Book:
    """The roster of that number."""
    chance = Random(number)
    book = Book(People(f"mixed {number}", odd_names=chance.random() < 0.3))
    book.format = chance.choice(FORMATS) if chance.random() < 0.4 else "openpyxl"
    page = book.page(chance.choice(("Sheet1", "名册", "2026年", "女职工")))
    is_plain = book.format not in _MERGING
    told_columns = _columns(chance, book.format, allow_groups=not is_plain)
    column = chance.choice((1, 1, 1, 1, 2, 3))
    page.row = chance.choice((1, 1, 1, 2, 4))
    _head(page, chance, len(told_columns), column, is_plain=is_plain)
    _fill(page, chance, book, told_columns, column)
    if book.format in _REAL_DATES and chance.random() < 0.15:
        _second_page(book, chance, told_columns)
    if book.format in ("openpyxl", "xlsxwriter", "xlwt") and chance.random() < 0.3:
        book.page("Sheet2")
        book.page("Sheet3")
    return book


def _second_page(book: Book, chance: Random, told_columns: list[Column]) -> None:
    page = book.page(chance.choice(("续", "聘用人员", "退休", "名册2")))
    _fill(page, chance, book, told_columns, 1)


def _columns(chance: Random, file_format: str, *, allow_groups: bool) -> list[Column]:
    has_dates = file_format in _REAL_DATES
    dates = [w for n, w in enumerate(DATE_WAYS) if has_dates or n not in (10,)]
    pool = [
        _styled(c.ID, chance, ID_WAYS), _styled(c.BIRTH, chance, tuple(dates)), _styled(c.MOBILE, chance, PHONE_WAYS),
        c.SEX, c.UNIT, c.STAFF_NO, c.POST, c.NATION, c.PARTY, c.SCHOOLING_, c.STARTED,
    ]  # fmt: skip
    chosen = [one for one in pool if chance.random() < 0.6] or [c.SEX]
    chosen = [
        one.headed(chance.choice(_HEADINGS[one.field])) if one.field in _HEADINGS else one
        for one in chosen
    ]
    chosen += [c.aside(h, text=t) for h, t in chance.sample(_ASIDES, chance.randrange(4))]
    chance.shuffle(chosen)
    shows: Callable[[Person, int], Any] = c.padded_name if chance.random() < 0.3 else c.NAME.shows
    name = c.NAME.headed(chance.choice(_HEADINGS["name"])).showing(shows)
    if chance.random() < 0.3:
        chosen.insert(chance.randrange(len(chosen)), c.aside(""))
    merged = allow_groups and chance.random() < 0.4
    chosen = [replace(one, merged_down=merged and one.field == "unit") for one in chosen]
    chosen = _unambiguous(chosen)
    front = [c.SEQ] if chance.random() < 0.7 else []
    at = 0 if chance.random() < 0.8 else chance.randrange(len(chosen))
    chosen.insert(at, name)
    if allow_groups and chance.random() < 0.25:
        chosen = _grouped(chosen)
    return front + chosen


def _unambiguous(columns: list[Column]) -> list[Column]:
    """Without telephones straight behind somebody else, of which nobody could tell whose they are."""
    whose = [any(w in str(one.heading) for w in ("联系人", "配偶")) for one in columns]
    return [
        one
        for n, one in enumerate(columns)
        if one.field != "mobile"
        or n == 0
        or not whose[n - 1]
        or "电话" in str(columns[n - 1].heading)
    ]


def _styled(column: Column, chance: Random, ways: tuple[Showing, ...]) -> Column:
    """All cells of a column alike, or each another way."""
    one = chance.choice(ways)
    if chance.random() < 0.5:
        return column.showing(lambda person, index: one(person))
    start = chance.randrange(len(ways))
    return column.showing(lambda person, index: ways[(start + index) % len(ways)](person))


def _grouped(columns: list[Column]) -> list[Column]:
    """The columns that belong together under one more heading, where they stand side by side."""
    groups = {
        "mobile": "联系方式",
        "birth_date": "个人情况",
        "sex": "个人情况",
        "post": "工作情况",
        "unit": "工作情况",
    }
    return [
        replace(one, heading=(groups[one.field], str(one.heading))) if one.field in groups else one
        for one in columns
    ]


def _head(page: Page, chance: Random, width: int, column: int, *, is_plain: bool) -> None:
    if chance.random() < 0.6:
        page.title(chance.choice(_TITLES), 1 if is_plain else width, column)
    if chance.random() < 0.4:
        page.line(*chance.choice(_UNDER_TITLES), column=column)
    if chance.random() < 0.15:
        page.skip()


def _fill(page: Page, chance: Random, book: Book, told_columns: list[Column], column: int) -> None:
    count = chance.randrange(3, 16)
    people = book.people.some(count, men=chance.choice((0, 0, 2)) if count > 4 else 0)
    if chance.random() < 0.2 and all(one.field != "unit" for one in told_columns):
        _in_sections(page, chance, people, told_columns, column)
    else:
        page.roster(told_columns, _broken_up(chance, people), column=column)
    if told_columns[0] is c.SEQ and chance.random() < 0.2:
        for number in range(count + 1, count + 12):
            page.line(number, column=column)
    if chance.random() < 0.5:
        page.skip(chance.randrange(3))
        for tail in chance.sample(_TAILS, chance.randrange(1, 3)):
            cells = [t.format(n=count) if t else None for t in tail]
            page.nobody.append((page.row, ""))
            page.line(*cells, column=column)


def _in_sections(
    page: Page, chance: Random, people: list[Person], told_columns: list[Column], column: int
) -> None:
    style = chance.choice(("一、{}", "（一）{}", "{}（{n}人）", "{}"))
    half = max(1, len(people) // 2)
    for n, part in enumerate((people[:half], people[half:])):
        unit = UNITS[n]
        section = told(style.format(unit, n=len(part)), merged=chance.random() < 0.5)
        page.roster(told_columns, [section], column=column, is_headed=n == 0)
        page.roster(told_columns, part, column=column, also={"unit": unit}, is_headed=False)


def _broken_up(chance: Random, people: list[Person]) -> list[Person | Line]:
    body: list[Person | Line] = []
    for person in people:
        body.append(person)
        if chance.random() < 0.04:
            body.append(blank())
        if chance.random() < 0.03:
            body.append(header_again())
        if chance.random() < 0.03:
            body.append(told(chance.choice(_BETWEEN), merged=chance.random() < 0.5))
    while isinstance(body[-1], Line):
        body.pop()
    return body
