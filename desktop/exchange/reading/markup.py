"""Which cells does a web page hold that was saved under a spreadsheet's name?

Text outside tables and the tables themselves stand one below the other, as the spreadsheet
programs lay such a page out. Every cell stays the text it was.
"""

from __future__ import annotations

import email
import email.policy
import re
from html.parser import HTMLParser

from desktop.exchange.reading.cells import (
    MAX_CELLS,
    CellValue,
    Range,
    Sheet,
    SheetMarks,
    rectangle,
    struck_rows,
)
from desktop.exchange.reading.refusals import Refused
from desktop.exchange.reading.text_tables import Decoded, decode

_SILENT = frozenset({"script", "style", "title", "template", "xml", "noscript"})
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "center", "caption"})
_STRIKES = frozenset({"s", "strike", "del"})
_MAX_SPAN = 16_384


def read_html(data: bytes) -> tuple[str, tuple[Sheet, ...]]:
    """The encoding and the one sheet of a web page, or of a page packed with its pictures."""
    decoded = _decoded(data)
    page = _Page()
    page.feed(decoded.text)
    page.close()
    page.finish()
    table = rectangle(page.rows)
    if not table:
        raise Refused("not_a_table", "no table in the page")
    struck = frozenset(page.struck)
    marks = SheetMarks(
        hidden_rows=frozenset(page.hidden),
        struck_cells=struck,
        struck_rows=struck_rows(table, 1, struck),
    )
    return decoded.encoding, (Sheet("", True, table, merged=tuple(page.merged), marks=marks),)


def _decoded(data: bytes) -> Decoded:
    if re.match(rb"\s*(?i:mime-version|from|date|subject|content-type):", data):
        message = email.message_from_bytes(data, policy=email.policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                return decode(payload if isinstance(payload, bytes) else b"")
        raise Refused("not_a_table", "no page in the archive")
    return decode(data)


class _Page(HTMLParser):
    """Collects rows while the page is fed; ``finish`` closes what the page left open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[CellValue]] = []
        self.merged: list[Range] = []
        self.hidden: set[int] = set()
        self.struck: set[tuple[int, int]] = set()
        self._laid_out = 0
        self._tables = 0
        self._silent = 0
        self._strikes = 0
        self._text: list[str] = []
        self._span: tuple[int, int] | None = None
        self._is_struck = False
        self._taken: set[tuple[int, int]] = set()
        self._row, self._column = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag in _STRIKES:
            self._strikes += 1
        elif tag == "br":
            self._text.append("\n")
        elif tag == "table":
            self._start_table()
        elif tag == "tr" and self._tables == 1:
            self._start_row(found)
        elif tag in ("td", "th") and self._tables == 1:
            self._start_cell(found)
        elif tag in _BLOCKS and not self._tables:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _STRIKES:
            self._strikes = max(self._strikes - 1, 0)
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag in ("td", "th", "tr") and self._tables == 1:
            self._end_cell()
        elif tag in _BLOCKS and not self._tables:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._silent and (self._span or not self._tables):
            self._text.append(re.sub(r"[ \t\r\n\f]+", " ", data))
            self._is_struck = self._is_struck or bool(self._strikes and data.strip())

    def finish(self) -> None:
        self._end_cell()
        self._end_block()

    def _start_table(self) -> None:
        if not self._tables:
            self._end_block()
            self._row, self._taken = len(self.rows), set()
        elif self._tables == 1 and self._span is None:
            return  # a table straight inside another, outside any cell: one of them is unclosed
        self._tables += 1

    def _end_table(self) -> None:
        if self._tables == 1:
            self._end_cell()
            self._row = len(self.rows)
        self._tables -= 1

    def _start_row(self, found: dict[str, str]) -> None:
        self._end_cell()
        self._row += 1
        self._column = 0
        if re.search(r"display\s*:\s*none", found.get("style", "")):
            self.hidden.add(self._row)

    def _start_cell(self, found: dict[str, str]) -> None:
        self._end_cell()
        self._row = self._row or 1
        self._column += 1
        while (self._row, self._column) in self._taken:
            self._column += 1
        self._span = _span(found.get("rowspan")), _span(found.get("colspan"))
        self._is_struck = "line-through" in found.get("style", "")

    def _end_cell(self) -> None:
        if self._span is None:
            return
        height, width = self._span
        self._span = None
        self._put(self._row, self._column, self._taken_text())
        if height > 1 or width > 1:
            self._merge(height, width)
        self._column += width - 1

    def _merge(self, height: int, width: int) -> None:
        last_row, last_column = self._row + height - 1, self._column + width - 1
        self.merged.append(Range(self._row, self._column, last_row, last_column))
        if height > 1:
            if len(self._taken) + height * width > MAX_CELLS:
                raise Refused("too_many_cells", "spans")
            self._taken.update(
                (row, column)
                for row in range(self._row + 1, last_row + 1)
                for column in range(self._column, last_column + 1)
            )

    def _end_block(self) -> None:
        text = self._taken_text()
        if text and not self._tables:
            self._put(len(self.rows) + 1, 1, text)
            self._row = len(self.rows)

    def _taken_text(self) -> str | None:
        lines = "".join(self._text).replace("\xa0", " ").split("\n")
        self._text = []
        return "\n".join(line.strip() for line in lines).strip() or None

    def _put(self, row: int, column: int, text: str | None) -> None:
        if text is None and row <= len(self.rows):
            return
        while len(self.rows) < row:
            self.rows.append([])
        cells = self.rows[row - 1]
        self._laid_out += max(column - len(cells), 0)
        if self._laid_out > MAX_CELLS:
            raise Refused("too_many_cells", "columns")
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = text
        if self._is_struck and text:
            self.struck.add((row, column))
        self._is_struck = False


def _span(text: str | None) -> int:
    digits = re.match(r"\s*(\d{1,6})", text or "")
    return min(max(int(digits[1]), 1), _MAX_SPAN) if digits else 1
