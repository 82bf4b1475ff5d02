# ruff: noqa: E501
"""Rosters of hospitals, schools and companies."""

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
    STAFF_NO,
    STARTED,
    UNIT,
    aside,
    kept,
    month,
    number_phone,
    real_date,
)  # fmt: skip
from tests.exchange.corpus.pages import Book, Column, Shown, case, told


@case("institutions")
def hospital_departments(book: Book) -> None:
    page = book.page("护理部")
    page.title("某市人民医院护理人员花名册（2026年）", 8)
    wards = ("内一科", "内二科", "手术室", "急诊科")
    page.roster([
        SEQ, UNIT.headed("科室").showing(lambda p, i: Shown(wards[i // 3], wards[i // 3])),
        STAFF_NO.headed("工号"), NAME, SEX, aside("职称", text="主管护师"), aside("执业证书编号", text="20254201{i:03}"),
        MOBILE.headed("手机长号"), Column("短号", "office_phone").showing(lambda p, i: Shown(f"66{i:02}", f"66{i:02}")),
    ], book.people.some(12))  # fmt: skip


@case("institutions")
def hospital_with_ward_heads(book: Book) -> None:
    page = book.page()
    page.roster([
        UNIT.headed("科室名称"), aside("科主任", text="周强"), aside("护士长", text="吴敏"), NAME.headed("员工姓名"),
        SEX, MOBILE.headed("联系方式"),
    ], book.people.some(6))  # fmt: skip


@case("institutions")
def doctors_with_certificate_numbers(book: Book) -> None:
    page = book.page()
    page.roster([
        SEQ, NAME, SEX, ID.headed("身份证"), aside("医师资格证书编号", text="2010420111{i:03}198506120021"),
        aside("银行卡号", text="62220200000000000{i:02}"), MOBILE,
    ], book.people.some(6))  # fmt: skip


@case("institutions")
def school_pupils_with_parents(book: Book) -> None:
    page = book.page("七（3）班")
    page.title("七（3）班学生名单", 7)
    page.roster([
        STAFF_NO.headed("学号").showing(lambda p, i: Shown(f"202603{i + 1:02d}", None)),
        NAME, SEX, aside("班级", text="七（3）班"), aside("家长姓名", text="李建国"),
        aside("家长电话", text="1391111110{i}"), aside("家庭住址").showing(lambda p, i: None),
    ], book.people.some(8, men=4))  # fmt: skip


@case("institutions")
def school_pupils_name_heading(book: Book) -> None:
    page = book.page()
    page.roster([
        SEQ, aside("学号", text="2026{i:04}"), NAME.headed("学生姓名"), SEX.headed("学生性别"),
        aside("父亲姓名", text="赵刚"), aside("父亲电话", text="1370000000{i}"), aside("母亲姓名", text="钱丽"),
        aside("母亲联系电话", text="1360000000{i}"), aside("班主任", text="孙老师"), aside("班主任电话", text="1350000000{i}"),
    ], book.people.some(7, men=3))  # fmt: skip


@case("institutions")
def school_teachers(book: Book) -> None:
    page = book.page("教师信息")
    page.title("实验小学教职工花名册", 9)
    page.roster([
        SEQ, NAME.headed("教师姓名"), SEX, BIRTH.headed("出生年月").showing(lambda p, i: Shown(f"{p.born.year}年{p.born.month}月", month(p))),
        SCHOOLING_.headed("最高学历"), aside("任教学科", text="语文"), aside("任教班级", text="三（2）班"), aside("教师资格证号", text="2015420042000{i:04}"),
        MOBILE.headed("手机"),
    ], book.people.some(8))  # fmt: skip


@case("institutions")
def kindergarten_with_children(book: Book) -> None:
    page = book.page()
    page.roster([
        SEQ, NAME, SEX, MOBILE, aside("子女姓名", text="小明"), aside("子女出生日期", text="2020-05-0{i}"),
        aside("子女身份证号", text="42000020200501002{i}"), aside("配偶姓名", text="刘军"), aside("配偶电话", text="1380000000{i}"),
    ], book.people.some(5))  # fmt: skip


@case("institutions")
def company_english_headings(book: Book) -> None:
    page = book.page("Employees")
    page.roster([
        STAFF_NO.headed("Employee ID"), NAME.headed("Name"), SEX.headed("Gender").showing(lambda p, i: Shown("F" if p.is_woman else "M", "2" if p.is_woman else "1")),
        UNIT.headed("Department"), POST.headed("Position"), MOBILE.headed("Mobile"), aside("E-mail"),
    ], book.people.some(7, men=2))  # fmt: skip


@case("institutions")
def company_bilingual_headings(book: Book) -> None:
    page = book.page()
    page.roster([
        SEQ.headed("序号\nNo."), STAFF_NO.headed("工号\nStaff No."), NAME.headed("姓名\nName"), SEX.headed("性别\nSex"),
        UNIT.headed("部门\nDepartment"), BIRTH.headed("出生日期\nDate of Birth"), MOBILE.headed("手机\nMobile"),
    ], book.people.some(6))  # fmt: skip


@case("institutions")
def company_bilingual_in_brackets(book: Book) -> None:
    page = book.page()
    page.roster([NAME.headed("姓名（Name）"), SEX.headed("性别(Gender)"), ID.headed("身份证号码 ID No."), MOBILE.headed("电话 Tel")],
                book.people.some(6))  # fmt: skip


@case("institutions")
def company_three_levels_of_department(book: Book) -> None:
    page = book.page("花名册")
    page.roster([
        STAFF_NO.headed("员工编号"), NAME.headed("员工姓名"), aside("一级部门", text="集团总部"), aside("二级部门", text="财务中心"),
        SEX, POST.headed("岗位名称"), STARTED.headed("入职日期"), MOBILE.headed("手机号"), aside("紧急联系人", text="黄伟"), aside("紧急联系人手机号", text="1388888880{i}"),
        aside("直属上级", text="何总"), aside("部门负责人", text="何军"), aside("部门负责人姓名", text="何军"),
    ], book.people.some(7), also={"unit": "财务中心"})  # fmt: skip


@case("institutions")
def company_dates_as_real_dates(book: Book) -> None:
    page = book.page()
    page.roster([STAFF_NO, NAME, SEX, BIRTH.headed("生日").showing(real_date), UNIT.headed("所属部门"), MOBILE.showing(number_phone)],
                book.people.some(8, men=2))  # fmt: skip


@case("institutions")
def company_male_female_words(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            NAME,
            SEX.showing(
                lambda p, i: Shown("女性" if p.is_woman else "男性", "2" if p.is_woman else "1")
            ),
            MOBILE,
        ],
        book.people.some(6, men=2),
    )


@case("institutions")
def company_sex_as_numbers_is_not_guessed(book: Book) -> None:
    page = book.page()
    columns = [
        SEQ,
        NAME,
        SEX.showing(lambda p, i: Shown("0" if p.is_woman else "1", "0", ("*",))),
        MOBILE,
    ]
    page.roster(columns, book.people.some(5))


@case("institutions")
def company_staff_numbers_with_leading_zeros(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            STAFF_NO.headed("员工ID"),
            NAME.headed("真实姓名"),
            UNIT.headed("部门名称"),
            MOBILE.headed("手机号码"),
        ],
        book.people.some(8),
    )


@case("institutions")
def company_account_and_english_name(book: Book) -> None:
    page = book.page()
    page.roster([aside("账号", text="user{i}"), NAME.headed("员工名称"), aside("英文姓名", text="Amy Wang"), UNIT.headed("所属公司"),
                 aside("状态", text=""), MOBILE.headed("电话号码")], book.people.some(6))  # fmt: skip


@case("institutions")
def company_attendance_summary(book: Book) -> None:
    page = book.page("考勤汇总")
    page.title("2026年3月考勤汇总表", 8)
    page.roster([SEQ, NAME, UNIT.headed("部门"), aside("应出勤", text="22"), aside("实出勤", text="21"), aside("迟到", text="0"), aside("请假", text="1"), REMARK],
                [*book.people.some(6), told("合计", merged=False, why="total")])  # fmt: skip


@case("institutions")
def attendance_matrix_of_days(book: Book) -> None:
    page = book.page("考勤")
    page.title("考勤表", 33)
    page.roster([SEQ, NAME, *[aside(str(d), text="√") for d in range(1, 32)]], book.people.some(5))


@case("institutions")
def pay_slips(book: Book) -> None:
    page = book.page("工资")
    page.roster([SEQ, NAME, ID, aside("基本工资", text="3500"), aside("岗位工资", text="1800"), aside("实发工资", text="5300"), aside("签名")],
                [*book.people.some(6), told("合计", merged=False, why="total")])  # fmt: skip


@case("institutions")
def insurance_with_wrong_and_right_ids(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME,
            aside("错误身份证号", text="42000019850612002{i}"),
            ID.headed("正确身份证号"),
            MOBILE,
        ],
        book.people.some(5),
    )


