"""When is a backup made while she works, and what does the status bar say of it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from db.errors import AppError
from desktop.ui.jobs import Jobs
from desktop.ui.widgets.status_bar import StatusBar

LOOK_EVERY_MS = 60_000


class BackupWatch(QObject):
    """Calls ``make`` every minute off the window's thread (it decides whether one is due).

    ``last`` gives the time of the newest backup on the clock of this PC; without one nothing was
    changed yet. A backup that could not be made stands in the bar as an amber sentence until one
    works again.
    """

    def __init__(
        self,
        jobs: Jobs,
        bar: StatusBar,
        *,
        make: Callable[[], object],
        last: Callable[[], datetime | None],
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._bar = jobs, bar
        self._make, self._last, self._now = make, last, now
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._is_first = False
        jobs.changed.connect(self._look_at_first)
        jobs.run(self, last, done=self._show)

    def look(self) -> None:
        """Make one if it is due, and show when the newest was made."""
        self._jobs.run(self, self._work, done=self._show, failed=self._refused)

    def _work(self) -> datetime | None:
        self._make()
        return self._last()

    def _look_at_first(self, _tables: object, _initiator: object) -> None:
        """The first change of all is not left without a backup for a minute."""
        if self._is_first:
            self._is_first = False
            self.look()

    def _show(self, made_at: datetime | None) -> None:
        self._is_first = made_at is None
        words = in_words(made_at, self._now()) if made_at else "备份将在首次改动后开始"
        self._bar.set_backup(words)

    def _refused(self, error: AppError) -> None:
        self._bar.set_backup(error.happened.rstrip("。"), trouble=True)


def in_words(made_at: datetime, now: datetime) -> str:
    """``已备份 08:30`` today, ``昨天备份``, then the date."""
    days = now.date() - made_at.date()
    if days < timedelta(days=1):
        return f"已备份 {made_at:%H:%M}"
    if days < timedelta(days=2):
        return "昨天备份"
    return f"{made_at.month}月{made_at.day}日备份"
