"""Is one person found in two seconds, and nobody by mistake?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.members_support import KEY, Desk, id_number


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two sections with five women, one of whom has retired."""
    head = desk.add_unit("机关本级")
    first, second = desk.add_unit("办公室", head), desk.add_unit("监测中心", head)
    desk.add(
        "徐丽华", second, post="高级工程师", mobile="13800005521",
        id_number=id_number("1986-03-12", 22),
    )  # fmt: skip
    desk.add("林晓梅", first, post="副主任", birth_date="1979-01")
    desk.add("单玲玲", first, post="文书", birth_date="1990-05-02", mobile="13900001234")
    desk.add("李静怡", second, post="科员", birth_date="1993-11")
    desk.add("退有福", first, employment_status="退休")
    desk.open()
    return desk


def hits(desk: Desk, row: int) -> list[int]:
    model = desk.page.list.model
    return [start for start, _ in model.cell(row, model.columns[0]).hits]


def test_the_list_opens_in_chinese_order_with_those_on_staff(office: Desk) -> None:
    assert office.shown() == ["李静怡", "林晓梅", "单玲玲", "徐丽华"]
    assert office.page.list.text() == "共 4 人"


def test_the_focus_begins_in_the_search_box(office: Desk) -> None:
    assert office.window.focusWidget() is office.page.filters.search


def test_numbers_are_masked_on_arrival(office: Desk) -> None:
    office.find("徐丽华")
    assert office.cell(0, "id_number") == "4200****" + id_number("1986-03-12", 22)[-4:]
    assert office.cell(0, "mobile") == "138****5521"
    assert "13800005521" not in office.page.drawer.words()


@pytest.mark.parametrize(
    ("typed", "found", "marked"),
    [
        ("丽", "徐丽华", [1]),
        ("lihua", "徐丽华", [1, 2]),
        ("xlh", "徐丽华", [0, 1, 2]),
        ("shan", "单玲玲", [0]),
        ("lx", "林晓梅", [0, 1]),
    ],
)
def test_typing_finds_by_name_sound_and_initials_and_marks_the_hits(
    office: Desk, typed: str, found: str, marked: list[int]
) -> None:
    office.find(typed)
    assert office.shown() == [found]
    assert hits(office, 0) == marked


def test_the_end_of_a_number_finds_its_owner_and_marks_what_is_shown_of_it(office: Desk) -> None:
    office.find("1234")
    assert office.shown() == ["单玲玲"]
    model = office.page.list.model
    column = next(c for c in model.columns if c.key == "mobile")
    assert model.cell(0, column).hits == ((7, 4),)


def test_a_unit_can_be_typed_too(office: Desk) -> None:
    office.find("监测")
    assert office.shown() == ["李静怡", "徐丽华"]


def test_nothing_is_searched_while_the_input_method_composes(office: Desk) -> None:
    box = office.page.filters.search
    box.setFocus()
    QApplication.sendEvent(box, QInputMethodEvent("li'", []))
    box.search_now()
    office.settle()
    assert len(office.shown()) == 4
    done = QInputMethodEvent("", [])
    done.setCommitString("丽")
    QApplication.sendEvent(box, done)
    box.search_now()
    office.settle()
    assert office.shown() == ["徐丽华"]


def test_the_newest_question_wins(office: Desk) -> None:
    page = office.page
    for typed in ("x", "xl", "单"):
        page.filters.search.setText(typed)
        page.filters.search.search_now()
    office.settle()
    assert office.shown() == ["单玲玲"]


def test_the_person_found_stands_in_the_drawer_at_once(office: Desk) -> None:
    office.find("xlh")
    assert "徐丽华" in office.page.drawer.words()
    assert "机关本级·监测中心·高级工程师" in office.page.drawer.words()


def test_nobody_found_offers_to_clear_and_to_add_a_chinese_name(office: Desk) -> None:
    office.find("赵敏")
    nobody = office.page.list.nobody()
    assert nobody is not None
    assert nobody.title() == "没有找到“赵敏”"
    office.click("members.nobody.add")
    form = office.page.person.form()
    assert form is not None
    assert form.editors["name"].reading().value == "赵敏"


