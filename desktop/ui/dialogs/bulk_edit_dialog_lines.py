"""How is it shown what would become of each person?"""

from __future__ import annotations

from functools import partial

from desktop.fields.kinds import masked
from desktop.services.bulk import Line, Outcome, Plan
from desktop.ui.models.members_words import value_words
from desktop.ui.models.rows import Cell, Column, Group

_TITLES: dict[Outcome, str] = {"change": "会改", "same": "不用改", "cannot": "改不了"}


def rows(plan: Plan) -> list[Line | Group]:
    """Those who cannot first, as they want to be looked at; then who changes, then who stays."""
    found: list[Line | Group] = []
    for outcome in ("cannot", "change", "same"):
        lines = plan.of(outcome)
        if lines:
            title, count = _TITLES[outcome], f"{len(lines)} 人"
            is_odd = outcome == "cannot"
            found.append(Group(title, count, tone="amber") if is_odd else Group(title, count))
            found += lines
    return found


def columns(plan: Plan) -> tuple[Column, ...]:
    """Who, what stands there now, and what will; private values masked."""
    return (
        Column("name", "姓名", _name, 198),
        Column("before", "现在", partial(_before, plan=plan), 122),
        Column("after", "改为", partial(_after, plan=plan), 0),
    )


def summary(plan: Plan) -> str:
    """``9 人会改，2 人不用改，1 人改不了``."""
    parts = (
        f"{len(lines)} 人{_TITLES[outcome]}"
        for outcome in ("change", "same", "cannot")
        if (lines := plan.of(outcome))
    )
    return "，".join(parts)


def _name(line: Line) -> Cell:
    return Cell(line.called, strong=True)


def _before(line: Line, *, plan: Plan) -> Cell:
    return Cell(_words(plan, line.before) or "空", quiet=True)


def _after(line: Line, *, plan: Plan) -> Cell:
    if line.why:
        return Cell(line.why, "amber", "triangle-alert")
    if line.outcome == "same":
        return Cell("本来就是这样", quiet=True)
    before = _words(plan, line.before)
    spoken = f"从{before or '空'}改为{_words(plan, line.after) or '空'}"
    return Cell(_words(plan, line.after) or "空", "info", tinted=True, spoken=spoken)


def _words(plan: Plan, value: object) -> str:
    if value is None:
        return ""
    if plan.field.kind.is_private:
        return masked(plan.field.kind, value)
    return plan.words(value) if plan.units else value_words(plan.field, value)
