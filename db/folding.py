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
    clean = "".join(c for c in fold(name) if c not in _SEPARATORS)
    surname, rest = _surname(clean)
    return (*surname, *(_reading(c) for c in rest))


def _surname(name: str) -> tuple[tuple[str, ...], str]:
    for length in (4, 2):
        if len(name) > length and (found := COMPOUND_SURNAMES.get(name[:length])):
            return tuple(found.split()), name[length:]
    if len(name) > 1 and (found := SURNAMES.get(name[0])):
        return (found,), name[1:]
    return (), name


def _reading(character: str) -> str:
    return (readings(character) or (character,))[0]


def sort_key(name: str, pinyin: str | None = None) -> str:
    """A text whose plain order is the Chinese order of names: by sound, one character together.

    ``pinyin`` is the reading a person corrected by hand, syllables separated by spaces.
    """
    characters = [c for c in fold(name) if c not in _SEPARATORS]
    sounds = tuple(pinyin.split()) if pinyin else syllables(name)
    if len(sounds) != len(characters):
        return " ".join(sounds) + " " + name
    return " ".join(f"{sound} {char}" for sound, char in zip(sounds, characters, strict=True))


def search_text(name: str, *, pinyin: str | None = None, others: Iterable[str | None] = ()) -> str:
    """One text in which :func:`search_pattern` finds a person.

    Holds the folded name, its sounds and initials from each syllable on (so ``lihua`` and ``lh``
    find 徐丽华), a second reading of a surname, and each of ``others`` (numbers, posts), closed by
    ``;`` so that the end of a number can be asked for.
    """
    own = tuple(pinyin.split()) if pinyin else syllables(name)
    spoken = {own}
    if own and name:
        spoken |= {(other, *own[1:]) for other in readings(fold(name)[0])[:3]}
    spoken |= {
        tuple(s.replace("v", "u") for s in sounds)
        for sounds in list(spoken)
        if "v" in "".join(sounds)
    }
    parts = [fold(name)]
    for sounds in sorted(spoken) if len(spoken) > 1 else spoken:
        initials = "".join([s[:1] for s in sounds])
        for start in range(len(sounds)):
            parts.append("|" + "".join(sounds[start:]))
            parts.append("|" + initials[start:])
    parts += [fold(other) + ";" for other in others if other]
    return "\n".join(dict.fromkeys(parts))


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
