"""Forms, logs, covers and the headings of programs that end up among rosters."""

from __future__ import annotations

from tests.exchange.corpus.columns import (
    BIRTH,
    ID,
    MOBILE,
    NAME,
    POST,
    SEQ,
    SEX,
    STAFF_NO,
    STARTED,
    UNIT,
    aside,
)
from tests.exchange.corpus.pages import Book, Column, Line, Shown, case, told


@case("strays")
def headings_of_an_employee_table(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            STAFF_NO.headed("empNo"),
            NAME.headed("empName"),
            SEX.headed("empSex"),
            MOBILE.headed("empPhone"),
            BIRTH.headed("empBirthday"),
        ],
        book.people.some(4),
    )


@case("strays")
def headings_of_a_user_table(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            aside("user_id", text="{i}"),
            NAME.headed("user_name"),
            SEX.headed("user_sex"),
            ID.headed("id_card"),
            MOBILE.headed("phone_number"),
            UNIT.headed("dept_name"),
        ],
        book.people.some(4),
    )


@case("strays")
def headings_of_a_student_table(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            aside("stuNo", text="2026{i:03}"),
            NAME.headed("stuName"),
            SEX.headed("stuSex"),
            aside("className", text="一班"),
        ],
        book.people.some(4),
    )


@case("strays")
def names_of_parents_in_another_group(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME.headed("学生信息", "姓名"),
            SEX.headed("学生信息", "性别"),
            aside("家长信息", "姓名", text="李建国"),
            aside("家长信息", "联系电话", text="1390000000{i}"),
        ],
        book.people.some(5, men=2),
    )


@case("strays")
def names_of_the_family_in_another_group(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME.headed("职工", "姓名"),
            MOBILE.headed("职工", "电话"),
            aside("配偶", "姓名", text="刘建军"),
            aside("配偶", "工作单位", text="某公司"),
            aside("子女", "姓名", text="小明"),
        ],
        book.people.some(5),
    )


@case("strays")
def headings_partly_broken_over_two_rows(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, STARTED.headed("参加工作", "时间"), BIRTH.headed("出生", "年月"), POST],
        book.people.some(4),
    )


@case("strays")
def invented_names_of_testers(book: Book) -> None:
    page = book.page()
    page.line("姓名", "性别", "手机号")
    page.headers.append(((1,), "A"))
    for name in ("小明", "老王", "zhangsan", "admin", "员工A"):
        person = book.people.one()
        page.put(page.row, 1, name, "女", person.mobile)
        page.expect(page.row, name=name, mobile=person.mobile)
        page.row += 1


@case("strays")
def cover_and_contents_before_the_roster(book: Book) -> None:
    cover = book.page("封面")
    cover.line("某某局")
    cover.line("女职工花名册")
    cover.line("联系人：周敏", None, "电话：87654321")
    contents = book.page("目录")
    contents.line("序号", "名称", "页码")
    for i, text in enumerate(("在职女职工", "退休女职工")):
        contents.line(i + 1, text, i + 1)
    book.page("名册").roster([SEQ, NAME, SEX, MOBILE], book.people.some(5))


@case("strays")
def leave_slip(book: Book) -> None:
    page = book.page("请假单")
    page.title("请 假 单", 6)
    page.line("姓名", book.people.one().name, "部门", "财务科", "职务", "科员")
    page.line("请假类别", "年休假", "请假时间", "2026年4月1日至4月3日", "共计", "3天")
    page.line("请假事由", "家中有事")
    page.line("部门意见", None, None, "分管领导意见")


@case("strays")
def claim_for_expenses(book: Book) -> None:
    page = book.page("报销")
    page.title("差旅费报销单", 6)
    page.line("部门：财务科", None, None, "2026年4月1日", None, "单据 3 张")
    page.line("姓名", book.people.one().name, "职务", "科员", "出差事由", "培训")
    page.line("日期", "起止地点", "交通费", "住宿费", "伙食补助", "小计")
    page.line("4.1", "甲至乙", 120, 300, 100, 520)
    page.line("合计", None, 120, 300, 100, 520)


@case("strays")
def curriculum_vitae(book: Book) -> None:
    page = book.page()
    page.title("个人简历", 5)
    page.line("姓  名：", book.people.one().name, "性  别：", "女", "照片")
    page.line("出生年月：", "1990.05", "民  族：", "汉族")
    page.line("联系电话：", "13912345678", "电子邮箱：", "a@example.com")
    page.line("教育经历", "2008-2012 某大学")
    page.line("工作经历", "2012年至今 某局")


@case("strays")
def application_with_a_table_of_members(book: Book) -> None:
    book.asks = None
    page = book.page("申报书")
    page.title("课题申报书", 6)
    page.line("课题名称", "女职工权益保护研究")
    page.line("负责人", book.people.one().name, "性别", "女", "职称", "副教授")
    page.line("联系电话", "13912345678", "单位", "某学院")
    page.line("研究内容", "……")


