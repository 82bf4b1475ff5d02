"""Two records that turn out to be the same: becoming one, and being parted again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import changes
from db.changes import Undone
from db.changes.tables import change_sets
from db.errors import ConflictError, GoneError, InvalidInputError, UnusableError
from db.tables import Member, Merge, Unit
from desktop.fields import Day, Field, LongText, Register, identity
from desktop.registers import MEMBERS, own_fields
from desktop.services import absorbing, as_of, members, records, units
from desktop.services.members import Namesake
from desktop.services.records import Draft

Side = Literal["keep", "other", "both"]

COMPUTED = {"members": frozenset(("sort_key", "search_text", "id_prefix15"))}
_TOO_LITTLE = ("同名", "手机号相同")
_FOLLOWING = ("extra", "unresolved", "id_prefix15", "pinyin")


@dataclass(frozen=True)
class FieldChoice:
    """One field the two differ in: both values, and the side proposed.

    ``is_conflict`` when both have a value and they disagree; else one merely knows more.
    ``may_join`` when both texts can be kept, one under the other.
    """

    name: str
    keep: Any
    other: Any
    proposed: Side
    is_conflict: bool
    may_join: bool = False


@dataclass(frozen=True)
class Preview:
    """Two people beside each other, as they were when looked at; pass it on to ``merge``.

    ``fields`` holds only what differs. ``linked`` counts the rows of each table that will move
    over, ``doubts`` are sentences about why they may be two people after all. ``register`` has the
    office's own fields among its others.
    """

    keep: Draft
    other: Draft
    fields: tuple[FieldChoice, ...]
    linked: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    unit_names: Mapping[int, str] = field(default_factory=dict)
    register: Register = MEMBERS


@dataclass(frozen=True)
class Merged:
    """What a merge did: who stayed, and how many rows of each table moved or were joined."""

    kept_id: int
    gone_id: int
    moved: Mapping[str, int]
    joined: Mapping[str, int]


def preview(session: Session, keep_id: int, other_id: int) -> Preview:
    """Set two people side by side and propose a value for each field.

    A blank is filled from the other; where both have a value, that of the one who stays is
    proposed, unless the other's date is the same known more exactly. :class:`GoneError` when one
    is not there any more.
    """
    if keep_id == other_id:
        raise InvalidInputError({"other": "请选两位不同的成员"})
    keep, other = members.details(session, keep_id), members.details(session, other_id)
    register = own_fields.register(session)
    found = tuple(
        choice
        for one in register.fields
        if (choice := _choice(one, keep.values[one.name], other.values[one.name]))
    )
    return Preview(
        keep,
        other,
        found,
        absorbing.hanging_on(session, "members", other_id),
        tuple(_doubts(keep.values, other.values)),
        units.index(session).names,
        register,
    )


def _choice(one: Field, keep: Any, other: Any) -> FieldChoice | None:
    if (_is_blank(keep) and _is_blank(other)) or keep == other:
        return None
    name, kind = one.name, one.kind
    if _is_blank(keep) or _is_blank(other):
        return FieldChoice(name, keep, other, "other" if _is_blank(keep) else "keep", False)
    if isinstance(kind, Day) and keep.agrees_with(other):
        finer = len(str(other)) > len(str(keep))
        return FieldChoice(name, keep, other, "other" if finer else "keep", False)
    joins = isinstance(kind, LongText)
    return FieldChoice(name, keep, other, "both" if joins else "keep", not joins, joins)


def _is_blank(value: Any) -> bool:
    return value is None or value == ""


def _doubts(keep: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Why the two may be different people, in the order of weight."""
    found = []
    numbers = (keep.get("id_number"), other.get("id_number"))
    prefixes = (keep.get("id_prefix15"), other.get("id_prefix15"))
    if all(numbers) and numbers[0] != numbers[1]:
        found.append("两条的身份证号不同，可能不是同一个人。")
    elif all(prefixes) and prefixes[0] != prefixes[1]:
        found.append("两条身份证号的前 15 位不同，可能不是同一个人。")
    born = (keep.get("birth_date"), other.get("birth_date"))
    if all(born) and not born[0].agrees_with(born[1]):  # type: ignore[union-attr]
        found.append("两条的出生日期对不上。")
    if keep.get("name") != other.get("name"):
        found.append("两条的姓名不同。")
    if keep.get("sex") != other.get("sex"):
        found.append("两条的性别不同。")
    return found


