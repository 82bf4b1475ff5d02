"""Which certificate designs are there, and what does each consist of.

A design is a JSON file in ``resources/certificates``: colours, ornaments and elements with their
places in millimetres from the left and from the top; type sizes in points. Nothing of it is code,
so a design can be copied, changed and kept for a reprint.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

from db.errors import DamagedError, InvalidInputError
from desktop.documents.ornaments import KINDS, Sheet
from desktop.documents.paths import Gradient, Outline, Paint, Shape, joined
from desktop.documents.wording import PLACEHOLDERS, Wording, placeholders
from desktop.paths import resource

_PAINTING = ("kind", "fill", "stroke", "line", "even_odd")


@dataclass(frozen=True)
class Font:
    """Font files in the order in which they are asked for a character.

    ``embolden`` thickens what does not come from the first file, in parts of the type size.
    """

    files: tuple[str, ...]
    embolden: float = 0.0


@dataclass(frozen=True)
class Shadow:
    """The same text once more underneath, shifted right and down by points."""

    dx: float
    dy: float
    colour: str


@dataclass(frozen=True)
class TextElement:
    """One line. It is left out when one of its placeholders (or of ``needs``) is empty.

    ``width`` limits it: wider text shrinks down to ``min_size`` and is refused below.
    ``overprint`` tells whether it is printed on stock that carries the ornaments already.
    """

    kind: ClassVar[str] = "text"
    text: str
    x: float
    y: float
    font: str
    size: float
    colour: str
    align: Literal["left", "centre"] = "left"
    width: float = 0.0
    min_size: float = 0.0
    spacing: float = 0.0
    needs: tuple[str, ...] = ()
    shadow: Shadow | None = None
    overprint: bool = True


@dataclass(frozen=True)
class AddresseeElement:
    """The name on its line, then how she is addressed.

    A long name shrinks to ``min_size``, then takes two lines (the upper one ``rise`` higher) of at
    least ``wrap_size``. ``padding`` (points) is how much longer the line is on both sides.
    """

    kind: ClassVar[str] = "addressee"
    after: str
    x: float
    y: float
    width: float
    font: str
    size: float
    min_size: float
    wrap_size: float
    rise: float
    after_font: str
    after_size: float
    colour: str
    padding: float
    gap: float
    underline: float
    underline_drop: float
    overprint: bool = True


@dataclass(frozen=True)
class BodyElement:
    """Paragraphs between the first baseline ``y`` and ``bottom``; they shrink to ``min_size``.

    ``leading`` is in parts of the type size, ``indent`` in characters.
    """

    kind: ClassVar[str] = "body"
    x: float
    y: float
    width: float
    bottom: float
    font: str
    size: float
    min_size: float
    leading: float
    indent: int
    colour: str
    overprint: bool = True


@dataclass(frozen=True)
class CodeElement:
    """A QR code whose upper left corner is at x, y."""

    kind: ClassVar[str] = "code"
    text: str
    x: float
    y: float
    size: float
    colour: str
    needs: tuple[str, ...] = ()
    overprint: bool = False


Element = TextElement | AddresseeElement | BodyElement | CodeElement
_ELEMENTS: dict[str, type[Any]] = {
    kind.kind: kind for kind in (TextElement, AddresseeElement, BodyElement, CodeElement)
}


@dataclass(frozen=True, eq=False)
class Design:
    """One design; ``seal`` is centre and diameter of the place that stays empty for the seal."""

    name: str
    title: str
    version: int
    sheet: Sheet
    fonts: Mapping[str, Font]
    colours: Mapping[str, str]
    background: tuple[Shape, ...]
    elements: tuple[Element, ...]
    wording: Wording
    seal: tuple[float, float, float]


def design_names() -> tuple[str, ...]:
    """The names ``load_design`` understands."""
    return tuple(sorted(path.stem for path in resource("certificates").glob("*.json")))


def load_design(name: str = "redgold") -> Design:
    """The design of that name; ``InvalidInputError`` with the names there are if it is unknown."""
    known = design_names()
    if name not in known:
        sentence = f"没有名叫“{name}”的证书设计，现有的是：{'、'.join(known)}"
        raise InvalidInputError({"design": sentence})
    return _load(resource("certificates", f"{name}.json"))


@lru_cache(maxsize=16)
def _load(path: Path) -> Design:
    try:
        return read_design(path.stem, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedError(
            f"证书设计“{path.stem}”的文件读不懂。",
            kept="名单和编号没有任何改动。",
            remedy="请换一种设计，或重新安装本程序。",
            details=repr(error),
        ) from error


def read_design(name: str, data: Mapping[str, Any]) -> Design:
    """A design from the content of its file; ValueError, TypeError or KeyError if it is wrong."""
    sheet = Sheet(**data["page"])
    colours = dict(data["colours"])
    fonts = {key: _build(Font, value) for key, value in data["fonts"].items()}
    elements = tuple(_element(item, fonts, colours) for item in data["elements"])
    gradients = data.get("gradients", {})
    shapes = [s for item in data["background"] for s in _ornament(sheet, item, colours, gradients)]
    x, y, diameter = data["seal"]
    return Design(
        name=name,
        title=data["title"],
        version=data["version"],
        sheet=sheet,
        fonts=fonts,
        colours=colours,
        background=tuple(shapes),
        elements=elements,
        wording=_build(Wording, data["wording"]),
        seal=(x, y, diameter),
    )


Built = TypeVar("Built")


def _build(kind: type[Built], values: Mapping[str, Any]) -> Built:
    frozen = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return kind(**frozen)


def _element(
    item: Mapping[str, Any], fonts: Mapping[str, Font], colours: Mapping[str, str]
) -> Element:
    values = {key: value for key, value in item.items() if key != "kind"}
    if "shadow" in values:
        values["shadow"] = Shadow(**values["shadow"])
    element: Element = _build(_ELEMENTS[item["kind"]], values)
    for field in dataclasses.fields(element):
        value = getattr(element, field.name)
        if field.name in ("font", "after_font") and value not in fonts:
            raise ValueError(f"unknown font {value!r}")
        if field.name == "colour" and value not in colours:
            raise ValueError(f"unknown colour {value!r}")
        if field.name == "shadow" and value is not None and value.colour not in colours:
            raise ValueError(f"unknown colour {value.colour!r}")
        if field.name in ("text", "after") and not placeholders(value) <= PLACEHOLDERS:
            raise ValueError(f"unknown placeholder in {value!r}")
    return element


def _ornament(
    sheet: Sheet,
    item: Mapping[str, Any],
    colours: Mapping[str, str],
    gradients: Mapping[str, list[list[Any]]],
) -> list[Shape]:
    draw = KINDS[item["kind"]]
    values = {key: value for key, value in item.items() if key not in _PAINTING}
    inspect.signature(draw).bind(sheet, **values)
    outlines = draw(sheet, **values)
    fill, stroke = item.get("fill", ""), item.get("stroke", "")
    # outlines that are filled may overlap, and a gradient runs across each; lines are one path
    groups = outlines if fill else [joined(outlines)]
    return [
        Shape(
            outline=outline,
            fill=_paint(fill, outline, colours, gradients),
            stroke=_paint(stroke, outline, colours, gradients),
            width=item.get("line", 0.0),
            even_odd=item.get("even_odd", False),
        )
        for outline in groups
    ]


def _paint(
    name: str,
    outline: Outline,
    colours: Mapping[str, str],
    gradients: Mapping[str, list[list[Any]]],
) -> Paint | None:
    if not name:
        return None
    if name not in gradients:
        return colours[name]
    left, top, right, bottom = outline.box()
    stops = tuple((float(place), str(colour)) for place, colour in gradients[name])
    return Gradient(stops, (left, bottom), (right, top))
