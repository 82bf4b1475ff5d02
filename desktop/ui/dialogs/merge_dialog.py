"""Are these two the same person, and which of their values stays?"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.fields import Link
from desktop.registers import REGISTERS
from desktop.services.merging import FieldChoice, Preview, Side
from desktop.services.records import Draft
from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.models.members_words import value_words
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Elided, Hairline, Label

_WIDTH, _LABEL, _VALUE = 680, 104, 248
_HIGHEST = 330
_TITLES = {one.record.__tablename__: (one.title, one.measure) for one in REGISTERS}


class MergeDialog(Dialog):
    """Two people side by side, and for each field they differ in, which value stays.

    The one at the left stays. ``swapped`` asks to have them the other way round (call
    ``show_preview`` with the answer), ``revealed`` says that private numbers were shown.
    """

    swapped = Signal()
    revealed = Signal()

    def __init__(self, seen: Preview, parent: QWidget | None = None) -> None:
        super().__init__(
            "合并两位成员",
            [Choice("merge", "合并成一位", "users")],
            name="members.merge",
            width=_WIDTH,
            parent=parent,
        )
        self._is_revealed = False
        self._lines: dict[str, _Line] = {}
        self._sheet = QWidget()
        self._doubts = InlineMessage(name="members.merge.doubts")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._rest = Label("", "sub", wrap=True)
        self._lay_out()
        self.show_preview(seen)

    def show_preview(self, seen: Preview) -> None:
        """Show these two, with what is proposed chosen."""
        self._seen = seen
        self._say_doubts(seen)
        self._fill(seen, {})
        self._rest.setText(_rest_words(seen))
        self.fit()
        self._focus_first()

    def preview(self) -> Preview:
        return self._seen

    def chosen(self) -> dict[str, Side]:
        """The side chosen for each field."""
        return {name: line.side() for name, line in self._lines.items()}

    def choose(self, name: str, side: Side) -> None:
        """Choose the side of one field."""
        self._lines[name].choose(side)

    def words(self) -> str:
        """Everything it says."""
        labels = [label.text() for label in self.findChildren(Label)]
        choices = [button.accessibleName() for button in self.findChildren(QRadioButton)]
        return "\n".join((*labels, *choices))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Label("合并两位成员", "h2"))
        head.addStretch()
        self._swap = Button(
            "左右对换", "arrow-left-right", "ghost", "small", name="members.merge.swap"
        )
        self._swap.setToolTip("留下另一位的登记")
        self._swap.clicked.connect(self.swapped)
        self._eye = Button("显示号码", "eye", "ghost", "small", name="members.merge.reveal")
        self._eye.clicked.connect(self._reveal)
        head.addWidget(self._eye)
        head.addWidget(self._swap)
        self.body.addLayout(head)
        self.body.addWidget(self._doubts)
        self.body.addWidget(self._scroll)
        self.body.addWidget(self._rest)

    def _say_doubts(self, seen: Preview) -> None:
        if seen.doubts:
            self._doubts.say("".join(seen.doubts), "amber")
        else:
            self._doubts.clear()

    def _fill(self, seen: Preview, chosen: dict[str, Side]) -> None:
        self._lines = {}
        self._sheet = QWidget()
        self._sheet.setProperty("kind", "scrolled")
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(_LABEL))
        for column, (draft, note) in enumerate(((seen.keep, "留下"), (seen.other, "并入左边")), 1):
            grid.addLayout(_who(draft, note, seen), 0, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(Hairline(), 1, 0, 1, 4)
        for choice in sorted(seen.fields, key=lambda one: not one.is_conflict):
            line = _Line(choice, seen, self._sheet, hidden=not self._is_revealed)
            line.put(grid, grid.rowCount())
            line.choose(chosen.get(choice.name, choice.proposed))
            self._lines[choice.name] = line
        if not seen.fields:
            grid.addWidget(Label("两条登记的内容都一样。", "sub"), 2, 0, 1, 4)
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(self._sheet)
        wanted = self._sheet.sizeHint().height() + 4
        self._scroll.setFixedHeight(min(wanted, theme.px(_HIGHEST)))
        self._eye.setVisible(any(seen.register.field(n).kind.is_private for n in self._lines))

    def _reveal(self) -> None:
        self._is_revealed = not self._is_revealed
        self._eye.set_text("遮住号码" if self._is_revealed else "显示号码")
        self._fill(self._seen, self.chosen())
        if self._is_revealed:
            self.revealed.emit()

    def _focus_first(self) -> None:
        """The first conflict: what has to be decided; else the button that merges."""
        conflict = next((c.name for c in self._seen.fields if c.is_conflict), None)
        if conflict is not None:
            self._lines[conflict].focus()
        else:
            self.buttons["merge"].setFocus()


class _Line:
    """One field: its label, and the values to choose from with the arrow keys."""

    def __init__(
        self, choice: FieldChoice, seen: Preview, parent: QWidget, *, hidden: bool
    ) -> None:
        field = seen.register.field(choice.name)
        tone: Any = "amber" if choice.is_conflict else ""
        self._label = Label(field.label, "cap", tone, wrap=True)
        self._label.setFixedWidth(theme.px(_LABEL))
        self._group = QButtonGroup(parent)
        self._buttons: dict[Side, QRadioButton] = {}
        sides: list[tuple[Side, Any]] = [("keep", choice.keep), ("other", choice.other)]
        for side, value in sides:
            words = _value_words(field, value, seen, hidden=hidden)
            self._add(side, words, f"{field.label}，{_SIDES[side]}：{words or '空'}", choice.name)
        if choice.may_join:
            self._add("both", "都留", f"{field.label}，两条都留", choice.name)

    def put(self, grid: QGridLayout, row: int) -> None:
        grid.addWidget(self._label, row, 0)
        for column, button in enumerate(self._buttons.values(), 1):
            grid.addWidget(button, row, column)

    def side(self) -> Side:
        return next(side for side, button in self._buttons.items() if button.isChecked())

    def choose(self, side: Side) -> None:
        self._buttons[side].setChecked(True)

    def focus(self) -> None:
        self._buttons[self.side()].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, side: Side, words: str, spoken: str, name: str) -> None:
        button = QRadioButton()
        room = theme.px(_VALUE - 30)
        plain = (words or "空").replace("\n", " ")
        shown = button.fontMetrics().elidedText(plain, Qt.TextElideMode.ElideRight, room)
        button.setText(shown.replace("&", "&&"))
        button.setToolTip(words if shown != plain else "")
        button.setAccessibleName(spoken)
        button.setObjectName(f"members.merge.{name}.{side}")
        self._group.addButton(button)
        self._buttons[side] = button


_SIDES = {"keep": "留下的一位", "other": "并入的一位"}


def _who(draft: Draft, note: str, seen: Preview) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Elided(str(draft.values["name"]), "strong"))
    unit = seen.unit_names.get(draft.values.get("unit_id") or 0, "未分单位")
    column.addWidget(Elided(f"{unit}·{note}", "cap"))
    return column


def _value_words(field: Any, value: Any, seen: Preview, *, hidden: bool) -> str:
    if isinstance(field.kind, Link):
        return seen.unit_names.get(value, "") if value is not None else ""
    return value_words(field, value, hidden=hidden)


def _rest_words(seen: Preview) -> str:
    parts = []
    known = [(table, count) for table, count in seen.linked.items() if table in _TITLES]
    parts += [f"{_TITLES[table][0]} {count} {_TITLES[table][1]}" for table, count in known]
    others = sum(seen.linked.values()) - sum(count for _, count in known)
    if others:
        parts.append(f"其他登记 {others} 条")
    moves = f"{'、'.join(parts)}一起移过来。" if parts else ""
    return f"{moves}名册里的其他列和待核实的内容，两边的都会留下。合并以后随时可以分开。"
