"""The page of reports and reminders: asked, walked through, opened, kept and printed by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.services import access, units
from desktop.ui.pages.members_page import MembersPage
from desktop.ui.widgets.buttons import Button, Pressable
from desktop.ui.widgets.feedback import InlineMessage
from tests.ui.members_support import KEY
from tests.ui.reports_support import Reporting

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qapp: object, tmp_path: Path, qtbot: QtBot) -> Iterator[Reporting]:
    made = Reporting(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def office(desk: Reporting) -> Reporting:
    """Two units, four women and a man."""
    first, second = desk.add_unit("办公室"), desk.add_unit("东湖分局")
    desk.write("填总数", lambda s: units_headcount(s, first, 8))
    desk.add("王芳", first, birth_date="1990-04-20", mobile="13800005521", committee_role="主任",
             education_code="大学本科")  # fmt: skip
    desk.add("李敏", first, birth_date="1971-06-01", retirement_age="55", post="科长")
    desk.add("赵丽", second, birth_date="1985-04", work_start_date="2006-04")
    desk.add("孙静", second, birth_date="1976-01-09", retirement_age="50")
    desk.add("周强", second, sex="男", birth_date="1980-05-01")
    return desk


def units_headcount(session: object, unit_id: int, count: int) -> None:
    from db.tables import Unit

    session.get_one(Unit, unit_id).headcount = count  # type: ignore[attr-defined]


def message(desk: Reporting, name: str) -> InlineMessage:
    found = desk.reports.findChild(InlineMessage, name)
    assert isinstance(found, InlineMessage)
    return found


def walk_to(desk: Reporting, row: str, heading: str) -> None:
    """By the arrows to one figure, from the list of tables."""
    grid = desk.reports.grid
    desk.press(KEY.Key_Return, desk.reports.list)
    assert desk.window.focusWidget() is grid
    cells = grid.cells
    while cells.text(grid.currentIndex().row(), -1) != row:
        desk.press(KEY.Key_Down, grid)
    while cells.heading(grid.currentIndex().column()).text != heading:
        desk.press(KEY.Key_Right, grid)


def test_the_table_stands_as_it_will_be_printed(office: Reporting) -> None:
    page = office.show_reports()
    assert page.grid.cells.table.title == "女职工基本情况统计表"
    assert office.row("办公室")[:8] == ["办公室", "8", "2", "25.0%", "1", "0", "1", "0"]
    assert office.row("合计")[2] == "4"
    assert "云泽市生态环境局妇委会" in page._above.text()


def test_there_is_one_filled_button_and_the_list_has_the_focus(office: Reporting) -> None:
    page = office.show_reports()
    filled = [b for b in page.findChildren(Button) if b.property("kind") == "primary"]
    assert [b.objectName() for b in filled if b.isVisible()] == ["reports.print"]
    assert office.window.focusWidget() is page.list


def test_every_table_is_reached_by_the_arrows(office: Reporting) -> None:
    page = office.show_reports()
    titles = []
    for key in ("R1", "R2", "R3", "retiring", "birthdays", "anniversaries", "unknown"):
        office.turn_to(key)
        titles.append(page.grid.cells.table.title)
    assert titles == [
        "女职工基本情况统计表", "妇委会组织情况表", "妇女干部花名册", "退休提醒",
        "2026年4月过生日的人", "2026年4月工作满整10年的人", "退休时间算不出来的人",
    ]  # fmt: skip


def test_ages_follow_the_day_that_is_asked_for(office: Reporting) -> None:
    page = office.show_reports()
    assert office.row("东湖分局")[4:8] == ["0", "1", "1", "0"]
    page.asking.day.setFocus()
    page.asking.day.selectAll()
    office.type(page.asking.day, "2021.3.8")
    office.press(KEY.Key_Return, page.asking.day)
    assert page.grid.cells.table.above[1] == "截至2021年3月8日"
    assert office.row("东湖分局")[4:8] == ["1", "1", "0", "0"]


def test_a_unit_narrows_the_table_by_key(office: Reporting) -> None:
    page = office.show_reports()
    page.asking.unit.setFocus()
    office.press(KEY.Key_Down, page.asking.unit)
    assert page.asking.unit.currentText() == "办公室"
    names = [page.grid.cells.text(row, -1) for row in range(page.grid.cells.rowCount())]
    assert names == ["办公室", "合计"]


def test_a_unit_that_is_gone_gives_way_to_all_of_them(office: Reporting) -> None:
    empty = office.add_unit("老干科")
    page = office.show_reports()
    page.asking.unit.setFocus()
    office.press(KEY.Key_End, page.asking.unit)
    assert page.asking.unit_id() == empty
    office.write("删除单位", lambda s: units.remove(s, empty))
    office.press(KEY.Key_F5)
    assert page.asking.unit_id() is None
    assert office.row("合计")[2] == "4"
    assert "已经不在" in page.message.text()


def test_a_figure_opens_the_list_behind_it(office: Reporting) -> None:
    page = office.show_reports()
    walk_to(office, "办公室", "女职工数")
    office.press(KEY.Key_Return, page.grid)
    dialog = office.dialog()
    assert dialog.windowTitle() == "办公室·女职工数"
    assert dialog.names() == ["李敏", "王芳"]
    office.press(KEY.Key_Down, dialog.table)
    office.press(KEY.Key_Return, dialog.table)
    members = office.window.current_page()
    assert isinstance(members, MembersPage)
    assert "王芳" in members.drawer.words()


def test_a_figure_of_one_goes_straight_to_the_person(office: Reporting) -> None:
    page = office.show_reports()
    walk_to(office, "办公室", "35岁及以下")
    office.press(KEY.Key_Return, page.grid)
    assert office.window.current_key() == "members"
    assert "王芳" in office.page.drawer.words()


def test_a_line_of_a_reminder_opens_the_person(office: Reporting) -> None:
    page = office.show_reports()
    office.turn_to("retiring")
    assert office.column("姓名") == ["孙静", "李敏"]
    assert office.column("到龄月份") == ["2026年8月", "2026年11月"]
    assert office.column("还有") == ["4 个月", "7 个月"]
    office.press(KEY.Key_Return, page.list)
    office.press(KEY.Key_Return, page.grid)
    assert "孙静" in office.page.drawer.words()


def test_esc_leads_from_the_figures_back_to_the_list(office: Reporting) -> None:
    page = office.show_reports()
    office.press(KEY.Key_Return, page.list)
    office.press(KEY.Key_Escape, page.grid)
    assert office.window.focusWidget() is page.list


def test_birthdays_are_those_of_this_month_or_the_next(office: Reporting) -> None:
    page = office.show_reports()
    office.turn_to("birthdays")
    assert office.column("姓名") == ["王芳", "赵丽"]
    assert office.column("生日") == ["4月20日", "只知道月份"]
    following = page.findChild(Pressable, "reports.month.next")
    assert following is not None
    following.setFocus()
    office.press(KEY.Key_Space, following)
    assert page.grid.cells.table.title == "2026年5月过生日的人"
    assert office.column("姓名") == ["周强"]


def test_a_month_without_birthdays_says_so_and_offers_nothing_to_print(desk: Reporting) -> None:
    desk.add("王芳", birth_date="1990-01-01")
    page = desk.show_reports()
    desk.turn_to("birthdays")
    assert page.nobody.isVisible()
    assert page.nobody.title() == "这个月没有人过生日"
    assert not page.grid.isVisible()
    assert page.print.toolTip() == "表里还没有内容"
    assert not page.print.isEnabled()


def test_the_list_says_how_many_wait(office: Reporting) -> None:
    page = office.show_reports()
    model = page.list.rows_model()

    def count(at: int) -> str:
        return model.cell(at, model.columns[1]).text

    counts = {str(model.key(at)): count(at) for at in range(model.rowCount()) if model.key(at)}
    assert counts["retiring"] == "2 人"
    assert counts["birthdays"] == "2 人"
    assert counts["anniversaries"] == "1 人"
    assert counts["unknown"] == "2 人"
    office.add("吴霞", birth_date="1970-04-01")
    page.reload()
    office.settle()
    assert count(model.rowCount() - 1) == "3 人"


def test_a_check_leads_to_the_people_it_is_about(office: Reporting) -> None:
    page = office.show_reports()
    act = message(office, "reports.checks").findChild(Pressable, "reports.checks.act")
    assert act is not None
    act.setFocus()
    office.press(KEY.Key_Space, act)
    assert page.checks.list.isVisible()
    at = next(n for n, said in enumerate(page.checks.messages()) if said.startswith("学历："))
    assert "比女职工数少 3 人" in page.checks.messages()[at]
    link = message(office, f"reports.check{at}").findChild(Pressable, f"reports.check{at}.act")
    assert link is not None
    assert link.text() == "看这 3 人"
    link.setFocus()
    office.press(KEY.Key_Space, link)
    assert office.dialog().names() == ["李敏", "孙静", "赵丽"]
    office.press(KEY.Key_Escape, office.dialog())


def test_a_workbook_is_kept_with_what_is_shown(office: Reporting) -> None:
    page = office.show_reports()
    target = office.folder / "R1.xlsx"
    office.targets = [str(target)]
    page.workbook.setFocus()
    office.press(KEY.Key_Space, page.workbook)
    assert office.suggested == ["女职工基本情况统计表20260414.xlsx"]
    cells = [c for row in openpyxl.load_workbook(target).worksheets[0].values for c in row if c]
    assert {"办公室", "东湖分局", "合计"} <= set(cells)
    assert office.told_quietly == ["已存为《R1.xlsx》"]


def test_a_pdf_is_kept_even_of_a_reminder(office: Reporting) -> None:
    page = office.show_reports()
    office.turn_to("retiring")
    target = office.folder / "退休.pdf"
    office.targets = [str(target)]
    page.pdf.setFocus()
    office.press(KEY.Key_Space, page.pdf)
    text = pypdfium2.PdfDocument(target)[0].get_textpage().get_text_bounded()
    assert "孙静" in text.replace(" ", "").replace("\u3000", "")
    assert page.pdf.isEnabled()


def test_a_place_that_cannot_be_written_is_told_in_the_page(office: Reporting) -> None:
    page = office.show_reports()
    (office.folder / "占着.pdf").mkdir()
    office.targets = [str(office.folder / "占着.pdf")]
    page.pdf.setFocus()
    office.press(KEY.Key_Space, page.pdf)
    assert "是一个文件夹" in page.message.text()
    assert page.pdf.isEnabled()
    assert office.told_quietly == []


def test_leaving_the_question_where_to_keep_it_keeps_nothing(office: Reporting) -> None:
    page = office.show_reports()
    office.targets = [""]
    page.workbook.setFocus()
    office.press(KEY.Key_Space, page.workbook)
    assert office.told_quietly == []
    assert page.workbook.isEnabled()


def test_ctrl_p_prints_what_the_page_shows(office: Reporting) -> None:
    office.show_reports()
    office.press(KEY.Key_P, mods=CTRL)
    assert office.told_quietly == ["“女职工基本情况统计表”已送到打印机，1 页"]
    pages = pypdfium2.PdfDocument(office.paper)
    assert len(pages) == 1
    assert [round(side / 72 * 25.4) for side in pages[0].get_size()] == [297, 210]


def test_without_a_printer_the_page_says_what_can_be_done(office: Reporting) -> None:
    page = office.show_reports()
    office.printers = False
    office.press(KEY.Key_P, mods=CTRL)
    assert "没有可用的打印机" in page.message.text()
    assert "导出 PDF" in page.message.text()
    assert page.print.isEnabled()


def test_numbers_are_masked_until_she_ticks_and_that_is_noted(office: Reporting) -> None:
    page = office.show_reports()
    office.turn_to("R3")
    assert office.column("电话") == ["138****5521"]
    assert office.read(access.log) == ()
    page.asking.full.setFocus()
    office.press(KEY.Key_Space, page.asking.full)
    assert office.column("电话") == ["13800005521"]
    assert [(one.what, one.count) for one in office.read(access.log)] == [("list_full", 1)]
    office.targets = [str(office.folder / "R3.xlsx")]
    page.workbook.setFocus()
    office.press(KEY.Key_Space, page.workbook)
    assert [one.what for one in office.read(access.log)] == ["export_full", "list_full"]


def test_leaving_the_page_masks_the_numbers_again(office: Reporting) -> None:
    page = office.show_reports()
    office.turn_to("R3")
    page.asking.full.setFocus()
    office.press(KEY.Key_Space, page.asking.full)
    office.window.open("members")
    office.settle()
    office.window.open("reports")
    office.settle()
    assert office.column("电话") == ["138****5521"]
    assert not page.asking.full.isChecked()


def test_a_change_elsewhere_shows_at_once(office: Reporting) -> None:
    office.show_reports()
    office.window.open("members")
    office.settle()
    office.window.open("reports")
    office.settle()
    office.add("吴霞")
    office.jobs.changed.emit(frozenset(("members",)), None)
    office.settle()
    assert office.row("合计")[2] == "5"


def test_what_cannot_be_read_is_said_and_read_again(
    office: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import BusyError

    page = office.show_reports()
    run = office.jobs._run_read

    def busy(_work: object) -> object:
        raise BusyError("数据正被别的程序使用。", remedy="请稍后再试。")

    monkeypatch.setattr(office.jobs, "_run_read", busy)
    office.jobs.told.disconnect()
    page.reload()
    office.qtbot.waitUntil(lambda: not office.jobs.under_way())
    assert page.face() is not page.content
    monkeypatch.setattr(office.jobs, "_run_read", run)
    again = page.findChild(Pressable, "reports.error.act")
    assert again is not None
    office.press(KEY.Key_Space, again)
    assert page.face() is page.content


def test_the_whole_table_can_be_copied(office: Reporting) -> None:
    page = office.show_reports()
    office.press(KEY.Key_Return, page.list)
    office.press(KEY.Key_C, page.grid, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("单位\t职工总数\t女职工数\t占比")
    assert lines[-1].startswith("合计\t")


def test_in_a_narrow_window_the_tables_are_chosen_in_the_header(office: Reporting) -> None:
    page = office.show_reports((911, 480))
    assert not page.list.isVisible()
    assert page.choice.isVisible()
    page.choice.setFocus()
    office.press(KEY.Key_Down, page.choice)
    assert page.grid.cells.table.title == "妇委会组织情况表"


def test_a_figure_says_itself_to_a_screen_reader(office: Reporting) -> None:
    page = office.show_reports()
    cells = page.grid.cells
    role = Qt.ItemDataRole.AccessibleTextRole
    assert cells.data(cells.index(0, 1), role) == "办公室，女职工数，2，按回车看是谁"
    assert cells.headerData(3, Qt.Orientation.Horizontal, role) == "年龄，35岁及以下"


def test_an_empty_roster_has_no_reports_to_hand_in(desk: Reporting) -> None:
    page = desk.show_reports()
    desk.turn_to("R3")
    assert page.nobody.title() == "这张表还是空的"
    assert "名册里没有人填妇委会职务" in page.checks.messages()[0]
