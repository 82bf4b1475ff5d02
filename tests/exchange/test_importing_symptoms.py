"""Every symptom of real rosters, alone and in company, gives back exactly the people put in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.exchange.importing import Preview, Row, rehearse
from desktop.fields.standards import MARITAL_STATUS
from desktop.services.members import Roster
from desktop.services.units import UnitIndex
from tests.exchange import rosters

NOBODY = Roster((), UnitIndex({}, {}, {}))


def facts(row: Row) -> tuple[str | None, ...]:
    values = row.values
    marital = values.get("marital_status_code")
    birth = values.get("birth_date")
    return (
        row.name, values.get("id_number"), str(birth) if birth else None, values.get("mobile"),
        row.unit[-1] if row.unit else None, values.get("post"), values.get("remark"),
        MARITAL_STATUS.values[marital] if marital else None,
    )  # fmt: skip


def read(path: Path) -> Preview:
    return rehearse([path], NOBODY, today=rosters.TODAY)


def expect_exactly(draft: rosters.Draft, preview: Preview) -> None:
    came = [facts(row) for row in preview.rows if row.status == "new"]
    assert sorted(came, key=str) == sorted((w.facts() for w in draft.women), key=str)
    assert preview.counts.left_out_men == draft.men
    said = {p.code for p in preview.problems}
    assert draft.codes <= said
    why = {s.why for place in preview.places for s in place.table.skipped}
    assert draft.skipped <= why


@pytest.mark.parametrize("name", rosters.SYMPTOMS)
def test_a_roster_with_one_symptom_gives_back_its_people(name: str, tmp_path: Path) -> None:
    draft = rosters.clean_draft(seed=len(name))
    rosters.SYMPTOMS[name](draft)
    path = tmp_path / "名册.xlsx"
    rosters.write_xlsx(draft, path)
    expect_exactly(draft, read(path))


@pytest.mark.parametrize("seed", range(150))
def test_a_roster_with_many_symptoms_gives_back_its_people(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    draft = rosters.clean_draft(seed, count=rng.randint(9, 20))
    for name in rosters.random_symptoms(rng, rng.randint(2, 12)):
        rosters.SYMPTOMS[name](draft)
    path = tmp_path / "名册.xlsx"
    rosters.write_xlsx(draft, path)
    expect_exactly(draft, read(path))


def test_a_clean_roster_has_nothing_to_say_but_new_units(tmp_path: Path) -> None:
    draft = rosters.clean_draft(3)
    rosters.write_xlsx(draft, tmp_path / "a.xlsx")
    preview = read(tmp_path / "a.xlsx")
    assert {p.code for p in preview.problems} == {"unit_unknown"}
    assert len(preview.problems) == len({w.unit for w in draft.women})
