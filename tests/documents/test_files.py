"""Is a file written whole or not at all, under a name every system accepts?"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import DiskFullError, FileInUseError, NoPermissionError, UnavailableError
from desktop.documents.certificate import draw, draw_separately
from desktop.documents.files import legal_name, told, whole_file

FULL_DISK = """
import resource, sys
from pathlib import Path
from db.errors import AppError
from desktop.documents.certificate import Recipient, draw, draw_separately, load_design
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
people = [Recipient("王芳", 1, "1", title="优秀女职工"), Recipient("李丽", 2, "2", title="标兵")]
try:
    {call}
except AppError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(os.name == "nt", reason="no file size limits")
@pytest.mark.parametrize(
    "call",
    [
        "draw(load_design(), people, Path(sys.argv[1]) / 'all.pdf')",
        "draw_separately(load_design(), people, Path(sys.argv[1]))",
    ],
)
def test_a_full_disk_is_said_and_leaves_nothing_half_written(call, tmp_path):
    command = [sys.executable, "-c", FULL_DISK.replace("{call}", call), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("DiskFullError")
    assert "磁盘空间不够" in done.stdout
    assert "名单没有任何改动" in done.stdout
    assert list(tmp_path.iterdir()) == []


def fill_up(target):
    with whole_file(target) as out:
        out.write(b"half")
        raise OSError(errno.ENOSPC, "full")


def test_an_older_file_is_replaced_only_by_a_whole_one(tmp_path):
    target = tmp_path / "x.pdf"
    target.write_bytes(b"older")
    with pytest.raises(DiskFullError):
        fill_up(target)
    assert target.read_bytes() == b"older"
    with whole_file(target) as out:
        out.write(b"newer")
    assert target.read_bytes() == b"newer"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_a_file_is_told_in_three_sentences(design, someone, tmp_path):
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(UnavailableError) as caught:
        draw(design, [someone()], tmp_path / "taken" / "x.pdf")
    assert caught.value.happened
    assert caught.value.kept == "名单没有任何改动。"
    assert caught.value.remedy
    assert (tmp_path / "taken").read_bytes() == b""


def test_what_was_finished_before_a_failure_is_counted(design, someone, tmp_path):
    (tmp_path / "2_李丽.pdf").mkdir()
    people = [someone("王芳", certificate_no="1"), someone("李丽", certificate_no="2")]
    with pytest.raises(UnavailableError) as caught:
        draw_separately(design, people, tmp_path)
    assert caught.value.kept == "已经写好的 1 份都留着。"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["1_王芳.pdf", "2_李丽.pdf"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EACCES, NoPermissionError),
        (errno.EROFS, NoPermissionError),
        (errno.EBUSY, FileInUseError),
        (errno.EIO, UnavailableError),
    ],
)
def test_refusals_of_the_system_are_told_apart(number, kind):
    error = told(OSError(number, "x"), Path("folder/证书.pdf"), "名单没有任何改动。")
    assert type(error) is kind
    assert error.remedy


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_a_finished_file_is_as_readable_as_any_other(tmp_path):
    (tmp_path / "other").write_bytes(b"")
    with whole_file(tmp_path / "x.pdf") as out:
        out.write(b"x")
    assert (tmp_path / "x.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("001_王芳", "001_王芳.pdf"),
        ('环妇字/2026:"1"_王芳', "环妇字_2026__1__王芳.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.王芳", "_nul.王芳.pdf"),
        ("王芳. .", "王芳.pdf"),
        ("../..", "_.pdf"),
        ("", "_.pdf"),
    ],
)
def test_names_are_legal_on_windows(text, expected):
    name = legal_name(text, ".pdf", set())
    assert "/" not in name
    assert name == expected


def test_names_that_differ_only_in_case_are_kept_apart():
    taken: set[str] = set()
    assert legal_name("Anna", ".pdf", taken) == "Anna.pdf"
    assert legal_name("ANNA", ".pdf", taken) == "ANNA_2.pdf"


@given(st.lists(st.text(max_size=300), max_size=6))
def test_any_names_become_different_short_legal_ones(texts):
    taken: set[str] = set()
    names = [legal_name(text, ".pdf", taken) for text in texts + texts]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert len(name) <= 120
        assert len(name.encode("utf-8", "surrogatepass")) <= 240
        assert not set(name) & set('<>:"/\\|?*')
        assert name.endswith(".pdf")
        assert name.removesuffix(".pdf").strip(" .")
