"""How many rows are written fast."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection

# each statement on a logged table keeps a journal of its own; a few hundred rows share one
ROWS_AT_ONCE = 200
PARAMETERS_AT_ONCE = 30_000


def insert_tuples(connection: Connection, into: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run ``into`` (``INSERT INTO t (a, b)``) with ``rows``, all of the same length."""
    if not rows:
        return
    width = len(rows[0])
    size = min(ROWS_AT_ONCE, PARAMETERS_AT_ONCE // width)
    marks = f"({', '.join('?' * width)})"
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        connection.exec_driver_sql(
            f"{into} VALUES {', '.join([marks] * len(part))}", tuple(chain.from_iterable(part))
        )
