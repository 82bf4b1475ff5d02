"""What was removed, and what of it should come back?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services.bin import TITLES, Removed
from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.models.members_words import moment_words
from desktop.ui.models.rows import Cell, Column, RowsModel
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.inputs import SearchBox
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.table_view import TableView

_WIDTH = 760


class BinDialog(Dialog):
    """Everything that was removed. It stays open while one after the other comes back.

    ``restore_requested`` carries the :class:`Removed` that should return.
    """

    restore_requested = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(
            "已移出的记录",
            [Choice("restore", "恢复这一条", "archive-restore")],
            name="members.bin",
            cancel="关闭",
            width=_WIDTH,
            parent=parent,
        )
        self._today = today
        self._all: tuple[Removed, ...] = ()
        self.body.addWidget(Label("已移出的记录", "h2"))
        self.body.addWidget(
            Label(
                "移出名册的人、删除的单位和去掉的字段都在这里，恢复时连同原来的单位一起回来。",
                "sub",
                wrap=True,
            )
        )
        self.edit = SearchBox(
            name="members.bin.find", placeholder="姓名或单位", hint="↑↓", debounce=20
        )
        self.edit.searched.connect(self._narrow)
        self.edit.left_downward.connect(self.buttons["restore"].click)
        self.edit.installEventFilter(self)
        self.body.addWidget(self.edit)
        self._model = RowsModel(_columns(today), identify=_key, parent=self)
        self.table = TableView(
            self._model, name="members.bin.table", label="已移出的记录", density="compact"
        )
        self.table.setFixedHeight(theme.px(300))
        self.table.opened.connect(self._want)
        self.table.current_changed.connect(self._say_verb)
        self.body.addWidget(self.table)
        self._nothing = Label("", "sub")
        self.body.addWidget(self._nothing)
        self.said = InlineMessage(name="members.bin.said")
        self.body.addWidget(self.said)
        self.set_reason("正在读取")
        self.fit()
        self.edit.setFocus()

    def show_removed(self, found: Sequence[Removed]) -> None:
        """Show what is in the bin, keeping the place."""
        self._all = tuple(found)
        self._narrow(self.edit.query())

    def say(self, sentence: str, tone: str = "jade") -> None:
        """Say how a return went."""
        self.said.say(sentence, "jade" if tone == "jade" else "amber")
        self.fit()

    def names(self) -> list[str]:
        """The names in the list, from above."""
        return [row.name for row in self._model.rows()]

    def current(self) -> Removed | None:
        key = self.table.current_key()
        return next((row for row in self._model.rows() if _key(row) == key), None)

    def accept(self) -> None:
        """The button brings one back; the dialog stays."""
        self._want()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if by is not None:
                self.table.step(by)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        wanted = text.strip()
        rows = [one for one in self._all if wanted in one.name or wanted in one.place]
        self._model.set_rows(rows)
        if self.table.current_key() is None:
            self.table.go_to_first()
        nothing = "没有找到这样的记录" if self._all else "还没有移出过什么"
        self.set_reason("" if rows else nothing)
        self._nothing.setText("" if rows else f"{nothing}。")
        self._say_verb()

    def _say_verb(self, *_key: object) -> None:
        one = self.current()
        self.buttons["restore"].set_text("分开恢复" if one and one.merged_into else "恢复这一条")

    def _want(self, *_key: object) -> None:
        one = self.current()
        if one is not None:
            self.restore_requested.emit(one)


def _key(row: Removed) -> tuple[str, int]:
    return row.register, row.record_id


def _kind(row: Removed) -> Cell:
    return Cell(TITLES[row.register], quiet=True)


def _name(row: Removed) -> Cell:
    return Cell(row.name, strong=True)


def _place(row: Removed) -> Cell:
    return Cell(row.place, quiet=True)


def _why(row: Removed) -> str:
    return f"已并入{row.merged_into}" if row.merged_into else row.what


def _who(row: Removed) -> Cell:
    return Cell(row.actor, quiet=True)


def _columns(today: date) -> tuple[Column, ...]:
    def when(row: Removed) -> Cell:
        return Cell(moment_words(row.at, today), quiet=True)

    return (
        Column("kind", "类别", _kind, 56),
        Column("name", "名称", _name, 120),
        Column("place", "原来的单位", _place, 128),
        Column("why", "做了什么", _why, 0),
        Column("who", "谁做的", _who, 72),
        Column("when", "何时", when, 104),
    )
