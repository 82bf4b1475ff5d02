"""How is one cell of a table painted?"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from desktop.ui import icons, theme
from desktop.ui.models.rows import CELL, Cell, RowsModel
from desktop.ui.widgets import marks

PAD = 12
_SIGN = {
    "danger": "circle-x",
    "amber": "triangle-alert",
    "info": "info",
    "jade": "circle-check",
    "neutral": "circle-minus",
}
_SOFT = {
    "danger": "dangerSoft",
    "amber": "amberSoft",
    "info": "infoSoft",
    "jade": "jadeSoft",
    "neutral": "neutralChip",
}
_INK = {"neutral": "text2", "": "text"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

AnyIndex = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints row states, hairlines and the declared cell. Nothing is left to the style."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area = option.rect
        model = index.model()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(area, self._ground(index))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("hair"))
        if isinstance(model, RowsModel) and not model.is_group(index.row()):
            if index.column() == 0 and index.row() == _current_row(self.parent()):
                painter.fillRect(area.left(), area.top(), 3, area.height(), theme.color("bar"))
            column = model.column_at(index.column())
            if column is None:
                marks.check(painter, tick_box(area), _tick(model, index.row()))
            else:
                paint_cell(painter, area, index.data(CELL), right=column.right)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        cell = index.data(CELL)
        if event.type() != QEvent.Type.ToolTip or not isinstance(cell, Cell):
            return False
        room = option.rect.width() - 2 * PAD
        words = QFontMetricsF(theme.font("name")).horizontalAdvance(cell.text + cell.words)
        QToolTip.showText(event.globalPos(), _whole(cell) if words > room else "", view)
        return True

    def _ground(self, index: AnyIndex) -> QColor:
        model, row = index.model(), index.row()
        if isinstance(model, RowsModel) and model.is_group(row):
            return theme.color("sunken")
        current, hovered = row == _current_row(self.parent()), row == self.hovered_row
        if current:
            return theme.color("selHover" if hovered else "sel")
        if isinstance(model, RowsModel) and model.is_ticked(row):
            return theme.color("selHover" if hovered else "asoft2")
        return theme.color("hover" if hovered else "surface")


def paint_cell(painter: QPainter, area: QRect, cell: Cell | None, *, right: bool = False) -> None:
    """Paint a cell's text, sign, tint, search hits and struck-out old value into ``area``."""
    if cell is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(area).adjusted(PAD, 0, -PAD, -1)
    if cell.tinted:
        tint = QRectF(area).adjusted(5, 3, -5, -4)
        marks.rounded(painter, tint, _SOFT.get(cell.tone, "neutralChip"), 6)
        if cell.outlined:
            _outline(painter, tint, cell)
    if cell.words or cell.old:
        inner.setRight(_paint_end(painter, inner, cell) - 6)
    if cell.sign:
        _sign(painter, cell.sign, _INK.get(cell.tone, cell.tone), inner)
        inner.setLeft(inner.left() + 20)
    font = theme.font("name" if cell.strong else "table")
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
    if cell.hits and not right:
        _paint_hits(painter, inner, shown, font, cell)
        return
    painter.setPen(theme.color(_ink(cell)))
    painter.drawText(inner, int(_RIGHT if right else _LEFT), shown)


def tick_box(area: QRect) -> QRectF:
    """Where the tick box stands in its cell."""
    x = area.left() + (area.width() - marks.BOX) // 2 + 1
    return QRectF(x, area.top() + (area.height() - marks.BOX) // 2, marks.BOX, marks.BOX)


def _ink(cell: Cell) -> str:
    if cell.tinted and cell.tone == "info":
        return "info"
    if cell.tone and cell.sign and not cell.tinted:
        # a sign in its tone beside ordinary words, except where the words are the warning
        return "text" if cell.tone == "jade" else _INK.get(cell.tone, cell.tone)
    return "text2" if cell.quiet else "text"


def _paint_end(painter: QPainter, inner: QRectF, cell: Cell) -> float:
    """Words with their sign, or the old value struck out, at the right; gives their left edge."""
    font: QFont = theme.font("cap")
    if cell.old:
        font.setStrikeOut(True)
    words = cell.old or cell.words
    metrics = QFontMetricsF(font)
    room = inner.width() * (0.5 if cell.text else 1.0) - (0 if cell.old else 17)
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(24.0, room))
    width = metrics.horizontalAdvance(words)
    left = inner.right() - width + 2
    painter.setFont(font)
    painter.setPen(theme.color("text2" if cell.old else _INK.get(cell.tone, cell.tone)))
    painter.drawText(QRectF(left, inner.top(), width + 2, inner.height()), int(_LEFT), words)
    if cell.old:
        return left
    sign = _SIGN.get(cell.tone, "info")
    tone = _INK.get(cell.tone, cell.tone)
    icons.paint(painter, sign, tone, left - 17, inner.center().y() - 6.5, 13)
    return left - 17


def _sign(painter: QPainter, name: str, ink: str, inner: QRectF) -> None:
    icons.paint(painter, name, ink, inner.left(), inner.center().y() - 7, 14)


def _outline(painter: QPainter, tint: QRectF, cell: Cell) -> None:
    painter.setPen(theme.color(cell.tone or "border2"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(tint.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _paint_hits(painter: QPainter, inner: QRectF, shown: str, font: QFont, cell: Cell) -> None:
    metrics = QFontMetricsF(font)
    hit = [any(start <= i < start + size for start, size in cell.hits) for i in range(len(shown))]
    baseline = inner.top() + (inner.height() + metrics.ascent() - metrics.descent()) / 2
    x, begin = inner.left(), 0
    for end in range(1, len(shown) + 1):
        if end < len(shown) and hit[end] == hit[begin]:
            continue
        part = shown[begin:end]
        width = metrics.horizontalAdvance(part)
        if hit[begin]:
            height = metrics.height() - 1
            mark = QRectF(x - 0.5, baseline - metrics.ascent(), width + 1, height)
            marks.rounded(painter, mark, "goldSoft", 3)
        painter.setPen(theme.color("goldText" if hit[begin] else _ink(cell)))
        painter.drawText(QPointF(x, baseline), part)
        x, begin = x + width, end


def _whole(cell: Cell) -> str:
    return "，".join(part for part in (cell.text, cell.words) if part)


def _tick(model: RowsModel, row: int) -> Qt.CheckState:
    return Qt.CheckState.Checked if model.is_ticked(row) else Qt.CheckState.Unchecked


def _current_row(view: object) -> int:
    return view.currentIndex().row() if isinstance(view, QAbstractItemView) else -1
