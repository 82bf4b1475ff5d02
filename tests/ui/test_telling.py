"""Telling a person what went wrong, and starting where a window cannot open."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt, QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from db import errors
from desktop.ui import crash, notices, system_libraries
from desktop.ui.dialogs.message import Choice, MessageDialog, Told

LOCKED = errors.UnreadableFileError(
    "locked",
    "WPS 表格正在使用它，暂时不让别的程序读取。",
    remedy="在 WPS 里保存并关闭这份表格，再点“重试”。",
    details="PermissionError 32",
)


def _texts(dialog):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


@pytest.fixture
def dialog(qtbot):
    made = notices.error_dialog(
        LOCKED,
        title="花名册.xlsx 没能读出来",
        choices=(Choice("other", "换一个文件"), Choice("retry", "重试")),
        cancel="取消",
    )
    qtbot.addWidget(made)
    made.fit()
    made.show()
    return made


def test_an_error_is_told_in_three_paragraphs(dialog):
    said = _texts(dialog)
    for caption, words in (
        ("发生了什么", LOCKED.happened),
        ("您的数据", LOCKED.kept),
        ("怎么办", LOCKED.remedy),
    ):
        assert said[said.index(caption) + 1] == words


def test_enter_does_the_last_button_and_esc_cancels(qtbot):
    for key, answer in ((Qt.Key.Key_Return, "retry"), (Qt.Key.Key_Escape, "")):
        made = MessageDialog(
            "没能读出来",
            Told("a", "b", "c"),
            choices=(Choice("other", "换一个"), Choice("retry", "重试")),
            cancel="取消",
        )
        qtbot.addWidget(made)
        QTimer.singleShot(0, made, lambda made=made, key=key: QTest.keyClick(made, key))
        assert made.ask() == answer


def test_a_dialog_that_was_answered_is_gone(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = MessageDialog("标题", Told("一句话。", "没有改动。", "请再试一次。"), parent=window)
    QTimer.singleShot(0, made, made.reject)
    made.ask()
    qtbot.waitUntil(lambda: not window.findChildren(MessageDialog))


def test_technical_details_are_folded_and_can_be_copied(dialog):
    assert not dialog.details.isVisible()
    before = dialog.height()
    QTest.mouseClick(dialog.findChild(QPushButton, "notice.details"), Qt.MouseButton.LeftButton)
    assert dialog.details.isVisible()
    assert dialog.height() > before
    QTest.mouseClick(dialog.findChild(QPushButton, "notice.copy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "PermissionError 32" in copied
    assert LOCKED.remedy in copied


def test_a_dialog_keeps_its_width_and_takes_the_height_its_words_need(qtbot):
    heights = []
    for words in ("一句话。", "这一段话很长，长到一行写不下，要换好几行才能写完。" * 4):
        made = MessageDialog("标题", Told(words, "没有改动。", "请再试一次。"))
        qtbot.addWidget(made)
        made.fit()
        assert made.width() == 408
        heights.append(made.height())
    assert heights[1] > heights[0] + 60


def test_every_error_has_a_title_that_is_not_the_word_error():
    kinds = [errors.AppError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    titles = {notices._TITLES[kind.code] for kind in kinds if kind.code in notices._TITLES} | {
        "这一步没有做完"
    }
    for title in titles:
        assert not any(word in title for word in ("错误", "失败", "非法", "异常", "!", "！"))


# bugs


def _raise_with_a_name():
    name = "徐丽华 420000198603150048"
    raise ValueError(name)


def _caught():
    try:
        _raise_with_a_name()
    except ValueError as error:
        return error
    raise AssertionError


def test_a_crash_report_says_where_and_quotes_no_value():
    text = crash.report(_caught())
    assert "tests/ui/test_telling.py" in text
    assert "_raise_with_a_name" in text
    assert "ValueError" in text
    assert "徐丽华" not in text
    assert "4200" not in text


def test_a_bug_in_a_slot_is_recorded_and_told_once(qtbot, qapp):
    recorded, told = [], []
    guard = crash.CrashGuard(recorded.append)

    def close():
        box = QApplication.activeModalWidget()
        if isinstance(box, MessageDialog):
            told.append(box.windowTitle())
            box.reject()

    closer = QTimer()
    closer.timeout.connect(close)
    closer.start(5)
    guard.install()
    try:
        error = _caught()
        for _ in range(2):
            sys.excepthook(type(error), error, error.__traceback__)
        qtbot.waitUntil(lambda: len(recorded) == 2)
    finally:
        guard.remove()
        closer.stop()
    assert told == ["刚才这一步没有做完"]


def test_a_bug_in_a_thread_reaches_the_report(qtbot):
    recorded = []
    guard = crash.CrashGuard(recorded.append)
    closer = QTimer()
    closer.timeout.connect(
        lambda: QApplication.activeModalWidget() and QApplication.activeModalWidget().reject()
    )
    closer.start(5)
    guard.install()
    try:
        threading.Thread(target=_raise_with_a_name).start()
        qtbot.waitUntil(lambda: bool(recorded))
    finally:
        guard.remove()
        closer.stop()
    assert "_raise_with_a_name" in recorded[0]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "QPixmap: It is not safe to use pixmaps here",
            "QPixmap: It is not safe to use pixmaps here",
        ),
        ("QFile: cannot open '/data/wang/list.pdf'", "QFile: cannot open"),
        ("QImage: D:\\wang", "QImage: D"),
        ("Cannot write 王芳.pdf", "Cannot write"),
        ("Invalid key 420000198506120028", "Invalid key"),
    ],
)
def test_what_qt_complains_of_is_recorded_without_names_and_paths(qapp, said, kept):
    recorded = []
    guard = crash.CrashGuard(recorded.append)
    guard.install()
    try:
        qWarning(said)
    finally:
        guard.remove()
    assert recorded == [f"Qt: {kept}"]


# where no window can open

DESKTOP = {"DISPLAY": ":0"}


def test_missing_libraries_are_named_as_one_line_to_be_run():
    gone = {"libxcb-icccm.so.4", "libxcb-keysyms.so.1"}
    said = system_libraries.refusal(
        DESKTOP, platform="linux", loads=lambda library: library not in gone
    )
    assert said.endswith("sudo apt-get install libxcb-icccm4 libxcb-keysyms1")
    assert "数据没有任何改动" in said


def test_libraries_of_x11_are_not_asked_for_without_it():
    missing = system_libraries.missing_packages(
        {"QT_QPA_PLATFORM": "offscreen"}, loads=lambda library: "xcb" not in library
    )
    assert missing == []


@pytest.mark.parametrize(
    ("environment", "opens"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_a_window_needs_a_screen(environment, opens):
    said = system_libraries.refusal(
        environment, platform="linux", loads=lambda library: True, answers=lambda: True
    )
    assert (said == "") is opens


def test_a_display_that_does_not_answer_is_no_screen():
    said = system_libraries.refusal(
        {"DISPLAY": ":99"}, platform="linux", loads=lambda library: True, answers=lambda: False
    )
    assert "没有可以显示窗口的屏幕" in said


def test_windows_is_never_asked_for_linux_libraries():
    assert system_libraries.refusal({}, platform="win32", loads=lambda library: False) == ""


def test_without_a_screen_the_program_says_so_and_ends_with_1(tmp_path):
    import os

    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    ended = subprocess.run(
        [sys.executable, "-m", "desktop.app", str(tmp_path)],
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    said = ended.stderr.decode("utf-8")
    assert "窗口没有打开" in said
    assert "Traceback" not in said


LAZY = "sqlalchemy alembic pypinyin openpyxl reportlab python_calamine xlrd argon2 cryptography"


def test_only_qt_is_loaded_before_the_first_paint(tmp_path):
    program = f"""
import sys
from desktop import app
from desktop.settings import Settings
from pathlib import Path
application = app.application()
settings = Settings(Path({str(tmp_path)!r}) / "settings.json")
app.dress(application, settings)
window = app.make_window(settings)
window.show()
application.processEvents()
print(*[name for name in {LAZY.split()!r} if name in sys.modules])
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        timeout=60,
        check=True,
        text=True,
    )
    assert ended.stdout.strip() == ""
