# ruff: noqa: E501
"""Sheets as they lie about in shared folders: marks, dormitories, wages, exports, templates of programs."""

from __future__ import annotations

from tests.exchange.corpus.columns import (
    BIRTH,
    ID,
    MOBILE,
    NAME,
    NATION,
    PARTY,
    POST,
    REMARK,
    SEQ,
    SEX,
    STAFF_NO,
    UNIT,
    aside,
    kept,
)  # fmt: skip
from tests.exchange.corpus.pages import Book, Column, Formula, Line, Shown, case, told


@case("shared")
def marks_with_averages(book: Book) -> None:
    page = book.page("成绩")
    page.title("2026年春季期中考试成绩表", 6)
    columns = [
        aside("学号", text="202601{i:02}"),
        NAME,
        aside("语文", text="88"),
        aside("数学", text="92"),
        aside("总分", text="180"),
        aside("名次", text="{i}"),
    ]
    page.roster(columns, [
        *book.people.some(8, men=4), Line({1: "平均分", 2: 88, 3: 92}), Line({1: "及格率", 2: "100%", 3: "98%"}),
        Line({1: "最高分", 2: 99, 3: 100}), Line({1: "优秀人数", 2: 5, 3: 6}),
    ])  # fmt: skip


@case("shared")
def averages_under_the_number(book: Book) -> None:
    page = book.page("成绩")
    columns = [SEQ, NAME, aside("语文", text="88"), aside("数学", text="92")]
    page.roster(
        columns,
        [*book.people.some(6), Line({0: "平均", 2: 88.5, 3: 92}), Line({0: "总人数", 2: 6})],
    )


@case("shared")
def wage_strips_with_a_header_each(book: Book) -> None:
    page = book.page("工资条")
    columns = [
        STAFF_NO,
        NAME,
        UNIT.headed("部门"),
        aside("基本工资", text="3000"),
        aside("实发", text="4100"),
    ]
    for person in book.people.some(5):
        page.roster(columns, [person])
        page.skip()


@case("shared")
def theses_with_tutors(book: Book) -> None:
    page = book.page()
    page.title("毕业设计（论文）选题汇总表", 7)
    page.roster([SEQ, aside("课题名称", text="基于某技术的系统设计{i}"), NAME.headed("学生姓名"), aside("学号", text="20220{i:03}"), aside("专业班级", text="计科2201"),
                 aside("指导教师", text="何敏"), aside("职称", text="副教授")], book.people.some(6))  # fmt: skip


@case("shared")
def contestants_and_judges(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME.headed("选手姓名"),
            UNIT.headed("代表单位"),
            aside("评委1", text="9.1"),
            aside("评委2", text="9.3"),
            aside("平均分", text="9.2"),
        ],
        book.people.some(6),
    )


@case("shared")
def rooms_with_beds(book: Book) -> None:
    book.asks = None
    page = book.page("宿舍")
    page.line("房号", "1号床", "2号床", "3号床", "4号床")
    for room in range(5):
        page.line(f"{301 + room}", *(p.name for p in book.people.some(4)))


@case("shared")
def seats_in_a_hall(book: Book) -> None:
    book.asks = None
    page = book.page("座位图")
    page.title("主席台", 6)
    for _ in range(5):
        page.line(*(p.name for p in book.people.some(6)))


@case("shared")
def attendance_of_three_header_rows(book: Book) -> None:
    page = book.page("考勤")
    page.title("2026年4月考勤表", 12)
    page.roster(
        [
            SEQ,
            NAME,
            *[
                Column(("日期", str(d), "三四五六日一二三四五"[d - 1]), "", lambda p, i: "√")
                for d in range(1, 11)
            ],
        ],
        book.people.some(5),
    )


@case("shared")
def attendance_of_two_rows_each(book: Book) -> None:
    page = book.page("考勤")
    page.line("序号", "姓名", "时段", *range(1, 8))
    page.headers.append(((1,), "B"))
    for i, person in enumerate(book.people.some(4)):
        row = page.row
        page.line(i + 1, person.name, "上午", *"√√√√√√√")
        page.line(None, None, "下午", *"√√√√√√√")
        page.merges += [(row, 1, row + 1, 1), (row, 2, row + 1, 2)]
        page.expect(row, name=person.name)


