"""How is one field found among all there are?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.fields import Field
from desktop.services import members
from desktop.ui.models.rows import Column, Group, RowsModel
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.table_view import TableView


class FieldList(QWidget):
    """The fields by their groups; typing narrows them by name, pinyin or initials.

    ``chosen`` carries the name of the field the keyboard stands on (None for none), ``entered``
    says that this is the one.
    """

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.edit = LineEdit(name="members.bulk_edit.find", placeholder="名称、拼音或首字母")
        self.edit.setAccessibleName("找要改的一项")
        self.edit.textChanged.connect(self._narrow)
        self.edit.installEventFilter(self)
        column.addWidget(self.edit)
        model = RowsModel(_COLUMNS, identify=_name, parent=self)
        self.table = TableView(
            model, name="members.bulk_edit.fields", label="要改的一项", density="compact"
        )
        self.table.header.hide()
        self.table.current_changed.connect(self.chosen)
        self.table.opened.connect(self._enter)
        self.table.typed.connect(self._type)
        self.table.left_upward.connect(self.edit.setFocus)
        column.addWidget(self.table, 1)
        model.set_rows(_grouped(self._all))

    def field(self) -> Field | None:
        """The field the keyboard stands on."""
        key = self.table.current_key()
        return next((one for one in self._all if one.name == key), None)

    def go_to(self, name: str) -> bool:
        """Stand on a field; False when it is not in the list."""
        return self.table.go_to(name)

    def labels(self) -> list[str]:
        """The fields in the list, from above."""
        return [one.label for one in self.table.rows_model().rows()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
            if by is not None:
                self.table.step(by)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        text = typed.strip()
        self.table.rows_model().set_rows(_hits(self._all, text) if text else _grouped(self._all))
        if text or self.table.current_key() is None:
            self.table.go_to_first()

    def _type(self, text: str) -> None:
        self.edit.setFocus()
        self.edit.setText(self.edit.text() + text)

    def _enter(self, _key: object = None) -> None:
        if self.field() is not None:
            self.entered.emit()


def _grouped(fields: Sequence[Field]) -> list[Field | Group]:
    """The fields under the titles of their groups, which come as they first appear."""
    groups: dict[str, list[Field]] = {}
    for one in fields:
        groups.setdefault(one.group, []).append(one)
    found: list[Field | Group] = []
    for title, inside in groups.items():
        found += [Group(title), *inside]
    return found


def _hits(fields: Sequence[Field], text: str) -> list[Field]:
    """The fields whose names hold what was typed, those that begin with it first."""
    found = [(places[0], one) for one in fields if (places := _places(one.label, text))]
    found.sort(key=lambda hit: hit[0])
    return [one for _, one in found]


def _places(label: str, text: str) -> tuple[int, ...]:
    # behind another character the first one is read as a word, not as a surname: 单位 is danwei
    as_words = tuple(place - 1 for place in members.matches(f"某{label}", text))
    as_name = members.matches(label, text)
    return as_words if as_words and as_words[0] >= 0 else as_name


def _name(field: Field) -> str:
    return field.name


def _label(field: Field) -> str:
    return field.label


_COLUMNS = (Column("label", "要改的一项", _label, 0),)
