"""How does the window start: first the window, then the data?

Qt alone is imported before the first paint; the data, and everything that needs SQLAlchemy, come
in the first turn of the event loop after it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop.paths import PASSWORD_VARIABLE, DataFolder, data_folder
from desktop.ui import system_libraries

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtWidgets import QApplication

    from db.errors import AppError
    from desktop.services.office import Office
    from desktop.settings import Settings
    from desktop.ui.backup_watch import BackupWatch
    from desktop.ui.crash import CrashGuard
    from desktop.ui.jobs import Jobs
    from desktop.ui.main_window import MainWindow, PageSpec
    from desktop.ui.pages.settings_safety import Safety
    from desktop.ui.widgets.page import Page

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

    Where no window or no data can be opened, one sentence says why and what to do, and the result
    is 1.
    """
    refused = system_libraries.refusal(os.environ)
    if refused:
        sys.stderr.write(refused + "\n")
        return 1
    from desktop.settings import Settings

    gc.disable()  # everything made until the window works stays; looking for garbage only costs
    app = application()
    leave_sources_unread()
    settings = Settings(folder.settings)
    dress(app, settings)
    window = make_window(settings)
    is_refused = False
    with ExitStack() as held:

        def begin() -> None:
            nonlocal is_refused
            guard = watch_for_bugs(window, folder, held)
            jobs = connect(
                window, folder, settings, guard, held, today=today, is_seen=has_display()
            )
            is_refused = jobs is None
            gc.freeze()
            gc.enable()

        window.first_painted.connect(begin)
        window.show()
        return app.exec() or int(is_refused)


def leave_sources_unread() -> None:
    """Keep PySide from searching the source of each module for its name while it is imported.

    It does so to know which modules may switch to other spellings of Qt's names; ours never do,
    and reading a few hundred files again costs a twentieth of the start.
    """
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = is_never_asked


def is_never_asked(_module: object) -> bool:
    """No module of ours, nor one it uses, switches the features of PySide."""
    return False


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
    is_seen: bool = True,
) -> Jobs | None:
    """Open the data behind a window that is on the screen already; close it when it refuses.

    ``is_seen`` False asks nothing: where nobody looks, a question would wait for ever.
    """
    from desktop.settings import ORGANISATION
    from desktop.ui.jobs import Jobs
    from desktop.ui.language import speak_chinese

    speak_chinese(application())
    office = open_office(window, folder, settings, held, is_seen=is_seen)
    if office is None:
        window.close()
        return None
    jobs = Jobs(*runners(office))
    held.callback(jobs.close)
    jobs.crashed.connect(guard.tell)
    window.attach(jobs)
    window.bar.set_masking(True)
    window.set_organisation(settings.get(ORGANISATION))
    safety = keep_safe(window, office, jobs)
    window.set_pages(pages(window, office, jobs, safety, today))
    window.open("members")
    safety.offer_protection()
    return jobs


def open_office(
    window: MainWindow,
    folder: DataFolder,
    settings: Settings,
    held: ExitStack,
    *,
    is_seen: bool = True,
) -> Office | None:
    """The open data folder; None when she left at the password or was told why it cannot be."""
    from db.errors import AppError, PasswordNeededError, UnusableError
    from desktop.services import office as offices
    from desktop.ui.dialogs.password_unlock import Unlocking

    unlocking = Unlocking(window, folder, clock=utc_now)
    while True:
        opening = offices.opened(
            folder,
            secret=unlocking.ask if is_seen else no_secret,
            actor=ACTOR,
            clock=utc_now,
            program="窗口",
            settings=settings,
        )
        try:
            office = held.enter_context(opening)
        except PasswordNeededError as error:
            if not unlocking.is_restored:
                say_on_terminal(error)
                return None
        except UnusableError as error:
            say_on_terminal(error)
            if not is_seen or not unlocking.offer_restore(error):
                return None
        except AppError as error:
            say_on_terminal(error)
            if is_seen:
                window.notices.tell(error)
            return None
        else:
            unlocking.settle(office)
            return office


def no_secret() -> None:
    """Nobody is there who could type a password."""


def say_on_terminal(error: AppError) -> None:
    """Say it also where the program was started from; a windowed program has no such place."""
    if sys.stderr is not None:
        sys.stderr.write(f"{error}\n")


