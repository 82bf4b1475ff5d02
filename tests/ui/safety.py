"""An office behind a window, with everything a person can press about protection and backups."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import app
from desktop.paths import DataFolder
from desktop.services import members, office, protection
from desktop.services.records import Draft
from desktop.settings import ORGANISATION, THEME, Settings
from desktop.ui.dialogs.protection import KeyPlaces
from desktop.ui.dialogs.protection_work import Custody
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.pages.settings_page import SettingsPage
from desktop.ui.pages.settings_safety import Places, Safety

START = datetime(2026, 4, 14, 8, 30, tzinfo=UTC)
CHEAP = protection.Cost(passes=1, memory_kib=64, lanes=1)
PASSWORD, NEW = "guihua kaile 2026", "xin de mima 2027"
NAME = "欧阳若兰标记"


class Clock:
    """Time that moves a minute with every question, so that nothing happens twice at once."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@dataclass
class Answers:
    """What the system's own dialogs answer."""

    key_file: str = ""
    backup: str = ""
    folder: str = ""
    prints: bool = True
    printed: list[Any] = field(default_factory=list)

    def places(self) -> Places:
        return Places(
            KeyPlaces(lambda _parent, _name: self.key_file, self._print),
            lambda _parent, _start: self.backup,
            lambda _parent, _start: self.folder,
        )

    def _print(self, _parent: QWidget, sheet: Any) -> bool:
        self.printed.append(sheet)
        return self.prints


@dataclass
class Desk:
    """Everything of one open office."""

    folder: DataFolder
    office: office.Office
    jobs: Jobs
    window: MainWindow
    safety: Safety
    settings: Settings
    answers: Answers
    vault: Path
    redressed: list[str]

    @property
    def page(self) -> SettingsPage:
        page = self.window.page("settings")
        assert isinstance(page, SettingsPage)
        return page

    def names(self) -> list[str]:
        from sqlalchemy import select

        from db.tables import Member

        with self.office.read() as session:
            return list(session.scalars(select(Member.name).order_by(Member.id)))

    def add(self, name: str) -> None:
        with self.office.write(f"新增{name}") as session:
            members.save(session, Draft(None, 0, {"name": name}))

    def readable(self) -> list[str]:
        """Files of the folder in which the marker name can be read."""
        return [
            file.name
            for file in self.folder.root.rglob("*")
            if file.is_file() and NAME.encode() in file.read_bytes()
        ]

    def toast(self) -> str:
        return str(self.window.findChild(QWidget, "window.toast").text())


@contextmanager
def desk(root: Path, qtbot: Any, *, secret: str | None = None) -> Any:
    """The window over ``root/data``, the settings page in front."""
    folder, clock, vault = DataFolder(root / "data"), Clock(), root / "vault"
    with office.opened(folder, secret=lambda: secret, actor="文员", clock=clock) as opened:
        window = MainWindow()
        qtbot.addWidget(window)
        jobs = Jobs(*app.runners(opened))
        window.attach(jobs)
        settings = Settings(folder.settings)
        answers, redressed = Answers(), []
        custody = Custody(
            jobs, opened, clock, lambda: settings.get(ORGANISATION), vault=vault, cost=CHEAP
        )
        safety = Safety(custody, window, window.notices, settings, places=answers.places())
        safety.protection_changed.connect(window.bar.set_protection)
        window.protection_requested.connect(safety.protect)
        window.bar.set_protection(opened.is_protected)
        made = Desk(folder, opened, jobs, window, safety, settings, answers, vault, redressed)

        def page() -> SettingsPage:
            return SettingsPage(
                safety,
                settings=settings,
                redress=lambda: redressed.append(settings.get(THEME)),
                open_folder=lambda folder: redressed.append(str(folder)),
            )

        window.set_pages([PageSpec("settings", "设置", "settings-2", page, 0, True)])
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        window.open("settings")
        try:
            qtbot.waitUntil(lambda: window.findChild(QWidget, "settings.back_up") is not None)
            yield made
        finally:
            for box in QApplication.topLevelWidgets():
                if box is not window and box.isVisible():
                    box.close()
            jobs.close()


def box(qtbot: Any, name: str) -> Any:
    """The dialog of this name once it is open."""

    def is_open() -> bool:
        active = QApplication.activeModalWidget()
        if active is None or active.objectName() != name:
            return False
        active.activateWindow()
        return active.isActiveWindow()

    qtbot.waitUntil(is_open)
    return QApplication.activeModalWidget()


def gone(qtbot: Any) -> None:
    """Wait until no dialog is open."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def type_in(dialog: QWidget, *words: str) -> None:
    """Type into the field with the focus, Enter after each."""
    for word in words:
        QTest.keyClicks(dialog.focusWidget(), word)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


@contextmanager
def answering(*steps: Any) -> Any:
    """Does the next step each time a modal dialog waits; a step gives False to be tried again."""
    waiting, is_over = list(steps), list[bool]()

    def look() -> None:
        if is_over:
            return
        QTimer.singleShot(5, look)  # before the step: it may open a dialog and wait inside
        dialog = QApplication.activeModalWidget()
        if dialog is None or not waiting:
            return
        dialog.activateWindow()
        if dialog.isActiveWindow():
            step = waiting.pop(0)
            if step(dialog) is False:
                waiting.insert(0, step)

    QTimer.singleShot(5, look)
    yield
    is_over.append(True)
    assert not waiting


def press(dialog: QWidget, name: str) -> None:
    """Reach a button or tick by Tab and press it with the space bar, as without a mouse."""
    QApplication.processEvents()  # what a layout has just taken in is shown in the next turn
    for _ in range(60):
        focused = dialog.focusWidget()
        if focused is not None and focused.objectName() == name:
            QTest.keyClick(focused, Qt.Key.Key_Space)
            return
        QTest.keyClick(focused or dialog, Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached by Tab")
