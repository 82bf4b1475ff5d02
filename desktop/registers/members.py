"""The register of members: the roster (花名册)."""

from __future__ import annotations

from db.tables import Member
from desktop.fields import (
    Choice,
    Day,
    Field,
    IdNumber,
    Link,
    LongText,
    Name,
    Phone,
    Register,
    Text,
    YesNo,
)
from desktop.fields import standards as std

_BASICS, _WORK, _CONTACT, _CARE = "基本情况", "工作", "联系方式", "关爱与荣誉"

MEMBERS = Register(
    name="members",
    title="成员",
    record=Member,
    measure="人",
    fields=(
        Field("name", "姓名", Name(), ("职工姓名", "女职工姓名", "人员姓名", "名字", "真实姓名",
              "员工姓名", "员工名称", "教师姓名", "本人姓名", "女职工", "妇女姓名"), True, _BASICS, True),
        Field("unit_id", "单位", Link("units"), ("科室", "部门", "工作单位", "所在单位", "所属部门",
              "单位名称", "处室", "股室", "二级单位", "所在科室", "部门名称", "所属单位", "所在部门",
              "单位科室", "科室名称", "单位及科室", "股室站所", "所属科室", "工作部门", "现工作单位",
              "单位部门", "部门科室", "所属公司", "企业名称", "内设机构", "下属单位"), False, _WORK, True),
        Field("post", "职务", Text(), ("现任职务", "岗位", "行政职务", "职务职级", "职位", "岗位名称",
              "担任职务", "担任职位", "现职务", "单位职务", "职务岗位", "工作岗位"), False, _WORK, True),
        Field("id_number", "身份证号", IdNumber(), ("身份证号码", "身份证", "居民身份证号", "公民身份号码",
              "公民身份证件编号", "证件号码", "有效证件号", "居民身份证号码", "证件号", "证件编号",
              "有效证件号码", "公民身份证号", "公民身份证号码", "二代身份证号", "ID号"), False, _BASICS, True),
        Field("birth_date", "出生日期", Day(), ("出生年月", "出生年月日", "生日", "出生时间", "出生",
              "出生日期公历", "出生年份", "生年月日"), False, _BASICS, True),
        Field("mobile", "手机", Phone(), ("手机号码", "联系电话", "联系方式", "电话", "移动电话", "手机号",
              "电话号码", "本人电话", "本人手机", "联系手机", "手机电话", "个人电话", "联系号码"),
              False, _CONTACT, True),
        Field("staff_no", "工号", Text(), ("职工编号", "员工编号", "人员编号", "职工号", "员工号", "员工ID",
              "工作证号", "人事编号"), False, _WORK),
        Field("sex", "性别", Choice(std.SEX), (), False, _BASICS),
        Field("former_name", "曾用名", Text(), ("原名",), False, _BASICS),
        Field("id_type", "证件类型", Choice(std.ID_TYPE, is_open=True), ("证件种类",), False, _BASICS),
        Field("ethnicity_code", "民族", Choice(std.ETHNICITY), ("族别",), False, _BASICS),
        Field("native_place", "籍贯", Text(), ("出生地", "户籍地", "户口所在地", "户籍所在地"), False, _BASICS),
        Field("political_status_code", "政治面貌", Choice(std.POLITICAL_STATUS),
              ("政治面目", "党派", "是否党员", "党员", "政治身份"), False, _BASICS),
        Field("party_join_date", "入党时间", Day(), ("入党日期", "入党团时间", "加入党派时间", "入党年月"),
              False, _BASICS),
        Field("education_code", "学历", Choice(std.EDUCATION, is_open=True), ("文化程度", "最高学历",
              "全日制学历", "在职学历", "学历学位", "教育程度", "全日制教育"), False, _BASICS),
        Field("degree_code", "学位", Choice(std.DEGREE, is_open=True), ("最高学位",), False, _BASICS),
        Field("school_major", "毕业院校及专业", Text(), ("毕业学校", "毕业院校", "所学专业", "专业",
              "毕业院校系及专业", "院校专业", "毕业学校及专业"), False, _BASICS),
        Field("marital_status_code", "婚姻状况", Choice(std.MARITAL_STATUS), ("婚否", "婚育状况", "婚姻",
              "已婚未婚", "婚姻情况", "是否已婚"), False, _BASICS),
        Field("children", "子女情况", Text(), ("子女数", "独生子女", "生育情况", "子女", "子女个数"),
              False, _CARE),
        Field("rank", "职级", Text(), ("级别", "行政级别", "干部级别", "现职级"), False, _WORK),
        Field("professional_title", "职称", Choice(std.PROFESSIONAL_TITLE, is_open=True),
              ("专业职称或技术等级", "专业技术职务", "技术职称", "专业技术职称", "专业职称"), False, _WORK),
        Field("establishment_type", "编制类型", Choice(std.ESTABLISHMENT_TYPE, is_open=True), ("身份",
              "人员类别", "用工性质", "人员性质", "编制", "编制性质", "用工形式", "人员身份", "人员类型"),
              False, _WORK),
        Field("employment_status", "在职状态", Choice(std.EMPLOYMENT_STATUS), ("是否在职", "现在状态",
              "人员状态", "在岗状态", "在职情况", "状态"), False, _WORK),
        Field("status_date", "状态日期", Day(), ("退休时间", "调出时间", "离职时间"), False, _WORK),
        Field("work_start_date", "参加工作时间", Day(), ("参工时间", "工作时间", "入职日期", "参加工作日期",
              "参加工作年月", "入职时间"), False, _WORK),
        Field("join_unit_date", "来本单位时间", Day(), ("调入时间", "进入本单位时间", "到岗时间", "到本单位时间"),
              False, _WORK),
        Field("retirement_age", "原退休年龄", Choice(std.RETIREMENT_AGE), (), False, _WORK),
        Field("office_phone", "办公电话", Phone(), ("固定电话", "座机", "单位电话", "办公室电话",
              "固话", "工作电话", "短号"), False, _CONTACT),
        Field("email", "电子邮箱", Text(), ("邮箱", "电子邮件", "Email", "E-mail", "邮箱地址"), False, _CONTACT),
        Field("wechat", "微信", Text(), ("微信号",), False, _CONTACT),
        Field("address", "家庭住址", Text(), ("现住址", "常住地址", "通信地址", "住址", "家庭地址", "现居住地",
              "通讯地址", "居住地址", "联系地址", "详细地址"), False, _CONTACT),
        Field("emergency_contact", "紧急联系人", Text(), ("紧急联系方式", "应急联系人"), False, _CONTACT),
        Field("committee_role", "妇委会职务", Text(), ("妇干", "是否委员", "妇委会任职", "妇联职务"),
              False, _WORK),
        Field("skills", "特长", Text(), ("爱好特长", "文体特长", "兴趣爱好", "特长爱好"), False, _CARE),
        Field("is_single_parent", "单亲", YesNo(), ("是否单亲", "单亲母亲"), False, _CARE),
        Field("is_hardship", "困难女职工", YesNo(), ("是否困难", "困难职工", "困难情况"), False, _CARE),
        Field("honours", "曾获荣誉", LongText(), ("何时何地受过何种奖励", "获奖情况", "荣誉", "奖惩情况",
              "获得荣誉"), False, _CARE),
        Field("remark", "备注", LongText(), ("说明", "附注", "注释", "备 注"), False, _BASICS),
    ),
)  # fmt: skip

# The names under which the outside world (command line, JSON) knows fields that the glossary
# calls differently in the table.
PUBLIC_NAMES: dict[str, str] = {"unit_id": "unit", "mobile": "phone", "employment_status": "status"}
_PRIVATE_NAMES = {public: name for name, public in PUBLIC_NAMES.items()}


def public_name(name: str) -> str:
    """The name of a field as commands and JSON give it."""
    return PUBLIC_NAMES.get(name, name)


def field_name(name: str) -> str:
    """The field meant by a name typed by a person or a program; ``KeyError`` if there is none."""
    own = _PRIVATE_NAMES.get(name, name)
    return MEMBERS.field(own).name
