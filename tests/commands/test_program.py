"""``python -m desktop`` as a program of its own: codes, bytes and pipes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from db.lock import hold
from tests.commands.desk import PASSWORD, ROOT, Desk, program, roster, surroundings


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "LANG": "C"}])
def test_chinese_comes_through_a_pipe_whatever_the_locale_says(filled: Desk, variables) -> None:
    for words in (["list", "members"], ["list", "members", "--json"]):
        told = program("--data", filled.folder, *words, PYTHONUTF8="0", **variables)
        assert (told.returncode, told.stderr) == (0, b"")
        assert "欧阳倩" in told.stdout.decode("utf-8")


def test_the_three_exit_codes(filled: Desk, tmp_path) -> None:
    codes = {
        0: ["log"],
        1: ["import", "members", tmp_path / "没有.xlsx"],
        2: ["log", "--frobnicate"],
    }
    for code, words in codes.items():
        told = program("--data", filled.folder, *words, LC_ALL="C")
        assert told.returncode == code
        assert b"Traceback" not in told.stderr
        assert bool(told.stderr.decode("utf-8")) == bool(code)


def test_json_alone_goes_to_standard_output_when_something_is_refused(tmp_path) -> None:
    told = program("--data", tmp_path / "d", "import", "members", "/nowhere.xlsx", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout)["error"]["code"] == "unreadable_file"
    assert "找不到" in told.stderr.decode("utf-8")


def test_folder_and_password_come_from_the_environment(filled: Desk, tmp_path) -> None:
    words = ["password", "set", "--recovery-key", tmp_path / "k.txt"]
    known = {"BANBIANTIAN_DATA": str(filled.folder)}
    assert program(*words, **known, BANBIANTIAN_NEW_PASSWORD=PASSWORD).returncode == 0
    without = program("list", "members", **known)
    assert (without.returncode, without.stdout) == (1, b"")
    assert without.stderr.decode().count("。") == 3
    told = program("list", "members", **known, BANBIANTIAN_PASSWORD=PASSWORD)
    assert told.returncode == 0
    assert "王芳" in told.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
@pytest.mark.parametrize("words", ["list members --json --full", "list members --find wf", "log"])
def test_a_pipe_nobody_reads_any_more_is_no_fault(year: Desk, words) -> None:
    command = f"{sys.executable} -m desktop --data '{year.folder}' {words}"
    line = f"{command} | true; echo ${{PIPESTATUS[0]}}"
    told = subprocess.run(
        ["bash", "-c", line], cwd=ROOT, env=surroundings(), capture_output=True, check=False
    )
    assert (told.stdout, told.stderr) == (b"0\n", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_work_goes_on_when_nobody_reads_what_is_said(desk: Desk, tmp_path) -> None:
    file = roster(tmp_path / "a.xlsx")
    line = f"{sys.executable} -m desktop --data '{desk.folder}' import members '{file}' 2>&1 | true"
    subprocess.run(["bash", "-c", line], cwd=ROOT, env=surroundings(), check=True)
    assert len(desk.people()) == 3


def test_a_second_program_is_told_who_has_the_folder(filled: Desk) -> None:
    with hold(filled.folder, program="窗口", now=datetime(2026, 4, 14, 1, tzinfo=UTC)):
        told = program("--data", filled.folder, "list", "members")
    assert (told.returncode, told.stdout) == (1, b"")
    assert "“窗口”" in told.stderr.decode()
    assert program("--data", filled.folder, "list", "members").returncode == 0


def test_a_fault_of_the_program_shows_places_and_no_values(filled: Desk) -> None:
    broken = (
        "import sys; from desktop.services import members\n"
        "def wrong(*a): raise RuntimeError('王芳 420000198506120021')\n"
        "members.exported = wrong\n"
        "from desktop.cli import main; sys.exit(main())"
    )
    words = ["--data", filled.folder, "list", "members"]
    told = program(*words, wrapped=[sys.executable, "-c", broken])
    text = told.stderr.decode()
    assert told.returncode == 1
    assert text.startswith("程序遇到了没有料到的情况，已经停下。")
    assert "RuntimeError" in text
    assert "王芳" not in text
    log = (filled.folder / "logs" / "banbiantian.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "王芳" not in log
    assert "420000" not in log


def test_a_command_of_the_installed_name_is_the_same_program(tmp_path) -> None:
    from importlib.metadata import entry_points

    (entry,) = entry_points(group="console_scripts", name="banbiantian")
    assert entry.value == "desktop.cli:main"
