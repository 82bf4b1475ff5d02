"""An import that is cut off at any moment: everything of it is there, or nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.desk import ROOT, Desk, crowd, surroundings

PEOPLE, MOMENTS = 5000, 8
START = 0.1  # of a whole run; before that there is only the interpreter


def started(folder: Path, file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", "--data", str(folder), "import", "members", str(file)],
        cwd=ROOT,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def cut_off(folder: Path, file: Path, after: float, sign: int) -> tuple[int, str]:
    """Send ``sign`` to an import after so many seconds; its exit code and what it said.

    ``sign`` 0 sends nothing.
    """
    process = started(folder, file)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(after)
    if sign:
        process.send_signal(sign)
    _, told = process.communicate(timeout=60)
    return process.returncode, told


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> tuple[Path, float]:
    """A roster of five thousand, and how long its import takes here."""
    place = tmp_path_factory.mktemp("killed")
    file = crowd(place / "viele.xlsx", PEOPLE)
    began = time.monotonic()
    code, told = cut_off(place / "whole", file, 120, 0)
    assert code == 0, told
    return file, time.monotonic() - began


@pytest.fixture
def _keyboard() -> Iterator[None]:
    """What a shell starts in the background ignores Ctrl+C, and so would its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def whole(desk: Desk) -> int:
    """How many people are there, in data that must be sound."""
    if not (desk.folder / "banbiantian.db").exists():
        return 0
    steps = desk.log()  # first, because a file that was only just begun is finished by it
    told = desk.done("check", "--json").json
    people: int = told["rows"]["members"]
    assert people in (0, PEOPLE)
    assert len(steps) == (1 if people else 0)
    assert told["integrity"]
    assert told["change_log"]
    return people


@pytest.mark.slow
def test_an_import_killed_at_any_moment_is_there_as_a_whole_or_not_at_all(
    ready, tmp_path, capsys
) -> None:
    file, seconds = ready
    killed = 0
    for turn in range(MOMENTS):
        desk = Desk(tmp_path / f"{turn}", capsys)
        after = seconds * (START + turn / MOMENTS)
        code, _ = cut_off(desk.folder, file, after, getattr(signal, "SIGKILL", signal.SIGTERM))
        killed += code != 0
        whole(desk)
    assert killed >= 2
    desk.done("import", "members", file)
    assert whole(desk) == PEOPLE


@pytest.mark.slow
@pytest.mark.usefixtures("_keyboard")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to another process")
def test_an_import_stopped_from_the_keyboard_says_so_and_leaves_nothing_half_done(
    ready, tmp_path, capsys
) -> None:
    file, seconds = ready
    stopped = 0
    for turn in range(MOMENTS):
        desk = Desk(tmp_path / f"{turn}", capsys)
        after = seconds * (0.25 + 0.75 * turn / MOMENTS)
        code, told = cut_off(desk.folder, file, after, signal.SIGINT)
        assert "Traceback" not in told, told
        # CPython may end by the signal itself where it met a string being compiled (bpo-1054041)
        assert code in (0, 1, -signal.SIGINT), told
        if "已经停下。写到一半的内容没有留下。" in told:
            stopped += 1
            whole(desk)
        else:
            assert whole(desk) == PEOPLE  # it came when all was done
    assert stopped >= 2
