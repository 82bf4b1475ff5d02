"""The units of the organisation: sections, affiliated units, branch offices."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import STRICT, Record
from db.types import JsonText


class Unit(Record):
    """A unit (单位); units form a tree of a few levels."""

    __tablename__ = "units"
    __table_args__ = (Index("uq_units_parent_name", "parent_id", "name", unique=True), STRICT)

    name: Mapped[str] = mapped_column(Text)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    sort_order: Mapped[int] = mapped_column(Integer, server_default="0")
    # everybody who works there, men included: the base of the share of women (R1)
    headcount: Mapped[int | None] = mapped_column(Integer)
    # other spellings met in rosters, so that the next roster finds this unit again
    aliases: Mapped[list[str] | None] = mapped_column(JsonText)
    remark: Mapped[str | None] = mapped_column(Text)
