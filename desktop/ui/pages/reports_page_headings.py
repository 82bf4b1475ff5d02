"""What stands over and beside the figures of a report: headings in two storeys, names of rows?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.fields.table import groups
from desktop.ui import theme

if TYPE_CHECKING:
    from desktop.ui.pages.reports_page_grid import ReportGrid

_WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_LEFT_WRAPPED = _MIDDLE_LEFT | int(Qt.TextFlag.TextWordWrap)
_PAD, _ABOVE, _GROUP, INDENT = 6, 14, 26, 17
CELL_PAD = 9


class Headings(QHeaderView):
    """Headings that wrap; neighbours of one group stand under its name."""

    def __init__(self, view: ReportGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setAccessibleName("表头")

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("cap"))
        cells = self._view.cells
        heights = [
            _wrapped_height(metrics, cells.heading(at).text, self.sectionSize(at))
            + (theme.px(_GROUP) if cells.heading(at).group else 0)
            for at in range(cells.columnCount())
        ]
        least = metrics.height() + (theme.px(_GROUP) if cells.table.has_groups else 0)
        return QSize(super().sizeHint().width(), max([*heights, least]) + _ABOVE)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        cells = self._view.cells
        heading, below = cells.heading(section), QRect(rect)
        painter.save()
        painter.setClipRect(rect)
        _ground(painter, rect)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text2"))
        if heading.group:
            whole = self._group_area(section, rect)
            painter.drawText(whole, int(Qt.AlignmentFlag.AlignCenter), heading.group)
            line = theme.color("border2")
            painter.fillRect(whole.left() + 4, whole.bottom(), whole.width() - 8, 1, line)
            below.setTop(whole.bottom() + 1)
        left = _PAD if heading.is_centred else CELL_PAD
        how = _WRAPPED if heading.is_centred else _LEFT_WRAPPED
        painter.drawText(below.adjusted(left, 0, -_PAD, 0), how, heading.text)
        painter.restore()

    def _group_area(self, section: int, rect: QRect) -> QRect:
        """Where the name of the group stands, of which this section shows a part."""
        first, last = next(
            (first - 1, last - 1)
            for first, last in groups(self._view.cells.table.headings)
            if first - 1 <= section <= last - 1
        )
        left = rect.left() - sum(self.sectionSize(at) for at in range(first, section))
        width = sum(self.sectionSize(at) for at in range(first, last + 1))
        return QRect(left, rect.top() + 3, width, theme.px(_GROUP))


class RowNames(QHeaderView):
    """The first column, which stays while the others are scrolled."""

    def __init__(self, view: ReportGrid) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setAccessibleName("行名")

    def set_width(self, width: int) -> None:
        self.setFixedWidth(width)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        cells = self._view.cells
        is_total = cells.is_total(section)
        painter.save()
        _ground(painter, rect, "sunken" if is_total else "surface")
        font: QFont = theme.font("table")
        font.setBold(is_total)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        inner = rect.adjusted(INDENT, 0, -_PAD, 0)
        text = QFontMetrics(font).elidedText(
            cells.text(section, -1), Qt.TextElideMode.ElideRight, inner.width() + 2
        )
        painter.drawText(inner, _MIDDLE_LEFT, text)
        painter.restore()


class Corner(QWidget):
    """The heading of the first column."""

    def __init__(self, view: ReportGrid) -> None:
        super().__init__(view)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_text(self, text: str) -> None:
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _ground(painter, self.rect())
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text2"))
        painter.drawText(self.rect().adjusted(INDENT, 0, -_PAD, 0), _MIDDLE_LEFT, self._text)


def _ground(painter: QPainter, rect: QRect, ink: str = "surface") -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(rect, theme.color(ink))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("hair"))


def _wrapped_height(metrics: QFontMetrics, text: str, width: int) -> int:
    room = QRect(0, 0, max(width - 2 * _PAD, 1), 1000)
    return metrics.boundingRect(room, _WRAPPED, text).height()
