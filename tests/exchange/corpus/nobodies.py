"""Sheets that are no rosters: nobody may come in from them, and some have to be asked about."""

from __future__ import annotations

from tests.exchange.corpus.columns import BIRTH, ID, MOBILE, NAME, SEQ, SEX, UNIT, aside
from tests.exchange.corpus.pages import Book, case


@case("nobodies")
def duty_roster_by_weekday(book: Book) -> None:
    page = book.page("值班表")
    page.title("2026年4月值班表", 6)
    page.line("日期", "星期一", "星期二", "星期三", "星期四", "星期五")
    for week in range(4):
        page.line(f"第{week + 1}周", *(p.name for p in book.people.some(5)))


@case("nobodies")
def duty_roster_by_day(book: Book) -> None:
    page = book.page("值班安排")
    page.title("春节值班安排表", 5)
    page.line("日期", "星期", "带班领导", "值班人员", "值班电话")
    for day in range(1, 8):
        a, b = book.people.some(2)
        page.line(f"2月{day}日", "一二三四五六日"[day - 1], a.name, b.name, "027-87654321")


@case("nobodies")
def duty_roster_with_shifts(book: Book) -> None:
    page = book.page("排班")
    page.line("日期", "白班", "中班", "夜班")
    for day in range(1, 11):
        page.line(f"2026-04-{day:02d}", *(p.name for p in book.people.some(3)))


@case("nobodies")
def school_timetable(book: Book) -> None:
    page = book.page("课程表")
    page.title("三（2）班课程表", 6)
    page.line("节次", "周一", "周二", "周三", "周四", "周五")
    for lesson in range(1, 7):
        page.line(f"第{lesson}节", "语文", "数学", "英语", "体育", "音乐")


@case("nobodies")
def list_of_units_with_heads(book: Book) -> None:
    page = book.page("基层单位")
    page.title("下属单位一览表", 5)
    page.line("序号", "单位名称", "负责人", "联系电话", "地址")
    for i, unit in enumerate(("第一中学", "实验小学", "卫生院", "文化站")):
        page.line(i + 1, unit, book.people.one().name, f"1390000000{i}", f"某路{i}号")


@case("nobodies")
def unit_statistics(book: Book) -> None:
    page = book.page("统计")
    page.title("女职工情况统计表", 6)
    page.line("单位", "女职工总数", "其中：党员", "35岁以下", "本科以上", "备注")
    for unit in ("办公室", "财务科", "执法大队"):
        page.line(unit, 12, 5, 4, 10)
    page.line("合计", 36, 15, 12, 30)


@case("nobodies")
def two_row_statistics(book: Book) -> None:
    page = book.page()
    page.title("各单位妇女儿童基本情况统计表", 7)
    page.line("序号", "单位", "职工人数", None, None, "儿童人数", None)
    page.line(None, None, "总数", "男", "女", "男", "女")
    page.merges += [(2, 3, 2, 5), (2, 6, 2, 7)]
    for i, unit in enumerate(("城关镇", "东湖街道", "南山乡")):
        page.line(i + 1, unit, 80, 30, 50, 12, 14)
    page.line("合计", None, 240, 90, 150, 36, 42)


@case("nobodies")
def one_person_form(book: Book) -> None:
    page = book.page("登记表")
    page.title("女职工基本情况登记表", 6)
    person = book.people.one()
    page.line("姓名", person.name, "性别", "女", "出生年月", "1985.06")
    page.line("民族", "汉族", "籍贯", "湖北武汉", "政治面貌", "中共党员")
    page.line("身份证号", person.id_number, None, "联系电话", person.mobile)
    page.line("工作单位", "某某局办公室", None, "职务", "科员")
    page.line("主要\n简历", "2008年7月参加工作……")
    page.line("单位\n意见", None, None, "（盖章）    年  月  日")


@case("nobodies")
def empty_one_person_form(book: Book) -> None:
    page = book.page()
    page.title("三八红旗手推荐审批表", 6)
    page.line("姓名", None, "性别", None, "出生年月", None)
    page.line("民族", None, "政治面貌", None, "学历", None)
    page.line("工作单位", None, None, None, "职务", None)
    page.line("主要事迹")
    page.line("推荐单位意见")


@case("nobodies")
def appraisal_form(book: Book) -> None:
    page = book.page("KPI")
    page.title("员工绩效考核表", 6)
    page.line("姓名", book.people.one().name, "部门", "财务科", "岗位", "会计")
    page.line("序号", "考核指标", "权重", "自评", "上级评分", "备注")
    for i, what in enumerate(("工作质量", "工作效率", "团队协作")):
        page.line(i + 1, what, 0.3, 90, 92)
    page.line("合计", None, 1)


@case("nobodies")
def empty_template(book: Book) -> None:
    page = book.page()
    page.title("女职工花名册", 5)
    page.line("序号", "姓名", "性别", "身份证号", "联系电话")


@case("nobodies")
def empty_template_with_numbers(book: Book) -> None:
    page = book.page()
    page.line("序号", "姓名", "性别", "身份证号", "联系电话")
    for number in range(1, 31):
        page.line(number)
    page.line("填表人：", None, None, "审核人：")


