"""How long does a keystroke in the search field wait for its people, among a hundred thousand?

The floor is the same question asked by hand: the best SQL for the same index, through the bare
driver, with nothing made of the rows. Both give the first screen in the order of names, and how
many match altogether; the keystrokes are those of people typing names, initials, parts and the
ends of numbers, first letters included.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from db import changes
from db.engine import connect_raw
from db.folding import search_pattern
from db.session import Database
from db.tables import Member
from db.types import PartialDate
from desktop.services import members, units
from desktop.services.members import ON_STAFF, Query
from tests.exchange.rosters import GIVEN, SURNAMES

PEOPLE, UNITS = 100_000, 60
SCREEN = 200
ROUNDS = 3
TODAY = date(2026, 4, 14)
TYPED = ("wangli", "zhangmin", "lh", "cxm", "lihua", "王芳", "李秀", "芳", "陈", "0028", "80001234")
_BY_HAND = (
    "SELECT m.id, m.name, m.unit_id, u.name, m.post, m.birth_date, m.id_number, m.mobile, "
    "m.employment_status, m.unresolved IS NOT NULL, m.pinyin "
    "FROM members m LEFT JOIN units u ON u.id = m.unit_id "
    "WHERE {where} ORDER BY m.sort_key, m.id LIMIT ?"
)
_COUNT_BY_HAND = "SELECT count(*) FROM members m WHERE {where}"
_STAFF = " AND m.employment_status IN ('active', 'seconded_in', 'seconded_out')"


def fill(database: Database) -> None:
    """A hundred thousand invented women in sixty units."""
    rng = random.Random(5)
    columns: dict[str, list[Any]] = {
        "name": [
            rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice("芳兰英梅雪敏华娟秀")
            for _ in range(PEOPLE)
        ],
        "mobile": [f"138{number:08d}" for number in range(PEOPLE)],
        "birth_date": [
            PartialDate(rng.randint(1966, 2003), rng.randint(1, 12), rng.randint(1, 28))
            for _ in range(PEOPLE)
        ],
        "post": [rng.choice(("科员", "主任", "工程师")) for _ in range(PEOPLE)],
    }
    with database.write("文员", "导入") as session:
        made = units.add_many(session, [f"第{number}监测所" for number in range(1, UNITS + 1)])
        columns["unit_id"] = [rng.choice(made) for _ in range(PEOPLE)]
        columns |= members.computed_columns(columns)
        with changes.indexes_set_aside(session, Member.__table__, coming=PEOPLE):
            changes.insert_columns(session, Member.__table__, columns)


def keystrokes() -> Iterator[str]:
    """What stands in the field after each key."""
    for word in TYPED:
        for end in range(1, len(word) + 1):
            yield word[:end]


def ours(database: Database, typed: str) -> tuple[int, int]:
    """The first screen, and the number of all."""
    query = Query(find=typed, statuses=ON_STAFF, on=TODAY)
    with database.read() as session:
        first = members.rows(session, query, most=SCREEN)
        found = len(first) if len(first) < SCREEN else members.count(session, query)
    return len(first), found


def by_hand(connection: Any, typed: str) -> tuple[int, int]:
    pattern = search_pattern(typed)
    where, values = "instr(m.search_text, ?) > 0", [pattern]
    if not pattern.startswith("|") and not pattern.endswith(";"):
        where = f"({where} OR m.unit_id IN (SELECT id FROM units WHERE instr(name, ?) > 0))"
        values.append(typed)
    where += _STAFF
    first = connection.execute(_BY_HAND.format(where=where), [*values, SCREEN]).fetchall()
    if len(first) < SCREEN:
        return len(first), len(first)
    counted = connection.execute(_COUNT_BY_HAND.format(where=where), values).fetchone()
    return len(first), counted[0]


def run(folder: Path) -> list[tuple[str, float, str]]:
    """Each keystroke in turns, ours and by hand."""
    path = folder / "search.db"
    with Database.open(path) as database:
        fill(database)
        connection = connect_raw(path, read_only=True)
        ratios, waits = [], []
        for turn in range(ROUNDS + 1):
            for typed in keystrokes():
                started = time.perf_counter()
                floor = by_hand(connection, typed)
                between = time.perf_counter()
                found = ours(database, typed)
                ended = time.perf_counter()
                if found != floor:
                    raise RuntimeError(f"{typed}: {found} and not {floor}")
                if turn:
                    ratios.append((ended - between) / (between - started))
                    waits.append((ended - between) * 1000)
        connection.close()
    slowest = quantiles(waits, n=20)[-1]
    said = f"median {median(waits):.0f} ms, 95 of 100 within {slowest:.0f} ms (goal: 50 ms)"
    return [
        ("search in 100,000 people / SQL by hand", median(ratios), f"goal: at most 3; {said}"),
        ("search in 100,000 people, ms at the 95th percentile", slowest, "goal: at most 50"),
    ]
