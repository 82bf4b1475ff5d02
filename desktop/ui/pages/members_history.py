"""What happened to this person, and what of it can be put back?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout

from desktop.fields.kinds import masked
from desktop.services.history import FieldChange, HistoryLine
from desktop.ui.models.members_words import moment_words
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.labels import Icon, Label

_SHOWN_LINES, _SHOWN_CHANGES = 12, 4
_SIGNS = {"change": ("history", "text2"), "merge": ("users", "text2"), "look": ("eye", "text3")}


class HistoryBlock(QObject):
    """The steps of a person, the latest first, laid into a column of her sheet.

    ``restore_requested`` carries the step and the field whose old value should come back,
    ``part_requested`` the step that merged somebody into her.
    """

    restore_requested = Signal(int, str)
    part_requested = Signal(int)

    def __init__(
        self,
        today: date,
        *,
        hidden: bool,
        may_change: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._hidden, self._may_change = today, hidden, may_change

    def fill(self, column: QVBoxLayout, lines: Sequence[HistoryLine]) -> None:
        """Lay the lines into ``column``."""
        for line in lines[:_SHOWN_LINES]:
            column.addLayout(self._line(line))
        if len(lines) > _SHOWN_LINES:
            column.addWidget(Label(f"更早还有 {len(lines) - _SHOWN_LINES} 次", "faint"))

    def _line(self, line: HistoryLine) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(sign(*_SIGNS[line.kind]))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(line.what, "faint" if line.kind == "look" else "table", wrap=True))
        for change in _telling(line.changes):
            words.addLayout(self._change(line, change))
        if line.kind == "merge" and self._may_change:
            words.addWidget(self._part(line))
        row.addLayout(words, 1)
        when = Label(moment_words(line.at, self._today), "cap")
        when.setToolTip(f"{line.at.astimezone():%Y年%m月%d日 %H:%M}，{line.actor}")
        row.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _change(self, line: HistoryLine, change: FieldChange) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        words = self._change_words(change)
        row.addWidget(Label(words, "cap", wrap=True), 1)
        if change.may_return and self._may_change:
            tip = f"把{change.label}恢复成改之前的内容"
            name = f"members.history.{line.change_set_id}.{change.field}"
            back = IconButton("undo-2", tip, name=name, size="small")
            back.setProperty("step", line.change_set_id)
            back.setProperty("field", change.field)
            back.clicked.connect(self._restore)
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _change_words(self, change: FieldChange) -> str:
        before, after = change.before, change.after
        if self._hidden and change.kind is not None and change.kind.is_private:
            before, after = (masked(change.kind, words or None) for words in (before, after))
        return f"{change.label}：{before or '空'} → {after or '空'}"

    def _part(self, line: HistoryLine) -> Button:
        name = f"members.history.part.{line.change_set_id}"
        button = Button("分开成两位", "undo-2", "link", "tiny", name=name)
        button.setToolTip("恢复合并以前的两条登记；后来改过的内容保留")
        button.setProperty("step", line.change_set_id)
        button.clicked.connect(self._want_parting)
        return button

    def _restore(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.restore_requested.emit(int(sender.property("step")), str(sender.property("field")))

    def _want_parting(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.part_requested.emit(int(sender.property("step")))


def sign(icon: str, token: str) -> QLayout:
    """A sign at the height of the first line beside it."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 3, 0, 0)
    column.addWidget(Icon(icon, token, 14))
    column.addStretch()
    return column


def _telling(changes: Sequence[FieldChange]) -> Sequence[FieldChange]:
    """What changed, unless the whole person is new: then the facts above say it already."""
    if len(changes) > _SHOWN_CHANGES and not any(change.before for change in changes):
        return ()
    return changes[:_SHOWN_CHANGES]
