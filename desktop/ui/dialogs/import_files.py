"""Which files does she pick, and where does a file go that she wants to keep?

The system's own file dialogs, behind two functions so that pages can be driven without them.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt")
_TABLES = f"表格 ({' '.join('*' + suffix for suffix in SUFFIXES)})"
_WORKBOOK = "Excel 工作簿 (*.xlsx)"


def pick_tables(parent: QWidget) -> list[str]:
    """The paths of the tables to import; none when she leaves it."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "选择花名册", "", f"{_TABLES};;所有文件 (*)")
    return paths


def pick_target(parent: QWidget, suggested: str) -> str:
    """Where a new workbook is to be kept; empty when she leaves it. It always ends in .xlsx."""
    path, _ = QFileDialog.getSaveFileName(parent, "存到哪里", suggested, _WORKBOOK)
    return path if not path or path.lower().endswith(".xlsx") else f"{path}.xlsx"
