"""How is the list narrowed by a field of the office's own?"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.fields import Amount, Choice, Day, Field
from desktop.services.own_values import OwnCondition
from desktop.ui import theme
from desktop.ui.models.members import OwnFilter
from desktop.ui.models.members_words import value_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.popup import Popup


def filled(field: Field, *, is_empty: bool) -> OwnFilter:
    """The people who have nothing, or anything, in a field."""
    words = "没填" if is_empty else "填了"
    return OwnFilter(OwnCondition(field.name, is_empty=is_empty), f"{words}{field.label}")


def choice_is(field: Field, word: str) -> OwnFilter:
    """The people of one choice."""
    return OwnFilter(OwnCondition(field.name, one_of=(word,)), f"{field.label}：{word}")


def choices_of(field: Field) -> tuple[str, ...]:
    """The words of a choice, to be offered one by one; none for other fields."""
    return tuple(field.kind.values.values) if isinstance(field.kind, Choice) else ()


def contains(field: Field, text: str) -> OwnFilter:
    """The people whose text holds some words."""
    return OwnFilter(OwnCondition(field.name, words=text), f"{field.label}含“{text}”")


def between(field: Field, low: Any, high: Any) -> OwnFilter:
    """The people with a number or date from ``low`` to ``high``; one of them may be missing."""
    if low is not None and high is not None and low > high:
        low, high = high, low
    shown = [value_words(field, one, hidden=False) for one in (low, high)]
    if not shown[1]:
        words = f"{field.label} {shown[0]} 起"
    elif not shown[0]:
        words = f"{field.label}到 {shown[1]}"
    else:
        words = f"{field.label} {shown[0]}～{shown[1]}"
    return OwnFilter(OwnCondition(field.name, low=low, high=high), words)


class OwnFilterPopup(Popup):
    """Words, or two ends of a range, typed by hand; or whether there is anything at all.

    ``chosen`` carries the :class:`OwnFilter`.
    """

    chosen = Signal(object)

    def __init__(self, field: Field, now: OwnFilter | None, parent: QWidget) -> None:
        super().__init__(parent, name="members.own_filter", label=field.label)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field = field
        self._is_range = isinstance(field.kind, (Amount, Day))
        asked = now.asked if now else OwnCondition(field.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._is_range:
            self.low = self._line(field.kind.text(asked.low), "from", f"{field.label}，从")
            self.high = self._line(field.kind.text(asked.high), "to", f"{field.label}，到")
            for widget in (self.low, Label("～", "sub"), self.high):
                row.addWidget(widget)
        else:
            self.low = self._line(asked.words, "words", f"{field.label}含有的字")
            self.low.setPlaceholderText("含有的字")
            self.low.setFixedWidth(theme.px(160))
            row.addWidget(self.low)
        use = Button("筛选", kind="soft", size="small", name="members.own_filter.use")
        use.clicked.connect(self._use)
        row.addWidget(use)
        self.body.addLayout(row)
        self.problem = Label("", "cap", "danger", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.body.addLayout(self._whether())

    def _line(self, text: str, name: str, label: str) -> LineEdit:
        line = LineEdit(text, name=f"members.own_filter.{name}", size="small")
        line.setFixedWidth(theme.px(96))
        line.setAccessibleName(label)
        line.returnPressed.connect(self._use)
        return line

    def _whether(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for words, name, act in (
            ("没填的人", "empty", self._use_empty),
            ("填了的人", "filled", self._use_filled),
        ):
            button = Button(words, kind="ghost", size="small", name=f"members.own_filter.{name}")
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch()
        return row

    def _use(self) -> None:
        if not self._is_range:
            text = self.low.text().strip()
            self._finish(contains(self._field, text) if text else None)
            return
        readings = [self._field.kind.parse(line.text()) for line in (self.low, self.high)]
        wrong = next((one.message for one in readings if one.level == "error"), "")
        if wrong:
            self.problem.setText(wrong)
            self.problem.show()
            return
        low, high = (one.value for one in readings)
        is_given = low is not None or high is not None
        self._finish(between(self._field, low, high) if is_given else None)

    def _use_empty(self) -> None:
        self._finish(filled(self._field, is_empty=True))

    def _use_filled(self) -> None:
        self._finish(filled(self._field, is_empty=False))

    def _finish(self, wanted: OwnFilter | None) -> None:
        if wanted is not None:
            self.chosen.emit(wanted)
        self.close()
