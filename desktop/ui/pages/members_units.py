"""Which part of the organisation is looked at, and how is its tree kept in order?"""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.models.members import STAFF, Place
from desktop.ui.models.members_reads import TreeRead, nodes
from desktop.ui.widgets import marks
from desktop.ui.widgets.buttons import Button, IconButton, Menu
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.tree_view import TreeView

PEOPLE = "application/x-banbiantian-members"


class UnitTree(TreeView):
    """The tree of units. People can be dropped on a unit; ``dropped`` carries its place and
    their ids.

    F2, Del, Insert and the menu key act on the current unit: ``rename_requested`` and its like.
    """

    dropped = Signal(object, object)
    rename_requested = Signal()
    removal_requested = Signal()
    addition_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="members.units", label="单位", parent=parent)
        self.setAcceptDrops(True)
        self._target = QModelIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish = {
            Qt.Key.Key_F2: self.rename_requested,
            Qt.Key.Key_Delete: self.removal_requested,
            Qt.Key.Key_Insert: self.addition_requested,
        }.get(Qt.Key(event.key()))
        if wish is not None and not event.modifiers():
            wish.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            spot = self.viewport().mapFromGlobal(event.globalPos())
            index = self.indexAt(spot)
            if index.isValid():
                self.setCurrentIndex(index)
            self.menu_requested.emit(event.globalPos())
        else:
            area = self.visualRect(self.currentIndex())
            self.menu_requested.emit(self.viewport().mapToGlobal(area.bottomLeft()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(PEOPLE):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._aim(self.indexAt(event.position().toPoint()))
        if self._target.isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        place = self.place_at(self.indexAt(event.position().toPoint()))
        self._aim(QModelIndex())
        people = people_in(event.mimeData())
        if place is not None and people:
            event.acceptProposedAction()
            self.dropped.emit(place, people)

    def place_at(self, index: QModelIndex) -> Place | None:
        """The unit (or the absence of one) at an index; None where people cannot be put."""
        model = self.model()
        key = model.node(index).key if index.isValid() else None  # type: ignore[attr-defined]
        if isinstance(key, Place) and key.kind in ("unit", "without"):
            return key
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target.isValid():
            area = self.visualRect(self._target).adjusted(16, 1, 0, -1)
            marks.ring(QPainter(self.viewport()), area.toRectF(), 6)

    def _aim(self, index: QModelIndex) -> None:
        self._target = index if self.place_at(index) is not None else QModelIndex()
        self.viewport().update()


class UnitPane(QWidget):
    """The tree with its title and what can be done to a unit.

    ``chosen`` carries the place looked at; the wishes carry a unit's id (``add_requested`` the
    one above the new unit, None for the top), ``bin_requested`` asks for what was removed.
    """

    chosen = Signal(object)
    settled = Signal()
    dropped = Signal(object, object)
    add_requested = Signal(object)
    rename_requested = Signal(int)
    headcount_requested = Signal(int)
    move_requested = Signal(int)
    remove_requested = Signal(int)
    merge_requested = Signal(int)
    bin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("members.unit_pane")
        self._menu: Menu | None = None
        self._past = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 2, 0)
        head.addWidget(Label("单位", "cap"))
        head.addStretch()
        self.more = IconButton(
            "ellipsis", "改名、移动、删除", name="members.unit_more", size="small"
        )
        self.more.clicked.connect(self._open_under_more)
        self.add = IconButton("plus", "新增单位", name="members.unit_add", size="small")
        self.add.clicked.connect(self._add)
        head.addWidget(self.more)
        head.addWidget(self.add)
        column.addLayout(head)
        self.tree = UnitTree()
        self.tree.chosen.connect(self._chosen)
        self.tree.clicked.connect(self.settled)
        self.tree.activated.connect(self.settled)
        self.tree.dropped.connect(self.dropped)
        self.tree.rename_requested.connect(self._rename)
        self.tree.removal_requested.connect(self._remove)
        self.tree.addition_requested.connect(self._add)
        self.tree.menu_requested.connect(self._open_menu)
        column.addWidget(self.tree, 1)
        self.bin = Button("已移出", "trash-2", "ghost", "small", name="members.bin_open", tip="F8")
        self.bin.clicked.connect(self.bin_requested)
        column.addWidget(self.bin)
        self.set_wide(True)

    def show_tree(self, read: TreeRead) -> None:
        self.tree.set_nodes(nodes(read))
        self._chosen(self.tree.current_key(), quiet=True)

    def choose(self, place: Place) -> None:
        """Mark a place without saying so; one that is gone falls back to everybody."""
        if self.tree.current_key() == place:
            return
        self.tree.blockSignals(True)
        self.tree.choose(place)
        self.tree.blockSignals(False)
        self._chosen(place, quiet=True)

    def place(self) -> Place:
        key = self.tree.current_key()
        return key if isinstance(key, Place) else STAFF

    def set_past(self, reason: str) -> None:
        """Why nothing can be done to units just now; empty when it can."""
        self._past = reason
        self.add.setEnabled(not reason)
        self.bin.set_reason(reason)
        self._chosen(self.tree.current_key(), quiet=True)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.more, self.add, self.tree, self.bin]

    def set_wide(self, wide: bool) -> None:
        """Beside the table, or inside a popup."""
        self.setFixedWidth(theme.px(192 if wide else 248))
        self.setMinimumHeight(0 if wide else theme.px(360))

    def _unit(self) -> int | None:
        place = self.place()
        return place.unit_id if place.kind == "unit" else None

    def _chosen(self, key: Hashable | None, *, quiet: bool = False) -> None:
        self.more.setEnabled(self._unit() is not None and not self._past)
        self.more.setToolTip("改名、移动、删除" if self._unit() is not None else "先选一个单位")
        if isinstance(key, Place) and not quiet:
            self.chosen.emit(key)

    def _open_under_more(self) -> None:
        self._open_menu(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _open_menu(self, spot: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = Menu(self)
        menu.setObjectName("members.unit_menu")
        has_unit = self._unit() is not None
        menu.addAction("新增下级单位…" if has_unit else "新增单位…").triggered.connect(self._add)
        if has_unit:
            menu.addAction("改名…\tF2").triggered.connect(self._rename)
            menu.addAction("职工总数…").triggered.connect(self._headcount)
            menu.addAction("移到别的单位下…").triggered.connect(self._move)
            menu.addAction("并入别的单位…").triggered.connect(self._merge)
            menu.addSeparator()
            menu.addAction("删除单位\tDel").triggered.connect(self._remove)
        menu.popup(spot)

    def _add(self) -> None:
        self.add_requested.emit(self._unit())

    def _rename(self) -> None:
        unit = self._unit()
        if unit is not None:
            self.rename_requested.emit(unit)

    def _headcount(self) -> None:
        unit = self._unit()
        if unit is not None:
            self.headcount_requested.emit(unit)

    def _move(self) -> None:
        unit = self._unit()
        if unit is not None:
            self.move_requested.emit(unit)

    def _merge(self) -> None:
        unit = self._unit()
        if unit is not None:
            self.merge_requested.emit(unit)

    def _remove(self) -> None:
        unit = self._unit()
        if unit is not None:
            self.remove_requested.emit(unit)


def people_in(data: QMimeData) -> tuple[int, ...]:
    """The ids of the people that are being dragged."""
    text = data.data(PEOPLE).toStdString()
    return tuple(int(part) for part in text.split(",") if part)
