"""Backups of the office's data: made in time, listed, put back, and whether all is well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import backup, copies
from db.backup import Backup, BackupProof, Reason, RestoreProof
from db.backup.generations import wall_clock
from db.copies import Step
from db.errors import AppError, PasswordNeededError
from db.files import refusals_at
from db.keys import is_protected, remembered_key, sidecar
from db.keys.keyring import to_bytes
from desktop.paths import DataFolder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["Backup", "BackupProof", "CheckReport", "Reason", "RestoreProof"]

LATE_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class CheckReport:
    """What was found in the data file. ``findings`` are sentences; none means all is well."""

    integrity: bool
    foreign_keys: bool
    schema: bool
    change_log: bool
    rows: dict[str, int]
    last_backup: datetime | None
    findings: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        return not self.findings


def back_up_now(
    folder: DataFolder,
    key: bytes | None,
    *,
    now: datetime,
    reason: Reason = Reason.BY_HAND,
    step: Step | None = None,
) -> BackupProof:
    """A proved backup in the folder's backups, which are then thinned to their generations.

    The database may be open and in use.
    """
    with refusals_at(folder.backups):
        folder.backups.mkdir(parents=True, exist_ok=True)
    proof = back_up_to(
        folder, key, backup.new_name(folder.backups, now, reason), now=now, step=step
    )
    backup.thin(folder.backups, now)
    return proof


def back_up_to(
    folder: DataFolder,
    key: bytes | None,
    target: Path,
    *,
    now: datetime,
    step: Step | None = None,
) -> BackupProof:
    """A proved backup at ``target``: a file, or a folder that gets a file of its own."""
    if target.is_dir():
        target = backup.new_name(target, now, Reason.BY_HAND)
    keys = None if key is None else to_bytes(sidecar.load(folder.root))
    if key is None and is_protected(folder.root):
        raise _password_needed()
    return backup.back_up(folder.database, key, target, keys=keys, now=now, step=step)


def back_up_if_changed(
    folder: DataFolder, key: bytes | None, *, now: datetime, reason: Reason
) -> BackupProof | None:
    """A backup unless the newest one holds the same change log already."""
    return back_up_now(folder, key, now=now, reason=reason) if has_changed(folder, key) else None


def has_changed(folder: DataFolder, key: bytes | None) -> bool:
    """Whether anything was logged since the newest backup."""
    present = _log_head(folder.database, key)
    newest = next(iter(listed(folder)), None)
    if newest is None:
        return present is None or present[0] > 0
    return present is None or present != _log_head(newest.file, key)


def is_due(folder: DataFolder, *, now: datetime, changed: bool) -> bool:
    """Whether the window should make its half-hourly backup now."""
    return backup.due(last_backup(folder), now, changed=changed)


def listed(folder: DataFolder) -> list[Backup]:
    """The folder's backups, newest first."""
    return backup.listed(folder.backups)


def last_backup(folder: DataFolder) -> datetime | None:
    """When the newest backup was made, by the clock of this PC."""
    return next((each.made_at for each in listed(folder)), None)


def is_late(folder: DataFolder, *, now: datetime) -> bool:
    """Whether the newest backup is so old that she must be told."""
    last = last_backup(folder)
    return last is None or wall_clock(now) - last > LATE_AFTER


def restore(
    folder: DataFolder,
    file: Path,
    *,
    now: datetime,
    secret: str | None = None,
    key: bytes | None = None,
    vault: Path | None = None,
    step: Step | None = None,
) -> RestoreProof:
    """Put a backup back: proved first, the present state kept aside, the result proved.

    ``secret`` is a password or recovery key, ``key`` what opens the present database; without one
    the key this PC remembers is tried. The database must be closed and the folder's lock held;
    works on an empty folder too.
    """
    with refusals_at(folder.root):
        folder.root.mkdir(parents=True, exist_ok=True)
    key = key or remembered_key(folder.root, vault=vault)
    return backup.restore(folder.root, file, now=now, secret=secret, key=key, step=step)


