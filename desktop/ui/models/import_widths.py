"""How wide are the columns of a table whose columns differ from file to file?"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from desktop.ui.memory import ColumnWidths


class LayoutWidths:
    """Column widths, remembered apart for each ``shape`` of the table."""

    def __init__(self, widths: ColumnWidths) -> None:
        self._widths = widths
        self.shape = ""

    def column_widths(self, table: str) -> Sequence[int]:
        return self._widths.column_widths(self._key(table))

    def keep_column_widths(self, table: str, widths: Sequence[int]) -> None:
        self._widths.keep_column_widths(self._key(table), widths)

    def _key(self, table: str) -> str:
        return f"{table}.{crc32(self.shape.encode()):08x}"
