"""Writing an import: all of it or nothing, and back again."""

from __future__ import annotations

import time

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from db.errors import DiskFullError
from desktop.services import history, members
from desktop.ui.pages.import_page import DONE, FILES, REVIEW
from tests.ui.import_support import Driver, opened, people, roster_file

LONGEST_GAP_S = 0.1


@pytest.fixture
def desk(qapp, tmp_path, qtbot):
    with opened(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def at(desk, qtbot):
    return Driver(desk, qtbot)


def test_the_last_step_says_what_was_done(at, tmp_path):
    rows = people(5)
    rows[1][1] = rows[1][1][:17]
    rows[4][0] = ""
    at.review(roster_file(tmp_path / "四月.xlsx", rows))
    at.finish()
    assert at.page.done.title() == "已导入 4 人"
    assert len(at.members()) == 4


def test_the_toast_and_the_status_bar_say_it_with_a_way_back(at, desk, tmp_path, qtbot):
    at.review(roster_file(tmp_path / "四月.xlsx", people(3)))
    with qtbot.waitSignal(at.page.did) as told:
        at.finish()
    assert told.args == ["已导入 3 人"]
    assert desk.read(history.last_action).undo == "导入《四月.xlsx》：新增 3 人"


def test_ctrl_z_takes_the_whole_import_back(at, desk, tmp_path, qtbot):
    at.review(roster_file(tmp_path / "四月.xlsx", people(40)))
    at.finish()
    QTest.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: at.page.done.title() == "已经撤销")
    assert at.members() == {}
    assert not at.page.done.undo.isVisible()


def test_the_import_can_be_taken_back_after_other_work(at, desk, tmp_path, qtbot):
    at.review(roster_file(tmp_path / "四月.xlsx", people(4)))
    at.finish()
    with desk.database.write("文员", "新增单位") as session:
        from desktop.services import units

        units.ensure(session, "后来的科")
    at.press("import.undo")
    qtbot.waitUntil(lambda: at.page.done.title() == "已经撤销")
    assert at.members() == {}


def test_a_backup_is_made_before_anything_is_written(at, desk, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    assert desk.backed_up == 0
    at.finish()
    assert desk.backed_up == 1


def test_without_a_backup_nothing_is_written_and_she_is_told(at, desk, tmp_path, qtbot):
    desk.refuse_backup = DiskFullError("磁盘满了，备份没有做成。", remedy="请腾出一些地方。")
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    at.page.foot.go.click()
    qtbot.waitUntil(at.page.message.isVisible)
    assert at.page.message.text() == "磁盘满了，备份没有做成。数据没有任何改动。请腾出一些地方。"
    assert (at.page.step(), at.members()) == (REVIEW, {})
    assert at.page.foot.go.isEnabled()


def test_cancelling_in_the_middle_leaves_nothing(at, desk, tmp_path, qtbot):
    at.review(roster_file(tmp_path / "四月.xlsx", people(6000)))
    heard = []

    def stop(job, progress):
        if job.writes and not heard:
            heard.append(progress.total)
            job.cancel()

    desk.jobs.progressed.connect(stop)
    at.page.foot.go.click()
    qtbot.waitUntil(lambda: bool(heard) and not desk.jobs.under_way(), timeout=60000)
    assert heard == [6000]
    assert (at.page.step(), at.members()) == (REVIEW, {})
    assert at.page.foot.go.isEnabled()


def test_the_problems_go_into_a_workbook_of_her_own(at, desk, tmp_path, qtbot):
    rows = people(4)
    rows[1][1] = rows[1][1][:17]
    at.review(roster_file(tmp_path / "四月.xlsx", rows))
    at.finish()
    target = tmp_path / "退回.xlsx"
    desk.answers.append(str(target))
    with qtbot.waitSignal(at.page.told, timeout=20000) as told:
        at.press("import.problems")
    assert desk.asked == ["四月（有问题的行）.xlsx"]
    assert told.args[0].startswith("1 行已存为《退回.xlsx》")
    assert openpyxl.load_workbook(target).sheetnames[-1] == "女职工"


def test_without_problems_no_workbook_is_offered(at, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    at.finish()
    assert not at.page.done.problems.isVisible()


def test_the_same_roster_again_has_nothing_to_import_and_says_so(at, tmp_path):
    path = roster_file(tmp_path / "四月.xlsx", people(3))
    at.review(path)
    at.finish()
    at.press("import.again")
    at.review(path)
    assert not at.page.foot.go.isEnabled()
    assert at.page.foot.sentence.text() == "表里的人和名册里一样，不用导入"


def test_coming_back_after_an_import_begins_a_new_one(at, desk, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    at.finish()
    assert at.page.step() == DONE
    desk.window.open("members")
    desk.window.open("import")
    assert at.page.step() == FILES


def test_coming_back_in_the_middle_finds_everything_as_it_was(at, desk, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    at.choose("skip")
    desk.window.open("members")
    desk.window.open("import")
    assert at.page.step() == REVIEW
    assert at.page.foot.go.text() == "导入 1 人"


def test_the_roster_is_one_press_away_and_so_are_those_to_be_checked(at, tmp_path, qtbot):
    rows = people(3)
    rows[0][1] = rows[0][1][:17]
    at.review(roster_file(tmp_path / "四月.xlsx", rows))
    at.finish()
    at.page.wants.disconnect()
    with qtbot.waitSignal(at.page.wants) as roster:
        at.press("import.open_roster")
    with qtbot.waitSignal(at.page.wants) as unchecked:
        at.press("import.checking")
    assert roster.args == ["members", None]
    assert unchecked.args[1].to_check


class _Heart:
    """The longest time the window was deaf, while it lasts.

    Counted in the CPU time of the whole program, all its threads, so that what else the machine
    has to do makes no difference.
    """

    def __init__(self, parent):
        self.longest, self._last = 0.0, time.process_time()
        self._timer = QTimer(parent)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self):
        now = time.process_time()
        self.longest, self._last = max(self.longest, now - self._last), now

    def stop(self):
        self._timer.stop()
        return self.longest


def test_ten_thousand_rows_never_make_the_window_deaf(at, desk, tmp_path, qtbot):
    path = roster_file(tmp_path / "万人.xlsx", people(10_000))
    gaps = []
    for _ in range(3):  # a stray search for cycles in what the tests themselves left behind
        heart = _Heart(desk.window)
        at.review(path)
        at.choose("skip")
        at.finish()
        gaps.append(heart.stop())
        assert len(desk.read(members.snapshot).people) == 9_999
        if gaps[-1] < LONGEST_GAP_S:
            return
        at.press("import.undo")
        qtbot.waitUntil(lambda: at.page.done.title() == "已经撤销", timeout=20000)
        at.press("import.again")
    pytest.fail(f"deaf for {min(gaps):.3f} s")
