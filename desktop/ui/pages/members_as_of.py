"""How is the roster of a past day looked at, and how does one come back to today?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.models.members import day_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.dates import DateField
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.popup import Popup

LOCKED = "现在看的是过去的名册，只能看和导出；先点“回到今天”再改"


class PastView(QObject):
    """Asks for a past day, and says above the list that it is one.

    ``day_chosen`` carries the day, or None to come back to today.
    """

    day_chosen = Signal(object)

    def __init__(self, today: Callable[[], date], page: QWidget) -> None:
        super().__init__(page)
        self._today, self._page = today, page
        self.line = InlineMessage(name="members.past")
        self.line.acted.connect(self._return)

    def show_day(self, day: date | None) -> None:
        """Say which day is looked at; nothing for today."""
        if day is None:
            self.line.clear()
            return
        words = day_words(day).removeprefix("截至 ")
        self.line.say(
            f"这是 {words}结束时的名册，只能看和导出，不能改。", "info", action="回到今天"
        )

    def ask(self, anchor: QWidget, day: date | None) -> None:
        """Ask for a day under ``anchor``."""
        popup = DayPopup(self._today, day, self._page)
        popup.chosen.connect(self._chosen)
        popup.show_under(anchor)
        popup.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _chosen(self, day: date) -> None:
        self.day_chosen.emit(day if day < self._today() else None)

    def _return(self) -> None:
        self.day_chosen.emit(None)


class DayPopup(Popup):
    """A past day, typed or picked; ``chosen`` carries it."""

    chosen = Signal(object)

    def __init__(self, today: Callable[[], date], day: date | None, parent: QWidget | None) -> None:
        super().__init__(parent or QWidget(), name="members.day", label="截至哪一天")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self.field = DateField(today, name="members.day.field")
        self.field.setFixedWidth(theme.px(196))
        self.field.setAccessibleName("截至哪一天")
        if day is not None:
            self.field.set_value(day)
        self.field.returnPressed.connect(self._use)
        use = Button("看这一天", kind="soft", size="small", name="members.day.use")
        use.clicked.connect(self._use)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(use)
        self.body.addLayout(row)
        quick = QHBoxLayout()
        quick.setSpacing(2)
        for name, words, end in (
            ("month", "上月末", _month_end(today())),
            ("year", "去年年末", date(today().year - 1, 12, 31)),
        ):
            button = Button(words, kind="link", size="small", name=f"members.day.{name}")
            button.setProperty("day", end.isoformat())
            button.clicked.connect(self._use_quick)
            quick.addWidget(button)
        quick.addStretch()
        self.body.addLayout(quick)
        self._problem = Label("", "cap", "danger", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)

    def problem(self) -> str:
        return self._problem.text()

    def _use_quick(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._take(date.fromisoformat(str(sender.property("day"))))

    def _use(self) -> None:
        day = self.field.day()
        if day is None:
            self._say(self.field.problem() or "请写一个日期，如 2026.3.31")
        elif day > self._today():
            self._say("这一天还没有到，请写今天以前的日子")
        else:
            self._take(day)

    def _take(self, day: date) -> None:
        self.chosen.emit(day)
        self.close()

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()
        self.adjustSize()


def _month_end(today: date) -> date:
    return today.replace(day=1) - timedelta(days=1)
