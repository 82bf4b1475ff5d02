"""How do the forms go out: one workbook for each unit, each with its own hidden key?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db import changes
from db.errors import InvalidInputError
from desktop.exchange.export import unit_names
from desktop.exchange.returns_key import MARK, FormKey
from desktop.exchange.template import write_template
from desktop.fields import Field, Link, Register
from desktop.fields.kinds import masked
from desktop.registers import MEMBERS
from desktop.services import access, members, rounds, units
from desktop.services.members import ON_STAFF, Roster
from desktop.services.rounds import Filling, NewRound

Step = Callable[[int, int], None]

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONG_NUMBER = re.compile(r"\d{10,}[\dXx]?")
_LONGEST = 60  # characters of a unit's name in the name of a file


@dataclass(frozen=True)
class FormOut:
    """One form as it is to be written: its unit, and the people already in it."""

    unit_id: int
    unit: str
    people: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Plan:
    """Everything a sending needs, read from the data in one go."""

    round: NewRound
    forms: tuple[FormOut, ...]
    unit_names: tuple[str, ...]
    register: Register = MEMBERS

    @property
    def people(self) -> int:
        return sum(len(form.people) for form in self.forms)


def plan(
    session: Session,
    *,
    title: str,
    today: date,
    token: str,
    due: date | None = None,
    filling: Filling = "blank",
    unit_ids: Sequence[int] | None = None,
) -> Plan:
    """What would be sent. Without ``unit_ids`` every unit gets a form, but for units that only
    hold others. ``token`` must be new for each sending.

    Raises :class:`InvalidInputError` when there is no unit to send to.
    """
    roster = members.snapshot(session)
    wanted = _units(session, roster) if unit_ids is None else list(unit_ids)
    if not wanted:
        raise InvalidInputError(
            {"units": "还没有单位"}, happened="还没有可以发表的单位，请先导入名册或新增单位。"
        )
    names = unit_names(roster.units)
    forms = tuple(FormOut(one, names[one], _people(roster, one, names, filling)) for one in wanted)
    new = NewRound(token, title, today, due, filling, {form.unit_id: form.unit for form in forms})
    return Plan(new, forms, tuple(names.values()), roster.register)


def _units(session: Session, roster: Roster) -> list[int]:
    tree = units.tree(session)
    above = {row.parent_id for row in tree}
    peopled = {p["unit_id"] for p in roster.people if p["employment_status"] in ON_STAFF}
    return [row.id for row in tree if row.id in peopled or row.id not in above]


def _people(
    roster: Roster, unit_id: int, names: Mapping[int, str], filling: Filling
) -> tuple[Mapping[str, str], ...]:
    if filling == "blank":
        return ()
    here = [
        p for p in roster.people if p["unit_id"] == unit_id and p["employment_status"] in ON_STAFF
    ]
    here.sort(key=lambda p: p["sort_key"])
    fields = roster.register.fields
    return tuple(_words(p, fields, names, is_full=filling == "full") for p in here)


def _words(
    person: Mapping[str, object],
    fields: Iterable[Field],
    names: Mapping[int, str],
    *,
    is_full: bool,
) -> dict[str, str]:
    """A person in the words of the form; a long number in a text would not survive masking, so
    such a text is left out, and a blank changes nothing when the form returns."""
    found = {}
    for field in fields:
        value = person[field.name]
        if value is None:
            continue
        if isinstance(field.kind, Link):
            found[field.name] = names.get(value, "") if isinstance(value, int) else ""
        elif is_full:
            found[field.name] = field.kind.text(value)
        elif field.kind.is_private:
            found[field.name] = masked(field.kind, value)
        elif not _LONG_NUMBER.search(text := field.kind.text(value)):
            found[field.name] = text
    return found


def write_forms(
    plan: Plan, folder: Path, *, today: date, step: Step | None = None
) -> tuple[Path, ...]:
    """Write one workbook a unit into ``folder``; files that are there already stay as they are.

    If it cannot be finished, or is stopped, those written so far are taken away again.
    """
    written: list[Path] = []
    is_done = False
    try:
        for done, form in enumerate(plan.forms):
            if step is not None:
                step(done, len(plan.forms))
            path = _free_name(folder, f"{_legal(form.unit)}-{_legal(plan.round.title)}")
            key = FormKey(plan.round.token, form.unit_id, plan.round.sent_on.isoformat())
            write_template(
                path,
                unit_names=plan.unit_names,
                today=today,
                people=form.people,
                marks={MARK: key.text},
                register=plan.register,
            )
            written.append(path)
        is_done = True
    finally:
        if not is_done:
            _take_away(written)
    return tuple(written)


def keep(session: Session, plan: Plan) -> int:
    """Record the sending in the caller's unit of work, and what of private numbers went out."""
    count = len(plan.forms)
    changes.describe(session, f"发出收表“{plan.round.title}”：{count} 个单位{_with(plan)}")
    if plan.round.filling == "full" and plan.people:
        access.note(session, "export_full", count=plan.people)
    return rounds.record(session, plan.round)


def _with(plan: Plan) -> str:
    words = {"blank": "", "masked": "，已填现有人员", "full": "，已填现有人员和完整号码"}
    return words[plan.round.filling]


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("-", text).strip(" .-")[:_LONGEST] or "未命名"


def _free_name(folder: Path, stem: str) -> Path:
    path, number = folder / f"{stem}.xlsx", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}（{number}）.xlsx"
    return path


def _take_away(written: Iterable[Path]) -> None:
    for path in written:
        path.unlink(missing_ok=True)
