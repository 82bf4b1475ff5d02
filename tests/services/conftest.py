from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.session import Database
from desktop.services import members, units
from desktop.services.records import Draft


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    moment = datetime(2026, 4, 14, 8, 30, tzinfo=UTC)
    with Database.open(tmp_path / "banbiantian.db", clock=lambda: moment) as opened:
        yield opened


AddPerson = Callable[..., int]


@pytest.fixture
def add_person(database: Database) -> AddPerson:
    """Adds one person by name, unit name and any other values; gives her id."""

    def add(name: str, unit: str | None = None, **values: Any) -> int:
        with database.write("文员", f"新增{name}") as session:
            if unit is not None:
                values["unit_id"] = units.ensure(session, unit)
            return members.save(session, Draft(None, 0, {"name": name, **values}))

    return add
