"""The window: pages, keys that work everywhere, room, and real data behind it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop import app
from desktop.paths import DataFolder
from desktop.services import backups, members, office
from desktop.services.records import Draft
from desktop.settings import PROTECTION_OFFERED, Settings
from desktop.ui import backup_watch, memory, theme
from desktop.ui.crash import CrashGuard
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import EmptyState, ProgressPanel
from desktop.ui.widgets.inputs import SearchBox
from desktop.ui.widgets.page import Page

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class ListPage(Page):
    """A small page with a search, a button and an editor, that notes what it was asked."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__(title, name=name)
        self.asked: list[object] = []
        self.box = SearchBox(name=f"{name}.search")
        self.header.addWidget(self.box)
        self.button = Button("导入名册", "file-input", name=f"{name}.import")
        self.button.setProperty("folds", "true")
        self.header.addWidget(self.button)
        self.editor = QLineEdit()
        self.body.addWidget(self.editor)

    def activate(self, argument=None):
        self.asked.append(("activate", argument))
        self.status.emit(f"{self.title} 1 人")

    def focus_first(self):
        self.box.setFocus()

    def search(self):
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def new_item(self):
        self.asked.append("new")

    def reload(self):
        self.asked.append("reload")

    def shows(self, tables):
        return "members" in tables


@pytest.fixture
def made():
    return []


@pytest.fixture
def window(qtbot, made):
    def page(title, name):
        def make():
            made.append(name)
            return ListPage(title, name)

        return make

    opened = MainWindow()
    qtbot.addWidget(opened)
    opened.set_pages(
        [
            PageSpec("today", "今日", "sunrise", page("今日", "today"), 1),
            PageSpec("members", "成员", "users", page("成员", "members"), 2),
            PageSpec("import", "导入名册", "file-input", page("导入名册", "import"), 0, True),
        ]
    )
    opened.resize(1440, 860)
    opened.show()
    opened.activateWindow()
    opened.open("today")
    QApplication.processEvents()
    return opened


def test_a_page_is_made_when_it_is_first_opened_and_kept(window, made):
    assert made == ["today"]
    window.open("members")
    window.open("today")
    window.open("members")
    assert made == ["today", "members"]


def test_alt_and_a_number_open_the_page(window):
    QTest.keyClick(window, Qt.Key.Key_2, ALT)
    assert window.current_key() == "members"
    assert window.rail.item("members").isChecked()


def test_ctrl_o_opens_the_import(window):
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert window.current_key() == "import"


def test_a_click_on_the_rail_opens_the_page(window):
    QTest.mouseClick(window.rail.item("members"), Qt.MouseButton.LeftButton)
    assert window.current_key() == "members"


def test_a_page_can_ask_for_another_with_something_to_show(window):
    window.current_page().wants.emit("members", 12)
    assert window.current_page().asked == [("activate", 12)]


def test_holding_alt_shows_the_number_keys(window):
    QTest.keyPress(window, Qt.Key.Key_Alt)
    shown = [window.rail.item(key).shows_key() for key in ("today", "members", "import")]
    QTest.keyRelease(window, Qt.Key.Key_Alt)
    assert shown == [True, True, False]
    assert not window.rail.item("today").shows_key()


def test_the_focus_goes_where_work_begins(window):
    window.open("members")
    assert window.focusWidget() is window.current_page().box


def test_ctrl_f_ctrl_n_and_f5_go_to_the_page(window):
    page = window.current_page()
    page.editor.setFocus()
    QTest.keyClick(page.editor, Qt.Key.Key_F, CONTROL)
    assert page.box.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert page.asked[-2:] == ["new", "reload"]


def test_ctrl_s_says_that_everything_is_saved_already(window):
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    toast = window.findChild(object, "window.toast")
    assert (toast.isVisible(), toast.text()) == (True, "已保存，不用手动存")


def test_esc_clears_the_search_last(window):
    page = window.current_page()
    QTest.keyClicks(page.box, "li")
    QTest.keyClick(page.box, Qt.Key.Key_Escape)
    assert page.box.text() == ""


def test_f6_steps_through_the_panes_and_shift_f6_back(window):
    page = window.current_page()
    page.box.setFocus()
    QTest.keyClick(page.box, Qt.Key.Key_F6)
    assert page.editor.hasFocus()
    QTest.keyClick(page.editor, Qt.Key.Key_F6, SHIFT)
    assert page.box.hasFocus()
    QTest.keyClick(page.box, Qt.Key.Key_F6, SHIFT)
    assert window.rail.isAncestorOf(window.focusWidget())


