"""The kinds of value a field can have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from desktop.fields import dates, identity, names, phones
from desktop.fields.core import CellValue, Reading
from desktop.fields.standards import ValueSet

MASK = "****"
"""What stands for a private value that has no form of its own; in a workbook it says nothing."""
EMPTY_WORDS = frozenset(
    ("", "-", "—", "--", "——", "/", "\\", "无", "暂无", "空", "N/A", "#N/A", MASK)
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
MAX_TEXT = 2000
_AMOUNT = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def cell_text(cell: CellValue) -> str:
    """A cell as a person would read it: ``12.0`` is ``12``, a date is ISO, ``None`` is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def tidy(text: str) -> str:
    """Without invisible characters and outer space; line ends are plain."""
    plain = text.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\u00a0", " ").strip(" \t\n\u3000")


class _Texts:
    """The faces most kinds share: what is shown is what is kept."""

    is_private: ClassVar[bool] = False

    def text(self, value: Any) -> str:
        return "" if value is None else str(value)

    def parse(self, typed: str) -> Reading:
        text = tidy(typed)
        if len(text) > MAX_TEXT:
            return Reading(
                None, "text_too_long", f"最多 {MAX_TEXT} 字，现在 {len(text)} 字", "error"
            )
        return Reading(text or None, changed=text != typed)

    def from_cell(self, cell: CellValue) -> Reading:
        return self.parse(cell_text(cell))

    def to_cell(self, value: Any) -> CellValue:
        return self.text(value) or None


@dataclass(frozen=True)
class Text(_Texts):
    """One line of text. Words that only say "nothing" (``无``, ``/``) are kept when typed, and
    taken as empty in workbooks."""

    def from_cell(self, cell: CellValue) -> Reading:
        text = cell_text(cell)
        return Reading() if tidy(text) in EMPTY_WORDS else self.parse(text)

    def parse(self, typed: str) -> Reading:
        return super().parse(" ".join(tidy(typed).split("\n")))


@dataclass(frozen=True)
class LongText(_Texts):
    """Text of several lines."""


@dataclass(frozen=True)
class Name(_Texts):
    """A person's name: padding and annotations removed (``王　芳（回族）`` is ``王芳``)."""

    def parse(self, typed: str) -> Reading:
        found = names.read_name(typed)
        if not found.name:
            return Reading(changed=bool(typed))
        if not names.looks_like_name(found.name):
            return Reading(
                found.name, "name_suspicious", f"“{found.name}”不像人名", "warning", changed=True
            )
        return Reading(found.name, changed=found.name != typed)


@dataclass(frozen=True)
class Number(_Texts):
    """A whole number, not negative."""

    def parse(self, typed: str) -> Reading:
        text = unicodedata.normalize("NFKC", tidy(typed)).replace(",", "").removesuffix("人")
        if text in EMPTY_WORDS:
            return Reading()
        if not text.isdigit() or len(text) > 12:
            return Reading(None, "number_unreadable", "这里要填数字", "error")
        return Reading(int(text))

    def to_cell(self, value: Any) -> CellValue:
        return None if value is None else int(value)


@dataclass(frozen=True)
class Amount(_Texts):
    """A number that may be negative and have decimals; of 15 digits at most, which are exact."""

    def text(self, value: Any) -> str:
        return "" if value is None else format(Decimal(repr(value)).normalize(), "f")

    def parse(self, typed: str) -> Reading:
        text = unicodedata.normalize("NFKC", tidy(typed)).replace(",", "").replace("−", "-")
        if text in EMPTY_WORDS:
            return Reading()
        if not _AMOUNT.fullmatch(text) or sum(c.isdigit() for c in text) > 15:
            return Reading(None, "number_unreadable", "这里要填数字", "error")
        number = Decimal(text)
        return Reading(int(number) if number == number.to_integral_value() else float(number))

    def to_cell(self, value: Any) -> CellValue:
        return None if value is None else value


@dataclass(frozen=True)
class Day(_Texts):
    """A date known to the year, the month or the day (:class:`db.types.PartialDate`)."""

    def text(self, value: Any) -> str:
        return "" if value is None else str(value)

    def parse(self, typed: str) -> Reading:
        return dates.read_text(typed)

    def from_cell(self, cell: CellValue) -> Reading:
        return dates.read_cell(cell)


@dataclass(frozen=True)
class YesNo(_Texts):
    """Yes or no; an empty cell means nothing is known."""

    _YES: ClassVar[frozenset[str]] = frozenset("是 有 √ ✓ ✔ 1 y Y yes Yes YES true TRUE 对".split())
    _NO: ClassVar[frozenset[str]] = frozenset(
        "否 无 × ✗ 0 n N no No NO false FALSE 不是 没有".split()
    )

    def text(self, value: Any) -> str:
        return "" if value is None else "是" if value else "否"

    def parse(self, typed: str) -> Reading:
        word = unicodedata.normalize("NFKC", tidy(typed))
        if word in self._YES:
            return Reading(True)
        if word in self._NO:
            return Reading(False)
        if word in EMPTY_WORDS:
            return Reading()
        return Reading(None, "choice_unknown", f"“{word}”：这里填是或否", "error")


