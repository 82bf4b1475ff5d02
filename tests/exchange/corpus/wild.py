# ruff: noqa: E501
"""Layouts that fit no rule at first sight."""

from __future__ import annotations

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
    kept,
    padded_name,
)  # fmt: skip
from tests.exchange.corpus.pages import Book, Column, Line, Shown, blank, case, told


@case("wild")
def couples(book: Book) -> None:
    book.asks = None
    page = book.page("最美家庭")
    page.line("序号", "丈夫姓名", "妻子姓名", "家庭住址", "联系电话")
    for i in range(4):
        man, woman = book.people.one("男"), book.people.one()
        page.line(i + 1, man.name, woman.name, f"某路{i}号", woman.mobile)


@case("wild")
def side_by_side_without_a_gap(book: Book) -> None:
    page = book.page()
    for column, count in ((1, 6), (3, 6), (5, 4)):
        page.row = 2
        page.roster([NAME, MOBILE.headed("电话")], book.people.some(count), column=column)
    page.put(1, 1, "通讯录")
    page.merges.append((1, 1, 1, 6))


@case("wild")
def side_by_side_of_different_columns(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, UNIT], book.people.some(6))
    page.row = 1
    page.roster([SEQ, NAME, MOBILE], book.people.some(4), column=6)


@case("wild")
def a_small_table_per_unit(book: Book) -> None:
    page = book.page()
    for unit in ("办公室", "财务科", "信息中心"):
        page.title(unit, 4)
        page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(3, unit=unit), also={"unit": unit})
        page.skip()


@case("wild")
def a_titled_table_per_unit(book: Book) -> None:
    page = book.page()
    for unit in ("财务科", "执法大队"):
        page.title(f"{unit}女职工名单", 4)
        page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(3, unit=unit))
        page.skip(2)


@case("wild")
def unit_labels_above_each_table(book: Book) -> None:
    page = book.page()
    for unit in ("办公室", "财务科"):
        page.line(f"部门：{unit}")
        page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(3, unit=unit), also={"unit": unit})
        page.skip()


@case("wild")
def two_levels_of_merged_units(book: Book) -> None:
    page = book.page()
    big = Column("单位", "", lambda p, i: "机关" if i < 6 else "下属中心", merged_down=True)
    small = Column("科室", "unit", lambda p, i: p.unit, merged_down=True)
    page.roster([big, small, NAME, SEX, MOBILE], book.people.some(9, units=3))


@case("wild")
def blank_rows_below_the_header(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE], [blank(), blank(), *book.people.some(4)])


@case("wild")
def letters_under_the_headings(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, UNIT], [Line({0: "甲", 1: "乙", 2: "丙", 3: "丁"}), *book.people.some(4)]
    )


@case("wild")
def numbers_under_the_headings(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, UNIT], [Line({0: 1, 1: 2, 2: 3, 3: 4}), *book.people.some(4)])


@case("wild")
def vacant_posts(book: Book) -> None:
    page = book.page()
    vacant = [
        Line({0: 5, 1: word, 3: "科员"}) for word in ("（空编）", "空岗", "待聘", "暂缺", "无")
    ]
    page.roster([SEQ, NAME, SEX, POST], [*book.people.some(4), *vacant])


@case("wild")
def roles_before_the_names(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(3))
    person = book.people.one(name="王芳")
    page.put(page.row, 1, 4, "组长：王芳", "女", person.mobile)
    page.expect(page.row, name="王芳", mobile=person.mobile)
    page.report(page.row, "B", "*")


@case("wild")
def names_with_roles_in_brackets(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME.showing(
                lambda p, i: (
                    Shown(f"{p.name}（组长）", p.name, ("name_note",)) if i == 0 else p.name
                )
            ),
            UNIT,
        ],
        book.people.some(4),
    )


@case("wild")
def names_with_telephones(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, UNIT], book.people.some(3))
    page.put(page.row, 1, 4, "王芳13812345678", "办公室")
    page.expect(page.row, name="王芳", unit="办公室")
    page.report(page.row, "B", "*")


