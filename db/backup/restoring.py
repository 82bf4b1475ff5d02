"""How a backup is put back, with the present state kept aside and the result proved."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from db import copies, swap
from db.backup.generations import Reason, new_name
from db.backup.making import back_up
from db.copies import Step
from db.errors import (
    AppError,
    DamagedError,
    NotOursError,
    PasswordNeededError,
    TooNewError,
    UnusableError,
)
from db.files import (
    a_folder,
    flush_file,
    flush_folder,
    out_of_reach,
    refusals_at,
    sha256_of,
    staged,
)
from db.keys import carried, sidecar
from db.keys.keyring import KeyRing, from_bytes, to_bytes
from db.keys.opening import DATABASE, PLAIN_HEADER, is_protected, looks_encrypted
from db.keys.switching import LOGS, encrypt_plain_copies, plain_copies, recover_interrupted
from db.swap import Action, Mark, Remove, Replace, unmarked


@dataclass(frozen=True)
class RestoreProof:
    """What was put back, counted after the exchange. ``aside`` is the state before, if any.

    ``plain_left`` names damaged plain copies in the folder that could not be encrypted along.
    """

    file: Path
    sha256: str
    rows: dict[str, int]
    made_at: datetime
    aside: Path | None
    protected: bool
    plain_left: tuple[Path, ...] = ()
    verified: bool = True


@dataclass(frozen=True)
class _Opening:
    """A database file with what opens it: both ``None`` where it is plain."""

    file: Path
    key: bytes | None = None
    ring: KeyRing | None = None


def restore(
    folder: Path,
    backup: Path,
    *,
    now: datetime,
    secret: str | None = None,
    key: bytes | None = None,
    step: Step | None = None,
    mark: Mark = unmarked,
) -> RestoreProof:
    """Make ``backup`` the folder's database; the present one is kept aside in ``backups`` first.

    ``secret`` (password or recovery key) or ``key`` opens the backup, the present database, or
    both. A folder that is protected and can be opened stays under its present password; else the
    backup's protection is taken over. Everything is proved before anything is exchanged, and a
    refusal leaves all as it was. Close the database and hold the folder's lock.
    """
    with contextlib.suppress(DamagedError):  # a torn journal must not bar the way back
        recover_interrupted(folder)
    present = _present(folder, secret=secret, keys=(key,))
    known = None if present is None else present.key
    source = _source(folder, backup, secret=secret, keys=(key, known))
    present = present or _present(folder, secret=None, keys=(source.key,))
    target = _target(folder, source, present)
    database = folder / DATABASE
    try:
        mark("stage")
        rows = _stage(source, staged(database), target.key, step)
        _expect_ours(backup, staged(database), target.key)
        mark("set aside")
        aside = _set_aside(folder, present, now)
        mark("stage keys")
        actions = _exchange(folder, target)
    except BaseException:
        swap.sweep(folder)
        raise
    swap.commit(folder, actions, mark=mark)
    if copies.prove(database, target.key) != rows:
        raise copies.damaged(database, "the restored file differs")
    digest = sha256_of(backup)
    proof = RestoreProof(backup, digest, rows, now, aside, target.key is not None)
    return replace(proof, plain_left=_protect_leftovers(folder, target))


def _source(
    folder: Path, backup: Path, *, secret: str | None, keys: tuple[bytes | None, ...]
) -> _Opening:
    """The backup with what opens it; a key of the same data opens it under an older password."""
    with refusals_at(backup):
        if backup.is_dir():
            raise a_folder(backup)
        if not backup.is_file():
            raise out_of_reach(backup)
        with backup.open("rb") as file:
            start = file.read(len(PLAIN_HEADER))
        if (folder / DATABASE).exists() and backup.samefile(folder / DATABASE):
            raise _not_a_backup(backup)
        found = carried.read(backup)
    if start == PLAIN_HEADER:
        return _Opening(backup)
    ring = from_bytes(found.keys) if found else _ring_beside(folder, backup)
    opener = _opener(ring, secret, keys)
    if opener is None:
        raise PasswordNeededError(
            f"备份“{backup.name}”有密码保护。",
            remedy="请输入做这份备份时的密码，或者恢复密钥。",
        )
    return _Opening(backup, opener, ring)


def _ring_beside(folder: Path, backup: Path) -> KeyRing:
    """The ring for an encrypted file that carries none: a data file copied by hand."""
    for place in (backup.parent, folder):
        if looks_encrypted(backup) and sidecar.has_readable_keys(place):
            return sidecar.load(place)
    raise _not_a_backup(backup)


def _present(
    folder: Path, *, secret: str | None, keys: tuple[bytes | None, ...]
) -> _Opening | None:
    """The folder's database and what opens it; ``None`` where it cannot be opened."""
    database = folder / DATABASE
    if not is_protected(folder):
        return _Opening(database)
    try:
        ring = sidecar.load(folder)
        opener = _opener(ring, secret, keys)
    except UnusableError:
        return None
    return None if opener is None else _Opening(database, opener, ring)


