"""How do chosen people become cards to wear and plates to stand on a desk?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db.errors import UnusableError
from desktop.documents.boxes import Box, Type, line_step, set_in, stacked
from desktop.documents.files import whole_file
from desktop.documents.fonts import Chain
from desktop.documents.paper import (
    A4,
    FAINT,
    POINTS,
    Drawn,
    Mark,
    Pages,
    Paper,
    Stroke,
    Unprintable,
    code_point,
    drawable,
    kai,
    song,
)
from desktop.documents.wrapping import wrap

Step = Callable[[int, int], None]

_NAME = "姓名"
_CARD, _CARDS_ACROSS, _CARDS_DOWN = (90.0, 54.0), 2, 5
_CARD_MARGIN = 6.0
_PLATE_HEIGHT, _PLATES = A4[1] / 2, 2
_PLATE_MARGIN = 18.0
_CARD_NAME, _CARD_LINE, _CARD_HEAD = (34.0, 15.0), (13.0, 8.0), (10.5, 7.0)  # largest, smallest
_PLATE_NAME = (140.0, 40.0)
_STEP = 0.5
_CUT, _FOLD = 0.4, 0.3  # points


@dataclass(frozen=True)
class Person:
    """Whose card it is."""

    name: str
    unit: str = ""
    post: str = ""


def draw_cards(
    people: Sequence[Person], target: Path, *, organisation: str = "", step: Step | None = None
) -> Drawn:
    """Cards of 90 × 54 mm with name, unit and post, ten on an upright A4 page, with cutting lines.

    Names get smaller, then break into two lines. A person whose card would show a box, a blank or
    a cut word is left out and named in the result; nobody drawn is a refusal and leaves no file.
    """
    return _draw(card_pages(people, organisation=organisation), target, step)


def card_pages(people: Sequence[Person], *, organisation: str = "") -> Pages:
    """The pages of :func:`draw_cards`, for a printer."""
    places = [
        Box(
            (A4[0] - _CARDS_ACROSS * _CARD[0]) / 2 + column * _CARD[0],
            (A4[1] - _CARDS_DOWN * _CARD[1]) / 2 + row * _CARD[1],
            *_CARD,
        )
        for row in range(_CARDS_DOWN)
        for column in range(_CARDS_ACROSS)
    ]
    return _pages(people, places, _Cards(organisation), title="姓名卡")


def draw_plates(people: Sequence[Person], target: Path, *, step: Step | None = None) -> Drawn:
    """Desk plates, two on an upright A4 page: cut across, fold, and the name stands on both sides.

    What is said of :func:`draw_cards` about names that do not fit holds here, too.
    """
    return _draw(plate_pages(people), target, step)


def plate_pages(people: Sequence[Person]) -> Pages:
    """The pages of :func:`draw_plates`, for a printer."""
    places = [Box(0.0, at * _PLATE_HEIGHT, A4[0], _PLATE_HEIGHT) for at in range(_PLATES)]
    return _pages(people, places, _Plates(), title="桌签")


@dataclass(frozen=True)
class _Block:
    """Lines that fit, of one type size."""

    lines: tuple[str, ...]
    kind: Type


class _Refused(Exception):  # noqa: N818 - carries what is wrong with one person
    def __init__(self, code: str, message: str, character: str = "") -> None:
        self.code, self.message, self.character = code, message, character
        super().__init__(message)


class _Cards:
    def __init__(self, organisation: str) -> None:
        self._organisation = organisation

    def marks(self, person: Person, box: Box) -> Iterator[Mark]:
        inner = _shrunk(box, _CARD_MARGIN)
        for label, text, (down, height), sizes, most_lines in (
            ("本组织名称", self._organisation, (0, 7), _CARD_HEAD, 1),
            (_NAME, person.name, (8, 17), _CARD_NAME, 2),
            ("单位", person.unit, (26, 9), _CARD_LINE, 2),
            ("职务", person.post, (36, 6), _CARD_LINE, 1),
        ):
            part, is_name = _part(inner, down, height), label == _NAME
            fonts = kai() if is_name else song()
            block = _block(
                label, text, part, fonts=fonts, sizes=sizes, most_lines=most_lines, is_name=is_name
            )
            yield from stacked(block.lines, block.kind, part)

    def cuts(self, boxes: Sequence[Box]) -> Iterator[Mark]:
        for box in boxes:
            for x, y, to_x, to_y in (
                (box.left, box.top, box.right, box.top),
                (box.left, box.bottom, box.right, box.bottom),
                (box.left, box.top, box.left, box.bottom),
                (box.right, box.top, box.right, box.bottom),
            ):
                yield Stroke(x, y, to_x, to_y, _CUT, FAINT)


class _Plates:
    def marks(self, person: Person, box: Box) -> Iterator[Mark]:
        half = box.height / 2
        front = Box(box.left + _PLATE_MARGIN, box.top + half, box.width - 2 * _PLATE_MARGIN, half)
        block = _block(
            _NAME, person.name, front, fonts=kai(), sizes=_PLATE_NAME, most_lines=2, is_name=True
        )
        for words in stacked(block.lines, block.kind, front):
            yield words
            fold = box.top + half
            turned = box.left + box.right - words.x
            yield replace(words, x=turned, y=2 * fold - words.y, is_turned=True)

    def cuts(self, boxes: Sequence[Box]) -> Iterator[Mark]:
        for box in boxes:
            fold = box.top + box.height / 2
            yield Stroke(box.left, fold, box.right, fold, _FOLD, FAINT, dash=2.0)
            yield Stroke(box.left, box.bottom, box.right, box.bottom, _CUT, FAINT)


def _pages(
    people: Sequence[Person], places: Sequence[Box], kind: _Cards | _Plates, *, title: str
) -> Pages:
    problems: list[Unprintable] = []
    ready: list[Person] = []
    for row, person in enumerate(people, start=1):
        try:
            list(kind.marks(person, places[0]))
            ready.append(person)
        except _Refused as refused:
            problems.append(_problem(row, person, refused))
    if not ready:
        raise UnusableError(_nobody(problems), kept="没有写文件。", remedy="请改好以后再做一次。")

    def page(number: int) -> list[Mark]:
        start = number * len(places)
        filled = list(zip(ready[start : start + len(places)], places, strict=False))
        marks = [mark for person, box in filled for mark in kind.marks(person, box)]
        return [*kind.cuts([box for _, box in filled]), *marks]

    count = -(-len(ready) // len(places))
    return Pages(title, A4, count, len(ready), page, tuple(problems))


def _draw(pages: Pages, target: Path, step: Step | None) -> Drawn:
    with whole_file(target) as out:
        paper = Paper(out, title=pages.title, size=pages.size)
        for number in range(pages.count):
            paper.add(pages.page(number))
            if step is not None:
                step(pages.people * (number + 1) // pages.count, pages.people)
        paper.finish()
    return Drawn(pages.count, pages.people, pages.problems)


def _block(
    label: str,
    text: str,
    box: Box,
    *,
    fonts: Chain,
    sizes: tuple[float, float],
    most_lines: int,
    is_name: bool = False,
) -> _Block:
    """The text as large as the box allows, in one line if it can be; refused below the smallest."""
    clean, missing = drawable(text.replace("\n", " "), fonts)
    if missing:
        raise _Refused("missing_glyph", _cannot_draw(label, missing[0]), missing[0])
    if not clean:
        if is_name:
            raise _Refused("name_missing", "没有写姓名，这一张没有印。请在名册里补上。")
        return _Block((), Type(fonts, sizes[0]))
    for count in range(1, most_lines + 1):
        size = sizes[0]
        while size >= sizes[1]:
            kind = Type(fonts, size, is_name=is_name)
            lines = _lines(clean, kind, box, count)
            if lines and len(lines) * line_step(size) <= box.height + 0.01:
                return _Block(lines, kind)
            size -= _STEP
    message = f"{label}太长，缩到最小的字号也放不下，这一张没有印。请写短一些。"
    raise _Refused("does_not_fit", message)


def _lines(text: str, kind: Type, box: Box, count: int) -> tuple[str, ...]:
    """At most ``count`` lines as wide as the box; none when it takes more."""
    if count == 1:
        return (text,) if set_in(text, kind).width / POINTS <= box.width else ()
    if kind.is_name and (halves := _halves(text, kind)):
        fits = all(set_in(half, kind).width / POINTS <= box.width for half in halves)
        return halves if fits else ()
    lines = wrap(text, kind.fonts, box.width * POINTS / kind.size)
    return tuple(lines) if len(lines) <= count else ()


def _halves(name: str, kind: Type) -> tuple[str, ...]:
    """A name in two lines, cut where it has a seam of its own; nothing if it has none."""
    cuts = [at for at in range(1, len(name)) if name[at - 1] in "· "]
    halves = [(name[:at].rstrip(), name[at:]) for at in cuts]
    return min(halves, key=lambda two: max(set_in(one, kind).width for one in two), default=())


def _cannot_draw(label: str, character: str) -> str:
    return (
        f"{label}里的“{character}”（{code_point(character)}）现有字库都画不出来，这一张没有印。"
        "请核对这个字，或改用别的写法。"
    )


def _problem(row: int, person: Person, refused: _Refused) -> Unprintable:
    point = code_point(refused.character) if refused.character else ""
    return Unprintable(row, person.name, refused.code, refused.message, refused.character, point)


def _nobody(problems: Sequence[Unprintable]) -> str:
    if not problems:
        return "没有要打印的人。"
    return f"{len(problems)} 人都印不出来。{problems[0].message}"


def _shrunk(box: Box, margin: float) -> Box:
    return Box(box.left + margin, box.top + margin, box.width - 2 * margin, box.height - 2 * margin)


def _part(box: Box, down: float, height: float) -> Box:
    return Box(box.left, box.top + down, box.width, height)