@case("shared")
def template_of_a_program(book: Book) -> None:
    page = book.page()
    page.line("姓名", "性别", "身份证号", "联系电话")
    page.line("${item.name}", "${item.sex}", "${item.idCard}", "${item.phone}")


@case("shared")
def template_of_another_program(book: Book) -> None:
    page = book.page()
    page.line("序号", "姓名", "性别", "部门")
    page.line("{.index}", "{.name}", "{.sex}", "{.dept}")


@case("shared")
def template_with_loops(book: Book) -> None:
    page = book.page()
    page.title("员工花名册", 4)
    page.line("姓名", "性别", "部门", "手机")
    page.line("{{$fe:list t.name", "t.sex", "t.dept", "t.phone}}")


@case("shared")
def english_field_names_over_chinese(book: Book) -> None:
    page = book.page()
    page.line("empNo", "empName", "sex", "phone")
    page.roster([STAFF_NO, NAME, SEX, MOBILE], book.people.some(5))


@case("shared")
def chinese_over_english_field_names(book: Book) -> None:
    page = book.page()
    page.line("工号", "姓名", "性别", "手机号")
    page.line("empNo", "empName", "sex", "phone")
    for person in book.people.some(5):
        page.put(page.row, 1, person.staff_no, person.name, person.sex, person.mobile)
        page.expect(page.row, name=person.name, staff_no=person.staff_no, mobile=person.mobile)
        page.row += 1


@case("shared")
def camel_case_headings(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            aside("id", text="{i}"),
            NAME.headed("realName"),
            SEX.headed("gender"),
            ID.headed("idCard"),
            MOBILE.headed("phoneNumber"),
            UNIT.headed("deptName"),
        ],
        book.people.some(5),
    )


@case("shared")
def names_merged_across_two_columns(book: Book) -> None:
    page = book.page()
    page.line("序号", "姓名", None, "性别", "联系电话")
    page.merges.append((1, 2, 1, 3))
    page.headers.append(((1,), "B"))
    for i, person in enumerate(book.people.some(5)):
        page.merges.append((page.row, 2, page.row, 3))
        page.expect(page.row, name=person.name, mobile=person.mobile)
        page.line(i + 1, person.name, None, person.sex, person.mobile)


@case("shared")
def every_person_on_two_rows(book: Book) -> None:
    page = book.page()
    page.line("序号", "姓名", "性别", "联系方式")
    page.headers.append(((1,), "B"))
    for i, person in enumerate(book.people.some(4)):
        row = page.row
        page.expect(row, name=person.name, mobile=person.mobile)
        page.line(i + 1, person.name, person.sex, person.mobile)
        page.line(None, None, None, "027-8765432" + str(i))
        page.merges += [(row, c, row + 1, c) for c in (1, 2, 3)]


@case("shared")
def people_after_the_total(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, MOBILE],
        [*book.people.some(4), told("合计：4人", why="total"), *book.people.some(2)],
    )


@case("shared")
def second_table_after_signature(book: Book) -> None:
    page = book.page()
    page.title("机关女职工名册", 4)
    page.roster(
        [SEQ, NAME, SEX, MOBILE], [*book.people.some(4), told("填表人：王某", why="signature")]
    )
    page.skip(2)
    page.title("二级单位女职工名册", 5)
    page.roster([SEQ, NAME, POST, UNIT, MOBILE], book.people.some(4))


@case("shared")
def signatures_with_names_in_their_own_cells(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, MOBILE],
        [*book.people.some(4), Line({0: "填表人：", 1: "周敏", 2: "电话：", 3: "13900000000"})],
    )


@case("shared")
def signatures_without_colons(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, MOBILE],
        [*book.people.some(4), Line({0: "填表人", 1: "周敏", 2: "审核人", 3: "吴静"})],
    )


@case("shared")
def people_across_the_page(book: Book) -> None:
    book.asks = None
    page = book.page()
    people = book.people.some(5)
    page.line("姓名", *(p.name for p in people))
    page.line("性别", *(p.sex for p in people))
    page.line("电话", *(p.mobile for p in people))


