# ruff: noqa: E501
"""Names as people bear and write them, and cells that must agree with one another."""

from __future__ import annotations

from tests.exchange.corpus.cells import Showing, in_turn
from tests.exchange.corpus.columns import (
    BIRTH,
    ID,
    MOBILE,
    NAME,
    NATION,
    PARTY,
    REMARK,
    SEQ,
    SEX,
    STAFF_NO,
    UNIT,
)
from tests.exchange.corpus.pages import Book, Column, Line, Shown, case


def _names(book: Book, names: dict[str, str | tuple[str, ...]]) -> None:
    page = book.page()
    page.line("序号", "姓名", "性别", "联系电话")
    page.headers.append(((1,), "B"))
    for i, (shown, name) in enumerate(names.items()):
        person = book.people.one()
        page.put(i + 2, 1, i + 1, shown, "女", person.mobile)
        page.expect(i + 2, name=name, mobile=person.mobile)


@case("names")
def minority_names_with_dots(book: Book) -> None:
    _names(book, {
        "阿依古丽·买买提": "阿依古丽·买买提", "古丽娜尔•艾力": "古丽娜尔·艾力",
        "热依汗．吐尔逊": "热依汗·吐尔逊", "卓玛": "卓玛", "其其格・巴特尔": "其其格·巴特尔",
        "迪丽努尔·阿卜杜热合曼·买买提": "迪丽努尔·阿卜杜热合曼·买买提", "阿米娜 · 热合曼": "阿米娜·热合曼",
    })  # fmt: skip


@case("names")
def rare_characters(book: Book) -> None:
    _names(
        book, {n: n for n in ("李䶮", "王㛃", "张𬭚", "陈𠮷", "刘珺", "赵堃", "欧阳喆", "〇一凡")}
    )


@case("names")
def foreign_names(book: Book) -> None:
    _names(book, {n: n for n in ("Mary Smith", "Anna Müller", "王芳", "Nguyen Thi Lan")})


@case("names")
def spaces_and_invisible_characters(book: Book) -> None:
    _names(
        book,
        {
            "王 芳": "王芳",
            "　李娜": "李娜",
            "张\u00a0敏": "张敏",
            "陈静\u200b": "陈静",
            "\ufeff刘丽": "刘丽",
            "赵\n艳": "赵艳",
        },
    )


@case("names")
def surnames_that_are_other_words(book: Book) -> None:
    _names(
        book,
        {
            n: n
            for n in (
                "单小计",
                "总海霞",
                "计合心",
                "合静",
                "何计",
                "年华",
                "党红",
                "部慧",
                "表妹",
                "项目",
                "时雨",
                "单位",
                "别舒",
                "和计",
                "毕总",
                "毛注",
            )
        },
    )


@case("names")
def four_characters_and_long_surnames(book: Book) -> None:
    _names(
        book,
        {
            n: n
            for n in (
                "欧阳文静",
                "上官婉儿",
                "司马春花",
                "司徒美堂",
                "王李丹妮",
                "诸葛明",
                "尉迟佳慧",
            )
        },
    )


@case("names")
def the_same_name_of_different_people(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, ID, UNIT, MOBILE]
    page.roster(columns, [
        book.people.one(name="王芳", unit="财务科"), book.people.one(name="李娜", unit="财务科"),
        book.people.one(name="王芳", unit="办公室"),
    ])  # fmt: skip


@case("names")
def annotated_names_are_marked(book: Book) -> None:
    page = book.page()
    page.line("序号", "姓名", "性别")
    for i, (shown, name) in enumerate(
        (("王芳（退休）", "王芳"), ("李娜（回族）", "李娜"), ("张敏", "张敏"), ("赵艳(女)", "赵艳"))
    ):
        page.put(i + 2, 1, i + 1, shown, "女")
        page.expect(i + 2, name=name)
        if shown[2:] in ("（退休）", "（回族）"):
            page.report(i + 2, "B", "name_note", "status_in_remark")


