"""What the tests of the data file share: a file, a clock that ticks, a few rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.session import Database
from db.tables import Member, Unit


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Every look at the clock is one minute later than the one before."""
    ticks = iter(range(1_000_000))
    start = datetime(2026, 3, 8, 1, 0, tzinfo=UTC)
    return lambda: start + timedelta(minutes=next(ticks))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "数据 50%" / "banbiantian.db"


@pytest.fixture
def database(path: Path, clock: Callable[[], datetime]) -> Iterator[Database]:
    opened = Database.open(path, clock=clock)
    yield opened
    opened.close()


def add_unit(database: Database, name: str = "后勤中心", **values: object) -> int:
    with database.write("李敏", f"新增单位 {name}") as session:
        unit = Unit(name=name, **values)
        session.add(unit)
        session.flush()
        return unit.id


def add_member(database: Database, name: str = "王芳", **values: object) -> int:
    with database.write("李敏", f"新增 {name}") as session:
        member = Member(name=name, **values)
        session.add(member)
        session.flush()
        return member.id


def change_member(database: Database, member_id: int, **values: object) -> int:
    """One step that changes a member; its number."""
    with database.write("李敏", "修改资料") as session:
        member = session.get_one(Member, member_id)
        for name, value in values.items():
            setattr(member, name, value)
    return int(session.info["change_set_id"])


def remove_member(database: Database, member_id: int) -> int:
    with database.write("李敏", "删除") as session:
        session.delete(session.get_one(Member, member_id))
    return int(session.info["change_set_id"])


def member_names(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.scalars(Member.__table__.select().with_only_columns(Member.name)))
