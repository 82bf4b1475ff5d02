"""``tour``: the real window on the sample year, every page and dialog as a picture."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import UnavailableError
from db.files import refusals_at
from desktop.commands import demo, usage
from desktop.commands.call import DONE, Call
from desktop.paths import DataFolder, data_folder, resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.jobs import Jobs
    from desktop.ui.main_window import MainWindow

DAY = date(2026, 4, 14)
_QUIET_FOR = 0.05
_LONGEST = 30.0


@dataclass
class Tour:
    """The window being shown round, and the pictures taken so far."""

    folder: Path
    window: MainWindow
    jobs: Jobs
    pictures: list[dict[str, str]] = field(default_factory=list)

    def settle(self) -> None:
        """Let the window finish what it is doing: no work under way and nothing left to draw."""
        from PySide6.QtCore import QCoreApplication, QEvent

        quiet_since, began = time.monotonic(), time.monotonic()
        while time.monotonic() - quiet_since < _QUIET_FOR:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QCoreApplication.processEvents()
            if self.jobs.under_way():
                quiet_since = time.monotonic()
            if time.monotonic() - began > _LONGEST:
                raise UnavailableError("窗口一直没有忙完，停下了。", kept="")
            time.sleep(0.005)

    def take(self, page: str, shown: QWidget | None = None) -> None:
        """A picture of the window, or of one dialog."""
        self.settle()
        target = self.folder / f"{len(self.pictures) + 1:02d}-{page}.png"
        if not (shown or self.window).grab().save(str(target)):
            raise UnavailableError(f"图片“{target.name}”没有写成。", kept="已写好的图片都留着。")
        self.pictures.append({"page": page, "file": str(target)})

    def dialog(self, page: str, open_it: Callable[[], None]) -> None:
        """A picture of the dialog or menu that ``open_it`` brings up; then it is left by Esc."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        taken = False

        def look() -> None:
            nonlocal taken
            shown = QApplication.activeModalWidget() or QApplication.activePopupWidget()
            if shown is None:
                return
            if not taken:
                taken = True
                self.take(page, shown)
            shown.close()  # asked again at the next tick where it would not go yet

        watch = QTimer(self.window)
        watch.timeout.connect(look)
        watch.start(20)
        open_it()
        self.settle()
        watch.stop()


def add(commands: Any) -> None:
    parser = commands.add_parser("tour", help="把每一页和每个对话框存成图片")
    parser.add_argument("folder", type=usage.path, metavar="文件夹")
    parser.add_argument("--dark", action="store_true", help="深色")
    parser.add_argument("--size", type=_size, default=(1440, 900), metavar="宽x高")
    parser.add_argument("--scale", type=float, default=1.0, metavar="倍数")
    parser.set_defaults(run=run)


