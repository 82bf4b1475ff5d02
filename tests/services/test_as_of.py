from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import changes
from db.session import Database
from db.tables import Member
from db.types import PartialDate
from desktop.services import as_of, history, members, merging, units
from desktop.services.members import Query
from desktop.services.records import Draft

JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)
Moving = Callable[[date], None]


class Clock:
    """A clock that stands until it is set to noon of another day."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def set(self, day: date) -> None:
        self.moment = datetime.combine(day, datetime.min.time()).astimezone() + timedelta(hours=12)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    with Database.open(tmp_path / "banbiantian.db", clock=clock) as opened:
        yield opened


def add(database: Database, name: str, unit: str = "", **values: Any) -> int:
    with database.write("文员", f"新增{name}") as session:
        if unit:
            values["unit_id"] = units.ensure(session, unit)
        return members.save(session, Draft(None, 0, {"name": name, **values}))


@pytest.fixture
def people(database: Database, clock: Clock) -> dict[str, int]:
    """January: three in two units. February: one moves, one retires. March: one goes, one comes."""
    clock.set(JANUARY)
    born = PartialDate(1990, 3, 1)
    found = {
        name: add(database, name, unit, birth_date=born)
        for name, unit in (("王芳", "办公室"), ("李娜", "办公室"), ("赵敏", "财务科"))
    }
    clock.set(FEBRUARY)
    with database.write("文员", "调整") as session:
        finance = units.index(session).find("财务科")
        assert finance is not None
        members.transfer(session, [found["王芳"]], to=finance)
        members.set_status(session, [found["赵敏"]], "retired", on=FEBRUARY)
        units.rename(session, finance, "计财科")
    clock.set(MARCH)
    with database.write("文员", "移出") as session:
        members.remove(session, [found["李娜"]])
    add(database, "周洁", "办公室")
    return found


def rows(database: Database, day: date, **query: Any) -> list[tuple[str, str, str]]:
    with database.read() as session:
        found = as_of.rows(session, day, Query(**query))
    return [(row.name, row.unit, row.status) for row in found]


def counts(database: Database, day: date) -> dict[str, int]:
    with database.read() as session:
        return {row.name: row.members for row in as_of.tree(session, day)}


def test_the_roster_stands_as_it_stood_at_the_end_of_the_day(
    database: Database, people: dict[str, int]
) -> None:
    assert rows(database, JANUARY) == [
        ("李娜", "办公室", "active"), ("王芳", "办公室", "active"), ("赵敏", "财务科", "active"),
    ]  # fmt: skip
    assert rows(database, FEBRUARY) == [
        ("李娜", "办公室", "active"), ("王芳", "计财科", "active"), ("赵敏", "计财科", "retired"),
    ]  # fmt: skip
    assert [name for name, _, _ in rows(database, MARCH)] == ["王芳", "赵敏", "周洁"]


def test_the_day_before_anything_was_written_is_empty(
    database: Database, people: dict[str, int]
) -> None:
    assert rows(database, JANUARY - timedelta(days=1)) == []
    assert counts(database, JANUARY - timedelta(days=1)) == {}


def test_a_day_between_two_changes_is_that_of_the_earlier(
    database: Database, people: dict[str, int]
) -> None:
    assert rows(database, FEBRUARY - timedelta(days=1)) == rows(database, JANUARY)
    assert rows(database, date(2030, 1, 1)) == rows(database, MARCH)


def test_units_have_the_names_and_counts_of_that_day(
    database: Database, people: dict[str, int]
) -> None:
    assert counts(database, JANUARY) == {"办公室": 2, "财务科": 1}
    assert counts(database, FEBRUARY) == {"办公室": 1, "计财科": 1}
    assert counts(database, MARCH) == {"办公室": 1, "计财科": 1}
    with database.read() as session:
        assert as_of.totals(session, FEBRUARY).by_status == {"active": 2, "retired": 1}


def test_filters_and_search_ask_the_past_and_ages_are_of_that_day(
    database: Database, people: dict[str, int]
) -> None:
    office = next(u.id for u in tree(database) if u.name == "办公室")
    assert [n for n, _, _ in rows(database, JANUARY, unit_id=office)] == ["李娜", "王芳"]
    assert [n for n, _, _ in rows(database, FEBRUARY, unit_id=office)] == ["李娜"]
    assert [n for n, _, _ in rows(database, FEBRUARY, find="ln")] == ["李娜"]
    assert rows(database, MARCH, find="ln") == []
    with database.read() as session:
        assert {r.age for r in as_of.rows(session, JANUARY, Query())} == {35}
        assert next(r.age for r in as_of.rows(session, MARCH, Query())) == 36


def tree(database: Database) -> tuple[units.UnitRow, ...]:
    with database.read() as session:
        return units.tree(session)


def test_export_gives_every_value_of_that_day(database: Database, people: dict[str, int]) -> None:
    with database.read() as session:
        found, index = as_of.exported(session, FEBRUARY, Query(find="赵敏"))
    assert found[0]["employment_status"] == "retired"
    assert found[0]["status_date"] == PartialDate.of(FEBRUARY)
    assert index.names[found[0]["unit_id"]] == "计财科"


def test_the_same_day_gives_the_same_numbers_a_year_later(
    database: Database, clock: Clock, people: dict[str, int]
) -> None:
    before = {
        day: (rows(database, day), counts(database, day)) for day in (JANUARY, FEBRUARY, MARCH)
    }
    for month in range(1, 13):
        clock.set(date(2026 + (month + 2) // 12, 1 + (month + 2) % 12, 20))
        with database.write("文员", "调整") as session:
            for person in members.rows(session, Query()):
                members.set_status(session, [person.id], ("active", "left")[month % 2], on=MARCH)
        add(database, f"新人{'甲乙丙丁戊己庚辛壬癸子丑'[month - 1]}", f"新单位{month}")
        if month % 3 == 0:
            with database.write("文员", "撤销") as session:
                history.undo(session)
    with database.write("文员", "清空") as session:
        members.remove(session, [row.id for row in members.rows(session, Query())])
    assert rows(database, date(2027, 6, 1)) == []
    after = {
        day: (rows(database, day), counts(database, day)) for day in (JANUARY, FEBRUARY, MARCH)
    }
    assert after == before


def test_an_evening_change_belongs_to_its_own_day(
    database: Database, clock: Clock, people: dict[str, int]
) -> None:
    clock.moment = as_of.end_of(date(2026, 4, 1)) - timedelta(seconds=1)
    add(database, "孙悦")
    clock.moment = as_of.end_of(date(2026, 4, 1))
    add(database, "钱静")
    names = {name for name, _, _ in rows(database, date(2026, 4, 1))}
    assert "孙悦" in names
    assert "钱静" not in names


def test_after_a_look_back_the_same_session_reads_the_present(
    database: Database, people: dict[str, int]
) -> None:
    with database.read() as session:
        now = members.rows(session, Query())
        person = session.get_one(Member, people["王芳"])
        assert person.unit_id
        with as_of.past(session, JANUARY):
            assert session.get_one(Member, people["李娜"]).name == "李娜"
        assert members.rows(session, Query()) == now
        assert session.get(Member, people["李娜"]) is None


def test_a_look_back_that_breaks_off_leaves_nothing_behind(
    database: Database, people: dict[str, int]
) -> None:
    with database.read() as session:
        with pytest.raises(KeyError), as_of.past(session, JANUARY):
            raise KeyError
        assert len(members.rows(session, Query())) == 3
    with database.read() as session:
        assert len(members.rows(session, Query())) == 3


def test_a_look_back_writes_nothing_and_does_not_allow_it(
    database: Database, people: dict[str, int]
) -> None:
    with database.read() as session:
        before = changes.head(session)
        with (
            as_of.past(session, JANUARY),
            pytest.raises(Exception, match="readonly database"),
        ):
            session.connection().exec_driver_sql("DELETE FROM main.members")
    with database.read() as session:
        assert changes.head(session) == before
        assert changes.verify_records(session) == []


def test_history_ends_with_the_day(database: Database, people: dict[str, int]) -> None:
    with database.read() as session:
        lines = history.of_member(session, people["王芳"], until=JANUARY)
        assert [line.what for line in lines] == ["新增王芳"]
        assert len(history.of_member(session, people["王芳"])) == 2


def test_whoever_became_one_later_has_her_own_past(database: Database, clock: Clock) -> None:
    clock.set(JANUARY)
    keep, other = add(database, "王芳", "办公室"), add(database, "王芳", "财务科")
    clock.set(MARCH)
    with database.write("文员", "合并") as session:
        merging.merge(session, merging.preview(session, keep, other))
    assert rows(database, FEBRUARY) == [
        ("王芳", "办公室", "active"),
        ("王芳", "财务科", "active"),
    ]
    with database.read() as session:
        assert len(history.of_member(session, keep, until=FEBRUARY)) == 1
        assert len(history.of_member(session, keep)) == 3
