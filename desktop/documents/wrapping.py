"""Where do the lines of a text in a narrow cell end?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.documents.fonts import Chain
from desktop.documents.typesetting import CLOSING, OPENING

_PIECES = re.compile(r"[!-~]+|.", re.DOTALL)
LONGEST_WHOLE = 11.0  # ems; a longer word or number may be broken


def wrap(text: str, fonts: Chain, room: float) -> list[str]:
    """Lines of at most ``room`` ems. Words and numbers stay whole where they can; no closing mark
    begins a line and no opening one ends it."""
    return [line for part in text.split("\n") for line in _wrapped(part, fonts, room)]


def widest_piece(text: str, fonts: Chain) -> float:
    """Ems of the longest part that should not be broken."""
    widths = (_width(piece, fonts) for piece in _PIECES.findall(text.replace("\n", "")))
    return min(max(widths, default=0.0), LONGEST_WHOLE)


def widest_line(text: str, fonts: Chain) -> float:
    """Ems of the longest line as it comes."""
    return max(_width(line, fonts) for line in text.split("\n"))


def _wrapped(text: str, fonts: Chain, room: float) -> list[str]:
    lines: list[list[str]] = [[]]
    used = 0.0
    for piece in _fitting(text, fonts, room):
        width = _width(piece, fonts)
        if lines[-1] and used + width > room + 1e-6:
            carried = _carried(lines[-1], piece)
            lines.append(carried)
            used = sum(_width(one, fonts) for one in carried)
            if piece == " " and not carried:
                continue
        lines[-1].append(piece)
        used += width
    return ["".join(line).rstrip() for line in lines]


def _carried(line: list[str], following: str) -> list[str]:
    """The end of a line that must go over to the next one together with ``following``."""
    carried: list[str] = []
    while len(line) > 1 and (
        (carried[0] if carried else following)[0] in CLOSING or line[-1][-1] in OPENING
    ):
        carried.insert(0, line.pop())
        if len(carried) > 3:
            break
    return carried


def _fitting(text: str, fonts: Chain, room: float) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        if _width(piece, fonts) <= room:
            yield piece
        else:
            yield from piece


def _width(text: str, fonts: Chain) -> float:
    return sum(fonts.widths(text))
