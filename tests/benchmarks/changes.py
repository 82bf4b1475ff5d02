"""What does the change log cost: an import with it, against bare inserts; and taking it back.

The floor writes the same rows into the same tables with the driver's own ``executemany``, without
triggers, in one transaction of the same durability.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import update

from db import changes
from db.changes import triggers
from db.engine import write_mode
from db.session import Database
from db.tables import Member, Unit

PEOPLE = 10_000
ROUNDS = 5
FILLED = (
    "former_name staff_no id_type ethnicity_code native_place political_status_code "
    "education_code degree_code school_major marital_status_code children post rank "
    "professional_title establishment_type mobile office_phone email wechat address "
    "emergency_contact committee_role skills honours remark pinyin"
).split()


def people(unit_id: int) -> list[dict[str, Any]]:
    """Invented people with 30 columns filled."""
    return [
        {
            "name": f"人{number}",
            **dict.fromkeys(FILLED, f"{number % 97}号内容"),
            "unit_id": unit_id,
            "sort_key": f"ren {number:05d}",
            "search_text": f"ren{number} r{number} 人{number}",
        }
        for number in range(PEOPLE)
    ]


def new_file(folder: Path, name: str) -> tuple[Database, list[dict[str, Any]]]:
    database = Database.open(folder / name)
    with database.write("测速", "单位") as session:
        unit = Unit(name="单位")
        session.add(unit)
        session.flush()
        unit_id = unit.id
    return database, people(unit_id)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_insert(folder: Path, name: str) -> float:
    """The floor: ``executemany`` into a file without triggers."""
    database, rows = new_file(folder, name)
    with write_mode(database.engine).begin() as connection:
        triggers.drop(connection)
    names = ", ".join(rows[0])
    marks = ", ".join("?" * len(rows[0]))
    tuples = [tuple(row.values()) for row in rows]

    def work() -> None:
        with write_mode(database.engine).begin() as connection:
            bare: Any = connection.connection.dbapi_connection
            connection.exec_driver_sql("SELECT 1")
            bare.executemany(f"INSERT INTO members ({names}) VALUES ({marks})", tuples)

    taken = seconds(work)
    database.close()
    return taken


def logged(folder: Path, name: str) -> dict[str, float]:
    """The same through a unit of work, then back, forth, and a change to everybody."""
    database, rows = new_file(folder, name)

    def step(what: str, work: Callable[[Any], object]) -> float:
        def whole() -> None:
            with database.write("测速", what) as session:
                work(session)

        return seconds(whole)

    def verify() -> None:
        with database.read() as session:
            assert changes.verify_chain(session) == []

    taken = {
        "import": step("导入", lambda s: changes.insert_rows(s, Member.__table__, rows)),
        "undo of the import": step("撤销", changes.undo),
        "redo of the import": step("重做", changes.redo),
        "change to everybody": step("修改", lambda s: s.execute(update(Member).values(rank="新"))),
        "undo of that": step("撤销", changes.undo),
        "verifying the chain": seconds(verify),
    }
    database.close()
    return taken


def run(folder: Path) -> list[tuple[str, float, str]]:
    """Name, ratio to the floor and the bar, for each measure; medians of several rounds."""
    floors, rounds = [], []
    for number in range(ROUNDS):
        floors.append(bare_insert(folder, f"bare{number}.db"))
        rounds.append(logged(folder, f"logged{number}.db"))
    floor = median(floors)
    bars = {"import": "bar 2.5"}
    return [
        (
            f"{name} of {PEOPLE} people, 30 columns",
            median(one[name] for one in rounds) / floor,
            f"{bars.get(name, 'no bar')}; floor {floor * 1000:.0f} ms",
        )
        for name in rounds[0]
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        for name, ratio, sentence in run(Path(temporary)):
            print(f"{name}: {ratio:.2f}; {sentence}")
