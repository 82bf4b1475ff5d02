"""A data folder is open in one program at a time, and the second is told who has it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import lock
from db.errors import BusyError, UnavailableError

NOW = datetime(2026, 4, 14, 9, 30, tzinfo=UTC)
SPOKEN = f"{NOW.astimezone():%H:%M}"
ROOT = Path(__file__).resolve().parents[2]

HOLDER = """
import sys
from datetime import datetime
from pathlib import Path
from db import lock
with lock.hold(Path(sys.argv[1]), program="命令 import", now=datetime.fromisoformat(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(folder: Path):
    """Another process that holds the folder until the block ends."""
    command = [sys.executable, "-c", HOLDER, str(folder), NOW.isoformat()]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close()


def test_the_second_program_is_told_who_has_the_folder(tmp_path):
    with held_elsewhere(tmp_path) as other:
        with pytest.raises(BusyError) as refused, lock.hold(tmp_path, program="窗口", now=NOW):
            pass
        assert f"进程 {other.pid}" in refused.value.happened
        assert "命令 import" in refused.value.happened
        assert SPOKEN in refused.value.happened
        assert refused.value.kept
        assert refused.value.remedy


def test_a_path_through_a_link_is_the_same_folder(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    try:
        (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("this account may not make links")
    link = tmp_path / "link"
    with (
        held_elsewhere(folder),
        pytest.raises(BusyError),
        lock.hold(link, program="窗口", now=NOW),
    ):
        pass


def test_the_same_process_is_kept_out_as_well(tmp_path):
    with (
        lock.hold(tmp_path, program="窗口", now=NOW),
        pytest.raises(BusyError, match="窗口"),
        lock.hold(tmp_path, program="x", now=NOW),
    ):
        pass


def test_a_folder_let_go_can_be_taken_and_names_nobody(tmp_path):
    with lock.hold(tmp_path, program="窗口", now=NOW):
        pass
    assert (tmp_path / lock.LOCK).read_bytes() == b""
    with lock.hold(tmp_path, program="窗口", now=NOW) as holder:
        assert holder.pid == os.getpid()


def test_a_killed_program_leaves_no_lock_behind(tmp_path):
    with held_elsewhere(tmp_path) as other:
        other.kill()
        other.wait()
        assert b"import" in (tmp_path / lock.LOCK).read_bytes()
        with lock.hold(tmp_path, program="窗口", now=NOW) as holder:
            assert holder.program == "窗口"
            assert b"import" not in (tmp_path / lock.LOCK).read_bytes()


def test_an_unreadable_note_still_ends_in_a_sentence(tmp_path):
    with lock.hold(tmp_path, program="窗口", now=NOW):
        (tmp_path / lock.LOCK).write_bytes(b"\xff\x00not json")
        with (
            pytest.raises(BusyError, match="另一个程序"),
            lock.hold(tmp_path, program="x", now=NOW),
        ):
            pass


def test_a_missing_folder_is_created_and_two_folders_do_not_meet(tmp_path):
    with (
        lock.hold(tmp_path / "甲" / "数据", program="窗口", now=NOW),
        lock.hold(tmp_path / "乙", program="窗口", now=NOW),
    ):
        assert (tmp_path / "甲" / "数据").is_dir()


def test_a_place_that_cannot_hold_a_folder_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnavailableError), lock.hold(tmp_path / "file" / "x", program="x", now=NOW):
        pass