def suspects(session: Session, member_id: int) -> tuple[Namesake, ...]:
    """Who may well be the same person: more than a name in common, and no two identity numbers."""
    values = members.details(session, member_id).values
    found = members.likely_duplicates(session, values, own=member_id)
    alike = tuple(one for one in found if one.why not in _TOO_LITTLE)
    if not alike or not values.get("id_number"):
        return alike
    others = select(Member.id).where(
        Member.id.in_([one.id for one in alike]), Member.id_number.is_not(None)
    )
    different = set(session.scalars(others))
    return tuple(one for one in alike if one.id not in different)


def merge(session: Session, seen: Preview, chosen: Mapping[str, Side] | None = None) -> Merged:
    """Make two people one, in the caller's unit of work: one step, parted again by undoing it.

    ``chosen`` overrides what ``seen`` proposes, field by field. Every row that named the other
    names the one who stays; further columns and open questions of both are kept.
    :class:`ConflictError` when one was changed since ``seen``, :class:`GoneError` when removed.
    """
    keep, other = (_unchanged(session, one) for one in (seen.keep, seen.other))
    values = _result(seen, chosen or {})
    laid_by = _laid_by(session, _id(other))
    done = absorbing.absorb(session, "members", _id(keep), _id(other))
    version = members.details(session, _id(keep)).version
    follows = {**members.computed(values), **{name: values.pop(name) for name in _FOLLOWING}}
    records.save(session, MEMBERS, Draft(keep.id, version, values), follows)
    person = session.get_one(Member, _id(keep))
    if laid_by:
        person.own = {**laid_by, **(person.own or {})}
    session.add(Merge(register="members", kept_id=keep.id, gone_id=other.id))
    changes.describe(session, f"合并成员：{_called(seen, other)}并入{_called(seen, keep)}")
    session.flush()
    return Merged(_id(keep), _id(other), done.moved, done.joined)


def _laid_by(session: Session, member_id: int) -> dict[str, Any]:
    """Values of own fields that were taken away: they wait with a person for their return."""
    present = {own_fields.key_of(f.name) for f in own_fields.own_of(own_fields.register(session))}
    kept = session.get_one(Member, member_id).own or {}
    return {key: value for key, value in kept.items() if key not in present}


def _unchanged(session: Session, seen: Draft) -> Draft:
    now = members.details(session, _id(seen))
    if now.version != seen.version:
        raise ConflictError(
            "这两个人里有一位刚刚在别处改过。",
            mine=seen.values,
            theirs=now.values,
            remedy="请重新打开合并，看一眼现在的内容再决定。",
        )
    return now


def _id(draft: Draft) -> int:
    if draft.id is None:
        raise GoneError("这位成员还没有保存。")
    return draft.id


def _called(seen: Preview, draft: Draft) -> str:
    unit = seen.unit_names.get(draft.values.get("unit_id") or 0, "")
    name = str(draft.values["name"])
    return f"{name}（{unit}）" if unit else name


def _result(seen: Preview, chosen: Mapping[str, Side]) -> dict[str, Any]:
    """Every value of the one who stays, after the choices."""
    values = {one.name: seen.keep.values[one.name] for one in MEMBERS.fields}
    for choice in seen.fields:
        values[choice.name] = _value(choice, chosen.get(choice.name, choice.proposed))
    values["extra"] = _both_extras(seen.keep.values.get("extra"), seen.other.values.get("extra"))
    values["unresolved"] = _open_questions(seen, values)
    values["pinyin"] = _pinyin(seen, values["name"])
    values["id_prefix15"] = _prefix(seen, values)
    return values


def _value(choice: FieldChoice, side: Side) -> Any:
    if side == "both" and choice.may_join:
        return f"{choice.keep}\n{choice.other}"
    return choice.other if side == "other" else choice.keep


def _both_extras(
    keep: Mapping[str, str] | None, other: Mapping[str, str] | None
) -> dict[str, str] | None:
    """The columns without a field of both; where they disagree, the other's under a new heading."""
    found = dict(keep or {})
    for heading, text in (other or {}).items():
        if found.get(heading, text) == text or not found[heading]:
            found[heading] = text
        elif text:
            found[_free_heading(found, heading)] = text
    return found or None


