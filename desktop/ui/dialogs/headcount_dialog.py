"""How many people work in a unit, men included?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.fields import Number
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Label


class HeadcountDialog(Dialog):
    """Asks for the number; an empty line means that it is not known."""

    def __init__(self, unit: str, before: int | None, parent: QWidget | None = None) -> None:
        super().__init__(
            f"“{unit}”的职工总数", [Choice("save", "保存")], name="members.headcount", parent=parent
        )
        self._before = before
        self.body.addWidget(Label(f"“{unit}”的职工总数", "h2"))
        self.body.addWidget(
            Label("男女职工都算，用来算女职工的占比。不知道就空着。", "sub", wrap=True)
        )
        self.edit = LineEdit("" if before is None else str(before), name="members.headcount.edit")
        self.edit.setMaxLength(7)
        self.edit.selectAll()
        self._field = Field("职工总数", self.edit)
        self.body.addWidget(self._field)
        self.edit.textChanged.connect(self._check)
        self._check()
        self.fit()
        self.edit.setFocus()

    def headcount(self) -> int | None:
        value = Number().parse(self.edit.text()).value
        return value if isinstance(value, int) else None

    def _check(self) -> None:
        refused = Number().parse(self.edit.text()).message
        self._field.set_error(refused)
        self.set_reason(refused or ("没有改动" if self.headcount() == self._before else ""))
        self.fit()
