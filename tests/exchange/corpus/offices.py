# ruff: noqa: E501
"""Rosters of bureaus, townships and the units below them."""

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
    SCHOOLING_,
    SEQ,
    SEX,
    STARTED,
    UNIT,
    aside,
    dotted_month,
    first_of_block_only,
    kept,
    month,
    number_phone,
    padded_name,
    real_date,
    spaced_id,
)  # fmt: skip
from tests.exchange.corpus.pages import Book, Shown, blank, case, header_again, told


@case("offices")
def bureau_with_title_unit_line_and_signature(book: Book) -> None:
    page = book.page("女职工花名册")
    page.title("某某局2026年女职工花名册", 7)
    page.line("填报单位（盖章）：", None, None, None, "填报时间：    年  月  日")
    columns = [SEQ, NAME, SEX, BIRTH.showing(dotted_month), UNIT.headed("科室"), POST, MOBILE]
    page.roster(columns, [
        *book.people.some(9),
        told("填表人：王某          审核人：李某          联系电话：027-87654321", why="signature"),
    ])  # fmt: skip


@case("offices")
def bureau_merged_sections(book: Book) -> None:
    page = book.page()
    page.title("全局女职工名册", 6)
    columns = [UNIT.headed("所在科室"), SEQ, NAME, ID, NATION, MOBILE.headed("手机号码")]
    columns[0] = type(columns[0])("所在科室", "unit", UNIT.shows, merged_down=True)
    page.roster(columns, [*book.people.some(11, units=3), told("合计：11人", why="total")])


@case("offices")
def unit_only_in_the_first_row(book: Book) -> None:
    page = book.page()
    page.roster([first_of_block_only(UNIT.headed("部门")), NAME, SEX, MOBILE], book.people.some(8))


@case("offices")
def unit_sections_with_counts(book: Book) -> None:
    page = book.page()
    page.title("女干部职工名单", 5)
    columns = [SEQ, NAME, SEX, POST, MOBILE]
    page.roster(columns, [told("一、机关本级（4人）", why="section")], also={})
    page.roster(columns, book.people.some(4), is_headed=False, also={"unit": "机关本级"})
    page.roster(columns, [told("二、某某事业单位（3人）", why="section")], is_headed=False)
    page.roster(columns, book.people.some(3), is_headed=False, also={"unit": "某某事业单位"})


@case("offices")
def sections_not_merged(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, ID, MOBILE]
    page.roster(columns, [told("（一）财务科", merged=False)])
    page.roster(columns, book.people.some(4), is_headed=False, also={"unit": "财务科"})
    page.roster(columns, [told("（二）信息中心", merged=False)], is_headed=False)
    page.roster(columns, book.people.some(3), is_headed=False, also={"unit": "信息中心"})


@case("offices")
def subtotals_between_units(book: Book) -> None:
    page = book.page()
    page.title("女职工统计名册", 5)
    columns = [UNIT, SEQ, NAME, SEX, POST]
    first, second = book.people.some(3, unit="办公室"), book.people.some(4, unit="财务科")
    page.roster(columns, [
        *first, told("小计", merged=False, why="total"),
        *second, told("小  计", merged=False, why="total"),
        told("总    计", merged=False, why="total"),
    ])  # fmt: skip


@case("offices")
def subtotal_with_count_in_name_column(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, UNIT]
    page.roster(columns, [*book.people.some(5), told("共5人", at=1, merged=False, why="total")])


@case("offices")
def two_row_header_groups(book: Book) -> None:
    page = book.page()
    page.title("某市直机关女职工基本情况登记表", 9)
    page.line("填报单位：某某局", None, None, None, None, None, "2026年3月")
    columns = [
        SEQ, NAME.headed("基本情况", "姓名"), SEX.headed("基本情况", "性别"),
        ID.headed("基本情况", "身份证号"), UNIT.headed("工作情况", "所在部门"),
        POST.headed("工作情况", "职务"), MOBILE.headed("联系方式", "手机"),
        aside("联系方式", "邮箱"), REMARK,
    ]  # fmt: skip
    page.roster(columns, book.people.some(8))


