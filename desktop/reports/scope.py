"""Which rows does a table by units have, who belongs to each, and how many work there?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.errors import GoneError
from desktop.services import units
from desktop.services.units import UnitRow

NO_UNIT = "未填单位"


@dataclass(frozen=True)
class Part:
    """One row: no unit is in two of them. ``headcount`` is empty where nobody has said it.

    ``is_rest`` marks those left over beside the units: without people it is not worth a row.
    """

    name: str
    unit_ids: frozenset[int | None]
    headcount: int | None
    is_rest: bool = False

    @property
    def is_without_unit(self) -> bool:
        return self.unit_ids == {None}


@dataclass(frozen=True)
class Scope:
    """``name`` is empty for everybody. ``headcount`` is that of the whole, ``short`` how many
    fewer the whole is said to have than its parts together."""

    name: str
    parts: tuple[Part, ...]
    headcount: int | None
    short: int = 0

    @property
    def unit_ids(self) -> frozenset[int | None]:
        return frozenset().union(*(part.unit_ids for part in self.parts))


def scope_of(session: Session, unit_id: int | None) -> Scope:
    """The units directly below ``unit_id`` (or at the top), each with everything under it.

    Where everything hangs below one unit, those below that one are taken. People of the unit
    itself have a row of their own, and so have people without a unit.
    """
    forest = _Forest(units.tree(session))
    if unit_id is not None:
        if unit_id not in forest.rows:
            raise GoneError("这个单位已经不在了。", remedy="请重新选择单位。")
        return _of_unit(forest, unit_id)
    top = forest.below[None]
    if len(top) == 1 and forest.below[top[0]]:
        whole = _of_unit(forest, top[0])
        return Scope("", (*whole.parts, _homeless()), whole.headcount, whole.short)
    parts = [forest.part(one) for one in top]
    return Scope("", (*parts, _homeless()), _sum([part.headcount for part in parts]))


def _of_unit(forest: _Forest, unit_id: int) -> Scope:
    name, known = forest.rows[unit_id].name, forest.headcount(unit_id)
    below = [forest.part(one) for one in forest.below[unit_id]]
    if not below:
        return Scope(name, (forest.part(unit_id),), known)
    together = _sum([part.headcount for part in below])
    rest = known - together if known is not None and together is not None else None
    if rest is not None and rest < 0:
        return Scope(name, (_own(name, unit_id, None), *below), None, -rest)
    return Scope(name, (_own(name, unit_id, rest), *below), known)


class _Forest:
    def __init__(self, rows: tuple[UnitRow, ...]) -> None:
        self.rows = {row.id: row for row in rows}
        self.below: dict[int | None, list[int]] = defaultdict(list)
        for row in rows:
            self.below[row.parent_id].append(row.id)

    def part(self, unit_id: int) -> Part:
        ids = frozenset[int | None](self._all_below(unit_id))
        return Part(self.rows[unit_id].name, ids, self.headcount(unit_id))

    def headcount(self, unit_id: int) -> int | None:
        """What is said of the unit, else what is said of all those below it."""
        said = self.rows[unit_id].headcount
        below = self.below[unit_id]
        if said is not None or not below:
            return said
        return _sum([self.headcount(one) for one in below])

    def _all_below(self, unit_id: int) -> list[int]:
        return [unit_id, *(x for one in self.below[unit_id] for x in self._all_below(one))]


def _own(name: str, unit_id: int, headcount: int | None) -> Part:
    return Part(f"{name}（本级）", frozenset((unit_id,)), headcount, is_rest=True)


def _homeless() -> Part:
    return Part(NO_UNIT, frozenset((None,)), None, is_rest=True)


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None
