"""Which rows of the incoming files speak of one person, and which only share a name?

Four outcomes: the same told twice (merged, and said), the same person told differently (to be
decided), somebody who is likely the same (to be decided), and namesakes (both come in).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from desktop.exchange.checking import Entry
from desktop.exchange.said import Note
from desktop.fields import Register
from desktop.registers import MEMBERS

Relation = Literal["merged", "conflict", "likely"]
Say = Callable[[int, str, Note], None]

_OTHER_LABELS = {"unit": "单位", "extra": "其他列"}


@dataclass
class Duplicates:
    """What was found, by the position of the row: rows that follow another, and why.

    ``labels`` are what people call the fields.
    """

    follows: dict[int, tuple[int, Relation]] = field(default_factory=dict)
    shared_numbers: set[int] = field(default_factory=set)
    labels: Mapping[str, str] = field(default_factory=dict)

    def words(self, names: Iterable[str]) -> str:
        """Some fields, by what people call them."""
        return "、".join(self.labels.get(name, name) for name in names)


def find(
    entries: MutableSequence[Entry],
    standing: Iterable[int],
    say: Say,
    *,
    sheet_of: Callable[[int], object],
    register: Register = MEMBERS,
) -> Duplicates:
    """Compare the rows that stand for a person; the first of equal ones is replaced by the two
    together.

    ``say(position, field, note)`` tells what was found; ``sheet_of`` gives the sheet of a place.
    One list names a person once; on two sheets the same name in the same unit is one person told
    twice, unless something speaks against it.
    """
    labels = {f.name: f.label for f in register.fields}
    found = Duplicates(labels={**labels, **_OTHER_LABELS})
    places = list(standing)
    _by_number(entries, places, found, say)
    by_name: dict[str, list[int]] = {}
    for place in places:
        if place not in found.follows:
            by_name.setdefault(entries[place].values["name"], []).append(place)
    for group in by_name.values():
        if len(group) > 1:
            _by_name(entries, group, found, say, sheet_of=sheet_of)
    return found


def _by_number(
    entries: MutableSequence[Entry], places: Sequence[int], found: Duplicates, say: Say
) -> None:
    by_number: dict[str, list[int]] = {}
    for place in places:
        if number := entries[place].values.get("id_number"):
            by_number.setdefault(number, []).append(place)
    for group in by_number.values():
        if len(group) == 1:
            continue
        if len({entries[p].values["name"] for p in group}) > 1:
            found.shared_numbers.update(group)
            for place in group:
                _say_shared(entries, group, place, say)
            continue
        for place in group[1:]:
            _join(entries, group[0], place, found, say)


def _say_shared(entries: Sequence[Entry], group: Sequence[int], place: int, say: Say) -> None:
    others = "、".join(f"第 {entries[p].row} 行{entries[p].name}" for p in group if p != place)
    message = f"与{others}的身份证号相同，不知道是谁的，先留空"
    say(place, "id_number", Note(None, "id_duplicate_in_file", "error", message))


def _join(
    entries: MutableSequence[Entry], first: int, later: int, found: Duplicates, say: Say
) -> None:
    one, two = entries[first], entries[later]
    differing = conflicts(one, two)
    if differing:
        words = found.words(differing)
        message = f"与第 {one.row} 行是同一人，{words}不一致，请定一下用哪一行"
        say(later, differing[0], Note(None, "same_person_conflict", "error", message))
        found.follows[later] = (first, "conflict")
        return
    entries[first] = _merged(one, two)
    message = f"与第 {one.row} 行是同一人，已合并"
    say(later, "", Note(None, "same_person_twice", "warning", message))
    found.follows[later] = (first, "merged")


def conflicts(one: Entry, two: Entry) -> list[str]:
    """The fields two rows fill differently; a less exact date is no difference."""
    differing = [
        name
        for name, value in two.values.items()
        if name in one.values and not _agree(one.values[name], value)
    ]
    if one.unit and two.unit and one.unit[-1] != two.unit[-1]:
        differing.append("unit")
    if any(one.extra.get(key, text) != text for key, text in two.extra.items()):
        differing.append("extra")
    return differing


def _agree(one: Any, two: Any) -> bool:
    return bool(one == two or (hasattr(one, "agrees_with") and one.agrees_with(two)))


def _merged(one: Entry, two: Entry) -> Entry:
    """The first row with what only the second one says."""
    values = dict(one.values)
    for name, value in two.values.items():
        mine = values.get(name)
        if mine is None or (hasattr(value, "precision") and len(str(value)) > len(str(mine))):
            values[name] = value
    told = {u["field"] for u in one.unresolved}
    left = [*one.unresolved, *(u for u in two.unresolved if u["field"] not in told)]
    return replace(
        one,
        values=values,
        unit=one.unit or two.unit,
        extra={**two.extra, **one.extra},
        prefix15=one.prefix15 or two.prefix15,
        unresolved=tuple(u for u in left if values.get(u["field"]) is None),
        derived={**two.derived, **one.derived},
    )


def _by_name(
    entries: MutableSequence[Entry],
    group: Sequence[int],
    found: Duplicates,
    say: Say,
    *,
    sheet_of: Callable[[int], object],
) -> None:
    kept: list[int] = []
    unnumbered: list[int] = []
    by_number: dict[str, list[int]] = {}
    for place in group:
        two = entries[place]
        # another number is another person: in a long list most namesakes need no closer look
        number = two.values.get("id_number")
        near = _in_order(unnumbered, by_number.get(number, ())) if number else kept
        same = next(
            (
                k
                for k in near
                if are_one(entries[k], two)
                or (
                    sheet_of(entries[k].place) != sheet_of(two.place)
                    and _told_twice(entries[k], two)
                )
            ),
            None,
        )
        if same is None:
            if any(may_be_one(entries[k], two) for k in near):
                message = "表里还有一位同名，资料不够判断是不是同一人，先按两人收进"
                say(place, "name", Note(None, "same_name_ask", "warning", message))
            kept.append(place)
            (by_number.setdefault(number, []) if number else unnumbered).append(place)
        elif conflicts(entries[same], two):
            words = found.words(conflicts(entries[same], two))
            message = f"与第 {entries[same].row} 行像是同一人，{words}不一致，请定一下"
            say(place, "name", Note(None, "same_person_likely", "error", message))
            found.follows[place] = (same, "likely")
        else:
            _join(entries, same, place, found, say)


def _in_order(some: Sequence[int], others: Sequence[int]) -> Sequence[int]:
    return sorted((*some, *others)) if some and others else some or others


def are_one(first: Entry, second: Entry) -> bool:
    """Whether two people of one name are the same by what identifies: birth day, phone, staff
    number, the first fifteen digits; never by name alone."""
    if _contradict(first, second):
        return False
    one, two = first.values, second.values
    born = _birth(first), _birth(second)
    is_near = bool(first.unit) and first.unit == second.unit
    if born[0] is not None and born[0] == born[1] and (born[0].precision == "day" or is_near):
        return True
    if first.prefix15 and first.prefix15 in (second.prefix15, (two.get("id_number") or "")[:15]):
        return True
    if second.prefix15 and second.prefix15 == (one.get("id_number") or "")[:15]:
        return True
    return any(one.get(key) and one.get(key) == two.get(key) for key in ("mobile", "staff_no"))


def _told_twice(first: Entry, second: Entry) -> bool:
    units = {one.unit[-1] for one in (first, second) if one.unit}
    return len(units) < 2 and not _contradict(first, second)


def may_be_one(first: Entry, second: Entry) -> bool:
    """Whether nothing in two rows of one name speaks against their being one person."""
    return not _contradict(first, second)


def _birth(entry: Entry) -> Any:
    return entry.values.get("birth_date") or entry.derived.get("birth_date")


def _contradict(first: Entry, second: Entry) -> bool:
    for key in ("id_number", "staff_no"):
        mine, theirs = first.values.get(key), second.values.get(key)
        if mine and theirs and mine != theirs:
            return True
    for one, two in ((first, second), (second, first)):
        number = one.values.get("id_number")
        if number and two.prefix15 and number[:15] != two.prefix15:
            return True
    born = _birth(first), _birth(second)
    return born[0] is not None and born[1] is not None and not born[0].agrees_with(born[1])
