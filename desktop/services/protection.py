"""The password of the office's data: set, changed, removed, remembered, recovered.

Every function here wants the folder's lock held; those that switch protection on or off also want
the database closed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db import keys
from db.copies import Step
from db.errors import AppError, DuplicateError, PasswordNeededError, UnusableError
from desktop.paths import DataFolder
from desktop.services import backups

Cost = keys.Cost
AskSecret = Callable[[], str | None]
"""Gives the password or the recovery key; ``None`` where nobody can be asked."""


def is_protected(folder: DataFolder) -> bool:
    """Whether a password is needed to open the folder. Call :func:`recover_interrupted` before."""
    return keys.is_protected(folder.root)


def recover_interrupted(folder: DataFolder) -> bool:
    """Finish or take back what a power cut interrupted; call it first at every start.

    ``True`` if something had been decided and was finished now.
    """
    from db.keys import switching

    return switching.recover_interrupted(folder.root)


def key_for(folder: DataFolder, ask: AskSecret, *, vault: Path | None = None) -> bytes | None:
    """What opens the folder: ``None`` for a plain one, else the remembered key or by asking.

    Raises ``PasswordNeededError`` where nobody answers, ``WrongPasswordError`` where the answer is
    wrong and ``DamagedError`` where the keys cannot be read.
    """
    if not is_protected(folder):
        return None
    remembered = keys.remembered_key(folder.root, vault=vault)
    if remembered is not None:
        return remembered
    secret = ask()
    if not secret:
        raise PasswordNeededError(
            "这份数据有密码保护。", remedy="请输入密码；忘了密码可以输入恢复密钥。"
        )
    return keys.unlock(folder.root, secret)


def unlock(folder: DataFolder, secret: str) -> bytes:
    """The key behind a password or a recovery key.

    Raises ``WrongPasswordError`` and ``DamagedError`` as :func:`key_for` does.
    """
    return keys.unlock(folder.root, secret)


def check_password(password: str) -> None:
    """``InvalidInputError`` for a password that is guessed too easily."""
    keys.check_password(password)


def new_recovery_key() -> str:
    """A recovery key to be printed or saved before :func:`set_password` is called with it."""
    return keys.new_recovery_key()


def save_recovery_key(file: Path, recovery_key: str, *, now: datetime) -> None:
    """Write the recovery key durably to a new file; an existing file is refused."""
    from db.files import write_new

    text = (
        "半边天·妇委会工作台 恢复密钥\n"
        f"{now.astimezone():%Y-%m-%d}\n\n"
        f"{recovery_key}\n\n"
        "忘记密码时，用它代替密码打开数据。请打印后锁好，不要和数据放在一起。\n"
    )
    try:
        write_new(file, text.encode(), private=True)
    except FileExistsError as error:
        raise DuplicateError(
            f"“{file.name}”已经存在，没有覆盖它。",
            field="recovery_key",
            remedy="请给恢复密钥换一个文件名，再设置一次。",
        ) from error


def set_password(
    folder: DataFolder,
    password: str,
    *,
    recovery_key: str,
    now: datetime,
    cost: keys.Cost | None = None,
    step: Step | None = None,
) -> bytes:
    """Encrypt the data and every plain backup in the folder; the key to open the database with.

    ``recovery_key`` must be saved or printed before. A first encrypted backup is made at the end.
    """
    from db.keys import switching

    folder.root.mkdir(parents=True, exist_ok=True)
    key = switching.set_password(folder.root, password, recovery_key, cost=cost, step=step)
    _first_backup(folder, key, now)
    return key


def set_password_saving_key(
    folder: DataFolder,
    password: str,
    *,
    recovery_file: Path,
    now: datetime,
    cost: keys.Cost | None = None,
    step: Step | None = None,
) -> bytes:
    """Like :func:`set_password`, with a fresh recovery key that is saved to a new file before."""
    keys.check_password(password)
    if is_protected(folder):
        raise DuplicateError("这份数据已经有密码保护。", remedy="如果要换密码，请用“更改密码”。")
    recovery_key = new_recovery_key()
    save_recovery_key(recovery_file, recovery_key, now=now)
    try:
        return set_password(
            folder, password, recovery_key=recovery_key, now=now, cost=cost, step=step
        )
    except BaseException:
        if not is_protected(folder):  # a key that opens nothing would only mislead
            with contextlib.suppress(OSError):
                recovery_file.unlink()
        raise


def expect_protected(folder: DataFolder) -> None:
    """``UnusableError`` for a folder that has no password to change or take away."""
    if not is_protected(folder):
        raise UnusableError("这份数据没有设置密码。", remedy="需要保护时，请设置一个密码。")


def change_password(
    folder: DataFolder, secret: str, new_password: str, *, cost: keys.Cost | None = None
) -> None:
    """Replace the password, given the present one or the recovery key.

    The database may stay open; backups made before open with the password of their day.
    """
    expect_protected(folder)
    keys.change_password(folder.root, secret, new_password, cost=cost)


def renew_recovery_key(folder: DataFolder, secret: str, *, file: Path, now: datetime) -> None:
    """Save a fresh recovery key to a new file, then let it take the old one's place."""
    keys.unlock(folder.root, secret)
    recovery_key = new_recovery_key()
    save_recovery_key(file, recovery_key, now=now)
    use_recovery_key(folder, secret, recovery_key)


def use_recovery_key(folder: DataFolder, secret: str, recovery_key: str) -> None:
    """Let a recovery key that was saved or printed before take the old one's place."""
    keys.renew_recovery_key(folder.root, secret, recovery_key)


def remove_password(
    folder: DataFolder, secret: str, *, now: datetime, vault: Path | None = None
) -> None:
    """Take the protection off and make a plain backup; earlier backups stay encrypted."""
    from db.keys import switching

    expect_protected(folder)
    key = keys.unlock(folder.root, secret)
    switching.remove_password(folder.root, key, vault=vault)
    _first_backup(folder, None, now)


def remember(folder: DataFolder, key: bytes, *, vault: Path | None = None) -> None:
    """Open the folder without its password on this PC, for this user."""
    keys.remember(folder.root, key, vault=vault)


def forget(folder: DataFolder, *, vault: Path | None = None) -> None:
    """Ask for the password again on this PC."""
    keys.forget(folder.root, vault=vault)


def is_remembered(folder: DataFolder, *, vault: Path | None = None) -> bool:
    """Whether this PC opens the folder without asking."""
    return keys.remembered_key(folder.root, vault=vault) is not None


def _first_backup(folder: DataFolder, key: bytes | None, now: datetime) -> None:
    """A backup under the new state; protection has been switched, whatever becomes of this."""
    if folder.database.exists():
        with contextlib.suppress(AppError):
            backups.back_up_now(folder, key, now=now, reason=backups.Reason.PROTECTION)
