"""What does the members page read, off the window's thread?

Each function takes a session and gives frozen values; nothing of the session leaves with them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.fields import Register, Text
from desktop.registers import MEMBERS, own_fields
from desktop.services import as_of, history, members, merging, namesakes, units
from desktop.services.history import HistoryLine
from desktop.services.members import ON_STAFF, MemberRow, Namesake, Totals
from desktop.services.records import Draft
from desktop.services.units import UnitRow
from desktop.ui.models.members import STAFF, WORDS_OF, Filters, Place
from desktop.ui.models.rows import Group
from desktop.ui.models.tree import TreeNode


@dataclass(frozen=True)
class ListRead:
    """The list for one question. ``elsewhere`` counts those who match but are not on staff.

    ``rest`` is how many more match than were asked for.
    ``also`` are the further fields each row carries; ``register`` the fields there are now;
    ``shared`` the names that several of the rows have.
    """

    filters: Filters
    rows: tuple[MemberRow, ...]
    elsewhere: int
    also: tuple[str, ...] = ()
    register: Register = MEMBERS
    shared: frozenset[str] = frozenset()
    rest: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) + self.rest


@dataclass(frozen=True)
class TreeRead:
    """The units with their counts, and how many there are altogether."""

    units: tuple[UnitRow, ...]
    totals: Totals

    @property
    def on_staff(self) -> int:
        return self.count(ON_STAFF)

    def count(self, statuses: Sequence[str]) -> int:
        return sum(self.totals.by_status.get(status, 0) for status in statuses)

    def row(self, unit_id: int | None) -> UnitRow | None:
        return next((row for row in self.units if row.id == unit_id), None)

    def name(self, unit_id: int | None) -> str:
        row = self.row(unit_id)
        return row.name if row else ""


NOTHING = TreeRead((), Totals(0))


@dataclass(frozen=True)
class PersonRead:
    """One person for the drawer; ``alike`` may well be she, too."""

    draft: Draft
    unit: str
    history: tuple[HistoryLine, ...]
    alike: tuple[Namesake, ...] = ()
    register: Register = MEMBERS

    @property
    def name(self) -> str:
        return str(self.draft.values["name"])


def read_list(
    session: Any, filters: Filters, on: date, also: tuple[str, ...], most: int | None = None
) -> ListRead:
    """The people a question finds, in Chinese order, units in the order of the tree.

    With ``most`` only so many of a list by name; other orders need everybody.
    """
    register = own_fields.register(session)
    wanted = (*also, filters.order) if _is_further(filters.order, also) else also
    with as_of.at(session, filters.as_of):
        query, most = filters.query(on, wanted), most if filters.order == "name" else None
        rows = members.rows(session, query, most=most)
        rest = members.count(session, query) - len(rows) if len(rows) == most else 0
        rows = _in_order(session, rows, filters, wanted, register)
        elsewhere = 0
        if not rows and filters.find and filters.place.kind != "anyone":
            elsewhere = len(members.rows(session, filters.everywhere().query(on)))
    if filters.find and filters.find.isascii():
        members.matches("王", "w")  # the table of readings, loaded here rather than while painting
    return ListRead(filters, rows, elsewhere, also, register, namesakes.among(rows), rest)


def _is_further(order: str, also: tuple[str, ...]) -> bool:
    """Whether the list is sorted by a field no column shows; its words are needed all the same."""
    return order not in ("name", "unit", "post", *also)


def read_tree(session: Any, day: date | None = None) -> TreeRead:
    """Every unit with the number of people on staff, and the totals; at the end of a past day."""
    with as_of.at(session, day):
        return TreeRead(units.tree(session, ON_STAFF), members.totals(session))


def read_person(session: Any, member_id: int, day: date | None = None) -> PersonRead:
    """One person with her history, now or at the end of a past day.

    ``GoneError`` when she is not there.
    """
    with as_of.at(session, day):
        draft = members.details(session, member_id)
        unit_id = draft.values["unit_id"]
        unit = units.index(session).paths.get(unit_id, "") if unit_id is not None else ""
    lines = history.of_member(session, member_id, until=day)
    alike = merging.suspects(session, member_id) if day is None else ()
    register = own_fields.register(session)
    return PersonRead(draft, unit.replace("/", "·"), lines, alike, register)


def nodes(read: TreeRead) -> tuple[TreeNode, ...]:
    """The tree as it is shown: everybody, the units, then those who are elsewhere."""
    children: dict[int | None, list[UnitRow]] = {}
    for row in read.units:
        children.setdefault(row.parent_id, []).append(row)
    is_deep = any(row.depth for row in read.units)

    def branch(row: UnitRow) -> TreeNode:
        below = tuple(branch(child) for child in children.get(row.id, ()))
        key = Place("unit", row.id)
        return TreeNode(key, row.name, row.members, below, strong=is_deep and row.depth == 0)

    found = [TreeNode(STAFF, WORDS_OF["staff"], read.on_staff)]
    tops = [branch(row) for row in children.get(None, ())]
    without = read.on_staff - sum(node.count or 0 for node in tops)
    found += tops
    if without and tops:
        found.append(TreeNode(Place("without"), WORDS_OF["without"], without))
    return (*found, *_elsewhere(read))


def _elsewhere(read: TreeRead) -> list[TreeNode]:
    gone = read.count(("left", "deceased"))
    found = [
        TreeNode(Place("retired"), WORDS_OF["retired"], read.count(("retired",)), strong=True),
        TreeNode(
            Place("transferred"), WORDS_OF["transferred"], read.count(("transferred",)), strong=True
        ),
    ]
    if gone:
        found.append(TreeNode(Place("gone"), WORDS_OF["gone"], gone, strong=True))
    return found


def grouped(rows: Sequence[MemberRow]) -> list[MemberRow | Group]:
    """Rows with a line before each unit, which says how many follow."""
    counts: dict[int | None, int] = {}
    for row in rows:
        counts[row.unit_id] = counts.get(row.unit_id, 0) + 1
    found: list[MemberRow | Group] = []
    last: Hashable = object()
    for row in rows:
        if row.unit_id != last:
            last = row.unit_id
            found.append(Group(row.unit or WORDS_OF["without"], f"{counts[row.unit_id]} 人"))
        found.append(row)
    return found


def _in_order(
    session: Any,
    rows: tuple[MemberRow, ...],
    filters: Filters,
    also: tuple[str, ...],
    register: Register,
) -> tuple[MemberRow, ...]:
    """What the plain order of a database cannot do: units as in the tree, words by their sound."""
    back = filters.descending
    if filters.order == "unit":
        place = {row.id: number for number, row in enumerate(units.tree(session, ()))}
        last = len(place)
        return tuple(sorted(rows, key=lambda r: place.get(r.unit_id or 0, last), reverse=back))
    kinds = {field.name: field.kind for field in register.fields}
    if filters.order == "name" or not isinstance(kinds.get(filters.order), Text):
        return rows
    words = {row.id: _text(row, filters.order, also) for row in rows}
    said = [row for row in rows if words[row.id]]
    said.sort(key=lambda r: (members.pinyin_of(words[r.id]), words[r.id]), reverse=back)
    return (*said, *(row for row in rows if not words[row.id]))


def _text(row: MemberRow, order: str, also: tuple[str, ...]) -> str:
    return row.post if order == "post" else str(row.also[also.index(order)] or "")
