"""Which forms go out, under which name, and what already stands in them?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.pages.returns_page_work import Wanted
from desktop.ui.widgets.buttons import Button, RadioList
from desktop.ui.widgets.dates import DateField
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Card, Hairline, Label

if TYPE_CHECKING:
    from desktop.services.rounds import Filling, Round

_WIDTH = 292
_FILLINGS: tuple[tuple[Filling, str], ...] = (
    ("blank", "空白的表"),
    ("masked", "填好现有人员，号码遮挡"),
    ("full", "填好现有人员，写完整号码"),
)


class SendCard(Card):
    """The left column. ``send_requested`` comes when everything asked for can be read."""

    send_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("发给各单位", margins=(18, 14, 18, 14), spacing=10, parent=parent)
        self.setFixedWidth(theme.px(_WIDTH))
        day = today()
        self.title = LineEdit(f"{day.year}年{day.month}月女职工花名册", name="returns.title")
        self.due = DateField(today, name="returns.due")
        self._title = Field("这一轮叫什么", self.title)
        self._due = Field("要求报来的日子", self.due, optional=True)
        self.filling = RadioList(_FILLINGS, name="returns.filling")
        self.send = Button("选文件夹并生成", "folder-open", name="returns.send")
        self.message = InlineMessage(name="returns.send_message")
        self._last = Label("", "sub", wrap=True)
        for widget in (self._title, self._due, Label("表里先填什么", "cap"), self.filling):
            self.body.addWidget(widget)
        self.body.addWidget(self.send)
        self.body.addWidget(self.message)
        self.body.addWidget(Hairline())
        self.body.addWidget(self._last)
        note = "每个单位一份，文件里带着看不见的标记，交回来改了名字也认得。"
        self.body.addWidget(Label(note, "cap", wrap=True))
        self.body.addStretch()
        self.send.clicked.connect(self._send)

    def wanted(self) -> Wanted:
        """What she asks for; only after ``send_requested``."""
        filling = next(key for key, _ in _FILLINGS if key == self.filling.value())
        return Wanted(self.title.text().strip(), self.due.day(), filling)

    def show_round(self, last: Round | None) -> None:
        """Say which round is under way and how far it is."""
        if last is None:
            self._last.setText("还没有发过表。")
            return
        sent = f"{last.sent_on.month}月{last.sent_on.day}日"
        came = len([unit for unit in last.units if unit in last.returned])
        self._last.setText(
            f"最近一轮“{last.title}”，{sent}发出，{len(last.units)} 个单位，收回 {came} 个。"
        )

    def last_round(self) -> str:
        return self._last.text()

    def _send(self) -> None:
        self._title.set_error("" if self.title.text().strip() else "请写上这一轮的名称")
        self._due.set_error(self.due.problem())
        if self.title.text().strip() and not self.due.problem():
            self.send_requested.emit()
