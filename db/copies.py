"""How a database file is opened by hand, copied page by page, exported to another key, and proved.

Everything here works below sessions, on closed files or beside an open window, always with the
SQLite that the program carries.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from db.errors import AppError, BusyError, DamagedError
from db.files import flush_file, meant, no_room, of_system, out_of_reach

Step = Callable[[int, int], None]
"""Told ``(done, total)``; may raise :class:`db.errors.Cancelled` to stop."""

_PAGES_AT_ONCE = 500
_BUSY_SECONDS = 5.0


@contextlib.contextmanager
def opened(path: Path, key: bytes | None = None, *, read_only: bool = False) -> Iterator[Any]:
    """A bare connection to ``path``, closed at the end; what SQLite refuses is translated."""
    with refusals_of(path):
        connection = _connect(path, key, read_only=read_only)
        try:
            yield connection
        finally:
            connection.close()


def opens(path: Path, key: bytes | None = None) -> bool:
    """Whether ``key`` (or none) opens the database at ``path``."""
    try:
        with opened(path, key, read_only=True) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except AppError:
        return False
    return True


def row_counts(connection: Any) -> dict[str, int]:
    """How many rows each table holds, as the connection's transaction sees them."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return {name: _count(connection, name) for (name,) in names}


def prove(path: Path, key: bytes | None = None) -> dict[str, int]:
    """Open the copy, check it whole and count its rows; :class:`DamagedError` if anything is off.

    The file must end with its last page: prove an encrypted backup before its keys are appended.
    """
    with opened(path, key, read_only=True) as connection:
        if key is not None:
            _expect_sound(path, connection.execute("PRAGMA cipher_integrity_check").fetchall())
        return prove_content(connection, path)


def prove_content(connection: Any, path: Path) -> dict[str, int]:
    """Like :func:`prove`, for an open connection and without the check of the file's last page."""
    found = connection.execute("PRAGMA integrity_check(10)").fetchall()
    _expect_sound(path, [row for row in found if row != ("ok",)])
    return row_counts(connection)


def copy_pages(source: Any, target: Path, key: bytes | None, step: Step | None = None) -> None:
    """Copy what ``source``'s transaction sees to a new file under the same key.

    The copy is a single file without a write-ahead log. ``source`` may be in use elsewhere.
    """

    def progress(_status: int, remaining: int, total: int) -> None:
        if step is not None:
            step(total - remaining, total)

    with opened(target, key) as copy:
        source.backup(copy, pages=_PAGES_AT_ONCE, progress=progress)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    _flush(target)


def export(source: Any, target: Path, key: bytes | None) -> None:
    """Write ``source``'s content to a new file under another key, or under none."""
    spelled = "" if key is None else f"x'{key.hex()}'"
    pragmas = {
        name: source.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("user_version", "application_id")
    }
    with refusals_of(target):
        source.execute("ATTACH DATABASE ? AS other KEY ?", (str(target), spelled))
        try:
            source.execute("SELECT sqlcipher_export('other')").fetchall()
            for name, value in pragmas.items():  # the export leaves them behind
                source.execute(f"PRAGMA other.{name} = {int(value)}")
        finally:
            source.execute("DETACH DATABASE other")
    _flush(target)


def convert(source: Path, old: bytes | None, target: Path, new: bytes | None) -> dict[str, int]:
    """Write ``source`` to a new file under another key and prove it equal; the rows of each table.

    ``source`` stays as it is, may carry keys at its end, and must not be written meanwhile.
    """
    with opened(source, old, read_only=True) as connection:
        rows, schema = prove_content(connection, source), _schema(connection)
        export(connection, target, new)
    with opened(target, new, read_only=True) as connection:
        same_schema = _schema(connection) == schema
    if prove(target, new) != rows or not same_schema:
        raise damaged(target, "the converted copy differs")
    return rows


def close_log(path: Path, key: bytes | None = None) -> None:
    """Fold the write-ahead log into the file and do away with it; nobody may have it open."""
    with opened(path, key) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()


@contextlib.contextmanager
def refusals_of(path: Path) -> Iterator[None]:
    """Translate what SQLite and the system refuse while ``path`` is read or written."""
    import sqlcipher3.dbapi2 as sqlcipher

    try:
        yield
    except (sqlcipher.IntegrityError, sqlcipher.ProgrammingError, sqlcipher.InterfaceError):
        raise  # a bug of ours says nothing about the file
    except sqlcipher.Error as original:
        raise _of_sqlite(original, path) from original
    except FileExistsError:
        raise
    except OSError as original:
        raise of_system(original, path) from original


def damaged(path: Path, details: str = "") -> DamagedError:
    return DamagedError(
        f"“{meant(path).name}”已经损坏，或者打不开。",
        remedy="请换另一份备份，或从最近的备份恢复。",
        details=details,
    )


def _connect(path: Path, key: bytes | None, *, read_only: bool) -> Any:
    import sqlcipher3.dbapi2 as sqlcipher

    address = path.absolute().as_uri() + (_reading_mode(path) if read_only else "")
    connection = sqlcipher.connect(
        address, uri=True, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
    )
    try:
        if key is not None:
            # else SQLCipher writes its own lines about a damaged file to standard error
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing plain in the temp folder
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _reading_mode(path: Path) -> str:
    # where no log lies beside the file nobody writes it: read it without leaving a trace, which
    # also works in a folder that may not be written
    in_use = any(path.with_name(path.name + log).exists() for log in ("-wal", "-journal"))
    return "?mode=ro" if in_use else "?mode=ro&immutable=1"


def _schema(connection: Any) -> list[Any]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    return list(connection.execute(query).fetchall())


def _count(connection: Any, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608


def _expect_sound(path: Path, complaints: list[tuple[str]]) -> None:
    if complaints:
        raise damaged(path, f"{len(complaints)} integrity findings")


def _flush(path: Path) -> None:
    with refusals_of(path):
        flush_file(path)


def _of_sqlite(original: Exception, path: Path) -> AppError:
    name = getattr(original, "sqlite_errorname", None) or ""
    message = str(original)
    details = f"{name} {message}".strip()
    if "disk is full" in message or name == "SQLITE_FULL":  # a copy's refusal carries no name
        return no_room(path, details)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in message:
        return BusyError(
            f"“{meant(path).name}”正在被使用。",
            remedy="请关闭打开着的窗口，再试一次。",
            details=details,
        )
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_IOERR")):
        return out_of_reach(path, details)
    if "unable to open" in message or "disk I/O" in message:
        return out_of_reach(path, details)
    return damaged(path, details)
