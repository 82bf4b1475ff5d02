"""A data folder of one's own, and one with the sample year that is made once and copied."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.commands.desk import DAY, Desk, program, roster


@pytest.fixture(autouse=True)
def _nobody_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings from outside, nobody at the keyboard, nothing under the real home folder."""
    for name in [name for name in os.environ if name.startswith("BANBIANTIAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Commands on an empty folder."""
    return Desk(tmp_path / "data", capsys)


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("small")
    file = roster(place / "名册.xlsx")
    done = program("--data", place / "data", "--today", DAY, "import", "members", file)
    assert done.returncode == 0, done.stderr.decode()
    return place


@pytest.fixture
def filled(_small: Path, desk: Desk, tmp_path: Path) -> Desk:
    """Commands on a folder into which the four rows of ``名册.xlsx`` beside it went."""
    shutil.copytree(_small, tmp_path, dirs_exist_ok=True)
    return desk


@pytest.fixture(scope="session")
def _year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year") / "data"
    done = program("demo", folder, "--no-window")
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def year(_year: Path, desk: Desk) -> Desk:
    """Commands on the sample year."""
    shutil.copytree(_year, desk.folder)
    return desk