@case("shared")
def committee_named_in_a_note(book: Book) -> None:
    page = book.page()
    page.line("妇委会主任：王某某   副主任：李某某、张某某")
    page.roster(
        [SEQ, NAME, SEX, UNIT], [*book.people.some(4), told("妇委会委员：周某某、吴某某、郑某某")]
    )


@case("shared")
def the_word_name_in_an_instruction(book: Book) -> None:
    page = book.page()
    page.line("说明：姓名须与身份证一致，身份证号码须为18位。")
    page.line("姓名中的空格请删除")
    page.roster([SEQ, NAME, SEX, ID], book.people.some(4))


@case("shared")
def units_with_head_counts_in_merged_cells(book: Book) -> None:
    page = book.page()
    counted = Column(
        "科室", "unit", lambda p, i: Shown(f"{p.unit}\n（3人）", p.unit), merged_down=True
    )
    page.roster([counted, NAME, SEX, MOBILE], book.people.some(9))


@case("shared")
def several_people_in_one_cell(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, UNIT], book.people.some(3))
    page.put(page.row, 1, 4, "王芳、李娜", "办公室")
    page.report(page.row, "B", "*")


@case("shared")
def two_telephone_columns(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, kept("联系电话", "6655443{i}"), MOBILE.headed("手机"), UNIT],
        book.people.some(4),
    )
    for one in page.expected:
        one.values["office_phone"] = one.values.pop("extra:联系电话")


@case("shared")
def two_remark_columns(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, REMARK, MOBILE, aside("备注", text="某事{i}")], book.people.some(4)
    )


@case("shared")
def a_column_without_a_heading(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, aside("", text="某组{i}"), MOBILE], book.people.some(4))


@case("shared")
def employer_and_section(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, aside("工作单位", text="某某局"), UNIT.headed("科室"), NAME, MOBILE],
        book.people.some(6),
    )


@case("shared")
def passports_and_permits(book: Book) -> None:
    papers = (("居民身份证", None), ("护照", "E12345678"), ("港澳居民来往内地通行证", "H12345678"))
    page = book.page()
    page.line("姓名", "证件类型", "证件号码", "联系电话")
    page.headers.append(((1,), "A"))
    for kind, number in papers:
        person = book.people.one()
        page.put(page.row, 1, person.name, kind, number or person.id_number, person.mobile)
        page.expect(
            page.row, name=person.name, id_number=number or person.id_number, mobile=person.mobile
        )
        page.row += 1


@case("shared")
def sequence_in_chinese_numerals(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ.showing(lambda p, i: "一二三四五六七八"[i]), NAME, SEX, UNIT], book.people.some(8)
    )


@case("shared")
def sequence_in_brackets_and_zeros(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ.showing(lambda p, i: (f"（{i + 1}）", f"00{i + 1}", f"{i + 1}.")[i % 3]),
            NAME,
            SEX,
            UNIT,
        ],
        book.people.some(6),
    )


@case("shared")
def subtotals_with_counts_elsewhere(book: Book) -> None:
    page = book.page()
    page.roster([UNIT, NAME, SEX, MOBILE], [
        *book.people.some(3, unit="办公室"), Line({0: "小计", 1: "3人"}, why="total"),
        *book.people.some(2, unit="财务科"), Line({0: "小计", 1: 2}, why="total"), Line({0: "总计", 1: "5人"}, why="total"),
    ])  # fmt: skip


@case("shared")
def empty_strings_from_formulas(book: Book) -> None:
    book.format = "xlsxwriter"
    page = book.page()
    columns = [SEQ.showing(lambda p, i: Formula('=IF(B2="","",ROW()-1)', i + 1)), NAME, SEX, ID]
    page.roster(columns, book.people.some(4))
    for _ in range(12):
        page.put(page.row, 1, Formula('=IF(B9="","",ROW()-1)', ""), " ", "　")
        page.row += 1


@case("shared")
def traditional_characters(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ.headed("序號"),
            NAME,
            SEX.headed("性別"),
            ID.headed("身份證號碼"),
            UNIT.headed("單位"),
            MOBILE.headed("聯絡電話"),
            REMARK.headed("備註"),
        ],
        book.people.some(4),
    )


