"""Where does the recovery key go: to a file she picks, or straight to a printer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.documents.recovery_sheet import Mark, Sheet

_INCH = 25.4
_LINE = 0.3


def pick_file(parent: QWidget, suggested: str) -> str:
    """Where the key is to be kept; empty when she leaves it. It always ends in .pdf."""
    path, _ = QFileDialog.getSaveFileName(parent, "保存恢复密钥", suggested, "PDF 文件 (*.pdf)")
    return path if not path or path.lower().endswith(".pdf") else f"{path}.pdf"


def print_sheet(parent: QWidget, sheet: Sheet) -> bool:
    """Ask for a printer and print one page on it; False when she left it or it did not start."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("恢复密钥")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印恢复密钥")
    if not dialog.exec():
        return False
    return paint_on(printer, sheet)


def paint_on(printer: QPrinter, sheet: Sheet) -> bool:
    """Draw the page on a ``QPrinter``, the same places as in the file."""
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    dots = printer.resolution() / _INCH
    painter.setPen(QPen(Qt.GlobalColor.black, _LINE * dots))
    left, top, width, height = (value * dots for value in sheet.frame)
    painter.drawRoundedRect(QRectF(left, top, width, height), 3 * dots, 3 * dots)
    for x, down, length in sheet.lines:
        painter.drawLine(QPointF(x * dots, down * dots), QPointF((x + length) * dots, down * dots))
    for mark in sheet.marks:
        _write(painter, mark, dots)
    return bool(painter.end())


def _write(painter: QPainter, mark: Mark, dots: float) -> None:
    font = QFont(["Noto Sans SC"])
    font.setPixelSize(round(mark.points / 72 * _INCH * dots))
    font.setBold(mark.is_bold)
    painter.setFont(font)
    width = QFontMetricsF(font).horizontalAdvance(mark.text) if mark.is_centred else 0.0
    painter.drawText(QPointF(mark.left * dots - width / 2, mark.down * dots), mark.text)
