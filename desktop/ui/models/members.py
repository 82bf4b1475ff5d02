"""Which part of the roster is on the page, and how is that said in words?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from desktop.fields import Register
from desktop.fields.standards import EMPLOYMENT_STATUS
from desktop.services.members import ON_STAFF, Query
from desktop.services.own_values import OwnCondition

PlaceKind = Literal["staff", "unit", "without", "retired", "transferred", "gone", "anyone"]

STATUSES_OF: dict[str, tuple[str, ...]] = {
    "staff": ON_STAFF,
    "unit": ON_STAFF,
    "without": ON_STAFF,
    "retired": ("retired",),
    "transferred": ("transferred",),
    "gone": ("left", "deceased"),
    "anyone": (),
}
WORDS_OF = {
    "staff": "全部在职",
    "without": "未分单位",
    "retired": "已退休",
    "transferred": "已调出",
    "gone": "已离职或去世",
    "anyone": "含退休和调出",
}
AGE_BANDS: tuple[tuple[int | None, int | None], ...] = (
    (None, 34),
    (35, 44),
    (45, 54),
    (55, None),
    (30, 50),
)


@dataclass(frozen=True)
class Place:
    """A branch of the tree: everybody on staff, one unit, or those who have gone."""

    kind: PlaceKind = "staff"
    unit_id: int | None = None


STAFF = Place()


@dataclass(frozen=True)
class Condition:
    """One filter as it stands in its chip."""

    key: str
    words: str


@dataclass(frozen=True)
class OwnFilter:
    """What must stand in a field of the office's own, and how its chip says so."""

    asked: OwnCondition
    words: str


@dataclass(frozen=True)
class Filters:
    """What the list is asked for. All parts hold at once.

    ``as_of`` is a past day at whose end the roster is looked at; the present without it. ``own``
    holds one condition at most for each field of the office's own.
    """

    find: str = ""
    place: Place = STAFF
    unit_name: str = ""
    status: str = ""
    ages: tuple[int | None, int | None] | None = None
    to_check: bool = False
    order: str = "name"
    descending: bool = False
    as_of: date | None = None
    own: tuple[OwnFilter, ...] = ()

    def query(self, on: date, also: tuple[str, ...] = ()) -> Query:
        """The question for the service; a status chosen by hand replaces the one of the place."""
        low, high = self.ages or (None, None)
        return Query(
            find=self.find,
            unit_id=self.place.unit_id,
            without_unit=self.place.kind == "without",
            statuses=(self.status,) if self.status else STATUSES_OF[self.place.kind],
            age_from=low,
            age_to=high,
            on=self.as_of or on,
            to_check=self.to_check,
            order=self.order,
            descending=self.descending,
            also=also,
            own=tuple(one.asked for one in self.own),
        )

    def conditions(self) -> tuple[Condition, ...]:
        """The chips, in the order they are shown."""
        found = []
        if self.as_of:
            found.append(Condition("as_of", day_words(self.as_of)))
        if self.place != STAFF:
            found.append(Condition("place", self.place_words()))
        if self.status:
            found.append(Condition("status", EMPLOYMENT_STATUS.values[self.status]))
        if self.ages:
            found.append(Condition("age", age_words(*self.ages)))
        if self.to_check:
            found.append(Condition("to_check", "待核实"))
        found += [Condition(one.asked.name, one.words) for one in self.own]
        return tuple(found)

    def place_words(self) -> str:
        return WORDS_OF.get(self.place.kind, self.unit_name)

    def without(self, key: str) -> Filters:
        """The same question without one condition."""
        if key == "as_of":
            return replace(self, as_of=None)
        if key == "place":
            return replace(self, place=STAFF, unit_name="")
        if key == "status":
            return replace(self, status="")
        if key == "age":
            return replace(self, ages=None)
        if key == "to_check":
            return replace(self, to_check=False)
        return replace(self, own=tuple(one for one in self.own if one.asked.name != key))

    def with_own(self, wanted: OwnFilter) -> Filters:
        """The same question with this condition, in the place of another on the same field."""
        if not any(one.asked.name == wanted.asked.name for one in self.own):
            return replace(self, own=(*self.own, wanted))
        own = (wanted if one.asked.name == wanted.asked.name else one for one in self.own)
        return replace(self, own=tuple(own))

    def known_in(self, register: Register) -> Filters:
        """The same question without conditions on fields that are no longer there."""
        names = {field.name for field in register.fields}
        return replace(self, own=tuple(one for one in self.own if one.asked.name in names))

    def everywhere(self) -> Filters:
        """What was typed, looked for among everybody who was ever on the roster."""
        return Filters(
            find=self.find,
            place=Place("anyone"),
            order=self.order,
            descending=self.descending,
            as_of=self.as_of,
        )

    def is_plain(self) -> bool:
        """Whether nothing narrows the list but the branch of the tree."""
        return not (self.find or self.status or self.ages or self.to_check or self.own)


def day_words(day: date) -> str:
    """``截至 2026年3月31日``."""
    return f"截至 {day.year}年{day.month}月{day.day}日"


def age_words(low: int | None, high: int | None) -> str:
    """``30～50 岁``, ``55 岁及以上``, ``34 岁及以下``."""
    if low is None:
        return f"{high} 岁及以下"
    if high is None:
        return f"{low} 岁及以上"
    return f"{low}～{high} 岁"


def is_chinese(text: str) -> bool:
    """Whether ``text`` could be the beginning of a name: Han characters only."""
    return bool(text) and all("\u3400" <= c <= "\U0003ffff" and c.isalpha() for c in text)
