"""Do the figures agree, and whom must she look at?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.fields.table import Check
from desktop.ui import theme
from desktop.ui.pages.reports_page_grid import Opened
from desktop.ui.widgets.feedback import InlineMessage

_HIGHEST, _FLATTEST = 148, 78


class Checks(QWidget):
    """One line that sums up, and below it every check. ``opened`` carries an :class:`Opened`."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = False
        self._checks: tuple[Check, ...] = ()
        self.summary = InlineMessage(name="reports.checks")
        self.summary.acted.connect(self._turn)
        self.list = QScrollArea()
        self.list.setObjectName("reports.checks.list")
        self.list.setAccessibleName("核对")
        self.list.setWidgetResizable(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.summary)
        column.addWidget(self.list)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Those that ask for something come first; nothing is shown where nothing was checked."""
        ordered = tuple(sorted(checks, key=lambda check: check.is_good))
        was_open = self.list.isVisible()
        if ordered != self._checks:
            self._checks = ordered
            self._fill()
        self.setVisible(bool(ordered))
        self._say(is_open=was_open and bool(ordered))

    def messages(self) -> tuple[str, ...]:
        """The sentences, in order."""
        return tuple(check.sentence for check in self._checks)

    def set_low(self, low: bool) -> None:
        self._low = low
        self._fit()

    def _fill(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for number, check in enumerate(self._checks):
            line = InlineMessage(name=f"reports.check{number}", parent=inside)
            _tell(line, check)
            line.acted.connect(partial(self._open, check))
            column.addWidget(line)
        column.addStretch()
        self.list.setWidget(inside)
        self._fit()

    def _fit(self) -> None:
        inside = self.list.widget()
        if inside is not None:
            most = theme.px(_FLATTEST if self._low else _HIGHEST)
            self.list.setFixedHeight(min(inside.sizeHint().height(), most))

    def _say(self, *, is_open: bool) -> None:
        if not self._checks:
            self.summary.clear()
            self.list.hide()
            return
        if len(self._checks) == 1:
            _tell(self.summary, self._checks[0])
            self.list.hide()
            return
        bad = sum(not check.is_good for check in self._checks)
        good = len(self._checks) - bad
        said = f"有 {bad} 处请核对" if bad else "核对过了，没有要看的地方"
        said += f"，{good} 处是说明或相符。" if bad and good else "。"
        self.summary.say(said, "amber" if bad else "jade", action="收起" if is_open else "一条条看")
        self.list.setVisible(is_open)

    def _turn(self) -> None:
        if len(self._checks) == 1:
            self._open(self._checks[0])
            return
        self._say(is_open=not self.list.isVisible())

    def _open(self, check: Check) -> None:
        self.opened.emit(Opened(check.sentence, check.members))


def _tell(line: InlineMessage, check: Check) -> None:
    action = f"看这 {len(check.members)} 人" if check.members else ""
    line.say(check.sentence, "jade" if check.is_good else "amber", action=action)