@case("institutions")
def family_members_columns(book: Book) -> None:
    page = book.page()
    page.roster([
        SEQ, NAME, SEX, ID, UNIT, aside("家属姓名", text="杨强"), aside("家属电话", text="1350000001{i}"), aside("家属身份证号", text="42000019830612003{i}"),
        aside("家庭电话", text="027-8765432{i}"),
    ], book.people.some(5))  # fmt: skip


@case("institutions")
def contact_person_columns(book: Book) -> None:
    page = book.page("报名表")
    page.roster([
        SEQ, UNIT.headed("单位名称"), NAME, SEX, MOBILE.headed("本人电话"), aside("联系人", text="陈敏"), aside("联系人电话", text="1390000002{i}"),
    ], book.people.some(6))  # fmt: skip


@case("institutions")
def id_copies_and_addresses(book: Book) -> None:
    page = book.page()
    page.roster([NAME, ID.headed("身份证号"), aside("身份证复印件", text="有"), aside("身份证地址", text="某市某路{i}号"), aside("身份证有效期", text="2030-01-01"), MOBILE],
                book.people.some(5))  # fmt: skip


@case("institutions")
def id_type_and_number(book: Book) -> None:
    page = book.page()
    page.roster(
        [NAME, aside("证件类型", text="居民身份证"), ID.headed("证件号码"), NATION, PARTY],
        book.people.some(6),
    )


