"""Which record went into which other, when two turned out to be the same."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import STRICT, Record


class Merge(Record):
    """``gone_id`` of a register became part of ``kept_id``.

    Numbers, not links: the one who went is no longer there, and the one who stayed may go later.
    Taking the merge back takes this row away with it.
    """

    __tablename__ = "merges"
    __table_args__ = (
        Index("ix_merges_register_kept_id", "register", "kept_id"),
        Index("ix_merges_register_gone_id", "register", "gone_id"),
        STRICT,
    )

    register: Mapped[str] = mapped_column(Text)
    kept_id: Mapped[int] = mapped_column(Integer)
    gone_id: Mapped[int] = mapped_column(Integer)
