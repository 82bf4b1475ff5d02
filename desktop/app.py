"""How does the window start: first the window, then the data?

Qt alone is imported before the first paint; the data, and everything that needs SQLAlchemy, come
in the first turn of the event loop after it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.paths import DataFolder, data_folder
from desktop.ui import system_libraries

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QApplication

    from desktop.services.office import Office
    from desktop.settings import Settings
    from desktop.ui.crash import CrashGuard
    from desktop.ui.jobs import Jobs
    from desktop.ui.main_window import MainWindow, PageSpec

ACTOR = "文员"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window over the data folder named first, or the usual one; gives an exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    return start(data_folder(given[0] if given else None))


def has_display() -> bool:
    """Whether there is anything to open a window on."""
    return not sys.platform.startswith("linux") or system_libraries.has_display(os.environ)


def start(folder: DataFolder, *, today: date | None = None) -> int:
    """Open the window over ``folder`` and stay until it is closed; ``today`` fixes the day.

    Where no window can be opened, one sentence says why and what to do, and the result is 1.
    """
    refused = system_libraries.refusal(os.environ)
    if refused:
        sys.stderr.write(refused + "\n")
        return 1
    from desktop.settings import Settings

    gc.disable()  # everything made until the window works stays; looking for garbage only costs
    app = application()
    settings = Settings(folder.settings)
    dress(app, settings)
    window = make_window(settings)
    with ExitStack() as held:

        def begin() -> None:
            guard = watch_for_bugs(window, folder, held)
            connect(window, folder, settings, guard, held, today=today)
            gc.freeze()
            gc.enable()

        window.first_painted.connect(begin)
        window.show()
        return app.exec()


def watch_for_bugs(window: MainWindow, folder: DataFolder, held: ExitStack) -> CrashGuard:
    """Log without personal data, and tell what nothing else caught, until ``held`` ends."""
    from desktop import logs
    from desktop.ui.crash import CrashGuard

    logs.start(folder.logs)
    held.callback(logs.stop)
    guard = CrashGuard(logs.LOGGER.error, window)
    guard.install()
    held.callback(guard.remove)
    return guard


def application() -> QApplication:
    """The one application object."""
    from PySide6.QtWidgets import QApplication

    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("banbiantian")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("banbiantian")
    return app


def dress(app: QApplication, settings: Settings) -> None:
    """Give the application the look that was chosen. Works at once, as often as it is called."""
    from desktop import settings as declared
    from desktop.ui import theme

    large = settings.get(declared.TEXT_SIZE) == "large"
    chosen: Any = settings.get(declared.THEME)
    theme.apply(app, chosen, theme.LARGE if large else theme.STANDARD)


def make_window(settings: Settings) -> MainWindow:
    """The empty window where it stood last time."""
    from desktop.ui import memory
    from desktop.ui.main_window import MainWindow

    window = MainWindow(place=memory.window_place(settings))

    def keep() -> None:
        memory.keep_window_place(settings, window.place())

    window.closing.connect(keep)
    return window


def connect(
    window: MainWindow,
    folder: DataFolder,
    settings: Settings,
    guard: CrashGuard,
    held: ExitStack,
    *,
    today: date | None = None,
) -> Jobs | None:
    """Open the data behind a window that is on the screen already; close it when it refuses."""
    from desktop.ui.jobs import Jobs
    from desktop.ui.language import speak_chinese

    speak_chinese(application())
    office = open_office(window, folder, settings, held)
    if office is None:
        window.close()
        return None
    jobs = Jobs(*runners(office))
    held.callback(jobs.close)
    jobs.crashed.connect(guard.tell)
    window.attach(jobs)
    window.bar.set_masking(True)
    window.bar.set_protection(office.is_protected)
    watch_backups(window, office, jobs)
    window.set_pages(pages(window, office, jobs, settings, today))
    window.open("members")
    return jobs


def open_office(
    window: MainWindow, folder: DataFolder, settings: Settings, held: ExitStack
) -> Office | None:
    """The open data folder; None when she left at the password or was told why it cannot be."""
    from datetime import UTC, datetime

    from db.errors import AppError, PasswordNeededError, WrongPasswordError
    from desktop.services import office as offices

    problem = ""
    while True:
        opening = offices.opened(
            folder,
            secret=partial(ask_secret, window, problem),
            actor=ACTOR,
            clock=partial(datetime.now, UTC),
            program="窗口",
            settings=settings,
        )
        try:
            return held.enter_context(opening)
        except WrongPasswordError as error:
            problem = error.happened
        except PasswordNeededError:
            return None
        except AppError as error:
            window.notices.tell(error)
            return None


def watch_backups(window: MainWindow, office: Office, jobs: Jobs) -> None:
    """Back up while she works, and say in the status bar when it was."""
    from datetime import datetime

    from desktop.services import backups
    from desktop.ui.backup_watch import BackupWatch

    BackupWatch(
        jobs,
        window.bar,
        make=office.back_up_when_due,
        last=partial(backups.last_backup, office.folder),
        now=datetime.now,
        parent=window,
    )


def runners(office: Office) -> tuple[Any, Any]:
    """How ``Jobs`` reads and writes this office's data."""

    def run_read(work: Any) -> Any:
        with office.read() as session:
            return work(session)

    def run_write(what: str, work: Any) -> tuple[Any, frozenset[str]]:
        with office.write(what) as session:
            value = work(session)
        return value, frozenset(session.info.get("touched_tables", ()))

    return run_read, run_write


def ask_secret(window: MainWindow, problem: str) -> str | None:
    """The password or recovery key as typed; None when she leaves instead."""
    from desktop.ui.dialogs.password import PasswordDialog

    return PasswordDialog(problem=problem, parent=window).ask() or None


def pages(
    window: MainWindow, office: Office, jobs: Jobs, settings: Settings, today: date | None
) -> list[PageSpec]:
    """The pages there are, in the order of the rail."""
    from datetime import date as day

    from desktop.ui.front import Front
    from desktop.ui.main_window import PageSpec
    from desktop.ui.pages.first_run import FirstRunPage
    from desktop.ui.pages.members_page import MembersPage

    on = day.today if today is None else partial(day.fromordinal, today.toordinal())
    front = Front(window, jobs, full="members", empty="first_run")
    front.look_now(office.read)
    given: dict[str, Any] = {"today": on, "settings": settings}
    return [
        PageSpec(
            "members",
            "成员",
            "users",
            partial(MembersPage, jobs, **given),
            key_number=2,
            stand_in=front.stand_in,
        ),
        PageSpec("first_run", "成员", "users", partial(FirstRunPage, jobs, **given), in_rail=False),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
