"""Can two names be one name written with another form of a character?"""

# ruff: noqa: E501 - a table: a full-width character counts twice

from __future__ import annotations

from collections.abc import Mapping

# the same character in another form, or one often typed for the other because it looks alike
_GROUPS = (
    "升昇陞 峰峯 群羣 哲喆 坤堃 珏玨 芸蕓 云雲 华華 丽麗 凤鳳 兰蘭 刘劉 陈陳 张張 吴吳 韩韓 赵趙 孙孫 "
    "杨楊扬 郑鄭 冯馮 许許 邓鄧 萧肖箫蕭 闫阎閻 付傅 邱丘 钟锺鍾 于於 沈沉 莹瑩 颖頴穎 静靜 娇嬌 艳豔艷 琼瓊 "
    "洁潔 梦夢 宁甯寧 晓曉 伟偉 红紅 凌淩 珍珎 萍苹 婷亭 妍姸研 瑶遥 岚嵐 秀绣 姝珠 晴睛 岐歧 祺琪 羽雨 "
    "己巳已 未末 侯候 赫郝 段叚 辛幸 祁祈 裴斐 冼洗 汪王 菅管 余佘 戴带 芳芬 玲铃 燕雁 琴芹 佳嘉 雅娅 "
    "莲连蓮 淑叔 茹如 薇微 璐露 钰玉 娟绢 霞遐 慧惠 敏闵 倩茜 蕊芯 荣榮蓉 贞貞 贤賢 爱愛 国國 庆慶 "
    "礼禮 万萬 叶葉 罗羅 马馬 卢盧 龙龍 谢謝 顾顧 贺賀 严嚴 钱錢 苏蘇 蒋蔣 贾賈 魏巍 蓝藍"
)


def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in _GROUPS.split():
        for character in group:
            table.setdefault(character, set()).update(group)
    return {character: frozenset(others) for character, others in table.items()}


_VARIANTS = _table()


def are_variants(one: str, other: str) -> bool:
    """Whether the characters are forms of one character, or are often taken for each other."""
    return other in _VARIANTS.get(one, ())


def sounds_alike(one: str, other: str) -> bool:
    """Whether the characters share a reading, tones aside."""
    from db.folding import readings

    return bool(set(readings(one)) & set(readings(other)))


def may_be_one(one: str, other: str) -> bool:
    """Whether two different names of the same length differ in one character only, and that one
    looks or sounds like the other. Says nothing without further evidence."""
    if one == other or len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(pairs) != 1:
        return False
    return are_variants(*pairs[0]) or sounds_alike(*pairs[0])
