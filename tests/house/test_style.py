"""Style, types and shape, held by tools."""

from __future__ import annotations

import pytest

from tests.house.tree import run


def test_ruff_has_nothing_to_say() -> None:
    done = run("-m", "ruff", "check", "--no-cache", "--output-format=concise", ".")

    assert done.returncode == 0, done.stdout


def test_everything_is_formatted() -> None:
    done = run("-m", "ruff", "format", "--no-cache", "--check", ".")

    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_types_hold_strictly() -> None:
    done = run("-m", "mypy")

    assert done.returncode == 0, done.stdout
