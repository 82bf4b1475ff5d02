"""How does a form show a label, an editor and what is wrong with it?"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import Icon, Label


class Field(QWidget):
    """A label above an editor, and one line for its problem under it.

    ``set_error`` marks the editor and announces the sentence; ``""`` takes the mark off.
    Mandatory is the rule, so only ``optional`` fields say so.
    """

    def __init__(
        self,
        title: str,
        editor: QWidget,
        *,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        label = Label(title, "cap")
        label.setBuddy(editor)
        head.addWidget(label)
        if optional:
            head.addWidget(Label("选填", "faint"))
        head.addStretch()
        column.addLayout(head)
        column.addWidget(editor)
        self._error = QWidget()
        row = QHBoxLayout(self._error)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._sign = Icon("circle-x", "danger", 13)
        self._words = Label("", "cap", "danger", wrap=True)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._error.hide()
        column.addWidget(self._error)
        if not editor.accessibleName():
            editor.setAccessibleName(title)

    def error(self) -> str:
        return self._words.text()

    def set_error(self, sentence: str) -> None:
        self._say("circle-x", "danger", sentence)
        theme.set_role(self._target(), invalid="true" if sentence else "false")

    def set_warning(self, sentence: str) -> None:
        """Something to look at that does not block."""
        self._say("triangle-alert", "amber", sentence)

    def _say(self, sign: str, tone: str, sentence: str) -> None:
        self._sign.set_icon(sign, tone)
        self._words.setText(sentence)
        theme.set_role(self._words, tone=tone)
        self._error.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)

    def _target(self) -> QWidget:
        return self.editor.focusProxy() or self.editor


class Fact(QWidget):
    """One line ``name  value`` of a drawer, with room for a button at the end."""

    def __init__(
        self, title: str, value: str = "", *, width: int = 66, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        name = Label(title, "faint")
        name.setFixedWidth(theme.px(width))
        self.value = Label(value, "table", wrap=True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.row = row
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.value, 1)
