"""Does every roster give exactly the people that were put into it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.corpus import (  # noqa: F401  each enters its rosters into the corpus
    cells,
    formats,
    institutions,
    names,
    nobodies,
    occasions,
    offices,
    schools,
    strays,
    wild,
    words,
)  # fmt: skip
from tests.exchange.corpus.holding import confirmed_names, faults
from tests.exchange.corpus.pages import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.category}-{case.name}")
def test_a_roster_gives_exactly_its_people(case: Case, tmp_path: Path) -> None:
    assert faults(case.book(), tmp_path, case.name) == []


@pytest.mark.parametrize("case", [c for c in CASES if c.category == "asks"], ids=lambda c: c.name)
def test_the_proposal_for_a_list_without_header_gives_its_people(
    case: Case, tmp_path: Path
) -> None:
    book = case.book()
    put_in = [name for page in book.pages for name in page.once_confirmed]
    assert put_in
    assert confirmed_names(book, tmp_path, case.name) == put_in
