from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.folding import name_matches, readings, search_pattern, search_text, sort_key, syllables


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("单丽华", "shan"), ("解小芳", "xie"), ("仇英", "qiu"), ("查慧", "zha"), ("曾敏", "zeng"),
        ("翟静", "zhai"), ("区小红", "ou"), ("朴英姬", "piao"), ("乐燕", "yue"), ("盖丽丽", "ge"),
        ("任静", "ren"), ("长孙月", "zhang"), ("尉迟敏", "yu"), ("万俟雪", "mo"), ("欧阳兰", "ou"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, surname: str) -> None:
    assert syllables(name)[0] == surname


def test_names_stand_in_chinese_order_with_one_character_together() -> None:
    names = ["张敏", "李娜", "黎敏", "李敏", "单红", "曾静", "安心", "林芳"]
    ordered = ["安心", "李敏", "李娜", "黎敏", "林芳", "单红", "曾静", "张敏"]
    assert sorted(names, key=sort_key) == ordered


def found(name: str, typed: str, *others: str) -> bool:
    return search_pattern(typed) in search_text(name, others=others)


@pytest.mark.parametrize(
    "typed",
    [
        "徐丽华",
        "丽",
        "徐",
        "丽华",
        "xulihua",
        "xuli",
        "lihua",
        "li",
        "hua",
        "xlh",
        "lh",
        "XLH",
        "ｘｕ",
        "xu li",
    ],
)
def test_a_person_is_found_by_any_part_sound_or_initials(typed: str) -> None:
    assert found("徐丽华", typed)


@pytest.mark.parametrize("typed", ["徐华", "ulihua", "xh", "ihua", "王"])
def test_a_person_is_not_found_by_what_she_is_not_called(typed: str) -> None:
    assert not found("徐丽华", typed)


@pytest.mark.parametrize("typed", ["5521", "13800005521", "2028"])
def test_a_person_is_found_by_the_end_of_a_number(typed: str) -> None:
    assert found("徐丽华", typed, "13800005521", "420000198603152028")


def test_a_person_is_not_found_by_the_middle_of_a_number() -> None:
    assert not found("徐丽华", "0000", "13800005521")


@pytest.mark.parametrize("typed", ["shan", "dan"])
def test_both_readings_of_a_surname_find_her(typed: str) -> None:
    assert found("单丽华", typed)


@pytest.mark.parametrize("typed", ["lv", "lu"])
def test_both_spellings_of_lv_find_her(typed: str) -> None:
    assert found("吕慧", typed)


@pytest.mark.parametrize(
    ("name", "typed", "places"),
    [
        ("徐丽华", "丽", (1,)),
        ("何玲玲", "li", (1, 2)),
        ("徐丽华", "lh", (1, 2)),
        ("徐丽华", "xuli", (0, 1)),
        ("徐丽华", "", ()),
        ("阿依古丽·买买提", "maimai", (5, 6)),
    ],
)
def test_the_characters_that_were_hit_are_known(
    name: str, typed: str, places: tuple[int, ...]
) -> None:
    assert name_matches(name, typed) == places


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_can_be_folded_sorted_and_looked_for(name: str, typed: str) -> None:
    sort_key(name)
    assert isinstance(search_pattern(typed) in search_text(name), bool)
    assert all(0 <= place < len(name) for place in name_matches(name, typed))


def test_the_frozen_readings_are_those_of_pypinyin() -> None:
    from pypinyin.constants import PINYIN_DICT

    def toneless(syllable: str) -> str:
        plain = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
        return "".join(c for c in plain if "a" <= c <= "z")

    for point, spoken in PINYIN_DICT.items():
        theirs = tuple(dict.fromkeys(filter(None, map(toneless, spoken.split(",")))))
        assert readings(chr(point)) == theirs, chr(point)
