"""Into which column of the staff table does a person fall?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.fields.standards import EDUCATION, ETHNICITY

Person = Any  # a row of the columns named in NEEDED
NEEDED = (
    "id", "unit_id", "birth_date", "education_code", "political_status_code",
    "marital_status_code", "rank", "post", "professional_title", "ethnicity_code",
    "is_single_parent", "is_hardship", "employment_status",
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One column of counts: whom it counts, and in words how that is decided."""

    heading: str
    counts: Callable[[Person, date], bool]
    meaning: str


@dataclass(frozen=True)
class Band:
    """Columns under one heading. ``is_whole``: everybody should fall into one of them."""

    name: str
    figures: tuple[Figure, ...]
    is_whole: bool = True
    lacks: str = ""  # what those who fall into none have not filled in


# 调研员, 主任科员 … are ranks beside posts: regulation on civil servants' ranks of 2019
_SECTION = re.compile(r"主任科员|科级|[正副]科(?!长)")
_COUNTY = re.compile(r"调研员|巡视员|处级|[厅局]级|县级(?=[正副]|$)|[正副][处县](?!长)")
_CLERK = re.compile(r"科员|办事员")
_MINORITIES = frozenset(ETHNICITY.values) - {"01", "97", "98"}


def level(rank: str | None, post: str | None) -> str:
    """``county``, ``section``, ``clerk`` or nothing: what the rank says, else the post where it
    names a rank itself; a post such as 科长 stands for different ranks in different places."""
    for text in (rank, post):
        if text and (found := _level(text)):
            return found
    return ""


def _level(text: str) -> str:
    if _COUNTY.search(text):
        return "county"
    if _SECTION.search(text):
        return "section"
    return "clerk" if _CLERK.search(text) else ""


def _aged(first: int, last: int, words: str) -> Figure:
    def counts(person: Person, on: date) -> bool:
        born = person.birth_date
        return born is not None and first <= born.age_on(on) <= last

    return Figure(words, counts, "按截止日满几周岁算；只知道出生年月的，按当月 1 日出生算")


def _coded(field: str, words: str, codes: frozenset[str], meaning: str) -> Figure:
    return Figure(words, lambda person, _: getattr(person, field) in codes, meaning)


def _ranked(words: str, wanted: str, meaning: str) -> Figure:
    return Figure(words, lambda person, _: level(person.rank, person.post) == wanted, meaning)


def _ticked(field: str, words: str, meaning: str) -> Figure:
    return Figure(words, lambda person, _: getattr(person, field) is True, meaning)


def _schooled(*tens: str) -> frozenset[str]:
    return frozenset(code for code in EDUCATION.values if code[0] in tens)


_POLITICS, _MARRIAGE, _TITLE = "political_status_code", "marital_status_code", "professional_title"

BANDS = (
    Band(
        "年龄",
        (
            _aged(0, 35, "35岁及以下"),
            _aged(36, 45, "36—45岁"),
            _aged(46, 55, "46—55岁"),
            _aged(56, 200, "56岁及以上"),
        ),
        lacks="出生日期",
    ),
    Band(
        "学历",
        (
            _coded("education_code", "研究生", _schooled("1"), "博士、硕士和研究生班"),
            _coded("education_code", "本科大专", _schooled("2", "3"), "大学本科和大学专科"),
            _coded(
                "education_code",
                "高中中专及以下",
                _schooled("4", "6", "7", "8"),
                "高中、中专、职高、技校、初中和小学",
            ),
        ),
        lacks="学历",
    ),
    Band(
        "政治面貌",
        (
            _coded(_POLITICS, "中共党员", frozenset(("01", "02")), "含预备党员"),
            _coded(_POLITICS, "共青团员", frozenset(("03",)), "政治面貌填共青团员的"),
            _coded(
                _POLITICS,
                "民主党派",
                frozenset(f"{code:02d}" for code in range(4, 12)),
                "八个民主党派的成员",
            ),
            _coded(_POLITICS, "群众", frozenset(("12", "13")), "含无党派人士"),
        ),
        lacks="政治面貌",
    ),
    Band(
        "婚姻",
        (
            _coded(_MARRIAGE, "未婚", frozenset(("10",)), "婚姻状况填未婚的"),
            _coded(_MARRIAGE, "已婚", frozenset(("20", "21", "22", "23")), "含初婚、再婚、复婚"),
            _coded(_MARRIAGE, "离异丧偶", frozenset(("30", "40")), "离婚和丧偶"),
        ),
        lacks="婚姻状况",
    ),
    Band(
        "职务",
        (
            _ranked("县处级以上", "county", "县处级正副职、调研员；更高的也在这一栏"),
            _ranked("乡科级", "section", "乡科级正副职、主任科员"),
            _ranked("科员", "clerk", "科员、办事员"),
        ),
        is_whole=False,
        lacks="职级",
    ),
    Band(
        "职称",
        (
            _coded(_TITLE, "高级", frozenset(("senior", "associate")), "正高级和副高级"),
            _coded(_TITLE, "中级", frozenset(("middle",)), "职称填中级的"),
            _coded(_TITLE, "初级", frozenset(("junior",)), "职称填初级的"),
        ),
        is_whole=False,
        lacks="职称",
    ),
    Band(
        "其中",
        (
            _coded("ethnicity_code", "少数民族", _MINORITIES, "民族填汉族以外的；没有填的不算"),
            _ticked("is_single_parent", "单亲", "“单亲”一项填“是”的"),
            _ticked("is_hardship", "困难", "“困难女职工”一项填“是”的"),
        ),
        is_whole=False,
    ),
)
