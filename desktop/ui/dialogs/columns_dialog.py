"""Which columns should a table show, and in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.models.members_columns import USUAL, Choosable
from desktop.ui.widgets import marks
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Label

_KEY = Qt.ItemDataRole.UserRole


class ColumnsDialog(Dialog):
    """A list of columns with ticks; Alt+↑↓ or the buttons change the order.

    The first column of ``all_columns`` is always shown.
    """

    def __init__(
        self,
        all_columns: Sequence[Choosable],
        chosen: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "要看的列", [Choice("use", "用这些列")], name="members.choose_columns", parent=parent
        )
        self._columns = {one.key: one for one in all_columns}
        self._fixed = all_columns[0].key
        self.body.addWidget(Label("要看的列", "h2"))
        self.body.addWidget(Label("打勾的列从上到下，就是表里从左到右。", "sub", wrap=True))
        self.list = QListWidget()
        self.list.setObjectName("members.choose_columns.list")
        self.list.setAccessibleName("列")
        self.list.setFixedHeight(theme.px(300))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setItemDelegate(_Line(self.list))
        self.list.itemClicked.connect(self._toggle)
        self.list.installEventFilter(self)
        self.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(6)
        for words, icon, name, act in (
            ("上移", "arrow-up", "up", self._move_up),
            ("下移", "arrow-down", "down", self._move_down),
            ("恢复原样", "undo-2", "reset", self._reset),
        ):
            button = Button(words, icon, "ghost", "small", name=f"members.choose_columns.{name}")
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch()
        self.body.addLayout(row)
        self._fill(chosen)
        self.fit()
        self.list.setFocus()

    def keys(self) -> tuple[str, ...]:
        """The columns with a tick, in order."""
        return tuple(
            str(item.data(_KEY))
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Space and self.list.currentItem() is not None:
            self._toggle(self.list.currentItem())
            return True
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if by is not None:
                self._move(by)
                return True
        return False

    def _fill(self, chosen: Sequence[str]) -> None:
        self.list.clear()
        rest = [key for key in self._columns if key not in chosen]
        for key in [*chosen, *rest]:
            item = QListWidgetItem(self._columns[key].title)
            item.setData(_KEY, key)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            if key == self._fixed:
                item.setToolTip("姓名总是显示")
            on = key in chosen or key == self._fixed
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def _toggle(self, item: QListWidgetItem) -> None:
        if item.data(_KEY) != self._fixed:
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + by < self.list.count():
            return
        item = self.list.takeItem(row)
        self.list.insertItem(row + by, item)
        self.list.setCurrentRow(row + by)

    def _reset(self) -> None:
        self._fill(USUAL)


class _Line(QStyledItemDelegate):
    """Paints one column: tick box and title, tinted where the keyboard stands."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, theme.px(28))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area: QRect = option.rect
        painter.save()
        if index == self._view.currentIndex():
            marks.rounded(painter, QRectF(area).adjusted(0, 1, -4, -1), "asoft", 6)
        box = QRectF(area.left() + 8, area.center().y() - 7, marks.BOX, marks.BOX)
        marks.check(painter, box, Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))
        painter.setFont(theme.font("table"))
        painter.setPen(theme.color("text"))
        words = area.adjusted(34, 0, -8, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        painter.restore()