@dataclass(frozen=True)
class Choice(_Texts):
    """One of a set of values, kept as its code. ``is_open`` keeps a word that is not in the set."""

    values: ValueSet
    is_open: bool = False

    def text(self, value: Any) -> str:
        return "" if value is None else self.values.values.get(str(value), str(value))

    def parse(self, typed: str) -> Reading:
        word = "".join(unicodedata.normalize("NFKC", tidy(typed)).split())
        if word in EMPTY_WORDS and word not in self.values.values.values():
            return Reading()
        code = self.values.code_of(tidy(typed)) or self.values.code_of(word)
        if code is not None:
            return Reading(code, changed=self.values.values[code] != typed)
        if self.is_open:
            return Reading(tidy(typed))
        return Reading(None, "choice_unknown", f"“{tidy(typed)}”不在选项里", "error")


@dataclass(frozen=True)
class Link(_Texts):
    """A record of another register, kept as its id; the text is its name, found by the caller."""

    register: str

    def parse(self, typed: str) -> Reading:
        text = "".join(tidy(typed).split())
        return Reading(text or None) if text not in EMPTY_WORDS else Reading()


@dataclass(frozen=True)
class Phone(_Texts):
    """A telephone number; the first mobile of several, else the first number."""

    is_private: ClassVar[bool] = True

    def parse(self, typed: str) -> Reading:
        if tidy(typed) in EMPTY_WORDS:
            return Reading()
        found = phones.read_phone(typed)
        if found is None:
            return Reading(None, "phone_unreadable", f"“{tidy(typed)}”里没有电话号码", "error")
        return Reading(found.number, changed=found.number != typed, candidates=found.others)

    def from_cell(self, cell: CellValue) -> Reading:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return self.parse(f"{cell:.0f}")
        return self.parse(cell_text(cell))


@dataclass(frozen=True)
class IdNumber(_Texts):
    """A citizen identity number (GB 11643); 15-digit numbers are brought to 18.

    A number that went through a numeric cell has lost its last three digits: nothing is kept of
    it but the first fifteen, given in ``candidates``.
    """

    is_private: ClassVar[bool] = True

    def parse(self, typed: str) -> Reading:
        if tidy(typed) in EMPTY_WORDS:
            return Reading()
        number, guessed = identity.clean(typed)
        if len(number) == 15 and number.isdigit() and number.isascii():
            return self._old(number)
        problem = _id_problem(number)
        if problem:
            code, message = problem
            return Reading(None, code, message, "error")
        if number[:2] not in identity.PROVINCES:
            return Reading(number, "id_region", "前两位不是省份代码", "warning", changed=True)
        if guessed:
            return Reading(
                number, "id_characters", "末位按 X 处理，请核对", "warning", changed=True
            )
        return Reading(number, changed=number != typed)

    def from_cell(self, cell: CellValue) -> Reading:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            if abs(cell) >= 1e15:
                # .0f would show the binary neighbour of the fifteen digits that are left
                digits = f"{cell:.14e}".replace(".", "")
                return Reading(
                    None,
                    "id_digits_lost",
                    "这一格是数字格式，后三位已经丢失，需要补录",
                    "error",
                    candidates=(digits[:15],) if 1e17 <= cell < 1e18 else (),
                )
            return self.parse(f"{cell:.0f}")
        return self.parse(cell_text(cell))

    def _old(self, number: str) -> Reading:
        new = identity.upgraded(number)
        if identity.birth_date(new) is None:
            return Reading(None, "id_date", "第 7—12 位不是日期", "error")
        return Reading(new, "id_upgraded", "15 位旧号码已升为 18 位", "warning", changed=True)


def _id_problem(number: str) -> tuple[str, str] | None:
    if len(number) != 18:
        off = 18 - len(number)
        words = f"少 {off} 位" if off > 0 else f"多 {-off} 位"
        return "id_length", f"{words}：应为 18 位，现在 {len(number)} 位"
    if not (
        number[:17].isdigit() and number.isascii() and (number[17].isdigit() or number[17] == "X")
    ):
        return "id_characters", "前 17 位应为数字，末位为数字或 X"
    if identity.birth_date(number) is None:
        return "id_date", f"第 7—14 位“{number[6:14]}”不是日期"
    if identity.check_character(number[:17]) != number[17]:
        return "id_check_digit", "末位校验不符，可能有一位写错"
    return None


def masked(kind: object, value: Any) -> str:
    """A private value as it is shown until somebody asks; other values as they are."""
    if value is None:
        return ""
    if isinstance(kind, IdNumber):
        return identity.masked(str(value))
    if isinstance(kind, Phone):
        return phones.masked(str(value))
    return MASK if getattr(kind, "is_private", False) else str(value)
