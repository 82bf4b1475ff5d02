"""Which of two values stays, when one field was changed in two places?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.registers import MEMBERS
from desktop.ui import theme
from desktop.ui.models.members_words import value_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Label


class ConflictBox(QFrame):
    """Shows her value and the one saved elsewhere, field by field, and lets her choose."""

    mine_chosen = Signal()
    theirs_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("members.conflict")
        self.setProperty("kind", "message")
        self._mine: dict[str, Any] = {}
        self.register = MEMBERS
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addWidget(
            Label("这个人刚刚在别处改过，您填的内容还在", "strong", "amber", wrap=True)
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column.addLayout(self._lines)
        row = QHBoxLayout()
        row.setSpacing(6)
        theirs = Button("用别处的", size="small", name="members.conflict.theirs")
        theirs.clicked.connect(self.theirs_chosen)
        mine = Button("用我填的", kind="soft", size="small", name="members.conflict.mine")
        mine.clicked.connect(self.mine_chosen)
        row.addWidget(theirs)
        row.addWidget(mine)
        row.addStretch()
        column.addLayout(row)
        self.hide()

    def show_values(self, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Put both values of every field beside each other."""
        self._mine = dict(mine)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for name, value in mine.items():
            field = self.register.field(name)
            other = theirs.get(name)
            if field.name == "unit_id":
                words = f"{field.label}：两处选的不同"
            else:
                here = value_words(field, value, hidden=False) or "空"
                there = value_words(field, other, hidden=False) or "空"
                words = f"{field.label}：别处是“{there}”，您填的是“{here}”"
            self._lines.addWidget(Label(words, "table", wrap=True))
        theme.set_role(self, tone="amber")
        self.show()

    def mine(self) -> dict[str, Any]:
        """Her own values."""
        return dict(self._mine)

    def words(self) -> str:
        return "\n".join(label.text() for label in self.findChildren(Label))
