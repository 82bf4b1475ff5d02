"""How are the marks drawn that several painted widgets share?"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.ui import theme

BOX = 16


def check(painter: QPainter, box: QRectF, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """A tick box of 16 by 16 in one of its three states."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    square = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if state == Qt.CheckState.Unchecked:
        painter.setPen(QPen(theme.color("ctl" if enabled else "border2"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(square, 4, 4)
        painter.restore()
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent" if enabled else "disabled"))
    painter.drawRoundedRect(box, 4, 4)
    pen = QPen(theme.color("onAccent"), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    x, y, unit = box.x(), box.y(), box.width() / 16
    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(
            QPointF(x + 4.5 * unit, y + 8 * unit), QPointF(x + 11.5 * unit, y + 8 * unit)
        )
    else:
        points = [(4.2, 8.4), (7.0, 11.1), (11.9, 5.3)]
        painter.drawPolyline(QPolygonF([QPointF(x + a * unit, y + b * unit) for a, b in points]))
    painter.restore()


def ring(painter: QPainter, around: QRectF, radius: float = 7) -> None:
    """The 2 px ring of keyboard focus."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accentText"), 2))
    painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def rounded(painter: QPainter, area: QRectF, ink: str, radius: float = 6) -> None:
    """A filled rounded rectangle in a ink's colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ink))
    painter.drawRoundedRect(area, radius, radius)
    painter.restore()
