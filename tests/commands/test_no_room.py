"""A full disk: nothing half done, one clear refusal, and afterwards the work goes on."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.desk import Desk, Told, crowd, program, recipients, refused

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and mounts of Linux")

# the file size limit of a process is, to it, a disk with no room left
LIMITED = (
    "import resource, runpy, sys; limit = int(sys.argv.pop(1)); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)); "
    "runpy.run_module('desktop', run_name='__main__')"
)


def limited(size: int, *words: object) -> Told:
    """A command in a process that may write no file larger than ``size`` bytes."""
    done = program(*words, wrapped=[sys.executable, "-c", LIMITED, str(size)])
    return Told(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextlib.contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of a given size, where the system lets us have one."""
    place.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("no disk of a given size can be had here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def many(desk: Desk, tmp_path) -> Desk:
    """A folder with 1,500 people."""
    desk.done("import", "members", crowd(tmp_path / "viele.xlsx", 1500))
    return desk


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_import_into_a_full_disk_writes_nobody_and_can_be_done_again(
    desk: Desk, tmp_path
) -> None:
    file = crowd(tmp_path / "viele.xlsx", 1500)
    desk.done("log")
    told = limited(150_000, "--data", desk.folder, "import", "members", file, "--json")
    assert "空间" in refused(told)["remedy"]  # SQLite does not tell the limit from other refusals
    assert (desk.people(), desk.log()) == ({}, [])
    assert desk.done("check", "--json").json["integrity"] is True
    assert desk.done("import", "members", file, "--json").json["new"] == 1500


def test_an_export_into_a_full_disk_keeps_the_older_file(many: Desk, tmp_path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    (place / "a.xlsx").write_bytes(b"old")
    told = limited(
        66_000, "--data", many.folder, "export", "members", place / "a.xlsx", "--full", "--json"
    )
    assert refused(told)["code"] == "disk_full"
    assert left(place) == ["a.xlsx"]
    assert (place / "a.xlsx").read_bytes() == b"old"


def test_certificates_for_which_there_is_no_room_leave_no_file(tmp_path) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳", "李敏")
    place = tmp_path / "out"
    place.mkdir()
    told = limited(4_000, "--data", tmp_path / "d", "certificates", file, place / "a.pdf", "--json")
    assert refused(told)["code"] == "disk_full"
    assert left(place) == []


def test_a_backup_for_which_there_is_no_room_leaves_no_file(many: Desk, tmp_path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    told = limited(66_000, "--data", many.folder, "backup", place / "a.db", "--json")
    refused(told)
    assert left(place) == []
    assert many.done("check", "--json").json["integrity"] is True


@pytest.mark.parametrize("kilobytes", [60, 160, 420, 900])
def test_on_a_disk_too_small_for_the_import_all_or_nothing_is_there(
    desk: Desk, tmp_path, kilobytes
) -> None:
    file = crowd(tmp_path / "viele.xlsx", 1500)
    with small_disk(tmp_path / "disk", kilobytes) as disk:
        small = Desk(disk / "data", desk.capsys)
        told = small("import", "members", file, "--json")
        assert refused(told)["code"] == "disk_full"
        assert "Traceback" not in told.err
        if kilobytes > 160:
            assert small.log() == []
            assert small.done("check", "--json").json["integrity"] is True


def test_where_there_is_room_for_the_data_but_not_for_their_backup_nothing_is_imported(
    many: Desk, tmp_path
) -> None:
    """The backup before an import comes first: without it nothing is changed."""
    more = crowd(tmp_path / "mehr.xlsx", 1700)
    size = (many.folder / "banbiantian.db").stat().st_size
    with small_disk(tmp_path / "disk", size * 3 // 2 // 1024) as disk:
        small = Desk(disk / "data", many.capsys)
        small.folder.mkdir()
        (small.folder / "banbiantian.db").write_bytes((many.folder / "banbiantian.db").read_bytes())
        before = small.log()
        told = small("import", "members", more, "--json")
        assert refused(told)["code"] == "disk_full"
        assert small.log() == before
        assert [name for name in left(small.folder) if name.endswith(".new")] == []


def test_the_sample_year_on_a_full_disk_is_refused_in_one_sentence_group(
    desk: Desk, tmp_path
) -> None:
    with small_disk(tmp_path / "disk", 700) as disk:
        told = desk.bare("demo", disk / "data", "--no-window", "--json")
        refused(told)


def test_what_cannot_be_written_to_standard_output_is_told(many: Desk) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--data", str(many.folder), "log"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("磁盘空间不够")
    assert done.stderr.decode().count("。") == 3
