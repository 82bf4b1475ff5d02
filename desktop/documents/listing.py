"""How do chosen members become a list on paper?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from db.errors import UnusableError
from desktop.documents.paper import Drawn
from desktop.documents.tables import draw_table
from desktop.fields import (
    Choice,
    Day,
    Field,
    IdNumber,
    Name,
    Number,
    Phone,
    Register,
    YesNo,
)
from desktop.fields.outgoing import words
from desktop.fields.table import Cell, Heading, Table
from desktop.registers import MEMBERS

Row = Mapping[str, object]
Step = Callable[[int, int], None]

USUAL = tuple(field.name for field in MEMBERS.fields if field.listed)
_CENTRED = (Choice, Day, YesNo, Number, Name, IdNumber, Phone)
_MASKED = "证件号码和电话只列首尾几位。"


def draw_listing(
    people: Sequence[Row],
    target: Path,
    *,
    fields: Sequence[str] = USUAL,
    register: Register = MEMBERS,
    title: str,
    full: bool,
    unit_names: Mapping[int, str],
    organisation: str = "",
    today: date,
    is_upright: bool = False,
    step: Step | None = None,
) -> Drawn:
    """The people of ``people`` (field name to value), in their order, as a PDF of A4 pages.

    What is said of :func:`listing_table` holds here. Refused also when the columns do not fit on
    a page.
    """
    table = listing_table(
        people,
        fields=fields,
        register=register,
        title=title,
        full=full,
        unit_names=unit_names,
        organisation=organisation,
        today=today,
    )
    return draw_table(table, target, is_upright=is_upright, step=step)


def listing_table(
    people: Sequence[Row],
    *,
    fields: Sequence[str] = USUAL,
    register: Register = MEMBERS,
    title: str,
    full: bool,
    unit_names: Mapping[int, str],
    organisation: str = "",
    today: date,
) -> Table:
    """The list as a table, one line a person in the order given.

    ``fields`` of ``register`` are the columns; long names and units wrap. Without ``full`` private
    values are masked and so are long numbers in any text. Refused when nobody is to be listed.
    """
    if not people:
        raise UnusableError(
            "没有要打印的人。", kept="没有写文件。", remedy="请先在名册里选出要打印的人。"
        )
    columns = [register.field(name) for name in fields]
    said = [words(field, full=full, unit_names=unit_names) for field in columns]
    rows = []
    for number, person in enumerate(people, start=1):
        cells = [Cell(number)]
        for field, tell in zip(columns, said, strict=True):
            value = person.get(field.name)
            cells.append(Cell(None if value is None else tell(value)))
        rows.append(tuple(cells))
    hides = not full and any(field.kind.is_private for field in columns)
    return Table(
        title=title,
        headings=(Heading("序号", is_centred=True), *map(_heading, columns)),
        rows=tuple(rows),
        above=(organisation, "", f"{today.year}年{today.month}月{today.day}日　共{len(people)}人"),
        notes=(_MASKED,) if hides else (),
    )


def _heading(field: Field) -> Heading:
    kind = field.kind
    return Heading(
        field.label, is_centred=isinstance(kind, _CENTRED), is_person=isinstance(kind, Name)
    )