@case("strays")
def minutes_of_a_meeting(book: Book) -> None:
    book.asks = None
    page = book.page("会议记录")
    page.line("会议时间", "2026年4月1日", "地点", "三楼会议室")
    page.line("主持人", book.people.one().name, "记录人", book.people.one().name)
    page.line("参加人员", "、".join(p.name for p in book.people.some(6)))
    page.line("会议内容", "研究部署妇委会工作。")


@case("strays")
def names_in_a_paragraph(book: Book) -> None:
    book.asks = None
    page = book.page("名单")
    page.line("获奖名单")
    page.line("一等奖：")
    page.line("  ".join(p.name for p in book.people.some(3)))
    page.line("二等奖：")
    page.line("  ".join(p.name for p in book.people.some(5)))


@case("strays")
def invigilators(book: Book) -> None:
    book.asks = None
    page = book.page("考场安排")
    page.line("考场", "地点", "科目", "监考一", "监考二")
    for i in range(5):
        page.line(f"第{i + 1}考场", f"教学楼10{i}", "语文", *(p.name for p in book.people.some(2)))


@case("strays")
def programme_of_an_evening(book: Book) -> None:
    book.asks = None
    page = book.page("节目单")
    page.line("序号", "节目名称", "表演者", "时长")
    for i, what in enumerate(("歌舞《春天》", "朗诵《母亲》", "小品《邻里》")):
        page.line(i + 1, what, book.people.one().name, "5分钟")


@case("strays")
def months_and_counts(book: Book) -> None:
    page = book.page("月报")
    page.title("女职工变动情况月报表", 5)
    page.line("月份", "期初人数", "增加", "减少", "期末人数")
    for month in range(1, 5):
        page.line(f"{month}月", 120, 2, 1, 121)


@case("strays")
def template_of_a_platform_with_an_instruction_sheet(book: Book) -> None:
    help_page = book.page("说明")
    help_page.line("字段", "是否必填", "说明")
    help_page.line("姓名", "是", "填写真实姓名")
    help_page.line("身份证号", "是", "18位")
    help_page.line("手机号", "否", "11位")
    book.page("导入数据").roster([NAME, ID, MOBILE.headed("手机号")], book.people.some(4))


@case("strays")
def description_of_fields_alone(book: Book) -> None:
    page = book.page("Sheet1")
    page.line("字段名", "类型", "必填", "说明")
    page.line("姓名", "文本", "是", "真实姓名")
    page.line("性别", "枚举", "是", "男、女")
    page.line("身份证号", "文本", "是", "18位")
    page.line("手机号", "文本", "否", "11位")


@case("strays")
def prizes_with_empty_winners(book: Book) -> None:
    page = book.page()
    page.line("奖项", "姓名", "单位")
    for prize in ("一等奖", "二等奖", "二等奖", "三等奖", "三等奖"):
        page.line(prize)


@case("strays")
def empty_slots_of_a_schedule(book: Book) -> None:
    page = book.page()
    page.line("序号", "时间段", "姓名", "联系电话")
    for i in range(6):
        page.line(i + 1, f"{8 + i}:00-{9 + i}:00")


@case("strays")
def slots_partly_taken(book: Book) -> None:
    page = book.page("预约")
    slot = aside("时间段").showing(lambda p, i: f"{8 + i}:00-{9 + i}:00")
    page.roster(
        [SEQ, slot, NAME, MOBILE],
        [*book.people.some(3), Line({0: 4, 1: "11:00-12:00"}), Line({0: 5, 1: "14:00-15:00"})],
    )


@case("strays")
def units_listed_before_their_people_are_known(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, UNIT, NAME, POST, MOBILE],
        [*book.people.some(3), *[Line({0: n, 1: f"第{n}小学"}) for n in range(4, 9)]],
    )


@case("strays")
def rows_that_only_have_a_sex(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, SEX, UNIT],
        [*book.people.some(3), *[Line({0: n, 2: "女", 3: "某局"}) for n in range(4, 9)]],
    )


@case("strays")
def dates_of_every_day_under_signatures(book: Book) -> None:
    page = book.page("签到")
    page.title("培训签到表", 5)
    page.roster(
        [SEQ, NAME, UNIT, aside("4月1日", "上午"), aside("4月1日", "下午")],
        [*book.people.some(5), told("培训负责人：周敏")],
    )


@case("strays")
def unit_and_post_in_one_column(book: Book) -> None:
    page = book.page()
    both = Column("单位及职务", "post", lambda p, i: Shown("某某局办公室科员", "某某局办公室科员"))
    page.roster([SEQ, NAME, both, MOBILE], book.people.some(4))


@case("strays")
def ages_and_years_of_birth(book: Book) -> None:
    page = book.page()
    year = Column("出生年份", "birth_date", lambda p, i: Shown(p.born.year, str(p.born.year)))
    page.roster([SEQ, NAME, SEX, year], book.people.some(4))
