"""The rounds in which forms were sent to the units, and which came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Record
from db.types import DayText, JsonText


class FormRound(Record):
    """One sending of forms.

    ``token`` stands in the hidden key of each form. ``forms`` lists what was sent as
    ``{"unit_id", "unit"}``; ``returned`` holds by the unit's id, as text, ``{"on", "file"}``.
    """

    __tablename__ = "form_rounds"

    token: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date] = mapped_column(DayText)
    due_on: Mapped[date | None] = mapped_column(DayText)
    filling: Mapped[str] = mapped_column(Text)
    forms: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    returned: Mapped[dict[str, dict[str, str]]] = mapped_column(JsonText)
