"""The tree of units: finding one by any of its spellings, counting its people, moving it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import changes
from db.errors import DuplicateError, GoneError, InUseError, InvalidInputError
from db.tables import Member, Unit


@dataclass(frozen=True)
class UnitRow:
    """A unit in the order of the tree. ``members`` counts those on staff, sub-units included."""

    id: int
    name: str
    parent_id: int | None
    depth: int
    members: int
    headcount: int | None


@dataclass(frozen=True)
class UnitIndex:
    """Every spelling of every unit, and its full path; free of any session."""

    by_spelling: Mapping[str, int]
    names: Mapping[int, str]
    paths: Mapping[int, str]

    def find(self, text: str) -> int | None:
        """The unit meant by ``text``: its name, an alias, or a path like ``局机关/办公室``."""
        return self.by_spelling.get(spelling(text))


def spelling(text: str) -> str:
    """A name without white space, width and the marks people put between parts of a path."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and c not in "/-—>·\\")


def index(session: Session) -> UnitIndex:
    """All units; a name two units share finds neither, only their paths do."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.parent_id, Unit.aliases).order_by(Unit.id)
    ).all()
    names = {row.id: row.name for row in rows}
    parents = {row.id: row.parent_id for row in rows}
    paths = {one: "/".join(_path(one, names, parents)) for one in names}
    spellings: dict[str, set[int]] = {}
    for row in rows:
        for text in (row.name, paths[row.id], *(row.aliases or ())):
            spellings.setdefault(spelling(text), set()).add(row.id)
    single = {text: ids.pop() for text, ids in spellings.items() if len(ids) == 1}
    return UnitIndex(single, names, paths)


def _path(one: int, names: Mapping[int, str], parents: Mapping[int, int | None]) -> list[str]:
    path: list[str] = []
    at: int | None = one
    while at is not None and len(path) < 16:
        path.insert(0, names[at])
        at = parents[at]
    return path


def ensure(session: Session, name: str, parent_id: int | None = None) -> int:
    """The id of the unit of that name, made if there is none."""
    found = index(session).find(name)
    return found if found is not None else add(session, name, parent_id)


def add(session: Session, name: str, parent_id: int | None = None) -> int:
    """A new unit at the end of its level; :class:`DuplicateError` if the name is taken there."""
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInputError({"name": "请填写单位名称"})
    _refuse_twin(session, clean, parent_id, None)
    last = session.scalar(select(func.max(Unit.sort_order)).where(Unit.parent_id.is_(parent_id)))
    unit = Unit(name=clean, parent_id=parent_id, sort_order=(last or 0) + 1)
    session.add(unit)
    session.flush()
    return unit.id


def add_many(session: Session, names: Sequence[str], parent_id: int | None = None) -> range:
    """The same for many new units of one level, in their order."""
    clean = [" ".join(name.split()) for name in names]
    if not all(clean):
        raise InvalidInputError({"name": "请填写单位名称"})
    level = session.execute(
        select(Unit.name, Unit.sort_order).where(Unit.parent_id.is_(parent_id))
    ).all()
    taken = {row.name for row in level}
    for name in clean:
        if name in taken:
            raise _twin(name)
        taken.add(name)
    last = max((row.sort_order for row in level), default=0)
    columns: dict[str, Sequence[int | str | None]] = {
        "name": clean,
        "parent_id": [parent_id] * len(clean),
        "sort_order": list(range(last + 1, last + 1 + len(clean))),
    }
    return changes.insert_columns(session, Unit.__table__, columns)


def rename(session: Session, unit_id: int, name: str) -> None:
    """Give a unit another name; the old one stays as an alias, so old rosters still find it."""
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInputError({"name": "请填写单位名称"})
    unit = _get(session, unit_id)
    if unit.name == clean:
        return
    _refuse_twin(session, clean, unit.parent_id, unit_id)
    unit.aliases = [*(unit.aliases or ()), unit.name]
    unit.name = clean
    session.flush()


def move(session: Session, unit_id: int, *, to: int | None) -> None:
    """Put a unit under another (or at the top); not under itself or one of its own."""
    unit = _get(session, unit_id)
    if to is not None and to in descendants(session, unit_id):
        raise InvalidInputError({"parent_id": "不能放到它自己的下级里"})
    _refuse_twin(session, unit.name, to, unit_id)
    unit.parent_id = to
    session.flush()


def set_headcount(session: Session, unit_id: int, headcount: int | None) -> None:
    """Everybody who works there, men included."""
    _get(session, unit_id).headcount = headcount
    session.flush()


def remove(session: Session, unit_id: int) -> None:
    """Remove an empty unit; :class:`InUseError` while it has people or sub-units."""
    unit = _get(session, unit_id)
    people = session.scalar(select(func.count()).where(Member.unit_id == unit_id)) or 0
    below = session.scalar(select(func.count()).where(Unit.parent_id == unit_id)) or 0
    if people or below:
        used = {"成员": people, "下级单位": below}
        words = "、".join(f"{count} 个{what}" for what, count in used.items() if count)
        raise InUseError(
            f"“{unit.name}”还有{words}。", used_by=used, remedy="先把他们移到别的单位，再删除。"
        )
    session.delete(unit)
    session.flush()


def descendants(session: Session, unit_id: int) -> frozenset[int]:
    """A unit and everything below it."""
    children: dict[int | None, list[int]] = {}
    for one, parent in session.execute(select(Unit.id, Unit.parent_id)):
        children.setdefault(parent, []).append(one)
    found, waiting = set(), [unit_id]
    while waiting:
        at = waiting.pop()
        found.add(at)
        waiting.extend(c for c in children.get(at, ()) if c not in found)
    return frozenset(found)


def tree(session: Session, statuses: Iterable[str] = ("active",)) -> tuple[UnitRow, ...]:
    """All units, each below its parent, with the number of people in ``statuses``."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.parent_id, Unit.headcount).order_by(
            Unit.sort_order, Unit.id
        )
    ).all()
    counted = (
        select(Member.unit_id, func.count())
        .where(Member.employment_status.in_(tuple(statuses)))
        .group_by(Member.unit_id)
    )
    own = {key: count for key, count in session.execute(counted)}  # noqa: C416 - typed rows
    children: dict[int | None, list[int]] = {}
    by_id = {row.id: row for row in rows}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row.id)
    ordered: list[UnitRow] = []

    def walk(parent: int | None, depth: int) -> int:
        total = 0
        for one in children.get(parent, ()):
            place = len(ordered)
            row = by_id[one]
            ordered.append(UnitRow(one, row.name, parent, depth, 0, row.headcount))
            count = own.get(one, 0) + walk(one, depth + 1)
            ordered[place] = UnitRow(one, row.name, parent, depth, count, row.headcount)
            total += count
        return total

    walk(None, 0)
    return tuple(ordered)


def _get(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise GoneError("这个单位已经不在了。")
    return unit


def _refuse_twin(session: Session, name: str, parent_id: int | None, own: int | None) -> None:
    twin = session.scalar(
        select(Unit.id).where(
            Unit.name == name, Unit.parent_id.is_(parent_id), Unit.id != (own or 0)
        )
    )
    if twin is not None:
        raise _twin(name)


def _twin(name: str) -> DuplicateError:
    return DuplicateError(f"这一级已经有“{name}”。", field="name", owner=name)
