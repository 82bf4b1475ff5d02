# ruff: noqa: E501
"""Cells as people write them: numbers, dates, phones, names, formulas and errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from tests.exchange.corpus.columns import (
    BIRTH,
    ID,
    MOBILE,
    NAME,
    SEQ,
    SEX,
    UNIT,
    aside,
)  # fmt: skip
from tests.exchange.corpus.pages import Book, Formula, Shown, case
from tests.exchange.corpus.people import Person

Showing = Callable[[Person], Any]


def in_turn(*ways: Showing) -> Callable[[Person, int], Any]:
    """Each person's cell is written in the next way."""
    return lambda person, index: ways[index % len(ways)](person)


def old_number(person: Person) -> str:
    return person.id_number[:6] + person.id_number[8:17]


def wrong_check(person: Person) -> str:
    return person.id_number[:17] + ("1" if person.id_number[17] != "1" else "2")


def masked(text: str) -> str:
    return text[:4] + "*" * (len(text) - 8) + text[-4:]


ID_WAYS: tuple[Showing, ...] = (
    lambda p: p.id_number,
    lambda p: " ".join((p.id_number[:6], p.id_number[6:10], p.id_number[10:14], p.id_number[14:])),
    lambda p: "'" + p.id_number,
    lambda p: p.id_number.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}),
    lambda p: "\u200b" + p.id_number + "\u00a0",
    lambda p: p.id_number.lower() + "\n",
    lambda p: f"{p.id_number[:6]}-{p.id_number[6:14]}-{p.id_number[14:]}",
)


@case("cells")
def id_numbers_spaced_and_quoted(book: Book) -> None:
    book.page().roster([SEQ, NAME, ID.showing(in_turn(*ID_WAYS))], book.people.some(14))


@case("cells")
def id_numbers_typed_as_numbers(book: Book) -> None:
    columns = [
        SEQ,
        NAME,
        ID.showing(lambda p, i: Shown(float(p.id_number[:15] + "000"), "", ("id_digits_lost",))),
    ]
    book.page().roster([*columns, MOBILE], book.people.some(5))


@case("cells")
def id_numbers_in_scientific_text(book: Book) -> None:
    columns = [
        NAME,
        SEX,
        ID.showing(lambda p, i: Shown(f"{float(p.id_number[:17] + '0'):.5E}", "", ("*",))),
    ]
    book.page().roster(columns, book.people.some(3))


@case("cells")
def id_numbers_of_fifteen_digits(book: Book) -> None:
    columns = [
        NAME,
        ID.showing(
            lambda p, i: (
                Shown(old_number(p), p.id_number, ("id_upgraded",))
                if p.born.year < 2000
                else p.id_number
            )
        ),
    ]
    book.page().roster([*columns, SEX], book.people.some(4))


@case("cells")
def id_numbers_wrong_or_masked(book: Book) -> None:
    ways: tuple[Showing, ...] = (
        lambda p: p.id_number,
        lambda p: Shown(wrong_check(p), "", ("id_check_digit",)),
        lambda p: Shown(p.id_number[:17], "", ("id_length",)),
        lambda p: Shown(masked(p.id_number), "", ("*",)),
        lambda p: Shown("待补", "", ("*",)),
        lambda p: Shown(None, ""),
        lambda p: Shown("无", ""),
        lambda p: Shown(
            p.id_number[:6] + "19861332" + p.id_number[14:], "", ("id_date", "id_check_digit")
        ),
    )
    book.page().roster([SEQ, NAME, ID.showing(in_turn(*ways)), UNIT], book.people.some(8))


@case("cells")
def id_with_name_of_the_document(book: Book) -> None:
    columns = [
        NAME,
        ID.showing(
            lambda p, i: Shown(f"{p.id_number}（身份证）", p.id_number) if i == 1 else p.id_number
        ),
    ]
    book.page().roster([*columns, SEX], book.people.some(4))


