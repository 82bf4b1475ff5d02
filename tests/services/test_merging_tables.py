"""Whatever names a person names the one who stays: for every table there is, and those to come."""

from __future__ import annotations

from typing import Any

import pytest

import db.tables  # noqa: F401 - makes every table known
from db import changes
from db.base import Base, Record
from db.changes import triggers
from db.changes.tables import LOG_TABLES
from db.engine import write_mode
from db.session import Database
from db.tables import Member, Merge
from desktop.services import absorbing, history, merging
from tests.contract.samples import add, record_classes, sample
from tests.services.conftest import AddPerson

LINKS = [
    (kind, link.parent.name, link.column.table.name)
    for kind in record_classes()
    for link in kind.__table__.foreign_keys
    if link.column.table.name in ("members", "units")
]

TABLES = (
    "CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,"
    " title TEXT) STRICT",
    "CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,"
    " event_id INTEGER NOT NULL REFERENCES events (id), ticket TEXT UNIQUE, remark TEXT,"
    " member_id INTEGER NOT NULL REFERENCES members (id), UNIQUE (member_id, event_id)) STRICT",
    "CREATE TABLE papers (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,"
    " visit_id INTEGER NOT NULL REFERENCES visits (id) ON DELETE CASCADE, text TEXT) STRICT",
)


def run(database: Database, *statements: str) -> None:
    with database.write("文员", "准备") as session:
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def read(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(sql)]


def merge(database: Database, keep: int, other: int) -> merging.Merged:
    with database.write("文员", "合并") as session:
        return merging.merge(session, merging.preview(session, keep, other))


@pytest.fixture
def pair(database: Database, add_person: AddPerson) -> tuple[int, int]:
    """Two who are one, both at event 1, the other also at event 2."""
    with write_mode(database.engine).begin() as connection:
        for sql in TABLES:
            connection.exec_driver_sql(sql)
        triggers.create(connection)
    keep, other = add_person("王芳"), add_person("王芳")
    run(
        database,
        "INSERT INTO events (title) VALUES ('春游'), ('讲座')",
        f"INSERT INTO visits (event_id, member_id, remark) VALUES (1, {keep}, '自带水')",
        f"INSERT INTO visits (event_id, member_id, ticket, remark) VALUES (1, {other}, 'A1', '晚到'),"  # noqa: E501
        f" (2, {other}, 'A2', NULL)",
        "INSERT INTO papers (visit_id, text) VALUES (2, '照片'), (3, '课件')",
    )
    return keep, other


@pytest.mark.parametrize(("kind", "column", "parent"), LINKS, ids=str)
def test_every_link_there_is_goes_over(
    database: Database, kind: type[Record], column: str, parent: str
) -> None:
    parent_kind = next(one for one in record_classes() if one.__tablename__ == parent)
    with database.write("文员", "准备") as session:
        keep = add(session, parent_kind, sample(session, parent_kind, 1))
        gone = add(session, parent_kind, sample(session, parent_kind, 2))
        row = add(session, kind, {**sample(session, kind, 3), column: gone})
    with database.write("文员", "合并") as session:
        absorbing.absorb(session, parent, keep, gone)
    assert read(database, f'SELECT "{column}" FROM "{kind.__tablename__}" WHERE id = {row}') == [
        (keep,)
    ]


def test_what_names_a_person_is_a_link_and_not_a_bare_number() -> None:
    for table in Base.metadata.tables.values():
        if table.name in LOG_TABLES | {Merge.__tablename__}:
            continue
        for column in table.columns:
            named = column.name in ("member_id", "unit_id") or column.name.endswith("_member_id")
            assert not named or column.foreign_keys, f"{table.name}.{column.name}"


def test_what_links_to_a_person_is_a_record_so_that_parting_can_give_it_back() -> None:
    for table in Base.metadata.tables.values():
        if any(link.column.table is Member.__table__ for link in table.foreign_keys):
            assert {"id", "version"} <= set(table.columns.keys()), table.name


def test_rows_of_any_table_move_and_counterparts_are_joined(
    database: Database, pair: tuple[int, int]
) -> None:
    keep, other = pair
    done = merge(database, keep, other)
    assert done.moved == {"visits": 1, "papers": 1}
    assert done.joined == {"visits": 1}
    assert read(database, "SELECT event_id, member_id, ticket, remark FROM visits ORDER BY 1") == [
        (1, keep, "A1", "自带水"),
        (2, keep, "A2", None),
    ]
    titles = "SELECT v.event_id, p.text FROM papers p JOIN visits v ON v.id = p.visit_id ORDER BY 1"
    assert read(database, titles) == [(1, "照片"), (2, "课件")]


def test_the_preview_counts_what_will_move(database: Database, pair: tuple[int, int]) -> None:
    with database.read() as session:
        assert merging.preview(session, *pair).linked == {"visits": 2}


def test_parting_gives_every_row_back_to_whom_it_belonged(
    database: Database, pair: tuple[int, int]
) -> None:
    rows = "SELECT id, event_id, member_id, ticket, remark FROM visits ORDER BY id"
    papers = "SELECT id, visit_id, text FROM papers ORDER BY id"
    before = read(database, rows), read(database, papers)
    merge(database, *pair)
    with database.write("文员", "撤销") as session:
        assert history.undo(session).kept == ()
    assert (read(database, rows), read(database, papers)) == before
    with database.read() as session:
        assert changes.verify_records(session) == []


def test_what_came_to_the_one_who_stayed_after_the_merge_stays_with_her(
    database: Database, pair: tuple[int, int]
) -> None:
    keep, other = pair
    merge(database, keep, other)
    with database.read() as session:
        step = changes.log(session, last=1)[0].id
    run(
        database,
        "INSERT INTO events (title) VALUES ('合唱')",
        f"INSERT INTO visits (event_id, member_id) VALUES (3, {keep})",
    )
    with database.write("文员", "撤销") as session:
        history.undo(session, step)
    assert read(database, "SELECT event_id, member_id FROM visits ORDER BY 1, 2") == [
        (1, keep), (1, other), (2, other), (3, keep),
    ]  # fmt: skip
