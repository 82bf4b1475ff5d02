"""The real window with the members page over a real database of invented people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from db.session import Database
from desktop.fields import identity
from desktop.registers import MEMBERS
from desktop.services import members, records, units
from desktop.settings import Settings
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.models.members import Place
from desktop.ui.pages.members_page import MembersPage
from desktop.ui.widgets.buttons import Pressable

TODAY = date(2026, 4, 14)
MOMENT = datetime(2026, 4, 14, 0, 52, tzinfo=UTC)
KEY = Qt.Key


def id_number(born: str, sequence: int) -> str:
    """A number of nobody: area 420000, even sequence for a woman, the right check digit."""
    first17 = f"420000{born.replace('-', '')}{sequence:03d}"
    return first17 + identity.check_character(first17)


class Desk:
    """One office: a folder, its database, the window with the members page, and her hands."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.database = Database.open(folder / "banbiantian.db", clock=lambda: MOMENT)
        self.jobs = Jobs(self._read, self._write)
        self.crashes: list[BaseException] = []
        self.told: list[str] = []
        self.wanted: list[str] = []
        self.targets: list[str] = []
        self.jobs.crashed.connect(self.crashes.append)
        self.settings = Settings(folder / "settings.json")
        self.window = MainWindow(place={"width": 1440, "height": 900})
        self.window.attach(self.jobs)
        self.jobs.told.disconnect()
        self.jobs.told.connect(self._keep_told)
        self.window.set_pages([PageSpec("members", "成员", "users", self._make, 2)])

    # the data, set up and looked at without the window

    def add_unit(self, name: str, above: int | None = None) -> int:
        return self.write(f"新增单位{name}", lambda s: units.add(s, name, above))

    def add(self, name: str, unit_id: int | None = None, **typed: str) -> int:
        """One more person, her fields typed as a person would."""
        understood = records.understand(MEMBERS, {"name": name, **typed})
        assert not understood.errors
        values = {**understood.values, "unit_id": unit_id}
        draft = records.Draft(None, 0, values)
        return self.write(f"新增{name}", lambda s: members.save(s, draft))

    def person(self, member_id: int) -> Mapping[str, Any]:
        return self.read(lambda s: members.details(s, member_id)).values

    def names(self) -> set[str]:
        return {row.name for row in self.read(lambda s: members.rows(s, members.Query()))}

    def read(self, work: Callable[[Any], Any]) -> Any:
        return self._read(work)

    def write(self, what: str, work: Callable[[Any], Any]) -> Any:
        return self._write(what, work)[0]

    # her hands and eyes

    def open(self, size: tuple[int, int] = (1440, 900)) -> MembersPage:
        """Open the window on the page, as at the start of a day."""
        self.window.resize(*size)  # wider than the screen that is not there
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.window.open("members")
        self.settle()
        return self.page

    @property
    def page(self) -> MembersPage:
        page = self.window.page("members")
        assert isinstance(page, MembersPage)
        return page

    def settle(self) -> None:
        """Wait until nothing is being read or written any more."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.jobs.under_way(), timeout=10_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.jobs.under_way(), timeout=10_000)
        assert not self.crashes

    def find(self, text: str) -> None:
        """Type into the search box."""
        box = self.page.filters.search
        box.setFocus()
        box.selectAll()
        self.qtbot.keyClick(box, KEY.Key_Delete)
        self.type(box, text)
        box.search_now()
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Type as a person does: Chinese comes through the input method."""
        widget.setFocus()
        if text.isascii():
            self.qtbot.keyClicks(widget, text)
        else:
            composed = QInputMethodEvent("", [])
            composed.setCommitString(text)
            QApplication.sendEvent(widget, composed)

    def press(self, key: Any, widget: QWidget | None = None, mods: Any = None) -> None:
        """Press a key where the focus is."""
        popup = QApplication.activePopupWidget()
        inside = popup.focusWidget() or popup if popup else None
        target = widget or inside or self.window.focusWidget() or self.window
        self.qtbot.keyClick(target, key, mods or Qt.KeyboardModifier.NoModifier)
        self.settle()

    def click(self, name: str) -> None:
        """Click a button by its object name."""
        button = self.window.findChild(Pressable, name)
        assert button is not None, name
        assert button.isEnabled(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def dialog(self) -> Any:
        """The dialog that is open."""
        found = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def choose_unit(self, unit_id: int | None) -> None:
        """Go to a branch of the tree."""
        self.page.units.tree.choose(Place("unit", unit_id) if unit_id else Place())
        self.settle()

    def shown(self) -> list[str]:
        """The names in the table, from above."""
        return [row.name for row in self.page.list.rows()]

    def cell(self, row: int, key: str) -> str:
        model = self.page.list.model
        column = next(c for c in model.columns if c.key == key)
        return model.cell(row, column).text

    def toast(self) -> str:
        return self.window.bar.done()

    def close(self) -> None:
        self.settle()
        self.jobs.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.database.close()

    # wiring, as the composition root does it

    def _make(self) -> MembersPage:
        page = MembersPage(
            self.jobs,
            today=lambda: TODAY,
            settings=self.settings,
            pick_target=lambda _parent, _name: self.targets.pop(0),
        )
        page.wants.connect(self._keep_wanted)
        return page

    def _keep_told(self, error: object, _owner: object) -> None:
        self.told.append(str(error))

    def _keep_wanted(self, key: str, _argument: object) -> None:
        self.wanted.append(key)

    def _read(self, work: Callable[[Any], Any]) -> Any:
        with self.database.read() as session:
            return work(session)

    def _write(self, what: str, work: Callable[[Any], Any]) -> tuple[Any, frozenset[str]]:
        with self.database.write("文员", what) as session:
            value = work(session)
        return value, frozenset(session.info.get("touched_tables", ()))
