"""How does a finished table become a workbook a clerk can hand upward?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.xlsx_out import (
    LINE_HEIGHT,
    display_width,
    lines_needed,
    new_workbook,
    page_setup,
    sheet_name,
    storable,
)
from desktop.fields.table import Cell, Heading, Table, groups, shown

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DEFINITIONS = "指标说明"
_NARROWEST, _WIDEST, _NARROW_FIGURE = 8, 40, 7
_TITLE_HEIGHT, _LINE, _HEADING = 34, 20, 18  # points
_SIDE_BY_SIDE = 3  # texts above the table
_SIGNING_BLANKS = 2  # rows left between the table and the signatures
_BY_HAND_COLOUR = "#FBF3E2"


def write_table(table: Table, target: Path, *, today: date) -> None:
    """Write a table to an xlsx: on the first sheet itself, on the second what it counts.

    Sums and shares are formulas with their values beside them; a sum that is not known as a whole
    stays empty. ``target`` keeps its old content if this raises.
    """
    with new_workbook(target, title=table.title, today=today, low_memory=False) as book:
        _Sheet(book, table).write()
        _write_definitions(book, table)


@dataclass(frozen=True)
class _Looks:
    title: Format
    above: Format
    middle: Format
    right: Format
    heading: Format
    by_hand_heading: Format
    text: Format
    centred: Format
    share: Format
    by_hand: Format
    total: Format
    total_share: Format
    note: Format

    @classmethod
    def of(cls, book: Workbook) -> _Looks:
        line = {"border": 1, "valign": "vcenter", "text_wrap": True}
        centred = line | {"align": "center"}
        bold = {"bold": True, "bg_color": "#F2F2F2"}
        by_hand = {"bg_color": _BY_HAND_COLOUR}
        above = {"valign": "vcenter"}
        look = book.add_format
        return cls(
            title=look({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}),
            above=look(above),
            middle=look(above | {"align": "center"}),
            right=look(above | {"align": "right"}),
            heading=look(centred | bold),
            by_hand_heading=look(centred | bold | by_hand),
            text=look(line | {"num_format": "@"}),
            centred=look(centred),
            share=look(centred | {"num_format": "0.0%"}),
            by_hand=look(centred | by_hand),
            total=look(centred | bold),
            total_share=look(centred | bold | {"num_format": "0.0%"}),
            note=look({"valign": "vcenter", "text_wrap": True, "font_color": "#595959"}),
        )


class _Sheet:
    """The first sheet while it is being written; rows and columns count from 0."""

    def __init__(self, book: Workbook, table: Table) -> None:
        self._sheet: Worksheet = book.add_worksheet(sheet_name(table.title))
        self._looks = _Looks.of(book)
        self._table = table
        self._last = len(table.headings) - 1
        self._heading_row = 2
        self._first_row = self._heading_row + (2 if table.has_groups else 1)

    def write(self) -> None:
        self._across(0, 0, self._last, self._table.title, self._looks.title)
        self._write_above()
        self._write_headings()
        end = self._write_rows()
        self._write_below(end)
        self._dress(end)

    def _write_above(self) -> None:
        left, middle, right = self._table.above
        if self._last < _SIDE_BY_SIDE - 1:
            self._across(1, 0, self._last, "　".join(self._table.above), self._looks.above)
            return
        third = (self._last + 1) // _SIDE_BY_SIDE
        places = ((0, third - 1), (third, self._last - third), (self._last - third + 1, self._last))
        looks = (self._looks.above, self._looks.middle, self._looks.right)
        for text, (first, last), look in zip((left, middle, right), places, looks, strict=True):
            self._across(1, first, last, text, look)

    def _write_headings(self) -> None:
        headings, top = self._table.headings, self._heading_row
        bottom = self._first_row - 1
        for first, last in groups(headings):
            if headings[first].group:
                self._across(top, first, last, headings[first].group, self._looks.heading)
                for at in range(first, last + 1):
                    self._sheet.write_string(bottom, at, headings[at].text, self._looks.heading)
                continue
            by_hand = headings[first].by_hand
            look = self._looks.by_hand_heading if by_hand else self._looks.heading
            self._block(top, bottom, first, headings[first].text, look)

    def _write_rows(self) -> int:
        row = self._first_row
        for cells in self._table.rows:
            lines = 1
            for at, (heading, cell) in enumerate(zip(self._table.headings, cells, strict=True)):
                self._write_cell(row, at, heading, cell)
                room = max(int(self._width(at)) - 2, 4)
                lines = max(lines, lines_needed(shown(heading, cell.value), room))
            self._sheet.set_row(row, LINE_HEIGHT * max(lines, 1) + 5)
            row += 1
        if self._table.total is not None:
            self._write_total(row, self._table.total)
            row += 1
        return row

    def _write_cell(self, row: int, at: int, heading: Heading, cell: Cell) -> None:
        look = self._look(heading)
        if cell.value is None:
            self._sheet.write_blank(row, at, None, look)
        elif heading.share_of is not None:
            self._write_share(row, at, heading, cell, look)
        elif isinstance(cell.value, str):
            self._sheet.write_string(row, at, storable(cell.value), look)
        else:
            self._sheet.write_number(row, at, cell.value, look)

    def _write_total(self, row: int, cells: tuple[Cell, ...]) -> None:
        self._sheet.set_row(row, _LINE)
        for at, (heading, cell) in enumerate(zip(self._table.headings, cells, strict=True)):
            if cell.value is not None and heading.is_summed and self._is_sum(at, cell):
                column = _column(at)
                formula = f"=SUM({column}{self._first_row + 1}:{column}{row})"
                self._sheet.write_formula(row, at, formula, self._looks.total, cell.value)
            elif cell.value is not None and heading.share_of is not None:
                self._write_share(row, at, heading, cell, self._looks.total_share)
            elif cell.value is None:
                self._sheet.write_blank(row, at, None, self._looks.total)
            else:
                self._sheet.write(row, at, cell.value, self._looks.total)

    def _is_sum(self, at: int, total: Cell) -> bool:
        """Whether the rows add up to it: a whole may be known where its parts are not."""
        values = (cells[at].value for cells in self._table.rows)
        return sum(v for v in values if isinstance(v, (int, float))) == total.value

    def _write_share(self, row: int, at: int, heading: Heading, cell: Cell, look: Format) -> None:
        part, whole = heading.share_of or (at, at)
        formula = f"={_column(part)}{row + 1}/{_column(whole)}{row + 1}"
        self._sheet.write_formula(row, at, formula, look, cell.value)

    def _write_below(self, row: int) -> None:
        for note in self._table.notes:
            self._across(row, 0, self._last, note, self._looks.note)
            self._sheet.set_row(row, _LINE)
            row += 1
        if not self._table.below:
            return
        row += _SIGNING_BLANKS - 1
        if self._last < len(self._table.below) - 1:
            self._across(row, 0, self._last, "　　".join(self._table.below), self._looks.above)
            return
        each = (self._last + 1) // len(self._table.below)
        for place, text in enumerate(self._table.below):
            last = self._last if place == len(self._table.below) - 1 else (place + 1) * each - 1
            self._across(row, place * each, last, text, self._looks.above)

    def _dress(self, end: int) -> None:
        sheet = self._sheet
        sheet.set_row(0, _TITLE_HEIGHT)
        sheet.set_row(1, _LINE)
        for row in range(self._heading_row, self._first_row - 1):
            sheet.set_row(row, _HEADING)
        sheet.set_row(self._first_row - 1, LINE_HEIGHT * self._heading_lines() + 5)
        for at in range(self._last + 1):
            sheet.set_column(at, at, self._width(at))
        sheet.freeze_panes(self._first_row, 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{end + 1}"})
        page_setup(sheet, header_row=self._first_row - 1)

    def _heading_lines(self) -> int:
        return max(
            lines_needed(one.text, max(int(self._width(at)) - 1, 4))
            for at, one in enumerate(self._table.headings)
        )

    def _width(self, at: int) -> float:
        """As wide as what stands in it; headings over figures wrap instead."""
        heading = self._table.headings[at]
        texts = [shown(heading, cells[at].value) for cells in self._table.rows]
        widest = max(map(display_width, texts), default=0) + 2
        if heading.is_summed or heading.share_of is not None:
            return max(widest, _NARROW_FIGURE)
        return min(max(widest, display_width(heading.text) + 2, _NARROWEST), _WIDEST)

    def _look(self, heading: Heading) -> Format:
        if heading.by_hand:
            return self._looks.by_hand
        if heading.share_of is not None:
            return self._looks.share
        return self._looks.centred if heading.is_centred else self._looks.text

    def _across(self, row: int, first: int, last: int, text: str, look: Format) -> None:
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", look)
        if last >= first:
            self._sheet.write_string(row, first, storable(text), look)

    def _block(self, top: int, bottom: int, at: int, text: str, look: Format) -> None:
        if bottom > top:
            self._sheet.merge_range(top, at, bottom, at, "", look)
        self._sheet.write_string(top, at, storable(text), look)


def _write_definitions(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet(DEFINITIONS)
    line = {"border": 1, "valign": "vcenter", "text_wrap": True}
    heading = book.add_format(line | {"bold": True, "bg_color": "#F2F2F2", "align": "center"})
    text = book.add_format(line)
    pairs = [("指标", "口径"), *table.definitions]
    checks = [("相符" if one.is_good else "请核对", one.sentence) for one in table.checks]
    row = _write_pairs(sheet, 0, pairs, heading, text)
    if checks:
        _write_pairs(sheet, row + 1, [("核对", "结果"), *checks], heading, text)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_pairs(
    sheet: Worksheet, row: int, pairs: list[tuple[str, str]], heading: Format, text: Format
) -> int:
    for at, (left, right) in enumerate(pairs):
        look = text if at else heading
        sheet.write_string(row, 0, storable(left), look)
        sheet.write_string(row, 1, storable(right), look)
        sheet.set_row(row, LINE_HEIGHT * lines_needed(right, 88) + 5)
        row += 1
    return row


def _column(at: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(at))
