"""Where each character of a Chinese line or paragraph stands.

Rules of good setting kept here: no closing mark begins a line, no opening one ends it, two marks
in a row share one em, words and numbers stay whole, full lines reach both margins. Points
throughout; a line begins at 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from desktop.documents.fonts import Chain
from desktop.documents.truetype import Face

OPENING = frozenset("“‘（〔［｛《〈「『【〖")
CLOSING = frozenset("”’）〕］｝》〉」』】〗，。、；：！？")
_NEVER_FIRST = CLOSING | frozenset("·—…％%℃‰ー々,.;:!?)]}")
_NEVER_LAST = OPENING | frozenset("([{￥＄$№")
_PAIRED = frozenset("—…")
_HANGS = frozenset("，。、；：")
_HALF = 0.5
_SHORT_QUOTATION = 12
_LOOSEST = 0.22


@dataclass(frozen=True)
class Run:
    """Characters of one face.

    ``places`` are the left edges in points from the line's start, one more than there are
    characters: the last is where the next run begins or the line ends. ``stroke`` thickens.
    """

    face: Face
    size: float
    text: str
    places: tuple[float, ...]
    stroke: float = 0.0


@dataclass(frozen=True)
class Line:
    """One set line and how wide it is."""

    runs: tuple[Run, ...]
    width: float


@dataclass
class _Cell:
    """A character on its way into a line: ``advance`` and ``shift`` (of its ink) in ems."""

    character: str
    advance: float
    shift: float = 0.0


@lru_cache(maxsize=1024)
def set_line(text: str, chain: Chain, size: float, spacing: float = 0.0) -> Line:
    """The text as it comes, ``spacing`` points added between its characters."""
    places, at = [], 0.0
    for width in chain.widths(text):
        places.append(at)
        at += width * size + spacing
    places.append(at - spacing if text else at)
    return Line(_runs(text, places, chain, size), max(at - spacing, 0.0))


def line_width(text: str, chain: Chain, size: float, spacing: float = 0.0) -> float:
    """The width ``set_line`` would give."""
    return sum(chain.widths(text)) * size + spacing * max(len(text) - 1, 0)


@lru_cache(maxsize=512)
def set_paragraph(
    text: str, chain: Chain, size: float, width: float, indent: int
) -> tuple[Line, ...]:
    """Justified lines; the first is ``indent`` characters shorter, the last ends where it ends."""
    cells = _cells(text, chain)
    lines, start = [], 0
    while start < len(cells):
        offset = indent * size if start == 0 else 0.0
        room = (width - offset) / size
        end = _line_end(cells, start, room)
        piece = _trimmed(cells[start:end])
        if start and piece and piece[0].character in OPENING:
            first = piece[0]
            piece[0] = _Cell(first.character, first.advance - _HALF, first.shift - _HALF)
        last = end >= len(cells)
        lines.append(_justified(piece, chain, size, offset, room, last=last))
        start = end
        while start < len(cells) and cells[start].character == " ":
            start += 1
    return tuple(lines)


def _cells(text: str, chain: Chain) -> list[_Cell]:
    cells = [_cell(character, chain) for character in text]
    for left, right in pairwise(cells):
        following = CLOSING | OPENING if left.character in CLOSING else OPENING
        if left.character in CLOSING | OPENING and right.character in following:
            left.advance -= _HALF
    return cells


def _cell(character: str, chain: Chain) -> _Cell:
    width = chain.width(character)
    if character in "“‘":
        return _Cell(character, 1.0, 1.0 - width)
    if character in "”’":
        return _Cell(character, 1.0)
    return _Cell(character, width)


def _line_end(cells: list[_Cell], start: int, room: float) -> int:
    """The index after the last cell of the line that begins at ``start``."""
    used, fits = 0.0, start
    while fits < len(cells) and used + _at_line_end(cells[fits]) <= room + 1e-6:
        used += cells[fits].advance
        fits += 1
    if fits >= len(cells):
        return len(cells)
    if cells[fits].character in _HANGS and used <= room + 1e-6:
        return fits + 1  # hangs half an em into the margin
    for end in range(fits, start, -1):
        if _may_break(cells[end - 1].character, cells[end].character):
            return _before_quotation(cells, start, end, room) or end
    return max(fits, start + 1)


def _before_quotation(cells: list[_Cell], start: int, end: int, room: float) -> int:
    """Where to break instead so that a short quoted title is not cut; 0 if that is no better.

    The line may become looser by ``_LOOSEST`` of an em a gap for it, not more.
    """
    text = "".join(cell.character for cell in cells)
    opening = text.rfind("“", start + 1, end)
    if opening < 0 or text.find("”", opening, end) >= 0:
        return 0
    closing = text.find("”", end)
    if closing < 0 or closing - opening > _SHORT_QUOTATION:
        return 0
    if not _may_break(text[opening - 1], text[opening]):
        return 0
    used = sum(cell.advance for cell in cells[start:opening])
    loose = (room - used) / max(opening - start - 1, 1)
    return opening if loose <= _LOOSEST else 0


def _at_line_end(cell: _Cell) -> float:
    return cell.advance - (_HALF if cell.character in CLOSING and cell.advance > _HALF else 0.0)


def _may_break(left: str, right: str) -> bool:
    if right in _NEVER_FIRST or left in _NEVER_LAST:
        return False
    if left == right and left in _PAIRED:
        return False
    return not (_in_word(left) and _in_word(right))


def _in_word(character: str) -> bool:
    return character < "\u2000" and character != " "


def _trimmed(cells: list[_Cell]) -> list[_Cell]:
    while cells and cells[-1].character == " ":
        cells = cells[:-1]
    return cells


def _justified(
    cells: list[_Cell], chain: Chain, size: float, offset: float, room: float, *, last: bool
) -> Line:
    inked = _inked(cells, room)
    gaps = [_stretches(a.character, b.character) for a, b in pairwise(cells)]
    extra = (room - inked) / sum(gaps) if any(gaps) and not last else 0.0
    places, at = [], 0.0
    for index, cell in enumerate(cells):
        places.append(offset + (at + cell.shift) * size)
        at += cell.advance + (extra if index < len(gaps) and gaps[index] else 0.0)
    places.append(offset + at * size)
    text = "".join(cell.character for cell in cells)
    return Line(_runs(text, places, chain, size), offset + (inked if last else room) * size)


def _inked(cells: list[_Cell], room: float) -> float:
    """The width that must fit between the margins: not the blank half of a closing mark."""
    if not cells:
        return 0.0
    inked = sum(cell.advance for cell in cells) - cells[-1].advance + _at_line_end(cells[-1])
    hangs = inked > room + 1e-6 and cells[-1].character in _HANGS
    return inked - _at_line_end(cells[-1]) if hangs else inked


def _stretches(left: str, right: str) -> bool:
    """Whether the gap between two characters takes part in justifying."""
    return not (_in_word(left) and _in_word(right)) and not (left == right and left in _PAIRED)


def _runs(text: str, places: list[float], chain: Chain, size: float) -> tuple[Run, ...]:
    runs: list[Run] = []
    start = 0
    faces = [chain.face(character) for character in text]
    for index in range(1, len(text) + 1):
        if index < len(text) and faces[index] is faces[start]:
            continue
        face = faces[start]
        if face is not None:
            part = tuple(places[start : index + 1])
            runs.append(Run(face, size, text[start:index], part, chain.boldness(face) * size))
        start = index
    return tuple(runs)