@case("offices")
def three_row_header(book: Book) -> None:
    page = book.page()
    page.title("干部名册", 7)
    columns = [
        SEQ, NAME, BIRTH.headed("个人信息", "自然情况", "出生年月").showing(dotted_month),
        NATION.headed("个人信息", "自然情况", "民族"), PARTY.headed("个人信息", "政治", "政治面貌"),
        SCHOOLING_.headed("学历", "全日制", "学历"), MOBILE,
    ]  # fmt: skip
    page.roster(columns, book.people.some(7))


@case("offices")
def headings_with_breaks_units_and_stars(book: Book) -> None:
    page = book.page()
    columns = [
        SEQ, NAME.headed("* 姓　名"), ID.headed("身份证号\n（18位）※"),
        BIRTH.headed("出生\n年月\n（如1985.06）").showing(dotted_month), POST.headed("职务(职级)"),
        MOBILE.headed("联系电话\n（必填）"),
    ]  # fmt: skip
    page.roster(columns, book.people.some(6))


@case("offices")
def padded_names(book: Book) -> None:
    page = book.page()
    page.roster([NAME.headed("姓    名").showing(padded_name), SEX.headed("性 别"), UNIT.headed("单    位")],
                book.people.some(9))  # fmt: skip


@case("offices")
def table_in_the_middle_of_the_page(book: Book) -> None:
    page = book.page(row=6)
    page.put(3, 5, "花名册")
    page.roster([SEQ, NAME, SEX, ID, MOBILE], book.people.some(6), column=4)


@case("offices")
def blank_columns_between(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, aside(""), SEX, aside(""), ID, aside(""), MOBILE], book.people.some(6))


@case("offices")
def numbers_prefilled_to_fifty(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, ID, UNIT]
    page.roster(columns, book.people.some(7))
    for number in range(8, 51):
        page.nobody.append((page.row, ""))
        page.line(number)


@case("offices")
def blank_rows_inside(book: Book) -> None:
    page = book.page()
    first, second, third = (book.people.some(3) for _ in range(3))
    page.roster([SEQ, NAME, SEX, MOBILE],
                [*first, blank(), *second, blank(), blank(), blank(), *third])  # fmt: skip


@case("offices")
def header_on_each_printed_page(book: Book) -> None:
    page = book.page()
    page.title("女职工花名册", 4)
    columns = [SEQ, NAME, SEX, MOBILE]
    page.roster(columns, [
        *book.people.some(5), header_again(), *book.people.some(5), header_again(),
        *book.people.some(2),
    ])  # fmt: skip


@case("offices")
def title_and_header_on_each_printed_page(book: Book) -> None:
    page = book.page()
    columns = [SEQ, NAME, SEX, ID, MOBILE]
    for _ in range(3):
        page.title("女职工花名册", 5)
        page.line("单位：某某局", None, None, "2026年4月")
        page.roster(columns, book.people.some(5))
        page.skip()


@case("offices")
def two_lists_side_by_side(book: Book) -> None:
    page = book.page()
    page.title("全体女职工名单", 8)
    columns = [SEQ, NAME, SEX, MOBILE]
    start = page.row
    page.roster(columns, book.people.some(6))
    page.row = start
    page.roster(columns, book.people.some(6), column=5)


@case("offices")
def two_lists_with_a_gap(book: Book) -> None:
    page = book.page()
    start = page.row
    page.roster([NAME, UNIT], book.people.some(7))
    page.row = start
    page.roster([NAME, UNIT], book.people.some(5), column=4)


@case("offices")
def three_lists_side_by_side(book: Book) -> None:
    page = book.page()
    for column in (1, 4, 7):
        page.row = 2
        page.roster([SEQ, NAME, UNIT.headed("科室")], book.people.some(6), column=column)
    page.put(1, 1, "签到表")
    page.merges.append((1, 1, 1, 9))