DATE_WAYS: tuple[Showing, ...] = (
    lambda p: Shown(f"{p.born:%Y.%m}", f"{p.born:%Y-%m}"),
    lambda p: Shown(f"{p.born.year}.{p.born.month}.{p.born.day}", p.born.isoformat()),
    lambda p: Shown(f"{p.born.year}年{p.born.month}月", f"{p.born:%Y-%m}"),
    lambda p: Shown(f"{p.born.year}年{p.born.month:02}月{p.born.day:02}日", p.born.isoformat()),
    lambda p: Shown(f"{p.born.year}-{p.born.month}-{p.born.day}", p.born.isoformat()),
    lambda p: Shown(f"{p.born.year}/{p.born.month}/{p.born.day}", p.born.isoformat()),
    lambda p: Shown(f"{p.born.year}、{p.born.month}", f"{p.born:%Y-%m}"),
    lambda p: Shown(f"{p.born:%Y%m%d}", p.born.isoformat()),
    lambda p: Shown(int(f"{p.born:%Y%m%d}"), p.born.isoformat()),
    lambda p: Shown(int(f"{p.born:%Y%m}"), f"{p.born:%Y-%m}"),
    lambda p: Shown(datetime.combine(p.born, time()), p.born.isoformat()),
    lambda p: Shown(f"{p.born:%y}.{p.born.month}.{p.born.day}", p.born.isoformat()),
    lambda p: Shown(f"{p.born:%y}年{p.born.month}月", f"{p.born:%Y-%m}"),
    lambda p: Shown(
        f"{p.born.year}.{p.born.month:02}（{2026 - p.born.year}岁）", f"{p.born:%Y-%m}"
    ),
    lambda p: Shown((p.born - date(1899, 12, 30)).days, p.born.isoformat()),
    lambda p: Shown(f"{p.born.year}。{p.born.month}", f"{p.born:%Y-%m}"),
    lambda p: Shown(f"{p.born.year}\\{p.born.month}\\{p.born.day}", p.born.isoformat()),
    lambda p: Shown(f"{p.born:%Y-%m-%d} 00:00:00", p.born.isoformat()),
)


@case("cells")
def dates_in_every_style(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, ID, BIRTH.headed("出生年月").showing(in_turn(*DATE_WAYS))], book.people.some(36)
    )


@case("cells")
def dates_in_every_style_without_ids(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, BIRTH.showing(in_turn(*DATE_WAYS))], book.people.some(18))


def _numeral(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(year))


@case("cells")
def dates_in_chinese_numerals(book: Book) -> None:
    months = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
    ways: tuple[Showing, ...] = (
        lambda p: Shown(
            f"{_numeral(p.born.year)}年{months[p.born.month - 1]}月", f"{p.born:%Y-%m}"
        ),
        lambda p: Shown(
            _numeral(p.born.year).replace("〇", "○") + f"年{months[p.born.month - 1]}月",
            f"{p.born:%Y-%m}",
        ),
    )
    book.page().roster([NAME, SEX, BIRTH.showing(in_turn(*ways))], book.people.some(6))


@case("cells")
def dates_nobody_can_read(book: Book) -> None:
    ways: tuple[Showing, ...] = (
        lambda p: p.born.isoformat(),
        lambda p: Shown("1985.02.30", "", ("date_impossible", "date_unreadable")),
        lambda p: Shown("农历六月初三", "", ("date_lunar", "date_unreadable")),
        lambda p: Shown("不详", ""),
        lambda p: Shown("-", ""),
    )
    book.page().roster([SEQ, NAME, SEX, BIRTH.showing(in_turn(*ways))], book.people.some(10))


@case("cells")
def ambiguous_tenth_months_without_ids(book: Book) -> None:
    page = book.page()
    page.line("姓名", "性别", "出生年月")
    page.headers.append(((1,), "A"))
    for i, value in enumerate((1985.1, 1986.06, 1987.11)):
        person = book.people.one()
        page.put(i + 2, 1, person.name, "女", value)
        page.expect(i + 2, name=person.name, birth_date=("", "1986-06", "1987-11")[i])
    page.report(2, "C", "date_ambiguous")


@case("cells")
def ambiguous_tenth_months_decided_by_the_id(book: Book) -> None:
    from tests.people import id_number

    page = book.page()
    page.line("姓名", "身份证号", "出生年月")
    for row, born in enumerate((date(1985, 10, 3), date(1985, 1, 9)), start=2):
        person, number = book.people.one(), id_number(born, row * 2)
        page.put(row, 1, person.name, number, 1985.1)
        page.expect(row, name=person.name, id_number=number, birth_date=f"{born:%Y-%m}")


