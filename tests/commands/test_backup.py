"""``backup``, ``restore`` and ``check``: a copy that is proved, and the way back."""

from __future__ import annotations

import hashlib

import pytest

from tests.commands.desk import ROWS, Desk, refused, roster


def test_a_backup_is_proved_and_told_with_its_sum(filled: Desk, tmp_path) -> None:
    told = filled.done("backup", tmp_path / "备份.db", "--json").json
    file = tmp_path / "备份.db"
    assert told["file"] == str(file)
    assert told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert told["rows"]["members"] == 3
    assert told["verified"] is True


def test_without_a_name_a_backup_lies_in_the_folder_of_backups(filled: Desk) -> None:
    told = filled.done("backup", "--json").json
    assert told["file"].startswith(str(filled.folder / "backups"))
    assert "成员 3 人" in filled.done("backup").out


def test_a_backup_brings_the_data_back_and_keeps_the_present_ones_aside(
    filled: Desk, tmp_path
) -> None:
    before, log = filled.people(), filled.log()
    filled.done("backup", tmp_path / "a.db")
    filled.done("undo")
    told = filled.done("restore", tmp_path / "a.db", "--json").json
    assert (told["rows"]["members"], told["verified"]) == (3, True)
    assert (filled.people(), filled.log()) == (before, log)
    filled.done("restore", told["kept_aside"])
    assert filled.people() == {}


def test_a_backup_goes_into_an_empty_folder(filled: Desk, tmp_path) -> None:
    filled.done("backup", tmp_path / "a.db")
    other = Desk(tmp_path / "other", filled.capsys)
    told = other.done("restore", tmp_path / "a.db", "--json").json
    assert told["kept_aside"] is None
    assert other.people() == filled.people()
    assert other.done("check").out.startswith("一切正常：成员 3 人")


def test_damaged_data_are_put_aside_as_they_are_when_a_backup_comes_back(
    filled: Desk, tmp_path
) -> None:
    filled.done("backup", tmp_path / "a.db")
    data = filled.folder / "banbiantian.db"
    data.write_bytes(data.read_bytes()[:6000])
    assert filled("check").code == 1
    told = filled.done("restore", tmp_path / "a.db", "--json").json
    assert told["kept_aside"]
    assert len(filled.people()) == 3


@pytest.mark.parametrize("kind", ["missing", "folder", "foreign", "cut", "empty"])
def test_what_is_no_backup_is_refused_and_the_data_stay(filled: Desk, tmp_path, kind) -> None:
    filled.done("backup", tmp_path / "good.db")
    file = tmp_path / "bad.db"
    if kind == "folder":
        file.mkdir()
    elif kind == "foreign":
        roster(file)
    elif kind == "cut":
        file.write_bytes((tmp_path / "good.db").read_bytes()[:50_000])
    elif kind == "empty":
        file.write_bytes(b"")
    refused(filled("restore", file, "--json"), "bad.db")
    assert len(filled.people()) == 3


def test_the_data_themselves_are_no_place_for_their_backup(filled: Desk) -> None:
    data = filled.folder / "banbiantian.db"
    before = data.read_bytes()
    refused(filled("backup", data, "--json"), "毁掉")
    assert data.read_bytes() == before
    refused(filled("restore", data, "--json"))
    assert len(filled.people()) == 3


def test_a_foreign_file_is_never_overwritten_by_a_backup(filled: Desk, tmp_path) -> None:
    file = roster(tmp_path / "a.xlsx", ROWS[0])
    before = file.read_bytes()
    refused(filled("backup", file, "--json"), "a.xlsx")
    assert file.read_bytes() == before


def test_a_check_that_finds_all_well_says_so(filled: Desk) -> None:
    told = filled.done("check", "--json").json
    for what in ("integrity", "foreign_keys", "schema", "change_log"):
        assert told[what] is True
    assert (told["protected"], told["findings"]) == (False, [])
    assert told["rows"]["members"] == 3
    assert told["last_backup"]


def test_a_check_tells_of_a_change_behind_the_programs_back(filled: Desk) -> None:
    import sqlite3

    with sqlite3.connect(filled.folder / "banbiantian.db") as connection:
        guards = (
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'change_sets'"
        )
        for (name,) in connection.execute(guards).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE change_sets SET what = '别的'")
    connection.close()
    told = filled("check", "--json")
    assert told.code == 1
    assert told.json["change_log"] is False
    assert told.json["findings"]


def test_a_check_of_a_folder_without_data_says_so(desk: Desk) -> None:
    told = desk("check", "--json")
    assert told.code == 1
    assert "还没有数据文件。" in told.json["findings"]


def test_reading_makes_no_backup_and_changing_makes_one(filled: Desk) -> None:
    def made() -> set[str]:
        return {path.name for path in (filled.folder / "backups").iterdir()}

    before = made()
    filled.done("log")
    assert made() == before
    filled.done("undo")
    assert made() - before
