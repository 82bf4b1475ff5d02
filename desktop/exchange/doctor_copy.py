"""How are the fixes written down? Into a copy of the sender's workbook, never into the original."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import InvalidInputError
from db.files import write_whole
from desktop.exchange.columns import letter
from desktop.exchange.doctor import with_units
from desktop.exchange.doctor_formulas import Values, with_values
from desktop.exchange.doctor_report import Repair, Report
from desktop.exchange.doctor_telling import HEADINGS, WIDTHS, lines, summary
from desktop.exchange.problems_workbook import senders_workbook
from desktop.exchange.reading.cells import Sheet
from desktop.exchange.returned import REPORT_NAME, REPORT_WORDS
from desktop.exchange.xlsx_out import storable
from desktop.fields.kinds import cell_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TINT = "FFE1F0EA"
_NOTE_WIDTH, _NOTE_HEIGHT = 260, 70


def write_fixed(
    report: Report, target: Path, *, units: Mapping[str, str] | None = None
) -> tuple[Repair, ...]:
    """Write the copy with everything repaired that needs no question, and the report in front.

    ``units`` gives the proposed spellings that were agreed to, as in
    :func:`desktop.exchange.doctor.with_units`; nothing of units is touched without it. Cells that
    hold a formula are left alone. Gives what was changed. Raises :class:`InvalidInputError` when
    ``target`` is the original, and the errors of :func:`db.files.write_whole`.
    """
    _refuse_original(report, target)
    wanted = with_units(report, units or {})
    book, called = senders_workbook(report.book)
    done = [one for one in wanted if _repair(_page(book, called, one.sheet), one)]
    _put_in_front(book, report, frozenset((r.sheet, r.row, letter(r.column)) for r in done))
    stream = io.BytesIO()
    book.save(stream)
    is_1904 = any(sheet.date_1904 for sheet in report.book.sheets)
    data = with_values(stream.getvalue(), _values(book, called, report), date_1904=is_1904)
    write_whole(target, data)
    return tuple(done)


def _refuse_original(report: Report, target: Path) -> None:
    original = report.book.path
    if original is not None and target.exists() and original.exists() and target.samefile(original):
        raise InvalidInputError(
            {"target": "不能写到原表上"},
            happened=f"“{target.name}”就是原来那份表格，修好的要另存一份，请换一个文件名。",
        )


def _page(book: Any, called: Mapping[str, str], name: str) -> Worksheet:
    found: Worksheet = next(page for page in book.worksheets if called.get(page.title) == name)
    return found


def _repair(page: Worksheet, repair: Repair) -> bool:
    """Write one cell; False for one that must be left alone."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = page.cell(repair.row, repair.column)
    if isinstance(cell, MergedCell) or cell.data_type == "f":
        return False
    cell.value = repair.new
    if isinstance(repair.new, str):
        cell.data_type, cell.number_format = "s", "@"
    elif repair.new is not None:
        cell.number_format = "General"
    cell.fill = PatternFill("solid", fgColor=_TINT)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    words = f"{before}原来：{cell_text(repair.old)}\n{repair.reason}"
    cell.comment = Comment(words, "半边天", width=_NOTE_WIDTH, height=_NOTE_HEIGHT)
    return True


def _values(book: Any, called: Mapping[str, str], report: Report) -> dict[int, Values]:
    """What stood in every cell, by the place of its sheet in the copy."""
    sheets = {sheet.name: sheet for sheet in report.book.sheets}
    return {
        place: _cells(sheets[called[page.title]])
        for place, page in enumerate(book.worksheets, 1)
        if page.title in called
    }


def _cells(sheet: Sheet) -> Values:
    return {
        (sheet.first_row + r, sheet.first_column + c): value
        for r, row in enumerate(sheet.rows)
        for c, value in enumerate(row)
        if value is not None
    }


def _put_in_front(book: Any, report: Report, done: frozenset[tuple[str, int, str]]) -> None:
    from openpyxl.styles import Font

    if REPORT_NAME in book.sheetnames:
        book.remove(book[REPORT_NAME])
    page = book.create_sheet(REPORT_NAME, 0)
    page.append([f"{REPORT_WORDS}：{summary(report)}"])
    page["A1"].font = Font(bold=True, size=14)
    page.append(["浅绿的格子已经修好，批注里是原来的写法；其余的请核对后改正。"])
    page.append([])
    page.append(list(HEADINGS))
    _write_lines(page, lines(report, done), report)
    for place, width in enumerate(WIDTHS, 1):
        page.column_dimensions[letter(place)].width = width
    page.freeze_panes = "A5"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _write_lines(page: Worksheet, told: Iterable[Sequence[str]], report: Report) -> None:
    from openpyxl.styles import Alignment, Font

    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for place in range(1, len(HEADINGS) + 1):
        page.cell(4, place).font = bold
    visible = {sheet.name for sheet in report.book.sheets if sheet.visible}
    for number, line in enumerate(told, 5):
        for place, text in enumerate(line, 1):
            cell = page.cell(number, place, storable(text))
            cell.data_type, cell.alignment = "s", wrapped
        sheet, _, address = line[2].partition("!")
        if address and ":" not in address and sheet in visible:
            quoted = sheet.replace("'", "''")
            page.cell(number, 3).hyperlink = f"#'{quoted}'!{address}"
