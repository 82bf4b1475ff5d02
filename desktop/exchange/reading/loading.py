"""How do the bytes come off the disk, and what is said when they do not?"""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from desktop.exchange.reading.refusals import Refused

MAX_FILE = 256 << 20
_SMALL = 4096

_SHARING_VIOLATIONS = (32, 33)
_NETWORK_ERRORS = {
    getattr(errno, name)
    for name in (
        "ECONNABORTED ECONNRESET EHOSTDOWN EHOSTUNREACH ENETDOWN ENETRESET ENETUNREACH ENODEV "
        "ENOTCONN ENXIO EREMOTEIO ESTALE ETIMEDOUT"
    ).split()
    if hasattr(errno, name)
}
_WINDOWS_NETWORK_ERRORS = (15, 21, 51, 53, 55, 59, 64, 67, 121, 240, 1167, 1231, 1232, 1236)


def load(path: Path) -> bytes:
    """The whole file at once, so that it is held open no longer than that.

    Raises :class:`Refused`. Nothing but a regular file is opened: a pipe would never end.
    """
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise Refused("folder")
        if not stat.S_ISREG(info.st_mode):
            raise Refused("not_a_table", "no regular file")
        if info.st_size > MAX_FILE:
            raise Refused("too_large", f"{info.st_size} bytes")
        if info.st_size <= _SMALL and path.name.startswith(("~$", ".~")):
            raise Refused("lock_file")
        return path.read_bytes()
    except MemoryError as error:
        raise Refused("out_of_memory") from error
    except ValueError as error:  # a zero byte in the name
        raise Refused("missing", str(error)) from error
    except OSError as error:
        raise Refused(reason_for(error), error.strerror or "") from error


def reason_for(error: OSError) -> str:
    """The word for what the operating system answered."""
    windows = getattr(error, "winerror", None)
    if windows in _SHARING_VIOLATIONS or error.errno in (errno.EBUSY, errno.ETXTBSY):
        return "locked"
    if windows in _WINDOWS_NETWORK_ERRORS or error.errno in _NETWORK_ERRORS:
        return "network"
    if isinstance(error, PermissionError):
        return "no_permission"
    if isinstance(error, (FileNotFoundError, NotADirectoryError)) or error.errno in (
        errno.ENAMETOOLONG,
        errno.EINVAL,
        errno.ELOOP,
    ):
        return "missing"
    return "disk"
