# ruff: noqa: E501
"""Which words stand over the columns of rosters, beyond those the register itself declares?"""

from __future__ import annotations

MORE_SYNONYMS: dict[str, str] = {
    "name": "中文姓名 中文名 学员姓名 学生姓名 成员姓名 会员姓名 干部姓名 党员姓名 队员姓名 用户姓名 "
    "职员姓名 考生姓名 参会人员姓名 参训人员姓名 同志姓名 选手姓名 获奖人 获奖者 获奖者姓名 姓名全称 "
    "职工名字 委员姓名 代表姓名 参加人姓名 志愿者姓名 个人姓名 被考核人 人名 员工名字 业主姓名 "
    "患者姓名 客户姓名 教职工姓名 老师姓名 妇女干部姓名 女干部姓名 女职工名字 体检人姓名 受检人姓名 人员名称 推荐人选 推荐对象 候选人 候选人姓名",
    "id_number": "身份证号码或统一编码 身份证件号码 身份证件号 身份号码 身份证编号 有效身份证件号码 "
    "有效身份证件号 身份证号或护照号 证件号码身份证 身份证证件号 公民身份证 居民身份证 本人身份证号 "
    "身份证号码18位 身份证号18位",
    "mobile": "联络电话 联络方式 手机联系方式 手机号码1 联系电话手机 手机长号 长号 移动电话号码 手机联系电话 "
    "手机号码必填 本人联系电话 本人手机号 本人手机号码 本人联系方式 联系电话1 电话1 手机1",
    "sex": "男女 男或女",
    "birth_date": "出生日 出生年月日期 出生年月公历 阳历生日 公历生日 出生日期阳历 生日阳历",
    "unit_id": "单位科室名称 所在单位及部门 科室单位 处科室 所属科室部门 所在处室 所在股室 处室单位 "
    "单位处室 所属二级单位 工作科室 部门单位 单位全称 所属机构 机构名称 机构 任职部门 "
    "用人部门 现部门 四级部门 三级部门 二级部门 一级部门 村社区 村居 所在村 所在村社区 行政村 村 社区 "
    "乡镇 镇街 乡镇街道 镇街道 代表单位 参赛单位 参会单位 参训单位 报名单位 任职单位 选送单位 "
    "派出单位 服务单位 现单位 隶属单位 隶属部门 处科室 工作单位及部门 所在机构 部门处室 现所在单位 所属单位部门",
    "post": "职务名称 工作职务 担任职务名称 单位及职务 工作单位及职务 现任职务职级 岗位职务 岗位职责",
    "staff_no": "职工工号 员工工号 教师工号 教工号 工作号 工号编号 考勤号 考勤号码 警号 人员编码 职工编码 员工编码 "
    "员工代码 职工代码 人员代码 教职工号 教职工编号 工作编号",
    "education_code": "学历及学位 学历和学位 全日制学历学位 学历或学位 文化 最高学历学位 受教育程度 学历层次",
    "ethnicity_code": "民 族 少数民族",
    "work_start_date": "参加工作年月日 入职年月 工作年月 参加工作 上岗时间 参加工作日",
    "join_unit_date": "进单位时间 入本单位时间 来单位时间 进入单位时间 到单位时间",
    "party_join_date": "入党时间年月 入党日 加入中国共产党时间 党团时间",
    "school_major": "毕业学校专业 毕业院校专业 学校及专业 院校及专业 专业名称 毕业院校系专业",
    "office_phone": "办公室号码 办公固话 单位固话 固定电话号码 电话固话 办公号码 小号 虚拟网短号",
    "email": "邮件 mail 邮件地址 电子信箱",
    "address": "现居住地址 家庭详细地址 通讯住址 现家庭住址 住所 居住地 现居地 家庭现住址 常住地",
    "marital_status_code": "婚姻状态 是否结婚 婚配情况 婚姻状况已婚未婚",
    "employment_status": "在职与否 职工状态 员工状态",
    "remark": "备注说明 其他说明 备注信息 其它",
}  # fmt: skip

ENGLISH: dict[str, str] = {
    "name": "name fullname empname employeename staffname username realname studentname chinesename",
    "sex": "sex gender",
    "id_number": "idcard idnumber idno idcardno idcardnumber identitycard identitynumber cardid "
    "citizenid idcardnum sfzh",
    "birth_date": "birthday birthdate dateofbirth dob birth",
    "mobile": "phone mobile tel telephone phonenumber mobilephone cellphone phoneno mobileno "
    "contactnumber",
    "email": "email mail emailaddress",
    "unit_id": "department dept deptname departmentname unit unitname",
    "post": "position post jobtitle job",
    "education_code": "education degreeofeducation",
    "ethnicity_code": "nation nationality ethnicity",
    "address": "address homeaddress",
    "work_start_date": "hiredate entrydate joindate",
    "staff_no": "empno staffno employeeid empid jobnumber worknumber employeeno",
    "remark": "remark remarks note notes comment memo",
    "political_status_code": "politicalstatus politics politicalstate",
    "seq": "id no seq index number sn",
    "age": "age",
}

OWN_COLUMNS: dict[str, str] = {
    "seq": "序号 序 编号 № No 行号 总序 顺序号 顺序 总序号 排序 排序号 列号 次序",
    "age": "年龄 周岁 现年龄 实足年龄 岁数 年龄岁 年龄周岁 实际年龄",
}

# Headings of rosters that are no field here: they help to see that a row is a header.
KNOWN_WORDS = frozenset(
    "学号 班级 年级 学院 系别 专业班级 宿舍 宿舍号 层次 学制 入学时间 入学年份 签名 签字 签到 照片 相片 "
    "国籍 血型 身高 体重 宗教信仰 银行卡号 开户行 开户银行 银行账号 户口性质 户籍类型 户籍性质 家庭电话 "
    "联系人 联系人电话 紧急联系人电话 关系 与本人关系 与户主关系 健康状况 身体状况 成绩 分数 得分 总分 "
    "平均分 名次 考勤 出勤 工资 基本工资 岗位工资 绩效 奖金 合同期限 合同开始日期 合同结束日期 合同类型 "
    "车牌号 楼号 房号 QQ QQ号 QQ号码 职责 分工 组别 小组 组长 角色 账号 用户名 密码 学校 学校名称 学籍号 "
    "考号 准考证号 座位号 考场 日期 时间 地点 金额 奖项 获奖等级 荣誉称号 证书编号 推荐理由 主要事迹 "
    "报名时间 培训时间 课程 课程名称 学时 导师 指导教师 指导老师 辅导员 班主任 英文名 拼音 别名 昵称 "
    "家长姓名 家长电话 父亲姓名 母亲姓名 父亲电话 母亲电话 配偶姓名 证件照 身份证复印件 身份证地址 "
    "饭卡号 工资卡号 社保号 公积金账号 工龄 司龄 政审 来源 生源地 考生号 录取专业 项目 项目名称 类别 "
    "工作内容 简历 工作简历 主要社会关系 直接上级 汇报对象 离职日期 离职原因 转正日期 试用期".split()
)

COARSE = frozenset(
    "单位 工作单位 所在单位 单位名称 现工作单位 所属单位 所属公司 企业名称 单位全称 所属机构 机构名称 机构 "
    "一级部门 乡镇 镇街 乡镇街道 镇街道 现所在单位 所属二级单位 二级单位 下属单位".split()
)