@case("nobodies")
def empty_template_with_unit_and_sex(book: Book) -> None:
    page = book.page()
    page.line("序号", "单位", "姓名", "性别", "联系电话")
    for number in range(1, 11):
        page.line(number, "某某局", None, "女")


@case("nobodies")
def template_with_only_an_example(book: Book) -> None:
    page = book.page("模板")
    page.line("序号", "姓名", "性别", "身份证号", "联系电话")
    page.line("示例", "张三", "女", "420000198506120021", "13800000000")


@case("nobodies")
def code_tables(book: Book) -> None:
    page = book.page("字典")
    page.line("民族", "政治面貌", "学历")
    for row in (
        ("汉族", "中共党员", "博士研究生"),
        ("回族", "共青团员", "硕士研究生"),
        ("满族", "群众", "大学本科"),
    ):
        page.line(*row)


@case("nobodies")
def entirely_empty(book: Book) -> None:
    book.page()


@case("nobodies")
def budget(book: Book) -> None:
    page = book.page("预算")
    page.title("妇委会2026年经费预算", 4)
    page.line("序号", "项目名称", "金额（元）", "备注")
    for i, what in enumerate(("三八节活动", "女职工体检", "读书活动", "培训")):
        page.line(i + 1, what, 5000 + i * 1000)
    page.line("合计", None, 26000)


@case("nobodies")
def yearly_plan(book: Book) -> None:
    page = book.page("工作计划")
    page.line("序号", "工作内容", "时间", "责任人", "备注")
    for i, what in enumerate(("召开妇委会会议", "组织健康讲座", "走访慰问")):
        page.line(i + 1, what, f"{i + 3}月", book.people.one().name)


@case("nobodies")
def expenses_per_item(book: Book) -> None:
    page = book.page("物资")
    page.line("编号", "名称", "规格", "数量", "单位", "经手人")
    for i, what in enumerate(("笔记本", "签字笔", "文件盒")):
        page.line(i + 1, what, "A5", 20, "本", book.people.one().name)


@case("asks")
def headerless_names_and_sex(book: Book) -> None:
    book.asks = True
    page = book.page()
    for person in book.people.some(8):
        page.once_confirmed.append(person.name)
        page.line(person.name, person.sex)


@case("asks")
def headerless_full_rows(book: Book) -> None:
    book.asks = True
    page = book.page()
    for i, person in enumerate(book.people.some(8)):
        page.once_confirmed.append(person.name)
        page.line(i + 1, person.name, person.sex, person.id_number, person.mobile)


@case("asks")
def headerless_under_a_title(book: Book) -> None:
    book.asks = True
    page = book.page("名单")
    page.title("参加活动人员名单", 3)
    for person in book.people.some(8):
        page.once_confirmed.append(person.name)
        page.line(person.unit, person.name, person.mobile)


@case("asks")
def headerless_csv(book: Book) -> None:
    book.asks = True
    book.format = "csv-gb18030"
    page = book.page()
    for person in book.people.some(8):
        page.once_confirmed.append(person.name)
        page.line(person.name, person.sex, person.id_number)


@case("asks")
def header_of_unknown_words(book: Book) -> None:
    book.asks = True
    page = book.page()
    page.line("甲", "乙", "丙")
    for person in book.people.some(8):
        page.once_confirmed.append(person.name)
        page.line(person.name, person.sex, person.mobile)


@case("nobodies")
def roster_beside_statistics_and_codes(book: Book) -> None:
    page = book.page("名册")
    page.roster([SEQ, NAME, SEX, ID, UNIT], book.people.some(6))
    counts = book.page("统计表")
    counts.line("单位", "人数")
    counts.line("办公室", 4)
    counts.line("合计", 4)
    codes = book.page("选项")
    codes.line("性别", "民族")
    codes.line("男", "汉族")
    codes.line("女", "回族")


@case("nobodies")
def roster_with_leftover_names_on_sheet2(book: Book) -> None:
    book.page("Sheet1").roster([SEQ, NAME, SEX, MOBILE], book.people.some(6))
    book.page("Sheet2").line("4月3日已核对")
    book.page("Sheet3")


@case("nobodies")
def roster_beside_a_duty_roster(book: Book) -> None:
    people = book.people.some(7)
    book.page("花名册").roster([SEQ, NAME, SEX, MOBILE], people)
    duty = book.page("值班表")
    duty.line("日期", "周一", "周二", "周三")
    for week in range(2):
        duty.line(f"第{week + 1}周", *(p.name for p in people[week : week + 3]))


@case("nobodies")
def roster_beside_a_filled_form(book: Book) -> None:
    people = book.people.some(5)
    book.page("汇总").roster([SEQ, NAME, SEX, BIRTH], people)
    form = book.page("登记表")
    form.line("姓名", people[0].name, "性别", "女")
    form.line("身份证号", people[0].id_number, "电话", people[0].mobile)
    form.line("工作单位", "某局", "职务", "科员")


@case("nobodies")
def units_with_heads_beside_the_roster(book: Book) -> None:
    book.page("人员").roster(
        [SEQ, NAME, SEX, MOBILE, aside("所在组", text="{i}组")], book.people.some(6)
    )
    heads = book.page("各组负责人")
    heads.line("组别", "负责人", "电话")
    for i in range(3):
        heads.line(f"{i + 1}组", book.people.one().name, f"1380000000{i}")
