"""How does what was removed come back here?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.errors import AppError
from desktop.services import bin
from desktop.services.bin import Removed, Restored
from desktop.ui.dialogs.bin_dialog import BinDialog
from desktop.ui.jobs import Jobs
from desktop.ui.pages.members_actions import Actions


class BinWork(QObject):
    """Opens the bin and brings back what is asked for, each as a step of its own."""

    def __init__(
        self, jobs: Jobs, actions: Actions, today: Callable[[], date], page: QWidget
    ) -> None:
        super().__init__(page)
        self._jobs, self._actions, self._today, self._page = jobs, actions, today, page

    def open(self) -> None:
        """Show what was removed."""
        if not self._actions.may():
            return
        dialog = BinDialog(self._today(), self._page)
        dialog.restore_requested.connect(partial(self._restore, dialog))
        dialog.finished.connect(dialog.deleteLater)
        self._read(dialog)
        dialog.open()

    def _read(self, dialog: BinDialog) -> None:
        self._jobs.read(dialog, bin.listed, done=dialog.show_removed)

    def _restore(self, dialog: BinDialog, one: Removed) -> None:
        work = partial(bin.restore, register=one.register, record_id=one.record_id)
        self._jobs.write(
            dialog,
            work,
            what=f"恢复{bin.TITLES[one.register]}：{one.name}",
            done=partial(self._restored, dialog),
            failed=partial(self._refused, dialog),
        )

    def _restored(self, dialog: BinDialog, done: Restored) -> None:
        what = f"恢复{bin.TITLES[done.register]}：{done.name}"
        dialog.say(f"已{what}。{''.join(done.notes)}", "amber" if done.notes else "jade")
        self._read(dialog)
        (self._actions.tell if done.parted else self._actions.say)(what)

    def _refused(self, dialog: BinDialog, error: AppError) -> None:
        dialog.say(f"{error.happened}{error.remedy}", "amber")
