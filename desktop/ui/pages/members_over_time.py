"""How do people and units over time come into the page: merged, brought back, seen as of a day?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.jobs import Jobs
from desktop.ui.pages.members_actions import Actions
from desktop.ui.pages.members_as_of import LOCKED, PastView
from desktop.ui.pages.members_bin import BinWork
from desktop.ui.pages.members_drawer import PersonDrawer
from desktop.ui.pages.members_filters import FilterBar
from desktop.ui.pages.members_list import RosterCard
from desktop.ui.pages.members_looks import Looks
from desktop.ui.pages.members_merge import MergeWork
from desktop.ui.pages.members_person import PersonSide
from desktop.ui.pages.members_units import UnitPane
from desktop.ui.widgets.buttons import Button


class OverTime(QObject):
    """Serves the wishes of list, drawer, tree and chips that have to do with time.

    ``day_chosen`` carries the past day to look at, or None for today.
    """

    day_chosen = Signal(object)

    def __init__(
        self, jobs: Jobs, actions: Actions, today: Callable[[], date], page: QWidget
    ) -> None:
        super().__init__(page)
        self._actions = actions
        self._day: date | None = None
        self.merge_work = MergeWork(jobs, actions, page)
        self.bin_work = BinWork(jobs, actions, today, page)
        self.past = PastView(today, page)
        self.looks = Looks(jobs, self)
        self.past.day_chosen.connect(self.day_chosen)

    def connect_parts(
        self, shown: RosterCard, drawer: PersonDrawer, pane: UnitPane, filters: FilterBar
    ) -> None:
        self._list, self._drawer, self._pane = shown, drawer, pane
        shown.body.insertWidget(0, self.past.line)
        shown.merge_requested.connect(self._merge_ticked)
        drawer.merge_requested.connect(self._merge_shown)
        drawer.restore_requested.connect(self._restore_field)
        drawer.part_requested.connect(self._part)
        drawer.revealed.connect(self.looks.at_person)
        pane.merge_requested.connect(self.merge_work.ask_unit)
        pane.bin_requested.connect(self.bin_work.open)
        filters.day_requested.connect(self._ask_day)

    def look_at(self, day: date | None, person: PersonSide, new: Button) -> None:
        """Say which day is looked at, and let nothing be changed on a past one."""
        self._day = day
        reason = LOCKED if day else ""
        self._actions.locked = reason
        self.past.show_day(day)
        person.look_back(day)
        self._list.set_past(reason)
        self._pane.set_past(reason)
        new.set_reason(reason)

    def _ask_day(self, anchor: QWidget) -> None:
        self.past.ask(anchor, self._day)

    def _merge_ticked(self) -> None:
        self.merge_work.ask_two(self._list.people())

    def _merge_shown(self) -> None:
        person = self._drawer.person()
        if person is not None:
            self.merge_work.ask_other(person)

    def _restore_field(self, step: int, name: str) -> None:
        person = self._drawer.person()
        if person is not None and person.draft.id is not None:
            self._actions.restore_field(person.draft.id, step, name)

    def _part(self, step: int) -> None:
        person = self._drawer.person()
        if person is not None:
            self.merge_work.part(step, person.name)
