"""How do protection and backups stand, and what can be done about them?"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.backups import Backup, RestoreProof
from desktop.ui import theme
from desktop.ui.dialogs import backups_words
from desktop.ui.dialogs.protection_work import Kept
from desktop.ui.pages.settings_parts import in_a_row, state
from desktop.ui.pages.settings_safety import Safety
from desktop.ui.widgets.buttons import Button, CheckBox
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Card, Hairline, Label

FIRST_SHOWN = 5


class ProtectionCard(Card):
    """Whether the data are under a password, and every way to change that."""

    def __init__(self, safety: Safety, kept: Kept) -> None:
        super().__init__("密码保护")
        self._safety = safety
        if kept.is_protected:
            self._show_protected(kept.is_remembered)
        else:
            self._show_plain()

    def _show_plain(self) -> None:
        note = "谁拿到这台电脑或备份，都能看到名册。建议设一个密码；忘了也有恢复密钥。"
        self.body.addLayout(state("shield-alert", "amber", "还没有设密码", note))
        protect = Button("设置密码", "key-round", "primary", name="settings.protect")
        protect.clicked.connect(self._safety.protect)
        self.body.addLayout(in_a_row(protect))

    def _show_protected(self, is_remembered: bool) -> None:
        note = "数据和每一份备份都是加密的，打开要用密码或恢复密钥。"
        self.body.addLayout(state("shield-check", "jade", "已设密码", note))
        remember = CheckBox("在这台电脑上记住，打开不再问密码", name="settings.remember")
        remember.setChecked(is_remembered)
        remember.clicked.connect(self._safety.set_remembered)
        self.body.addWidget(remember)
        change = _button("更改密码", "key-round", "change", self._safety.change_password)
        renew = _button("换恢复密钥", "refresh-cw", "renew", self._safety.renew_recovery_key)
        remove = _button("去掉密码", "", "remove", self._safety.remove_password)
        self.body.addLayout(in_a_row(change, renew, remove))


class BackupsCard(Card):
    """The backups there are, newest first, and how to make or put back one."""

    def __init__(
        self, safety: Safety, kept: Kept, today: date, *, proof: RestoreProof | None = None
    ) -> None:
        super().__init__("备份")
        self._safety, self._today = safety, today
        note = "有改动时每半小时一次，关闭程序和导入之前各一次；每一份都打开核对过。"
        self.body.addWidget(Label(note, "sub", wrap=True))
        self.message = InlineMessage(name="settings.restored")
        self.body.addWidget(self.message)
        now = _button("立即备份", "save", "back_up", safety.back_up)
        elsewhere = _button("备份到…", "hard-drive", "back_up_to", safety.back_up_elsewhere)
        elsewhere.setToolTip("另存一份到 U 盘或别的文件夹")
        restore = _button("从备份恢复…", "archive-restore", "restore", self._restore)
        self.body.addLayout(in_a_row(now, elsewhere, restore))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        for backup in kept.backups[:FIRST_SHOWN]:
            self._add(backup)
        self._rest = kept.backups[FIRST_SHOWN:]
        if not kept.backups:
            self.body.addWidget(Label("还没有备份。", "sub"))
        if self._rest:
            words = f"显示其余 {len(self._rest)} 份"
            self._more = Button(words, "chevron-down", "ghost", "small", name="settings.more")
            self._more.clicked.connect(self._show_rest)
            self.body.addWidget(self._more)
        if proof is not None:
            self._say_restored(proof)

    def _restore(self) -> None:
        self._safety.restore()

    def _show_rest(self) -> None:
        self._more.hide()
        for backup in self._rest:
            self._add(backup)

    def _add(self, backup: Backup) -> None:
        self._lines.addWidget(Hairline())
        self._lines.addWidget(_BackupLine(backup, self._today, self._safety))

    def _say_restored(self, proof: RestoreProof) -> None:
        words = f"已恢复：{backups_words.counted(proof.rows)}。"
        if proof.aside is not None:
            words += f"恢复之前的数据另存为《{proof.aside.name}》，换回去就选“恢复前”的那一份。"
        if proof.plain_left:
            words += f"有 {len(proof.plain_left)} 份旧副本没能加密，请看看数据文件夹。"
        self.message.say(words, "amber" if proof.plain_left else "jade")


class _BackupLine(QWidget):
    """One backup: when, why, how large, and the way back to it."""

    def __init__(self, backup: Backup, today: date, safety: Safety) -> None:
        super().__init__()
        when = backups_words.moment(backup.made_at, today)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        cells = (
            (when, "table", "text", 130),
            (backup.reason.label, "table", "text2", 130),
            (backups_words.size(backup.size), "table", "text2", 64),
        )
        for words, role, tone, width in cells:
            label = Label(words, role, tone)  # type: ignore[arg-type]
            label.setFixedWidth(theme.px(width))
            row.addWidget(label)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        back = Button("恢复…", "", "link", "small", name=f"settings.restore.{backup.file.stem}")
        back.setAccessibleName(f"用{when}的备份恢复")
        back.clicked.connect(partial(_restore, safety, backup.file))
        row.addWidget(back)


def _restore(safety: Safety, file: Path) -> None:
    safety.restore(file)


def _button(text: str, icon: str, key: str, act: object) -> Button:
    button = Button(text, icon, "outlined", "small", name=f"settings.{key}")
    button.clicked.connect(act)
    return button
