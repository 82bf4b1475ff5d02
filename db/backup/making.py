"""How a backup is made and proved while the database may be in use."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import copies
from db.copies import Step
from db.errors import AppError, DamagedError, NoPermissionError
from db.files import out_of_reach, put_in_place, refusals_at, sha256_of, staged
from db.keys import carried

_SQLITE_HEADER = b"SQLite format 3\x00"


@dataclass(frozen=True)
class BackupProof:
    """A backup that was opened, checked and counted after it was written."""

    file: Path
    sha256: str
    rows: dict[str, int]
    made_at: datetime
    verified: bool = True


def back_up(
    database: Path,
    key: bytes | None,
    target: Path,
    *,
    keys: bytes | None = None,
    now: datetime,
    step: Step | None = None,
) -> BackupProof:
    """Copy the database to ``target`` and prove the copy; it holds the latest committed change.

    The copy is encrypted like the original and then carries ``keys``, the folder's key ring, which
    a protected database needs. An earlier backup at ``target`` is replaced, any other file is
    refused. Whatever goes wrong, and when ``step`` raises, no half file is left. Other connections
    may read and write meanwhile.
    """
    if (key is None) != (keys is None):
        raise ValueError("a protected database is backed up with its key and its key ring")
    _refuse_strangers(database, target)
    unfinished = staged(target)
    try:
        rows = _copy_and_prove(database, key, unfinished, step)
        if keys is not None:
            _append_keys(unfinished, key, keys)
        with refusals_at(target):
            digest = sha256_of(unfinished)
            put_in_place(unfinished, target)
    except BaseException:
        _sweep(unfinished)
        raise
    return BackupProof(target, digest, rows, now)


def _copy_and_prove(
    database: Path, key: bytes | None, unfinished: Path, step: Step | None
) -> dict[str, int]:
    if not database.exists():
        raise out_of_reach(database)
    _sweep(unfinished)
    with refusals_at(unfinished):  # the system says what it refuses, SQLite only that it does
        unfinished.touch()
    with copies.opened(database, key) as source:
        source.execute("BEGIN")  # rows are counted and pages copied from one snapshot
        rows = copies.row_counts(source)
        copies.copy_pages(source, unfinished, key, step)
        source.execute("ROLLBACK")
    if copies.prove(unfinished, key) != rows:
        raise DamagedError(
            "备份里的记录数和数据文件对不上，这份备份没有留下。",
            remedy="请换一个位置再备份一次；如果还是这样，请运行“检查数据”。",
        )
    return rows


def _append_keys(unfinished: Path, key: bytes | None, keys: bytes) -> None:
    with refusals_at(unfinished):
        carried.append(unfinished, keys)
        found = carried.read(unfinished)
    if found is None or found.keys != keys or not copies.opens(unfinished, key):
        raise copies.damaged(unfinished)


def _refuse_strangers(database: Path, target: Path) -> None:
    """Never write over the database or over a file that is no backup."""
    if not target.exists():
        return
    with refusals_at(target):
        is_the_database = database.exists() and target.samefile(database)
        if not is_the_database and _is_a_backup(target):
            return
    raise NoPermissionError(
        f"“{target.name}”已经存在，而且不是以前的备份。",
        kept="那份文件没有任何改动。",
        remedy="请给备份换一个文件名。",
    )


def _is_a_backup(file: Path) -> bool:
    with file.open("rb") as opened:
        if opened.read(len(_SQLITE_HEADER)) == _SQLITE_HEADER:
            return True
    try:
        return carried.read(file) is not None
    except AppError:
        return True  # one of ours, damaged: a sound one in its place is a gain


def _sweep(unfinished: Path) -> None:
    with contextlib.suppress(OSError):  # the disk itself may be gone
        for suffix in ("", "-journal", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)
