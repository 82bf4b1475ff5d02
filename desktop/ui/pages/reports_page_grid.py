"""How is a finished table shown so that every figure can be walked to and opened?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.fields.table import Cell, Heading, Table, shown
from desktop.ui import theme
from desktop.ui.pages.reports_page_headings import CELL_PAD, INDENT, Corner, Headings, RowNames
from desktop.ui.widgets import marks
from desktop.ui.widgets.buttons import BY_KEY

AnyIndex = QModelIndex | QPersistentModelIndex
CELL = int(Qt.ItemDataRole.UserRole) + 1

_SAMPLE = 400
_NARROWEST, _WIDEST, _FIRST_WIDEST = 46, 220, 190
_HEADING_EMS = 4.4  # a longer heading takes further lines
_AIR, _LITTLE_AIR = 15, 11


@dataclass(frozen=True)
class Opened:
    """The people behind one figure, and what it is called."""

    title: str
    members: tuple[int, ...]


class ReportModel(QAbstractTableModel):
    """The cells of a table behind its first column, the row of totals last."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.table = Table("", (), ())
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    def set_table(self, table: Table) -> None:
        self.beginResetModel()
        self.table = table
        self.rows = table.rows + ((table.total,) if table.total else ())
        self.endResetModel()

    def heading(self, column: int) -> Heading:
        return self.table.headings[column + 1]

    def cell(self, row: int, column: int) -> Cell:
        return self.rows[row][column + 1]

    def text(self, row: int, column: int) -> str:
        """A cell as it is printed; column -1 is the name of the row."""
        return shown(self.heading(column), self.rows[row][column + 1].value)

    def is_total(self, row: int) -> bool:
        return row >= len(self.table.rows)

    def title(self, row: int, column: int) -> str:
        """What a figure is called: its row and its headings."""
        heading = self.heading(column)
        parts = [self.text(row, -1), heading.group, heading.text]
        return "·".join(part for part in parts if part)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else max(len(self.table.headings) - 1, 0)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == CELL:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.text(section, -1)
        heading = self.heading(section)
        return f"{heading.group}，{heading.text}" if heading.group else heading.text

    def _spoken(self, row: int, column: int) -> str:
        heading, cell = self.heading(column), self.cell(row, column)
        said = self.text(row, column) or ("手工填写" if heading.by_hand else "空")
        opens = "，按回车看是谁" if cell.members else ""
        return f"{self.text(row, -1)}，{heading.group}{heading.text}，{said}{opens}"


