"""How a recovery key is written down and read back.

Eight groups of five characters, ``7K2QM-…``: four characters carry 20 random bits (160 in all), the
fifth checks its group, so a slip of the pen is found and its place named. The alphabet is
Crockford's base 32: no I, L, O or U, and what looks alike is read alike.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable

from db.errors import WrongPasswordError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8

Chance = Callable[[int], bytes]
"""Gives that many random bytes; ``secrets.token_bytes`` except in tests."""

_DATA = 4  # characters of a group that carry the secret
_WEIGHTS = (1, 3, 5, 7)  # odd, so that any one wrong character changes the check
_GROUP_STEP = 11  # so that two groups that changed places are found
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IN_TEXT = re.compile(r"\b(?:[0-9A-Za-z]{5}-){7}[0-9A-Za-z]{5}\b")
_LENGTH = GROUPS * (_DATA + 1)


def new_recovery_key(chance: Chance = secrets.token_bytes) -> str:
    """A fresh recovery key as it is printed: upper case, groups joined by hyphens."""
    number = int.from_bytes(chance(_DATA * GROUPS * 5 // 8), "big")
    values = [number >> 5 * place & 31 for place in range(_DATA * GROUPS)]
    groups = [values[at : at + _DATA] for at in range(0, len(values), _DATA)]
    return "-".join(_group(index, group) for index, group in enumerate(groups))


def looks_like_recovery_key(typed: str) -> bool:
    """Whether this was meant as a recovery key, slips of the pen included."""
    return len(_plain(typed)) == _LENGTH


def normal_form(typed: str) -> str:
    """The key as it was printed, whatever case, spaces, hyphens or look-alikes were typed.

    Raises :class:`WrongPasswordError` naming the group that was mistyped.
    """
    plain = _plain(typed)
    if len(plain) != _LENGTH:
        raise WrongPasswordError(
            f"恢复密钥应为 {_LENGTH} 个字符，现在 {len(plain)} 个。",
            remedy="请对照打印或保存的恢复密钥，再输入一次。",
        )
    groups = [plain[at : at + _DATA + 1] for at in range(0, _LENGTH, _DATA + 1)]
    wrong = [index + 1 for index, group in enumerate(groups) if not _holds(index, group)]
    if wrong:
        places = "、".join(str(index) for index in wrong)
        raise WrongPasswordError(
            f"恢复密钥第 {places} 组可能抄错了。",
            remedy="请对照打印或保存的恢复密钥，改好这一组再试一次。",
        )
    return "-".join(groups)


def _plain(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed)
    whole = _IN_TEXT.search(text)  # the saved file may be pasted as it is
    kept = re.sub(r"[\s\-‐‑‒–—―−_·]", "", whole[0] if whole else text)
    return kept.upper().translate(_LOOKS_LIKE)


def _group(index: int, values: list[int]) -> str:
    return "".join(ALPHABET[value] for value in [*values, _check(index, values)])


def _holds(index: int, group: str) -> bool:
    values = [ALPHABET.find(character) for character in group]
    return min(values) >= 0 and values[-1] == _check(index, values[:-1])


def _check(index: int, values: list[int]) -> int:
    weighted = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return (weighted + _GROUP_STEP * index) % len(ALPHABET)
