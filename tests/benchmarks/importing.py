"""What does importing 10,000 and 100,000 people cost, against bare reading and inserting?"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median

from tests.exchange.rosters import GIVEN, SURNAMES, identity_number

ROWS, MANY = 10_000, 100_000
_RUNS = 5
TODAY = date(2026, 4, 1)
_HEADINGS = (
    "序号 姓名 性别 身份证号 出生日期 民族 政治面貌 学历 婚姻状况 "
    "单位 职务 参加工作时间 手机 家庭住址 备注"
).split()  # fmt: skip


def make_roster(path: Path, count: int = ROWS) -> None:
    """A tidy roster of ``count`` invented people, 15 columns, titles, real date cells."""
    import xlsxwriter

    rng = random.Random(7)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, "2026年女职工花名册")
    for column, heading in enumerate(_HEADINGS):
        sheet.write_string(2, column, heading)
    for number in range(count):
        row = 3 + number
        born = date(rng.randint(1966, 2003), rng.randint(1, 12), rng.randint(1, 28))
        started = date(born.year + 22, 7, 1)
        name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice("芳兰英梅雪")
        sheet.write_number(row, 0, number + 1)
        texts = (
            name, "女", identity_number(born, 2 * rng.randint(1, 499)), None, "汉族",
            rng.choice(("中共党员", "群众")), rng.choice(("大学本科", "大专")), "已婚",
            f"第{rng.randint(1, 60)}科室", rng.choice(("科员", "主任", "工程师")), None,
            f"138{number:08d}", f"解放路{rng.randint(1, 999)}号", None,
        )  # fmt: skip
        for column, text in enumerate(texts, 1):
            if text is not None:
                sheet.write_string(row, column, text)
        sheet.write_datetime(row, 4, born, day)
        sheet.write_datetime(row, 11, started, day)
    book.close()


_FLOOR = """
import python_calamine, sqlcipher3, time
start = time.process_time()
rows = python_calamine.CalamineWorkbook.from_path(PATH).get_sheet_by_index(0).to_python()
base = sqlcipher3.connect(FOLDER + "/floor.db")
base.execute("PRAGMA journal_mode=WAL")
base.execute("CREATE TABLE t (" + ",".join(f"c{i}" for i in range(15)) + ")")
base.executemany("INSERT INTO t VALUES (" + ",".join("?" * 15) + ")",
                 [[str(c) for c in row] for row in rows])
base.commit()
print(time.process_time() - start)
"""

_OPENPYXL = """
import time
start = time.process_time()
import openpyxl
book = openpyxl.load_workbook(PATH, read_only=True)
for row in book.worksheets[0].iter_rows(values_only=True):
    pass
print(time.process_time() - start)
"""

# every side has loaded what it reads with before its clock starts
_OURS = """
import time
from datetime import date
from pathlib import Path
from statistics import median
from db.session import Database
from desktop.exchange import importing, writing
from desktop.exchange.reading import calamine, loading, openxml, parsing
from desktop.services import members
import python_calamine
base = Database.open(Path(FOLDER) / "ours.db")
with base.read() as session:
    roster = members.snapshot(session)
members.computed({"name": "单丽华"})
start = time.process_time()
preview = importing.rehearse([Path(PATH)], roster, today=date(2026, 4, 1))
rehearsed = time.process_time()
with base.write("文员", "导入") as session:
    done = writing.write(session, preview)
print(time.process_time() - start, rehearsed - start, done.new)
base.close()
"""


def run(folder: Path) -> list[tuple[str, float, str]]:
    """CPU of a whole import over the floor and over openpyxl's bare reading, in one run."""
    path = folder / "roster.xlsx"
    make_roster(path)
    other = median(_cpu(_OPENPYXL, path, folder)[0] for _ in range(_RUNS))
    ratio, rehearsal, floor, ours = _compared(path, folder / "some", _RUNS)
    make_roster(path, MANY)
    many, _, floor_of_many, ours_of_many = _compared(path, folder / "many", 1)
    return [
        (
            "import 10k × 15 / floor",
            ratio,
            f"goal ≤ 3.0 × read + insert (floor {floor:.2f} s, ours {ours:.2f} s)",
        ),
        ("import 10k × 15 / openpyxl reading", ours / other, f"goal < 1 ({other:.2f} s)"),
        ("rehearsal 10k × 15 / floor", rehearsal, "part of the import"),
        (
            "import 100k × 15 / floor",
            many,
            f"goal ≤ 2.0 (floor {floor_of_many:.2f} s, ours {ours_of_many:.2f} s)",
        ),
    ]


def _compared(path: Path, folder: Path, turns: int) -> tuple[float, float, float, float]:
    """Medians: ours and its rehearsal over the floor of the same turn; seconds of both."""
    pairs = []
    for turn in range(turns):
        place = folder / str(turn)
        place.mkdir(parents=True)
        pairs.append((_cpu(_FLOOR, path, place)[0], _cpu(_OURS, path, place)))
    return (
        median(ours[0] / floor for floor, ours in pairs),
        median(ours[1] / floor for floor, ours in pairs),
        median(floor for floor, _ in pairs),
        median(ours[0] for _, ours in pairs),
    )


def environment() -> dict[str, str]:
    """Programs given as text find the project."""
    return {**os.environ, "PYTHONPATH": str(Path.cwd())}


def _cpu(program: str, path: Path, folder: Path) -> list[float]:
    head = f"PATH = {str(path)!r}\nFOLDER = {str(folder)!r}\n"
    words = [sys.executable, "-c", head + program]
    told = subprocess.run(words, capture_output=True, text=True, check=True, env=environment())
    return [float(word) for word in told.stdout.split()]


__all__ = ["environment", "make_roster", "run"]
