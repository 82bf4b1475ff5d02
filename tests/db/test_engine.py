"""How the file is opened and what its refusals become."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.orm import Session

from db import changes, engine
from db.engine import make_engine, write_mode
from db.errors import (
    BusyError,
    DamagedError,
    DiskFullError,
    DuplicateError,
    InUseError,
    NoPermissionError,
    NotOursError,
)
from db.session import Database
from db.tables import Member, Unit
from tests.db.conftest import add_member, add_unit, member_names

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))


def test_an_encrypted_file_holds_no_readable_text(path: Path) -> None:
    with Database.open(path, key=KEY) as database:
        add_member(database, "王芳", remark="PLAINLY-VISIBLE")
    content = path.read_bytes()
    assert b"PLAINLY-VISIBLE" not in content
    assert "王芳".encode() not in content
    assert not content.startswith(b"SQLite format 3")


def test_an_encrypted_file_opens_again_with_its_key(path: Path) -> None:
    with Database.open(path, key=KEY) as database:
        add_member(database, "王芳")
    with Database.open(path, key=KEY) as database:
        assert member_names(database) == ["王芳"]


def test_a_proved_key_that_does_not_open_the_file_means_damage(path: Path) -> None:
    Database.open(path, key=KEY).close()
    before = path.read_bytes()
    with pytest.raises(DamagedError):
        Database.open(path, key=OTHER_KEY)
    assert path.read_bytes() == before


def test_an_encrypted_file_without_a_key_is_not_taken_for_ours(path: Path) -> None:
    Database.open(path, key=KEY).close()
    with pytest.raises(NotOursError):
        Database.open(path)


def test_a_plain_file_in_the_place_of_an_encrypted_one_is_not_ours(path: Path) -> None:
    Database.open(path).close()
    with pytest.raises(NotOursError):
        Database.open(path, key=KEY)


def test_a_key_of_the_wrong_length_is_a_bug(path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        make_engine(path, key=b"short")


def test_every_connection_is_durable_and_guards_links(database: Database) -> None:
    with database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_a_second_record_with_a_unique_value_is_a_duplicate(database: Database) -> None:
    add_member(database, "王芳", id_number="420000198503150026")
    with pytest.raises(DuplicateError) as caught:
        add_member(database, "王方", id_number="420000198503150026")
    assert caught.value.field == "id_number"
    assert member_names(database) == ["王芳"]


def test_a_unit_with_members_is_in_use(database: Database) -> None:
    unit_id = add_unit(database)
    add_member(database, unit_id=unit_id)
    with pytest.raises(InUseError), database.write("李敏", "删除单位") as session:
        session.delete(session.get_one(Unit, unit_id))


def test_a_second_writer_is_told_that_the_file_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 20)
    other = make_engine(database.path)
    with write_mode(other).begin() as connection:
        connection.execute(text("UPDATE unit_of_work SET last_id = last_id"))
        hurried = make_engine(database.path)
        with pytest.raises(BusyError), write_mode(hurried).begin():
            pass
        hurried.dispose()
    other.dispose()


def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    add_member(database, "王芳")
    with database.read() as reading:
        assert reading.query(Member).count() == 1
        add_member(database, "赵敏")
        assert reading.query(Member).count() == 1
    assert len(member_names(database)) == 2


def test_a_read_only_engine_refuses_to_write_and_leaves_no_traces(database: Database) -> None:
    add_member(database, "王芳")
    database.close()
    reading = make_engine(database.path, read_only=True)
    with reading.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM members")).scalar_one() == 1
        with pytest.raises(NoPermissionError):
            connection.execute(text("DELETE FROM members"))
    reading.dispose()
    assert [file.name for file in database.path.parent.iterdir()] == [database.path.name]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(NoPermissionError) as caught:
        Database.open(tmp_path / "file" / "banbiantian.db")
    assert str(tmp_path / "file") in str(caught.value)


def test_a_full_disk_leaves_what_was_there_and_nothing_half_written(database: Database) -> None:
    add_member(database, "王芳")

    def import_with_no_room(session: Session) -> None:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
        rows = [{"name": f"人{number}", "remark": "满" * 500} for number in range(500)]
        changes.insert_rows(session, Member.__table__, rows)

    with pytest.raises(DiskFullError), database.write("李敏", "导入") as session:
        import_with_no_room(session)
    assert member_names(database) == ["王芳"]
    with database.read() as session:
        assert [step.what for step in changes.log(session)] == ["新增 王芳"]
        assert changes.verify_chain(session) == []


FILL_UP = """
import resource, sys
from pathlib import Path
from db.errors import UnavailableError
from db.session import Database
from db.tables import Member
database = Database.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
done = 0
try:
    while True:
        with database.write("李敏", "导入") as session:
            session.add_all([Member(name="人", remark="满" * 500) for _ in range(20)])
        done += 1
except UnavailableError:
    print(done)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")
def test_when_the_system_refuses_to_grow_the_file_all_finished_steps_are_there(path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FILL_UP, str(path)], capture_output=True, text=True, check=True
    )
    done = ended.stdout
    assert int(done) > 0
    with Database.open(path) as database:
        assert len(member_names(database)) == 20 * int(done)
        with database.read() as session:
            assert changes.verify_chain(session) == []


def test_a_bug_in_a_statement_is_not_dressed_up_as_something_a_person_did(
    database: Database,
) -> None:
    with pytest.raises(Exception, match="no such table") as caught, database.read() as session:
        session.execute(text("SELECT * FROM nothing_of_the_kind"))
    assert isinstance(caught.value.__cause__, sqlcipher.Error)
