"""The program's own window, started as ``desktop.app`` starts it, and somebody with a keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget

from desktop import app
from desktop.paths import DataFolder
from desktop.settings import Settings
from desktop.ui.crash import CrashGuard
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow
from tests.ui.safety import answering

DAY = date(2026, 4, 14)
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
_LONGEST = 30_000


@dataclass
class Keyboard:
    """Somebody at the open window who has no mouse."""

    window: MainWindow
    jobs: Jobs
    qtbot: Any

    def press(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is, and all that follows from it."""
        self.until(self.is_active)
        QTest.keyClick(self.focused(), key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        """Write where the focus is; Chinese comes through the input method."""
        write(self.focused(), text)
        self.settle()

    def tab_to(self, name: str) -> None:
        """Tab until the control of this name has the focus."""
        for _ in range(120):
            if self.focused().objectName() == name:
                return
            self.press(KEY.Key_Tab)
        pytest.fail(f"{name} cannot be reached by Tab")

    def pane_with(self, name: str) -> None:
        """F6 until the focus is where Tab leads to the control of this name, then Tab to it."""
        for _ in range(6):
            self.press(KEY.Key_F6)
            if self.focused().objectName() == name:
                return
        self.tab_to(name)

    def focused(self) -> QWidget:
        return self.top().focusWidget() or self.top()

    def top(self) -> QWidget:
        """The dialog in front, or the window."""
        return QApplication.activeModalWidget() or self.window

    def is_active(self) -> bool:
        """Whether keys go to what is in front; a real desktop sees to it by itself."""
        self.top().activateWindow()
        return self.top().isActiveWindow()

    def settle(self) -> None:
        """Wait until nothing is being read, written or shown any more."""
        for _ in range(3):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: not self.jobs.under_way(), timeout=_LONGEST)

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=_LONGEST)

    def box(self, name: str) -> QDialog:
        """The dialog of this name once it is in front."""
        self.until(lambda: self.top().objectName() == name)
        top = self.top()
        assert isinstance(top, QDialog)
        top.activateWindow()
        return top

    def with_file(self, path: Path, key: Qt.Key = KEY.Key_Return) -> None:
        """Press ``key`` on what asks for a file, and name it in the system's dialog."""
        with answering(lambda dialog: name_file(dialog, path)):
            self.press(key)
        self.settle()


def name_file(dialog: QWidget, path: Path) -> bool:
    """Type a path into the system's file dialog and press Enter; False while it is not there."""
    if not isinstance(dialog, QFileDialog):
        return False
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setFocus()
    line.selectAll()
    write(line, str(path))
    QTest.keyClick(line, KEY.Key_Return)
    return True


def write(widget: QWidget, text: str) -> None:
    """Type text into a widget, by keys or by the input method."""
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    composed = QInputMethodEvent("", [])
    composed.setCommitString(text)
    QApplication.sendEvent(widget, composed)


@contextmanager
def started(folder: DataFolder, qtbot: Any, answer: Callable[[Any], object]) -> Iterator[Keyboard]:
    """The window over ``folder`` until it is closed; ``answer`` to what the start asks."""
    settings = Settings(folder.settings)
    window = app.make_window(settings)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    guard = CrashGuard(pytest.fail, window)
    with ExitStack() as held:
        asked = list[bool]()

        def answer_once(dialog: QWidget) -> object:
            done = answer(dialog)
            asked.extend([True] if done is not False else [])
            return done

        with answering(answer_once):
            jobs = app.connect(window, folder, settings, guard, held, today=DAY)
            qtbot.waitUntil(lambda: bool(asked))
        assert jobs is not None
        keyboard = Keyboard(window, jobs, qtbot)
        keyboard.settle()
        yield keyboard
        window.close()
        keyboard.settle()
