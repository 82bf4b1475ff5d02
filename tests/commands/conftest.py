"""A data folder of one's own, and one with the sample year that is made once and copied."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.commands.desk import Desk, roster


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


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    """Commands on a folder into which the four rows of the small roster went."""
    desk.done("import", "members", roster(tmp_path / "名册.xlsx"))
    return desk


@pytest.fixture(scope="session")
def _year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.commands.desk import program

    folder = tmp_path_factory.mktemp("year") / "data"
    done = program("demo", folder, "--no-window")
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def year(_year: Path, desk: Desk) -> Desk:
    """Commands on the sample year."""
    shutil.copytree(_year, desk.folder)
    return desk
