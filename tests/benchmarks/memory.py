"""How much memory does a whole import take, beyond that of the program at rest?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.importing import environment, make_roster

SIZES = ((10_000, 80), (100_000, 300))

# the readers are loaded before the base is measured: they stay, whatever is imported
_PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from db.session import Database
from desktop.exchange import importing, writing
from desktop.services import members
from tests.benchmarks import _peak
roster_file, folder = map(Path, sys.argv[1:])
TODAY = date(2026, 4, 1)
with Database.open(folder / "data.db") as base:
    with base.read() as session:
        roster = members.snapshot(session)
    members.computed({"name": "单丽华"})
    importing.rehearse([folder / "small.xlsx"], roster, today=TODAY)
    before = _peak.megabytes()
    preview = importing.rehearse([roster_file], roster, today=TODAY)
    with base.write("文员", "导入") as session:
        writing.write(session, preview)
    print(_peak.megabytes() - before)
"""


def run(folder: Path) -> list[tuple[str, float, str]]:
    """Megabytes added at the peak of reading, checking and writing."""
    if sys.platform == "win32":  # Windows keeps no such count
        return []
    return [_of(folder / str(rows), rows, goal) for rows, goal in SIZES]


def _of(folder: Path, rows: int, goal: int) -> tuple[str, float, str]:
    folder.mkdir(parents=True)
    make_roster(folder / "roster.xlsx", rows)
    make_roster(folder / "small.xlsx", 10)
    words = [sys.executable, "-c", _PROGRAM, str(folder / "roster.xlsx"), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment())
    return f"import of {rows:,} rows, MB added", float(done.stdout), f"goal: at most {goal}"
