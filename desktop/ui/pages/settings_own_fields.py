"""How does an office add fields of its own to the roster?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.errors import AppError, InvalidInputError
from desktop.services import own_fields
from desktop.services.own_fields import OwnFieldRow, Promoted, UnknownColumn, Wanted
from desktop.ui.dialogs.own_field import OwnFieldDialog
from desktop.ui.dialogs.own_fields import OwnFieldsDialog
from desktop.ui.jobs import Jobs
from desktop.ui.pages import settings_parts
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Card, Label

Lists = tuple[tuple[OwnFieldRow, ...], tuple[UnknownColumn, ...]]


class OwnFieldsCard(Card):
    """What own fields are for, and the button that opens them."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("自定义字段", parent=parent)
        words = "名册里没有的项目可以自己加，例如饭卡号、鞋码、合同到期日。"
        self.body.addWidget(Label(words, "sub", wrap=True))
        button = Button("管理字段…", "list-checks", size="small", name="settings.own_fields")
        button.clicked.connect(self.opened)
        self.body.addLayout(settings_parts.in_a_row(button))


class OwnFieldsWork(QObject):
    """Opens the dialog and does what is asked there, each wish as a step of its own.

    ``did`` carries the sentence of what was done.
    """

    did = Signal(str)

    def __init__(self, jobs: Jobs, page: QWidget) -> None:
        super().__init__(page)
        self._jobs, self._page = jobs, page

    def open(self) -> None:
        """Show the fields there are."""
        dialog = OwnFieldsDialog(self._page)
        dialog.add_requested.connect(partial(self._ask_new, dialog))
        dialog.change_requested.connect(partial(self._ask_change, dialog))
        dialog.promote_requested.connect(partial(self._ask_promotion, dialog))
        dialog.move_requested.connect(partial(self._move, dialog))
        dialog.remove_requested.connect(partial(self._remove, dialog))
        dialog.undo_requested.connect(partial(self._undo, dialog))
        dialog.finished.connect(dialog.deleteLater)
        self._read(dialog)
        dialog.open()

    def _read(self, dialog: OwnFieldsDialog) -> None:
        self._jobs.read(dialog, read_lists, done=partial(_show, dialog))

    def _ask_new(self, dialog: OwnFieldsDialog) -> None:
        asking = OwnFieldDialog(parent=dialog)
        asking.wanted.connect(partial(self._add, dialog, asking))
        _open(asking)

    def _ask_change(self, dialog: OwnFieldsDialog, row: OwnFieldRow) -> None:
        asking = OwnFieldDialog(field=row, parent=dialog)
        asking.wanted.connect(partial(self._change, dialog, asking, row))
        _open(asking)

    def _ask_promotion(self, dialog: OwnFieldsDialog, column: UnknownColumn) -> None:
        asking = OwnFieldDialog(column=column, parent=dialog)
        asking.wanted.connect(partial(self._promote, dialog, asking, column))
        _open(asking)

    def _add(self, dialog: OwnFieldsDialog, asking: OwnFieldDialog, wanted: Wanted) -> None:
        label = " ".join(wanted.label.split())
        work = partial(own_fields.add, wanted=wanted)
        self._write(dialog, work, f"新增字段“{label}”", asking=asking)

    def _change(
        self, dialog: OwnFieldsDialog, asking: OwnFieldDialog, row: OwnFieldRow, wanted: Wanted
    ) -> None:
        work = partial(own_fields.change, field_id=row.id, version=row.version, wanted=wanted)
        self._write(dialog, work, f"修改字段“{row.label}”", asking=asking)

    def _promote(
        self,
        dialog: OwnFieldsDialog,
        asking: OwnFieldDialog,
        column: UnknownColumn,
        wanted: Wanted,
    ) -> None:
        work = partial(own_fields.promote, heading=column.heading, wanted=wanted)
        self._write(dialog, work, f"把“{column.heading}”变成字段", asking=asking)

    def _move(self, dialog: OwnFieldsDialog, field_id: int, by: int) -> None:
        work = partial(own_fields.move, field_id=field_id, by=by)
        self._write(dialog, work, "移动字段", is_quiet=True)

    def _remove(self, dialog: OwnFieldsDialog, field_id: int) -> None:
        work = partial(own_fields.remove, field_id=field_id)
        self._write(dialog, work, "去掉字段")

    def _undo(self, dialog: OwnFieldsDialog) -> None:
        self._write(dialog, undo_last, "撤销", is_quiet=True)
        dialog.said.clear()

    def _write(
        self,
        dialog: OwnFieldsDialog,
        work: Callable[..., Any],
        what: str,
        *,
        asking: OwnFieldDialog | None = None,
        is_quiet: bool = False,
    ) -> None:
        self._jobs.write(
            dialog,
            work,
            what=what,
            done=partial(self._done, dialog, asking, "" if is_quiet else what),
            failed=partial(self._failed, dialog, asking),
        )

    def _done(
        self, dialog: OwnFieldsDialog, asking: OwnFieldDialog | None, what: str, result: object
    ) -> None:
        if asking is not None:
            asking.close_done()
        if what:
            dialog.say(_sentence(what, result), may_undo=True)
            self.did.emit(_short(what, result))
        self._read(dialog)

    def _failed(
        self, dialog: OwnFieldsDialog, asking: OwnFieldDialog | None, error: AppError
    ) -> None:
        if asking is not None and isinstance(error, InvalidInputError):
            asking.refuse(error.problems)
            return
        if asking is not None:
            asking.reject()
        dialog.say(f"{error.happened}{error.remedy}", tone="amber")
        self._read(dialog)


def read_lists(session: Any) -> Lists:
    """The fields there are, and the columns rosters brought along."""
    return own_fields.listed(session), own_fields.unknown_columns(session)


def undo_last(session: Any) -> None:
    """Take back what was just done here."""
    from desktop.services import history

    history.undo(session)


def _show(dialog: OwnFieldsDialog, lists: Lists) -> None:
    dialog.show_fields(*lists)


def _short(what: str, result: object) -> str:
    return f"{what}“{result}”" if isinstance(result, str) else what


def _sentence(what: str, result: object) -> str:
    if isinstance(result, Promoted):
        rest = f"，{result.left} 人的放不进去，留在原来的列里" if result.left else ""
        return f"已{what}，{result.moved} 人的内容放进去了{rest}。"
    if isinstance(result, str):
        return f"已{_short(what, result)}，填过的内容留着，撤销就回来。"
    return f"已{what}。"


def _open(asking: OwnFieldDialog) -> None:
    asking.finished.connect(asking.deleteLater)
    asking.open()
