"""What does an xlsx or xlsm hold, and is it harmless to the library that reads it?

calamine lays a sheet out as one dense rectangle and ends the whole process when that does not fit
into memory. So every part is inflated under an allowance and every sheet is measured here before
calamine sees the file; what the values do not show is collected on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from desktop.exchange.reading.cells import MAX_CELLS
from desktop.exchange.reading.notes import notes_in
from desktop.exchange.reading.packages import Package, target_of
from desktop.exchange.reading.prescan import Facts, Shape, canonical, facts_of, shape_of
from desktop.exchange.reading.refusals import NeedsChild, Refused
from desktop.exchange.reading.trimming import trimmed

MAX_SHARED_TEXT = 96 << 20
MAX_SHEETS = 1_000
HEAVY = 32 << 20
"""Sheets longer than this are written anew in the child process only: it takes seconds."""

QUICK_TO_COPY = 24 << 20
"""Sheets shorter than this together are handed on as they were inflated here: copying them costs
less than inflating them twice."""

_PLAIN_PART = re.compile(r"\.(?:xml|rels|bin|vml|png|jpe?g|gif|[ew]mf)$", re.IGNORECASE)
_MAX_TEXT_OF_CELLS = 640 << 20
_SHORTEST_TEXT_CELL = len('<c r="A1" t="s"><v>0</v></c>')

# durations ([h]:mm): the only formats for which calamine gives a timedelta
_DURATION_FORMAT = re.compile(rb'formatCode="[^"]*\[[hmsHMS]+\]|numFmtId="4[67]"')
_FONT = re.compile(rb"<font>.*?</font>|<font/>", re.DOTALL)
_STRIKE = re.compile(rb'<strike(?! val="(?:0|false)")')
_FONT_OF_STYLE = re.compile(rb'<xf (?:[^>]* )?fontId="(\d+)"')


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of the workbook as declared: ``path`` is its part, ``""`` when it is missing."""

    name: str
    is_visible: bool
    path: str


@dataclass
class Scanned:
    """A workbook that calamine may read: ``data`` is the file, or a copy of it with the far cells
    taken out; ``facts``, ``left_out`` and ``notes`` go by the sheet's path."""

    data: bytes
    parts: tuple[Part, ...]
    date_1904: bool
    has_durations: bool
    facts: dict[str, Facts] = field(default_factory=dict)
    left_out: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    replaced: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)


def scan(package: Package, *, in_child: bool) -> Scanned:
    """Measure the workbook. Raises :class:`Refused`; and :class:`NeedsChild`, unless ``in_child``,
    for a file that may take seconds or hundreds of megabytes to read."""
    path = _workbook_path(package)
    parts, date_1904 = _declared(package, path)
    styles = _beside(package, path, "styles.xml")
    struck = _struck_styles(styles)
    scanned = Scanned(package.data, parts, date_1904, bool(_DURATION_FORMAT.search(styles)))
    text_cells = 0
    sheets = _sheets_largest_last(package, parts)
    inflated: dict[str, bytes] = {}
    for index, sheet in enumerate(sheets):
        xml = package.read(sheet)
        if len(xml) <= QUICK_TO_COPY // len(sheets):
            inflated[sheet] = xml
        is_alone = index == len(sheets) - 1 and _cells(scanned) < MAX_CELLS // 10
        text_cells += _text_cells(xml)
        _measure(scanned, sheet, xml, struck, in_child=in_child, exact=not is_alone)
    if _cells(scanned) > MAX_CELLS:
        raise Refused("too_many_cells", f"{_cells(scanned)} in all sheets")
    scanned.notes = {sheet: _notes(package, sheet) for sheet in sheets}
    _check_texts(_beside(package, path, "sharedStrings.xml"), text_cells, in_child=in_child)
    if scanned.replaced or (inflated and all(map(_PLAIN_PART.search, package.names))):
        scanned.data = package.with_parts(inflated | scanned.replaced)
    return scanned


def _notes(package: Package, sheet: str) -> dict[tuple[int, int], str]:
    targets = (
        package.find(relation.target)
        for relation in relations(package, sheet).values()
        if relation.is_of("/comments")
    )
    return {
        place: text for part in targets if part for place, text in notes_in(package, part).items()
    }


def _measure(
    scanned: Scanned, sheet: str, xml: bytes, struck: frozenset[int], *, in_child: bool, exact: bool
) -> None:
    shape = shape_of(xml)
    if shape is None:
        _refuse_to_rewrite(sheet, xml, in_child=in_child)
        xml = canonical(xml)
        shape = _own_shape(xml)
    facts = facts_of(xml, shape, struck, exact=exact)
    if facts.last_row * facts.last_column > MAX_CELLS:
        _refuse_to_rewrite(sheet, xml, in_child=in_child)
        xml, scanned.left_out[sheet] = trimmed(xml)
        scanned.replaced[sheet] = xml
        facts = facts_of(xml, _own_shape(xml), struck, exact=True)
    scanned.facts[sheet] = facts


