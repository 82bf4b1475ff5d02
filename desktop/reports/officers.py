"""R3: who are the women's officers, one line each?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.tables import Member
from db.types import PartialDate
from desktop.fields.outgoing import words
from desktop.fields.table import Cell, Check, Heading, Table
from desktop.registers import MEMBERS
from desktop.reports.asking import Asked, Report, above, below, until
from desktop.reports.roles import officers
from desktop.reports.scope import scope_of
from desktop.services import units

TITLE = "妇女干部花名册"
_NOTE = "任职时间和专职、兼职，名册里没有这两项，请手工填写。"
_NOBODY = "名册里没有人填妇委会职务，表是空的。请在成员的“妇委会职务”一项填写后再做这张表。"
_READ = (
    "birth_date", "ethnicity_code", "political_status_code", "education_code", "post", "mobile",
)  # fmt: skip
_HEADINGS = (
    Heading("序号", is_centred=True),
    Heading("姓名", is_centred=True, is_person=True),
    Heading("出生年月", is_centred=True),
    Heading("民族", is_centred=True),
    Heading("政治面貌", is_centred=True),
    Heading("学历", is_centred=True),
    Heading("单位"),
    Heading("职务"),
    Heading("妇委会职务", is_centred=True),
    Heading("任职时间", is_centred=True, by_hand=True),
    Heading("专/兼职", is_centred=True, by_hand=True),
    Heading("电话", is_centred=True),
)


def query(session: Session, asked: Asked) -> Table:
    """Everybody on staff with a committee post, the chair first; numbers masked unless in full."""
    scope = scope_of(session, asked.unit_id)
    names = units.index(session).names
    people = officers(session, scope, *(getattr(Member, name) for name in _READ))
    return Table(
        title=TITLE,
        headings=_HEADINGS,
        rows=tuple(
            _line(number, person, names, full=asked.full)
            for number, person in enumerate(people, start=1)
        ),
        above=above(asked, until(asked), "人"),
        below=below(asked),
        notes=(_NOTE,) if people else (_NOBODY,),
        definitions=tuple(_definitions()),
        checks=tuple(_checks(people)),
    )


REPORT = Report("R3", TITLE, ("unit_id", "full"), query)


def _line(number: int, person: Any, names: Any, *, full: bool) -> tuple[Cell, ...]:
    def said(name: str) -> str | None:
        value = getattr(person, name)
        told = words(MEMBERS.field(name), full=full, unit_names=names)
        return None if value is None else told(value)

    unit = None if person.unit_id is None else names[person.unit_id]
    values = (
        number, person.name, _month(person.birth_date), said("ethnicity_code"),
        said("political_status_code"), said("education_code"), unit, said("post"),
        said("committee_role"), None, None, said("mobile"),
    )  # fmt: skip
    return tuple(Cell(value, (person.id,)) for value in values)


def _month(born: PartialDate | None) -> str | None:
    """Year and month the way personnel forms write them: 1985.06."""
    if born is None:
        return None
    return f"{born.year}.{born.month:02d}" if born.month else str(born.year)


def _definitions() -> Iterator[tuple[str, str]]:
    yield "范围", "名册里填了妇委会职务的在职人员；填“否”“无”的不算"
    yield "顺序", "主任、副主任、委员、其他，同类按姓名"
    yield "电话", "手机号码；没有要求写完整号码时，只列首尾几位"
    for heading in _HEADINGS:
        if heading.by_hand:
            yield heading.text, "名册里没有这一项，留空，请手工填写"


def _checks(people: Sequence[Any]) -> Iterator[Check]:
    if not people:
        yield Check(_NOBODY, False)
    for name in _READ:
        lacking = tuple(person.id for person in people if getattr(person, name) is None)
        if lacking:
            label = MEMBERS.field(name).label
            yield Check(f"{label}：有 {len(lacking)} 人没有填。", False, lacking)
