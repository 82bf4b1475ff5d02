"""One start of the window, watched from inside.

``python -m tests.benchmarks._start_probe [FOLDER]`` prints as JSON the CPU seconds of this process
when the window had been painted once and when a letter typed into its search field arrived, and the
modules loaded by then. Without a folder it does the same with the least window PySide6 can give:
one input, the shipped typeface.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMainWindow

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
SEARCH = "members.search"
LOOK_EVERY = 20  # milliseconds; looking costs little beside what is measured
PATIENCE = 60_000


class Watch(QObject):
    """Notes the first paint, then waits until typing works."""

    def __init__(self, app: QApplication, *, is_bare: bool) -> None:
        super().__init__()
        self.seen: dict[str, Any] = {}
        self._app, self._is_bare, self._is_painting = app, is_bare, False
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._is_painting = self._is_painting or isinstance(watched, QMainWindow)
        elif self._is_painting:  # the paint is over, and nothing else has begun
            self._app.removeEventFilter(self)
            self._note("paint")
            self._timer.start()
            QTimer.singleShot(PATIENCE, self._give_up)
        return False

    def _look(self) -> None:
        field = next((one for one in self._inputs() if one.isVisible()), None)
        if field is None or not (self._is_bare or self._has_rows()):
            return
        self._timer.stop()
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_W, Qt.KeyboardModifier.NoModifier, "w")
        QApplication.sendEvent(field, press)
        if field.text() == "w":
            self._note("ready")
        self._app.exit()

    def _inputs(self) -> list[QLineEdit]:
        found = [widget for widget in self._app.allWidgets() if isinstance(widget, QLineEdit)]
        return [one for one in found if self._is_bare or self._is_search(one)]

    def _is_search(self, field: QLineEdit) -> bool:
        parent = field.parentWidget()
        return SEARCH in (field.objectName(), parent.objectName() if parent else "")

    def _has_rows(self) -> bool:
        return any(
            widget.isVisible() and widget.model() is not None and widget.model().rowCount() > 20
            for widget in self._app.allWidgets()
            if isinstance(widget, QAbstractItemView)
        )

    def _note(self, moment: str) -> None:
        self.seen[moment] = {"cpu": time.process_time(), "modules": sorted(sys.modules)}

    def _give_up(self) -> None:
        self._app.exit(1)


def bare() -> dict[str, Any]:
    """The floor."""
    app = QApplication(sys.argv[:1])
    watch = Watch(app, is_bare=True)
    number = QFontDatabase.addApplicationFont(str(FONT))
    app.setFont(QFont(QFontDatabase.applicationFontFamilies(number)[0], 10))
    window = QMainWindow()
    window.setCentralWidget(QLineEdit())
    window.show()
    app.exec()
    return watch.seen


def ours(folder: Path) -> dict[str, Any]:
    """The real start, over a folder with a roster in it."""
    from desktop import app as program
    from desktop.paths import data_folder

    watch = Watch(program.application(), is_bare=False)
    program.start(data_folder(folder))
    return watch.seen


if __name__ == "__main__":
    seen = ours(Path(sys.argv[1])) if len(sys.argv) > 1 else bare()
    sys.stdout.write(json.dumps(seen))
