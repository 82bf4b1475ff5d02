"""When is long work shown, and where does it go while she does something else?"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.jobs import Job, Jobs, Progress
from desktop.ui.widgets.feedback import ProgressPanel
from desktop.ui.widgets.status_bar import StatusBar

ESTIMATE_AFTER_S = 3.0


class ProgressHost(QObject):
    """Shows the panel over ``place`` for titled work that lasts longer than a second.

    ``shrink`` turns it into a line of the status bar; pressing that line brings it back.
    """

    def __init__(self, place: QWidget, bar: StatusBar, jobs: Jobs, *, after: int = 1000) -> None:
        super().__init__(place)
        self._place, self._bar = place, bar
        self.panel = ProgressPanel(parent=place)
        self.panel.hide()
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after)
        self._timer.timeout.connect(self._open)
        self.panel.cancel_requested.connect(self._cancel)
        bar.progress_requested.connect(self._open)
        jobs.started.connect(self._started)
        jobs.progressed.connect(self._progressed)
        jobs.finished.connect(self._finished)
        place.installEventFilter(self)

    def shrink(self) -> None:
        """Make room for another page."""
        if self._job is not None and self.panel.isVisible():
            self.panel.hide()
            self._bar.set_progress(self._job.title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.panel.isVisible():
            self._put()
        return False

    def _started(self, job: Job) -> None:
        if not job.title or self._job is not None:
            return
        self._job = job
        self.panel.begin(job.title, cancel=job.cancel_words, meaning=job.meaning)
        self.panel.cancel.setVisible(job.can_stop)
        self._timer.start()

    def _progressed(self, job: Job, progress: Progress) -> None:
        if job is not self._job:
            return
        left = None
        if progress.seconds >= ESTIMATE_AFTER_S and 0 < progress.done < progress.total:
            left = progress.seconds * (progress.total - progress.done) / progress.done
        self.panel.report(progress.done, progress.total, progress.unit, left)
        if not self.panel.isVisible() and not self._timer.isActive():
            self._bar.set_progress(f"{job.title} {self.panel.count()}")

    def _finished(self, job: Job) -> None:
        if job is self._job:
            self._timer.stop()
            self._job = None
            self.panel.hide()
            self._bar.set_progress("")

    def _open(self) -> None:
        if self._job is not None:
            self._bar.set_progress("")
            self.panel.adjustSize()
            self._put()
            self.panel.show()
            self.panel.raise_()

    def _put(self) -> None:
        room = self._place.rect()
        left = (room.width() - self.panel.width()) // 2
        self.panel.move(left, room.height() - self.panel.height() - theme.px(20))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
