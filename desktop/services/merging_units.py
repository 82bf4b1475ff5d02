"""Two units that are, or become, one: people, sub-units and spellings go over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import changes
from db.errors import GoneError, InvalidInputError
from db.tables import Member, Merge, Unit
from desktop.services import absorbing, units


@dataclass(frozen=True)
class UnitsPreview:
    """What would go over; ``twins`` are sub-units of the same name, which become one, too."""

    kept: str
    gone: str
    people: int
    below: int
    twins: tuple[str, ...]


@dataclass(frozen=True)
class UnitsMerged:
    """How many people and sub-units went over."""

    people: int
    below: int


def preview(session: Session, kept_id: int, gone_id: int) -> UnitsPreview:
    """What merging ``gone_id`` into ``kept_id`` would do, counting its own people only."""
    kept, gone = _two(session, kept_id, gone_id)
    below = _below(session, gone_id)
    names = {one.name for one in _below(session, kept_id)}
    return UnitsPreview(
        kept.name,
        gone.name,
        session.scalar(select(func.count()).where(Member.unit_id == gone_id)) or 0,
        len(below),
        tuple(one.name for one in below if one.name in names),
    )


def merge(session: Session, kept_id: int, gone_id: int) -> UnitsMerged:
    """Make two units one, in the caller's unit of work: one step, taken back by undoing it.

    The name and the aliases of the one that goes stay as aliases, so old rosters find their unit.
    :class:`GoneError` when one is not there any more.
    """
    kept, gone = _two(session, kept_id, gone_id)
    changes.describe(session, f"合并单位：“{gone.name}”并入“{kept.name}”")
    if kept_id in units.descendants(session, gone_id):
        _lift_out(session, kept, gone)
    return _merge(session, kept, gone)


def _merge(session: Session, kept: Unit, gone: Unit) -> UnitsMerged:
    people = below = 0
    there = {one.name: one for one in _below(session, kept.id)}
    for one in _below(session, gone.id):
        twin = there.get(one.name)
        if twin is None or twin is gone or one is kept:
            continue
        inner = _merge(session, twin, one)
        people, below = people + inner.people, below + inner.below
    _take_words(kept, gone)
    kept_id, gone_id = kept.id, gone.id
    done = absorbing.absorb(session, "units", kept_id, gone_id)
    session.add(Merge(register="units", kept_id=kept_id, gone_id=gone_id))
    session.flush()
    return UnitsMerged(people + done.moved.get("members", 0), below + done.moved.get("units", 0))


def _take_words(kept: Unit, gone: Unit) -> None:
    known = {units.spelling(text) for text in (kept.name, *(kept.aliases or ()))}
    aliases = list(kept.aliases or ())
    for text in (gone.name, *(gone.aliases or ())):
        if units.spelling(text) not in known:
            known.add(units.spelling(text))
            aliases.append(text)
    kept.aliases = aliases or None
    counts = [one for one in (kept.headcount, gone.headcount) if one is not None]
    kept.headcount = sum(counts) if counts else None
    remarks = dict.fromkeys(one for one in (kept.remark, gone.remark) if one)
    kept.remark = "\n".join(remarks) or None


def _lift_out(session: Session, kept: Unit, gone: Unit) -> None:
    """The one that stays lies inside the one that goes: first it takes its place beside it."""
    twin = next((u for u in _below(session, gone.parent_id) if u.name == kept.name), None)
    if twin is not None and twin is not gone:
        raise InvalidInputError(
            {"parent_id": f"这一级已经有“{kept.name}”"},
            remedy="请先给其中一个改名，或者把这两个先合并。",
        )
    if kept.name == gone.name:
        gone.name = f"{gone.name}（并入下级）"
        session.flush()
    kept.parent_id = gone.parent_id
    session.flush()


def _two(session: Session, kept_id: int, gone_id: int) -> tuple[Unit, Unit]:
    if kept_id == gone_id:
        raise InvalidInputError({"other": "请选两个不同的单位"})
    kept, gone = session.get(Unit, kept_id), session.get(Unit, gone_id)
    if kept is None or gone is None:
        raise GoneError("这个单位已经不在了。", remedy="请按 F5 重新读取，再试一次。")
    return kept, gone


def _below(session: Session, unit_id: int | None) -> list[Unit]:
    return list(session.scalars(select(Unit).where(Unit.parent_id.is_(unit_id)).order_by(Unit.id)))
