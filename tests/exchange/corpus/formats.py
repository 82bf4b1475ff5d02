"""The same kinds of rosters in every kind of file."""

from __future__ import annotations

from collections.abc import Callable

from tests.exchange.corpus.columns import (
    BIRTH,
    ID,
    MOBILE,
    NAME,
    POST,
    REMARK,
    SEQ,
    SEX,
    STAFF_NO,
    UNIT,
    aside,
    dotted_month,
    number_phone,
    real_date,
)  # fmt: skip
from tests.exchange.corpus.pages import CASES, Book, Case, told
from tests.exchange.corpus.saving import FORMATS


def _plain_list(book: Book) -> None:
    book.page("名册").roster([SEQ, NAME, SEX, ID, UNIT, MOBILE], book.people.some(7))


def _titled(book: Book) -> None:
    page = book.page("女职工")
    page.title("某局女职工花名册", 6)
    page.line("填报单位：某局", None, None, "填报日期：2026年3月")
    page.roster(
        [SEQ, NAME, BIRTH.showing(dotted_month), ID, POST, MOBILE],
        [*book.people.some(6), told("合计：6人", why="total")],
    )


def _two_rows(book: Book) -> None:
    page = book.page("名单")
    page.title("人员情况一览表", 6)
    page.roster(
        [SEQ, NAME, SEX, MOBILE.headed("联系方式", "手机"), aside("联系方式", "微信"), REMARK],
        book.people.some(5),
    )


def _merged_units(book: Book) -> None:
    unit = type(UNIT)("科室", "unit", UNIT.shows, merged_down=True)
    book.page("通讯录").roster(
        [unit, NAME, STAFF_NO, MOBILE.showing(number_phone)], book.people.some(8)
    )


def _real_dates(book: Book) -> None:
    book.page("生日").roster(
        [NAME, SEX, BIRTH.headed("生日").showing(real_date), UNIT], book.people.some(5)
    )


_LAYOUTS: tuple[Callable[[Book], None], ...] = (
    _plain_list,
    _titled,
    _two_rows,
    _merged_units,
    _real_dates,
)
_KEEPS_MERGES = ("openpyxl", "xlsxwriter", "xlwt", "html-xls", "xml2003-xls", "xlsx-as-xls")


def _of_format(make: Callable[[Book], None], file_format: str) -> Callable[[Book], None]:
    def made(book: Book) -> None:
        book.format = file_format
        make(book)

    return made


for _format in FORMATS:
    for _make in _LAYOUTS:
        if _make is _merged_units and _format not in _KEEPS_MERGES:
            continue
        CASES.append(
            Case(
                f"{_make.__name__.strip('_')}_{_format.replace('-', '_')}",
                "formats",
                _of_format(_make, _format),
            )
        )
