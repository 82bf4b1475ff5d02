"""What holds the pages together: rail, page stack, status bar and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtGui import QShortcut as Shortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.widgets.nav_rail import NavEntry, NavRail
from desktop.ui.widgets.room import Room, room_in
from desktop.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    # not needed for the first paint, which waits for nothing that it can do without
    from desktop.ui.jobs import Jobs
    from desktop.ui.notices import Notices
    from desktop.ui.progress import ProgressHost
    from desktop.ui.undoing import Undoing
    from desktop.ui.widgets.page import Page

TITLE = "半边天·妇委会工作台"
MINIMUM = QSize(900, 440)  # 1366 × 768 at 150 % leaves 911 × 464


@dataclass(frozen=True)
class PageSpec:
    """A page that can be opened: where it stands in the rail, and how it is made when first opened.

    ``make`` may open nothing that lasts: it runs on the window's thread. ``in_rail`` False makes a
    page that only other pages lead to. ``stand_in`` names the page to show in its place just now,
    asked each time it is opened without an argument; empty means itself.
    """

    key: str
    title: str
    icon: str
    make: Callable[[], Page]
    key_number: int = 0
    at_bottom: bool = False
    short: str = ""
    in_rail: bool = True
    stand_in: Callable[[], str] = str


class MainWindow(QMainWindow):
    """The window. It opens empty; ``set_pages`` and ``attach`` make it work once data are there.

    ``first_painted`` comes once, when it can be seen; ``opened`` carries the key of each page that
    comes to the front; ``closing`` is the last thing heard of it; ``protection_requested`` is the
    press on the amber sign.
    """

    first_painted = Signal()
    opened = Signal(str)
    closing = Signal()
    protection_requested = Signal()

    def __init__(self, *, place: Mapping[str, int] | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(TITLE)
        self.setMinimumSize(MINIMUM)
        self._specs: dict[str, PageSpec] = {}
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._was_painted = False
        self._jobs: Jobs | None = None
        self._undoing: Undoing | None = None
        self._progress: ProgressHost | None = None
        frame = QWidget()
        frame.setObjectName("frame")
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self.rail = NavRail(())
        self.stack = QStackedWidget()
        self.stack.setAccessibleName("页面")
        self._middle.addWidget(self.rail)
        self._middle.addWidget(self.stack, 1)
        column.addLayout(self._middle, 1)
        self.bar = StatusBar()
        column.addWidget(self.bar)
        self.setCentralWidget(frame)
        self.bar.undo_requested.connect(self.undo)
        self.bar.protection_requested.connect(self.protection_requested)
        self._bind_keys()
        self._take_place(place or {})

    @cached_property
    def notices(self) -> Notices:
        """The ways of telling a person something in this window."""
        from desktop.ui.notices import Notices
        from desktop.ui.widgets.feedback import Toast

        return Notices(self, Toast(self.stack), self.bar)

    # what the composition root calls

    def set_pages(self, specs: Sequence[PageSpec]) -> None:
        """Fill the rail. Pages are made when they are first opened."""
        self._specs = {spec.key: spec for spec in specs}
        shape = self.rail.shape()
        old = self.rail
        self.rail = NavRail([_entry(spec) for spec in specs if spec.in_rail])
        self.rail.set_shape(shape)
        self.rail.chosen.connect(self.open)
        self._middle.replaceWidget(old, self.rail)
        old.deleteLater()
        self._arrange()

    def attach(self, jobs: Jobs, *, panel_after: int = 1000) -> None:
        """Connect background work: progress, undo, refresh, and what went wrong.

        The panel appears when titled work lasts longer than ``panel_after`` milliseconds.
        """
        from desktop.ui.progress import ProgressHost
        from desktop.ui.undoing import Undoing

        self._jobs = jobs
        self._undoing = Undoing(jobs, self.notices, self)
        self._progress = ProgressHost(self.stack, self.bar, jobs, after=panel_after)
        jobs.changed.connect(self._data_changed)
        jobs.told.connect(self._tell)

    def set_organisation(self, name: str) -> None:
        """The office's name beside the program's in the title bar."""
        self.setWindowTitle(f"{name} — {TITLE}" if name else TITLE)

    def open(self, key: str, argument: object = None) -> None:
        """Bring a page to the front, or what stands in for it, making it first where needed."""
        asked, key = key, self._shown_for(key, argument)
        page = self._pages.get(key) or self._make(key)
        if self._progress is not None and key != self._current:
            self._progress.shrink()
        self._current = key
        self.stack.setCurrentWidget(page)
        if self._specs[asked].in_rail:
            self.rail.set_current(asked)
        self.bar.set_counts("")
        page.arrange(self._room())
        page.activate(argument)
        page.focus_first()
        self.opened.emit(key)

    def _shown_for(self, key: str, argument: object) -> str:
        return (self._specs[key].stand_in() or key) if argument is None else key

    def forget(self, key: str) -> None:
        """Throw a page away; the next ``open`` makes it anew."""
        page = self._pages.pop(key, None)
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()

    def dress_again(self) -> None:
        """Make all pages but the present one anew: they took their measures from the type."""
        for key in [key for key in self._pages if key != self._current]:
            self.forget(key)
        self.set_pages(list(self._specs.values()))
        if self._current:
            self.rail.set_current(self._current)

    def current_key(self) -> str:
        return self._current

    def current_page(self) -> Page | None:
        return self._pages.get(self._current)

    def page(self, key: str) -> Page | None:
        """A page that was made already."""
        return self._pages.get(key)

    def place(self) -> dict[str, int]:
        """Where the window stands, to be given back at the next start."""
        box = self.normalGeometry()
        return {
            "x": box.x(),
            "y": box.y(),
            "width": box.width(),
            "height": box.height(),
            "maximized": int(self.isMaximized()),
        }

    # keys

    def undo(self) -> None:
        if self._undoing is not None:
            self._undoing.undo()

    def redo(self) -> None:
        if self._undoing is not None:
            self._undoing.redo()

    def step_panes(self, by: int) -> None:
        """F6: to the next pane of the page, the rail being the first."""
        page = self.current_page()
        panes = [self.rail, *(page.panes() if page else []), self.bar]
        panes = [pane for pane in panes if pane.isVisibleTo(self) and _first_stop(pane)]
        if not panes:
            return
        focused = self.focusWidget()
        at = next(
            (n for n, pane in enumerate(panes) if focused and _holds(pane, focused)),
            -by % len(panes),
        )
        stop = _first_stop(panes[(at + by) % len(panes)])
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.current_page()
        if event.key() == Qt.Key.Key_Escape and page is not None:
            page.step_out()
        elif event.key() == Qt.Key.Key_Alt:
            self.rail.show_keys(True)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.rail.show_keys(False)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.rail.show_keys(False)
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "bar"):
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._after_first_paint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()

    # private

    def _after_first_paint(self) -> None:
        self.setWindowIcon(icons.logo())
        self.first_painted.emit()

    def _make(self, key: str) -> Page:
        page = self._specs[key].make()
        page.status.connect(partial(self._say_counts, key))
        page.wants.connect(self.open)
        page.badge.connect(partial(self._set_badge, key))
        page.did.connect(self._say_done)
        page.told.connect(self.notices.quietly)
        page.masking.connect(self.bar.set_masking)
        self._pages[key] = page
        self.stack.addWidget(page)
        return page

    def _say_done(self, sentence: str) -> None:
        self.notices.done(sentence, undo=self.undo)

    def _say_counts(self, key: str, words: str) -> None:
        if key == self._current:
            self.bar.set_counts(words)

    def _set_badge(self, key: str, count: int) -> None:
        if self._specs[key].in_rail:
            self.rail.set_badge(key, count)

    def _bind_keys(self) -> None:
        for number in range(1, 9):
            self._bind(f"Alt+{number}", partial(self._open_number, number))
        self._bind("Ctrl+F", partial(self._on_page, "search"))
        self._bind("Ctrl+N", partial(self._on_page, "new_item"))
        self._bind("F5", partial(self._on_page, "reload"))
        self._bind("Ctrl+O", partial(self._open_if_there, "import"))
        self._bind("Ctrl+Z", self.undo)
        self._bind("Ctrl+Y", self.redo)
        self._bind("Ctrl+S", self._say_saved)
        self._bind("F6", partial(self.step_panes, 1))
        self._bind("Shift+F6", partial(self.step_panes, -1))

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        Shortcut(QKeySequence(keys), self).activated.connect(act)

    def _on_page(self, method: str) -> None:
        page = self.current_page()
        if page is not None:
            getattr(page, method)()

    def _open_number(self, number: int) -> None:
        for spec in self._specs.values():
            if spec.key_number == number:
                self.open(spec.key)

    def _open_if_there(self, key: str) -> None:
        if key in self._specs:
            self.open(key)

    def _say_saved(self) -> None:
        self.notices.quietly("已保存，不用手动存")

    def _data_changed(self, tables: frozenset[str], initiator: object) -> None:
        for page in self._pages.values():
            if page is not initiator and page.shows(tables):
                page.refresh()

    def _tell(self, error: object, _owner: object) -> None:
        from db.errors import AppError

        if isinstance(error, AppError):
            self.notices.tell(error)

    def _room(self) -> Room:
        scale = theme.current().scale
        return room_in(round(self.width() / scale), round(self.height() / scale))

    def _arrange(self) -> None:
        room = self._room()
        self.rail.set_shape("icons" if room.flat else "wide" if room.width == "wide" else "narrow")
        self.bar.set_narrow(room.width == "narrow")
        page = self.current_page()
        if page is not None:
            page.arrange(room)

    def _take_place(self, place: Mapping[str, int]) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        wanted = QSize(place.get("width", 1440), place.get("height", 900))
        size = wanted.boundedTo(screen.size()).expandedTo(MINIMUM)
        self.resize(size)
        if "x" in place and "y" in place:
            box = QRect(place["x"], place["y"], size.width(), size.height())
            if any(one.availableGeometry().intersects(box) for one in QGuiApplication.screens()):
                self.move(box.topLeft())
        if place.get("maximized"):
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def _may_close(self) -> bool:
        long_ones = [job for job in self._jobs.under_way() if job.title] if self._jobs else []
        if not any(job.writes for job in long_ones):
            return True
        from desktop.ui.dialogs.message import Choice, MessageDialog, Told

        answer = MessageDialog(
            "还有一件事没有做完",
            Told(f"{long_ones[0].title}还在进行。", "现在停下会退回到开始之前，不会只做一半。", ""),
            tone="amber",
            choices=(Choice("stop", "停下并关闭"),),
            cancel="继续做完",
            name="window.unfinished",
            parent=self,
        ).ask()
        return answer == "stop"


def _entry(spec: PageSpec) -> NavEntry:
    return NavEntry(spec.key, spec.title, spec.icon, spec.key_number, spec.at_bottom, spec.short)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _first_stop(pane: QWidget) -> QWidget | None:
    """The first thing in a pane that can take the focus."""
    for widget in (pane, *pane.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisibleTo(pane.window()) and widget.isEnabled():
            return widget
    return None
