"""Who belongs to the women's committee, and as what?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Member
from desktop.reports.scope import Scope
from desktop.services.members import ON_STAFF

_NO = frozenset("否 无 不是 没有 - — / ×".split())
_ORDER = ("副主任", "主任", "委员")  # the longer word first: each holds the next
_RANKS = {"主任": 0, "副主任": 1, "委员": 2, "": 3}


def officers(session: Session, scope: Scope, *columns: Any) -> list[Any]:
    """Those on staff whose committee post is filled, the chair first, with these columns."""
    wanted: Any = select(Member.id, Member.name, Member.unit_id, Member.committee_role, *columns)
    wanted = wanted.where(
        Member.committee_role.is_not(None), Member.employment_status.in_(ON_STAFF)
    )
    inside = scope.unit_ids
    found = [
        row
        for row in session.execute(wanted.order_by(Member.sort_key, Member.id))
        if row.unit_id in inside and row.committee_role.strip() not in _NO
    ]
    return sorted(found, key=lambda row: _RANKS[role(row.committee_role)])


def role(words: str) -> str:
    """主任, 副主任 or 委员 as the words say; nothing for another function."""
    return next((one for one in _ORDER if one in words), "")
