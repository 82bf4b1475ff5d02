# ruff: noqa: E501
"""Lists made for an occasion: sign-ups, awards, addresses, health checks, volunteers."""

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
    UNIT,
    aside,
    dotted_month,
    kept,
    padded_name,
    spaced_phone,
)  # fmt: skip
from tests.exchange.corpus.pages import Book, Column, Line, Shown, blank, case, header_again, told


@case("occasions")
def training_sign_up(book: Book) -> None:
    page = book.page("报名回执")
    page.title("女干部能力提升培训班报名回执", 7)
    page.line("单位（盖章）：某某局           联系人：陈敏           联系电话：13900000000")
    page.roster([SEQ, NAME, SEX, NATION, UNIT.headed("单位及职务").showing(lambda p, i: Shown("某某局办公室科员", None)), MOBILE.headed("手机号码"), aside("是否住宿", text="是")],
                book.people.some(6))  # fmt: skip


@case("occasions")
def training_with_example_row(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, ID, UNIT], [
        Line({0: "示例", 1: "张三", 2: "女", 3: "420000198506120021", 4: "某某局"}, why="example"),
        *book.people.some(5),
    ])  # fmt: skip


@case("occasions")
def example_in_the_number_column(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE], [
        Line({0: "例", 1: "李某某", 2: "女", 3: "13800000000"}, why="example"), *book.people.some(4),
    ])  # fmt: skip


@case("occasions")
def instruction_row_under_the_header(book: Book) -> None:
    page = book.page()
    page.roster([NAME, ID, BIRTH, MOBILE], [
        Line({0: "必填，与身份证一致", 1: "注意单元格格式为文本", 2: "格式：1990-01-01", 3: "11位手机号"}),
        *book.people.some(5),
    ])  # fmt: skip


@case("occasions")
def instruction_row_of_required_and_optional(book: Book) -> None:
    page = book.page()
    page.roster([NAME, SEX, ID, UNIT], [
        Line({0: "必填", 1: "必填", 2: "选填", 3: "必填"}), *book.people.some(5),
    ])  # fmt: skip


@case("occasions")
def instructions_above_the_header(book: Book) -> None:
    page = book.page("导入模板")
    page.title("填写须知：\n1、带*为必填项；\n2、身份证号请使用文本格式；\n3、请勿修改表头。", 5)
    page.roster([NAME.headed("*姓名"), SEX.headed("*性别"), ID.headed("*身份证号"), UNIT.headed("所属部门"), MOBILE.headed("*手机号")],
                book.people.some(6))  # fmt: skip


@case("occasions")
def award_list(book: Book) -> None:
    page = book.page()
    page.title("“三八红旗手”拟表彰名单", 4)
    page.roster(
        [SEQ, NAME.showing(padded_name), UNIT.headed("工作单位"), POST.headed("职务")],
        book.people.some(9),
    )


@case("occasions")
def award_list_by_grade(book: Book) -> None:
    page = book.page()
    page.title("演讲比赛获奖名单", 3)
    columns = [SEQ, NAME, UNIT]
    page.roster(columns, [
        told("一等奖（1名）"), *book.people.some(1, unit="财务科"), told("二等奖（2名）"), *book.people.some(2, unit="法规科"),
        told("三等奖（3名）"), *book.people.some(3, unit="办公室"),
    ])  # fmt: skip


@case("occasions")
def award_works_with_authors(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, aside("作品名称", text="家风故事{i}"), NAME.headed("作者姓名"), UNIT.headed("单位"), aside("指导老师", text="何敏"), aside("奖项", text="一等奖")],
                book.people.some(6))  # fmt: skip


@case("occasions")
def recommended_people(book: Book) -> None:
    page = book.page()
    page.title("推荐对象汇总表", 7)
    page.line("推荐单位（盖章）：")
    page.roster([SEQ, NAME, SEX, BIRTH.headed("出生年月").showing(dotted_month), PARTY, UNIT.headed("工作单位"), aside("主要事迹（200字以内）", text="工作认真负责，成绩突出，群众评价好。")],
                book.people.some(5))  # fmt: skip


@case("occasions")
def phone_book(book: Book) -> None:
    page = book.page("通讯录")
    page.title("机关通讯录", 5)
    page.roster(
        [
            UNIT.headed("科室"),
            NAME,
            Column("办公室电话", "office_phone", lambda p, i: Shown(f"8765432{i}", f"8765432{i}")),
            MOBILE.headed("手机"),
            aside("短号", text="6{i:03}"),
        ],
        book.people.some(8),
    )


@case("occasions")
def phone_book_of_two_halves(book: Book) -> None:
    page = book.page("通讯录")
    page.title("机关通讯录", 6)
    columns = [UNIT.headed("科室"), NAME, MOBILE.headed("电话").showing(spaced_phone)]
    for column in (1, 4):
        page.row = 2
        page.roster(columns, book.people.some(7), column=column)


@case("occasions")
def phone_book_with_merged_rooms(book: Book) -> None:
    page = book.page()
    unit = type(UNIT)("部门", "unit", UNIT.shows, merged_down=True)
    page.roster([unit, aside("房间", text="30{i}"), NAME, POST, MOBILE], book.people.some(8))


