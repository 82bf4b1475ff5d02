"""What is a finished table, before it becomes a workbook or paper?"""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | None


@dataclass(frozen=True)
class Heading:
    """One column. Neighbours with the same ``group`` stand under one heading of that name.

    ``is_summed`` columns have a sum in the row of totals; ``share_of`` makes a column the share of
    one column (by its place) in another; ``by_hand`` says that the program has nothing to put here
    and the column is to be filled in with a pen.
    """

    text: str
    group: str = ""
    is_centred: bool = False
    is_summed: bool = False
    is_person: bool = False
    share_of: tuple[int, int] | None = None
    by_hand: bool = False


@dataclass(frozen=True)
class Cell:
    """A value, and the ids of the members behind it, so that a figure can open its list."""

    value: Value = None
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class Check:
    """One sentence about whether the figures agree, and whom it concerns."""

    sentence: str
    is_good: bool
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """Everything a table handed over says.

    ``above`` stands between title and table (left, middle, right), ``below`` under it side by
    side; ``notes`` are sentences under the table; ``definitions`` say how each figure is counted.
    """

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    above: tuple[str, str, str] = ("", "", "")
    below: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def has_groups(self) -> bool:
        return any(one.group for one in self.headings)


def groups(headings: tuple[Heading, ...]) -> list[tuple[int, int]]:
    """First and last place of each run of neighbours that share a group; others stand alone."""
    found: list[tuple[int, int]] = []
    for at, one in enumerate(headings):
        if found and one.group and headings[found[-1][1]].group == one.group:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def shown(heading: Heading, value: Value) -> str:
    """A value as it is printed; a share as a percentage with one decimal."""
    if value is None:
        return ""
    if heading.share_of is not None and isinstance(value, (int, float)):
        return f"{value:.1%}"
    return str(value)
