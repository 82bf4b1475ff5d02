"""Which of the shipped fonts draws a character: the first of a chain that really has it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from desktop.documents.truetype import Face, open_face
from desktop.paths import resource


class Chain:
    """Fonts asked one after another; a file is opened only when those before it lack something."""

    def __init__(self, files: tuple[str, ...], embolden: float = 0.0) -> None:
        self._files = files
        self._embolden = embolden
        self._known: dict[str, Face | None] = {}
        self._widths: dict[str, float] = {}

    def face(self, character: str) -> Face | None:
        """The face that draws the character, or None if no font of the chain can."""
        try:
            return self._known[character]
        except KeyError:
            found = self._known[character] = self._search(character)
            return found

    def missing(self, text: str) -> list[str]:
        """The characters nobody can draw, each once, in the order of the text."""
        return list(dict.fromkeys(c for c in text if self.face(c) is None))

    def width(self, character: str) -> float:
        """Parts of an em; 0 for what cannot be drawn."""
        width = self._widths.get(character)
        if width is None:
            face = self.face(character)
            width = self._widths[character] = face.width(character) / 1000 if face else 0.0
        return width

    def widths(self, text: Iterable[str]) -> list[float]:
        """``width`` of each character."""
        return [self.width(character) for character in text]

    def boldness(self, face: Face) -> float:
        """How much a face is thickened, in parts of the type size, to match the first one."""
        return 0.0 if face.path.name == self._files[0] else self._embolden

    def _search(self, character: str) -> Face | None:
        for file in self._files:
            face = shipped(file)
            if face.can_draw(character):
                return face
        return None


def shipped(file: str) -> Face:
    """The face of a file in ``resources/fonts``."""
    return open_face(resource("fonts", file))


@lru_cache(maxsize=64)
def chain(files: tuple[str, ...], embolden: float = 0.0) -> Chain:
    """The chain of these files; the same object each time, so that what it learnt is kept."""
    return Chain(files, embolden)
