"""How does a finished table become pages that can be stamped and handed over?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.documents.boxes import Box, Type, line_step, stacked
from desktop.documents.columns import PADDING, fit
from desktop.documents.files import whole_file
from desktop.documents.paper import (
    A4,
    POINTS,
    Drawn,
    Mark,
    Pages,
    Paper,
    Stroke,
    Tint,
    Unprintable,
    Words,
    code_point,
    drawable,
    hei,
    song,
    title_face,
)
from desktop.documents.typesetting import line_width, set_line
from desktop.documents.wrapping import wrap
from desktop.fields.table import Cell, Heading, Table, groups, shown

Step = Callable[[int, int], None]

_LEFT = _RIGHT = 12.0
_TOP, _BOTTOM = 15.0, 16.0
_TITLE_SIZE, _SMALLEST_TITLE, _ABOVE_SIZE, _FOOT_SIZE = 18.0, 11.0, 10.0, 9.0
_TITLE_DOWN, _ABOVE_DOWN, _TABLE_DOWN = 7.0, 15.5, 18.0  # from the top margin, mm
_CELL_ABOVE = 1.3  # mm above and below the words of a cell
_LEAST_ROW = 7.0
_NOTE_STEP, _SIGN_DOWN = 5.5, 10.0
_TITLE_GAP = 0.12  # ems between the characters of a title
_OUTER, _INNER = 0.9, 0.45
_SHADE, _HAND = "#F0F0F0", "#FBF5E6"
_REPORT_EVERY = 200


@dataclass(frozen=True)
class _Row:
    """Lines of each cell, and the height they need in mm."""

    lines: tuple[tuple[str, ...], ...]
    height: float
    is_total: bool = False


def draw_table(
    table: Table, target: Path, *, is_upright: bool = False, step: Step | None = None
) -> Drawn:
    """The table as a PDF of A4 pages, lying unless ``is_upright``.

    Title and headings stand on every page, signatures under the last row, never alone on a page.
    A character no font has is printed as its code point and named in the result. ``target``
    keeps its old content if this raises.
    """
    pages = table_pages(table, is_upright=is_upright, step=step)
    with whole_file(target) as out:
        paper = Paper(out, title=pages.title, size=pages.size)
        for number in range(pages.count):
            paper.add(pages.page(number))
        paper.finish()
    return Drawn(pages.count, pages.people, pages.problems)


def table_pages(table: Table, *, is_upright: bool = False, step: Step | None = None) -> Pages:
    """The pages of :func:`draw_table`, for a printer."""
    sheet = _Sheet(table, A4 if is_upright else (A4[1], A4[0]))
    pages = sheet.pages(step)

    def page(number: int) -> list[Mark]:
        return sheet.marks(pages[number], number + 1, len(pages))

    problems = tuple(sheet.problems)
    return Pages(table.title, sheet.size, len(pages), len(table.rows), page, problems)


class _Sheet:
    """The table cut into rows of lines; places in millimetres from the top left corner."""

    def __init__(self, table: Table, size: tuple[float, float]) -> None:
        self.size = size
        self.problems: list[Unprintable] = []
        self._table = table
        self._room = size[0] - _LEFT - _RIGHT
        self._text, self._bold = song(), hei()
        self._cells = [self._words(row, number) for number, row in enumerate(table.rows, start=1)]
        self._total = self._words(table.total, 0) if table.total else None
        every = [*self._cells, *([self._total] if self._total else [])]
        columns = [[row[at] for row in every] for at in range(len(table.headings))]
        self._fitted = fit(table.headings, columns, self._text, self._room)
        edges = [_LEFT]
        for width in self._fitted.widths:
            edges.append(edges[-1] + width)
        self._edges = edges
        self._heads = self._heading_lines()

    def pages(self, step: Step | None) -> list[list[_Row]]:
        """The rows of each page; the last one leaves room for notes and signatures."""
        pages: list[list[_Row]] = [[]]
        used, room = 0.0, self._body_room()
        for done, row in enumerate(self._rows(room), start=1):
            if pages[-1] and used + row.height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(row)
            used += row.height
            if step is not None and done % _REPORT_EVERY == 0:
                step(min(done, len(self._cells)), len(self._cells))
        if used + self._foot_height() > room and len(pages[-1]) > 1:
            pages.append([pages[-1].pop()])
        if len(pages) > 1 and len(pages[-1]) == 1 and pages[-1][0].is_total and len(pages[-2]) > 1:
            pages[-1].insert(0, pages[-2].pop())  # totals never stand alone
        return pages

    def marks(self, rows: Sequence[_Row], number: int, count: int) -> list[Mark]:
        """Everything on one page."""
        marks = [*self._head_marks(), *self._heading_marks()]
        y = self._body_top()
        for row in rows:
            marks += self._row_marks(row, y)
            y += row.height
        marks += self._frame(y)
        if number == count:
            marks += self._below_marks(y)
        said = f"第{number}页，共{count}页"
        return [*marks, self._placed(said, _FOOT_SIZE, self.size[1] - 8.0, place=0.5)]

    # words of cells

    def _words(self, cells: tuple[Cell, ...], number: int) -> list[str]:
        texts = []
        headings = self._table.headings
        for heading, cell in zip(headings, cells, strict=True):
            text, missing = drawable(shown(heading, cell.value), self._text)
            texts.append(text)
            if missing:
                self._note(missing, heading, cells, number)
        return texts

    def _note(
        self, missing: Sequence[str], heading: Heading, cells: tuple[Cell, ...], number: int
    ) -> None:
        at = next((i for i, one in enumerate(self._table.headings) if one.is_person), 0)
        name = str(cells[at].value or "")
        for character in missing:
            point = code_point(character)
            self.problems.append(
                Unprintable(
                    number,
                    name,
                    "missing_glyph",
                    f"{heading.text}里的“{character}”现有字库都画不出来，"
                    f"纸上印成〔{point}〕，请手工改写。",
                    character,
                    point,
                )
            )

    def _rows(self, room: float) -> Iterator[_Row]:
        for cells in self._cells:
            yield from self._cut(self._row(cells), room)
        if self._total is not None:
            yield self._row(self._total, is_total=True)

    def _row(self, cells: list[str], *, is_total: bool = False) -> _Row:
        fonts = self._bold if is_total else self._text
        lines = tuple(
            tuple(wrap(text, fonts, self._ems(at))) if text else () for at, text in enumerate(cells)
        )
        return _Row(lines, self._height(max(map(len, lines))), is_total)

    def _cut(self, row: _Row, room: float) -> Iterator[_Row]:
        """The row itself, or the pages it takes when it is higher than one."""
        most = max(int((room - 2 * _CELL_ABOVE) / self._line_step()), 1)
        longest = max(map(len, row.lines))
        if longest <= most:
            yield row
            return
        for start in range(0, longest, most):
            lines = tuple(cell[start : start + most] for cell in row.lines)
            yield _Row(lines, self._height(max(map(len, lines))))

    def _ems(self, at: int) -> float:
        return (self._fitted.widths[at] - 2 * PADDING) * POINTS / self._fitted.size + 1e-3

    def _line_step(self) -> float:
        return line_step(self._fitted.size)

    def _height(self, lines: int) -> float:
        return max(lines * self._line_step() + 2 * _CELL_ABOVE, _LEAST_ROW)

    # headings

    def _heading_lines(self) -> tuple[list[str], ...]:
        return tuple(
            wrap(heading.text, self._bold, self._ems(at))
            for at, heading in enumerate(self._table.headings)
        )

    def _group_height(self) -> float:
        return self._height(1) if self._table.has_groups else 0.0

    def _heading_height(self) -> float:
        grouped = [
            len(lines)
            for lines, one in zip(self._heads, self._table.headings, strict=True)
            if one.group
        ]
        alone = [len(lines) for lines in self._heads]
        below = self._height(max(grouped, default=1))
        return max(below, self._height(max(alone)) - self._group_height())

    def _body_top(self) -> float:
        return _TOP + _TABLE_DOWN + self._group_height() + self._heading_height()

    def _body_room(self) -> float:
        return self.size[1] - _BOTTOM - self._body_top()

    # what is drawn

    def _head_marks(self) -> Iterator[Mark]:
        fonts = title_face()
        title, _ = drawable(self._table.title, fonts)
        size = _TITLE_SIZE
        while size > _SMALLEST_TITLE and self._title_width(title, size) > self._room:
            size -= 1
        line = set_line(title, fonts, size, size * _TITLE_GAP)
        x = self.size[0] / 2 - line.width / POINTS / 2
        yield Words(line, max(x, _LEFT), _TOP + _TITLE_DOWN)
        for text, place in zip(self._table.above, (0.0, 0.5, 1.0), strict=True):
            if text:
                yield self._placed(text, _ABOVE_SIZE, _TOP + _ABOVE_DOWN, place=place)

    def _title_width(self, title: str, size: float) -> float:
        return line_width(title, title_face(), size, size * _TITLE_GAP) / POINTS

    def _heading_marks(self) -> Iterator[Mark]:
        top, upper, lower = _TOP + _TABLE_DOWN, self._group_height(), self._heading_height()
        kind = Type(self._bold, self._fitted.size)
        yield Tint(_LEFT, top, self._edges[-1] - _LEFT, upper + lower, _SHADE)
        for first, last in groups(self._table.headings):
            name = self._table.headings[first].group
            box = Box(self._edges[first], top, self._edges[last + 1] - self._edges[first], upper)
            if not name:
                yield from self._column_head(first, top, upper + lower)
                continue
            yield from stacked((name,), kind, box)
            yield Stroke(box.left, box.bottom, box.right, box.bottom, _INNER)
            yield from self._left_edge(first, box)
            for at in range(first, last + 1):
                yield from self._column_head(at, box.bottom, lower)

    def _column_head(self, at: int, top: float, height: float) -> Iterator[Mark]:
        box = self._box(at, top, height)
        if self._table.headings[at].by_hand:
            yield Tint(box.left, box.top, box.width, box.height, _HAND)
        yield from stacked(self._heads[at], Type(self._bold, self._fitted.size), box)
        yield from self._left_edge(at, box)

    def _row_marks(self, row: _Row, top: float) -> Iterator[Mark]:
        fonts = self._bold if row.is_total else self._text
        yield Stroke(_LEFT, top, self._edges[-1], top, _INNER)
        for at, (heading, lines) in enumerate(zip(self._table.headings, row.lines, strict=True)):
            box = self._box(at, top, row.height)
            is_centred = heading.is_centred or row.is_total
            kind = Type(fonts, self._fitted.size, 0.5 if is_centred else 0.0, heading.is_person)
            inner = replace(box, left=box.left + PADDING, width=box.width - 2 * PADDING)
            yield from stacked(lines, kind, inner)
            yield from self._left_edge(at, box)

    def _box(self, at: int, top: float, height: float) -> Box:
        return Box(self._edges[at], top, self._fitted.widths[at], height)

    def _left_edge(self, at: int, box: Box) -> Iterator[Mark]:
        if at:
            yield Stroke(box.left, box.top, box.left, box.bottom, _INNER)

    def _frame(self, bottom: float) -> Iterator[Mark]:
        left, right, top = _LEFT, self._edges[-1], _TOP + _TABLE_DOWN
        yield Stroke(left, self._body_top(), right, self._body_top(), _INNER)
        for x, y, to_x, to_y in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            yield Stroke(x, y, to_x, to_y, _OUTER)

    def _note_lines(self) -> list[str]:
        room = self._room * POINTS / _FOOT_SIZE
        clean = (drawable(note, self._text)[0] for note in self._table.notes)
        return [line for note in clean for line in wrap(note, self._text, room)]

    def _foot_height(self) -> float:
        signatures = _SIGN_DOWN + 4.0 if self._table.below else 0.0
        return len(self._note_lines()) * _NOTE_STEP + signatures + 1.0

    def _below_marks(self, y: float) -> Iterator[Mark]:
        for note in self._note_lines():
            y += _NOTE_STEP
            yield self._placed(note, _FOOT_SIZE, y, place=0.0)
        y += _SIGN_DOWN
        each = self._room / max(len(self._table.below), 1)
        for at, text in enumerate(self._table.below):
            clean, _ = drawable(text, self._text)
            line = set_line(clean, self._text, _ABOVE_SIZE + 0.5)
            yield Words(line, _LEFT + at * each, y)

    def _placed(self, text: str, size: float, y: float, *, place: float) -> Words:
        """A line at the left (0), in the middle (0.5) or at the right (1) of the page."""
        clean, _ = drawable(text, self._text)
        line = set_line(clean, self._text, size)
        rest = self._room - line.width / POINTS
        return Words(line, _LEFT + max(rest, 0.0) * place, y)
