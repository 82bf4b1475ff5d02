"""Backups: made and proved, kept in generations, put back."""

from db.backup.generations import Backup, Reason, due, listed, new_name, thin, to_keep
from db.backup.making import BackupProof, back_up
from db.backup.restoring import RestoreProof, restore

__all__ = [
    "Backup",
    "BackupProof",
    "Reason",
    "RestoreProof",
    "back_up",
    "due",
    "listed",
    "new_name",
    "restore",
    "thin",
    "to_keep",
]
