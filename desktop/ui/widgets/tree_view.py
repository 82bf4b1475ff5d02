"""How does a person choose among units that hang under each other?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.models.tree import COUNT, STRONG, TreeModel, TreeNode
from desktop.ui.widgets import marks
from desktop.ui.widgets.buttons import BY_KEY
from desktop.ui.widgets.cells import AnyIndex

_INDENT = 16
_ARROW = 22


class TreeView(QTreeView):
    """A tree of titles with counts. ``chosen`` carries the key of the new current branch."""

    chosen = Signal(object)

    def __init__(self, *, name: str, label: str = "单位", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes = TreeModel(parent=self)
        self._quiet = False
        self.by_key = False
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("kind", "units")
        self.setModel(self._nodes)
        self.setItemDelegate(_Branch(self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(True)

    def set_nodes(self, nodes: Sequence[TreeNode]) -> None:
        """Show other branches; what was folded and what was current stays so."""
        current, folded = self.current_key(), self._folded()
        self._quiet = True
        self._nodes.set_nodes(nodes)
        self.expandAll()
        for key in folded:
            self.collapse(self._nodes.find(key))
        found = self._nodes.find(current) if current is not None else QModelIndex()
        self.setCurrentIndex(found if found.isValid() else self._nodes.index(0, 0))
        self._quiet = False

    def current_key(self) -> Hashable | None:
        node = self._nodes.node(self.currentIndex())
        return None if node is None else node.key

    def current_node(self) -> TreeNode | None:
        return self._nodes.node(self.currentIndex())

    def choose(self, key: Hashable) -> None:
        self.setCurrentIndex(self._nodes.find(key))

    def level(self, index: AnyIndex) -> int:
        above, deep = index.parent(), 0
        while above.isValid():
            above, deep = above.parent(), deep + 1
        return deep

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.chosen.emit(self.current_key())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        index = self.indexAt(spot)
        arrow = self.level(index) * _INDENT + _ARROW
        if index.isValid() and self._nodes.rowCount(index) and spot.x() < arrow:
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalnum():
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.by_key = event.reason() in BY_KEY
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.by_key = False
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """The delegate draws the arrows, so that they fit the rounded row."""

    def drawRow(
        self,
        painter: QPainter,
        options: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        # the base class would first fill the row in the style's colours
        self.itemDelegate().paint(painter, options, index)

    def _folded(self) -> list[Hashable]:
        folded: list[Hashable] = []
        waiting = [self._nodes.index(n, 0) for n in range(self._nodes.rowCount())]
        while waiting:
            index = waiting.pop()
            count = self._nodes.rowCount(index)
            if count and not self.isExpanded(index):
                node = self._nodes.node(index)
                folded += [node.key] if node else []
            waiting += [self._nodes.index(n, 0, index) for n in range(count)]
        return folded


class _Branch(QStyledItemDelegate):
    """Paints one branch: arrow, title, count."""

    def __init__(self, view: TreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(80, QFontMetrics(theme.font("table")).height() + 11)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        area = QRectF(option.rect)
        left = area.left() + self._view.level(index) * _INDENT
        chosen = index == self._view.currentIndex()
        painter.save()
        box = QRectF(left + 16, area.top() + 1, area.right() - left - 16, area.height() - 2)
        if chosen or self._is_hovered(option):
            marks.rounded(painter, box, "asoft" if chosen else "press", 6)
        if chosen and self._view.by_key:
            marks.ring(painter, box, 6)
        if self._view.model().rowCount(index):
            name = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
            icons.paint(painter, name, "text2", left, area.center().y() - 7, 14)
        self._write(painter, box.adjusted(8, 0, -8, 0), index, chosen)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        index: AnyIndex,
        chosen: bool,
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        count = index.data(COUNT)
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("accentText" if chosen else "text2"))
        painter.drawText(
            box, int(middle | Qt.AlignmentFlag.AlignRight), "" if count is None else str(count)
        )
        font = theme.font("table")
        font.setBold(bool(index.data(STRONG)))
        painter.setFont(font)
        painter.setPen(theme.color("accentText" if chosen else "text"))
        room = round(box.width()) - 36
        title = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, int(middle | Qt.AlignmentFlag.AlignLeft), title)

    def _is_hovered(self, option: QStyleOptionViewItem) -> bool:
        spot = self._view.viewport().mapFromGlobal(self._view.cursor().pos())
        return self._view.viewport().underMouse() and option.rect.contains(spot)
