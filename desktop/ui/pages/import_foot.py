"""What stands under the steps: leaving, one sentence, one step back, the one filled button?"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Card, Elided


class Foot(Card):
    """The row of buttons under the steps of an import."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(12, 8, 9, 8), parent=parent)
        self.setObjectName("import.foot")
        row = QHBoxLayout()
        row.setSpacing(8)
        self.cancel = Button("取消", kind="ghost", name="import.cancel")
        self.sentence = Elided("", "sub")
        self.back = Button("上一步", name="import.back")
        self.go = Button("下一步", "check", "primary", name="import.go")
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.sentence, 1000)
        row.addSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.go)
        self.body.addLayout(row)
        from PySide6.QtCore import Qt

        self.sentence.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def say(self, sentence: str, *, go: str, reason: str = "", back: bool = True) -> None:
        """Name the primary button, say what becomes of the rest, or why it cannot be pressed."""
        self.sentence.setText(reason or sentence)
        self.go.set_text(go)
        self.go.set_reason(reason)
        self.back.setVisible(back)

    def set_low(self, low: bool) -> None:
        self.body.setContentsMargins(*((12, 4, 9, 4) if low else (12, 8, 9, 8)))
