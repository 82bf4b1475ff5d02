"""Do rosters put together at random give exactly the people that were put into them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.corpus.holding import faults
from tests.exchange.corpus.mixing import mixed


@pytest.mark.parametrize("first", range(0, 300, 20))
def test_rosters_mixed_at_random_give_exactly_their_people(first: int, tmp_path: Path) -> None:
    found = {n: faults(mixed(n), tmp_path, f"mixed {n}") for n in range(first, first + 20)}
    assert {n: told for n, told in found.items() if told} == {}
