"""A window of its own that imports one file: ``python -m tests.ui.whole_child FOLDER FILE``.

Says ``writing`` when it begins to write and ``written`` when the last step is there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.paths import DataFolder
from desktop.settings import PROTECTION_OFFERED, Settings
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.import_page import DONE, REVIEW, ImportPage


class Hand:
    """What a person does, as soon as it can be done."""

    def __init__(self, file: Path) -> None:
        self._file, self._done = file, 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(2)

    def _look(self) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.current_key():
                self._go_on(window)

    def _go_on(self, window: MainWindow) -> None:
        page = window.page("import")
        if self._done == 0:
            self._done = 1
            window.open("import", [str(self._file)])
        elif not isinstance(page, ImportPage):
            return
        elif self._done == 1 and page.step() == REVIEW and page.foot.go.isEnabled():
            self._done = 2
            page.foot.go.click()
            say("writing")
        elif self._done == 2 and page.step() == DONE:
            self._done = 3
            say("written")


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main(folder: Path, file: Path) -> int:
    Settings(DataFolder(folder).settings).set(PROTECTION_OFFERED, True)
    app.application()
    hand = Hand(file)
    code = app.start(DataFolder(folder))
    del hand
    return code


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2])))
