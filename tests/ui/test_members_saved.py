"""Conditions she keeps under a name: stored, used, counted, put in order, all by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.services import own_fields, saved_filters
from desktop.services.members import ON_STAFF, Query
from desktop.services.own_values import OwnCondition
from desktop.ui.dialogs.saved_filters_dialog import ArrangeDialog, NameDialog
from desktop.ui.models.members import Filters, Place
from desktop.ui.pages.members_saved import filters_of
from desktop.ui.widgets.buttons import Chip
from tests.ui.members_support import KEY
from tests.ui.reports_support import Reporting

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(qapp: object, tmp_path: Path, qtbot: QtBot) -> Iterator[Reporting]:
    made = Reporting(tmp_path, qtbot)
    office = made.add_unit("办公室")
    made.add("王芳", office, birth_date="1969-01-02")
    made.add("李敏", office, birth_date="1990-01-02")
    made.add("赵丽", made.add_unit("东湖分局"), birth_date="1968-01-02")
    made.window.resize(1440, 900)
    made.window.show()
    made.window.activateWindow()
    made.qtbot.waitUntil(made.window.isActiveWindow)
    made.open()
    yield made
    made.close()


def menu(desk: Reporting) -> QMenu:
    """Open the menu of kept conditions by key."""
    chip = desk.page.filters.saved
    chip.setFocus()
    desk.press(KEY.Key_Space, chip)
    desk.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    return shown


def entries(shown: QMenu) -> list[str]:
    return [action.text() for action in shown.actions() if not action.isSeparator()]


def pick(desk: Reporting, shown: QMenu, text: str) -> None:
    """Go down to an entry and take it."""
    for _ in range(len(shown.actions()) + 1):
        active: QAction | None = shown.activeAction()
        if active is not None and active.text().startswith(text):
            desk.press(KEY.Key_Return, shown)
            return
        desk.press(KEY.Key_Down, shown)
    raise AssertionError(text)


def keep(desk: Reporting, name: str, query: Query, *, pinned: bool = False) -> int:
    saved = int(desk.write("存", lambda s: saved_filters.add(s, name, query)))
    if pinned:
        desk.write("置顶", lambda s: saved_filters.pin(s, saved, is_pinned=True))
    desk.page.saved.reload()
    desk.settle()
    return saved


def names(desk: Reporting) -> list[str]:
    return [one.name for one in desk.read(saved_filters.listed)]


def arranging(desk: Reporting) -> ArrangeDialog:
    pick(desk, menu(desk), "整理")
    dialog = desk.dialog()
    assert isinstance(dialog, ArrangeDialog)
    return dialog


def test_conditions_are_kept_under_a_name_and_taken_back_with_ctrl_z(desk: Reporting) -> None:
    desk.page.filters.ask(Filters(ages=(55, None)))
    desk.settle()
    pick(desk, menu(desk), "存为常用条件")
    dialog = desk.dialog()
    assert isinstance(dialog, NameDialog)
    assert dialog.edit.text() == "55 岁及以上"
    desk.press(KEY.Key_A, dialog.edit, CTRL)
    desk.type(dialog.edit, "快退休的")
    desk.press(KEY.Key_Return, dialog.edit)
    assert entries(menu(desk))[0] == "快退休的 2 人"
    desk.press(KEY.Key_Escape)
    assert desk.toast() == "存为常用条件“快退休的”"
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    desk.press(KEY.Key_Z, desk.page.list.table, CTRL)
    assert names(desk) == []


def test_one_press_asks_again_what_was_kept(desk: Reporting) -> None:
    keep(desk, "快退休的", Query(find="w", statuses=ON_STAFF, age_from=55))
    pick(desk, menu(desk), "快退休的")
    assert desk.shown() == ["王芳"]
    assert desk.page.filters.search.query() == "w"
    assert desk.page.filters.chips() == ("55 岁及以上",)


def test_the_sentence_stands_with_each_entry(desk: Reporting) -> None:
    keep(desk, "快退休的", Query(statuses=ON_STAFF, age_from=55))
    shown = menu(desk)
    assert shown.actions()[0].toolTip() == "在职、55 岁及以上的人"
    desk.press(KEY.Key_Escape)


def test_the_counts_are_those_of_now(desk: Reporting) -> None:
    keep(desk, "快退休的", Query(statuses=ON_STAFF, age_from=55))
    desk.add("孙静", birth_date="1967-01-01")
    assert entries(menu(desk))[0] == "快退休的 3 人"
    desk.press(KEY.Key_Escape)


def test_nothing_can_be_kept_where_nothing_is_asked(desk: Reporting) -> None:
    shown = menu(desk)
    assert entries(shown) == ["存为常用条件（先选好条件）"]
    assert not shown.actions()[0].isEnabled()
    desk.press(KEY.Key_Escape)


def test_a_name_that_is_taken_is_refused_while_typing(desk: Reporting) -> None:
    keep(desk, "快退休的", Query(statuses=ON_STAFF, age_from=55))
    desk.page.filters.ask(Filters(to_check=True))
    desk.settle()
    pick(desk, menu(desk), "存为常用条件")
    dialog = desk.dialog()
    dialog.edit.setText("快退休的")
    assert not dialog.buttons["save"].isEnabled()
    assert "已经有一组叫“快退休的”" in dialog._field.error()
    desk.press(KEY.Key_Escape, dialog)
    assert names(desk) == ["快退休的"]


def test_pinned_conditions_stand_beside_the_search_where_there_is_room(desk: Reporting) -> None:
    saved = keep(desk, "快退休的", Query(statuses=ON_STAFF, age_from=55), pinned=True)
    chip = desk.page.filters.findChild(Chip, f"members.saved.{saved}")
    assert chip is not None
    assert chip.text() == "快退休的 2"
    chip.setFocus()
    desk.press(KEY.Key_Space, chip)
    assert desk.shown() == ["王芳", "赵丽"]
    desk.window.resize(911, 480)
    desk.settle()
    assert desk.page.filters.findChild(Chip, f"members.saved.{saved}") is None


def test_a_condition_about_a_unit_that_is_gone_cannot_be_used(desk: Reporting) -> None:
    from desktop.services import units

    gone = desk.add_unit("老干科")
    keep(desk, "老干部", Query(unit_id=gone, statuses=ON_STAFF))
    desk.write("删除单位", lambda s: units.remove(s, gone))
    shown = menu(desk)
    assert entries(shown)[0] == "老干部（用不了了）"
    assert not shown.actions()[0].isEnabled()
    desk.press(KEY.Key_Escape)


def test_they_are_put_in_order_renamed_and_taken_away_by_key(desk: Reporting) -> None:
    keep(desk, "甲", Query(statuses=ON_STAFF, age_from=55))
    keep(desk, "乙", Query(statuses=("retired",)))
    dialog = arranging(desk)
    assert dialog.sentences() == ["甲：在职、55 岁及以上的人", "乙：退休的人"]
    desk.press(KEY.Key_Down, dialog.table)
    desk.press(KEY.Key_Up, dialog.table, ALT)
    assert names(desk) == ["乙", "甲"]
    desk.press(KEY.Key_F2, dialog.table)
    naming = next(one for one in dialog.findChildren(NameDialog) if one.isVisible())
    desk.press(KEY.Key_A, naming.edit, CTRL)
    desk.type(naming.edit, "退休的")
    desk.press(KEY.Key_Return, naming.edit)
    assert names(desk) == ["退休的", "甲"]
    desk.press(KEY.Key_Delete, dialog.table)
    assert names(desk) == ["甲"]
    assert dialog.sentences() == ["甲：在职、55 岁及以上的人"]
    pin = dialog._wishes["pin"]
    pin.setFocus()
    desk.press(KEY.Key_Return, pin)
    assert desk.read(saved_filters.listed)[0].is_pinned
    assert pin.text() == "不再置顶"
    desk.press(KEY.Key_Escape, dialog)
    assert desk.window.focusWidget() is desk.page.filters.saved


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(find="li", ages=(30, 50), to_check=True),
        Filters(place=Place("retired")),
        Filters(place=Place("gone")),
        Filters(place=Place("anyone"), find="w"),
        Filters(place=Place("without"), status="seconded_in"),
        Filters(place=Place("unit", 1), unit_name="办公室", ages=(None, 34)),
        Filters(place=Place("unit", 1), unit_name="办公室", status="retired"),
        Filters(status="active"),
    ],
    ids=str,
)
def test_a_question_finds_the_same_people_after_it_was_kept(
    desk: Reporting, filters: Filters
) -> None:
    from tests.ui.members_support import TODAY

    asked = filters.query(TODAY)
    keep(desk, "甲", asked)
    kept = desk.read(saved_filters.listed)[0]
    again = filters_of(kept, Filters(), desk.page.filters.register)
    assert again.query(TODAY) == asked
    assert again.unit_name == filters.unit_name


def test_conditions_on_her_own_fields_come_back_with_their_words(desk: Reporting) -> None:
    desk.write("新增项目", lambda s: own_fields.add(s, own_fields.Wanted("爱好", "text")))
    field = desk.read(own_fields.listed)[0]
    name = f"own.{field.id}"
    keep(desk, "唱歌的", Query(statuses=ON_STAFF, own=(OwnCondition(name, words="唱"),)))
    desk.page.reload()
    desk.settle()
    pick(desk, menu(desk), "唱歌的")
    assert desk.page.filters.chips() == ("爱好含“唱”",)