def _opener(ring: KeyRing, secret: str | None, keys: tuple[bytes | None, ...]) -> bytes | None:
    for key in keys:
        if key is not None and ring.fits(key):
            return key
    return None if secret is None else ring.open(secret)


def _target(folder: Path, source: _Opening, present: _Opening | None) -> _Opening:
    """Under which key the restored database will lie; protection is never dropped silently."""
    if present is not None and present.key is not None:
        return present
    if present is None and source.key is None and sidecar.has_readable_keys(folder):
        raise PasswordNeededError(
            "现在的数据有密码保护，这份备份没有加密。",
            remedy="请输入现在的密码或恢复密钥，恢复后的数据会继续加密。",
        )
    return source


def _stage(source: _Opening, target: Path, key: bytes | None, step: Step | None) -> dict[str, int]:
    """Bring the backup beside the database under ``key``, proved; the rows of each table."""
    try:
        return _copied(source, target, key, step)
    except DamagedError as error:
        raise copies.damaged(source.file, error.details) from error


def _copied(source: _Opening, target: Path, key: bytes | None, step: Step | None) -> dict[str, int]:
    if source.key != key:
        return copies.convert(source.file, source.key, target, key)
    with copies.opened(source.file, source.key, read_only=True) as connection:
        connection.execute("BEGIN")
        rows = copies.row_counts(connection)
        copies.copy_pages(connection, target, key, step)
        connection.execute("ROLLBACK")
    if copies.prove(target, key) != rows:
        raise copies.damaged(source.file, "row counts differ")
    return rows


def _expect_ours(backup: Path, copy: Path, key: bytes | None) -> None:
    """Refuse the database of another program, or of a newer version of this one."""
    from db.migrations import HEAD
    from db.upgrade import APPLICATION_ID

    with copies.opened(copy, key, read_only=True) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise _not_a_backup(backup)
    if number > HEAD:
        raise TooNewError(
            f"备份“{backup.name}”是更新版本的程序做的，这个版本读不了。",
            remedy="请安装最新版本的程序，再恢复这份备份。",
            details=f"schema {number}, this program {HEAD}",
        )


def _set_aside(folder: Path, present: _Opening | None, now: datetime) -> Path | None:
    """A proved backup of the present state; where it cannot be read, its files as they are."""
    database = folder / DATABASE
    if not database.exists():
        return None
    backups = folder / "backups"
    with refusals_at(backups):
        backups.mkdir(exist_ok=True)
    target = new_name(backups, now, Reason.BEFORE_RESTORE)
    if present is not None:
        _expect_unused(present)
        keys = None if present.ring is None else to_bytes(present.ring)
        with contextlib.suppress(DamagedError):
            return back_up(database, present.key, target, keys=keys, now=now).file
    return _keep_as_it_is(folder, target.with_suffix(""))


def _expect_unused(present: _Opening) -> None:
    """:class:`BusyError` where any program still has the database open."""
    with contextlib.suppress(DamagedError):
        copies.close_log(present.file, present.key)


def _keep_as_it_is(folder: Path, target: Path) -> Path:
    """The files of an unreadable state in a folder of their own, which opens as a data folder."""
    names = (DATABASE, *(DATABASE + suffix for suffix in LOGS), *sidecar.NAMES)
    with refusals_at(target):
        try:
            target.mkdir()
            for name in names:
                if (folder / name).exists():
                    shutil.copy2(folder / name, target / name)
                    flush_file(target / name)
            flush_folder(target)
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
    return target


def _exchange(folder: Path, target: _Opening) -> list[Action]:
    # a log of the old file would be replayed into the new one
    actions: list[Action] = [Remove(DATABASE + suffix) for suffix in LOGS]
    if target.ring is None:
        actions += [Remove(name) for name in sidecar.NAMES]
    else:
        sidecar.prepare(folder, target.ring)
        actions += [Replace(name) for name in sidecar.NAMES]
    return [*actions, Replace(DATABASE)]


def _protect_leftovers(folder: Path, target: _Opening) -> tuple[Path, ...]:
    if target.key is None or target.ring is None:
        return ()
    with contextlib.suppress(AppError):
        encrypt_plain_copies(folder, target.key, target.ring)
    return tuple(plain_copies(folder))


def _not_a_backup(backup: Path) -> NotOursError:
    return NotOursError(
        f"“{backup.name}”不是本程序的备份，或者文件不完整。",
        remedy="请选择“backups”文件夹里的一份备份，或以前另存的备份。",
    )
