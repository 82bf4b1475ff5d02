"""The real window with the pages of members and reports over invented people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.paths import DataFolder
from desktop.settings import ORGANISATION
from desktop.ui import printing
from desktop.ui.main_window import PageSpec
from desktop.ui.pages.members_page import MembersPage
from desktop.ui.pages.reports_page import ReportsPage
from tests.ui.members_support import TODAY, Desk


class Reporting(Desk):
    """Her desk; ``targets`` are the places she names, ``paper`` the file a printer writes to."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        super().__init__(folder, qtbot)
        self.paper = folder / "纸.pdf"
        self.printers = True
        self.suggested: list[str] = []
        self.told_quietly: list[str] = []
        self.settings.set(ORGANISATION, "云泽市生态环境局妇委会")
        self.window.set_pages(
            [
                PageSpec("members", "成员", "users", self._members, 2),
                PageSpec("reports", "报表与提醒", "scroll-text", self._reports, short="报表"),
            ]
        )

    @property
    def reports(self) -> ReportsPage:
        page = self.window.page("reports")
        assert isinstance(page, ReportsPage)
        return page

    def show_reports(self, size: tuple[int, int] = (1440, 900)) -> ReportsPage:
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.window.open("reports")
        self.settle()
        return self.reports

    def turn_to(self, key: str) -> None:
        """Go to a table by the arrows, as she does."""
        from tests.ui.members_support import KEY

        table = self.reports.list
        table.setFocus()
        table.go_to_first()
        while table.current_key() != key:
            before = table.current_key()
            self.press(KEY.Key_Down, table)
            assert table.current_key() != before, key

    def row(self, name: str) -> list[str]:
        """What stands in one row of the table that is shown, its name first."""
        cells = self.reports.grid.cells
        at = next(n for n in range(cells.rowCount()) if cells.text(n, -1) == name)
        return [cells.text(at, column) for column in range(-1, cells.columnCount())]

    def column(self, words: str) -> list[str]:
        """What stands under one heading, from above."""
        cells = self.reports.grid.cells
        at = next(n for n in range(cells.columnCount()) if cells.heading(n).text == words)
        return [cells.text(row, at) for row in range(cells.rowCount())]

    def _members(self) -> MembersPage:
        page = MembersPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            folder=DataFolder(self.folder),
            pick_target=self._pick,
        )
        page.exporting.printing._ask = self._ask_printer
        page.told.connect(self.told_quietly.append)
        return page

    def _reports(self) -> ReportsPage:
        page = ReportsPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            folder=DataFolder(self.folder),
            pick_target=self._pick,
            ask_printer=self._ask_printer,
        )
        page.told.connect(self.told_quietly.append)
        return page

    def _pick(self, _parent: QWidget, suggested: str) -> str:
        self.suggested.append(suggested)
        return self.targets.pop(0)

    def _ask_printer(self, _parent: QWidget, pages: Any) -> QPrinter:
        """A printer that prints to a file, as she would choose it in the system's dialog."""
        if not self.printers:
            raise printing.no_printer()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.paper))
        printing.lay_out(printer, pages)
        return printer
