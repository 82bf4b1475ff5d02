"""Who on the roster is the person of an incoming row?

By identity number; else by name with the day of birth, with a telephone or staff number, or with
the first fifteen digits of a damaged number. Name and unit alone never decide: they ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.exchange.checking import Entry
from desktop.exchange.said import Note
from desktop.services.members import Roster

Person = Mapping[str, Any]


@dataclass(frozen=True)
class Match:
    """Who it is. ``asks``: it cannot be told without a person; ``candidates`` are who it could be.
    ``others_number``: the identity number of the row belongs to that person, who is somebody else.
    """

    person: Person | None = None
    asks: bool = False
    candidates: tuple[Person, ...] = ()
    note: Note | None = None
    others_number: Person | None = None


_NOBODY = Match()


class Matcher:
    """The roster, ready to be asked."""

    def __init__(self, roster: Roster) -> None:
        self.units = roster.units
        self._unit_ids: dict[tuple[str, ...], int | None] = {(): None}
        self.by_id: dict[int, Person] = {p["id"]: p for p in roster.people}
        self.by_number = {p["id_number"]: p for p in roster.people if p["id_number"]}
        self.by_name: dict[str, list[Person]] = {}
        for person in roster.people:
            self.by_name.setdefault(person["name"], []).append(person)

    def unit_id(self, path: tuple[str, ...]) -> int | None:
        """The unit a path of names means, ``None`` when it is not there yet."""
        if path not in self._unit_ids:
            self._unit_ids[path] = self.units.find("/".join(path))
        return self._unit_ids[path]

    def owner_of(self, entry: Entry) -> Person | None:
        """The person on the roster with the number of a row, if the name is hers too."""
        person = self.by_number.get(entry.values.get("id_number"))
        return person if person is not None and _is_called(person, entry) else None

    def match(self, entry: Entry, taken: Iterable[int]) -> Match:
        """Who a row is; people already found for other rows are ``taken``."""
        number = entry.values.get("id_number")
        holder = self.by_number.get(number) if number else None
        if holder is not None and _is_called(holder, entry):
            return Match(holder)
        namesakes = self.by_name.get(entry.values["name"])
        if not namesakes:
            return _NOBODY if holder is None else Match(others_number=holder)
        possible = [
            p for p in namesakes if not _speaks_against(p, entry, is_others=holder is not None)
        ]
        for tier in (_same_prefix, _same_day, _same_month, _same_phone, _same_staff_no):
            hits = [p for p in possible if tier(p, entry)]
            if len(hits) == 1:
                return Match(hits[0], others_number=holder)
            if hits:
                return _ask(hits, "名册里有几位同名，资料也相近，请定一下是哪一位", holder)
        return self._by_unit(entry, possible, taken, holder)

    def _by_unit(
        self,
        entry: Entry,
        possible: Sequence[Person],
        taken: Iterable[int],
        holder: Person | None,
    ) -> Match:
        if not possible:
            return Match(others_number=holder)
        unit = self.unit_id(entry.unit)
        near = [p for p in possible if unit is None or p["unit_id"] in (unit, None)]
        if unit is None and entry.unit:
            near = [p for p in possible if p["unit_id"] is None]
        if not near:
            message = "名册里别的单位有同名的人，资料对不上，按另一位新增"
            note = Note(None, "same_name_ask", "warning", message)
            return Match(None, candidates=tuple(possible), note=note, others_number=holder)
        used = set(taken)
        same = [p for p in near if p["id"] not in used and _adds_nothing(p, entry)]
        if same:
            return Match(same[0])
        return _ask(near, "名册里这个单位有同名的人，请定一下是不是同一位", holder)


def _ask(people: Sequence[Person], message: str, holder: Person | None) -> Match:
    note = Note(None, "same_name_ask", "error", message)
    return Match(None, asks=True, candidates=tuple(people), note=note, others_number=holder)


def _is_called(person: Person, entry: Entry) -> bool:
    return entry.values["name"] in (person["name"], person["former_name"])


def _birth(entry: Entry) -> Any:
    return entry.values.get("birth_date") or entry.derived.get("birth_date")


def _speaks_against(person: Person, entry: Entry, *, is_others: bool) -> bool:
    number, theirs = entry.values.get("id_number"), person["id_number"]
    if number and not is_others:
        if theirs and theirs != number:
            return True
        if not theirs and person["id_prefix15"] and person["id_prefix15"] != number[:15]:
            return True
    prefix = theirs[:15] if theirs else person["id_prefix15"]
    if entry.prefix15 and prefix and entry.prefix15 != prefix:
        return True
    staff = entry.values.get("staff_no")
    if staff and person["staff_no"] and staff != person["staff_no"]:
        return True
    born, hers = _birth(entry), person["birth_date"]
    return born is not None and hers is not None and not born.agrees_with(hers)


def _same_prefix(person: Person, entry: Entry) -> bool:
    mine = entry.prefix15 or (entry.values.get("id_number") or "")[:15]
    return bool(mine) and mine == ((person["id_number"] or "")[:15] or person["id_prefix15"])


def _same_day(person: Person, entry: Entry) -> bool:
    born = _birth(entry)
    return born is not None and born == person["birth_date"] and born.precision == "day"


def _same_month(person: Person, entry: Entry) -> bool:
    born, hers = _birth(entry), person["birth_date"]
    if born is None or hers is None or "year" in (born.precision, hers.precision):
        return False
    return bool(born.agrees_with(hers))


def _same_phone(person: Person, entry: Entry) -> bool:
    return bool(entry.values.get("mobile")) and entry.values["mobile"] == person["mobile"]


def _same_staff_no(person: Person, entry: Entry) -> bool:
    return bool(entry.values.get("staff_no")) and entry.values["staff_no"] == person["staff_no"]


def _adds_nothing(person: Person, entry: Entry) -> bool:
    return all(person.get(name) == value for name, value in entry.values.items()) and all(
        (person["extra"] or {}).get(key) == text for key, text in entry.extra.items()
    )
