"""The command line's pieces of work, one module per matter, over the same services as the window.

Each module has ``add(commands)``, which declares its words, and functions that carry them out:
``run(call) -> int`` gives the exit code. :mod:`desktop.cli` puts them together.
"""

from __future__ import annotations

from types import ModuleType


def modules() -> tuple[ModuleType, ...]:
    """Every matter, in the order of the help text."""
    from desktop.commands import (
        certificates,
        demo,
        doctor,
        history,
        importing,
        reports,
        returns,
        roster,
        safety,
        sending,
        tour,
    )

    return (
        demo,
        tour,
        importing,
        doctor,
        history,
        roster,
        sending,
        returns,
        reports,
        certificates,
        safety,
    )
