"""What is the matter with the current row, and what becomes of it?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.exchange.preview import Decision, Row
from desktop.fields import Field
from desktop.ui.models import import_choices as offered
from desktop.ui.models.import_choices import CORRECT, Choice
from desktop.ui.models.import_rows import Absent, Look, plain_text, private
from desktop.ui.widgets.buttons import Button, IconButton, RadioList
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Card, Elided, Icon, Label, Tone

_TOP = Qt.AlignmentFlag.AlignTop
_AT_MOST = 4


class DecisionCard(Card):
    """The card of the current row.

    ``decided`` carries decisions by key of the row; ``stepped`` −1 or +1 for the problem before or
    after; ``person_requested`` the id of a member to open; ``closed`` the press on its cross.
    """

    decided = Signal(object)
    stepped = Signal(int)
    person_requested = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(15, 12, 9, 14), spacing=8, parent=parent)
        self.setObjectName("import.decision")
        self.setAccessibleName("这一行怎么办")
        self._seen: Look | None = None
        self._row: Row | None = None
        self._head()
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(8)
        self.body.addLayout(self._inside)
        self.radios: RadioList | None = None
        self.editors: dict[str, PrivateLine] = {}
        self._choices: dict[str, Choice] = {}

    def _head(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2)
        self._title = Elided("", "h3")
        self._count = Label("", "cap")
        self.previous = IconButton(
            "chevron-up", "上一处问题（Ctrl+↑）", name="import.previous_problem", size="small"
        )
        self.next = IconButton(
            "chevron-down", "下一处问题（Ctrl+↓）", name="import.next_problem", size="small"
        )
        self.close_button = IconButton("x", "收起", name="import.close_decision", size="small")
        self.close_button.hide()
        self.previous.clicked.connect(partial(self.stepped.emit, -1))
        self.next.clicked.connect(partial(self.stepped.emit, 1))
        self.close_button.clicked.connect(self.closed)
        line.addWidget(self._title, 1)
        line.addWidget(self._count)
        for button in (self.previous, self.next, self.close_button):
            line.addWidget(button)
        self.body.addLayout(line)

    # what the step calls

    def show_row(self, seen: Look, row: Row, place: tuple[int, int]) -> None:
        """Show a row; ``place`` is its number among the problems (0 for none) and how many."""
        had_focus = self._holds_choice()
        self._begin(seen, row, offered.title(row), place)
        if where := offered.where(seen, row):
            self._inside.addWidget(_quiet(where))
        for said in offered.told(row)[:_AT_MOST]:
            self._inside.addWidget(_message(said))
        choices = offered.choices(seen, row)
        self._choices = {one.key: one for one in choices}
        now = offered.chosen(seen, row)
        if len(choices) > 1:
            self._offer(seen, row, now)
        if not offered.told(row) or now != "auto":
            self._inside.addWidget(_quiet(offered.outcome(seen, row)))
        for sentence in (*offered.fixes(row)[:_AT_MOST], offered.namesakes(seen, row)):
            if sentence:
                self._inside.addWidget(_quiet(sentence))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(True)
        if had_focus:
            self.focus_choice()

    def show_absent(self, seen: Look, one: Absent, place: tuple[int, int]) -> None:
        """Show somebody who is on the roster only."""
        self._begin(seen, None, str(one.person["name"]), place)
        self._inside.addWidget(_quiet("在册，这次的表里没有出现。她的登记保持不动。"))
        look_up = Button("打开她的登记", "user-search", "link", "small", name="import.open_absent")
        look_up.clicked.connect(partial(self.person_requested.emit, one.person["id"]))
        self._inside.addWidget(look_up, 0, Qt.AlignmentFlag.AlignLeft)

    def show_nothing(self, seen: Look | None, place: tuple[int, int]) -> None:
        """No row is current."""
        self._begin(seen, None, "没有选中的行", place)
        self._inside.addWidget(_quiet("在表里选一行，这里就写它的情况。"))

    def focus_choice(self) -> None:
        """The focus to the choice that holds, or to the first thing that can be pressed."""
        if self.radios is not None:
            self.radios.button(self.radios.value()).setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.next.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_correction(self) -> None:
        """F2: straight into the first cell that can be put right."""
        for editor in self.editors.values():
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

    # private

    def _holds_choice(self) -> bool:
        focused = self.focusWidget()
        return focused is not None and focused.hasFocus() and self.isAncestorOf(focused)

    def _begin(self, seen: Look | None, row: Row | None, title: str, at: tuple[int, int]) -> None:
        self._seen, self._row = seen, row
        self.radios, self.editors, self._choices = None, {}, {}
        _clear(self._inside)
        self._title.setText(title)
        number, of = at
        self._count.setText(f"{number} / {of}" if number else "")
        self.previous.set_icon("chevron-up")
        self.previous.setEnabled(of > 0 and number != 1)
        self.next.setEnabled(of > 0 and number != of)

    def _offer(self, seen: Look, row: Row, now: str) -> None:
        self._inside.addWidget(Label("这一行怎么办", "cap"))
        pairs = [(one.key, one.words) for one in self._choices.values()]
        radios = RadioList(pairs, name="import.choice")
        if now in self._choices:
            radios.set_value(now)
        radios.chosen.connect(self._choose)
        self.radios = radios
        if CORRECT in self._choices:
            radios.insert_under(CORRECT, self._editors(seen, row))
        for one in self._choices.values():
            if one.note:
                radios.insert_under(one.key, _quiet(one.note))
        self._inside.addWidget(radios)
        same = offered.alike(seen, row)
        if len(same) > 1 and now in ("auto", "skip"):
            words = f"同类的 {len(same)} 行都这样办"
            button = Button(words, "list-checks", "link", "small", name="import.alike")
            button.clicked.connect(self._decide_alike)
            self._inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _editors(self, seen: Look, row: Row) -> QWidget:
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        fields = offered.correctable(seen, row)
        for field in fields:
            if len(fields) > 1:
                column.addWidget(Label(field.label, "cap"))
            editor = PrivateLine(field, plain_text(seen, field, row))
            editor.entered.connect(partial(self.radios_to_correct))
            editor.left.connect(partial(self._correct, field.name))
            self.editors[field.name] = editor
            column.addWidget(editor)
        return frame

    def radios_to_correct(self) -> None:
        """Typing a correction is choosing it."""
        if self.radios is not None:
            self.radios.set_value(CORRECT)

    def _choose(self, key: str) -> None:
        if key == CORRECT:
            self.focus_correction()
        elif key in self._choices:
            self.decided.emit(dict(self._choices[key].decisions))

    def _correct(self, name: str) -> None:
        editor = self.editors.get(name)
        if editor is None or not editor.is_changed() or self._row is None or self._seen is None:
            return
        preview = self._seen.preview
        self.decided.emit(dict(offered.corrected(preview, self._row, name, editor.value())))

    def _decide_alike(self) -> None:
        if self._seen is None or self._row is None or self.radios is None:
            return
        key = self.radios.value()
        decisions: dict[int, Decision | None] = {}
        for row in offered.alike(self._seen, self._row):
            for one in offered.choices(self._seen, row):
                if one.key == key:
                    decisions.update(one.decisions)
        self.decided.emit(decisions)


class PrivateLine(LineEdit):
    """A field that shows its real content only while she is in it. ``entered`` says she came."""

    entered = Signal()

    def __init__(self, field: Field, text: str, parent: QWidget | None = None) -> None:
        super().__init__(name=f"import.correct_{field.name}", parent=parent)
        self.setAccessibleName(f"{field.label}，改正为")
        self._field, self._first, self._real, self._is_open = field, text, text, False
        self.setText(private(field, text))

    def value(self) -> str:
        """What is meant, unmasked."""
        return (self.text() if self._is_open else self._real).strip()

    def is_changed(self) -> bool:
        """Whether it differs from what the cell says; asking settles it."""
        changed = self.value() != self._first.strip()
        self._first = self.value()
        return changed

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self._is_open:
            self._is_open = True
            self.setText(self._real)
            self.entered.emit()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._real, self._is_open = self.text(), False
            self.setText(private(self._field, self._real))
        super().focusOutEvent(event)


def _message(said: offered.Said) -> QFrame:
    """A tint with a sign, the matter in its tone, and what stands behind it."""
    frame = QFrame()
    frame.setProperty("kind", "message")
    frame.setProperty("tone", said.tone)
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 8, 12, 9)
    row.setSpacing(10)
    sign = "circle-x" if said.tone == "danger" else "triangle-alert"
    row.addWidget(Icon(sign, said.tone, 15), 0, _TOP)
    words = QVBoxLayout()
    words.setSpacing(1)
    tone: Tone = "danger" if said.tone == "danger" else "amber"
    words.addWidget(Label(said.title, "strong", tone, wrap=True))
    if said.more:
        words.addWidget(Label(said.more, "sub", wrap=True))
    row.addLayout(words, 1)
    return frame


def _quiet(text: str) -> Label:
    return Label(text, "cap", wrap=True)


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
