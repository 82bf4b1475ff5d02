"""R1: how many women work in each unit, and of what age, schooling, party and rank?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Member
from db.types import PartialDate
from desktop.fields.table import Cell, Check, Heading, Table
from desktop.reports.asking import Asked, Report, above, below, until
from desktop.reports.bands import BANDS, NEEDED, Band, Figure, Person
from desktop.reports.scope import Part, Scope, scope_of
from desktop.services.members import ON_STAFF

TITLE = "女职工基本情况统计表"
UNIT, EVERYBODY, WOMEN, SHARE = range(4)
_TOTAL = "合计"
_NAMED_AT_MOST = 3


@dataclass(frozen=True)
class _Row:
    part: Part
    women: tuple[Person, ...]


def query(session: Session, asked: Asked) -> Table:
    """The table by units with its totals.

    The number of all staff stands only where somebody has entered it; without it the share is
    empty. Every other figure names the members behind it.
    """
    scope = scope_of(session, asked.unit_id)
    women = _women(session, scope)
    rows = [row for part in scope.parts if (row := _row(part, women)) is not None]
    return Table(
        title=TITLE,
        headings=_headings(),
        rows=tuple(_cells(row.part.name, row.part.headcount, row.women, asked.on) for row in rows),
        total=_cells(_TOTAL, scope.headcount, women, asked.on),
        above=above(asked, until(asked), "人"),
        below=below(asked),
        definitions=tuple(_definitions()),
        checks=tuple(_checks(scope, rows, women, asked)),
    )


REPORT = Report("R1", TITLE, ("on", "unit_id"), query)


def _women(session: Session, scope: Scope) -> tuple[Person, ...]:
    wanted: Any = select(*(getattr(Member, name) for name in NEEDED))
    wanted = wanted.where(Member.sex == "2", Member.employment_status.in_(ON_STAFF))
    inside = scope.unit_ids
    found = session.execute(wanted.order_by(Member.sort_key, Member.id))
    return tuple(person for person in found if person.unit_id in inside)


def _row(part: Part, women: Sequence[Person]) -> _Row | None:
    own = tuple(person for person in women if person.unit_id in part.unit_ids)
    return None if part.is_rest and not own and not part.headcount else _Row(part, own)


def _headings() -> tuple[Heading, ...]:
    first = (
        Heading("单位"),
        Heading("职工总数", is_centred=True, is_summed=True),
        Heading("女职工数", is_centred=True, is_summed=True),
        Heading("占比", is_centred=True, share_of=(WOMEN, EVERYBODY)),
    )
    return first + tuple(
        Heading(figure.heading, band.name, is_centred=True, is_summed=True)
        for band, figure in _figures()
    )


def _figures() -> Iterator[tuple[Band, Figure]]:
    return ((band, figure) for band in BANDS for figure in band.figures)


def _cells(name: str, headcount: int | None, women: Sequence[Person], on: date) -> tuple[Cell, ...]:
    share = len(women) / headcount if headcount and headcount >= len(women) else None
    first = (Cell(name), Cell(headcount), _count(women), Cell(share))
    counted = ([p for p in women if figure.counts(p, on)] for _, figure in _figures())
    return first + tuple(_count(people) for people in counted)


def _count(people: Sequence[Person]) -> Cell:
    return Cell(len(people), tuple(person.id for person in people))


def _definitions() -> Iterator[tuple[str, str]]:
    yield "范围", "名册里性别为女，在职状态为在职、借调来或借出的人"
    yield "单位", "每行含它的下级单位；“（本级）”是直接属于上级单位的人，各行没有重叠"
    yield (
        "职工总数",
        "含男职工，取自单位资料，上级单位的总数应含下级；没有填的空着，不推算；"
        "“（本级）”是上级总数减去下级之和",
    )
    yield "占比", "女职工数除以职工总数；职工总数空着，或比女职工数还少时，空着"
    for band, figure in _figures():
        yield f"{band.name}：{figure.heading}", figure.meaning


def _checks(
    scope: Scope, rows: Sequence[_Row], women: Sequence[Person], asked: Asked
) -> Iterator[Check]:
    together = sum(len(row.women) for row in rows)
    yield Check(f"女职工数：各行相加 {together} 人，合计 {len(women)} 人。", together == len(women))
    yield from _checks_of_headcount(scope, rows)
    for band in BANDS:
        if band.lacks:
            yield _check_of(band, women, asked.on)
    yield from _remarks(rows, women, asked)


def _checks_of_headcount(scope: Scope, rows: Sequence[_Row]) -> Iterator[Check]:
    unknown = [r.part.name for r in rows if not r.part.is_without_unit and r.part.headcount is None]
    if unknown:
        named = "、".join(unknown[:_NAMED_AT_MOST])
        more = f"等 {len(unknown)} 行" if len(unknown) > _NAMED_AT_MOST else ""
        yield Check(
            f"职工总数：{named}{more}没有填，占比也空着。请在成员页单位的菜单里补上，或在纸上填写。",
            False,
        )
    if scope.short:
        yield Check(
            f"职工总数：上级单位填的总数比下级之和少 {scope.short} 人，合计先空着。请核对。", False
        )
    for row in rows:
        if row.part.headcount is not None and row.part.headcount < len(row.women):
            yield Check(
                f"{row.part.name}：女职工 {len(row.women)} 人，"
                f"多于职工总数 {row.part.headcount} 人。请核对。",
                False,
                _ids(row.women),
            )


def _check_of(band: Band, women: Sequence[Person], on: date) -> Check:
    outside = [p for p in women if not any(figure.counts(p, on) for figure in band.figures)]
    counted = len(women) - len(outside)
    said = f"{band.name}：各栏相加 {counted} 人"
    if not outside:
        return Check(f"{said}，与女职工数一致。", True)
    if not band.is_whole:
        words = f"{said}；其余 {len(outside)} 人没有{band.lacks}，或没有填写。"
        return Check(words, True, _ids(outside))
    words = f"比女职工数少 {len(outside)} 人；她们没有填{band.lacks}，或填的归不进这几栏。"
    return Check(f"{said}，{words}", False, _ids(outside))


def _remarks(rows: Sequence[_Row], women: Sequence[Person], asked: Asked) -> Iterator[Check]:
    homeless = [p for row in rows if row.part.is_without_unit for p in row.women]
    if homeless:
        yield Check(f"有 {len(homeless)} 人没有填单位，单独列一行。", False, _ids(homeless))
    guests = [p for p in women if p.employment_status == "seconded_in"]
    if guests:
        words = f"其中 {len(guests)} 人是借调来的；如由原单位统计，请从表里减去。"
        yield Check(words, True, _ids(guests))
    vague = [p for p in women if _is_between_bands(p, asked.on)]
    if vague:
        words = f"有 {len(vague)} 人的出生日期不完整，刚好在两个年龄段之间，按靠前的日子归了段。"
        yield Check(words, False, _ids(vague))
    if asked.on != asked.made_on:
        yield Check("人员取自名册现在的内容，只有年龄按截止日计算。", True)


def _is_between_bands(person: Person, on: date) -> bool:
    """Whether what is not known of the birth decides between two columns of ages."""
    born = person.birth_date
    if born is None or born.day is not None:
        return False
    month = born.month or 12
    last = PartialDate(born.year, month, monthrange(born.year, month)[1])
    return any(last.age_on(on) <= limit < born.age_on(on) for limit in (35, 45, 55))


def _ids(people: Sequence[Person]) -> tuple[int, ...]:
    return tuple(person.id for person in people)
