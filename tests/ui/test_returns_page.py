"""The page of forms: out to the units, back in at once, one change and one way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.errors import DiskFullError
from db.session import Database
from desktop.services import history
from desktop.settings import Settings
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.pages.returns_page import ReturnsPage
from desktop.ui.pages.returns_page_columns import Line
from desktop.ui.widgets.buttons import Button, Pressable
from tests.exchange.incoming import save_xlsx
from tests.exchange.returned_forms import TODAY, WANG, Bureau, change, fill, strike_out


class Desk:
    """A small office and the window over it; ``answers`` are what the file dialogs give."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.database = Database.open(folder / "a.db")
        (folder / "收表").mkdir()
        self.bureau = Bureau(self.database, folder / "收表")
        self.answers: list[Any] = []
        self.did: list[str] = []
        self.told: list[str] = []
        self.backed_up = 0
        self.refuses: DiskFullError | None = None
        self.jobs = Jobs(self._read, self._write)
        self.crashes: list[BaseException] = []
        self.jobs.crashed.connect(self.crashes.append)
        self.settings = Settings(folder / "settings.json")
        self.window = MainWindow(place={"width": 1440, "height": 900})
        self.window.attach(self.jobs)
        self.window.set_pages([PageSpec("returns", "收表", "file-input", self._make)])
        self.window.resize(1440, 900)
        self.window.show()
        self.window.open("returns")
        self.settle()

    @property
    def page(self) -> ReturnsPage:
        page = self.window.page("returns")
        assert isinstance(page, ReturnsPage)
        return page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.under_way())
        assert self.crashes == []

    def take(self, *paths: Path) -> None:
        self.page.take([str(path) for path in paths])
        self.settle()

    def line(self, title: str) -> Line:
        rows: list[Line] = self.page.units.rows_model().rows()
        return next(line for line in rows if line.title == title)

    def go_to(self, title: str) -> None:
        assert self.page.units.go_to(self.line(title).key)

    def people(self) -> list[tuple[str, str, str]]:
        return [(p.name, p.what.text, p.details) for p in self.page.people.rows_model().rows()]

    def close(self) -> None:
        self.jobs.close()
        self.database.close()

    def _make(self) -> ReturnsPage:
        page = ReturnsPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            before_writing=self._back_up,
            pick_tables=self._pick,
            pick_target=self._pick_text,
            pick_folder=self._pick_text,
        )
        page.did.connect(self.did.append)
        page.told.connect(self.told.append)
        return page

    def _pick(self, _page: object) -> Any:
        return self.answers.pop(0)

    def _pick_text(self, page: object, _suggested: str = "") -> str:
        return str(self._pick(page))

    def _back_up(self) -> None:
        self.backed_up += 1
        if self.refuses is not None:
            raise self.refuses

    def _read(self, work: Callable[[Any], Any]) -> Any:
        with self.database.read() as session:
            return work(session)

    def _write(self, what: str, work: Callable[[Any], Any]) -> tuple[Any, frozenset[str]]:
        with self.database.write("文员", what) as session:
            value = work(session)
        return value, frozenset(session.info.get("touched_tables", ()))


