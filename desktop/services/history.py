"""What was done, told in words, and taken back: the change log as people see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import changes
from db.changes import reading
from db.changes.tables import change_sets
from db.errors import GoneError
from db.tables import Merge
from db.types import PartialDate
from desktop.fields import Day, Kind, Link, Register, YesNo
from desktop.fields.kinds import masked
from desktop.registers import MEMBERS, own_fields
from desktop.services import access, as_of, members, merging, own_history, units
from desktop.services.access import AccessRow
from desktop.services.records import Draft


@dataclass(frozen=True)
class FieldChange:
    """One field of one record, before and after, in words; private values are not masked here.

    ``may_return`` when the value before is not the present one, so that it can be restored;
    ``kind`` says how to mask it.
    """

    field: str
    label: str
    before: str
    after: str
    may_return: bool = False
    kind: Kind | None = None


@dataclass(frozen=True)
class HistoryLine:
    """One thing done to a record: when, by whom, in words, and what it changed.

    ``kind`` is ``merge`` for a merge that can be taken back, and ``look`` for numbers that were
    looked at: that is no change and has no number (0).
    """

    change_set_id: int
    at: datetime
    actor: str
    what: str
    changes: tuple[FieldChange, ...]
    kind: Literal["change", "merge", "look"] = "change"


@dataclass(frozen=True)
class LastAction:
    """What Ctrl+Z and Ctrl+Y would do now, for the status bar and the menus."""

    undo: str | None
    redo: str | None


def of_member(
    session: Session, member_id: int, *, until: date | None = None
) -> tuple[HistoryLine, ...]:
    """The history of one person, the latest first, with that of whoever became one with her.

    Looks at her numbers stand in it, those of one day in one line. ``until`` ends it with a day.
    """
    gone = merging.gone_into(session, "members", member_id, until=until)
    lines = _lines(session, member_id, is_present=until is None)
    for one in gone:
        lines = _lines(session, one) | lines
    merges = _merge_steps(session, member_id)
    done = [
        replace(line, kind="merge" if number in merges else "change")
        for number, line in sorted(lines.items(), reverse=True)
    ]
    woven = _woven(done, _looks(access.of_records(session, "members", (member_id, *gone))))
    end = as_of.end_of(until) if until else None
    return tuple(line for line in woven if end is None or line.at < end)


def _lines(session: Session, member_id: int, *, is_present: bool = False) -> dict[int, HistoryLine]:
    words = units.index(session).names
    person = session.get(MEMBERS.record, member_id) if is_present else None
    register = own_history.remembered(session)
    lines: dict[int, HistoryLine] = {}
    for one in own_history.by_field(changes.history(session, "members", member_id)):
        line = lines.get(one.change_set_id)
        if line is None:
            line = HistoryLine(one.change_set_id, one.at, one.actor, one.what, ())
        known = _labelled(register, one.field, one.before, one.after, words)
        if known is not None:
            now = _stored(person, one.field) if person is not None else one.before
            known = replace(known, may_return=now != one.before)
            line = replace(line, changes=(*line.changes, known))
        lines[one.change_set_id] = line
    return lines


def _stored(record: Any, name: str) -> Any:
    """A value of a record as the log writes it."""
    if own_fields.is_own(name):
        return (record.own or {}).get(own_fields.key_of(name))
    value = getattr(record, name)
    if isinstance(value, PartialDate):
        return str(value)
    return int(value) if isinstance(value, bool) else value


def _merge_steps(session: Session, member_id: int) -> frozenset[int]:
    """The steps that made somebody part of this person and are in effect."""
    rows = session.scalars(
        select(Merge.id).where(Merge.register == "members", Merge.kept_id == member_id)
    )
    return frozenset(changes.history(session, "merges", one)[0].change_set_id for one in rows)


def _looks(rows: Sequence[AccessRow]) -> list[HistoryLine]:
    """One line for the looks of one day and one person, the latest first."""
    days: dict[tuple[date, str, str], list[AccessRow]] = {}
    for row in rows:
        days.setdefault((row.at.astimezone().date(), row.actor, row.what), []).append(row)
    return [
        HistoryLine(0, one[0].at, one[0].actor, _times(one), (), "look") for one in days.values()
    ]


def _times(rows: Sequence[AccessRow]) -> str:
    return rows[0].words + (f" {len(rows)} 次" if len(rows) > 1 else "")


def _woven(done: Sequence[HistoryLine], looks: list[HistoryLine]) -> list[HistoryLine]:
    """Looks set between the steps by their time; the steps keep their own order."""
    found: list[HistoryLine] = []
    for line in done:
        while looks and looks[0].at >= line.at:
            found.append(looks.pop(0))
        found.append(line)
    return found + looks


def _labelled(
    register: Register, name: str, before: Any, after: Any, unit_names: Mapping[int, str]
) -> FieldChange | None:
    try:
        field = register.field(name)
    except KeyError:
        return None

    def words(stored: Any) -> str:
        if stored is None:
            return ""
        if isinstance(field.kind, Link):
            return unit_names.get(int(stored), "")
        if isinstance(field.kind, Day):
            return field.kind.text(PartialDate.from_text(str(stored)))
        if isinstance(field.kind, YesNo):
            return field.kind.text(bool(stored))
        if own_history.is_gone(field):
            return masked(field.kind, stored)
        return field.kind.text(stored)

    return FieldChange(name, field.label, words(before), words(after), kind=field.kind)


def last_action(session: Session) -> LastAction:
    """The sentences of what can be undone and redone; ``None`` where there is nothing."""
    return LastAction(
        _sentence(session, changes.last_undoable(session)),
        _sentence(session, changes.last_redoable(session)),
    )


def _sentence(session: Session, change_set_id: int | None) -> str | None:
    if change_set_id is None:
        return None
    return session.scalar(select(change_sets.c.what).where(change_sets.c.id == change_set_id))


def undo(session: Session, change_set_id: int | None = None) -> changes.Undone:
    """Take back the last (or the given) change set, inside the caller's unit of work.

    A merge is taken back field by field, so that later work on the one who stayed is no obstacle.
    """
    target = changes.last_undoable(session) if change_set_id is None else change_set_id
    if target is not None and merging.is_merge(session, target):
        return merging.part(session, target)
    return changes.undo(session, change_set_id)


def is_undone(session: Session, change_set_id: int) -> bool:
    """Whether a change set is not in effect now."""
    return reading.is_undone(reading.undoers(session), change_set_id)


def restore_field(session: Session, member_id: int, change_set_id: int, name: str) -> str:
    """Give a person the value back that a step replaced in one field; what was done, in words.

    A step like any other. Raises what :func:`desktop.services.members.save` raises, and
    :class:`GoneError` when the step did not change that field or its unit is gone.
    """
    entries = own_history.by_field(changes.history(session, "members", member_id))
    entry = next((e for e in entries if (e.change_set_id, e.field) == (change_set_id, name)), None)
    if entry is None:
        raise GoneError("这一步没有改过这一项。", remedy="请按 F5 重新读取。")
    field = next((f for f in own_fields.register(session).fields if f.name == name), None)
    if field is None:
        raise GoneError("这个字段已经去掉了。", remedy="请先恢复这个字段。")
    value = _value(field.kind, entry.before)
    if name == "unit_id" and value is not None and value not in units.index(session).names:
        raise GoneError("原来的单位已经不在了。", remedy="请先恢复那个单位，或者另选一个单位。")
    now = members.details(session, member_id)
    members.save(session, Draft(now.id, now.version, {name: value}))
    what = f"{now.values['name']}的{field.label}恢复为原来的内容"
    changes.describe(session, what)
    return what


def _value(kind: Kind, stored: Any) -> Any:
    """A value of the log as the record holds it."""
    if stored is None:
        return None
    if isinstance(kind, Day):
        return PartialDate.from_text(str(stored))
    return bool(stored) if isinstance(kind, YesNo) else stored


def redo(session: Session) -> changes.Undone:
    """Do again what was undone last."""
    return changes.redo(session)
