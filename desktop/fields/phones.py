"""Telephone numbers: mobiles, landlines, short numbers of a virtual network."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}(?:-\d{1,6})?")
_SPLIT = re.compile(r"[/、;；,，\n|或]+")
_COUNTRY = re.compile(r"^(?:\+?0{0,2}86)(?=1[3-9]\d{9}$|0\d{9,11}$)")
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = dict.fromkeys(map(ord, _DIRECTIONS + "\u200b\u200c\u200d\u2060\ufeff'‘’`"))


@dataclass(frozen=True)
class PhoneReading:
    """The number to keep, others found in the same text, and whether it is a mobile."""

    number: str
    is_mobile: bool
    others: tuple[str, ...] = ()


def read_phone(text: str) -> PhoneReading | None:
    """The first mobile in a text, else the first other number; ``None`` when there is none."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    whole = _one(plain)
    found = [whole] if whole else [n for part in _SPLIT.split(plain) if (n := _one(part))]
    if not found:
        found = [n for part in plain.split() if (n := _one(part))]
    if not found:
        return None
    first = next((n for n in found if _MOBILE.fullmatch(n)), found[0])
    others = tuple(n for n in found if n != first)
    return PhoneReading(first, bool(_MOBILE.fullmatch(first)), others)


def _one(text: str) -> str:
    bare = re.sub(r"[\s.()（）\-—–]", "", text)
    if bare.endswith("0") and re.fullmatch(r"1[3-9]\d{10}", bare) and ".0" in text:
        bare = bare[:-1]  # a number that went through a float: 13812345678.0
    bare = _COUNTRY.sub("", bare)
    if _MOBILE.fullmatch(bare):
        return bare
    dashed = re.sub(r"[\s()（）]", "", text).replace("—", "-").replace("–", "-").strip("-")
    if _LANDLINE.fullmatch(dashed.replace("-", "", 1)) or _LANDLINE.fullmatch(bare):
        return dashed
    return bare if re.fullmatch(r"\d{3,8}", bare) else ""


def masked(number: str) -> str:
    """The first three and the last four digits."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 9 else "****" + number[-2:]
