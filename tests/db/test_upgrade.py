"""Opening files of every kind: new, older, newer, foreign, damaged, cut off half-way."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import changes, copies
from db.engine import connect_raw, make_engine
from db.errors import DamagedError, DiskFullError, NotOursError, TooNewError, UnusableError
from db.migrations import HEAD
from db.session import Database
from db.upgrade import Migrations, ensure_current
from tests.db.conftest import add_member, add_unit, member_names

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
KEY = bytes(range(32))

SCRIPT = """
import sqlalchemy as sa
from alembic import op
revision = "{revision}"
down_revision = "{down}"
branch_labels = None
depends_on = None

def upgrade():
    {body}
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def next_version(tmp_path: Path) -> Callable[[str], Migrations]:
    """The shipped migrations with one more, whose body the test gives."""

    def with_body(body: str) -> Migrations:
        folder = tmp_path / "next 100%"
        (folder / "versions").mkdir(parents=True)
        shipped = Migrations.shipped().folder
        for source in [shipped / "env.py", *(shipped / "versions").glob("0*.py")]:
            target = folder / source.relative_to(shipped)
            target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
        script = SCRIPT.format(revision=f"{HEAD + 1:04d}", down=f"{HEAD:04d}", body=body)
        (folder / "versions" / "next.py").write_text(script, encoding="utf-8")
        return Migrations(folder, HEAD + 1)

    return with_body


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def old(request: pytest.FixtureRequest, path: Path) -> bytes | None:
    """A closed file of this version with a unit and two members; its key."""
    key: bytes | None = request.param
    with Database.open(path, key=key) as database:
        unit_id = add_unit(database)
        add_member(database, "王芳", unit_id=unit_id)
        add_member(database, "赵敏", unit_id=unit_id)
    return key


def test_a_missing_file_is_created_with_its_folder(path: Path) -> None:
    with Database.open(path) as database:
        assert member_names(database) == []
    assert ensure_current(path, key=None, now=NOW) is None


