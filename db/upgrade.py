"""Is this file ours and of this version? Create it, bring it up to date, or say why not.

A file from an older version is copied aside, the copy proved, and migrated in one transaction that
commits only when every row is still there and every link holds.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from db import copies, files
from db.changes import sets, triggers
from db.engine import connect_raw, damaged, make_engine, not_ours, refusals_of, write_mode
from db.errors import AppError, TooNewError, UnusableError
from db.migrations import HEAD

APPLICATION_ID = int.from_bytes(b"BBT1")
PROGRAM = "程序"
_HEADER_BYTES = 100  # SQLite takes a shorter file for an empty one and would write over it

# what a faulty migration can raise; anything else is rolled back all the same
_FAILURES = (SQLAlchemyError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError)


class UpgradeFailedError(UnusableError):
    """The file of an older version could not be brought up to date."""

    code = "upgrade_failed"


@dataclass(frozen=True)
class Migrations:
    """A folder of Alembic scripts and the number of the newest; tests bring their own."""

    folder: Path
    head: int

    @classmethod
    def shipped(cls) -> Migrations:
        return cls(Path(str(importlib.resources.files("db.migrations"))), HEAD)


def ensure_current(
    path: Path, *, key: bytes | None, now: datetime, migrations: Migrations | None = None
) -> Path | None:
    """Make ``path`` a sound data file of this version; the copy made when it had to be upgraded.

    A file that is not ours, too new or damaged raises and is not written to. ``key`` must have
    been proved to be the file's own.
    """
    wanted = migrations or Migrations.shipped()
    copy = None
    revision = _revision(path, key, wanted.head)
    if revision is None:
        _create(path, key)
    elif revision < wanted.head:
        copy = _upgrade(path, key, revision, wanted, now)
    else:
        _ensure_triggers(path, key, now)
    return copy


def _revision(path: Path, key: bytes | None, head: int) -> int | None:
    """The schema number of a sound file of ours, ``None`` where there is nothing yet."""
    with refusals_of(path, protected=key is not None):
        size = path.stat().st_size if path.exists() else 0
        if size == 0:
            return None
        if size < _HEADER_BYTES:
            raise not_ours(path, f"{size} bytes")
        connection = connect_raw(path, key=key, read_only=True)
        try:
            return _inspect(connection, path, head)
        finally:
            connection.close()


def _inspect(connection: Any, path: Path, head: int) -> int | None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application == 0 and tables == 0:
        return None  # the first start was cut off before anything was in the file
    if application != APPLICATION_ID:
        raise not_ours(path, f"application_id {application}")
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    if number > head:
        raise TooNewError(
            f"“{path.name}”是更新版本的程序写的，这个版本读不了。",
            kept="文件没有任何改动。",
            remedy="请安装最新版本的程序，再打开它。",
            details=f"schema {number}, this program {head}",
        )
    (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise damaged(path, "quick_check")
    return int(number)


def _create(path: Path, key: bytes | None) -> None:
    import db.tables  # noqa: F401 - makes every table known to the metadata
    from db.base import Base

    with refusals_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(path, key=key)
    try:
        with write_mode(engine).begin() as connection:
            Base.metadata.create_all(connection)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{HEAD:04d}",))
            sets.initialise(connection)
            triggers.create(connection)
            _stamp(connection, HEAD)
    finally:
        engine.dispose()


def _stamp(connection: Connection, number: int) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def _ensure_triggers(path: Path, key: bytes | None, now: datetime) -> None:
    """Put missing triggers back, and log what was written while they were missing."""
    engine = make_engine(path, key=key)
    try:
        with engine.connect() as connection:
            if triggers.are_current(connection):
                return
        with write_mode(engine).begin() as connection:
            triggers.create(connection)
            sets.record_outside(connection, PROGRAM, "补记在程序之外的改动", now)
    finally:
        engine.dispose()


def _upgrade(
    path: Path, key: bytes | None, revision: int, wanted: Migrations, now: datetime
) -> Path:
    copy, counts = _copy_aside(path, key, revision, wanted.head)
    try:
        _migrate(path, key, wanted, now, counts)
    except AppError:
        _ensure_untouched(path, key, copy, revision, counts)
        raise
    except _FAILURES as failure:
        _ensure_untouched(path, key, copy, revision, counts)
        raise UpgradeFailedError(
            f"“{path.name}”没能升级到新版本。",
            kept=f"它保持原样，升级前的副本在“{copy.name}”。",
            remedy="请先继续用旧版本的程序，并把这个问题告诉我们。",
            details=f"{revision} to {wanted.head}: {type(failure).__name__}",
        ) from failure
    return copy


def _copy_aside(
    path: Path, key: bytes | None, old: int, new: int
) -> tuple[Path, Mapping[str, int]]:
    """A proved copy beside the file, and the row counts both have."""
    target = path.with_name(f"{path.name}.before-upgrade-{old:04d}-{new:04d}")
    unfinished = files.staged(target)
    unfinished.unlink(missing_ok=True)
    with copies.opened(path, key, read_only=True) as source:
        counts = copies.row_counts(source)
        copies.copy_pages(source, unfinished, key)
    if copies.prove(unfinished, key) != counts:
        raise damaged(path, "the copy before the upgrade differs")
    with files.refusals_at(target):
        files.put_in_place(unfinished, target)
    return target, counts


def _migrate(
    path: Path,
    key: bytes | None,
    wanted: Migrations,
    now: datetime,
    counts: Mapping[str, int],
) -> None:
    engine = make_engine(path, key=key)
    try:
        with write_mode(engine).connect() as connection:
            # inside a transaction this pragma does nothing, and with it on, rebuilding a table
            # deletes the rows that point to it
            bare: Any = connection.connection.dbapi_connection
            bare.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                triggers.drop(connection)
                _run_scripts(connection, wanted)
                _expect_whole(connection, counts)
                triggers.create(connection)
                sets.record_outside(connection, PROGRAM, "升级数据文件", now)
                _stamp(connection, wanted.head)
    finally:
        engine.dispose()


def _run_scripts(connection: Connection, wanted: Migrations) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(wanted.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, f"{wanted.head:04d}")
    except CommandError as error:
        raise RuntimeError(str(error)) from error


def _expect_whole(connection: Connection, before: Mapping[str, int]) -> None:
    """A migration may add and drop tables; the rows of those that stay must all be there."""
    after = copies.row_counts(connection.connection.dbapi_connection)
    lost = [name for name in before if name in after and before[name] != after[name]]
    if lost:
        raise RuntimeError(f"rows differ in {', '.join(lost)}")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("a link leads nowhere")


def _ensure_untouched(
    path: Path, key: bytes | None, copy: Path, revision: int, counts: Mapping[str, int]
) -> None:
    """The transaction rolled back; a script that committed by itself is undone from the copy."""
    with copies.opened(path, key) as connection:
        (number,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if int(number) == revision and copies.row_counts(connection) == counts:
            return
        with copies.opened(copy, key, read_only=True) as source:
            source.backup(connection)
