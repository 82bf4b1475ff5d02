"""How does a person say whom she looks for: words typed, and conditions in chips?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.fields import Field
from desktop.fields.standards import EMPLOYMENT_STATUS
from desktop.registers import MEMBERS, own_fields
from desktop.ui import theme
from desktop.ui.models.members import AGE_BANDS, Condition, Filters, OwnFilter, age_words
from desktop.ui.pages.members_own_filter import (
    OwnFilterPopup,
    choice_is,
    choices_of,
    filled,
)
from desktop.ui.widgets.buttons import Button, Chip, Menu
from desktop.ui.widgets.inputs import LineEdit, SearchBox
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.popup import Popup

_OLDEST = 120
_FOLDED_AFTER = 2
_DEBOUNCE_MS = 20  # a question overtaken by the next key is dropped, so it need not wait for it


class FilterBar(QWidget):
    """The search box with the chips behind it.

    ``asked`` carries the question as it stands now; ``places_requested`` the widget under which
    the units should open, ``day_requested`` the one under which a past day should be asked for;
    ``left_downward`` says that she goes on into the list, ``drawn`` that other chips are shown.
    """

    asked = Signal(object)
    places_requested = Signal(object)
    day_requested = Signal(object)
    left_downward = Signal()
    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = Filters()
        self.register = MEMBERS
        self._folds = False
        self._short = False
        self._menu: Menu | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.search = SearchBox(name="members.search", debounce=_DEBOUNCE_MS)
        self.search.searched.connect(self._searched)
        self.search.emptied_further.connect(self._remove_last)
        self.search.left_downward.connect(self.left_downward)
        row.addWidget(self.search, 100)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        row.addLayout(self._chips)
        self._add = Chip("添加条件", "add", name="members.add_condition")
        self._add.clicked.connect(self._offer_conditions)
        row.addWidget(self._add)
        self.saved = Chip("常用", "off", name="members.saved")
        self.saved.setToolTip("存好的条件，点一下就用")
        row.addWidget(self.saved)
        self._pinned_row = QHBoxLayout()
        self._pinned_row.setSpacing(8)
        row.addLayout(self._pinned_row)
        row.addStretch(1)
        self._pinned: tuple[Chip, ...] = ()
        self._shown: list[Chip] = []

    # what the page calls

    def show_filters(self, filters: Filters) -> None:
        """Show a question that was decided elsewhere (the tree, a page coming back)."""
        changed = filters.conditions() != self._filters.conditions()
        self._filters = filters
        if self.search.query() != filters.find:
            self.search.set_query(filters.find)
        if changed:
            self._draw_chips()

    def set_room(self, width: str) -> None:
        """Fold the chips after the second where the window is narrow."""
        self._folds, self._short = width == "narrow", width != "wide"
        self._add.setText("条件" if self._short else "添加条件")
        self._add.set_kind("add")
        self.search.setMinimumWidth(theme.px(150))
        self._draw_chips()

    def type_into(self, text: str) -> None:
        """Go on with what was typed while the list had the focus."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)

    def take_focus(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def chips(self) -> tuple[str, ...]:
        """The words of the chips that are shown."""
        return tuple(chip.text() for chip in self._shown)

    def last_stop(self) -> QWidget:
        """Where Tab leaves the bar."""
        return [self.saved, *self._pinned][-1]

    def filters(self) -> Filters:
        """The question as it stands."""
        return self._filters

    def is_short(self) -> bool:
        """Whether there is room for little more than the conditions that are set."""
        return self._short

    def show_pinned(self, chips: Sequence[Chip]) -> None:
        """Show these chips behind the others; those shown before go."""
        for chip in self._pinned:
            self._pinned_row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._pinned = tuple(chips)
        for chip in chips:
            self._pinned_row.addWidget(chip)
        for before, after in pairwise((self.saved, *chips)):
            self.setTabOrder(before, after)

    def ask(self, filters: Filters) -> None:
        """Ask this instead of what is asked now."""
        self.search.set_query(filters.find)
        self._ask(filters)

    # private

    def _ask(self, filters: Filters) -> None:
        self._filters = filters
        self._draw_chips()
        self.asked.emit(filters)

    def _searched(self, find: str) -> None:
        if find != self._filters.find:
            self._filters = replace(self._filters, find=find)
            self.asked.emit(self._filters)

    def _remove_last(self) -> None:
        conditions = self._filters.conditions()
        if conditions:
            self._ask(self._filters.without(conditions[-1].key))

    def _draw_chips(self) -> None:
        for chip in self._shown:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._shown = []
        conditions = self._filters.conditions()
        folded = len(conditions) - _FOLDED_AFTER if self._folds else 0
        for condition in conditions[: len(conditions) - max(0, folded)]:
            self._add_chip(condition)
        if folded > 0:
            self._add_fold(folded)
        for before, after in pairwise((self.search, *self._shown, self._add, self.saved)):
            self.setTabOrder(before, after)
        self.drawn.emit()

    def _add_chip(self, condition: Condition) -> None:
        chip = Chip(condition.words, "on", name=f"members.condition.{condition.key}")
        chip.setProperty("condition", condition.key)
        chip.setToolTip("点文字修改，点叉去掉；Del 也能去掉")
        chip.clicked.connect(self._edit_chip)
        chip.removed.connect(self._remove_chip)
        remove = QAction("去掉这个条件", chip)
        remove.setShortcuts([QKeySequence("Del"), QKeySequence("Backspace")])
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(chip.removed)
        chip.addAction(remove)
        self._chips.addWidget(chip)
        self._shown.append(chip)

    def _add_fold(self, folded: int) -> None:
        chip = Chip(f"条件 {folded}", "off", name="members.condition.more")
        chip.clicked.connect(self._offer_folded)
        self._chips.addWidget(chip)
        self._shown.append(chip)

    def _edit_chip(self) -> None:
        chip = self.sender()
        if not isinstance(chip, Chip):
            return
        key = chip.property("condition")
        if key == "place":
            self.places_requested.emit(chip)
        elif key == "as_of":
            self.day_requested.emit(chip)
        elif key == "to_check":
            self._ask(self._filters.without("to_check"))
        elif own_fields.is_own(str(key)):
            self._edit_own(str(key), chip)
        else:
            menu = self._new_menu()
            (self._fill_statuses if key == "status" else self._fill_ages)(menu)
            self._open(menu, chip)

    def _remove_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self._ask(self._filters.without(str(chip.property("condition"))))

    def _offer_conditions(self) -> None:
        menu = self._new_menu()
        place = menu.addAction("单位…")
        place.triggered.connect(self._want_places)
        for title, fill in (("在职状态", self._fill_statuses), ("年龄", self._fill_ages)):
            below = Menu(menu)
            below.setTitle(title)
            fill(below)
            menu.addMenu(below)
        check = menu.addAction("待核实")
        check.setEnabled(not self._filters.to_check)
        check.triggered.connect(self._want_to_check)
        menu.addSeparator()
        menu.addAction("截至哪一天…").triggered.connect(self._want_day)
        self._offer_own(menu)
        self._open(menu, self._add)

    def _offer_own(self, menu: Menu) -> None:
        """The office's own fields: choices at once, the others in a small window."""
        own = own_fields.own_of(self.register)
        if own:
            menu.addSeparator()
        for field in own:
            if choices_of(field):
                below = Menu(menu)
                below.setTitle(field.label)
                self._fill_own_choices(below, field)
                menu.addMenu(below)
            else:
                action = menu.addAction(f"{field.label}…")
                action.setData(field.name)
                action.triggered.connect(self._ask_own)

    def _fill_own_choices(self, menu: Menu, field: Field) -> None:
        ways = [choice_is(field, word) for word in choices_of(field)]
        ways += [filled(field, is_empty=True), filled(field, is_empty=False)]
        for way in ways:
            self._add_choice(menu, way.words, way, self._choose_own, way in self._filters.own)

    def _edit_own(self, name: str, anchor: QWidget) -> None:
        field = self.register.field(name)
        if choices_of(field):
            menu = self._new_menu()
            self._fill_own_choices(menu, field)
            self._open(menu, anchor)
            return
        now = next((one for one in self._filters.own if one.asked.name == name), None)
        popup = OwnFilterPopup(field, now, self)
        popup.chosen.connect(self._own_chosen)
        popup.show_under(anchor)
        popup.low.setFocus()

    def _ask_own(self) -> None:
        self._edit_own(str(_data(self.sender())), self._add)

    def _choose_own(self) -> None:
        self._own_chosen(_data(self.sender()))

    def _own_chosen(self, wanted: object) -> None:
        if isinstance(wanted, OwnFilter):
            self._ask(self._filters.with_own(wanted))

    def _offer_folded(self) -> None:
        menu = self._new_menu()
        for condition in self._filters.conditions()[_FOLDED_AFTER:]:
            action = menu.addAction(f"去掉“{condition.words}”")
            action.setData(condition.key)
            action.triggered.connect(self._drop_folded)
        self._open(menu, self._shown[-1])

    def _fill_statuses(self, menu: Menu) -> None:
        for code, words in EMPLOYMENT_STATUS.values.items():
            self._add_choice(menu, words, code, self._choose_status, code == self._filters.status)

    def _fill_ages(self, menu: Menu) -> None:
        for band in AGE_BANDS:
            self._add_choice(
                menu, age_words(*band), band, self._choose_ages, band == self._filters.ages
            )
        own = menu.addAction("自己填…")
        own.triggered.connect(self._ask_ages)

    def _add_choice(self, menu: Menu, words: str, data: Any, then: Any, is_on: bool) -> None:
        action = menu.addAction(words)
        action.setData(data)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.triggered.connect(then)

    def _choose_status(self) -> None:
        self._ask(replace(self._filters, status=str(_data(self.sender()))))

    def _choose_ages(self) -> None:
        low, high = _data(self.sender())
        self._ask(replace(self._filters, ages=(low, high)))

    def _drop_folded(self) -> None:
        self._ask(self._filters.without(str(_data(self.sender()))))

    def _want_places(self) -> None:
        self.places_requested.emit(self._add)

    def _want_day(self) -> None:
        self.day_requested.emit(self._add)

    def _want_to_check(self) -> None:
        self._ask(replace(self._filters, to_check=True))

    def _ask_ages(self) -> None:
        popup = AgePopup(self._filters.ages, self)
        popup.chosen.connect(self._own_ages)
        popup.show_under(self._add)
        popup.low.setFocus()

    def _own_ages(self, ages: object) -> None:
        if isinstance(ages, tuple):
            self._ask(replace(self._filters, ages=ages))

    def _new_menu(self) -> Menu:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = Menu(self)
        self._menu.setObjectName("members.conditions")
        return self._menu

    def _open(self, menu: Menu, anchor: QWidget) -> None:
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))


