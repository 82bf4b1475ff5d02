"""What stands in a finished PDF, read by a program that did not write it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

MM = 72 / 25.4


def page_texts(path: Path) -> list[str]:
    """The text of each page as a reader would copy it."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def picture(path: Path, page: int = 0, dpi: int = 150) -> Image.Image:
    """One page as a picture."""
    document = pypdfium2.PdfDocument(path)
    try:
        return document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def place_of(path: Path, text: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in mm of the ink of ``text`` on the first page."""
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0]
        height = page.get_height()
        words = page.get_textpage()
        found = words.search(text).get_next()
        assert found is not None, f"{text!r} is not on the page"
        boxes = [words.get_charbox(found[0] + i) for i in range(found[1])]
        left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
        bottom, top = min(b[1] for b in boxes), max(b[3] for b in boxes)
        return left / MM, (height - top) / MM, right / MM, (height - bottom) / MM
    finally:
        document.close()


def count_objects(path: Path, kind: int) -> int:
    """How many page objects of a pdfium kind there are, forms included."""
    document = pypdfium2.PdfDocument(path)
    try:
        return sum(1 for page in document for _ in page.get_objects(filter=[kind], max_depth=9))
    finally:
        document.close()