def password(folder: DataFolder, ask: Callable[[], str | None]) -> str | None:
    """The password in the environment where it opens the data, else the one she types."""
    from desktop.ui.dialogs.protection_work import why_not

    given = os.environ.get(PASSWORD_VARIABLE)
    return given if given and why_not(folder, given) is None else ask()


def utc_now() -> datetime:
    """The one clock of the window."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def watch_backups(window: MainWindow, office: Office, jobs: Jobs) -> BackupWatch:
    """Back up while she works, and say in the status bar when it was."""
    from datetime import datetime

    from desktop.services import backups
    from desktop.ui.backup_watch import BackupWatch

    return BackupWatch(
        jobs,
        window.bar,
        make=office.back_up_when_due,
        last=partial(backups.last_backup, office.folder),
        now=datetime.now,
        parent=window,
    )


def keep_safe(window: MainWindow, office: Office, jobs: Jobs) -> Safety:
    """Password, recovery key and backups, as the status bar and the settings offer them."""
    from desktop.settings import ORGANISATION
    from desktop.ui.dialogs.protection_work import Custody
    from desktop.ui.pages.settings_safety import Safety

    custody = Custody(jobs, office, utc_now, partial(office.settings.get, ORGANISATION))
    safety = Safety(custody, window, window.notices, office.settings)
    safety.protection_changed.connect(window.bar.set_protection)
    window.protection_requested.connect(safety.protect)
    safety.kept_changed.connect(watch_backups(window, office, jobs).look)
    window.bar.set_protection(office.is_protected)
    return safety


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


def pages(
    window: MainWindow, office: Office, jobs: Jobs, safety: Safety, today: date | None
) -> list[PageSpec]:
    """The pages there are, in the order of the rail."""
    from datetime import date as day

    from desktop.services.backups import Reason
    from desktop.ui.front import Front
    from desktop.ui.main_window import PageSpec

    on = day.today if today is None else partial(day.fromordinal, today.toordinal())
    front = Front(window, jobs, full="members", empty="first_run")
    front.look_now(office.read)
    given: dict[str, Any] = {"today": on, "settings": office.settings}
    backed_up = {"before_writing": partial(office.back_up, Reason.BEFORE_IMPORT), **given}
    importing = partial(page, "import_page", "ImportPage", jobs, **backed_up)
    examining = partial(page, "doctor_page", "DoctorPage", jobs, **given)
    collecting = partial(page, "returns_page", "ReturnsPage", jobs, **backed_up)
    reporting = partial(page, "reports_page", "ReportsPage", jobs, folder=office.folder, **given)
    listing = partial(page, "members_page", "MembersPage", jobs, folder=office.folder, **given)
    inviting = partial(page, "first_run", "FirstRunPage", jobs, **given)
    return [
        PageSpec(
            "members",
            "成员",
            "users",
            listing,
            key_number=2,
            stand_in=front.stand_in,
        ),
        PageSpec("first_run", "成员", "users", inviting, in_rail=False),
        PageSpec("reports", "报表与提醒", "scroll-text", reporting, short="报表"),
        PageSpec("import", "导入名册", "file-input", importing, at_bottom=True, short="导入"),
        PageSpec("doctor", "名册体检", "heart-pulse", examining, in_rail=False),
        PageSpec("returns", "收表", "list-checks", collecting, in_rail=False),
        PageSpec(
            "settings",
            "设置",
            "settings-2",
            partial(settings_page, window, office, safety),
            at_bottom=True,
        ),
    ]


def page(module: str, kind: str, jobs: Jobs, **given: Any) -> Page:
    """A page, whose module is loaded no sooner than it is opened for the first time."""
    loaded = import_module(f"desktop.ui.pages.{module}")
    made: Page = getattr(loaded, kind)(jobs, **given)
    return made


def settings_page(window: MainWindow, office: Office, safety: Safety) -> Page:
    """The settings; a change of look or size of type reaches every page at once."""
    from desktop.ui.pages.settings_page import SettingsPage

    def redress() -> None:
        dress(application(), office.settings)
        window.dress_again()

    page = SettingsPage(safety, settings=office.settings, redress=redress)
    page.organisation_changed.connect(window.set_organisation)
    return page


if __name__ == "__main__":
    raise SystemExit(main())
