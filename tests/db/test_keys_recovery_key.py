"""A recovery key survives being copied by hand, and says where a slip of the pen is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongPasswordError
from db.keys.recovery_key import ALPHABET, looks_like_recovery_key, new_recovery_key, normal_form

SECRETS = st.binary(min_size=20, max_size=20)


def of(secret: bytes) -> str:
    return new_recovery_key(lambda _count: secret)


@given(SECRETS)
def test_it_reads_back_in_lower_case_without_hyphens_and_with_look_alikes(secret):
    key = of(secret)
    sloppy = key.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert normal_form(sloppy) == key
    assert normal_form(key.replace("-", "").replace("1", "I")) == key


@given(SECRETS, st.integers(0, 39), st.integers(1, 31))
def test_one_wrong_character_is_found_and_its_group_named(secret, place, shift):
    plain = list(of(secret).replace("-", ""))
    plain[place] = ALPHABET[(ALPHABET.index(plain[place]) + shift) % 32]
    with pytest.raises(WrongPasswordError, match=f"第 {place // 5 + 1} 组"):
        normal_form("".join(plain))


@given(SECRETS, st.integers(0, 6))
def test_two_neighbouring_groups_in_the_wrong_order_are_found(secret, index):
    groups = of(secret).split("-")
    groups[index], groups[index + 1] = groups[index + 1], groups[index]
    with pytest.raises(WrongPasswordError):
        normal_form("-".join(groups))


def test_a_missing_character_is_counted():
    with pytest.raises(WrongPasswordError, match="应为 40 个字符，现在 39 个"):
        normal_form(of(bytes(20))[:-1])


def test_the_saved_file_may_be_pasted_whole():
    key = of(bytes(range(20)))
    pasted = f"半边天·妇委会工作台 恢复密钥\n2026-04-14\n\n{key}\n\n请打印后锁好。\n"
    assert normal_form(pasted) == key
    assert looks_like_recovery_key(pasted)


def test_full_width_characters_of_an_input_method_are_read():
    key = of(bytes(range(20)))
    wide = "".join(chr(ord(c) + 0xFEE0) if c != "-" else "—" for c in key)
    assert normal_form(wide) == key


def test_a_password_is_not_taken_for_a_recovery_key():
    assert not looks_like_recovery_key("桂花开了2026")


def test_two_keys_differ():
    assert new_recovery_key() != new_recovery_key()