def _free_heading(taken: Mapping[str, str], heading: str) -> str:
    number = 2
    while f"{heading}（{number}）" in taken:
        number += 1
    return f"{heading}（{number}）"


def _open_questions(seen: Preview, values: Mapping[str, Any]) -> list[dict[str, str]] | None:
    """What waits to be checked of both, but for what the other one answers."""
    left: list[dict[str, str]] = []
    for draft in (seen.keep, seen.other):
        for one in draft.values.get("unresolved") or ():
            name = one.get("field", "")
            answered = _is_blank(draft.values.get(name)) and not _is_blank(values.get(name))
            if not answered and one not in left:
                left.append(one)
    return left or None


def _pinyin(seen: Preview, name: str) -> str | None:
    """The reading corrected by hand of whoever bears the name."""
    for draft in (seen.keep, seen.other):
        if draft.values["name"] == name and draft.values.get("pinyin"):
            return str(draft.values["pinyin"])
    return None


def _prefix(seen: Preview, values: Mapping[str, Any]) -> str | None:
    known = identity.facts(values["id_number"]) if values.get("id_number") else None
    if known:
        return known.prefix15
    return seen.keep.values.get("id_prefix15") or seen.other.values.get("id_prefix15")


# parting again


def is_merge(session: Session, change_set_id: int) -> bool:
    """Whether a step made two records one."""
    counts = session.scalar(select(change_sets.c.counts).where(change_sets.c.id == change_set_id))
    return bool(counts and counts.get("merges", {}).get("added"))


def part(session: Session, change_set_id: int) -> Undone:
    """Take a merge back, however long ago it was, within a unit of work of its own.

    Both are there again with the rows that were theirs. What was edited since on the one who
    stayed is kept, field by field, and named. :class:`UnusableError` when the one who went cannot
    come back; then nothing is changed.
    """
    gone = _gone_with(session, change_set_id)
    undone = changes.undo(session, change_set_id, recomputed=COMPUTED)
    for register, kept_id, gone_id in gone:
        if not _is_there(session, register, gone_id):
            why = next((k.reason for k in undone.kept if k.record_id == gone_id), "")
            raise UnusableError(
                f"没能分开：{why or '原来的那一条没能恢复。'}",
                remedy="请先看看现在是不是已有一条同样的登记，再试一次。",
            )
        for record_id in (kept_id, gone_id):
            if register == "members" and _is_there(session, register, record_id):
                compute_again(session, record_id)
    return undone


def _gone_with(session: Session, change_set_id: int) -> list[tuple[str, int, int]]:
    """(register, kept, gone) of the merges a step made."""
    return [
        (row["register"], row["kept_id"], row["gone_id"])
        for row in changes.added(session, "merges", change_set_id)
    ]


def _is_there(session: Session, register: str, record_id: int) -> bool:
    kinds: dict[str, Any] = {"members": Member, "units": Unit}
    return session.get(kinds[register], record_id) is not None


def compute_again(session: Session, member_id: int) -> None:
    """Write anew the columns of a person that follow from others."""
    person = session.get(Member, member_id)
    if person is None:
        return
    values = members.details(session, member_id).values
    for name, value in members.computed(values).items():
        setattr(person, name, value)
    known = identity.facts(person.id_number) if person.id_number else None
    if known:
        person.id_prefix15 = known.prefix15
    session.flush()


def gone_into(
    session: Session, register: str, kept_id: int, *, until: date | None = None
) -> tuple[int, ...]:
    """The records that became part of this one, directly or through another.

    With ``until`` only those that were part of it by the end of that day.
    """
    pairs: dict[int, list[int]] = {}
    with as_of.at(session, until, ("merges",)):
        rows = session.scalars(select(Merge).where(Merge.register == register)).all()
    for merge_ in rows:
        pairs.setdefault(merge_.kept_id, []).append(merge_.gone_id)
    found: list[int] = []
    waiting = [kept_id]
    while waiting:
        for gone in pairs.get(waiting.pop(), ()):
            if gone not in found:
                found.append(gone)
                waiting.append(gone)
    return tuple(found)