def check(folder: DataFolder, key: bytes | None, *, now: datetime) -> CheckReport:
    """Look at everything and change nothing. Raises only where the file cannot even be opened."""
    if key is None and is_protected(folder.root):
        raise _password_needed()
    rows, broken = _whole(folder.database, key)
    links = [] if broken else _links(folder.database, key)
    schema = [] if broken else _schema(folder.database, key)
    log = [] if broken or schema else _change_log(folder.database, key)
    copies_found = [*_newest_backup(folder, key, now), *_plain_copies(folder, key)]
    return CheckReport(
        integrity=not broken,
        foreign_keys=not broken and not links,
        schema=not broken and not schema,
        change_log=not broken and not schema and not log,
        rows=rows,
        last_backup=last_backup(folder),
        findings=(*broken, *links, *schema, *log, *copies_found),
    )


def _whole(database: Path, key: bytes | None) -> tuple[dict[str, int], list[str]]:
    if not database.exists():
        return {}, ["还没有数据文件。"]
    try:
        return copies.prove(database, key), []
    except AppError:
        return {}, ["数据文件已经损坏，请从最近的备份恢复。"]


def _links(database: Path, key: bytes | None) -> list[str]:
    with copies.opened(database, key, read_only=True) as connection:
        strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"有 {len(strays)} 处关联指向已经不存在的记录。"] if strays else []


def _schema(database: Path, key: bytes | None) -> list[str]:
    from db.migrations import HEAD
    from db.upgrade import APPLICATION_ID

    with copies.opened(database, key, read_only=True) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        return ["这个文件不是本程序的数据文件。"]
    if number != HEAD:
        return [f"数据文件的结构是第 {number} 版，本程序用第 {HEAD} 版。"]
    return []


def _change_log(database: Path, key: bytes | None) -> list[str]:
    from db.changes import verify_chain, verify_records

    with _session(database, key) as session:
        return [*verify_chain(session), *verify_records(session)]


@contextmanager
def _session(database: Path, key: bytes | None) -> Iterator[Session]:
    from sqlalchemy.orm import Session

    from db.engine import make_engine

    # not read-only: such a connection could not take away the log files it begins
    engine = make_engine(database, key=key)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _newest_backup(folder: DataFolder, key: bytes | None, now: datetime) -> list[str]:
    newest = next(iter(listed(folder)), None)
    if newest is None:
        return ["还没有备份。"] if has_changed(folder, key) else []
    day = f"{newest.made_at.month}月{newest.made_at.day}日"
    try:
        with copies.opened(newest.file, key, read_only=True) as connection:
            copies.prove_content(connection, newest.file)
    except AppError:
        return [f"最近的备份（{day}）打不开，请马上再备份一次。"]
    if is_late(folder, now=now) and has_changed(folder, key):
        return [f"最近的备份是 {day} 的，之后的改动还没有备份。"]
    return []


def _plain_copies(folder: DataFolder, key: bytes | None) -> list[str]:
    from db.keys.switching import plain_copies

    if key is None:
        return []
    found = plain_copies(folder.root)
    return [f"文件夹里有 {len(found)} 份没有加密的数据副本。"] if found else []


def _log_head(file: Path, key: bytes | None) -> tuple[Any, ...] | None:
    """Number and hash of the last change set in a file; ``None`` where it cannot be read."""
    try:
        with copies.opened(file, key, read_only=True) as connection:
            known = connection.execute(
                "SELECT count(*) FROM sqlite_schema WHERE name = 'unit_of_work'"
            ).fetchone()
            if known == (0,):
                return None
            found = connection.execute("SELECT last_id, last_hash FROM unit_of_work").fetchone()
    except AppError:
        return None
    return None if found is None else tuple(found)


def _password_needed() -> PasswordNeededError:
    return PasswordNeededError(
        "这份数据有密码保护。", remedy="请先输入密码；忘了密码可以输入恢复密钥。"
    )
