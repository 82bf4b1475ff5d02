"""Can one field of many people be changed with the keyboard alone, seen before it is done?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.types import PartialDate
from desktop.registers import own_fields
from desktop.services import members
from desktop.services import own_fields as verbs
from desktop.services.own_fields import Wanted
from desktop.services.records import Draft
from desktop.ui.dialogs.bulk_edit_dialog import BulkEditDialog
from desktop.ui.dialogs.message import MessageDialog
from tests.ui.members_support import KEY, Desk, id_number

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    """Four women, two of one name."""
    office, money = desk.add_unit("办公室"), desk.add_unit("财务科")
    found = {
        "李静怡": desk.add("李静怡", office, id_number=id_number("1993-11-05", 24)),
        "林晓梅": desk.add("林晓梅", office, post="科长", mobile="13800005521"),
        "王芳一": desk.add("王芳", office, mobile="13900001234"),
        "王芳二": desk.add("王芳", money),
    }
    desk.open()
    return found


def begin(desk: Desk, *names: int) -> BulkEditDialog:
    """Tick everybody, or these, and press the key."""
    table = desk.page.list.table
    table.setFocus()
    if names:
        for one in names:
            table.go_to(one)
            desk.press(KEY.Key_Space, table)
    else:
        desk.press(KEY.Key_A, table, CTRL)
    desk.press(KEY.Key_E, table, CTRL)
    dialog = desk.dialog()
    assert isinstance(dialog, BulkEditDialog)
    return dialog


def choose(desk: Desk, dialog: BulkEditDialog, typed: str) -> None:
    """Find the field by typing, and go on to its value."""
    desk.type(dialog.fields.edit, typed)
    desk.press(KEY.Key_Return, dialog.fields.edit)


def fill(desk: Desk, dialog: BulkEditDialog, text: str) -> None:
    desk.type(dialog.value_editor(), text)
    desk.settle()


def test_a_post_is_given_to_everybody_ticked_without_the_mouse(
    desk: Desk, ids: dict[str, int]
) -> None:
    dialog = begin(desk)
    choose(desk, dialog, "zhiwu")
    assert dialog.focusWidget() is dialog.value_editor()
    fill(desk, dialog, "科长")
    assert dialog.summary() == "3 人会改，1 人不用改"
    assert dialog.buttons["apply"].text() == "修改 3 人"
    desk.press(KEY.Key_Return, dialog.value_editor())
    assert {desk.person(one)["post"] for one in ids.values()} == {"科长"}
    assert desk.toast() == "修改 3 人的职务"
    desk.window.undo()
    desk.settle()
    assert {desk.person(one)["post"] for one in ids.values()} == {None, "科长"}


def test_every_person_is_shown_with_what_stands_there_and_what_will(
    desk: Desk, ids: dict[str, int]
) -> None:
    dialog = begin(desk)
    choose(desk, dialog, "zhiwu")
    fill(desk, dialog, "处长")
    model = dialog.table.rows_model()
    cells = [
        [model.cell(n, c).text for c in model.columns]
        for n in range(model.rowCount())
        if not model.is_group(n)
    ]
    assert cells == [
        ["李静怡", "空", "处长"],
        ["林晓梅", "科长", "处长"],
        ["王芳（办公室，尾号 1234）", "空", "处长"],
        ["王芳（财务科）", "空", "处长"],
    ]


def test_who_cannot_be_changed_is_shown_with_the_reason(desk: Desk, ids: dict[str, int]) -> None:
    dialog = begin(desk)
    choose(desk, dialog, "csrq")
    fill(desk, dialog, "1985-06")
    assert dialog.summary() == "3 人会改，1 人改不了"
    model = dialog.table.rows_model()
    assert model.row(0).title == "改不了"
    assert model.cell(1, model.columns[2]).text == "身份证号里是1993年11月5日"
    desk.press(KEY.Key_Return, dialog.value_editor())
    assert desk.person(ids["李静怡"])["birth_date"] == PartialDate(1993, 11, 5)
    assert desk.person(ids["王芳二"])["birth_date"] == PartialDate(1985, 6)


def test_without_a_field_or_a_value_nothing_can_be_done_and_it_says_why(
    desk: Desk, ids: dict[str, int]
) -> None:
    dialog = begin(desk)
    button = dialog.buttons["apply"]
    assert not button.isEnabled()
    choose(desk, dialog, "zhiwu")
    assert not button.isEnabled()
    desk.press(KEY.Key_Return, dialog.value_editor())
    assert dialog.isVisible()
    assert dialog.summary() == "填上新的内容，这里会列出每个人的变化。"


def test_emptying_is_chosen_and_never_meant_by_an_empty_line(
    desk: Desk, ids: dict[str, int]
) -> None:
    dialog = begin(desk)
    choose(desk, dialog, "zhiwu")
    desk.press(KEY.Key_Tab, dialog.value_editor())
    desk.press(KEY.Key_Down, dialog.focusWidget())
    assert dialog.ways.value() == "clear"
    assert dialog.summary() == "1 人会改，3 人不用改"
    desk.press(KEY.Key_Return, dialog.ways.button("clear"))
    assert desk.person(ids["林晓梅"])["post"] is None
    assert desk.toast() == "清空林晓梅的职务"


def test_what_nobody_can_be_without_is_not_emptied(desk: Desk, ids: dict[str, int]) -> None:
    dialog = begin(desk)
    choose(desk, dialog, "zaizhi")
    clear = dialog.ways.button("clear")
    assert not clear.isEnabled()
    assert clear.toolTip() == "在职状态不能空着"


def test_a_value_that_cannot_be_read_is_told_at_the_field(desk: Desk, ids: dict[str, int]) -> None:
    dialog = begin(desk)
    choose(desk, dialog, "csrq")
    fill(desk, dialog, "明年春天")
    assert not dialog.buttons["apply"].isEnabled()
    assert dialog.value_editor().property("invalid") == "true"


def test_a_unit_is_chosen_from_the_list(desk: Desk, ids: dict[str, int]) -> None:
    dialog = begin(desk, ids["李静怡"], ids["王芳二"])
    choose(desk, dialog, "danwei")
    desk.press(KEY.Key_Down, dialog.value_editor())
    desk.press(KEY.Key_Down, dialog.value_editor())
    assert dialog.summary() == "1 人会改，1 人不用改"
    desk.press(KEY.Key_Return, dialog.value_editor())
    assert desk.person(ids["李静怡"])["unit_id"] == desk.person(ids["王芳二"])["unit_id"]


def test_private_values_stay_masked_in_the_preview(desk: Desk, ids: dict[str, int]) -> None:
    dialog = begin(desk, ids["林晓梅"])
    choose(desk, dialog, "sj")
    fill(desk, dialog, "13711112222")
    model = dialog.table.rows_model()
    shown = [model.cell(1, column).text for column in model.columns]
    assert shown == ["林晓梅", "138****5521", "137****2222"]


def test_a_field_of_the_offices_own_is_there_at_once(desk: Desk, ids: dict[str, int]) -> None:
    made = desk.write("字段", lambda s: verbs.add(s, Wanted("鞋码", "number")))
    desk.page.refresh()
    desk.settle()
    dialog = begin(desk)
    choose(desk, dialog, "xm")
    fill(desk, dialog, "37")
    desk.press(KEY.Key_Return, dialog.value_editor())
    name = own_fields.name_of(made)
    assert {desk.person(one)[name] for one in ids.values()} == {37}
    assert desk.toast() == "修改 4 人的鞋码"


def test_the_button_of_the_bulk_bar_asks_the_same(desk: Desk, ids: dict[str, int]) -> None:
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_Space)
    desk.click("members.bulk.change")
    assert desk.dialog().windowTitle() == "改李静怡的一项内容"


def test_who_was_edited_meanwhile_is_listed_and_can_be_ticked_again(
    desk: Desk, ids: dict[str, int]
) -> None:
    dialog = begin(desk)
    choose(desk, dialog, "zhiwu")
    fill(desk, dialog, "处长")
    desk.write("别处", lambda s: _edit(s, ids["王芳一"]))
    desk.press(KEY.Key_Return, dialog.value_editor())
    told = desk.dialog()
    assert isinstance(told, MessageDialog)
    assert "王芳（办公室，尾号 1234），预览之后在别处改过" in told.text()
    assert desk.person(ids["王芳一"])["post"] is None
    assert desk.person(ids["王芳二"])["post"] == "处长"
    desk.press(KEY.Key_Return, told.buttons["tick"])
    assert desk.page.list.model.ticked() == {ids["王芳一"]}


def test_a_past_day_lets_nothing_be_changed(desk: Desk, ids: dict[str, int]) -> None:
    said: list[str] = []
    desk.page.told.connect(said.append)
    desk.page._actions.locked = "看的是以前的名册"
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_E, mods=CTRL)
    assert said == ["看的是以前的名册"]


def _edit(session: Any, member_id: int) -> None:
    now = members.details(session, member_id)
    members.save(session, Draft(member_id, now.version, {"remark": "刚刚改的"}))
