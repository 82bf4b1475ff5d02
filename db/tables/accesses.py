"""Who saw private numbers in full, and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Moment


class Access(Base):
    """One look at what is masked otherwise; part of the log, so it is only ever added to.

    It names the record (or counts how many) and holds nothing personal itself. It is no record:
    looking cannot be undone.
    """

    __tablename__ = "accesses"
    __table_args__ = (
        Index("ix_accesses_register_record_id", "register", "record_id"),
        {"sqlite_strict": True, "sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    register: Mapped[str | None] = mapped_column(Text)
    record_id: Mapped[int | None] = mapped_column(Integer)
    count: Mapped[int | None] = mapped_column(Integer)
