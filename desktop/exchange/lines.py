"""What is each row below a header: a person, or something else?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from desktop.exchange.cells import names_without_number
from desktop.exchange.contents import (
    has_surname,
    is_name,
    is_table_word,
    looks_like_date,
    looks_like_id,
    looks_like_phone,
    looks_like_sex,
    looks_like_unit,
)
from desktop.exchange.reading.cells import CellValue
from desktop.fields import names
from desktop.fields.kinds import cell_text

Line = Literal[
    "person", "nameless", "section", "total", "note", "signature", "example", "blank_numbered",
    "continuation", "blank",
]  # fmt: skip

_TOTAL = re.compile(
    r"^(?:.{0,12}(?:合计|小计|总计|共计|累计)(?:[:：（(].*|[\d.人名位]*)?|总?人数.{0,8}|平均.{0,8}|"
    r"(?:以上)?(?:合计|总计)?共\d+[人名位].{0,12}|计\d+[人名位]|\d+[人名位])$"
)
_SIGNATURE = re.compile(
    r"^(?:单位|部门|科室|主要|分管)?(?:制表|填表|填报|审核|审批|复核|经办|负责|报送|联系|联络|带队|领队|签发|核对|校对|录入|登记)"
    r"(?:人员?|员|者|领导|单位|日期|时间|意见)?(?:签字|签名|签章|及(?:联系)?电话)?(?:\(.{0,12}\))?(?:[:：].*|)$|"
    r"^(?:单位)?(?:领导|负责人|盖章|公章|签字|签名|签章|日期|联系电话)(?:\(.{0,12}\))?[:：].*$|"
    r"^\(?(?:单位)?(?:盖章|公章)\)?$|^(?:本人)?签字[:：].*"
)
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填报说明|填写说明|填报要求|附注|附|注意|注意事项|温馨提示|提示|要求)\d?[:：.、;]|"
    r"^(?:※|\*|★|注\d)|^(?:\d{1,2}|[一二三四五六七八九十]+)[.、]\D.{14,}|^(?:填表|填报|填写)说明$"
)
_FEW_WORDS = re.compile(r"[\u4e00-\u9fff]{2,8}")
_ABOUT_THE_LIST = re.compile(
    r"^(?:填报|报送|所属|所在|申报|推荐|填表|制表|统计|会议|活动|培训)?"
    r"(?:单位|部门|科室|处室|班级|日期|时间|地点|名称|年月)(?:名称|全称)?(?:\(.{0,8}\))?[:：]"
)
_EXAMPLE = re.compile(r"示例|样例|范例|样表|填写样|例如|^例[:：]?|[（(]例[)）]|^举例")
_INSTRUCTION = re.compile(
    r"必填|选填|请填|请选|填写|格式|下拉|勿|不得|如[:：]|例[:：]|文本型|YYYY|yyyy"
)
_NOT_A_UNIT = re.compile(
    r"在职|退休|人员|女职工|男职工|名单|名册|编制|聘用|党员|续表|接上页|第.{1,3}页|以下空白|以上|此页|空白|花名|正文|续|完|下页|本页|如下"
)
_LABEL_OF_PHONE = re.compile(r"^(?:联系|办公|手机)?(?:电话|手机|方式|号码)(?:号码?)?:?$")
_DATE_LINE = re.compile(r"^\d{4}年\d{0,2}月\d{0,2}日$")
_STRONG = (looks_like_id, looks_like_phone, looks_like_date)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=8192)
def leads_astray(text: str) -> bool:
    """Whether a text at the head of a row says that no person follows (``合计``, ``审核人：``)."""
    plain = _folded(text)
    return bool(
        _TOTAL.match(plain)
        or _SIGNATURE.match(plain)
        or _NOTE.match(plain)
        or _EXAMPLE.search(plain)
    )


def is_plainly_a_person(row: Sequence[CellValue], name: int, left: int) -> bool:
    """The quick answer for nearly every row; ``False`` only means: look closer."""
    text = row[name]
    if not isinstance(text, str) or not is_name(text) or len(row) - row.count(None) < 4:
        return False
    first = row[left]
    return left == name or not isinstance(first, str) or not leads_astray(first)


def what_is(
    row: Sequence[CellValue],
    *,
    name: int,
    sequence: int | None,
    prefilled: frozenset[int],
    mapped: frozenset[int],
    is_merged: bool = False,
) -> Line:
    """What a row of one table is. ``prefilled`` are columns that say nothing about whether there is
    a person (unit, sex, age), ``mapped`` all that hold a field; ``is_merged``: its first filled
    cell spans several columns."""
    filled = [i for i, c in enumerate(row) if c is not None and cell_text(c).strip()]
    if not filled:
        return "blank"
    texts = {i: _folded(cell_text(row[i])) for i in filled}
    if odd := _odd(texts, name):
        return odd
    if len(filled) == 1:
        return _single(
            cell_text(row[filled[0]]),
            filled[0],
            name=name,
            sequence=sequence,
            prefilled=prefilled,
            is_merged=is_merged,
        )
    if name not in texts:
        telling = mapped - prefilled - {sequence}
        return _nameless(row, filled, telling)
    return _named(row, texts, name, filled)


def _odd(texts: dict[int, str], name: int) -> Line | None:
    heads = [*list(texts.values())[:2], texts.get(name, "")]
    if any(_TOTAL.match(t) for t in heads) and not _is_named_like_a_total(texts, name):
        return "total"
    if any(_EXAMPLE.search(t) for t in heads if len(t) <= 16):
        return "example"
    if sum(bool(_INSTRUCTION.search(t)) for t in texts.values()) >= 2:
        return "example"
    first = next(iter(texts.values()))
    if 2 <= len(texts) <= 6 and _ABOUT_THE_LIST.match(first):
        return "note"
    is_lone = len(texts) <= 6
    # a post may be called 负责人 too; then a name stands beside it, and no colon
    signs = bool(_SIGNATURE.match(first)) and (
        name not in texts or ":" in first or any(map(_LABEL_OF_PHONE.match, texts.values()))
    )
    if is_lone and (signs or any(re.search("[:：]", t) and _SIGNATURE.match(t) for t in heads)):
        return "signature"
    if is_lone and sum(bool(_SIGNATURE.match(t)) for t in texts.values()) >= 2:
        return "signature"
    is_date_line = len(texts) <= 2 and any(_DATE_LINE.match(t) for t in texts.values())
    if is_date_line and not is_name(texts.get(name, "")):
        return "signature"
    return "note" if _NOTE.match(first) and len(texts) <= 3 else None


def _is_named_like_a_total(texts: dict[int, str], name: int) -> bool:
    """Whether it is somebody's name that ends as totals begin (``单小计``): her own number or
    telephone stands in the row."""
    own = texts.get(name, "")
    if not 2 <= len(own) <= 3 or _TOTAL.sub("", own[1:]) == own[1:] or not has_surname(own):
        return False
    others = [t for i, t in texts.items() if i != name]
    strong = any(looks_like_id(t) or looks_like_phone(t) for t in others)
    return strong and not any(_TOTAL.match(t) for t in others)


def _single(
    text: str,
    place: int,
    *,
    name: int,
    sequence: int | None,
    prefilled: frozenset[int],
    is_merged: bool,
) -> Line:
    if place == sequence and _folded(text).isdigit():
        return "blank_numbered"
    own = _own_words(text)
    if place == name and not is_merged and is_name(own) and has_surname(own):
        return "person"
    if place in prefilled and not is_merged:
        return "blank_numbered"
    is_before_names = place < name and _FEW_WORDS.fullmatch(_folded(text)) is not None
    if is_before_names or is_section(text, is_merged=is_merged):
        return "section"
    if place == name and not is_merged and names.looks_like_name(names.read_name(text).name):
        return "person"
    return "note"


def is_section(text: str, *, is_merged: bool) -> bool:
    """Whether the only words of a row begin a part of the table."""
    short = len(_folded(text)) <= 24
    return short and (looks_like_unit(text) or is_merged or bool(_NOT_A_UNIT.search(text)))


def names_a_unit(text: str) -> bool:
    """Whether a section is a unit, and not a group of people such as ``退休人员``."""
    return looks_like_unit(text) or not _NOT_A_UNIT.search(text)


def _own_words(text: str) -> str:
    """What stands in a name cell without a number before it and notes in brackets."""
    return names.read_name(names_without_number(text)).name


def _are_several_people(text: str) -> bool:
    parts = [p for p in re.split(r"[、,，;；/]|\s{1,}", text) if p]
    return 2 <= len(parts) <= 4 and all(is_name(p) and has_surname(p) for p in parts)


def _nameless(
    row: Sequence[CellValue], filled: Sequence[int], telling: frozenset[int | None]
) -> Line:
    told = [i for i in filled if i in telling]
    if any(test(row[i]) for i in told for test in _STRONG) or len(told) >= 3:
        return "nameless"
    is_wordy = any(len(cell_text(row[i])) > 12 for i in filled)
    return "note" if is_wordy or (not told and len(filled) > 3) else "blank_numbered"


def _named(
    row: Sequence[CellValue], texts: dict[int, str], name: int, filled: Sequence[int]
) -> Line:
    own = _own_words(cell_text(row[name]))
    if len(filled) <= 2 and looks_like_unit(own) and not has_surname(own):
        return "section"
    if is_name(own):
        return "person"
    others = [row[i] for i in filled if i != name]
    if any(test(c) for c in others for test in (*_STRONG, looks_like_sex)):
        return "person"
    if _are_several_people(own):
        return "person"  # to be told of, not left out as a note
    plausible = names.looks_like_name(names.read_name(own).name)
    is_wordy = len(texts[name]) > 12 and "·" not in own
    is_told = is_table_word(own) or leads_astray(own)
    return "person" if plausible and not is_wordy and not is_told else "note"
