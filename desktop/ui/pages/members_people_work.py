"""What is done to the people who are meant: the ticked ones, the current one, the dropped ones?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.services.members import MemberRow
from desktop.ui.models.members import Place
from desktop.ui.pages.members_actions import Actions
from desktop.ui.pages.members_drawer import PersonDrawer, fill_statuses
from desktop.ui.pages.members_list import RosterCard
from desktop.ui.pages.members_unit_work import UnitWork
from desktop.ui.pages.members_units import UnitPane
from desktop.ui.widgets.buttons import Menu


class PeopleWork(QObject):
    """Serves the wishes of list, drawer and tree about people."""

    def __init__(
        self,
        actions: Actions,
        unit_work: UnitWork,
        today: Callable[[], date],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._actions, self._units, self._today, self._page = actions, unit_work, today, page
        self._menu: Menu | None = None

    def connect_parts(self, shown: RosterCard, drawer: PersonDrawer, pane: UnitPane) -> None:
        self._list, self._drawer = shown, drawer
        shown.move_requested.connect(self._move_many)
        shown.status_requested.connect(self._offer_statuses)
        shown.remove_requested.connect(self._remove_many)
        drawer.move_requested.connect(self._move_one)
        drawer.status_requested.connect(self._set_status_of_one)
        drawer.remove_requested.connect(self._remove_one)
        drawer.settled.connect(self._settle)
        pane.tree.dropped.connect(self._dropped)

    def _one(self) -> tuple[MemberRow, ...]:
        person = self._drawer.person()
        return self._list.people_of((person.draft.id,)) if person is not None else ()

    def _move_many(self) -> None:
        self._units.ask_transfer(self._list.people())

    def _move_one(self) -> None:
        self._units.ask_transfer(self._one())

    def _dropped(self, place: Place, ids: tuple[int, ...]) -> None:
        self._units.transfer(self._list.people_of(ids), place)

    def _remove_many(self) -> None:
        self._remove(self._list.people())

    def _remove_one(self) -> None:
        self._remove(self._one())

    def _remove(self, people: Sequence[MemberRow]) -> None:
        if people and self._actions.may():
            self._list.step_past(people)
            self._actions.remove(people)

    def _set_status_of_one(self, status: str) -> None:
        self._set_status(self._one(), status)

    def _set_status(self, people: Sequence[MemberRow], status: str) -> None:
        if people:
            self._actions.set_status(people, status, self._today())

    def _offer_statuses(self, anchor: QWidget) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = Menu(self._page)
        menu.setObjectName("members.statuses")
        fill_statuses(menu, self._status_chosen)
        menu.popup(anchor.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _status_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._set_status(self._list.people(), str(action.data()))

    def _settle(self) -> None:
        person = self._drawer.person()
        if person is not None and person.draft.id is not None:
            self._actions.settle(person.draft.id, person.draft.version, person.name)
