"""Which people of a roster stand out: near twins, men among women, people past retiring?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from desktop.exchange import doctor_age, doctor_names
from desktop.exchange.checking import Entry, Place
from desktop.exchange.doctor_report import Spot, Tell, spot_at
from desktop.fields import identity
from desktop.fields.kinds import cell_text
from desktop.services.members import ON_STAFF

_SAME_DAY_AT_MOST = 60  # people born on one day; more of them mean a column filled with one date
_DAMAGED_NUMBER = re.compile(r"\d{14,19}[\dX]?", re.ASCII)
_RETIRED_WORDS = re.compile(r"退休|离退|内退|返聘|延迟|弹性|已退")
_FEW_MEN = 0.5  # of everybody; above, the roster is one of the whole office


class Known(NamedTuple):
    """One person of a roster with what is compared."""

    place: Place
    entry: Entry
    number: str
    section: str

    @property
    def born(self) -> Any:
        return self.entry.values.get("birth_date") or self.entry.derived.get("birth_date")

    def called(self) -> str:
        return f"第 {self.entry.row} 行{self.entry.name}"

    def spot(self, field: str, message: str) -> Spot:
        table, sheet = self.place.table, self.place.layout.sheet
        column = table.column_of(field) or table.column_of("name")
        index = column.index if column is not None else 0
        text = cell_text(self.entry.cells[index])
        shown = identity.masked(text) if column and column.field == "id_number" else text
        return spot_at(sheet, self.entry.row, index, shown=shown, message=message)


def known(pairs: Iterable[tuple[Place, Entry]]) -> list[Known]:
    """Everybody with a name, with the identity number as it was typed, sound or not."""
    told = [(p, e) for p, e in pairs if e.name]
    sections = {
        (place.number, place.layout.sheet.first_row + one.at): one.section
        for place in {p.number: p for p, _ in told}.values()
        for one in place.table.people
    }
    return [Known(p, e, _typed_number(p, e), sections[p.number, e.row]) for p, e in told]


def _typed_number(place: Place, entry: Entry) -> str:
    if found := entry.values.get("id_number"):
        return str(found)
    column = place.table.column_of("id_number")
    cell = entry.cells[column.index] if column is not None else None
    text = identity.clean(cell)[0] if isinstance(cell, str) else ""
    return text if _DAMAGED_NUMBER.fullmatch(text) else ""


def examine(people: Sequence[Known], today: date, tell: Tell) -> None:
    """Everything that is said about people rather than about cells."""
    _near_numbers(people, tell)
    _variants(people, tell)
    _men(people, tell)
    _retired(people, today, tell)


def _near_numbers(people: Sequence[Known], tell: Tell) -> None:
    """Numbers that are one digit, or two neighbouring digits the other way round, apart; under one
    name two digits, for a digit and the check character that goes with it."""
    seen: set[tuple[int, int]] = set()
    for one, other in _close_pairs(people):
        key = (id(one.entry), id(other.entry))
        if key in seen or one.number == other.number or not _are_near(one, other):
            continue
        seen.add(key)
        for mine, theirs in ((one, other), (other, one)):
            message = f"与{theirs.called()}的号码只差一两位，是同一个人吗"
            tell("id_near", mine.spot("id_number", message))


def _close_pairs(people: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Pairs that share all but one place of the number, or the name."""
    numbered = [one for one in people if one.number]
    yield from _grouped(numbered, lambda one: [one.entry.name])
    yield from _grouped(numbered, lambda one: _signatures(one.number))


def _signatures(number: str) -> list[str]:
    """The number with each place blotted out in turn, and with each two neighbours sorted."""
    blots = [f"{number[:i]}?{number[i + 1 :]}" for i in range(len(number))]
    return blots + [
        f"{number[:i]}{''.join(sorted(number[i : i + 2]))}~{number[i + 2 :]}"
        for i in range(len(number) - 1)
    ]


def _are_near(one: Known, other: Known) -> bool:
    a, b = one.number, other.number
    if len(a) != len(b):
        return False
    places = [i for i in range(len(a)) if a[i] != b[i]]
    if len(places) == 1:
        return True
    if one.entry.name == other.entry.name:
        return len(places) == 2
    swapped = len(places) == 2 and places[1] == places[0] + 1
    return swapped and a[places[0]] == b[places[1]] and a[places[1]] == b[places[0]]


def _grouped(
    people: Iterable[Known], keys: Callable[[Known], Iterable[Any]]
) -> Iterator[tuple[Known, Known]]:
    groups: dict[Any, list[Known]] = {}
    for one in people:
        for key in keys(one):
            if key is not None:
                groups.setdefault(key, []).append(one)
    for group in groups.values():
        if 1 < len(group) <= _SAME_DAY_AT_MOST:
            yield from combinations(group, 2)


def _variants(people: Sequence[Known], tell: Tell) -> None:
    seen: set[tuple[int, int]] = set()
    for one, other in _grouped(people, _evidence):
        key = (id(one.entry), id(other.entry))
        names = (str(one.entry.name), str(other.entry.name))
        if key in seen or not doctor_names.may_be_one(*names) or _are_told_apart(one, other):
            continue
        seen.add(key)
        for mine, theirs in ((one, other), (other, one)):
            message = f"与{theirs.called()}只差一个字，别的资料相同，是同一个人吗"
            tell("name_variant", mine.spot("name", message))


def _evidence(one: Known) -> list[Any]:
    """What makes two people with almost one name likely to be one."""
    born = one.born
    found: list[Any] = [born] if born is not None and born.precision == "day" else []
    found += [v for k in ("mobile", "staff_no") if (v := one.entry.values.get(k))]
    if one.number:
        found.append(one.number)
    if one.entry.prefix15:
        found.append(one.entry.prefix15)
    return found


def _are_told_apart(one: Known, other: Known) -> bool:
    """Whether sound and clearly different numbers say that these are two people."""
    a, b = (str(k.entry.values.get("id_number") or "") for k in (one, other))
    return bool(a and b) and sum(x != y for x, y in zip(a, b, strict=False)) > 2


def _men(people: Sequence[Known], tell: Tell) -> None:
    men = [one for one in people if one.entry.is_man]
    if not men or len(men) > len(people) * _FEW_MEN:
        return
    for one in men:
        tell("men_listed", one.spot("sex", f"{one.entry.name}是男职工"))


def _retired(people: Sequence[Known], today: date, tell: Tell) -> None:
    for one in people:
        if one.born is None or _says_retired(one):
            continue
        age = _original_age(one.entry)
        if doctor_age.is_reached(one.born.first_day(), age, today):
            year, month = doctor_age.retires_in(one.born.first_day(), age)
            message = f"{one.entry.name}按原 {age} 岁计，{year}年{month}月到龄，请核对在职状态"
            tell("retired_listed", one.spot("birth_date", message))


def _original_age(entry: Entry) -> int:
    """The age before the reform; where the roster does not say, the higher one of women."""
    told = entry.values.get("retirement_age")
    return int(told) if told in ("50", "55") else 60 if entry.is_man else 55


def _says_retired(one: Known) -> bool:
    status = one.entry.values.get("employment_status")
    if status is not None and status not in ON_STAFF:
        return True
    names = (one.section, one.place.layout.sheet.name, one.place.layout.title)
    words = " ".join(t for c in one.entry.cells if (t := cell_text(c)))
    return bool(_RETIRED_WORDS.search(f"{words} {' '.join(names)}"))
