"""Which backup does she pick, and where does a copy of the data go?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PickBackup = Callable[[QWidget, Path], str]
PickFolder = Callable[[QWidget, str], str]
_BACKUPS = "备份 (*.db);;所有文件 (*)"


def pick_backup(parent: QWidget, start: Path) -> str:
    """A backup file from anywhere; empty when she leaves it."""
    path, _ = QFileDialog.getOpenFileName(parent, "选择备份", str(start), _BACKUPS)
    return path


def pick_folder(parent: QWidget, start: str) -> str:
    """A folder for a further copy, on a memory stick for example; empty when she leaves it."""
    return QFileDialog.getExistingDirectory(parent, "备份到哪里", start)
