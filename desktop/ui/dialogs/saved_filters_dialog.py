"""What are the conditions she keeps called, and in which order do they stand?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.saved_filters import LONGEST_NAME, Saved
from desktop.ui import theme
from desktop.ui.dialogs.message import WIDE, Choice, Dialog
from desktop.ui.models.rows import Cell, Column, RowsModel
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.table_view import TableView


class NameDialog(Dialog):
    """Asks what a set of conditions is to be called; ``taken`` names cannot be chosen."""

    def __init__(
        self,
        title: str,
        verb: str,
        sentence: str,
        *,
        name: str = "",
        taken: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, [Choice("save", verb)], name="members.saved_name", parent=parent)
        self._taken = frozenset(taken)
        self.body.addWidget(Label(title, "h2"))
        self.body.addWidget(Label(sentence, "sub", wrap=True))
        self.edit = LineEdit(name[:LONGEST_NAME], name="members.saved_name.name")
        self.edit.setMaxLength(LONGEST_NAME)
        self.edit.selectAll()
        self._field = Field("叫什么", self.edit)
        self.body.addWidget(self._field)
        self.edit.textChanged.connect(self._check)
        self._check()
        self.edit.setFocus()

    def chosen_name(self) -> str:
        return " ".join(self.edit.text().split())

    def _check(self) -> None:
        name = self.chosen_name()
        is_taken = name in self._taken
        self._field.set_error(f"已经有一组叫“{name}”，请换一个名字" if is_taken else "")
        self.set_reason("请先写上名字" if not name else "这个名字已经有了" if is_taken else "")
        self.fit()


class ArrangeDialog(Dialog):
    """All sets of conditions. Each press works at once; ``wished`` carries what and the id.

    The wishes are ``up``, ``down``, ``pin``, ``rename`` and ``remove``.
    """

    wished = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "整理常用条件", [Choice("done", "整理好了")], name="members.saved_all", cancel="",
            width=WIDE, parent=parent,
        )  # fmt: skip
        self._counts: Mapping[int, int] = {}
        self.body.addWidget(Label("整理常用条件", "h2"))
        self.body.addWidget(Label("置顶的排在最前，窗口够宽时直接显示在搜索框旁边。", "sub"))
        columns = (
            Column("name", "名称", _name, 150),
            Column("sentence", "条件", lambda one: Cell(one.sentence, quiet=True), 0),
            Column("count", "现在", self._count, 68, right=True),
        )
        self._model = RowsModel(columns, identify=lambda one: one.id, parent=self)
        self.table = TableView(
            self._model, name="members.saved_all.table", label="常用条件", density="compact"
        )
        self.table.setFixedHeight(theme.px(220))
        self.table.removal_requested.connect(self._remove)
        self.table.current_changed.connect(self._show_current)
        self.table.installEventFilter(self)
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(6)
        self._wishes: dict[str, Button] = {}
        for wish, words, icon in (
            ("pin", "置顶", "arrow-up"),
            ("up", "上移", "chevron-up"),
            ("down", "下移", "chevron-down"),
            ("rename", "改名", "pencil"),
            ("remove", "去掉", "trash-2"),
        ):
            button = Button(words, icon, "ghost", "small", name=f"members.saved_all.{wish}")
            button.setProperty("wish", wish)
            button.clicked.connect(self._press)
            self._wishes[wish] = button
            row.addWidget(button)
        row.addStretch()
        self.body.addLayout(row)
        self.fit()

    def show_all(self, saved: Sequence[Saved], counts: Mapping[int, int]) -> None:
        """Show them in their order; the place in the list stays."""
        self._counts = counts
        self._model.set_rows(saved)
        if self.table.current_key() is None:
            self.table.go_to_first()
        self._show_current()

    def sentences(self) -> list[str]:
        """Everything the list says."""
        return [f"{one.name}：{one.sentence}" for one in self._model.rows()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        wish = {
            (Qt.Key.Key_Up, True): "up",
            (Qt.Key.Key_Down, True): "down",
            (Qt.Key.Key_F2, False): "rename",
        }.get((Qt.Key(event.key()), alt))
        if wish is None:
            return super().eventFilter(watched, event)
        self._wish(wish)
        return True

    def _count(self, one: Saved) -> Cell:
        return Cell("—" if one.is_lost else f"{self._counts.get(one.id, 0)} 人", quiet=True)

    def _show_current(self, _key: object = None) -> None:
        current = self._current()
        for button in self._wishes.values():
            button.setEnabled(current is not None)
        self._wishes["pin"].set_text("不再置顶" if current and current.is_pinned else "置顶")

    def _current(self) -> Saved | None:
        key = self.table.current_key()
        return next((one for one in self._model.rows() if one.id == key), None)

    def _press(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._wish(str(sender.property("wish")))

    def _remove(self) -> None:
        self._wish("remove")

    def _wish(self, wish: str) -> None:
        current = self._current()
        if current is not None:
            self.wished.emit(wish, current.id)


def _name(one: Saved) -> Cell:
    if one.is_lost:
        return Cell(one.name, tone="amber", sign="triangle-alert", strong=True)
    return Cell(one.name, sign="arrow-up" if one.is_pinned else "", tone="", strong=True)
