"""What does it cost to look at a workbook before reading it, against reading it blindly?

The floor is calamine's own reading of the same file, which cannot tell hidden rows, errors or a
bomb. Both sides run in turns in this process; the numbers are CPU time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from desktop.exchange import collector
from desktop.exchange.layout import understand
from desktop.exchange.reading import read_workbook
from desktop.exchange.reading.child import parse_in_child
from tests.benchmarks.importing import make_roster

ROUNDS = 9
COLUMNS = 15
SHOWN = 50


def run(folder: Path) -> list[tuple[str, float, str]]:
    """(name, ratio, sentence with the goal) for each measurement."""
    folder.mkdir(parents=True, exist_ok=True)
    ten = roster(folder / "ten.xlsx", 10_000)
    one = roster(folder / "one.xlsx", 1_000)
    results = []
    for name, path, goal in (("1,000", one, 1.5), ("10,000", ten, 1.4)):
        ours, floor = in_turns(partial(read_workbook, path), partial(bare, path))
        results.append(
            (
                f"reading: {name} rows x {COLUMNS} columns of xlsx",
                ours / floor,
                f"{ours * 1000:.0f} ms against {floor * 1000:.0f} ms of calamine alone"
                f" (goal: ratio at most {goal})",
            )
        )
    for count in (1_000, 10_000):
        path, name = folder / f"{count}.xlsx", f"{count:,}"
        make_roster(path, count)
        ours, floor = in_turns(partial(preview, path), partial(bare, path))
        results.append(
            (
                f"preview: {name} rows read and understood, the first {SHOWN} of them",
                ours / floor,
                f"{ours * 1000:.0f} ms against {floor * 1000:.0f} ms (goal: ratio at most 1.5)",
            )
        )
    data = one.read_bytes()
    child, inside = in_turns(lambda: parse_in_child(data, None), lambda: read_workbook(one), clock)
    results.append(
        (
            "reading: a suspicious file of 1,000 rows in its own process",
            child / inside,
            f"{child * 1000:.0f} ms of waiting against {inside * 1000:.0f} ms for a harmless one"
            " (no goal; only suspicious files pay it)",
        )
    )
    return results


def roster(path: Path, people: int) -> Path:
    """A title, a header and that many invented people, in styled cells."""
    import xlsxwriter

    chance = Random(2026)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("花名册")
    bold = book.add_format({"bold": True})
    border = book.add_format({"border": 1})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, COLUMNS - 1, "某局女职工花名册", bold)
    for column in range(COLUMNS):
        sheet.write_string(1, column, f"第{column + 1}列", bold)
    for row in range(2, people + 2):
        sheet.write_number(row, 0, row - 1, border)
        for column in (1, 2):
            born = date(1970, 1, 1) + timedelta(days=chance.randrange(12_000))
            sheet.write_datetime(row, column, born, day)
        for column in range(3, 8):
            sheet.write_string(row, column, f"词{chance.randrange(40)}", border)
        for column in range(8, COLUMNS - 1):
            sheet.write_string(row, column, f"{chance.randrange(10**11)}", border)
        sheet.write_blank(row, COLUMNS - 1, None, border)
    book.close()
    return path


def bare(path: Path) -> object:
    """What everybody writes: the values of the first sheet."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def preview(path: Path) -> object:
    """What is shown of a file before anything is decided: its header, its columns, some rows."""
    with collector.at_rest():  # as a rehearsal does
        found = understand(read_workbook(path).sheets)
    return [table.rows[person.at] for t in found for table in t.tables for person in table.people][
        :SHOWN
    ]


def clock() -> float:
    """Seconds as a person waits for them."""
    return time.perf_counter()


def in_turns(
    ours: Callable[[], object],
    floor: Callable[[], object],
    watch: Callable[[], float] = time.process_time,
) -> tuple[float, float]:
    """The median seconds of both, run alternately after one round that does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS + 1):
        for work, kept in zip((ours, floor), times, strict=True):
            started = watch()
            work()
            if turn:
                kept.append(watch() - started)
    return median(times[0]), median(times[1])


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        for name, ratio, sentence in run(Path(place)):
            print(f"{name}: {ratio:.3f}; {sentence}")
