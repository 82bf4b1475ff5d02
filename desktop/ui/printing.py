"""How do finished pages come out of a printer of this PC?

The marks are those of the PDF, so paper and file are the same. Drawing happens off the window's
thread; only the question which printer is asked on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QMarginsF, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
)
from PySide6.QtWidgets import QWidget

from db.errors import AppError, Cancelled, UnavailableError
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.documents.paper import Mark, Pages, Words
    from desktop.documents.truetype import Face

Step = Callable[[int, int], None]
Before = Callable[[Callable[[], object]], object]
AskPrinter = Callable[[QWidget, "Pages"], "QPrinter | None"]

_KEPT = "名册没有任何改动。"
_OUTLINE = 1000.0  # pixels an em at which outlines are read
_MM = 25.4
_POINT = _MM / 72


class Printing(QObject):
    """Asks for a printer, then prints. ``said`` carries what was done, ``refused`` the error."""

    said = Signal(str)
    refused = Signal(object)

    def __init__(self, jobs: Jobs, page: QWidget, ask: AskPrinter | None = None) -> None:
        super().__init__(page)
        self._jobs, self._page = jobs, page
        self._ask = ask or ask_printer

    def print(self, pages: Pages, *, before: Before | None = None) -> None:
        """Ask which printer and print. ``before`` comes once she has said yes, and prints by
        calling what it is given."""
        try:
            printer = self._ask(self._page, pages)
        except AppError as error:
            self.refused.emit(error)
            return
        if printer is None:
            return
        go = partial(self._go, printer, pages)
        if before is None:
            go()
        else:
            before(go)

    def _go(self, printer: QPrinter, pages: Pages) -> None:
        self._jobs.run(
            self,
            partial(print_pages, printer, pages),
            done=partial(self._printed, pages),
            failed=self.refused.emit,
            title=f"正在打印“{pages.title}”",
            unit="页",
        )

    def _printed(self, pages: Pages, count: int) -> None:
        self.said.emit(f"“{pages.title}”已送到打印机，{count} 页")


def ask_printer(parent: QWidget, pages: Pages) -> QPrinter | None:
    """The printer she picks in the system's own dialog; ``None`` when she leaves it.

    ``UnavailableError`` where there is nothing to print with.
    """
    try:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
    except ImportError as error:
        raise no_printer(type(error).__name__) from error
    if not QPrinterInfo.availablePrinterNames():
        raise no_printer()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    lay_out(printer, pages)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印“{pages.title}”，共 {pages.count} 页")
    dialog.setMinMax(1, pages.count)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def no_printer(details: str = "") -> UnavailableError:
    """What is said where nothing can be printed."""
    return UnavailableError(
        "这台电脑上没有可用的打印机。",
        kept=_KEPT,
        remedy="请先在系统里装好打印机；也可以导出 PDF，到别的电脑上打印。",
        details=details,
    )


def lay_out(printer: QPrinter, pages: Pages) -> None:
    """Give the printer the size and the direction of the pages, without margins of its own."""
    short, long = sorted(pages.size)
    is_lying = pages.size[0] > pages.size[1]
    ways = QPageLayout.Orientation
    layout = QPageLayout(
        QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter, "A4"),
        ways.Landscape if is_lying else ways.Portrait,
        QMarginsF(),
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setDocName(pages.title)


def print_pages(printer: QPrinter, pages: Pages, step: Step) -> int:
    """Draw the pages chosen in ``printer``; gives how many. Stopping takes back what is queued."""
    wanted = chosen_pages(printer, pages.count)
    painter = QPainter()
    if not painter.begin(printer):
        raise UnavailableError(
            "打印机没有接受这次打印。",
            kept=_KEPT,
            remedy="请看打印机是否开着、有没有纸，再打印一次。",
        )
    outlines = Outlines()
    try:
        for done, number in enumerate(wanted):
            step(done, len(wanted))
            if done and not printer.newPage():
                raise UnavailableError(
                    f"打印机在第 {number + 1} 页停下了。",
                    kept=f"前 {done} 页已经送出。{_KEPT}",
                    remedy="请看打印机有没有纸，再打印剩下的页。",
                )
            draw_page(painter, pages.page(number), outlines)
    except Cancelled:
        printer.abort()
        raise
    finally:
        outlines.close()
        painter.end()
    return len(wanted)


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages to print, from 0, in the order of printing."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    whole = list(range(first - 1, min(last, count)))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return whole * copies
    return [number for number in whole for _ in range(copies)]


class Outlines:
    """The shapes of glyphs. Made, used and closed in one thread, as Qt demands of raw fonts."""

    def __init__(self) -> None:
        self._fonts: dict[Path, QRawFont] = {}
        self._paths: dict[tuple[Path, int], QPainterPath] = {}

    def of(self, face: Face, character: str) -> QPainterPath:
        """A character, an em being ``_OUTLINE`` wide."""
        key = (face.path, face.glyph(character))
        found = self._paths.get(key)
        if found is None:
            found = self._font(face.path).pathForGlyph(key[1])
            found.setFillRule(Qt.FillRule.WindingFill)
            self._paths[key] = found
        return found

    def close(self) -> None:
        """Let go of the fonts; an error on its way to another thread would take them along."""
        self._fonts.clear()

    def _font(self, path: Path) -> QRawFont:
        if path not in self._fonts:
            hinting = QFont.HintingPreference.PreferNoHinting
            self._fonts[path] = QRawFont(str(path), _OUTLINE, hinting)
        return self._fonts[path]


def draw_page(painter: QPainter, marks: Iterable[Mark], outlines: Outlines) -> None:
    """Everything on one page, on whatever ``painter`` draws on."""
    from desktop.documents.paper import in_layers

    device = painter.device()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(device.logicalDpiX() / _MM, device.logicalDpiY() / _MM)
    for mark in in_layers(marks):
        _draw(painter, mark, outlines)
    painter.restore()


def _draw(painter: QPainter, mark: Mark, outlines: Outlines) -> None:
    from desktop.documents.paper import Stroke, Tint

    ink = QColor(mark.colour)
    if isinstance(mark, Tint):
        painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), ink)
    elif isinstance(mark, Stroke):
        pen = QPen(ink, mark.width * _POINT, c=Qt.PenCapStyle.FlatCap)
        if mark.dash:
            pen.setDashPattern([mark.dash / pen.widthF()] * 2)
        painter.setPen(pen)
        painter.drawLine(QLineF(mark.x, mark.y, mark.to_x, mark.to_y))
    else:
        _write(painter, mark, ink, outlines)


def _write(painter: QPainter, words: Words, ink: QColor, outlines: Outlines) -> None:
    painter.save()
    painter.translate(words.x, words.y)
    if words.is_turned:
        painter.rotate(180)
    painter.setBrush(ink)
    for run in words.line.runs:
        scale = run.size * _POINT / _OUTLINE
        bold = QPen(ink, run.stroke * _POINT / scale)
        painter.setPen(bold if run.stroke else Qt.PenStyle.NoPen)
        for character, place in zip(run.text, run.places, strict=False):
            painter.save()
            painter.translate(QPointF(place * _POINT, 0))
            painter.scale(scale, scale)
            painter.drawPath(outlines.of(run.face, character))
            painter.restore()
    painter.restore()
