"""The fields an office adds to its roster, and the roster's register with them in it.

An own field is a :class:`Field` named ``own.<id>``. Its values are kept in the member's ``own``
column by the id; :func:`unpacked` and :func:`packed` go between that column and values by name,
so that everything above sees one kind of field only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import OwnField
from db.types import PartialDate
from desktop.fields import (
    Amount,
    Choice,
    Day,
    Field,
    IdNumber,
    Kind,
    Phone,
    Register,
    Text,
    YesNo,
)
from desktop.fields.private import PrivateAmount, PrivateChoice, PrivateDay, PrivateText
from desktop.fields.standards import ValueSet
from desktop.registers.members import MEMBERS, public_name

GROUP = "自定义"
COLUMN = "own"
_PREFIX = "own."

OWN_KINDS = ValueSet(
    "own_kinds",
    {
        "text": "文字",
        "number": "数字",
        "date": "日期",
        "choice": "选项",
        "id": "身份证号",
        "phone": "电话",
    },
)

OWN_FIELDS = Register(
    name="own_fields",
    title="自定义字段",
    record=OwnField,
    measure="个",
    fields=(
        Field("label", "字段名称", Text(), required=True, listed=True),
        Field("kind", "填什么", Choice(OWN_KINDS), required=True, listed=True),
        Field("is_private", "平时遮住", YesNo(), listed=True),
    ),
)


def name_of(field_id: int) -> str:
    """The name of the field with this id in the register of members."""
    return f"{_PREFIX}{field_id}"


def is_own(name: str) -> bool:
    """Whether a field name means one of the office's own."""
    return name.startswith(_PREFIX)


def key_of(name: str) -> str:
    """Under what the values of an own field are kept with a member."""
    return name.removeprefix(_PREFIX)


def public_name_of(field: Field) -> str:
    """The name of a field outside: that of her own is what she calls it."""
    return field.label if is_own(field.name) else public_name(field.name)


def label_of(public: str) -> str:
    """What people call the field with that public name."""
    labels = {public_name(field.name): field.label for field in MEMBERS.fields}
    return labels.get(public, public)


def named(register: Register, word: str) -> Field:
    """The field meant by a name or label from outside; ``KeyError`` when there is none."""
    for field in register.fields:
        if word in (field.name, public_name_of(field)):
            return field
    raise KeyError(word)


def kind_of(kind: str, choices: Iterable[str] = (), *, is_private: bool = False) -> Kind:
    """How values of an own field are read and written."""
    if kind == "choice":
        words = tuple(choices)
        # the look-up of a value set is kept by its name, so the name tells the words apart
        values = ValueSet("\n".join(("own", *words)), {word: word for word in words})
        return PrivateChoice(values) if is_private else Choice(values)
    if kind == "id":
        return IdNumber()
    if kind == "phone":
        return Phone()
    plain: dict[str, Kind] = {"text": Text(), "number": Amount(), "date": Day()}
    masked: dict[str, Kind] = {
        "text": PrivateText(),
        "number": PrivateAmount(),
        "date": PrivateDay(),
    }
    return (masked if is_private else plain)[kind]


def register(session: Session) -> Register:
    """The register of members with the office's own fields behind its others, in their order."""
    rows = session.execute(
        select(
            OwnField.id, OwnField.label, OwnField.kind, OwnField.choices, OwnField.is_private
        ).order_by(OwnField.sort_order, OwnField.id)
    )
    own = tuple(
        Field(
            name_of(row.id),
            row.label,
            kind_of(row.kind, row.choices or (), is_private=row.is_private),
            group=GROUP,
        )
        for row in rows
    )
    return replace(MEMBERS, fields=(*MEMBERS.fields, *own)) if own else MEMBERS


def own_of(whole: Register) -> tuple[Field, ...]:
    """The office's own fields of a register."""
    return tuple(field for field in whole.fields if is_own(field.name))


def value_of(kind: Kind, stored: Any) -> Any:
    """A value as the program uses it, from what is kept."""
    if stored is not None and isinstance(kind, Day):
        return PartialDate.from_text(str(stored))
    return stored


def unpacked(fields: Iterable[Field], kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of the own ones among ``fields``, by name; ``None`` where there is none."""
    found = kept or {}
    return {f.name: value_of(f.kind, found.get(key_of(f.name))) for f in fields if is_own(f.name)}


def packed(values: Mapping[str, Any], kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """The same values with those of own fields put into what is ``kept`` of the person.

    Values of fields that are not mentioned stay, those of fields taken away too.
    """
    own = {key_of(name): _stored(value) for name, value in values.items() if is_own(name)}
    if not own:
        return dict(values)
    rest = {name: value for name, value in values.items() if not is_own(name)}
    whole = {key: value for key, value in {**(kept or {}), **own}.items() if value is not None}
    return {**rest, COLUMN: whole or None}


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, PartialDate) else value
