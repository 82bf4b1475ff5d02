"""How do words and lines at places in millimetres become the pages of one PDF?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from unicodedata import category

from desktop.documents.book import PRODUCER
from desktop.documents.fonts import Chain, chain
from desktop.documents.pdf import EmbeddedFont, PdfFile, colour, text_string
from desktop.documents.truetype import Face
from desktop.documents.typesetting import Line

POINTS = 72 / 25.4
A4 = (210.0, 297.0)
INK, FAINT = "#000000", "#9A9A9A"
_UNSEEN = ("Cc", "Cf", "Cs")

_FALLBACKS = ("LXGWWenKai-Regular.ttf", "HanaMinB.ttf")
_SONG = ("NotoSerifSC-Regular.ttf", *_FALLBACKS)
_HEI = ("NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.ttf", *_FALLBACKS)
_TITLE = ("NotoSerifSC-Black.ttf", "NotoSerifSC-Regular.ttf", *_FALLBACKS)
_KAI = ("LXGWWenKai-Bold.ttf", "NotoSerifSC-Regular.ttf", "HanaMinB.ttf")


def song() -> Chain:
    """For running text in tables."""
    return chain(_SONG)


def hei() -> Chain:
    """For headings of columns."""
    return chain(_HEI, 0.02)


def title_face() -> Chain:
    """For titles."""
    return chain(_TITLE, 0.03)


def kai() -> Chain:
    """For names that are to be read from afar."""
    return chain(_KAI, 0.02)


@dataclass(frozen=True)
class Words:
    """A line whose baseline begins at x, y; ``is_turned`` stands on its head and runs left."""

    line: Line
    x: float
    y: float
    is_turned: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Stroke:
    """A straight line; ``width`` in points, ``dash`` in millimetres (0: whole)."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.6
    colour: str = INK
    dash: float = 0.0


@dataclass(frozen=True)
class Tint:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


Mark = Words | Stroke | Tint


@dataclass(frozen=True)
class Unprintable:
    """What could not be printed as it is. ``row`` counts from 1 in the order given.

    Codes: ``missing_glyph`` (with the character and its code point), ``name_missing`` and
    ``does_not_fit``.
    """

    row: int
    name: str
    code: str
    message: str
    character: str = ""
    code_point: str = ""


@dataclass(frozen=True)
class Drawn:
    """How many pages there are, how many people stand on them, and what is wrong with whom."""

    pages: int
    people: int
    problems: tuple[Unprintable, ...] = ()


@dataclass(frozen=True)
class Pages:
    """A document before it becomes a file or goes to a printer.

    ``size`` in millimetres; ``page(n)``, from 0, gives everything on one page.
    """

    title: str
    size: tuple[float, float]
    count: int
    people: int
    page: Callable[[int], Sequence[Mark]]
    problems: tuple[Unprintable, ...] = ()


def in_layers(marks: Iterable[Mark]) -> list[Mark]:
    """In the order of drawing: tints lie below lines, lines below words."""
    order = {Tint: 0, Stroke: 1, Words: 2}
    return sorted(marks, key=lambda mark: order[type(mark)])


class Paper:
    """Pages of one size (mm), written as they come; :meth:`finish` completes the file."""

    def __init__(self, out: BinaryIO, *, title: str, size: tuple[float, float]) -> None:
        self.pages = 0
        self._file = PdfFile(out)
        self._title = title
        self._width, self._height = size
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._kids: list[int] = []
        self._tree, self._font_list = self._file.reserve(), self._file.reserve()

    def add(self, marks: Iterable[Mark]) -> None:
        """Append one page."""
        parts = [self._drawn(mark) for mark in in_layers(marks)]
        stream = self._file.add_stream(b"\n".join(parts))
        self._kids.append(
            self._file.add(b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (self._tree, stream))
        )
        self.pages += 1

    def finish(self) -> None:
        """Write fonts and page tree; nothing may be added afterwards."""
        file = self._file
        fonts = b"".join(b"/%b %d 0 R" % (f.label, f.write(file)) for f in self._fonts.values())
        file.put(self._font_list, b"<<%b>>" % fonts)
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        file.put(
            self._tree,
            b"<</Type/Pages/Count %d/Kids[%b]/MediaBox[0 0 %.3f %.3f]/Resources<</Font %d 0 R>>>>"
            % (self.pages, kids, self._width * POINTS, self._height * POINTS, self._font_list),
        )
        root = file.add(b"<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)>>" % self._tree)
        info = file.add(
            b"<</Title%b/Producer%b>>" % (text_string(self._title), text_string(PRODUCER))
        )
        file.close(root, info)

    def _drawn(self, mark: Mark) -> bytes:
        if isinstance(mark, Words):
            return self._words(mark)
        if isinstance(mark, Tint):
            return b"%b rg %b %.3f %.3f re f" % (
                colour(mark.colour),
                self._at(mark.x, mark.y + mark.height),
                mark.width * POINTS,
                mark.height * POINTS,
            )
        dash = b"[%.2f]0 d" % (mark.dash * POINTS) if mark.dash else b"[]0 d"
        ends = b"%b m %b l S" % (self._at(mark.x, mark.y), self._at(mark.to_x, mark.to_y))
        return b"%b RG %.2f w %b %b" % (colour(mark.colour), mark.width, dash, ends)

    def _words(self, words: Words) -> bytes:
        parts = [b"BT %b rg" % colour(words.colour)]
        way = -1 if words.is_turned else 1
        for run in words.line.runs:
            font = self._fonts.get(run.face)
            if font is None:
                font = self._fonts[run.face] = EmbeddedFont(run.face, b"F%d" % len(self._fonts))
            place = self._at(words.x + way * run.places[0] / POINTS, words.y)
            drawn = b"/%b %g Tf %d 0 0 %d %b Tm %b" % (
                font.label, round(run.size, 3), way, way, place, font.show(run),
            )  # fmt: skip
            if run.stroke:
                ink = colour(words.colour)
                drawn = b"2 Tr %.3f w %b RG [] 0 d %b 0 Tr" % (run.stroke, ink, drawn)
            parts.append(drawn)
        parts.append(b"ET")
        return b"\n".join(parts)

    def _at(self, x: float, y: float) -> bytes:
        return b"%.3f %.3f" % (x * POINTS, (self._height - y) * POINTS)


def code_point(character: str) -> str:
    """``U+4E00``."""
    return f"U+{ord(character):04X}"


def drawable(text: str, fonts: Chain) -> tuple[str, tuple[str, ...]]:
    """The text as it can be drawn, a character no font has as 〔U+…〕, and those characters."""
    plain = text.replace("\t", " ")
    clean = "".join(c for c in plain if c == "\n" or category(c) not in _UNSEEN).strip()
    missing = tuple(fonts.missing(clean.replace("\n", "")))
    for character in missing:
        clean = clean.replace(character, f"〔{code_point(character)}〕")
    return clean, missing
