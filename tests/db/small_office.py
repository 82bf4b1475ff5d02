"""A small data folder made by hand, below sessions: two tables and a marked name."""

from __future__ import annotations

from pathlib import Path

from db import copies
from db.keys import Cost
from db.migrations import HEAD
from db.upgrade import APPLICATION_ID

MARKER = "欧阳若兰标记"
PASSWORD = "桂花开了2026"
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)


def make(folder: Path, *, people: int = 40, key: bytes | None = None) -> Path:
    """A database with ``people`` rows, the marked name among them, in write-ahead mode."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "banbiantian.db"
    with copies.opened(database, key) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {HEAD}")
        connection.execute("CREATE TABLE units (id INTEGER PRIMARY KEY, name TEXT) STRICT")
        connection.execute(
            "CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
            " unit_id INTEGER REFERENCES units (id)) STRICT"
        )
        connection.execute("CREATE INDEX ix_people_name ON people (lower(name))")
        connection.execute("INSERT INTO units VALUES (1, '东湖中心')")
    add(database, *(f"{MARKER}{number}" for number in range(people)), key=key)
    return database


def add(database: Path, *names: str, key: bytes | None = None) -> None:
    with copies.opened(database, key) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO people (name, unit_id) VALUES (?, 1)", [(name,) for name in names]
        )
        connection.execute("COMMIT")


def names(database: Path, key: bytes | None = None) -> list[str]:
    with copies.opened(database, key, read_only=True) as connection:
        found = connection.execute("SELECT name FROM people ORDER BY id").fetchall()
    return [name for (name,) in found]


def files_holding(folder: Path, text: str = MARKER) -> list[str]:
    """Every file under ``folder`` in which ``text`` can be read without a key."""
    wanted = text.encode()
    return sorted(
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and wanted in file.read_bytes()
    )


def unfinished(folder: Path) -> list[str]:
    """Every file an interrupted piece of work left behind."""
    return sorted(
        file.name
        for file in folder.rglob("*")
        if ".new" in file.name or file.name == "banbiantian.change"
    )
