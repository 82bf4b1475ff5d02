"""Who else is this person?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services.members import Namesake
from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.models.members_words import spoken_date
from desktop.ui.models.rows import Cell, Column, RowsModel
from desktop.ui.widgets.inputs import SearchBox
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.table_view import TableView

Look = Callable[[str, Callable[[Sequence[Namesake]], object]], object]


class MergePickDialog(Dialog):
    """Asks with whom somebody is to be merged: first whoever is alike, then whoever is typed.

    ``look(text, then)`` finds people and hands them to ``then``.
    """

    def __init__(
        self, name: str, alike: Sequence[Namesake], look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            f"{name}和谁是同一个人",
            [Choice("pick", "对照着看", "columns-3")],
            name="members.merge_pick",
            width=560,
            parent=parent,
        )
        self._alike, self._look = tuple(alike), look
        self._is_looking = self._picks_next = False
        self.body.addWidget(Label(f"{name}和谁是同一个人", "h2"))
        self.edit = SearchBox(name="members.merge_pick.find", hint="↑↓", debounce=20)
        self.edit.searched.connect(self._find)
        self.edit.left_downward.connect(self._enter)
        self.edit.installEventFilter(self)
        self.body.addWidget(self.edit)
        self._model = RowsModel(_COLUMNS, identify=_key, parent=self)
        self.table = TableView(
            self._model, name="members.merge_pick.table", label="相近的人", density="compact"
        )
        self.table.setFixedHeight(theme.px(240))
        self.table.opened.connect(self._pick)
        self.body.addWidget(self.table)
        self._nobody = Label("", "sub")
        self.body.addWidget(self._nobody)
        self._show(self._alike)
        self.fit()
        self.edit.setFocus()

    def key(self) -> int | None:
        """The id of the one chosen."""
        key = self.table.current_key()
        return key if isinstance(key, int) else None

    def shown(self) -> list[str]:
        """The names in the list."""
        return [row.name for row in self._model.rows()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if by is not None:
                self.table.step(by)
                return True
        return super().eventFilter(watched, event)

    def _find(self, text: str) -> None:
        if text.strip():
            self._is_looking = True
            self._look(text, self._show)
        else:
            self._show(self._alike)

    def _show(self, people: Sequence[Namesake]) -> None:
        self._is_looking = False
        self._model.set_rows(people)
        self.table.go_to_first()
        nobody = "没有找到这样的人" if self.edit.query() else "没有相近的人，请输入姓名来找"
        self.set_reason("" if people else nobody)
        self._nobody.setText("" if people else f"{nobody}。")
        if self._picks_next:
            self._picks_next = False
            self.buttons["pick"].click()

    def _enter(self) -> None:
        """Enter means the first one of what was typed, which may still be looked for."""
        if self._is_looking:
            self._picks_next = True
        else:
            self.buttons["pick"].click()

    def _pick(self, _key: object) -> None:
        self.buttons["pick"].click()


def _key(row: Namesake) -> int:
    return row.id


def _name(row: Namesake) -> Cell:
    return Cell(row.name, strong=True)


def _unit(row: Namesake) -> str:
    return row.unit or "未分单位"


def _born(row: Namesake) -> Cell:
    return Cell(spoken_date(row.birth_date), quiet=True)


def _why(row: Namesake) -> Any:
    return Cell(row.why, "amber", "triangle-alert") if row.why else ""


_COLUMNS = (
    Column("name", "姓名", _name, 88),
    Column("unit", "单位", _unit, 0),
    Column("born", "出生日期", _born, 122),
    Column("why", "相近之处", _why, 164),
)
