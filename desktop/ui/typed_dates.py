"""What day does a person mean who types a few characters?

Near days in the short forms of the office (``4.20``, ``0420``, ``明天``, ``周五``) are read here;
anything longer, and every partial date, is read as rosters write dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

TodayFrom = Callable[[], date]

_WORDS = {
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "前天": -2,
}
_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"(本|这|下|上)?(?:周|星期|礼拜)([一二三四五六日天])")
_MONTH_DAY = re.compile(r"(\d{1,2})[.\-/月](\d{1,2})日?号?")
_FOUR = re.compile(r"(\d{2})(\d{2})")

UNREADABLE = "读不出日期，可写成 4.20、0420 或 2026.4.20"


def read(text: str, today: date, *, partial: bool = False) -> tuple[str, str]:
    """The date meant, as ``2026-04-20`` (``2026-04`` or ``2026`` if ``partial``), and a problem.

    Exactly one of the two is filled, neither for an empty text. A day without a year is the one
    in this year.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    typed = re.sub(r"\s+(?:周|星期)[一二三四五六日天]$", "", typed).replace(" ", "")
    if not typed:
        return "", ""
    if typed in _WORDS:
        return (today + timedelta(days=_WORDS[typed])).isoformat(), ""
    if weekday := _WEEKDAY.fullmatch(typed):
        return _weekday(weekday, today).isoformat(), ""
    for form in (_MONTH_DAY,) if partial else (_MONTH_DAY, _FOUR):
        if match := form.fullmatch(typed):
            return _in_this_year(int(match[1]), int(match[2]), today)
    return _as_rosters_do(typed, today, partial=partial)


def shown(value: str) -> str:
    """``2026年4月20日 周一``, ``2026年4月`` or ``2026年`` for a date as ``read`` gives it."""
    parts = [int(part) for part in value.split("-")] if value else []
    if not parts:
        return ""
    words = "".join(f"{number}{unit}" for number, unit in zip(parts, "年月日", strict=False))
    if len(parts) == 3:
        words += f" 周{_WEEKDAYS[date(*parts).weekday()]}"
    return words


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = _WEEKDAYS.index(match[2].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    if match[1] in ("下", "上"):
        return monday + timedelta(days=wanted + (7 if match[1] == "下" else -7))
    day = monday + timedelta(days=wanted)
    # a bare 周三 said on a Friday means the coming one
    return day + timedelta(days=7) if day < today and not match[1] else day


def _in_this_year(month: int, day: int, today: date) -> tuple[str, str]:
    try:
        return date(today.year, month, day).isoformat(), ""
    except ValueError:
        return "", f"{today.year}年没有 {month}月{day}日"


def _as_rosters_do(typed: str, today: date, *, partial: bool) -> tuple[str, str]:
    from desktop.fields.dates import read_text

    reading = read_text(typed, this_year=today.year)
    if reading.value is None:
        return "", reading.message or UNREADABLE
    value = str(reading.value)
    if len(value) < 10 and not partial:
        return "", "还差日，请写到哪一天"
    return value, ""
