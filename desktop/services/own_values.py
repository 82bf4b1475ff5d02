"""How is a list of people asked for by what stands in fields of the office's own?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, type_coerce
from sqlalchemy import Text as SqlText

from db.folding import fold
from db.tables import Member
from db.types import PartialDate
from desktop.fields import Choice, Field, IdNumber, Phone, Text
from desktop.registers.own_fields import is_own, key_of

_SHORTEST_TAIL = 3


@dataclass(frozen=True)
class OwnCondition:
    """What must stand in an own field; the parts that are given hold together.

    ``low`` and ``high`` (numbers or :class:`PartialDate`) are both included, a month or year
    with all its days. ``words`` is looked for anywhere in the text, ``one_of`` names choices.
    """

    name: str
    is_empty: bool | None = None
    words: str = ""
    low: Any = None
    high: Any = None
    one_of: tuple[str, ...] = ()


def column(name: str) -> ColumnElement[Any]:
    """The kept value of an own field, as SQL sees it."""
    return func.json_extract(Member.own, f'$."{key_of(name)}"')


def holds(asked: OwnCondition) -> ColumnElement[bool]:
    """The people for whom a condition holds."""
    value: ColumnElement[Any] = column(asked.name)
    parts: list[ColumnElement[bool]] = []
    if asked.is_empty is not None:
        parts.append(value.is_(None) if asked.is_empty else value.is_not(None))
    if asked.words:
        parts.append(_has(value, asked.words))
    if asked.low is not None:
        parts.append(value >= _plain(asked.low))
    if asked.high is not None:
        parts.append(_up_to(value, asked.high))
    if asked.one_of:
        parts.append(value.in_(asked.one_of))
    return and_(*parts) if parts else value.is_not(None)


def order(field: Field) -> ColumnElement[Any]:
    """By what a list is sorted for an own field: choices in their own order."""
    value = column(field.name)
    if isinstance(field.kind, Choice):
        places = {word: place for place, word in enumerate(field.kind.values.values)}
        return case(places, value=value, else_=len(places))
    return value


def found(fields: Iterable[Field], typed: str) -> list[ColumnElement[bool]]:
    """Ways in which words typed into the search can be in own fields: texts that hold them, and
    numbers and masked texts that end with them."""
    text = " ".join(fold(typed).split())
    if not text:
        return []
    asked = [_hit(field, text) for field in fields if is_own(field.name)]
    hits = [hit for hit in asked if hit is not None]
    if not hits:
        return []
    # most people have no such characters in any own field: those are not even taken apart
    return [and_(_may_have(json.dumps(text, ensure_ascii=False)[1:-1]), or_(*hits))]


def _may_have(raw: str) -> ColumnElement[bool]:
    """Whether the characters stand anywhere in what is kept of a person."""
    if raw == raw.upper():  # nothing with two cases: the quicker comparison
        found_at: ColumnElement[Any] = func.instr(Member.own, raw)
        return found_at > 0
    # LIKE takes letters of either case for the same
    return type_coerce(Member.own, SqlText).contains(raw, autoescape=True)


def _hit(field: Field, text: str) -> ColumnElement[bool] | None:
    value = _lower(column(field.name))
    is_plain = isinstance(field.kind, Text) and not field.kind.is_private
    if is_plain:
        return value.contains(text, autoescape=True)
    if isinstance(field.kind, (Text, IdNumber, Phone)) and len(text) >= _SHORTEST_TAIL:
        return value.endswith(text, autoescape=True)
    return None


def _has(value: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    return _lower(value).contains(words.strip().lower(), autoescape=True)


def _lower(value: Any) -> ColumnElement[str]:
    lowered: ColumnElement[str] = func.lower(value)
    return lowered


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, PartialDate) else value


def _up_to(value: ColumnElement[Any], high: Any) -> ColumnElement[bool]:
    if isinstance(high, PartialDate):
        text = str(high)
        start: ColumnElement[str] = func.substr(value, 1, len(text))
        return start <= text
    below: ColumnElement[bool] = value <= high
    return below
