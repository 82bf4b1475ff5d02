"""The roster: finding people, saving one, moving many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Select, Text, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from db.errors import DuplicateError, GoneError
from db.folding import name_matches, search_pattern, search_text, sort_key, syllables
from db.tables import Member, Unit
from db.types import PartialDate
from desktop.fields import Kind, Register, identity
from desktop.fields.standards import EMPLOYMENT_STATUS
from desktop.registers import MEMBERS, own_fields
from desktop.services import own_values, records, units
from desktop.services.own_values import OwnCondition
from desktop.services.records import Draft

ON_STAFF = ("active", "seconded_in", "seconded_out")
_FOUND_BY = ("staff_no", "mobile", "office_phone", "id_number", "former_name")


@dataclass(frozen=True)
class Query:
    """What a list of members is to hold. Empty parts ask for nothing.

    Ages are completed years on ``on``; ``unit_id`` includes sub-units; ``order`` is ``name``,
    ``unit`` or the name of a field. ``also`` names further fields every row is to carry; of the
    office's own, one that is no longer there is empty. ``own`` are conditions on those.
    """

    find: str = ""
    unit_id: int | None = None
    without_unit: bool = False
    statuses: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    on: date | None = None
    to_check: bool = False
    order: str = "name"
    descending: bool = False
    also: tuple[str, ...] = ()
    own: tuple[OwnCondition, ...] = ()


@dataclass(frozen=True)
class MemberRow:
    """One line of the list; ``also`` holds the further fields the query named, in its order."""

    id: int
    name: str
    unit_id: int | None
    unit: str
    post: str
    birth_date: PartialDate | None
    age: int | None
    id_number: str
    mobile: str
    status: str
    to_check: bool
    pinyin: str | None
    also: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Everybody, for matching an incoming list: id, version and all values of each person, by the
    fields of ``register``, the office's own among them."""

    people: tuple[Mapping[str, Any], ...]
    units: units.UnitIndex
    register: Register = MEMBERS


@dataclass(frozen=True)
class Totals:
    """How many people there are, by what they are."""

    everybody: int
    by_status: Mapping[str, int] = field(default_factory=dict)
    without_unit: int = 0
    to_check: int = 0


def computed(values: Mapping[str, Any]) -> dict[str, str]:
    """The columns that follow from others; write them whenever one of those is written."""
    name = values.get("name") or ""
    pinyin = values.get("pinyin")
    return {
        "sort_key": sort_key(name, pinyin),
        "search_text": search_text(
            name, pinyin=pinyin, others=[values[n] for n in _FOUND_BY if n in values]
        ),
    }


