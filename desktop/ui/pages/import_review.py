"""Step 3: every row with what becomes of it, and what she decides about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.exchange.preview import Row
from desktop.ui import theme
from desktop.ui.models import import_rows
from desktop.ui.models.import_columns import taken_for
from desktop.ui.models.import_rows import Absent, Listed, Look
from desktop.ui.models.import_widths import LayoutWidths
from desktop.ui.models.rows import RowsModel
from desktop.ui.pages.import_cards import CountCards
from desktop.ui.pages.import_decision import DecisionCard
from desktop.ui.pages.import_header import FieldChoice
from desktop.ui.pages.import_rules import RulesCard
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Card
from desktop.ui.widgets.page import Room
from desktop.ui.widgets.table_view import TableView

_SIDE = {"wide": 308, "middle": 286, "narrow": 308}


class ReviewStep(QWidget):
    """Counts, table, decision and rules.

    ``decided`` carries decisions by key of the row, ``column_chosen`` a column letter and the field
    it is to be taken for; the rules' wishes come out under their own names.
    """

    decided = Signal(object)
    policy_chosen = Signal(str)
    men_chosen = Signal(bool)
    hidden_chosen = Signal(bool)
    column_chosen = Signal(str, str)
    person_requested = Signal(int)

    def __init__(self, widths: LayoutWidths, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Look | None = None
        self._problems: list[int] = []
        self._choice: FieldChoice | None = None
        self._lies_over = self._is_filling = False
        self._widths, self._hint, self._is_low = widths, "", False
        self.cards = CountCards()
        self.model = RowsModel([], identify=import_rows.key_of)
        self.table = TableView(
            self.model, name="import.table", label="表里的每一行", density="close", widths=widths
        )
        self.hint = InlineMessage(name="import.hint")
        self.decision = DecisionCard()
        self.rules = RulesCard()
        self.side = self._side()
        self._lay_out()
        self._connect()

    # what the page calls

    def show_preview(self, seen: Look, hint: str, *, fresh: bool) -> None:
        """Show a rehearsal; the current row stays unless it is a ``fresh`` one."""
        self._is_filling = True
        columns = import_rows.table_columns(seen)
        others = [one.key for one in columns] != [one.key for one in self.model.columns]
        self._widths.shape = "-".join(one.key for one in columns)
        self.model.set_columns(columns)
        if fresh or others:
            self.table.fit_columns()
        self._seen = seen
        self.cards.set_counts(seen.counts, changed=seen.preview.counts.changed_values)
        self.rules.show_preview(seen)
        self._hint = hint
        self._show_hint()
        self._problems = seen.problems
        if fresh:
            self.cards.set_value("all")
        self._list()
        if fresh:
            self.table.go_to_first()
            self.table.scrollToTop()
        self._is_filling = False
        self._show_current()

    def clear(self) -> None:
        """Hold nothing of what was shown."""
        self._seen, self._problems = None, []
        self.model.set_rows([])
        self.decision.show_nothing(None, (0, 0))

    def current_row(self) -> Row | Absent | None:
        number = self.table.currentIndex().row()
        if number < 0 or self.model.is_group(number):
            return None
        row: Row | Absent = self.model.row(number)
        return row

    def step_problem(self, by: int) -> None:
        """To the next or previous row with a problem; the filter goes where it hides them."""
        if not self._problems or self._seen is None:
            return
        row = self.current_row()
        here = row.key if isinstance(row, Row) and row.key in self._problems else None
        if here is None:
            goal = self._problems[0 if by > 0 else -1]
        else:
            at = self._problems.index(here) + by
            goal = self._problems[max(0, min(at, len(self._problems) - 1))]
        if self.cards.value() not in ("all", "problem"):
            self.cards.set_value("all")
            self._list()
        self.table.go_to(goal)
        self._into_sight()

    def listing(self, wanted: Listed) -> None:
        """Show one group only."""
        self.cards.set_value(wanted)
        self._list()

    def step_out(self) -> bool:
        """Esc: the decision that lies over the table, then the filter."""
        if self._lies_over and self.side.isVisible():
            self._fold()
        elif self.cards.value() != "all":
            self.listing("all")
        else:
            return False
        return True

    def focus_first(self) -> None:
        self.table.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.cards, self.table, self.side]

    def arrange(self, room: Room) -> None:
        """Fit the room: one line of counts where it is low, the decision over the table where it
        is narrow."""
        self.cards.set_low(room.low)
        self._is_low = room.low
        self._show_hint()
        self.table.set_density("compact" if room.low else "close")
        self._column.setSpacing(10 if room.low else 14)
        self.side.setFixedWidth(theme.px(_SIDE[room.width]))
        self._lie_over(room.width == "narrow")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._lower and event.type() == QEvent.Type.Resize:
            self._put()
        return False

    # laying out

    def _side(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = self._side_column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        hint = self.hint.layout()
        if hint is not None:
            hint.setContentsMargins(12, 8, 10, 8)
        for widget in (self.hint, self.decision, self.rules):
            column.addWidget(widget)
        column.addStretch()
        area = QScrollArea()
        area.setObjectName("import.side")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inside = inside
        return area

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.cards)
        self._lower = QWidget()
        self._beside = QHBoxLayout(self._lower)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(14)
        card = Card(margins=(1, 7, 1, 7))
        card.body.addWidget(self.table)
        self._beside.addWidget(card, 1)
        self._beside.addWidget(self.side)
        self._column.addWidget(self._lower, 1)
        self._lower.installEventFilter(self)
        self.table.header.setStretchLastSection(True)

    def _connect(self) -> None:
        self.cards.chosen.connect(self._list)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._clicked)
        self.table.header.choice_requested.connect(self._choose_field)
        self.decision.decided.connect(self.decided)
        self.decision.stepped.connect(self.step_problem)
        self.decision.person_requested.connect(self.person_requested)
        self.decision.closed.connect(self._fold)
        self.rules.policy_chosen.connect(self.policy_chosen)
        self.rules.men_chosen.connect(self.men_chosen)
        self.rules.hidden_chosen.connect(self.hidden_chosen)
        self.rules.listing_requested.connect(self.listing)
        for keys, act in (
            ("Ctrl+Down", self._to_next),
            ("Ctrl+Up", self._to_previous),
            ("F2", self._edit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # private

    def _list(self, _chosen: str = "") -> None:
        if self._seen is not None:
            self.model.set_rows(import_rows.listed(self._seen, self.cards.value()))
            if self.current_row() is None:
                self.table.go_to_first()

    def _show_hint(self) -> None:
        """The hint gives way to the decision where the window is low."""
        if self._hint and not self._is_low:
            self.hint.say(self._hint, "accent")
        else:
            self.hint.clear()

    def _place(self, row: Row | Absent | None) -> tuple[int, int]:
        is_problem = isinstance(row, Row) and row.key in self._problems
        number = self._problems.index(row.key) + 1 if is_problem and isinstance(row, Row) else 0
        return number, len(self._problems)

    def _show_current(self, _key: object = None) -> None:
        seen, row = self._seen, self.current_row()
        if seen is None or self._is_filling:
            return
        if isinstance(row, Row):
            self.decision.show_row(seen, row, self._place(row))
        elif isinstance(row, Absent):
            self.decision.show_absent(seen, row, self._place(row))
        else:
            self.decision.show_nothing(seen, self._place(None))

    def _into_sight(self) -> None:
        """Scroll sideways to the cell that has the problem."""
        row, seen = self.current_row(), self._seen
        if not isinstance(row, Row) or seen is None:
            return
        fields = [import_rows.field_of(p.field, seen.fields) for p in row.problems]
        keys: Sequence[str] = [import_rows.column_key(seen, row, f) for f in fields if f]
        for section, column in enumerate(self.model.columns):
            if column.key in keys:
                self.table.scrollTo(self.model.index(self.table.currentIndex().row(), section))
                return

    def _clicked(self, _index: QModelIndex) -> None:
        if self._lies_over:
            self._unfold()

    def _open(self, _key: object) -> None:
        self._unfold()
        self.decision.focus_choice()

    def _edit(self) -> None:
        self._unfold()
        self.decision.focus_correction()

    def _to_next(self) -> None:
        self.step_problem(1)

    def _to_previous(self) -> None:
        self.step_problem(-1)

    def _choose_field(self, key: str, _spot: QPoint) -> None:
        if self._seen is None:
            return
        header = self.table.header
        section = [column.key for column in self.model.columns].index(key)
        left, width = header.sectionViewportPosition(section), header.sectionSize(section)
        taken, options = taken_for(self._seen.preview, key)
        self._choice = FieldChoice(header.viewport(), key, taken, options)
        self._choice.field_chosen.connect(self.column_chosen)
        self._choice.open_over(QRect(left + 4, 6, width - 8, theme.px(29)))

    # over the table

    def _lie_over(self, over: bool) -> None:
        if over == self._lies_over:
            return
        self._lies_over = over
        self.decision.close_button.setVisible(over)
        theme.set_role(self._inside, kind="page" if over else "scrolled")
        self._side_column.setContentsMargins(12 if over else 0, 0, 0, 0)
        if over:
            self._beside.removeWidget(self.side)
            self._fold()
            self._put()
        else:
            self._beside.addWidget(self.side)
            self.side.show()

    def _unfold(self) -> None:
        if self._lies_over:
            self.side.show()
            self.side.raise_()
            self._put()

    def _fold(self) -> None:
        self.side.hide()
        self.table.setFocus()

    def _put(self) -> None:
        if self._lies_over:
            room = self._lower.rect()
            self.side.setGeometry(
                room.width() - self.side.width(), 0, self.side.width(), room.height()
            )
