"""The page of the first start, as somebody uses it who has nothing but a spreadsheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from desktop.exchange.template import template_key
from desktop.ui import theme
from desktop.ui.pages.first_run import FirstRunPage
from tests.ui.import_support import opened


@pytest.fixture
def desk(qapp, tmp_path, qtbot):
    with opened(tmp_path, qtbot) as made:
        made.window.open("first_run")
        yield made


@pytest.fixture
def page(desk):
    found = desk.window.current_page()
    assert isinstance(found, FirstRunPage)
    return found


@pytest.fixture
def wishes(page):
    page.wants.disconnect()
    got = []
    page.wants.connect(lambda key, argument: got.append((key, argument)))
    return got


def test_enter_is_all_it_takes_to_choose_a_file(desk, page, wishes):
    desk.answers.append(["/tmp/花名册.xlsx"])
    assert page.zone.choose.hasFocus()
    QTest.keyClick(page.zone.choose, Qt.Key.Key_Return)
    assert wishes == [("import", ["/tmp/花名册.xlsx"])]


def test_leaving_the_file_dialog_changes_nothing(page, wishes):
    page.zone.choose.click()
    assert wishes == []


def test_a_click_anywhere_in_the_frame_chooses_too(desk, page, wishes):
    desk.answers.append(["/tmp/花名册.xlsx"])
    QTest.mouseClick(page.zone, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert wishes == [("import", ["/tmp/花名册.xlsx"])]


def test_dropped_files_go_to_the_import(page, wishes, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.xlsx", "b.csv")])
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.zone.dropEvent(drop)
    assert wishes == [("import", [str(tmp_path / "a.xlsx"), str(tmp_path / "b.csv")])]


def test_one_person_can_be_registered_by_hand(page, wishes):
    page.manual.click()
    assert wishes == [("members", "new")]


def test_the_form_for_her_has_the_focus_at_once(desk, page, qtbot):
    page.manual.click()
    qtbot.waitUntil(lambda: desk.window.current_key() == "members")
    qtbot.waitUntil(lambda: "name" in desk.window.focusWidget().objectName())
    QTest.keyClicks(desk.window.focusWidget(), "Li")
    qtbot.waitUntil(lambda: not desk.jobs.under_way())
    assert desk.window.focusWidget().text() == "Li"


def test_a_backup_can_be_put_back_instead(page, wishes):
    page.restore.click()
    assert wishes == [("settings", "restore")]


def test_tab_goes_from_the_frame_through_the_three_quiet_ways(desk, page):
    passed = []
    for _ in range(3):
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
        passed.append(desk.window.focusWidget())
    assert passed == [page.template, page.manual, page.restore]


def test_an_empty_template_is_written_where_she_says(desk, page, tmp_path, qtbot):
    desk.answers.append(str(tmp_path / "空白.xlsx"))
    with qtbot.waitSignal(page.told) as told:
        page.template.click()
    key = template_key(tmp_path / "空白.xlsx")
    assert key is not None
    assert key.register == "members"
    assert told.args == ["空白模板已存为《空白.xlsx》"]
    assert desk.asked == ["女职工花名册（空白）.xlsx"]


def test_a_place_that_cannot_be_written_is_said_on_the_page(desk, page, tmp_path, qtbot):
    desk.answers.append(str(tmp_path / "没有这个文件夹" / "空白.xlsx"))
    page.template.click()
    qtbot.waitUntil(page.message.isVisible)
    assert page.message.text().count("。") == 3
    assert page.template.isEnabled()


@pytest.mark.parametrize("size", [(1440, 900), (1093, 614), (911, 480)])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_nothing_is_cut_in_any_window(desk, page, qapp, size, mode):
    theme.apply(qapp, mode, calm=True)
    desk.window.resize(*size)
    qapp.processEvents()
    area = page.findChild(QScrollArea)
    bars = (area.verticalScrollBar().maximum(), area.horizontalScrollBar().maximum())
    theme.apply(qapp, "light", calm=True)
    assert bars == (0, 0)
