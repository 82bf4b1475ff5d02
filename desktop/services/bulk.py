"""One field of many people: what would become of each, and the change as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from db import changes
from db.errors import GoneError, InvalidInputError
from db.tables import Member, Unit
from db.types import PartialDate
from desktop.fields import Field, Link, Register, identity
from desktop.fields.standards import SEX
from desktop.registers import own_fields
from desktop.services import members, namesakes

Step = Callable[[int, int], None]
Outcome = Literal["change", "same", "cannot"]
ONE_BY_ONE = frozenset(("name", "id_number"))
"""Fields that say who somebody is; they are changed one person at a time."""
_TABLE: Table = Member.__table__  # type: ignore[assignment]
_CHUNK = 900


@dataclass(frozen=True)
class Line:
    """What becomes of one person; ``called`` tells her from others of her name.

    With ``why`` it is not done, and that is the reason.
    """

    id: int
    version: int
    name: str
    called: str
    unit: str
    before: Any
    after: Any
    why: str = ""

    @property
    def outcome(self) -> Outcome:
        if self.why:
            return "cannot"
        return "same" if self.before == self.after else "change"


@dataclass(frozen=True)
class Plan:
    """A change that was looked at: ``value`` is to stand in ``field`` of everybody (``None``:
    nothing is). ``units`` are the names of units where the field is one."""

    field: Field
    value: Any
    lines: tuple[Line, ...]
    units: Mapping[int, str]

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        return self._sorted[outcome]

    def words(self, value: Any) -> str:
        """A value of the field in words; private ones are not masked."""
        if value is not None and isinstance(self.field.kind, Link):
            return self.units.get(int(value), "")
        return self.field.kind.text(value)

    @cached_property
    def _sorted(self) -> dict[Outcome, tuple[Line, ...]]:
        found: dict[Outcome, list[Line]] = {"change": [], "same": [], "cannot": []}
        for line in self.lines:
            found[line.outcome].append(line)
        return {outcome: tuple(lines) for outcome, lines in found.items()}


@dataclass(frozen=True)
class Kept:
    """A person left as she is, because she was changed or taken off since the preview."""

    line: Line
    why: str


@dataclass(frozen=True)
class Done:
    """What was written: how many, in which words, and who was left alone."""

    changed: int
    what: str
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class _Standing:
    """A person as she stands, with the present value of one field."""

    id: int
    version: int
    name: str
    unit: str
    mobile: str
    birth_date: PartialDate | None
    id_number: str
    value: Any


def fields(register: Register) -> tuple[Field, ...]:
    """The fields that can be changed for many at once, the office's own among them."""
    return tuple(one for one in register.fields if one.name not in ONE_BY_ONE)


def may_be_empty(field: Field) -> bool:
    """Whether a person can be without it."""
    return own_fields.is_own(field.name) or bool(_TABLE.c[field.name].nullable)


def preview(session: Session, member_ids: Sequence[int], name: str, value: Any) -> Plan:
    """What would become of these people, in their order, if a field were given this value.

    :class:`GoneError` when the field or the unit is no longer there, :class:`InvalidInputError`
    for an empty value where there must be one.
    """
    field = _field(session, name)
    if value is None and not may_be_empty(field):
        raise InvalidInputError({name: f"{field.label}不能清空"})
    units = _units(session, field, value)
    standing = {one.id: one for one in _standing(session, member_ids, field)}
    shared = namesakes.shared(session)
    called = namesakes.told_apart(standing.values(), shared)
    lines = (
        _line(field, standing[one], called[one], value) if one in standing else _gone(one, value)
        for one in dict.fromkeys(member_ids)
    )
    return Plan(field, value, tuple(lines), units)


def apply(session: Session, plan: Plan, *, step: Step | None = None) -> Done:
    """Write what the preview said, and say in the caller's unit of work what was done.

    Who was changed or taken off since is left alone and given back in ``kept``. ``step`` is told
    the people done and all of them, and may raise :class:`db.errors.Cancelled`.
    """
    field = _field(session, plan.field.name)
    _units(session, field, plan.value)
    wanted = {line.id: line for line in plan.of("change")}
    present = {row.id: row for row in _rows(session, wanted, _TABLE)}
    kept = tuple(_kept(wanted, {one: row.version for one, row in present.items()}))
    left_alone = {one.line.id for one in kept}
    writing = [wanted[one] for one in wanted if one not in left_alone]
    for start in range(0, len(writing), _CHUNK):
        if step is not None:
            step(start, len(writing))
        part = writing[start : start + _CHUNK]
        _write(session, [_written(field, plan.value, present[line.id]._mapping) for line in part])
    if step is not None:
        step(len(writing), len(writing))
    what = _what(field, plan.value, writing)
    if writing:
        changes.describe(session, what)
    return Done(len(writing), what, kept)


