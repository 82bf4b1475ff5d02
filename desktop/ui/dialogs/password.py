"""How does a person unlock the data at the start?"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Label


class PasswordDialog(Dialog):
    """Asks for the password or the recovery key; ``secret`` holds what was typed."""

    def __init__(self, *, problem: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            "打开数据",
            (Choice("open", "打开", "key-round"),),
            name="password",
            cancel="退出",
            parent=parent,
        )
        self.body.addWidget(Label("这份数据有密码保护", "h2"))
        self.body.addWidget(
            Label("输入密码就能打开。忘了密码，可以输入恢复密钥。", "sub", wrap=True)
        )
        self._editor = LineEdit(name="password.secret")
        self._editor.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = Field("密码或恢复密钥", self._editor)
        self.body.addWidget(self._field)
        self._field.set_error(problem)
        self._editor.textChanged.connect(self._typed)
        self._typed("")

    def secret(self) -> str:
        return self._editor.text()

    def ask(self) -> str:
        """Show it and wait; gives what was typed, empty when she leaves."""
        self.fit()
        self._editor.setFocus()
        self.exec()
        self.deleteLater()
        return self.secret() if self.answer == "open" else ""

    def _typed(self, text: str) -> None:
        self.set_reason("" if text else "请先输入密码或恢复密钥")
