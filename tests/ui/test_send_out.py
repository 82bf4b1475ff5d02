"""People going out from the members page: which ones, as what, with which numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import access
from desktop.settings import SEND_OUT
from desktop.ui.dialogs.send_out_dialog import SendOutDialog
from tests.ui.members_support import KEY
from tests.ui.reports_support import Reporting

ID = "420000198506120021"


@pytest.fixture
def desk(qapp: object, tmp_path: Path, qtbot: QtBot) -> Iterator[Reporting]:
    made = Reporting(tmp_path, qtbot)
    office = made.add_unit("办公室")
    made.add("王芳", office, id_number=ID, mobile="13800005521", post="主任")
    made.add("李敏", office, mobile="13800005522")
    made.add("赵丽", made.add_unit("东湖分局"), employment_status="退休")
    made.open()
    yield made
    made.close()


def ask(desk: Reporting) -> SendOutDialog:
    """Press the button by key and give the dialog that comes."""
    button = desk.page.list.export
    button.setFocus()
    desk.press(KEY.Key_Space, button)
    dialog = desk.dialog()
    assert isinstance(dialog, SendOutDialog)
    return dialog


def choose(desk: Reporting, dialog: SendOutDialog, form: str) -> None:
    """Go down the list of forms by the arrows."""
    while dialog.form.value() != form:
        before = dialog.form.value()
        desk.press(KEY.Key_Down, dialog.form.button(before))
        assert dialog.form.value() != before


def save(desk: Reporting, dialog: SendOutDialog, target: Path) -> None:
    desk.targets = [str(target)]
    desk.press(KEY.Key_Return, dialog)


def texts(path: Path) -> set[str]:
    return {str(c) for row in load_workbook(path).worksheets[0].values for c in row if c}


def words_on(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return "".join(text.split())


def test_the_list_that_is_shown_goes_out_masked(desk: Reporting) -> None:
    dialog = ask(desk)
    assert [b.text() for b in dialog.whom.findChildren(type(dialog.whom.button("shown")))] == [
        "列表里的 2 人", "整个名册，含退休和调出的人",
    ]  # fmt: skip
    save(desk, dialog, desk.folder / "名册.xlsx")
    assert {"王芳", "李敏", "4200****0021", "138****5521"} <= texts(desk.folder / "名册.xlsx")
    assert not {ID, "13800005521", "赵丽"} & texts(desk.folder / "名册.xlsx")
    assert desk.read(access.log) == ()
    assert desk.told_quietly == ["已导出 2 人到《名册.xlsx》"]


def test_the_whole_roster_holds_those_who_left_too(desk: Reporting) -> None:
    dialog = ask(desk)
    dialog.whom.button("shown").setFocus()
    desk.press(KEY.Key_Down, dialog.whom.button("shown"))
    save(desk, dialog, desk.folder / "名册.xlsx")
    assert {"王芳", "李敏", "赵丽"} <= texts(desk.folder / "名册.xlsx")


def test_ticked_people_come_first_among_the_choices(desk: Reporting) -> None:
    table = desk.page.list.table
    table.setFocus()
    desk.press(KEY.Key_Space, table)
    dialog = ask(desk)
    assert dialog.whom.value() == "ticked"
    save(desk, dialog, desk.folder / "名册.xlsx")
    assert "李敏" in texts(desk.folder / "名册.xlsx")
    assert "王芳" not in texts(desk.folder / "名册.xlsx")


def test_full_numbers_need_a_tick_and_are_noted_before_they_go(desk: Reporting) -> None:
    dialog = ask(desk)
    assert "不打勾" in dialog.hint()
    dialog.numbers.setFocus()
    desk.press(KEY.Key_Space, dialog.numbers)
    assert "会记下一笔" in dialog.hint()
    save(desk, dialog, desk.folder / "名册.xlsx")
    assert {ID, "13800005521"} <= texts(desk.folder / "名册.xlsx")
    assert [(one.what, one.count) for one in desk.read(access.log)] == [("export_full", 2)]


def test_the_tick_is_never_remembered_but_the_form_is(desk: Reporting) -> None:
    dialog = ask(desk)
    choose(desk, dialog, "pdf")
    dialog.numbers.setChecked(True)
    save(desk, dialog, desk.folder / "名单.pdf")
    again = ask(desk)
    assert again.form.value() == "pdf"
    assert again.numbers.value() == "masked"
    desk.press(KEY.Key_Escape, again)


def test_csv_is_written_without_formulas_and_says_how_to_open_it(desk: Reporting) -> None:
    desk.add("陈静", post="=1+1")
    desk.page.reload()
    desk.settle()
    dialog = ask(desk)
    choose(desk, dialog, "csv")
    save(desk, dialog, desk.folder / "名册.csv")
    text = (desk.folder / "名册.csv").read_text(encoding="utf-8-sig")
    assert "王芳" in text
    assert "'=1+1" in text
    assert desk.suggested == ["女职工花名册20260414.csv"]
    assert "长号码会变样" in desk.told_quietly[0]


def test_a_list_is_drawn_for_printing(desk: Reporting) -> None:
    dialog = ask(desk)
    choose(desk, dialog, "pdf")
    save(desk, dialog, desk.folder / "名单.pdf")
    said = words_on(desk.folder / "名单.pdf")
    assert "王芳" in said
    assert "4200****0021" in said
    assert ID not in said


@pytest.mark.parametrize(
    ("form", "name", "said"),
    [("cards", "姓名卡", "王芳"), ("plates", "桌签", "李敏")],
)
def test_cards_and_plates_hold_no_numbers(desk: Reporting, form: str, name: str, said: str) -> None:
    dialog = ask(desk)
    dialog.numbers.setChecked(True)
    choose(desk, dialog, form)
    assert not dialog.numbers.isEnabled()
    assert dialog.hint() == "上面只有姓名、单位和职务，没有号码。"
    target = desk.folder / "卡.pdf"
    save(desk, dialog, target)
    assert desk.suggested == [f"{name}20260414.pdf"]
    assert said in words_on(target)
    assert desk.told_quietly == [f"已导出 2 人的{name}到《卡.pdf》"]
    assert desk.read(access.log) == ()


def test_a_person_whose_card_cannot_be_printed_is_named(desk: Reporting) -> None:
    desk.add("王\ue000")
    desk.page.reload()
    desk.settle()
    dialog = ask(desk)
    choose(desk, dialog, "cards")
    save(desk, dialog, desk.folder / "卡.pdf")
    assert "已导出 2 人的姓名卡" in desk.told_quietly[0]
    assert "有 1 处要看" in desk.told_quietly[0]
    assert "画不出来" in desk.told_quietly[0]


def test_the_form_another_office_demands_is_among_the_choices(desk: Reporting) -> None:
    dialog = ask(desk)
    choose(desk, dialog, "profile")
    titles = [dialog.profile.itemText(n) for n in range(dialog.profile.count())]
    assert titles == ["上级妇联汇总", "通用", "人社导入样式"]
    dialog.profile.setFocus()
    desk.press(KEY.Key_End, dialog.profile)
    assert dialog.hint() == "这个样式要求完整号码，不打勾时写的是遮挡过的。"
    desk.press(KEY.Key_Home, dialog.profile)
    save(desk, dialog, desk.folder / "汇总.xlsx")
    assert desk.suggested == ["上级妇联汇总20260414.xlsx"]
    assert "填报单位（盖章）：云泽市生态环境局妇委会" in texts(desk.folder / "汇总.xlsx")
    assert ask(desk).chosen_profile() == "federation"
    desk.press(KEY.Key_Escape, desk.dialog())


def test_forms_of_her_own_stand_with_the_shipped_and_broken_ones_do_not(desk: Reporting) -> None:
    own = desk.folder / "profiles"
    own.mkdir()
    (own / "mine.toml").write_text(
        'title = "街道要的表"\n[[columns]]\nheading = "名字"\nfield = "name"\n', encoding="utf-8"
    )
    (own / "broken.toml").write_text("title = ", encoding="utf-8")
    dialog = ask(desk)
    titles = [dialog.profile.itemText(n) for n in range(dialog.profile.count())]
    assert titles[-1] == "街道要的表"
    assert len(titles) == 4
    choose(desk, dialog, "profile")
    dialog.profile.setFocus()
    desk.press(KEY.Key_End, dialog.profile)
    save(desk, dialog, desk.folder / "街道.xlsx")
    assert {"名字", "王芳", "李敏"} <= texts(desk.folder / "街道.xlsx")


def test_a_form_that_is_gone_is_not_begun_with(desk: Reporting) -> None:
    desk.settings.set(SEND_OUT, {"form": "profile", "profile": "没有了"})
    dialog = ask(desk)
    assert dialog.form.value() == "profile"
    assert dialog.chosen_profile() == "federation"
    desk.press(KEY.Key_Escape, dialog)


def test_only_what_stands_on_paper_can_be_printed(desk: Reporting) -> None:
    dialog = ask(desk)
    assert not dialog.buttons["print"].isEnabled()
    assert "才能直接打印" in dialog.buttons["print"].toolTip()
    choose(desk, dialog, "cards")
    assert dialog.buttons["print"].isEnabled()
    dialog.buttons["print"].setFocus()
    desk.press(KEY.Key_Return, dialog)
    assert desk.told_quietly == ["“姓名卡”已送到打印机，1 页"]
    assert len(pypdfium2.PdfDocument(desk.paper)) == 1


def test_a_printed_list_with_full_numbers_is_noted(desk: Reporting) -> None:
    dialog = ask(desk)
    choose(desk, dialog, "pdf")
    dialog.numbers.setChecked(True)
    dialog.buttons["print"].setFocus()
    desk.press(KEY.Key_Return, dialog)
    assert [(one.what, one.count) for one in desk.read(access.log)] == [("export_full", 2)]
    assert desk.paper.exists()


def test_a_printing_that_did_not_happen_is_not_noted(desk: Reporting) -> None:
    desk.printers = False
    dialog = ask(desk)
    choose(desk, dialog, "pdf")
    dialog.numbers.setChecked(True)
    dialog.buttons["print"].setFocus()
    desk.press(KEY.Key_Return, dialog)
    assert desk.read(access.log) == ()
    assert "没有可用的打印机" in desk.told[0]


def test_a_file_that_cannot_be_written_is_told(desk: Reporting) -> None:
    (desk.folder / "占着.xlsx").mkdir()
    dialog = ask(desk)
    save(desk, dialog, desk.folder / "占着.xlsx")
    assert len(desk.told) == 1
    assert desk.told_quietly == []


def test_esc_leaves_everything_as_it_was(desk: Reporting) -> None:
    dialog = ask(desk)
    choose(desk, dialog, "cards")
    desk.press(KEY.Key_Escape, dialog)
    assert desk.settings.get(SEND_OUT) == {}
    assert desk.suggested == []


def test_the_people_behind_a_figure_go_out_alone(desk: Reporting) -> None:
    desk.show_reports()
    page = desk.reports
    desk.press(KEY.Key_Return, page.list)
    desk.press(KEY.Key_Right, page.grid)
    desk.press(KEY.Key_Return, page.grid)
    people: Any = desk.dialog()
    people.buttons["send"].setFocus()
    desk.press(KEY.Key_Return, people)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SendOutDialog))
    dialog = desk.dialog()
    assert dialog.whom.button("these").text() == "这 2 人"
    save(desk, dialog, desk.folder / "这些人.xlsx")
    assert {"王芳", "李敏"} <= texts(desk.folder / "这些人.xlsx")


def test_the_dialog_can_be_gone_through_by_tab(desk: Reporting) -> None:
    dialog = ask(desk)
    passed = set()
    for _ in range(12):
        focused = dialog.focusWidget()
        assert focused is not None
        passed.add(focused.objectName())
        desk.press(KEY.Key_Tab, focused)
    names = {f"members.export_dialog.{part}" for part in ("numbers", "export", "cancel")}
    assert names <= passed
    desk.press(KEY.Key_Escape, dialog)