def _field(session: Session, name: str) -> Field:
    register = own_fields.register(session)
    field = next((one for one in fields(register) if one.name == name), None)
    if field is None:
        raise GoneError("这个字段已经去掉了。", remedy="请另选一项。")
    return field


def _units(session: Session, field: Field, value: Any) -> dict[int, str]:
    """The names of all units for a field that is one; the value must be among them."""
    if not isinstance(field.kind, Link):
        return {}
    names = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
    if value is not None and value not in names:
        raise GoneError("选定的单位已经不在了。", remedy="请另选一个单位。")
    return names


def _rows(session: Session, member_ids: Iterable[int], *wanted: Any) -> Iterator[Any]:
    ids = list(dict.fromkeys(member_ids))
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        found = select(*wanted).select_from(_TABLE.outerjoin(Unit, Unit.id == _TABLE.c.unit_id))
        yield from session.execute(found.where(_TABLE.c.id.in_(part)))


def _standing(session: Session, ids: Sequence[int], field: Field) -> Iterator[_Standing]:
    is_own = own_fields.is_own(field.name)
    column = _TABLE.c[own_fields.COLUMN if is_own else field.name]
    t = _TABLE.c
    rows = _rows(
        session, ids, t.id, t.version, t.name, Unit.name.label("unit"), t.mobile, t.birth_date,
        t.id_number, column.label("value"),
    )  # fmt: skip
    for row in rows:
        value = own_fields.unpacked((field,), row.value)[field.name] if is_own else row.value
        yield _Standing(
            row.id, row.version, row.name, row.unit or "", row.mobile or "", row.birth_date,
            row.id_number or "", value,
        )  # fmt: skip


def _line(field: Field, one: _Standing, called: str, value: Any) -> Line:
    why = "" if one.value == value else _refusal(field, one.id_number, value)
    return Line(one.id, one.version, one.name, called, one.unit, one.value, value, why)


def _gone(member_id: int, value: Any) -> Line:
    return Line(member_id, 0, "", "不在名册里的人", "", None, value, "已移出名册")


def _refusal(field: Field, number: str, value: Any) -> str:
    """Why somebody cannot be given a value: her identity number says something else."""
    known = identity.facts(number) if value is not None else None
    if known is None:
        return ""
    if field.name == "birth_date" and not known.birth_date.agrees_with(value):
        born = known.birth_date
        return f"身份证号里是{born.year}年{born.month}月{born.day}日"
    if field.name == "sex" and known.sex != value:
        return f"身份证号里是{SEX.values[known.sex]}"
    return ""


def _kept(wanted: Mapping[int, Line], versions: Mapping[int, int]) -> Iterator[Kept]:
    for line in wanted.values():
        if line.id not in versions:
            yield Kept(line, "预览之后已移出名册")
        elif versions[line.id] != line.version:
            yield Kept(line, "预览之后在别处改过")


def _written(field: Field, value: Any, row: Mapping[Any, Any]) -> dict[str, Any]:
    """The columns to write for one person, those that follow from the field included."""
    given = own_fields.packed({field.name: value}, row[own_fields.COLUMN])
    unresolved = row["unresolved"]
    if unresolved and value is not None:
        unresolved = [one for one in unresolved if one.get("field") != field.name] or None
    return {
        **given,
        **members.computed({**row, **given}),
        "unresolved": unresolved,
        "version": row["version"] + 1,
        "bulk_id": row["id"],
    }


def _write(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    names = [name for name in rows[0] if name != "bulk_id"]
    statement = update(_TABLE).where(_TABLE.c.id == bindparam("bulk_id"))
    told: dict[str, Any] = {name: bindparam(name) for name in names}
    session.connection().execute(statement.values(told), list(rows))
    session.expire_all()


def _what(field: Field, value: Any, lines: Sequence[Line]) -> str:
    verb = "清空" if value is None else "修改"
    who = lines[0].name if len(lines) == 1 else f" {len(lines)} 人"
    return f"{verb}{who}的{field.label}"
