"""What is said when the bytes do not come off the disk?"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.errors import UnreadableFileError
from desktop.exchange.reading import read_workbook
from desktop.exchange.reading.loading import reason_for


def reason_of(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(path)
    return caught.value.reason


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "花名册.xlsx") == "missing"
    assert reason_of(tmp_path / ("长" * 300 + ".xlsx")) == "missing"
    assert reason_of(tmp_path / "a\0b.xlsx") == "missing"


def test_a_folder_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "花名册.xlsx"
    folder.mkdir()
    assert reason_of(folder) == "folder"


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    path.touch()
    assert reason_of(path) == "empty"


def test_the_lock_file_beside_an_open_workbook_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "~$花名册.xlsx"
    path.write_bytes(b"\x05admin" + bytes(159))
    assert reason_of(path) == "lock_file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX only")
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    os.mkfifo(path)
    assert reason_of(path) == "not_a_table"


@pytest.mark.skipif(
    sys.platform != "linux", reason="a file nobody can have looks different elsewhere"
)
def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    assert reason_of(path) == "too_large"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are set otherwise on Windows")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"x")
    path.chmod(0)
    with as_nobody():
        assert reason_of(path) == "no_permission"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything, so the test becomes somebody else for a moment."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


class HeldByAnotherError(PermissionError):
    """What opening a file held by WPS raises on Windows."""

    winerror = 32


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (HeldByAnotherError(errno.EACCES, "sharing violation"), "locked"),
        (PermissionError(errno.EACCES, "denied"), "no_permission"),
        (OSError(errno.EBUSY, "busy"), "locked"),
        (OSError(errno.ENETUNREACH, "network"), "network"),
        (OSError(errno.ETIMEDOUT, "timed out"), "network"),
        (OSError(errno.EIO, "input/output"), "disk"),
        (FileNotFoundError(errno.ENOENT, "none"), "missing"),
    ],
)
def test_each_way_a_disk_says_no_has_its_word(error: OSError, reason: str) -> None:
    assert reason_for(error) == reason
