"""What was done, told in words, and taken back: the change log as people see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import changes
from db.changes.tables import change_sets
from db.types import PartialDate
from desktop.fields import Day, Link, Register, YesNo
from desktop.registers import MEMBERS
from desktop.services import units


@dataclass(frozen=True)
class FieldChange:
    """One field of one record, before and after, in words; private values are not masked here."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """One thing done to a record: when, by whom, in words, and what it changed."""

    change_set_id: int
    at: datetime
    actor: str
    what: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class LastAction:
    """What Ctrl+Z and Ctrl+Y would do now, for the status bar and the menus."""

    undo: str | None
    redo: str | None


def of_member(session: Session, member_id: int) -> tuple[HistoryLine, ...]:
    """The history of one person, the latest first."""
    entries = changes.history(session, "members", member_id)
    words = units.index(session).names
    lines: dict[int, HistoryLine] = {}
    for one in entries:
        line = lines.get(one.change_set_id)
        known = _labelled(MEMBERS, one.field, one.before, one.after, words)
        if line is None:
            line = HistoryLine(one.change_set_id, one.at, one.actor, one.what, ())
        if known is not None:
            line = HistoryLine(
                line.change_set_id, line.at, line.actor, line.what, (*line.changes, known)
            )
        lines[one.change_set_id] = line
    return tuple(sorted(lines.values(), key=lambda line: line.change_set_id, reverse=True))


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
        return field.kind.text(stored)

    return FieldChange(name, field.label, words(before), words(after))


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
    """Take back the last (or the given) change set, inside the caller's unit of work."""
    return changes.undo(session, change_set_id)


def redo(session: Session) -> changes.Undone:
    """Do again what was undone last."""
    return changes.redo(session)
