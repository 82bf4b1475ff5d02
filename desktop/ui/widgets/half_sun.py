"""What does the rising half sun look like? The one ornament of the program."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

_RINGS = (1.0, 0.853, 0.706, 0.566, 0.426)
_HEART = 0.276


class HalfSun(QWidget):
    """A half sun over its horizon, ``side`` pixels across at its widest ring."""

    def __init__(self, side: int = 240, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(round(self._side * 1.22), round(self._side * 0.55))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, radius = QPointF(self.width() / 2, self._side / 2), self._side / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for number, share in enumerate(_RINGS):
            tint = QColor(theme.color("gold"))
            tint.setAlphaF(0.13 + 0.05 * number)
            painter.setBrush(tint)
            _half(painter, centre, radius * share)
        painter.setBrush(_glow(centre, radius * _HEART))
        _half(painter, centre, radius * _HEART)
        _horizon(painter, centre, radius)


def _half(painter: QPainter, centre: QPointF, radius: float) -> None:
    box = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
    painter.drawPie(box, 0, 180 * 16)


def _glow(centre: QPointF, radius: float) -> QLinearGradient:
    glow = QLinearGradient(centre - QPointF(0, radius), centre)
    glow.setColorAt(0, theme.color("gold"))
    glow.setColorAt(1, theme.color("bar"))
    return glow


def _horizon(painter: QPainter, centre: QPointF, radius: float) -> None:
    pen = QPen(theme.color("accentText"), 2 if radius > 60 else 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    reach = radius * 1.2
    painter.drawLine(centre - QPointF(reach, 0), centre + QPointF(reach, 0))
    painter.setPen(QPen(theme.color("seriesLight"), pen.widthF() * 0.8))
    lower = centre + QPointF(radius * 0.0, radius * 0.055 + 2)
    painter.drawLine(lower - QPointF(radius * 0.68, 0), lower + QPointF(radius * 0.68, 0))
