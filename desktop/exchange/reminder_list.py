"""Who is to be reminded of a form that has not come back, and in which words?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop.exchange.returns import Taking, UnitChanges
from desktop.exchange.xlsx_out import banner, new_workbook, page_setup, storable
from desktop.fields import phones
from desktop.services.members import ON_STAFF, Roster
from desktop.services.rounds import Round

HEADINGS = ("序号", "单位", "联系人", "联系电话", "催办情况")
_WIDTHS = (7, 34, 14, 18, 30)


@dataclass(frozen=True)
class Reminder:
    """A unit whose form is missing, and whom to call there, if anybody is known."""

    unit: str
    contact: str = ""
    phone: str = ""


def reminders(missing: Iterable[UnitChanges], roster: Roster) -> tuple[Reminder, ...]:
    """One for each unit; the contact is whoever holds an office of the committee in it."""
    return tuple(_reminder(unit, roster.people) for unit in missing)


def of_taking(taking: Taking) -> tuple[Reminder, ...]:
    """For the units a rehearsal still misses."""
    return reminders(taking.missing, taking.preview.roster)


def _reminder(unit: UnitChanges, people: Sequence[Mapping[str, Any]]) -> Reminder:
    contact = next(
        (
            p
            for p in people
            if p["unit_id"] == unit.unit_id
            and p["committee_role"]
            and p["employment_status"] in ON_STAFF
        ),
        None,
    )
    if contact is None:
        return Reminder(unit.unit)
    return Reminder(unit.unit, contact["name"], contact["mobile"] or contact["office_phone"] or "")


def words(found: Sequence[Reminder], round_: Round | None) -> str:
    """A text to paste into a chat: units and names, never a number."""
    if not found:
        return "各单位的表都收齐了，谢谢大家。"
    title = round_.title if round_ is not None else "女职工花名册"
    until = ""
    if round_ is not None and round_.due_on is not None:
        until = f"，请在{round_.due_on.month}月{round_.due_on.day}日前报来"
    units = "\n".join(
        f"{number}. {one.unit}" + (f"（{one.contact}）" if one.contact else "")
        for number, one in enumerate(found, 1)
    )
    head = f"各位好，“{title}”还有 {len(found)} 个单位没有交表{until}："
    return f"{head}\n{units}\n已经交过的请忽略，谢谢。"


def write_reminders(
    found: Sequence[Reminder], target: Path, *, round_: Round | None, today: date, full: bool
) -> None:
    """The list as an xlsx, telephone numbers masked unless ``full``; ``target`` keeps its old
    content if this raises."""
    title = f"{round_.title if round_ is not None else '女职工花名册'}·催报名单"
    with new_workbook(target, title=title, today=today, low_memory=False) as book:
        sheet = book.add_worksheet("催报名单")
        bold = book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
        heading = book.add_format({"bold": True, "border": 1, "align": "center"})
        cell = book.add_format({"border": 1, "num_format": "@", "text_wrap": True})
        banner(sheet, 0, len(HEADINGS) - 1, title, bold)
        banner(sheet, 1, len(HEADINGS) - 1, _subtitle(found, round_, today), cell)
        for at, (text, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.write_string(2, at, text, heading)
            sheet.set_column(at, at, width)
        for number, one in enumerate(found, 1):
            phone = one.phone if full or not one.phone else phones.masked(one.phone)
            for at, text in enumerate((str(number), one.unit, one.contact, phone, "")):
                sheet.write_string(number + 2, at, storable(text), cell)
        sheet.freeze_panes(3, 0)
        page_setup(sheet, header_row=2)


def _subtitle(found: Sequence[Reminder], round_: Round | None, today: date) -> str:
    said = f"截至{today.year}年{today.month}月{today.day}日，还有{len(found)}个单位没有交表"
    if round_ is None:
        return said
    sent = f"；{round_.sent_on.month}月{round_.sent_on.day}日发出"
    due = f"，要求{round_.due_on.month}月{round_.due_on.day}日前报来" if round_.due_on else ""
    return said + sent + due
