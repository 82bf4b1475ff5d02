"""What do the notes of a sheet of an xlsx say, and of which cells?"""

from __future__ import annotations

import re
from xml.parsers import expat

from desktop.exchange.reading.cells import column_number
from desktop.exchange.reading.packages import Package
from desktop.exchange.reading.refusals import Refused

OWN_AUTHOR = "半边天"
"""Who signs the notes this program writes; they come back in workbooks that were put right."""

MAX_NOTES = 16 << 20

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)


class _Notes:
    def __init__(self) -> None:
        self.found: dict[tuple[int, int], str] = {}
        self._authors: list[str] = []
        self._place: tuple[int, int] | None = None
        self._text: list[str] | None = None

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        if name == "comment":
            self._place = self._of_another(attributes)
        elif name == "author":
            self._text = []
        elif name == "t":
            self._text = [self.found.get(self._place, "")] if self._place else None

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, element: str) -> None:
        name = element.rpartition(" ")[2]
        if self._text is None or name not in ("author", "t"):
            return
        whole = "".join(self._text)
        if name == "author":
            self._authors.append(whole)
        elif self._place:
            self.found[self._place] = whole
        self._text = None

    def _of_another(self, attributes: dict[str, str]) -> tuple[int, int] | None:
        place = _ADDRESS.fullmatch(attributes.get("ref", ""))
        author = attributes.get("authorId", "")
        is_own = (
            author.isdecimal()
            and int(author) < len(self._authors)
            and self._authors[int(author)] == OWN_AUTHOR
        )
        return (int(place[2]), column_number(place[1].encode())) if place and not is_own else None


def notes_in(package: Package, path: str) -> dict[tuple[int, int], str]:
    """The notes of a part that holds notes, less those of this program; a damaged part has none."""
    read = _Notes()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = read.start
    parser.EndElementHandler = read.end
    parser.CharacterDataHandler = read.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(package.read(path, MAX_NOTES), True)
    except (expat.ExpatError, LookupError, ValueError):
        return {}
    return {place: text.strip() for place, text in read.found.items() if text.strip()}


def _refuse_doctype(*_: object) -> None:
    raise Refused("damaged", "document type declaration")
