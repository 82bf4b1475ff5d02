"""Who is in the sample workbooks: invented women of an invented bureau, the same at every run.

Identity numbers use area code 420000, which was never given to anybody; telephone numbers lie in
1380000xxxx.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from desktop.fields.identity import check_character

BUREAU = "云泽市生态环境局"
SECTIONS = {
    "办公室": 9,
    "组织人事科": 6,
    "政策法规科": 5,
    "财务审计科": 7,
    "大气环境科": 6,
    "水生态环境科": 7,
    "土壤与固废科": 6,
    "自然生态科": 5,
    "环评管理科": 7,
    "核与辐射科": 4,
}
MONITORING = "环境监测中心"
BRANCH = "东湖分局"
AFFILIATED = {"综合执法支队": 24, "环境科学研究所": 18, "信息与应急中心": 12, "城北分局": 14}
UNITS = SECTIONS | {MONITORING: 46, BRANCH: 24} | AFFILIATED

_SURNAMES = (
    "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 "
    "曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 "
    "范 金 石 廖 贾 夏 欧阳 上官 诸葛 单 仇 区 解 查 翟 覃"
).split()
_GIVEN = (
    "芳 敏 静 丽娟 秀英 桂兰 玉梅 晓燕 春梅 海燕 丽华 雪梅 文秀 佳慧 婷婷 欣怡 梦洁 思琪 雨桐 子涵 "
    "若溪 诗雨 静怡 玉洁 立群 建红 卫红 红霞 爱华 淑珍 凤英 彩霞 小平 亚男 晓琳 倩 莉 蓉 颖 琳 娜 "
    "艳 洁 妍 薇 霞 慧 琼 岚 瑛 珊 昕 晨曦 佩珊 可心 一诺 冬梅 秋月 夏荷 忆南 念慈 云舒 知夏 书瑶"
).split()
_WITH_OWN_NAMES = (  # name, ethnic group (GB/T 3304), unit
    ("阿依古丽·买买提", "维吾尔族", "环境科学研究所"),
    ("古丽娜尔·艾山", "维吾尔族", MONITORING),
    ("卓玛央金", "藏族", "自然生态科"),
    ("其其格", "蒙古族", "水生态环境科"),
    ("金顺姬", "朝鲜族", MONITORING),
    ("田苗秀", "土家族", "综合执法支队"),
    ("韦彩云", "壮族", "城北分局"),
    ("单䶮", "汉族", BRANCH),
    ("赵𬀩", "汉族", "大气环境科"),
    ("李堃", "汉族", MONITORING),
    ("张喆", "回族", "财务审计科"),
    ("欧阳倩", "汉族", "办公室"),
    ("王芳", "汉族", "办公室"),
    ("王芳", "汉族", "城北分局"),  # another woman of that name
    ("刘洋", "汉族", "环评管理科"),
)
_POSTS = {
    "section": "一级科员 二级科员 四级主任科员 三级主任科员 文书 会计".split(),
    "technical": "工程师 工程师 助理工程师 采样员 分析员 质控主管 内勤 值班员".split(),
    "branch": "科员 科员 执法队员 执法队员 办事员 内勤 环境监理员".split(),
}
_HEADS = {"section": "副科长", "technical": "高级工程师", "branch": "副局长"}
_EDUCATION = "硕士研究生 大学本科 大学本科 大学本科 大学专科 大学专科 中专".split()
_PARTY = "中共党员 中共党员 中共党员 群众 群众 共青团员 民盟盟员 九三学社社员".split()
_MARRIED = [*["已婚"] * 15, *["未婚"] * 3, "离婚", "丧偶"]


@dataclass(frozen=True)
class Woman:
    """One person of the samples, as she really is before anybody wrote her into a workbook."""

    name: str
    unit: str
    born_on: date
    id_number: str
    mobile: str
    ethnicity: str
    party: str
    education: str
    marital: str
    post: str
    began_on: date
    meal_card: str
    remark: str = ""


def women() -> list[Woman]:
    """All 200, unit by unit; names, numbers and dates are the same every time."""
    chance = random.Random(20260308)
    names = _names(chance)
    people = [
        _woman(chance, serial, unit, *next(names[unit]))
        for serial, unit in enumerate(unit for unit, count in UNITS.items() for _ in range(count))
    ]
    eldest = {one.unit: one for one in sorted(people, key=lambda one: one.born_on, reverse=True)}
    return [
        replace(one, post=_HEADS[_kind(one.unit)]) if eldest[one.unit] is one else one
        for one in people
    ]


def men(count: int) -> list[Woman]:
    """A few colleagues for the rosters that list everybody."""
    chance = random.Random(1985)
    names = "周建国 李志强 陈大勇 吴国庆 何伟 孙立军 高翔 郑凯".split()[:count]
    people = [
        _woman(chance, 900 + i, MONITORING, name, "汉族", is_man=True)
        for i, name in enumerate(names)
    ]
    return [replace(one, remark="") for one in people]


def id_number(born_on: date, serial: int, *, is_man: bool = False) -> str:
    """A well-formed number of area 420000; the 17th digit tells the sex (GB 11643)."""
    first17 = f"420000{born_on:%Y%m%d}{(serial % 450) * 2 + is_man:03d}"
    return first17 + check_character(first17)


def _kind(unit: str) -> str:
    return "section" if unit in SECTIONS else "branch" if unit.endswith("分局") else "technical"


def _names(chance: random.Random) -> dict[str, Iterator[tuple[str, str]]]:
    pairs = [(s + g) for s in _SURNAMES for g in _GIVEN]
    chance.shuffle(pairs)
    taken = {name for name, _, _ in _WITH_OWN_NAMES}
    common = (name for name in pairs if name not in taken)
    waiting: dict[str, list[tuple[str, str]]] = {unit: [] for unit in UNITS}
    for name, group, unit in _WITH_OWN_NAMES:
        waiting[unit].append((name, group))
    for unit, count in UNITS.items():
        others = [
            (next(common), chance.choices(("汉族", "土家族", "回族", "苗族"), (90, 5, 3, 2))[0])
            for _ in range(count - len(waiting[unit]))
        ]
        waiting[unit] += others
        chance.shuffle(waiting[unit])
    return {unit: iter(pairs) for unit, pairs in waiting.items()}


def _woman(
    chance: random.Random, serial: int, unit: str, name: str, group: str, *, is_man: bool = False
) -> Woman:
    born_on = date(chance.randint(1968, 2001), chance.randint(1, 12), chance.randint(1, 28))
    age = 2026 - born_on.year
    return Woman(
        name=name,
        unit=unit,
        born_on=born_on,
        id_number=id_number(born_on, serial, is_man=is_man),
        mobile=f"1380000{1000 + serial * 37 % 9000:04d}",
        ethnicity=group,
        party=chance.choice(_PARTY),
        education=chance.choice(_EDUCATION),
        marital="未婚" if age < 27 else chance.choice(_MARRIED),
        post=chance.choice(_POSTS[_kind(unit)]),
        began_on=date(born_on.year + chance.randint(19, 24), chance.choice((7, 8, 9)), 1),
        meal_card=f"{serial:04d}",
    )
