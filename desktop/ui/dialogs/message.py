"""How is a person told that something could not be done, and what can be done about it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button, Kind
from desktop.ui.widgets.labels import Icon, Label, Tile, Tone

WIDTH, WIDE = 408, 560


@dataclass(frozen=True)
class Choice:
    """A button of a dialog: its key, a verb, an icon. The last one is the primary."""

    key: str
    text: str
    icon: str = ""


class Dialog(QDialog):
    """The frame of all dialogs: a body, and a foot with cancel at the far left, primary last.

    Enter does the primary, Esc cancels. ``answer`` is the key of the pressed button, ``""`` when
    cancelled. Its height follows its words at a fixed width.
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        name: str,
        cancel: str = "取消",
        width: int = WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.answer = ""
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self._width = theme.px(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = QFrame()
        body.setProperty("kind", "dialog-body")
        self.body = QVBoxLayout(body)
        self.body.setContentsMargins(24, 18, 24, 16)
        self.body.setSpacing(12)
        outer.addWidget(body, 1)
        self.foot = QFrame()
        self.foot.setProperty("kind", "dialog-foot")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(16, 11, 16, 11)
        row.setSpacing(8)
        self.buttons: dict[str, Button] = {}
        if cancel:
            row.addWidget(self._button(Choice("", cancel), "ghost"))
        row.addStretch()
        for choice in choices:
            primary = choice is choices[-1]
            row.addWidget(self._button(choice, "primary" if primary else "outlined"))
        outer.addWidget(self.foot)
        self._primary = self.buttons[choices[-1].key] if choices else None

    def fit(self) -> None:
        """Take the height the words need. Call once everything is in the body."""
        self.setFixedWidth(self._width)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(
                max(layout.heightForWidth(self._width), layout.minimumSize().height())
            )

    def set_reason(self, reason: str) -> None:
        """Disable the primary button and say why; ``""`` enables it."""
        if self._primary is not None:
            self._primary.set_reason(reason)

    def ask(self) -> str:
        """Show it and wait; gives ``answer``. A dialog is asked once, then it is gone."""
        self.fit()
        if self._primary is not None:
            self._primary.setDefault(True)
            self._primary.setFocus()
        self.exec()
        self.deleteLater()
        return self.answer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            elif self._primary is not None and self._primary.isEnabled():
                self._primary.click()
            return
        super().keyPressEvent(event)

    def _button(self, choice: Choice, kind: Kind) -> Button:
        name = f"{self.objectName()}.{choice.key or 'cancel'}"
        button = Button(choice.text, choice.icon, kind, name=name)
        button.setProperty("answer", choice.key)
        button.setAutoDefault(False)
        button.clicked.connect(self._answered)
        self.buttons[choice.key] = button
        return button

    def _answered(self) -> None:
        sender = self.sender()
        self.answer = str(sender.property("answer")) if sender is not None else ""
        if self.answer:
            self.accept()
        else:
            self.reject()


@dataclass(frozen=True)
class Told:
    """Three short paragraphs, and technical details that are folded away."""

    happened: str
    kept: str
    remedy: str
    details: str = ""


class MessageDialog(Dialog):
    """Says what happened, what became of the data, and what to do."""

    def __init__(
        self,
        title: str,
        told: Told,
        *,
        subtitle: str = "",
        icon: str = "circle-alert",
        tone: Tone = "danger",
        choices: Sequence[Choice] = (Choice("close", "知道了"),),
        cancel: str = "",
        name: str = "message",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, choices, name=name, cancel=cancel, parent=parent)
        self._told = told
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Tile(icon, tone, 40), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(Label(title, "h2", wrap=True))
        if subtitle:
            words.addWidget(Label(subtitle, "sub", wrap=True))
        words.addStretch()
        head.addLayout(words, 1)
        self.body.addLayout(head)
        for sign, ink, caption, text in (
            ("circle-alert", "danger", "发生了什么", told.happened),
            ("shield-check", "jade", "您的数据", told.kept),
            ("lightbulb", "amber", "怎么办", told.remedy),
        ):
            if text:
                self.body.addLayout(_paragraph(sign, ink, caption, text))
        if told.details:
            self._add_details()

    def text(self) -> str:
        """Everything it says, for the clipboard."""
        parts = (self.windowTitle(), self._told.happened, self._told.kept, self._told.remedy)
        return "\n".join(part for part in (*parts, self._told.details) if part)

    def _add_details(self) -> None:
        frame = QFrame()
        frame.setProperty("kind", "sunken")
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 2, 8, 2)
        column.setSpacing(2)
        row = QHBoxLayout()
        self._fold = Button(
            "技术信息", "chevron-right", "ghost", "tiny", name=f"{self.objectName()}.details"
        )
        self._fold.clicked.connect(self._toggle)
        copy = Button("复制", "copy", "link", "tiny", name=f"{self.objectName()}.copy")
        copy.clicked.connect(self._copy)
        row.addWidget(self._fold)
        row.addStretch()
        row.addWidget(copy)
        column.addLayout(row)
        self.details = QPlainTextEdit(self._told.details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("技术信息")
        self.details.setFixedHeight(theme.px(130))
        self.details.hide()
        column.addWidget(self.details)
        self.body.addWidget(frame)

    def _toggle(self) -> None:
        opening = self.details.isHidden()
        self.details.setVisible(opening)
        self._fold.set_icon("chevron-down" if opening else "chevron-right")
        self.fit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())


def _paragraph(sign: str, ink: str, caption: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Icon(sign, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(caption, "cap"))
    words.addWidget(Label(text, "body", wrap=True))
    row.addLayout(words, 1)
    return row