@case("wild")
def wecom_template(book: Book) -> None:
    page = book.page("成员列表")
    page.title(
        "填写须知：\n• 不能在该Excel表中对成员信息类别进行增加、删除或修改；\n• Excel中红色字段为必填字段，黑色字段为选填字段；\n• 账号：成员的唯一标识，由1-64个字母、数字、点(.)组成；\n• 部门：上下级部门间用‘/’隔开，如：某公司/财务部；",
        8,
    )
    page.roster(
        [
            NAME,
            aside("账号", text="u{i}"),
            aside("别名"),
            POST,
            UNIT.headed("部门").showing(lambda p, i: Shown(f"某局/{p.unit}", None)),
            SEX,
            MOBILE.headed("手机"),
            aside("座机"),
        ],
        book.people.some(5),
    )


@case("wild")
def dingtalk_export(book: Book) -> None:
    page = book.page("员工花名册")
    page.title("请勿删除或修改表头；工号、手机号以文本格式填写", 6)
    page.roster(
        [
            aside("UserID", text="08{i:04}"),
            NAME,
            STAFF_NO,
            aside("是否主管", text="否"),
            MOBILE.headed("手机号"),
            UNIT.headed("部门"),
            aside("直属主管", text="何总"),
            aside("邮箱"),
        ],
        book.people.some(5),
    )


@case("wild")
def placeholders_of_databases(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            STAFF_NO,
            NAME,
            MOBILE.showing(lambda p, i: Shown("NULL", "") if i % 2 else p.mobile),
            ID.showing(lambda p, i: Shown("null", "") if i == 2 else p.id_number),
            UNIT.showing(lambda p, i: Shown("NULL", "") if i == 3 else p.unit),
        ],
        book.people.some(5),
    )


@case("wild")
def nested_sections(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, MOBILE]
    page.roster(columns, [told("一、机关"), told("（一）办公室")])
    page.roster(columns, book.people.some(3), is_headed=False, also={"unit": "办公室"})
    page.roster(columns, [told("（二）财务科")], is_headed=False)
    page.roster(columns, book.people.some(3), is_headed=False, also={"unit": "财务科"})


@case("wild")
def sections_in_the_second_column(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, MOBILE]
    page.roster(columns, [told("办公室", at=1)])
    page.roster(columns, book.people.some(3), is_headed=False, also={"unit": "办公室"})
    page.roster(columns, [told("执法大队", at=1, merged=False)], is_headed=False)
    page.roster(columns, book.people.some(3), is_headed=False, also={"unit": "执法大队"})


@case("wild")
def sections_with_a_count_in_another_cell(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, MOBILE]
    for n, unit in enumerate(("办公室", "财务科")):
        page.roster(columns, [Line({0: unit, 3: "3人"}, why="section")], is_headed=n == 0)
        page.roster(columns, book.people.some(3), is_headed=False, also={"unit": unit})


@case("wild")
def sections_of_words_that_are_no_units_by_their_end(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, MOBILE]
    for n, unit in enumerate(("办公室", "后勤", "工会", "财务")):
        page.roster(columns, [told(unit, merged=False)], is_headed=n == 0)
        page.roster(columns, book.people.some(3), is_headed=False, also={"unit": unit})


@case("wild")
def blank_below_note(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, MOBILE],
        [*book.people.some(4), told("以下空白", merged=False, at=1), blank(), told("—— 完 ——")],
    )


@case("wild")
def arrows_in_the_headings(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            NAME.headed("姓名▼"),
            SEX.headed("性别▼"),
            MOBILE.headed("手机号码↓"),
            UNIT.headed("☆部门"),
        ],
        book.people.some(4),
    )


@case("wild")
def ticks_as_booleans(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, MOBILE, aside("是否参加").showing(lambda p, i: i % 2 == 0)], book.people.some(4)
    )


@case("wild")
def errors_in_the_name_column(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(3))
    page.put(page.row, 1, 4, "#REF!", "女", "13912345678")
    page.report(page.row, "B", "*")


