"""A backup is put back whole, the state before is kept aside, and a refusal touches nothing."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import copies, swap
from db.backup import Reason, back_up, listed, restore
from db.errors import (
    AppError,
    BusyError,
    DamagedError,
    NotOursError,
    PasswordNeededError,
    TooNewError,
    UnavailableError,
    WrongPasswordError,
)
from db.keys import change_password, is_protected, new_recovery_key, sidecar, switching, unlock
from db.keys.keyring import to_bytes
from db.migrations import HEAD
from tests.db.small_office import (
    CHEAP,
    PASSWORD,
    add,
    files_holding,
    make,
    names,
    unfinished,
)
from tests.db.test_keys_switching import open_again, run_until

NOW = datetime(2026, 4, 14, 9, tzinfo=UTC)
OTHER = "另一个密码2027"


def protect(folder: Path, password: str = PASSWORD) -> bytes:
    return switching.set_password(folder, password, new_recovery_key(), cost=CHEAP)


def saved(folder: Path, target: Path, key: bytes | None = None) -> Path:
    keys = None if key is None else to_bytes(sidecar.load(folder))
    return back_up(folder / "banbiantian.db", key, target, keys=keys, now=NOW).file


def picture(folder: Path) -> dict[str, str]:
    """Every file with its content, to see that nothing was touched."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def closed(folder: Path, key: bytes | None = None) -> dict[str, str]:
    copies.close_log(folder / "banbiantian.db", key)
    return picture(folder)


