"""What does one cell of a column mean? Every distinct cell of a column is read only once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from math import nan
from typing import Any

from db.types import PartialDate
from desktop.exchange.headings import bare, plain
from desktop.exchange.reading.cells import CellValue
from desktop.exchange.remarks import read_remark, speaks_of_health
from desktop.exchange.said import Note, note
from desktop.fields import (
    Choice,
    Day,
    Field,
    IdNumber,
    Link,
    Name,
    Phone,
    Reading,
    dates,
    identity,
    names,
)
from desktop.fields.kinds import EMPTY_WORDS, cell_text, tidy
from desktop.fields.standards import HEADED_WORDS, MORE_THAN_A_VALUE

DITTO = frozenset(("同上", "〃", "″", "”", "“", '"', "''", "同 上", "同前", "同上。", "々"))

_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,5}")
_PLAIN_AREA = re.compile(r"[1-6]\d{5}", re.ASCII)
_PLAIN_TAIL = re.compile(r"\d{3}[\dX]", re.ASCII)
_DIGITS = re.compile(r"\d{4}", re.ASCII)
_PLAIN_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_PLAIN_DATE = re.compile(r"((?:19|20)\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_FIFTEEN_DIGITS = re.compile(r"([1-9])\.(\d{14})[eE]\+?17", re.ASCII)
_SEVERAL_PEOPLE = re.compile(r"[、,，;；&+/\n]|和(?=[\u4e00-\u9fff]{2,3}$)")
_NUMBER_BEFORE = re.compile(r"^\s*[（(]?\d{1,3}[)）]?[.、．\s]+(?=[\u3400-\u9fff])")
_ASIDE = re.compile(r"[（(\[【][^（()）\]】\d]{1,8}[)）\]】]")
_ASIDE_OF_DAY = re.compile(r"[(\[【]")
_OWN_PHONE = re.compile(r"本人|自己|手机|移动|联通|电信|长号|办|微信|常用|工作|新|单位|固话|座机")
_ROLE_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,6})[:：]\s*([\u3400-\u9fff·]{2,12})")
_PHONE_BEHIND = re.compile(r"([\u3400-\u9fff·]{2,12})[\s:,、/(]*(1[3-9]\d{9})\)?", re.ASCII)
_BLANKS_OF_DATABASES = frozenset(("NULL", "null", "Null", "(null)", "<null>", "None", "nan", "NaN"))
_VERTICAL = re.compile(r"[\u3400-\u9fff](?:\n[\u3400-\u9fff]){1,3}")
_HEAD_COUNT = re.compile(r"(?<=\S)\s*[（(]\s*(?:共|计|合计)?\s*\d+\s*[人名位]\s*[)）]$")
_TAIL_DIGITS = re.compile(r"\d{2,}$")

Outcome = Any
"""A value, ``None``, or a :class:`Note` when something is to be said."""


class Memo(dict[CellValue, Outcome]):
    """The outcomes of a column's cells; ``is_quiet`` while nothing had to be said."""

    def __init__(
        self,
        read: Callable[[CellValue], Outcome],
        is_plain: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._read, self._is_plain = read, is_plain
        self.is_quiet = True
        self[None] = None

    def read_all(self, cells: list[CellValue]) -> list[Outcome]:
        """The outcomes of many cells; those that are plainly right are not remembered."""
        is_plain = self._is_plain
        if is_plain is None:
            return list(map(self.__getitem__, cells))
        return [c if type(c) is str and is_plain(c) else self[c] for c in cells]

    def __missing__(self, cell: CellValue) -> Outcome:
        is_text = isinstance(cell, str)
        if is_text and cell in _BLANKS_OF_DATABASES:
            self[cell] = None
            return None
        is_ditto = is_text and cell in DITTO
        outcome = Note(None, is_ditto=True) if is_ditto else self._read(cell)
        if type(outcome) is Note:
            self.is_quiet = False
        self[cell] = outcome
        return outcome


def memo_for(field: Field, header: str, *, is_1904: bool) -> Memo:
    """A reader for a column of that field under that heading."""
    kind = field.kind
    if isinstance(kind, Name):
        return Memo(read_name)
    if isinstance(kind, IdNumber):
        return Memo(read_id, is_plain_id)
    if isinstance(kind, Phone):
        return Memo(read_phone, _PLAIN_MOBILE.fullmatch)
    if isinstance(kind, Day):
        return Memo(lambda cell: read_day(cell, is_1904=is_1904))
    if isinstance(kind, Link):
        return Memo(read_unit)
    if isinstance(kind, Choice):
        return Memo(_choice(kind, header))
    if field.name == "remark":
        return Memo(lambda cell: read_remark(cell_text(cell)))
    return Memo(lambda cell: _other(kind, cell))


def _outcome(reading: Reading, *, reason: str = "") -> Outcome:
    return note(reading, reason=reason) if reading.level or reason else reading.value


def _other(kind: Any, cell: CellValue) -> Outcome:
    if isinstance(cell, str) and tidy(cell) in EMPTY_WORDS:
        return kind.from_cell(cell).value if tidy(cell) else None
    return _outcome(kind.from_cell(cell))


def _choice(kind: Choice, header: str) -> Callable[[CellValue], Outcome]:
    words = HEADED_WORDS.get(plain(header)) or HEADED_WORDS.get(bare(header)) or {}
    asks = bool(words) or "是否" in header

    def read(cell: CellValue) -> Outcome:
        text = tidy(cell_text(cell))
        if text in words:
            return words[text]
        if asks and text in ("否", "×", "N", "n", "不是"):
            return None
        reading = kind.from_cell(cell)
        if reading.value is not None and text in MORE_THAN_A_VALUE:
            return Note(reading.value, reason="按标准归类，原来的写法另存", others=(text,))
        return _outcome(reading)

    return read


def read_unit(cell: CellValue) -> Outcome:
    """A unit's name, white space between Han characters taken away."""
    text = " ".join(tidy(cell_text(cell)).split())
    if text in EMPTY_WORDS:
        return None
    name = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)
    if found := _HEAD_COUNT.search(name):
        return Note(name[: found.start()], reason="去掉单位名后的人数")
    return name