@case("wild")
def units_before_merged_names_and_totals(book: Book) -> None:
    page = book.page()
    unit = Column("部门", "unit", lambda p, i: p.unit, merged_down=True)
    page.title("某局各部门女职工名册（截至2026年3月31日）", 5)
    body = [
        *book.people.some(3, unit="办公室"),
        Line({0: "小计", 2: "3人"}, why="total"),
        *book.people.some(2, unit="财务科"),
        Line({0: "小计", 2: "2人"}, why="total"),
        Line({0: "合计", 2: "5人"}, why="total"),
    ]
    page.roster([unit, SEQ, NAME.showing(padded_name), POST, MOBILE], body)


@case("wild")
def title_with_the_word_name_beside_the_header(book: Book) -> None:
    page = book.page()
    page.line("表一", None, "女职工姓名、身份证号采集表")
    page.roster([SEQ, NAME, ID, MOBILE], book.people.some(4))


@case("wild")
def table_beside_a_legend(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, UNIT], book.people.some(5))
    for row, text in enumerate(
        ("填表说明", "1.单位填全称", "2.性别填男或女", "3.不得留空"), start=1
    ):
        page.put(row, 7, text)


@case("wild")
def drop_down_lists_beside_the_table(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, UNIT, MOBILE], book.people.some(3))
    for row, (sex, nation) in enumerate(
        (
            ("性别选项", "民族选项"),
            ("男", "汉族"),
            ("女", "回族"),
            (None, "满族"),
            (None, "壮族"),
            (None, "苗族"),
        ),
        start=1,
    ):
        page.put(row, 10, sex, nation)


@case("wild")
def statistics_above_and_list_below(book: Book) -> None:
    page = book.page()
    page.title("女职工情况汇总", 5)
    page.line("部门", "人数", "党员", "本科以上")
    page.line("办公室", 3, 1, 2)
    page.line("财务科", 2, 1, 2)
    page.line("合计", 5, 2, 4)
    page.skip()
    page.roster([SEQ, NAME, SEX, UNIT, MOBILE], book.people.some(5))


@case("wild")
def leaders_above_and_list_below(book: Book) -> None:
    page = book.page()
    page.line("带队领导", "周伟强", "联系电话", "13900001111")
    page.line("联络员", "吴敏", "联系电话", "13900002222")
    page.roster([SEQ, NAME, SEX, UNIT, MOBILE], book.people.some(5))


@case("wild")
def leaders_below_the_list(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, UNIT, MOBILE],
        [
            *book.people.some(5),
            Line({0: "带队领导", 1: "周伟强", 3: "联系电话", 4: "13900001111"}),
            Line({0: "联络员", 1: "吴敏", 3: "联系电话", 4: "13900002222"}),
        ],
    )


@case("wild")
def ages_with_the_unit_and_heights(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME,
            aside("年龄").showing(lambda p, i: f"{2026 - p.born.year}岁"),
            kept("身高", "16{i}cm"),
            SEX,
        ],
        book.people.some(4),
    )


@case("wild")
def same_text_as_title_and_sheet(book: Book) -> None:
    page = book.page("姓名")
    page.roster([SEQ, NAME, SEX], book.people.some(4))


@case("wild")
def one_person_only(book: Book) -> None:
    page = book.page()
    page.title("新进人员名单", 4)
    page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(1))


@case("wild")
def one_person_and_no_sequence(book: Book) -> None:
    page = book.page()
    page.roster([NAME, SEX, UNIT, BIRTH], book.people.some(1))


@case("wild")
def two_people_in_a_row_of_five_columns(book: Book) -> None:
    page = book.page()
    page.roster([NAME, MOBILE], book.people.some(2))


@case("wild")
def remarks_that_look_like_rows(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME,
            SEX,
            REMARK.showing(
                lambda p, i: Shown(
                    ("合计2次", "说明见附件", "审核人：王某", "2026年3月调入")[i], None
                )
            ),
        ],
        book.people.some(4),
    )


@case("wild")
def wide_sheet_of_sixty_columns(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, *[kept(f"指标{n}", "{i}") for n in range(60)], ID, MOBILE],
        book.people.some(4),
    )


@case("wild")
def names_in_the_last_column(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, UNIT, POST, SEX, MOBILE, NAME], book.people.some(5))
