"""Where is the header of a table, and how deep is it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.exchange.contents import has_surname, is_name, looks_like_id, looks_like_phone
from desktop.exchange.headings import IF_NAMES_FOLLOW, Heading, meaning, meaning_in_group, plain
from desktop.exchange.reading.cells import CellValue, Range
from desktop.fields.kinds import cell_text

SEARCHED_ROWS = 40
MAX_DEPTH = 3
_LONGEST_HEADING = 40
_TITLE_LIKE = re.compile(r"[:：]|\d{4}|花名册|名册|名单|登记表|统计表|一览表|信息表|汇总表|附件")
_GROUP_WORDS = re.compile(
    r"情况|信息|方式|资料|经历|学历|教育|联系|家庭|成员|家长|紧急|其他|其它|个人"
)
_FAMILY = frozenset(("称谓", "与本人关系", "与户主关系", "关系"))

Rows = Sequence[Sequence[CellValue]]


@dataclass(frozen=True)
class Header:
    """A header: its rows and columns as indexes, the words over each column (groups first) and
    what they mean."""

    top: int
    bottom: int
    parts: tuple[tuple[str, ...], ...]
    meanings: tuple[Heading, ...]

    @property
    def fields(self) -> tuple[str | None, ...]:
        return tuple(one.field for one in self.meanings)

    def name_columns(self) -> list[int]:
        return [i for i, one in enumerate(self.meanings) if one.field == "name"]

    def words(self, column: int) -> str:
        """The lowest words over a column, as they stand, on one line."""
        told = [p for p in self.parts[column] if plain(p)]
        return " ".join(told[-1].split()) if told else ""

    def whole(self, column: int) -> str:
        """All words over a column: ``紧急联系人·电话``."""
        return "·".join("".join(p.split()) for p in self.parts[column] if plain(p))


@dataclass(frozen=True)
class Found:
    """What the search gave: a header, or the row where a one-person form begins, or nothing."""

    header: Header | None = None
    form_row: int | None = None


class Merges:
    """The merged rectangles of a sheet by index, not by the numbers shown."""

    def __init__(self, ranges: Sequence[Range], first_row: int, first_column: int) -> None:
        self.ranges = [
            (
                r.first_row - first_row,
                r.first_column - first_column,
                r.last_row - first_row,
                r.last_column - first_column,
            )
            for r in ranges
        ]
        self._at = {(top, left): (bottom, right) for top, left, bottom, right in self.ranges}

    def end(self, row: int, column: int) -> tuple[int, int]:
        """The last row and column of the merge that begins in a cell; the cell itself if none."""
        return self._at.get((row, column), (row, column))


def find(rows: Rows, merges: Merges, start: int = 0) -> Found:
    """The first header at or below ``start``, within the first rows of what is searched."""
    form_row: int | None = None
    for index in range(start, min(len(rows), start + SEARCHED_ROWS)):
        row = rows[index]
        if form_row is not None and _is_family_header(row):
            continue
        places = _name_cells(rows, index)
        if not places:
            continue
        if all(_is_in_form(rows, index, place) for place in places):
            form_row = index if form_row is None else form_row
            continue
        if _is_family_header(row) and form_row is not None:
            continue
        return Found(build(rows, merges, index, start), form_row)
    return Found(None, form_row)


def _name_cells(rows: Rows, index: int) -> list[int]:
    return [
        i
        for i, cell in enumerate(rows[index])
        if isinstance(cell, str)
        and len(cell) <= _LONGEST_HEADING
        and not cell.rstrip().endswith(("：", ":"))
        and (found := meaning(cell)).field == "name"
        and (found.rank != IF_NAMES_FOLLOW or _do_names_follow(rows, index, i))
    ]


def _do_names_follow(rows: Rows, index: int, column: int) -> bool:
    below = [r[column] for r in rows[index + 1 : index + 12] if r[column] is not None]
    fitting = [c for c in below if isinstance(c, str) and is_name(c) and has_surname(c)]
    return 0 < len(below) <= 2 * len(fitting)


def is_heading(cell: CellValue) -> bool:
    """Whether a cell holds words that stand over columns."""
    return (
        isinstance(cell, str)
        and 0 < len(cell) <= _LONGEST_HEADING
        and meaning(cell).sort in ("field", "known")
    )


def headings_in(row: Sequence[CellValue]) -> int:
    return sum(is_heading(cell) for cell in row)


def _is_family_header(row: Sequence[CellValue]) -> bool:
    return any(isinstance(cell, str) and plain(cell) in _FAMILY for cell in row)


def _is_in_form(rows: Rows, index: int, column: int) -> bool:
    """Whether the word 姓名 labels the cell beside it: other labels stand below it, not names."""
    beside, label, value = (*rows[index][column + 1 : column + 4], None, None, None)[:3]
    if (
        isinstance(beside, str)
        and is_name(beside)
        and has_surname(beside)
        and is_heading(label)
        and not is_heading(value)
    ):
        return True
    for below in range(index + 1, min(index + 4, len(rows))):
        cell = rows[below][column]
        if cell is None:
            continue
        return (
            is_heading(cell)
            and isinstance(cell, str)
            and meaning(cell).field not in ("name", "seq")
            and not _is_english_twin(rows[below])
        )
    return False


def _is_english_twin(row: Sequence[CellValue]) -> bool:
    filled = [c for c in row if isinstance(c, str)]
    return bool(filled) and all(c.isascii() for c in filled)


def build(rows: Rows, merges: Merges, name_row: int, start: int) -> Header:
    """The whole header around the row that holds 姓名."""
    places = _name_cells(rows, name_row)
    bottom = _bottom(rows, merges, name_row, places)
    top = name_row
    while top > start and bottom - top + 1 < MAX_DEPTH and _is_group_row(rows, merges, top - 1):
        top -= 1
    parts = _parts(rows, merges, top, bottom)
    return Header(top, bottom, parts, tuple(meaning_in_group(p) for p in parts))


def from_row(rows: Rows, merges: Merges, row: int) -> Header:
    """A header of that one row, whatever its words are."""
    parts = _parts(rows, merges, row, row)
    return Header(row, row, parts, tuple(meaning_in_group(p) for p in parts))


def _bottom(rows: Rows, merges: Merges, name_row: int, places: list[int]) -> int:
    merged_to = max(merges.end(name_row, place)[0] for place in places)
    if merged_to > name_row:
        return min(merged_to, name_row + MAX_DEPTH - 1, len(rows) - 1)
    bottom = name_row
    while (
        bottom + 1 < len(rows)
        and bottom + 1 - name_row < MAX_DEPTH
        and _is_child_row(rows, merges, name_row, bottom + 1, places)
    ):
        bottom += 1
    return bottom


def _is_child_row(rows: Rows, merges: Merges, name_row: int, index: int, places: list[int]) -> bool:
    row = rows[index]
    filled = [(i, cell) for i, cell in enumerate(row) if cell is not None]
    if not filled or any(row[place] is not None for place in places):
        return False
    if not all(
        isinstance(cell, str)
        and len(cell) <= 20
        and not looks_like_id(cell)
        and not looks_like_phone(cell)
        for _, cell in filled
    ):
        return False
    known = sum(is_heading(cell) for _, cell in filled)
    under_group = sum(_is_under_group(rows, merges, name_row, i) for i, _ in filled)
    return known * 2 >= len(filled) or under_group == len(filled)


def _is_under_group(rows: Rows, merges: Merges, row: int, column: int) -> bool:
    for left in range(column, -1, -1):
        if rows[row][left] is not None:
            right = merges.end(row, left)[1]
            return right > left and left <= column <= right
    return False


def _is_group_row(rows: Rows, merges: Merges, index: int) -> bool:
    """Whether a row above the headings groups them, rather than being a title."""
    row, below = rows[index], rows[index + 1]
    filled = [(i, c) for i, c in enumerate(row) if c is not None]
    if not filled or not all(
        isinstance(c, str) and len(plain(c)) <= 14 and not _TITLE_LIKE.search(c) for _, c in filled
    ):
        return False
    if any(is_heading(c) and below[i] is None for i, c in filled):
        return True
    first = min(i for i, c in enumerate(below) if c is not None)
    spans = [(i, merges.end(index, i)[1]) for i, _ in filled]
    if len(filled) == 1:
        return first < spans[0][0] < spans[0][1]  # one that begins at the edge is a title
    if any(left < right for left, right in spans):
        return True
    return all(below[i] is not None for i, _ in filled) and any(
        isinstance(c, str) and (_GROUP_WORDS.search(c) or is_heading(c)) for _, c in filled
    )


def _parts(rows: Rows, merges: Merges, top: int, bottom: int) -> tuple[tuple[str, ...], ...]:
    width = len(rows[top]) if rows else 0
    words = [[_word(rows[r][c]) for c in range(width)] for r in range(top, bottom + 1)]
    for depth in range(len(words) - 1):
        _spread(words, merges, top, depth)
    return tuple(tuple(line[c] for line in words) for c in range(width))


def _spread(words: list[list[str]], merges: Merges, top: int, depth: int) -> None:
    """Let a group's words stand over every column of the group."""
    line, beneath = words[depth], words[depth + 1]
    column = 0
    while column < len(line):
        text, right = line[column], merges.end(top + depth, column)[1]
        if not text:
            column += 1
            continue
        last = max(column, right)
        if right == column and beneath[column]:
            while last + 1 < len(line) and not line[last + 1] and beneath[last + 1]:
                last += 1
        for place in range(column + 1, min(last, len(line) - 1) + 1):
            if beneath[place]:
                line[place] = text
        column = last + 1


def _word(cell: CellValue) -> str:
    return cell_text(cell).strip()
