"""The program as it is handed over: built, then started where nothing else is prepared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

SUFFIX = ".exe" if sys.platform == "win32" else ""
KEPT = ("SYSTEMROOT", "TEMP", "TMP", "WINDIR")  # without these no program starts on Windows


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built program."""
    folder = tmp_path_factory.mktemp("built")
    words = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    words += ["--distpath", str(folder / "dist"), "--workpath", str(folder / "work"), "build.spec"]
    done = subprocess.run(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return folder / "dist" / "banbiantian"


@pytest.fixture(scope="module")
def office(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder the built program filled with its sample year."""
    folder = tmp_path_factory.mktemp("office") / "演示"
    told = answer(program, "demo", str(folder), "--no-window", "--json")
    assert told["steps"]
    assert told["files"]
    assert all(Path(folder, file).stat().st_size > 0 for file in told["files"])
    return folder


def start(
    program: Path, *words: str, name: str = "banbiantian"
) -> subprocess.CompletedProcess[str]:
    """Start one of the two programs with an environment that knows no Python and no display."""
    environment = {key: os.environ[key] for key in KEPT if key in os.environ}
    environment |= {"HOME": str(program.parent), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [str(program / (name + SUFFIX)), *words],
        cwd=program.parent,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def answer(program: Path, *words: str) -> Any:
    """What a command says with ``--json``; it must be done without a word on standard error."""
    done = start(program, *words)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr + done.stdout
    return json.loads(done.stdout)


def test_the_built_program_does_its_main_job_on_an_empty_folder(
    program: Path, office: Path
) -> None:
    people = answer(program, "list", "members", "--json", "--data", str(office))

    assert len(people) > 150


def test_the_built_program_finds_its_data_sound(program: Path, office: Path) -> None:
    assert answer(program, "check", "--json", "--data", str(office))


def test_the_built_program_shows_every_page(program: Path, tmp_path: Path) -> None:
    told = answer(program, "tour", str(tmp_path / "pictures"), "--json")

    pictures = [Path(one["file"]) for one in told["pictures"]]
    assert {"members", "import"} <= {one["page"].partition("-")[0] for one in told["pictures"]}
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_the_windowed_program_is_the_same_program(program: Path, office: Path) -> None:
    done = start(program, "check", "--data", str(office), name="banbiantian-window")

    assert done.returncode == 0, done.stderr


def test_a_wrong_word_is_told_and_not_a_traceback(program: Path) -> None:
    done = start(program, "nosuchcommand")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_licences_go_with_the_program(program: Path) -> None:
    found = {path.relative_to(program).as_posix() for path in program.rglob("*") if path.is_file()}
    licences = {name.split("licences/", 1)[1] for name in found if "licences/" in name}

    assert {"LICENSE", "third-party.md", "LGPL-3.0.txt", "reportlab/LICENSE"} <= licences
    assert any(name.endswith("fonts/LICENSE-LXGWWenKai.txt") for name in found)


def test_nothing_idle_and_heavy_is_handed_over(program: Path) -> None:
    names = [path.name.lower() for path in program.rglob("*") if path.is_file()]

    unwanted = ("qt6qml", "qt6quick", "qt6pdf", "opengl32sw", "tcl", "libtk", "numpy", "avif")
    assert [name for name in names if any(word in name for word in unwanted)] == []
