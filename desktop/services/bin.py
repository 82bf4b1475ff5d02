"""What was removed from the registers, and how one of it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import changes
from db.changes import Kept, RemovedRecord
from db.errors import AppError, DuplicateError, GoneError
from db.tables import Member, Merge, OwnField, Unit
from desktop.registers import REGISTERS
from desktop.services import merging, units

TITLES = {one.record.__tablename__: one.title for one in REGISTERS}


@dataclass(frozen=True)
class Removed:
    """A record that was taken away: what it was called, when, by whom, and by which step.

    ``place`` is the unit it belonged to, as that is called today (or was last). With
    ``merged_into`` it was not removed but became part of another, and coming back parts them.
    """

    register: str
    record_id: int
    name: str
    place: str
    at: datetime
    actor: str
    what: str
    change_set_id: int
    merged_into: str = ""


@dataclass(frozen=True)
class Restored:
    """What came back; ``notes`` say in sentences what could not be as it was.

    ``parted`` when it had become part of another: then this was itself an undo.
    """

    register: str
    record_id: int
    name: str
    notes: tuple[str, ...]
    parted: bool = False


def listed(session: Session) -> tuple[Removed, ...]:
    """Everything removed from any register, the latest first."""
    places = _unit_names(session)
    found: list[Removed] = []
    for register in TITLES:
        merges = _merges(session, register)
        gone = changes.removed(session, register)
        found += [_row(one, register, places, merges) for one in gone]
    return tuple(sorted(found, key=lambda one: one.change_set_id, reverse=True))


def restore(session: Session, register: str, record_id: int) -> Restored:
    """Bring one record back with its links, in the caller's unit of work: a step like any other.

    :class:`GoneError` when it is not in the bin, :class:`DuplicateError` when its identity number
    or name belongs to somebody else now.
    """
    gone = next((r for r in changes.removed(session, register) if r.record_id == record_id), None)
    if gone is None:
        raise GoneError("它不在已移出的记录里，可能已经恢复了。", remedy="请按 F5 重新读取。")
    name = _name(gone)
    if record_id in _merges(session, register):
        undone = merging.part(session, gone.change_set_id)
        return Restored(register, record_id, name, _notes(undone.kept), parted=True)
    _refuse_twin(session, register, gone.values)
    changes.describe(session, f"恢复{TITLES[register]}：{name}")
    kept = changes.bring_back(session, register, record_id, recomputed=merging.COMPUTED)
    if register == "members":
        merging.compute_again(session, record_id)
    return Restored(register, record_id, name, _notes(kept))


def _notes(kept: tuple[Kept, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.reason for one in kept))


def _row(
    gone: RemovedRecord, register: str, places: Mapping[int, str], merges: Mapping[int, str]
) -> Removed:
    above = gone.values.get("unit_id" if register == "members" else "parent_id")
    return Removed(
        register,
        gone.record_id,
        _name(gone),
        places.get(above or 0, ""),
        gone.at,
        gone.actor,
        gone.what,
        gone.change_set_id,
        merges.get(gone.record_id, ""),
    )


def _name(gone: RemovedRecord) -> str:
    return str(gone.values.get("name") or gone.values.get("label") or "")


def _unit_names(session: Session) -> dict[int, str]:
    """What every unit is called, those that are gone by their last name."""
    last = {one.record_id: str(one.values["name"]) for one in changes.removed(session, "units")}
    return {**last, **units.index(session).names}


def _merges(session: Session, register: str) -> dict[int, str]:
    """Who became part of another → the name of that one."""
    kinds: dict[str, Any] = {"members": Member, "units": Unit}
    kind = kinds.get(register)
    if kind is None:
        return {}
    rows = session.execute(
        select(Merge.gone_id, kind.name)
        .outerjoin(kind, kind.id == Merge.kept_id)
        .where(Merge.register == register)
    )
    return {gone: name or "另一条" for gone, name in rows}


def _refuse_twin(session: Session, register: str, values: Mapping[str, Any]) -> None:
    number = values.get("id_number") if register == "members" else None
    if number:
        taken = session.scalar(select(Member.name).where(Member.id_number == number))
        if taken is not None:
            raise _taken(f"{values['name']}的身份证号现在登记在{taken}名下。", str(taken))
    if register == "own_fields":
        label = session.scalar(select(OwnField.label).where(OwnField.label == values["label"]))
        if label is not None:
            raise _taken(f"现在已经有一个字段叫“{label}”。", label)
    if register == "units":
        twin = session.scalar(
            select(Unit.name).where(
                Unit.name == values["name"], Unit.parent_id.is_(values.get("parent_id"))
            )
        )
        if twin is not None:
            raise _taken(f"这一级现在已经有“{twin}”。", str(twin))


def _taken(happened: str, owner: str) -> AppError:
    return DuplicateError(
        happened, owner=owner, remedy="请先看看是不是同一条；要恢复的话，请先改现在的那一条。"
    )
