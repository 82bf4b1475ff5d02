"""Backups of an office with a change log: made when something changed, and checked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db import copies
from db.errors import PasswordNeededError
from db.keys import Cost, new_recovery_key
from db.session import Database
from db.tables import Member
from desktop.paths import DataFolder
from desktop.services import backups, protection

NOW = datetime(2026, 4, 14, 9, tzinfo=UTC)
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
PASSWORD = "桂花开了2026"


def add(folder: DataFolder, name: str, key: bytes | None = None) -> None:
    with (
        Database.open(folder.database, key=key, clock=lambda: NOW) as database,
        database.write("李敏", "新增") as session,
    ):
        session.add(Member(name=name))


def names(folder: DataFolder, key: bytes | None = None) -> list[str]:
    with Database.open(folder.database, key=key) as database, database.read() as session:
        return [member.name for member in session.query(Member).order_by(Member.id)]


def unguard(connection) -> None:
    """Take the change log's guards away, as only somebody outside the program would."""
    triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    for (name,) in connection.execute(triggers).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


@pytest.fixture
def folder(tmp_path):
    folder = DataFolder(tmp_path / "data")
    add(folder, "王芳")
    return folder


@pytest.fixture(params=["plain", "protected"])
def key(request, folder):
    if request.param == "plain":
        return None
    return protection.set_password(
        folder, PASSWORD, recovery_key=new_recovery_key(), now=NOW, cost=CHEAP
    )


def test_a_backup_is_made_once_per_change(folder):
    assert backups.back_up_if_changed(folder, None, now=NOW, reason=backups.Reason.CLOSING)
    assert not backups.back_up_if_changed(folder, None, now=NOW, reason=backups.Reason.CLOSING)
    add(folder, "赵敏")
    assert backups.back_up_if_changed(folder, None, now=NOW, reason=backups.Reason.CLOSING)
    assert len(backups.listed(folder)) == 2


def test_an_office_without_any_change_yet_needs_no_backup(tmp_path):
    folder = DataFolder(tmp_path)
    Database.open(folder.database).close()
    assert not backups.has_changed(folder, None)


def test_a_backup_is_proved_and_put_back(folder, key):
    proof = backups.back_up_now(folder, key, now=NOW)
    assert proof.rows["members"] == 1
    add(folder, "赵敏", key)
    restored = backups.restore(folder, proof.file, now=NOW, key=key)
    assert restored.rows == proof.rows
    assert names(folder, key) == ["王芳"]
    backups.restore(folder, restored.aside, now=NOW, key=key)
    assert names(folder, key) == ["王芳", "赵敏"]


def test_a_backup_to_a_folder_gets_a_name_of_its_own(folder, tmp_path):
    (tmp_path / "usb").mkdir()
    proof = backups.back_up_to(folder, None, tmp_path / "usb", now=NOW)
    assert proof.file.parent == tmp_path / "usb"
    assert copies.opens(proof.file)
    assert backups.listed(folder) == []


def test_the_backup_of_a_protected_folder_wants_its_key(folder, tmp_path):
    protection.set_password(folder, PASSWORD, recovery_key=new_recovery_key(), now=NOW, cost=CHEAP)
    with pytest.raises(PasswordNeededError):
        backups.back_up_to(folder, None, tmp_path / "b.db", now=NOW)
    with pytest.raises(PasswordNeededError):
        backups.check(folder, None, now=NOW)


def test_the_half_hourly_backup_waits_for_a_change_and_for_its_time(folder):
    assert backups.is_due(folder, now=NOW, changed=True)
    backups.back_up_now(folder, None, now=NOW, reason=backups.Reason.INTERVAL)
    assert not backups.is_due(folder, now=NOW + timedelta(minutes=29), changed=True)
    assert backups.is_due(folder, now=NOW + timedelta(minutes=30), changed=True)
    assert not backups.is_due(folder, now=NOW + timedelta(hours=9), changed=False)


def test_old_backups_are_thinned_when_a_new_one_is_made(folder):
    first = backups.back_up_now(folder, None, now=NOW)
    second = backups.back_up_now(folder, None, now=NOW + timedelta(minutes=5))
    assert not first.file.exists()
    assert [found.file for found in backups.listed(folder)] == [second.file]


