"""Where the change log is kept: sets of changes, their rows, and the one open unit of work."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text

from db.base import Base
from db.types import JsonText, Moment

# one row per unit of work that changed something, hashed together with the set before it
change_sets = Table(
    "change_sets",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("undoes_id", Integer, index=True),
    Column("counts", JsonText, nullable=False),
    # its rows lie side by side, so they need no index of their own
    Column("first_change_id", Integer, nullable=False),
    Column("last_change_id", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)

# the columns of a record table at some time; a row of the log then needs only the values
shapes = Table(
    "change_shapes",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("columns", JsonText, nullable=False),
    sqlite_strict=True,
)

# one row per written record, by triggers only; the set is written after its rows, hence no key
changes = Table(
    "changes",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("change_set_id", Integer, nullable=False),
    Column("shape_id", Integer, nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index("ix_changes_shape_id_record_id", "shape_id", "record_id"),
    sqlite_strict=True,
)

# a single row: which set is being written (none between units of work), and the head of the chain
unit_of_work = Table(
    "unit_of_work",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("change_set_id", Integer),
    Column("last_id", Integer, nullable=False),
    Column("last_change_id", Integer, nullable=False),
    Column("last_hash", Text, nullable=False),
    CheckConstraint("id = 1", name="single"),
    sqlite_strict=True,
)

# beside these, the log of looks at private numbers (db.tables.accesses)
LOG_TABLES = frozenset({"accesses", "change_sets", "change_shapes", "changes", "unit_of_work"})
