"""How neutral shapes become the stream of a PDF form that every page shares."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from desktop.documents.ornaments import Sheet
from desktop.documents.paths import Gradient, Outline, Paint, Shape
from desktop.documents.pdf import PdfFile, colour

POINTS = 72 / 25.4
_UNITS = 100  # whole hundredths of a millimetre: a third of the bytes of decimals
_OPERATORS = {"M": b"m", "L": b"l", "C": b"c", "Z": b"h"}


@dataclass(frozen=True)
class Drawing:
    """Shapes made ready: the deflated stream, and the gradients it names ``P0``, ``P1`` …"""

    stream: bytes
    gradients: tuple[Gradient, ...]
    matrix: bytes


def drawing(sheet: Sheet, shapes: Iterable[Shape]) -> Drawing:
    """The shapes in one stream, in the page's own coordinates (points from below)."""
    scale = POINTS / _UNITS
    matrix = b"%.8f 0 0 %.8f 0 %.4f" % (scale, -scale, sheet.height * POINTS)
    gradients: list[Gradient] = []
    parts = [b"%b cm 1 J 1 j" % matrix]
    for shape in shapes:
        if shape.fill is not None:
            parts.append(_paint(shape.fill, gradients, b"rg", b"cs", b"scn"))
        if shape.stroke is not None:
            parts.append(_paint(shape.stroke, gradients, b"RG", b"CS", b"SCN"))
            parts.append(b"%g w" % (shape.width * _UNITS))
        parts.append(path(shape.outline))
        parts.append(_finish(shape))
    stream = zlib.compress(b"\n".join(parts), 9)
    return Drawing(stream, tuple(gradients), matrix)


def path(outline: Outline) -> bytes:
    """The outline in hundredths of a millimetre."""
    parts: list[bytes] = []
    for stroke, numbers in outline:
        parts.extend(b"%d" % round(number * _UNITS) for number in numbers)
        parts.append(_OPERATORS[stroke])
    return b" ".join(parts)


def _finish(shape: Shape) -> bytes:
    if shape.fill is None:
        return b"S"
    operator = b"f" if shape.stroke is None else b"B"
    return operator + (b"*" if shape.even_odd else b"")


def _paint(
    paint: Paint, gradients: list[Gradient], plain: bytes, space: bytes, pattern: bytes
) -> bytes:
    if isinstance(paint, str):
        return colour(paint) + b" " + plain
    if paint not in gradients:
        gradients.append(paint)
    return b"/Pattern %b /P%d %b" % (space, gradients.index(paint), pattern)


def write_form(file: PdfFile, sheet: Sheet, ready: Drawing) -> int:
    """Writes the drawing as a form to be placed by ``Do``, and gives its number."""
    patterns = b"".join(
        b"/P%d %d 0 R" % (index, _write_gradient(file, gradient, ready.matrix))
        for index, gradient in enumerate(ready.gradients)
    )
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 %.3f %.3f]/Resources<</Pattern<<%b>>>>" % (
        sheet.width * POINTS,
        sheet.height * POINTS,
        patterns,
    )
    return file.add_stream(ready.stream, entries, packed=True)


def _write_gradient(file: PdfFile, gradient: Gradient, matrix: bytes) -> int:
    stops = gradient.stops
    pieces = b"".join(
        b"<</FunctionType 2/N 1/Domain[0 1]/C0[%b]/C1[%b]>>" % (colour(first), colour(second))
        for (_, first), (_, second) in pairwise(stops)
    )
    bounds = b" ".join(b"%g" % place for place, _ in stops[1:-1])
    encode = b"0 1 " * (len(stops) - 1)
    numbers = (n * _UNITS for n in (*gradient.start, *gradient.end))
    line = b" ".join(b"%g" % number for number in numbers)
    return file.add(
        b"<</Type/Pattern/PatternType 2/Matrix[%b]/Shading<</ShadingType 2"
        b"/ColorSpace/DeviceRGB/Coords[%b]/Extend[true true]/Function<</FunctionType 3"
        b"/Domain[0 1]/Functions[%b]/Bounds[%b]/Encode[%b]>>>>>>"
        % (matrix, line, pieces, bounds, encode)
    )
