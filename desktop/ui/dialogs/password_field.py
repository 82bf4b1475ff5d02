"""How is a password typed, hidden unless she wants to see it?"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.inputs import LineEdit


class SecretEdit(LineEdit):
    """A line that hides what is typed; the eye in it, also reached by Tab, shows it."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = IconButton("eye", "显示输入的内容", name=f"{name}.eye", size="small")
        self.eye.clicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addStretch()
        row.addWidget(self.eye)
        self.setTextMargins(0, 0, 30, 0)

    def is_shown(self) -> bool:
        return self.echoMode() == QLineEdit.EchoMode.Normal

    def _turn(self) -> None:
        if self.is_shown():
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self.eye.set_icon("eye", "显示输入的内容")
        else:
            self.setEchoMode(QLineEdit.EchoMode.Normal)
            self.eye.set_icon("eye-off", "隐藏输入的内容")
