"""The tables handed upward each year: what each is called, what it asks, and how it is found.

A query runs over one session and gives a :class:`desktop.fields.table.Table`; how that becomes a
workbook or paper is the business of ``desktop.exchange`` and ``desktop.documents``.
"""

from __future__ import annotations

from db.errors import InvalidInputError
from desktop.reports.asking import Asked, Report


def reports() -> tuple[Report, ...]:
    """Every table there is, in the order of their codes."""
    from desktop.reports.committee import REPORT as COMMITTEE
    from desktop.reports.officers import REPORT as OFFICERS
    from desktop.reports.staff import REPORT as STAFF

    return (STAFF, COMMITTEE, OFFICERS)


def report(code: str) -> Report:
    """The table of that code, in capitals or not; a refusal naming those there are."""
    for one in reports():
        if one.code == code.strip().upper():
            return one
    known = "、".join(one.code for one in reports())
    raise InvalidInputError({"report": f"没有编号为“{code}”的报表，现在有 {known}"})


__all__ = ["Asked", "Report", "report", "reports"]
