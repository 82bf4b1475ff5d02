"""How much CPU and memory does an exported roster cost, against the bare writer?

The bare side writes the same cells with the same looks through XlsxWriter's fast call, without a
title, a page setup, masks, or any care for what the cells hold.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.types import PartialDate
from desktop.exchange.export import export_members

ROWS, MANY = 10_000, 100_000
ROUNDS = 5
UNITS = {number: f"第{number}监测中心" for number in range(1, 8)}
TODAY = date(2026, 4, 14)
_PEAK = """
import sys
from pathlib import Path
from tests.benchmarks import _peak, export
people = export.people(int(sys.argv[1]))
before = _peak.megabytes()
export.write(people, Path(sys.argv[2]))
print(_peak.megabytes() - before)
"""


def people(count: int) -> list[dict[str, object]]:
    """A roster of invented women, 15 columns filled."""
    return [
        {
            "name": "王芳",
            "unit_id": number % 7 + 1,
            "post": "四级主任科员",
            "id_number": f"42000019850612{number % 10000:04d}",
            "birth_date": PartialDate(1985, number % 12 + 1, number % 28 + 1),
            "mobile": f"1380000{number % 10000:04d}",
            "sex": "2",
            "ethnicity_code": "01",
            "political_status_code": "01",
            "education_code": "21",
            "marital_status_code": "20",
            "employment_status": "active",
            "work_start_date": PartialDate(2007, 7),
            "address": f"环湖路{number}号",
            "extra": {"饭卡号": f"{number:05d}"},
        }
        for number in range(count)
    ]


def write(rows: list[dict[str, object]], target: Path) -> None:
    """Our side."""
    export_members(rows, target, full=True, title="女职工花名册", unit_names=UNITS, today=TODAY)


def write_bare(cells: list[list[str]], target: Path) -> None:
    """The floor."""
    from xlsxwriter import Workbook

    with Workbook(target) as book:
        sheet = book.add_worksheet()
        look = book.add_format({"num_format": "@", "border": 1, "valign": "vcenter"})
        for at_row, row in enumerate(cells):
            for at, cell in enumerate(row):
                sheet.write_string(at_row, at, cell, look)


def cells_of(path: Path) -> list[list[str]]:
    """What our side wrote, heading included, as text."""
    import python_calamine

    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()[2:]]


def cpu(work: Callable[[], None]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def peak_megabytes(rows: int, target: Path) -> float:
    """What writing adds to the memory of a process that holds the rows already."""
    words = [sys.executable, "-c", _PEAK, str(rows), str(target)]
    return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def run(folder: Path) -> list[tuple[str, float, str]]:
    """CPU of 10,000 rows against the bare writer; memory of 100,000 rows."""
    ours, bare = folder / "ours.xlsx", folder / "bare.xlsx"
    rows = people(ROWS)
    write(rows, ours)
    cells = cells_of(ours)
    write_bare(cells, bare)
    pairs = [
        (cpu(lambda: write(rows, ours)), cpu(lambda: write_bare(cells, bare)))
        for _ in range(ROUNDS)
    ]
    ratio = statistics.median(mine / floor for mine, floor in pairs)
    results = [(f"{ROWS} rows against bare XlsxWriter, CPU", ratio, "goal: at most 1.2")]
    if sys.platform != "win32":  # Windows keeps no such count
        peak = peak_megabytes(MANY, ours)
        results.append((f"{MANY} rows, MB added while writing", peak, "goal: at most 110"))
    return results
