"""How is the tree of units kept in order, and how is a unit chosen for people?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.services.members import MemberRow
from desktop.ui.dialogs.headcount_dialog import HeadcountDialog
from desktop.ui.dialogs.unit_dialog import UnitNameDialog, UnitPickDialog
from desktop.ui.models.members import Place
from desktop.ui.models.members_reads import NOTHING
from desktop.ui.models.members_words import people_words
from desktop.ui.pages.members_actions import Actions, name_refusal, unit_nodes
from desktop.ui.pages.members_units import UnitPane


class UnitWork(QObject):
    """Asks what a change of units needs to know, then has it done. ``tree`` is what is shown."""

    def __init__(self, actions: Actions, page: QWidget) -> None:
        super().__init__(page)
        self._actions, self._page = actions, page
        self.tree = NOTHING

    def connect_pane(self, pane: UnitPane) -> None:
        """Serve the wishes of the tree."""
        pane.add_requested.connect(self.add)
        pane.rename_requested.connect(self.rename)
        pane.headcount_requested.connect(self.ask_headcount)
        pane.move_requested.connect(self.move)
        pane.remove_requested.connect(self.remove)

    def add(self, above: int | None) -> None:
        if not self._actions.may():
            return
        name = self.tree.name(above)
        dialog = UnitNameDialog(
            "新增单位",
            "新增单位",
            note=f"放在“{name}”下面。" if name else "放在最上一级。",
            refuse=partial(name_refusal, self.tree, above),
            parent=self._page,
        )
        dialog.accepted.connect(partial(self._added, dialog, above))
        _open(dialog)

    def rename(self, unit_id: int) -> None:
        row = self.tree.row(unit_id)
        if row is None or not self._actions.may():
            return
        dialog = UnitNameDialog(
            f"给“{row.name}”改名",
            "改名",
            name=row.name,
            note="原来的名称会记住，旧花名册仍能对上。",
            refuse=partial(name_refusal, self.tree, row.parent_id),
            parent=self._page,
        )
        dialog.accepted.connect(partial(self._renamed, dialog, unit_id, row.name))
        _open(dialog)

    def ask_headcount(self, unit_id: int) -> None:
        row = self.tree.row(unit_id)
        if row is None or not self._actions.may():
            return
        dialog = HeadcountDialog(row.name, row.headcount, self._page)
        dialog.accepted.connect(partial(self._counted, dialog, unit_id, row.name))
        _open(dialog)

    def move(self, unit_id: int) -> None:
        row = self.tree.row(unit_id)
        if row is None or not self._actions.may():
            return
        dialog = UnitPickDialog(
            f"把“{row.name}”移到哪个单位下",
            "移过去",
            unit_nodes(self.tree, without=unit_id, top="最上一级"),
            note="里面的成员和下级单位一起移。",
            parent=self._page,
        )
        dialog.accepted.connect(partial(self._moved, dialog, unit_id, row.name))
        _open(dialog)

    def remove(self, unit_id: int) -> None:
        self._actions.remove_unit(unit_id, self.tree.name(unit_id))

    def ask_transfer(self, people: Sequence[MemberRow]) -> None:
        """Ask to which unit people should go."""
        if not people or not self._actions.may():
            return
        who = people_words(tuple(row.name for row in people))
        gap = " " if who[0].isdigit() else ""
        dialog = UnitPickDialog(
            f"把{gap}{who}改到哪个单位",
            "改单位",
            unit_nodes(self.tree, top="不分单位"),
            parent=self._page,
        )
        dialog.accepted.connect(partial(self._picked, dialog, tuple(people)))
        _open(dialog)

    def transfer(self, people: Sequence[MemberRow], place: Place) -> None:
        """Put people into a unit that is known already (dropped on it)."""
        if people:
            self._actions.transfer(people, place.unit_id, self.tree.name(place.unit_id))

    def _added(self, dialog: UnitNameDialog, above: int | None) -> None:
        self._actions.add_unit(dialog.unit_name(), above)

    def _renamed(self, dialog: UnitNameDialog, unit_id: int, before: str) -> None:
        self._actions.rename_unit(unit_id, before, dialog.unit_name())

    def _counted(self, dialog: HeadcountDialog, unit_id: int, name: str) -> None:
        self._actions.set_headcount(unit_id, name, dialog.headcount())

    def _moved(self, dialog: UnitPickDialog, unit_id: int, name: str) -> None:
        key = dialog.key()
        row = self.tree.row(unit_id)
        if isinstance(key, Place) and row is not None and row.parent_id != key.unit_id:
            self._actions.move_unit(unit_id, name, key.unit_id, self.tree.name(key.unit_id))

    def _picked(self, dialog: UnitPickDialog, people: tuple[MemberRow, ...]) -> None:
        key = dialog.key()
        if isinstance(key, Place):
            self.transfer(people, key)


def _open(dialog: UnitNameDialog | UnitPickDialog | HeadcountDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    dialog.edit.setFocus()
