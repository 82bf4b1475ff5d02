"""Who has a data folder open, and how a second program is kept out.

The operating system holds the lock for as long as the process lives, so a crash or ``kill -9``
leaves none behind. The lock belongs to the file itself: whatever path leads to the folder, it is
the same lock.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from db.errors import BusyError, UnavailableError
from db.files import refusals_at

LOCK = "banbiantian.lock"

_READABLE = 4096  # on Windows a locked byte cannot be read, so the byte locked lies beyond


@dataclass(frozen=True)
class Holder:
    """Who holds a folder: ``program`` as a person calls it (``窗口``, ``命令 import``)."""

    user: str
    program: str
    since: str
    pid: int
    computer: str


@contextlib.contextmanager
def hold(folder: Path, *, program: str, now: datetime) -> Iterator[Holder]:
    """Hold the folder until the block ends or the process dies; the folder is created if missing.

    Raises :class:`BusyError` saying who has it, whether that is this process or another one.
    """
    path = folder / LOCK
    _make(folder)
    with refusals_at(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _try_lock(handle, path):
            raise _busy(folder, _holder(path))
        holder = _present(program, now)
        _write(handle, json.dumps(asdict(holder), ensure_ascii=False).encode())
        try:
            yield holder
        finally:
            _write(handle, b"")
            _unlock(handle)
    finally:
        os.close(handle)


def _make(folder: Path) -> None:
    """See to it that there is a folder; what stands in its place is named and left alone."""
    in_the_way = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if in_the_way.is_file():
        raise UnavailableError(
            f"“{in_the_way.name}”是一个文件，不能当作数据文件夹。",
            kept="这个文件没有任何改动。",
            remedy="请另选一个文件夹来放数据。",
        )
    with refusals_at(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _present(program: str, now: datetime) -> Holder:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        user = ""
    since = now.isoformat(timespec="seconds")
    return Holder(user, program, since, os.getpid(), socket.gethostname())


def _write(handle: int, text: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    os.write(handle, text[:_READABLE])


def _holder(path: Path) -> Holder | None:
    """Who wrote the lock file; ``None`` in the instant between locking and writing."""
    try:
        return Holder(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _busy(folder: Path, holder: Holder | None) -> BusyError:
    if holder is None:
        return BusyError(
            f"数据文件夹“{folder.name}”正被另一个程序打开。", remedy="请关闭它，再试一次。"
        )
    elsewhere = "" if holder.computer == socket.gethostname() else f"电脑 {holder.computer} 上的"
    who = f"{elsewhere}{holder.user or '另一位用户'}"
    return BusyError(
        f"{who} 从 {_spoken(holder.since)} 起已经用“{holder.program}”打开了数据文件夹"
        f"“{folder.name}”（进程 {holder.pid}）。",
        remedy="请回到那边继续，或先把它关闭，再打开一次。",
    )


def _spoken(since: str) -> str:
    moment = datetime.fromisoformat(since).astimezone()
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def _cannot_lock(path: Path, error: OSError) -> UnavailableError:
    return UnavailableError(
        f"文件夹“{path.parent.name}”所在的磁盘不支持文件锁，无法保证只有一个程序在写。",
        remedy="请把数据文件夹放到本机的硬盘上。",
        details=type(error).__name__,
    )


if sys.platform == "win32":
    import errno
    import msvcrt

    def _try_lock(handle: int, path: Path) -> bool:
        os.lseek(handle, _READABLE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EDEADLOCK):
                return False
            raise _cannot_lock(path, error) from error
        return True

    def _unlock(handle: int) -> None:
        # closing would do, but Windows may take its time over it
        os.lseek(handle, _READABLE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int, path: Path) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise _cannot_lock(path, error) from error
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
