"""Which files does she pick, and where does a file go that she wants to keep?

The system's own file dialogs, behind two functions so that pages can be driven without them.
"""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtWidgets import QFileDialog, QWidget

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt")
_TABLES = f"表格 ({' '.join('*' + suffix for suffix in SUFFIXES)})"
_KINDS = {
    ".xlsx": "Excel 工作簿 (*.xlsx)",
    ".csv": "CSV 文字表 (*.csv)",
    ".pdf": "PDF 文件 (*.pdf)",
}


def pick_tables(parent: QWidget) -> list[str]:
    """The paths of the tables to import; none when she leaves it."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "选择花名册", "", f"{_TABLES};;所有文件 (*)")
    return paths


def pick_target(parent: QWidget, suggested: str) -> str:
    """Where a new file is to be kept; empty when she leaves it. It ends as ``suggested`` does."""
    suffix = PurePath(suggested).suffix
    path, _ = QFileDialog.getSaveFileName(parent, "存到哪里", suggested, _KINDS[suffix])
    return path if not path or path.lower().endswith(suffix) else f"{path}{suffix}"
