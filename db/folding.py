"""How text is folded so that it can be found and put in order: width, case, pinyin, initials.

Pinyin comes from ``readings.txt``, the character table of pypinyin with its tone marks taken off (a
test compares them): importing that package costs ten times as much. Surnames with a reading of
their own (单 shàn, 解 xiè …), which it gets wrong, are listed here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

# Surnames whose reading differs from the character's usual one.
SURNAMES: dict[str, str] = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "曾": "zeng", "翟": "zhai", "区": "ou",
    "朴": "piao", "乐": "yue", "盖": "ge", "任": "ren", "华": "hua", "纪": "ji", "尉": "wei",
    "折": "she", "缪": "miao", "冼": "xian", "洗": "xian", "员": "yun", "黑": "he", "秘": "bi",
    "祭": "zhai", "种": "chong", "召": "shao", "逄": "pang", "逯": "lu", "郇": "xun", "郗": "xi",
    "卜": "bu", "燕": "yan", "哈": "ha", "覃": "qin", "幺": "yao", "晁": "chao", "宓": "mi",
    "牟": "mu", "谌": "chen", "都": "du", "隗": "wei", "佴": "nai", "仉": "zhang", "乜": "nie",
    "令": "ling", "过": "guo", "车": "che", "葛": "ge", "那": "na", "能": "nai", "万": "wan",
    "柏": "bai", "薄": "bo", "鲍": "bao", "贲": "ben", "费": "fei", "盛": "sheng", "石": "shi",
    "宿": "su", "应": "ying", "尹": "yin", "禚": "zhuo", "句": "gou",
    "阚": "kan", "撒": "sa", "厍": "she", "殷": "yin", "訾": "zi", "行": "xing", "藏": "zang",
    "臧": "zang", "相": "xiang", "干": "gan", "长": "zhang", "宁": "ning", "占": "zhan",
    "兴": "xing", "重": "chong", "便": "pian", "曲": "qu", "郝": "hao",
    "贾": "jia", "甯": "ning", "俞": "yu", "於": "yu", "钭": "tou", "庹": "tuo", "尧": "yao",
    "荀": "xun", "昝": "zan", "褚": "chu", "缴": "jiao", "瞿": "qu", "洪": "hong", "台": "tai",
    "戏": "xi", "沈": "shen", "樊": "fan", "卫": "wei", "强": "qiang", "晟": "cheng", "丁": "ding",
}  # fmt: skip

COMPOUND_SURNAMES: dict[str, str] = {
    "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge", "尉迟": "yu chi",
    "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "令狐": "ling hu", "皇甫": "huang fu",
    "夏侯": "xia hou", "东方": "dong fang", "慕容": "mu rong", "宇文": "yu wen", "司徒": "si tu",
    "司空": "si kong", "公孙": "gong sun", "独孤": "du gu", "南宫": "nan gong", "端木": "duan mu",
    "赫连": "he lian", "澹台": "tan tai", "闻人": "wen ren", "钟离": "zhong li", "淳于": "chun yu",
    "濮阳": "pu yang", "太史": "tai shi", "申屠": "shen tu", "轩辕": "xuan yuan", "呼延": "hu yan",
    "鲜于": "xian yu", "闾丘": "lv qiu", "东郭": "dong guo", "南门": "nan men", "亓官": "qi guan",
    "仲孙": "zhong sun", "宗政": "zong zheng", "梁丘": "liang qiu", "左丘": "zuo qiu",
    "百里": "bai li", "拓跋": "tuo ba", "西门": "xi men", "第五": "di wu", "纳兰": "na lan",
    "完颜": "wan yan", "爱新觉罗": "ai xin jue luo",
}  # fmt: skip

_READINGS = Path(__file__).with_name("readings.txt")
_SEPARATORS = "·•．‧・.● \u3000"
_WITHOUT_SEPARATORS = str.maketrans("", "", _SEPARATORS)


def fold(text: str) -> str:
    """Width, case and compatibility forms removed, so that ``ＡＢc`` and ``abC`` are one."""
    if text.isascii():
        return text.lower().strip()
    return unicodedata.normalize("NFKC", text).casefold().strip()


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _READINGS.read_text(encoding="utf-8").splitlines():
        sounds, _, characters = line.partition("\t")
        table |= dict.fromkeys(characters, tuple(sounds.split(",")))
    return table


def readings(character: str) -> tuple[str, ...]:
    """The readings of one Han character without tones, the usual one first; ``ü`` is ``v``."""
    return _table().get(character, ())


@lru_cache(maxsize=32768)
def syllables(name: str) -> tuple[str, ...]:
    """The pinyin of a name, a syllable a character; letters and digits stay as they are.

    The surname is read as a surname: ``单丽华`` gives ``("shan", "li", "hua")``.
    """
    return _sounds(fold(name).translate(_WITHOUT_SEPARATORS))


def _sounds(clean: str) -> tuple[str, ...]:
    surname, rest = _surname(clean)
    table = _table()
    return (*surname, *[table[c][0] if c in table else c for c in rest])


def _surname(name: str) -> tuple[tuple[str, ...], str]:
    for length in (4, 2):
        if len(name) > length and (found := COMPOUND_SURNAMES.get(name[:length])):
            return tuple(found.split()), name[length:]
    if len(name) > 1 and (found := SURNAMES.get(name[0])):
        return (found,), name[1:]
    return (), name


def sort_key(name: str, pinyin: str | None = None) -> str:
    """A text whose plain order is the Chinese order of names: by sound, one character together.

    ``pinyin`` is the reading a person corrected by hand, syllables separated by spaces.
    """
    return _keys(name, pinyin)[0]


def search_text(name: str, *, pinyin: str | None = None, others: Iterable[str | None] = ()) -> str:
    """One text in which :func:`search_pattern` finds a person.

    Holds the folded name, its sounds and initials from each syllable on (so ``lihua`` and ``lh``
    find 徐丽华), a second reading of a surname, and each of ``others`` (numbers, posts), closed by
    ``;`` so that the end of a number can be asked for.
    """
    told = [fold(other) + ";" for other in others if other]
    return "\n".join([_keys(name, pinyin)[1], *dict.fromkeys(told)])


@lru_cache(maxsize=16384)
def _keys(name: str, pinyin: str | None) -> tuple[str, str]:
    """The sort key of a name, and what of the search text comes from the name: for one roster both
    are asked for at once."""
    folded = fold(name)
    clean = folded.translate(_WITHOUT_SEPARATORS)
    own = tuple(pinyin.split()) if pinyin else _sounds(clean)
    return _sorted_by(name, clean, own), _found_by(folded, own)


def _sorted_by(name: str, clean: str, sounds: tuple[str, ...]) -> str:
    if len(sounds) != len(clean):
        return " ".join(sounds) + " " + name
    return " ".join([f"{sound} {char}" for sound, char in zip(sounds, clean, strict=True)])


def _found_by(folded: str, own: tuple[str, ...]) -> str:
    if not own:
        return folded
    first, rest = own[0], own[1:]
    firsts = sorted({first, *readings(folded[:1])[:3]})
    tails = _tails(rest)
    whole, initials = "".join(rest), "".join([s[:1] for s in rest])
    heads = [f"|{one}{whole}\n|{one[:1]}{initials}" for one in firsts]
    parts = [folded, heads[0], *tails, *heads[1:]]
    if "v" in whole or "v" in "".join(firsts):
        parts += [part.replace("v", "u") for part in parts[1:]]
    return "\n".join(dict.fromkeys("\n".join(parts).split("\n")) if len(parts) > 4 else parts)


def _tails(sounds: tuple[str, ...]) -> list[str]:
    """The sounds and the initials from each of ``sounds`` on."""
    tails: list[str] = []
    whole = initials = ""
    for sound in reversed(sounds):
        whole, initials = sound + whole, sound[:1] + initials
        tails.append(f"|{whole}\n|{initials}")
    return tails[::-1]


def search_pattern(typed: str) -> str:
    """What to look for in a search text when a person typed ``typed``; empty when nothing was.

    Letters are a sound or initials from the start of a syllable, digits alone are the end of a
    number when there are three or more; anything else is looked for as it stands.
    """
    text = "".join(fold(typed).split())
    if not text:
        return ""
    if text.isascii() and text.replace("'", "").isalpha():
        return "|" + text.replace("'", "")
    if text.rstrip("x").isdigit() and len(text) >= 3:
        return text + ";"
    return text


def name_matches(name: str, typed: str, pinyin: str | None = None) -> tuple[int, ...]:
    """The positions of the characters of ``name`` that ``typed`` hit, for marking them."""
    text = "".join(fold(typed).split()).replace("'", "")
    if not text:
        return ()
    at = fold(name).find(text)
    if at >= 0 and len(fold(name)) == len(name):
        return tuple(range(at, at + len(text)))
    places = [i for i, c in enumerate(name) if c not in _SEPARATORS]
    sounds = tuple(pinyin.split()) if pinyin else syllables(name)
    if not text.isascii() or len(places) != len(sounds):
        return ()
    hit: set[int] = set()
    for start in range(len(sounds)):
        hit |= {places[i] for i in _covered(sounds, start, text)}
    return tuple(sorted(hit))


def _covered(sounds: tuple[str, ...], start: int, text: str) -> range:
    initials = "".join(s[:1] for s in sounds[start:])
    if len(text) > 1 and initials.startswith(text):
        return range(start, start + len(text))
    whole, end = "", start
    while len(whole) < len(text) and end < len(sounds):
        whole += sounds[end]
        end += 1
    return range(start, end) if whole.startswith(text) else range(0)
