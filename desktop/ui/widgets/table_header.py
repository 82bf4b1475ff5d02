"""What stands over a table: titles, the sort sign, the box that ticks all, drop-downs?"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.ui import icons, theme
from desktop.ui.models.rows import Column, RowsModel
from desktop.ui.widgets import marks
from desktop.ui.widgets.cells import PAD, tick_box


class TableHeader(QHeaderView):
    """A painted header.

    ``sort_requested(key, descending)`` comes from a click on a sortable title,
    ``choice_requested(key, bottom left in global pixels)`` from a title that is a drop-down.
    """

    sort_requested = Signal(str, bool)
    choice_requested = Signal(str, QPoint)

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._sorted, self._descending = "", False
        self._hover = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(34)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMouseTracking(True)
        self.setAccessibleName("表头")

    def set_sorted(self, key: str, descending: bool = False) -> None:
        """Show the sort sign on a column; the rows are sorted by whoever reads them."""
        self._sorted, self._descending = key, descending
        self.viewport().update()

    def sorted_by(self) -> tuple[str, bool]:
        return self._sorted, self._descending

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(58 if self._has_choices() else 34))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed_to_resize = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not pressed_to_resize:
            self.press(self.logicalIndexAt(event.position().toPoint()))

    def press(self, section: int) -> None:
        """What a click on a section does; also reached by key from the table."""
        model = self.model()
        if not isinstance(model, RowsModel) or section < 0:
            return
        column = model.column_at(section)
        if column is None:
            model.tick_all(model.tick_state() != Qt.CheckState.Checked)
        elif column.choices:
            spot = QPoint(self.sectionViewportPosition(section) + 4, theme.px(36))
            self.choice_requested.emit(column.key, self.viewport().mapToGlobal(spot))
        elif column.sortable:
            descending = self._sorted == column.key and not self._descending
            self.set_sorted(column.key, descending)
            self.sort_requested.emit(column.key, descending)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, RowsModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(rect, theme.color("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("hair"))
        column = model.column_at(section)
        if column is None:
            marks.check(painter, tick_box(rect), model.tick_state())
        elif column.choices:
            _paint_choice(painter, rect, column)
        else:
            self._paint_title(painter, rect, column)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, column: Column) -> None:
        font = theme.font("cap")
        metrics = QFontMetrics(font)
        inner = rect.adjusted(PAD, 0, -PAD, -1)
        sign = self._sorted == column.key
        title = metrics.elidedText(
            column.title, Qt.TextElideMode.ElideRight, inner.width() - (14 if sign else 0)
        )
        width = metrics.horizontalAdvance(title)
        if column.right:
            inner.setLeft(inner.right() - width - (14 if sign else 0))
        painter.setFont(font)
        painter.setPen(theme.color("accentText" if sign else "text2"))
        painter.drawText(inner, int(self.defaultAlignment()), title)
        if sign:
            name = "arrow-down" if self._descending else "arrow-up"
            icons.paint(
                painter, name, "accentText", inner.left() + width + 3, inner.center().y() - 5.5, 12
            )

    def _has_choices(self) -> bool:
        model = self.model()
        return isinstance(model, RowsModel) and any(column.choices for column in model.columns)


def _paint_choice(painter: QPainter, rect: QRect, column: Column) -> None:
    """A title that looks like a small drop-down, with its caption under it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect.left() + 4.5, rect.top() + 6.5, rect.width() - 9, theme.px(28))
    painter.setPen(QPen(theme.color("border" if column.muted else "border2"), 1))
    painter.setBrush(theme.color("sunken" if column.muted else "surface"))
    painter.drawRoundedRect(box, 7, 7)
    painter.setFont(theme.font("table"))
    painter.setPen(theme.color("text2" if column.muted else "text"))
    inner = box.adjusted(8, 0, -22, 0)
    metrics = QFontMetrics(theme.font("table"))
    title = metrics.elidedText(
        column.title, Qt.TextElideMode.ElideRight, max(20, round(inner.width()))
    )
    left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(inner, left, title)
    icons.paint(painter, "chevron-down", "text2", box.right() - 20, box.center().y() - 7, 14)
    under = QRectF(rect.left() + 10, box.bottom() + 2, rect.width() - 14, theme.px(18))
    sign = "link-2-off" if column.muted else "link-2"
    icons.paint(painter, sign, "text3", under.left(), under.center().y() - 6, 12)
    painter.setFont(theme.font("cap"))
    painter.setPen(theme.color("text2"))
    caption = QFontMetrics(theme.font("cap")).elidedText(
        column.caption, Qt.TextElideMode.ElideRight, round(under.width()) - 17
    )
    painter.drawText(under.adjusted(17, 0, 0, 0), left, caption)
