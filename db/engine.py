"""How a data file is opened, and what its refusals mean; everything SQLite stands here."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event

from db.errors import (
    AppError,
    BusyError,
    DamagedError,
    DiskFullError,
    DuplicateError,
    InUseError,
    NoPermissionError,
    NotOursError,
)

SQLITE_MAGIC = b"SQLite format 3\x00"
KEY_BYTES = 32
BUSY_MILLISECONDS = 5000
CACHE_KILOBYTES = 16_384  # a roster of ten thousand with its log; the usual 2 MB spills and rereads

_UNREACHABLE = (PermissionError, FileNotFoundError, FileExistsError, NotADirectoryError)


def make_engine(path: Path, *, key: bytes | None = None, read_only: bool = False) -> Engine:
    """An engine on the file at ``path``, encrypted when ``key`` (32 raw bytes) is given.

    A transaction is ``BEGIN IMMEDIATE`` where the engine or connection carries the execution
    option ``write=True``; else it is a snapshot that refuses every write. What SQLite refuses
    comes out as an :class:`AppError`; what it reports about a bug stays SQLAlchemy's own. With
    ``read_only`` the file is opened as it is, nothing is created beside it, and nobody may write
    to it meanwhile.
    """
    if key is not None and len(key) != KEY_BYTES:
        raise ValueError(f"the key of a data file has {KEY_BYTES} bytes")
    address = _address(path, read_only=read_only)
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connect(address, key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _begin(connection, read_only=read_only)

    @event.listens_for(engine, "handle_error")
    def handle_error(context: ExceptionContext) -> None:
        if not read_only and _is_write_while_reading(context):
            return
        error = translated(context.original_exception, path=path, protected=key is not None)
        if error is not None:
            raise error from context.original_exception

    return engine


def write_mode(engine: Engine) -> Engine:
    """The same pool, with transactions that take the write lock at once."""
    return engine.execution_options(write=True)


@contextlib.contextmanager
def refusals_of(path: Path, *, protected: bool = False) -> Iterator[None]:
    """Translate what the bare driver raises, for work done without an engine."""
    try:
        yield
    except (sqlcipher.Error, OSError) as original:
        error = translated(original, path=path, protected=protected)
        if error is None:
            raise
        raise error from original


def connect_raw(path: Path, *, key: bytes | None = None, read_only: bool = False) -> Any:
    """A bare driver connection with the same pragmas; the caller closes it and begins by hand."""
    address = _address(path, read_only=read_only)
    with refusals_of(path, protected=key is not None):
        return _connect(address, key, read_only=read_only)


def translated(original: BaseException, *, path: Path, protected: bool = False) -> AppError | None:
    """What a driver's or the system's refusal means to a person; ``None`` when it is a bug."""
    if isinstance(original, OSError):
        return _of_system(original, path)
    # this driver names the kind of refusal only; what exactly it was stands in the message
    name, message = str(getattr(original, "sqlite_errorname", "")), str(original)
    details = f"{name} {message}".strip()
    match name:
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return BusyError(
                "数据正在被另一项操作使用。", remedy="请等它做完再试一次。", details=details
            )
        case "SQLITE_FULL":
            return disk_full(details)
        case "SQLITE_NOTADB":
            return not_a_database(path, protected=protected, details=details)
        case "SQLITE_CORRUPT":
            return damaged(path, details)
        case "SQLITE_READONLY" | "SQLITE_CANTOPEN" | "SQLITE_PERM" | "SQLITE_IOERR":
            return no_permission(path, details)
        case "SQLITE_CONSTRAINT":
            return _of_constraint(message)
        case _:
            return None


def disk_full(details: str = "") -> DiskFullError:
    return DiskFullError(
        "磁盘写不进去，可能是空间不够，这一步没有保存。",
        kept="以前的数据都在。",
        remedy="请清理出一些空间后再试。",
        details=details,
    )


def no_permission(path: Path, details: str = "") -> NoPermissionError:
    return NoPermissionError(
        f"无法读写数据文件“{path.name}”。",
        remedy=f"请检查文件夹“{path.parent}”是否还在、允不允许写入、有没有空间，再试一次。",
        details=details,
    )


def damaged(path: Path, details: str = "") -> DamagedError:
    return DamagedError(
        f"数据文件“{path.name}”已经损坏，无法读取。",
        kept="文件保持原样，没有再写入。",
        remedy="请从“数据与备份”里恢复最近的一份备份。",
        details=details,
    )


def not_ours(path: Path, details: str = "") -> NotOursError:
    return NotOursError(
        f"“{path.name}”不是本程序的数据文件。",
        kept="文件没有任何改动。",
        remedy="请选择原来的数据文件夹，或者换一个空文件夹。",
        details=details,
    )


def not_a_database(path: Path, *, protected: bool, details: str = "") -> AppError:
    """Why a file does not open as a database.

    The key of a protected file was proved before it came here (``db.keys``), so a file it does
    not open is damaged, unless it is a plain database that was put in its place.
    """
    plain = _begins_as_plain(path)
    if protected:
        return not_ours(path, details) if plain else damaged(path, details)
    return damaged(path, details) if plain else not_ours(path, details)


def _begins_as_plain(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError:
        return False


def _address(path: Path, *, read_only: bool) -> str:
    # as an address, because a folder may hold '?', '#' or '%'
    address = path.absolute().as_uri()
    if not read_only:
        return address
    # without a log to read along, promise that nobody writes: else SQLite leaves two files there
    has_log = path.with_name(path.name + "-wal").exists()
    return address + ("?mode=ro" if has_log else "?mode=ro&immutable=1")


def _connect(address: str, key: bytes | None, *, read_only: bool) -> Any:
    connection = sqlcipher.connect(
        address,
        uri=True,
        isolation_level=None,  # transactions begin in _begin, never behind our back
        check_same_thread=False,  # the pool hands a connection to one thread at a time
        timeout=BUSY_MILLISECONDS / 1000,
    )
    try:
        if key is not None:
            # else SQLCipher writes its own lines about a damaged file to standard error
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _set_pragmas(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_pragmas(connection: Any, *, read_only: bool) -> None:
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    # without this a row replaced by INSERT OR REPLACE leaves without its delete trigger
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")


def _begin(connection: Connection, *, read_only: bool) -> None:
    writes = bool(connection.get_execution_options().get("write")) and not read_only
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_write_while_reading(context: ExceptionContext) -> bool:
    """A write in a transaction that only reads is a bug of ours, not a matter of permission."""
    connection = context.connection
    return (
        connection is not None
        and not connection.get_execution_options().get("write")
        and "readonly database" in str(context.original_exception)
    )


def _of_system(original: OSError, path: Path) -> AppError | None:
    if original.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(str(original.strerror))
    if isinstance(original, _UNREACHABLE):
        return no_permission(path, str(original.strerror))
    return None


def _of_constraint(message: str) -> AppError | None:
    """A duplicate or a record still in use; checks and missing values are bugs of ours."""
    if message.startswith("UNIQUE constraint failed"):
        column = message.rpartition(": ")[2].split(",")[-1].strip()
        return DuplicateError(
            "已经有一条同样的记录。",
            field=column.partition(".")[2],
            remedy="请先查一查是不是同一条，再决定改哪一条。",
        )
    if message.startswith("FOREIGN KEY constraint failed"):
        return InUseError(
            "这条记录还有别的记录在用，暂时不能删除。",
            used_by={},
            remedy="请先处理用到它的记录，再来删除。",
        )
    return None
