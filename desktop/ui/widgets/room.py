"""How much room has a page?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LOW, FLAT = 640, 520
WIDE, MIDDLE = 1360, 1080


@dataclass(frozen=True)
class Room:
    """``width`` is wide, middle or narrow; ``low`` is under 640, ``flat`` under 520 pixels high."""

    width: Literal["wide", "middle", "narrow"]
    low: bool
    flat: bool


def room_in(width: int, height: int) -> Room:
    """The room in a window of this many pixels, counted in pixels of the standard type size."""
    low, flat = height < LOW, height < FLAT
    if width >= WIDE:
        return Room("wide", low, flat)
    return Room("middle" if width >= MIDDLE else "narrow", low, flat)
