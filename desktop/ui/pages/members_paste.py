"""What becomes of text pasted into the list: a table to import, or people to tick?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.services import mentions
from desktop.services.members import ON_STAFF
from desktop.services.mentions import Found
from desktop.ui.dialogs.paste_dialog import AS_TABLE, PasteDialog
from desktop.ui.jobs import Jobs
from desktop.ui.models.members import Filters
from desktop.ui.pages.members_list import RosterCard

_HEADER_ROWS = 10
_NO_TEXT = "剪贴板里没有文字。请先复制一列姓名或者一张表，再来粘贴"
_NO_NAMES = "粘贴的内容里没有认出姓名，勾选没有变"


@dataclass(frozen=True)
class Pasted:
    """What a pasted text turned out to be: a table, or names of people; ``away`` are the ids of
    those who are not on staff."""

    text: str
    is_table: bool
    found: Found
    away: frozenset[int] = frozenset()


class Paste(QObject):
    """Takes what is on the clipboard. ``table_given`` carries the text of a table, ``asked`` the
    question under which everybody to be ticked is listed, ``told`` a sentence."""

    table_given = Signal(str)
    asked = Signal(object)
    told = Signal(str)

    def __init__(
        self, jobs: Jobs, shown: RosterCard, filters: Callable[[], Filters], page: QWidget
    ) -> None:
        super().__init__(page)
        self._jobs, self._list, self._filters, self._page = jobs, shown, filters, page

    def paste(self) -> None:
        """Look at the clipboard, then tick, ask or hand over."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.told.emit(_NO_TEXT)
            return
        work = partial(read_pasted, text=text, day=self._filters().as_of)
        self._jobs.read(self._page, work, done=self._take)

    def tick(self, ids: Sequence[int], *, everywhere: bool = False) -> None:
        """Tick these people, in a list that holds them all."""
        shown = {row.id for row in self._list.rows()}
        if not shown.issuperset(ids):
            now = self._filters()
            wide = Filters(order=now.order, descending=now.descending, as_of=now.as_of)
            self._list.tick_when_shown(ids)
            self.asked.emit(wide.everywhere() if everywhere else wide)
        else:
            self._list.tick(ids)

    def _take(self, pasted: Pasted) -> None:
        found = pasted.found
        if pasted.is_table:
            self.table_given.emit(pasted.text)
        elif found.open or found.cut:
            self._ask(pasted)
        elif found.people:
            self._tick(pasted, found.people)
        else:
            self.told.emit(_NO_NAMES)

    def _ask(self, pasted: Pasted) -> None:
        dialog = PasteDialog(pasted.found, self._page)
        dialog.accepted.connect(partial(self._answered, dialog, pasted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.take_focus()

    def _answered(self, dialog: PasteDialog, pasted: Pasted) -> None:
        if dialog.answer == AS_TABLE:
            self.table_given.emit(pasted.text)
        else:
            self._tick(pasted, dialog.ids())

    def _tick(self, pasted: Pasted, ids: tuple[int, ...]) -> None:
        self.tick(ids, everywhere=not pasted.away.isdisjoint(ids))
        again = pasted.found.repeated
        self.told.emit(
            f"勾选了粘贴的 {len(ids)} 人" + (f"，{again} 个名字重复，只算一次" if again else "")
        )


def read_pasted(session: Any, text: str, day: date | None) -> Pasted:
    """What a text is: a table when words that head columns stand over it or nobody on the roster
    is in its cells, else names."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    is_block = any(len([cell for cell in row if cell.strip()]) > 1 for row in rows)
    nobody = Found((), ())
    if is_block and _has_header(rows):
        return Pasted(text, True, nobody)
    known = mentions.directory(session, day)
    wanted = mentions.in_cells(rows, known) if is_block else mentions.mentions(text, known)
    if not wanted:
        return Pasted(text, is_block, nobody)
    away = frozenset(row.id for row in known.rows if row.status not in ON_STAFF)
    return Pasted(text, False, mentions.resolve(known, wanted), away)


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    from desktop.exchange.header import headings_in

    return any(headings_in([cell.strip() for cell in row]) > 1 for row in rows[:_HEADER_ROWS])
