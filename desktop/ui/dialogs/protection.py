"""How does she put the data under a password, with a way back should she forget it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.services import protection
from desktop.ui.dialogs import recovery_places
from desktop.ui.dialogs.message import Choice
from desktop.ui.dialogs.protection_frame import WorkDialog, column, head, point
from desktop.ui.dialogs.protection_new_password import NewPassword
from desktop.ui.dialogs.protection_work import Custody, switch_on
from desktop.ui.dialogs.recovery import RecoveryKeyPanel

if TYPE_CHECKING:
    from desktop.documents.recovery_sheet import Sheet


@dataclass(frozen=True)
class KeyPlaces:
    """How a file and a printer for the recovery key are found."""

    pick_file: Callable[[QWidget, str], str] = recovery_places.pick_file
    print_sheet: Callable[[QWidget, Sheet], bool] = recovery_places.print_sheet


class ProtectDialog(WorkDialog):
    """First a password, then a recovery key that must be kept, then the data are encrypted.

    Left before the last step, nothing has changed. ``done_with`` carries the number of backups.
    """

    def __init__(
        self,
        custody: Custody,
        *,
        places: KeyPlaces,
        cancel: str = "取消",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            custody.jobs,
            "给数据设置密码",
            (Choice("back", "上一步"), Choice("go", "下一步")),
            name="protection",
            cancel=cancel,
            parent=parent,
        )
        self._custody, self._places = custody, places
        self._password = ""
        self._panel: RecoveryKeyPanel | None = None
        self._recovery_key = protection.new_recovery_key()
        self._ask_password()

    def go(self) -> None:
        if self.answer == "back":
            self._ask_password()
        elif self._panel is None:
            self._ask_to_keep_the_key()
        else:
            work = partial(switch_on, self._custody, self._password, self._recovery_key)
            self.work(work, busy="正在加密名册和备份…")

    def show_over(self, first: QWidget | None = None) -> None:
        super().show_over(first or self._fields.first)

    def _ask_password(self) -> None:
        self._panel = None
        form = QWidget()
        rows = column(form)
        rows.addLayout(
            head(
                "shield-check",
                "jade",
                "给数据设一个密码",
                "设了以后，别人拿到这台电脑、U 盘或备份，也看不到名册。",
            )
        )
        self._fields = NewPassword(name="protection")
        self._fields.changed.connect(self._check)
        rows.addWidget(self._fields)
        for line in (
            ("lock", "jade", "保护什么", "名册、证件号、改动记录和每一份备份都会加密。"),
            ("key-round", "accentText", "忘了密码", "可以用恢复密钥打开，下一步就给您。"),
            ("triangle-alert", "amber", "请留意", "密码和恢复密钥都丢了，谁也打不开这些数据。"),
        ):
            rows.addLayout(point(*line))
        self._show(form, "下一步", may_go_back=False)
        self._fields.first.setFocus()

    def _ask_to_keep_the_key(self) -> None:
        self._password = self._fields.password()
        form = QWidget()
        rows = column(form)
        rows.addLayout(
            head(
                "key-round",
                "accent",
                "请收好恢复密钥",
                "忘记密码时，它是唯一的办法。请存到别处或打印出来，不要和数据放在一起。",
            )
        )
        self._panel = RecoveryKeyPanel(
            self._custody.jobs,
            self._recovery_key,
            organisation=self._custody.organisation(),
            today=self._custody.today(),
            data_root=self._custody.folder.root,
            pick_file=self._places.pick_file,
            print_sheet=self._places.print_sheet,
        )
        self._panel.changed.connect(self._check)
        rows.addWidget(self._panel)
        self._show(form, "打开密码保护", may_go_back=True)
        self._panel.save.setFocus()

    def _show(self, form: QWidget, verb: str, *, may_go_back: bool) -> None:
        self.message.clear()
        self.buttons["go"].set_text(verb)
        self.buttons["back"].setVisible(may_go_back)
        self.set_form(form)
        self._check()

    def _check(self) -> None:
        self.set_reason(self._panel.reason() if self._panel else self._fields.reason())
        self.fit_again()
