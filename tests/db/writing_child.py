"""A program that writes step after step and says so, until it is killed: see test_killed.py."""

from __future__ import annotations

import sys
from pathlib import Path

from db import changes
from db.session import Database
from db.tables import Member, Unit

PEOPLE = 40


def main(path: Path) -> None:
    """Each step is one unit with its people; every third is taken back; each is acknowledged."""
    database = Database.open(path)
    with database.read() as session:
        turn, _ = changes.head(session)  # a number no turn before had
    while True:
        turn += 1
        with database.write("李敏", f"第 {turn} 轮") as session:
            unit = Unit(name=f"单位 {turn}", sort_order=turn)
            session.add(unit)
            session.flush()
            rows = [{"name": f"人 {turn}-{n}", "unit_id": unit.id} for n in range(PEOPLE)]
            changes.insert_rows(session, Member.__table__, rows)
        print("did", session.info["change_set_id"], turn, flush=True)  # noqa: T201
        if turn % 3 == 0:
            with database.write("李敏", "撤销") as session:
                undone = changes.undo(session)
            print("undid", undone.change_set_id, turn, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
