"""Can she add fields of her own, with the keyboard alone, and use them at once?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.types import PartialDate
from desktop.exchange.importing import rehearse
from desktop.services import members, own_fields
from desktop.services.own_fields import Wanted
from desktop.services.records import Draft
from desktop.ui.dialogs.own_field import OwnFieldDialog
from desktop.ui.dialogs.own_fields import OwnFieldsDialog
from desktop.ui.models import import_choices, import_columns, import_rows
from desktop.ui.models.rows import Cell
from desktop.ui.pages.members_own_filter import OwnFilterPopup
from desktop.ui.pages.settings_own_fields import OwnFieldsWork
from desktop.ui.widgets.buttons import Pressable
from tests.exchange.incoming import save_xlsx
from tests.ui.members_support import KEY, TODAY, Desk
from tests.ui.safety import desk as settings_desk
from tests.ui.safety import press as press_button

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def lists(desk: Desk) -> OwnFieldsDialog:
    """The dialog over the members page, with one person on the roster."""
    desk.add("徐丽华")
    desk.open()
    OwnFieldsWork(desk.jobs, desk.page).open()
    desk.settle()
    found: OwnFieldsDialog = visible(desk, OwnFieldsDialog)
    return found


def visible(desk: Desk, kind: type[Any]) -> Any:
    (found,) = [one for one in desk.window.findChildren(kind) if one.isVisible()]
    return found


def add_field(desk: Desk, label: str, kind: str = "text", **more: Any) -> str:
    number = desk.write("新增字段", lambda s: own_fields.add(s, Wanted(label, kind, **more)))
    desk.settle()
    return f"own.{number}"


def put(desk: Desk, member_id: int, values: dict[str, Any]) -> None:
    def save(session: Any) -> None:
        version = members.details(session, member_id).version
        members.save(session, Draft(member_id, version, values))

    desk.write("修改", save)


def fill_in(desk: Desk, label: str, kind: str = "") -> OwnFieldDialog:
    """Types the name of a new field, and goes to its kind by the keyboard."""
    asking: OwnFieldDialog = visible(desk, OwnFieldDialog)
    desk.type(asking.label, label)
    while kind and asking.kind.value() != kind:
        desk.press(KEY.Key_Down, asking.kind)
    return asking


def test_a_field_added_with_the_keyboard_is_there_at_once(
    desk: Desk, lists: OwnFieldsDialog
) -> None:
    desk.press(KEY.Key_Return, lists)
    asking = fill_in(desk, "鞋码", "number")
    desk.press(KEY.Key_Return, asking.label)
    assert lists.labels() == ["鞋码"]
    assert lists.said.text() == "已新增字段“鞋码”。"
    lists.reject()
    desk.page._choose_columns()
    titles = [item.text() for item in desk.dialog()._items()]
    assert titles[-1] == "鞋码"


def test_what_is_wrong_with_a_field_stands_under_it(desk: Desk, lists: OwnFieldsDialog) -> None:
    desk.press(KEY.Key_Return, lists)
    asking = fill_in(desk, "手机号", "choice")
    desk.press(KEY.Key_Return, asking.label)
    assert asking.isVisible()
    assert asking.problems() == (
        "名册里已经有“手机”，“手机号”也读作它",
        "请写出至少两个选项，一行一个",
    )
    asking.label.selectAll()
    desk.type(asking.label, "餐别")
    desk.type(asking.choices, "清真\n")
    desk.type(asking.choices, "普通")
    desk.click("own_field.save")
    assert lists.labels() == ["餐别"]


def test_numbers_of_persons_are_masked_whatever_she_ticks(
    desk: Desk, lists: OwnFieldsDialog
) -> None:
    desk.press(KEY.Key_Return, lists)
    asking = fill_in(desk, "家里电话", "phone")
    assert asking.private.isChecked()
    assert not asking.private.isEnabled()


def test_fields_are_moved_renamed_and_taken_away_with_the_keyboard(
    desk: Desk, lists: OwnFieldsDialog
) -> None:
    for label in ("饭卡号", "鞋码"):
        desk.press(KEY.Key_Return, lists)
        asking = fill_in(desk, label)
        desk.press(KEY.Key_Return, asking.label)
    lists.fields.go_to_first()
    desk.press(KEY.Key_Down, lists.fields, ALT)
    assert lists.labels() == ["鞋码", "饭卡号"]
    desk.press(KEY.Key_Return, lists.fields)
    asking = visible(desk, OwnFieldDialog)
    assert not asking.kind.isEnabled()
    asking.label.selectAll()
    desk.type(asking.label, "餐卡号")
    desk.press(KEY.Key_Return, asking.label)
    assert lists.labels() == ["鞋码", "餐卡号"]
    desk.press(KEY.Key_Delete, lists.fields)
    assert lists.labels() == ["鞋码"]
    assert lists.said.text() == "已去掉字段“餐卡号”，填过的内容留着，撤销就回来。"
    desk.click("own_fields.said.act")
    assert lists.labels() == ["鞋码", "餐卡号"]


def test_a_column_of_a_roster_becomes_a_field(desk: Desk) -> None:
    first = desk.write(
        "准备",
        lambda s: members.save(s, Draft(None, 0, {"name": "徐丽华", "extra": {"办卡": "2024.5"}})),
    )
    desk.write(
        "准备",
        lambda s: members.save(s, Draft(None, 0, {"name": "林晓梅", "extra": {"办卡": "待定"}})),
    )
    desk.open()
    OwnFieldsWork(desk.jobs, desk.page).open()
    desk.settle()
    lists: OwnFieldsDialog = visible(desk, OwnFieldsDialog)
    assert lists.headings() == ["办卡"]
    desk.press(KEY.Key_Return, lists.columns)
    asking: OwnFieldDialog = visible(desk, OwnFieldDialog)
    assert asking.label.text() == "办卡"
    while asking.kind.value() != "date":
        desk.press(KEY.Key_Down, asking.kind)
    assert asking.note() == "2 人有内容，1 人的能放进去；其余 1 人留在原来的列里。"
    desk.press(KEY.Key_Return, asking)
    assert lists.said.text() == (
        "已把“办卡”变成字段，1 人的内容放进去了，1 人的放不进去，留在原来的列里。"
    )
    assert desk.person(first)["own.1"] == PartialDate(2024, 5)
    desk.click("own_fields.said.act")
    assert lists.headings() == ["办卡"]
    assert desk.person(first)["extra"] == {"办卡": "2024.5"}


def test_the_settings_page_opens_the_fields(tmp_path: Path, qtbot: QtBot) -> None:
    with settings_desk(tmp_path, qtbot) as opened:
        press_button(opened.window, "settings.own_fields")
        qtbot.waitUntil(lambda: not opened.jobs.under_way())
        (dialog,) = opened.window.findChildren(OwnFieldsDialog)
        assert dialog.isVisible()
        dialog.reject()


def test_a_column_of_her_own_can_be_chosen_and_sorted(desk: Desk) -> None:
    size = add_field(desk, "鞋码", "number")
    for name, number in (("徐丽华", 100), ("林晓梅", 36.5)):
        put(desk, desk.add(name), {size: number})
    page = desk.open()
    page.list.choose_columns(("name", size))
    page._read_list()
    desk.settle()
    assert [desk.cell(row, size) for row in (0, 1)] == ["36.5", "100"]
    page.list._sort(size, True)
    desk.settle()
    assert desk.shown() == ["徐丽华", "林晓梅"]


def test_private_fields_are_masked_in_list_and_drawer_until_asked(desk: Desk) -> None:
    bank = add_field(desk, "工资卡", is_private=True)
    person = desk.add("徐丽华", mobile="13800005521")
    put(desk, person, {bank: "62220001"})
    page = desk.open()
    page.list.choose_columns(("name", bank))
    page._read_list()
    desk.settle()
    assert desk.cell(0, bank) == "****"
    page.person.open(person)
    desk.settle()
    assert "62220001" not in page.drawer.words()
    desk.click("members.drawer.eye")
    assert "62220001" in page.drawer.words()


def test_the_eye_is_there_for_a_masked_field_alone(desk: Desk) -> None:
    bank = add_field(desk, "工资卡", is_private=True)
    person = desk.add("徐丽华")
    put(desk, person, {bank: "62220001"})
    page = desk.open()
    page.person.open(person)
    desk.settle()
    desk.click("members.drawer.eye")
    assert "62220001" in page.drawer.words()


def test_an_own_field_is_edited_in_the_form_and_told_in_the_history(desk: Desk) -> None:
    meal = add_field(desk, "餐别", "choice", choices=("普通", "清真"))
    size = add_field(desk, "鞋码", "number")
    person = desk.add("徐丽华")
    page = desk.open()
    page.person.edit(person)
    desk.settle()
    form = page.person.form()
    assert form is not None
    editor = form.editors[size].widget
    desk.type(editor, "36.5")
    desk.press(KEY.Key_Tab, editor)
    form.editors[meal].set_value("清真")
    form.finish()
    desk.settle()
    values = desk.person(person)
    assert (values[size], values[meal]) == (36.5, "清真")
    assert "鞋码：空 → 36.5" in page.drawer.words()
    assert "自定义" in page.drawer.words()


def test_a_number_that_is_none_is_said_under_the_field(desk: Desk) -> None:
    size = add_field(desk, "鞋码", "number")
    page = desk.open()
    desk.add("徐丽华")
    page.new_item()
    desk.settle()
    form = page.person.form()
    assert form is not None
    desk.type(form.editors["name"].widget, "林晓梅")
    desk.type(form.editors[size].widget, "中码")
    form.finish()
    desk.settle()
    assert form.problems() == {size: "这里要填数字"}


def test_a_field_added_elsewhere_appears_in_the_open_form(desk: Desk) -> None:
    person = desk.add("徐丽华")
    page = desk.open()
    page.person.edit(person)
    desk.settle()
    form = page.person.form()
    assert form is not None
    desk.jobs.write(desk.window, lambda s: own_fields.add(s, Wanted("鞋码", "number")), what="新增")
    desk.settle()
    assert form.editors["own.1"].widget.isVisible()
    desk.jobs.write(desk.window, lambda s: own_fields.remove(s, 1), what="去掉")
    desk.settle()
    assert "own.1" not in form.editors


def condition(desk: Desk, words: str) -> None:
    """Chooses an entry of the menu of conditions."""
    desk.click("members.add_condition")
    menu = desk.page.filters._menu
    assert menu is not None
    (action,) = [one for one in menu.actions() if one.text() == words]
    action.trigger()
    menu.close()
    desk.settle()


def test_the_list_is_narrowed_by_a_range_typed_in(desk: Desk) -> None:
    size = add_field(desk, "鞋码", "number")
    for name, number in (("徐丽华", 36), ("林晓梅", 38), ("李静怡", 40)):
        put(desk, desk.add(name), {size: number})
    desk.add("单玲玲")
    desk.open()
    condition(desk, "鞋码…")
    popup: OwnFilterPopup = visible(desk, OwnFilterPopup)
    desk.type(popup.low, "38")
    desk.type(popup.high, "x")
    desk.press(KEY.Key_Return, popup.high)
    assert popup.problem.text() == "这里要填数字"
    popup.high.clear()
    desk.press(KEY.Key_Return, popup.high)
    assert desk.shown() == ["李静怡", "林晓梅"]
    assert desk.page.filters.chips() == ("鞋码 38 起",)
    desk.press(KEY.Key_Delete, desk.page.filters._shown[0])
    assert len(desk.shown()) == 4


def test_the_list_is_narrowed_by_a_choice_and_by_nothing_filled_in(desk: Desk) -> None:
    meal = add_field(desk, "餐别", "choice", choices=("普通", "清真"))
    card = add_field(desk, "饭卡号")
    put(desk, desk.add("徐丽华"), {meal: "清真", card: "A12"})
    put(desk, desk.add("林晓梅"), {meal: "普通"})
    page = desk.open()
    desk.click("members.add_condition")
    below = next(one for one in page.filters.findChildren(QWidget, "") if _title(one) == "餐别")
    (action,) = [one for one in below.actions() if one.text() == "餐别：清真"]
    action.trigger()
    desk.settle()
    assert desk.shown() == ["徐丽华"]
    page._clear()
    desk.settle()
    condition(desk, "饭卡号…")
    desk.click("members.own_filter.empty")
    assert desk.shown() == ["林晓梅"]
    assert page.filters.chips() == ("没填饭卡号",)


def _title(widget: QWidget) -> str:
    return str(widget.property("title") or "")


def test_a_condition_goes_with_its_field(desk: Desk) -> None:
    card = add_field(desk, "饭卡号")
    put(desk, desk.add("徐丽华"), {card: "A12"})
    desk.add("林晓梅")
    page = desk.open()
    condition(desk, "饭卡号…")
    desk.click("members.own_filter.filled")
    assert desk.shown() == ["徐丽华"]
    desk.jobs.write(desk.window, lambda s: own_fields.remove(s, 1), what="去掉")
    desk.settle()
    assert page.filters.chips() == ()
    assert len(desk.shown()) == 2


def test_what_is_typed_is_marked_in_the_column_it_was_found_in(desk: Desk) -> None:
    card = add_field(desk, "饭卡号")
    put(desk, desk.add("徐丽华"), {card: "A12"})
    desk.add("林晓梅")
    page = desk.open()
    page.list.choose_columns(("name", card))
    page._read_list()
    desk.find("a1")
    assert desk.shown() == ["徐丽华"]
    column = next(c for c in page.list.model.columns if c.key == card)
    assert page.list.model.cell(0, column).hits == ((0, 2),)


def test_an_import_shows_own_columns_with_their_troubles(desk: Desk, tmp_path: Path) -> None:
    size = add_field(desk, "鞋码", "number")
    put(desk, desk.add("林晓梅", staff_no="2"), {size: 36})
    rows = [("姓名", "工号", "鞋码"), ("徐丽华", "1", "中码"), ("林晓梅", "2", "37")]
    file = save_xlsx(tmp_path / "a.xlsx", rows)
    preview = rehearse([file], desk.read(members.snapshot), today=TODAY)
    seen = import_rows.look(preview)
    column = next(c for c in import_rows.table_columns(seen) if c.title == "鞋码")
    wrong, changed = preview.rows
    assert column.show(wrong) == Cell("中码", "danger", words="不是数字", tinted=True)
    assert column.show(changed) == Cell("37", "info", old="36", tinted=True)
    assert [field.label for field in import_choices.correctable(seen, wrong)] == ["鞋码"]
    assert import_choices.choices(seen, wrong)[0].words == "先入库，鞋码留空，标为待核实"
    _, offered = import_columns.taken_for(preview, "C")
    assert offered[-1] == (size, "鞋码")
    assert import_columns.offers(preview)[0].columns[2].field == size


def test_every_button_of_the_lists_is_reached_by_tab(desk: Desk, lists: OwnFieldsDialog) -> None:
    add_field(desk, "饭卡号")
    lists.show_fields(desk.read(own_fields.listed), ())
    lists.fields.setFocus()
    seen = set()
    for _ in range(12):
        focused = lists.focusWidget()
        seen.add(focused.objectName())
        lists.focusNextPrevChild(True)
    wanted = {
        one.objectName()
        for one in lists.findChildren(Pressable)
        if one.isVisible() and one.isEnabled()
    }
    assert wanted <= seen
