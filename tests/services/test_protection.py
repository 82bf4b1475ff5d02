"""Setting, changing, removing and remembering the password of an office, as a person does it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.errors import DuplicateError, InvalidInputError, PasswordNeededError, WrongPasswordError
from db.keys import Cost
from db.session import Database
from db.tables import Member
from desktop.paths import DataFolder
from desktop.services import backups, protection

NOW = datetime(2026, 4, 14, 9, tzinfo=UTC)
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
PASSWORD, NEW = "桂花开了2026", "新的密码2027"
NAME = "欧阳若兰标记"


@pytest.fixture
def folder(tmp_path):
    folder = DataFolder(tmp_path / "data")
    with (
        Database.open(folder.database, clock=lambda: NOW) as database,
        database.write("李敏", "新增") as session,
    ):
        session.add(Member(name=NAME))
    return folder


@pytest.fixture
def recovery_file(tmp_path):
    return tmp_path / "恢复密钥.txt"


def protect(folder, recovery_file) -> bytes:
    return protection.set_password_saving_key(
        folder, PASSWORD, recovery_file=recovery_file, now=NOW, cost=CHEAP
    )


def names(folder, key) -> list[str]:
    with Database.open(folder.database, key=key) as database, database.read() as session:
        return [member.name for member in session.query(Member)]


def readable(folder) -> list[str]:
    return [
        file.name
        for file in folder.root.rglob("*")
        if file.is_file() and NAME.encode() in file.read_bytes()
    ]


def nobody() -> str | None:
    return None


def test_a_plain_folder_opens_without_asking(folder):
    def never() -> str:
        raise AssertionError("nobody is asked for the password of a plain folder")

    assert protection.key_for(folder, never) is None


def test_a_protected_folder_opens_by_password_and_by_the_saved_file(
    folder, recovery_file, tmp_path
):
    key = protect(folder, recovery_file)
    vault = tmp_path / "vault"
    assert protection.key_for(folder, lambda: PASSWORD, vault=vault) == key
    saved = recovery_file.read_text(encoding="utf-8")
    assert protection.key_for(folder, lambda: saved, vault=vault) == key
    assert names(folder, key) == [NAME]
    assert readable(folder) == []


def test_without_a_password_it_says_that_one_is_needed(folder, recovery_file, tmp_path):
    protect(folder, recovery_file)
    with pytest.raises(PasswordNeededError):
        protection.key_for(folder, nobody, vault=tmp_path / "vault")
    with pytest.raises(WrongPasswordError):
        protection.key_for(folder, lambda: "不是这个密码吧", vault=tmp_path / "vault")


def test_an_existing_file_is_not_overwritten_and_nothing_is_switched_on(folder, recovery_file):
    recovery_file.write_text("别的内容")
    with pytest.raises(DuplicateError, match="已经存在"):
        protect(folder, recovery_file)
    assert recovery_file.read_text() == "别的内容"
    assert not protection.is_protected(folder)


def test_a_weak_password_leaves_no_recovery_file(folder, recovery_file):
    with pytest.raises(InvalidInputError):
        protection.set_password_saving_key(
            folder, "短", recovery_file=recovery_file, now=NOW, cost=CHEAP
        )
    assert not recovery_file.exists()


def test_a_refusal_half_way_leaves_no_recovery_file_that_opens_nothing(folder, recovery_file):
    backup = backups.back_up_now(folder, None, now=NOW).file
    backup.write_bytes(backup.read_bytes()[:6000])
    with pytest.raises(Exception, match="已经损坏"):
        protect(folder, recovery_file)
    assert not recovery_file.exists()
    assert not protection.is_protected(folder)


def test_a_second_password_is_refused_and_writes_no_file(folder, recovery_file, tmp_path):
    protect(folder, recovery_file)
    with pytest.raises(DuplicateError, match="更改密码"):
        protect(folder, tmp_path / "second.txt")
    assert not (tmp_path / "second.txt").exists()


def test_a_first_encrypted_backup_is_made_at_once(folder, recovery_file):
    key = protect(folder, recovery_file)
    (backup,) = backups.listed(folder)
    assert backup.reason is backups.Reason.PROTECTION
    assert backups.check(folder, key, now=NOW).is_well


def test_a_changed_password_opens_and_the_old_one_does_not(folder, recovery_file, tmp_path):
    key = protect(folder, recovery_file)
    protection.change_password(folder, PASSWORD, NEW, cost=CHEAP)
    assert protection.key_for(folder, lambda: NEW, vault=tmp_path / "vault") == key
    with pytest.raises(WrongPasswordError):
        protection.key_for(folder, lambda: PASSWORD, vault=tmp_path / "vault")


def test_a_renewed_recovery_key_is_saved_before_it_counts(folder, recovery_file, tmp_path):
    key = protect(folder, recovery_file)
    with pytest.raises(DuplicateError):
        protection.renew_recovery_key(folder, PASSWORD, file=recovery_file, now=NOW)
    fresh = tmp_path / "fresh.txt"
    protection.renew_recovery_key(folder, PASSWORD, file=fresh, now=NOW)
    saved = fresh.read_text(encoding="utf-8")
    assert protection.key_for(folder, lambda: saved, vault=tmp_path / "vault") == key


def test_a_removed_password_leaves_a_plain_database_and_a_backup(folder, recovery_file, tmp_path):
    protect(folder, recovery_file)
    protection.remove_password(folder, PASSWORD, now=NOW, vault=tmp_path / "vault")
    assert not protection.is_protected(folder)
    assert names(folder, None) == [NAME]
    assert backups.check(folder, None, now=NOW).is_well


def test_a_remembered_folder_opens_without_asking(folder, recovery_file, tmp_path):
    key, vault = protect(folder, recovery_file), tmp_path / "vault"
    assert not protection.is_remembered(folder, vault=vault)
    protection.remember(folder, key, vault=vault)
    assert protection.key_for(folder, nobody, vault=vault) == key
    protection.forget(folder, vault=vault)
    assert not protection.is_remembered(folder, vault=vault)