@case("institutions")
def retired_staff(book: Book) -> None:
    page = book.page("离退休")
    page.title("离退休女职工登记表", 6)
    page.roster([SEQ, NAME, ID, aside("退休时间", text=""), aside("子女联系电话", text="1350000003{i}"), MOBILE.headed("本人联系电话")],
                book.people.some(5))  # fmt: skip


@case("institutions")
def dormitory_list(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            aside("楼栋", text="1栋"),
            aside("房间号", text="10{i}"),
            NAME,
            SEX,
            UNIT.headed("部门"),
            MOBILE,
        ],
        book.people.some(6),
    )


@case("institutions")
def expert_pool(book: Book) -> None:
    page = book.page()
    page.title("巾帼讲师团专家库", 6)
    page.roster(
        [
            SEQ,
            NAME,
            SEX,
            UNIT.headed("工作单位"),
            aside("专业特长", text="家庭教育"),
            MOBILE.headed("联系方式"),
        ],
        book.people.some(6),
    )


@case("institutions")
def telephones_behind_somebody_else(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            SEQ,
            NAME,
            SEX,
            aside("紧急联系人", text="周伟强"),
            aside("联系电话", text="1390000000{i}"),
        ],
        book.people.some(4),
    )


@case("institutions")
def telephones_behind_the_head_of_the_department(book: Book) -> None:
    page = book.page()
    page.roster(
        [
            UNIT,
            aside("部门负责人", text="周伟强"),
            aside("联系电话", text="1390000000{i}"),
            NAME,
            MOBILE.headed("手机"),
        ],
        book.people.some(4),
    )


@case("institutions")
def own_telephone_before_that_of_the_contact(book: Book) -> None:
    page = book.page()
    page.roster(
        [NAME, MOBILE, aside("家长姓名", text="李建国"), aside("联系电话", text="1390000000{i}")],
        book.people.some(4),
    )


@case("institutions")
def first_and_second_telephone(book: Book) -> None:
    page = book.page()
    page.roster(
        [SEQ, NAME, MOBILE.headed("电话1"), kept("电话2", "1390000000{i}")], book.people.some(4)
    )
