"""What does the window remember about itself between two starts?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop import settings as declared
from desktop.settings import Settings


class ColumnWidths:
    """Column widths of each table, kept in the settings of this PC."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def column_widths(self, table: str) -> Sequence[int]:
        kept = self._settings.get(declared.COLUMNS).get(table, [])
        fits = isinstance(kept, list) and all(isinstance(width, int) for width in kept)
        return kept if fits else []

    def keep_column_widths(self, table: str, widths: Sequence[int]) -> None:
        everything = dict(self._settings.get(declared.COLUMNS))
        everything[table] = list(widths)
        self._settings.set(declared.COLUMNS, everything)


def window_place(settings: Settings) -> Mapping[str, int]:
    """Where the window stood; anything damaged is left out."""
    kept = settings.get(declared.WINDOW)
    return {str(name): value for name, value in kept.items() if isinstance(value, int)}


def keep_window_place(settings: Settings, place: Mapping[str, int]) -> None:
    settings.set(declared.WINDOW, dict(place))