def _refuse_to_rewrite(sheet: str, xml: bytes, *, in_child: bool) -> None:
    """What is too much in any shape is not written anew first."""
    if len(xml) <= HEAVY:
        return
    if xml.count(b"<v>") + xml.count(b"<is>") > MAX_CELLS:
        raise Refused("too_many_cells", sheet)
    if not in_child:
        raise NeedsChild


def _own_shape(xml: bytes) -> Shape:
    shape = shape_of(xml)
    if shape is None:
        raise Refused("damaged", "no sheet data")
    return shape


def _cells(scanned: Scanned) -> int:
    # a sheet declared twice is read twice
    paths = [part.path for part in scanned.parts]
    return sum(
        facts.last_row * facts.last_column * max(paths.count(path), 1)
        for path, facts in scanned.facts.items()
    )


def _sheets_largest_last(package: Package, parts: tuple[Part, ...]) -> list[str]:
    """Every part calamine could take for a sheet, declared or not."""
    found = {part.path for part in parts if part.path}
    found |= {name for name in package.names if re.search(r"(?i)worksheets/[^/]*\.xml$", name)}
    return sorted(found, key=lambda name: (package.packed_size(name), name))


def _text_cells(xml: bytes) -> int:
    """No more cells of the sheet than this hold a shared text."""
    if len(xml) < HEAVY:
        return len(xml) // _SHORTEST_TEXT_CELL
    return xml.count(b't="s"') + xml.count(b"t='s'")


def _check_texts(shared: bytes, text_cells: int, *, in_child: bool) -> None:
    """A long text that stands in many cells is copied for each of them."""
    if len(shared) > MAX_SHARED_TEXT:
        raise Refused("too_large", "shared strings")
    if not in_child and not _is_modest(shared, text_cells):
        raise NeedsChild


def _is_modest(shared: bytes, text_cells: int) -> bool:
    """Whether all text cells together surely fit into the allowance."""
    if text_cells * len(shared) <= _MAX_TEXT_OF_CELLS:
        return True
    size = _MAX_TEXT_OF_CELLS // text_cells // 2
    # where a text ends in every stretch of this size, none is longer than two of them
    return b"<![CDATA[" not in shared and all(
        shared.find(b"</si>", at, at + size) >= 0 for at in range(0, len(shared) - size, size or 1)
    )


def _struck_styles(styles: bytes) -> frozenset[int]:
    if b"strike" not in styles:
        return frozenset()
    styles = canonical(styles)
    fonts = _FONT.findall(_between(styles, b"<fonts", b"</fonts>"))
    struck = {number for number, font in enumerate(fonts) if _STRIKE.search(font)}
    used = _FONT_OF_STYLE.findall(_between(styles, b"<cellXfs", b"</cellXfs>"))
    return frozenset(style for style, font in enumerate(used) if int(font) in struck)


def _between(text: bytes, start: bytes, end: bytes) -> bytes:
    return text.partition(start)[2].partition(end)[0]


def _workbook_path(package: Package) -> str:
    for relation in relations(package, "").values():
        if relation.is_of("/officeDocument") and (found := package.find(relation.target)):
            return found
    found = package.find("xl/workbook.xml")
    if found is None:
        raise Refused("damaged", "no workbook part")
    return found


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is a URL whose end says what the part is; ``target`` is its path."""

    kind: str
    target: str

    def is_of(self, ending: str) -> bool:
        """Whether the part is of that kind."""
        return self.kind.endswith(ending)


def relations(package: Package, base: str) -> dict[str, Relation]:
    """What the part ``base`` (``""``: the package) refers to, by the keys it uses for them."""
    folder, _, name = base.rpartition("/")
    path = package.find(f"{folder}/_rels/{name}.rels")
    found: dict[str, Relation] = {}

    def note(element: str, attributes: dict[str, str]) -> None:
        if element.endswith("Relationship") and "Target" in attributes:
            target = target_of(base, attributes["Target"])
            found[attributes.get("Id", "")] = Relation(attributes.get("Type", ""), target)

    if path:
        parse_xml(package.read(path, 4 << 20), note)
    return found


def _declared(package: Package, path: str) -> tuple[tuple[Part, ...], bool]:
    known = relations(package, path)
    parts: list[Part] = []
    flags: list[bool] = []

    def note(element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        if name == "workbookPr":
            flags.append(attributes.get("date1904", "0") in ("1", "true", "on"))
        elif name == "sheet" and len(parts) < MAX_SHEETS:
            key = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            relation = known.get(key)
            is_visible = attributes.get("state", "visible") == "visible"
            sheet = package.find(relation.target) if relation else None
            parts.append(Part(attributes.get("name", ""), is_visible, sheet or ""))

    parse_xml(package.read(path, 16 << 20), note)
    return tuple(parts), any(flags)


def _beside(package: Package, path: str, name: str) -> bytes:
    found = package.find(target_of(path, name))
    return package.read(found) if found else b""


def parse_xml(xml: bytes, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Call ``on_start`` for each element; names are ``"namespace local"``. A DTD is refused."""

    def refuse(*_: object) -> None:
        raise Refused("damaged", "document type declaration")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = on_start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused("damaged", str(error)) from error
