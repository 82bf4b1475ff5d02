"""How laid-out certificates become the pages of one PDF file."""

from __future__ import annotations

from functools import lru_cache
from typing import BinaryIO

from desktop.documents.designs import Design
from desktop.documents.layout import (
    POINTS,
    Layout,
    Placed,
    PlacedCode,
    PlacedRule,
    PlacedText,
    fixed_layout,
)
from desktop.documents.pdf import EmbeddedFont, PdfFile, colour, text_string
from desktop.documents.pdf_shapes import Drawing, drawing, write_form
from desktop.documents.truetype import Face
from desktop.documents.typesetting import Run

PRODUCER = "半边天·妇委会工作台"
_SHOWN_AT_MOST = 4096


@lru_cache(maxsize=8)
def _background(design: Design) -> Drawing:
    return drawing(design.sheet, design.background)


class Book:
    """One file of certificates; ``finish`` completes it. Offsets move the texts of an overprint."""

    def __init__(
        self,
        out: BinaryIO,
        design: Design,
        *,
        overprint: bool = False,
        dx_mm: float = 0.0,
        dy_mm: float = 0.0,
    ) -> None:
        self.pages = 0
        self._file = PdfFile(out)
        self._design = design
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._shown: dict[Run, bytes] = {}
        self._kids: list[int] = []
        self._tree, self._resources = self._file.reserve(), self._file.reserve()
        self._font_list = self._file.reserve()
        self._forms: dict[bytes, int] = {}
        self._opening = b""
        if overprint:
            self._opening = b"1 0 0 1 %.3f %.3f cm\n" % (dx_mm * POINTS, -dy_mm * POINTS)
        else:
            self._write_forms()

    def add(self, page: Layout) -> None:
        """Appends one page."""
        content = self._opening + self._stream(page.items)
        stream = self._file.add_stream(content)
        self._kids.append(
            self._file.add(b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (self._tree, stream))
        )
        self.pages += 1

    def finish(self) -> None:
        """Writes fonts, page tree and table; nothing may be added afterwards."""
        file, sheet = self._file, self._design.sheet
        fonts = b"".join(b"/%b %d 0 R" % (f.label, f.write(file)) for f in self._fonts.values())
        file.put(self._font_list, b"<<%b>>" % fonts)
        forms = b"".join(b"/%b %d 0 R" % form for form in self._forms.items())
        file.put(self._resources, b"<</Font %d 0 R/XObject<<%b>>>>" % (self._font_list, forms))
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        file.put(
            self._tree,
            b"<</Type/Pages/Count %d/Kids[%b]/MediaBox[0 0 %.3f %.3f]/Resources %d 0 R>>"
            % (self.pages, kids, sheet.width * POINTS, sheet.height * POINTS, self._resources),
        )
        root = file.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)"
            b"/ViewerPreferences<</PrintScaling/None>>>>" % self._tree
        )
        info = file.add(
            b"<</Title%b/Producer%b>>" % (text_string(self._design.title), text_string(PRODUCER))
        )
        file.close(root, info)

    def _write_forms(self) -> None:
        sheet = self._design.sheet
        self._forms[b"B"] = write_form(self._file, sheet, _background(self._design))
        words = self._stream(fixed_layout(self._design).items)
        self._forms[b"T"] = self._file.add_stream(
            words,
            b"/Type/XObject/Subtype/Form/BBox[0 0 %.3f %.3f]/Resources<</Font %d 0 R>>"
            % (sheet.width * POINTS, sheet.height * POINTS, self._font_list),
        )
        self._opening = b"/B Do /T Do\n"

    def _stream(self, items: tuple[Placed, ...]) -> bytes:
        parts = [self._words([item for item in items if isinstance(item, PlacedText)])]
        for item in items:
            if isinstance(item, PlacedRule):
                parts.append(self._rule(item))
            elif isinstance(item, PlacedCode):
                parts.append(self._code(item))
        return b"\n".join(parts)

    def _words(self, texts: list[PlacedText]) -> bytes:
        parts, ink = [b"BT"], ""
        height = self._design.sheet.height
        for text in texts:
            if text.colour != ink:
                ink = text.colour
                parts.append(colour(ink) + b" rg")
            x, y = text.x * POINTS, (height - text.y) * POINTS
            for run in text.line.runs:
                place = b"1 0 0 1 %.3f %.3f Tm" % (x + run.places[0], y)
                parts.append(self._run(run, place, ink))
        parts.append(b"ET")
        return b"\n".join(parts)

    def _run(self, run: Run, place: bytes, ink: str) -> bytes:
        font = self._fonts.get(run.face)
        if font is None:
            font = self._fonts[run.face] = EmbeddedFont(run.face, b"F%d" % len(self._fonts))
        shown = self._shown.get(run)
        if shown is None:
            if len(self._shown) > _SHOWN_AT_MOST:
                self._shown.clear()
            shown = self._shown[run] = font.show(run)
        drawn = b"/%b %g Tf %b %b" % (font.label, round(run.size, 3), place, shown)
        if not run.stroke:
            return drawn
        return b"2 Tr %.3f w %b RG %b 0 Tr" % (run.stroke, colour(ink), drawn)

    def _rule(self, rule: PlacedRule) -> bytes:
        y = (self._design.sheet.height - rule.y) * POINTS
        return b"%b RG %.3f w %.3f %.3f m %.3f %.3f l S" % (
            colour(rule.colour),
            rule.width,
            rule.left * POINTS,
            y,
            rule.right * POINTS,
            y,
        )

    def _code(self, code: PlacedCode) -> bytes:
        size = len(code.rows)
        module = code.size * POINTS / size
        top = (self._design.sheet.height - code.y) * POINTS
        parts = [
            b"q %b rg %.5f 0 0 %.5f %.3f %.3f cm"
            % (colour(code.colour), module, -module, code.x * POINTS, top)
        ]
        parts += [_modules(bits, size, row) for row, bits in enumerate(code.rows)]
        parts.append(b"f Q")
        return b"\n".join(parts)


@lru_cache(maxsize=16384)
def _modules(bits: int, size: int, row: int) -> bytes:
    """The black runs of one row as rectangles one module high."""
    parts, at = [], 0
    pattern = f"{bits:0{size}b}"
    while (start := pattern.find("1", at)) >= 0:
        at = pattern.find("0", start)
        at = size if at < 0 else at
        parts.append(b"%d %d %d 1 re" % (start, row, at - start))
    return b" ".join(parts)
