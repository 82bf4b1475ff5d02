"""What becomes of a table, a column or a chat pasted into the list, and of numbers shown there?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import access
from desktop.ui.dialogs.paste_dialog import PasteDialog
from desktop.ui.main_window import PageSpec
from desktop.ui.models.members import Place
from desktop.ui.pages.import_page import REVIEW, ImportPage
from tests.ui.members_support import KEY, TODAY, Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    importing = PageSpec("import", "导入名册", "file-input", lambda: _import_page(made), 3)
    made.window.set_pages([PageSpec("members", "成员", "users", made._make, 2), importing])
    yield made
    made.close()


def _import_page(desk: Desk) -> ImportPage:
    return ImportPage(
        desk.jobs, today=lambda: TODAY, settings=desk.settings, before_writing=lambda: None
    )


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    office, money = desk.add_unit("办公室"), desk.add_unit("财务科")
    found = {
        "李静怡": desk.add("李静怡", office, mobile="13700004321"),
        "林晓梅": desk.add("林晓梅", money),
        "王芳一": desk.add("王芳", office, mobile="13800005521"),
        "王芳二": desk.add("王芳", money, mobile="13900001234"),
        "赵敏": desk.add("赵敏", money, employment_status="退休"),
    }
    desk.open()
    return found


def paste(desk: Desk, text: str) -> list[str]:
    """Press Ctrl+V in the table; what is said about it."""
    said: list[str] = []
    desk.page.told.connect(said.append)
    QGuiApplication.clipboard().setText(text)
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_V, desk.page.list.table, CTRL)
    desk.page.told.disconnect(said.append)
    return said


def ticked(desk: Desk) -> set[object]:
    return set(desk.page.list.model.ticked())


def test_a_column_of_names_ticks_those_people(desk: Desk, ids: dict[str, int]) -> None:
    said = paste(desk, "李静怡\n林晓梅\n")
    assert ticked(desk) == {ids["李静怡"], ids["林晓梅"]}
    assert said == ["勾选了粘贴的 2 人"]
    assert desk.page.list.bulk.text() == "已选 2 人"
    assert desk.page.list.table.current_key() == ids["李静怡"]


def test_a_chat_ticks_people_besides_those_ticked(desk: Desk, ids: dict[str, int]) -> None:
    desk.page.list.table.setFocus()
    desk.page.list.table.go_to(ids["林晓梅"])
    desk.press(KEY.Key_Space)
    paste(desk, "参加人员：李静怡、王芳(财务)")
    assert ticked(desk) == {ids["李静怡"], ids["林晓梅"], ids["王芳二"]}


def test_people_outside_the_list_are_brought_into_it(desk: Desk, ids: dict[str, int]) -> None:
    desk.find("ljy")
    paste(desk, "林晓梅 李静怡")
    assert ticked(desk) == {ids["李静怡"], ids["林晓梅"]}
    assert desk.page.asked_for().find == ""


def test_the_retired_are_found_too(desk: Desk, ids: dict[str, int]) -> None:
    paste(desk, "赵敏、李静怡")
    assert ticked(desk) == {ids["赵敏"], ids["李静怡"]}
    assert desk.page.asked_for().place == Place("anyone")


def test_namesakes_and_strangers_are_asked_about_without_the_mouse(
    desk: Desk, ids: dict[str, int]
) -> None:
    paste(desk, "李静怡、王芳、钱多多")
    dialog = desk.dialog()
    assert isinstance(dialog, PasteDialog)
    box = dialog.choices[0]
    assert dialog.focusWidget() is box
    assert [box.itemText(n) for n in range(box.count())] == [
        "不选",
        "王芳（办公室，尾号 5521）",
        "王芳（财务科，尾号 1234）",
    ]
    assert dialog.buttons["tick"].text() == "勾选 1 人"
    desk.press(KEY.Key_Down, box)
    desk.press(KEY.Key_Down, box)
    assert dialog.buttons["tick"].text() == "勾选 2 人"
    desk.press(KEY.Key_Return, box)
    assert ticked(desk) == {ids["李静怡"], ids["王芳二"]}


def test_leaving_the_question_ticks_nobody(desk: Desk, ids: dict[str, int]) -> None:
    paste(desk, "李静怡、王芳")
    desk.press(KEY.Key_Escape, desk.dialog())
    assert ticked(desk) == set()


def test_a_table_with_a_header_goes_to_the_import_and_nothing_is_written(
    desk: Desk, ids: dict[str, int]
) -> None:
    before = desk.names()
    paste(desk, "姓名\t单位\t手机\n钱多多\t办公室\t13600001111\n李静怡\t办公室\t13700004321\n")
    page = desk.window.current_page()
    assert isinstance(page, ImportPage)
    desk.qtbot.waitUntil(lambda: page.step() == REVIEW)
    desk.settle()
    assert page.rehearsing.preview is not None
    assert page.rehearsing.preview.counts.new == 1
    assert desk.names() == before


def test_names_with_units_beside_them_are_people_not_a_table(
    desk: Desk, ids: dict[str, int]
) -> None:
    paste(desk, "王芳\t办公室\n林晓梅\t财务科")
    assert ticked(desk) == {ids["王芳一"], ids["林晓梅"]}


def test_a_table_of_strangers_without_a_header_goes_to_the_import(
    desk: Desk, ids: dict[str, int]
) -> None:
    paste(desk, "钱多多\t办公室\t13600001111\n孙美丽\t财务科\t13600002222")
    assert isinstance(desk.window.current_page(), ImportPage)
    desk.settle()


def test_names_that_are_none_can_be_imported_as_a_table(desk: Desk, ids: dict[str, int]) -> None:
    paste(desk, "姓名\n钱多多\n孙美丽")
    dialog = desk.dialog()
    assert not dialog.buttons["tick"].isEnabled()
    desk.press(KEY.Key_Return, dialog.buttons["table"])
    assert isinstance(desk.window.current_page(), ImportPage)
    desk.settle()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  \n", "剪贴板里没有文字。请先复制一列姓名或者一张表，再来粘贴"),
        ("13700004321\n4321", "粘贴的内容里没有认出姓名，勾选没有变"),
    ],
)
def test_what_holds_no_names_is_told(desk: Desk, ids: dict[str, int], text: str, said: str) -> None:
    assert paste(desk, text) == [said]


def test_pasting_into_the_search_box_is_typing(desk: Desk, ids: dict[str, int]) -> None:
    QGuiApplication.clipboard().setText("李静怡")
    box = desk.page.filters.search
    box.setFocus()
    desk.press(KEY.Key_V, box, CTRL)
    assert box.text() == "李静怡"
    assert ticked(desk) == set()


def test_numbers_are_shown_until_the_page_is_left_and_that_is_noted(
    desk: Desk, ids: dict[str, int]
) -> None:
    table = desk.page.list.table
    table.setFocus()
    table.go_to(ids["李静怡"])
    row = desk.page.list.model.row_of(ids["李静怡"])
    desk.press(KEY.Key_C, table, CTRL)
    assert "137****4321" in QGuiApplication.clipboard().text()
    desk.press(KEY.Key_H, table, CTRL | SHIFT)
    assert desk.cell(row, "mobile") == "13700004321"
    desk.press(KEY.Key_C, table, CTRL)
    assert "13700004321" in QGuiApplication.clipboard().text()
    assert [(one.what, one.count) for one in desk.read(access.log)] == [("reveal_list", 4)]
    desk.window.open("import")
    desk.window.open("members")
    desk.settle()
    assert desk.cell(row, "mobile") == "137****4321"
    desk.press(KEY.Key_H, desk.page.list.table, CTRL | SHIFT)
    desk.press(KEY.Key_H, desk.page.list.table, CTRL | SHIFT)
    assert desk.cell(row, "mobile") == "137****4321"


def test_namesakes_say_who_they_are_where_no_column_does(desk: Desk, ids: dict[str, int]) -> None:
    assert desk.shown().count("王芳") == 2
    rows = [desk.page.list.model.row_of(ids[name]) for name in ("王芳一", "王芳二", "李静怡")]
    assert [desk.cell(row, "name") for row in rows] == ["王芳", "王芳", "李静怡"]
    desk.page.list.choose_columns(["name", "post"])
    desk.settle()
    assert [desk.cell(row, "name") for row in rows] == [
        "王芳（办公室，尾号 5521）",
        "王芳（财务科，尾号 1234）",
        "李静怡",
    ]


def test_what_was_copied_from_the_list_finds_the_same_people_again(
    desk: Desk, ids: dict[str, int]
) -> None:
    table = desk.page.list.table
    table.setFocus()
    desk.press(KEY.Key_A, table, CTRL)
    desk.press(KEY.Key_C, table, CTRL)
    everybody = ticked(desk)
    desk.press(KEY.Key_Escape, table)  # the drawer, then the ticks
    desk.press(KEY.Key_Escape, table)
    assert ticked(desk) == set()
    paste(desk, QGuiApplication.clipboard().text())
    assert ticked(desk) == everybody
