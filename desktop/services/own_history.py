"""What did the change log see happen to fields of the office's own?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from db import changes
from db.changes import HistoryEntry
from desktop.fields import Field, Register
from desktop.registers import own_fields

_GONE = "已去掉"


def by_field(entries: Iterable[HistoryEntry]) -> Iterator[HistoryEntry]:
    """The same entries, a change of the column of own values told field by field."""
    for entry in entries:
        if entry.field == own_fields.COLUMN:
            yield from _apart(entry)
        else:
            yield entry


def _apart(entry: HistoryEntry) -> Iterator[HistoryEntry]:
    before, after = _held(entry.before), _held(entry.after)
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield replace(
                entry,
                field=own_fields.name_of(int(key)),
                before=before.get(key),
                after=after.get(key),
            )


def _held(logged: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(logged) if logged else {}
    return found


def remembered(session: Session) -> Register:
    """The register of members with every own field there is and was, for telling the past."""
    present = own_fields.register(session)
    known = {field.name for field in present.fields}
    gone = [
        field
        for row in changes.removed(session, "own_fields")
        if (field := _gone_field(row.record_id, row.values)).name not in known
    ]
    return replace(present, fields=(*present.fields, *gone)) if gone else present


def is_gone(field: Field) -> bool:
    """Whether a field of :func:`remembered` was taken away."""
    return field.group == _GONE


def _gone_field(record_id: int, values: Mapping[str, Any]) -> Field:
    kind = own_fields.kind_of(
        values["kind"],
        json.loads(values["choices"] or "[]"),
        is_private=bool(values["is_private"]),
    )
    return Field(own_fields.name_of(record_id), values["label"], kind, group=_GONE)
