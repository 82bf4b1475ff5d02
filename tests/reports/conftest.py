"""A data file and people to count in it."""

from __future__ import annotations

from tests.services.conftest import add_person, database

__all__ = ["add_person", "database"]
