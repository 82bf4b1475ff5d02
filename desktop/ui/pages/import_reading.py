"""Which tables has she given, and how far is each with being read?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.errors import AppError, UnreadableFileError
from desktop.ui.jobs import Jobs
from desktop.ui.models import import_work
from desktop.ui.models.import_work import Source


class Reading(QObject):
    """The tables she gave, read off the window's thread.

    ``changed`` says that a table came, went or got further, ``settled`` that none is being read any
    more, ``refused`` that one could not be read, ``told`` an error that is about no table.
    """

    changed = Signal()
    settled = Signal()
    refused = Signal()
    told = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.sources: list[Source] = []

    def take(self, paths: Sequence[str]) -> None:
        """Read these files beside those there are; one that is there already is not read twice."""
        known = {one.path for one in self.sources}
        for path in dict.fromkeys(map(Path, paths)):
            if path not in known:
                self._add(Source(path))

    def take_text(self, text: str) -> None:
        """Read a pasted table."""
        self._add(Source(None, text))

    def again(self, number: int, password: str | None = None) -> None:
        """Read a table again, with a password where one was typed."""
        source = replace(self.sources[number], state="reading", error=None)
        self.sources[number] = source
        self._read(source, password)

    def exchange(self, number: int, path: str) -> None:
        """Read another file in place of one."""
        self.sources[number] = Source(Path(path))
        self._read(self.sources[number])

    def remove(self, number: int) -> None:
        del self.sources[number]
        self.changed.emit()

    def clear(self) -> None:
        """Forget all of them; what is still being read is dropped when it arrives."""
        self.sources.clear()

    def books(self) -> list[Any]:
        """The workbooks that were read, in order."""
        return [one.workbook for one in self.sources if one.workbook is not None]

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.sources)

    def _add(self, source: Source) -> None:
        self.sources.append(source)
        self._read(source)

    def _read(self, source: Source, password: str | None = None) -> None:
        self.changed.emit()
        self._jobs.run(
            self,
            partial(import_work.read_source, source, password),
            done=partial(self._has_read, source),
            failed=partial(self._has_refused, source),
        )

    def _has_read(self, source: Source, workbook: Any) -> None:
        self._settle(source, source.read_as(workbook))

    def _has_refused(self, source: Source, error: AppError) -> None:
        if not isinstance(error, UnreadableFileError):
            self.told.emit(error)
        elif self._settle(source, source.refused_with(error)):
            self.refused.emit()

    def _settle(self, before: Source, after: Source) -> bool:
        """Put what became of a table in its place; False when she does not want it any more."""
        place = next((n for n, one in enumerate(self.sources) if one is before), None)
        if place is None:
            return False
        self.sources[place] = after
        self.changed.emit()
        if not self.count("reading"):
            self.settled.emit()
        return True
