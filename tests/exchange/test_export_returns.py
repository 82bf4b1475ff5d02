"""A roster that goes out and comes back changes nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.session import Database
from db.tables import Member
from db.types import PartialDate
from desktop.exchange.cells import DITTO
from desktop.exchange.export import export_members, unit_names
from desktop.exchange.importing import ImportOptions, rehearse
from desktop.exchange.preview import Preview
from desktop.exchange.writing import write
from desktop.fields import Text
from desktop.fields.identity import facts
from desktop.paths import resource
from desktop.registers import MEMBERS
from desktop.services import members, units
from desktop.services.members import Roster
from desktop.services.units import UnitIndex
from tests.exchange.test_export import values_of

TODAY = date(2026, 4, 14)
ROSTERS = sorted(path for path in resource("samples").iterdir() if "获奖" not in path.name)
UNITS = UnitIndex(
    {"办公室": 1, "环境监测中心": 2},
    {1: "办公室", 2: "环境监测中心"},
    {1: "办公室", 2: "环境监测中心"},
)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
WORDS = st.text(st.sampled_from("甲乙丙丁 戊-12.90=+@/AB"), min_size=1).filter(
    lambda text: Text().from_cell(text).value == text
)
EXTRA = st.dictionaries(
    st.sampled_from(("饭卡号", "车牌", "爱人姓名", "家庭电话", "K列", "=1+1", "工资卡（建行）")),
    WORDS,
    min_size=1,
)
EVERYTHING = [column.name for column in Member.__table__.columns]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A data file with the four sample rosters in it."""
    path = tmp_path_factory.mktemp("data") / "banbiantian.db"
    with Database.open(path, clock=lambda: datetime(2026, 4, 14, tzinfo=UTC)) as opened:
        for file in ROSTERS:
            with opened.write("文员", f"导入《{file.name}》") as session:
                write(session, rehearse([file], members.snapshot(session), today=TODAY))
        yield opened


def export(people: Any, index: UnitIndex, target: Path, *, full: bool = True) -> Path:
    names = unit_names(index)
    target.unlink(missing_ok=True)
    export_members(people, target, full=full, title="花名册", unit_names=names, today=TODAY)
    return target


def everybody_back(file: Path, roster: Roster) -> Preview:
    return rehearse([file], roster, options=ImportOptions(everyone=True), today=TODAY)


def test_the_sample_rosters_come_back_without_a_change(database: Database, tmp_path: Path) -> None:
    with database.read() as session:
        roster = members.snapshot(session)
        people = members.exported(session, members.Query())
        index = units.index(session)

    back = everybody_back(export(people, index, tmp_path / "花名册.xlsx"), roster)

    assert len(people) == 200
    assert back.counts.unchanged == 200
    assert (back.counts.new, back.counts.updated, back.counts.absent) == (0, 0, 0)
    assert [row.changes for row in back.rows if row.changes] == []


def test_a_masked_roster_that_comes_back_overwrites_no_number(
    database: Database, tmp_path: Path
) -> None:
    with database.read() as session:
        roster = members.snapshot(session)
        people = members.exported(session, members.Query())
        index = units.index(session)

    back = everybody_back(export(people, index, tmp_path / "a.xlsx", full=False), roster)

    private = {"id_number", "mobile", "office_phone"}
    changed = {change.field for row in back.rows for change in row.changes}
    assert changed & private == set()
    assert back.counts.new == 0


def consistent(person: dict[str, Any]) -> dict[str, Any]:
    """Birth and sex are what the number says, and she is of an age to work."""
    known = facts(person["id_number"]) if person["id_number"] else None
    if known is not None:
        person["birth_date"], person["sex"] = known.birth_date, known.sex
        person["id_prefix15"] = known.prefix15
    elif person["birth_date"] and not 16 <= person["birth_date"].age_on(TODAY) <= 90:
        person["birth_date"] = PartialDate(1985, 6)
    return person


@st.composite
def rosters(draw: Any) -> list[dict[str, Any]]:
    """Up to five people; each field is filled or empty, numbers are nobody else's."""
    people = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        person = dict.fromkeys(EVERYTHING) | {"id": number, "version": 1}
        for field in MEMBERS.fields:
            # a column of landlines is understood as office telephones, whatever its heading
            value = MOBILES if field.name == "mobile" else values_of(field)
            # and a ditto mark as the cell above
            value = value.filter(lambda one: one not in DITTO)
            optional = field.name not in ("name", "sex", "employment_status")
            person[field.name] = draw(st.none() | value if optional else value, field.name)
        person["extra"] = draw(st.none() | EXTRA)
        people.append(consistent(person))
    numbers = [one["id_number"] for one in people if one["id_number"]]
    if len(set(numbers)) < len(numbers):
        for one in people[1:]:
            one["id_number"] = one["id_prefix15"] = None
    return people


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=rosters())
def test_any_roster_comes_back_without_a_change(
    tmp_path_factory: pytest.TempPathFactory, people: list[dict[str, Any]]
) -> None:
    file = export(people, UNITS, tmp_path_factory.getbasetemp() / "any.xlsx")

    back = everybody_back(file, Roster(tuple(people), UNITS))

    assert [row.changes for row in back.rows if row.changes] == []
    assert (back.counts.new, back.counts.updated) == (0, 0)
    assert [row.row for row in back.rows] == list(range(4, len(people) + 4))
