"""How many rows become what? Five counts that filter the table under them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.models.import_rows import Listed
from desktop.ui.widgets.buttons import BY_KEY
from desktop.ui.widgets.labels import TONE_INK, Elided, Icon, Label, Tile, Tone

_CARDS: tuple[tuple[Listed, str, str, Tone, str], ...] = (
    ("problem", "有问题", "circle-alert", "danger", "逐个看一眼再决定"),
    ("update", "更新", "refresh-cw", "info", "共 {changed} 处内容不同"),
    ("new", "新增", "user-plus", "jade", "名册里没有的人"),
    ("unchanged", "未变化", "equal", "neutral", "不会改动"),
    ("absent", "表里没有", "user-search", "amber", "在册，这次没有出现"),
)


class CountCards(QWidget):
    """The five counts in a row. ``chosen`` carries the group to show, ``all`` when none is on.

    A second press on a count takes the filter off again; ←→ go from card to card.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on: Listed = "all"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.cards: dict[str, CountCard] = {}
        for key, title, icon, tone, note in _CARDS:
            card = CountCard(key, title, icon, tone, note)
            card.pressed.connect(partial(self.choose, key))
            card.stepped.connect(partial(self._step, key))
            self.cards[key] = card
            row.addWidget(card, 1)

    def value(self) -> Listed:
        return self._on

    def choose(self, key: Listed) -> None:
        """Press a card, as a click does."""
        self.set_value("all" if key == self._on else key)
        self.chosen.emit(self._on)

    def set_value(self, key: Listed) -> None:
        self._on = key
        for name, card in self.cards.items():
            card.set_on(name == key)

    def set_counts(self, counts: Mapping[Listed, int], *, changed: int) -> None:
        for key, _, _, _, note in _CARDS:
            self.cards[key].set_count(counts[key], note.format(changed=changed))

    def set_low(self, low: bool) -> None:
        """One line each where the window is low."""
        for card in self.cards.values():
            card.set_low(low)

    def _step(self, key: str, by: int) -> None:
        names = list(self.cards)
        card = self.cards[names[(names.index(key) + by) % len(names)]]
        card.setFocus(Qt.FocusReason.TabFocusReason)


class CountCard(QFrame):
    """One count: figure, word, what it means. Pressed by click, Space and Enter."""

    pressed = Signal()
    stepped = Signal(int)

    def __init__(self, key: str, title: str, icon: str, tone: Tone, note: str) -> None:
        super().__init__()
        self._title, self._is_on = title, False
        self.setObjectName(f"import.count_{key}")
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line = self._line = QHBoxLayout(self)
        line.setSpacing(12)
        self._tile = Tile(icon, tone, 36)
        self._sign = Icon(icon, TONE_INK[tone], 16)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._figure = Label("0", "num")
        self._word = Elided(title, "strong")
        head.addWidget(self._figure)
        head.addWidget(self._word, 1)
        self._note = Elided(note, "cap")
        words.addStretch()
        words.addLayout(head)
        words.addWidget(self._note)
        words.addStretch()
        line.addWidget(self._tile)
        line.addWidget(self._sign)
        line.addLayout(words, 1)
        self.set_low(False)

    def set_count(self, count: int, note: str) -> None:
        self._figure.setText(str(count))
        self._note.setText(note)
        self._name()

    def set_on(self, on: bool) -> None:
        self._is_on = on
        self._name()
        self._draw()

    def set_low(self, low: bool) -> None:
        self._tile.setVisible(not low)
        self._sign.setVisible(low)
        self._note.setVisible(not low)
        self._word.setContentsMargins(0, 0 if low else 5, 0, 0)
        theme.set_role(self._figure, role="h3" if low else "num")
        theme.set_role(self._word, role="table" if low else "strong")
        self._line.setContentsMargins(*((12, 0, 8, 0) if low else (14, 0, 10, 0)))
        self.setFixedHeight(theme.px(36 if low else 64))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEY:
            self._draw(ring=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._draw()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            theme.set_role(self, hovered="true" if event.type() == QEvent.Type.Enter else "false")
        return super().event(event)

    def _draw(self, *, ring: bool = False) -> None:
        theme.set_role(self, kind="chosen-card" if self._is_on or ring else "card")

    def _name(self) -> None:
        state = "，正在只看这些" if self._is_on else ""
        self.setAccessibleName(f"{self._title} {self._figure.text()}，{self._note.text()}{state}")
