"""What is to become of a file that was not taken by itself?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.inputs import ComboBox
from desktop.ui.widgets.labels import Elided

if TYPE_CHECKING:
    from desktop.exchange.returns import Form


class ChoiceBar(QWidget):
    """A line under the units, shown while a file that needs a decision is the current one.

    ``chosen`` carries the file and the unit it is to speak for.
    """

    chosen = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 2)
        row.setSpacing(8)
        self._words = Elided("", "sub")
        self.unit = ComboBox(name="returns.unit", size="small")
        self.unit.setFixedWidth(theme.px(200))
        self.unit.setAccessibleName("这份表是哪个单位的")
        self.use = Button("", "check", "soft", "small", name="returns.use")
        row.addWidget(self._words, 1)
        row.addWidget(self.unit)
        row.addWidget(self.use)
        self.use.clicked.connect(self._choose)
        self.hide()

    def show_form(self, form: Form | None, units: Mapping[int, str]) -> None:
        """Offer what can be done with a file; nothing for one that cannot be used at all."""
        may = form is not None and form.state in ("unknown_unit", "set_aside")
        self.setVisible(may)
        if form is None or not may:
            return
        self._path = form.path
        asks = form.state == "unknown_unit"
        self._words.setText(f"《{form.path.name}》")
        self.unit.setVisible(asks)
        if asks:
            self.unit.set_options(tuple(units.items()))
        else:
            self.unit.set_options(((form.unit_id, units.get(form.unit_id or 0, "")),))
        self.use.set_text("指定单位" if asks else "改用这一份")

    def _choose(self) -> None:
        unit = self.unit.value()
        if self._path is not None and isinstance(unit, int):
            self.chosen.emit(self._path, unit)
