"""With what is each kind of field edited?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QPlainTextEdit, QWidget

from desktop.fields import Choice, Field, Link, LongText, Reading, YesNo
from desktop.fields.kinds import masked
from desktop.ui import theme
from desktop.ui.widgets.inputs import ComboBox, LineEdit

_FEW = 12
_NOT_GIVEN = "未填"
_PLACEHOLDERS = {
    "Day": "如 1985-06-12 或 1985-06",
    "IdNumber": "18 位",
    "Phone": "手机或带区号的座机",
    "Amount": "数字，可以带小数",
}


class Editor(QObject):
    """One field's editor: ``left`` when she is done with it, ``edited`` on every change by hand."""

    left = Signal()
    edited = Signal()

    def __init__(self, field: Field, widget: QWidget) -> None:
        super().__init__(widget)
        self.field, self.widget = field, widget
        widget.setObjectName(f"members.form.{field.name}")
        widget.setAccessibleName(field.label)

    def reading(self) -> Reading:
        """What stands in the editor, understood."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def is_blank(self) -> bool:
        return self.reading().value is None and not self.reading().level


class TextEditor(Editor):
    """A line that is read by the field's kind; known words are offered while typing.

    A private value is masked until the line has the focus, and again afterwards; ``revealed``
    says that it was shown.
    """

    revealed = Signal()

    def __init__(self, field: Field) -> None:
        hints = (_PLACEHOLDERS.get(kind.__name__, "") for kind in type(field.kind).__mro__)
        line = LineEdit(placeholder=next(filter(None, hints), ""))
        super().__init__(field, line)
        self._line = line
        self._hidden: Any = None
        line.left.connect(self._was_left)
        line.textEdited.connect(self.edited)
        if isinstance(field.kind, Choice):
            line.setCompleter(self._words(field.kind))
        if field.kind.is_private:
            line.installEventFilter(self)

    def reading(self) -> Reading:
        if self._hidden is not None:
            return Reading(self._hidden)
        return self.field.kind.parse(self._line.text())

    def set_value(self, value: Any) -> None:
        self._hidden = None
        if value is not None and self.field.kind.is_private and not self._line.hasFocus():
            self._hidden = value
            self._line.setText(masked(self.field.kind, value))
        else:
            self._line.setText(self.field.kind.text(value))

    def set_text(self, text: str) -> None:
        """Show what was typed before, unread."""
        self._hidden = None
        self._line.setText(text)

    def text(self) -> str:
        """What was typed, whether or not it can be read."""
        return self._line.text() if self._hidden is None else str(self._hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self._hidden is not None:
            self._line.setText(self.field.kind.text(self._hidden))
            self._hidden = None
            self.revealed.emit()
        return False

    def _was_left(self) -> None:
        self.left.emit()
        reading = self.reading()
        if not self._line.hasFocus() and self._hidden is None and not reading.level:
            self.set_value(reading.value)

    def _words(self, kind: Choice) -> QCompleter:
        codes = kind.values.offered or tuple(kind.values.values)
        completer = QCompleter([kind.values.values[code] for code in codes], self._line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        if popup is not None:
            popup.setProperty("kind", "popup")
        completer.activated.connect(self.edited)
        return completer


class ChoiceEditor(Editor):
    """A list of few choices, the first of which is none."""

    def __init__(self, field: Field, options: Sequence[tuple[object, str]]) -> None:
        box = ComboBox([(None, _NOT_GIVEN), *options])
        super().__init__(field, box)
        self._box = box
        box.chosen.connect(self.edited)
        box.installEventFilter(self)

    def reading(self) -> Reading:
        return Reading(self._box.value())

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; what was chosen stays chosen."""
        now = self._box.value()
        self._box.set_options([(None, _NOT_GIVEN), *options])
        self._box.set_value(now)

    def set_value(self, value: Any) -> None:
        self._box.set_value(value)
        if self._box.currentIndex() < 0 and value is not None:
            self._box.addItem(self.field.kind.text(value), value)
            self._box.set_value(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and _is_leaving(event):
            self.left.emit()
        return False


class NoteEditor(Editor):
    """Text of several lines; Tab leaves it."""

    def __init__(self, field: Field) -> None:
        note = QPlainTextEdit()
        note.setTabChangesFocus(True)
        note.setFixedHeight(theme.px(76))
        super().__init__(field, note)
        self._note = note
        note.textChanged.connect(self.edited)
        note.installEventFilter(self)

    def reading(self) -> Reading:
        return self.field.kind.parse(self._note.toPlainText())

    def set_value(self, value: Any) -> None:
        text = self.field.kind.text(value)
        if text != self._note.toPlainText():
            self._note.setPlainText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and _is_leaving(event):
            self.left.emit()
        return False


def editor_for(field: Field, units: Sequence[tuple[object, str]]) -> Editor:
    """The editor for a field; ``units`` are offered where the field names a unit."""
    kind = field.kind
    if isinstance(kind, Link):
        return ChoiceEditor(field, units)
    if isinstance(kind, YesNo):
        return ChoiceEditor(field, [(True, "是"), (False, "否")])
    if isinstance(kind, LongText):
        return NoteEditor(field)
    if isinstance(kind, Choice) and not (kind.is_open or kind.is_private):
        codes = kind.values.offered or tuple(kind.values.values)
        if len(codes) <= _FEW:
            return ChoiceEditor(field, [(code, kind.values.values[code]) for code in codes])
    return TextEditor(field)


def _is_leaving(event: QFocusEvent) -> bool:
    return event.reason() not in (
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
    )
