"""Which rules hold for all rows at once, and what was not taken for a person?"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.exchange.preview import Preview
from desktop.ui.models.import_rows import Look
from desktop.ui.widgets.buttons import Button, Segments
from desktop.ui.widgets.labels import Card, Icon, Label

_POLICIES = (("blanks_only", "只补空白"), ("file", "以新表为准"))
_POLICY_SAYS = {
    "file": "表里写了的，照表里的改；表里空着的，不动。",
    "blanks_only": "只填名册里空着的，已有的内容一处也不改。",
}
_WHY = {
    "total": "合计",
    "note": "说明",
    "signature": "签字",
    "example": "示例",
    "section": "分节",
    "blank_numbered": "空白编号",
    "repeated_header": "重复的表头",
    "continuation": "同一人的续行",
}
_TOP = Qt.AlignmentFlag.AlignTop


class RulesCard(Card):
    """The rules of the whole import.

    ``policy_chosen`` carries ``file`` or ``blanks_only``; ``men_chosen`` whether men come in too;
    ``hidden_chosen`` whether hidden rows stay out; ``listing_requested`` a group to be shown.
    """

    policy_chosen = Signal(str)
    men_chosen = Signal(bool)
    hidden_chosen = Signal(bool)
    listing_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("整批规则", margins=(16, 12, 16, 14), spacing=6, parent=parent)
        self.setObjectName("import.rules")
        self.body.addWidget(Label("名册里已有的人", "cap"))
        self.policy = Segments(_POLICIES, name="import.policy")
        self.policy.setAccessibleName("名册里已有的人")
        self.policy.chosen.connect(self.policy_chosen)
        self.body.addWidget(self.policy)
        self.absent = _Line("import.show_absent")
        self.men = _Line("import.men")
        self.hidden = _Line("import.hidden_rows")
        self.skipped = _Line("import.show_skipped")
        self.left_out = Label("", "cap", wrap=True)
        for widget in (self.absent, self.men, self.hidden, self.skipped, self.left_out):
            self.body.addWidget(widget)
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addWidget(Icon("shield-check", "jade", 14), 0, _TOP)
        promise.addWidget(Label("导入前自动备份；导入后可以整批撤销。", "cap", wrap=True), 1)
        self.body.addLayout(promise)
        self._everyone = self._without_hidden = False
        self.absent.button.clicked.connect(self._show_absent)
        self.skipped.button.clicked.connect(self._show_skipped)
        self.men.button.clicked.connect(self._switch_men)
        self.hidden.button.clicked.connect(self._switch_hidden)

    def show_preview(self, seen: Look) -> None:
        """Say what holds and what it comes to."""
        preview, counts, options = seen.preview, seen.counts, seen.preview.options
        self._everyone, self._without_hidden = options.everyone, options.without_hidden
        self.policy.set_value(options.policy)
        self.policy.setToolTip(_POLICY_SAYS[options.policy])
        self.policy.setAccessibleDescription(_POLICY_SAYS[options.policy])
        absent = counts["absent"]
        self.absent.say(f"在册但表里没有的 {absent} 人，保持不动。" if absent else "", "看名单")
        self._say_men(preview)
        self._say_hidden(seen.hidden_rows)
        skipped = counts["skipped"]
        self.skipped.say(f"有 {skipped} 行不导入。" if skipped else "", "看这些行")
        self.left_out.setText(left_out_words(preview))
        self.left_out.setVisible(bool(self.left_out.text()))

    def _say_men(self, preview: Preview) -> None:
        count = preview.counts.left_out_men
        if self._everyone:
            self.men.say("男职工也收进名册。", "只收女职工")
        else:
            self.men.say(f"{count} 位男职工没有收进名册。" if count else "", "一起收")

    def _say_hidden(self, hidden: int) -> None:
        if self._without_hidden:
            self.hidden.say("隐藏的行没有收。", "收进来")
        else:
            self.hidden.say(f"表里有 {hidden} 行是隐藏的，也在收。" if hidden else "", "不收隐藏的")

    def _show_absent(self) -> None:
        self.listing_requested.emit("absent")

    def _show_skipped(self) -> None:
        self.listing_requested.emit("skipped")

    def _switch_men(self) -> None:
        self.men_chosen.emit(not self._everyone)

    def _switch_hidden(self) -> None:
        self.hidden_chosen.emit(not self._without_hidden)


class _Line(QWidget):
    """A sentence with a link after it; hidden while there is nothing to say."""

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._words = Label("", "cap", wrap=True)
        self.button = Button("", kind="link", size="tiny", name=name)
        row.addWidget(self._words, 1)
        row.addWidget(self.button, 0, _TOP)

    def text(self) -> str:
        return self._words.text()

    def say(self, sentence: str, action: str) -> None:
        self._words.setText(sentence)
        self.button.set_text(action)
        self.setVisible(bool(sentence))


def left_out_words(preview: Preview) -> str:
    """The rows that were not taken for people, by kind, with the numbers of the first few."""
    skipped = [one for place in preview.places for one in place.table.skipped]
    if not skipped:
        return ""
    kinds = Counter(_WHY.get(one.why, "其他") for one in skipped)
    words = "、".join(f"{kind} {count} 行" for kind, count in kinds.items())
    if len(preview.places) > 1 or len(skipped) > 6:
        return f"没有当作人的行：{words}。"
    rows = "、".join(str(one.row) for one in skipped)
    return f"没有当作人的行：{words}（第 {rows} 行）。"
