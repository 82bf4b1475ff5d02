"""How do units with their counts become a tree?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

AnyIndex = QModelIndex | QPersistentModelIndex

COUNT = int(Qt.ItemDataRole.UserRole) + 1
STRONG = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True)
class TreeNode:
    """A branch: its key, words, how many people, what hangs under it. ``strong`` prints it bold."""

    key: Hashable
    title: str
    count: int | None = None
    children: tuple[TreeNode, ...] = ()
    strong: bool = False


class _Place:
    """A node with its place in the tree. Qt's indexes point here, so the model holds them all."""

    def __init__(self, node: TreeNode, parent: _Place | None, row: int) -> None:
        self.node, self.parent, self.row = node, parent, row
        self.children = [_Place(child, self, n) for n, child in enumerate(node.children)]


class TreeModel(QAbstractItemModel):
    """A tree of :class:`TreeNode`, read only."""

    def __init__(self, nodes: Sequence[TreeNode] = (), parent: Any = None) -> None:
        super().__init__(parent)
        self._roots: list[_Place] = []
        self.set_nodes(nodes)

    def set_nodes(self, nodes: Sequence[TreeNode]) -> None:
        self.beginResetModel()
        self._roots = [_Place(node, None, number) for number, node in enumerate(nodes)]
        self.endResetModel()

    def node(self, index: AnyIndex) -> TreeNode | None:
        return self._place(index).node if index.isValid() else None

    def find(self, key: Hashable) -> QModelIndex:
        """The index of the node with this key, invalid when there is none."""
        waiting = list(self._roots)
        while waiting:
            place = waiting.pop()
            if place.node.key == key:
                return self.createIndex(place.row, 0, place)
            waiting.extend(place.children)
        return QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:
        places = self._children(parent)
        if column != 0 or not 0 <= row < len(places):
            return QModelIndex()
        return self.createIndex(row, column, places[row])

    def parent(self, index: AnyIndex = QModelIndex()) -> Any:
        above = self._place(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return len(self._children(parent))

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return node.title if node.count is None else f"{node.title}，{node.count} 人"
        if role == COUNT:
            return node.count
        return node.strong if role == STRONG else None

    def _place(self, index: AnyIndex) -> _Place:
        place = index.internalPointer()
        assert isinstance(place, _Place)  # noqa: S101 - only this model makes its indexes
        return place

    def _children(self, parent: AnyIndex) -> list[_Place]:
        return self._place(parent).children if parent.isValid() else self._roots