@case("shared")
def everybody_again_on_the_sheets_of_units(book: Book) -> None:
    people = book.people.some(6, units=2)
    book.page("总表").roster([SEQ, UNIT, NAME, ID, MOBILE], people)
    for unit in dict.fromkeys(p.unit for p in people):
        page = book.page(unit)
        page.roster([SEQ, NAME, ID, MOBILE], [p for p in people if p.unit == unit])
        for one in page.expected:
            page.report(one.row, "", "same_person_twice")
        page.expected.clear()
        page.headers.clear()


@case("shared")
def csv_of_a_web_page_with_tabs(book: Book) -> None:
    book.format = "csv-gb18030"
    page = book.page()
    page.roster([
        STAFF_NO.showing(lambda p, i: Shown(p.staff_no + "\t", p.staff_no)), NAME, ID.showing(lambda p, i: Shown(p.id_number + "\t", p.id_number)),
        MOBILE.showing(lambda p, i: Shown("\t" + p.mobile, p.mobile)),
    ], book.people.some(5))  # fmt: skip


@case("shared")
def csv_of_a_web_page_with_equal_signs(book: Book) -> None:
    book.format = "csv-utf-8-bom"
    page = book.page()
    page.roster([
        STAFF_NO.showing(lambda p, i: Shown(f'="{p.staff_no}"', p.staff_no)), NAME, ID.showing(lambda p, i: Shown(f'="{p.id_number}"', p.id_number)),
        MOBILE.showing(lambda p, i: Shown(f'="{p.mobile}"', p.mobile)),
    ], book.people.some(5))  # fmt: skip


@case("shared")
def family_form(book: Book) -> None:
    page = book.page("登记表")
    page.title("干部任免审批表", 8)
    person = book.people.one()
    page.line("姓  名", person.name, "性  别", "女", "出生年月", "1985.06", "民  族", "汉")
    page.line("籍  贯", "湖北", "出生地", "武汉", "入党时间", "2008.07", "健康状况", "健康")
    page.line("家庭主要成员及重要社会关系", "称谓", "姓名", "年龄", "政治面貌", "工作单位及职务")
    page.line(None, "丈夫", "刘军", 42, "中共党员", "某公司职员")
    page.line(None, "女儿", "刘某", 10, "群众", "某小学学生")


@case("shared")
def forms_below_one_another(book: Book) -> None:
    page = book.page()
    for person in book.people.some(3):
        page.title("报名登记表", 4)
        page.line("姓名", person.name, "性别", person.sex)
        page.line("单位", person.unit, "职务", person.post)
        page.line("身份证号", person.id_number, "手机", person.mobile)
        page.skip(2)


@case("shared")
def vertical_group_at_the_left(book: Book) -> None:
    page = book.page()
    group = Column(
        "类别", "", lambda p, i: "在\n编\n人\n员" if i < 4 else "聘\n用\n人\n员", merged_down=True
    )
    page.roster([group, SEQ, NAME, SEX, NATION, PARTY], book.people.some(8))


@case("shared")
def header_with_a_long_note_in_a_heading(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME,
            aside(
                "是否符合条件（指2025年12月31日前在岗且连续工作满一年以上的正式职工，不含劳务派遣人员）",
                text="是",
            ),
            SEX,
            MOBILE,
        ],
        book.people.some(4),
    )


@case("shared")
def list_of_the_passed_away_and_away(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, UNIT],
        [
            *book.people.some(3),
            told("借调人员", why="section"),
            *book.people.some(2),
            told("退休人员", why="section"),
            *book.people.some(2),
        ],
    )


@case("shared")
def birthdays_by_month(book: Book) -> None:
    page = book.page("生日表")
    page.roster(
        [NAME, aside("月份", text="4月"), BIRTH.headed("生日")],
        [told("四月", why="-"), *book.people.some(3), told("五月", why="-"), *book.people.some(2)],
    )


@case("shared")
def heading_of_names_far_right(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, UNIT, *[aside(f"第{n}项", text="是") for n in range(1, 15)], NAME, MOBILE],
        book.people.some(4),
    )