PHONE_WAYS: tuple[Showing, ...] = (
    lambda p: p.mobile,
    lambda p: int(p.mobile),
    lambda p: float(p.mobile),
    lambda p: f"{p.mobile[:3]} {p.mobile[3:7]} {p.mobile[7:]}",
    lambda p: f"{p.mobile[:3]}-{p.mobile[3:7]}-{p.mobile[7:]}",
    lambda p: "+86 " + p.mobile,
    lambda p: "0086" + p.mobile,
    lambda p: p.mobile.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}),
    lambda p: "'" + p.mobile,
    lambda p: p.mobile + ".0",
    lambda p: "\u200e" + p.mobile + "\u200b",
)


@case("cells")
def phones_in_every_style(book: Book) -> None:
    book.page().roster(
        [SEQ, NAME, UNIT, MOBILE.showing(in_turn(*PHONE_WAYS))], book.people.some(22)
    )


@case("cells")
def phones_two_in_a_cell(book: Book) -> None:
    ways: tuple[Showing, ...] = tuple(
        (lambda p, s=s: Shown(f"{p.mobile}{s}13900000000", p.mobile, ("phone_second",)))
        for s in ("/", "、", "；", "，", "\n", " ")
    )
    book.page().roster([SEQ, NAME, MOBILE.showing(in_turn(*ways))], book.people.some(6))


@case("cells")
def phones_landline_before_the_mobile(book: Book) -> None:
    ways: tuple[Showing, ...] = (
        lambda p: Shown(f"027-87654321/{p.mobile}", p.mobile, ("phone_second",)),
        lambda p: p.mobile,
    )
    book.page().roster([SEQ, NAME, MOBILE.showing(in_turn(*ways))], book.people.some(4))


@case("cells")
def phones_masked_or_short(book: Book) -> None:
    ways: tuple[Showing, ...] = (
        lambda p: p.mobile,
        lambda p: Shown(p.mobile[:3] + "****" + p.mobile[7:], "", ("*",)),
        lambda p: Shown(p.mobile[:10], "", ("*",)),
        lambda p: Shown("无", ""),
        lambda p: Shown("同上", None),
    )
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE.showing(in_turn(*ways[:4]))], book.people.some(8))


@case("cells")
def phones_with_an_owner(book: Book) -> None:
    columns = [
        SEQ,
        NAME,
        SEX,
        MOBILE.showing(lambda p, i: Shown(f"{p.mobile}（本人）", p.mobile) if i == 1 else p.mobile),
    ]
    book.page().roster(columns, book.people.some(4))


@case("cells")
def formulas_with_kept_values(book: Book) -> None:
    book.format = "xlsxwriter"
    page = book.page()
    page.roster([
        SEQ.showing(lambda p, i: Formula("=ROW()-1", i + 1)), NAME, ID,
        aside("年龄").showing(lambda p, i: Formula("=YEAR(NOW())-MID(C2,7,4)", 2026 - p.born.year)),
        BIRTH.showing(lambda p, i: Shown(Formula('=TEXT(MID(C2,7,8),"0000-00-00")', p.born.isoformat()), p.born.isoformat())),
    ], book.people.some(6))  # fmt: skip


@case("cells")
def formulas_without_values(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, BIRTH.showing(lambda p, i: Shown(Formula("=MID(C2,7,8)"), "", ("formula_without_value",)))],
                book.people.some(4))  # fmt: skip


@case("cells")
def error_cells(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, ID, MOBILE.showing(lambda p, i: Shown("#N/A", "", ("cell_error",)) if i == 1 else p.mobile)],
                book.people.some(4))  # fmt: skip


@case("cells")
def placeholders(book: Book) -> None:
    ways: tuple[Showing, ...] = (
        lambda p: p.mobile,
        lambda p: Shown("/", ""),
        lambda p: Shown("—", ""),
        lambda p: Shown("无", ""),
        lambda p: Shown("-", ""),
    )
    book.page().roster([SEQ, NAME, ID, MOBILE.showing(in_turn(*ways))], book.people.some(10))


@case("cells")
def ditto_marks(book: Book) -> None:
    units = ("办公室", "同上", "〃", "财务科", "同上")
    means = ("办公室", "办公室", "办公室", "财务科", "财务科")
    book.page().roster(
        [SEQ, NAME, UNIT.showing(lambda p, i: Shown(units[i], means[i])), SEX], book.people.some(5)
    )
