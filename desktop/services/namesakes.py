"""How are people of one name told apart?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables import Member
from db.types import PartialDate

_TAIL = 4


class Somebody(Protocol):
    """What it takes to tell a person from another: a row of the list has it."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def mobile(self) -> str: ...

    @property
    def birth_date(self) -> PartialDate | None: ...


def shared(session: Session) -> frozenset[str]:
    """The names that more than one person on the roster has."""
    counted = select(Member.name).group_by(Member.name).having(func.count() > 1)
    return frozenset(session.scalars(counted))


def among(people: Iterable[Somebody]) -> frozenset[str]:
    """The names that more than one of these people has."""
    counts = Counter(one.name for one in people)
    return frozenset(name for name, count in counts.items() if count > 1)


def difference(one: Somebody, seen: Container[str] = ()) -> str:
    """What tells somebody from others of her name, without what stands beside it already:
    ``财务科，尾号 5521``."""
    return _said(one, seen)


def told_apart(
    people: Iterable[Somebody], shared: Container[str] = frozenset(), *, seen: Container[str] = ()
) -> dict[int, str]:
    """What to call each person: her name, and where it is not hers alone what tells her apart.

    Not unique is a name that several of ``people`` have, or one of ``shared``. First comes what
    ``王芳（财务科，尾号 5521）`` says; those whom it leaves alike are told by their birth date, and
    at last by a number. ``seen`` (``unit``, ``mobile``) stands beside the name already.
    """
    everybody = tuple(people)
    counts = Counter(one.name for one in everybody)
    several: dict[str, list[Somebody]] = {}
    called = {}
    for one in everybody:
        if counts[one.name] > 1 or one.name in shared:
            several.setdefault(one.name, []).append(one)
        else:
            called[one.id] = one.name
    for name, alike in several.items():
        called |= {
            one.id: f"{name}（{words}）" if words else name
            for one, words in zip(alike, _differences(alike, seen), strict=True)
        }
    return called


def _differences(alike: Sequence[Somebody], seen: Container[str]) -> list[str]:
    """What to say after each of several equal names."""
    whole: list[tuple[str, ...]] = [(one.unit, one.mobile[-_TAIL:]) for one in alike]
    said = [_said(one, seen) for one in alike]
    for more in (_born, _number(alike)):
        left = [n for n, one in enumerate(whole) if whole.count(one) > 1]
        for n in left:
            words = more(alike[n])
            whole[n] = (*whole[n], words)
            said[n] = "，".join(part for part in (said[n], words) if part)
    return said


def _said(one: Somebody, seen: Container[str]) -> str:
    unit = "" if "unit" in seen else one.unit or "未分单位"
    tail = "" if "mobile" in seen or not one.mobile else f"尾号 {one.mobile[-_TAIL:]}"
    return "，".join(part for part in (unit, tail) if part)


def _born(one: Somebody) -> str:
    return f"{one.birth_date} 生" if one.birth_date else ""


def _number(alike: Sequence[Somebody]) -> Callable[[Somebody], str]:
    places = {one.id: place for place, one in enumerate(sorted(alike, key=lambda o: o.id), 1)}
    return lambda one: f"第 {places[one.id]} 位"
