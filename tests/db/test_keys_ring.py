"""The sealed data key: who opens it, and how damage is told apart from a wrong password."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import DamagedError, InvalidInputError, TooNewError, WrongPasswordError
from db.keys.keyring import Cost, check_password, from_bytes, key_id_of, make_ring, to_bytes
from db.keys.recovery_key import new_recovery_key
from tests.db.small_office import CHEAP, PASSWORD

KEY = bytes(range(32))
RECOVERY = new_recovery_key(lambda count: bytes(range(count)))
RING = make_ring(KEY, PASSWORD, RECOVERY, cost=CHEAP)
STORED = to_bytes(RING)


def test_password_and_recovery_key_both_give_the_data_key():
    ring = from_bytes(STORED)
    assert ring.open(PASSWORD) == KEY
    assert ring.open(RECOVERY) == KEY
    assert ring.open(RECOVERY.lower().replace("-", "")) == KEY


@pytest.mark.parametrize("wrong", ["", "桂花开了2025", PASSWORD + " ", "x" * 40])
def test_a_wrong_password_is_called_wrong(wrong):
    with pytest.raises(WrongPasswordError):
        RING.open(wrong)


def test_a_recovery_key_of_another_office_is_called_wrong():
    with pytest.raises(WrongPasswordError, match="也不是这份数据的恢复密钥"):
        RING.open(new_recovery_key())


def test_a_mistyped_recovery_key_names_the_group():
    mistyped = RECOVERY[:-1] + ("2" if RECOVERY[-1] != "2" else "3")
    with pytest.raises(WrongPasswordError, match="第 8 组"):
        RING.open(mistyped)


def test_a_password_of_forty_characters_still_opens():
    long = "abcd-efgh" * 5
    ring = make_ring(KEY, long, RECOVERY, cost=CHEAP)
    assert ring.open(long) == KEY


def test_an_input_method_in_full_width_mode_locks_nobody_out():
    ring = make_ring(KEY, "abc12345", RECOVERY, cost=CHEAP)
    assert ring.open("ａｂｃ１２３４５") == KEY


@settings(max_examples=60)
@given(st.integers(0, len(STORED) - 1), st.integers(1, 255))
def test_a_changed_byte_is_damage_and_never_a_wrong_password(place, change):
    broken = bytearray(STORED)
    broken[place] ^= change
    try:
        ring = from_bytes(bytes(broken))
    except (DamagedError, TooNewError):
        return
    assert ring == RING  # the byte was white space outside the ring


def test_half_a_file_is_damage():
    with pytest.raises(DamagedError):
        from_bytes(STORED[: len(STORED) // 2])


def test_a_ring_of_a_newer_version_says_so():
    newer = json.loads(STORED) | {"version": 2}
    with pytest.raises(TooNewError):
        from_bytes(json.dumps(newer).encode())


def test_a_ring_that_would_exhaust_the_memory_is_not_believed():
    absurd = make_ring(KEY, PASSWORD, RECOVERY, cost=CHEAP)
    seals = tuple(
        seal
        if seal.cost is None
        else type(seal)(seal.by, seal.salt, seal.nonce, seal.sealed, Cost(3, 2**30, 4))
        for seal in absurd.seals
    )
    with pytest.raises(DamagedError):
        from_bytes(to_bytes(type(absurd)(absurd.key_id, seals)))


def test_a_seal_moved_to_another_ring_does_not_open():
    other = make_ring(bytes(32), PASSWORD, RECOVERY, cost=CHEAP)
    with pytest.raises(WrongPasswordError):
        type(other)(other.key_id, RING.seals).open(PASSWORD)


def test_a_new_password_leaves_the_recovery_key_alone():
    changed = RING.with_password(KEY, "新的密码2027", cost=CHEAP)
    assert changed.open("新的密码2027") == KEY
    assert changed.open(RECOVERY) == KEY
    with pytest.raises(WrongPasswordError):
        changed.open(PASSWORD)


def test_the_stored_ring_shows_neither_key_nor_password():
    assert KEY.hex().encode() not in STORED
    assert PASSWORD.encode() not in STORED
    assert RECOVERY.encode() not in STORED
    assert key_id_of(KEY) != key_id_of(bytes(32))


@pytest.mark.parametrize("short", ["", "1234567", "密码吗"])
def test_a_short_password_is_refused(short):
    with pytest.raises(InvalidInputError, match="至少 8 个字符"):
        check_password(short)


@pytest.mark.parametrize("enough", ["12345678", "桂花开了", "密码123a "])
def test_eight_characters_or_four_chinese_ones_are_enough(enough):
    check_password(enough)