def names_without_number(text: str) -> str:
    """A name cell without the number some lists put before the name: ``3.王芳``."""
    return _NUMBER_BEFORE.sub("", text)


def read_name(cell: CellValue) -> Outcome:
    """A name; annotations and marks are taken off and said."""
    whole = cell_text(cell)
    if _PLAIN_NAME.fullmatch(whole):
        return whole
    text = names_without_number(whole)
    outcome = _read_name(text)
    if text == whole or type(outcome) is Note:
        return outcome
    return Note(outcome, reason="去掉姓名前的序号")


def _read_name(text: str) -> Outcome:
    flat = unicodedata.normalize("NFKC", tidy(text))
    if flat in EMPTY_WORDS:
        return None
    if _VERTICAL.fullmatch(flat):
        flat = text = "".join(flat.split())
    if with_phone := _PHONE_BEHIND.fullmatch(flat):
        return _told_apart(with_phone[1], with_phone[2])
    if with_role := _ROLE_BEFORE.fullmatch(flat):
        return _told_apart(with_role[2], with_role[1])
    if _SEVERAL_PEOPLE.search(flat.replace(" ", "")) and not flat.isascii():
        return Note(None, "name_suspicious", "error", "一格里像有几个人，请分成几行")
    found = names.read_name(text)
    if _TAIL_DIGITS.search(flat) or (len(found.name) < 2 and found.name != flat):
        whole = "".join(flat.split())
        if not any(c.isalpha() for c in whole):
            return Note(None, "name_suspicious", "error", f"“{tidy(text)}”不像人名")
        return Note(whole, "name_suspicious", "warning", f"“{whole}”不像人名，照原样收进")
    if not names.looks_like_name(found.name):
        return _odd_name(found.name, text)
    if found.notes or found.name != "".join(flat.split()).replace("•", "·"):
        return _annotated(found, text)
    changed = found.name != text
    return Note(found.name, reason="去掉空格和不可见字符") if changed else found.name


