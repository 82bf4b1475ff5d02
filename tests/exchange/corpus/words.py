# ruff: noqa: E501
"""One small roster for each way of heading a column, and for each heading that means somebody else."""

from __future__ import annotations

from collections.abc import Callable

from tests.exchange.corpus.columns import BIRTH, ID, MOBILE, NAME, SEQ, SEX, STAFF_NO, UNIT, aside
from tests.exchange.corpus.pages import CASES, Book, Case, Column, Shown

_NAMES = (
    "姓  名|名字|职工姓名|女职工姓名|人员姓名|真实姓名|员工名称|参会人员|参训人员|获奖人员|报名人员|体检人员|人员名称|姓名/Name|"
    "*姓名|姓名*|姓名（必填）|1.姓名|【姓名】|姓\n名|Name 姓名|姓名（中文）|姓名（与身份证一致）|项目\n姓名|教职工姓名|志愿者姓名|"
    "人员姓名（全称）|考生姓名|姓名全称|中文名"
)
_PHONES = (
    "手机|手机号|联系方式|联系方式（手机）|电话（手机）|手机/电话|联系电话\n(手机)|Tel|手机号码（11位）|本人手机号码|联系手机|"
    "移动电话|联系电话（必填）|手机（长号）|*手机号码|电 话|个人手机|本人联系电话|手机电话|Phone|电话号码|联系号码|手机号（微信同号）"
)
_IDS = (
    "身份证|身份证号|公民身份号码|证件号|身份证号码(18位)|*身份证号码（必填）|公民身份证号码|ID Card|身份证号码\n（18位）|居民身份证号码|"
    "身份证件号码|身份证号（用于购买保险）|身 份 证 号|有效证件号码|身份证（文本格式）|本人身份证号"
)
_BIRTHS = (
    "出生年月|生日|出生年月日|出生时间|出生日期（公历）|出生年月（XXXX.XX）|出 生\n年 月|出生\n日期|出生日期（如1985-06-12）|"
    "*出生日期|阳历生日|Date of Birth|Birthday|出生年月（格式：1985.06）|出生年月日（身份证）"
)
_UNITS = (
    "部门|科室|处室|工作单位|所在单位（部门）|部门/科室|单位（科室）|单位\n名称|所在处（科）室|所属部门|所在部门|Department|科 室|"
    "单位全称|工作单位（全称）|股室（站所）|*部门|部门名称|所在科室|现工作单位|所属单位|内设机构|处（科）室|单位/部门"
)
_STAFF = "工号|职工号|员工编号|人员编码|教工号|职工编码|员工代码|职工工号|工作证号|员工号|人员编号|Employee ID|工 号"
_TRAPS = {
    "name": "紧急联系人姓名|配偶姓名|父亲姓名|母亲姓名|部门负责人姓名|推荐人姓名|介绍人|联系人|户主姓名|领队姓名|监护人|"
    "子女姓名|家长姓名|导师姓名|单位负责人|班主任姓名|直接上级|英文姓名|曾用名|开户名|经办人姓名|陪同人员姓名|发起人姓名",
    "mobile": "紧急联系人电话|配偶电话|联系人手机|家长联系方式|部门负责人电话|父亲手机|监护人电话|户主联系电话|经办人电话|"
    "推荐人联系方式|紧急联系电话|家属联系电话|负责人手机号|班主任电话|介绍人电话|家庭成员电话|单位联系人电话",
    "id_number": "配偶身份证号|子女身份证号|户主身份证号|监护人身份证号码|父亲身份证号|银行卡号|社保卡号|错误身份证号|"
    "原身份证号|家属身份证号码|法定代表人身份证号|担保人身份证号|证书编号|配偶证件号码",
    "birth_date": "子女出生日期|配偶出生年月|孩子生日|毕业时间|结婚时间|入团时间|身份证有效期|合同签订日期|发证日期|转正时间|"
    "入学时间|父亲出生日期|填表日期|子女生日|体检日期|任职时间|评定时间|报名日期|有效期至",
}


def _own(column: Column, heading: str) -> Callable[[Book], None]:
    def made(book: Book) -> None:
        columns = {
            "name": NAME,
            "sex": SEX,
            "id_number": ID,
            "mobile": MOBILE,
            column.field: column,
        }
        told = [
            SEQ,
            *(c.headed(heading) if c.field == column.field else c for c in columns.values()),
        ]
        book.page().roster(told, book.people.some(5))

    return made


_CONTENTS: dict[str, Callable[[int], str]] = {
    "name": lambda i: ("周伟强", "吴国华", "郑建军", "孙立新", "冯志远")[i % 5],
    "mobile": lambda i: f"1390000000{i}",
    "id_number": lambda i: (
        "420000198311230014",
        "420000198007150033",
        "420000197902280057",
        "420000198812010071",
        "420000198105050092",
    )[i % 5],
    "birth_date": lambda i: f"2015-0{i % 9 + 1}-12",
}


def _same(text: str) -> Shown:
    return Shown(text, text)


def _others(field: str, heading: str) -> Callable[[Book], None]:
    """A trap stands beside the true column if its heading is of odd length, else alone."""

    def made(book: Book) -> None:
        trap = aside(heading).showing(lambda p, i: _CONTENTS[field](i))
        if heading == "曾用名":
            trap = Column(heading, "former_name", lambda p, i: _same(_CONTENTS[field](i)))
        without = {field if len(heading) % 2 == 0 else ""}
        if field == "birth_date":
            without.add("id_number")
        own = [c for c in (ID, BIRTH, MOBILE) if c.field not in without]
        book.page().roster([SEQ, NAME, trap, SEX, *own], book.people.some(5))

    return made


def _enter() -> None:
    own = (
        (NAME, _NAMES), (MOBILE, _PHONES), (ID, _IDS), (BIRTH, _BIRTHS), (UNIT, _UNITS), (STAFF_NO, _STAFF),
    )  # fmt: skip
    for column, headings in own:
        for heading in headings.split("|"):
            name = f"{column.field}_{'_'.join(heading.split()).replace('/', '_')}"
            CASES.append(Case(name, "headings", _own(column, heading)))
    for field, told in _TRAPS.items():
        for heading in told.split("|"):
            CASES.append(Case(f"not_{field}_{heading}", "traps", _others(field, heading)))


_enter()
