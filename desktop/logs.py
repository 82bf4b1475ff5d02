"""The program's own log: what happened to the program, never whom it was about.

Only messages written for the log reach it. Tracebacks are reduced to file, line and the type of
the exception, because the text of an exception may quote a name or a number.
"""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

LOGGER = logging.getLogger("banbiantian")


class _WithoutValues(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return where(ei[0], ei[2])


def where(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """The places of a traceback and the type of the exception, without any value."""
    frames = traceback.extract_tb(trace)
    lines = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    return "\n".join([*lines, kind.__name__ if kind else ""])


def start(folder: Path) -> None:
    """Begin to log into ``folder``; three files of half a megabyte at most. Quiet if it may not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "banbiantian.log", maxBytes=512 * 1024, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(_WithoutValues("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def stop() -> None:
    """Close the log files."""
    for handler in list(LOGGER.handlers):
        LOGGER.removeHandler(handler)
        handler.close()
