"""A window that is killed while it imports: everything of the import is there, or nothing."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from db.session import Database
from desktop.paths import DataFolder
from tests.house.tree import ROOT
from tests.ui.import_support import people, roster_file
from tests.ui.safety import START
from tests.ui.test_whole_start import surroundings

pytestmark = pytest.mark.slow

PEOPLE, MOMENTS = 3000, 6


def writing(folder: Path, file: Path) -> subprocess.Popen[str]:
    """A window that has just begun to write the file."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.whole_child", str(folder), str(file)],
        cwd=ROOT,
        env=surroundings(folder.parent, QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n", child.communicate()[1]
    return child


def left(folder: DataFolder) -> tuple[int, int]:
    """How many people and how many steps the killed window left, in a file that is sound."""
    with Database.open(folder.database, clock=lambda: START) as database, database.read() as data:
        assert data.scalar(text("PRAGMA integrity_check")) == "ok"
        assert data.execute(text("PRAGMA foreign_key_check")).all() == []
        counts = "SELECT (SELECT count(*) FROM members), (SELECT count(*) FROM change_sets)"
        members, steps = data.execute(text(counts)).one()
        return members, steps


@pytest.fixture(scope="module")
def roster(tmp_path_factory) -> tuple[Path, float]:
    """A large roster, and how long a window here needs to write it."""
    place = tmp_path_factory.mktemp("cut")
    file = roster_file(place / "viele.xlsx", people(PEOPLE))
    child = writing(place / "whole", file)
    began = time.monotonic()
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    seconds = time.monotonic() - began
    child.kill()
    child.communicate()
    assert left(DataFolder(place / "whole")) == (PEOPLE, 1)
    return file, seconds


def test_a_window_killed_while_it_imports_leaves_all_or_nothing(roster, tmp_path) -> None:
    file, seconds = roster
    found = list[int]()
    for moment in range(MOMENTS):
        folder = DataFolder(tmp_path / str(moment))
        child = writing(folder.root, file)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds * moment / MOMENTS)
        child.kill()
        child.communicate()
        members, steps = left(folder)
        assert (members, steps) in ((0, 0), (PEOPLE, 1))
        found.append(members)
    assert found[0] == 0
    again = writing(DataFolder(tmp_path / "0").root, file)
    assert again.stdout is not None
    assert again.stdout.readline() == "written\n"
    again.kill()
    again.communicate()
    assert left(DataFolder(tmp_path / "0")) == (PEOPLE, 1)
