"""A backup is proved, whole, in one file, and made while the database is in use."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from db import copies
from db.backup import back_up
from db.errors import (
    AppError,
    Cancelled,
    DamagedError,
    DiskFullError,
    NoPermissionError,
    UnavailableError,
)
from db.keys import carried, new_recovery_key
from db.keys.keyring import from_bytes, make_ring, to_bytes
from tests.db.small_office import CHEAP, MARKER, PASSWORD, add, make, names, unfinished

NOW = datetime(2026, 4, 14, 9, tzinfo=UTC)
KEY = bytes(range(32))
KEYS = to_bytes(make_ring(KEY, PASSWORD, new_recovery_key(), cost=CHEAP))


def test_an_unprotected_backup_is_an_ordinary_database_file(tmp_path):
    database = make(tmp_path / "data")
    proof = back_up(database, None, tmp_path / "b.db", now=NOW)
    assert proof.verified
    assert proof.rows == {"people": 40, "units": 1}
    assert proof.sha256 == hashlib.sha256(proof.file.read_bytes()).hexdigest()
    with sqlite3.connect(proof.file) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (40,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["b.db"]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 shell is not here")
def test_the_sqlite3_shell_opens_an_unprotected_backup(tmp_path):
    proof = back_up(make(tmp_path / "data"), None, tmp_path / "b.db", now=NOW)
    said = subprocess.run(
        ["sqlite3", str(proof.file), "SELECT count(*) FROM people"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "40\n"


def test_a_protected_backup_is_one_file_that_opens_by_password_on_any_pc(tmp_path):
    database = make(tmp_path / "data", key=KEY)
    proof = back_up(database, KEY, tmp_path / "b.db", keys=KEYS, now=NOW)
    assert MARKER.encode() not in proof.file.read_bytes()
    key = from_bytes(carried.read(proof.file).keys).open(PASSWORD)
    assert names(proof.file, key) == names(database, KEY)
    assert not copies.opens(proof.file, bytes(32))


def test_it_holds_the_latest_change_though_a_window_is_open(tmp_path):
    database = make(tmp_path / "data")
    with copies.opened(database) as window:
        window.execute("INSERT INTO people (name) VALUES ('刚刚保存的')")
        proof = back_up(database, None, tmp_path / "b.db", now=NOW)
    assert names(proof.file)[-1] == "刚刚保存的"


def test_what_is_written_while_it_is_made_does_not_disturb_it(tmp_path):
    database = make(tmp_path / "data", people=40_000)
    calls = []

    def step(done: int, total: int) -> None:
        add(database, f"同时写入 {done}")
        calls.append((done, total))

    proof = back_up(database, None, tmp_path / "b.db", now=NOW, step=step)
    assert len(calls) > 1
    assert calls[-1][0] == calls[-1][1]
    assert proof.rows["people"] == 40_000
    assert len(names(database)) == 40_000 + len(calls)


def test_stopping_leaves_no_file_and_keeps_the_earlier_backup(tmp_path):
    database = make(tmp_path / "data")
    target = tmp_path / "b.db"
    back_up(database, None, target, now=NOW)
    before = target.read_bytes()

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        back_up(database, None, target, now=NOW, step=stop)
    assert target.read_bytes() == before
    assert unfinished(tmp_path) == []


def test_a_later_backup_replaces_an_earlier_one_of_the_same_name(tmp_path):
    database = make(tmp_path / "data")
    back_up(database, None, tmp_path / "b.db", now=NOW)
    add(database, "后来的人")
    assert back_up(database, None, tmp_path / "b.db", now=NOW).rows["people"] == 41


@pytest.mark.parametrize("target", ["data/banbiantian.db", "data/../data/banbiantian.db"])
def test_the_database_itself_is_never_written_over(tmp_path, target):
    database = make(tmp_path / "data")
    with pytest.raises(NoPermissionError):
        back_up(database, None, tmp_path / target, now=NOW)
    assert len(names(database)) == 40


def test_a_file_that_is_no_backup_is_never_written_over(tmp_path):
    target = tmp_path / "名册.xlsx"
    target.write_bytes(b"PK\x03\x04 a workbook")
    with pytest.raises(NoPermissionError, match="已经存在"):
        back_up(make(tmp_path / "data"), None, target, now=NOW)
    assert target.read_bytes() == b"PK\x03\x04 a workbook"


def test_a_stick_that_was_pulled_out_is_told(tmp_path):
    database = make(tmp_path / "data")
    with pytest.raises(UnavailableError, match="U 盘") as refused:
        back_up(database, None, tmp_path / "usb" / "b.db", now=NOW)
    assert "b.db”" in refused.value.happened
    assert refused.value.kept
    assert refused.value.remedy


def test_a_missing_database_is_told_and_not_created(tmp_path):
    with pytest.raises(UnavailableError):
        back_up(tmp_path / "banbiantian.db", None, tmp_path / "b.db", now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_gives_no_backup(tmp_path):
    database = make(tmp_path / "data", people=5000)
    with copies.opened(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    content = bytearray(database.read_bytes())
    content[3 * 4096 : 9 * 4096] = os.urandom(6 * 4096)
    database.write_bytes(content)
    with pytest.raises(DamagedError):
        back_up(database, None, tmp_path / "b.db", now=NOW)
    assert unfinished(tmp_path) == []
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize("protected", [False, True])
def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path, protected):
    database = make(tmp_path / "data", people=20_000, key=KEY if protected else None)
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        )
        if sys.platform == "linux"
        else None
    )
    if mounted is None or mounted.returncode:
        pytest.skip("a small disk can be made only by an administrator of Linux")
    try:
        with pytest.raises(DiskFullError, match="空间不够"):
            back_up(
                database,
                KEY if protected else None,
                disk / "b.db",
                keys=KEYS if protected else None,
                now=NOW,
            )
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


LIMITED = """
import resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from db.backup import back_up
from db.errors import AppError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
try:
    back_up(Path(sys.argv[1]), None, Path(sys.argv[2]), now=datetime.now(UTC))
except AppError as refused:
    print(type(refused).__name__)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_may_not_grow_is_told_and_leaves_no_half_file(tmp_path):
    database = make(tmp_path / "data", people=5000)
    with copies.opened(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    said = subprocess.run(
        [sys.executable, "-c", LIMITED, str(database), str(tmp_path / "b.db")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() in {"DiskFullError", "UnavailableError"}
    assert [file.name for file in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("place", [-1, -40, -44, -70, -200])
def test_a_changed_byte_in_the_carried_keys_is_found(tmp_path, place):
    database = make(tmp_path / "data", key=KEY)
    file = back_up(database, KEY, tmp_path / "b.db", keys=KEYS, now=NOW).file
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(DamagedError):
        carried.read(file)


def test_a_protected_database_is_never_backed_up_without_its_keys(tmp_path):
    database = make(tmp_path / "data", key=KEY)
    with pytest.raises(ValueError, match="key ring"):
        back_up(database, KEY, tmp_path / "b.db", now=NOW)


def test_the_wrong_key_gives_no_backup(tmp_path):
    database = make(tmp_path / "data", key=KEY)
    with pytest.raises(AppError):
        back_up(database, bytes(32), tmp_path / "b.db", keys=KEYS, now=NOW)
    assert not (tmp_path / "b.db").exists()
