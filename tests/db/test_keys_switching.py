"""Switching protection on and off: complete before or after, and never plain by accident."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import copies, swap
from db.backup import Reason, back_up, new_name
from db.errors import (
    BusyError,
    Cancelled,
    DamagedError,
    InvalidInputError,
    UnavailableError,
    WrongPasswordError,
)
from db.files import staged
from db.keys import carried, is_protected, new_recovery_key, switching, unlock
from db.keys.keyring import from_bytes
from tests.db.small_office import (
    CHEAP,
    MARKER,
    PASSWORD,
    add,
    files_holding,
    make,
    names,
    unfinished,
)

NOW = datetime(2026, 4, 14, 9, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


def protect(folder: Path, **more) -> bytes:
    return switching.set_password(folder, PASSWORD, new_recovery_key(), cost=CHEAP, **more)


def plain_backup(folder: Path) -> Path:
    (folder / "backups").mkdir(exist_ok=True)
    target = new_name(folder / "backups", NOW, Reason.CLOSING)
    return back_up(folder / "banbiantian.db", None, target, now=NOW).file


def run_until(work: str, folder: Path, step: int) -> bool:
    """Run ``work`` in a process that dies at ``step``; ``False`` when it had fewer steps."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.db.cut", work, str(folder), str(step)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return "finished" not in done.stdout


def open_again(folder: Path) -> bytes | None:
    switching.recover_interrupted(folder)
    return unlock(folder, PASSWORD) if is_protected(folder) else None


def test_every_row_is_there_and_no_name_can_be_read_without_the_key(tmp_path):
    database = make(tmp_path)
    before = names(database)
    plain_backup(tmp_path)
    add(database, "后来的人")
    key = protect(tmp_path)
    assert names(database, key) == [*before, "后来的人"]
    assert files_holding(tmp_path) == []
    assert unfinished(tmp_path) == []
    assert not copies.opens(database)


def test_the_schema_and_the_marks_of_the_file_come_along(tmp_path):
    database = make(tmp_path)
    question = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    with copies.opened(database) as connection:
        schema = connection.execute(question).fetchall()
        marks = [connection.execute(f"PRAGMA {p}").fetchone() for p in ("application_id",)]
    key = protect(tmp_path)
    with copies.opened(database, key) as connection:
        assert connection.execute(question).fetchall() == schema
        assert [connection.execute("PRAGMA application_id").fetchone()] == marks
        add_one = "INSERT INTO people (name) VALUES ('新来的')"
        assert connection.execute(add_one).lastrowid == 41  # ids are never given twice


def test_on_and_off_again_gives_the_same_rows(tmp_path):
    database = make(tmp_path)
    before = names(database)
    switching.remove_password(tmp_path, protect(tmp_path), vault=tmp_path / "vault")
    assert not is_protected(tmp_path)
    assert names(database) == before
    assert {file.name for file in tmp_path.iterdir()} == {"banbiantian.db"}


def test_a_folder_without_a_database_yet_can_be_protected(tmp_path):
    key = protect(tmp_path)
    assert is_protected(tmp_path)
    assert unlock(tmp_path, PASSWORD) == key


def test_an_earlier_plain_backup_is_encrypted_and_opens_with_the_same_password(tmp_path):
    make(tmp_path)
    backup = plain_backup(tmp_path)
    key = protect(tmp_path)
    assert files_holding(tmp_path) == []
    assert len(names(backup, key)) == 40


def test_a_copy_left_by_an_upgrade_is_encrypted_too(tmp_path):
    database = make(tmp_path)
    left = tmp_path / "banbiantian.db.before-upgrade-0001-0002"
    left.write_bytes(plain_backup(tmp_path).read_bytes())
    key = protect(tmp_path)
    assert files_holding(tmp_path) == []
    assert names(left, key) == names(database, key)


def test_a_copy_left_by_an_upgrade_opens_after_the_key_files_are_gone(tmp_path):
    database = make(tmp_path)
    key = protect(tmp_path)
    left = tmp_path / "banbiantian.db.before-upgrade-0001-0002"
    left.write_bytes(database.read_bytes())
    switching.remove_password(tmp_path, key, vault=tmp_path / "vault")
    ring = from_bytes(carried.read(left).keys)
    assert len(names(left, ring.open(PASSWORD))) == 40


def test_a_damaged_plain_backup_stops_it_before_anything_changed(tmp_path):
    database = make(tmp_path)
    backup = plain_backup(tmp_path)
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedError, match=backup.name):
        protect(tmp_path)
    assert not is_protected(tmp_path)
    assert len(names(database)) == 40
    assert unfinished(tmp_path) == []