@pytest.fixture
def desk(qapp: object, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    qtbot.addWidget(made.window)
    yield made
    made.close()


def filled(desk: Desk) -> list[str]:
    """The names of the filled buttons that can be seen."""
    buttons = desk.page.findChildren(Button)
    return [b.objectName() for b in buttons if b.property("kind") == "primary" and b.isVisible()]


def press(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_forms_are_made_for_every_unit_into_the_folder_she_picks(desk: Desk) -> None:
    target = desk.folder / "四月"
    target.mkdir()
    desk.answers = [target]
    desk.page.sending.title.setText("四月名册")
    press(desk.page.sending.filling.button("masked"))
    press(desk.page.sending.send)
    desk.qtbot.waitUntil(lambda: bool(desk.did))
    desk.settle()
    assert sorted(path.name for path in target.iterdir()) == [
        "东湖分局-四月名册.xlsx", "办公室-四月名册.xlsx", "监测中心-四月名册.xlsx",
    ]  # fmt: skip
    assert desk.did == ["“四月名册”已生成 3 份填报表"]
    assert "“四月名册”，4月14日发出，3 个单位，收回 0 个" in desk.page.sending.last_round()


def test_a_round_without_a_name_is_asked_for_one(desk: Desk) -> None:
    desk.page.sending.title.setText(" ")
    press(desk.page.sending.send)
    assert desk.answers == []
    assert not desk.jobs.under_way()
    assert desk.bureau.office().rounds == ()


def test_a_folder_that_cannot_be_written_is_told_beside_the_button(desk: Desk) -> None:
    desk.answers = [desk.folder / "没有这个文件夹"]
    press(desk.page.sending.send)
    desk.qtbot.waitUntil(desk.page.sending.message.isVisible)
    assert desk.page.sending.send.isEnabled()
    assert desk.bureau.office().rounds == ()


def test_returned_forms_show_who_returned_and_who_did_not(desk: Desk) -> None:
    forms = desk.bureau.send("masked")
    fill(forms["办公室"], {"name": "孙丽", "mobile": "13800001009"})
    desk.take(forms["办公室"], forms["东湖分局"])
    assert desk.line("办公室").state.text == "已交"
    assert desk.line("监测中心").state.text == "没有交"
    assert desk.page.go.text() == "导入全部 3 人"


def test_a_whole_folder_can_be_dropped(desk: Desk) -> None:
    desk.bureau.send("masked")
    desk.take(desk.bureau.folder)
    assert {desk.line(u).state.text for u in ("办公室", "监测中心", "东湖分局")} == {"已交"}
    assert not desk.page.reminding.keep.isEnabled()
    assert desk.page.reminding.keep.toolTip() == "都交齐了，不用催"


def test_what_changed_in_a_unit_is_read_by_key(desk: Desk) -> None:
    forms = desk.bureau.send("masked")
    change(forms["办公室"], "王芳", "mobile", "13900002222")
    strike_out(forms["办公室"], "李敏")
    desk.take(forms["办公室"])
    desk.go_to("办公室")
    assert desk.people() == [
        ("王芳", "更新", "手机：138****1001→139****2222。"),
        ("李敏", "表里没有", "在册，这次的表里没有，不改动"),
    ]
    desk.page.units.setFocus()
    QTest.keyClick(desk.page.units, Qt.Key.Key_Return)
    assert desk.window.focusWidget() is desk.page.people
    QTest.keyClick(desk.page.people, Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is desk.page.units


def test_everything_comes_in_at_one_press_and_goes_back_with_ctrl_z(desk: Desk) -> None:
    forms = desk.bureau.send("masked")
    fill(forms["东湖分局"], {"name": "孙丽", "mobile": "13800001009"})
    change(forms["监测中心"], "赵丽", "post", "副科长")
    desk.take(*forms.values())
    press(desk.page.go)
    desk.qtbot.waitUntil(lambda: bool(desk.did))
    desk.settle()
    assert desk.did == ["已收回 3 个单位的表，新增 1 人，更新 1 人"]
    assert desk.backed_up == 1
    assert desk.bureau.person("赵丽")["post"] == "副科长"
    assert "收回 3 个" in desk.page.sending.last_round()
    assert not desk.page.units.isVisible()
    QTest.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    desk.qtbot.waitUntil(lambda: desk.bureau.person("赵丽")["post"] == "科员")
    assert {p["name"] for p in desk.bureau.office().roster.people} == {"王芳", "李敏", "赵丽"}


def test_a_backup_that_cannot_be_made_stops_the_import(desk: Desk) -> None:
    desk.refuses = DiskFullError("磁盘满了。", remedy="请清理。")
    forms = desk.bureau.send("masked")
    fill(forms["东湖分局"], {"name": "孙丽", "mobile": "13800001009"})
    desk.take(*forms.values())
    press(desk.page.go)
    desk.settle()
    desk.qtbot.waitUntil(lambda: "磁盘满了" in desk.page.message.text())
    assert {p["name"] for p in desk.bureau.office().roster.people} == {"王芳", "李敏", "赵丽"}
    assert desk.page.go.isEnabled()


def test_a_file_of_nobody_knows_whom_is_given_its_unit(desk: Desk) -> None:
    desk.bureau.send()
    path = save_xlsx(desk.folder / "新建.xlsx", [["姓名", "手机"], ["孙丽", "13800001009"]])
    desk.take(path)
    assert desk.line("新建.xlsx").state.text == "要指定单位"
    desk.go_to("新建.xlsx")
    assert desk.page.choice.isVisible()
    desk.page.choice.unit.set_value(desk.bureau.units["东湖分局"])
    press(desk.page.choice.use)
    desk.settle()
    assert desk.line("东湖分局").state.text == "已交"
    press(desk.page.go)
    desk.qtbot.waitUntil(lambda: bool(desk.did))
    desk.settle()
    assert desk.bureau.person("孙丽")["unit_id"] == desk.bureau.units["东湖分局"]


def test_of_two_forms_of_a_unit_the_other_can_be_chosen(desk: Desk) -> None:
    form = desk.bureau.send()["办公室"]
    other = fill(form, {"name": "孙丽", "mobile": "13800001009"}, to=desk.folder / "又一份.xlsx")
    desk.take(form, other)
    aside = next(
        line for line in desk.page.units.rows_model().rows() if line.state.text == "重复，没有用"
    )
    desk.go_to(aside.title)
    press(desk.page.choice.use)
    desk.settle()
    titles = [line.title for line in desk.page.units.rows_model().rows()]
    assert aside.title not in titles
    assert ({form.name, other.name} - {aside.title}).pop() in titles


def test_the_reminder_goes_to_the_clipboard_and_into_a_list(desk: Desk) -> None:
    forms = desk.bureau.send()
    desk.take(forms["监测中心"])
    press(desk.page.reminding.copy)
    assert "1. 办公室（李敏）\n2. 东湖分局" in QGuiApplication.clipboard().text()
    target = desk.folder / "催报.xlsx"
    desk.answers = [target]
    press(desk.page.reminding.keep)
    desk.settle()
    assert openpyxl.load_workbook(target).worksheets[0]["B4"].value == "办公室"
    assert desk.told[-1] == "2 个单位的催报名单已存为《催报.xlsx》"


def test_a_file_that_cannot_be_read_stands_with_its_reason(desk: Desk) -> None:
    desk.bureau.send()
    bad = desk.folder / "坏的.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    desk.take(bad)
    line = desk.line("坏的.xlsx")
    assert (line.state.text, "坏的.xlsx" in line.note) == ("没能读出来", True)
    assert not desk.page.go.isEnabled()
    assert desk.page.go.toolTip() == "还没有能收的表"


def test_no_number_is_shown_in_full(desk: Desk) -> None:
    forms = desk.bureau.send("full")
    change(forms["办公室"], "王芳", "mobile", "13900002222")
    desk.take(*forms.values())
    desk.go_to("办公室")
    words = "".join(detail for _, _, detail in desk.people())
    assert "139****2222" in words
    assert "13900002222" not in words
    assert WANG not in words


def test_there_is_one_filled_button_at_a_time(desk: Desk) -> None:
    assert filled(desk) == ["returns.zone.choose"]
    desk.take(desk.bureau.send("masked")["办公室"])
    assert filled(desk) == ["returns.import"]


def test_more_forms_can_be_added_to_those_that_are_there(desk: Desk) -> None:
    forms = desk.bureau.send("masked")
    desk.take(forms["办公室"])
    desk.answers = [[str(forms["监测中心"])]]
    press(desk.page.more)
    desk.settle()
    assert [desk.line(u).state.text for u in ("办公室", "监测中心")] == ["已交", "已交"]


def test_beginning_anew_forgets_the_files_and_changes_nothing(desk: Desk) -> None:
    forms = desk.bureau.send("masked")
    desk.take(forms["办公室"])
    before = desk._read(history.last_action)
    press(desk.page.anew)
    assert not desk.page.units.isVisible()
    assert desk.window.focusWidget() is desk.page.zone.choose
    assert desk._read(history.last_action) == before


def test_in_a_narrow_window_the_two_sides_take_turns(desk: Desk) -> None:
    desk.window.resize(911, 480)
    assert desk.page.zone.isVisible()
    assert not desk.page.sending.isVisible()
    press(desk.page.side.findChildren(Pressable)[1])
    assert desk.page.sending.isVisible()
    assert not desk.page.zone.isVisible()
