"""How is a password changed or taken off, and a recovery key replaced?"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.errors import AppError, WrongPasswordError
from desktop.services import protection
from desktop.ui.dialogs.message import Choice
from desktop.ui.dialogs.password_field import SecretEdit
from desktop.ui.dialogs.protection import KeyPlaces
from desktop.ui.dialogs.protection_frame import WorkDialog, column, head, point
from desktop.ui.dialogs.protection_new_password import NewPassword
from desktop.ui.dialogs.protection_work import (
    Custody,
    change_password,
    renew_recovery_key,
    switch_off,
)
from desktop.ui.dialogs.recovery import RecoveryKeyPanel
from desktop.ui.widgets.fields import Field


class _SecretDialog(WorkDialog):
    """A dialog that first wants the present password or the recovery key."""

    def __init__(
        self, custody: Custody, title: str, verb: str, *, name: str, parent: QWidget | None
    ) -> None:
        super().__init__(custody.jobs, title, (Choice("go", verb),), name=name, parent=parent)
        self._custody = custody
        self._rows: QVBoxLayout = column(self.form)
        self.secret = SecretEdit(name=f"{name}.secret")
        self._field = Field("现在的密码，或恢复密钥", self.secret)
        self.secret.textChanged.connect(self._typed)

    def show_over(self, first: QWidget | None = None) -> None:
        self.check()
        super().show_over(first or self.secret)

    def missing(self) -> str:
        """What is still to be filled in."""
        return "" if self.secret.text() else "请先输入现在的密码"

    def check(self) -> None:
        self.set_reason(self.missing())
        self.fit_again()

    def refused(self, error: AppError) -> None:
        if isinstance(error, WrongPasswordError):
            self._field.set_error(f"{error.happened}{error.remedy}")
            self.fit_again()
            self.secret.setFocus()
            self.secret.selectAll()
        else:
            self.tell(error)

    def _typed(self) -> None:
        self._field.set_error("")
        self.check()


class ChangePasswordDialog(_SecretDialog):
    """The present password once, the new one twice."""

    def __init__(self, custody: Custody, *, parent: QWidget | None = None) -> None:
        super().__init__(custody, "更改密码", "更改密码", name="change_password", parent=parent)
        self._rows.addLayout(
            head(
                "key-round",
                "accent",
                "更改密码",
                "恢复密钥不变。以前的备份，要用它们当时的密码或恢复密钥打开。",
            )
        )
        self._rows.addWidget(self._field)
        self._fields = NewPassword(name="change_password")
        self._fields.changed.connect(self.check)
        self._rows.addWidget(self._fields)

    def missing(self) -> str:
        return super().missing() or self._fields.reason()

    def go(self) -> None:
        work = partial(change_password, self._custody, self.secret.text(), self._fields.password())
        self.work(work, busy="正在更改密码…")


class RemovePasswordDialog(_SecretDialog):
    """Says what it means, and wants the password."""

    def __init__(self, custody: Custody, *, parent: QWidget | None = None) -> None:
        super().__init__(custody, "去掉密码保护", "去掉密码", name="remove_password", parent=parent)
        self._rows.addLayout(
            head(
                "shield-alert",
                "amber",
                "去掉密码保护",
                "以后打开不用密码，别人拿到这台电脑或备份也能看到名册。",
            )
        )
        self._rows.addWidget(self._field)
        self._rows.addLayout(
            point(
                "archive-restore",
                "text2",
                "以前的备份",
                "仍然是加密的，要用当时的密码或恢复密钥打开，请继续收好。",
            )
        )

    def go(self) -> None:
        self.work(partial(switch_off, self._custody, self.secret.text()), busy="正在去掉密码保护…")


class RenewKeyDialog(_SecretDialog):
    """A fresh recovery key, kept before it takes the old one's place."""

    def __init__(
        self, custody: Custody, *, places: KeyPlaces, parent: QWidget | None = None
    ) -> None:
        super().__init__(custody, "换一个恢复密钥", "启用新密钥", name="renew_key", parent=parent)
        self._recovery_key = protection.new_recovery_key()
        self._rows.setSpacing(10)
        self._rows.addLayout(
            head(
                "key-round",
                "accent",
                "换一个恢复密钥",
                "启用以后旧的作废；以前的备份仍用旧的，请一并收好。",
            )
        )
        self._panel = RecoveryKeyPanel(
            custody.jobs,
            self._recovery_key,
            organisation=custody.organisation(),
            today=custody.today(),
            data_root=custody.folder.root,
            pick_file=places.pick_file,
            print_sheet=places.print_sheet,
        )
        self._panel.changed.connect(self.check)
        self._rows.addWidget(self._field)
        self._rows.addWidget(self._panel)

    def missing(self) -> str:
        return super().missing() or self._panel.reason()

    def go(self) -> None:
        work = partial(renew_recovery_key, self._custody, self.secret.text(), self._recovery_key)
        self.work(work, busy="正在启用新的恢复密钥…")
