"""The page of the roster doctor: drop a file, read the grade, keep a better copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.pages.doctor_page import DoctorPage
from desktop.ui.pages.import_sources import SourcesStep
from desktop.ui.widgets.page import Page
from tests.exchange.workbooks import encrypted
from tests.people import id_number

TODAY = date(2026, 4, 14)
HEAD = ["姓名", "身份证号", "出生日期", "单位", "手机"]
WANG, LI = id_number(date(1985, 6, 12)), id_number(date(1990, 3, 4))
ROWS = [
    ["王 芳", WANG, "1985-06-12", "人事科", 13800000001],
    ["李敏", LI[:-1], "1990-03-04", "人事科", "13800000002"],
    ["赵丽", None, "1988-01-02", "人事", "13800000003"],
]


class Next(Page):
    """The page the roster goes on to; keeps what it was opened with."""

    def __init__(self) -> None:
        super().__init__("导入名册", name="import")
        self.given: object = None

    def activate(self, argument: object = None) -> None:
        self.given = argument


class Desk:
    """The window with this page only; ``answers`` are what the file dialogs give."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.answers: list[Any] = []
        self.asked: list[str] = []
        self.told: list[str] = []
        self.jobs = Jobs(lambda work: work(None), lambda _what, work: (work(None), frozenset()))
        self.settings = Settings(folder / "settings.json")
        self.window = MainWindow(place={"width": 1440, "height": 900})
        self.window.attach(self.jobs)
        self.next = Next()
        self.window.set_pages(
            [
                PageSpec("doctor", "名册体检", "heart-pulse", self._make),
                PageSpec("import", "导入名册", "file-input", lambda: self.next),
            ]
        )
        self.window.resize(1440, 900)
        self.window.show()
        self.window.open("doctor")

    @property
    def page(self) -> DoctorPage:
        page = self.window.page("doctor")
        assert isinstance(page, DoctorPage)
        return page

    def examine(self, rows: list[list[Any]], name: str = "名册.xlsx") -> Path:
        path = self.roster(rows, name)
        self.window.open("doctor", str(path))
        self.settle()
        return path

    def roster(self, rows: list[list[Any]], name: str = "名册.xlsx") -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (HEAD, *rows):
            sheet.append(row)
        book.save(self.folder / name)
        return self.folder / name

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.under_way())

    def titles(self) -> list[str]:
        return [finding.cause.title for finding in self.page.findings.rows_model().rows()]

    def places(self) -> list[str]:
        return [spot.address for spot in self.page.spots.rows_model().rows()]

    def _make(self) -> DoctorPage:
        page = DoctorPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            pick_tables=lambda _page: self.answers.pop(0),
            pick_target=self._pick,
            pick_report=self._pick,
        )
        page.told.connect(self.told.append)
        return page

    def _pick(self, _page: object, suggested: str) -> str:
        self.asked.append(suggested)
        return str(self.answers.pop(0))


