"""The same kinds of value, masked until somebody asks.

Identity and telephone numbers are private by nature; these are for fields an office declares
private itself (a bank card, a salary).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from desktop.fields.kinds import Amount, Choice, Day, Text


@dataclass(frozen=True)
class PrivateText(Text):
    """One line of text that is masked."""

    is_private: ClassVar[bool] = True


@dataclass(frozen=True)
class PrivateAmount(Amount):
    """A number that is masked."""

    is_private: ClassVar[bool] = True


@dataclass(frozen=True)
class PrivateDay(Day):
    """A date that is masked."""

    is_private: ClassVar[bool] = True


@dataclass(frozen=True)
class PrivateChoice(Choice):
    """One of a set of values, masked."""

    is_private: ClassVar[bool] = True
