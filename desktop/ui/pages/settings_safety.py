"""What happens when she asks for protection, a backup or a restore, from wherever she asks?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.errors import AppError
from desktop import settings as declared
from desktop.services import members
from desktop.services.backups import BackupProof, RestoreProof
from desktop.services.members import Totals
from desktop.settings import Settings
from desktop.ui.dialogs import backups_places, backups_words, protection_work
from desktop.ui.dialogs.protection import KeyPlaces, ProtectDialog
from desktop.ui.dialogs.protection_work import Custody
from desktop.ui.notices import Notices


@dataclass(frozen=True)
class Places:
    """The system's own dialogs for files, folders and printers."""

    key: KeyPlaces = field(default_factory=KeyPlaces)
    pick_backup: backups_places.PickBackup = backups_places.pick_backup
    pick_folder: backups_places.PickFolder = backups_places.pick_folder


class Safety(QObject):
    """Opens the dialogs of protection and backups over ``window`` and tells how they ended.

    ``protection_changed`` carries whether the data are under a password now, ``kept_changed`` says
    that anything about passwords or backups is different, ``restored`` carries the
    :class:`RestoreProof` after every page was asked to read again.
    """

    protection_changed = Signal(bool)
    kept_changed = Signal()
    restored = Signal(object)

    def __init__(
        self,
        custody: Custody,
        window: QWidget,
        notices: Notices,
        settings: Settings,
        *,
        places: Places | None = None,
    ) -> None:
        super().__init__(window)
        self.custody = custody
        self._window, self._notices, self._settings = window, notices, settings
        self._places = places or Places()

    # protection

    def offer_protection(self) -> bool:
        """Recommend a password, once in the life of a data folder; whether it was offered now."""
        if self.custody.office.is_protected or self._settings.get(declared.PROTECTION_OFFERED):
            return False
        self._settings.set(declared.PROTECTION_OFFERED, True)
        self._open_protect("以后再说")
        return True

    def protect(self) -> None:
        """Set a password, or change it where there is one."""
        if self.custody.office.is_protected:
            self.change_password()
        else:
            self._open_protect("取消")

    def change_password(self) -> None:
        from desktop.ui.dialogs.protection_change import ChangePasswordDialog

        dialog = ChangePasswordDialog(self.custody, parent=self._window)
        dialog.done_with.connect(self._password_changed)
        dialog.show_over()

    def remove_password(self) -> None:
        from desktop.ui.dialogs.protection_change import RemovePasswordDialog

        dialog = RemovePasswordDialog(self.custody, parent=self._window)
        dialog.done_with.connect(self._unprotected)
        dialog.show_over()

    def renew_recovery_key(self) -> None:
        from desktop.ui.dialogs.protection_change import RenewKeyDialog

        dialog = RenewKeyDialog(self.custody, places=self._places.key, parent=self._window)
        dialog.done_with.connect(self._key_renewed)
        dialog.show_over()

    def set_remembered(self, remembered: bool) -> None:
        """Open without asking on this PC from now on, or ask again."""
        work = partial(protection_work.set_remembered, self.custody, remembered)
        self._run(work, self._remembered)

    # backups

    def back_up(self) -> None:
        self._run(partial(protection_work.back_up, self.custody), self._backed_up, "正在备份")

    def back_up_elsewhere(self) -> None:
        """A further copy in a folder she picks; it is proposed again the next time."""
        before = self._settings.get(declared.BACKUP_FOLDER)
        folder = self._places.pick_folder(self._window, before)
        if folder:
            work = partial(protection_work.back_up, self.custody, Path(folder))
            self._run(work, partial(self._copied, folder), "正在备份")

    def restore(self, file: Path | None = None) -> None:
        """Put a backup back; without ``file`` she picks one first."""
        self.custody.jobs.read(
            self,
            members.totals,
            done=partial(self._open_restore, file),
            failed=partial(self._open_restore_of_unknown, file),
        )

    # private

    def _run(self, work: object, done: object, title: str = "") -> None:
        self.custody.jobs.run(self, work, done=done, title=title, writes=True)  # type: ignore[arg-type]

    def _open_protect(self, cancel: str) -> None:
        dialog = ProtectDialog(
            self.custody, places=self._places.key, cancel=cancel, parent=self._window
        )
        dialog.done_with.connect(self._protected)
        dialog.show_over()

    def _protected(self, count: int) -> None:
        self._say_protection(f"已设密码，数据和 {count} 份备份都已加密")

    def _unprotected(self, _result: object) -> None:
        self._say_protection("已去掉密码保护，数据不再加密")

    def _say_protection(self, sentence: str) -> None:
        self.protection_changed.emit(self.custody.office.is_protected)
        self.kept_changed.emit()
        self._notices.done(sentence)

    def _password_changed(self, _result: object) -> None:
        self._notices.done("密码已更改，恢复密钥不变")

    def _key_renewed(self, _result: object) -> None:
        self._notices.done("新的恢复密钥已启用，旧的已作废")

    def _remembered(self, remembered: bool) -> None:
        words = "这台电脑已记住，打开不再问密码" if remembered else "这台电脑以后打开会问密码"
        self.kept_changed.emit()
        self._notices.done(words)

    def _backed_up(self, proof: BackupProof) -> None:
        self.kept_changed.emit()
        self._notices.done(f"已备份并核对：{backups_words.counted(proof.rows)}")

    def _copied(self, folder: str, proof: BackupProof) -> None:
        self._settings.set(declared.BACKUP_FOLDER, folder)
        self.kept_changed.emit()
        self._notices.done(f"已另存《{proof.file.name}》，并核对过")

    def _open_restore_of_unknown(self, file: Path | None, _error: AppError) -> None:
        self._open_restore(file, None)

    def _open_restore(self, file: Path | None, totals: Totals | None) -> None:
        from desktop.ui.dialogs.restore import Restorable, RestoreDialog

        restorable = Restorable(
            self.custody.folder,
            partial(protection_work.put_back, self.custody),
            present=f"现在名册里的 {totals.everybody} 人" if totals else "",
            pick=self._places.pick_backup,
        )
        dialog = RestoreDialog(
            self.custody.jobs,
            restorable,
            today=self.custody.today(),
            file=file,
            parent=self._window,
        )
        dialog.done_with.connect(self._restored)
        dialog.show_over()

    def _restored(self, proof: RestoreProof) -> None:
        self.protection_changed.emit(self.custody.office.is_protected)
        self.custody.jobs.changed.emit(frozenset(proof.rows), None)
        self.kept_changed.emit()
        self._notices.done(f"已恢复并核对：{backups_words.counted(proof.rows)}")
        self.restored.emit(proof)
