"""How is a column told what it is, in the header of the table itself?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.inputs import ComboBox

_LIST_WIDTH = 168


class FieldChoice(ComboBox):
    """A list of fields that opens under one title of the header and goes when it closes.

    ``field_chosen`` carries the column's letter and the field.
    """

    field_chosen = Signal(str, str)

    def __init__(
        self,
        parent: QWidget,
        letter: str,
        taken: str,
        options: Sequence[tuple[object, str]],
    ) -> None:
        super().__init__(options, name="import.field", size="small", parent=parent)
        self._letter, self._taken = letter, taken
        self.setAccessibleName(f"{letter} 列是什么")
        self.set_value(taken)
        self.chosen.connect(self._choose)

    def open_over(self, title: QRect) -> None:
        """Lie over a title of the header and open the list under it."""
        self.setGeometry(title)
        self.view().setMinimumWidth(theme.px(_LIST_WIDTH))
        self.show()
        self.setFocus()
        self.showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.hide()
        self.deleteLater()

    def _choose(self, name: object) -> None:
        if name != self._taken:
            self.field_chosen.emit(self._letter, str(name))
