"""What becomes of every row: new, changed, unchanged, out, or to be decided by a person?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from desktop.exchange import collector, duplicates
from desktop.exchange.checking import Checker, Entry
from desktop.exchange.matching import Match, Matcher, Person
from desktop.exchange.preview import Change, Counts, Decision, Preview, Row, Status
from desktop.exchange.said import Note, Problem
from desktop.fields import Field
from desktop.registers.members import public_name
from desktop.services.members import ON_STAFF

_AUTO = Decision()
_BEHIND = frozenset(("unresolved", "id_prefix15"))  # kept with a person, never shown as a field


def decided(preview: Preview) -> Preview:
    """The preview with the outcome of every row, under its options and decisions."""
    with collector.at_rest():
        return _Run(preview).result()


class _Run:
    """One pass over all rows."""

    def __init__(self, preview: Preview) -> None:
        self.preview, self.options = preview, preview.options
        self.entries = list(preview.entries)
        for key in preview.decisions:
            self.entries[key] = self._entry(key, preview.entries[key])
        self.left_hidden = [self._left_hidden(checker) for checker in preview.checkers]
        self.matcher = Matcher(preview.roster)
        self.more: dict[int, list[Problem]] = {}
        self.rows: list[Row | None] = [None] * len(self.entries)
        self.taken: dict[int, int] = {}
        self.mentioned: set[int] = set()
        self.new_units: set[tuple[str, ...]] = set()

    def _entry(self, key: int, entry: Entry) -> Entry:
        decision = self.preview.decisions.get(key)
        if decision is None or not decision.corrections:
            return entry
        checker = self.preview.checkers[entry.place]
        cells = list(entry.cells)
        for name, text in decision.corrections.items():
            column = checker.fields.get(name)
            if column is not None:
                cells[column.index] = text or None
        section = next(
            p.section for p in checker.table.people if p.at + checker.sheet.first_row == entry.row
        )
        fresh = checker.again(entry, cells, section)
        for name, text in decision.corrections.items():
            if name not in checker.fields:
                _give(fresh, self.preview.roster.register.field(name), text)
        return replace(fresh, cells=entry.cells)

    def result(self) -> Preview:
        standing = [i for i in range(len(self.entries)) if self._stands(i)]
        self.found = duplicates.find(
            self.entries,
            standing,
            self._say,
            sheet_of=self._sheet_of,
            register=self.preview.roster.register,
        )
        for key in standing:
            if key not in self.found.follows:
                self._settle(key)
        for key, (first, relation) in self.found.follows.items():
            self._follow(key, first, relation)
        rows = tuple(row for row in self.rows if row is not None)
        absent = self._absent()
        problems = (*self.preview.about_tables, *(p for row in rows for p in row.problems))
        return replace(
            self.preview,
            rows=rows,
            counts=_counts(rows, len(absent)),
            problems=_in_order(problems),
            absent=absent,
        )

    def _sheet_of(self, place: int) -> tuple[str, str]:
        told = self.preview.places[place]
        return told.file, told.layout.sheet.name

    def _say(self, key: int, name: str, told: Note) -> None:
        entry = self.entries[key]
        checker = self.preview.checkers[entry.place]
        column = checker.table.column_of("unit_id" if name == "unit" else name) if name else None
        value = "" if column is None else _text(entry, column.index)
        problem = checker.place.problem(entry.row, column, told, value)
        if column is None and name and name != "extra":
            problem = problem._replace(field=public_name("unit_id" if name == "unit" else name))
        self.more.setdefault(key, []).append(problem)

    def _decision(self, key: int) -> Decision:
        return self.preview.decisions.get(key, _AUTO)

    def _stands(self, key: int) -> bool:
        """Whether a row stands for a person who could come in; others get their outcome here."""
        entry, decision = self.entries[key], self._decision(key)
        if decision.what == "set_aside":
            self._put(key, "skipped", why="set_aside")
        elif entry.row in self.left_hidden[entry.place]:
            self._put(key, "skipped", why="hidden")
        elif entry.name is None:
            self._put(key, "problem")
        elif entry.is_man and not self.options.everyone and decision.what != "as_new":
            self._put(key, "left_out_man")
        else:
            return True
        if entry.name is not None:
            self._mention(entry)
        return False

    def _left_hidden(self, checker: Checker) -> frozenset[int]:
        """The hidden rows of a table that stay out."""
        leaves = self.options.without_hidden or checker.place.is_returned
        return checker.sheet.marks.hidden_rows if leaves else frozenset()

    def _mention(self, entry: Entry) -> None:
        """Somebody whose row stays out is in the file all the same."""
        found = [p["id"] for p in self.matcher.by_name.get(entry.values["name"], ())]
        owner = self.matcher.owner_of(entry)
        if owner is not None or len(found) == 1:
            self.mentioned.add(owner["id"] if owner is not None else found[0])

    def _put(self, key: int, status: Status, **more: Any) -> None:
        entry = self.entries[key]
        problems = (*entry.problems, *self.more.get(key, ()))
        if status == "left_out_man":
            problems = tuple(p for p in problems if p.code == "sex_mismatch")
        elif more.get("why") == "hidden":
            problems = ()
        self.rows[key] = Row(
            key,
            entry.place,
            entry.row,
            entry.cells,
            entry.values.get("name") or "",
            entry.unit,
            status,
            problems=problems,
            fixes=entry.fixes,
            **more,
        )

    def _settle(self, key: int) -> None:
        entry, decision = self.entries[key], self._decision(key)
        if key in self.found.shared_numbers and self.matcher.owner_of(entry) is None:
            entry = self._without_number(key, self.more[key][-1])
        match = self._match(entry, decision)
        if match.others_number is not None:
            owner = match.others_number
            message = f"这个身份证号已经登记在{owner['name']}名下，先留空"
            self._say(key, "id_number", Note(None, "id_belongs_to_other", "error", message))
            entry = self._without_number(key, self.more[key][-1])
        if match.note is not None and decision.what != "as_new":
            self._say(key, "name", match.note)
        if match.asks and decision.what != "as_new":
            self.mentioned.update(p["id"] for p in match.candidates)
            self._put(key, "problem", candidates=tuple(p["id"] for p in match.candidates))
        elif match.person is None:
            candidates = tuple(p["id"] for p in match.candidates)
            self._put(key, "new", values=self._new_values(key, entry), candidates=candidates)
        elif match.person["id"] in self.taken:
            first = self.entries[self.taken[match.person["id"]]]
            message = f"与第 {first.row} 行对应到名册里的同一位，请定一下"
            self._say(key, "name", Note(None, "same_person_likely", "error", message))
            self._put(key, "problem", candidates=(match.person["id"],))
        else:
            self._put_known(key, entry, match.person)

    def _match(self, entry: Entry, decision: Decision) -> Match:
        if decision.what == "same_as" and decision.member_id in self.matcher.by_id:
            return Match(self.matcher.by_id[decision.member_id])
        found = self.matcher.match(entry, self.taken)
        if decision.what == "as_new":
            number = entry.values.get("id_number")
            return Match(others_number=self.matcher.by_number.get(number) if number else None)
        return found

    def _without_number(self, key: int, problem: Problem) -> Entry:
        """The row with its identity number left empty, and kept among what is unresolved."""
        entry = self.entries[key]
        number = entry.values["id_number"]
        values = {n: v for n, v in entry.values.items() if n != "id_number"}
        kept = {
            "field": "id_number", "value": number, "code": problem.code, "message": problem.message
        }  # fmt: skip
        derived = {n: v for n, v in entry.derived.items() if n != "birth_date"}
        fresh = replace(entry, values=values, derived=derived, unresolved=(*entry.unresolved, kept))
        self.entries[key] = fresh
        return fresh

    def _new_values(self, key: int, entry: Entry) -> dict[str, Any]:
        values = {**entry.derived, **entry.values}
        values.setdefault("sex", "0" if self.options.everyone else "2")
        values.setdefault("employment_status", "active")
        number = values.get("id_number")
        if prefix := (number[:15] if number else entry.prefix15):
            values["id_prefix15"] = prefix
        if entry.extra:
            values["extra"] = entry.extra
        if entry.unresolved:
            values["unresolved"] = list(entry.unresolved)
        if entry.unit:
            values["unit_id"] = self._unit(key, entry)
        return values

    def _unit(self, key: int, entry: Entry) -> int | None:
        """The unit's id; ``None`` for one that will be made, said once for each."""
        found = self.matcher.unit_id(entry.unit)
        if found is None and entry.unit not in self.new_units:
            self.new_units.add(entry.unit)
            message = f"单位表里还没有“{'/'.join(entry.unit)}”，导入时新建"
            self._say(key, "unit", Note(None, "unit_unknown", "warning", message))
        return found

    def _put_known(self, key: int, entry: Entry, person: Person) -> None:
        self.taken[person["id"]] = key
        changes = self._changes(key, entry, person)
        self._put(
            key,
            "update" if changes else "unchanged",
            member_id=person["id"],
            version=person["version"],
            values={c.field: c.new for c in changes},
            changes=tuple(changes),
        )

    def _changes(self, key: int, entry: Entry, person: Person) -> list[Change]:
        fills_only = self.options.policy == "blanks_only"
        changes = [
            Change(name, person[name], value)
            for name, value in entry.values.items()
            if value != person[name]
            and not (fills_only and person[name] is not None)
            and not _is_less_exact(value, person[name])
        ]
        changes += [
            Change(name, None, value)
            for name, value in entry.derived.items()
            if person[name] is None
        ]
        number = entry.values.get("id_number")
        prefix = number[:15] if number else entry.prefix15
        if prefix and person["id_prefix15"] != prefix and not (person["id_number"] and not number):
            changes.append(Change("id_prefix15", person["id_prefix15"], prefix))
        return [*changes, *self._other_changes(key, entry, person, changes)]

    def _other_changes(
        self, key: int, entry: Entry, person: Person, changes: list[Change]
    ) -> Iterable[Change]:
        fills_only = self.options.policy == "blanks_only"
        if entry.unit and not (fills_only and person["unit_id"] is not None):
            unit = self._unit(key, entry)
            if unit is None or unit != person["unit_id"]:
                yield Change("unit_id", person["unit_id"], unit)
        old = person["extra"] or {}
        more = {k: v for k, v in entry.extra.items() if not (fills_only and k in old)}
        if any(old.get(k) != v for k, v in more.items()):
            yield Change("extra", person["extra"], {**old, **more})
        unresolved = _unresolved(person, entry, {c.field for c in changes})
        if unresolved != (person["unresolved"] or []):
            yield Change("unresolved", person["unresolved"], unresolved or None)

    def _follow(self, key: int, first: int, relation: str) -> None:
        leader = self.rows[first]
        member = leader.member_id if leader else None
        if relation == "merged":
            self._put(key, "skipped", why="duplicate", follows=first, member_id=member)
        elif self._decision(key).what == "as_new":
            entry = self.entries[key]
            if relation == "conflict":
                entry = self._without_number(key, self.more[key][-1])
            self._put(key, "new", values=self._new_values(key, entry))
        else:
            candidates = (member,) if member is not None else ()
            self._put(key, "problem", follows=first, candidates=candidates)

    def _absent(self) -> tuple[int, ...]:
        places = self.preview.places
        if places and all(place.is_returned for place in places):
            return ()  # what went out for correction never held everybody
        here = self.taken.keys() | self.mentioned
        return tuple(
            p["id"]
            for p in self.preview.roster.people
            if p["id"] not in here and p["employment_status"] in ON_STAFF
        )


