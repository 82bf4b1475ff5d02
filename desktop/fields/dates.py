"""Dates as rosters write them, read without guessing: what is known stays partial.

A reading that has two meanings (``1985.1`` typed as a number is October more often than January)
gives both as candidates; who knows the identity number may choose.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

from db.types import PartialDate
from desktop.fields.core import CellValue, Reading

SERIAL_RANGE = range(3654, 73051)  # 1910-01-01 … 2100-01-01 as Excel counts days
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_NUMERALS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零ＯOo", "0"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff'‘’`]+")
_EMPTY = frozenset(
    ("", "-", "—", "--", "——", "/", "\\", "无", "不详", "暂无", "空", "N/A", "n/a", "****")
)
_SEPARATED = re.compile(
    r"(\d{4}|\d{2})[-/\\.、。,，·~年](\d{1,2})(?:[-/\\.、。,，·~月](\d{1,2}))?[日号月]?"
)
_SPELLED = re.compile(r"(\d{4}|\d{2})年(?:(\d{1,2})月?(?:份)?(?:(\d{1,2})[日号]?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ENGLISH = re.compile(r"(?:(\d{1,2})[- ]?)?([A-Za-z]{3,9})[-, ]*(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})月[-/]?(\d{4}|\d{2})年?")
_TIME_TAIL = re.compile(r"[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")

_UNREADABLE = "读不出日期，可写成 1985-06-12 或 1985-06"
_IMPOSSIBLE = "日历上没有这一天"


def read_text(text: str, *, this_year: int | None = None) -> Reading:
    """What a typed date means. Two-digit years are the latest ones not in the future."""
    this_year = this_year or _current_year()
    raw = unicodedata.normalize("NFKC", text).strip()
    if raw in _EMPTY or not raw:
        return Reading()
    if re.search(r"农历|阴历|旧历|正月|腊月|闰.月", raw):
        return Reading(None, "date_lunar", "这是农历日期，请换成公历", "error")
    bare = _TIME_TAIL.sub("", raw)
    bare = _SPACE.sub("", _BRACKETS.sub("", bare)) or _SPACE.sub("", raw)
    bare = _arabic(re.sub(r"(?:出生|生|至今|起)$", "", bare).rstrip("。.、,，"))
    for form in (_from_digits, _from_separated, _from_spelled, _from_words):
        found = form(bare, this_year)
        if found is not None:
            return _checked(found, changed=bare != text.strip())
    return Reading(None, "date_unreadable", _UNREADABLE, "error")


def read_cell(cell: CellValue, *, is_1904: bool = False, this_year: int | None = None) -> Reading:
    """What a workbook cell means. A real date on the first of a month stays a whole date."""
    this_year = this_year or _current_year()
    if cell is None or isinstance(cell, bool):
        return Reading() if cell is None else _unreadable()
    if isinstance(cell, datetime):
        return Reading(PartialDate.of(cell.date()))
    if isinstance(cell, date):
        return Reading(PartialDate.of(cell))
    if isinstance(cell, (int, float)):
        return _from_number(float(cell), is_1904, this_year)
    return read_text(cell, this_year=this_year) if isinstance(cell, str) else _unreadable()


def _current_year() -> int:
    return datetime.now(UTC).year


def _unreadable() -> Reading:
    return Reading(None, "date_unreadable", _UNREADABLE, "error")


def _from_number(number: float, is_1904: bool, this_year: int) -> Reading:
    if number == int(number):
        whole = int(number)
        digits = str(whole)
        if len(digits) in (6, 8):
            return read_text(digits, this_year=this_year)
        if 1900 <= whole <= this_year:
            return Reading(PartialDate(whole))
        if whole in SERIAL_RANGE:
            epoch = _EPOCH_1904 if is_1904 else _EPOCH_1900
            return Reading(PartialDate.of(epoch + timedelta(days=whole)), changed=True)
        return _unreadable()
    year, _, month = f"{number:.10g}".partition(".")
    if 1900 <= int(number) <= this_year and len(month) <= 2:
        if month == "1":
            return Reading(
                None,
                "date_ambiguous",
                f"{year}.1 可以是 {year} 年 10 月，也可以是 1 月",
                "error",
                candidates=(PartialDate(int(year), 10), PartialDate(int(year), 1)),
            )
        return read_text(f"{year}.{month}", this_year=this_year)
    if 1900 <= int(number) <= this_year and len(month) in (3, 4):
        return read_text(f"{year}{month:0<4}", this_year=this_year)
    if int(number) in SERIAL_RANGE and number < 100000:
        return _from_number(float(int(number)), is_1904, this_year)
    return _unreadable()


Found = tuple[int, int | None, int | None]


def _checked(found: Found, *, changed: bool) -> Reading:
    try:
        value = PartialDate(*found)
    except ValueError:
        return Reading(None, "date_impossible", _IMPOSSIBLE, "error")
    return Reading(value, changed=changed)


def _full_year(text: str, this_year: int) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 1900 + year if year > this_year % 100 else 2000 + year


def _from_digits(text: str, this_year: int) -> Found | None:
    if not text.isdigit():
        return None
    if len(text) == 8 and text[:2] in ("18", "19", "20"):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if len(text) == 6 and text[:2] in ("18", "19", "20") and 1 <= int(text[4:]) <= 12:
        return int(text[:4]), int(text[4:]), None
    if len(text) == 6 and text[:2] not in ("20",):
        return _full_year(text[:2], this_year), int(text[2:4]), int(text[4:])
    if len(text) == 4 and text[:2] in ("19", "20"):
        return int(text), None, None
    if len(text) == 5 and int(text) in SERIAL_RANGE:
        day = _EPOCH_1900 + timedelta(days=int(text))
        return day.year, day.month, day.day
    return None


def _from_separated(text: str, this_year: int) -> Found | None:
    if match := _DAY_FIRST.fullmatch(text):
        return _day_first(match)
    match = _SEPARATED.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    return _full_year(year, this_year), int(month), int(day) if day and int(day) else None


def _day_first(match: re.Match[str]) -> Found | None:
    one, two, year = (int(g) for g in match.groups())
    if one > 12 >= two:
        return year, two, one
    return (year, one, two) if two > 12 >= one or one == two else None


def _from_spelled(text: str, this_year: int) -> Found | None:
    match = _SPELLED.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    return _full_year(year, this_year), int(month) if month else None, int(day) if day else None


def _from_words(text: str, this_year: int) -> Found | None:
    if match := _MONTH_YEAR.fullmatch(text):
        return _full_year(match[2], this_year), int(match[1]), None
    match = _ENGLISH.fullmatch(text)
    if match is None or match[2][:3].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(match[2][:3].lower()) + 1
    return _full_year(match[3], this_year), month, int(match[1]) if match[1] else None


def _arabic(text: str) -> str:
    if not re.search(r"[一二三四五六七八九十〇○零]", text):
        return text
    year, mark, rest = text.partition("年")
    if not mark:
        return text
    digits = "".join(_NUMERALS.get(c, c) for c in year)
    return digits + mark + re.sub(r"[〇○零一二三四五六七八九十廿卅]+", _small, rest)


def _small(match: re.Match[str]) -> str:
    """Chinese numerals up to 39: 十二, 二十一, 廿三, 三十, 〇六."""
    text = match[0].replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return "".join(_NUMERALS[c] for c in text)
    tens, _, ones = text.partition("十")
    return str(int(_NUMERALS.get(tens, "1")) * 10 + int(_NUMERALS.get(ones, "0")))


def in_words(value: PartialDate) -> str:
    """``1985年6月12日``, ``1985年6月`` or ``1985年``."""
    words = f"{value.year}年"
    if value.month:
        words += f"{value.month}月"
    if value.day:
        words += f"{value.day}日"
    return words
