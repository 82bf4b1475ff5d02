"""How do findings, and the places of one finding, look in a table?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from desktop.ui.models.rows import Cell, Column, Group

if TYPE_CHECKING:
    from desktop.exchange.doctor_report import Finding, Report, Spot

_Tone = Literal["", "jade", "amber", "danger", "info"]
_TONES: dict[str, _Tone] = {"must": "danger", "check": "amber", "style": "info"}
_NOTES = {
    "must": "不改会出错",
    "check": "看一眼再定",
    "style": "不影响内容，多数能直接修",
}


def rows(report: Report) -> list[Finding | Group]:
    """The findings under a row for each weight."""
    from desktop.exchange.doctor_report import WEIGHTS

    found: list[Finding | Group] = []
    for weight, words in WEIGHTS.items():
        mine = [f for f in report.findings if f.cause.weight == weight]
        if mine:
            places = sum(len(f.spots) for f in mine)
            found.append(Group(words, f"{places} 处", _NOTES[weight], _TONES[weight]))
            found += mine
    return found


def finding_columns() -> list[Column]:
    return [
        Column("title", "问题", _title, 190),
        Column("count", "多少", _count, 72, right=True),
        Column("why", "为什么要紧", lambda finding: Cell(finding.cause.why, quiet=True), 0),
        Column("remedy", "怎么办", _remedy, 206),
    ]


def _title(finding: Finding) -> Cell:
    return Cell(finding.cause.title, strong=True)


def _count(finding: Finding) -> str:
    from desktop.exchange.doctor_telling import findings_words

    return findings_words(finding)


def _remedy(finding: Finding) -> Cell:
    cause = finding.cause
    if cause.is_fixable:
        return Cell("能直接修", "jade", sign="circle-check")
    return Cell(cause.remedy, quiet=True)


def spot_columns() -> list[Column]:
    return [
        Column("place", "位置", lambda spot: Cell(spot.address or "整份表", strong=True), 120),
        Column("shown", "原来的内容", lambda spot: spot.shown, 150),
        Column("message", "怎么回事", lambda spot: Cell(spot.message, quiet=True), 0),
        Column("fixed", "修成", _fixed, 150),
    ]


def _fixed(spot: Spot) -> Cell:
    return Cell(spot.fixed, "info", tinted=True) if spot.fixed else Cell("")
