"""What is a field of her own called, and what may stand in it?"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.registers.own_fields import OWN_KINDS
from desktop.services.own_fields import MAX_LABEL, OwnFieldRow, UnknownColumn, Wanted
from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.widgets.buttons import CheckBox
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import ComboBox, LineEdit
from desktop.ui.widgets.labels import Label

_ALWAYS_MASKED = ("id", "phone")
_ROOM_FOR_CHOICES = 96


class OwnFieldDialog(Dialog):
    """Asks for one field: new, to be changed, or made from a column rosters bring along.

    The button sends the wish as ``wanted`` and leaves the dialog open; whoever fulfils it calls
    :meth:`close_done`, or :meth:`refuse` with the sentences against it.
    """

    wanted = Signal(object)

    def __init__(
        self,
        *,
        field: OwnFieldRow | None = None,
        column: UnknownColumn | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title, verb = _titles(field, column)
        super().__init__(title, [Choice("save", verb, "check")], name="own_field", parent=parent)
        self._column = column
        self.body.addWidget(Label(title, "h2", wrap=True))
        self.label = LineEdit(_label(field, column), name="own_field.label")
        self.label.setMaxLength(MAX_LABEL)
        self.label.setPlaceholderText("例如：饭卡号、鞋码、入职体检日期")
        self._label_box = Field("字段名称", self.label)
        self.kind = ComboBox(list(OWN_KINDS.values.items()), name="own_field.kind")
        self.kind.set_value(field.kind if field else column.proposed if column else "text")
        self.kind.setEnabled(field is None)
        self.choices = QPlainTextEdit("\n".join(_choices(field, column)))
        self.choices.setObjectName("own_field.choices")
        self.choices.setTabChangesFocus(True)
        self.choices.setFixedHeight(theme.px(_ROOM_FOR_CHOICES))
        self._choices_box = Field("选项，一行一个", self.choices)
        self.private = CheckBox("平时遮住，点开才看得到", name="own_field.private")
        self.private.setChecked(bool(field and field.is_private))
        self._note = Label("", "sub", wrap=True)
        for widget in (
            self._label_box,
            Field("填什么", self.kind),
            self._choices_box,
            self.private,
            self._note,
        ):
            self.body.addWidget(widget)
        self.kind.chosen.connect(self._show_kind)
        self.label.textChanged.connect(self._forget_problem)
        self._show_kind()
        self.label.selectAll()
        self.label.setFocus()

    def wish(self) -> Wanted:
        """The field as it is described now."""
        return Wanted(
            self.label.text(),
            str(self.kind.value()),
            tuple(self.choices.toPlainText().splitlines()),
            self.private.isChecked(),
        )

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say under the fields what is wrong with them."""
        self._label_box.set_error(problems.get("label", ""))
        self._choices_box.set_error(problems.get("choices", ""))
        first = self.choices if "label" not in problems else self.label
        first.setFocus()
        self.fit()

    def problems(self) -> tuple[str, str]:
        """What is said under the name and under the choices."""
        return self._label_box.error(), self._choices_box.error()

    def note(self) -> str:
        return self._note.text()

    def close_done(self) -> None:
        """The wish is fulfilled."""
        super().accept()

    def accept(self) -> None:
        """The button only asks; the dialog stays until it is answered."""
        self.wanted.emit(self.wish())

    def _show_kind(self, *_kind: object) -> None:
        kind = str(self.kind.value())
        self._choices_box.setVisible(kind == "choice")
        if kind in _ALWAYS_MASKED:
            self.private.setChecked(True)
        self.private.setEnabled(kind not in _ALWAYS_MASKED)
        self._note.setText(self._about(kind))
        self._note.setVisible(bool(self._note.text()))
        self.fit()

    def _about(self, kind: str) -> str:
        """How many values of the column the field could hold."""
        if self._column is None:
            return "" if self.kind.isEnabled() else "填什么定下来就不再改，免得填过的内容对不上。"
        whole = self._column.filled
        if kind == "choice":
            return f"{whole} 人有内容；写在选项里的放进字段，其余留在原来的列里。"
        count = self._column.readable[kind]
        if count == whole:
            return f"{whole} 人的内容都能放进去，一步就可以撤销。"
        return f"{whole} 人有内容，{count} 人的能放进去；其余 {whole - count} 人留在原来的列里。"

    def _forget_problem(self) -> None:
        if self._label_box.error():
            self._label_box.set_error("")
            self.fit()


def _titles(field: OwnFieldRow | None, column: UnknownColumn | None) -> tuple[str, str]:
    if field is not None:
        return f"修改字段“{field.label}”", "存好"
    if column is not None:
        return f"把“{column.heading}”变成字段", "变成字段"
    return "新增字段", "新增字段"


def _label(field: OwnFieldRow | None, column: UnknownColumn | None) -> str:
    return field.label if field else column.heading if column else ""


def _choices(field: OwnFieldRow | None, column: UnknownColumn | None) -> tuple[str, ...]:
    return field.choices if field else column.words if column else ()
