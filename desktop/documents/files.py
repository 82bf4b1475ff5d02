"""How a file gets written whole or not at all, and what files of people may be called."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from db.errors import (
    AppError,
    DiskFullError,
    FileInUseError,
    NoPermissionError,
    UnavailableError,
)

LONGEST_NAME = 120
_LONGEST_BYTES = 240  # most file systems end at 255 bytes, a Chinese character takes three
_FORBIDDEN = dict.fromkeys([*range(32), 127, *map(ord, '<>:"/\\|?*')], "_")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))]
)
_SHARING_VIOLATION = 32


@contextlib.contextmanager
def whole_file(target: Path, kept: str = "名单没有任何改动。") -> Iterator[BinaryIO]:
    """A file that appears under its name only when the block ends well.

    Whatever ends the block early leaves an older file of that name as it was and no piece of the
    new one. What the system refuses comes out as an ``AppError`` whose second sentence is ``kept``.
    """
    draft: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        place = target.parent / f".{secrets.token_hex(8)}.part"
        with place.open("xb") as out:
            draft = place
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
        draft = None
    except OSError as error:
        raise told(error, target, kept) from error
    finally:
        if draft is not None:
            with contextlib.suppress(OSError):
                draft.unlink()


def told(error: OSError, target: Path, kept: str) -> AppError:
    """The system's refusal to write ``target``, as a person can be told."""
    details = f"{type(error).__name__} {error.errno}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFullError(
            f"磁盘空间不够，“{target.name}”没有写完。",
            kept=kept,
            remedy="请清出一些空间，或另选一个位置再做一次。",
            details=details,
        )
    busy = getattr(error, "winerror", None) == _SHARING_VIOLATION or error.errno == errno.EBUSY
    if busy or (error.errno == errno.EACCES and os.name == "nt" and target.is_file()):
        return FileInUseError(
            f"“{target.name}”正在别的程序里打开着，暂时写不进去。",
            kept=kept,
            remedy="请先在那个程序里关闭它，再做一次。",
            details=details,
        )
    if error.errno == errno.EISDIR or (error.errno == errno.EACCES and target.is_dir()):
        return UnavailableError(
            f"“{target.name}”是一个文件夹，不是文件。",
            kept=kept,
            remedy="请写上一个文件的名字，再做一次。",
            details=details,
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NoPermissionError(
            f"没有权限在“{target.parent.name or target.parent}”里写文件。",
            kept=kept,
            remedy="请另选一个文件夹，比如“文档”。",
            details=details,
        )
    return UnavailableError(
        f"“{target.name}”没有写成。",
        kept=kept,
        remedy="请检查这个位置是否还在（例如 U 盘是否拔出），再做一次。",
        details=details,
    )


def legal_name(text: str, suffix: str, taken: set[str]) -> str:
    """A file name that Windows accepts, of at most ``LONGEST_NAME`` characters, not yet ``taken``.

    The name is added to ``taken``; upper and lower case count as the same.
    """
    stem = text.translate(_FORBIDDEN).strip(" .") or "_"
    if stem.split(".")[0].strip().casefold() in _DEVICES:
        stem = f"_{stem}"
    number = 1
    while True:
        ending = (f"_{number}" if number > 1 else "") + suffix
        name = _shortened(stem, ending) + ending
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        number += 1


def _shortened(stem: str, ending: str) -> str:
    stem = stem[: LONGEST_NAME - len(ending)]
    while len((stem + ending).encode("utf-8")) > _LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .")
