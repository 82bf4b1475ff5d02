"""The roster: how is one found in two seconds, and how is something done to many at once?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from db.errors import AppError
from desktop.fields import Register
from desktop.paths import DataFolder
from desktop.settings import Settings
from desktop.ui.dialogs import import_files
from desktop.ui.jobs import Job, Jobs
from desktop.ui.models.members import STAFF, Filters, Place
from desktop.ui.models.members_columns import ColumnMemory, also, choosable
from desktop.ui.models.members_reads import NOTHING, ListRead, TreeRead, read_list, read_tree
from desktop.ui.pages.members_actions import Actions
from desktop.ui.pages.members_bulk_edit import BulkEdit
from desktop.ui.pages.members_drawer import PersonDrawer
from desktop.ui.pages.members_export import Exporting, PickTarget
from desktop.ui.pages.members_filters import FilterBar
from desktop.ui.pages.members_list import RosterCard
from desktop.ui.pages.members_over_time import OverTime
from desktop.ui.pages.members_paste import Paste
from desktop.ui.pages.members_people_work import PeopleWork
from desktop.ui.pages.members_person import PersonSide
from desktop.ui.pages.members_saved import SavedConditions
from desktop.ui.pages.members_unit_work import UnitWork
from desktop.ui.pages.members_units import UnitPane
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import EmptyState
from desktop.ui.widgets.page import Page, Room
from desktop.ui.widgets.popup import Popup

if TYPE_CHECKING:
    from desktop.ui.dialogs.columns_dialog import ColumnsDialog

TABLES = frozenset(("members", "units", "own_fields"))
_FIRST_ROWS = 300  # more than a screen shows; reading the rest does not keep her typing waiting
_DRAWER_WIDTHS = {"wide": 324, "middle": 286, "narrow": 324}


class MembersPage(Page):
    """The members page.

    ``revealed`` carries the id of a person whose numbers were shown.
    ``activate`` takes nothing, the id of a person to show, or a :class:`Filters`.
    """

    revealed = Signal(int)

    def __init__(
        self,
        jobs: Jobs,
        *,
        today: Callable[[], date],
        settings: Settings,
        folder: DataFolder | None = None,
        pick_target: PickTarget = import_files.pick_target,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("成员", name="members", parent=parent)
        self._jobs, self._today = jobs, today
        self._memory = ColumnMemory(settings, "members.table")
        self._tree = NOTHING
        self._asked = 0
        self._reading: Job | None = None
        self._wanted: int | None = None
        self.filters = FilterBar()
        self.units = UnitPane()
        self.list = RosterCard(self._memory)
        self.drawer = PersonDrawer(today)
        self.person = PersonSide(jobs, today, self.drawer, self)
        actions = Actions(jobs, self._done, self.told.emit, self)
        self.unit_work = UnitWork(actions, self)
        self.people_work = PeopleWork(actions, self.unit_work, today, self)
        self.over_time = OverTime(jobs, actions, today, self)
        self.bulk_edit = BulkEdit(jobs, actions, self)
        self.pasting = Paste(jobs, self.list, self.asked_for, self)
        self.exporting = Exporting(jobs, today, self, pick_target, settings=settings, folder=folder)
        self.saved = SavedConditions(jobs, today, self.filters, self)
        self.saved.did.connect(self.did)
        self._actions = actions
        order, descending = self.list.sorting()
        self._filters = Filters(order=order, descending=descending)
        self._lay_out()
        self._connect()

    # what the window calls

    def activate(self, argument: object = None) -> None:
        """Come to the front with what was there before, or with what is asked for."""
        if isinstance(argument, Filters):
            order, descending = self.list.sorting()
            self._filters = replace(argument, order=order, descending=descending)
            self.filters.show_filters(self._filters)
            self._show_day()
        elif isinstance(argument, int):
            self._go_to(argument)
        self.show_loading()
        self.reload()
        if argument == "new":
            QTimer.singleShot(0, self, self.new_item)  # once the focus has come to the page

    def focus_first(self) -> None:
        self.filters.take_focus()

    def search(self) -> None:
        self.filters.take_focus()

    def new_item(self) -> None:
        """Open the form for a new person, in the unit that is looked at."""
        self._new("")

    def reload(self) -> None:
        """Read tree, list and drawer again; selection and place stay."""
        self._read_tree()
        self._read_list()
        self.person.refresh()
        self.saved.reload()

    def shows(self, tables: frozenset[str]) -> bool:
        return bool(TABLES & tables)

    def step_out(self) -> bool:
        """Esc: the form, the drawer, the ticks, what was typed; one at a time."""
        if self.person.close():
            return True
        if self.list.model.ticked():
            self.list.model.tick_all(False)
        elif self._filters.find:
            self._ask(replace(self._filters, find=""))
            self.filters.take_focus()
        else:
            return False
        return True

    def panes(self) -> list[QWidget]:
        return [self.header_bar, self.units, self.list, self.drawer]

    def arrange(self, room: Room) -> None:
        super().arrange(room)
        self.filters.set_room(room.width)
        self.list.set_room(room.width, low=room.low)
        self.drawer.set_full_width(_DRAWER_WIDTHS[room.width])
        self._place_units(wide=room.width == "wide")
        self._place_drawer(covers=room.width == "narrow")
        self._order_tabs()

    def asked_for(self) -> Filters:
        """What the list was asked for."""
        return self._filters

    # Qt's side

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._set_hidden(True)
        self.drawer.hide_numbers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover()

    # building

    def _lay_out(self) -> None:
        self.header.addSpacing(4)
        self.header.addWidget(self.filters, 1)
        self.import_button = Button("导入名册", "file-input", name="members.import", tip="Ctrl+O")
        self.import_button.setProperty("folds", "true")
        self.new_button = Button("新增成员", "plus", "primary", name="members.new", tip="Ctrl+N")
        self.header.addWidget(self.import_button)
        self.header.addWidget(self.new_button)
        self.body.addWidget(self.units)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.drawer)
        self._units_popup = Popup(self, name="members.units_popup", label="单位")
        keys = (
            ("Ctrl+Up", partial(self._step, -1)),
            ("Ctrl+Down", partial(self._step, 1)),
            ("Ctrl+Shift+H", self._turn_masking),
            ("Ctrl+V", self.pasting.paste),
            ("Ctrl+E", self._change_many),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        # also where nobody is left to stand on
        QShortcut(QKeySequence("F8"), self).activated.connect(self.over_time.bin_work.open)

    def _connect(self) -> None:
        self.filters.asked.connect(self._ask)
        self.filters.left_downward.connect(self._into_table)
        self.filters.places_requested.connect(self._open_units)
        self.units.chosen.connect(self._place_chosen)
        self.units.settled.connect(self._units_settled)
        self.unit_work.connect_pane(self.units)
        self.people_work.connect_parts(self.list, self.drawer, self.units)
        self.exporting.said.connect(self.told)
        self.over_time.connect_parts(self.list, self.drawer, self.units, self.filters)
        self.over_time.day_chosen.connect(self._look_at)
        self.bulk_edit.tick_requested.connect(partial(self.list.tick, alone=True))
        self.pasting.asked.connect(self._ask)
        self.pasting.told.connect(self.told)
        self.pasting.table_given.connect(partial(self.wants.emit, "import"))
        self.over_time.merge_work.show_requested.connect(self._go_to)
        self.import_button.clicked.connect(self._want_import)
        self.new_button.clicked.connect(self.new_item)
        self._connect_list()
        self._connect_drawer()

    def _connect_list(self) -> None:
        shown = self.list
        shown.current_changed.connect(self.person.follow)
        shown.opened.connect(self.person.open)
        shown.edit_requested.connect(self._edit)
        shown.sorted.connect(self._sorted)
        shown.typed.connect(self.filters.type_into)
        shown.left_upward.connect(self.filters.take_focus)
        shown.ticks_changed.connect(self._say_status)
        shown.clear_requested.connect(self._clear)
        shown.add_requested.connect(self._new)
        shown.everywhere_requested.connect(self._everywhere)
        shown.pick_requested.connect(self._everybody)
        shown.places_requested.connect(self._open_units)
        shown.change_requested.connect(self._change_many)
        shown.columns_requested.connect(self._choose_columns)
        shown.export_requested.connect(self._want_export)

    def _connect_drawer(self) -> None:
        drawer = self.drawer
        drawer.stepped.connect(self._step)
        drawer.edit_requested.connect(self._edit)
        drawer.revealed.connect(self.revealed)
        drawer.widened.connect(self._cover)
        self.person.changed.connect(self._reload_list)
        self.person.did.connect(self._done)
        self.person.show_requested.connect(self._go_to)
        self.person.left.connect(self._back_to_table)

    # reading

    def _ask(self, filters: Filters) -> None:
        other_day = filters.as_of != self._filters.as_of
        is_typed = filters.find != self._filters.find and not self.list.model.ticked()
        self._filters = filters
        self.filters.show_filters(filters)
        if other_day:
            self._show_day()
            self._read_tree()
            self.person.refresh()
        self.units.choose(filters.place)
        self._say_place()
        self._read_list(most=_FIRST_ROWS if is_typed and self._wanted is None else None)

    def _read_list(self, *, most: int | None = None) -> None:
        self._asked += 1
        if self._reading is not None:
            self._reading.cancel()
        more = also(self._memory.wanted())
        work = partial(read_list, filters=self._filters, on=self._today(), also=more, most=most)
        self._reading = self._jobs.read(
            self, work, done=partial(self._show_list, self._asked), failed=self._failed
        )

    def _reload_list(self) -> None:
        self._read_tree()
        self._read_list()

    def _read_tree(self) -> None:
        day = self._filters.as_of
        self._jobs.read(
            self,
            partial(read_tree, day=day),
            done=partial(self._show_tree_of, day),
            failed=self._failed,
        )

    def _show_tree_of(self, day: date | None, read: TreeRead) -> None:
        if day == self._filters.as_of:
            self._show_tree(read)

    def _show_list(self, asked: int, read: ListRead) -> None:
        if asked != self._asked:
            return
        self._take_register(read.register)
        self.list.show_list(read)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.list.table.go_to(wanted):
            self.person.open(wanted)
        elif self.list.table.current_key() is None:
            self.list.table.go_to_first()
        self._show_face()
        self._say_status()
        self.over_time.looks.at_list(read.count, hidden=self.list.shown.hidden)
        if read.rest:
            self._read_list()

    def _take_register(self, register: Register) -> None:
        """The fields there are now, some of which the office may just have added."""
        self.person.register = self.filters.register = self.bulk_edit.register = register
        known = self._filters.known_in(register)
        if known != self._filters:
            self._filters = known
            self.filters.show_filters(known)

    def _show_tree(self, read: TreeRead) -> None:
        self._tree = self.unit_work.tree = self.person.tree = read
        self.over_time.merge_work.tree = self.bulk_edit.tree = read
        self.units.show_tree(read)
        place, name = self._filters.place, read.name(self._filters.place.unit_id)
        if place.kind == "unit" and not name:
            self._ask(self._filters.without("place"))
        elif name != self._filters.unit_name:
            self._filters = replace(self._filters, unit_name=name)
            self.filters.show_filters(self._filters)
        self.units.choose(self._filters.place)
        self._say_place()
        self._show_face()
        self._say_status()

    def _show_face(self) -> None:
        is_past = self._filters.as_of is not None
        if self._tree is NOTHING or self._tree.totals.everybody or self.person.form() or is_past:
            self.show_content()
            return
        state = EmptyState(
            "users",
            "名册还是空的",
            "导入一份花名册，或者先新增一位成员。",
            action="导入名册",
            action_icon="file-input",
            name="members.empty",
        )
        state.acted.connect(self._want_import)
        self.show_empty(state)

    def _failed(self, _error: AppError) -> None:
        self.show_error()

    def _say_place(self) -> None:
        words = self._filters.place_words()
        node = self.units.tree.current_node()
        count = node.count if node is not None and node.key == self._filters.place else None
        self.list.places.set_text(words if count is None else f"{words} {count}")

    def _say_status(self, *_count: int) -> None:
        parts = [f"共 {self._tree.on_staff} 人"]
        if not self._filters.is_plain() or self._filters.place != STAFF:
            parts.append(f"匹配 {self.list.count()} 人")
        ticked = len(self.list.model.ticked())
        if ticked:
            parts.append(f"已选 {ticked} 人")
        self.status.emit("·".join(parts))

    # asking

    def _place_chosen(self, place: Place) -> None:
        name = self._tree.name(place.unit_id)
        self._ask(replace(self._filters, place=place, unit_name=name))

    def _sorted(self, order: str, descending: bool) -> None:
        self._ask(replace(self._filters, order=order, descending=descending))

    def _clear(self) -> None:
        order, descending = self.list.sorting()
        self._ask(Filters(order=order, descending=descending, as_of=self._filters.as_of))
        self.filters.take_focus()

    def _everywhere(self) -> None:
        self._ask(self._filters.everywhere())

    def _everybody(self) -> None:
        """From an empty unit to the whole roster, to tick people and move them there."""
        self._clear()
        self.list.say_how_to_move()

    def _go_to(self, member_id: int) -> None:
        self._wanted = member_id
        if self.list.model.row_of(member_id) < 0:
            self._filters = replace(self._filters, find="").everywhere()
        self._ask(self._filters)

    def _choose_columns(self) -> None:
        from desktop.ui.dialogs.columns_dialog import ColumnsDialog

        dialog = ColumnsDialog(choosable(self._memory.register), self._memory.keys(), self)
        dialog.accepted.connect(partial(self._columns_chosen, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _columns_chosen(self, dialog: ColumnsDialog) -> None:
        self.list.choose_columns(dialog.keys())
        self._read_list()

    def _open_units(self, anchor: QWidget) -> None:
        if self._units_popup.isAncestorOf(self.units):
            self._units_popup.show_under(anchor)
        self.units.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _units_settled(self) -> None:
        if self._units_popup.isVisible():
            self._units_popup.close()
            self._into_table()

    # doing

    def _done(self, sentence: str) -> None:
        self.did.emit(sentence)
        self.reload()

    def _new(self, name: str) -> None:
        if not self._actions.may():
            return
        self.show_content()
        self.person.add(name, self._filters.place.unit_id)

    def _edit(self) -> None:
        current = self.list.table.current_key()
        if isinstance(current, int) and self._actions.may():
            self.person.edit(current)

    def _change_many(self) -> None:
        self.bulk_edit.ask(self.list.people())

    def _want_import(self) -> None:
        self.wants.emit("import", None)

    def _want_export(self) -> None:
        ticked = self.list.model.ticked()
        ids = [row.id for row in self.list.people()] if ticked else []
        self.exporting.ask(self._filters, ids, self.list.count())

    def _look_at(self, day: date | None) -> None:
        self._ask(replace(self._filters, as_of=day))
        self._into_table()

    def _show_day(self) -> None:
        self.over_time.look_at(self._filters.as_of, self.person, self.new_button)

    # moving about

    def _into_table(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _back_to_table(self) -> None:
        if self.list.nobody() is None:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.filters.take_focus()

    def _step(self, by: int) -> None:
        self.list.table.step(by)

    def _turn_masking(self) -> None:
        self._set_hidden(not self.list.shown.hidden)

    def _set_hidden(self, hidden: bool) -> None:
        if self.list.shown.hidden != hidden:
            self.list.set_hidden(hidden)
            self.masking.emit(hidden)
            self.over_time.looks.at_list(self.list.count(), hidden=hidden)

    def _place_units(self, *, wide: bool) -> None:
        beside = self.body.indexOf(self.units) >= 0
        if wide and not beside:
            self._units_popup.body.removeWidget(self.units)
            self._units_popup.close()
            self.body.insertWidget(0, self.units)
        elif not wide and beside:
            self.body.removeWidget(self.units)
            self._units_popup.body.addWidget(self.units)
        self.units.set_wide(wide)
        self.units.show()

    def _order_tabs(self) -> None:
        """Tab goes as the eye does: header from the left, tree, table, drawer."""
        stops: list[QWidget] = [self.filters.last_stop(), self.import_button, self.new_button]
        if self.body.indexOf(self.units) >= 0:
            stops += self.units.stops()
        stops += self.list.stops()
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _place_drawer(self, *, covers: bool) -> None:
        self.person.covers = covers
        inside = self.body.indexOf(self.drawer) >= 0
        is_open = self.drawer.is_open()
        if covers and inside:
            self.body.removeWidget(self.drawer)
            self.drawer.setParent(self)
            self.drawer.setVisible(is_open)
        elif not covers and not inside:
            self.body.addWidget(self.drawer)
            self.drawer.setVisible(is_open)
        self._cover()

    def _cover(self) -> None:
        """In a narrow window the drawer lies over the right of the table."""
        if not self.person.covers or self.body.indexOf(self.drawer) >= 0:
            return
        corner = self.content.mapTo(self, QPoint(0, 0))
        room = QRect(corner, self.content.size())
        width = self.drawer.width()
        self.drawer.setGeometry(room.right() - width + 1, room.top(), width, room.height())
        self.drawer.raise_()
