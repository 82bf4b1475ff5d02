"""Where can a person go? The rail at the left of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets import marks
from desktop.ui.widgets.buttons import BY_KEY
from desktop.ui.widgets.labels import Hairline

Shape = Literal["wide", "narrow", "icons"]
_WIDTH = {"wide": 200, "narrow": 72, "icons": 56}


@dataclass(frozen=True)
class NavEntry:
    """One place to go. ``key_number`` is its Alt+number, ``short`` its word on the narrow rail."""

    key: str
    title: str
    icon: str
    key_number: int = 0
    at_bottom: bool = False
    short: str = ""


class NavItem(QAbstractButton):
    """One painted item of the rail."""

    def __init__(self, entry: NavEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._shape: Shape = "wide"
        self._badge = 0
        self._shows_key = False
        self._by_key = False
        self.setObjectName(f"navigation.{entry.key}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_badge(0)
        self.set_shape("wide")

    def badge(self) -> int:
        return self._badge

    def set_badge(self, count: int) -> None:
        self._badge = count
        waiting = f"，{count} 项等着办" if count else ""
        keys = f"，Alt+{self.entry.key_number}" if self.entry.key_number else ""
        self.setAccessibleName(self.entry.title + waiting)
        self._hint = self.entry.title + keys
        self.setToolTip("" if self._shape == "wide" else self._hint)
        self.update()

    def set_shape(self, shape: Shape) -> None:
        self._shape = shape
        self.setToolTip("" if shape == "wide" else self._hint)
        heights = {"wide": 38.0, "narrow": 46.0, "icons": 36.0}
        self.setFixedHeight(theme.px(heights[shape]))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.update()

    def show_key(self, shown: bool) -> None:
        self._shows_key = shown and bool(self.entry.key_number)
        self.update()

    def shows_key(self) -> bool:
        return self._shows_key

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH[self._shape] - 24, self.minimumHeight())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_key = event.reason() in BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._by_key = False
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "entry"):
            self.set_shape(self._shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = "accentText" if self.isChecked() else "text" if self.underMouse() else "text2"
        if self._shape == "narrow":
            self._paint_narrow(painter, ink)
        elif self._shape == "icons":
            icons.paint(
                painter, self.entry.icon, ink, self.width() / 2 - 9, self.height() / 2 - 9, 18
            )
        else:
            self._paint_wide(painter, ink)
        self._paint_count(painter)
        if self._by_key:
            marks.ring(painter, QRectF(self.rect()), 8)

    def _paint_ground(self, painter: QPainter) -> None:
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(theme.color("border"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(area, 8, 8)
            side = 16.0
            mark = QRectF(area.left() + 1.5, area.center().y() - side / 2, 3, side)
            marks.rounded(painter, mark, "bar", 1.5)
        elif self.underMouse() or self.isDown():
            marks.rounded(painter, area, "press" if self.isDown() else "hover", 8)

    def _paint_wide(self, painter: QPainter, ink: str) -> None:
        icons.paint(painter, self.entry.icon, ink, 16, self.height() / 2 - 9, 18)
        painter.setFont(theme.font("strong" if self.isChecked() else "body"))
        painter.setPen(theme.color("accentText" if self.isChecked() else "text"))
        area = QRectF(44, 0, self.width() - 44, self.height())
        painter.drawText(area, int(_LEFT), self.entry.title)

    def _paint_narrow(self, painter: QPainter, ink: str) -> None:
        icons.paint(painter, self.entry.icon, ink, self.width() / 2 - 10, 4, 20)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color(ink))
        area = QRectF(0, 25, self.width(), self.height() - 26)
        painter.drawText(
            area, int(Qt.AlignmentFlag.AlignCenter), self.entry.short or self.entry.title
        )

    def _paint_count(self, painter: QPainter) -> None:
        if self._shows_key:
            self._paint_pill(painter, str(self.entry.key_number), "tip", "tipText", 5)
        elif self._badge and self._shape == "wide":
            self._paint_pill(painter, str(self._badge), "badge", "accentText", 9)
        elif self._badge:
            spot = QRectF(self.width() / 2 + 9, 4, 7, 7)
            marks.rounded(painter, spot, "bar", 3.5)

    def _paint_pill(
        self, painter: QPainter, text: str, ground: str, ink: str, radius: float
    ) -> None:
        painter.setFont(theme.font("cap"))
        width = painter.fontMetrics().horizontalAdvance(text) + 14
        height = theme.px(18)
        if self._shape == "wide":
            pill = QRectF(self.width() - width - 9, (self.height() - height) / 2, width, height)
        else:
            pill = QRectF(self.width() - width - 2, 2, width, height)
        marks.rounded(painter, pill, ground, radius)
        painter.setPen(theme.color(ink))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)


class NavRail(QFrame):
    """The rail. ``chosen`` carries the key of the item that was pressed."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[NavEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName("导航")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._items = {entry.key: NavItem(entry) for entry in entries}
        for item in self._items.values():
            if not item.entry.at_bottom:
                self._add(item)
        self._column.addStretch(1)
        if any(entry.at_bottom for entry in entries):
            self._column.addWidget(Hairline())
        for item in self._items.values():
            if item.entry.at_bottom:
                self._add(item)
        self.set_shape("wide")

    def set_current(self, key: str) -> None:
        self._items[key].setChecked(True)

    def item(self, key: str) -> NavItem:
        return self._items[key]

    def set_badge(self, key: str, count: int) -> None:
        """A count of things that wait for her; 0 takes it away."""
        self._items[key].set_badge(count)

    def shape(self) -> Shape:
        return self._shape

    def set_shape(self, shape: Shape) -> None:
        self._shape: Shape = shape
        side = 12 if shape == "wide" else 6
        self._column.setContentsMargins(side, 10 if shape == "wide" else 8, side, 8)
        self._column.setSpacing(4 if shape == "wide" else 3)
        self.setFixedWidth(theme.px(_WIDTH[shape]))
        for item in self._items.values():
            item.set_shape(shape)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_shape"):
            self.setFixedWidth(theme.px(_WIDTH[self._shape]))

    def show_keys(self, shown: bool) -> None:
        """Show the Alt+number of each item."""
        for item in self._items.values():
            item.show_key(shown)

    def _add(self, item: NavItem) -> None:
        item.clicked.connect(self._say)
        self._column.addWidget(item)

    def _say(self) -> None:
        sender = self.sender()
        if isinstance(sender, NavItem):
            self.chosen.emit(sender.entry.key)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
