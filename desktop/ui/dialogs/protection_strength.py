"""How hard is a new password to guess, in one quiet word?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from desktop.ui.widgets.labels import Tone

_FAIR, _GOOD = 40.0, 60.0  # bits, by a guess that knows which kinds of characters were used
_KINDS = ((str.isdigit, 10), (str.islower, 26), (str.isupper, 26))
_HAN, _OTHER = 2500, 33


@dataclass(frozen=True)
class Strength:
    """A word for a password and the tone it is said in."""

    words: str
    tone: Tone


def of(password: str) -> Strength:
    """The word for a password; an empty one gets none."""
    if not password:
        return Strength("", "text2")
    bits = _bits(password)
    if bits < _FAIR:
        return Strength("容易被猜到，再长一些更好", "amber")
    if bits < _GOOD:
        return Strength("强度：可以", "text2")
    return Strength("强度：很好", "jade")


def _bits(password: str) -> float:
    return _surprising(password) * math.log2(_alphabet(password))


def _surprising(password: str) -> int:
    """Characters that do not follow from the one before, as in 1111 and 1234."""
    steps = [ord(second) - ord(first) for first, second in pairwise(password)]
    return 1 + sum(1 for step in steps if abs(step) > 1)


def _alphabet(password: str) -> int:
    """How many characters there are of the kinds that were used."""
    size = sum(
        count for is_kind, count in _KINDS if any(map(is_kind, filter(str.isascii, password)))
    )
    if any("\u4e00" <= character <= "\u9fff" for character in password):
        size += _HAN
    if any(character.isascii() and not character.isalnum() for character in password):
        size += _OTHER
    return max(size, 2)
