"""R2: what is the committee called, who leads it, and how many belong to it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Member
from desktop.fields.table import Cell, Check, Heading, Table
from desktop.reports.asking import Asked, Report, above, below, until
from desktop.reports.roles import officers, role
from desktop.reports.scope import Scope, scope_of
from desktop.services.members import ON_STAFF

TITLE = "妇委会组织情况表"
_BY_HAND = ("成立时间", "届次", "换届时间", "妇女之家数", "经费（元）")
_NOTE = "成立时间、届次、换届时间、妇女之家数和经费，程序里没有这些资料，请手工填写。"
_NO_NAME = "组织名称空着：请在“设置”里填写本组织名称，或在纸上填写。"
_NO_CHAIR = "主任一栏空着：名册里没有人的妇委会职务填“主任”。请在名册里补上，或在纸上填写。"


def query(session: Session, asked: Asked) -> Table:
    """One row: what settings and roster know of the committee; the rest is left to be written."""
    scope = scope_of(session, asked.unit_id)
    people = officers(session, scope)
    chairs = [row for row in people if role(row.committee_role) == "主任"]
    women = _women(session, scope)
    values = {
        "组织名称": Cell(_name(scope, asked) or None),
        "主任": Cell("、".join(one.name for one in chairs) or None, _ids(chairs)),
        "委员数": Cell(len(people) or None, _ids(people)),
        "女职工数": Cell(len(women), women),
    }
    headings = _headings()
    return Table(
        title=TITLE,
        headings=headings,
        rows=(tuple(values.get(one.text, Cell()) for one in headings),),
        above=above(asked, until(asked), "人"),
        below=below(asked),
        notes=(_NOTE,),
        definitions=tuple(_definitions()),
        checks=tuple(_checks(values["组织名称"].value is not None, chairs, people)),
    )


REPORT = Report("R2", TITLE, ("unit_id",), query)


def _headings() -> tuple[Heading, ...]:
    names = (
        "组织名称", "成立时间", "届次", "换届时间", "主任", "委员数", "女职工数", "妇女之家数",
        "经费（元）",
    )  # fmt: skip
    return tuple(
        Heading(name, is_centred=name != "组织名称", by_hand=name in _BY_HAND) for name in names
    )


def _name(scope: Scope, asked: Asked) -> str:
    return scope.name or asked.organisation


def _women(session: Session, scope: Scope) -> tuple[int, ...]:
    found = session.execute(
        select(Member.id, Member.unit_id)
        .where(Member.sex == "2", Member.employment_status.in_(ON_STAFF))
        .order_by(Member.sort_key, Member.id)
    )
    inside = scope.unit_ids
    return tuple(row.id for row in found if row.unit_id in inside)


def _definitions() -> Iterator[tuple[str, str]]:
    yield "组织名称", "设置里的本组织名称；只选一个单位时，是那个单位的名称"
    yield "主任", "名册里妇委会职务填“主任”的在职人员"
    yield "委员数", "名册里填了妇委会职务的在职人员，含主任、副主任；一个也没有时空着"
    yield "女职工数", "名册里性别为女，在职状态为在职、借调来或借出的人"
    for name in _BY_HAND:
        yield name, "程序里没有这项资料，留空，请手工填写"


def _checks(is_named: bool, chairs: Sequence[Any], people: Sequence[Any]) -> Iterator[Check]:
    if not is_named:
        yield Check(_NO_NAME, False)
    if not chairs:
        yield Check(_NO_CHAIR, False)
    elif len(chairs) > 1:
        yield Check(f"有 {len(chairs)} 人填的是主任，请核对。", False, _ids(chairs))
    others = [row for row in people if not role(row.committee_role)]
    if others:
        words = f"有 {len(others)} 人的妇委会职务不是主任、副主任或委员，也算在委员数里，请核对。"
        yield Check(words, False, _ids(others))


def _ids(people: Sequence[Any]) -> tuple[int, ...]:
    return tuple(row.id for row in people)
