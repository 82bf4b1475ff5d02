"""Step 2: what stands in which column?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.exchange.headings import IGNORED
from desktop.ui import theme
from desktop.ui.models.import_columns import ColumnOffer, SheetOffer, options
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.inputs import ComboBox
from desktop.ui.widgets.labels import Card, Elided, Label

Told = dict[tuple[str, str], dict[str, str]]


class MappingStep(QWidget):
    """One card for each kind of table: heading, three sample values, and the field it is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self._inside.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addStretch()
        area = QScrollArea()
        area.setWidget(self._inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.area = area
        self.cards: list[TableCard] = []

    def show_offers(self, offers: Sequence[SheetOffer]) -> None:
        """Show these tables; tables with the same columns share a card."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        groups: dict[object, list[SheetOffer]] = {}
        for number, offer in enumerate(offers):
            shape = tuple((c.letter, c.header, c.field) for c in offer.columns)
            groups.setdefault(number if offer.asks else shape, []).append(offer)
        self.cards = [TableCard(number, same) for number, same in enumerate(groups.values())]
        for number, card in enumerate(self.cards):
            card.changed.connect(self.changed)
            self._column.insertWidget(number, card)

    def told(self) -> Told:
        """By file and sheet, the columns she told otherwise than they were recognised; for a table
        without a header all of them, once it has a name column."""
        found: Told = {}
        for card in self.cards:
            found |= card.told()
        return found

    def without_name(self) -> list[str]:
        """The sheets that stay out, because no column is the name."""
        return [sheet for card in self.cards if not card.has_name() for sheet in card.sheets()]

    def focus_first(self) -> None:
        for card in self.cards:
            for editor in card.editors.values():
                editor.setFocus()
                return


class TableCard(Card):
    """The columns of one table, or of several with the same columns."""

    changed = Signal()

    def __init__(self, number: int, offers: Sequence[SheetOffer]) -> None:
        super().__init__(margins=(18, 12, 18, 14), spacing=8)
        self._offers = offers
        self.editors: dict[str, ComboBox] = {}
        first = offers[0]
        self.setObjectName(f"import.columns_{number}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(f"《{first.file}》“{first.sheet}”", "h3"))
        if len(offers) > 1:
            head.addWidget(Label(f"等 {len(offers)} 张表，列都相同", "cap"))
        head.addStretch()
        self.body.addLayout(head)
        self.message = InlineMessage(name=f"import.columns_{number}.message")
        self.body.addWidget(self.message)
        self._grid(number, first.columns)
        self._say()

    def told(self) -> Told:
        first = self._offers[0]
        if first.asks:
            fields = {letter: str(editor.value()) for letter, editor in self.editors.items()}
            return {(first.file, first.sheet): fields} if self.has_name() else {}
        before = {c.letter: c.field for c in first.columns}
        fields = {
            letter: str(editor.value())
            for letter, editor in self.editors.items()
            if editor.value() != before[letter]
        }
        return {(one.file, one.sheet): dict(fields) for one in self._offers} if fields else {}

    def has_name(self) -> bool:
        return any(editor.value() == "name" for editor in self.editors.values())

    def sheets(self) -> list[str]:
        return [one.sheet for one in self._offers]

    def _grid(self, number: int, columns: Sequence[ColumnOffer]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        titles = ("列", "表里的列名", "前几行的内容", "作为")
        for place, words in enumerate(titles):
            grid.addWidget(Label(words, "cap"), 0, place)
        for line, column in enumerate(columns, 1):
            grid.addWidget(Label(column.letter, "table", "text2"), line, 0)
            header = Elided(column.header or "没有列名", "name" if column.header else "faint")
            header.setFixedWidth(theme.px(150))
            grid.addWidget(header, line, 1)
            grid.addWidget(Elided("，".join(column.samples), "sub"), line, 2)
            editor = ComboBox(
                options(column.field, column.header, self._offers[0].fields),
                name=f"import.columns_{number}.{column.letter}",
                size="small",
            )
            editor.setAccessibleName(f"{column.letter} 列 {column.header} 作为")
            editor.setFixedWidth(theme.px(190))
            editor.set_value(column.field)
            editor.chosen.connect(partial(self._choose, column.letter))
            self.editors[column.letter] = editor
            grid.addWidget(editor, line, 3)
        self.body.addLayout(grid)

    def _choose(self, letter: str, name: object) -> None:
        for other, editor in self.editors.items():
            if other != letter and editor.value() == name and name not in ("", IGNORED):
                editor.set_value("")
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if not self.has_name():
            self.message.say("还不知道哪一列是姓名；不指出来，这张表就不导入。", "amber")
        elif self._offers[0].asks:
            self.message.say("这张表没有列名，下面是按内容猜的，请看一眼再往下走。", "info")
        else:
            self.message.clear()
