"""Workbooks that are not what they should be: one clear refusal each, and nothing changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.desk import Desk, program, recipients, refused, roster
from tests.commands.forbidding import closed_to
from tests.exchange import hostile
from tests.exchange.workbooks import by_xlwt, encrypted, encrypted_xls


def missing(path: Path) -> Path:
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def noise(path: Path) -> Path:
    path.write_bytes(bytes(range(256)) * 40)
    return path


def truncated(path: Path) -> Path:
    whole = roster(path).read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    return path


def pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    return path


def png(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return path


def docx(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return path


def archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("花名册.txt", "王芳")
    return path


def protected(path: Path) -> Path:
    return encrypted(roster(path.with_name("plain.xlsx")), path, "芳 2026")


def protected_xls(path: Path) -> Path:
    return encrypted_xls(by_xlwt(path.with_name("plain.xls")), path, "芳 2026")


CASES: list[tuple[Callable[[Path], Path], str, str]] = [
    (missing, "a.xlsx", "找不到"),
    (folder, "a.xlsx", "文件夹"),
    (empty, "a.xlsx", "空文件"),
    (noise, "a.xlsx", "不"),
    (truncated, "a.xlsx", "损坏"),
    (hostile.broken_inside, "a.xlsx", "损坏"),
    (hostile.xls_of_noise, "a.xls", "不是表格"),
    (hostile.xls_with_looping_sectors, "a.xls", "损坏"),
    (pdf, "a.xlsx", "图片或文档"),
    (png, "a.xlsx", "图片或文档"),
    (docx, "a.xlsx", "图片或文档"),
    (archive, "a.xlsx", "压缩包"),
    (protected, "a.xlsx", "打开密码"),
    (protected_xls, "a.xls", "打开密码"),
    (hostile.entity_bomb, "a.xlsx", ""),
]
TOO_LARGE = [
    (hostile.blank_bomb, "a.xlsx", "太大"),
    (hostile.text_bomb, "a.xlsx", "太大"),
    (hostile.wide_csv, "a.csv", "300 万"),
]


@pytest.mark.parametrize(
    ("make", "name", "word"), CASES, ids=[make.__name__ for make, _, _ in CASES]
)
def test_a_workbook_that_cannot_be_read_is_refused_and_changes_nothing(
    filled: Desk, tmp_path, make, name, word
) -> None:
    place = tmp_path / "in"
    place.mkdir()
    file = make(place / name)
    before = filled.people(), filled.log()
    for words in ([], ["--dry-run"]):
        error = refused(filled("import", "members", file, *words, "--json"), word, name)
        assert error["code"] == "unreadable_file"
        assert error["kept"] == "名册没有任何改动。"
        assert str(place) not in "".join(error.values())
    told = filled("certificates", file, tmp_path / "o.pdf", "--json")
    refused(told, word, name)
    assert not (tmp_path / "o.pdf").exists()
    assert (filled.people(), filled.log()) == before


@pytest.mark.parametrize("make", [hostile.stray_last_cell, hostile.stray_in_first_row])
def test_a_workbook_with_a_forgotten_far_cell_ends_soon_and_without_a_traceback(
    desk: Desk, tmp_path, make
) -> None:
    told = desk("import", "members", make(tmp_path / "a.xlsx"), "--json")
    assert told.code == 1
    assert told.json["new"] == 0
    assert told.err.count("。") >= 3


@pytest.mark.parametrize("file_kind", ["xls named xlsx", "xlsx named xls", "csv named xls"])
def test_a_renamed_table_is_read_for_what_it_is(desk: Desk, tmp_path, file_kind) -> None:
    file = tmp_path / f"a.{file_kind.split()[-1]}"
    if file_kind.startswith("xls "):
        by_xlwt(file)
    elif file_kind.startswith("xlsx"):
        roster(tmp_path / "b.xlsx").rename(file)
    else:
        file.write_bytes("姓名,单位\n王芳,办公室\n".encode("gb18030"))
    told = desk.done("import", "members", file, "--json").json
    assert told["files"][0]["format"] == file_kind.split()[0]
    assert "王芳" in desk.people()


@pytest.mark.parametrize("command", ["import", "certificates"])
def test_a_workbook_that_may_not_be_read_is_refused(desk: Desk, tmp_path, command) -> None:
    file = recipients(tmp_path / "a.xlsx", "王芳")
    words = {"import": ["members", file], "certificates": [file, tmp_path / "o.pdf"]}[command]
    with closed_to(file, 0o000):
        refused(desk(command, *words, "--json"), "不允许读取", "a.xlsx")
    assert not (tmp_path / "o.pdf").exists()


def test_a_pipe_or_device_in_place_of_a_file_is_refused_at_once(tmp_path) -> None:
    told = program("--data", tmp_path / "d", "import", "members", "/dev/zero")
    assert told.returncode == 1
    assert told.stderr.decode().count("。") == 3


def test_the_temporary_file_of_a_spreadsheet_program_is_told_apart(desk: Desk, tmp_path) -> None:
    file = tmp_path / "~$花名册.xlsx"
    file.write_bytes(b"\x05wps" + bytes(160))
    refused(desk("import", "members", file, "--json"), "临时文件")


def test_the_password_of_a_workbook_is_told_wrong_apart_from_missing(desk: Desk, tmp_path) -> None:
    file = protected(tmp_path / "a.xlsx")
    words = ["import", "members", file, "--json"]
    refused(desk(*words), "有打开密码")
    refused(desk(*words, "--file-password", "falsch"), "这个密码打不开")
