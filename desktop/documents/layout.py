"""Where everything of one certificate stands, and why it cannot be set if it cannot.

The result is neutral: set lines, rules and codes with places in millimetres. PDF draws it now; a
screen may draw the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.documents import qr
from desktop.documents.designs import (
    AddresseeElement,
    BodyElement,
    CodeElement,
    Design,
    Element,
    TextElement,
)
from desktop.documents.fonts import Chain, chain
from desktop.documents.typesetting import (
    OPENING,
    Line,
    line_width,
    set_line,
    set_paragraph,
)
from desktop.documents.wording import fill, placeholders

POINTS = 72 / 25.4
_LABELS = {
    "name": "姓名",
    "honorific": "称呼",
    "number": "证书编号",
    "issuer": "落款单位",
    "date": "日期",
    "title": "称号",
    "unit": "单位",
    "body": "正文",
    "year": "年度",
}


@dataclass(frozen=True)
class PlacedText:
    """A line whose first baseline point is at x, y."""

    line: Line
    x: float
    y: float
    colour: str


@dataclass(frozen=True)
class PlacedRule:
    """A horizontal line; ``width`` is its thickness in points."""

    left: float
    right: float
    y: float
    width: float
    colour: str


@dataclass(frozen=True)
class PlacedCode:
    """A QR code; ``rows`` as ``qr.rows`` gives them."""

    rows: tuple[int, ...]
    x: float
    y: float
    size: float
    colour: str


Placed = PlacedText | PlacedRule | PlacedCode


@dataclass(frozen=True)
class Fault:
    """Why a certificate cannot be set as it is."""

    code: str
    message: str
    character: str = ""

    @property
    def code_point(self) -> str:
        return f"U+{ord(self.character):04X}" if self.character else ""


@dataclass(frozen=True)
class Layout:
    """All that is placed on one page; complete only if there are no faults."""

    items: tuple[Placed, ...]
    faults: tuple[Fault, ...]


_Part = tuple[tuple[Placed, ...], tuple[Fault, ...]]
_NOTHING: _Part = ((), ())


def is_fixed(element: Element) -> bool:
    """Whether an element is the same on every certificate."""
    return isinstance(element, TextElement) and not placeholders(element.text) and not element.needs


def fixed_layout(design: Design) -> Layout:
    """What is the same on every certificate of a design."""
    return _layout(design, [e for e in design.elements if is_fixed(e)], {})


def layout(design: Design, values: Mapping[str, str], *, overprint: bool = False) -> Layout:
    """What differs from certificate to certificate; on pre-printed stock the texts only."""
    elements = [e for e in design.elements if not is_fixed(e) and (e.overprint or not overprint)]
    done = _layout(design, elements, values)
    if overprint:
        texts = tuple(item for item in done.items if isinstance(item, PlacedText))
        return Layout(texts, done.faults)
    return done


def _layout(design: Design, elements: list[Element], values: Mapping[str, str]) -> Layout:
    items: list[Placed] = []
    faults: list[Fault] = []
    for element in elements:
        placed, wrong = _place(design, element, values)
        items += placed
        faults += wrong
    return Layout(tuple(items), tuple(dict.fromkeys(faults)))


def _place(design: Design, element: Element, values: Mapping[str, str]) -> _Part:
    if isinstance(element, AddresseeElement):
        after = fill(element.after, values)
        return _addressee(element, design, values["name"], after)
    if isinstance(element, BodyElement):
        return _body(element, _chain(design, element.font), values["body"], _ink(design, element))
    wanted = placeholders(element.text) | frozenset(element.needs)
    if not all(values[key] for key in wanted):
        return _NOTHING
    text = fill(element.text, values)
    if isinstance(element, CodeElement):
        return _code(element, text, _ink(design, element))
    return _text(element, design, text, _label(element.text))


def _chain(design: Design, font: str) -> Chain:
    found = design.fonts[font]
    return chain(found.files, found.embolden)


def _ink(design: Design, element: Element) -> str:
    return design.colours[element.colour]


def _label(pattern: str) -> str:
    return "、".join(_LABELS[key] for key in sorted(placeholders(pattern))) or "固定文字"


def _missing(label: str, text: str, fonts: Chain) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            "missing_glyph",
            f"{label}里的“{character}”（U+{ord(character):04X}）现有字库都画不出来，"
            "这一张先没有印。请核对这个字，或改用别的写法。",
            character,
        )
        for character in fonts.missing(text)
    )


def _too_long(label: str) -> tuple[Fault, ...]:
    sentence = f"{label}太长，缩到最小的字号也放不下，这一张先没有印。请写短一些。"
    return (Fault("does_not_fit", sentence),)


def _text(element: TextElement, design: Design, text: str, label: str) -> _Part:
    fonts = _chain(design, element.font)
    if missing := _missing(label, text, fonts):
        return (), missing
    size, spacing = element.size, element.spacing
    natural = line_width(text, fonts, size, spacing)
    if element.width and natural > element.width * POINTS:
        ratio = element.width * POINTS / natural
        size, spacing = size * ratio, spacing * ratio
        if size < element.min_size:
            return (), _too_long(label)
    line = set_line(text, fonts, size, spacing)
    x = element.x - (line.width / POINTS / 2 if element.align == "centre" else 0.0)
    placed = PlacedText(line, x, element.y, _ink(design, element))
    if element.shadow is None:
        return (placed,), ()
    shadow = PlacedText(
        line,
        x + element.shadow.dx / POINTS,
        element.y + element.shadow.dy / POINTS,
        design.colours[element.shadow.colour],
    )
    return (shadow, placed), ()


def _code(element: CodeElement, text: str, ink: str) -> _Part:
    try:
        rows = qr.rows(text)
    except ValueError:
        return (), _too_long(_label(element.text))
    return (PlacedCode(rows, element.x, element.y, element.size, ink),), ()


def _addressee(element: AddresseeElement, design: Design, name: str, after: str) -> _Part:
    fonts, after_fonts = _chain(design, element.font), _chain(design, element.after_font)
    if not name:
        sentence = "没有写姓名，这一张没有印。请在名单里补上。"
        return (), (Fault("name_missing", sentence),)
    missing = _missing("姓名", name, fonts) + _missing("称呼", after, after_fonts)
    if missing:
        return (), missing
    tail = set_line(after, after_fonts, element.after_size)
    fitted = _fit_name(element, name, fonts, tail.width)
    if fitted is None:
        return (), _too_long("姓名")
    ink = _ink(design, element)
    items: list[Placed] = []
    for index, line in enumerate(fitted):
        y = element.y - element.rise * (len(fitted) - 1 - index)
        items.append(PlacedText(line, element.x + element.padding / POINTS, y, ink))
        right = element.x + (line.width + 2 * element.padding) / POINTS
        drop = element.underline_drop * (1.0 if len(fitted) == 1 else 0.62)
        rule_y = y + drop / POINTS
        items.append(PlacedRule(element.x, right, rule_y, element.underline, ink))
    x = items[-1].right if isinstance(items[-1], PlacedRule) else element.x
    gap = element.gap if len(after) > 1 else 0.0  # a lone colon stands close
    items.append(PlacedText(tail, x + gap / POINTS, element.y, ink))
    return tuple(items), ()


def _fit_name(element: AddresseeElement, name: str, fonts: Chain, tail: float) -> list[Line] | None:
    """The name in one line or two; None if it is too long for both."""
    room = element.width * POINTS - 2 * element.padding - element.gap - tail
    # a name of two characters is spread over the width of three
    spacing = 1.0 if len(name) == 2 and not name.isascii() else 0.0
    ems = line_width(name, fonts, 1.0, spacing)
    size = min(element.size, room / ems)
    if size >= element.min_size:
        return [set_line(name, fonts, size, spacing * size)]
    first, second = _halves(name, fonts)
    widest = max(line_width(first, fonts, 1.0), line_width(second, fonts, 1.0))
    size = min(element.min_size, room / widest)
    if size < element.wrap_size:
        return None
    return [set_line(half, fonts, size) for half in (first, second)]


def _halves(name: str, fonts: Chain) -> tuple[str, str]:
    """The name cut in two about equal parts, after a dot or a space if one is near the middle."""

    def cost(cut: int) -> float:
        left, right = line_width(name[:cut], fonts, 1.0), line_width(name[cut:], fonts, 1.0)
        seam = name[cut - 1] in "· ）" or name[cut] in "（"
        broken = name[cut] in "·）" or name[cut - 1] in OPENING
        return abs(left - right) - (6.0 if seam else 0.0) + (20.0 if broken else 0.0)

    cut = min(range(1, len(name)), key=cost)
    return name[:cut].rstrip(), name[cut:].lstrip()


@lru_cache(maxsize=256)
def _body(element: BodyElement, fonts: Chain, text: str, ink: str) -> _Part:
    if not text:
        sentence = "没有写称号，也没有写正文，这一张没有印。请在名单里补上其中一样。"
        return (), (Fault("body_missing", sentence),)
    if missing := _missing("正文", text.replace("\n", ""), fonts):
        return (), missing
    size = element.size
    while size >= element.min_size:
        lines = _lines(element, fonts, text, size)
        step = element.leading * size / POINTS
        y = element.y - (element.size - size) * 0.5 / POINTS
        if y + (len(lines) - 1) * step <= element.bottom:
            placed = (
                PlacedText(line, element.x, y + i * step, ink) for i, line in enumerate(lines)
            )
            return tuple(placed), ()
        size -= 0.5
    return (), _too_long("正文")


def _lines(element: BodyElement, fonts: Chain, text: str, size: float) -> list[Line]:
    width = element.width * POINTS
    return [
        line
        for paragraph in text.split("\n")
        for line in set_paragraph(paragraph, fonts, size, width, element.indent)
    ]
