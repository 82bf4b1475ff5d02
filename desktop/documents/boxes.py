"""Where do lines of words stand inside a box on paper?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.documents.fonts import Chain
from desktop.documents.paper import INK, POINTS, Words
from desktop.documents.typesetting import Line, set_line
from desktop.fields.names import is_han

LEADING = 1.32
_ASCENT = 0.88  # of an em that a line reaches above its baseline


@dataclass(frozen=True)
class Box:
    """A place on the page in millimetres; ``left`` and ``top`` from the page's corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Type:
    """How words are set: fonts, size in points, where in the box, names of two spread over three.

    ``place`` is 0 for the left edge, 0.5 for the middle and 1 for the right.
    """

    fonts: Chain
    size: float
    place: float = 0.5
    is_name: bool = False
    colour: str = INK


def stacked(lines: Sequence[str], kind: Type, box: Box) -> Iterator[Words]:
    """The lines one below the other, half way down the box."""
    step = line_step(kind.size)
    first = box.top + (box.height - len(lines) * step) / 2 + (step - kind.size / POINTS) / 2
    for number, text in enumerate(lines):
        line = set_in(text, kind)
        x = box.left + max(box.width - line.width / POINTS, 0.0) * kind.place
        y = first + number * step + kind.size * _ASCENT / POINTS
        yield Words(line, x, y, colour=kind.colour)


def set_in(text: str, kind: Type) -> Line:
    """One line; a name of two Han characters over the width of three, as lists of names do."""
    spread = kind.is_name and len(text) == 2 and all(is_han(c) for c in text)
    return set_line(text, kind.fonts, kind.size, kind.size if spread else 0.0)


def line_step(size: float) -> float:
    """Millimetres from line to line."""
    return size * LEADING / POINTS
