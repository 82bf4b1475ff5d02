"""Reading and saving one record of any register: drafts, checks, versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from db.errors import ConflictError, GoneError, InvalidInputError
from desktop.fields import Field, Reading, Register
from desktop.registers import own_fields


@dataclass(frozen=True)
class Draft:
    """A record being edited, free of any session. ``id`` is ``None`` until it is first saved."""

    id: int | None
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Typed:
    """What a form held, understood: values by field name, and what is to be said about them."""

    values: Mapping[str, Any]
    errors: Mapping[str, str]
    warnings: Mapping[str, str] = field(default_factory=dict)


def draft(session: Session, register: Register, record_id: int) -> Draft:
    """The record as a draft; :class:`GoneError` when it is no longer there."""
    record = session.get(register.record, record_id)
    if record is None:
        raise GoneError(f"这位{register.title}已经不在名册里。", remedy="可以在历史里找回。")
    return Draft(record.id, record.version, {f.name: _value(record, f) for f in register.fields})


def _value(record: Any, field: Field) -> Any:
    if own_fields.is_own(field.name):
        return own_fields.unpacked((field,), record.own)[field.name]
    return getattr(record, field.name)


def understand(register: Register, typed: Mapping[str, str]) -> Typed:
    """Read what was typed, field by field, by each field's kind. Links are left to the caller."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    warnings: dict[str, str] = {}
    for name, text in typed.items():
        one = register.field(name)
        reading: Reading = one.kind.parse(text)
        values[name] = reading.value
        if reading.level == "error":
            errors[name] = reading.message
        elif reading.level == "warning":
            warnings[name] = reading.message
        elif one.required and reading.value is None:
            errors[name] = f"请填写{one.label}"
    return Typed(values, errors, warnings)


def save(session: Session, register: Register, changed: Draft, extra: Mapping[str, Any]) -> int:
    """Write the draft's values and ``extra`` computed ones; gives the record's id.

    Values of own fields (``own.<id>``) are put among the person's others. Raises
    :class:`InvalidInputError` for a missing required value, :class:`ConflictError` when
    the record was changed since the draft was read, :class:`GoneError` when it was removed.
    """
    known = {f.name: f for f in register.fields}
    missing = {
        name: f"请填写{f.label}"
        for name, f in known.items()
        if f.required
        and (name in changed.values or changed.id is None)
        and changed.values.get(name) in (None, "")
    }
    if missing:
        raise InvalidInputError(missing)
    if changed.id is None:
        record = register.record(**own_fields.packed(changed.values, None), **extra)
        session.add(record)
    else:
        record = session.get(register.record, changed.id)
        if record is None:
            raise GoneError(f"这位{register.title}已经不在名册里。", remedy="可以在历史里找回。")
        if record.version != changed.version:
            theirs = _theirs(session, register, record, changed.values)
            raise ConflictError(mine=dict(changed.values), theirs=theirs)
        kept = getattr(record, own_fields.COLUMN, None)
        for name, value in {**own_fields.packed(changed.values, kept), **extra}.items():
            setattr(record, name, value)
    session.flush()
    return int(record.id)


def _theirs(
    session: Session, register: Register, record: Any, names: Iterable[str]
) -> dict[str, Any]:
    """What the record holds now for these fields; own fields meanwhile taken away are left out."""
    own = own_fields.own_of(own_fields.register(session))
    known = {f.name: f for f in (*register.fields, *own)}
    return {name: _value(record, known[name]) for name in names if name in known}
