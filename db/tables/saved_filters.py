"""The questions to the roster that were given a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import STRICT, Record
from db.types import Flag, JsonText


class SavedFilter(Record):
    """One question: its name and the conditions that make it up.

    ``definition`` holds only the conditions that are set. A unit stands in it by number and by
    name, so that a question about a unit that is no longer there can still be told.
    """

    __tablename__ = "saved_filters"
    __table_args__ = (Index("uq_saved_filters_name", "name", unique=True), STRICT)

    name: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, Any]] = mapped_column(JsonText)
    is_pinned: Mapped[bool] = mapped_column(Flag, server_default="0")
    sort_order: Mapped[int] = mapped_column(Integer, server_default="0")
