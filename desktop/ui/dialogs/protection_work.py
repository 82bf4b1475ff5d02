"""What is done to the data when protection is switched or a backup is put back?

Every function runs on the write worker and leaves the open office consistent, whatever happens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from db.errors import AppError
from desktop.paths import DataFolder
from desktop.services import backups, protection
from desktop.services.backups import Backup, BackupProof, RestoreProof
from desktop.services.office import Office
from desktop.ui.jobs import Jobs, Step


@dataclass(frozen=True)
class Custody:
    """What the dialogs of protection and backups work with.

    ``vault`` is where remembered keys lie and ``cost`` what a guess costs; both as usual if None.
    """

    jobs: Jobs
    office: Office
    clock: Callable[[], datetime]
    organisation: Callable[[], str]
    vault: Path | None = None
    cost: protection.Cost | None = None

    @property
    def folder(self) -> DataFolder:
        return self.office.folder

    def today(self) -> date:
        """The day by the clock of this PC."""
        return self.clock().astimezone().date()


@dataclass(frozen=True)
class Kept:
    """How the data are kept now: under a password, remembered here, and in which backups."""

    is_protected: bool
    is_remembered: bool
    backups: tuple[Backup, ...]


def look(custody: Custody) -> Kept:
    """How things stand; reads a few small files."""
    folder = custody.folder
    is_protected = custody.office.is_protected
    remembered = is_protected and protection.is_remembered(folder, vault=custody.vault)
    return Kept(is_protected, remembered, tuple(backups.listed(folder)))


def switch_on(custody: Custody, password: str, recovery_key: str, *, step: Step) -> int:
    """Encrypt the data and every backup; gives how many backups there are now."""
    custody.office.exchange(
        partial(
            protection.set_password,
            custody.folder,
            password,
            recovery_key=recovery_key,
            now=custody.clock(),
            cost=custody.cost,
            step=step,
        )
    )
    return len(backups.listed(custody.folder))


def switch_off(custody: Custody, secret: str) -> None:
    """Take the protection off, given the password or the recovery key."""

    def change() -> bytes | None:
        protection.remove_password(custody.folder, secret, now=custody.clock(), vault=custody.vault)
        return None

    protection.unlock(custody.folder, secret)  # a wrong one need not close the data
    custody.office.exchange(change)


def change_password(custody: Custody, secret: str, new: str) -> None:
    """Put another password in the place of the present one."""
    protection.change_password(custody.folder, secret, new, cost=custody.cost)


def renew_recovery_key(custody: Custody, secret: str, recovery_key: str) -> None:
    """Let a key that was kept before take the old one's place."""
    protection.use_recovery_key(custody.folder, secret, recovery_key)


def set_remembered(custody: Custody, remembered: bool) -> bool:
    """Whether this PC opens the data without asking from now on; gives what it is now."""
    key = custody.office.key
    if remembered and key is not None:
        protection.remember(custody.folder, key, vault=custody.vault)
    else:
        protection.forget(custody.folder, vault=custody.vault)
    return protection.is_remembered(custody.folder, vault=custody.vault)


def back_up(custody: Custody, target: Path | None = None) -> BackupProof:
    """A proved backup among the others, or at ``target``."""
    folder, key, now = custody.folder, custody.office.key, custody.clock()
    if target is None:
        return backups.back_up_now(folder, key, now=now)
    return backups.back_up_to(folder, key, target, now=now)


def put_back(custody: Custody, file: Path, secret: str | None, *, step: Step) -> RestoreProof:
    """Put a backup in the place of the open data, which are kept aside before."""
    office, proofs = custody.office, []

    def change() -> bytes | None:
        proof = backups.restore(
            custody.folder,
            file,
            now=custody.clock(),
            secret=secret,
            key=office.key,
            vault=custody.vault,
            step=step,
        )
        proofs.append(proof)
        if not proof.protected:
            return None
        if office.key is not None:
            return office.key
        return protection.key_for(custody.folder, lambda: secret, vault=custody.vault)

    office.exchange(change)
    return proofs[0]


def put_back_closed(
    folder: DataFolder,
    clock: Callable[[], datetime],
    vault: Path | None,
    file: Path,
    secret: str | None,
    *,
    step: Step,
) -> RestoreProof:
    """Put a backup back while the database is closed and the folder held."""
    return backups.restore(folder, file, now=clock(), secret=secret, vault=vault, step=step)


def why_not(folder: DataFolder, secret: str) -> AppError | None:
    """Why a password or recovery key does not open the data; ``None`` when it does."""
    try:
        protection.unlock(folder, secret)
    except AppError as error:
        return error
    return None
