"""The real window with the first-run and import pages over a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from db.session import Database
from desktop.settings import Settings
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.pages.first_run import FirstRunPage
from desktop.ui.pages.import_page import ImportPage
from desktop.ui.widgets.page import Page

TODAY = date(2026, 4, 14)
MOMENT = datetime(2026, 4, 14, 8, 30, tzinfo=UTC)


class Desk:
    """One office on a desk: a folder, its database, the window. ``close`` when done.

    ``answers`` are what the file dialogs give, first come first served.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database.open(folder / "banbiantian.db", clock=lambda: MOMENT)
        self.jobs = Jobs(self._read, self._write)
        self.answers: list[Any] = []
        self.asked: list[str] = []
        self.backed_up = 0
        self.refuse_backup: Exception | None = None
        self.window = MainWindow(place={"width": 1440, "height": 900})
        self.window.attach(self.jobs)
        self.settings = Settings(folder / "settings.json")
        self.window.set_pages(self.specs())

    def specs(self) -> list[PageSpec]:
        return [
            PageSpec("first_run", "今日", "sunrise", self.first_run),
            PageSpec("members", "成员", "users", lambda: Page("成员", name="members")),
            PageSpec(
                "import", "导入名册", "file-input", self.importing, at_bottom=True, short="导入"
            ),
        ]

    def importing(self) -> Page:
        page = ImportPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            before_writing=self.back_up,
            pick_tables=self.pick_tables,
            pick_target=self.pick_target,
        )
        page.did.connect(self.say_done)
        page.told.connect(self.window.notices.quietly)
        return page

    def say_done(self, sentence: str) -> None:
        self.window.notices.done(sentence, undo=self.window.undo)

    def back_up(self) -> None:
        self.backed_up += 1
        if self.refuse_backup is not None:
            raise self.refuse_backup

    def first_run(self) -> Page:
        page = FirstRunPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            pick_tables=self.pick_tables,
            pick_target=self.pick_target,
        )
        page.told.connect(self.window.notices.quietly)
        return page

    def pick_tables(self, _parent: QWidget) -> list[str]:
        return self.answers.pop(0) if self.answers else []

    def pick_target(self, _parent: QWidget, suggested: str) -> str:
        self.asked.append(suggested)
        return self.answers.pop(0) if self.answers else ""

    def read(self, work: Callable[[Any], Any]) -> Any:
        return self._read(work)

    def close(self) -> None:
        self.jobs.close()
        self.database.close()

    def _read(self, work: Callable[[Any], Any]) -> Any:
        with self.database.read() as session:
            return work(session)

    def _write(self, what: str, work: Callable[[Any], Any]) -> tuple[Any, frozenset[str]]:
        with self.database.write("文员", what) as session:
            value = work(session)
        return value, frozenset(session.info.get("touched_tables", ()))
