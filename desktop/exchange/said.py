"""What is said about cells and rows of an incoming roster."""

from __future__ import annotations

from typing import Any, NamedTuple

from desktop.fields import Reading


class Problem(NamedTuple):
    """One thing to be said about a cell or a row.

    ``row`` and ``column`` are those the spreadsheet program shows; ``field`` is the public name,
    empty when it is about the whole row; ``code`` is one of :data:`desktop.fields.codes.CODES`.
    ``level`` is ``error`` when something was left out or must be decided, ``warning`` when it came
    in as it stands.
    """

    file: str
    sheet: str
    row: int
    column: str
    field: str
    value: str
    code: str
    level: str
    message: str


class Fix(NamedTuple):
    """A cell that comes in otherwise than it stands: what it was, what it becomes, and why."""

    column: str
    field: str
    old: str
    new: str
    reason: str


class Note(NamedTuple):
    """The outcome of a cell about which something is to be said."""

    value: Any
    code: str = ""
    level: str = ""
    message: str = ""
    reason: str = ""
    others: tuple[Any, ...] = ()
    prefix15: str = ""
    is_ditto: bool = False
    is_private: bool = False


def note(reading: Reading, *, reason: str = "", prefix15: str = "") -> Note:
    """A reading as a note."""
    return Note(
        reading.value,
        reading.code,
        reading.level,
        reading.message,
        reason=reason,
        others=reading.candidates,
        prefix15=prefix15,
    )
