"""Where is something typed or chosen: search, line, list?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import Icon

DEBOUNCE_MS = 80


class SearchBox(QLineEdit):
    """A search field: ``searched`` carries the trimmed text shortly after each change.

    Nothing is searched while the input method is composing. Backspace in the empty field emits
    ``emptied_further`` (the page takes its last filter off); ↓ and Enter emit ``left_downward``.
    """

    searched = Signal(str)
    emptied_further = Signal()
    left_downward = Signal()

    def __init__(
        self,
        placeholder: str = "姓名、拼音、工号、手机尾号",
        *,
        name: str = "",
        hint: str = "Ctrl+F",
        debounce: int = DEBOUNCE_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("搜索")
        self.setAccessibleDescription(placeholder)
        self._composing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(debounce)
        self._timer.timeout.connect(self.search_now)
        self._hint = QLabel(hint)
        self._hint.setProperty("kind", "keyhint")
        self._hint.setFixedHeight(theme.px(20))
        self._clear = IconButton("x", "清除", name=f"{name}.clear" if name else "", size="small")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear_now)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        row.addWidget(Icon("search", "text2", 16))
        row.addStretch()
        row.addWidget(self._hint)
        row.addWidget(self._clear)
        self.setTextMargins(26, 0, 30, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(150)
        self.setMaximumWidth(320)
        self.textChanged.connect(self._changed)
        self._changed("")
        self._timer.stop()

    def query(self) -> str:
        return self.text().strip()

    def set_query(self, text: str) -> None:
        """Fill the field without searching (a page coming back)."""
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)
        self._show_buttons()

    def search_now(self) -> None:
        self._timer.stop()
        if not self._composing:
            self.searched.emit(self.query())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Backspace and not self.text():
            self.emptied_further.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            self.left_downward.emit()
        else:
            super().keyPressEvent(event)

    def clear_now(self) -> None:
        """Empty the field and search at once."""
        self.clear()
        self.search_now()
        self.setFocus()

    def _changed(self, _text: str) -> None:
        self._show_buttons()
        self._timer.start()

    def _show_buttons(self) -> None:
        filled = bool(self.text()) or self._composing
        self._hint.setVisible(not filled and bool(self._hint.text()) and self.width() > 240)
        self._clear.setVisible(filled)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._show_buttons()
        return handled


class LineEdit(QLineEdit):
    """One line of text. ``left`` says that she has finished with it: focus gone, or Enter."""

    left = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        name: str = "",
        placeholder: str = "",
        size: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("measure", size)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.returnPressed.connect(self.left)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()


class ComboBox(QComboBox):
    """A choice from a list of (key, words). The wheel only turns it while it has the focus."""

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[object, str]] = (),
        *,
        name: str = "",
        size: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("measure", size)
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(2)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        container = self.view().window()
        container.setWindowFlags(
            container.windowFlags()
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )
        container.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.set_options(options)
        self.activated.connect(self._say)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        self.clear()
        for key, text in options:
            self.addItem(text, key)

    def value(self) -> object:
        return self.currentData()

    def set_value(self, key: object) -> None:
        """Choose ``key``; an unknown key leaves nothing chosen."""
        for index in range(self.count()):
            if self.itemData(index) == key:
                self.setCurrentIndex(index)
                return
        self.setCurrentIndex(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ink = "text2" if self.isEnabled() else "disabled"
        icons.paint(painter, "chevron-down", ink, self.width() - 23, self.height() / 2 - 7, 14)

    def _say(self, _index: int) -> None:
        self.chosen.emit(self.currentData())


class DropZone(QWidget):
    """A dashed frame that takes files dropped on it; lay out what stands inside in ``body``.

    ``dropped`` carries the paths. A button inside must do the same.
    """

    dropped = Signal(list)

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        from PySide6.QtWidgets import QVBoxLayout

        super().__init__(parent)
        self.setObjectName(name)
        self.setAcceptDrops(True)
        self._over = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 22, 24, 22)
        self.body.setSpacing(8)

    def dragEnterEvent(self, event: object) -> None:
        from PySide6.QtGui import QDragEnterEvent

        if isinstance(event, QDragEnterEvent) and _paths(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: object) -> None:
        self._set_over(False)

    def dropEvent(self, event: object) -> None:
        from PySide6.QtGui import QDropEvent

        self._set_over(False)
        if isinstance(event, QDropEvent):
            event.acceptProposedAction()
            self.dropped.emit(_paths(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtGui import QPen

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accentText" if self._over else "aline"), 2)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(theme.color("asoft2" if self._over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


def _paths(data: object) -> list[str]:
    from PySide6.QtCore import QMimeData

    if not isinstance(data, QMimeData):
        return []
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
