"""How does she open protected data at the start, and what if she cannot?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.errors import AppError, WrongPasswordError
from desktop.paths import DataFolder
from desktop.services import protection
from desktop.services.office import Office, held
from desktop.ui.dialogs.backups_places import pick_backup
from desktop.ui.dialogs.message import WIDTH, Choice
from desktop.ui.dialogs.password_field import SecretEdit
from desktop.ui.dialogs.protection_frame import WorkDialog, column, head, quiet_link
from desktop.ui.dialogs.protection_work import put_back_closed, why_not
from desktop.ui.jobs import Jobs
from desktop.ui.notices import error_dialog
from desktop.ui.widgets.buttons import CheckBox
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.labels import Label

Check = Callable[[str], AppError | None]


@dataclass(frozen=True)
class Unlocked:
    """What opened the data, and whether this PC is to remember it."""

    secret: str
    remember: bool


class UnlockDialog(WorkDialog):
    """Asks for the password or the recovery key until one opens the data, or she leaves.

    ``check`` says why a secret does not open them; it runs on a worker. A wrong one is told at the
    field, anything else in a line of its own. ``restore`` is the way round, and says whether a
    backup was put back.
    """

    def __init__(
        self,
        jobs: Jobs,
        check: Check,
        *,
        restore: Callable[[QWidget], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            jobs,
            "打开数据",
            (Choice("open", "打开", "key-round"),),
            name="unlock",
            cancel="退出",
            width=WIDTH,
            parent=parent,
        )
        self._check, self._restore = check, restore
        self.unlocked: Unlocked | None = None
        self.is_restored = False
        rows = column(self.form)
        rows.addLayout(head("lock", "accent", "这份数据有密码保护", "忘了密码，可以输入恢复密钥。"))
        self.secret = SecretEdit(name="unlock.secret")
        self._field = Field("密码或恢复密钥", self.secret)
        rows.addWidget(self._field)
        self.remember = CheckBox("在这台电脑上记住", name="unlock.remember")
        rows.addWidget(self.remember)
        note = "以后用您的账户登录这台电脑，打开时不再问密码；换一台电脑仍然要问。"
        rows.addWidget(Label(note, "cap", wrap=True))
        self.restore_link = quiet_link("从备份恢复", "archive-restore", "unlock.restore")
        self.restore_link.setVisible(restore is not None)
        self.restore_link.clicked.connect(self._restore_instead)
        row = QHBoxLayout()
        row.addWidget(self.restore_link)
        row.addStretch()
        rows.addLayout(row)
        self.message.acted.connect(self._restore_instead)
        self.secret.textChanged.connect(self._typed)
        self._typed()

    def ask(self) -> str:
        """Show it and wait; ``unlocked`` and ``is_restored`` say how it ended."""
        self.fit()
        self.secret.setFocus()
        self.exec()
        return self.answer

    def go(self) -> None:
        self.work(partial(self._check, self.secret.text()), busy="正在打开…", then=self._checked)

    def _checked(self, error: AppError | None) -> None:
        if error is None:
            remember = self.remember.isChecked()
            self.unlocked = Unlocked(self.secret.text(), remember)
            self.close_with(self.unlocked)
        elif isinstance(error, WrongPasswordError):
            self._field.set_error(f"{error.happened}{error.remedy}")
            self.fit_again()
            self.secret.setFocus()
            self.secret.selectAll()
        else:
            self.tell(error, action="从备份恢复" if self._restore else "")

    def _typed(self) -> None:
        self._field.set_error("")
        self.set_reason("" if self.secret.text() else "请先输入密码")
        self.fit_again()

    def _restore_instead(self) -> None:
        if self._restore is not None and self._restore(self):
            self.is_restored = True
            self.close_with(None)


def ask_secret(
    parent: QWidget | None,
    check: Check,
    *,
    jobs: Jobs,
    restore: Callable[[QWidget], bool] | None = None,
) -> Unlocked | None:
    """What opens the data, asked until ``check`` has nothing against it; None when she leaves."""
    dialog = UnlockDialog(jobs, check, restore=restore, parent=parent)
    dialog.ask()
    dialog.deleteLater()
    return dialog.unlocked


class Unlocking:
    """The questions of one start.

    ``ask`` is the ``secret`` of :func:`desktop.services.office.opened`. When that ended with
    ``PasswordNeededError`` and ``is_restored`` holds, a backup was put back: open again.
    ``settle`` is called with the open office and keeps what she ticked.
    """

    def __init__(
        self,
        window: QWidget | None,
        folder: DataFolder,
        *,
        clock: Callable[[], datetime],
        vault: Path | None = None,
        pick_backup: Callable[[QWidget, Path], str] = pick_backup,
    ) -> None:
        self._window, self._folder, self._clock, self._vault = window, folder, clock, vault
        self._pick_backup = pick_backup
        self._remember = False
        self.is_restored = False

    def ask(self) -> str | None:
        """The secret as typed; None when she left or restored a backup instead."""
        self.is_restored = False
        jobs = _jobs_without_data()
        dialog = UnlockDialog(
            jobs,
            partial(why_not, self._folder),
            restore=partial(self._restore, jobs),
            parent=self._window,
        )
        try:
            dialog.ask()
        finally:
            jobs.close()
        self.is_restored, unlocked = dialog.is_restored, dialog.unlocked
        dialog.deleteLater()
        self._remember = unlocked is not None and unlocked.remember
        return unlocked.secret if unlocked else None

    def settle(self, office: Office) -> None:
        """Let this PC remember the key if she ticked it; a refusal is not worth a word."""
        if self._remember and office.key is not None:
            with contextlib.suppress(AppError):
                protection.remember(self._folder, office.key, vault=self._vault)

    def offer_restore(self, error: AppError) -> bool:
        """Tell why the data cannot be opened and offer a backup; whether one was put back.

        For data that are closed, with the folder not held.
        """
        choices = (Choice("restore", "从备份恢复", "archive-restore"),)
        box = error_dialog(error, choices=choices, cancel="退出", parent=self._window)
        if box.ask() != "restore":
            return False
        jobs = _jobs_without_data()
        try:
            with held(self._folder, program="窗口", clock=self._clock, finish=False):
                return self._restore(jobs, self._window)
        except AppError as refused:
            error_dialog(refused, parent=self._window).ask()
            return False
        finally:
            jobs.close()

    def _restore(self, jobs: Jobs, parent: QWidget | None) -> bool:
        proofs: list[object] = []
        from desktop.ui.dialogs.restore import Restorable, RestoreDialog

        restorable = Restorable(
            self._folder,
            partial(put_back_closed, self._folder, self._clock, self._vault),
            pick=self._pick_backup,
        )
        dialog = RestoreDialog(
            jobs, restorable, today=self._clock().astimezone().date(), parent=parent
        )
        dialog.done_with.connect(proofs.append)
        dialog.fit()
        dialog.exec()
        dialog.deleteLater()
        return bool(proofs)


def _jobs_without_data() -> Jobs:
    """Workers for a time when there is no open database to read from."""

    def refuse(*_given: object) -> tuple[object, frozenset[str]]:
        raise LookupError("the data are not open yet")

    return Jobs(refuse, refuse)
