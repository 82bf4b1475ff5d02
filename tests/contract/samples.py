"""Made-up rows for any table, from nothing but the declaration of its columns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.orm import Session

from db.base import Base, Record
from db.types import DayText, Flag, JsonText, Moment, PartialDate, PartialDateText

KINDS: dict[type, Any] = {
    PartialDateText: lambda n: PartialDate(1985, 1 + n % 12),
    DayText: lambda n: date(2026, 3, 8) + timedelta(days=n),
    Moment: lambda n: datetime(2026, 3, 8, 9, 30, tzinfo=UTC) + timedelta(minutes=n),
    Flag: lambda n: n % 2 == 0,
    JsonText: lambda n: {"备注": f"第 {n} 个", "列": [n, None, "😀"]},
    Integer: lambda n: n,
    LargeBinary: lambda n: bytes([0, 255, n % 256]),
    Text: lambda n: f"第 {n} 个 '引号' \"双引号\"",
}


def record_classes() -> list[type[Record]]:
    """Every kind of record the data file knows."""
    found = [mapper.class_ for mapper in Base.registry.mappers]
    return sorted((one for one in found if issubclass(one, Record)), key=lambda one: one.__name__)


def sample(session: Session, kind: type[Record], number: int) -> dict[str, Any]:
    """Values for every column of ``kind``; what it links to is added to the session first."""
    columns = kind.__table__.columns
    return {
        column.name: _value(session, column, number)
        for column in columns
        if column.name not in ("id", "version")
    }


def add(session: Session, kind: type[Record], values: dict[str, Any]) -> int:
    record = kind(**values)
    session.add(record)
    session.flush()
    return record.id


def _value(session: Session, column: Any, number: int) -> Any:
    if column.foreign_keys:
        (link,) = column.foreign_keys
        parent = next(one for one in record_classes() if one.__table__ is link.column.table)
        if parent.__table__ is column.table:
            return None  # a tree grows from its root
        return add(session, parent, sample(session, parent, number + 1000))
    return next(make for kind, make in KINDS.items() if isinstance(column.type, kind))(number)
