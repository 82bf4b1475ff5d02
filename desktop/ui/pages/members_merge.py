"""How do two entries, or two units, become one here, and how are they parted again?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.services import access, history, members, merging, merging_units
from desktop.services.members import MemberRow, Namesake, Query
from desktop.services.merging import Merged, Preview
from desktop.services.merging_units import UnitsPreview
from desktop.ui.dialogs.merge_dialog import MergeDialog
from desktop.ui.dialogs.merge_pick_dialog import MergePickDialog
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.dialogs.unit_dialog import UnitPickDialog
from desktop.ui.jobs import Jobs
from desktop.ui.models.members import Place
from desktop.ui.models.members_reads import NOTHING, PersonRead
from desktop.ui.pages.members_actions import Actions, unit_nodes
from desktop.ui.widgets.labels import Label

_SHOWN = 50


class MergeWork(QObject):
    """Asks what a merge needs to know, then has it done. ``show_requested`` carries who stayed."""

    show_requested = Signal(int)

    def __init__(self, jobs: Jobs, actions: Actions, page: QWidget) -> None:
        super().__init__(page)
        self._jobs, self._actions, self._page = jobs, actions, page
        self.tree = NOTHING

    # people

    def ask_two(self, people: Sequence[MemberRow]) -> None:
        """Two who are ticked: the first stays unless she says otherwise."""
        if len(people) == 2:
            self.ask(people[0].id, people[1].id)

    def ask_other(self, person: PersonRead) -> None:
        """Ask who else this person is, then set the two side by side."""
        if person.draft.id is None or not self._actions.may():
            return
        work = partial(members.likely_duplicates, values=person.draft.values, own=person.draft.id)
        self._jobs.read(self, work, done=partial(self._ask_who, person))

    def ask(self, keep_id: int, other_id: int) -> None:
        """Set two people side by side."""
        if self._actions.may():
            work = partial(merging.preview, keep_id=keep_id, other_id=other_id)
            self._jobs.read(self, work, done=self._show)

    def part(self, change_set_id: int, name: str) -> None:
        """Take a merge back."""
        work = partial(history.undo, change_set_id=change_set_id)
        self._actions.do(f"分开合并到{name}的登记", work, self._parted)

    def _ask_who(self, person: PersonRead, alike: tuple[Namesake, ...]) -> None:
        own = person.draft.id or 0
        dialog = MergePickDialog(person.name, alike, partial(self._look, own), self._page)
        dialog.accepted.connect(partial(self._picked, dialog, own))
        _open(dialog)
        dialog.edit.setFocus()

    def _look(self, own: int, text: str, then: Callable[[Sequence[Namesake]], object]) -> None:
        self._jobs.read(self, partial(_found, text=text, own=own), done=then)

    def _picked(self, dialog: MergePickDialog, keep_id: int) -> None:
        other = dialog.key()
        if other is not None:
            self.ask(keep_id, other)

    def _show(self, seen: Preview) -> None:
        dialog = MergeDialog(seen, self._page)
        dialog.accepted.connect(partial(self._merge, dialog))
        dialog.swapped.connect(partial(self._swap, dialog))
        dialog.revealed.connect(partial(self._note, dialog))
        _open(dialog)

    def _swap(self, dialog: MergeDialog) -> None:
        seen = dialog.preview()
        work = partial(merging.preview, keep_id=seen.other.id or 0, other_id=seen.keep.id or 0)
        self._jobs.read(dialog, work, done=dialog.show_preview)

    def _note(self, dialog: MergeDialog) -> None:
        seen = dialog.preview()
        ids = tuple(one.id for one in (seen.keep, seen.other) if one.id is not None)
        self._jobs.write(self, partial(_note_looks, ids=ids), what="查看完整号码")

    def _merge(self, dialog: MergeDialog) -> None:
        seen, chosen = dialog.preview(), dialog.chosen()
        name = str(seen.keep.values["name"])
        what = f"合并成员：{seen.other.values['name']}并入{name}"
        work = partial(merging.merge, seen=seen, chosen=chosen)
        self._actions.do(what, work, partial(self._merged, what))

    def _merged(self, what: str, done: Merged) -> None:
        self._actions.say(what)
        self.show_requested.emit(done.kept_id)

    def _parted(self, undone: Any) -> None:
        kept = f"，{len(undone.kept)} 条后来又改过的内容没有动" if undone.kept else ""
        # itself an undo: Ctrl+Y makes them one again, Ctrl+Z would undo what was done before
        self._actions.tell(f"已分开：{undone.what}{kept}")

    # units

    def ask_unit(self, unit_id: int) -> None:
        """Ask into which unit this one should go."""
        row = self.tree.row(unit_id)
        if row is None or not self._actions.may():
            return
        dialog = UnitPickDialog(
            f"把“{row.name}”并入哪个单位",
            "并入这个单位",
            unit_nodes(self.tree),
            note="里面的成员、下级单位和用过的名称一起过去，历史都在。",
            parent=self._page,
        )
        dialog.accepted.connect(partial(self._unit_picked, dialog, unit_id))
        _open(dialog)
        dialog.edit.setFocus()

    def _unit_picked(self, dialog: UnitPickDialog, gone_id: int) -> None:
        key = dialog.key()
        if isinstance(key, Place) and key.unit_id is not None and key.unit_id != gone_id:
            work = partial(merging_units.preview, kept_id=key.unit_id, gone_id=gone_id)
            self._jobs.read(self, work, done=partial(self._show_units, key.unit_id, gone_id))

    def _show_units(self, kept_id: int, gone_id: int, seen: UnitsPreview) -> None:
        dialog = UnitsDialog(seen, self._page)
        dialog.accepted.connect(partial(self._merge_units, kept_id, gone_id, seen))
        _open(dialog)
        dialog.buttons["merge"].setFocus()

    def _merge_units(self, kept_id: int, gone_id: int, seen: UnitsPreview) -> None:
        work = partial(merging_units.merge, kept_id=kept_id, gone_id=gone_id)
        self._actions.do(f"合并单位：“{seen.gone}”并入“{seen.kept}”", work)


class UnitsDialog(Dialog):
    """Says what goes over when two units become one."""

    def __init__(self, seen: UnitsPreview, parent: QWidget | None = None) -> None:
        title = f"“{seen.gone}”并入“{seen.kept}”"
        super().__init__(
            title, [Choice("merge", "并入")], name="members.merge_units", parent=parent
        )
        self.body.addWidget(Label(title, "h2", wrap=True))
        self.body.addWidget(Label(_units_words(seen), "body", wrap=True))
        self.fit()


def _units_words(seen: UnitsPreview) -> str:
    parts = [f"{seen.people} 位成员"] if seen.people else []
    parts += [f"{seen.below} 个下级单位"] if seen.below else []
    moves = f"{'和'.join(parts)}一起过去。" if parts else "里面没有成员，也没有下级单位。"
    twins = f"同名的下级单位（{'、'.join(seen.twins)}）合成一个。" if seen.twins else ""
    return f"{moves}{twins}“{seen.gone}”这个名称会记住，旧花名册仍能对上。这一步可以撤销。"


def _found(session: Any, text: str, own: int) -> tuple[Namesake, ...]:
    rows = members.rows(session, Query(find=text))
    return tuple(
        Namesake(row.id, row.name, row.unit, row.birth_date, "") for row in rows if row.id != own
    )[:_SHOWN]


def _note_looks(session: Any, ids: tuple[int, ...]) -> None:
    for one in ids:
        access.note(session, "reveal", record_id=one)


def _open(dialog: Dialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
