"""What a drawn shape is, before anybody knows whether it ends on paper or on a screen.

Millimetres from the left and from the top of the page. An outline knows four strokes of the pen:
``M`` move, ``L`` line, ``C`` cubic Bézier, ``Z`` close; PDF, SVG and QPainter draw them alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0}
_ROUND = 4 / 3 * math.tan(math.pi / 8)

Point = tuple[float, float]
Curve = Callable[[float], Point]


@dataclass(frozen=True)
class Gradient:
    """Colours along a straight line: ``stops`` are (place from 0 to 1, ``#RRGGBB``)."""

    stops: tuple[tuple[float, str], ...]
    start: Point
    end: Point


Paint = str | Gradient


@dataclass(frozen=True)
class Outline:
    """``strokes`` is a word over M, L, C, Z; ``numbers`` holds all their coordinates in turn."""

    strokes: str
    numbers: tuple[float, ...]

    def __iter__(self) -> Iterator[tuple[str, tuple[float, ...]]]:
        at = 0
        for stroke in self.strokes:
            count = NUMBERS[stroke]
            yield stroke, self.numbers[at : at + count]
            at += count

    def __add__(self, other: Outline) -> Outline:
        return Outline(self.strokes + other.strokes, self.numbers + other.numbers)

    def moved(self, change: Callable[[float, float], Point]) -> Outline:
        """The same outline with every point sent through ``change`` (an affine map)."""
        pairs = zip(self.numbers[0::2], self.numbers[1::2], strict=True)
        return Outline(self.strokes, tuple(n for x, y in pairs for n in change(x, y)))

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all its points, control points included."""
        xs, ys = self.numbers[0::2], self.numbers[1::2]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class Shape:
    """One outline with its paint; ``width`` of the stroke in millimetres."""

    outline: Outline
    fill: Paint | None = None
    stroke: Paint | None = None
    width: float = 0.0
    even_odd: bool = False


NOTHING = Outline("", ())


def joined(outlines: list[Outline]) -> Outline:
    """Many outlines as one."""
    numbers = [n for outline in outlines for n in outline.numbers]
    return Outline("".join(outline.strokes for outline in outlines), tuple(numbers))


def polygon(points: list[Point]) -> Outline:
    """A closed outline with straight sides."""
    numbers = tuple(n for point in points for n in point)
    return Outline("M" + "L" * (len(points) - 1) + "Z", numbers)


def line(start: Point, end: Point) -> Outline:
    """One straight stroke."""
    return Outline("ML", (*start, *end))


def rectangle(left: float, top: float, right: float, bottom: float) -> Outline:
    """Given by its edges."""
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])


def circle(centre: Point, radius: float) -> Outline:
    """Four cubic quarters."""
    x, y = centre
    r, c = radius, radius * _ROUND
    numbers = (
        *(x + r, y),
        *(x + r, y + c, x + c, y + r, x, y + r),
        *(x - c, y + r, x - r, y + c, x - r, y),
        *(x - r, y - c, x - c, y - r, x, y - r),
        *(x + c, y - r, x + r, y - c, x + r, y),
    )
    return Outline("MCCCCZ", numbers)


def smooth(curve: Curve, start: float, end: float, pieces: int, *, closed: bool = False) -> Outline:
    """``curve`` from ``start`` to ``end`` as cubics that share its points and directions."""
    step = (end - start) / pieces
    numbers = list(curve(start))
    x0, y0 = numbers
    dx0, dy0 = _direction(curve, start, step)
    for index in range(1, pieces + 1):
        t = start + index * step
        x1, y1 = curve(t)
        dx1, dy1 = _direction(curve, t, step)
        numbers += (x0 + dx0, y0 + dy0, x1 - dx1, y1 - dy1, x1, y1)
        x0, y0, dx0, dy0 = x1, y1, dx1, dy1
    return Outline("M" + "C" * pieces + ("Z" if closed else ""), tuple(numbers))


def _direction(curve: Curve, t: float, step: float) -> Point:
    """A third of the way the curve would go in one step (Hermite's rule)."""
    tiny = step * 1e-4
    (x0, y0), (x1, y1) = curve(t - tiny), curve(t + tiny)
    third = step / 3 / (2 * tiny)
    return (x1 - x0) * third, (y1 - y0) * third


def leaf(base: Point, angle: float, length: float, width: float, bend: float = 0.0) -> Outline:
    """A pointed leaf; ``angle`` in radians, 0 to the right, growing downwards.

    ``bend`` shifts its belly sideways, in parts of the length.
    """
    cos, sin = math.cos(angle), math.sin(angle)

    def at(along: float, across: float) -> Point:
        return base[0] + along * cos - across * sin, base[1] + along * sin + across * cos

    out, back = width / 1.5 + bend * length, -width / 1.5 + bend * length
    numbers = (
        *at(0, 0),
        *at(length * 0.3, out),
        *at(length * 0.7, out),
        *at(length, 0),
        *at(length * 0.7, back),
        *at(length * 0.3, back),
        *at(0, 0),
    )
    return Outline("MCCZ", numbers)


def brush(curve: Curve, half_width: Callable[[float], float], pieces: int) -> Outline:
    """The outline of a stroke along ``curve`` (t from 0 to 1) whose half width changes with t."""

    def side(sign: float) -> Curve:
        def point(t: float) -> Point:
            (x0, y0), (x1, y1) = curve(t - 1e-4), curve(t + 1e-4)
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            x, y = curve(t)
            away = sign * half_width(t) / length
            return x - (y1 - y0) * away, y + (x1 - x0) * away

        return point

    there = smooth(side(1.0), 0.0, 1.0, pieces)
    back = smooth(side(-1.0), 1.0, 0.0, pieces)
    return Outline(
        there.strokes + "L" + back.strokes[1:] + "Z",
        there.numbers + back.numbers,
    )
