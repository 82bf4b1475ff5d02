"""What exactly has to be written to take a change set back, and what must be left alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from db.changes.triggers import Shape, record_shapes

Key = tuple[str, int]
Values = dict[str, Any]

REASONS = {
    "edited": "之后又改过，保留了现在的内容。",
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


@dataclass
class Inverse:
    """The writes that take a set back; ``before`` gives the old value of each changed field."""

    shapes: Mapping[str, Shape]
    links: tuple[Link, ...]
    deletes: set[Key] = field(default_factory=set)
    inserts: dict[Key, Values] = field(default_factory=dict)
    updates: dict[Key, Values] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.deletes) + len(self.inserts) + len(self.updates)

    def discard(self, key: Key) -> None:
        self.deletes.discard(key)
        self.inserts.pop(key, None)
        self.updates.pop(key, None)


def inverse_of(
    connection: Connection, change_set_id: int, refused: Mapping[Key, str]
) -> tuple[Inverse, dict[Key, str]]:
    """The inverse of a set as far as it may be written now, and why the rest is kept."""
    shapes = record_shapes(connection)
    inverse = Inverse(shapes, _links(connection))
    kept = dict(refused)
    for table, net in _net_changes(connection, change_set_id).items():
        if table not in shapes:
            kept |= {(table, record_id): "no_table" for record_id in net}
            continue
        present = _present(connection, shapes[table], change_set_id)
        for record_id, (before, after) in net.items():
            key = (table, record_id)
            reason = _plan(inverse, key, before, after, present.get(record_id))
            if reason:
                kept.setdefault(key, reason)
    for key in refused:
        inverse.discard(key)
    _respect_links(connection, inverse, kept)
    return inverse, kept


def _net_changes(
    connection: Connection, change_set_id: int
) -> dict[str, dict[int, tuple[str | None, str | None]]]:
    """Table → record → its JSON before and after the set, however often the set wrote it."""
    net: dict[str, dict[int, tuple[str | None, str | None]]] = {}
    rows = connection.exec_driver_sql(
        "SELECT table_name, record_id, before, after FROM changes "
        "WHERE change_set_id = ? ORDER BY id",
        (change_set_id,),
    )
    for table, record_id, before, after in rows:
        of_table = net.setdefault(table, {})
        first = of_table[record_id][0] if record_id in of_table else before
        of_table[record_id] = (first, after)
    return net


def _present(connection: Connection, shape: Shape, change_set_id: int) -> dict[int, str]:
    rows = connection.exec_driver_sql(
        f'SELECT t.id, {shape.as_json("t")} AS json FROM "{shape.table}" t WHERE t.id IN '  # noqa: S608
        "(SELECT record_id FROM changes WHERE change_set_id = ? AND table_name = ?)",
        (change_set_id, shape.table),
    )
    return {row.id: row.json for row in rows}


def _plan(
    inverse: Inverse, key: Key, before: str | None, after: str | None, now: str | None
) -> str | None:
    """Note how to take one record back; the reason when it must be kept."""
    if before is None:
        return _plan_delete(inverse, key, after, now)
    if after is None:
        if now is None:
            inverse.inserts[key] = json.loads(before)
        return None
    return _plan_update(inverse, key, json.loads(before), json.loads(after), now)


def _plan_delete(inverse: Inverse, key: Key, after: str | None, now: str | None) -> str | None:
    if after is None or now is None:
        return None
    if _without_version(after) != _without_version(now):
        was, is_now = json.loads(after), json.loads(now)
        if any(was[name] != is_now[name] for name in _shared(was, is_now)):
            return "edited"
    inverse.deletes.add(key)
    return None


def _plan_update(
    inverse: Inverse, key: Key, before: Values, after: Values, now: str | None
) -> str | None:
    changed = [name for name in _shared(before, after) if before[name] != after[name]]
    if not changed:
        return None
    if now is None:
        return "removed"
    is_now = json.loads(now)
    wanted = {name: before[name] for name in _shared(before, is_now) if name in changed}
    if all(is_now[name] == value for name, value in wanted.items()):
        return None
    if any(is_now[name] != after[name] for name in wanted):
        return "edited"
    inverse.updates[key] = wanted
    return None


def _shared(one: Values, other: Values) -> Iterator[str]:
    """Fields in both: a migration since then may have added or dropped a column."""
    return (name for name in one if name in other and name != "version")


def _without_version(text: str) -> str:
    return text.rpartition(',"version":')[0]


def _links(connection: Connection) -> tuple[Link, ...]:
    rows = connection.exec_driver_sql(
        'SELECT m.name, f."from", f."table" FROM sqlite_master m, '
        "pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
    )
    return tuple(Link(child, column, parent) for child, column, parent in rows)


def _respect_links(connection: Connection, inverse: Inverse, kept: dict[Key, str]) -> None:
    """Keep what would leave a link without its end, until nothing more has to be kept."""
    while True:
        found = {
            key: reason
            for link in inverse.links
            for key, reason in (
                *_dangling(connection, inverse, link),
                *_used(connection, inverse, link),
            )
        }
        if not found:
            return
        kept |= found
        for key in found:
            inverse.discard(key)


def _dangling(connection: Connection, inverse: Inverse, link: Link) -> list[tuple[Key, str]]:
    """Records about to return whose ``link`` would lead nowhere."""
    returning = {
        key: values[link.column]
        for writes in (inverse.inserts, inverse.updates)
        for key, values in writes.items()
        if key[0] == link.child and values.get(link.column) is not None
    }
    there = _existing(connection, link.parent, set(returning.values()))
    return [
        (key, "parent_gone")
        for key, target in returning.items()
        if (link.parent, target) not in inverse.inserts
        and (target not in there or (link.parent, target) in inverse.deletes)
    ]


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
