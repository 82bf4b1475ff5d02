"""How does a list of tuples become a table that can be painted, read aloud and ticked?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

AnyIndex = QModelIndex | QPersistentModelIndex

CELL = int(Qt.ItemDataRole.UserRole) + 1
GROUP = int(Qt.ItemDataRole.UserRole) + 2

_SPOKEN = {"danger": "错误", "amber": "请留意", "info": "将改动", "jade": "已完成"}


@dataclass(frozen=True)
class Cell:
    """One cell as it is painted.

    ``tone`` tints nothing by itself: with ``tinted`` the cell gets a rounded tint and ``words``
    (two to four, with the tone's sign) at its right; without, ``sign`` and ``text`` take the
    tone's colour. ``old`` is printed struck out behind the new text. ``hits`` are (start, length)
    of search hits. ``strong`` is the weight of a name, ``quiet`` the second ink.
    """

    text: str
    tone: Literal["", "jade", "amber", "danger", "info", "neutral"] = ""
    sign: str = ""
    words: str = ""
    old: str = ""
    hits: tuple[tuple[int, int], ...] = ()
    tinted: bool = False
    outlined: bool = False
    strong: bool = False
    quiet: bool = False
    spoken: str = ""


@dataclass(frozen=True)
class Group:
    """A row across all columns: a title, how many, a note at the right."""

    title: str
    count: str = ""
    note: str = ""
    tone: Literal["", "jade", "amber", "danger", "info"] = ""


@dataclass(frozen=True)
class Column:
    """One column: its title and how a row shows in it.

    ``show`` returns a :class:`Cell` or plain text. ``width`` 0 marks the one column that takes
    the spare room. ``caption`` is a second line under the title, ``choices`` make the title a
    drop-down button (see ``TableHeader.choice_requested``).
    """

    key: str
    title: str
    show: Callable[[Any], Cell | str]
    width: int = 96
    right: bool = False
    sortable: bool = False
    caption: str = ""
    choices: bool = False
    muted: bool = False


class RowsModel(QAbstractTableModel):
    """Rows of tuples (with :class:`Group` rows between) under declared columns.

    ``identify`` gives a row's lasting key; ticks belong to keys and survive ``set_rows`` as long
    as the key is among the rows. ``ticked_changed`` carries how many are ticked.
    """

    ticked_changed = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        identify: Callable[[Any], Hashable] = lambda row: row[0],
        tickable: bool = False,
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._identify = identify
        self._tickable = tickable
        self._rows: list[Any] = []
        self._ticked: set[Hashable] = set()

    @property
    def is_tickable(self) -> bool:
        return self._tickable

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def set_rows(self, rows: Iterable[Any], *, keep_ticks: bool = True) -> None:
        """Show other rows; ticks of rows that are gone go with them."""
        before = len(self._ticked)
        self.beginResetModel()
        self._rows = list(rows)
        if self._ticked:
            present = {self._identify(row) for row in self._rows if not isinstance(row, Group)}
            self._ticked = self._ticked & present if keep_ticks else set()
        self.endResetModel()
        if len(self._ticked) != before:
            self.ticked_changed.emit(len(self._ticked))

    def row(self, number: int) -> Any:
        return self._rows[number]

    def rows(self) -> list[Any]:
        """All data rows, without the groups."""
        return [row for row in self._rows if not isinstance(row, Group)]

    def is_group(self, number: int) -> bool:
        return 0 <= number < len(self._rows) and isinstance(self._rows[number], Group)

    def key(self, number: int) -> Hashable | None:
        """The key of a row; None outside the rows and on a group."""
        if not 0 <= number < len(self._rows) or self.is_group(number):
            return None
        return self._identify(self._rows[number])

    def row_of(self, key: Hashable) -> int:
        """The number of the row with this key, -1 when it is not shown."""
        for number, row in enumerate(self._rows):
            if not isinstance(row, Group) and self._identify(row) == key:
                return number
        return -1

    def replace_row(self, number: int, row: Any) -> None:
        """Show one row anew, keeping everything else in its place."""
        self._rows[number] = row
        last = self.columnCount() - 1
        self.dataChanged.emit(self.index(number, 0), self.index(number, last))

    # ticks

    def ticked(self) -> frozenset[Hashable]:
        return frozenset(self._ticked)

    def is_ticked(self, number: int) -> bool:
        return self.key(number) in self._ticked

    def set_ticked(self, number: int, ticked: bool) -> None:
        key = self.key(number)
        if key is None or (key in self._ticked) == ticked:
            return
        self._ticked.symmetric_difference_update({key})
        self._ticks_changed()

    def tick(self, keys: Iterable[Hashable]) -> None:
        """Tick these besides those ticked already, as far as they are among the rows."""
        wanted = set(keys)
        self._ticked |= {key for row in self.rows() if (key := self._identify(row)) in wanted}
        self._ticks_changed()

    def tick_all(self, ticked: bool = True) -> None:
        self._ticked = {self._identify(row) for row in self.rows()} if ticked else set()
        self._ticks_changed()

    def tick_state(self) -> Qt.CheckState:
        """What the box in the header shows."""
        if not self._ticked:
            return Qt.CheckState.Unchecked
        everything = len(self._ticked) == len(self.rows())
        return Qt.CheckState.Checked if everything else Qt.CheckState.PartiallyChecked

    def _ticks_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1)
            )
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.ticked_changed.emit(len(self._ticked))

    # Qt's side

    def column_at(self, section: int) -> Column | None:
        """The declared column of a section; None for the tick column."""
        number = section - self._tickable
        return self._columns[number] if 0 <= number < len(self._columns) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns) + self._tickable

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.is_group(index.row()):
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._tickable and index.column() == 0:
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual

    def cell(self, row: int, column: Column) -> Cell:
        shown = column.show(self._rows[row])
        return Cell(shown) if isinstance(shown, str) else shown

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = index.row()
        if self.is_group(row):
            return _group_data(self._rows[row], role)
        column = self.column_at(index.column())
        if column is None:
            return self._tick_data(row, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column).text
        if role == CELL:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(column, self.cell(row, column))
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._tickable or index.column() != 0:
            return False
        self.set_ticked(index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            column = self.column_at(section)
            return column.title if column else "选择"
        return None

    def _tick_data(self, row: int, role: int) -> Any:
        ticked = self.is_ticked(row)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "已勾选" if ticked else "未勾选"
        return None


def spoken(column: Column, cell: Cell) -> str:
    """A cell in words: column, text, and what is the matter with it."""
    if cell.spoken:
        return f"{column.title}，{cell.spoken}"
    parts = [column.title, cell.text or "空"]
    if cell.words:
        parts.append(f"{_SPOKEN.get(cell.tone, '说明')}：{cell.words}")
    if cell.old:
        parts.append(f"原来是 {cell.old}")
    return "，".join(parts)


def _group_data(group: Group, role: int) -> Any:
    if role == GROUP:
        return group
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return "，".join(part for part in (group.title, group.count, group.note) if part)
    return None
