"""What would be done to the roster, after everything she has decided so far?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.errors import AppError
from desktop.exchange.preview import Decision, Preview
from desktop.ui.jobs import Job, Jobs
from desktop.ui.models import import_columns, import_work
from desktop.ui.models.import_work import Rehearsed, Wish


class Rehearsing(QObject):
    """Rehearses off the window's thread; the newest rehearsal asked for is the one that counts.

    ``began`` and ``ended`` say that it is at work, ``rehearsed`` carries the outcome and whether it
    is a fresh one, ``refused`` an error; what she wished then is as it was before.
    """

    began = Signal()
    ended = Signal()
    rehearsed = Signal(object, bool)
    refused = Signal(object)

    def __init__(self, jobs: Jobs, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._today = jobs, today
        self._books: Sequence[Any] = ()
        self._wish: Wish | None = None
        self._job: Job | None = None
        self._asked = 0
        self.preview: Preview | None = None

    def is_under_way(self) -> bool:
        return self._job is not None

    def begin(self, books: Sequence[Any]) -> None:
        """Rehearse these workbooks from the start, with what was decided about columns."""
        self._books = books
        self._ask(self._wish, fresh=True)

    def again(self) -> None:
        """Rehearse once more against the roster as it is now."""
        self._ask(self._wish)

    def decide(self, decisions: Mapping[int, Decision | None]) -> None:
        """Decide about rows, by key; None takes a decision back."""
        if self._wish is not None:
            told = {**self._wish.decisions, **decisions}
            kept = {key: one for key, one in told.items() if one is not None}
            self._ask(replace(self._wish, decisions=kept))

    def set_option(self, name: str, value: Any) -> None:
        if self._wish is not None:
            options = replace(self._wish.options, **{name: value})
            self._ask(replace(self._wish, options=options))

    def set_column(self, letter: str, name: str) -> None:
        """Tell one column of every table, where all tables have the same columns."""
        if self.preview is not None:
            sheets = [(place.file, place.layout.sheet.name) for place in self.preview.places]
            self.set_option("by_sheet", self._told({key: {letter: name} for key in sheets}))

    def set_columns(self, told: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        """Tell columns by file and sheet, and begin anew with them."""
        wish = self._wish or import_work.no_wish()
        options = replace(wish.options, by_sheet=self._told(told))
        self._ask(replace(wish, options=options), fresh=True)

    def forget(self) -> None:
        """Leave everything; what is under way is dropped."""
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
        self._end()
        self._books, self._wish, self.preview = (), None, None
        import_work.let_go()

    def _told(
        self, told: Mapping[tuple[str, str], Mapping[str, str]]
    ) -> Mapping[tuple[str, str], Mapping[str, str]]:
        mapping = dict(self._wish.options.by_sheet) if self._wish is not None else {}
        for (file, sheet), chosen in told.items():
            mapping = import_columns.told(mapping, file, sheet, chosen)
        return mapping

    def _ask(self, wish: Wish | None, *, fresh: bool = False) -> None:
        if not self._books:
            return
        self._wish = wish or import_work.no_wish()
        self._asked += 1
        work = partial(
            import_work.rehearse,
            books=self._books,
            wish=self._wish,
            today=self._today(),
            before=None if fresh else self.preview,
        )
        self._job = self._jobs.read(
            self,
            work,
            done=partial(self._done, self._asked, fresh),
            failed=partial(self._failed, self._asked),
            stopped=partial(self._failed, self._asked, None),
            title="正在核对名册",
            unit="份",
        )
        self.began.emit()

    def _done(self, asked: int, fresh: bool, found: Rehearsed) -> None:
        if asked == self._asked:
            self._end()
            self.preview = found.preview
            self.rehearsed.emit(found, fresh)

    def _failed(self, asked: int, error: AppError | None) -> None:
        if asked != self._asked:
            return
        self._end()
        shown = self.preview
        self._wish = Wish(shown.options, shown.decisions) if shown is not None else None
        if error is not None:
            self.refused.emit(error)

    def _end(self) -> None:
        self._job = None
        self.ended.emit()