class ReportGrid(QTableView):
    """A table of figures. ``opened`` carries an :class:`Opened` on Enter or a double click."""

    opened = Signal(object)

    def __init__(self, *, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.cells = ReportModel(self)
        self.by_key = False
        self._low = False
        self._names = RowNames(self)
        self.setHorizontalHeader(Headings(self))
        self.setVerticalHeader(self._names)
        self.setModel(self.cells)
        self.setItemDelegate(_Figure(self))
        self._corner = Corner(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._open)

    def set_table(self, table: Table) -> None:
        """Show another table; the same place stays current where it still exists."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.cells.set_table(table)
        self._corner.set_text(table.headings[0].text if table.headings else "")
        self._fit()
        if 0 <= row < self.cells.rowCount() and 0 <= column < self.cells.columnCount():
            self.setCurrentIndex(self.cells.index(row, column))

    def go_to_first(self) -> None:
        """Stand on the first figure, unless one is stood on already."""
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, 0))

    def set_low(self, low: bool) -> None:
        self._low = low
        self._fit_rows()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_C and control:
            self.copy()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here."""

    def copy(self) -> None:
        """Put the whole table on the clipboard, as shown, with tabs."""
        model = self.cells
        lines = [[heading.text for heading in model.table.headings]]
        columns = range(-1, model.columnCount())
        lines += [[model.text(row, at) for at in columns] for row in range(model.rowCount())]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.by_key = event.reason() in BY_KEY
        self.go_to_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.by_key = False
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_corner"):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "_corner"):
            size = (self._names.width(), self.horizontalHeader().height())
            self._corner.setGeometry(0, 0, *size)

    # private

    def _open(self, index: AnyIndex) -> None:
        if not index.isValid():
            return
        row, column = index.row(), index.column()
        people = self.cells.cell(row, column).members
        if people:
            self.opened.emit(Opened(self.cells.title(row, column), people))

    def _fit(self) -> None:
        self._fit_rows()
        self._names.set_width(self._needed(-1, _FIRST_WIDEST) + INDENT - CELL_PAD)
        for at in range(self.cells.columnCount()):
            self.setColumnWidth(at, self._needed(at, _WIDEST))
        self._spread()

    def _fit_rows(self) -> None:
        air = _LITTLE_AIR if self._low else _AIR
        self._names.setDefaultSectionSize(QFontMetrics(theme.font("table")).height() + air)

    def _needed(self, column: int, most: int) -> int:
        """The width of a column, from its heading and a sample of what stands in it."""
        if column + 1 >= len(self.cells.table.headings):
            return 0
        metrics, small = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("cap"))
        rows = self.cells.rowCount()
        sample = {*range(0, rows, rows // _SAMPLE + 1), *([rows - 1] if rows else [])}
        texts = (self.cells.text(row, column) for row in sample)
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        heading = small.horizontalAdvance(self.cells.heading(column).text)
        widest = max(widest, min(heading, round(small.height() * _HEADING_EMS * 0.78)))
        return min(max(widest + 2 * CELL_PAD + 2, theme.px(_NARROWEST)), theme.px(most))

    def _spread(self) -> None:
        """Share the spare width: among columns of words if there are any, else among all."""
        count = self.cells.columnCount()
        needed = [self._needed(at, _WIDEST) for at in range(count)]
        spare = self.viewport().width() - sum(needed)
        if not count or spare <= 0:
            return
        words = [at for at in range(count) if not self.cells.heading(at).is_centred]
        taking = words or list(range(count))
        for at in range(count):
            self.setColumnWidth(at, needed[at] + (spare // len(taking) if at in taking else 0))


class _Figure(QStyledItemDelegate):
    """Paints one cell: what opens a list stands in the ink of links."""

    def __init__(self, view: ReportGrid) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, area = self._view.cells, option.rect
        heading, cell = model.heading(index.column()), model.cell(index.row(), index.column())
        is_total, is_here = model.is_total(index.row()), index == self._view.currentIndex()
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and bool(cell.members)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ground = "sunken" if is_total or heading.by_hand else "surface"
        painter.fillRect(area, theme.color("hover" if is_hovered else ground))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("hair"))
        if is_here:
            marks.rounded(painter, QRectF(area).adjusted(1, 1, -1, -2), "sel", 5)
        if is_here and self._view.by_key:
            marks.ring(painter, QRectF(area).adjusted(1, 1, -1, -2), 5)
        self._write(painter, area, heading, cell, is_total=is_total)
        painter.restore()

    def _write(
        self, painter: QPainter, area: QRect, heading: Heading, cell: Cell, *, is_total: bool
    ) -> None:
        font = theme.font("table")
        font.setBold(is_total)
        painter.setFont(font)
        painter.setPen(theme.color(_ink(heading, cell)))
        inner = area.adjusted(CELL_PAD, 0, -CELL_PAD, 0)
        text = QFontMetrics(font).elidedText(
            shown(heading, cell.value), Qt.TextElideMode.ElideRight, inner.width() + 2
        )
        side = Qt.AlignmentFlag.AlignHCenter if heading.is_centred else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), text)


def _ink(heading: Heading, cell: Cell) -> str:
    if cell.value == 0:
        return "text3"
    is_figure = isinstance(cell.value, int) or heading.is_person
    return "accentText" if cell.members and is_figure else "text"
