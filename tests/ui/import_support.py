"""The real window with the first-run and import pages over a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from db.session import Database
from desktop.settings import Settings
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.models.rows import Cell
from desktop.ui.pages.first_run import FirstRunPage
from desktop.ui.pages.import_page import DONE, REVIEW, ImportPage
from desktop.ui.pages.members_page import MembersPage
from desktop.ui.widgets.page import Page
from tests.people import birthdays, id_number

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
            PageSpec("members", "成员", "users", self.roster),
            PageSpec(
                "import", "导入名册", "file-input", self.importing, at_bottom=True, short="导入"
            ),
        ]

    def importing(self) -> Page:
        return ImportPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            before_writing=self.back_up,
            pick_tables=self.pick_tables,
            pick_target=self.pick_target,
        )

    def back_up(self) -> None:
        self.backed_up += 1
        if self.refuse_backup is not None:
            raise self.refuse_backup

    def roster(self) -> Page:
        return MembersPage(self.jobs, today=lambda: TODAY, settings=self.settings)

    def first_run(self) -> Page:
        return FirstRunPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            pick_tables=self.pick_tables,
            pick_target=self.pick_target,
        )

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


@contextmanager
def opened(folder: Path, qtbot: Any) -> Iterator[Desk]:
    """A desk whose window is on the screen and has the focus."""
    desk = Desk(folder)
    qtbot.addWidget(desk.window)
    with qtbot.waitActive(desk.window):
        desk.window.resize(1440, 900)  # more than the screen of a test would give it
        desk.window.show()
        desk.window.activateWindow()
    try:
        yield desk
    finally:
        desk.close()


_DAYS = birthdays(600)
HEADINGS = ("姓名", "身份证号", "科室", "职务", "出生日期", "手机", "饭卡号")
Rows = Sequence[Sequence[Any]]


def person(number: int, **other: Any) -> list[Any]:
    """An ordinary row under :data:`HEADINGS`, another woman for each number."""
    again, day = divmod(number, len(_DAYS))
    born = _DAYS[day]
    values: dict[str, Any] = {
        "姓名": "王李张刘陈杨黄赵吴周"[number % 10] + "梅兰竹菊芳霞"[number % 6] + _given(number),
        "身份证号": id_number(born, again * 2),
        "科室": ("办公室", "监测科")[number % 2],
        "职务": "科员",
        "出生日期": born.isoformat(),
        "手机": f"138{number:08d}",
        "饭卡号": f"K{number:05d}",
    }
    values.update(other)
    return [values[heading] for heading in HEADINGS]


def people(count: int) -> list[list[Any]]:
    return [person(number) for number in range(count)]


def _given(number: int) -> str:
    return "一二三四五六七八九十"[number // 60 % 10] + ("" if number < 600 else str(number // 600))


def roster_file(path: Path, rows: Rows, headings: Sequence[Any] = HEADINGS) -> Path:
    """An ordinary workbook with these rows under these headings."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("女职工")
    for number, row in enumerate([headings, *rows] if headings else rows):
        for column, value in enumerate(row):
            if isinstance(value, (int, float)):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value)
    book.close()
    return path


class Driver:
    """A person at the import page: gives tables, presses what she sees, waits for it."""

    def __init__(self, desk: Desk, qtbot: Any) -> None:
        self.desk, self.qtbot = desk, qtbot
        desk.window.open("import")
        page = desk.window.current_page()
        assert isinstance(page, ImportPage)
        self.page = page

    def give(self, *paths: Path) -> None:
        """Pick files with the dialog and wait until each is read or refused."""
        self.desk.answers.append([str(path) for path in paths])
        self.page.sources.zone.choose_requested.emit()
        self.qtbot.waitUntil(lambda: not self.page.reading.count("reading"), timeout=20000)

    def reviewed(self) -> None:
        self.settled(REVIEW)

    def settled(self, step: int) -> None:
        """Wait until this step is there and nothing is being worked out."""
        self.qtbot.waitUntil(
            lambda: self.page.step() == step and not self.desk.jobs.under_way(), timeout=30000
        )

    def review(self, *paths: Path) -> None:
        self.give(*paths)
        self.reviewed()

    def press(self, name: str) -> None:
        """Press the button of this name as soon as it is to be seen."""

        def seen() -> list[QPushButton]:
            found = self.page.findChildren(QPushButton, name)
            return [one for one in found if one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(seen()))
        seen()[0].click()

    def choose(self, key: str) -> None:
        """Choose what becomes of the current row and wait for the outcome."""
        radios = self.page.review.decision.radios
        assert radios is not None
        radios.button(key).click()
        self.reviewed()

    def go_to(self, row: int) -> None:
        """Make the row with this number in the sheet the current one."""
        model = self.page.review.model
        self.page.review.table.go_to(next(r.key for r in model.rows() if r.row == row))

    def finish(self) -> None:
        """Import, and wait for the last step."""
        self.page.foot.go.click()
        self.settled(DONE)

    def members(self) -> dict[str, Any]:
        """Everybody on the roster by name."""
        from desktop.services import members

        return {p["name"]: p for p in self.desk.read(members.snapshot).people}

    def cell(self, row: int, title: str) -> Cell:
        """What the table shows in the row of this number under this title."""
        model = self.page.review.model
        shown = next(r for r in model.rows() if r.row == row)
        column = next(c for c in model.columns if c.title == title)
        told = column.show(shown)
        return Cell(told) if isinstance(told, str) else told

    def said(self) -> str:
        """Everything the decision card says."""
        labels = self.page.review.decision.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())
