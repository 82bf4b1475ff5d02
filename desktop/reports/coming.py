"""The lists of what is coming: who retires, who has a birthday, who has worked how long?

Tables like those handed upward, for the office itself: printed, kept as a workbook, and every line
leads to the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Member, Unit
from db.types import PartialDate
from desktop.fields.table import Cell, Check, Heading, Table, Value
from desktop.reports.asking import Asked, Report, in_full
from desktop.services import reminders
from desktop.services.reminders import Retirement

AHEAD = 12  # months
EVERY = 10  # years
_WHO = (
    Heading("序号", is_centred=True),
    Heading("姓名", is_centred=True, is_person=True),
    Heading("单位"),
)
_ONLY_A_REMINDER = (
    "这里只作提醒：退休可以按规定提前或推迟，最多三年；办好手续后，请把在职状态改成“退休”。"
)
_HOW = (
    ("到龄月份", "2024 年 9 月的决定：从 2025 年 1 月起，原 55 岁的每 4 个月、原 50 岁的每 2 个月"
     "延迟 1 个月"),
    ("范围", "性别为女、在职、借调来或借出，填了出生日期和原退休年龄的人"),
)  # fmt: skip


def retiring(session: Session, asked: Asked) -> Table:
    """Women who reach the age within twelve months of ``on``, or have reached it already."""
    found = reminders.retirements(session, on=asked.on, ahead=AHEAD)
    rows = [
        (
            one.member_id,
            (one.name, one.unit, str(one.birth_date), f"{one.original_age} 岁",
             f"{one.delay} 个月" if one.delay else "不延迟", _month_words(one), _left_words(one)),
        )
        for one in found
    ]  # fmt: skip
    return _table(
        "退休提醒",
        ("出生日期", "原退休年龄", "延迟", "到龄月份", "还有"),
        rows,
        asked,
        notes=(_ONLY_A_REMINDER,),
        definitions=_HOW,
        checks=_checks_of_retirement(session, found),
    )


def birthdays(session: Session, asked: Asked) -> Table:
    """Everybody on staff born in the month of ``on``, by day."""
    found = reminders.birthdays(session, on=asked.on)
    rows = [
        (
            one.member_id,
            (one.name, one.unit, str(one.birth_date),
             f"{asked.on.month}月{one.day}日" if one.day else "只知道月份", f"{one.turns} 岁"),
        )
        for one in found
    ]  # fmt: skip
    title = f"{asked.on.year}年{asked.on.month}月过生日的人"
    return _table(title, ("出生日期", "生日", "满"), rows, asked)


def anniversaries(session: Session, asked: Asked) -> Table:
    """Everybody on staff who completes ten, twenty … years of work in the month of ``on``."""
    found = reminders.anniversaries(session, on=asked.on, every=EVERY)
    rows = [
        (one.member_id, (one.name, one.unit, str(one.began), f"{one.years} 年")) for one in found
    ]
    title = f"{asked.on.year}年{asked.on.month}月工作满整{EVERY}年的人"
    return _table(title, ("参加工作时间", "满"), rows, asked)


def unknown(session: Session, asked: Asked) -> Table:
    """Women on staff of whom nobody is reminded, and what is missing."""
    wanted = set(reminders.without_retirement_age(session))
    people = session.execute(
        select(
            Member.id, Member.name, Unit.name.label("unit"), Member.birth_date,
            Member.retirement_age,
        )
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .order_by(Unit.sort_order, Unit.id, Member.sort_key, Member.id)
    )  # fmt: skip
    rows = [
        (one.id, (one.name, one.unit or "", _said(one.birth_date), _lacking(one)))
        for one in people
        if one.id in wanted
    ]
    note = "原退休年龄按国家规定填 50 岁或 55 岁；填好以后，到时会出现在退休提醒里。"
    return _table(
        "退休时间算不出来的人", ("出生日期", "没有填"), rows, asked, notes=(note,) if rows else ()
    )


LISTS = (
    Report("retiring", "退休提醒", (), retiring),
    Report("birthdays", "当月生日", ("on",), birthdays),
    Report("anniversaries", "工作满整十年", ("on",), anniversaries),
    Report("unknown", "算不出退休时间", (), unknown),
)


def _table(
    title: str,
    headings: Sequence[str],
    people: Iterable[tuple[int, tuple[Value, ...]]],
    asked: Asked,
    *,
    notes: tuple[str, ...] = (),
    definitions: tuple[tuple[str, str], ...] = (),
    checks: tuple[Check, ...] = (),
) -> Table:
    rows = tuple(
        tuple(Cell(value, (member,)) for value in (number, *values))
        for number, (member, values) in enumerate(people, start=1)
    )
    return Table(
        title=title,
        headings=(*_WHO, *(Heading(words, is_centred=True) for words in headings)),
        rows=rows,
        above=(asked.organisation, "", f"{in_full(asked.made_on)}　共{len(rows)}人"),
        notes=notes,
        definitions=definitions,
        checks=checks,
    )


def _checks_of_retirement(session: Session, found: Sequence[Retirement]) -> tuple[Check, ...]:
    late = tuple(one.member_id for one in found if one.months_left < 0)
    vague = tuple(one.member_id for one in found if not one.is_exact)
    lacking = reminders.without_retirement_age(session)
    checks = (
        Check(f"有 {len(late)} 人的到龄月份已经过了，请核对在职状态。", False, late),
        Check(f"有 {len(vague)} 人只知道出生年份，先按 1 月算的。", False, vague),
        Check(
            f"另有 {len(lacking)} 人没有填出生日期或原退休年龄，算不出来，不在这张表里。",
            False,
            lacking,
        ),
    )
    return tuple(check for check in checks if check.members)


def _month_words(one: Retirement) -> str:
    said = f"{one.month.year}年{one.month.month}月"
    return said if one.is_exact else f"约{said}"


def _left_words(one: Retirement) -> str:
    if one.months_left < 0:
        return f"已过 {-one.months_left} 个月"
    return f"{one.months_left} 个月" if one.months_left else "就是这个月"


def _said(born: PartialDate | None) -> str | None:
    return None if born is None else str(born)


def _lacking(person: object) -> str:
    born, age = getattr(person, "birth_date", None), getattr(person, "retirement_age", None)
    parts = ["出生日期"] if born is None else []
    parts += [] if age in ("50", "55") else ["原退休年龄"]
    return "、".join(parts)


def first_of_next_month(day: date) -> date:
    """The month after the one of ``day``."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
