"""Which questions to the roster does she ask again and again?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.fields import Field, Register
from desktop.services import saved_filters
from desktop.services.members import Query
from desktop.services.own_values import OwnCondition
from desktop.services.saved_filters import Saved
from desktop.ui.dialogs.saved_filters_dialog import ArrangeDialog, NameDialog
from desktop.ui.jobs import Jobs
from desktop.ui.models.members import STAFF, STATUSES_OF, Filters, OwnFilter, Place
from desktop.ui.pages.members_own_filter import between, choice_is, contains, filled
from desktop.ui.widgets.buttons import Chip, Menu

if TYPE_CHECKING:
    from desktop.ui.pages.members_filters import FilterBar

TABLES = frozenset(("members", "units", "own_fields", "saved_filters"))
_CHIPS_AT_MOST = 2


@dataclass(frozen=True)
class SavedRead:
    """The named questions, and how many people each finds now."""

    saved: tuple[Saved, ...] = ()
    counts: Mapping[int, int] | None = None

    def words(self, one: Saved) -> str:
        """``待核实 12``; a question about something that is gone has no number."""
        return one.name if one.is_lost else f"{one.name} {(self.counts or {}).get(one.id, 0)}"


def read_saved(session: Any, *, on: date) -> SavedRead:
    return SavedRead(saved_filters.listed(session), saved_filters.counts(session, on))


class SavedConditions(QObject):
    """The chip ``常用`` beside the conditions, and the pinned questions behind it.

    ``did`` carries the sentence of a change that can be undone.
    """

    did = Signal(str)

    def __init__(
        self, jobs: Jobs, today: Callable[[], date], bar: FilterBar, page: QWidget
    ) -> None:
        super().__init__(page)
        self._jobs, self._today, self._bar, self._page = jobs, today, bar, page
        self._read = SavedRead()
        self._shown: tuple[tuple[int, str], ...] = ()
        self._menu: Menu | None = None
        self._arranging: ArrangeDialog | None = None
        bar.saved.clicked.connect(self._offer)
        bar.drawn.connect(self._show_pinned)
        jobs.changed.connect(self._data_changed)

    def reload(self) -> None:
        """Read the questions and their counts again."""
        self._jobs.read(self, partial(read_saved, on=self._today()), done=self._show)

    # showing

    def _data_changed(self, tables: frozenset[str], _initiator: object) -> None:
        if TABLES & tables:
            self.reload()

    def _show(self, read: SavedRead) -> None:
        self._read = read
        self._show_pinned()
        if self._arranging is not None:
            self._arranging.show_all(read.saved, read.counts or {})

    def _show_pinned(self) -> None:
        """The pinned ones as chips, where there is room and little else is asked for."""
        has_room = not self._bar.is_short() and len(self._bar.filters().conditions()) <= 1
        pinned = [one for one in self._read.saved if one.is_pinned and not one.is_lost]
        pinned = pinned[:_CHIPS_AT_MOST] if has_room else []
        shown = tuple((one.id, self._read.words(one)) for one in pinned)
        if shown == self._shown:
            return
        self._shown = shown
        self._bar.show_pinned([self._chip(one) for one in pinned])

    def _chip(self, one: Saved) -> Chip:
        chip = Chip(self._read.words(one), "off", name=f"members.saved.{one.id}")
        chip.setToolTip(one.sentence)
        chip.clicked.connect(partial(self._use, one))
        return chip

    def _offer(self) -> None:
        """The menu, once the counts are those of now."""
        self._jobs.read(self, partial(read_saved, on=self._today()), done=self._open)

    def _open(self, read: SavedRead) -> None:
        self._show(read)
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = Menu(self._bar)
        menu.setObjectName("members.saved_menu")
        menu.setToolTipsVisible(True)
        was_pinned = False
        for one in read.saved:
            if was_pinned and not one.is_pinned:
                menu.addSeparator()
            was_pinned = one.is_pinned
            self._add_question(menu, read, one)
        if read.saved:
            menu.addSeparator()
        keep = menu.addAction("存为常用条件…")
        keep.setEnabled(not _asks_nothing(self._bar.filters()))
        keep.triggered.connect(self._keep)
        if not keep.isEnabled():
            keep.setText("存为常用条件（先选好条件）")
        if read.saved:
            menu.addAction("整理…").triggered.connect(self._arrange)
        anchor = self._bar.saved
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))

    def _add_question(self, menu: Menu, read: SavedRead, one: Saved) -> None:
        action: QAction = menu.addAction(
            f"{one.name}（用不了了）" if one.is_lost else f"{read.words(one)} 人"
        )
        action.setToolTip(one.sentence)
        action.setEnabled(not one.is_lost)
        action.triggered.connect(partial(self._use, one))

    # doing

    def _use(self, one: Saved, _checked: bool = False) -> None:
        now = self._bar.filters()
        self._bar.ask(filters_of(one, now, self._bar.register))

    def _keep(self) -> None:
        filters = self._bar.filters()
        query = filters.query(self._today())
        sentence = saved_filters.sentence(query, filters.unit_name, _labels(self._bar.register))
        words = [condition.words for condition in filters.conditions() if condition.key != "as_of"]
        words += [f"搜{filters.find}"] if filters.find else []
        dialog = NameDialog(
            "存为常用条件",
            "存下来",
            f"{sentence}。",
            name="、".join(words),
            taken=[one.name for one in self._read.saved],
            parent=self._page,
        )
        dialog.accepted.connect(partial(self._add, dialog, query))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.edit.setFocus()

    def _add(self, dialog: NameDialog, query: Query) -> None:
        name = dialog.chosen_name()
        work = partial(saved_filters.add, name=name, query=query)
        self._write(f"存为常用条件“{name}”", work)

    def _arrange(self) -> None:
        dialog = ArrangeDialog(self._page)
        self._arranging = dialog
        dialog.wished.connect(self._wish)
        dialog.finished.connect(self._arranged)
        dialog.show_all(self._read.saved, self._read.counts or {})
        dialog.open()
        dialog.table.setFocus()

    def _arranged(self) -> None:
        if self._arranging is not None:
            self._arranging.deleteLater()
        self._arranging = None
        self._bar.saved.setFocus()

    def _wish(self, wish: str, saved_id: int) -> None:
        one = next((one for one in self._read.saved if one.id == saved_id), None)
        if one is None:
            return
        if wish == "rename":
            self._ask_name(one)
        elif wish == "remove":
            work = partial(saved_filters.remove, saved_id=one.id)
            self._write(f"去掉常用条件“{one.name}”", work)
        elif wish == "pin":
            pinned = not one.is_pinned
            work = partial(saved_filters.pin, saved_id=one.id, is_pinned=pinned)
            self._write(f"常用条件“{one.name}”{'置顶' if pinned else '不再置顶'}", work)
        else:
            by = -1 if wish == "up" else 1
            work = partial(saved_filters.move, saved_id=one.id, by=by)
            self._write(f"常用条件“{one.name}”{'上移' if by < 0 else '下移'}", work)

    def _ask_name(self, one: Saved) -> None:
        dialog = NameDialog(
            "改名",
            "改成这个名字",
            f"{one.sentence}。",
            name=one.name,
            taken=[other.name for other in self._read.saved if other is not one],
            parent=self._arranging or self._page,
        )
        dialog.accepted.connect(partial(self._rename, dialog, one))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.edit.setFocus()

    def _rename(self, dialog: NameDialog, one: Saved) -> None:
        name = dialog.chosen_name()
        work = partial(saved_filters.rename, saved_id=one.id, name=name)
        self._write(f"常用条件“{one.name}”改名为“{name}”", work)

    def _write(self, what: str, work: Callable[..., Any]) -> None:
        self._jobs.write(self, work, what=what, done=partial(self._done, what))

    def _done(self, what: str, _value: object) -> None:
        self.did.emit(what)


def filters_of(one: Saved, now: Filters, register: Register) -> Filters:
    """A named question as the bar shows it; the day and the order stay as they are ``now``."""
    query = one.query
    place, status = _place(query)
    low, high = query.age_from, query.age_to
    fields = {field.name: field for field in register.fields}
    return Filters(
        find=query.find,
        place=place,
        unit_name=one.unit,
        status=status,
        ages=None if low is None and high is None else (low, high),
        to_check=query.to_check,
        order=now.order,
        descending=now.descending,
        as_of=now.as_of,
        own=tuple(_own(fields[asked.name], asked) for asked in query.own if asked.name in fields),
    )


def _place(query: Query) -> tuple[Place, str]:
    """The branch of the tree, and the status that was chosen by hand besides."""
    statuses = query.statuses
    if query.unit_id is not None:
        place = Place("unit", query.unit_id)
    elif query.without_unit:
        place = Place("without")
    else:
        found = [kind for kind, own in STATUSES_OF.items() if own == statuses]
        place = STAFF if statuses == STATUSES_OF["staff"] or not found else _branch(found[0])
        return place, "" if found else statuses[0]
    return place, "" if statuses == STATUSES_OF[place.kind] else statuses[0]


def _branch(kind: str) -> Place:
    return next(place for place in map(Place, _KINDS) if place.kind == kind)


_KINDS: tuple[Any, ...] = ("staff", "retired", "transferred", "gone", "anyone")


def _own(field: Field, asked: OwnCondition) -> OwnFilter:
    if asked.is_empty is not None:
        return filled(field, is_empty=asked.is_empty)
    if asked.one_of:
        return choice_is(field, asked.one_of[0])
    if asked.words:
        return contains(field, asked.words)
    return between(field, asked.low, asked.high)


def _labels(register: Register) -> dict[str, str]:
    return {field.name: field.label for field in register.fields}


def _asks_nothing(filters: Filters) -> bool:
    return not filters.find and not filters.without("as_of").conditions()