@case("occasions")
def health_check_groups(book: Book) -> None:
    page = book.page("体检名单")
    page.title("2026年女职工健康体检人员名单", 6)
    page.roster([SEQ, NAME, ID, aside("年龄").showing(lambda p, i: 2026 - p.born.year), aside("套餐", text="A套餐"), MOBILE],
                [*book.people.some(7), told("合计", merged=False, why="total"), told("备注：请携带身份证空腹前往。", why="note")])  # fmt: skip


@case("occasions")
def ages_only(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, aside("年龄").showing(lambda p, i: 2026 - p.born.year), UNIT],
        book.people.some(6),
    )


@case("occasions")
def signature_sheet(book: Book) -> None:
    page = book.page("签到")
    page.title("会议签到表", 4)
    page.line("会议名称：妇委会工作会议", None, "时间：2026年3月8日")
    page.roster([SEQ, NAME, UNIT, aside("签名")], book.people.some(7))


@case("occasions")
def seat_list_with_prefilled_numbers_side_by_side(book: Book) -> None:
    page = book.page("座位")
    for column, count in ((1, 6), (4, 3)):
        page.row = 1
        page.roster([SEQ, NAME, UNIT], book.people.some(count), column=column)
        if count == 3:
            for number in range(4, 7):
                page.line(number, column=column)


@case("occasions")
def volunteers(book: Book) -> None:
    page = book.page()
    page.title("巾帼志愿者登记表", 7)
    page.roster(
        [
            SEQ,
            NAME,
            SEX,
            ID.headed("身份证号"),
            aside("服务意向", text="助老"),
            MOBILE.headed("手机号"),
            aside("紧急联系方式", text=""),
        ],
        book.people.some(6),
    )


@case("occasions")
def gift_receipts(book: Book) -> None:
    page = book.page()
    page.title("“三八”节慰问品领取表", 5)
    page.roster(
        [SEQ, UNIT.headed("科室"), NAME, aside("数量", text="1"), aside("领取人签字")],
        [*book.people.some(6), Line({0: "合计", 3: "6"}, why="total")],
    )


@case("occasions")
def children_party_of_employees(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME.headed("职工姓名"), UNIT.headed("所在部门"), MOBILE, aside("孩子姓名", text="乐乐"), aside("孩子性别", text="男"), aside("孩子年龄", text="6")],
                book.people.some(5))  # fmt: skip


@case("occasions")
def online_form_export(book: Book) -> None:
    page = book.page("问卷数据")
    page.roster([
        aside("编号", text="{i}"), aside("提交答卷时间", text="2026/3/5 10:0{i}:00"), aside("所用时间", text="65秒"), aside("来自IP", text="10.0.0.{i}"),
        NAME.headed("1、您的姓名"), SEX.headed("2、您的性别"), UNIT.headed("3、您所在的部门"), MOBILE.headed("4、您的手机号码"),
    ], book.people.some(6))  # fmt: skip


@case("occasions")
def online_form_export_with_brackets(book: Book) -> None:
    page = book.page("Sheet1")
    page.roster([aside("提交时间", text="2026-03-05 10:00"), NAME.headed("姓名（必填）"), ID.headed("身份证号（必填）"), MOBILE.headed("手机号（必填）"), aside("是否参加(必填)", text="是")],
                book.people.some(6))  # fmt: skip


@case("occasions")
def wechat_chain_copied(book: Book) -> None:
    page = book.page()
    page.title("#接龙 妇委会活动报名", 3)
    page.roster([SEQ, NAME, MOBILE], book.people.some(6))


@case("occasions")
def single_column_of_names(book: Book) -> None:
    page = book.page()
    page.roster([NAME], book.people.some(8))


@case("occasions")
def seq_and_names_only(book: Book) -> None:
    page = book.page()
    page.title("参会人员名单", 2)
    page.roster([SEQ, NAME], book.people.some(8))


@case("occasions")
def headings_at_row_twelve(book: Book) -> None:
    page = book.page()
    for text in (
        "关于报送女职工名册的通知",
        "各单位：",
        "请于3月20日前将名册报妇委会。",
        "联系人：陈敏，电话：87654321",
        "附：名册",
    ):
        page.line(text)
    page.row = 12
    page.roster([SEQ, NAME, SEX, ID, UNIT], book.people.some(6))


@case("occasions")
def last_column_note_beside_the_list(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, MOBILE], book.people.some(6))
    page.put(2, 7, "请各科室核对后签字")
    page.put(3, 7, "电话有变的请改正")


@case("occasions")
def small_statistics_beside_the_list(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, UNIT], book.people.some(8))
    for row, (what, count) in enumerate(
        (("部门", "人数"), ("办公室", 3), ("组织人事科", 3), ("财务科", 2), ("合计", 8)), start=2
    ):
        page.put(row, 7, what, count)


@case("occasions")
def statistics_under_the_list(book: Book) -> None:
    page = book.page()
    page.roster([SEQ, NAME, SEX, UNIT], book.people.some(6))
    page.skip(2)
    page.line("科室", "人数", "女", "男")
    page.line("办公室", 4, 4, 0)
    page.line("财务科", 2, 2, 0)
    page.line("合计", 6, 6, 0)


@case("occasions")
def names_with_numbers_as_headings(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, UNIT, kept("2024年考核", "称职"), kept("2025年考核", "优秀"), REMARK],
        [*book.people.some(5), blank(), header_again(), *book.people.some(2)],
    )
