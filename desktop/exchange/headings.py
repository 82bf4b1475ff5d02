"""What does a column heading mean?

Headings are compared after width, white space, brackets and asterisks are taken away. A heading
that speaks of somebody else (a contact, a parent, a spouse) or of a paper (a copy, a photo) is
never taken for a field of the person's own, however much it resembles one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from desktop.exchange.heading_words import (
    COARSE,
    ENGLISH,
    KNOWN_WORDS,
    MORE_SYNONYMS,
    OWN_COLUMNS,
)
from desktop.registers import MEMBERS

Sort = Literal["field", "known", "trap", "unknown"]

SEQUENCE = "seq"
AGE = "age"
IGNORED = "ignored"
"""Of a column a person does not want: neither a field nor kept with the person."""
COARSE_UNIT = "unit_above"
"""A column naming the larger unit where another column names the smaller one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means. ``rank`` tells how specific it is: of two columns for one field the
    lower one is taken."""

    sort: Sort
    field: str | None = None
    rank: int = 99


IF_NAMES_FOLLOW = 45
"""The rank of words that head names in one table and a line of text in another."""
UNKNOWN = Heading("unknown")
TRAP = Heading("trap")
KNOWN = Heading("known")

_SOMEBODY_ELSE = re.compile(
    r"联系人|紧急|应急|父亲|母亲|父母|家长|监护人|配偶|爱人|丈夫|妻子|子女|孩子|儿子|女儿|小孩|幼儿|婴儿|家属|亲属|"
    r"家庭成员|负责人|主管|领导|推荐人|介绍人|证明人|担保人|保证人|法人|法定代表|经办|审核|审批|填表|填报|"
    r"制表|导师|辅导员|班主任|指导教师|指导老师|户主|开户|收款|银行|发起人|申报人单位|上级|汇报|同行|陪同|"
    r"称谓|社会关系|产权人|房主|报告人|评委|考官|主讲|授课"
)
_PAPER = re.compile(
    r"复印件|照片|扫描件|原件|身份证地址|身份证住址|有效期|是否提交|错误|旧身份|备用|附件|"
    r"起止|期限|到期|签发|发证|签名|签字|图片|正面|反面"
)
_ANOTHER_SCRIPT = re.compile(r"英文|拼音|外文")
_HEALTH = re.compile(
    r"健康|身体状况|病|孕|产假|哺乳|"
    r"体检(?!日期|时间|地点|套餐|机构|医院|项目|单位|编号|序号|批次|人)|"
    r"残疾|血型|HPV|TCT",
    re.IGNORECASE,
)

_BRACKETED = re.compile(r"[（(\[【〔<《][^）)\]】〕>》]*[）)\]】〕>》]")
_MARKS = re.compile(
    r"[\s\u200b\u200c\u200d\ufeff（）()\[\]【】〔〕<>《》*＊※★:：、,，。.·/\\|_\-—'\"“”]+"
)
_PREFIX = re.compile(
    r"^(?:请输入|请填写|请选择)?(?:您的|您所在的?|你的|您)?(?:女职工|教职工|职工|员工|人员|学生|学员|本人|个人|职员|教师|干部|成员|会员|党员|妇女|"
    r"获奖人|参训人员)?的?"
)
_SUFFIX = re.compile(r"(?:必填|选填|必填项|文本格式|文本|18位|11位)$")
_NUMBERED = re.compile(r"^\s*\d{1,2}[、.．)）]\s*(?=\D)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OWN_NAME = re.compile(r"^[\u4e00-\u9fff]{2,6}姓名$")
_WHO_TAKES_PART = re.compile(
    r"^(?:参会|参训|参加|参赛|参检|应检|获奖|报名|体检|培训|受训|与会|到会|慰问|表彰|拟表彰|入选|出席|列席)"
    r"(?:人员|对象|同志)(?:名称|名单)?$"
)
_TABLE_BEFORE = re.compile(r"^(?:employee|emp|student|stu|user|staff|member|person|teacher)")
_OR = re.compile(r"[/／\\\n、或]")
_OLD_SCRIPT = str.maketrans(
    "證號電話碼別單備註職務學歷聯絡員編齡間稱門機級黨狀況時參轉縣區資訊鄉鎮處隊會實證",
    "证号电话码别单备注职务学历联络员编龄间称门机级党状况时参转县区资讯乡镇处队会实证",
)


def plain(text: str) -> str:
    """A heading without width, white space, brackets (their content stays) and marks."""
    wide = unicodedata.normalize("NFKC", text).translate(_OLD_SCRIPT)
    return wide if wide.isalpha() else _MARKS.sub("", wide)


def bare(text: str) -> str:
    """A heading without what stands in brackets: ``身份证号（18位）`` is ``身份证号``."""
    if text.isalpha():
        return plain(text)
    return plain(_BRACKETED.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1)
def _table() -> dict[str, Heading]:
    table: dict[str, Heading] = dict.fromkeys(KNOWN_WORDS, KNOWN)
    for name, words in OWN_COLUMNS.items():
        table |= {plain(w): Heading("field", name, i) for i, w in enumerate(words.split())}
    for name, words in MORE_SYNONYMS.items():
        for rank, word in enumerate(words.split(), 50):
            table.setdefault(plain(word), Heading("field", name, rank))
    for field in MEMBERS.fields:
        for rank, word in enumerate((field.label, *field.synonyms)):
            table[plain(word)] = Heading("field", field.name, rank)
    return table


@lru_cache(maxsize=1)
def _english() -> dict[str, Heading]:
    return {
        word: Heading("field", name, 60 + rank)
        for name, words in ENGLISH.items()
        for rank, word in enumerate(words.split())
    }


def is_about_somebody_else(text: str) -> bool:
    """Whether a heading, or the heading of a group of columns, speaks of another person."""
    return bool(_SOMEBODY_ELSE.search(plain(text)))


def is_about_health(text: str) -> bool:
    """Whether a column holds what this program does not keep: findings, pregnancy, illness."""
    return bool(_HEALTH.search(text))


def is_coarse_unit(text: str) -> bool:
    """Whether a unit heading names the employer rather than the section."""
    return plain(text) in COARSE


@lru_cache(maxsize=4096)
def meaning(text: str) -> Heading:
    """What one heading means by itself."""
    if text[:1].isdigit():
        text = _NUMBERED.sub("", text)
    whole, short = plain(text), bare(text)
    if not whole:
        return UNKNOWN
    table = _table()
    if found := table.get(whole):
        return found
    if _SOMEBODY_ELSE.search(whole) or _ANOTHER_SCRIPT.search(whole):
        return TRAP
    if found := table.get(short):
        return found
    if _PAPER.search(whole):
        return TRAP
    if whole.endswith(("表", "名册", "表格")):
        return UNKNOWN  # the title of a list
    return _relaxed(text, whole, short)


def _relaxed(text: str, whole: str, short: str) -> Heading:
    table = _table()
    for form in (short, whole) if short != whole else (whole,):
        without = _SUFFIX.sub("", _PREFIX.sub("", form))
        if found := table.get(without):
            return Heading(found.sort, found.field, found.rank + 20)
    parts = [p for p in _OR.split(text) if plain(p) != whole] if _OR.search(text) else []
    known = [found for p in parts if (found := table.get(plain(p)) or table.get(bare(p)))]
    for found in sorted(known, key=lambda one: one.sort != "field"):
        return Heading(found.sort, found.field, found.rank + 30)
    if _OWN_NAME.match(short):
        return Heading("field", "name", 40)
    if _WHO_TAKES_PART.match(short):
        return Heading("field", "name", IF_NAMES_FOLLOW)
    return _bilingual(whole)


def _bilingual(whole: str) -> Heading:
    han = "".join(_HAN.findall(whole))
    if han == whole:
        return UNKNOWN
    latin = re.sub(r"[^a-z]", "", whole.lower())
    if han and (found := _table().get(han)):
        is_second = whole[-1] in "23456789"
        return Heading(found.sort, found.field, found.rank + (100 if is_second else 30))
    if latin and not han:
        found = _english().get(latin) or _english().get(_TABLE_BEFORE.sub("", latin), UNKNOWN)
        return UNKNOWN if found.field == SEQUENCE and latin not in _english() else found
    return UNKNOWN


def meaning_in_group(parts: tuple[str, ...]) -> Heading:
    """What a heading of one to three rows means, its groups first: the joined words if they are a
    heading themselves (``出生`` over ``年月``), else the lowest row."""
    told = [p for p in parts if plain(p)]
    if not told:
        return UNKNOWN
    *groups, child = told
    for start in range(len(told) - 1):
        joined = _table().get("".join(plain(p) for p in told[start:]))
        if joined is not None:
            return joined
    if any(is_about_somebody_else(group) for group in groups):
        return TRAP
    found = meaning(child)
    if found is UNKNOWN and groups:
        above = meaning(groups[-1])
        # a group of one column: its own words say more than the note beneath
        return above if above.sort == "field" and not _HAN.search(plain(child)) else UNKNOWN
    return found