def test_what_a_page_counts_stands_in_the_status_bar_while_it_is_in_front(window):
    assert window.bar.counts() == "今日 1 人"
    behind = window.current_page()
    window.open("members")
    behind.status.emit("今日 9 人")
    assert window.bar.counts() == "成员 1 人"


def test_a_count_that_waits_stands_in_the_rail_and_is_read_aloud(window):
    window.current_page().badge.emit(14)
    item = window.rail.item("today")
    assert (item.badge(), item.accessibleName()) == (14, "今日，14 项等着办")


@pytest.mark.parametrize(
    ("width", "height", "shape", "words"),
    [
        (1440, 860, "wide", "导入名册"),
        (1093, 566, "narrow", ""),
        (911, 480, "icons", ""),
    ],
)
def test_the_window_fits_its_room(window, width, height, shape, words):
    window.resize(width, height)
    QApplication.processEvents()
    assert (window.rail.shape(), window.current_page().button.text()) == (shape, words)


def test_the_window_is_never_smaller_than_its_minimum(window):
    window.resize(300, 200)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (900, 440)


def test_no_item_of_the_rail_is_cut_off_in_the_smallest_window(window):
    window.resize(900, 440)
    QApplication.processEvents()
    last = window.rail.item("import")
    assert last.geometry().bottom() <= window.rail.height()


def test_the_window_comes_back_where_it_stood(window, qtbot):
    window.resize(1200, 700)
    again = MainWindow(place=window.place())
    qtbot.addWidget(again)
    room = again.screen().availableGeometry()
    assert again.width() == max(900, min(1200, room.width()))
    assert again.height() == max(440, min(700, room.height()))


def test_a_larger_size_of_type_works_at_once(window, qapp):
    before = window.bar.height(), window.rail.width(), window.rail.item("today").height()
    theme.apply(qapp, "light", theme.LARGE, calm=True)
    QApplication.processEvents()
    after = window.bar.height(), window.rail.width(), window.rail.item("today").height()
    theme.apply(qapp, "light", calm=True)
    QApplication.processEvents()
    # the same window holds less of larger type, so the rail becomes the narrow one
    assert after == (32, 83, 53)
    assert before == (28, 200, 38)
    assert window.bar.height() == 28


def test_a_page_shows_one_face_at_a_time(window):
    page = window.current_page()
    empty = EmptyState("users", "还没有成员")
    page.show_empty(empty)
    assert page.face() is empty
    error = page.show_error()
    assert (page.face(), error.title()) == (error, "这一页没能打开")
    QTest.mouseClick(page.findChild(Button, "today.error.act"), Qt.MouseButton.LeftButton)
    assert page.asked[-1] == "reload"
    page.show_content()
    assert page.face() is page.content


def test_every_control_that_acts_has_a_name_for_machines_and_for_people(window):
    for button in window.findChildren(Button):
        assert button.objectName(), button.text()
        assert button.accessibleName() or not button.isVisible(), button.objectName()


# with real data behind it


@pytest.fixture
def data(tmp_path):
    with office.opened(
        DataFolder(tmp_path),
        secret=lambda: None,
        actor="文员",
        clock=lambda: datetime(2026, 4, 14, 8, 30, tzinfo=UTC),
    ) as opened:
        yield opened


@pytest.fixture
def jobs(data, window):
    made = Jobs(*app.runners(data))
    window.attach(made, panel_after=1)
    yield made
    made.close()


def _add(name):
    return lambda session: members.save(session, Draft(None, 0, {"name": name}))


def _names(data):
    from sqlalchemy import select

    from db.tables import Member

    with data.read() as session:
        return list(session.scalars(select(Member.name)))


def test_the_last_action_stands_in_the_status_bar_and_ctrl_z_takes_it_back(
    window, jobs, data, qtbot
):
    jobs.write(window, _add("徐丽华"), what="新增成员徐丽华")
    qtbot.waitUntil(lambda: window.bar.done() == "新增成员徐丽华")
    assert _names(data) == ["徐丽华"]
    window.current_page().editor.clearFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    toast = window.findChild(object, "window.toast")
    qtbot.waitUntil(lambda: toast.text() == "已撤销：新增成员徐丽华")
    assert _names(data) == []
    QTest.keyClick(window, Qt.Key.Key_Y, CONTROL)
    qtbot.waitUntil(lambda: toast.text() == "已重做：新增成员徐丽华")
    assert _names(data) == ["徐丽华"]


