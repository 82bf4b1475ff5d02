"""The fields an office adds to its roster by itself."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import STRICT, Record
from db.types import Flag, JsonText


class OwnField(Record):
    """One field of her own: what it is called and what may stand in it.

    ``kind`` is ``text``, ``number``, ``date``, ``choice``, ``id`` or ``phone`` and never changes;
    ``choices`` are the words of a choice in their order. The values stand with each member, under
    the id of the field, and stay there when the field is taken away.
    """

    __tablename__ = "own_fields"
    __table_args__ = (Index("uq_own_fields_label", "label", unique=True), STRICT)

    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[str] | None] = mapped_column(JsonText)
    sort_order: Mapped[int] = mapped_column(Integer, server_default="0")
    is_private: Mapped[bool] = mapped_column(Flag, server_default="0")
