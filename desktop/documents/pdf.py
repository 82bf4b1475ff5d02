"""How objects become a PDF file.

Nothing in the file comes from a clock or from chance: the same objects give the same bytes. Objects
are written as they come, so a file of ten thousand pages needs no more memory than one page.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import BinaryIO

from desktop.documents.truetype import Face
from desktop.documents.typesetting import Run

_BLOCK = 100
_STEP = 62.5  # thousandths of an em
_WIDE_GAP = 90


class PdfFile:
    """The objects of one file, written to ``out`` in the order in which they are given."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._offsets: list[int] = []
        self._write(b"%PDF-1.7\n%\xe5\xa6\x87\xe8\x81\x94\n")

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._offsets.append(0)
        return len(self._offsets)

    def put(self, number: int, body: bytes) -> None:
        """Writes the object of a reserved number."""
        self._offsets[number - 1] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def add(self, body: bytes) -> int:
        """Writes an object and gives its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, data: bytes, entries: bytes = b"", *, packed: bool = False) -> int:
        """Writes a stream; ``packed`` says that the data is deflated already."""
        body = data if packed else zlib.compress(data, 6)
        return self.add(
            b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (entries, len(body), body)
        )

    def close(self, root: int, info: int) -> None:
        """Writes the table of objects; the file is complete then."""
        start = self._at
        lines = [b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._offsets) + 1)]
        lines += [b"%010d 00000 n \n" % offset for offset in self._offsets]
        lines.append(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self._offsets) + 1, root, info, start)
        )
        self._write(b"".join(lines))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)


class EmbeddedFont:
    """The characters of one face that a file uses; each has a code of its own.

    A code belongs to a character, not to a glyph, so that characters sharing a glyph (or lying
    outside the BMP) are still copied and found as what they are. A character followed by a wide
    gap has a code that is wider by steps: readers take a gap between characters for a blank, but
    not a wide character.
    """

    def __init__(self, face: Face, label: bytes) -> None:
        self.face = face
        self.label = label
        self._codes: dict[tuple[str, int], int] = {}

    def code(self, character: str, steps: int = 0) -> int:
        """The code in the page streams of a character made wider by ``steps``."""
        return self._codes.setdefault((character, steps), len(self._codes) + 1)

    def show(self, run: Run) -> bytes:
        """The operator that draws the run with every character at its place."""
        parts, scale = [b"[<"], run.size / 1000
        at = run.places[0]
        for index, character in enumerate(run.text):
            shift = round((at - run.places[index]) / scale)
            if shift:
                parts.append(b">%d<" % shift)
                at -= shift * scale
            width = self.face.width(character)
            gap = (run.places[index + 1] - at) / scale - width
            steps = int(gap / _STEP) if gap >= _WIDE_GAP else 0
            parts.append(b"%04x" % self.code(character, steps))
            at += (width + steps * _STEP) * scale
        parts.append(b">]TJ")
        return b"".join(parts)

    def write(self, file: PdfFile) -> int:
        """Writes the font with the glyphs used so far and gives its number."""
        face, characters = self.face, [character for character, _ in self._codes]
        glyphs = [face.glyph(character) for character in characters]
        places = {glyph: i for i, glyph in enumerate(dict.fromkeys((0, *glyphs)))}
        name = _subset_name(face, characters)
        program = face.subset(glyphs)
        program_at = file.add_stream(program, b"/Length1 %d" % len(program))
        map_at = file.add_stream(
            b"\0\0" + b"".join(places[glyph].to_bytes(2, "big") for glyph in glyphs)
        )
        text_at = file.add_stream(_to_unicode(characters))
        widths = b" ".join(
            b"%g" % round(face.width(character) + steps * _STEP, 2)
            for character, steps in self._codes
        )
        metrics = face.metrics
        descriptor_at = file.add(
            b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0"
            b"/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R>>"
            % (
                name,
                *metrics.box,
                metrics.ascent,
                metrics.descent,
                metrics.cap_height,
                program_at,
            )
        )
        cid_font_at = file.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor %d 0 R/DW 1000/W[1[%b]]/CIDToGIDMap %d 0 R>>"
            % (name, descriptor_at, widths, map_at)
        )
        return file.add(
            b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, cid_font_at, text_at)
        )


def _subset_name(face: Face, characters: list[str]) -> bytes:
    digest = hashlib.sha256("".join(characters).encode("utf-8", "surrogatepass")).digest()
    tag = bytes(65 + byte % 26 for byte in digest[:6])
    return tag + b"+" + face.name.encode("ascii", "replace").replace(b"?", b"_")


def _to_unicode(characters: list[str]) -> bytes:
    """The map from codes to characters, as UTF-16 pairs outside the BMP (PDF 32000-1, 9.10.3)."""
    blocks = []
    for start in range(0, len(characters), _BLOCK):
        block = characters[start : start + _BLOCK]
        pairs = b"".join(
            b"<%04x><%b>\n" % (start + i + 1, character.encode("utf-16-be").hex().encode())
            for i, character in enumerate(block)
        )
        blocks.append(b"%d beginbfchar\n%bendbfchar\n" % (len(block), pairs))
    return (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        b"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n"
        + b"".join(blocks)
        + b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def text_string(text: str) -> bytes:
    """A string for the document's properties, in UTF-16."""
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


def colour(value: str) -> bytes:
    """``#RRGGBB`` as three numbers from 0 to 1."""
    return b" ".join(b"%.3g" % (int(value[i : i + 2], 16) / 255) for i in (1, 3, 5))
