"""What should become of one field of many people, and what would that change?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.errors import AppError
from desktop.fields import Field as RegisterField
from desktop.services import bulk
from desktop.services.bulk import Plan
from desktop.ui import theme
from desktop.ui.dialogs import bulk_edit_dialog_lines as lines
from desktop.ui.dialogs.bulk_edit_dialog_fields import FieldList
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.models.rows import RowsModel
from desktop.ui.pages.members_editors import Editor, editor_for
from desktop.ui.widgets.buttons import RadioList
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.table_view import TableView

_WIDTH, _LEFT = 800, 186
_LOWEST, _HIGHEST, _ROUND_IT = 318, 480, 190  # the lists; what title, foot and margins take
_SET, _CLEAR = "set", "clear"
_NO_DATE = "状态日期不会跟着改；要一起记下日期，请用“改状态”。"


class BulkEditDialog(Dialog):
    """Asks for a field and its new value, and shows what every person would get before anything
    is written.

    ``preview_requested`` carries the name of the field and the value; the answer comes by
    ``show_plan`` or ``show_refusal``. Only a preview that is shown can be carried out.
    """

    preview_requested = Signal(str, object)

    def __init__(
        self,
        who: str,
        fields: Sequence[RegisterField],
        units: Sequence[tuple[object, str]],
        parent: QWidget | None = None,
    ) -> None:
        title = f"改{' ' if who[:1].isdigit() else ''}{who}的一项内容"
        super().__init__(
            title,
            [Choice("apply", "修改", "pencil")],
            name="members.bulk_edit",
            width=_WIDTH,
            parent=parent,
        )
        self._units = units
        self._plan: Plan | None = None
        self._editor: Editor | None = None
        self._box: Field | None = None
        self._asked: tuple[str, Any] | None = None
        self.body.addWidget(Label(title, "h2"))
        self.fields = FieldList(fields)
        self.fields.setFixedWidth(theme.px(_LEFT))
        self.fields.chosen.connect(self._choose)
        self.fields.entered.connect(self._enter)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addWidget(self.fields)
        sides.addLayout(self._right(), 1)
        self.body.addLayout(sides)
        self._sides = sides
        room = (parent.window().height() if parent else 0) - theme.px(_ROUND_IT)
        self.fields.setFixedHeight(max(theme.px(_LOWEST), min(room, theme.px(_HIGHEST))))
        self._choose(None)
        self.fit()
        self.fields.edit.setFocus()

    # what the caller asks

    def plan(self) -> Plan | None:
        """The preview that is shown."""
        return self._plan

    def show_plan(self, asked: tuple[str, Any], plan: Plan) -> None:
        """Show a preview, unless something else was asked for meanwhile."""
        if asked != self._asked:
            return
        self._plan = plan
        self._model.set_columns(lines.columns(plan))
        self._model.set_rows(lines.rows(plan))
        self.table.fit_columns()
        self.table.go_to_first()
        self._summary.setText(lines.summary(plan))
        count = len(plan.of("change"))
        self.buttons["apply"].set_text(f"修改 {count} 人" if count else "修改")
        self.set_reason("" if count else "没有人会因此改变")

    def show_refusal(self, asked: tuple[str, Any], error: AppError) -> None:
        """Say why there is no preview."""
        if asked == self._asked:
            self._forget(str(error))

    def summary(self) -> str:
        return self._summary.text()

    def value_editor(self) -> QWidget:
        """Where the new value is typed or chosen."""
        if self._editor is None:
            raise LookupError("no field is chosen")
        return self._editor.widget

    # private

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self._holder = QVBoxLayout()
        column.addLayout(self._holder)
        self.ways = RadioList(
            [(_SET, "改为上面填的内容"), (_CLEAR, "清空这一项")], name="members.bulk_edit.way"
        )
        self.ways.chosen.connect(self._way_chosen)
        column.addWidget(self.ways)
        self._note = Label(_NO_DATE, "cap", wrap=True)
        column.addWidget(self._note)
        self._summary = Label("", "strong", wrap=True)
        column.addWidget(self._summary)
        self._model = RowsModel((), identify=_key, parent=self)
        self.table = TableView(
            self._model, name="members.bulk_edit.lines", label="每个人的变化", density="compact"
        )
        self.table.opened.connect(self._press)
        column.addWidget(self.table, 1)
        return column

    def _choose(self, _name: object) -> None:
        field = self.fields.field()
        if self._editor is not None and field is not None and self._editor.field is field:
            return
        self._drop_editor()
        if field is None:
            self.ways.hide()
            self._note.hide()
            self._forget("先选左边要改的一项。")
            return
        self._make_editor(field)
        self.ways.show()
        self.ways.set_value(_SET)
        may_clear = bulk.may_be_empty(field)
        self.ways.button(_CLEAR).setEnabled(may_clear)
        self.ways.button(_CLEAR).setToolTip("" if may_clear else f"{field.label}不能空着")
        self._note.setVisible(field.name == "employment_status")
        self._look()

    def _make_editor(self, field: RegisterField) -> None:
        editor = editor_for(field, self._units)
        editor.widget.setObjectName("members.bulk_edit.value")
        self._editor, self._box = editor, Field(f"{field.label}改为", editor.widget)
        self._holder.addWidget(self._box)
        self.setTabOrder(self.fields.table, editor.widget)
        self.setTabOrder(editor.widget, self.ways.button(_SET))
        editor.edited.connect(self._typed)
        editor.left.connect(self._look)
        if isinstance(editor.widget, QLineEdit):
            # a word taken from the list that drops down is no typing
            editor.widget.textChanged.connect(self._typed)

    def _drop_editor(self) -> None:
        if self._box is not None:
            self._holder.removeWidget(self._box)
            self._box.hide()
            self._box.deleteLater()
        self._editor = self._box = None

    def _enter(self) -> None:
        if self._editor is not None:
            self._editor.widget.setFocus()

    def _typed(self, *_text: str) -> None:
        if self.ways.value() == _CLEAR and self._editor is not None:
            if self._editor.is_blank():
                return
            self.ways.set_value(_SET)
        self._look()

    def _way_chosen(self, way: str) -> None:
        self._look()
        if way == _SET:
            self._enter()

    def _look(self) -> None:
        """Ask for a preview of what is filled in, or say what is missing."""
        if self._editor is None or self._box is None:
            return
        field = self._editor.field
        if self.ways.value() == _CLEAR:
            self._box.set_error("")
            self._ask(field.name, None)
            return
        reading = self._editor.reading()
        self._box.set_error(reading.message if reading.level == "error" else "")
        if reading.level == "warning":
            self._box.set_warning(reading.message)
        if reading.level == "error":
            self._forget("填的内容还读不懂，改好后这里会列出每个人的变化。")
        elif reading.value is None:
            self._forget("填上新的内容，这里会列出每个人的变化。")
        else:
            self._ask(field.name, reading.value)

    def _ask(self, name: str, value: Any) -> None:
        if (name, value) == self._asked:
            return
        self._forget("正在核对…")
        self._asked = (name, value)
        self.preview_requested.emit(name, value)

    def _forget(self, sentence: str) -> None:
        """Show no preview, and why there is none."""
        self._asked = self._plan = None
        self._model.set_rows(())
        self._summary.setText(sentence)
        self.buttons["apply"].set_text("修改")
        self.set_reason(sentence.rstrip("。…"))

    def _press(self, _key: object) -> None:
        if self.buttons["apply"].isEnabled():
            self.buttons["apply"].click()


def _key(line: bulk.Line) -> int:
    return line.id