def test_a_weak_password_or_a_mistyped_recovery_key_changes_nothing(tmp_path):
    make(tmp_path)
    with pytest.raises(InvalidInputError):
        switching.set_password(tmp_path, "短", new_recovery_key(), cost=CHEAP)
    with pytest.raises(WrongPasswordError):
        switching.set_password(tmp_path, PASSWORD, new_recovery_key()[:-2], cost=CHEAP)
    assert not is_protected(tmp_path)


def test_a_second_password_is_refused(tmp_path):
    make(tmp_path)
    key = protect(tmp_path)
    with pytest.raises(InvalidInputError, match="已经有密码保护"):
        protect(tmp_path)
    assert unlock(tmp_path, PASSWORD) == key


def test_a_database_that_is_still_open_is_not_switched(tmp_path):
    database = make(tmp_path)
    with copies.opened(database) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM people").fetchone()
        with pytest.raises(BusyError):
            protect(tmp_path)
    assert len(names(database)) == 40
    assert not is_protected(tmp_path)


def test_stopping_while_backups_are_encrypted_changes_nothing(tmp_path):
    database = make(tmp_path)
    plain_backup(tmp_path)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        protect(tmp_path, step=stop)
    assert not is_protected(tmp_path)
    assert len(names(database)) == 40
    assert unfinished(tmp_path) == []


def test_the_wrong_key_does_not_take_protection_off(tmp_path):
    make(tmp_path)
    protect(tmp_path)
    with pytest.raises(WrongPasswordError):
        switching.remove_password(tmp_path, bytes(32), vault=tmp_path / "vault")
    assert is_protected(tmp_path)


@pytest.mark.slow
def test_killed_at_any_step_of_switching_on_it_is_either_plain_or_protected(tmp_path):
    (tmp_path / "recovery.txt").write_text(new_recovery_key())
    states = []
    for step in range(100):
        folder = tmp_path / f"data{step}"
        database = make(folder)
        plain_backup(folder)
        add(database, f"{MARKER}后来")
        before = names(database)
        died = run_until("protect", folder, step)
        key = open_again(folder)
        states.append(key is not None)
        assert names(database, key) == before
        assert unfinished(folder) == []
        if key is not None:
            assert files_holding(folder) == [], f"step {step}"
            assert copies.prove(database, key)
        if not died:
            break
    assert states == sorted(states)  # once decided, always protected
    assert states.count(False) >= 5
    assert states.count(True) >= 8


@pytest.mark.slow
def test_killed_at_any_step_of_switching_off_it_is_either_protected_or_plain(tmp_path):
    states = []
    for step in range(100):
        folder = tmp_path / f"data{step}"
        database = make(folder)
        before = names(database)
        protect(folder)
        died = run_until("unprotect", folder, step)
        key = open_again(folder)
        states.append(key is None)
        assert names(database, key) == before
        assert unfinished(folder) == []
        if key is not None:
            assert files_holding(folder) == [], f"step {step}"
        if not died:
            break
    assert states == sorted(states)
    assert states.count(False) >= 3
    assert states.count(True) >= 4


@pytest.mark.slow
def test_killed_while_recovering_from_a_kill_it_is_still_finished(tmp_path):
    (tmp_path / "recovery.txt").write_text(new_recovery_key())
    for step in range(100):
        folder = tmp_path / f"data{step}"
        database = make(folder)
        decided = 6
        run_until("protect", folder, decided)
        if not run_until("recover", folder, step):
            break
        key = open_again(folder)
        assert key is not None
        assert len(names(database, key)) == 40
        assert files_holding(folder) == []
    assert step >= 3


def test_a_damaged_note_of_an_unfinished_step_is_told_and_nothing_is_done(tmp_path):
    make(tmp_path)
    (tmp_path / swap.JOURNAL).write_bytes(b'{"version": 1, "actions": [["Remove", "banb')
    with pytest.raises(DamagedError, match="没有做完的一步"):
        switching.recover_interrupted(tmp_path)
    assert (tmp_path / "banbiantian.db").exists()


@pytest.mark.parametrize("target", ["../outside", "/outside", "a/../../outside", "C:outside"])
def test_a_note_that_points_outside_the_folder_is_not_believed(tmp_path, target):
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "outside").write_text("不归本程序管")
    with pytest.raises(ZeroDivisionError):
        swap.commit(folder, [swap.Remove(target)], mark=lambda name: name != "decide" and 1 / 0)
    with pytest.raises(DamagedError):
        switching.recover_interrupted(folder)
    assert (tmp_path / "outside").exists()


def test_a_file_that_cannot_be_written_is_told_and_the_folder_left_plain(tmp_path):
    database = make(tmp_path / "data")
    blocked = staged(tmp_path / "data" / "banbiantian.keys")
    blocked.mkdir()  # stands in the way as a right withheld would, for root as well
    with pytest.raises(UnavailableError, match=r"banbiantian\.keys"):
        protect(tmp_path / "data")
    blocked.rmdir()
    assert len(names(database)) == 40
    assert not is_protected(tmp_path / "data")
