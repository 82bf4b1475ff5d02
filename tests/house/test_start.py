"""What is loaded when the window opens, and what waits until it is needed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks.start import python, start
from tests.house.test_contracts import HEAVY


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One start over the sample year, watched from inside."""
    folder = tmp_path_factory.mktemp("start") / "data"
    python("-m", "desktop", "demo", str(folder), "--no-window")
    return start(folder)


def packages(modules: list[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.slow
def test_the_window_is_painted_before_the_data_layer_is_loaded(seen: dict[str, Any]) -> None:
    assert "sqlalchemy" not in packages(seen["paint"]["modules"])
    assert "sqlcipher3" not in packages(seen["paint"]["modules"])


@pytest.mark.slow
def test_typing_works_before_any_heavy_library_is_loaded(seen: dict[str, Any]) -> None:
    loaded = packages(seen["ready"]["modules"])

    assert "sqlalchemy" in loaded  # the roster is really there
    assert loaded & HEAVY == set()