def computed_columns(columns: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """The same for many people, from the columns of their values; ``name`` must be among them."""
    names = [name or "" for name in columns["name"]]
    sounds = columns.get("pinyin") or [None] * len(names)
    told = [columns[name] for name in _FOUND_BY if name in columns]
    others = zip(*told, strict=True) if told else [()] * len(names)
    return {
        "sort_key": list(map(sort_key, names, sounds)),
        "search_text": [
            search_text(name, pinyin=sound, others=more)
            for name, sound, more in zip(names, sounds, others, strict=True)
        ],
    }


def rows(session: Session, query: Query, *, most: int | None = None) -> tuple[MemberRow, ...]:
    """The people a query asks for, in its order; only the first ``most`` if that is given."""
    register = own_fields.register(session)
    wanted: Any = _filtered(session, query, register).with_only_columns(
        Member.id, Member.name, Member.unit_id, Unit.name.label("unit"), Member.post,
        type_coerce(Member.birth_date, Text), Member.id_number, Member.mobile,
        Member.employment_status, Member.unresolved.is_not(None).label("to_check"), Member.pinyin,
        *(_column(name).label(f"also_{name}") for name in query.also),
    )  # fmt: skip
    session.flush()
    # columns alone need no mapped object, and the mapper would cost more than the search
    low, high = query.age_from, query.age_to
    takes_all = low is None and high is None
    ordered = _ordered(wanted, query, register).limit(most if takes_all else None)
    found = session.connection().execute(ordered)
    made = _made(found, query.on, _own_kinds(register, query.also))
    if not takes_all:
        made = (
            row
            for row in made
            if row.age is not None
            and (low is None or row.age >= low)
            and (high is None or row.age <= high)
        )
    return tuple(made if most is None else islice(made, most))


def count(session: Session, query: Query) -> int:
    """How many people a query asks for."""
    wanted = _filtered(session, query, own_fields.register(session))
    low, high = query.age_from, query.age_to
    if low is None and high is None:
        return session.scalar(wanted.with_only_columns(func.count(Member.id))) or 0
    if query.on is None:
        return 0
    born = session.scalars(wanted.with_only_columns(Member.birth_date))
    ages = [one.age_on(query.on) for one in born if one is not None]
    return sum((low is None or age >= low) and (high is None or age <= high) for age in ages)


def _column(name: str) -> Any:
    if own_fields.is_own(name):
        return own_values.column(name)
    return getattr(Member, MEMBERS.field(name).name)


def _own_kinds(register: Register, also: Sequence[str]) -> dict[int, Kind | None]:
    """Where a row carries an own field, and its kind if it is still there."""
    kinds = {f.name: f.kind for f in own_fields.own_of(register)}
    return {at: kinds.get(name) for at, name in enumerate(also) if own_fields.is_own(name)}


def _made(
    found: Iterable[Any], on: date | None, own: Mapping[int, Kind | None]
) -> Iterator[MemberRow]:
    days: dict[str | None, tuple[PartialDate | None, int | None]] = {None: (None, None)}
    for (
        id_, name, unit_id, unit, post, born, number, mobile, status, to_check, pinyin, *also,
    ) in found:  # fmt: skip
        day = days.get(born)
        if day is None:
            birth = PartialDate.from_text(born)
            day = days[born] = birth, birth.age_on(on) if on else None
        further = (_own_value(own[n], v) if n in own else v for n, v in enumerate(also))
        yield MemberRow(
            id_, name, unit_id, unit or "", post or "", *day, number or "", mobile or "", status,
            bool(to_check), pinyin, tuple(further) if own else tuple(also),
        )  # fmt: skip


def _own_value(kind: Kind | None, stored: Any) -> Any:
    return None if kind is None else own_fields.value_of(kind, stored)


def _filtered(session: Session, query: Query, register: Register) -> Select[Any]:
    wanted: Select[Any] = select(Member).outerjoin(Unit, Unit.id == Member.unit_id)
    if pattern := search_pattern(query.find):
        hits = [func.instr(Member.search_text, pattern) > 0]
        if not pattern.startswith("|") and not pattern.endswith(";"):
            named = select(Unit.id).where(func.instr(Unit.name, query.find.strip()) > 0)
            hits.append(Member.unit_id.in_(named))
        hits += own_values.found(register.fields, query.find)
        wanted = wanted.where(or_(*hits))
    if query.unit_id is not None:
        wanted = wanted.where(Member.unit_id.in_(units.descendants(session, query.unit_id)))
    if query.without_unit:
        wanted = wanted.where(Member.unit_id.is_(None))
    if query.statuses:
        wanted = wanted.where(Member.employment_status.in_(query.statuses))
    if query.to_check:
        wanted = wanted.where(Member.unresolved.is_not(None))
    known = {field.name for field in register.fields}
    return wanted.where(*(own_values.holds(one) for one in query.own if one.name in known))


def _ordered(wanted: Select[Any], query: Query, register: Register) -> Select[Any]:
    by_name = (Member.sort_key, Member.id)
    if query.order == "name":
        own, *rest = by_name
        return wanted.order_by(own.desc() if query.descending else own, *rest)
    if query.order == "unit":
        first = (Unit.sort_order, Unit.id)
        return wanted.order_by(*(c.desc() if query.descending else c for c in first), *by_name)
    column = _order_column(query.order, register)
    if column is None:
        return wanted.order_by(*by_name)
    return wanted.order_by(
        column.is_(None), column.desc() if query.descending else column, *by_name
    )


def _order_column(name: str, register: Register) -> Any:
    """``None`` for an own field that is no longer there."""
    if not own_fields.is_own(name):
        return getattr(Member, MEMBERS.field(name).name)
    field = next((one for one in register.fields if one.name == name), None)
    return None if field is None else own_values.order(field)


def totals(session: Session) -> Totals:
    """Counts for the tree and the status bar."""
    counted = select(Member.employment_status, func.count()).group_by(Member.employment_status)
    by_status = {key: count for key, count in session.execute(counted)}  # noqa: C416 - typed rows
    without = session.scalar(select(func.count()).where(Member.unit_id.is_(None))) or 0
    to_check = session.scalar(select(func.count()).where(Member.unresolved.is_not(None))) or 0
    return Totals(sum(by_status.values()), by_status, without, to_check)


def snapshot(session: Session) -> Roster:
    """Everybody with all their values, for matching and for export; about 10 µs a person."""
    table, register = Member.__table__, own_fields.register(session)
    rows_ = session.execute(select(table).order_by(table.c.id))
    people = tuple(_values(row._mapping, register) for row in rows_)
    return Roster(people, units.index(session), register)


def _values(row: Mapping[Any, Any], register: Register) -> dict[str, Any]:
    values = dict(row)
    if register is not MEMBERS:
        values |= own_fields.unpacked(register.fields, values[own_fields.COLUMN])
    return values


def exported(session: Session, query: Query) -> tuple[Mapping[str, Any], ...]:
    """All values of the people a query asks for, in its order."""
    wanted = rows(session, query)
    table, register = Member.__table__, own_fields.register(session)
    by_id = {row.id: _values(row._mapping, register) for row in session.execute(select(table))}
    return tuple(by_id[row.id] for row in wanted)


def details(session: Session, member_id: int) -> Draft:
    """One person as a draft, extra columns and unresolved cells included."""
    draft = records.draft(session, own_fields.register(session), member_id)
    person = session.get_one(Member, member_id)
    values = {
        **draft.values,
        "extra": person.extra,
        "unresolved": person.unresolved,
        "id_prefix15": person.id_prefix15,
        "pinyin": person.pinyin,
    }
    return Draft(draft.id, draft.version, values)


def save(session: Session, draft: Draft) -> int:
    """Save one person, new or changed; gives the id.

    An identity number fills an empty birth date and settles what was unresolved about the fields
    now given. Raises :class:`DuplicateError` when the number belongs to somebody else.
    """
    values = dict(draft.values)
    number = values.get("id_number")
    if number:
        _refuse_taken_number(session, number, draft.id)
        known = identity.facts(number)
        if known:
            values["id_prefix15"] = known.prefix15
            if values.get("birth_date") is None:
                values["birth_date"] = known.birth_date
    if draft.id is None:
        values.setdefault("sex", "2")
        values.setdefault("employment_status", "active")
        current: Mapping[str, Any] = {}
    else:
        current = details(session, draft.id).values
    values = {name: value for name, value in values.items() if value is not None or draft.id}
    whole = {**current, **values}
    follows = {**computed(whole), "unresolved": _still_unresolved(whole, values)}
    values.pop("unresolved", None)
    return records.save(session, MEMBERS, Draft(draft.id, draft.version, values), follows)


def _still_unresolved(
    whole: Mapping[str, Any], given: Mapping[str, Any]
) -> list[dict[str, str]] | None:
    left = [one for one in whole.get("unresolved") or () if given.get(one.get("field", "")) is None]
    return left or None


def settle(session: Session, member_id: int, version: int) -> None:
    """Take a person off the list of those to be checked, as she stands."""
    records.save(session, MEMBERS, Draft(member_id, version, {}), {"unresolved": None})


def _refuse_taken_number(session: Session, number: str, own: int | None) -> None:
    taken = session.execute(
        select(Member.id, Member.name, Unit.name)
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .where(Member.id_number == number)
    ).first()
    if taken is None or taken[0] == own:
        return
    owner = f"{taken[2]}的{taken[1]}" if taken[2] else str(taken[1])
    raise DuplicateError(
        f"这个身份证号已经登记在{owner}名下。",
        field="id_number",
        owner=owner,
        remedy="请核对号码；如果是同一个人，请改那一条。",
    )


@dataclass(frozen=True)
class Namesake:
    """Somebody who may be the same person: shown while typing."""

    id: int
    name: str
    unit: str
    birth_date: PartialDate | None
    why: str


def likely_duplicates(
    session: Session, values: Mapping[str, Any], own: int | None = None
) -> tuple[Namesake, ...]:
    """People with the same number, or the same name and birth date, mobile, or unit."""
    conditions = []
    for column, key in (
        (Member.id_number, "id_number"),
        (Member.mobile, "mobile"),
        (Member.name, "name"),
    ):
        if values.get(key):
            conditions.append(column == values[key])
    if not conditions:
        return ()
    found = session.execute(
        select(
            Member.id, Member.name, Unit.name, Member.birth_date, Member.id_number, Member.mobile,
            Member.unit_id,
        )
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .where(or_(*conditions), Member.id != (own or 0))
        .order_by(Member.sort_key)
        .limit(20)
    )  # fmt: skip
    return tuple(
        Namesake(row[0], row[1], row[2] or "", row[3], why)
        for row in found
        if (why := _why_alike(row, values))
    )


def _why_alike(row: Any, values: Mapping[str, Any]) -> str:
    if values.get("id_number") and row[4] == values["id_number"]:
        return "身份证号相同"
    if row[1] != values.get("name"):
        return "手机号相同"
    born = values.get("birth_date")
    if born and row[3] and born.agrees_with(row[3]):
        return "姓名和出生日期相同"
    if values.get("mobile") and row[5] == values["mobile"]:
        return "姓名和手机号相同"
    if values.get("unit_id") and row[6] == values["unit_id"]:
        return "同一单位里同名"
    return "同名"


def transfer(session: Session, member_ids: Sequence[int], *, to: int | None) -> int:
    """Move people to a unit; gives how many moved."""
    moved = 0
    for person in _people(session, member_ids):
        if person.unit_id != to:
            person.unit_id = to
            moved += 1
    session.flush()
    return moved


def set_status(
    session: Session, member_ids: Sequence[int], status: str, *, on: PartialDate | date | None
) -> int:
    """Record that people retired, were transferred, came back …; gives how many changed."""
    if status not in EMPLOYMENT_STATUS.values:
        raise ValueError(status)
    if isinstance(on, date):
        on = PartialDate.of(on)
    changed = 0
    for person in _people(session, member_ids):
        if person.employment_status != status:
            person.employment_status = status
            person.status_date = on
            changed += 1
    session.flush()
    return changed


def remove(session: Session, member_ids: Sequence[int]) -> int:
    """Take people off the roster; they stay in the change log and come back by undo."""
    people = _people(session, member_ids)
    for person in people:
        session.delete(person)
    session.flush()
    return len(people)


def _people(session: Session, member_ids: Iterable[int]) -> Sequence[Member]:
    wanted = list(dict.fromkeys(member_ids))
    found: list[Member] = []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found += session.scalars(select(Member).where(Member.id.in_(part)))
    if len(found) < len(wanted):
        raise GoneError(
            f"其中 {len(wanted) - len(found)} 人已经不在名册里。",
            remedy="请按 F5 重新读取，再试一次。",
        )
    return found


def matches(name: str, typed: str, pinyin: str | None = None) -> tuple[int, ...]:
    """The positions in ``name`` that ``typed`` hit, for marking them in a list."""
    return name_matches(name, typed, pinyin)


def pinyin_of(name: str) -> str:
    """The reading of a name, syllables separated by spaces."""
    return " ".join(syllables(name))
