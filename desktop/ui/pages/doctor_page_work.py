"""What is done off the window's thread while a roster is examined? Plain functions, no widgets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.exchange.doctor_report import Report


def examine(path: Path, password: str | None, today: date) -> Report:
    """Read and grade a roster; :class:`db.errors.UnreadableFileError` when it cannot be read."""
    from desktop.exchange.doctor import examine as run

    return run(path, today=today, password=password)


def write_fixed(report: Report, target: Path, *, with_units: bool) -> int:
    """Write the copy with everything put right; gives how many cells were changed."""
    from desktop.exchange.doctor_copy import write_fixed as run

    agreed = {one.kept: one.kept for one in report.spellings} if with_units else {}
    return len(run(report, target, units=agreed))


def write_report(report: Report, target: Path, today: date) -> None:
    """The report as a workbook, or on paper when the name ends in ``.pdf``."""
    from desktop.exchange import doctor_telling

    if target.suffix.lower() == ".pdf":
        from desktop.documents.tables import draw_table

        draw_table(doctor_telling.as_table(report, today=today), target)
    else:
        doctor_telling.write_report(report, target, today=today)
