"""Citizen identity numbers: GB 11643-1999, the old 15-digit form, and digits lost by Excel."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from db.types import PartialDate

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82 83 91".split()
)
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DROPPED = dict.fromkeys(
    map(ord, _DIRECTIONS + " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff'‘’`-‐‑–—_.")
)
_CHECK_X = dict.fromkeys(map(ord, "xΧχХх"), "X")
_CHECK_GUESS = dict.fromkeys(map(ord, "×*＊✕✖"), "X")


@dataclass(frozen=True)
class IdFacts:
    """What a well-formed 18-character number says of its owner."""

    number: str
    birth_date: PartialDate
    sex: str  # GB/T 2261.1: "1" or "2"
    prefix15: str


def check_character(first17: str) -> str:
    """The 18th character for 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def clean(text: str) -> tuple[str, bool]:
    """The number without spaces, quotes and dashes, ``X`` upper case; and whether the last
    character had to be guessed (``×`` or ``*`` standing for ``X``)."""
    plain = unicodedata.normalize("NFKC", text).translate(_DROPPED)
    if not plain:
        return "", False
    body, last = plain[:-1], plain[-1].translate(_CHECK_X)
    guessed = last.translate(_CHECK_GUESS)
    return (body + guessed).upper(), guessed != last


def upgraded(old15: str) -> str:
    """The 18-character form of a 15-digit number: ``19`` put in, check character added."""
    first17 = f"{old15[:6]}19{old15[6:]}"
    return first17 + check_character(first17)


def birth_date(number: str) -> PartialDate | None:
    """The birth date in an 18-character number, ``None`` when there is no such day."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return PartialDate.of(day)


def facts(number: str) -> IdFacts | None:
    """What a valid number says; ``None`` when it is not a valid 18-character number."""
    if len(number) != 18 or not number[:17].isdigit() or not number.isascii():
        return None
    born = birth_date(number)
    if born is None or check_character(number[:17]) != number[17]:
        return None
    return IdFacts(number, born, "1" if int(number[16]) % 2 else "2", number[:15])


def masked(number: str) -> str:
    """The first four and the last four characters."""
    return f"{number[:4]}****{number[-4:]}" if len(number) > 8 else "*" * len(number)
