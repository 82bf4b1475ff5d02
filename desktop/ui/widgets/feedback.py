"""How does the window say how things went, without a box in the way?"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.bars import Bar
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.half_sun import HalfSun
from desktop.ui.widgets.labels import TONE_INK, TONE_SIGN, Elided, Icon, Label, Tile, Tone

TOAST_MS = 8000
TOAST_WIDTH = 408


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say a sentence once, politely."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class InlineMessage(QFrame):
    """A tinted line in the card it belongs to: sign, one sentence, at most one link.

    Hidden while it has nothing to say; stays until ``clear``.
    """

    acted = Signal()

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "message")
        self.setMinimumHeight(theme.px(32))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.setSpacing(9)
        self._sign = Icon("info", "info", 15)
        self._words = Label("", "table", wrap=True)
        self._link = Button("", kind="link", size="small", name=f"{name}.act" if name else "")
        self._link.clicked.connect(self.acted)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._link)
        self.hide()

    def say(self, sentence: str, tone: Tone = "info", *, action: str = "") -> None:
        self._sign.set_icon(TONE_SIGN.get(tone, "info"), TONE_INK[tone])
        self._words.setText(sentence)
        self._words.set_tone("" if tone == "accent" else tone)
        self._link.set_text(action)
        self._link.setVisible(bool(action))
        theme.set_role(self, tone=tone)
        self.setMinimumHeight(theme.px(32))
        self.setAccessibleName(sentence)
        self.show()
        announce(self, sentence)

    def text(self) -> str:
        return self._words.text()

    def clear(self) -> None:
        self._words.setText("")
        self.hide()


class Toast(QFrame):
    """One dark line at the bottom of ``parent``: what was done, and one way back.

    It goes by itself after eight seconds, later while the mouse or the focus is on it.
    """

    def __init__(self, parent: QWidget, *, milliseconds: int = TOAST_MS) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("window.toast")
        self.setProperty("kind", "toast")
        self.setFixedSize(theme.px(TOAST_WIDTH), theme.px(40))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(8)
        self._sign = Icon("circle-check", "jadeFill", 16)
        self._words = Elided("", "table")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._act = Button("", kind="link", size="small", name="window.toast.act")
        self._act.clicked.connect(self._acted)
        self._close = IconButton(
            "x", "收起", name="window.toast.close", size="small", ink="tipText"
        )
        self._close.clicked.connect(self.hide)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self._action: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self._expire)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, sentence: str, *, action: str = "", then: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence in place of the one before; ``then`` runs when ``action`` is pressed."""
        self._words.setText(sentence)
        self._act.set_text(action)
        self._act.setVisible(bool(action))
        self._action = then
        self.setFixedSize(theme.px(TOAST_WIDTH), theme.px(40))
        self._place()
        self.show()
        self.raise_()
        self._rise()
        self._timer.start()
        announce(self, sentence)

    def text(self) -> str:
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def _expire(self) -> None:
        focused = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        if focused or self.underMouse():
            self._timer.start()
        else:
            self.hide()

    def _acted(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _goal(self) -> QPoint:
        room = self._over.rect()
        return QPoint((room.width() - self.width()) // 2, room.height() - self.height() - 20)

    def _place(self) -> None:
        self.move(self._goal())

    def _rise(self) -> None:
        duration = theme.motion(theme.TOAST_MOTION_MS)
        if not duration:
            return
        rise = QPropertyAnimation(self, b"pos", self)
        rise.setDuration(duration)
        rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        rise.setStartValue(self._goal() + QPoint(0, 12))
        rise.setEndValue(self._goal())
        rise.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)


class ProgressPanel(QFrame):
    """Long work: what, how far in her units, how long still, and how to stop it."""

    cancel_requested = Signal()

    def __init__(self, *, name: str = "window.progress", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "popup")
        self.setFixedWidth(theme.px(TOAST_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        self._title = Elided("", "h3")
        self._count = Label("", "sub")
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        self._bar = Bar(8)
        foot = QHBoxLayout()
        self._left = Label("", "sub", wrap=True)
        self.cancel = Button("取消", size="small", name=f"{name}.cancel")
        self.cancel.clicked.connect(self._cancel)
        foot.addWidget(self._left, 1)
        foot.addWidget(self.cancel)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self._meaning = ""

    def begin(self, title: str, *, cancel: str = "取消", meaning: str = "") -> None:
        """``cancel`` names the button, ``meaning`` says in a sentence what stopping does."""
        self._title.setText(title)
        self._meaning = meaning
        self.setFixedWidth(theme.px(TOAST_WIDTH))
        self._count.setText("")
        self._left.setText(meaning)
        self._bar.set_share(0)
        self.cancel.set_text(cancel)
        self.cancel.set_reason("")
        announce(self, title)

    def report(self, done: int, total: int, unit: str, seconds_left: float | None) -> None:
        self._count.setText(f"{done} / {total} {unit}" if total else f"{done} {unit}")
        self._bar.set_share(done / total if total else 0.0)
        left = f"约剩 {max(1, round(seconds_left))} 秒。" if seconds_left is not None else ""
        self._left.setText(left + self._meaning)

    def count(self) -> str:
        return self._count.text()

    def _cancel(self) -> None:
        self.cancel.set_reason("正在停下来")
        self.cancel_requested.emit()


class EmptyState(QWidget):
    """Nothing here yet: a picture, what it is, what comes next, one button.

    With ``tone="danger"`` it is the error state of a page.
    """

    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        *,
        action: str = "",
        action_icon: str = "plus",
        tone: Tone = "accent",
        primary: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(Tile(icon, tone, 40), 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = Label(title, "strong")
        self._sentence = Label(sentence, "sub", wrap=False)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch()
        self.buttons.addStretch()
        column.addSpacing(2)
        column.addLayout(self.buttons)
        column.addStretch(3)
        if action:
            button = Button(
                action,
                action_icon,
                "primary" if primary else "outlined",
                "" if primary else "small",
                name=f"{name}.act",
            )
            button.clicked.connect(self.acted)
            self.add_button(button)

    def add_button(self, button: Button) -> None:
        self.buttons.insertWidget(self.buttons.count() - 1, button)

    def set_words(self, title: str, sentence: str = "") -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)

    def title(self) -> str:
        return self._title.text()


def error_state(
    title: str = "这一页没能打开",
    sentence: str = "数据完好，重新读取即可。",
    *,
    name: str = "",
) -> EmptyState:
    """The form of :class:`EmptyState` for a page that could not be read; ``acted`` = read again."""
    return EmptyState(
        "file-x",
        title,
        sentence,
        action="重新读取",
        action_icon="rotate-cw",
        tone="danger",
        name=name,
    )


class LoadingState(QWidget):
    """A page that is still reading; appears only when reading takes noticeably long."""

    def __init__(self, sentence: str = "正在读取…", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch()
        sun = HalfSun(side=72)
        column.addWidget(sun, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(Label(sentence, "sub"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
