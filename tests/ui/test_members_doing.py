"""Is everything done to people one step that can be taken back?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.models.members import Place
from desktop.ui.pages.members_units import PEOPLE
from tests.ui.members_support import KEY, Desk, id_number

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def units(desk: Desk) -> dict[str, int]:
    """Three women in the office, nobody in the new section."""
    office = desk.add_unit("办公室")
    new = desk.add_unit("新成立的科")
    desk.add("李静怡", office, id_number=id_number("1993-11-05", 24))
    desk.add("林晓梅", office)
    desk.add("徐丽华", office, mobile="13800005521")
    desk.open()
    return {"office": office, "new": new}


def unit_of(desk: Desk, name: str) -> object:
    row = next(r for r in desk.read(_everybody) if r.name == name)
    return row.unit


def _everybody(session: object) -> object:
    from desktop.services import members

    return members.rows(session, members.Query())


def choose(desk: Desk, menu: str, words: str) -> None:
    """Choose an entry of an open menu."""
    found = desk.window.findChildren(QAction)
    action = next(a for a in found if a.text() == words and a.parent().objectName() == menu)
    action.trigger()
    action.parent().close()
    desk.settle()


def test_space_ticks_and_shift_arrow_goes_on_ticking(desk: Desk, units: dict[str, int]) -> None:
    table = desk.page.list.table
    table.setFocus()
    table.go_to_first()
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Down, mods=SHIFT)
    assert [row.name for row in desk.page.list.people()] == ["李静怡", "林晓梅"]
    assert desk.page.list.bulk.text() == "已选 2 人"


def test_ctrl_a_ticks_everybody_who_matches(desk: Desk, units: dict[str, int]) -> None:
    desk.find("l")
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_A, mods=CTRL)
    assert len(desk.page.list.people()) == len(desk.shown())


def test_ticked_people_move_to_a_unit_typed_by_its_sound(desk: Desk, units: dict[str, int]) -> None:
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Down, mods=SHIFT)
    desk.click("members.bulk.move")
    dialog = desk.dialog()
    desk.type(dialog.edit, "xcl")
    desk.press(KEY.Key_Return, dialog.edit)
    assert unit_of(desk, "李静怡") == "新成立的科"
    assert unit_of(desk, "徐丽华") == "办公室"
    assert desk.toast() == "2 人改到新成立的科"


def test_moving_people_to_where_they_are_changes_and_undoes_nothing(
    desk: Desk, units: dict[str, int]
) -> None:
    told: list[str] = []
    desk.page.told.connect(told.append)
    before = desk.toast()
    desk.page.unit_work.transfer(desk.page.list.rows(), Place("unit", units["office"]))
    desk.settle()
    assert told == ["本来就是这样，没有改动"]
    assert desk.toast() == before


def test_moving_is_taken_back_in_one_step(desk: Desk, units: dict[str, int]) -> None:
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_A, mods=CTRL)
    desk.click("members.bulk.move")
    dialog = desk.dialog()
    dialog.tree.choose(Place("unit", units["new"]))
    desk.press(KEY.Key_Return, dialog)
    assert unit_of(desk, "徐丽华") == "新成立的科"
    desk.window.undo()
    desk.settle()
    assert {unit_of(desk, name) for name in desk.names()} == {"办公室"}


def test_people_can_be_dropped_on_a_unit(desk: Desk, units: dict[str, int]) -> None:
    tree = desk.page.units.tree
    row = desk.page.list.rows()[0]
    index = tree.model().find(Place("unit", units["new"]))
    data = QMimeData()
    data.setData(PEOPLE, str(row.id).encode())
    spot = QPointF(tree.visualRect(index).center())
    drop = QDropEvent(
        spot, Qt.DropAction.MoveAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    tree.dropEvent(drop)
    desk.settle()
    assert unit_of(desk, row.name) == "新成立的科"
    assert desk.toast() == f"{row.name}改到新成立的科"


def test_people_cannot_be_dropped_on_everybody(desk: Desk, units: dict[str, int]) -> None:
    tree = desk.page.units.tree
    assert tree.place_at(tree.model().find(Place())) is None


def test_del_removes_the_current_person_and_undo_brings_her_back(
    desk: Desk, units: dict[str, int]
) -> None:
    table = desk.page.list.table
    table.setFocus()
    desk.press(KEY.Key_Delete)
    assert "李静怡" not in desk.names()
    assert desk.toast() == "移出名册：李静怡"
    assert desk.page.list.table.current_key() is not None
    assert "林晓梅" in desk.page.drawer.words()
    desk.window.undo()
    desk.settle()
    assert desk.shown() == ["李静怡", "林晓梅", "徐丽华"]


def test_retiring_takes_people_out_of_the_list_and_dates_it(
    desk: Desk, units: dict[str, int]
) -> None:
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_Space)
    desk.click("members.bulk.status")
    choose(desk, "members.statuses", "改为退休")
    assert desk.shown() == ["林晓梅", "徐丽华"]
    assert desk.toast() == "李静怡改为退休"
    desk.page.units.tree.choose(Place("retired"))
    desk.settle()
    assert desk.shown() == ["李静怡"]
    person = desk.person(desk.page.list.rows()[0].id)
    assert str(person["status_date"]) == "2026-04-14"


def test_an_empty_unit_shows_how_to_fill_it(desk: Desk, units: dict[str, int]) -> None:
    desk.choose_unit(units["new"])
    nobody = desk.page.list.nobody()
    assert nobody is not None
    assert nobody.title() == "这个单位还没有成员"
    desk.click("members.nobody.pick")
    assert len(desk.shown()) == 3


def test_the_import_button_asks_for_the_import_page(desk: Desk, units: dict[str, int]) -> None:
    desk.page.wants.disconnect(desk.window.open)
    desk.click("members.import")
    assert desk.wanted == ["import"]


def test_the_list_is_exported_masked_unless_she_says_otherwise(
    desk: Desk, units: dict[str, int]
) -> None:
    from openpyxl import load_workbook

    said: list[str] = []
    desk.page.told.connect(said.append)
    for full in (False, True):
        target = desk.folder / f"导出{full}.xlsx"
        desk.targets = [str(target)]
        desk.find("xlh")
        desk.click("members.export")
        dialog = desk.dialog()
        if full:
            dialog.numbers.set_value("full")
        desk.press(KEY.Key_Return, dialog)
        assert desk.told == []
        cells = [str(c) for row in load_workbook(target).active.values for c in row if c]
        assert ("13800005521" in cells) is full
        assert ("138****5521" in cells) is not full
        assert "李静怡" not in cells
    assert said == ["已导出 1 人到《导出False.xlsx》", "已导出 1 人到《导出True.xlsx》"]


def test_numbers_are_shown_for_a_while_and_told_for_the_log(
    desk: Desk, units: dict[str, int]
) -> None:
    desk.find("xlh")
    told: list[int] = []
    desk.page.revealed.connect(told.append)
    assert "138****5521" in desk.page.drawer.words()
    desk.click("members.drawer.eye")
    assert "13800005521" in desk.page.drawer.words()
    assert told == [desk.page.list.rows()[0].id]
    desk.page.drawer._hide_again.start(20)
    desk.qtbot.waitUntil(lambda: "138****5521" in desk.page.drawer.words())


def test_numbers_in_other_columns_of_a_roster_are_masked_until_asked_for(
    desk: Desk, units: dict[str, int]
) -> None:
    from db.tables import Member

    member = desk.page.list.rows()[2].id

    def bring(session: Any) -> None:
        session.get(Member, member).extra = {"联系人电话": "13900009999", "饭卡号": "00123"}
        session.get(Member, member).emergency_contact = "李强 13900008888"

    desk.write("导入", bring)
    desk.page.refresh()
    desk.page.list.table.go_to(member)
    desk.settle()
    assert "139****9999" in desk.page.drawer.words()
    assert "13900009999" not in desk.page.drawer.words()
    assert "李强 139****8888" in desk.page.drawer.words()
    assert "00123" in desk.page.drawer.words()
    desk.click("members.drawer.eye")
    assert "13900009999" in desk.page.drawer.words()


def test_the_next_person_is_masked_again(desk: Desk, units: dict[str, int]) -> None:
    desk.page.list.table.go_to(desk.page.list.rows()[2].id)
    desk.settle()
    desk.click("members.drawer.eye")
    desk.click("members.drawer.previous")
    desk.click("members.drawer.next")
    assert "138****5521" in desk.page.drawer.words()


def test_what_an_import_could_not_use_is_shown_until_it_is_settled(
    desk: Desk, units: dict[str, int]
) -> None:
    from db.tables import Member

    wrong = [
        {"field": "birth_date", "value": "85年", "code": "date_unreadable", "message": "读不出日期"}
    ]

    def leave_open(session: object) -> None:
        session.query(Member).filter_by(name="徐丽华").one().unresolved = wrong

    desk.write("导入", leave_open)
    desk.page.refresh()
    desk.settle()
    desk.find("xlh")
    assert "出生日期：原表写的是“85年”" in desk.page.drawer.words()
    assert desk.cell(0, "employment_status") == "待核实"
    desk.click("members.drawer.settle")
    assert "原表写的是" not in desk.page.drawer.words()
    assert desk.toast() == "核实徐丽华的登记"


def test_the_drawer_tells_the_history_with_numbers_masked(
    desk: Desk, units: dict[str, int]
) -> None:
    from desktop.services import members
    from desktop.services.records import Draft

    row = desk.page.list.rows()[2]

    def call(session: object) -> None:
        now = members.details(session, row.id)
        members.save(session, Draft(row.id, now.version, {"mobile": "13911112222"}))

    desk.write("手机号由导入更新", call)
    desk.page.refresh()
    desk.find("xlh")
    words = desk.page.drawer.words()
    assert "手机号由导入更新" in words
    assert "手机：138****5521 → 139****2222" in words
    assert "今天 " in words
