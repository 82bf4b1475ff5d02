"""Can the roster of a past day be seen and exported, and is it safe from being changed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import access, members, units
from desktop.ui.models.members import Place
from desktop.ui.pages.members_as_of import DayPopup
from desktop.ui.widgets.buttons import Pressable
from tests.ui.members_support import KEY, TODAY, Desk
from tests.ui.test_members_doing import choose

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MARCH = date(2026, 3, 31)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """In March two women in two units; in April one moved away, a unit renamed, one came."""
    made = Desk(tmp_path, qtbot)
    made.database.clock = lambda: datetime(2026, 3, 10, 4, tzinfo=UTC)
    office, finance = made.add_unit("办公室"), made.add_unit("财务科")
    first = made.add("李静怡", office, mobile="13800005521")
    made.add("林晓梅", finance)
    made.database.clock = lambda: datetime(2026, 4, 10, 4, tzinfo=UTC)
    made.write("移出", lambda s: members.remove(s, [first]))
    made.write("改名", lambda s: units.rename(s, finance, "计财科"))
    made.add("王芳", office)
    made.open()
    yield made
    made.close()


def look_back(desk: Desk, typed: str = "3.31") -> None:
    desk.click("members.add_condition")
    choose(desk, "members.conditions", "截至哪一天…")
    popup = desk.window.findChild(DayPopup)
    assert popup is not None
    desk.type(popup.field, typed)
    desk.press(KEY.Key_Return, popup.field)


def test_a_typed_day_shows_who_was_there_then_in_the_units_of_then(desk: Desk) -> None:
    assert desk.shown() == ["林晓梅", "王芳"]
    look_back(desk)
    assert desk.shown() == ["李静怡", "林晓梅"]
    assert desk.page.filters.chips() == ("截至 2026年3月31日",)
    assert desk.cell(1, "unit_id") == "财务科"
    branches = desk.page.units.tree.model()
    titles = [branches.index(n, 0).data() for n in range(branches.rowCount())]
    assert titles[1:3] == ["办公室", "财务科"]
    assert desk.page.over_time.past.line.text() == (
        "这是 2026年3月31日结束时的名册，只能看和导出，不能改。"
    )


def test_the_drawer_shows_her_as_she_was_without_anything_to_press(desk: Desk) -> None:
    look_back(desk)
    desk.page.list.table.go_to_first()
    desk.settle()
    assert "李静怡" in desk.page.drawer.words()
    assert "移出" not in desk.page.drawer.words()
    assert desk.page.drawer.findChild(Pressable, "members.drawer.edit") is None


def test_nothing_can_be_changed_and_it_is_said_why(desk: Desk) -> None:
    told: list[str] = []
    desk.page.told.connect(told.append)
    look_back(desk)
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_Delete)
    desk.press(KEY.Key_F2)
    desk.press(KEY.Key_F8)
    desk.page.new_item()
    desk.page.units.tree.choose(Place("unit", 1))
    desk.settle()
    desk.press(KEY.Key_Delete, desk.page.units.tree)
    desk.press(KEY.Key_F2, desk.page.units.tree)
    desk.press(KEY.Key_Insert, desk.page.units.tree)
    assert len(told) == 7
    assert set(told) == {"现在看的是过去的名册，只能看和导出；先点“回到今天”再改"}
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_A, mods=CTRL)
    assert not any(
        button.isEnabled()
        for button in (
            desk.page.list.move_button, desk.page.list.status_button,
            desk.page.list.remove_button, desk.page.list.merge_button, desk.page.new_button,
        )
    )  # fmt: skip
    assert desk.names() == {"林晓梅", "王芳"}


def test_the_line_leads_back_to_today(desk: Desk) -> None:
    look_back(desk)
    desk.click("members.past.act")
    assert desk.shown() == ["林晓梅", "王芳"]
    assert desk.page.filters.chips() == ()
    assert desk.page.over_time.past.line.isHidden()
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_Delete)
    assert desk.shown() == ["王芳"]


def test_searching_and_clearing_stay_on_the_day(desk: Desk) -> None:
    look_back(desk)
    desk.find("ljy")
    assert desk.shown() == ["李静怡"]
    desk.page._clear()
    desk.settle()
    assert desk.shown() == ["李静怡", "林晓梅"]
    desk.find("wf")
    assert desk.shown() == []


def test_a_day_before_everything_is_an_empty_list_and_not_an_empty_roster(desk: Desk) -> None:
    look_back(desk, "2025.12.31")
    assert desk.shown() == []
    assert desk.page.face() is desk.page.content
    desk.click("members.past.act")
    assert len(desk.shown()) == 2


def test_a_day_to_come_or_no_day_is_refused_in_place(desk: Desk) -> None:
    desk.page.over_time.past.ask(desk.page.list, None)
    popup = desk.window.findChild(DayPopup)
    assert popup is not None
    desk.type(popup.field, "2026.5.1")
    desk.press(KEY.Key_Return, popup.field)
    assert popup.problem() == "这一天还没有到，请写今天以前的日子"
    assert popup.isVisible()
    popup.close()


def test_the_end_of_last_month_is_one_press_away_and_today_is_today(desk: Desk) -> None:
    desk.page.over_time.past.ask(desk.page.list, None)
    popup = desk.window.findChild(DayPopup)
    assert popup is not None
    button = popup.findChild(Pressable, "members.day.month")
    assert button is not None
    button.click()
    desk.settle()
    assert desk.page.asked_for().as_of == MARCH
    desk.page.over_time.past._chosen(TODAY)
    desk.settle()
    assert desk.page.asked_for().as_of is None


def test_the_export_is_of_that_day_and_says_so(desk: Desk) -> None:
    from openpyxl import load_workbook

    look_back(desk)
    target = desk.folder / "三月.xlsx"
    desk.targets = [str(target)]
    desk.click("members.export")
    desk.dialog().numbers.set_value("full")
    desk.press(KEY.Key_Return, desk.dialog())
    desk.settle()
    cells = {str(c) for row in load_workbook(target).worksheets[0].values for c in row if c}
    assert {"李静怡", "财务科", "13800005521"} <= cells
    assert "王芳" not in cells
    assert any("截至 2026年3月31日" in cell for cell in cells)
    assert [(one.what, one.count) for one in desk.read(access.log)] == [("export_full", 2)]


def test_looks_at_a_person_and_at_the_list_are_noted(desk: Desk) -> None:
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_H, mods=CTRL | SHIFT)
    desk.press(KEY.Key_H, mods=CTRL | SHIFT)
    shown = desk.read(access.log)
    assert [(one.what, one.count, one.actor) for one in shown] == [("reveal_list", 2, "文员")]


def test_a_list_that_grows_while_numbers_show_is_noted_again(desk: Desk) -> None:
    desk.find("wf")
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_H, mods=CTRL | SHIFT)
    desk.find("")
    desk.find("wf")
    assert [one.count for one in desk.read(access.log)] == [2, 1]
