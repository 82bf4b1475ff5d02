"""How is a new password typed so that a slip does not lock her out?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.errors import InvalidInputError
from desktop.services import protection
from desktop.ui.dialogs import protection_strength
from desktop.ui.dialogs.password_field import SecretEdit
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.labels import Label


class NewPassword(QWidget):
    """Two fields for the same password and a quiet word on how good it is.

    ``reason`` says why it cannot be taken yet, ``""`` when it can.
    """

    changed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = SecretEdit(name=f"{name}.new")
        self.second = SecretEdit(name=f"{name}.again")
        self._fields = Field("新密码", self.first), Field("再输入一遍", self.second)
        self._word = Label("至少 8 个字符，一个汉字算 2 个", "cap")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        for field in self._fields:
            pair.addWidget(field, 1)
        column.addLayout(pair)
        column.addWidget(self._word)
        self.first.textChanged.connect(self._typed)
        self.second.textChanged.connect(self._typed)
        self.second.left.connect(self._compare)

    def password(self) -> str:
        return self.first.text()

    def reason(self) -> str:
        if not self.first.text():
            return "请先输入新密码"
        if self._too_short():
            return "密码还太短"
        return "" if self.first.text() == self.second.text() else "请再输入一遍同样的密码"

    def strength(self) -> str:
        """The word that stands under the fields."""
        return self._word.text()

    def _too_short(self) -> str:
        try:
            protection.check_password(self.first.text())
        except InvalidInputError as error:
            return error.problems["password"]
        return ""

    def _typed(self) -> None:
        problem = self._too_short()
        strength = protection_strength.of(self.first.text())
        if problem or not strength.words:
            self._word.setText(problem or "")
            self._word.set_tone("text2")
        else:
            self._word.setText(strength.words)
            self._word.set_tone(strength.tone)
        if self.first.text() == self.second.text():
            self._fields[1].set_error("")
        self.changed.emit()

    def _compare(self) -> None:
        differs = bool(self.second.text()) and self.first.text() != self.second.text()
        self._fields[1].set_error("和前面输入的不一样" if differs else "")
        self.changed.emit()
