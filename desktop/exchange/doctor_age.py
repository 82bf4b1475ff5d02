"""From which month on does a person reach the statutory retirement age?

Since 2025 the ages rise step by step: men from 60 to 63, women from 55 to 58 (a month every four
months) and from 50 to 55 (a month every two months).
"""

from __future__ import annotations

from datetime import date

_FIRST = 2025 * 12  # January 2025, in months
_STEPS = {60: (4, 36), 55: (4, 36), 50: (2, 60)}


def retires_in(born: date, original_age: int) -> tuple[int, int]:
    """Year and month of reaching the age, for an original age of 50, 55 or 60."""
    month = (born.year + original_age) * 12 + born.month - 1
    if month >= _FIRST:
        every, most = _STEPS[original_age]
        month += min(most, (month - _FIRST) // every + 1)
    return month // 12, month % 12 + 1


def is_reached(born: date, original_age: int, today: date) -> bool:
    """Whether the month of retirement is over."""
    return retires_in(born, original_age) < (today.year, today.month)