def _told_apart(name: str, besides: str) -> Note:
    """A name in one cell with something else that is not the name."""
    message = f"姓名格里还写着“{besides}”，已另存，没有据此改动别的内容"
    return Note(name, "name_note", "warning", message, reason="附注另存", others=(besides,))


def _odd_name(name: str, text: str) -> Note:
    letters = sum(c.isalpha() for c in name)
    if not letters or len(name) > 40 or letters * 2 < len(name):
        return Note(None, "name_suspicious", "error", f"“{tidy(text)[:20]}”不像人名")
    return Note(name, "name_suspicious", "warning", f"“{name}”不像人名，照原样收进")


def _annotated(found: names.NameReading, text: str) -> Outcome:
    notes = tuple(n for n in found.notes if n not in ("女", "女性"))
    if not notes:
        if (tail := tidy(text)[-1]).isdigit():
            message = f"姓名后的“{tail}”已去掉，请看看是不是用来区分同名"
            return Note(found.name, "name_note", "warning", message, reason="去掉姓名后的数字")
        same = found.name == tidy(text)
        return found.name if same else Note(found.name, reason="去掉姓名里的空格和标记")
    if any(speaks_of_health(n) for n in notes):
        return Note(
            found.name, "health_remark_left_out", "warning",
            "姓名后的附注涉及健康，没有收进名册", reason="健康内容不收", is_private=True,
        )  # fmt: skip
    words = "、".join(notes)
    return Note(
        found.name, "name_note", "warning", f"姓名后写着“{words}”，已另存，没有据此改动别的内容",
        reason="附注另存", others=notes,
    )  # fmt: skip


class _Kept(dict[str, Any]):
    """What a function said of each text so far, of a bounded number of them."""

    _MOST = 65_536

    def __init__(self, work: Callable[[str], Any]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, text: str) -> Any:
        if len(self) >= self._MOST:
            self.clear()
        found = self[text] = self._work(text)
        return found


