"""The key ring at the end of a protected backup, so that the one file opens on any PC.

After the last page of the database come the ring and a footer of 64 bytes: mark, size of the
database, size of the ring, checksum of the ring. SQLite trusts the page count in the database's
first page and reads such a file as it reads any other.
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from db.errors import DamagedError

_MARK = b"banbiantian-ring"
_FOOTER = struct.Struct(">16sQQ32s")
_LARGEST_RING = 1 << 20


@dataclass(frozen=True)
class Carried:
    """The ring's bytes, and where the database before them ends."""

    keys: bytes
    database_size: int


def append(backup: Path, keys: bytes) -> None:
    """Add the ring to a finished copy of a database, durably."""
    size = backup.stat().st_size
    footer = _FOOTER.pack(_MARK, size, len(keys), hashlib.sha256(keys).digest())
    with backup.open("ab") as file:
        file.write(keys + footer)
        file.flush()
        os.fsync(file.fileno())


def read(backup: Path) -> Carried | None:
    """What :func:`append` added, or ``None`` where the file carries no ring.

    Raises :class:`DamagedError` where the ring is there and was changed.
    """
    with backup.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        if end < _FOOTER.size:
            return None
        file.seek(end - _FOOTER.size)
        mark, size, length, checksum = _FOOTER.unpack(file.read(_FOOTER.size))
        if mark != _MARK:
            return None
        if length > _LARGEST_RING or size + length + _FOOTER.size != end:
            raise _damaged(backup)
        file.seek(size)
        keys = file.read(length)
    if hashlib.sha256(keys).digest() != checksum:
        raise _damaged(backup)
    return Carried(keys, size)


def _damaged(backup: Path) -> DamagedError:
    return DamagedError(
        f"备份“{backup.name}”已经损坏，里面的密钥读不出来。", remedy="请换另一份备份。"
    )
