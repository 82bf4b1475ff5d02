"""What is every page made of?

A header row, a body, and one of four faces: content, empty, error, loading.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import EmptyState, LoadingState, error_state
from desktop.ui.widgets.inputs import SearchBox
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.room import Room

__all__ = ["Page", "Room"]

LOADING_AFTER_MS = 300


class Page(QWidget):
    """The frame of one page.

    The window calls ``activate`` each time the page comes to the front, ``focus_first`` then,
    ``arrange`` when its room changes, and the key methods (``search``, ``new_item``, ``reload``,
    ``step_out``). A page says with ``status`` what stands at the left of the status bar and with
    ``wants`` which page should open (key and an argument of that page's own kind). ``did`` carries
    the sentence of a change that Ctrl+Z takes back, ``told`` one that needs no way back,
    ``masking`` whether private numbers are hidden just now.
    """

    status = Signal(str)
    wants = Signal(str, object)
    badge = Signal(int)
    did = Signal(str)
    told = Signal(str)
    masking = Signal(bool)

    def __init__(self, title: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.title = title
        self._room = Room("wide", low=False, flat=False)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 14)
        outer.setSpacing(14)
        self.header_bar = QWidget()
        self.header = QHBoxLayout(self.header_bar)
        self.header.setContentsMargins(0, 0, 0, 0)
        self.header.setSpacing(10)
        self.heading = Label(title, "h1")
        self.header.addWidget(self.heading)
        self.header.addSpacing(6)
        outer.addWidget(self.header_bar)
        self._faces = QStackedWidget()
        self.content = QWidget()
        self.body = QHBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(14)
        self._loading = LoadingState()
        self._faces.addWidget(self.content)
        self._faces.addWidget(self._loading)
        self._extra: QWidget | None = None
        outer.addWidget(self._faces, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(LOADING_AFTER_MS)
        self._wait.timeout.connect(self._show_waiting)

    # faces

    def show_content(self) -> None:
        self._wait.stop()
        self._faces.setCurrentWidget(self.content)

    def show_loading(self) -> None:
        """Say that it is reading, but only if it takes longer than 0.3 s."""
        self._wait.start()

    def show_empty(self, state: EmptyState) -> None:
        """Show ``state`` in place of the content; the header stays."""
        self._wait.stop()
        self._replace(state)

    def show_error(self, sentence: str = "", *, title: str = "") -> EmptyState:
        """Show that the page could not be read; its button calls ``reload``."""
        state = error_state(
            title or "这一页没能打开",
            sentence or "数据完好，重新读取即可。",
            name=f"{self.objectName()}.error",
        )
        state.acted.connect(self.reload)
        self.show_empty(state)
        return state

    def face(self) -> QWidget | None:
        return self._faces.currentWidget()

    # what the window calls; pages override what they need

    def activate(self, argument: object = None) -> None:
        """The page comes to the front."""

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        self.setFocus()

    def search(self) -> None:
        """Ctrl+F."""

    def new_item(self) -> None:
        """Ctrl+N."""

    def reload(self) -> None:
        """F5, and when the data behind the page changed."""

    def shows(self, tables: frozenset[str]) -> bool:
        """Whether a change of these tables makes what is shown stale."""
        return True

    def refresh(self) -> None:
        """Data changed elsewhere: read again, keeping selection and place."""
        self.reload()

    def step_out(self) -> bool:
        """Esc: close the innermost open thing; False when there was none.

        Pages close their popup, drawer and selection first and then come here: clear the search.
        """
        for box in self.findChildren(SearchBox):
            if box.text():
                box.clear_now()
                return True
        return False

    def panes(self) -> list[QWidget]:
        """The panes F6 steps through, in order: header, tree, table, drawer."""
        return [self.header_bar, self.content]

    def arrange(self, room: Room) -> None:
        """Fit the room. The kit's own part: header buttons given ``folds`` lose their words."""
        self._room = room
        roomy = room.width == "wide" and not room.low
        side, top = (20, 16) if roomy else (16, 12)
        self._outer.setContentsMargins(side, top, side, 14 if roomy else 12)
        self._outer.setSpacing(14 if roomy else 10)
        for button in self.header_bar.findChildren(Button):
            if button.property("folds") == "true":
                button.set_icon_only(room.width != "wide")

    def room(self) -> Room:
        return self._room

    def _show_waiting(self) -> None:
        self._faces.setCurrentWidget(self._loading)

    def _replace(self, state: QWidget) -> None:
        if self._extra is not None and self._extra is not state:
            self._faces.removeWidget(self._extra)
            self._extra.deleteLater()
        self._extra = state
        if self._faces.indexOf(state) < 0:
            self._faces.addWidget(state)
        self._faces.setCurrentWidget(state)
