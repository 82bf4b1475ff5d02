"""The office's own fields: adding, changing, ordering and taking them away.

Every verb works inside the caller's unit of work, says in it what was done, and is taken back by
undoing it. Values stay with the members when a field goes, and are there again when it comes back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from db import changes
from db.errors import ConflictError, GoneError, InvalidInputError
from db.tables import Member, OwnField
from desktop.fields import Amount, Kind
from desktop.fields.kinds import tidy
from desktop.registers import MEMBERS
from desktop.registers.members import public_name
from desktop.registers.own_fields import COLUMN, OWN_KINDS, kind_of, name_of
from desktop.services import own_values

MAX_LABEL, MAX_CHOICES = 20, 60
_TAKEN_WORDS = frozenset(("序号", "年龄"))  # columns the program writes or reads as something else
_PROPOSED = ("id", "date", "phone", "number")
_FEW_WORDS = 8
_LEADING_ZERO = re.compile(r"[+-]?0\d")
_SHORTEST_PHONE = 7
_TABLE: Table = Member.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class OwnFieldRow:
    """An own field as it is listed; ``filled`` counts the members who have something in it."""

    id: int
    version: int
    label: str
    kind: str
    choices: tuple[str, ...]
    is_private: bool
    filled: int

    @property
    def kind_words(self) -> str:
        return OWN_KINDS.values[self.kind]


@dataclass(frozen=True)
class Wanted:
    """What a field is to be."""

    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(frozen=True)
class UnknownColumn:
    """A heading of imported rosters the program has no field for.

    ``filled`` counts the members who have something under it; ``readable`` says for each kind of
    field how many of those values it could hold; ``words`` are the different values, if few.
    """

    heading: str
    filled: int
    readable: Mapping[str, int]
    proposed: str
    words: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Promoted:
    """What became of an unknown column: ``moved`` values stand in the field, ``left`` as before."""

    field_id: int
    moved: int
    left: int


def listed(session: Session) -> tuple[OwnFieldRow, ...]:
    """All own fields in their order."""
    rows = session.scalars(select(OwnField).order_by(OwnField.sort_order, OwnField.id)).all()
    if not rows:
        return ()
    counts = session.execute(
        select(*(func.count(own_values.column(name_of(row.id))) for row in rows))
    ).one()
    return tuple(
        OwnFieldRow(
            row.id,
            row.version,
            row.label,
            row.kind,
            tuple(row.choices or ()),
            row.is_private,
            filled,
        )
        for row, filled in zip(rows, counts, strict=True)
    )


def add(session: Session, wanted: Wanted) -> int:
    """Add a field behind the others; gives its id.

    Raises :class:`InvalidInputError` with problems for ``label`` or ``choices``.
    """
    wanted = _checked(session, wanted)
    last = session.scalar(select(func.max(OwnField.sort_order))) or 0
    field = OwnField(
        label=wanted.label,
        kind=wanted.kind,
        choices=list(wanted.choices) or None,
        sort_order=last + 1,
        is_private=wanted.is_private,
    )
    session.add(field)
    session.flush()
    changes.describe(session, f"新增字段“{wanted.label}”")
    return field.id


def change(session: Session, field_id: int, version: int, wanted: Wanted) -> None:
    """Give a field another name, other choices, or mask it; its kind stays what it is.

    A word no longer among the choices stays with those who have it. Raises what :func:`add`
    raises, :class:`ConflictError` when the field was changed since, :class:`GoneError` when it
    was taken away.
    """
    field = _there(session, field_id)
    if field.version != version:
        raise ConflictError(
            mine={"label": wanted.label},
            theirs={"label": field.label},
        )
    told = Wanted(wanted.label, field.kind, wanted.choices, wanted.is_private)
    wanted = _checked(session, told, field_id)
    before, field.label = field.label, wanted.label
    field.choices = list(wanted.choices) or None
    field.is_private = wanted.is_private
    session.flush()
    renamed = before != wanted.label
    changes.describe(
        session, f"字段“{before}”改名为“{wanted.label}”" if renamed else f"修改字段“{before}”"
    )


def move(session: Session, field_id: int, by: int) -> bool:
    """Move a field up (-1) or down (1) among the others; False at the end of the list."""
    field = _there(session, field_id)
    every = list(session.scalars(select(OwnField).order_by(OwnField.sort_order, OwnField.id)))
    at = every.index(field)
    if not 0 <= at + by < len(every):
        return False
    every.insert(at + by, every.pop(at))
    for place, one in enumerate(every, 1):
        one.sort_order = place
    session.flush()
    changes.describe(session, f"移动字段“{field.label}”")
    return True


def remove(session: Session, field_id: int) -> str:
    """Take a field away; gives its label. The values stay, and are seen again after undo."""
    field = _there(session, field_id)
    label = field.label
    session.delete(field)
    session.flush()
    changes.describe(session, f"去掉字段“{label}”")
    return label


def unknown_columns(session: Session) -> tuple[UnknownColumn, ...]:
    """The headings members bring along from rosters, the most filled first."""
    found: dict[str, list[str]] = {}
    for extra in session.scalars(select(Member.extra).where(Member.extra.is_not(None))):
        for heading, text in (extra or {}).items():
            found.setdefault(heading, []).append(text)
    columns = [_unknown(heading, texts) for heading, texts in found.items()]
    return tuple(sorted(columns, key=lambda one: (-one.filled, one.heading)))


def promote(session: Session, heading: str, wanted: Wanted) -> Promoted:
    """Make an unknown column a field: one step that moves every value the field can hold.

    What it cannot hold stays under the heading. Raises what :func:`add` raises.
    """
    field_id = add(session, wanted)
    kind = kind_of(wanted.kind, _tidied(wanted.choices), is_private=wanted.is_private)
    rows = session.execute(
        select(_TABLE.c.id, _TABLE.c.version, _TABLE.c.extra, _TABLE.c.own).where(
            _TABLE.c.extra.is_not(None)
        )
    ).all()
    moved, left = [], 0
    for row in rows:
        if heading not in row.extra:
            continue
        value = _read(kind, row.extra[heading])
        if value is None:
            left += 1
            continue
        rest = {key: text for key, text in row.extra.items() if key != heading}
        own = {**(row.own or {}), str(field_id): value}
        moved.append(
            {"own_id": row.id, "version": row.version + 1, "extra": rest or None, COLUMN: own}
        )
    _write(session, moved)
    changes.describe(session, f"把“{heading}”变成字段，{len(moved)} 人")
    return Promoted(field_id, len(moved), left)


def _write(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    names = ("version", "extra", COLUMN)
    statement = update(_TABLE).where(_TABLE.c.id == bindparam("own_id"))
    session.connection().execute(
        statement.values({name: bindparam(name) for name in names}), list(rows)
    )
    session.expire_all()


def _read(kind: Kind, text: str) -> Any:
    """What a field keeps of a text, ``None`` when it cannot hold it without loss."""
    if isinstance(kind, Amount) and _LEADING_ZERO.match(text.strip()):
        return None
    reading = kind.from_cell(text)
    if reading.level == "error" or reading.value is None:
        return None
    return reading.value if isinstance(reading.value, (int, float)) else str(reading.value)


def _unknown(heading: str, texts: Sequence[str]) -> UnknownColumn:
    counted = Counter(texts)
    readable = {
        kind: sum(n for text, n in counted.items() if _read(kind_of(kind), text) is not None)
        for kind in OWN_KINDS.values
        if kind != "choice"
    }
    words = tuple(dict.fromkeys(tidy(text) for text, _ in counted.most_common()))
    is_few = len(words) <= _FEW_WORDS and len(texts) > len(words)
    readable["choice"] = len(texts) if is_few else 0
    is_short = any(sum(c.isdigit() for c in text) < _SHORTEST_PHONE for text in words)
    fitting = [kind for kind in _PROPOSED if readable[kind] == len(texts)]
    proposed = next((kind for kind in fitting if kind != "phone" or not is_short), "")
    return UnknownColumn(
        heading,
        len(texts),
        readable,
        proposed or ("choice" if is_few else "text"),
        words if is_few else (),
        words[:3],
    )


def _there(session: Session, field_id: int) -> OwnField:
    field = session.get(OwnField, field_id)
    if field is None:
        raise GoneError("这个字段已经去掉了。", remedy="按 Ctrl+Z 可以撤销。")
    return field


def _checked(session: Session, wanted: Wanted, field_id: int | None = None) -> Wanted:
    """The wish, tidied; what is wrong with it is raised field by field."""
    if wanted.kind not in OWN_KINDS.values:
        raise ValueError(wanted.kind)
    label, choices = " ".join(tidy(wanted.label).split()), _tidied(wanted.choices)
    problems = {"label": _about_label(session, label, field_id), "choices": ""}
    if wanted.kind == "choice":
        problems["choices"] = _about_choices(choices)
    told = {name: words for name, words in problems.items() if words}
    if told:
        raise InvalidInputError(told)
    return Wanted(
        label,
        wanted.kind,
        choices if wanted.kind == "choice" else (),
        wanted.is_private and _may_be_open(wanted.kind),
    )


def _may_be_open(kind: str) -> bool:
    """Whether values of this kind can be shown openly; numbers of persons never are."""
    return kind not in ("id", "phone")


def _tidied(choices: Iterable[str]) -> tuple[str, ...]:
    told = (" ".join(tidy(word).split()) for word in choices)
    return tuple(dict.fromkeys(word for word in told if word))


def _about_choices(choices: Sequence[str]) -> str:
    if len(choices) < 2:
        return "请写出至少两个选项，一行一个"
    if len(choices) > MAX_CHOICES:
        return f"最多 {MAX_CHOICES} 个选项，现在 {len(choices)} 个"
    return ""


def _about_label(session: Session, label: str, field_id: int | None) -> str:
    told = spelling(label)
    if not told:
        return "请填写字段名称"
    if len(label) > MAX_LABEL:
        return f"名称最多 {MAX_LABEL} 字，现在 {len(label)} 字"
    if told in _TAKEN_WORDS:
        return f"“{label}”这个名称程序另有用处，请换一个"
    for field in MEMBERS.fields:
        if told == spelling(public_name(field.name)):
            return f"“{label}”这个名称程序另有用处，请换一个"
        if told in map(spelling, (field.label, *field.synonyms)):
            same = field.label == label
            return f"名册里已经有“{field.label}”" + ("" if same else f"，“{label}”也读作它")
    others = select(OwnField.label).where(OwnField.id != (field_id or 0))
    twin = next((one for one in session.scalars(others) if spelling(one) == told), None)
    return f"已经有一个字段叫“{twin}”" if twin else ""


def spelling(label: str) -> str:
    """A label as headings are compared: letters and digits only, width and case made equal."""
    plain = unicodedata.normalize("NFKC", label).casefold()
    return "".join(c for c in plain if c.isalnum())