def test_all_is_well_in_an_office_with_a_fresh_backup(folder, key):
    backups.back_up_now(folder, key, now=NOW)
    report = backups.check(folder, key, now=NOW)
    assert report.findings == ()
    assert report.is_well
    assert report.integrity
    assert report.foreign_keys
    assert report.schema
    assert report.change_log
    assert report.rows["members"] == 1
    assert report.last_backup is not None


def test_checking_changes_nothing(folder, key):
    add(folder, "赵敏", key)  # the window was open since the password was set
    backups.back_up_now(folder, key, now=NOW)
    before = {file: file.read_bytes() for file in folder.root.rglob("*") if file.is_file()}
    backups.check(folder, key, now=NOW)
    after = {file: file.read_bytes() for file in folder.root.rglob("*") if file.is_file()}
    assert after == before


def test_a_missing_and_an_old_backup_are_told(folder):
    assert backups.check(folder, None, now=NOW).findings == ("还没有备份。",)
    backups.back_up_now(folder, None, now=NOW - timedelta(days=4))
    assert backups.check(folder, None, now=NOW).is_well  # nothing changed since
    add(folder, "赵敏")
    (finding,) = backups.check(folder, None, now=NOW).findings
    assert "之后的改动还没有备份" in finding


def test_a_remembered_key_puts_a_backup_back_without_asking(folder, tmp_path):
    key = protection.set_password(
        folder, PASSWORD, recovery_key=new_recovery_key(), now=NOW, cost=CHEAP
    )
    file = backups.back_up_now(folder, key, now=NOW).file
    with pytest.raises(PasswordNeededError):
        backups.restore(folder, file, now=NOW, vault=tmp_path / "vault")
    protection.remember(folder, key, vault=tmp_path / "vault")
    assert backups.restore(folder, file, now=NOW, vault=tmp_path / "vault").protected
    assert names(folder, key) == ["王芳"]


def test_a_damaged_newest_backup_is_told(folder):
    file = backups.back_up_now(folder, None, now=NOW).file
    file.write_bytes(file.read_bytes()[:9000])
    (finding,) = backups.check(folder, None, now=NOW).findings
    assert "打不开" in finding


def test_a_damaged_database_is_told_and_not_raised(folder, key):
    backups.back_up_now(folder, key, now=NOW)
    content = folder.database.read_bytes()
    folder.database.write_bytes(content[:8192] + bytes(4096) + content[12288:])
    report = backups.check(folder, key, now=NOW)
    assert not report.integrity
    assert "数据文件已经损坏，请从最近的备份恢复。" in report.findings


def test_a_change_behind_the_back_of_the_log_is_told(folder):
    backups.back_up_now(folder, None, now=NOW)
    with copies.opened(folder.database) as connection:
        unguard(connection)
        connection.execute("UPDATE change_sets SET what = '别的事'")
    report = backups.check(folder, None, now=NOW)
    assert report.integrity
    assert not report.change_log
    assert report.findings


def test_a_link_that_leads_nowhere_is_told(folder):
    backups.back_up_now(folder, None, now=NOW)
    with copies.opened(folder.database) as connection:
        unguard(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE members SET unit_id = 999")
    report = backups.check(folder, None, now=NOW)
    assert not report.foreign_keys
    assert any("关联" in finding for finding in report.findings)


def test_a_file_of_another_program_is_told(tmp_path):
    folder = DataFolder(tmp_path)
    with copies.opened(folder.database) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    report = backups.check(folder, None, now=NOW)
    assert not report.schema
    assert "这个文件不是本程序的数据文件。" in report.findings


def test_a_plain_copy_beside_a_protected_database_is_told(folder):
    backups.back_up_now(folder, None, now=NOW)
    plain = backups.listed(folder)[0].file.read_bytes()
    key = protection.set_password(
        folder, PASSWORD, recovery_key=new_recovery_key(), now=NOW, cost=CHEAP
    )
    (folder.root / "banbiantian.db.old").write_bytes(plain)
    report = backups.check(folder, key, now=NOW)
    assert report.findings == ("文件夹里有 1 份没有加密的数据副本。",)


def test_a_missing_data_file_is_told(tmp_path):
    report = backups.check(DataFolder(tmp_path), None, now=NOW)
    assert report.findings[0] == "还没有数据文件。"
