"""How wide is each column of a printed table, and how large is its type?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.errors import UnusableError
from desktop.documents.fonts import Chain
from desktop.documents.paper import POINTS
from desktop.documents.wrapping import widest_line, widest_piece
from desktop.fields.table import Heading

PADDING = 1.1  # mm on each side of a cell
_LARGEST, _READABLE, _SMALLEST = 10.5, 9.0, 6.5
_STEP = 0.5
_NARROWEST = 2.2  # ems
_HAND_ROOM = 4.5  # ems for what is written with a pen
_HEADING_LINES = 4
_BOLDER = 1.12  # figures of the row of totals are wider
_COMFORTABLE = 18.0  # ems; one person's long post must not take the room of all others


@dataclass(frozen=True)
class Fitted:
    """Type size in points and the width of each column in millimetres."""

    size: float
    widths: tuple[float, ...]


@dataclass(frozen=True)
class _Wish:
    """In ems: what a column takes unwrapped, and what it cannot do without."""

    natural: float
    least: float


def fit(
    headings: Sequence[Heading], texts: Sequence[Sequence[str]], fonts: Chain, room: float
) -> Fitted:
    """Columns that fill ``room`` mm; ``texts`` holds for each column what stands in it.

    Type becomes smaller before anything wraps, down to 9 points; then cells wrap; then type goes
    down to 6.5. What does not fit even so is refused.
    """
    wishes = [_wish(one, own, fonts) for one, own in zip(headings, texts, strict=True)]
    size = _LARGEST
    while size > _READABLE and _total(wishes, size) > room:
        size -= _STEP
    while size >= _SMALLEST:
        widths = _shared_out(wishes, size, room)
        if widths is not None:
            return Fitted(size, widths)
        size -= _STEP
    raise UnusableError(
        f"这张表有 {len(headings)} 栏，缩到最小的字号，一页的宽度也放不下。",
        remedy="请少选几栏，或改成横放。",
    )


def _wish(heading: Heading, texts: Sequence[str], fonts: Chain) -> _Wish:
    own = set(texts)
    natural = max((widest_line(text, fonts) for text in own), default=0.0)
    natural = min(natural, _COMFORTABLE)
    least = max((widest_piece(text, fonts) for text in own), default=0.0)
    if heading.is_person:
        natural = max(natural, 3.0)  # two characters are spread over three
        least = max(least, 3.0)
    is_figure = heading.is_summed or heading.share_of is not None
    if not is_figure and not any(own):
        natural = max(natural, _HAND_ROOM)
    said = widest_line(heading.text, fonts)
    if is_figure:
        said /= _HEADING_LINES
        least *= _BOLDER
    least = max(least, widest_piece(heading.text, fonts), min(said, _NARROWEST))
    return _Wish(max(natural, said, _NARROWEST), max(least, _NARROWEST))


def _total(wishes: Sequence[_Wish], size: float) -> float:
    return sum(_millimetres(wish.natural, size) for wish in wishes)


def _millimetres(ems: float, size: float) -> float:
    return ems * size / POINTS + 2 * PADDING


def _shared_out(wishes: Sequence[_Wish], size: float, room: float) -> tuple[float, ...] | None:
    natural = [_millimetres(wish.natural, size) for wish in wishes]
    if sum(natural) <= room:
        return tuple(width * room / sum(natural) for width in natural)
    least = [_millimetres(wish.least, size) for wish in wishes]
    if sum(least) > room:
        return None
    return _under_a_ceiling(natural, least, room)


def _under_a_ceiling(
    natural: Sequence[float], least: Sequence[float], room: float
) -> tuple[float, ...]:
    """The widest columns give way first, until all fit."""
    low, high = 0.0, max(natural)
    for _ in range(40):
        ceiling = (low + high) / 2
        widths = [max(small, min(own, ceiling)) for own, small in zip(natural, least, strict=True)]
        low, high = (ceiling, high) if sum(widths) <= room else (low, ceiling)
    widths = [max(small, min(own, low)) for own, small in zip(natural, least, strict=True)]
    return tuple(width * room / sum(widths) for width in widths)
