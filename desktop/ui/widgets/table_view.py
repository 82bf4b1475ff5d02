"""How does a person go through a long list of rows?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Literal, Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
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
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.ui import theme
from desktop.ui.models.rows import Group, RowsModel
from desktop.ui.widgets import marks
from desktop.ui.widgets.buttons import BY_KEY
from desktop.ui.widgets.cells import AnyIndex, CellDelegate
from desktop.ui.widgets.table_header import TableHeader

Density = Literal["normal", "close", "compact"]
_AIR = {"normal": 17, "close": 15, "compact": 13}
TICK_WIDTH = 44
SPARE = 96


class WidthStore(Protocol):
    """Where column widths are kept between sessions, under the table's object name."""

    def column_widths(self, table: str) -> Sequence[int]: ...

    def keep_column_widths(self, table: str, widths: Sequence[int]) -> None: ...


class TableView(QTableView):
    """A table over a :class:`RowsModel`.

    ``current_changed`` carries the key of the current row (None for none), ``opened`` the key on
    Enter or a double click, ``typed`` what was typed while the table had the focus,
    ``removal_requested`` comes from Del. Space ticks, Shift+↑↓ ticks on the way, Ctrl+A ticks all,
    Ctrl+C copies the shown text with tabs.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    typed = Signal(str)
    removal_requested = Signal()
    left_upward = Signal()

    def __init__(
        self,
        model: RowsModel,
        *,
        name: str,
        label: str,
        density: Density = "normal",
        widths: WidthStore | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._density: Density = density
        self._widths = widths
        self._last_key: Hashable | None = None
        self._scroll = 0
        self._by_key = False
        self._is_fitting = True
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.header = TableHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self.fit_columns()
        self.set_density(density)
        model.modelAboutToBeReset.connect(self._remember_current)
        model.modelReset.connect(self._restore_current)
        self.header.sectionResized.connect(self._keep_widths)

    def _set_up(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._open)

    # what a page calls

    def rows_model(self) -> RowsModel:
        return self._rows

    def set_density(self, density: Density) -> None:
        """Row heights follow the font: 36, 34 or 32 pixels at standard size."""
        self._density = density
        height = QFontMetrics(theme.font("table")).height() + _AIR[density]
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)

    def row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def fit_columns(self) -> None:
        """Give the columns their declared or remembered widths. Call after ``set_columns``."""
        kept = list(self._widths.column_widths(self.objectName())) if self._widths else []
        declared = self._declared()
        widths = kept if len(kept) == len(declared) else declared
        self._is_fitting = True
        for section, width in enumerate(declared):
            column = self._rows.column_at(section)
            movable = column is not None and column.width > 0
            modes = QHeaderView.ResizeMode
            mode = modes.Interactive if movable else modes.Fixed
            self.header.setSectionResizeMode(section, mode)
            if column is None or movable:
                self.setColumnWidth(section, widths[section] or width)
        self._is_fitting = False
        self._spread()
        self.header.updateGeometry()

    def current_key(self) -> Hashable | None:
        return self._rows.key(self.currentIndex().row())

    def go_to(self, key: Hashable | None) -> bool:
        """Make the row with this key current and visible; False when it is not shown."""
        number = -1 if key is None else self._rows.row_of(key)
        if number < 0:
            self.setCurrentIndex(QModelIndex())
            return False
        self._go_to_row(number)
        return True

    def go_to_first(self) -> None:
        self._step_from(-1, 1)

    def step(self, by: int) -> None:
        """Go to a neighbouring row, over group rows."""
        self._step_from(self.currentIndex().row(), by)

    # Qt's side

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row():
            self.current_changed.emit(self._rows.key(current.row()))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self.go_to_first()
        self._by_key = event.reason() in BY_KEY
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._by_key = False
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.set_density(self._density)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_delegate"):
            self.set_density(self._density)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0 and not control:
            self.opened.emit(self.current_key())
        elif key == Qt.Key.Key_Space and self._rows.is_tickable:
            self._rows.set_ticked(row, not self._rows.is_ticked(row))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and shift and self._rows.is_tickable:
            self._rows.set_ticked(row, True)
            self.step(1 if key == Qt.Key.Key_Down else -1)
            self._rows.set_ticked(self.currentIndex().row(), True)
        elif key == Qt.Key.Key_Up and not shift and not control and self._is_first(row):
            self.left_upward.emit()
        elif key == Qt.Key.Key_A and control and self._rows.is_tickable:
            self._rows.tick_all()
        elif key == Qt.Key.Key_C and control:
            self.copy()
        elif key == Qt.Key.Key_Delete:
            self.removal_requested.emit()
        elif _is_word(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing searches the page, not this list."""

    def copy(self) -> None:
        """Put the ticked rows, or the current one, on the clipboard as shown (masked stays so)."""
        model = self._rows
        numbers = [n for n in range(model.rowCount()) if model.is_ticked(n)]
        numbers = numbers or [n for n in [self.currentIndex().row()] if model.key(n) is not None]
        lines = ("\t".join(model.cell(n, c).text for c in model.columns) for n in numbers)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._rows.is_tickable and index.column() == 0:
            self._rows.set_ticked(index.row(), not self._rows.is_ticked(index.row()))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for number in self._shown_groups():
            top = self.rowViewportPosition(number)
            self._paint_group(painter, self._rows.row(number), top, self.rowHeight(number))
        if self._by_key and self.currentIndex().isValid():
            row = self.currentIndex().row()
            area = QRect(
                0, self.rowViewportPosition(row), self.viewport().width(), self.row_height()
            )
            marks.ring(painter, QRectF(area), 4)

    # private

    def _declared(self) -> list[int]:
        ticks = [TICK_WIDTH] if self._rows.is_tickable else []
        return ticks + [round(theme.px(column.width)) for column in self._rows.columns]

    def _go_to_row(self, number: int) -> None:
        index = self._rows.index(number, self._rows.is_tickable)
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)

    def _step_from(self, row: int, by: int) -> None:
        number = row + by
        while 0 <= number < self._rows.rowCount() and self._rows.is_group(number):
            number += by
        if 0 <= number < self._rows.rowCount():
            self._go_to_row(number)

    def _is_first(self, row: int) -> bool:
        return all(self._rows.is_group(number) for number in range(max(0, row)))

    def _open(self, index: QModelIndex) -> None:
        key = self._rows.key(index.row())
        if key is not None:
            self.opened.emit(key)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def _remember_current(self) -> None:
        self._last_key = self.current_key()
        self._scroll = self.verticalScrollBar().value()

    def _restore_current(self) -> None:
        if self._last_key is not None and self._rows.row_of(self._last_key) >= 0:
            scroll = self._scroll
            self._go_to_row(self._rows.row_of(self._last_key))
            self.verticalScrollBar().setValue(scroll)
        elif self._last_key is not None:
            self.current_changed.emit(None)

    def _spread(self) -> None:
        """Give the spare width to the column that takes it, never less than it can be read at.

        Qt's own stretching keeps the last width where there is none to spare.
        """
        columns = range(self._rows.columnCount())
        taking = [n for n in columns if (c := self._rows.column_at(n)) and c.width == 0]
        if not taking:
            return
        others = sum(self.columnWidth(n) for n in columns if n != taking[0])
        self._is_fitting = True
        self.setColumnWidth(taking[0], max(theme.px(SPARE), self.viewport().width() - others))
        self._is_fitting = False

    def _keep_widths(self, *_changed: int) -> None:
        if self._is_fitting:
            return
        self._spread()
        if self._widths is not None:
            widths = [self.columnWidth(n) for n in range(self._rows.columnCount())]
            self._widths.keep_column_widths(self.objectName(), widths)

    def _shown_groups(self) -> list[int]:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = self._rows.rowCount() - 1 if last < 0 else last
        return [number for number in range(first, last + 1) if self._rows.is_group(number)]

    def _paint_group(self, painter: QPainter, group: Group, top: int, height: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0, top, self.viewport().width(), height - 1).adjusted(17, 0, -16, 0)
        centre = int(Qt.AlignmentFlag.AlignVCenter)
        if group.tone:
            dot = QRectF(area.left(), area.center().y() - 3.5, 7, 7)
            marks.rounded(painter, dot, group.tone, 3.5)
            area.setLeft(area.left() + 16)
        bold = theme.font("table")
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        painter.drawText(area, centre, group.title)
        after = area.adjusted(QFontMetrics(bold).horizontalAdvance(group.title) + 8, 0, 0, 0)
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font("table"))
        painter.drawText(after, centre, group.count)
        painter.setFont(theme.font("cap"))
        painter.drawText(area, centre | int(Qt.AlignmentFlag.AlignRight), group.note)


def _is_word(event: QKeyEvent) -> bool:
    plain = event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )
    return plain and len(event.text()) == 1 and event.text().isalnum()
