"""Which ornaments a certificate design can be composed of, and what outlines each consists of.

Every public function of ``KINDS`` takes the sheet and the numbers written in the design file
(millimetres) and gives outlines; colours are none of its business.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.documents.paths import (
    Outline,
    Point,
    brush,
    circle,
    joined,
    leaf,
    line,
    polygon,
    rectangle,
    smooth,
)

TURN = 2 * math.pi
_WAVE_PIECES = 4
_LOBE_PIECES = 6


@dataclass(frozen=True)
class Sheet:
    """The page in millimetres."""

    width: float
    height: float

    def mirrored(self, outline: Outline) -> list[Outline]:
        """An outline of the upper left corner, in all four corners."""
        w, h = self.width, self.height
        return [
            outline,
            outline.moved(lambda x, y: (w - x, y)),
            outline.moved(lambda x, y: (x, h - y)),
            outline.moved(lambda x, y: (w - x, h - y)),
        ]

    def centres(self, at: Sequence[float] | None, corners: float | None) -> list[Point]:
        """One given point, or the four points ``corners`` away from both edges."""
        if at is not None:
            return [(at[0], at[1])]
        c = corners or 0.0
        right, bottom = self.width - c, self.height - c
        return [(c, c), (right, c), (c, bottom), (right, bottom)]


def frame(sheet: Sheet, *, inset: float) -> list[Outline]:
    """A rectangle at the same distance from all edges."""
    return [rectangle(inset, inset, sheet.width - inset, sheet.height - inset)]


def ring(sheet: Sheet, *, outer: float, inner: float) -> list[Outline]:
    """The band between two frames; to be filled by the even-odd rule."""
    return [frame(sheet, inset=outer)[0] + frame(sheet, inset=inner)[0]]


def square(
    sheet: Sheet, *, half: float, at: Sequence[float] | None = None, corners: float | None = None
) -> list[Outline]:
    """A square of side ``2 × half`` round each centre."""
    return [
        rectangle(x - half, y - half, x + half, y + half) for x, y in sheet.centres(at, corners)
    ]


def dots_in_square(sheet: Sheet, *, half: float, radius: float, corners: float) -> list[Outline]:
    """Four dots round each centre, ``half`` away to the sides and up and down."""
    return [
        circle((x + dx * half, y + dy * half), radius)
        for x, y in sheet.centres(None, corners)
        for dx in (-1, 1)
        for dy in (-1, 1)
    ]


def disc(
    sheet: Sheet, *, radius: float, at: Sequence[float] | None = None, corners: float | None = None
) -> list[Outline]:
    """A circle round each centre."""
    return [circle(centre, radius) for centre in sheet.centres(at, corners)]


def star(sheet: Sheet, *, at: Sequence[float], radius: float) -> list[Outline]:
    """A five-pointed star standing upright."""
    spokes = [(radius if i % 2 == 0 else radius * 0.382, i * TURN / 10) for i in range(10)]
    x, y = at
    return [polygon([(x + r * math.sin(a), y - r * math.cos(a)) for r, a in spokes])]


def rosette(
    sheet: Sheet,
    *,
    radius: float,
    swing: float,
    lobes: int,
    phases: int,
    at: Sequence[float] | None = None,
    corners: float | None = None,
) -> list[Outline]:
    """Interlaced waves round each centre: r(θ) = radius + swing · cos(lobes · θ + φ)."""
    return [
        _rosette(centre, radius, swing, lobes, phase * TURN / phases)
        for centre in sheet.centres(at, corners)
        for phase in range(phases)
    ]


def _rosette(centre: Point, radius: float, swing: float, lobes: int, phase: float) -> Outline:
    def curve(t: float) -> Point:
        r = radius + swing * math.cos(lobes * t + phase)
        return centre[0] + r * math.cos(t), centre[1] + r * math.sin(t)

    return smooth(curve, 0.0, TURN, lobes * _LOBE_PIECES, closed=True)


def flower(
    sheet: Sheet,
    *,
    radius: float,
    petals: int,
    width: float,
    at: Sequence[float] | None = None,
    corners: float | None = None,
) -> list[Outline]:
    """Narrow petals round each centre."""
    return [
        leaf(centre, i * TURN / petals, radius, width)
        for centre in sheet.centres(at, corners)
        for i in range(petals)
    ]


def laurel(
    sheet: Sheet,
    *,
    at: Sequence[float],
    radius: float,
    first: float,
    last: float,
    pairs: int,
    outer: float,
    inner: float,
) -> list[Outline]:
    """Two branches open at the top; angles in degrees from straight down, leaves in pairs."""
    leaves: list[Outline] = []
    for index in range(pairs):
        angle = math.radians(first + (last - first) * index / (pairs - 1))
        base = (at[0] + radius * math.sin(angle), at[1] + radius * math.cos(angle))
        along = -angle  # the way the branch grows, 0 = to the right
        leaves.append(leaf(base, along + math.radians(34), outer, outer * 0.31))
        leaves.append(leaf(base, along - math.radians(34), inner, inner * 0.31))
    right = joined(leaves)
    return [right + right.moved(lambda x, y: (2 * at[0] - x, y))]


def waves(
    sheet: Sheet,
    *,
    inset: float,
    start: float,
    across: int,
    down: int,
    amplitude: float,
    strands: int,
    frequency: int = 1,
) -> list[Outline]:
    """Interlaced sines along all four sides; ``across`` and ``down`` are the waves on a side."""
    return [
        _wave(begin, end, count * frequency, amplitude, strand * TURN / strands)
        for begin, end, count in _sides(sheet, inset, start, across, down)
        for strand in range(strands)
    ]


def _wave(begin: Point, end: Point, turns: int, amplitude: float, phase: float) -> Outline:
    length = math.dist(begin, end)
    ux, uy = (end[0] - begin[0]) / length, (end[1] - begin[1]) / length

    def curve(t: float) -> Point:
        swing = amplitude * math.sin(turns * TURN * t + phase)
        return begin[0] + ux * length * t - uy * swing, begin[1] + uy * length * t + ux * swing

    return smooth(curve, 0.0, 1.0, turns * _WAVE_PIECES)


def beads(
    sheet: Sheet, *, inset: float, start: float, across: int, down: int, radius: float
) -> list[Outline]:
    """A dot in the middle of every wave of ``waves`` with the same numbers."""
    found = []
    for begin, end, count in _sides(sheet, inset, start, across, down):
        for index in range(count):
            part = (index + 0.5) / count
            centre = (
                begin[0] + (end[0] - begin[0]) * part,
                begin[1] + (end[1] - begin[1]) * part,
            )
            found.append(circle(centre, radius))
    return found


def _sides(
    sheet: Sheet, inset: float, start: float, across: int, down: int
) -> list[tuple[Point, Point, int]]:
    w, h = sheet.width, sheet.height
    return [
        ((start, inset), (w - start, inset), across),
        ((start, h - inset), (w - start, h - inset), across),
        ((inset, start), (inset, h - start), down),
        ((w - inset, start), (w - inset, h - start), down),
    ]


def blade(
    sheet: Sheet, *, start: Sequence[float], end: Sequence[float], thickness: float
) -> list[Outline]:
    """A line that swells towards its middle and ends in two points."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    length = math.dist(start, end)
    return [leaf((start[0], start[1]), angle, length, thickness)]


