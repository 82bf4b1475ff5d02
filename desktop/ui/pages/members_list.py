"""How does the roster lie on the page: its head, its rows, and what can be done with many?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDrag, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.members import MemberRow
from desktop.ui import theme
from desktop.ui.models.members import STAFF, Filters
from desktop.ui.models.members_columns import (
    NARROW_FIRST,
    ColumnMemory,
    Shown,
    columns,
    order_of,
)
from desktop.ui.models.members_reads import ListRead, grouped
from desktop.ui.models.rows import RowsModel
from desktop.ui.pages.members_nobody import NobodyState
from desktop.ui.pages.members_units import PEOPLE
from desktop.ui.widgets.buttons import Button, Menu
from desktop.ui.widgets.drawer import BulkBar
from desktop.ui.widgets.labels import Card, Elided, Hairline, Label
from desktop.ui.widgets.table_view import TableView

_ROOM_FOR_ALL = 690
_SORTS = (("name", "按姓名"), ("unit_id", "按单位"), ("age", "按年龄"), ("post", "按职务"))


class RosterTable(TableView):
    """The table of people: F2 edits, and rows can be dragged onto a unit."""

    edit_requested = Signal()
    widened = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit_requested.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        pressed = getattr(self, "_pressed", QPoint())
        way = (event.position().toPoint() - pressed).manhattanLength()
        if held and way >= QApplication.startDragDistance() and self.dragged():
            self._drag()
            return
        if not held:
            super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widened.emit(self.viewport().width())

    def dragged(self) -> tuple[Hashable, ...]:
        """Who would be dragged: the ticked, or the current one."""
        ticked = self.rows_model().ticked()
        current = self.current_key()
        if current is not None and current not in ticked:
            return (current,)
        return tuple(ticked)

    def _drag(self) -> None:
        data = QMimeData()
        data.setData(PEOPLE, ",".join(str(key) for key in self.dragged()).encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.MoveAction)


class RosterCard(Card):
    """The sheet with the list.

    ``sorted`` carries (order, descending) as the service knows it; the other signals are wishes of
    the person. ``ticked`` and ``people`` say who is meant.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    sorted = Signal(str, bool)
    columns_requested = Signal()
    export_requested = Signal()
    move_requested = Signal()
    status_requested = Signal(QWidget)
    remove_requested = Signal()
    merge_requested = Signal()
    change_requested = Signal()
    edit_requested = Signal()
    typed = Signal(str)
    left_upward = Signal()
    ticks_changed = Signal(int)
    clear_requested = Signal()
    add_requested = Signal(str)
    everywhere_requested = Signal()
    places_requested = Signal(object)
    pick_requested = Signal()

    def __init__(self, memory: ColumnMemory, parent: QWidget | None = None) -> None:
        super().__init__(margins=(1, 1, 1, 8), spacing=0, parent=parent)
        self._memory = memory
        self._groups = False
        self._hint = ""
        self._past = ""
        self._menu: Menu | None = None
        self._read: ListRead | None = None
        self.shown = Shown()
        self._carried: tuple[str, ...] = ()
        self._waiting: tuple[int, ...] = ()
        self.model = RowsModel(
            columns(memory.keys(), self.shown), identify=_key, tickable=True, parent=self
        )
        self.body.addLayout(self._head())
        self.body.addWidget(Hairline())
        self.table = RosterTable(self.model, name="members.table", label="名册", widths=memory)
        self._faces = QStackedWidget()
        self._faces.setProperty("kind", "plain")
        self._faces.addWidget(self.table)
        self._empty: NobodyState | None = None
        inner = QVBoxLayout()
        inner.setContentsMargins(1, 0, 3, 0)
        inner.addWidget(self._faces)
        self.body.addLayout(inner, 1)
        self.bulk = self._bulk_bar()
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 6, 8, 0)
        foot.addWidget(self.bulk)
        self.body.addLayout(foot)
        self._connect()
        key, descending = memory.sorting()
        self.table.header.set_sorted(key, descending)

    # what the page calls

    def show_list(self, read: ListRead) -> None:
        """Show what was found, keeping the current row, the scroll position and the ticks."""
        self._read = read
        self.shown.typed, self.shown.shared = read.filters.find, read.shared
        if (read.register, read.also) != (self._memory.register, self._carried):
            self._memory.register, self._carried = read.register, read.also
            self.rebuild()
        self.model.set_rows(grouped(read.rows) if self._grouping() else read.rows)
        waiting, self._waiting = self._waiting, ()
        if waiting:
            self.tick(waiting)
        self._say(read)
        if read.rows:
            self._faces.setCurrentWidget(self.table)
        else:
            self._show_empty(read)

    def rows(self) -> Sequence[MemberRow]:
        return self.model.rows()

    def count(self) -> int:
        """How many the question found, also while the first of them are shown."""
        return self._read.count if self._read is not None else 0

    def people(self) -> tuple[MemberRow, ...]:
        """Who is meant: the ticked in the order of the list, else the current one."""
        ticked = self.model.ticked()
        current = self.table.current_key()
        wanted = ticked or ({current} if current is not None else set())
        return tuple(row for row in self.model.rows() if row.id in wanted)

    def people_of(self, ids: Sequence[int | None]) -> tuple[MemberRow, ...]:
        """The rows of these people, as far as they are shown."""
        return tuple(row for row in self.model.rows() if row.id in ids)

    def tick(self, ids: Iterable[int], *, alone: bool = False) -> None:
        """Tick these people, besides those ticked already or alone, and go to the first."""
        wanted = tuple(ids)
        if alone:
            self.model.tick_all(False)
        self.model.tick(wanted)
        ticked = self.model.ticked()
        self.table.go_to(next((one for one in wanted if one in ticked), None))
        self.table.setFocus()

    def tick_when_shown(self, ids: Iterable[int]) -> None:
        """Tick these people in the list that comes next."""
        self._waiting = tuple(ids)

    def step_past(self, people: Sequence[MemberRow]) -> None:
        """Make the first row after these people current, so that removing them keeps the place."""
        going = {row.id for row in people}
        rows = self.model.rows()
        if self.table.current_key() not in going:
            return
        at = next(n for n, row in enumerate(rows) if row.id == self.table.current_key())
        staying = [row for row in rows[at:] if row.id not in going]
        staying = staying or [row for row in reversed(rows[:at]) if row.id not in going]
        if staying:
            self.table.go_to(staying[0].id)

    def say_how_to_move(self) -> None:
        """Say beside the count how people get into a unit."""
        self._hint = "勾选要移的人，再点下面的“改单位”"

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Show other columns from now on."""
        self._memory.choose(keys)
        self.rebuild()

    def rebuild(self) -> None:
        memory = self._memory
        self.model.set_columns(columns(memory.keys(), self.shown, memory.register, self._carried))
        self.table.fit_columns()
        self._fit(self.table.viewport().width())

    def set_hidden(self, hidden: bool) -> None:
        """Mask private numbers, or show them all."""
        self.shown.hidden = hidden
        self.table.viewport().update()

    def set_room(self, width: str, *, low: bool) -> None:
        self.places.setVisible(width != "wide")
        self._why.setVisible(width == "wide")
        self.table.set_density("compact" if low else "normal")

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.places, self.sort, self.choose, self.export, self.table]

    def sorting(self) -> tuple[str, bool]:
        """The order to ask the service for."""
        return _asked(*self._memory.sorting())

    def text(self) -> str:
        return self._count.text()

    def nobody(self) -> NobodyState | None:
        """What stands in place of the rows, if anything."""
        return self._empty if self._faces.currentWidget() is self._empty else None

    # private

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(2)
        self.places = Button("", "list-tree", "ghost", "small", name="members.places")
        self.places.clicked.connect(self._want_places)
        self.places.hide()
        self._count = Label("", "h3")
        self._count.setContentsMargins(8, 0, 0, 0)
        self._why = Elided("", "cap")
        self._why.setContentsMargins(8, 0, 0, 0)
        row.addWidget(self.places)
        row.addWidget(self._count)
        row.addWidget(self._why, 1)
        row.addStretch()
        self.sort = Button(
            "姓名",
            "arrow-down-wide-narrow",
            "ghost",
            "small",
            name="members.sort",
            tip="排序和分组",
        )
        self.choose = Button(
            "列", "columns-3", "ghost", "small", name="members.columns", tip="选择要看的列"
        )
        self.export = Button(
            "导出", "file-output", "ghost", "small", name="members.export", tip="导出名册"
        )
        for button in (self.sort, self.choose, self.export):
            row.addWidget(button)
        return row

    def _bulk_bar(self) -> BulkBar:
        bar = BulkBar(name="members.bulk")
        self.move_button = bar.add(
            Button("改单位", "arrow-left-right", size="small", name="members.bulk.move")
        )
        self.status_button = bar.add(
            Button("改状态", "user-round-check", "ghost", "small", name="members.bulk.status")
        )
        self.change_button = bar.add(
            Button("改字段", "pencil", "ghost", "small", name="members.bulk.change", tip="Ctrl+E")
        )
        self.change_button.clicked.connect(self.change_requested)
        self.merge_button = bar.add(
            Button("合并", "users", "ghost", "small", name="members.bulk.merge")
        )
        self.merge_button.clicked.connect(self.merge_requested)
        self.remove_button = bar.add(
            Button("移出名册", "trash-2", "ghost", "small", name="members.bulk.remove")
        )
        self.move_button.clicked.connect(self.move_requested)
        self.status_button.clicked.connect(self._want_status)
        self.remove_button.clicked.connect(self.remove_requested)
        bar.cleared.connect(self._untick)
        return bar

    def _connect(self) -> None:
        table = self.table
        table.current_changed.connect(self.current_changed)
        table.opened.connect(self.opened)
        table.typed.connect(self.typed)
        table.left_upward.connect(self.left_upward)
        table.removal_requested.connect(self.remove_requested)
        table.edit_requested.connect(self.edit_requested)
        table.widened.connect(self._fit)
        table.header.sort_requested.connect(self._sort)
        self.model.ticked_changed.connect(self._ticked)
        self.sort.clicked.connect(self._offer_sorts)
        self.choose.clicked.connect(self.columns_requested)
        self.export.clicked.connect(self.export_requested)

    def _say(self, read: ListRead) -> None:
        filters = read.filters
        count = read.count
        narrowed = not filters.is_plain() or filters.place != STAFF
        self._count.setText(f"匹配 {count} 人" if narrowed else f"共 {count} 人")
        hint, self._hint = self._hint, ""
        self._why.setText(hint or (_explanation(filters) if count else ""))
        self._show_sort()

    def _show_sort(self) -> None:
        key, _ = self._memory.sorting()
        title = dict(_SORTS).get(key, "按列").removeprefix("按")
        self.sort.set_text("按单位分组" if self._grouping() else title)

    def _grouping(self) -> bool:
        return self._groups and self._memory.sorting()[0] == "unit_id"

    def _sort(self, key: str, descending: bool) -> None:
        self._memory.sort_by(key, descending=descending)
        self.table.header.set_sorted(key, descending)
        self.sorted.emit(*_asked(key, descending))

    def _offer_sorts(self) -> None:
        menu = self._new_menu("members.sorts")
        now, descending = self._memory.sorting()
        for key, words in _SORTS:
            action = menu.addAction(words)
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == now)
            action.triggered.connect(self._sort_chosen)
        menu.addSeparator()
        turn = menu.addAction("反过来排")
        turn.setCheckable(True)
        turn.setChecked(descending)
        turn.triggered.connect(self._turn)
        group = menu.addAction("按单位分组")
        group.setCheckable(True)
        group.setChecked(self._grouping())
        group.triggered.connect(self._group)
        menu.popup(self.sort.mapToGlobal(QPoint(0, self.sort.height())))

    def _sort_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._sort(str(action.data()), False)

    def _turn(self) -> None:
        key, descending = self._memory.sorting()
        self._sort(key, not descending)

    def _group(self, on: bool) -> None:
        self._groups = on
        self._sort("unit_id", False)

    def _new_menu(self, name: str) -> Menu:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = Menu(self)
        self._menu.setObjectName(name)
        return self._menu

    def _ticked(self, count: int) -> None:
        self.bulk.set_count(count)
        self._say_bulk(count)
        self.ticks_changed.emit(count)

    def set_past(self, reason: str) -> None:
        """Why nothing can be done to many just now; empty when it can."""
        self._past = reason
        self._say_bulk(len(self.model.ticked()))

    def _say_bulk(self, count: int) -> None:
        buttons = (self.move_button, self.status_button, self.change_button, self.remove_button)
        for button in buttons:
            button.set_reason(self._past)
        self.merge_button.set_reason(self._past or ("" if count == 2 else "勾选两个人才能合并"))

    def _untick(self) -> None:
        self.model.tick_all(False)
        self.table.setFocus()

    def _want_status(self) -> None:
        self.status_requested.emit(self.status_button)

    def _want_places(self) -> None:
        self.places_requested.emit(self.places)

    def _fit(self, room: int) -> None:
        """Let one column give way where there is little room and nothing was chosen by hand."""
        keys = self._memory.keys()
        if NARROW_FIRST not in keys:
            return
        tight = room < theme.px(_ROOM_FOR_ALL) and not self._memory.is_chosen()
        self.table.setColumnHidden(1 + keys.index(NARROW_FIRST), tight)

    def _show_empty(self, read: ListRead) -> None:
        state = NobodyState(read)
        state.clear_requested.connect(self.clear_requested)
        state.add_requested.connect(self.add_requested)
        state.everywhere_requested.connect(self.everywhere_requested)
        state.pick_requested.connect(self.pick_requested)
        if self._empty is not None:
            self._faces.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = state
        self._faces.addWidget(state)
        self._faces.setCurrentWidget(state)


def _key(row: MemberRow) -> Hashable:
    return row.id


def _asked(key: str, descending: bool) -> tuple[str, bool]:
    # a person who sorts by age wants the young first; the database knows only birth dates
    return order_of(key), descending != (key == "age")


def _explanation(filters: Filters) -> str:
    find = filters.find
    if not find:
        return ""
    if find.isascii() and find.isalpha():
        return f"拼音“{find}”，高亮处为命中"
    return f"“{find}”，高亮处为命中"
