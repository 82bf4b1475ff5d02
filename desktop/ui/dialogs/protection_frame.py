"""What do the dialogs share whose button starts work that takes a while?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.errors import AppError
from desktop.ui import theme
from desktop.ui.dialogs.message import WIDE, Choice, Dialog
from desktop.ui.jobs import Job, Jobs, Progress, Work
from desktop.ui.widgets.bars import Bar
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import InlineMessage, announce
from desktop.ui.widgets.labels import Icon, Label, Tile, Tone


class WorkDialog(Dialog):
    """A dialog that stays until its work is done, and says in place what could not be done.

    The primary button calls ``go``; ``work`` runs something on a worker and shows how far it is.
    While it runs, Esc and the left button ask it to stop. ``done`` carries what it gave, after the
    dialog was closed; a dialog left without it changed nothing.
    """

    done_with = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        title: str,
        choices: Sequence[Choice],
        *,
        name: str,
        cancel: str = "取消",
        width: int = WIDE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, choices, name=name, cancel=cancel, width=width, parent=parent)
        self.jobs = jobs
        self._job: Job | None = None
        self._cancel_words = cancel
        self.form = QWidget()
        self.body.addWidget(self.form)
        self.message = InlineMessage(name=f"{name}.message")
        self.body.addWidget(self.message)
        self._busy = QWidget()
        self._build_busy()
        self.reason = Label("", "cap")
        row = self.foot.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.count() - 1, self.reason)
        jobs.progressed.connect(self._progressed)
        jobs.finished.connect(self._ended)

    # what its kinds use

    def set_form(self, form: QWidget) -> None:
        """Put another form in the place of the one before."""
        old, self.form = self.form, form
        self.body.replaceWidget(old, form)
        form.show()  # a layout shows it only in the next turn, too late for the focus
        old.hide()
        old.setParent(None)
        old.deleteLater()
        self.order_stops()
        self.fit_again()

    def fit_again(self) -> None:
        """Take the height of the words there are now, if it is on the screen."""
        if self.isVisible():
            self.fit()

    def order_stops(self) -> None:
        """Tab goes through the form from top to bottom, then to the primary button first."""
        inside = [self.form, self.message]
        widgets = [each for part in inside for each in part.findChildren(QWidget)]
        stops = [each for each in widgets if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops += reversed(self.buttons.values())
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def set_reason(self, reason: str) -> None:
        """Disable the primary button and say why beside it; ``""`` enables it."""
        super().set_reason(reason)
        self.reason.setText(reason)

    def go(self) -> None:
        """The primary button was pressed."""
        raise NotImplementedError

    def refused(self, error: AppError) -> None:
        """The work was refused; tells it in place."""
        self.tell(error)

    def tell(self, error: AppError, *, action: str = "") -> None:
        self.message.say(str(error), "danger", action=action)
        self.fit_again()

    def work(self, work: Work, *, busy: str, then: Callable[[Any], object] | None = None) -> None:
        """Run ``work`` among the writes and close when it is done, or call ``then`` instead."""
        self.message.clear()
        self._words.setText(busy)
        self._bar.set_share(0)
        self._set_busy(True)
        announce(self, busy)
        self._job = self.jobs.run(
            self, work, done=then or self.close_with, failed=self.refused, writes=True
        )
        cancel = self.buttons.get("")
        if cancel is not None:
            cancel.set_text("停下" if self._job.can_stop else self._cancel_words)
            cancel.setEnabled(self._job.can_stop)

    def close_with(self, result: object) -> None:
        """Close, and let those who wait know the result."""
        super().accept()
        self.done_with.emit(result)

    def show_over(self, first: QWidget | None = None) -> None:
        """Show it over its window without waiting for the answer."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.order_stops()
        self.fit()
        self.open()
        if first is not None:
            first.setFocus()

    # Qt's side

    def accept(self) -> None:
        if self._job is None:
            self.go()

    def reject(self) -> None:
        if self._job is None:
            super().reject()
        elif self._job.can_stop:
            self._job.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._step_on():
            return
        super().keyPressEvent(event)

    # private

    def _step_on(self) -> bool:
        """Enter in a field goes on to the next one while the primary button cannot be pressed."""
        if self._primary is None or self._primary.isEnabled():
            return False
        fields = [field for field in self.form.findChildren(QLineEdit) if field.isVisible()]
        focused = self.focusWidget()
        if focused not in fields:
            return False
        fields[(fields.index(focused) + 1) % len(fields)].setFocus()
        return True

    def _build_busy(self) -> None:
        column = QVBoxLayout(self._busy)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        self._words = Label("", "table", wrap=True)
        self._count = Label("", "cap")
        head.addWidget(self._words, 1)
        head.addWidget(self._count)
        self._bar = Bar(8)
        column.addLayout(head)
        column.addWidget(self._bar)
        self._busy.hide()
        self.body.addWidget(self._busy)

    def _set_busy(self, busy: bool) -> None:
        self._busy.setVisible(busy)
        self.form.setEnabled(not busy)
        if self._primary is not None:
            self._primary.set_busy(busy)
        self.fit_again()

    def _progressed(self, job: Job, progress: Progress) -> None:
        if job is self._job and progress.total:
            self._bar.set_share(progress.done / progress.total)
            self._count.setText(f"{progress.done} / {progress.total}")

    def _ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        self._count.setText("")
        self._set_busy(False)
        cancel = self.buttons.get("")
        if cancel is not None:
            cancel.set_text(self._cancel_words)
            cancel.setEnabled(True)


def head(icon: str, tone: Tone, title: str, sentence: str) -> QHBoxLayout:
    """What a dialog is about: a picture, a title, one sentence."""
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(Tile(icon, tone, 40), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(title, "h2", wrap=True))
    words.addWidget(Label(sentence, "sub", wrap=True))
    row.addLayout(words, 1)
    return row


def point(icon: str, ink: str, caption: str, sentence: str) -> QHBoxLayout:
    """One thing to know: sign, two to four words, one sentence."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Icon(icon, ink, 15), 0, Qt.AlignmentFlag.AlignTop)
    name = Label(caption, "cap")
    name.setFixedWidth(theme.px(64))
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(sentence, "table", wrap=True), 1)
    return row


def column(form: QWidget, spacing: int = 12) -> QVBoxLayout:
    """The layout of a form: one under the other, without margins."""
    made = QVBoxLayout(form)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def quiet_link(text: str, icon: str, name: str) -> Button:
    """A way that is there, and does not push itself forward."""
    return Button(text, icon, "link", "small", name=name)