def _give(entry: Entry, field: Field, typed: str) -> None:
    """What she typed for a field the file has no column for."""
    value = field.kind.parse(typed).value
    if value is not None and field.name == "unit_id":
        entry.unit = (value,)
    elif value is not None:
        entry.values[field.name] = value


def _text(entry: Entry, index: int) -> str:
    from desktop.fields.kinds import cell_text

    return cell_text(entry.cells[index])


def _is_less_exact(value: Any, old: Any) -> bool:
    return (
        hasattr(value, "agrees_with")
        and old is not None
        and value.agrees_with(old)
        and len(str(value)) < len(str(old))
    )


def _unresolved(person: Person, entry: Entry, changed: set[str]) -> list[Mapping[str, str]]:
    """What stays to be checked: old matters not settled by this row, and its own that find the
    roster empty too."""
    settled = {n for n in changed if entry.values.get(n) is not None}
    mine = [u for u in entry.unresolved if person.get(u["field"]) is None]
    fields = {u["field"] for u in mine}
    old = [
        u
        for u in person["unresolved"] or []
        if u.get("field") not in settled and u.get("field") not in fields
    ]
    return [*old, *mine]


def _counts(rows: Iterable[Row], absent: int) -> Counts:
    told = list(rows)
    by = Counter(row.status for row in told)
    return Counts(
        by["new"],
        by["update"],
        by["unchanged"],
        by["problem"],
        by["left_out_man"],
        by["skipped"],
        absent,
        sum(
            row.status in ("new", "update", "unchanged")
            and any(p.level == "error" for p in row.problems)
            for row in told
            if row.problems
        ),
        sum(c.field not in _BEHIND for row in told for c in row.changes),
    )


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file and sheet as they came, then by row."""
    order: dict[tuple[str, str], int] = {}
    told = list(problems)
    for one in told:
        order.setdefault((one.file, one.sheet), len(order))
    return tuple(sorted(told, key=lambda p: (order[p.file, p.sheet], p.row)))
