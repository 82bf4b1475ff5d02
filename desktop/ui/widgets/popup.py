"""What floats over a page until a click elsewhere?"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


class Popup(QWidget):
    """A rounded frame; Esc or a click elsewhere closes it. Lay things out in ``body``."""

    def __init__(self, parent: QWidget, *, name: str = "", label: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setObjectName(name)
        self.setAccessibleName(label)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._frame = QFrame()
        self._frame.setProperty("kind", "popup")
        outer.addWidget(self._frame)
        self.body = QVBoxLayout(self._frame)
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.setSpacing(4)

    def show_under(self, anchor: QWidget, *, gap: int = 4) -> None:
        """Open below ``anchor``, above it where there is no room, always on its screen."""
        self.adjustSize()
        spot = anchor.mapToGlobal(QPoint(0, anchor.height() + gap))
        screen = anchor.screen() or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        if spot.y() + self.height() > room.bottom():
            spot.setY(anchor.mapToGlobal(QPoint(0, -gap - self.height())).y())
        spot.setX(max(room.left(), min(spot.x(), room.right() - self.width())))
        spot.setY(max(room.top(), spot.y()))
        self.move(spot)
        self.show()
