"""How the columns of a roster with certain headings were read the last time."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Record
from db.types import JsonText


class Layout(Record):
    """What a person decided about the columns of one kind of roster.

    ``fingerprint`` stands for the headings in their order; ``mapping`` gives the decisions that
    differ from what the program would do by itself: heading to field name, empty for "leave out".
    """

    __tablename__ = "layouts"

    fingerprint: Mapped[str] = mapped_column(Text, unique=True)
    mapping: Mapped[dict[str, str]] = mapped_column(JsonText)
