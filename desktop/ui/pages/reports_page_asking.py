"""What can a report be asked: which day, which unit, which month, numbers in full?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import CheckBox, Segments
from desktop.ui.widgets.dates import DateField
from desktop.ui.widgets.inputs import ComboBox
from desktop.ui.widgets.labels import Label

EVERYWHERE = "全部单位"


class AskingBar(QWidget):
    """The questions of one table in a row. ``changed`` comes when the table is to be read anew;
    ``full_changed`` says besides that numbers are to be shown, or hidden again."""

    changed = Signal()
    full_changed = Signal(bool)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.day = DateField(today, name="reports.on")
        self.day.setFixedWidth(theme.px(186))
        self.day.setAccessibleName("截止日")
        self.unit = ComboBox([(None, EVERYWHERE)], name="reports.unit")
        self.unit.setFixedWidth(theme.px(186))
        self.unit.setAccessibleName("单位")
        self.month = Segments([("this", "本月"), ("next", "下月")], name="reports.month")
        self.full = CheckBox("显示完整号码", name="reports.full")
        self._of_day, self._of_unit = Label("截止日", "cap"), Label("单位", "cap")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        parts = (self._of_day, self.day, self._of_unit, self.unit, self.month, self.full)
        for widget in parts:
            row.addWidget(widget)
        row.addStretch()
        self.day.set_value(today())
        self.day.picked.connect(self._asked)
        self.unit.chosen.connect(self._asked)
        self.month.chosen.connect(self._asked)
        self.full.toggled.connect(self._turn_full)

    def ask_for(self, asks: Sequence[str]) -> None:
        """Show the questions of one table; what was answered before stays answered."""
        for widgets, name in (
            ((self._of_day, self.day), "on"),
            ((self._of_unit, self.unit), "unit_id"),
            ((self.month,), "month"),
            ((self.full,), "full"),
        ):
            for widget in widgets:
                widget.setVisible(name in asks)
        self.setVisible(bool(asks))

    def set_units(self, units: Sequence[tuple[int, str]]) -> None:
        """The units there are; one that is gone is asked for no longer."""
        options: list[tuple[object, str]] = [(None, EVERYWHERE), *units]
        before = self.unit.value()
        if options != [(self.unit.itemData(n), self.unit.itemText(n)) for n in self._places()]:
            self.unit.set_options(options)
            self.unit.set_value(before)
            if self.unit.currentIndex() < 0:
                self.unit.set_value(None)

    def on(self) -> date:
        """The day that is asked for; today when nothing readable is written."""
        return self.day.day() or self._today()

    def unit_id(self) -> int | None:
        value = self.unit.value()
        return value if isinstance(value, int) else None

    def hide_numbers(self) -> None:
        """Mask again without a word: she has left."""
        self.full.blockSignals(True)
        self.full.setChecked(False)
        self.full.blockSignals(False)

    def _places(self) -> range:
        return range(self.unit.count())

    def _asked(self, _value: object) -> None:
        self.changed.emit()

    def _turn_full(self, full: bool) -> None:
        self.full_changed.emit(full)
        self.changed.emit()