class AgePopup(Popup):
    """Two ages typed by hand. ``chosen`` carries (from, to); one side may stay empty."""

    chosen = Signal(object)

    def __init__(self, ages: tuple[int | None, int | None] | None, parent: QWidget) -> None:
        super().__init__(parent, name="members.ages", label="年龄")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        low, high = ages or (None, None)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.low = self._field(low, "members.ages.from", "从几岁")
        self.high = self._field(high, "members.ages.to", "到几岁")
        use = Button("按年龄筛选", kind="soft", size="small", name="members.ages.use")
        use.clicked.connect(self._use)
        row.addWidget(self.low)
        row.addWidget(Label("～", "sub"))
        row.addWidget(self.high)
        row.addWidget(Label("岁", "sub"))
        row.addWidget(use)
        self.body.addLayout(row)

    def _field(self, age: int | None, name: str, label: str) -> LineEdit:
        field = LineEdit("" if age is None else str(age), name=name, size="small")
        field.setFixedWidth(theme.px(56))
        field.setMaxLength(3)
        field.setAccessibleName(label)
        field.returnPressed.connect(self._use)
        return field

    def _use(self) -> None:
        low, high = _age(self.low.text()), _age(self.high.text())
        if low is not None and high is not None and low > high:
            low, high = high, low
        if low is not None or high is not None:
            self.chosen.emit((low, high))
        self.close()


def _age(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isdecimal() and int(plain) <= _OLDEST else None


def _data(action: object) -> Any:
    return action.data() if isinstance(action, QAction) else None
