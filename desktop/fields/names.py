"""Names of people as rosters write them: padded, annotated, with every kind of middle dot."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MIDDLE_DOT = "·"
_DOTS = dict.fromkeys(map(ord, "•．‧・●∙⋅"), MIDDLE_DOT)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_NOTE = re.compile(r"[（(\[【〔]([^）)\]】〕]*)[）)\]】〕]")
_TAIL = re.compile(r"[\d*＊※★△▲#①-⑳]+$")
_TITLES = re.compile(r"(?:女士|同志)$")


@dataclass(frozen=True)
class NameReading:
    """A name put right, and what was written in brackets after it (``退休``, ``回族`` …)."""

    name: str
    notes: tuple[str, ...] = ()


def is_han(character: str) -> bool:
    """Whether a character is a Han character, rare ones outside the BMP included."""
    return "CJK" in unicodedata.name(character, "") or character in "〇々"


def read_name(text: str) -> NameReading:
    """The name without padding, annotations and trailing marks; middle dots unified.

    Full-width letters become plain ones; Han characters are never changed into others (NFKC
    would turn compatibility ideographs, which are real name characters, into their doubles).
    """
    plain = "".join(c if is_han(c) else unicodedata.normalize("NFKC", c) for c in text)
    plain = plain.translate(_INVISIBLE).translate(_DOTS).strip(" \t\r\n\u00a0'‘’`")
    notes = tuple(n.strip() for n in _NOTE.findall(plain) if n.strip())
    plain = _NOTE.sub("", plain)
    plain = _TAIL.sub("", plain.strip())
    return NameReading(_joined(plain), notes)


def _joined(text: str) -> str:
    words = text.split()
    joined = "".join(words)
    if any(is_han(c) for c in joined):
        joined = re.sub(r"(?<=[^\x00-\x7f])[.](?=[^\x00-\x7f])", MIDDLE_DOT, joined)
        return re.sub(f"{MIDDLE_DOT}+", MIDDLE_DOT, joined).strip(MIDDLE_DOT)
    return " ".join(words)


def looks_like_name(name: str) -> bool:
    """Whether this can be a person's name at all: letters only, no digits, not a sentence."""
    letters = [c for c in name if c not in f" {MIDDLE_DOT}-'."]
    if not letters or not all(c.isalpha() or is_han(c) for c in letters):
        return False
    return 2 <= len(letters) <= 40 if any(is_han(c) for c in letters) else len(letters) <= 60


def spaced(name: str) -> str:
    """A two-character name with an ideographic space between, as official lists print it."""
    return "\u3000".join(name) if len(name) == 2 and all(is_han(c) for c in name) else name
