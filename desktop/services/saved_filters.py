"""Questions to the roster that were given a name: kept, told as a sentence, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import DuplicateError, GoneError, InvalidInputError
from db.tables import SavedFilter
from db.types import PartialDate
from desktop.fields import Register
from desktop.fields.standards import EMPLOYMENT_STATUS
from desktop.registers import own_fields
from desktop.services import members, units
from desktop.services.members import ON_STAFF, Query
from desktop.services.own_values import OwnCondition

LONGEST_NAME = 20


@dataclass(frozen=True)
class Saved:
    """One question. ``sentence`` says it in Chinese; ``is_lost`` when a unit or a field
    it asks about is gone: it finds nobody then."""

    id: int
    name: str
    query: Query
    sentence: str
    unit: str = ""
    is_pinned: bool = False
    is_lost: bool = False


def listed(session: Session) -> tuple[Saved, ...]:
    """Every question, the pinned ones first, each kind in her order."""
    names, register = units.index(session).names, own_fields.register(session)
    rows = session.scalars(
        select(SavedFilter).order_by(
            SavedFilter.is_pinned.desc(), SavedFilter.sort_order, SavedFilter.id
        )
    )
    return tuple(_saved(row, names, register) for row in rows)


def counts(session: Session, on: date) -> dict[int, int]:
    """How many people each question finds now, by its id; ages are those of ``on``."""
    return {one.id: _count(session, one, on) for one in listed(session)}


def add(session: Session, name: str, query: Query) -> int:
    """Keep a question under a name, behind the others; gives its id.

    The day and the order of the list are no part of it. :class:`DuplicateError` when the name is
    taken, :class:`InvalidInputError` when there is none.
    """
    last = session.scalar(select(func.max(SavedFilter.sort_order))) or 0
    row = SavedFilter(
        name=_free_name(session, name, None),
        definition=_definition(query, units.index(session).names),
        is_pinned=False,
        sort_order=last + 1,
    )
    session.add(row)
    session.flush()
    return row.id


def rename(session: Session, saved_id: int, name: str) -> None:
    """Call it something else, by the rules of :func:`add`."""
    row = _row(session, saved_id)
    row.name = _free_name(session, name, saved_id)
    session.flush()


def pin(session: Session, saved_id: int, *, is_pinned: bool) -> None:
    """Let it stand before the others, or no longer."""
    _row(session, saved_id).is_pinned = is_pinned
    session.flush()


def move(session: Session, saved_id: int, by: int) -> None:
    """Exchange its place with the next one of its kind, before (-1) or behind (1) it."""
    moved = _row(session, saved_id)
    kind = [one.id for one in listed(session) if one.is_pinned == moved.is_pinned]
    here = kind.index(saved_id)
    there = min(max(here + by, 0), len(kind) - 1)
    kind[here], kind[there] = kind[there], kind[here]
    for place, one in enumerate(kind, start=1):
        _row(session, one).sort_order = place
    session.flush()


def remove(session: Session, saved_id: int) -> None:
    """Take it away; nobody on the roster is touched."""
    session.delete(_row(session, saved_id))
    session.flush()


def sentence(query: Query, unit: str, labels: Mapping[str, str] | None = None) -> str:
    """``东湖分局里在职、55 岁及以上、待核实的人，搜“李”找得到``.

    ``labels`` says what fields of the office's own are called.
    """
    if query.unit_id is not None:
        where = f"{unit}里" if unit else "一个已经不在的单位里"
    else:
        where = "没有分单位、" if query.without_unit else ""
    parts = [_status_words(query.statuses), _age_words(query.age_from, query.age_to)]
    parts += ["待核实"] if query.to_check else []
    parts += [_own_words(one, labels or {}) for one in query.own]
    said = f"{where}{'、'.join(part for part in parts if part)}的人"
    return f"{said}，搜“{query.find}”找得到" if query.find else said


def _status_words(statuses: tuple[str, ...]) -> str:
    if statuses == ON_STAFF:
        return "在职"
    words = [EMPLOYMENT_STATUS.values[one] for one in statuses]
    return "或".join(words) if words else "含退休和调出"


def _age_words(low: int | None, high: int | None) -> str:
    if low is None:
        return "" if high is None else f"{high} 岁及以下"
    return f"{low} 岁及以上" if high is None else f"{low}～{high} 岁"


def _own_words(one: OwnCondition, labels: Mapping[str, str]) -> str:
    label = labels.get(one.name, "一个已经去掉的项目")
    if one.is_empty is not None:
        return f"{'没填' if one.is_empty else '填了'}{label}"
    if one.one_of:
        return f"{label}是{'或'.join(one.one_of)}"
    if one.words:
        return f"{label}含“{one.words}”"
    if one.low is None:
        return f"{label}到 {one.high}"
    return f"{label} {one.low} 起" if one.high is None else f"{label} {one.low}～{one.high}"


def _count(session: Session, one: Saved, on: date) -> int:
    return 0 if one.is_lost else members.count(session, replace(one.query, on=on))


def _saved(row: SavedFilter, names: Mapping[int, str], register: Register) -> Saved:
    query = _query(row.definition)
    unit = "" if query.unit_id is None else names.get(query.unit_id, "")
    labels = {field.name: field.label for field in own_fields.own_of(register)}
    said = sentence(query, unit or str(row.definition.get("unit", "")), labels)
    has_no_unit = query.unit_id is not None and not unit
    has_no_field = any(one.name not in labels for one in query.own)
    if has_no_unit:
        said += "（这个单位已经不在了）"
    is_lost = has_no_unit or has_no_field
    return Saved(row.id, row.name, query, said, unit, row.is_pinned, is_lost)


def _definition(query: Query, names: Mapping[int, str]) -> dict[str, Any]:
    """The conditions that are set, as they are kept."""
    kept: dict[str, Any] = {
        "find": query.find,
        "unit_id": query.unit_id,
        "unit": names.get(query.unit_id, "") if query.unit_id is not None else "",
        "without_unit": query.without_unit,
        "statuses": list(query.statuses),
        "age_from": query.age_from,
        "age_to": query.age_to,
        "to_check": query.to_check,
        "own": [_own_kept(one) for one in query.own],
    }
    return {
        key: value
        for key, value in kept.items()
        if value is not None and value is not False and value not in ("", [])
    }


def _query(kept: Mapping[str, Any]) -> Query:
    return Query(
        find=kept.get("find", ""),
        unit_id=kept.get("unit_id"),
        without_unit=kept.get("without_unit", False),
        statuses=tuple(kept.get("statuses", ())),
        age_from=kept.get("age_from"),
        age_to=kept.get("age_to"),
        to_check=kept.get("to_check", False),
        own=tuple(_own_read(one) for one in kept.get("own", ())),
    )


def _own_kept(one: OwnCondition) -> dict[str, Any]:
    kept = asdict(one) | {"low": _bound_kept(one.low), "high": _bound_kept(one.high)}
    return {key: value for key, value in kept.items() if value not in ("", None, ())}


def _bound_kept(value: Any) -> Any:
    return {"day": str(value)} if isinstance(value, PartialDate) else value


def _own_read(kept: Mapping[str, Any]) -> OwnCondition:
    low, high = (_bound_read(kept.get(key)) for key in ("low", "high"))
    one_of = tuple(kept.get("one_of", ()))
    return OwnCondition(
        kept["name"], kept.get("is_empty"), kept.get("words", ""), low, high, one_of
    )


def _bound_read(kept: Any) -> Any:
    return PartialDate.from_text(kept["day"]) if isinstance(kept, dict) else kept


def _free_name(session: Session, name: str, own: int | None) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInputError({"name": "请给这组条件起个名字"})
    if len(clean) > LONGEST_NAME:
        raise InvalidInputError({"name": f"名字太长：最多 {LONGEST_NAME} 个字"})
    taken = session.scalar(select(SavedFilter.id).where(SavedFilter.name == clean))
    if taken is not None and taken != own:
        raise DuplicateError(
            f"已经有一组常用条件叫“{clean}”。", field="name", remedy="请换一个名字。"
        )
    return clean


def _row(session: Session, saved_id: int) -> SavedFilter:
    row = session.get(SavedFilter, saved_id)
    if row is None:
        raise GoneError("这组常用条件已经不在了。", remedy="请按 F5 重新读取。")
    return row