def _day(digits: str) -> PartialDate | None:
    try:
        return PartialDate(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


_DAYS = _Kept(_day)


def born(digits: str) -> PartialDate | None:
    """The day in eight digits, ``None`` when there is no such day."""
    found: PartialDate | None = _DAYS[digits]
    return found


def _weighed(digits: str, first: int) -> int:
    return sum(
        int(digit) * weight for digit, weight in zip(digits, identity.WEIGHTS[first:], strict=False)
    )


def _weigh_area(area: str) -> float:
    is_known = _PLAIN_AREA.fullmatch(area) and area[:2] in identity.PROVINCES
    return _weighed(area, 0) if is_known else nan


def _weigh_year(year: str) -> float:
    return _weighed(year, 6) if _DIGITS.fullmatch(year) and year != "0000" else nan


def _weigh_month_and_day(digits: str) -> float:
    """Nothing for 29 February: whether that exists depends on the year."""
    is_day = _DIGITS.fullmatch(digits) and _day(f"2001{digits}") is not None
    return _weighed(digits, 10) if is_day else nan


def _weigh_tail(tail: str) -> float:
    if not _PLAIN_TAIL.fullmatch(tail):
        return nan
    return _weighed(tail[:3], 14) - identity.CHECK_CHARACTERS.index(tail[3])


# numbers are the same few parts in ever new combinations
_AREAS, _YEARS = _Kept(_weigh_area), _Kept(_weigh_year)
_MONTHS_AND_DAYS, _TAILS = _Kept(_weigh_month_and_day), _Kept(_weigh_tail)


def is_plain_id(text: str) -> bool:
    """Whether a text is a number of 18 characters that passes GB 11643 as it stands: a province, a
    day of birth that exists, and the check character. The rare ones it misses pass the long way."""
    if len(text) != 18:
        return False
    weight = _AREAS[text[:6]] + _YEARS[text[6:10]] + _MONTHS_AND_DAYS[text[10:14]]
    return bool((weight + _TAILS[text[14:]]) % 11 == 0)


def read_id(cell: CellValue) -> Outcome:
    """An identity number; of one that went through a numeric cell only fifteen digits are left."""
    if isinstance(cell, str):
        if is_plain_id(cell):
            return cell
        if _SCIENTIFIC.fullmatch(tidy(cell)):
            message = "表里只剩科学计数法，号码后面的数字已经丢失，需要补录"
            found = _FIFTEEN_DIGITS.fullmatch(tidy(cell))
            kept = found[1] + found[2] if found else ""
            return Note(None, "id_digits_lost", "error", message, prefix15=kept)
    reading = IdNumber().from_cell(cell)
    if reading.code == "id_digits_lost":
        prefix = str(reading.candidates[0]) if reading.candidates else ""
        return Note(None, reading.code, reading.level, reading.message, prefix15=prefix)
    if reading.level == "error" and isinstance(cell, str) and _ASIDE.search(cell):
        again = IdNumber().from_cell(_ASIDE.sub("", cell))
        if again.value is not None and not again.code:
            return Note(again.value, reason="去掉号码旁的附注")
    tidied = isinstance(cell, str) and reading.value not in (None, cell)
    return _outcome(reading, reason="去掉空格等符号，统一写法" if tidied else "")


def read_phone(cell: CellValue) -> Outcome:
    """A telephone number; the others of the same cell are told, and kept apart."""
    if isinstance(cell, str):
        if _PLAIN_MOBILE.fullmatch(cell):
            return cell
        if _SCIENTIFIC.fullmatch(tidy(cell)):
            return Note(None, "phone_digits_lost", "error", "表里只剩科学计数法，号码不全")
    reading = Phone().from_cell(cell)
    if reading.candidates:
        others = "、".join(reading.candidates)
        return Note(
            reading.value, "phone_second", "warning",
            f"一格里有 {len(reading.candidates) + 1} 个号码，手机取第一个，其余另存：{others}",
            reason="第一个手机号入库，其余另存", others=reading.candidates,
        )  # fmt: skip
    if reading.level == "error" and isinstance(cell, str):
        asides = _ASIDE.findall(cell)
        again = Phone().from_cell(_ASIDE.sub("", cell))
        if asides and all(map(_OWN_PHONE.search, asides)) and again.value and not again.candidates:
            return Note(again.value, reason="去掉号码旁的附注")
    tidied = isinstance(cell, str) and reading.value not in (None, cell)
    return _outcome(reading, reason="统一电话写法" if tidied else "")


def read_day(cell: CellValue, *, is_1904: bool) -> Outcome:
    """A date known to the year, month or day."""
    if isinstance(cell, date):
        return PartialDate(cell.year, cell.month, cell.day)
    if isinstance(cell, str):
        found = _PLAIN_DATE.fullmatch(cell)
        if found and (value := _partial(found[1], found[2], found[3])):
            return value
    reading = dates.read_cell(cell, is_1904=is_1904)
    return _outcome(reading, reason=_day_reason(cell, reading))


def _day_reason(cell: CellValue, reading: Reading) -> str:
    """Why a date is not written as it stands, where more was done than to write it another way."""
    if reading.value is None:
        return ""
    if isinstance(cell, int | float):
        return "表格的日期序号换成日期" if reading.changed else ""
    text = unicodedata.normalize("NFKC", str(cell))
    if str(reading.value.year) not in text:
        return "年份写成四位数字"
    return "去掉日期旁的附注" if _ASIDE_OF_DAY.search(text) else ""


@lru_cache(maxsize=65536)
def _partial(year: str, month: str, day: str | None) -> PartialDate | None:
    try:
        return PartialDate(int(year), int(month), int(day) if day else None)
    except ValueError:
        return None
