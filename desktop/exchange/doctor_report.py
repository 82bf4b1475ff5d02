"""What was found in a roster: the grade, the causes, and every cell they were found in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from desktop.exchange.columns import letter
from desktop.exchange.reading.cells import CellValue, Workbook

Weight = Literal["must", "check", "style"]
Grade = Literal["A", "B", "C", "D"]

WEIGHTS: Mapping[Weight, str] = {"must": "要改", "check": "要核对", "style": "写法"}
RULE = (
    "满分 100 分。“要改”的按涉及的人所占比例扣分，一半的人有就扣满 60 分；“要核对”的最多扣 25 分，"
    "“写法”的最多扣 15 分；每种问题至少扣 1 分。90 分起为 A，75 分起为 B，60 分起为 C，其余为 D。"
)
_MOST: Mapping[Weight, int] = {"must": 60, "check": 25, "style": 15}
_FULL_AT = 0.5  # the share of people at which everything a weight can cost is gone
_GRADES: tuple[tuple[int, Grade], ...] = ((90, "A"), (75, "B"), (60, "C"))


@dataclass(frozen=True)
class Cause:
    """One kind of trouble: its name, how much it weighs, why it matters, what to do about it.

    ``is_fixable``: it can be put right without asking anybody. ``is_optional``: it can be, once a
    person has agreed to what the program proposes.
    """

    code: str
    title: str
    weight: Weight
    why: str
    remedy: str
    is_fixable: bool = False
    is_optional: bool = False


class Spot(NamedTuple):
    """One cell, or with an empty ``column`` one row, or with row 0 a whole sheet.

    ``shown`` is what stands there, private numbers masked; ``fixed`` what the copy will say.
    """

    sheet: str
    row: int
    column: str
    shown: str
    message: str
    fixed: str = ""

    @property
    def address(self) -> str:
        """``花名册!D5`` as a spreadsheet program writes it."""
        if not self.row:
            return self.sheet
        return (
            f"{self.sheet}!{self.column}{self.row}"
            if self.column
            else f"{self.sheet}!{self.row}:{self.row}"
        )


@dataclass(frozen=True)
class Finding:
    """Everything of one cause; ``rows`` tells how many rows it touches."""

    cause: Cause
    spots: tuple[Spot, ...]

    @property
    def rows(self) -> int:
        return len({(spot.sheet, spot.row) for spot in self.spots})


class Repair(NamedTuple):
    """A cell as the copy will hold it; ``column`` counted from one. ``new`` ``None`` empties it."""

    sheet: str
    row: int
    column: int
    code: str
    old: CellValue
    new: str | int | None
    reason: str


@dataclass(frozen=True)
class Spellings:
    """One unit written several ways, with how often each was met, and which one to keep."""

    kept: str
    counts: Mapping[str, int]
    repairs: tuple[Repair, ...]

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(word for word in self.counts if word != self.kept)


@dataclass(frozen=True)
class Report:
    """The result of an examination. ``findings`` are ordered by weight, then by how many rows.

    ``people`` counts the rows that are people, men included. With none of them there is nothing to
    grade and the grade is D. ``book`` is what was read, so that a copy can be made of it.
    """

    file: str
    format: str
    people: int
    score: int
    grade: Grade
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    spellings: tuple[Spellings, ...]
    book: Workbook

    @property
    def counts(self) -> Mapping[Weight, int]:
        """How many places there are of each weight."""
        return {
            weight: sum(len(f.spots) for f in self.findings if f.cause.weight == weight)
            for weight in WEIGHTS
        }

    def finding(self, code: str) -> Finding | None:
        return next((f for f in self.findings if f.cause.code == code), None)


class Findings:
    """Spots gathered by cause while a roster is gone through."""

    def __init__(self, causes: Mapping[str, Cause]) -> None:
        self._causes = causes
        self._spots: dict[str, dict[Spot, None]] = {}

    def add(self, code: str, spot: Spot) -> None:
        """Keep a spot; the same one twice counts once."""
        self._spots.setdefault(code, {})[spot] = None

    def result(self) -> tuple[Finding, ...]:
        order = list(WEIGHTS)
        found = [Finding(self._causes[code], _sorted(spots)) for code, spots in self._spots.items()]
        return tuple(
            sorted(found, key=lambda f: (order.index(f.cause.weight), -f.rows, f.cause.code))
        )


def _sorted(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    order: dict[str, int] = {}
    told = list(spots)
    for spot in told:
        order.setdefault(spot.sheet, len(order))
    return tuple(sorted(told, key=lambda s: (order[s.sheet], s.row, len(s.column), s.column)))


def graded(findings: Iterable[Finding], people: int) -> tuple[int, Grade]:
    """Score and grade by :data:`RULE`."""
    if not people:
        return 0, "D"
    told, lost = list(findings), 0.0
    for weight, most in _MOST.items():
        mine = [f for f in told if f.cause.weight == weight]
        rows = {(s.sheet, s.row) for f in mine for s in f.spots}
        share = min(1.0, len(rows) / people)
        lost += min(most, max(len(mine), most * share / _FULL_AT))
    score = max(0, round(100 - lost))
    return score, next((grade for least, grade in _GRADES if score >= least), "D")


def spot_at(sheet: Any, row: int, index: int, *, shown: str, message: str) -> Spot:
    """A spot by the place of its column among the sheet's cells, from 0."""
    return Spot(sheet.name, row, letter(sheet.first_column + index), shown, message)


Tell = Callable[[str, Spot], None]
