"""Step 4: what was done, and where to go from here?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.preview import Preview
from desktop.exchange.writing import Written
from desktop.ui import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Card, Label, Tile

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_NAMED = 5


@dataclass(frozen=True)
class Result:
    """An import that was written."""

    written: Written
    to_check: int
    left: int

    @property
    def people(self) -> int:
        return self.written.new + self.written.updated + self.written.unchanged

    def sentence(self) -> str:
        """What the toast says."""
        rest = f"，{self.to_check} 人留待核实" if self.to_check else ""
        rest += f"，{self.left} 行没有导入" if self.left else ""
        return f"已导入 {self.people} 人{rest}"


def result_of(written: Written, preview: Preview) -> Result:
    return Result(written, preview.counts.to_check, preview.counts.problem + len(written.kept))


class DoneStep(QWidget):
    """The counts of what was done, and the ways on."""

    undo_requested = Signal()
    roster_requested = Signal()
    checking_requested = Signal()
    problems_requested = Signal()
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card(margins=(28, 24, 28, 20), spacing=10)
        self.card.setFixedWidth(theme.px(560))
        self._tile = Tile("circle-check", "jade", 48)
        self._undone_tile = Tile("undo-2", "neutral", 48)
        self._title = Label("", "h1")
        self._note = Label("", "body", "text2", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self._tile, self._undone_tile, self._title):
            self.card.body.addWidget(widget, 0, _CENTRE)
        self.card.body.addWidget(self._note)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(10)
        self.card.body.addLayout(self._figures)
        self.message = InlineMessage(name="import.done_message")
        self.card.body.addWidget(self.message)
        self._buttons()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.card)
        middle.addStretch()
        column.addLayout(middle)
        column.addStretch(3)

    def _buttons(self) -> None:
        self.undo = Button("撤销这次导入", "undo-2", name="import.undo")
        self.problems = Button("存下有问题的行", "download", name="import.problems")
        self.roster = Button("打开名册", "users", "primary", name="import.open_roster")
        self.again = Button("再导入一份", "file-input", "link", "small", name="import.again")
        self.checking = Button(
            "看待核实的人", "user-search", "link", "small", name="import.checking"
        )
        self.undo.clicked.connect(self.undo_requested)
        self.problems.clicked.connect(self.problems_requested)
        self.roster.clicked.connect(self.roster_requested)
        self.again.clicked.connect(self.again_requested)
        self.checking.clicked.connect(self.checking_requested)
        self.card.body.addSpacing(4)
        self.card.body.addLayout(_centred((self.undo, self.problems, self.roster)))
        self.card.body.addLayout(_centred((self.checking, self.again)))

    def show_result(self, result: Result, *, has_problems: bool) -> None:
        """Show what was done."""
        written = result.written
        self._set_undone(False)
        self._title.setText(f"已导入 {result.people} 人")
        self._note.setText("都在名册里了。随时可以整批撤销，几天以后也行。")
        self._show_figures(
            (
                ("新增", written.new, "人"),
                ("更新", written.updated, "人"),
                ("未变化", written.unchanged, "人"),
                ("待核实", result.to_check, "人"),
                ("没有导入", result.left, "行"),
            )
        )
        self.undo.setVisible(written.changeset is not None)
        self.problems.setVisible(has_problems)
        self.checking.setVisible(result.to_check > 0)
        if written.kept:
            names = "、".join(one.row.name for one in written.kept[:_NAMED])
            more = f"等 {len(written.kept)} 人" if len(written.kept) > _NAMED else ""
            self.message.say(f"{names}{more}在这期间改过，这次没有动。", "amber")
        else:
            self.message.clear()

    def show_undone(self, kept: int) -> None:
        """Show that it was taken back."""
        self._set_undone(True)
        self._title.setText("已经撤销")
        rest = f"有 {kept} 处后来又改过，没有动。" if kept else ""
        self._note.setText(f"名册回到了导入之前。{rest}")
        self.message.clear()

    def set_flat(self, flat: bool) -> None:
        """Leave the toast its place where the window is flat."""
        margins = (28, 12, 28, 10) if flat else (28, 24, 28, 20)
        self.card.body.setContentsMargins(*margins)
        self.card.body.setSpacing(4 if flat else 10)
        self._column.setStretch(0, 0 if flat else 2)

    def title(self) -> str:
        return self._title.text()

    def focus_first(self) -> None:
        (self.again if self.roster.isHidden() else self.roster).setFocus()

    def _set_undone(self, undone: bool) -> None:
        self._tile.setVisible(not undone)
        self._undone_tile.setVisible(undone)
        for button in (self.undo, self.problems, self.checking):
            button.setVisible(not undone)
        for number in range(self._figures.count()):
            item = self._figures.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setVisible(not undone)

    def _show_figures(self, figures: Sequence[tuple[str, int, str]]) -> None:
        while self._figures.count():
            item = self._figures.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for word, count, measure in figures:
            self._figures.addWidget(_figure(word, count, measure), 1)


def _figure(word: str, count: int, measure: str) -> QWidget:
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 8, 0, 8)
    column.setSpacing(0)
    column.addWidget(Label(str(count), "num"), 0, _CENTRE)
    column.addWidget(Label(word, "cap"), 0, _CENTRE)
    frame.setAccessibleName(f"{word} {count} {measure}")
    return frame


def _centred(buttons: Sequence[Button]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row
