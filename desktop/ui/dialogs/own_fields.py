"""Which fields has the office added to its roster, and which columns could become one?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.own_fields import OwnFieldRow, UnknownColumn
from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.models.rows import Cell, Column, RowsModel
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.table_view import TableView

_WIDTH, _FIELDS_HEIGHT, _COLUMNS_HEIGHT = 620, 190, 130


class OwnFieldsDialog(Dialog):
    """Both lists, and what can be done with them; each wish is a signal, the dialog stays open.

    Enter changes a field, Alt+↑↓ moves it, Del takes it away; Enter on a column makes it a field.
    """

    add_requested = Signal()
    change_requested = Signal(object)
    move_requested = Signal(int, int)
    remove_requested = Signal(int)
    promote_requested = Signal(object)
    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "自定义字段",
            [Choice("add", "新增字段", "plus")],
            name="own_fields",
            cancel="关闭",
            width=_WIDTH,
            parent=parent,
        )
        self.body.addWidget(Label("自定义字段", "h2"))
        words = "加好就能在名册的列表、筛选、登记、导入、导出和填报表里用。"
        self.body.addWidget(Label(words, "sub", wrap=True))
        self._fields = RowsModel(_field_columns(), identify=_id, parent=self)
        self.fields = TableView(
            self._fields, name="own_fields.list", label="自定义字段", density="compact"
        )
        self.fields.setFixedHeight(theme.px(_FIELDS_HEIGHT))
        self.fields.installEventFilter(self)
        self.body.addWidget(self.fields)
        self._nothing = Label("还没有自己加的字段。", "sub")
        self.body.addWidget(self._nothing)
        self.body.addLayout(self._acts())
        self.said = InlineMessage(name="own_fields.said")
        self.said.acted.connect(self.undo_requested)
        self.body.addWidget(self.said)
        self._columns = RowsModel(_unknown_columns(), identify=_heading, parent=self)
        self._columns_title = Label("名册带来的其他列", "h3")
        self.columns = TableView(
            self._columns, name="own_fields.columns", label="名册带来的其他列", density="compact"
        )
        self.columns.setFixedHeight(theme.px(_COLUMNS_HEIGHT))
        self.columns.opened.connect(self._promote)
        self.promote = Button("变成字段", "list-checks", size="small", name="own_fields.promote")
        self.promote.clicked.connect(self._promote)
        for widget in (self._columns_title, self.columns):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.promote)
        row.addStretch()
        self.body.addLayout(row)
        self.fields.opened.connect(self._change)
        self.fields.removal_requested.connect(self._remove)
        self.fields.current_changed.connect(self._show_acts)
        self.show_fields((), ())

    def show_fields(self, fields: Sequence[OwnFieldRow], columns: Sequence[UnknownColumn]) -> None:
        """Show both lists as they stand, keeping the place in them."""
        self._fields.set_rows(fields)
        self._columns.set_rows(columns)
        self._nothing.setVisible(not fields)
        self.fields.setVisible(bool(fields))
        for widget in (self._columns_title, self.columns, self.promote):
            widget.setVisible(bool(columns))
        for table, rows in ((self.fields, fields), (self.columns, columns)):
            if rows and table.current_key() is None:
                table.go_to_first()
        self._show_acts()
        self.fit()
        if self.focusWidget() in (None, self.buttons[""]):
            (self.fields if fields else self.buttons["add"]).setFocus()

    def say(self, sentence: str, *, may_undo: bool = False, tone: str = "jade") -> None:
        """Say what was done, or why not."""
        action = "撤销" if may_undo else ""
        self.said.say(sentence, "jade" if tone == "jade" else "amber", action=action)
        self.fit()

    def labels(self) -> list[str]:
        """The fields in the list, from above."""
        return [row.label for row in self._fields.rows()]

    def headings(self) -> list[str]:
        """The columns that could become a field."""
        return [row.heading for row in self._columns.rows()]

    def accept(self) -> None:
        """The button adds a field; the dialog stays."""
        self.add_requested.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(by)
                return True
            if event.key() == Qt.Key.Key_F2:
                self._change()
                return True
        return super().eventFilter(watched, event)

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._buttons: list[Button] = []
        for words, icon, name, act, tip in (
            ("修改", "pencil", "change", self._change, "F2"),
            ("上移", "arrow-up", "up", self._move_up, "Alt+↑"),
            ("下移", "arrow-down", "down", self._move_down, "Alt+↓"),
            ("去掉", "trash-2", "remove", self._remove, "Del"),
        ):
            button = Button(words, icon, "ghost", "small", name=f"own_fields.{name}", tip=tip)
            button.clicked.connect(act)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        return row

    def _show_acts(self, *_key: object) -> None:
        reason = "" if self._current() else "先新增一个字段"
        for button in self._buttons:
            button.set_reason(reason)

    def _current(self) -> OwnFieldRow | None:
        key = self.fields.current_key()
        return next((row for row in self._fields.rows() if row.id == key), None)

    def _change(self, *_key: object) -> None:
        row = self._current()
        if row is not None:
            self.change_requested.emit(row)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self._current()
        if row is not None:
            self.move_requested.emit(row.id, by)

    def _remove(self) -> None:
        row = self._current()
        if row is not None:
            self.remove_requested.emit(row.id)

    def _promote(self, *_key: object) -> None:
        key = self.columns.current_key()
        column = next((one for one in self._columns.rows() if one.heading == key), None)
        if column is not None:
            self.promote_requested.emit(column)


def _id(row: OwnFieldRow) -> int:
    return row.id


def _heading(row: UnknownColumn) -> str:
    return row.heading


def _field_columns() -> tuple[Column, ...]:
    def label(row: OwnFieldRow) -> Cell:
        return Cell(row.label, strong=True)

    def kind(row: OwnFieldRow) -> Cell:
        words = row.kind_words
        return Cell(f"{words}：{'、'.join(row.choices)}" if row.choices else words, quiet=True)

    def private(row: OwnFieldRow) -> Cell:
        masked = row.is_private or row.kind in ("id", "phone")
        return Cell("平时遮住" if masked else "", quiet=True)

    def count(row: OwnFieldRow) -> Cell:
        return Cell(f"{row.filled} 人", quiet=True)

    return (
        Column("label", "字段名称", label, 150),
        Column("kind", "填什么", kind, 0),
        Column("private", "显示", private, 90),
        Column("filled", "已填", count, 80, right=True),
    )


def _unknown_columns() -> tuple[Column, ...]:
    def heading(row: UnknownColumn) -> Cell:
        return Cell(row.heading, strong=True)

    def count(row: UnknownColumn) -> Cell:
        return Cell(f"{row.filled} 人", quiet=True)

    def samples(row: UnknownColumn) -> Cell:
        return Cell("，".join(row.samples), quiet=True)

    return (
        Column("heading", "列名", heading, 150),
        Column("samples", "内容", samples, 0),
        Column("filled", "有内容", count, 80, right=True),
    )