@pytest.fixture
def desk(qapp: object, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    qtbot.addWidget(made.window)
    yield made
    made.jobs.close()


def press(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_at_first_there_is_a_zone_with_the_one_filled_button(desk: Desk) -> None:
    assert desk.page.zone.isVisible()
    assert desk.window.focusWidget() is desk.page.zone.choose
    assert not desk.page.keep_fixed.isVisible()


def test_a_dropped_roster_is_graded(desk: Desk) -> None:
    path = desk.roster(ROWS)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    desk.page.zone.dropEvent(event)
    desk.settle()
    assert desk.page.card.isVisible()
    assert desk.page.card.grade() in "BCD"
    assert "姓名里有空格" in desk.titles()


def test_the_findings_lead_to_their_cells_by_key_alone(desk: Desk) -> None:
    desk.examine(ROWS)
    assert desk.window.focusWidget() is desk.page.findings
    desk.page.findings.go_to("name_padded")
    assert desk.places() == ["Sheet!A2"]
    QTest.keyClick(desk.page.findings, Qt.Key.Key_Return)
    assert desk.window.focusWidget() is desk.page.spots
    QTest.keyClick(desk.page.spots, Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is desk.page.findings


def test_numbers_stay_masked(desk: Desk) -> None:
    desk.examine(ROWS)
    shown = [
        spot.shown for finding in desk.page.findings.rows_model().rows() for spot in finding.spots
    ]
    assert not [text for text in shown if WANG[:12] in text or LI[:12] in text]


def test_the_fixed_copy_is_kept_where_she_says(desk: Desk) -> None:
    path = desk.examine(ROWS)
    before = path.read_bytes()
    target = desk.folder / "好.xlsx"
    desk.answers = [target]
    press(desk.page.keep_fixed)
    desk.settle()
    assert desk.asked == ["名册-修好.xlsx"]
    assert desk.told == ["已存为《好.xlsx》，修了 2 格，原表没有动"]
    sheet = openpyxl.load_workbook(target).worksheets[1]
    assert [sheet["A2"].value, sheet["E2"].value, sheet["D4"].value] == [
        "王芳",
        "13800000001",
        "人事",
    ]
    assert path.read_bytes() == before


def test_units_are_unified_only_when_ticked(desk: Desk) -> None:
    desk.examine(ROWS)
    assert desk.page.card.units.isVisible()
    QTest.keyClick(desk.page.card.units, Qt.Key.Key_Space)
    target = desk.folder / "好.xlsx"
    desk.answers = [target]
    press(desk.page.keep_fixed)
    desk.settle()
    assert openpyxl.load_workbook(target).worksheets[1]["D4"].value == "人事科"


def test_saving_over_the_original_is_refused_in_place(desk: Desk) -> None:
    path = desk.examine(ROWS)
    desk.answers = [path]
    press(desk.page.keep_fixed)
    desk.settle()
    assert "请换一个文件名" in desk.page.message.text()
    assert desk.page.keep_fixed.isEnabled()


def test_leaving_the_file_dialog_does_nothing(desk: Desk) -> None:
    desk.examine(ROWS)
    desk.answers = ["", ""]
    press(desk.page.keep_fixed)
    press(desk.page.keep_report)
    assert desk.told == []
    assert desk.page.keep_fixed.isEnabled()


def test_the_report_is_kept_as_paper(desk: Desk) -> None:
    desk.examine(ROWS)
    target = desk.folder / "报告.pdf"
    desk.answers = [target]
    press(desk.page.keep_report)
    desk.settle()
    assert desk.asked == ["名册-体检报告.pdf"]
    assert target.read_bytes().startswith(b"%PDF")


def test_the_roster_goes_on_to_the_import(desk: Desk) -> None:
    path = desk.examine(ROWS)
    press(desk.page.bring_in)
    assert desk.window.current_key() == "import"
    assert desk.next.given == [str(path)]


def test_a_clean_roster_says_so_and_has_nothing_to_fix(desk: Desk) -> None:
    desk.examine([["王芳", WANG, "1985-06-12", "人事科", "13800000001"]])
    assert desk.page.card.grade() == "A"
    assert desk.page.message.text() == "没有查出问题，可以直接导入。"
    assert not desk.page.keep_fixed.isEnabled()
    assert desk.page.keep_fixed.toolTip() == "没有不用问就能修的地方"


def test_a_file_that_cannot_be_read_is_told_and_the_zone_stays(desk: Desk) -> None:
    bad = desk.folder / "坏的.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    desk.window.open("doctor", str(bad))
    desk.settle()
    assert desk.page.zone.isVisible()
    assert "坏的.xlsx" in desk.page.message.text()
    assert not desk.page.password.isVisible()


def test_a_locked_roster_asks_for_its_password_and_the_copy_is_said_to_have_none(
    desk: Desk,
) -> None:
    locked = encrypted(desk.roster(ROWS), desk.folder / "有密码.xlsx", "芳 2026")
    desk.window.open("doctor", str(locked))
    desk.settle()
    assert desk.window.focusWidget() is desk.page.password
    desk.page.password.setText("芳 2026")
    QTest.keyClick(desk.page.password, Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.tag.text() == "有密码.xlsx"
    desk.answers = [desk.folder / "好.xlsx"]
    press(desk.page.keep_fixed)
    desk.settle()
    assert desk.page.message.text() == "修好的副本没有设打开密码，请妥善保管。"
    assert openpyxl.load_workbook(desk.folder / "好.xlsx").worksheets[1]["A2"].value == "王芳"


def test_another_roster_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.examine(ROWS)
    other = desk.roster([["王芳", WANG, "1985-06-12", "人事科", "13800000001"]], "乙.xlsx")
    desk.answers = [[str(other)]]
    press(desk.page.other)
    desk.settle()
    assert desk.page.tag.text() == "乙.xlsx"
    assert desk.titles() == []


@pytest.mark.parametrize(("name", "page"), [("examine", "doctor"), ("collect", "returns")])
def test_the_import_leads_here_and_to_the_forms(qtbot: QtBot, name: str, page: str) -> None:
    step = SourcesStep()
    qtbot.addWidget(step)
    with qtbot.waitSignal(step.elsewhere) as told:
        press(getattr(step, name))
    assert told.args == [page]


@pytest.mark.parametrize(("width", "height"), [(1093, 566), (911, 480)])
def test_in_little_room_the_grade_is_still_there(desk: Desk, width: int, height: int) -> None:
    desk.window.resize(width, height)
    desk.examine(ROWS)
    assert desk.page.card.isVisible() or desk.page.brief.isVisible()
    assert desk.page.findings.isVisible()
