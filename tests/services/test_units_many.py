"""Many new units at once stand where one by one would have put them."""

from __future__ import annotations

import pytest

from db import changes
from db.errors import DuplicateError, InvalidInputError
from db.session import Database
from db.tables import Unit
from desktop.services import units


def test_many_units_stand_behind_those_of_their_level_in_the_order_given(
    database: Database,
) -> None:
    with database.write("李敏", "新增单位") as session:
        top = units.add(session, "局机关")
        units.add(session, "办公室", top)
        made = units.add_many(session, ["人事科", " 财务  科 "], top)
    with database.read() as session:
        told = [session.get_one(Unit, number) for number in made]
        assert [(u.name, u.parent_id, u.sort_order) for u in told] == [
            ("人事科", top, 2),
            ("财务 科", top, 3),
        ]
        assert changes.log(session)[0].counts["units"]["added"] == 4


@pytest.mark.parametrize("names", [["办公室"], ["人事科", "人事科"]])
def test_a_name_its_level_has_already_is_refused(database: Database, names: list[str]) -> None:
    with database.write("李敏", "新增单位") as session:
        units.add(session, "办公室")
    with pytest.raises(DuplicateError), database.write("李敏", "新增单位") as session:
        units.add_many(session, names)


def test_a_unit_without_a_name_is_refused(database: Database) -> None:
    with pytest.raises(InvalidInputError), database.write("李敏", "新增单位") as session:
        units.add_many(session, ["人事科", "  "])