@pytest.mark.parametrize("leftover", [b"", "header only"])
def test_a_first_start_cut_off_is_begun_again(path: Path, leftover: bytes | str) -> None:
    path.parent.mkdir()
    if isinstance(leftover, bytes):
        path.write_bytes(leftover)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    with Database.open(path) as database:
        assert member_names(database) == []


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 a renamed workbook" * 100, b"x", b"text\n" * 1000]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(NotOursError):
        Database.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_the_database_of_another_program_is_refused_and_left_alone(
    path: Path, journal: str
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("CREATE TABLE members (id INTEGER PRIMARY KEY, version INTEGER)")
        connection.commit()
    before = digest(path)
    with pytest.raises(NotOursError):
        Database.open(path)
    assert digest(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_of_a_newer_version_is_refused_and_left_alone(old: bytes | None, path: Path) -> None:
    connection = connect_raw(path, key=old)
    connection.execute(f"PRAGMA user_version = {HEAD + 1}")
    connection.close()
    before = digest(path)
    with pytest.raises(TooNewError):
        Database.open(path, key=old)
    assert digest(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_with_its_middle_overwritten_is_damaged(old: bytes | None, path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 + 8 : page * 4096 + 2000] = b"\x5a" * 1992
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        Database.open(path, key=old)
    assert path.read_bytes() == content


def test_a_file_cut_short_is_damaged(old: bytes | None, path: Path) -> None:
    content = path.read_bytes()[: 4096 * 5]
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        Database.open(path, key=old)
    assert path.read_bytes() == content


def test_an_older_file_is_copied_aside_and_brought_up_to_date(
    old: bytes | None, path: Path, next_version: Callable[[str], Migrations]
) -> None:
    body = 'op.add_column("members", sa.Column("hobby", sa.Text(), server_default="唱歌"))'
    copy = ensure_current(path, key=old, now=NOW, migrations=next_version(body))
    assert copy is not None
    assert copies.prove(copy, old)["members"] == 2
    with copies.opened(path, old) as connection:
        assert connection.execute("SELECT hobby FROM members").fetchall() == [("唱歌",)] * 2
        assert connection.execute("PRAGMA user_version").fetchone() == (HEAD + 1,)
    with copies.opened(copy, old) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (HEAD,)


def open_upgraded(path: Path, key: bytes | None) -> Database:
    """The file as the next version would open it: no check of the schema number."""
    return Database(path, make_engine(path, key=key), key=key, clock=lambda: NOW)


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it_and_the_log_goes_on(
    old: bytes | None, path: Path, next_version: Callable[[str], Migrations]
) -> None:
    body = (
        'op.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, version INTEGER, unit_id INTEGER '
        'REFERENCES units (id) ON DELETE CASCADE)")\n'
        '    with op.batch_alter_table("units", recreate="always") as batch:\n'
        '        batch.add_column(sa.Column("notice", sa.Text()))'
    )
    ensure_current(path, key=old, now=NOW, migrations=next_version(body))
    with open_upgraded(path, old) as database:
        assert len(member_names(database)) == 2
        unit_id = add_unit(database, "新单位")
        with database.read() as session:
            assert changes.verify_chain(session) == []
            assert changes.verify_records(session) == []
            assert changes.history(session, "units", unit_id)[0].action == "insert"


def test_what_a_migration_did_to_records_is_logged_and_older_steps_can_still_be_undone(
    old: bytes | None, path: Path, next_version: Callable[[str], Migrations]
) -> None:
    body = "op.execute(\"UPDATE members SET post = '待定' WHERE name = '王芳'\")"
    ensure_current(path, key=old, now=NOW, migrations=next_version(body))
    with open_upgraded(path, old) as database:
        with database.read() as session:
            assert changes.verify_records(session) == []
            newest = changes.log(session)[0]
            assert (newest.kind, newest.counts["members"]["changed"]) == ("outside", 1)
            assert changes.last_undoable(session) == 3
        with database.write("李敏", "撤销") as session:
            assert changes.undo(session).restored == 1
        assert member_names(database) == ["王芳"]


FAILING = {
    "a bug": "raise KeyError('x')",
    "bad SQL": 'op.execute("ALTER TABLE nothing ADD COLUMN x")',
    "rows lost": 'op.execute("DELETE FROM members WHERE id = 1")',
    "a broken link": 'op.execute("UPDATE members SET unit_id = 99")',
    "half way": 'op.add_column("members", sa.Column("hobby", sa.Text()))\n    raise RuntimeError',
    "committed by itself": (
        "bare = op.get_bind().connection.dbapi_connection\n"
        "    bare.execute('DELETE FROM members'); bare.execute('COMMIT'); bare.execute('BEGIN')\n"
        "    raise RuntimeError"
    ),
}


@pytest.mark.parametrize("body", FAILING.values(), ids=FAILING.keys())
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    old: bytes | None, path: Path, next_version: Callable[[str], Migrations], body: str
) -> None:
    with pytest.raises(UnusableError) as caught:
        ensure_current(path, key=old, now=NOW, migrations=next_version(body))
    assert caught.value.code == "upgrade_failed"
    with Database.open(path, key=old) as database:
        assert sorted(member_names(database)) == sorted(["王芳", "赵敏"])
        with database.read() as session:
            assert changes.verify_chain(session) == []
            assert changes.verify_records(session) == []


def test_an_upgrade_can_be_tried_again_after_it_failed(
    path: Path, old: bytes | None, next_version: Callable[[str], Migrations]
) -> None:
    migrations = next_version("raise KeyError")
    with pytest.raises(UnusableError):
        ensure_current(path, key=old, now=NOW, migrations=migrations)
    script = migrations.folder / "versions" / "next.py"
    script.write_text(script.read_text(encoding="utf-8").replace("raise KeyError", "pass  # now"))
    for cached in migrations.folder.rglob("*.pyc"):
        cached.unlink()
    assert ensure_current(path, key=old, now=NOW, migrations=migrations) is not None


def test_an_upgrade_with_no_room_says_so_and_changes_nothing(
    path: Path, next_version: Callable[[str], Migrations]
) -> None:
    Database.open(path).close()
    body = (
        "bind = op.get_bind()\n"
        "    pages = bind.exec_driver_sql('PRAGMA page_count').scalar_one()\n"
        "    bind.exec_driver_sql(f'PRAGMA max_page_count = {pages + 2}')\n"
        "    op.execute('CREATE TABLE big (x TEXT)')\n"
        "    op.execute('INSERT INTO big VALUES (zeroblob(1000000))')"
    )
    with pytest.raises(DiskFullError):
        ensure_current(path, key=None, now=NOW, migrations=next_version(body))
    Database.open(path).close()


def test_an_ordinary_start_loads_no_alembic(path: Path) -> None:
    Database.open(path).close()
    script = (
        "import sys; from pathlib import Path; from db.session import Database\n"
        "Database.open(Path(sys.argv[1])).close()\n"
        "print([name for name in sys.modules if name.partition('.')[0] in "
        "('alembic', 'pypinyin', 'openpyxl', 'argon2', 'cryptography')])"
    )
    for target in (path, path.with_name("new.db")):
        ended = subprocess.run(
            [sys.executable, "-c", script, str(target)], capture_output=True, text=True, check=True
        )
        assert ended.stdout.strip() == "[]"
