"""Is every entry written without a save button, and without losing a value?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import members
from desktop.services.records import Draft
from desktop.ui.pages.members_form import MemberForm
from tests.ui.members_support import KEY, Desk, id_number

CTRL = Qt.KeyboardModifier.ControlModifier
XU = id_number("1986-03-12", 22)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def xu(desk: Desk) -> int:
    unit = desk.add_unit("监测中心")
    desk.add("林晓梅", unit, post="副主任")
    return desk.add("徐丽华", unit, post="高级工程师", mobile="13800005521", id_number=XU)


def edit(desk: Desk, name: str) -> MemberForm:
    """Open the page on a person and press F2."""
    if desk.window.page("members") is None:
        desk.open()
    desk.find(name)
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_F2)
    return form_of(desk)


def form_of(desk: Desk) -> MemberForm:
    form = desk.page.person.form()
    assert form is not None
    return form


def retype(desk: Desk, name: str, text: str) -> None:
    """Go to a field and write something else into it."""
    widget = form_of(desk).editors[name].widget
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(KEY.Key_A, widget, CTRL)
    desk.press(KEY.Key_Delete, widget)
    desk.type(widget, text)


def leave(desk: Desk) -> None:
    desk.press(KEY.Key_Tab)


def line(desk: Desk, name: str) -> str:
    return form_of(desk).editors[name].widget.property("text")


def test_leaving_a_field_saves_it(desk: Desk, xu: int) -> None:
    edit(desk, "徐丽华")
    retype(desk, "post", "总工程师")
    leave(desk)
    assert desk.person(xu)["post"] == "总工程师"
    assert desk.shown() == ["徐丽华"]
    assert desk.cell(0, "post") == "总工程师"
    assert desk.window.bar.done() == "修改徐丽华的职务"


def test_enter_saves_and_goes_to_the_next_field(desk: Desk, xu: int) -> None:
    form = edit(desk, "徐丽华")
    retype(desk, "name", "徐莉华")
    desk.press(KEY.Key_Return)
    assert desk.person(xu)["name"] == "徐莉华"
    assert desk.window.focusWidget() is form.editors["id_number"].widget


def test_several_fields_one_after_the_other_are_no_conflict_with_oneself(
    desk: Desk, xu: int
) -> None:
    form = edit(desk, "徐丽华")
    for name, text in (("post", "科长"), ("rank", "一级"), ("staff_no", "A7")):
        widget = form.editors[name].widget
        widget.setFocus()
        widget.clear()
        desk.type(widget, text)
    desk.press(KEY.Key_Return, mods=CTRL)
    person = desk.person(xu)
    assert (person["post"], person["rank"], person["staff_no"]) == ("科长", "一级", "A7")
    assert desk.page.person.form() is None


def test_escape_puts_the_field_back_and_then_closes_the_form(desk: Desk, xu: int) -> None:
    edit(desk, "徐丽华")
    retype(desk, "post", "写错了")
    desk.press(KEY.Key_Escape)
    assert line(desk, "post") == "高级工程师"
    desk.press(KEY.Key_Escape)
    assert desk.page.person.form() is None
    assert desk.page.drawer.is_open()
    assert desk.person(xu)["post"] == "高级工程师"


def test_a_wrong_number_is_said_on_leaving_and_not_saved(desk: Desk, xu: int) -> None:
    form = edit(desk, "徐丽华")
    retype(desk, "id_number", XU[:-1])
    assert form.problems() == {}
    leave(desk)
    assert form.problems() == {"id_number": "少 1 位：应为 18 位，现在 17 位"}
    assert desk.person(xu)["id_number"] == XU


def test_a_form_with_a_wrong_field_stays_open_on_ctrl_enter(desk: Desk, xu: int) -> None:
    edit(desk, "徐丽华")
    retype(desk, "mobile", "没有")
    desk.press(KEY.Key_Return, mods=CTRL)
    assert "mobile" in form_of(desk).problems()


def test_a_name_cannot_be_emptied(desk: Desk, xu: int) -> None:
    form = edit(desk, "徐丽华")
    retype(desk, "name", "")
    leave(desk)
    assert form.problems() == {"name": "请填写姓名"}
    assert desk.person(xu)["name"] == "徐丽华"


def test_an_identity_number_fills_the_birth_date(desk: Desk, xu: int) -> None:
    edit(desk, "林晓梅")
    retype(desk, "id_number", id_number("1979-01-20", 44))
    leave(desk)
    assert line(desk, "birth_date") == "1979-01-20"
    assert desk.cell(0, "age") == "47"


def test_a_birth_date_against_the_number_is_flagged_and_kept(desk: Desk, xu: int) -> None:
    form = edit(desk, "徐丽华")
    retype(desk, "birth_date", "1986-04-12")
    leave(desk)
    assert form.problems() == {"birth_date": "身份证号里是 1986年3月12日，请核对"}
    assert str(desk.person(xu)["birth_date"]) == "1986-04-12"


def test_a_number_of_somebody_else_names_its_owner(desk: Desk, xu: int) -> None:
    form = edit(desk, "林晓梅")
    retype(desk, "id_number", XU)
    leave(desk)
    assert "已经登记在监测中心的徐丽华名下" in form.problems()["id_number"]
    desk.press(KEY.Key_Return, mods=CTRL)
    assert desk.page.person.form() is form
    assert desk.told == []


def test_a_change_made_elsewhere_shows_both_values(desk: Desk, xu: int) -> None:
    form = edit(desk, "徐丽华")
    change_elsewhere(desk, xu, "副总工")
    retype(desk, "post", "总工程师")
    leave(desk)
    assert "职务：别处是“副总工”，您填的是“总工程师”" in form._conflict.words()
    desk.click("members.conflict.mine")
    assert desk.person(xu)["post"] == "总工程师"
    assert form._conflict.isHidden()


def test_the_value_from_elsewhere_can_be_kept_instead(desk: Desk, xu: int) -> None:
    edit(desk, "徐丽华")
    change_elsewhere(desk, xu, "副总工")
    retype(desk, "post", "总工程师")
    leave(desk)
    desk.click("members.conflict.theirs")
    assert line(desk, "post") == "副总工"
    assert desk.person(xu)["post"] == "副总工"


def change_elsewhere(desk: Desk, member_id: int, post: str) -> None:
    def work(session: object) -> None:
        now = members.details(session, member_id)
        members.save(session, Draft(member_id, now.version, {"post": post}))

    desk.write("别处的修改", work)


def test_private_numbers_stay_masked_in_the_form_until_entered(desk: Desk, xu: int) -> None:
    form = edit(desk, "徐丽华")
    shown: list[int] = []
    desk.page.revealed.connect(shown.append)
    assert line(desk, "mobile") == "138****5521"
    form.editors["mobile"].widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert line(desk, "mobile") == "13800005521"
    assert shown == [xu]
    leave(desk)
    assert line(desk, "mobile") == "138****5521"
    assert desk.person(xu)["mobile"] == "13800005521"


def test_words_are_understood_by_their_standard(desk: Desk, xu: int) -> None:
    edit(desk, "徐丽华")
    retype(desk, "ethnicity_code", "汉")
    leave(desk)
    assert line(desk, "ethnicity_code") == "汉族"
    assert desk.person(xu)["ethnicity_code"] == "01"


def test_ctrl_z_takes_back_what_was_saved_and_the_drawer_shows_it(desk: Desk, xu: int) -> None:
    edit(desk, "徐丽华")
    retype(desk, "post", "总工程师")
    desk.press(KEY.Key_Return, mods=CTRL)
    desk.window.undo()
    desk.settle()
    assert desk.person(xu)["post"] == "高级工程师"
    assert "高级工程师" in desk.page.drawer.words()


def test_undo_while_the_form_is_open_is_seen_in_it_and_is_no_conflict(desk: Desk, xu: int) -> None:
    form = edit(desk, "徐丽华")
    retype(desk, "post", "总工程师")
    leave(desk)
    desk.window.undo()
    desk.settle()
    assert line(desk, "post") == "高级工程师"
    retype(desk, "staff_no", "0017")
    leave(desk)
    assert form._conflict.isHidden()
    assert desk.person(xu)["staff_no"] == "0017"


def test_ctrl_n_twice_keeps_what_was_typed(desk: Desk, xu: int) -> None:
    desk.open()
    desk.page.new_item()
    desk.type(form_of(desk).editors["name"].widget, "何玲玲")
    desk.press(KEY.Key_N, desk.window, CTRL)
    assert line(desk, "name") == "何玲玲"


def test_a_new_person_is_added_with_ctrl_enter_and_stands_in_the_list(desk: Desk, xu: int) -> None:
    desk.open()
    desk.page.new_item()
    desk.settle()
    assert desk.window.focusWidget() is form_of(desk).editors["name"].widget
    desk.type(form_of(desk).editors["name"].widget, "梁玉洁")
    retype(desk, "id_number", id_number("1995-02-03", 304))
    leave(desk)
    assert line(desk, "birth_date") == "1995-02-03"
    desk.press(KEY.Key_Return, mods=CTRL)
    assert "梁玉洁" in desk.shown()
    assert desk.toast() == "新增成员梁玉洁"
    assert "梁玉洁" in desk.page.drawer.words()
    desk.window.undo()
    desk.settle()
    assert "梁玉洁" not in desk.names()


def test_somebody_alike_is_named_while_typing(desk: Desk, xu: int) -> None:
    desk.open()
    desk.page.new_item()
    form = form_of(desk)
    desk.type(form.editors["name"].widget, "徐丽华")
    form.editors["name"].edited.emit()
    desk.qtbot.waitUntil(form.message.isVisible)
    assert form.message.text() == "名册里已有徐丽华（监测中心，1986年3月12日，同名）。"
    desk.click("members.form.alike.act")
    assert desk.page.person.form() is None
    assert desk.page.drawer.person().draft.id == xu


def test_an_unfinished_new_person_is_there_again_the_next_time(desk: Desk, xu: int) -> None:
    desk.open()
    desk.page.new_item()
    desk.type(form_of(desk).editors["name"].widget, "何玲玲")
    desk.press(KEY.Key_Escape)
    assert desk.page.person.form() is None
    assert "何玲玲" not in desk.names()
    desk.page.new_item()
    assert line(desk, "name") == "何玲玲"


def test_a_new_person_without_a_name_is_not_added(desk: Desk, xu: int) -> None:
    desk.open()
    desk.page.new_item()
    desk.press(KEY.Key_Return, mods=CTRL)
    assert form_of(desk).problems() == {"name": "请填写姓名"}
    assert desk.names() == {"徐丽华", "林晓梅"}


def test_a_new_person_begins_in_the_unit_that_is_looked_at(desk: Desk, xu: int) -> None:
    unit = desk.person(xu)["unit_id"]
    desk.open()
    desk.choose_unit(unit)
    desk.page.new_item()
    assert form_of(desk).editors["unit_id"].reading().value == unit


def test_going_to_another_row_saves_the_form_first(desk: Desk, xu: int) -> None:
    desk.open()
    desk.page.list.table.go_to(xu)
    desk.settle()
    desk.page.list.table.setFocus()
    desk.press(KEY.Key_F2)
    retype(desk, "post", "总工程师")
    desk.page.list.table.setFocus()
    desk.page.list.table.step(-1)
    desk.settle()
    assert desk.person(xu)["post"] == "总工程师"
    assert desk.page.person.form() is None
    assert "林晓梅" in desk.page.drawer.words()
