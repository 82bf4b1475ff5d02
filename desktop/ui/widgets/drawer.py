"""What stands beside and under a list: details of one row, actions for many?"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.labels import Hairline, Label, Upright

DRAWER_WIDTH = 324


class Drawer(QFrame):
    """A card at the right that slides open and follows the current row.

    Fill ``content`` (a column that scrolls); ``section`` adds a titled part under a hairline.
    ``stepped`` carries −1 or +1 for the neighbours, ``closed`` says that she closed it.
    """

    stepped = Signal(int)
    closed = Signal()

    def __init__(self, *, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = DRAWER_WIDTH
        self._slide: QPropertyAnimation | None = None
        self._over: QWidget | None = None
        self._beside = QHBoxLayout()
        self._index = 0
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 10, 1, 10)
        outer.setSpacing(0)
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(16, 0, 8, 0)
        self.tools.setSpacing(0)
        self.tools.addStretch()
        self.previous = IconButton("chevron-up", "上一位", name=f"{name}.previous", size="small")
        self.next = IconButton("chevron-down", "下一位", name=f"{name}.next", size="small")
        self.close_button = IconButton("x", "收起", name=f"{name}.close", size="small")
        for button in (self.previous, self.next, self.close_button):
            self.tools.addWidget(button)
        outer.addLayout(self.tools)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self.content = QVBoxLayout(inner)
        self.content.setContentsMargins(17, 0, 17, 6)
        self.content.setSpacing(8)
        scroll.setWidget(inner)
        self._inner = inner
        self._scroll = scroll
        outer.addWidget(scroll, 1)
        self.previous.clicked.connect(self._to_previous)
        self.next.clicked.connect(self._to_next)
        self.close_button.clicked.connect(self._close_by_hand)
        self.setMinimumWidth(0)
        self.setMaximumWidth(0)
        self.hide()

    def is_open(self) -> bool:
        return not self.isHidden()

    def full_width(self) -> int:
        return theme.px(self._full)

    def set_full_width(self, width: int) -> None:
        """300–324 beside a wide table, 286 in the middle; an open drawer follows at once."""
        self._full = width
        self._inner.setFixedWidth(self.full_width() - 4)
        if self.is_open():
            self._fix(self.full_width())

    def open(self) -> None:
        if self.is_open():
            return
        self._inner.setFixedWidth(self.full_width() - 4)
        self.show()
        self._move(0, self.full_width())

    def fold(self) -> None:
        """Close it without saying ``closed``."""
        if self.is_open():
            self._move(self.width(), 0)

    def section(self, title: str, note: str = "") -> QVBoxLayout:
        """Begin a titled part and give its column."""
        self.content.addSpacing(4)
        line = Hairline()
        self.content.addWidget(line)
        head = QHBoxLayout()
        head.addWidget(Label(title, "h3"))
        head.addStretch()
        if note:
            head.addWidget(Label(note, "cap"))
        self.content.addLayout(head)
        part = QVBoxLayout()
        part.setSpacing(6)
        self.content.addLayout(part)
        return part

    def lie_over(self, place: QWidget | None) -> None:
        """Lie over the right edge of ``place`` instead of beside it; None puts it back.

        For narrow windows: the list keeps its width, and Esc (the page's ``step_out``) closes it.
        """
        if place is self._over:
            return
        if self._over is not None:
            self._over.removeEventFilter(self)
        self._over = place
        was_open = self.is_open()
        if place is None:
            self._beside.insertWidget(self._index, self)
        else:
            self._leave_layout()
            self.setParent(place)
            place.installEventFilter(self)
            self._put()
        self.setVisible(was_open)
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_inner"):
            self.set_full_width(self._full)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._put()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inner.setFixedWidth(max(self.width() - 4, self.full_width() - 4))

    def _move(self, start: int, end: int) -> None:
        if self._slide is not None:
            self._slide.stop()
            self._slide = None
        if not theme.motion():
            self._arrive(end)
            return
        slide = QPropertyAnimation(self, b"maximumWidth", self)
        slide.setDuration(theme.motion())
        slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        slide.setStartValue(start)
        slide.setEndValue(end)
        self.setMinimumWidth(0)
        slide.valueChanged.connect(self._put)
        slide.finished.connect(self._slid)
        self._slide = slide
        slide.start()

    def _slid(self) -> None:
        if self._slide is not None:
            end = int(self._slide.endValue())
            self._slide.deleteLater()
            self._slide = None
            self._arrive(end)

    def _arrive(self, width: int) -> None:
        self._fix(width)
        if not width:
            self.hide()

    def _fix(self, width: int) -> None:
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)
        self._put()

    def _put(self) -> None:
        if self._over is not None:
            wide = self.maximumWidth()
            self.setGeometry(self._over.width() - wide, 0, wide, self._over.height())

    def _leave_layout(self) -> None:
        beside = self.parentWidget()
        layout = beside.layout() if beside is not None else None
        if isinstance(layout, QHBoxLayout):
            self._beside, self._index = layout, layout.indexOf(self)
            layout.removeWidget(self)

    def _to_previous(self) -> None:
        self.stepped.emit(-1)

    def _to_next(self) -> None:
        self.stepped.emit(1)

    def _close_by_hand(self) -> None:
        self.fold()
        self.closed.emit()


class BulkBar(QFrame):
    """What can be done with the ticked rows; hidden while none is ticked."""

    cleared = Signal()

    def __init__(self, *, name: str, unit: str = "人", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self.setObjectName(name)
        self.setProperty("kind", "bulk")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(6)
        self._count = Label("", "strong", "accent")
        row.addWidget(self._count)
        row.addStretch()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(6)
        row.addLayout(self.buttons)
        row.addWidget(Upright())
        self._clear = Button("取消选择", kind="ghost", size="small", name=f"{name}.clear")
        self._clear.clicked.connect(self.cleared)
        row.addWidget(self._clear)
        self.hide()

    def add(self, button: Button) -> Button:
        """Add one of at most four actions."""
        self.buttons.addWidget(button)
        return button

    def set_count(self, count: int) -> None:
        self._count.setText(f"已选 {count} {self._unit}")
        self.setAccessibleName(self._count.text())
        self.setVisible(count > 0)

    def text(self) -> str:
        return self._count.text()
