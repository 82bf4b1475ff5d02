"""What is in this file? Workbooks and text tables of every kind, read into cells.

``read_workbook`` and ``read_clipboard`` are the two ways in. No file can end the program, keep it
longer than about fifteen seconds or take a gigabyte; what cannot be read is refused with one of
the sentences of :mod:`desktop.exchange.reading.refusals`.
"""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.reading.cells import (
    MAX_CELLS,
    CellValue,
    Range,
    Sheet,
    SheetMarks,
    Workbook,
)
from desktop.exchange.reading.refusals import REASONS, NeedsChild, Refused, refusal

__all__ = [
    "MAX_CELLS",
    "REASONS",
    "CellValue",
    "Range",
    "Sheet",
    "SheetMarks",
    "Workbook",
    "read_clipboard",
    "read_workbook",
]


def read_workbook(path: Path, *, password: str | None = None) -> Workbook:
    """Every sheet of the file, whatever its name claims it is.

    The values are those of the file: numbers are floats, texts stay texts, nothing is guessed.
    Raises :class:`db.errors.UnreadableFileError`, whose ``reason`` is a key of :data:`REASONS`;
    ``password_needed`` and ``wrong_password`` may be tried again with a password.
    """
    from desktop.exchange.reading.loading import load
    from desktop.exchange.reading.parsing import parse

    try:
        data = load(path)
        try:
            parsed = parse(data, password)
        except NeedsChild:
            from desktop.exchange.reading.child import parse_in_child

            parsed = parse_in_child(data, password)
    except Refused as refused:
        raise refusal(refused.reason, path.name, refused.details) from refused
    is_et = parsed.format == "xls" and path.suffix.lower() in (".et", ".ett")
    return Workbook(path, "et" if is_et else parsed.format, parsed.sheets, parsed.encoding)


def read_clipboard(text: str) -> Workbook:
    """The one sheet of pasted text; its first row is row 1.

    Raises :class:`db.errors.UnreadableFileError` with reason ``too_many_cells`` or ``damaged``.
    """
    from desktop.exchange.reading.text_tables import read_pasted

    try:
        return Workbook(None, "clipboard", read_pasted(text), "utf-16")
    except Refused as refused:
        raise refusal(refused.reason, "粘贴的内容", refused.details) from refused