def test_with_nothing_to_undo_one_quiet_sentence_says_so(window, jobs, qtbot):
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    toast = window.findChild(object, "window.toast")
    qtbot.waitUntil(lambda: toast.text() == "没有可以撤销的步骤。")


def test_a_page_reads_again_only_when_its_tables_changed(window, jobs, qtbot):
    page = window.current_page()
    jobs.changed.emit(frozenset({"units"}), None)
    assert "reload" not in page.asked
    jobs.changed.emit(frozenset({"members"}), None)
    assert page.asked[-1] == "reload"


def test_long_work_shows_a_panel_that_shrinks_when_she_goes_elsewhere(window, jobs, qtbot):
    import threading

    go = threading.Event()

    def work(session, *, step):
        step(168, 272)
        go.wait(10)
        step(272, 272)

    jobs.write(window, work, title="正在导入名册", cancel="取消导入")
    panel = window.findChild(ProgressPanel, "window.progress")
    qtbot.waitUntil(panel.isVisible)
    qtbot.waitUntil(lambda: panel.count() == "168 / 272 人")
    window.open("members")
    assert not panel.isVisible()
    line = window.findChild(Button, "statusBar.progress")
    assert (line.isVisible(), "正在导入名册" in line.text()) == (True, True)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not panel.isVisible() and not line.isVisible())


def test_the_data_come_behind_a_window_that_is_open_already(qtbot, tmp_path, qapp):
    folder = DataFolder(tmp_path)
    settings = Settings(folder.settings)
    opened = app.make_window(settings)
    qtbot.addWidget(opened)
    opened.show()
    with ExitStack() as held:
        app.connect(opened, folder, settings, CrashGuard(lambda text: None), held)
        protection = opened.findChild(Button, "statusBar.protection")
        assert protection.isVisible()
        assert folder.database.exists()
        backup = opened.findChild(QWidget, "statusBar.backup")
        qtbot.waitUntil(lambda: backup.accessibleName() == "备份将在首次改动后开始")
    opened.close()
    assert memory.window_place(Settings(folder.settings))["width"] == opened.width()


def test_a_folder_that_another_program_holds_is_told_and_the_window_closes(qtbot, tmp_path, data):
    said = []

    def close():
        box = QApplication.activeModalWidget()
        said.append(box.windowTitle())
        box.reject()

    opened = MainWindow()
    qtbot.addWidget(opened)
    opened.show()
    QTimer.singleShot(0, opened, close)
    with ExitStack() as held:
        app.connect(
            opened,
            data.folder,
            Settings(data.folder.settings),
            CrashGuard(lambda text: None),
            held,
        )
    assert said == ["现在还不能写入"]
    assert not opened.isVisible()


@pytest.mark.parametrize(
    ("made_at", "words"),
    [
        (datetime(2026, 4, 14, 8, 5, tzinfo=UTC), "已备份 08:05"),
        (datetime(2026, 4, 13, 23, 59, tzinfo=UTC), "昨天备份"),
        (datetime(2026, 4, 1, 8, 0, tzinfo=UTC), "4月1日备份"),
    ],
)
def test_the_time_of_the_last_backup_is_said_as_people_say_it(made_at, words):
    assert backup_watch.in_words(made_at, datetime(2026, 4, 14, 9, 0, tzinfo=UTC)) == words


def test_the_first_change_of_all_is_backed_up_at_once(qtbot, tmp_path, qapp):
    folder = DataFolder(tmp_path)
    settings = Settings(folder.settings)
    settings.set(PROTECTION_OFFERED, True)
    opened = app.make_window(settings)
    qtbot.addWidget(opened)
    opened.show()
    with ExitStack() as held:
        jobs = app.connect(opened, folder, settings, CrashGuard(lambda text: None), held)
        backup = opened.findChild(QWidget, "statusBar.backup")
        qtbot.waitUntil(lambda: backup.accessibleName() == "备份将在首次改动后开始")
        jobs.write(opened, _add("徐丽华"), what="新增成员徐丽华")
        qtbot.waitUntil(lambda: backup.accessibleName().startswith("已备份"))
        assert len(backups.listed(folder)) == 1
    opened.close()
