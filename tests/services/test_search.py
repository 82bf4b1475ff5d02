"""A long list may be read by its first screen and its number alone."""

from __future__ import annotations

from datetime import date

from db.session import Database
from db.types import PartialDate
from desktop.services import members
from desktop.services.members import Query
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)


def names(database: Database, query: Query, most: int | None = None) -> list[str]:
    with database.read() as session:
        return [row.name for row in members.rows(session, query, most=most)]


def test_the_first_of_a_search_are_the_first_in_its_order(
    database: Database, add_person: AddPerson
) -> None:
    for name in ("王芳", "安心", "王敏", "李娜", "王安"):
        add_person(name)
    assert names(database, Query(find="wang"), most=2) == names(database, Query(find="wang"))[:2]
    with database.read() as session:
        assert members.count(session, Query(find="wang")) == 3


def test_people_of_the_asked_age_are_looked_for_beyond_the_first_rows(
    database: Database, add_person: AddPerson
) -> None:
    add_person("安心", birth_date=None)
    add_person("王芳", birth_date=PartialDate(1985, 6))
    assert names(database, Query(age_from=40, age_to=40, on=TODAY), most=1) == ["王芳"]


def test_searching_reads_nothing_but_the_index_of_the_list(database: Database) -> None:
    with database.read() as session:
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM members "
            "WHERE instr(search_text, '|w') > 0 AND employment_status IN ('active')"
        )
        assert any("COVERING INDEX ix_members_found" in row.detail for row in plan)
