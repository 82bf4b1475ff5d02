"""Does the page fit its room, keep its place, and let everything be closed again?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.members_support import KEY, Desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def people(desk: Desk) -> Desk:
    unit = desk.add_unit("办公室")
    for name in ("林晓梅", "李静怡", "单玲玲", "徐丽华"):
        desk.add(name, unit, mobile="13800005521", skills="书法")
    return desk


def test_an_empty_roster_offers_the_import(desk: Desk) -> None:
    desk.open()
    face = desk.page.face()
    assert face.title() == "名册还是空的"
    desk.page.wants.disconnect(desk.window.open)
    desk.click("members.empty.act")
    assert desk.wanted == ["import"]


def test_the_first_person_can_be_added_to_an_empty_roster(desk: Desk) -> None:
    desk.open()
    desk.press(KEY.Key_N, desk.window, CTRL)
    form = desk.page.person.form()
    assert form is not None
    desk.type(form.editors["name"].widget, "何玲玲")
    desk.press(KEY.Key_Return, mods=CTRL)
    assert desk.shown() == ["何玲玲"]


def test_there_is_one_filled_button(people: Desk) -> None:
    people.open()
    filled = [
        button.objectName()
        for button in people.page.findChildren(QPushButton)
        if button.property("kind") == "primary" and button.isVisible()
    ]
    assert filled == ["members.new"]


def test_every_control_has_a_name_for_programs_and_for_people(people: Desk) -> None:
    people.open()
    people.page.person.edit(people.page.list.rows()[0].id)
    people.settle()
    for button in people.page.findChildren(QPushButton):
        assert button.objectName().startswith("members."), button.text()
        if button.isVisibleTo(people.page):
            assert button.accessibleName() or button.text(), button.objectName()


@pytest.mark.parametrize(
    ("size", "tree_beside", "drawer_beside"),
    [((1440, 900), True, True), ((1093, 566), False, True), ((911, 480), False, False)],
)
def test_tree_and_drawer_give_way_as_the_window_narrows(
    people: Desk, size: tuple[int, int], tree_beside: bool, drawer_beside: bool
) -> None:
    page = people.open(size)
    page.person.open(page.list.rows()[0].id)
    people.settle()
    assert (page.body.indexOf(page.units) >= 0) is tree_beside
    assert (page.body.indexOf(page.drawer) >= 0) is drawer_beside
    assert page.drawer.isVisible()
    assert page.list.places.isVisible() is not tree_beside
    right = page.drawer.mapTo(page, page.drawer.rect().topRight()).x()
    assert right <= page.width()
    assert page.list.table.viewport().width() >= 400


def test_the_units_open_under_their_button_where_there_is_no_tree(people: Desk) -> None:
    page = people.open((1093, 566))
    people.click("members.places")
    assert page._units_popup.isVisible()
    people.press(KEY.Key_Down)
    assert page.filters.chips() == ("办公室",)
    page.units.settled.emit()
    assert not page._units_popup.isVisible()
    assert page.list.places.text() == "办公室 4"


def test_a_narrow_window_keeps_the_drawer_closed_until_enter(people: Desk) -> None:
    page = people.open((911, 480))
    assert not page.drawer.is_open()
    page.list.table.setFocus()
    people.press(KEY.Key_Return)
    assert page.drawer.is_open()
    people.press(KEY.Key_Escape)
    assert not page.drawer.is_open()


def test_more_than_two_chips_fold_in_a_narrow_window(people: Desk) -> None:
    page = people.open((911, 480))
    page.filters._own_ages((20, None))
    page.filters._want_to_check()
    people.settle()
    page.units.tree.setCurrentIndex(page.units.tree.model().index(1, 0))
    people.settle()
    assert page.filters.chips() == ("办公室", "20 岁及以上", "条件 1")


def test_the_drawer_follows_the_current_row_and_ctrl_arrows_step(people: Desk) -> None:
    page = people.open()
    page.list.table.setFocus()
    people.press(KEY.Key_Down)
    assert "林晓梅" in page.drawer.words()
    people.click("members.drawer.next")
    assert "单玲玲" in page.drawer.words()
    people.press(KEY.Key_Up, page, CTRL)
    assert "林晓梅" in page.drawer.words()


def test_escape_closes_drawer_then_ticks_then_the_search(people: Desk) -> None:
    page = people.open()
    people.find("l")
    page.list.table.setFocus()
    people.press(KEY.Key_Space)
    assert page.drawer.is_open()
    people.press(KEY.Key_Escape, page.list.table)
    assert not page.drawer.is_open()
    assert page.list.model.ticked()
    people.press(KEY.Key_Escape, page.list.table)
    assert not page.list.model.ticked()
    people.press(KEY.Key_Escape, page.list.table)
    assert page.filters.search.text() == ""


def test_a_drawer_closed_by_hand_stays_closed_while_going_down(people: Desk) -> None:
    page = people.open()
    people.click("members.drawer.close")
    page.list.table.setFocus()
    people.press(KEY.Key_Down)
    assert not page.drawer.is_open()
    people.press(KEY.Key_Return)
    assert page.drawer.is_open()


def test_chosen_columns_their_order_and_their_widths_are_kept(people: Desk) -> None:
    page = people.open()
    page._choose_columns()
    dialog = people.dialog()
    item = next(i for i in dialog._items() if i.text() == "特长")
    item.setCheckState(Qt.CheckState.Checked)
    dialog.list.setCurrentItem(item)
    while dialog.list.currentRow() > 1:
        people.press(KEY.Key_Up, dialog.list, Qt.KeyboardModifier.AltModifier)
    people.press(KEY.Key_Return, dialog)
    assert people.cell(0, "skills") == "书法"
    page.list.table.setColumnWidth(2, 171)
    people.window.forget("members")
    again = people.open()
    assert [column.key for column in again.list.model.columns][:3] == ["name", "skills", "unit_id"]
    assert again.list.table.columnWidth(2) == 171


def test_the_name_cannot_be_left_out(people: Desk) -> None:
    page = people.open()
    page._choose_columns()
    dialog = people.dialog()
    assert dialog.keys()[0] == "name"
    people.press(KEY.Key_Space, dialog.list)
    assert dialog.keys()[0] == "name"
    dialog.list.setCurrentRow(1)
    people.press(KEY.Key_Space, dialog.list)
    assert set(dialog.keys()).isdisjoint({"unit_id"})
    dialog.reject()


def test_sorting_is_remembered(people: Desk) -> None:
    page = people.open()
    page.list._sort("name", True)
    people.settle()
    people.window.forget("members")
    people.open()
    assert people.shown() == ["徐丽华", "单玲玲", "林晓梅", "李静怡"]


def test_selection_and_ticks_survive_a_change_made_elsewhere(people: Desk) -> None:
    page = people.open()
    third = page.list.rows()[2].id
    page.list.table.go_to(third)
    page.list.model.set_ticked(1, True)
    ticked = page.list.model.ticked()
    people.add("何玲玲")
    page.refresh()
    people.settle()
    assert len(people.shown()) == 5
    assert page.list.table.current_key() == third
    assert page.list.model.ticked() == ticked


def test_only_changes_of_people_and_units_concern_the_page(people: Desk) -> None:
    page = people.open()
    assert page.shows(frozenset(("members",)))
    assert not page.shows(frozenset(("layouts",)))


def test_the_page_comes_to_the_front_with_somebody(people: Desk) -> None:
    wanted = people.add("退有福", employment_status="退休")
    people.open()
    people.window.open("members", wanted)
    people.settle()
    assert people.page.list.table.current_key() == wanted
    assert "退有福" in people.page.drawer.words()


def test_long_names_and_posts_cut_nothing_off_silently(people: Desk) -> None:
    long = "古丽扎尔·买买提依明阿卜杜热西提"
    people.add(long, post="市委市政府政策研究室重点项目推进办公室副主任科员")
    page = people.open()
    people.find("古丽")
    assert people.shown() == [long]
    assert page.list.model.cell(0, page.list.model.columns[0]).text == long
    assert long in page.drawer.words()


@pytest.mark.parametrize(
    ("size", "middle"),
    [
        ((1440, 900), ["members.unit_add", "members.units", "members.bin_open"]),
        ((1093, 566), ["members.places"]),
    ],
)
def test_tab_goes_as_the_eye_does(people: Desk, size: tuple[int, int], middle: list[str]) -> None:
    page = people.open(size)
    page.filters._ask(replace(page.asked_for(), status="active"))
    people.settle()
    page.filters.take_focus()
    passed = []
    while len(passed) < 14:
        widget = people.window.focusWidget()
        passed.append(widget.objectName())
        if widget is page.list.table:
            break
        people.press(KEY.Key_Tab, widget)
    assert passed == [
        "members.search", "members.condition.status", "members.add_condition", "members.saved",
        "members.import", "members.new", *middle, "members.sort", "members.columns",
        "members.export", "members.table",
    ]  # fmt: skip
    people.press(KEY.Key_Tab)
    assert page.drawer.isAncestorOf(people.window.focusWidget())
