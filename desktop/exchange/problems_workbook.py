"""The rows that need work, sent back in the sender's own workbook: coloured, commented, alone.

The other rows stay in it, hidden. A list of all problems is put in front; by it the importer knows
such a workbook when it comes back, and then reads only the rows that are shown.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from db.files import write_whole
from desktop.exchange.columns import number
from desktop.exchange.preview import FileUnderstood, Preview, Row
from desktop.exchange.reading import Sheet, Workbook
from desktop.exchange.returned import FIRST_WORDS, LIST_NAME
from desktop.exchange.said import Problem
from desktop.exchange.telling import sentence
from desktop.exchange.xlsx_out import sheet_name
from desktop.fields.codes import CODES
from desktop.registers import own_fields

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_RED, _AMBER = "FFF4C7C3", "FFFCE8B2"
_SAVED_BY_OPENPYXL = frozenset(("xlsx", "xlsm"))
_HEADINGS = ("工作表", "行", "列", "栏目", "原来的内容", "问题", "怎么回事")
_WIDTHS = (14, 7, 6, 12, 24, 14, 56)


@dataclass(frozen=True)
class SentBack:
    """The workbooks written, and how many rows in them need work."""

    files: tuple[Path, ...]
    rows: int


def send_back(preview: Preview, target: Path) -> SentBack:
    """Write the workbooks with the rows that need work; nothing when there are none.

    One file goes to ``target``; of several each gets its own name after it. Raises the errors of
    :func:`db.files.write_whole`.
    """
    work = {f.file: _rows_of(preview, f) for f in preview.files}
    bad = [f for f in preview.files if work[f.file]]
    written = []
    for file in bad:
        place = target if len(bad) == 1 else target.with_stem(f"{target.stem}-{_stem(file)}")
        write_whole(place, _workbook(preview, file, work[file.file]))
        written.append(place)
    return SentBack(tuple(written), sum(len(rows) for rows in work.values()))


def needs_work(row: Row) -> bool:
    """Whether the sender has something to put right in a row."""
    is_out = row.status in ("skipped", "left_out_man")
    return not is_out and any(p.level == "error" for p in row.problems)


def _stem(file: FileUnderstood) -> str:
    return Path(file.file).stem


def _rows_of(preview: Preview, file: FileUnderstood) -> list[Row]:
    return [
        row
        for row in preview.rows
        if preview.places[row.place].file == file.file and needs_work(row)
    ]


def _workbook(preview: Preview, file: FileUnderstood, rows: Sequence[Row]) -> bytes:
    book, called = senders_workbook(file.workbook)
    by_sheet = _by_sheet(preview, rows)
    others = _by_sheet(preview, _told_otherwise(preview, file, rows))
    for sheet in book.worksheets:
        name = called[sheet.title]
        shown = [*by_sheet.get(name, ()), *others.get(name, ())]
        if shown:
            _mark(sheet, by_sheet.get(name, ()))
            _hide_others(sheet, file, name, shown)
        else:
            sheet.sheet_state = "hidden"
    _list(book, [p for row in rows for p in row.problems])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _by_sheet(preview: Preview, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(preview.places[row.place].layout.sheet.name, []).append(row)
    return found


def _told_otherwise(preview: Preview, file: FileUnderstood, rows: Sequence[Row]) -> list[Row]:
    """The rows that some of these contradict: alone, a contradiction would be none on return."""
    shown = {row.key for row in rows}
    wanted = {row.follows for row in rows if row.follows is not None} - shown
    return [
        row
        for row in preview.rows
        if row.key in wanted and preview.places[row.place].file == file.file
    ]


def senders_workbook(book: Workbook) -> tuple[Any, dict[str, str]]:
    """The sender's workbook, opened to be changed, and what each of its sheets is called in it.

    Where its format cannot be saved it is a new one with the same cells in the same places.
    """
    return _original(book) or _rebuilt(book)


def _original(book: Workbook) -> tuple[Any, dict[str, str]] | None:
    """The sender's workbook itself and its sheets, ``None`` where it cannot be opened."""
    import openpyxl

    if book.path is None or book.format not in _SAVED_BY_OPENPYXL:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = openpyxl.load_workbook(io.BytesIO(book.path.read_bytes()))
    except (OSError, KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError,
            zipfile.BadZipFile):  # fmt: skip
        return None
    called = {sheet.title: sheet.title for sheet in found.worksheets}
    return (found, called) if {s.name for s in book.sheets if s.rows} <= called.keys() else None


def _rebuilt(book: Workbook) -> tuple[Any, dict[str, str]]:
    """A new workbook with the same sheets, cells in the same places; and what each was called."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    called = {}
    for sheet in book.sheets:
        page = made.create_sheet(sheet_name(sheet.name))
        called[page.title] = sheet.name
        _copy(sheet, page)
    return made, called


def _copy(sheet: Sheet, target: Worksheet) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            if value is None:
                continue
            cell = target.cell(sheet.first_row + r, sheet.first_column + c)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type, cell.number_format = "s", "@"
    for merge in sheet.merged:
        target.merge_cells(
            start_row=merge.first_row,
            start_column=merge.first_column,
            end_row=merge.last_row,
            end_column=merge.last_column,
        )


def _mark(sheet: Worksheet, rows: Iterable[Row]) -> None:
    for row in rows:
        told: dict[int, list[Problem]] = {}
        for problem in row.problems:
            told.setdefault(number(problem.column) if problem.column else 1, []).append(problem)
        for column, problems in told.items():
            _colour(sheet, row.row, column, problems)


def _colour(sheet: Worksheet, row: int, column: int, problems: Sequence[Problem]) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return
    is_red = any(p.level == "error" for p in problems)
    cell.fill = PatternFill("solid", fgColor=_RED if is_red else _AMBER)
    words = "\n".join(sentence(p) for p in problems)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(before + words, "半边天", width=300, height=40 + 20 * len(problems))


def _hide_others(sheet: Worksheet, file: FileUnderstood, name: str, rows: Iterable[Row]) -> None:
    shown = {row.row for row in rows}
    sheet.auto_filter.ref = None
    for layout in file.sheets:
        if layout.sheet.name != name:
            continue
        for table in layout.tables:
            heads = set(table.header_rows)
            below = max(heads, default=layout.sheet.first_row - 1) + 1
            last = layout.sheet.first_row + len(table.rows)
            for place in range(below, last):
                sheet.row_dimensions[place].hidden = place not in shown | heads


def _list(book: Any, problems: Sequence[Problem]) -> None:
    """The list in front, by which the workbook is known again."""
    from openpyxl.styles import Alignment, Font

    if LIST_NAME in book.sheetnames:
        book.remove(book[LIST_NAME])
    sheet = book.create_sheet(LIST_NAME, 0)
    sheet.append([f"{FIRST_WORDS}：红色的格要改，改好后整份导入，只会动没隐藏的行"])
    sheet["A1"].font = Font(bold=True)
    sheet.append(list(_HEADINGS))
    for problem in problems:
        sheet.append(list(_line(problem)))
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFG"[place]].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _line(problem: Problem) -> tuple[object, ...]:
    label = own_fields.label_of(problem.field)
    return (
        problem.sheet,
        problem.row,
        problem.column,
        label,
        problem.value,
        CODES.get(problem.code, ""),
        sentence(problem),
    )