@case("offices")
def stacked_tables_of_different_columns(book: Book) -> None:
    page = book.page()
    page.title("在编人员", 5)
    page.roster([SEQ, NAME, SEX, ID, POST], book.people.some(5))
    page.skip(2)
    page.title("编外人员", 4)
    page.roster([SEQ, NAME, MOBILE, SEX], book.people.some(4))


@case("offices")
def one_sheet_per_unit(book: Book) -> None:
    for unit in ("办公室", "财务科", "城关镇卫生院", "执法大队"):
        page = book.page(unit)
        page.title(f"{unit}女职工名册", 4)
        page.roster([SEQ, NAME, SEX, ID], book.people.some(4, unit=unit), also={"unit": unit})


@case("offices")
def one_sheet_per_unit_with_leftovers(book: Book) -> None:
    book.page("填表说明").line("1. 请按要求填写，身份证号码格式为文本。")
    for unit in ("第一中学", "实验小学"):
        book.page(unit).roster([SEQ, NAME, SEX, MOBILE], book.people.some(5), also={"unit": unit})
    book.page("Sheet2")
    book.page("Sheet3")


@case("offices")
def unit_in_the_line_under_the_title(book: Book) -> None:
    page = book.page()
    page.title("女职工花名册", 4)
    page.line("填报单位：城关镇人民政府", None, "填报日期：2026-03-05")
    page.roster([SEQ, NAME, SEX, ID], book.people.some(6), also={"unit": "城关镇人民政府"})


@case("offices")
def statistics_above_the_list(book: Book) -> None:
    page = book.page()
    page.title("女职工情况", 5)
    page.line("总人数：6", None, "其中党员：2", None, "平均年龄：41岁")
    page.skip()
    page.roster([SEQ, NAME, SEX, BIRTH, PARTY], book.people.some(6))


@case("offices")
def notes_below(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, ID], [
        *book.people.some(5),
        told("注：1.本表一式两份；2.身份证号码须填18位。", why="note"),
        told("2.离退休人员不填。"),
        told("负责人：              填表人：", why="signature"),
        told("2026年4月1日"),
    ])  # fmt: skip


@case("offices")
def notes_between_people(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE], [
        *book.people.some(3), told("以下人员为2026年新调入"), *book.people.some(2),
        told("以上人员已核对无误", merged=False), *book.people.some(2),
    ])  # fmt: skip


@case("offices")
def party_and_sex_ticked(book: Book) -> None:
    page = book.page()
    columns = [
        SEQ, NAME, SEX.headed("性别", "男").showing(lambda p, i: Shown(None if p.is_woman else "√", "2" if p.is_woman else "1")),
        aside("性别", "女").showing(lambda p, i: "√" if p.is_woman else None),
        PARTY.headed("党员（√）").showing(lambda p, i: Shown("√" if p.party == "中共党员" else None, "01" if p.party == "中共党员" else "")),
        UNIT,
    ]  # fmt: skip
    page.roster(columns, book.people.some(8, men=3))


@case("offices")
def sex_in_two_ticked_columns_without_a_group(book: Book) -> None:
    page = book.page()
    columns = [
        NAME, aside("男").showing(lambda p, i: None if p.is_woman else "√"),
        SEX.headed("女").showing(lambda p, i: Shown("√" if p.is_woman else None, "2" if p.is_woman else "1")),
        MOBILE,
    ]  # fmt: skip
    page.roster(columns, book.people.some(8, men=3))


@case("offices")
def everybody_men_too(book: Book) -> None:
    page = book.page("全局职工")
    page.title("某局干部职工花名册", 6)
    page.roster([SEQ, NAME, SEX, ID, UNIT, MOBILE], book.people.some(14, men=6))


