"""What stands quietly at the bottom: how many, what was done last, what protects it?"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Elided, Icon, Label, Upright


class _Item(QWidget):
    """A sign and a few words."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = Icon(icon, "text2", 14)
        self._words = Label("", "cap")
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.hide()

    def say(self, words: str, icon: str = "", ink: str = "text2") -> None:
        self._words.setText(words)
        if icon:
            self._icon.set_icon(icon, ink)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def text(self) -> str:
        return self._words.text()


class StatusBar(QFrame):
    """The bar. ``undo_requested`` from its link, ``protection_requested`` from the amber sign."""

    undo_requested = Signal()
    protection_requested = Signal()
    progress_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAccessibleName("状态栏")
        self.setFixedHeight(theme.px(28))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(12)
        self._counts = Label("", "cap")
        self._work = Button("", kind="link", size="tiny", name="statusBar.progress")
        self._work.clicked.connect(self.progress_requested)
        self._work.hide()
        self._done = Elided("", "cap")
        self._done.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._sign = Icon("undo-2", "text2", 14)
        self._undo = Button("撤销", kind="link", size="tiny", name="statusBar.undo")
        self._undo.clicked.connect(self.undo_requested)
        self._keys = Label("Ctrl+Z", "faint")
        self._masking = _Item("eye-off", "statusBar.masking")
        self._protection = Button(
            "未设密码",
            kind="warn",
            size="tiny",
            name="statusBar.protection",
            tip="这份数据还没有设密码，点这里设置",
        )
        self._protection.clicked.connect(self.protection_requested)
        self._backup = _Item("shield-check", "statusBar.backup")
        row.addWidget(self._counts)
        row.addWidget(self._work)
        row.addStretch(1)
        last = QHBoxLayout()
        last.setSpacing(6)
        for widget in (self._sign, self._done, self._undo, self._keys):
            last.addWidget(widget)
        row.addLayout(last)
        self._lines: list[tuple[Upright, QWidget]] = []
        for part in (self._masking, self._protection, self._backup):
            line = Upright(12)
            self._lines.append((line, part))
            row.addWidget(line)
            row.addWidget(part)
        self._protection.hide()
        self.set_done("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.px(28))

    def set_counts(self, words: str) -> None:
        self._counts.setText(words)

    def counts(self) -> str:
        return self._counts.text()

    def set_done(self, sentence: str, *, can_undo: bool = False) -> None:
        """The last action, with a way back while there is one."""
        self._done.setText(sentence)
        for widget in (self._sign, self._done):
            widget.setVisible(bool(sentence))
        self._undo.setVisible(bool(sentence) and can_undo)
        self._keys.setVisible(bool(sentence) and can_undo)
        self._draw_lines()

    def done(self) -> str:
        return self._done.text()

    def set_masking(self, masked: bool) -> None:
        words, icon = ("证件号已遮挡", "eye-off") if masked else ("证件号已显示", "eye")
        self._masking.say(words, icon, "text2" if masked else "amber")
        self._draw_lines()

    def set_protection(self, protected: bool | None) -> None:
        """An amber sign while the file has no password; None while that is not known."""
        self._protection.set_icon("shield-alert")
        self._protection.setVisible(protected is False)
        self._draw_lines()

    def set_backup(self, words: str, *, trouble: bool = False) -> None:
        sign, ink = ("shield-alert", "amber") if trouble else ("shield-check", "jade")
        self._backup.say(words, sign, ink)
        self._draw_lines()

    def set_progress(self, words: str) -> None:
        """Long work in one line; pressing it brings its panel back."""
        self._work.set_text(words)
        self._work.setVisible(bool(words))

    def set_narrow(self, narrow: bool) -> None:
        self._keys.setVisible(not narrow and self._undo.isVisibleTo(self))

    def _draw_lines(self) -> None:
        before = not self._done.isHidden()
        for line, part in self._lines:
            line.setVisible(before and not part.isHidden())
            before = before or not part.isHidden()
