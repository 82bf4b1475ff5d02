"""The change log: every write is recorded, can be told in words, and can be taken back.

One unit of work is one change set (who, when, what in words) with one row per written record.
The rows are written by triggers in the data file, so no way of writing escapes them.
"""

from db.changes.as_of import first_after, shadowed
from db.changes.chain import head, verify_chain, verify_records
from db.changes.inserting import indexes_set_aside, insert_columns, insert_rows
from db.changes.reading import (
    ChangeSetRow,
    HistoryEntry,
    RemovedRecord,
    added,
    history,
    log,
    removed,
)
from db.changes.returning import bring_back
from db.changes.sets import describe
from db.changes.undoing import Kept, Undone, last_redoable, last_undoable, redo, undo

__all__ = [
    "ChangeSetRow",
    "HistoryEntry",
    "Kept",
    "RemovedRecord",
    "Undone",
    "added",
    "bring_back",
    "describe",
    "first_after",
    "head",
    "history",
    "indexes_set_aside",
    "insert_columns",
    "insert_rows",
    "last_redoable",
    "last_undoable",
    "log",
    "redo",
    "removed",
    "shadowed",
    "undo",
    "verify_chain",
    "verify_records",
]
