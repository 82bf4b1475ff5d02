"""Which page meets her at the front: the roster, or the invitation to bring one in?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from PySide6.QtCore import QObject

from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow


class Front(QObject):
    """Keeps in mind whether anybody is on the roster, and changes pages when that turns.

    ``full`` is the key of the page for a roster with people, ``empty`` of the one without.
    """

    def __init__(self, window: MainWindow, jobs: Jobs, *, full: str, empty: str) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._full, self._empty = full, empty
        self._is_empty = False
        jobs.changed.connect(self._look)

    def look_now(self, read: Callable[[], AbstractContextManager[Any]]) -> None:
        """Count at once, before the first page is opened."""
        with read() as session:
            self._is_empty = _people(session) == 0

    def stand_in(self) -> str:
        """The page to show instead of the roster; empty while there are people."""
        return self._empty if self._is_empty else ""

    def _look(self, tables: frozenset[str], _initiator: object) -> None:
        if "members" in tables:
            self._jobs.read(self, _people, done=self._counted)

    def _counted(self, people: int) -> None:
        if (people == 0) == self._is_empty:
            return
        self._is_empty = people == 0
        if self._window.current_key() in (self._full, self._empty):
            self._window.open(self._full)


def _people(session: Any) -> int:
    from desktop.services import members

    return members.totals(session).everybody