def diamond(sheet: Sheet, *, at: Sequence[float], half: float) -> list[Outline]:
    """A square standing on its corner."""
    x, y = at
    return [polygon([(x, y - half), (x + half, y), (x, y + half), (x - half, y)])]


def straight(sheet: Sheet, *, start: Sequence[float], end: Sequence[float]) -> list[Outline]:
    """One straight line."""
    return [line((start[0], start[1]), (end[0], end[1]))]


def tendrils(
    sheet: Sheet,
    *,
    along: float,
    away: float,
    length: float,
    thickness: float,
    curls: Sequence[Sequence[float]],
    leaves: Sequence[Sequence[float]],
) -> list[Outline]:
    """Scrollwork along the two sides of each corner.

    The stem starts ``along`` from one edge and lies ``away`` from the other. ``curls`` are
    (place on the stem, radius, turns); ``leaves`` are (place of the tip, length).
    """
    parts = [leaf((along, away), 0.0, length, thickness, 0.006)]
    for at, radius, turns in curls:
        parts += _curl(along + at, away, radius, turns)
    parts += [_stem_leaf(along + at, away, size) for at, size in leaves]
    parts += [part.moved(lambda x, y: (y, x)) for part in parts]
    return [copy for part in parts for copy in sheet.mirrored(part)]


def _stem_leaf(tip_x: float, stem_y: float, length: float) -> Outline:
    angle = math.radians(42)
    base = (tip_x + length * math.cos(angle), stem_y + 0.45 + length * math.sin(angle))
    return leaf(base, angle + math.pi, length, length * 0.36, 0.06)


def _curl(x: float, stem_y: float, radius: float, turns: float) -> list[Outline]:
    """A spiral that hangs on the stem and winds inwards to the right, ending in a dot."""
    centre = (x, stem_y + radius * 1.12)

    def curve(t: float) -> Point:
        reach = radius * (1 - 0.86 * max(t, 0.0) ** 1.5)
        angle = -math.pi / 2 + t * turns * TURN
        return centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)

    def half_width(t: float) -> float:
        return radius * 0.175 * (1 - 0.72 * min(max(t, 0.0), 1.0))

    tip = curve(1.0)
    return [brush(curve, half_width, round(turns * 10)), circle(tip, radius * 0.2)]


def sprigs(
    sheet: Sheet,
    *,
    root: float,
    length: float,
    side_length: float,
    dots: Sequence[Sequence[float]],
) -> list[Outline]:
    """Three leaves and a trail of dots on the diagonal of each corner; dots are (place, radius)."""
    base = (root, root)
    side = math.radians(32)
    parts = [
        leaf(base, TURN / 8, length, length * 0.26),
        leaf(base, TURN / 8 - side, side_length, side_length * 0.11, -0.147),
        leaf(base, TURN / 8 + side, side_length, side_length * 0.11, 0.147),
    ]
    parts += [circle((at, at), radius) for at, radius in dots]
    return [copy for part in parts for copy in sheet.mirrored(part)]


KINDS: dict[str, Callable[..., list[Outline]]] = {
    "beads": beads,
    "blade": blade,
    "diamond": diamond,
    "disc": disc,
    "dots_in_square": dots_in_square,
    "flower": flower,
    "frame": frame,
    "laurel": laurel,
    "ring": ring,
    "rosette": rosette,
    "sprigs": sprigs,
    "square": square,
    "star": star,
    "straight": straight,
    "tendrils": tendrils,
    "waves": waves,
}
