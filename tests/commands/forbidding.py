"""Permissions that hold for everybody: the superuser gives up passing them by."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_VERSION_3 = 0x20080522
_PASSING_BY = 0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Data(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


@contextlib.contextmanager
def permissions_hold() -> Iterator[None]:
    """Inside the block this thread may do no more than the permissions of files allow."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    before = _capabilities()
    reduced = (_Data * 2)(*(_Data(d.effective, d.permitted, d.inheritable) for d in before))
    reduced[0].effective &= ~_PASSING_BY
    _put(reduced)
    try:
        yield
    finally:
        _put(before)


@contextlib.contextmanager
def closed_to(path: Path, mode: int) -> Iterator[None]:
    """Inside the block ``path`` has only the permissions ``mode``, for everybody."""
    usual = path.stat().st_mode
    path.chmod(mode)
    try:
        with permissions_hold():
            yield
    finally:
        path.chmod(usual)


def _capabilities() -> ctypes.Array[_Data]:
    data = (_Data * 2)()
    header = _Header(_VERSION_3, 0)
    if ctypes.CDLL(None, use_errno=True).capget(ctypes.byref(header), data) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    return data


def _put(data: ctypes.Array[_Data]) -> None:
    header = _Header(_VERSION_3, 0)
    if ctypes.CDLL(None, use_errno=True).capset(ctypes.byref(header), data) != 0:
        raise OSError(ctypes.get_errno(), "capset")
