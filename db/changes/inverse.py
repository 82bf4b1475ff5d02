"""What exactly has to be written to take a change set back, and what must be left alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from db.changes.chain import rows_of
from db.changes.shapes import LoggedShape, Shape, Values, logged_shapes, record_shapes

Key = tuple[str, int]
Recomputed = Mapping[str, frozenset[str]]

REASONS = {
    "edited": "之后又改过，保留了现在的内容。",
    "edited_fields": "之后又改过的几项保留了现在的内容，其余已还原。",
    "link_gone": "它原来所属的记录已经不在，这一项先空着。",
    "removed": "后来已被删除，没有还原。",
    "in_use": "已有别的记录用到它，没有移除。",
    "parent_gone": "它所属的记录已经不在，没有还原。",
    "duplicate": "现在已有一条同样的记录，没有还原。",
    "no_table": "这一类记录已不再使用，没有还原。",
}


@dataclass(frozen=True)
class Link:
    """A foreign key: ``child.column`` names the id of a ``parent``."""

    child: str
    column: str
    parent: str
    is_optional: bool = False


@dataclass
class Inverse:
    """The writes that take a set back.

    Without ``recomputed`` a record edited since is kept as a whole. With it (table → columns the
    caller works out anew) each field goes back by itself, and an optional link to a record that
    is gone becomes empty.
    """

    shapes: Mapping[str, Shape]
    links: tuple[Link, ...]
    recomputed: Recomputed | None = None
    deletes: set[Key] = field(default_factory=set)
    inserts: dict[Key, Values] = field(default_factory=dict)
    updates: dict[Key, Values] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.deletes) + len(self.inserts) + len(self.updates)

    def loosen(self, key: Key, column: str) -> None:
        """Let a record return without this link; one that is there keeps the link it has."""
        if key in self.inserts:
            self.inserts[key][column] = None
        elif key in self.updates:
            del self.updates[key][column]
            if not self.updates[key]:
                del self.updates[key]

    def discard(self, key: Key) -> None:
        self.deletes.discard(key)
        self.inserts.pop(key, None)
        self.updates.pop(key, None)


def inverse_of(
    connection: Connection,
    change_set_id: int,
    refused: Mapping[Key, str],
    recomputed: Recomputed | None = None,
) -> tuple[Inverse, dict[Key, str]]:
    """The inverse of a set as far as it may be written now, and why the rest is kept."""
    inverse = Inverse(record_shapes(connection), links(connection), recomputed)
    kept = dict(refused)
    for logged, net in _net_changes(connection, change_set_id):
        shape = inverse.shapes.get(logged.table)
        if shape is None:
            kept |= {(logged.table, record_id): "no_table" for record_id in net}
            continue
        present = _present(connection, shape, list(net))
        for record_id, (before, after) in net.items():
            key, now = (logged.table, record_id), present.get(record_id)
            if before is None and now is not None and now == after:
                inverse.deletes.add(key)  # untouched since, down to the version: nothing to compare
                continue
            reason = _plan(
                inverse, key, logged.decode(before), logged.decode(after), shape.decode(now)
            )
            if reason:
                kept.setdefault(key, reason)
    for key in refused:
        inverse.discard(key)
    _respect_links(connection, inverse, kept)
    return inverse, kept


def _net_changes(
    connection: Connection, change_set_id: int
) -> list[tuple[LoggedShape, dict[int, tuple[str | None, str | None]]]]:
    """For each table: record → its values before and after the set, however often it was written.

    A set is written under one shape of each table: no migration happens in the middle of it.
    """
    net: dict[int, dict[int, tuple[str | None, str | None]]] = {}
    first, last = connection.exec_driver_sql(
        "SELECT first_change_id, last_change_id FROM change_sets WHERE id = ?", (change_set_id,)
    ).one()
    for shape_id, record_id, before, after in rows_of(connection, first, last):
        of_table = net.setdefault(shape_id, {})
        earliest = of_table[record_id][0] if record_id in of_table else before
        of_table[record_id] = (earliest, after)
    known = logged_shapes(connection)
    return [(known[shape_id], of_table) for shape_id, of_table in net.items()]


def _present(connection: Connection, shape: Shape, ids: list[int]) -> dict[int, str]:
    rows = connection.exec_driver_sql(
        f'SELECT t.id, {shape.as_json("t")} AS json FROM "{shape.table}" t '  # noqa: S608
        "WHERE t.id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return {row.id: row.json for row in rows}


def _plan(inverse: Inverse, key: Key, before: Values, after: Values, now: Values) -> str | None:
    """Note how to take one record back; the reason when it must be kept. No values: no record."""
    if before and after:
        return _plan_update(inverse, key, before, after, now)
    if before and not now:
        inverse.inserts[key] = before
    if after and now:
        if any(after[name] != now[name] for name in _shared(after, now)):
            return "edited"
        inverse.deletes.add(key)
    return None


def _plan_update(
    inverse: Inverse, key: Key, before: Values, after: Values, now: Values
) -> str | None:
    changed = [name for name in _shared(before, after) if before[name] != after[name]]
    if not changed:
        return None
    if not now:
        return "removed"
    wanted = {name: before[name] for name in changed if name in now}
    if all(now[name] == value for name, value in wanted.items()):
        return None
    edited = [name for name, value in wanted.items() if now[name] not in (after[name], value)]
    if inverse.recomputed is not None:
        return _plan_fields(inverse, key, wanted, edited)
    if any(now[name] != after[name] for name in wanted):
        return "edited"
    inverse.updates[key] = wanted
    return None


def _plan_fields(inverse: Inverse, key: Key, wanted: Values, edited: list[str]) -> str | None:
    """Take back every field but those edited since."""
    left = (inverse.recomputed or {}).get(key[0], frozenset())
    untouched = {name: value for name, value in wanted.items() if name not in edited}
    if untouched:
        inverse.updates[key] = untouched
    return "edited_fields" if set(edited) - left else None


def _shared(one: Values, other: Values) -> Iterator[str]:
    """Fields in both: a migration since then may have added or dropped a column."""
    return (name for name in one if name in other and name != "version")


def links(connection: Connection) -> tuple[Link, ...]:
    """Every foreign key of the file."""
    rows = connection.exec_driver_sql(
        'SELECT m.name, f."from", f."table", NOT c."notnull" FROM sqlite_master m, '
        "pragma_foreign_key_list(m.name) f, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.name = f.\"from\""
    )
    return tuple(Link(child, column, parent, bool(free)) for child, column, parent, free in rows)


def _respect_links(connection: Connection, inverse: Inverse, kept: dict[Key, str]) -> None:
    """Keep what would leave a link without its end, until nothing more has to be kept."""
    while True:
        found = {
            key: reason
            for link in inverse.links
            for key, reason in (
                *_dangling(connection, inverse, link, kept),
                *_used(connection, inverse, link),
            )
        }
        if not found:
            return
        kept |= found
        for key in found:
            inverse.discard(key)


def _dangling(
    connection: Connection, inverse: Inverse, link: Link, kept: dict[Key, str]
) -> list[tuple[Key, str]]:
    """Records about to return whose ``link`` would lead nowhere, and cannot be left empty."""
    returning = {
        key: values[link.column]
        for writes in (inverse.inserts, inverse.updates)
        for key, values in writes.items()
        if key[0] == link.child and values.get(link.column) is not None
    }
    there = _existing(connection, link.parent, set(returning.values()))
    found = [
        key
        for key, target in returning.items()
        if (link.parent, target) not in inverse.inserts
        and (target not in there or (link.parent, target) in inverse.deletes)
    ]
    if inverse.recomputed is None or not link.is_optional:
        return [(key, "parent_gone") for key in found]
    for key in found:
        inverse.loosen(key, link.column)
        kept.setdefault(key, "link_gone")
    return []


def _used(connection: Connection, inverse: Inverse, link: Link) -> list[tuple[Key, str]]:
    """Records about to go that a record still has a ``link`` to."""
    going = [record_id for table, record_id in inverse.deletes if table == link.parent]
    if not going:
        return []
    identity = "id" if link.child in inverse.shapes else "NULL"
    rows = connection.exec_driver_sql(
        f'SELECT {identity}, "{link.column}" FROM "{link.child}" '  # noqa: S608
        f'WHERE "{link.column}" IN (SELECT value FROM json_each(?))',
        (json.dumps(going),),
    )
    return [
        ((link.parent, target), "in_use")
        for child_id, target in rows
        if not _lets_go(inverse, (link.child, child_id), link.column)
    ]


def _lets_go(inverse: Inverse, child: Key, column: str) -> bool:
    return child in inverse.deletes or column in inverse.updates.get(child, ())


def _existing(connection: Connection, table: str, ids: Iterable[int]) -> set[int]:
    wanted = list(ids)
    if not wanted:
        return set()
    rows = connection.exec_driver_sql(
        f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608
        (json.dumps(wanted),),
    )
    return set(rows.scalars())
