"""No single lost thing (password, key file, PC) locks anyone out, and no stranger gets in."""

from __future__ import annotations

import sys

import pytest

from db.errors import DamagedError, InvalidInputError, WrongPasswordError
from db.keys import (
    change_password,
    forget,
    is_protected,
    new_recovery_key,
    remember,
    remembered_key,
    renew_recovery_key,
    sidecar,
    switching,
    unlock,
)
from tests.db.small_office import CHEAP, MARKER, PASSWORD, make, names

NEW = "新的密码2027"


@pytest.fixture
def recovery_key():
    return new_recovery_key()


@pytest.fixture
def folder(tmp_path, recovery_key):
    make(tmp_path / "data")
    switching.set_password(tmp_path / "data", PASSWORD, recovery_key, cost=CHEAP)
    return tmp_path / "data"


def test_a_plain_folder_an_empty_one_and_a_text_file_are_not_protected(tmp_path):
    make(tmp_path / "plain")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "banbiantian.db").write_text("这不是数据库" * 2000)
    for name in ("plain", "empty", "text"):
        assert not is_protected(tmp_path / name)


def test_password_and_recovery_key_open_the_same_data(folder, recovery_key):
    key = unlock(folder, PASSWORD)
    assert unlock(folder, recovery_key.lower()) == key
    assert names(folder / "banbiantian.db", key)[0].startswith(MARKER)


def test_a_wrong_password_is_wrong_and_not_damage(folder):
    with pytest.raises(WrongPasswordError):
        unlock(folder, "不是这个密码吧")


@pytest.mark.parametrize("lost", [sidecar.KEYS, sidecar.COPY])
@pytest.mark.parametrize("how", ["gone", "damaged", "empty"])
def test_one_lost_key_file_is_made_good_from_the_other(folder, lost, how):
    sound = (folder / lost).read_bytes()
    if how == "gone":
        (folder / lost).unlink()
    else:
        (folder / lost).write_bytes(sound[: len(sound) // 2] if how == "damaged" else b"")
    assert is_protected(folder)
    unlock(folder, PASSWORD)
    switching.recover_interrupted(folder)
    assert (folder / lost).read_bytes() == sound


def test_both_key_files_gone_without_a_backup_names_the_missing_file(folder):
    for name in sidecar.NAMES:
        (folder / name).unlink()
    assert is_protected(folder)
    with pytest.raises(DamagedError, match=r"banbiantian\.keys”不见了"):
        unlock(folder, PASSWORD)


def test_both_key_files_damaged_without_a_backup_is_damage(folder):
    for name in sidecar.NAMES:
        (folder / name).write_bytes(b"{}")
    with pytest.raises(DamagedError, match="密钥文件已经损坏"):
        unlock(folder, PASSWORD)


def test_a_key_file_of_a_newer_program_is_left_alone(folder):
    newer = (folder / sidecar.KEYS).read_bytes().replace(b'"version": 1', b'"version": 9')
    (folder / sidecar.KEYS).write_bytes(newer)
    with pytest.raises(Exception, match="更新版本"):
        unlock(folder, PASSWORD)
    assert (folder / sidecar.KEYS).read_bytes() == newer


def test_a_changed_password_opens_and_the_old_one_does_not(folder, recovery_key):
    key = unlock(folder, PASSWORD)
    change_password(folder, PASSWORD, NEW, cost=CHEAP)
    assert unlock(folder, NEW) == key
    assert unlock(folder, recovery_key) == key
    with pytest.raises(WrongPasswordError):
        unlock(folder, PASSWORD)


def test_a_forgotten_password_is_replaced_with_the_recovery_key(folder, recovery_key):
    change_password(folder, recovery_key, NEW, cost=CHEAP)
    assert unlock(folder, NEW)


def test_a_wrong_or_short_password_changes_nothing(folder):
    before = (folder / sidecar.KEYS).read_bytes()
    with pytest.raises(WrongPasswordError):
        change_password(folder, "不是这个密码吧", NEW, cost=CHEAP)
    with pytest.raises(InvalidInputError):
        change_password(folder, PASSWORD, "短", cost=CHEAP)
    assert (folder / sidecar.KEYS).read_bytes() == before


def test_a_renewed_recovery_key_replaces_the_old_one(folder, recovery_key):
    fresh = new_recovery_key()
    renew_recovery_key(folder, PASSWORD, fresh)
    assert unlock(folder, fresh) == unlock(folder, PASSWORD)
    with pytest.raises(WrongPasswordError):
        unlock(folder, recovery_key)


def test_a_cut_between_the_two_key_files_ends_with_the_newer_ring_in_both(folder):
    old = (folder / sidecar.COPY).read_bytes()
    change_password(folder, PASSWORD, NEW, cost=CHEAP)
    (folder / sidecar.COPY).write_bytes(old)
    switching.recover_interrupted(folder)
    (folder / sidecar.KEYS).unlink()
    assert unlock(folder, NEW)


def test_a_remembered_key_opens_without_the_password_until_forgotten(folder, tmp_path):
    vault = tmp_path / "vault"
    assert remembered_key(folder, vault=vault) is None
    remember(folder, unlock(folder, PASSWORD), vault=vault)
    assert remembered_key(folder, vault=vault) == unlock(folder, PASSWORD)
    change_password(folder, PASSWORD, NEW, cost=CHEAP)
    assert remembered_key(folder, vault=vault) == unlock(folder, NEW)
    forget(folder, vault=vault)
    assert remembered_key(folder, vault=vault) is None


def test_what_is_remembered_for_one_folder_opens_no_other(folder, tmp_path):
    remember(folder, unlock(folder, PASSWORD), vault=tmp_path / "vault")
    other = tmp_path / "other"
    make(other)
    switching.set_password(other, PASSWORD, new_recovery_key(), cost=CHEAP)
    assert remembered_key(other, vault=tmp_path / "vault") is None
    with pytest.raises(ValueError, match="does not open"):
        remember(other, unlock(folder, PASSWORD), vault=tmp_path / "vault")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows seals it for the account instead")
def test_a_remembered_key_others_may_read_is_not_used(folder, tmp_path):
    vault = tmp_path / "vault"
    remember(folder, unlock(folder, PASSWORD), vault=vault)
    (kept,) = vault.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o644)
    assert remembered_key(folder, vault=vault) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_the_key_files_are_readable_by_their_owner_only(folder):
    for name in sidecar.NAMES:
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_removing_the_password_forgets_what_this_pc_remembered(folder, tmp_path):
    vault = tmp_path / "vault"
    key = unlock(folder, PASSWORD)
    remember(folder, key, vault=vault)
    switching.remove_password(folder, key, vault=vault)
    assert list(vault.iterdir()) == []
