"""What may a table be asked, and what do all tables say above and below themselves?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.fields.table import Table

SIGNED_BY = ("填报单位（盖章）", "制表人", "审核人", "填报日期")


@dataclass(frozen=True)
class Asked:
    """``on`` is the day ages are counted to, ``made_on`` the day the table is filled in.

    ``unit_id`` narrows the table to a unit and those below it. ``organisation`` is the name that
    stands beside the stamp. Without ``full`` telephone numbers are masked.
    """

    on: date
    made_on: date
    unit_id: int | None = None
    organisation: str = ""
    full: bool = False


@dataclass(frozen=True)
class Report:
    """One table; ``asks`` names the attributes of :class:`Asked` that change it."""

    code: str
    title: str
    asks: tuple[str, ...]
    query: Callable[[Session, Asked], Table]


def above(asked: Asked, period: str, measure: str) -> tuple[str, str, str]:
    """The line between title and table."""
    return (f"{SIGNED_BY[0]}：{asked.organisation}", period, f"单位：{measure}")


def below(asked: Asked) -> tuple[str, ...]:
    """The line of signatures; names are written by hand."""
    return (f"{SIGNED_BY[1]}：", f"{SIGNED_BY[2]}：", f"{SIGNED_BY[3]}：{in_full(asked.made_on)}")


def until(asked: Asked) -> str:
    return f"截至{in_full(asked.on)}"


def in_full(day: date) -> str:
    """A day as official papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"
