"""Is the tree of units kept in order from where it stands?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import units as services
from desktop.ui.models.members import Place
from desktop.ui.models.tree import COUNT
from tests.ui.members_support import KEY, Desk


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def units(desk: Desk) -> dict[str, int]:
    head = desk.add_unit("机关本级")
    office = desk.add_unit("办公室", head)
    empty = desk.add_unit("空的科", head)
    desk.add("林晓梅", office)
    desk.add("李静怡", office)
    desk.add("已退休的人", office, employment_status="退休")
    desk.add("没有单位的人")
    desk.open()
    return {"head": head, "office": office, "empty": empty}


def lines(desk: Desk) -> dict[str, int]:
    """Every branch of the tree with its number."""
    tree = desk.page.units.tree
    model, found = tree.model(), {}
    waiting = [model.index(n, 0) for n in range(model.rowCount())]
    while waiting:
        index = waiting.pop(0)
        found[index.data()] = index.data(COUNT)
        waiting += [model.index(n, 0, index) for n in range(model.rowCount(index))]
    return found


def names(desk: Desk) -> dict[str, int | None]:
    return {row.name: row.parent_id for row in desk.read(services.tree)}


def on(desk: Desk, unit: int, key: object) -> None:
    """Go to a unit and press a key there."""
    desk.choose_unit(unit)
    desk.page.units.tree.setFocus()
    desk.press(key, desk.page.units.tree)


def test_every_branch_counts_those_on_staff_and_the_others_stand_below(
    desk: Desk, units: dict[str, int]
) -> None:
    assert lines(desk) == {
        "全部在职": 3, "机关本级": 2, "办公室": 2, "空的科": 0, "未分单位": 1,
        "已退休": 1, "已调出": 0,
    }  # fmt: skip


def test_choosing_a_unit_shows_its_people_and_those_below(
    desk: Desk, units: dict[str, int]
) -> None:
    desk.choose_unit(units["head"])
    assert desk.shown() == ["李静怡", "林晓梅"]
    assert desk.page.filters.chips() == ("机关本级",)


def test_those_without_a_unit_can_be_looked_at(desk: Desk, units: dict[str, int]) -> None:
    desk.page.units.tree.choose(Place("without"))
    desk.settle()
    assert desk.shown() == ["没有单位的人"]


def test_f2_renames_a_unit_and_undo_gives_the_name_back(desk: Desk, units: dict[str, int]) -> None:
    on(desk, units["office"], KEY.Key_F2)
    dialog = desk.dialog()
    dialog.edit.clear()
    desk.type(dialog.edit, "综合办")
    desk.press(KEY.Key_Return, dialog.edit)
    assert "综合办" in names(desk)
    assert desk.page.filters.chips() == ("综合办",)
    desk.window.undo()
    desk.settle()
    assert "办公室" in names(desk)


def test_the_headcount_of_a_unit_is_told_from_its_menu_and_taken_back(
    desk: Desk, units: dict[str, int]
) -> None:
    def known() -> int | None:
        rows = {row.id: row for row in desk.read(services.tree)}
        return rows[units["office"]].headcount

    pane = desk.page.units
    desk.choose_unit(units["office"])
    pane._open_menu(pane.mapToGlobal(pane.rect().center()))
    next(a for a in pane._menu.actions() if a.text() == "职工总数…").trigger()
    pane._menu.close()
    dialog = desk.dialog()
    desk.type(dialog.edit, "约三十")
    assert not dialog.buttons["save"].isEnabled()
    dialog.edit.clear()
    desk.type(dialog.edit, "31")
    desk.press(KEY.Key_Return, dialog.edit)
    assert known() == 31
    desk.window.undo()
    desk.settle()
    assert known() is None


def test_a_name_taken_on_the_same_level_is_refused_while_typing(
    desk: Desk, units: dict[str, int]
) -> None:
    on(desk, units["office"], KEY.Key_F2)
    dialog = desk.dialog()
    dialog.edit.clear()
    desk.type(dialog.edit, "空的科")
    assert not dialog.buttons["save"].isEnabled()
    assert dialog.buttons["save"].toolTip() == "这一级已经有“空的科”"
    desk.press(KEY.Key_Escape, dialog)
    assert "办公室" in names(desk)


def test_insert_adds_a_unit_below(desk: Desk, units: dict[str, int]) -> None:
    on(desk, units["head"], KEY.Key_Insert)
    dialog = desk.dialog()
    desk.type(dialog.edit, "财务科")
    desk.press(KEY.Key_Return, dialog.edit)
    assert names(desk)["财务科"] == units["head"]
    assert lines(desk)["财务科"] == 0


def test_del_removes_an_empty_unit(desk: Desk, units: dict[str, int]) -> None:
    on(desk, units["empty"], KEY.Key_Delete)
    assert "空的科" not in names(desk)
    assert desk.toast() == "删除单位“空的科”"
    assert desk.page.filters.chips() == ()


def test_a_unit_with_people_stays_and_the_reason_is_told(desk: Desk, units: dict[str, int]) -> None:
    on(desk, units["office"], KEY.Key_Delete)
    assert "办公室" in names(desk)
    assert desk.told
    assert "“办公室”还有3 个成员" in desk.told[0]


def test_a_unit_is_moved_with_all_below_it_and_never_under_itself(
    desk: Desk, units: dict[str, int]
) -> None:
    desk.page.unit_work.move(units["office"])
    dialog = desk.dialog()
    assert not dialog.tree.model().find(Place("unit", units["office"])).isValid()
    dialog.tree.choose(Place("without"))
    desk.press(KEY.Key_Return, dialog)
    assert names(desk)["办公室"] is None
    assert desk.toast() == "单位“办公室”移到最上一级"


def test_the_menu_offers_only_what_fits(desk: Desk, units: dict[str, int]) -> None:
    pane = desk.page.units
    pane._open_menu(pane.mapToGlobal(pane.rect().center()))
    words = [action.text() for action in pane._menu.actions()]
    pane._menu.close()
    assert words == ["新增单位…"]
    desk.choose_unit(units["office"])
    pane._open_menu(pane.mapToGlobal(pane.rect().center()))
    words = [action.text() for action in pane._menu.actions() if action.text()]
    pane._menu.close()
    assert words == [
        "新增下级单位…",
        "改名…\tF2",
        "职工总数…",
        "移到别的单位下…",
        "并入别的单位…",
        "删除单位\tDel",
    ]


def test_what_is_folded_stays_folded_after_a_change(desk: Desk, units: dict[str, int]) -> None:
    tree = desk.page.units.tree
    tree.collapse(tree.model().find(Place("unit", units["head"])))
    desk.page.reload()
    desk.settle()
    assert not tree.isExpanded(tree.model().find(Place("unit", units["head"])))