@case("names")
def the_same_person_twice(book: Book) -> None:
    page = book.page()
    one, two = book.people.some(2)
    page.roster([SEQ, NAME, ID, UNIT], [one, two])
    page.put(page.row, 1, 3, one.name, one.id_number, one.unit)
    page.report(page.row, "", "same_person_twice")


@case("names")
def one_number_for_two_names(book: Book) -> None:
    page = book.page()
    one, two = book.people.some(2)
    page.roster([SEQ, NAME, ID, UNIT], [one])
    page.put(page.row, 1, 2, two.name, one.id_number, two.unit)
    page.expect(page.row, name=two.name, id_number="", unit=two.unit)
    page.expected[0].values["id_number"] = ""
    page.report(page.row, "C", "id_duplicate_in_file")
    page.report(2, "C", "id_duplicate_in_file")


@case("cells")
def sex_against_the_number(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, ID], book.people.some(4))
    row = page.row
    man = book.people.one("男")
    page.put(row, 1, 5, man.name, "女", man.id_number)
    page.expect(row, name=man.name, id_number=man.id_number)
    page.report(row, "", "sex_mismatch")


@case("cells")
def birthday_against_the_number(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, BIRTH, ID], book.people.some(3))
    person = book.people.one()
    page.put(page.row, 1, 4, person.name, "1970-01-01", person.id_number)
    page.expect(page.row, name=person.name, id_number=person.id_number)
    page.report(page.row, "", "birth_mismatch")


@case("cells")
def choices_nobody_knows(book: Book) -> None:
    page = book.page()
    page.roster([NAME, SEX, NATION, PARTY.showing(lambda p, i: Shown("民主人士甲", "", ("choice_unknown",)) if i == 1 else Shown("党员", "01"))],
                book.people.some(4))  # fmt: skip


@case("cells")
def nations_with_and_without_zu(book: Book) -> None:
    ways: tuple[Showing, ...] = (
        lambda p: Shown("汉族", "01"), lambda p: Shown("汉", "01"), lambda p: Shown("维吾尔族", "05"), lambda p: Shown("土家", "15"),
        lambda p: Shown(" 回 族", "03"),
    )  # fmt: skip
    book.page().roster([NAME, SEX, NATION.showing(in_turn(*ways))], book.people.some(5))


@case("cells")
def party_as_yes_and_no(book: Book) -> None:
    book.page().roster(
        [
            NAME,
            SEX,
            PARTY.headed("是否党员").showing(
                lambda p, i: Shown("是", "01") if i % 2 else Shown("否", "")
            ),
        ],
        book.people.some(4),
    )


@case("cells")
def marriage_as_yes_and_no(book: Book) -> None:
    married = Column(
        "婚否",
        "marital_status_code",
        lambda p, i: Shown(
            *(
                ("是", "20"),
                ("否", "10"),
                ("已", "20"),
                ("未", "10"),
                ("离异", "40"),
                ("已婚", "20"),
            )[i]
        ),
    )
    book.page().roster([NAME, SEX, married], book.people.some(6))


@case("cells")
def health_in_the_remarks(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME,
            SEX,
            REMARK.showing(
                lambda p, i: (
                    Shown("怀孕5个月", None, ("health_remark_left_out",)) if i == 1 else None
                )
            ),
        ],
        book.people.some(4),
    )


@case("cells")
def numbers_as_staff_numbers(book: Book) -> None:
    book.page().roster(
        [STAFF_NO.showing(lambda p, i: Shown(10_000 + i, str(10_000 + i))), NAME, UNIT],
        book.people.some(5),
    )


@case("cells")
def rows_without_a_name(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, ID, MOBILE], book.people.some(3))
    lost = book.people.one()
    page.put(page.row, 1, 4, None, lost.id_number, lost.mobile)
    page.report(page.row, "", "name_missing")


@case("cells")
def names_that_are_no_names(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, UNIT], [
        *book.people.some(3), Line({0: 4, 1: "待定", 3: "财务科"}), Line({0: 5, 1: "空缺", 3: "财务科"}),
    ])  # fmt: skip
