"""How a workbook reaches the disk: text stays text, the old file stays until the new is whole."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import FileInUseError
from db.files import of_system, put_in_place, refusals_at

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576
LINE_HEIGHT = 15  # points
BODY_FONT = "宋体"
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OWNER_MARKS = ("~${}", ".~{}", ".~lock.{}#")  # Excel, WPS, LibreOffice


@contextmanager
def new_workbook(target: Path, *, title: str, today: date, low_memory: bool) -> Iterator[Workbook]:
    """A workbook to fill; it is at ``target`` once the block ends, and not at all if it raises.

    Nothing typed into it becomes a formula or a link. With ``low_memory`` rows must be written from
    top to bottom. A target open in a spreadsheet program is a ``FileInUseError``, before any work.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with refusals_at(target), _folder_beside(target) as folder:
        unfinished = Path(folder, "workbook.xlsx")
        book = Workbook(
            unfinished,
            {
                "constant_memory": low_memory,
                "in_memory": not low_memory,
                "tmpdir": folder,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": BODY_FONT, "font_size": 11},
            },
        )
        book.set_properties({"title": storable(title), "created": _midnight(today)})
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise of_system(error.args[0], target) from error
        finally:
            _let_go(book)
        _replace(unfinished, target)


def storable(text: str) -> str:
    """The text without what no workbook can hold: control characters and halves of characters."""
    if "\r" in text or "\u2028" in text or "\u2029" in text:
        text = _LINE_ENDS.sub("\n", text)
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


def is_storable(text: str) -> bool:
    """Whether nothing would be left out."""
    return _UNSTORABLE.search(text) is None


def sheet_name(text: str) -> str:
    """A name a spreadsheet program accepts: at most 31 units, none of ``[]:*?/\\``."""
    plain = re.sub(r"[\[\]:*?/\\'\n\t]", "", storable(text)).strip()
    while len(plain.encode("utf-16-le")) > 62:
        plain = plain[:-1]
    return plain or "Sheet1"


def banner(sheet: Worksheet, row: int, last_column: int, text: str, look: Format) -> None:
    """One line of text across all columns, kept as text whatever it begins with."""
    sheet.merge_range(row, 0, row, last_column, "", look)
    sheet.write_string(row, 0, storable(text), look)


def page_setup(sheet: Worksheet, *, header_row: int) -> None:
    """A4 lying down, one page wide, the heading on every page, pages counted."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(0, header_row)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def display_width(text: str) -> int:
    """Columns the longest line takes, a Chinese character counting two."""
    return max(len(line) + sum(ord(c) > 0x2E7F for c in line) for line in text.split("\n"))


def lines_needed(text: str, width: int) -> int:
    """Lines a text takes in a column that is ``width`` wide and wraps."""
    return sum(-(-max(display_width(line), 1) // width) for line in text.split("\n"))


def _midnight(day: date) -> datetime:
    # a fixed hour, so that the same content on the same day is the same file
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - workbooks know no time zone


@contextmanager
def _folder_beside(target: Path) -> Iterator[str]:
    _refuse_if_open(target)
    # an error on the way out must not hide the one that brought us here
    with tempfile.TemporaryDirectory("~", "~", target.parent, ignore_cleanup_errors=True) as folder:
        yield folder


def _refuse_if_open(target: Path) -> None:
    # Linux lets an open file be replaced, and the other program would then save over it
    for mark in _OWNER_MARKS:
        if target.with_name(mark.format(target.name)).exists():
            raise _in_use(target)


def _in_use(target: Path) -> FileInUseError:
    return FileInUseError(
        f"“{target.name}”正在 WPS 表格或 Excel 里打开着，暂时不能改写。",
        kept="原来那份表格和名册都没有任何改动。",
        remedy="请先关闭它再试一次，或者换一个文件名。",
    )


def _replace(unfinished: Path, target: Path) -> None:
    try:
        put_in_place(unfinished, target)
    except PermissionError as error:
        if target.is_file() and getattr(error, "winerror", None):
            raise _in_use(target) from error
        raise


def _let_go(book: Workbook) -> None:
    """Close the part files of an abandoned workbook, so that Windows lets them be removed."""
    for sheet in book.worksheets():
        for part in (sheet.row_data_fh, sheet.fh):
            if part is not None:
                with suppress(OSError):  # what it still held is not wanted any more
                    part.close()