def test_the_rows_of_the_backup_are_back_and_those_of_before_are_kept_aside(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db")
    add(database, "备份之后的人")
    proof = restore(folder, backup, now=NOW)
    assert proof.verified
    assert proof.rows == {"people": 40, "units": 1}
    assert len(names(database)) == 40
    assert names(proof.aside)[-1] == "备份之后的人"
    assert [found.reason for found in listed(folder / "backups")] == [Reason.BEFORE_RESTORE]
    assert unfinished(folder) == []


def test_what_was_kept_aside_can_itself_be_put_back(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db")
    add(database, "备份之后的人")
    first = restore(folder, backup, now=NOW)
    restore(folder, first.aside, now=NOW)
    assert names(database)[-1] == "备份之后的人"


@pytest.mark.parametrize("with_recovery_key", [False, True])
def test_one_protected_file_is_enough_on_an_empty_pc(tmp_path, with_recovery_key):
    office, empty = tmp_path / "data", tmp_path / "empty"
    database = make(office)
    recovery_key = new_recovery_key()
    key = switching.set_password(office, PASSWORD, recovery_key, cost=CHEAP)
    backup = saved(office, tmp_path / "b.db", key)
    empty.mkdir()
    secret = recovery_key if with_recovery_key else PASSWORD
    proof = restore(empty, backup, now=NOW, secret=secret)
    assert proof.protected
    assert proof.aside is None
    assert unlock(empty, PASSWORD) == key
    assert names(empty / "banbiantian.db", key) == names(database, key)
    assert files_holding(empty) == []


def test_a_backup_under_an_older_password_comes_back_under_the_present_one(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db", protect(folder))
    switching.remove_password(folder, unlock(folder, PASSWORD), vault=tmp_path / "vault")
    key = protect(folder, OTHER)
    restore(folder, backup, now=NOW, secret=PASSWORD, key=key)
    assert unlock(folder, OTHER) == key
    assert len(names(database, key)) == 40
    assert files_holding(folder) == []


def test_a_backup_from_before_a_change_of_password_opens_with_either(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    key = protect(folder)
    backup = saved(folder, tmp_path / "b.db", key)
    change_password(folder, PASSWORD, OTHER, cost=CHEAP)
    for secret in (OTHER, PASSWORD):
        add(database, "备份之后的人", key=key)
        restore(folder, backup, now=NOW, secret=secret)
        assert len(names(database, key)) == 40


def test_a_plain_backup_put_back_into_a_protected_folder_is_encrypted(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db")
    key = protect(folder)
    proof = restore(folder, backup, now=NOW, secret=PASSWORD)
    assert proof.protected
    assert len(names(database, key)) == 40
    assert files_holding(folder) == []


def test_a_protected_backup_put_back_into_a_plain_folder_protects_all_of_it(tmp_path):
    office, folder = tmp_path / "office", tmp_path / "data"
    make(office)
    backup = saved(office, tmp_path / "b.db", protect(office))
    add(make(folder), "备份之后的人")
    proof = restore(folder, backup, now=NOW, secret=PASSWORD)
    key = unlock(folder, PASSWORD)
    assert files_holding(folder) == []
    assert proof.plain_left == ()
    assert names(proof.aside, key)[-1] == "备份之后的人"


def test_a_forgotten_present_password_does_not_bar_an_older_backup(tmp_path):
    office, folder = tmp_path / "office", tmp_path / "data"
    make(office)
    backup = saved(office, tmp_path / "b.db", protect(office))
    make(folder)
    forgotten = protect(folder, OTHER)
    proof = restore(folder, backup, now=NOW, secret=PASSWORD)
    assert len(names(folder / "banbiantian.db", unlock(folder, PASSWORD))) == 40
    assert unlock(proof.aside, OTHER) == forgotten  # as it was, with its own keys
    assert len(names(proof.aside / "banbiantian.db", forgotten)) == 40


def test_a_data_file_copied_by_hand_opens_with_the_keys_beside_it(tmp_path):
    office, empty = tmp_path / "data", tmp_path / "empty"
    database = make(office)
    key = protect(office)
    empty.mkdir()
    restore(empty, database, now=NOW, secret=PASSWORD)
    assert len(names(empty / "banbiantian.db", key)) == 40


def test_an_unreadable_state_is_kept_each_time_even_within_one_second(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db")
    asides = set()
    for content in (b"torn" * 5000, b"worn" * 5000):
        closed(folder)
        database.write_bytes(content)
        aside = restore(folder, backup, now=NOW).aside
        assert (aside / "banbiantian.db").read_bytes() == content
        asides.add(aside)
    assert len(asides) == 2


@pytest.mark.parametrize("how", ["noise", "cut", "empty"])
def test_a_damaged_present_database_is_kept_as_it_is(tmp_path, how):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db")
    closed(folder)
    sound = database.read_bytes()
    broken = {"noise": os.urandom(len(sound)), "cut": sound[:5000], "empty": b""}[how]
    database.write_bytes(broken)
    proof = restore(folder, backup, now=NOW)
    assert len(names(database)) == 40
    if how != "empty":
        assert (proof.aside / "banbiantian.db").read_bytes() == broken


def test_lost_key_files_do_not_bar_a_backup_that_carries_them(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    key = protect(folder)
    backup = saved(folder, tmp_path / "b.db", key)
    for name in sidecar.NAMES:
        (folder / name).unlink()
    restore(folder, backup, now=NOW, secret=PASSWORD)
    assert len(names(database, unlock(folder, PASSWORD))) == 40


def test_a_torn_note_of_an_unfinished_step_does_not_bar_the_way_back(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db")
    (folder / swap.JOURNAL).write_bytes(b"torn")
    restore(folder, backup, now=NOW)
    assert len(names(database)) == 40
    assert unfinished(folder) == []


def foreign_text(file: Path, _sound: bytes) -> None:
    file.write_text("一份文字" * 3000)


def foreign_noise(file: Path, _sound: bytes) -> None:
    file.write_bytes(os.urandom(20 * 4096))


def foreign_database(file: Path, _sound: bytes) -> None:
    with copies.opened(file) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def newer(file: Path, sound: bytes) -> None:
    file.write_bytes(sound)
    with copies.opened(file) as connection:
        connection.execute(f"PRAGMA user_version = {HEAD + 1}")


def cut_short(file: Path, sound: bytes) -> None:
    file.write_bytes(sound[: len(sound) // 2])


def scribbled(file: Path, sound: bytes) -> None:
    file.write_bytes(sound[:8192] + os.urandom(8192) + sound[16384:])


def empty(file: Path, _sound: bytes) -> None:
    file.write_bytes(b"")


def missing(_file: Path, _sound: bytes) -> None:
    pass


@pytest.mark.parametrize(
    ("spoil", "error", "sentence"),
    [
        (foreign_text, NotOursError, "不是本程序的备份"),
        (foreign_noise, NotOursError, "不是本程序的备份"),
        (foreign_database, NotOursError, "不是本程序的备份"),
        (newer, TooNewError, "更新版本的程序"),
        (cut_short, DamagedError, "已经损坏"),
        (scribbled, DamagedError, "已经损坏"),
        (empty, NotOursError, "不是本程序的备份"),
        (missing, UnavailableError, "够不到"),
    ],
)
def test_what_is_no_sound_backup_is_refused_with_its_own_sentence(tmp_path, spoil, error, sentence):
    folder = tmp_path / "data"
    make(folder, people=2000)
    sound = saved(folder, tmp_path / "b.db").read_bytes()
    before = closed(folder)
    spoil(tmp_path / "spoilt.db", sound)
    with pytest.raises(error, match=sentence) as refused:
        restore(folder, tmp_path / "spoilt.db", now=NOW)
    assert "spoilt.db" in refused.value.happened
    assert ".new" not in str(refused.value)
    assert refused.value.kept
    assert refused.value.remedy
    assert picture(folder) == before


@pytest.mark.parametrize("spoil", [foreign_text, foreign_database, empty])
def test_a_foreign_file_is_called_foreign_beside_a_protected_folder_too(tmp_path, spoil):
    folder = tmp_path / "data"
    make(folder)
    before = closed(folder, protect(folder))
    spoil(tmp_path / "spoilt.db", b"")
    with pytest.raises(NotOursError):
        restore(folder, tmp_path / "spoilt.db", now=NOW, secret=PASSWORD)
    assert picture(folder) == before


@pytest.mark.parametrize("spoil", [cut_short, scribbled])
def test_a_spoilt_protected_backup_is_refused_and_nothing_is_touched(tmp_path, spoil):
    folder = tmp_path / "data"
    make(folder, people=2000)
    key = protect(folder)
    sound = saved(folder, tmp_path / "b.db", key).read_bytes()
    before = closed(folder, key)
    spoil(tmp_path / "spoilt.db", sound)
    with pytest.raises(AppError, match=r"spoilt\.db"):
        restore(folder, tmp_path / "spoilt.db", now=NOW, secret=PASSWORD)
    assert picture(folder) == before


def test_a_wrong_password_and_none_at_all_touch_nothing(tmp_path):
    office, folder = tmp_path / "office", tmp_path / "data"
    make(office)
    backup = saved(office, tmp_path / "b.db", protect(office))
    make(folder)
    before = closed(folder)
    with pytest.raises(WrongPasswordError):
        restore(folder, backup, now=NOW, secret="不是这个密码吧")
    with pytest.raises(PasswordNeededError):
        restore(folder, backup, now=NOW)
    assert picture(folder) == before


def test_protection_is_never_dropped_by_a_plain_backup(tmp_path):
    folder = tmp_path / "data"
    make(folder)
    backup = saved(folder, tmp_path / "b.db")
    before = closed(folder, protect(folder))
    with pytest.raises(PasswordNeededError, match="这份备份没有加密"):
        restore(folder, backup, now=NOW)
    assert picture(folder) == before


def test_the_database_itself_is_not_taken_for_its_backup(tmp_path):
    database = make(tmp_path)
    with pytest.raises(NotOursError):
        restore(tmp_path, database, now=NOW)
    assert len(names(database)) == 40


def test_the_backup_is_read_where_it_lies_and_not_changed(tmp_path):
    folder = tmp_path / "data"
    make(folder)
    (tmp_path / "usb").mkdir()
    backup = saved(folder, tmp_path / "usb" / "b.db", protect(folder))
    before = picture(tmp_path / "usb")
    restore(folder, backup, now=NOW, secret=PASSWORD)
    assert picture(tmp_path / "usb") == before


@pytest.mark.slow
@pytest.mark.parametrize("protected", [False, True])
def test_killed_at_any_step_of_restoring_one_of_the_two_states_is_whole(tmp_path, protected):
    office = tmp_path / "office"
    make(office)
    saved(office, tmp_path / "backup.db", protect(office) if protected else None)
    states = []
    for step in range(100):
        folder = tmp_path / f"data{step}"
        database = make(folder)
        add(database, "备份之后的人")
        died = run_until("restore", folder, step)
        key = open_again(folder)
        rows = names(database, key)
        states.append(len(rows) == 40)
        assert len(rows) == (40 if states[-1] else 41)
        assert unfinished(folder) == []
        if states[-1]:
            (aside,) = listed(folder / "backups")
            assert names(aside.file, key if not copies.opens(aside.file) else None)[40:]
        if not died:
            break
    assert states == sorted(states)
    assert states.count(False) >= 3
    assert states.count(True) >= 4


def test_a_database_that_is_still_open_is_not_exchanged(tmp_path):
    folder = tmp_path / "data"
    database = make(folder)
    backup = saved(folder, tmp_path / "b.db")
    with copies.opened(database) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchone()
        with pytest.raises(BusyError):
            restore(folder, backup, now=NOW)
    assert listed(folder / "backups") == []
    assert unfinished(folder) == []


def test_after_a_restore_the_folder_is_as_protected_as_said(tmp_path):
    folder = tmp_path / "data"
    make(folder)
    backup = saved(folder, tmp_path / "b.db")
    assert restore(folder, backup, now=NOW).protected is is_protected(folder) is False
