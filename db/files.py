"""How a file is put in place so that a cut leaves the old one or the new one, never half."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from db.errors import (
    AppError,
    DiskFullError,
    FileInUseError,
    NoPermissionError,
    UnavailableError,
)

STAGED = ".new"  # whatever ends like this is unfinished and may be swept away

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_IS_FOLDER = {errno.EISDIR, errno.ENOTEMPTY}
_SHARING_VIOLATIONS = {32, 33}  # Windows: another program holds the file or a part of it
_BLOCK = 1 << 20


def staged(target: Path) -> Path:
    """The name beside ``target`` under which its next content is prepared."""
    return target.with_name(target.name + STAGED)


def meant(path: Path) -> Path:
    """The file a person knows, where ``path`` may be the name it is prepared under."""
    return path.with_name(path.name.removesuffix(STAGED))


def write_whole(target: Path, data: bytes, *, private: bool = False) -> None:
    """Put ``data`` at ``target`` durably; a reader sees the old content or the new.

    ``private`` lets only the owner read the file, from the moment it exists.
    """
    unfinished = staged(target)
    with refusals_at(target):
        _write(unfinished, data, os.O_TRUNC, 0o600 if private else 0o666)
        put_in_place(unfinished, target)


def write_new(target: Path, data: bytes, *, private: bool = False) -> None:
    """Like :func:`write_whole`, but an existing file raises ``FileExistsError``, untouched."""
    with refusals_at(target):
        _write(target, data, os.O_EXCL, 0o600 if private else 0o666)
        flush_folder(target.parent)


def put_in_place(unfinished: Path, target: Path) -> None:
    """Rename over ``target`` and make the rename durable.

    On Windows this fails while any program, this one included, has either file open.
    """
    unfinished.replace(target)
    flush_folder(target.parent)


def flush_file(path: Path) -> None:
    """Return once the content of ``path`` has reached the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Return once the names in ``folder`` have reached the disk, where the system has a way."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some file systems cannot, and say so
            raise
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextlib.contextmanager
def refusals_at(target: Path) -> Iterator[None]:
    """Translate what the system refuses while ``target`` is written or read."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as original:
        raise of_system(original, target) from original


def of_system(original: OSError, target: Path) -> AppError:
    """What a refusal of the operating system means to a person."""
    target = meant(target)
    details = errno.errorcode.get(original.errno or 0, type(original).__name__)
    if original.errno in _NO_ROOM:
        return no_room(target, details)
    if getattr(original, "winerror", None) in _SHARING_VIOLATIONS:
        return FileInUseError(
            f"“{target.name}”正被别的程序使用。",
            remedy="请关闭正在使用它的程序，再试一次。",
            details=details,
        )
    # pathlib's is_dir raises where the folder above may not even be entered
    is_folder = original.errno in _FORBIDDEN and os.path.isdir(target)  # noqa: PTH112
    if is_folder or original.errno in _IS_FOLDER:
        return a_folder(target, details)
    if original.errno in _FORBIDDEN:
        return NoPermissionError(
            f"文件夹“{target.absolute().parent.name}”不允许写入“{target.name}”。",
            remedy="请换一个可以写入的文件夹，或请管理这台电脑的同志放开权限。",
            details=details,
        )
    return out_of_reach(target, details)


def no_room(target: Path, details: str = "") -> DiskFullError:
    return DiskFullError(
        f"空间不够，写不下“{meant(target).name}”。",
        kept="数据没有任何改动，写了一半的文件也已清掉。",
        remedy="请清理出一些空间，或换一个位置，再试一次。",
        details=details,
    )


def a_folder(target: Path, details: str = "") -> UnavailableError:
    return UnavailableError(
        f"“{meant(target).name}”是一个文件夹，不是文件。",
        remedy="请写上一个文件的名字，再做一次。",
        details=details,
    )


def out_of_reach(target: Path, details: str = "") -> UnavailableError:
    return UnavailableError(
        f"够不到“{meant(target)}”，文件夹可能不在了，或者 U 盘已经拔下。",
        remedy="请检查位置、插好 U 盘，再试一次。",
        details=details,
    )


def _write(path: Path, data: bytes, mode: int, rights: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | mode | getattr(os, "O_BINARY", 0), rights)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
