"""A file made new and a file brought up by every migration are the same."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.changes import triggers
from db.engine import make_engine, write_mode
from db.migrations import HEAD
from db.session import Database
from db.upgrade import Migrations


def config_for(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Migrations.shipped().folder))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def schema_of(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
    )
    return {row.name: "".join(row.sql.split()) for row in rows}


def test_a_created_and_a_migrated_file_have_the_same_schema(tmp_path: Path) -> None:
    with Database.open(tmp_path / "created.db") as database, database.engine.connect() as created:
        wanted = schema_of(created)
    migrated = make_engine(tmp_path / "migrated.db")
    with write_mode(migrated).begin() as connection:
        command.upgrade(config_for(connection), "head")
        triggers.create(connection)
        found = schema_of(connection)
    migrated.dispose()
    assert found == wanted


def test_the_number_of_the_newest_script_is_the_one_the_program_knows() -> None:
    scripts = ScriptDirectory.from_config(config_for())
    assert scripts.get_current_head() == f"{HEAD:04d}"


def test_scripts_are_numbered_without_gaps() -> None:
    scripts = ScriptDirectory.from_config(config_for())
    numbers = [script.revision for script in scripts.walk_revisions()]
    assert numbers == [f"{number:04d}" for number in range(HEAD, 0, -1)]
