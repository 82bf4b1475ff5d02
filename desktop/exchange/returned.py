"""Is this a workbook the program sent out for correction, now coming back?"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.exchange.reading import Sheet, Workbook

LIST_NAME = "问题清单"
FIRST_WORDS = "半边天·问题清单"
REPORT_NAME = "体检报告"
REPORT_WORDS = "半边天·体检报告"


def is_returned(book: Workbook) -> bool:
    """Whether the list of problems stands in it."""
    return any(_is_list(sheet) for sheet in book.sheets)


def to_read(book: Workbook) -> Iterable[Sheet]:
    """The sheets to be read: of a returned workbook only those that need work; never a report."""
    if not is_returned(book):
        return [s for s in book.sheets if not _is_ours(s, REPORT_NAME, REPORT_WORDS)]
    return [s for s in book.sheets if s.visible and not _is_list(s)]


def _is_list(sheet: Sheet) -> bool:
    return _is_ours(sheet, LIST_NAME, FIRST_WORDS)


def _is_ours(sheet: Sheet, name: str, words: str) -> bool:
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    return sheet.name == name and isinstance(first, str) and first.startswith(words)
