"""Can two entries for one person become one, and two again, with the keyboard alone?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.services import access
from desktop.ui.dialogs.merge_dialog import MergeDialog
from desktop.ui.dialogs.merge_pick_dialog import MergePickDialog
from desktop.ui.models.members import Place
from tests.ui.members_support import KEY, Desk, id_number
from tests.ui.test_members_doing import choose

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def pair(desk: Desk) -> tuple[int, int]:
    """One woman entered twice in the office, and somebody else."""
    office = desk.add_unit("办公室")
    first = desk.add("李静怡", office, mobile="13800005521", birth_date="1993-11")
    second = desk.add(
        "李静怡", office, mobile="13900001111", post="科长",
        id_number=id_number("1993-11-05", 24),
    )  # fmt: skip
    desk.add("王芳", office)
    desk.open()
    return first, second


def tick_pair(desk: Desk) -> None:
    table = desk.page.list.table
    table.setFocus()
    table.go_to_first()
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Down, mods=SHIFT)


def merged(desk: Desk, pair: tuple[int, int]) -> None:
    tick_pair(desk)
    desk.click("members.bulk.merge")
    desk.press(KEY.Key_Return, desk.dialog().buttons["merge"])


def test_two_ticked_people_become_one_without_the_mouse(desk: Desk, pair: tuple[int, int]) -> None:
    tick_pair(desk)
    desk.click("members.bulk.merge")
    dialog = desk.dialog()
    assert isinstance(dialog, MergeDialog)
    assert dialog.chosen() == {
        "mobile": "keep", "post": "other", "id_number": "other", "birth_date": "other",
    }  # fmt: skip
    focused = dialog.focusWidget()
    assert isinstance(focused, QRadioButton)
    assert focused.accessibleName() == "手机，留下的一位：138****5521"
    desk.press(KEY.Key_Right, focused)
    assert dialog.chosen()["mobile"] == "other"
    desk.press(KEY.Key_Return, dialog)
    assert desk.shown() == ["李静怡", "王芳"]
    now = desk.person(pair[0])
    assert (now["mobile"], now["post"]) == ("13900001111", "科长")
    assert desk.toast() == "合并成员：李静怡（办公室）并入李静怡（办公室）"
    assert desk.page.list.table.current_key() == pair[0]


def test_one_step_back_and_they_are_two_again(desk: Desk, pair: tuple[int, int]) -> None:
    merged(desk, pair)
    desk.window.undo()
    desk.settle()
    assert desk.shown() == ["李静怡", "李静怡", "王芳"]


def test_merging_asks_for_exactly_two(desk: Desk, pair: tuple[int, int]) -> None:
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_Space)
    button = desk.page.list.merge_button
    assert not button.isEnabled()
    assert button.toolTip() == "勾选两个人才能合并"
    desk.press(KEY.Key_Down, mods=SHIFT)
    assert button.isEnabled()


def test_the_other_can_be_the_one_who_stays(desk: Desk, pair: tuple[int, int]) -> None:
    tick_pair(desk)
    desk.click("members.bulk.merge")
    dialog = desk.dialog()
    dialog._swap.click()
    desk.settle()
    assert (dialog.preview().keep.id, dialog.preview().other.id) == (pair[1], pair[0])
    desk.press(KEY.Key_Return, dialog.buttons["merge"])
    assert desk.person(pair[1])["mobile"] == "13900001111"


def test_private_numbers_are_masked_until_asked_for_and_that_is_noted(
    desk: Desk, pair: tuple[int, int]
) -> None:
    tick_pair(desk)
    desk.click("members.bulk.merge")
    dialog = desk.dialog()
    assert "13900001111" not in dialog.words()
    dialog._eye.click()
    desk.settle()
    assert "13900001111" in dialog.words()
    desk.press(KEY.Key_Escape, dialog)
    seen = desk.read(access.log)
    assert [(one.what, one.record_id) for one in seen] == [
        ("reveal", pair[1]), ("reveal", pair[0]),
    ]  # fmt: skip
    assert desk.toast() != "查看完整号码"


def test_reasons_to_doubt_are_said_above(desk: Desk, pair: tuple[int, int]) -> None:
    table = desk.page.list.table
    table.setFocus()
    table.go_to(pair[1])
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Down, mods=SHIFT)
    desk.click("members.bulk.merge")
    assert "两条的姓名不同。" in desk.dialog().words()


def test_the_drawer_names_a_likely_double_and_leads_to_it(
    desk: Desk, pair: tuple[int, int]
) -> None:
    desk.page.list.table.go_to(pair[0])
    desk.settle()
    assert "可能和另一条李静怡（办公室，姓名和出生日期相同）重复。" in desk.page.drawer.words()
    desk.click("members.drawer.alike.act")
    dialog = desk.dialog()
    assert isinstance(dialog, MergePickDialog)
    assert dialog.shown() == ["李静怡"]
    desk.press(KEY.Key_Return, dialog)
    assert isinstance(desk.dialog(), MergeDialog)


def test_anybody_can_be_found_from_the_menu_by_typing(desk: Desk, pair: tuple[int, int]) -> None:
    desk.page.list.table.go_to(pair[0])
    desk.settle()
    desk.click("members.drawer.more")
    choose(desk, "members.drawer.menu", "和重复的登记合并…")
    dialog = desk.dialog()
    desk.type(dialog.edit, "wf")
    desk.press(KEY.Key_Return, dialog.edit)
    assert desk.dialog().preview().other.values["name"] == "王芳"


def test_namesakes_with_two_numbers_are_not_called_doubles(
    desk: Desk, pair: tuple[int, int]
) -> None:
    desk.add("赵敏", desk.add_unit("财务科"), id_number=id_number("1990-01-01", 2))
    other = desk.add("赵敏", 2, id_number=id_number("1990-01-01", 4))
    desk.page.reload()
    desk.settle()
    desk.page.list.table.go_to(other)
    desk.settle()
    assert "重复" not in desk.page.drawer.words()


def test_her_history_says_where_to_part_them_and_later_work_stays(
    desk: Desk, pair: tuple[int, int]
) -> None:
    merged(desk, pair)
    desk.write("改职务", lambda s: _post(s, pair[0], "主任"))
    desk.page.reload()
    desk.settle()
    told: list[str] = []
    desk.page.told.connect(told.append)
    step = desk.read(lambda s: _merge_step(s, pair[0]))
    desk.click(f"members.history.part.{step}")
    assert desk.shown() == ["李静怡", "李静怡", "王芳"]
    assert desk.person(pair[0])["post"] == "主任"
    assert desk.person(pair[1])["post"] == "科长"
    assert told[0].endswith("，1 条后来又改过的内容没有动")
    assert desk.toast() == "改职务"


def test_one_old_value_comes_back_from_her_history(desk: Desk, pair: tuple[int, int]) -> None:
    desk.write("改职务", lambda s: _post(s, pair[1], "主任"))
    desk.page.list.table.go_to(pair[1])
    desk.page.reload()
    desk.settle()
    step = desk.read(lambda s: _steps(s, pair[1])[0])
    desk.click(f"members.history.{step}.post")
    assert desk.person(pair[1])["post"] == "科长"
    assert desk.toast() == "李静怡的职务恢复为原来的内容"
    desk.window.undo()
    desk.settle()
    assert desk.person(pair[1])["post"] == "主任"


def test_a_unit_goes_into_another_with_its_people(desk: Desk, pair: tuple[int, int]) -> None:
    section = desk.add_unit("综合科")
    desk.add("赵敏", section)
    desk.page.reload()
    desk.settle()
    desk.page.over_time.merge_work.ask_unit(section)
    desk.type(desk.dialog().edit, "bgs")
    desk.press(KEY.Key_Return, desk.dialog().edit)
    dialog = desk.dialog()
    assert "1 位成员一起过去。" in "".join(label.text() for label in dialog.findChildren(_label()))
    desk.press(KEY.Key_Return, dialog)
    assert desk.toast() == "合并单位：“综合科”并入“办公室”"
    desk.page.units.tree.choose(Place("unit", 1))
    desk.settle()
    assert "赵敏" in desk.shown()


def _label() -> type:
    from desktop.ui.widgets.labels import Label

    return Label


def _post(session: object, member_id: int, post: str) -> None:
    from desktop.services import members
    from desktop.services.records import Draft

    now = members.details(session, member_id)  # type: ignore[arg-type]
    members.save(session, Draft(now.id, now.version, {"post": post}))  # type: ignore[arg-type]


def _steps(session: object, member_id: int) -> list[int]:
    from desktop.services import history

    return [line.change_set_id for line in history.of_member(session, member_id)]  # type: ignore[arg-type]


def _merge_step(session: object, member_id: int) -> int:
    from desktop.services import history

    lines = history.of_member(session, member_id)  # type: ignore[arg-type]
    return next(line.change_set_id for line in lines if line.kind == "merge")
