"""A rehearsed import written down: one unit of work, one sentence, one undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from db import changes
from db.tables import Member
from desktop.exchange import collector
from desktop.exchange.layouts import remember
from desktop.exchange.preview import Preview, Row
from desktop.exchange.telling import what_was_done
from desktop.registers import own_fields
from desktop.services import members, units

Step = Callable[[int, int], None]
_BATCH = 1000
_TABLE: Table = Member.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Kept:
    """A person left as she is, because she was changed or taken off since the rehearsal."""

    row: Row
    why: str


@dataclass(frozen=True)
class Written:
    """What was done; ``changeset`` is ``None`` when nothing had to be written."""

    new: int
    updated: int
    unchanged: int
    kept: tuple[Kept, ...]
    changeset: int | None


def write(session: Session, preview: Preview, *, step: Step | None = None) -> Written:
    """Write a preview inside the caller's unit of work, and say in it what was done.

    Rows of people who were edited meanwhile are left alone and given back in ``kept``. ``step``
    is told the rows done and all rows, and may raise :class:`db.errors.Cancelled`.
    """
    with collector.at_rest():
        return _written(session, preview, step)


def _written(session: Session, preview: Preview, step: Step | None) -> Written:
    versions, numbers = _present(session)
    new, kept = _still_new(preview, numbers)
    known, more = _still_same(preview, versions)
    paths = _units(session, [*new, *known])
    total, done = len(new) + len(known), 0
    with changes.indexes_set_aside(session, _TABLE, coming=len(new)):
        for start in range(0, len(new), _BATCH):
            done = _tell(step, done, total)
            part = new[start : start + _BATCH]
            changes.insert_columns(session, _TABLE, _inserts(part, paths))
            done += len(part)
    for start in range(0, len(known), _BATCH):
        done = _tell(step, done, total)
        part = known[start : start + _BATCH]
        _update(session, part, paths, preview)
        done += len(part)
    _tell(step, done, total)
    remember(session, preview)
    changes.describe(session, what_was_done(preview, new=len(new), updated=len(known)))
    changeset = session.info.get("change_set_id") if total else None
    return Written(len(new), len(known), preview.counts.unchanged, (*kept, *more), changeset)


def _tell(step: Step | None, done: int, total: int) -> int:
    if step is not None:
        step(done, total)
    return done


def _present(session: Session) -> tuple[dict[int, int], set[str]]:
    rows = session.execute(select(_TABLE.c.id, _TABLE.c.version, _TABLE.c.id_number)).all()
    return {r[0]: r[1] for r in rows}, {r[2] for r in rows if r[2]}


def _still_new(preview: Preview, numbers: set[str]) -> tuple[list[Row], list[Kept]]:
    new, kept = [], []
    for row in preview.rows:
        if row.status != "new":
            continue
        if row.values.get("id_number") in numbers:
            kept.append(Kept(row, "预演之后名册里已经有了这个身份证号"))
        else:
            new.append(row)
    return new, kept


def _still_same(preview: Preview, versions: Mapping[int, int]) -> tuple[list[Row], list[Kept]]:
    same, kept = [], []
    for row in preview.rows:
        if row.status != "update" or row.member_id is None:
            continue
        if versions.get(row.member_id) == row.version:
            same.append(row)
        else:
            gone = row.member_id not in versions
            kept.append(Kept(row, "预演之后已从名册移出" if gone else "预演之后在别处改过"))
    return same, kept


def _units(session: Session, rows: Sequence[Row]) -> dict[tuple[str, ...], int]:
    """The id of every unit the rows name, missing ones made."""
    wanted = list(dict.fromkeys(r.unit for r in rows if r.unit and _needs_unit(r)))
    known = dict(units.index(session).by_spelling)
    for depth in range(max(map(len, wanted), default=0)):
        missing: dict[int | None, dict[str, list[str]]] = {}
        for path in wanted:
            if len(path) > depth and (spelled := _spelled(path[: depth + 1])) not in known:
                parent = known[_spelled(path[:depth])] if depth else None
                name = " ".join(path[depth].split())
                missing.setdefault(parent, {}).setdefault(name, []).append(spelled)
        for parent, names in missing.items():
            made = units.add_many(session, list(names), parent)
            for unit, spellings in zip(made, names.values(), strict=True):
                known |= dict.fromkeys(spellings, unit)
    return {path: known[_spelled(path)] for path in wanted}


def _spelled(path: tuple[str, ...]) -> str:
    return units.spelling("/".join(path))


def _needs_unit(row: Row) -> bool:
    return "unit_id" in row.values and row.values["unit_id"] is None


def _unit_of(row: Row, paths: Mapping[tuple[str, ...], int]) -> int | None:
    told: int | None = row.values.get("unit_id")
    return told if told is not None else paths.get(row.unit)


def _inserts(rows: Sequence[Row], paths: Mapping[tuple[str, ...], int]) -> dict[str, list[Any]]:
    told = [row.values for row in rows]
    names = sorted(set().union(*told) | {"name"})
    columns = {name: [values.get(name) for values in told] for name in names}
    if "unit_id" in columns:
        columns["unit_id"] = [_unit_of(row, paths) if row.unit else None for row in rows]
    return _with_own_packed(columns | members.computed_columns(columns))


def _with_own_packed(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The values of the office's own fields all in the one column that keeps them."""
    own = [name for name in columns if own_fields.is_own(name)]
    if not own:
        return columns
    values = zip(*(columns.pop(name) for name in own), strict=True)
    packed = (own_fields.packed(dict(zip(own, told, strict=True)), None) for told in values)
    return {**columns, own_fields.COLUMN: [one[own_fields.COLUMN] for one in packed]}


def _update(
    session: Session,
    rows: Sequence[Row],
    paths: Mapping[tuple[str, ...], int],
    preview: Preview,
) -> None:
    people = {p["id"]: p for p in preview.roster.people}
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        person = people[row.member_id]
        values = dict(row.values)
        if "unit_id" in values:
            values["unit_id"] = _unit_of(row, paths)
        values = own_fields.packed(values, person["own"])
        values |= members.computed({**person, **values})
        alike.setdefault(tuple(sorted(values)), []).append(
            {
                **values,
                "own_id": row.member_id,
                "own_version": row.version,
                "version": (row.version or 0) + 1,
            }
        )
    for group in alike.values():
        statement = update(_TABLE).where(
            _TABLE.c.id == bindparam("own_id"), _TABLE.c.version == bindparam("own_version")
        )
        names = [name for name in group[0] if not name.startswith("own_")]
        told: dict[str, Any] = {name: bindparam(name) for name in names}
        session.connection().execute(statement.values(told), group)
