"""Does what was removed come back one by one, and is it told who removed it and when?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.dialogs.bin_dialog import BinDialog
from tests.ui.members_support import KEY, Desk, id_number

CTRL = Qt.KeyboardModifier.ControlModifier
NUMBER = id_number("1993-11-05", 24)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def removed(desk: Desk) -> int:
    """Three of four removed in one step."""
    office = desk.add_unit("办公室")
    first = desk.add("李静怡", office, id_number=NUMBER)
    for name in ("林晓梅", "徐丽华"):
        desk.add(name, office)
    desk.open()
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_A, mods=CTRL)
    desk.click("members.bulk.remove")
    desk.add("王芳", office)
    desk.page.reload()
    desk.settle()
    return first


def opened(desk: Desk) -> BinDialog:
    desk.press(KEY.Key_F8, desk.page.list.table)
    dialog = desk.dialog()
    assert isinstance(dialog, BinDialog)
    return dialog


def test_the_bin_opens_by_key_and_by_its_button_under_the_tree(desk: Desk, removed: int) -> None:
    dialog = opened(desk)
    assert set(dialog.names()) == {"李静怡", "林晓梅", "徐丽华"}
    desk.press(KEY.Key_Escape, dialog)
    desk.click("members.bin_open")
    assert isinstance(desk.dialog(), BinDialog)


def test_a_row_tells_who_where_why_and_when(desk: Desk, removed: int) -> None:
    dialog = opened(desk)
    row = next(r for r in dialog._model.rows() if r.name == "李静怡")
    words = [
        dialog._model.cell(dialog._model.rows().index(row), c).text for c in dialog._model.columns
    ]
    assert words == ["成员", "李静怡", "办公室", "移出名册：3 人", "文员", "今天 " + words[-1][3:]]


def test_one_is_found_and_brought_back_while_the_others_stay(desk: Desk, removed: int) -> None:
    dialog = opened(desk)
    desk.type(dialog.edit, "静怡")
    desk.press(KEY.Key_Return, dialog.edit)
    assert desk.dialog() is dialog
    assert dialog.said.text() == "已恢复成员：李静怡。"
    dialog.edit.clear_now()
    assert set(dialog.names()) == {"林晓梅", "徐丽华"}
    desk.press(KEY.Key_Escape, dialog)
    assert desk.shown() == ["李静怡", "王芳"]
    assert desk.person(removed)["id_number"] == NUMBER
    desk.window.undo()
    desk.settle()
    assert desk.shown() == ["王芳"]


def test_why_somebody_cannot_come_back_is_said_in_place(desk: Desk, removed: int) -> None:
    desk.add("孙悦", id_number=NUMBER)
    dialog = opened(desk)
    dialog.table.go_to(("members", removed))
    desk.press(KEY.Key_Return, dialog)
    assert dialog.said.text().startswith("李静怡的身份证号现在登记在孙悦名下。")
    assert desk.told == []


def test_an_empty_bin_says_so(desk: Desk) -> None:
    desk.add("王芳")
    desk.open()
    dialog = opened(desk)
    assert not dialog.buttons["restore"].isEnabled()
    assert dialog.buttons["restore"].toolTip() == "还没有移出过什么"
