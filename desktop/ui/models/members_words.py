"""How are the facts about a person put into words on the screen?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol

from desktop.fields import Day, Field
from desktop.fields.kinds import masked

_WEEKDAYS = "周一 周二 周三 周四 周五 周六 周日".split()


class Partial(Protocol):
    """A date known to the year, the month or the day."""

    @property
    def year(self) -> int: ...

    @property
    def month(self) -> int | None: ...

    @property
    def day(self) -> int | None: ...

    def age_on(self, day: date) -> int: ...


def spoken_date(day: Partial | None) -> str:
    """``1986年3月12日``, ``1986年3月``, ``1986年``."""
    if day is None:
        return ""
    words = f"{day.year}年"
    if day.month:
        words += f"{day.month}月"
    if day.day:
        words += f"{day.day}日"
    return words


def birth_words(born: Partial | None, today: date) -> str:
    """``1986年3月，40 岁``."""
    return "" if born is None else f"{spoken_date(born)}，{born.age_on(today)} 岁"


def value_words(field: Field, value: Any, *, hidden: bool = True) -> str:
    """A stored value as it is shown; private values masked while ``hidden``."""
    if value is None or value == "":
        return ""
    if field.kind.is_private and hidden:
        return masked(field.kind, value)
    if isinstance(field.kind, Day):
        return spoken_date(value)
    return field.kind.text(value)


def moment_words(at: datetime, today: date) -> str:
    """``今天 17:00``, ``昨天``, ``周四``, then the date, in local time."""
    local = at.astimezone()
    days = (today - local.date()).days
    if days <= 0:
        return f"今天 {local:%H:%M}"
    if days == 1:
        return "昨天"
    if days < 7:
        return _WEEKDAYS[local.weekday()]
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日"


def people_words(names: tuple[str, ...]) -> str:
    """One person by name, several by number."""
    return names[0] if len(names) == 1 else f"{len(names)} 人"