def test_a_sound_nobody_has_is_not_offered_as_a_name(office: Desk) -> None:
    office.find("zzq")
    nobody = office.page.list.nobody()
    assert nobody is not None
    assert nobody.findChild(object, "members.nobody.add") is None
    office.click("members.nobody.clear")
    assert len(office.shown()) == 4


def test_somebody_who_retired_is_found_one_press_away(office: Desk) -> None:
    office.find("有福")
    assert office.shown() == []
    office.click("members.nobody.everywhere")
    assert office.shown() == ["退有福"]
    assert office.page.filters.chips() == ("含退休和调出",)


def test_conditions_combine_and_backspace_takes_the_last_off(office: Desk) -> None:
    page = office.page
    page.filters._own_ages((30, 40))
    office.settle()
    page.filters._want_to_check()
    office.settle()
    assert page.filters.chips() == ("30～40 岁", "待核实")
    assert office.shown() == []
    page.filters.search.setFocus()
    office.press(KEY.Key_Backspace)
    assert office.shown() == ["李静怡", "单玲玲", "徐丽华"]
    office.press(KEY.Key_Backspace)
    assert page.filters.chips() == ()


def test_a_chip_is_taken_off_by_key(office: Desk) -> None:
    page = office.page
    page.filters._own_ages((None, 34))
    office.settle()
    assert office.shown() == ["李静怡"]
    office.press(KEY.Key_Delete, page.filters._shown[0])
    assert len(office.shown()) == 4


def test_typing_in_the_table_begins_a_search(office: Desk) -> None:
    table = office.page.list.table
    table.setFocus()
    office.press(KEY.Key_L, table)
    office.page.filters.search.search_now()
    office.settle()
    assert office.window.focusWidget() is office.page.filters.search
    assert office.page.filters.search.text() == "l"


def test_arrow_down_leads_from_the_search_into_the_rows_and_up_again(office: Desk) -> None:
    office.find("l")
    office.press(KEY.Key_Down, office.page.filters.search)
    assert office.window.focusWidget() is office.page.list.table
    office.press(KEY.Key_Up)
    assert office.window.focusWidget() is office.page.filters.search


def test_a_click_on_a_title_sorts_and_the_next_turns_it(office: Desk) -> None:
    header = office.page.list.table.header
    section = next(
        n for n in range(8) if (c := office.page.list.model.column_at(n)) and c.key == "age"
    )
    header.press(section)
    office.settle()
    assert office.shown() == ["李静怡", "单玲玲", "徐丽华", "林晓梅"]
    header.press(section)
    office.settle()
    assert office.shown() == ["林晓梅", "徐丽华", "单玲玲", "李静怡"]


def test_posts_are_sorted_by_their_sound(office: Desk) -> None:
    office.page.list._sort("post", False)
    office.settle()
    posts = [row.post for row in office.page.list.rows()]
    assert posts == ["副主任", "高级工程师", "科员", "文书"]


def test_grouping_puts_the_people_of_a_unit_under_its_name(office: Desk) -> None:
    office.page.list._group(True)
    office.settle()
    model = office.page.list.model
    titles = [model.row(n).title for n in range(model.rowCount()) if model.is_group(n)]
    assert titles == ["办公室", "监测中心"]
    assert office.shown() == ["林晓梅", "单玲玲", "李静怡", "徐丽华"]


def test_rows_are_copied_with_tabs_and_stay_masked(office: Desk) -> None:
    office.find("徐丽华")
    office.page.list.table.setFocus()
    office.press(KEY.Key_C, mods=Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("徐丽华\t监测中心\t高级工程师\t40\t4200****")
    assert "138****5521" in copied


def test_numbers_can_be_shown_until_the_page_is_left(office: Desk) -> None:
    office.find("徐丽华")
    office.press(
        KEY.Key_H, office.page,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )  # fmt: skip
    assert office.cell(0, "mobile") == "13800005521"
    office.page.hide()
    assert office.cell(0, "mobile") == "138****5521"


def test_the_status_bar_counts_all_matching_and_ticked(office: Desk) -> None:
    office.find("l")
    office.page.list.table.setFocus()
    office.press(KEY.Key_Space)
    matching = len(office.shown())
    assert office.window.bar.counts() == f"共 4 人·匹配 {matching} 人·已选 1 人"
