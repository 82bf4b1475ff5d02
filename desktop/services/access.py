"""Who looked at full numbers: noted when it happens, told when asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import sets
from db.tables import Access

What = Literal["reveal", "reveal_list", "list_full", "export_full"]

WORDS: dict[str, str] = {
    "reveal": "查看完整号码",
    "reveal_list": "在列表里显示完整号码",
    "list_full": "列出完整号码",
    "export_full": "导出完整号码",
}


@dataclass(frozen=True)
class AccessRow:
    """One look: when, by whom, and at which record or how many of them."""

    id: int
    at: datetime
    actor: str
    what: str
    register: str
    record_id: int | None
    count: int | None

    @property
    def words(self) -> str:
        """``导出完整号码，286 人``; names nobody."""
        said = WORDS.get(self.what, self.what)
        return said if self.count is None else f"{said}，{self.count} 人"


def note(
    session: Session,
    what: What,
    *,
    register: str = "members",
    record_id: int | None = None,
    count: int | None = None,
) -> None:
    """Keep that somebody saw numbers in full, in a unit of work; it makes no step to undo.

    Either the record that was looked at or how many there were; never a name or a number.
    """
    unit = sets.current(session)
    session.add(
        Access(
            at=unit.clock(),
            actor=unit.actor,
            what=what,
            register=register,
            record_id=record_id,
            count=count,
        )
    )
    session.flush()


def log(session: Session, last: int | None = None) -> tuple[AccessRow, ...]:
    """The newest ``last`` looks (all when ``None``), newest first."""
    return _rows(session.scalars(select(Access).order_by(Access.id.desc()).limit(last)))


def of_records(session: Session, register: str, record_ids: Iterable[int]) -> tuple[AccessRow, ...]:
    """The looks at these records, newest first."""
    wanted = Access.record_id.in_(tuple(record_ids))
    return _rows(
        session.scalars(
            select(Access).where(Access.register == register, wanted).order_by(Access.id.desc())
        )
    )


def _rows(found: Iterable[Access]) -> tuple[AccessRow, ...]:
    return tuple(
        AccessRow(a.id, a.at, a.actor, a.what, a.register or "", a.record_id, a.count)
        for a in found
    )