@case("offices")
def cadre_roster(book: Book) -> None:
    page = book.page()
    page.title("干 部 名 册", 9)
    page.line(None, None, None, None, None, "截止日期：2026年3月31日")
    page.roster([
        SEQ, NAME.showing(padded_name), SEX, BIRTH.headed("出生年月\n(岁)").showing(
            lambda p, i: Shown(f"{p.born:%Y.%m}\n({2026 - p.born.year}岁)", month(p))),
        NATION, aside("籍贯", text="湖北武汉"), PARTY,
        STARTED.headed("参加工\n作时间").showing(lambda p, i: Shown(f"{p.started:%Y.%m}", f"{p.started:%Y-%m}")),
        POST.headed("现任职务"),
    ], book.people.some(9))  # fmt: skip


@case("offices")
def hidden_rows_and_columns(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, ID, MOBILE], book.people.some(8))
    page.hidden_rows = {4, 6}
    page.hidden_columns = {4}
    page.report(4, "", "row_hidden")
    page.report(6, "", "row_hidden")


@case("offices")
def struck_rows(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(6))
    page.struck_rows = {5}
    page.report(5, "", "row_struck")


@case("offices")
def hidden_sheet_of_last_year(book: Book) -> None:
    page = book.page("2026年")
    page.roster([SEQ, NAME, SEX, ID], book.people.some(6))
    book.page("Sheet2", is_hidden=True).line("科员", "副科")


@case("offices")
def styled_to_the_last_row(book: Book) -> None:
    page = book.page(styled_to_row=400)
    page.roster([SEQ, NAME, SEX, ID], book.people.some(6))


@case("offices")
def a_far_remark(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, ID], book.people.some(6))
    page.put(900, 60, "核对于3月")


@case("offices")
def filtered_list(book: Book) -> None:
    page = book.page(has_filter=True)
    page.roster([SEQ, NAME, SEX, UNIT], book.people.some(9))
    page.hidden_rows = {3, 4}
    page.report(3, "", "row_hidden")
    page.report(4, "", "row_hidden")


@case("offices")
def township_with_village_column(book: Book) -> None:
    page = book.page("各村妇联")
    page.title("城关镇各村妇联干部花名册", 6)
    villages = ("东湖村", "西河社区", "南山村")
    columns = [
        SEQ, UNIT.headed("村（社区）").showing(lambda p, i: Shown(villages[i // 3], villages[i // 3])),
        NAME, aside("妇联职务", text="妇联主席"), MOBILE, REMARK,
    ]  # fmt: skip
    page.roster(columns, book.people.some(9))


@case("offices")
def village_women_list(book: Book) -> None:
    page = book.page("花名册")
    page.title("东湖村妇女花名册", 7)
    page.roster([
        SEQ, aside("组别", text="{i}组"), aside("户主姓名", text="刘大山"), NAME.headed("妇女姓名"),
        ID, aside("与户主关系", text="妻"), MOBILE.showing(number_phone),
    ], book.people.some(8))  # fmt: skip


@case("offices")
def retired_in_the_remark(book: Book) -> None:
    page = book.page()
    columns = [
        SEQ,
        NAME,
        SEX,
        REMARK.showing(
            lambda p, i: Shown("2025年12月退休", "", ("status_in_remark",)) if i == 2 else None
        ),
    ]
    page.roster(columns, book.people.some(5))


@case("offices")
def many_columns_of_a_full_roster(book: Book) -> None:
    page = book.page("人员信息")
    page.roster([
        SEQ, UNIT.headed("工作单位"), NAME, SEX, NATION, BIRTH.showing(real_date), ID.showing(spaced_id),
        PARTY, SCHOOLING_.headed("文化程度"), aside("毕业院校", text="某大学"), aside("所学专业", text="会计"),
        STARTED.headed("参工时间"), POST.headed("岗位"), aside("职称", text="中级"), MOBILE.headed("移动电话"),
        kept("饭卡号"), kept("工位", "A-{i}"), aside("紧急联系人", text="刘伟"),
        aside("紧急联系人电话", text="1390000000{i}"), aside("身份证复印件", text="√"), REMARK,
    ], book.people.some(9))  # fmt: skip
