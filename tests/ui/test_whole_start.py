"""Starting the program as a person does: where it opens, and which sentence says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from db.session import Database
from desktop import app
from desktop.paths import DataFolder
from desktop.services import protection
from desktop.settings import Settings
from tests.commands.forbidding import closed_to
from tests.house.tree import ROOT
from tests.ui.safety import CHEAP, PASSWORD, START

pytestmark = pytest.mark.slow

_LONGEST = 60
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a start without any screen but what ``more`` names."""
    kept = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    return kept | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")} | more


def start(folder: Path, *words: str, **screen: str) -> subprocess.Popen[str]:
    """Start the window on ``folder``; on a screen that is not there unless told otherwise."""
    return subprocess.Popen(
        [sys.executable, *(words or ("-m", "desktop")), "--data", str(folder)],
        cwd=ROOT,
        env=surroundings(folder.parent, **(screen or {"QT_QPA_PLATFORM": "offscreen"})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def refused(folder: Path, **screen: str) -> str:
    """The one line of a start that opens nothing."""
    out, err = (process := start(folder, **screen)).communicate(timeout=_LONGEST)
    assert (process.returncode, out) == (1, ""), err
    assert "Traceback" not in err
    (line,) = err.splitlines()
    assert line.endswith(("。", "--help"))
    return line


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a screen")
def test_without_a_screen_one_line_names_the_way_round(tmp_path) -> None:
    process = start(tmp_path / "data", BANBIANTIAN_NOTHING="")
    _, err = process.communicate(timeout=_LONGEST)

    assert process.returncode == 1
    assert "没有可以显示窗口的屏幕" in err
    assert "banbiantian --help" in err
    assert "Traceback" not in err
    assert not (tmp_path / "data").exists()


def test_a_second_start_says_who_has_the_data_open_and_ends(tmp_path, qtbot) -> None:
    folder = DataFolder(tmp_path / "data")
    first = start(folder.root)
    try:
        qtbot.waitUntil(folder.database.exists, timeout=_LONGEST * 1000)

        assert "已经用“窗口”打开了数据文件夹“data”" in refused(folder.root)
        assert first.poll() is None
    finally:
        first.kill()
        first.communicate()


def test_after_the_first_was_killed_the_next_start_opens_at_once(tmp_path, qtbot) -> None:
    folder = DataFolder(tmp_path / "data")
    for _ in range(2):
        process = start(folder.root)
        qtbot.waitUntil(folder.settings.exists, timeout=_LONGEST * 1000)
        assert process.poll() is None
        folder.settings.unlink()
        process.kill()
        process.communicate()


def test_a_file_in_place_of_the_data_folder_is_told_and_kept(tmp_path) -> None:
    (tmp_path / "data").write_text("mine")

    assert "不能当作数据文件夹" in refused(tmp_path / "data")
    assert (tmp_path / "data").read_text() == "mine"


def test_a_data_file_of_another_program_is_told_and_not_touched(tmp_path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    folder.database.write_text("花名册" * 2000, encoding="utf-8")
    before = folder.database.read_bytes()

    assert "不是本程序的数据文件" in refused(folder.root)
    assert folder.database.read_bytes() == before


def test_protected_data_stay_closed_where_nobody_can_type_the_password(tmp_path) -> None:
    folder = DataFolder(tmp_path / "data")
    Database.open(folder.database, clock=lambda: START).close()
    key = protection.new_recovery_key()
    protection.set_password(folder, PASSWORD, recovery_key=key, now=START, cost=CHEAP)
    before = folder.database.read_bytes()

    assert "密码" in refused(folder.root)
    assert folder.database.read_bytes() == before


def test_a_folder_that_may_not_be_written_is_told(tmp_path, qtbot, capsys) -> None:
    place = tmp_path / "zu"
    place.mkdir()
    folder = DataFolder(place / "data")
    settings = Settings(folder.settings)
    window = app.make_window(settings)
    qtbot.addWidget(window)
    with ExitStack() as held, closed_to(place, 0o555):
        assert app.open_office(window, folder, settings, held, is_seen=False) is None

    assert "不允许写入" in capsys.readouterr().err
    assert list(place.iterdir()) == []