def run(call: Call) -> int:
    args = call.args
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(args.scale)
    _make_folder(args.folder)
    with tempfile.TemporaryDirectory() as scratch:
        quiet = replace(call, out=StringIO(), today=DAY)
        empty, filled = data_folder(Path(scratch) / "empty"), data_folder(Path(scratch) / "year")
        demo.fill(quiet, filled)
        pictures = _show_round(call, empty, _first_run, [])
        pictures = _show_round(call, filled, _whole_window, pictures)
    for one in pictures:
        call.say(f"{one['page']}：{one['file']}")
    call.answer({"pictures": pictures})
    return DONE


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UnavailableError(
            f"“{folder.name}”是一个文件，图片要放进文件夹。",
            remedy="请换一个文件夹的名字，再做一次。",
        )
    with refusals_at(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _show_round(
    call: Call,
    folder: DataFolder,
    walk: Callable[[Tour], None],
    pictures: list[dict[str, str]],
) -> list[dict[str, str]]:
    with _opened(call, folder) as (window, jobs):
        tour = Tour(call.args.folder, window, jobs, pictures)
        tour.settle()
        walk(tour)
    return tour.pictures


@contextmanager
def _opened(call: Call, folder: DataFolder) -> Iterator[tuple[MainWindow, Jobs]]:
    from desktop import app
    from desktop.settings import PROTECTION_OFFERED, Settings
    from desktop.ui import theme

    settings = Settings(folder.settings)
    settings.set(PROTECTION_OFFERED, True)
    # calm, so that nothing is caught in motion
    theme.apply(app.application(), "dark" if call.args.dark else "light", theme.STANDARD, calm=True)
    window = app.make_window(settings)
    window.resize(*call.args.size)
    window.show()
    with ExitStack() as held:
        guard = app.watch_for_bugs(window, folder, held)
        jobs = app.connect(window, folder, settings, guard, held, today=DAY)
        if jobs is None:
            raise UnavailableError("窗口没能打开样例数据。", kept="")
        yield window, jobs
        window.close()


def _first_run(tour: Tour) -> None:
    tour.take("first_run")
    _import_one(tour, demo.ROSTERS[0])
    tour.take("import-check")
    _press(tour, "import.go")
    tour.take("import-done")


def _whole_window(tour: Tour) -> None:
    _members(tour)
    _reports(tour)
    _importing(tour)
    _settings(tour)


def _members(tour: Tour) -> None:
    tour.window.open("members")
    tour.take("members")
    _type(tour, "members.search", "li")
    tour.take("members-search")
    tour.dialog("members-send", partial(_press, tour, "members.export"))
    tour.dialog("members-saved", partial(_press, tour, "members.saved"))
    _keys(tour, "members.table", "Space", "Down", "Space", "Down", "Space")
    tour.take("members-ticked")
    tour.dialog("members-status", partial(_press, tour, "members.bulk.status"))
    tour.dialog("members-move", partial(_press, tour, "members.bulk.move"))
    _press(tour, "members.bulk.clear")
    _keys(tour, "members.table", "F2")
    tour.take("members-form")
    tour.window.current_page().step_out()  # type: ignore[union-attr]
    tour.dialog("members-columns", partial(_press, tour, "members.columns"))
    tour.dialog("members-unit", partial(_press, tour, "members.unit_add"))
    _press(tour, "members.search.clear")
    _type(tour, "members.search", "查无此人")
    tour.take("members-nobody")
    _press(tour, "members.search.clear")
    _press(tour, "members.new")
    tour.take("members-new")
    tour.window.current_page().step_out()  # type: ignore[union-attr]


def _reports(tour: Tour) -> None:
    tour.window.open("reports")
    tour.take("reports")
    _press(tour, "reports.checks.act")
    tour.take("reports-checks")
    _keys(tour, "reports.list", "Return")
    tour.dialog("reports-people", partial(_keys, tour, "reports.grid", "Right", "Return"))
    tour.window.open("reports", "birthdays")
    tour.take("reports-birthdays")


def _importing(tour: Tour) -> None:
    tour.window.open("import")
    tour.take("import")
    _import_one(tour, demo.ROSTERS[2])
    tour.take("import-again")


def _import_one(tour: Tour, name: str) -> None:
    """From the file to the rows, as far as one press of the button brings it."""
    tour.window.open("import", [str(resource("samples", name))])
    tour.settle()
    if _named(tour, "import.go").isVisible() and not _named(tour, "import.table").isVisible():
        _press(tour, "import.go")


def _settings(tour: Tour) -> None:
    tour.window.open("settings")
    tour.take("settings")
    tour.dialog("settings-protect", partial(_press, tour, "settings.protect"))
    tour.dialog("settings-restore", partial(_press, tour, "settings.restore"))
    tour.dialog("settings-licences", partial(_press, tour, "settings.licences"))
    tour.dialog("told", partial(_tell_of_a_locked_file, tour))


def _tell_of_a_locked_file(tour: Tour) -> None:
    from desktop.exchange.reading.refusals import refusal
    from desktop.ui.dialogs.message import Choice

    locked = refusal("locked", "花名册.xlsx")
    choices = (Choice("other", "换一个文件"), Choice("retry", "重试"))
    tour.window.notices.tell(locked, title="花名册.xlsx 没能读出来", choices=choices, cancel="取消")


def _type(tour: Tour, name: str, text: str) -> None:
    from PySide6.QtWidgets import QLineEdit

    editor = _named(tour, name)
    if not isinstance(editor, QLineEdit):
        raise LookupError(name)
    editor.setFocus()
    editor.insert(text)
    tour.settle()


def _press(tour: Tour, name: str) -> None:
    from PySide6.QtWidgets import QAbstractButton

    button = _named(tour, name)
    if not isinstance(button, QAbstractButton):
        raise LookupError(name)
    button.click()
    tour.settle()


def _keys(tour: Tour, name: str, *keys: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    for key in keys:
        QTest.keyClick(_named(tour, name), Qt.Key[f"Key_{key}"])
    tour.settle()


def _named(tour: Tour, name: str) -> QWidget:
    from PySide6.QtWidgets import QWidget

    found = tour.window.findChild(QWidget, name)
    if not isinstance(found, QWidget):
        raise LookupError(name)
    return found


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    try:
        return int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError("要写成 1440x900 这样") from None
