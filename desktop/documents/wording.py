"""Which words stand on a certificate: dates in characters, names put right, patterns filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_DIGITS = "〇一二三四五六七八九"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇·]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

PLACEHOLDERS = frozenset(
    {"name", "honorific", "title", "year", "number", "issuer", "date", "unit", "body"}
)


@dataclass(frozen=True)
class Recipient:
    """Who gets a certificate and what it says; ``row`` is where it stood in the list, from 1.

    ``body`` replaces the design's own sentence; ``title`` is the award given.
    """

    name: str
    row: int = 0
    certificate_no: str = ""
    body: str = ""
    title: str = ""
    honorific: str = "同志"
    issuer: str = ""
    issued_on: date | None = None
    unit: str = ""


@dataclass(frozen=True)
class Wording:
    """The sentences of a design; ``body_without_year`` serves recipients without a date."""

    body: str
    body_without_year: str
    closing: str


def numeral(number: int) -> str:
    """1 to 99 as read aloud: 十, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    left = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return left + (_DIGITS[ones] if ones or not tens else "")


def year_in_characters(year: int) -> str:
    """Digit by digit, with 〇: 二〇二六."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def date_in_characters(day: date) -> str:
    """二〇二六年三月八日."""
    return f"{year_in_characters(day.year)}年{numeral(day.month)}月{numeral(day.day)}日"


def tidy(text: str) -> str:
    """One line without invisible characters; spaces between Han characters are taken out."""
    line = _SPACES.sub(" ", text.translate(_INVISIBLE).replace("\n", " ").replace("\r", "")).strip()
    words = line.split(" ")
    joined = words[0]
    for word in words[1:]:
        tight = bool(joined and word and _HAN.match(joined[-1]) and _HAN.match(word[0]))
        joined += word if tight else f" {word}"
    return joined


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """``pattern`` with every ``{placeholder}`` replaced."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], pattern)


def placeholders(pattern: str) -> frozenset[str]:
    """The names between braces."""
    return frozenset(_PLACEHOLDER.findall(pattern))


def values_of(recipient: Recipient, wording: Wording) -> dict[str, str]:
    """What each placeholder stands for on this recipient's certificate; paragraphs by newlines."""
    day = recipient.issued_on
    values = {
        "name": tidy(recipient.name),
        "honorific": tidy(recipient.honorific),
        "title": tidy(recipient.title).strip("“”\"'「」『』"),
        "year": year_in_characters(day.year) if day else "",
        "number": tidy(recipient.certificate_no),
        "issuer": tidy(recipient.issuer),
        "date": date_in_characters(day) if day else "",
        "unit": tidy(recipient.unit),
    }
    values["body"] = _body(recipient, wording, values)
    return values


def _body(recipient: Recipient, wording: Wording, values: Mapping[str, str]) -> str:
    own = [tidy(part) for part in recipient.body.splitlines()]
    paragraphs = [part for part in own if part]
    if not paragraphs and values["title"]:
        pattern = wording.body if values["year"] else wording.body_without_year
        paragraphs = [fill(pattern, values)]
    if paragraphs and "此证" not in paragraphs[-1]:
        paragraphs.append(wording.closing)
    return "\n".join(paragraphs)
