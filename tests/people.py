"""Invented people for tests: identity numbers of area 420000, which was never issued."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.fields.identity import check_character


def id_number(born: date, sequence: int = 2) -> str:
    """A valid number; an even ``sequence`` (0–998) is a woman's, an odd one a man's."""
    first17 = f"420000{born:%Y%m%d}{sequence:03d}"
    return first17 + check_character(first17)


def birthdays(count: int, first: date = date(1966, 1, 3)) -> list[date]:
    """Different birthdays, 23 days apart and beginning again after forty years."""
    return [first + timedelta(days=23 * i % 14600) for i in range(count)]
