"""What happens beside the list: a person followed, edited, added?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.errors import AppError, GoneError
from desktop.registers import MEMBERS
from desktop.ui.jobs import Jobs
from desktop.ui.models.members_reads import NOTHING, PersonRead, read_person
from desktop.ui.pages.members_actions import unit_options
from desktop.ui.pages.members_drawer import PersonDrawer
from desktop.ui.pages.members_form import MemberForm


class PersonSide(QObject):
    """Keeps the drawer on the current person, and turns it into the form and back.

    ``changed`` says that something was saved, ``did`` carries the sentence of what was added,
    ``show_requested`` the id of somebody the list should go to, ``left`` that the drawer closed.
    """

    changed = Signal()
    did = Signal(str)
    show_requested = Signal(int)
    left = Signal()

    def __init__(
        self, jobs: Jobs, today: Callable[[], date], drawer: PersonDrawer, page: QWidget
    ) -> None:
        super().__init__(page)
        self._jobs, self._today, self._drawer = jobs, today, drawer
        self._form: MemberForm | None = None
        self._asked = 0
        self._edits: int | None = None
        self._is_wanted = True
        self.covers = False
        self.day: date | None = None
        self.tree = NOTHING
        self.register = MEMBERS
        drawer.closed.connect(self._closed_by_hand)

    # what the page calls

    def follow(self, member_id: int | None) -> None:
        """The list has another current row."""
        if member_id is None:
            if not self._drawer.has_form():
                self._drawer.fold()
            return
        if self._form is not None and self._form.isVisible():
            if self._form.member_id() == member_id:
                return
            self._form.leave_quietly()
        if self._drawer.is_open() or (self._is_wanted and not self.covers):
            self._read(member_id)

    def open(self, member_id: int) -> None:
        """Show a person, whatever was closed before."""
        self._is_wanted = True
        self._read(member_id)

    def look_back(self, day: date | None) -> None:
        """From now on show people as at the end of a past day; None for today."""
        if day == self.day:
            return
        self.day = day
        if day is not None and self._form is not None and self._drawer.has_form():
            self._form.leave_quietly()
        self._drawer.set_past(day is not None)

    def edit(self, member_id: int) -> None:
        """Open her form as soon as she is read."""
        self._edits = member_id
        self.open(member_id)

    def add(self, name: str, unit_id: int | None) -> None:
        """Open an empty form."""
        form = self._the_form()
        if self._drawer.has_form():
            if form.is_new() and not name:
                form.focus_first()
                return
            form.leave_quietly()
        values: dict[str, object] = {"unit_id": unit_id}
        if name:
            values["name"] = name
        form.set_register(self.register)
        form.begin_new(unit_options(self.tree), values)
        self._drawer.show_form(form, form.foot)
        self._drawer.open()
        form.focus_first("id_number" if name else "name")

    def refresh(self) -> None:
        """Read again whom the drawer shows."""
        person = self._drawer.person()
        if self._drawer.is_open() and person is not None and person.draft.id is not None:
            self._read(person.draft.id)

    def close(self) -> bool:
        """Close the form, else the drawer; False when neither was open."""
        if self._drawer.has_form() and self._form is not None:
            self._form.leave_quietly()
            return True
        if self._drawer.is_open():
            self._is_wanted = False
            self._drawer.fold()
            self.left.emit()
            return True
        return False

    def form(self) -> MemberForm | None:
        """The form while it is open."""
        return self._form if self._drawer.has_form() else None

    # private

    def _read(self, member_id: int) -> None:
        self._asked += 1
        self._jobs.read(
            self,
            partial(read_person, member_id=member_id, day=self.day),
            done=partial(self._show, self._asked),
            failed=partial(self._gone, self._asked),
        )

    def _show(self, asked: int, read: PersonRead) -> None:
        if asked != self._asked:
            return
        edits, self._edits = self._edits, None
        self._drawer.show_person(read)
        if self._form is not None and self._drawer.has_form():
            self._form.set_register(read.register)
            self._form.refresh(read.draft)
        self._drawer.open()
        if edits is not None and edits == read.draft.id:
            form = self._the_form()
            form.set_register(read.register)
            form.begin(read.draft, unit_options(self.tree))
            self._drawer.show_form(form, form.foot)
            form.focus_first()

    def _gone(self, asked: int, error: AppError) -> None:
        if asked != self._asked:
            return
        self._edits = None
        if isinstance(error, GoneError):
            self._drawer.fold()
        else:
            self._jobs.told.emit(error, self)

    def _the_form(self) -> MemberForm:
        if self._form is None:
            self._form = MemberForm(self._jobs, self._today)
            self._form.saved.connect(self._saved)
            self._form.created.connect(self._created)
            self._form.finished.connect(self._finished)
            self._form.show_requested.connect(self._show_alike)
            self._form.revealed.connect(self._drawer.revealed)
        return self._form

    def _saved(self, _member_id: int) -> None:
        self.refresh()
        self.changed.emit()

    def _created(self, member_id: int, name: str) -> None:
        self.did.emit(f"新增成员{name}")
        self.show_requested.emit(member_id)

    def _finished(self) -> None:
        if self._drawer.person() is None:
            self._drawer.show_facts()
            self._drawer.fold()
        else:
            self._drawer.show_facts()
        self.left.emit()

    def _show_alike(self, member_id: int) -> None:
        if self._form is not None:
            self._form.leave_quietly()
        self.show_requested.emit(member_id)

    def _closed_by_hand(self) -> None:
        self._is_wanted = False
        if self._drawer.has_form() and self._form is not None:
            self._form.leave_quietly()
        self.left.emit()
