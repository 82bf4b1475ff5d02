# ruff: noqa: E501
"""Who stands in the invented rosters?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.people import id_number

_SURNAMES = (
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 "
    "邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 "
    "金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 章 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 上官 "
    "单 仇 解 查 区 朴 乐 盖 总 计 合 别 党 干 年 时 项"
).split()
_GIVEN = (
    "芳 娜 敏 静 丽 艳 娟 霞 秀英 桂兰 玉梅 淑珍 丹 萍 红 玲 燕 洁 雪梅 春花 秋菊 冬梅 晓燕 海霞 文静 雅琴 "
    "思雨 梦瑶 欣怡 子涵 佳慧 诗琪 雨桐 若曦 婉清 慧敏 建华 国庆 卫红 爱民 志强 明 军 平 宁 年华 时雨 日新 合心"
).split()
_SAFE_SURNAMES = _SURNAMES[: _SURNAMES.index("单")]
UNITS = ("办公室", "组织人事科", "财务科", "法规科", "信息中心", "执法大队")
NATIONS = {"汉": "01", "回": "03", "满": "11", "土家": "15", "苗": "06"}
PARTIES = {"中共党员": "01", "共青团员": "03", "群众": "13", "中共预备党员": "02"}
SCHOOLING = {"大学本科": "21", "硕士研究生": "14", "大学专科": "31", "高中": "61"}


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody invented: what a roster could tell of her."""

    name: str
    sex: str
    id_number: str
    born: date
    mobile: str
    staff_no: str
    unit: str
    nation: str
    party: str
    schooling: str
    started: date
    post: str

    @property
    def is_woman(self) -> bool:
        return self.sex == "女"


class People:
    """An inexhaustible crowd, the same for the same seed."""

    def __init__(self, seed: str, *, odd_names: bool = False) -> None:
        self._chance = Random(seed)
        self._odd = odd_names
        self._names: set[str] = set()
        self._count = self._chance.randrange(1, 80)

    def some(self, count: int, *, men: int = 0, unit: str = "", units: int = 3) -> list[Person]:
        """``count`` people of which ``men`` are men, of one unit or of blocks of several."""
        sexes = ["男"] * men + ["女"] * (count - men)
        self._chance.shuffle(sexes)
        size = max(1, -(-count // units))
        return [self.one(sex, unit or UNITS[i // size % len(UNITS)]) for i, sex in enumerate(sexes)]

    def one(self, sex: str = "女", unit: str = UNITS[0], name: str = "") -> Person:
        """One more person, of a name nobody has yet unless one is given."""
        self._count += 1
        chance = self._chance
        born = date(1966, 2, 1) + timedelta(days=chance.randrange(13_000))
        return Person(
            name or self._new_name(),
            sex,
            id_number(born, (self._count * 2 + (sex == "男")) % 999),
            born,
            f"1{chance.choice('3578')}{chance.randrange(10**9):09d}",
            f"{self._count:05d}",
            unit,
            chance.choice(list(NATIONS)),
            chance.choice(list(PARTIES)),
            chance.choice(list(SCHOOLING)),
            born + timedelta(days=8300 + chance.randrange(900)),
            chance.choice(("科员", "副科长", "科长", "一级主任科员", "护士", "教师")),
        )

    def _new_name(self) -> str:
        surnames = _SURNAMES if self._odd else _SAFE_SURNAMES
        for _ in range(10_000):
            name = self._chance.choice(surnames) + self._chance.choice(_GIVEN)
            if name not in self._names:
                self._names.add(name)
                return name
        raise AssertionError("no more names")
