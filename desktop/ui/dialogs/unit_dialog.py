"""What is a unit called, and which unit is meant?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services import members
from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.models.tree import TreeNode
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.tree_view import TreeView

MAX_NAME = 60


class UnitNameDialog(Dialog):
    """Asks for the name of a unit. ``refuse`` gives the sentence against a name, or nothing."""

    def __init__(
        self,
        title: str,
        verb: str,
        *,
        name: str = "",
        note: str = "",
        refuse: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, [Choice("save", verb)], name="members.unit", parent=parent)
        self._refuse = refuse
        self._before = name
        self.body.addWidget(Label(title, "h2"))
        if note:
            self.body.addWidget(Label(note, "sub", wrap=True))
        self.edit = LineEdit(name, name="members.unit.name")
        self.edit.setMaxLength(MAX_NAME)
        self.edit.selectAll()
        self._field = Field("单位名称", self.edit)
        self.body.addWidget(self._field)
        self.edit.textChanged.connect(self._check)
        self._check()
        self._field.set_error("")
        self.fit()
        self.edit.setFocus()

    def unit_name(self) -> str:
        return " ".join(self.edit.text().split())

    def _check(self) -> None:
        name = self.unit_name()
        reason = "" if name else "请填写单位名称"
        if name and name != self._before:
            reason = self._refuse(name)
        self._field.set_error(reason if name else "")
        self.set_reason(reason or ("名称没有变" if name == self._before else ""))
        self.fit()


class UnitPickDialog(Dialog):
    """Asks for one branch of a tree of units; typing narrows it by name, pinyin or initials."""

    def __init__(
        self,
        title: str,
        verb: str,
        nodes: Sequence[TreeNode],
        *,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, [Choice("pick", verb)], name="members.pick_unit", parent=parent)
        self._all = tuple(nodes)
        self.body.addWidget(Label(title, "h2"))
        if note:
            self.body.addWidget(Label(note, "sub", wrap=True))
        self.edit = LineEdit(name="members.pick_unit.find", placeholder="单位名称、拼音或首字母")
        self.edit.setAccessibleName("找单位")
        self.edit.textChanged.connect(self._narrow)
        self.edit.installEventFilter(self)
        self.body.addWidget(self.edit)
        self.tree = TreeView(name="members.pick_unit.tree", parent=self)
        self.tree.setFixedHeight(theme.px(260))
        self.tree.set_nodes(self._all)
        self.tree.chosen.connect(self._chosen)
        self.tree.doubleClicked.connect(self._pick)
        self.body.addWidget(self.tree)
        self.fit()
        self.edit.setFocus()

    def key(self) -> Hashable | None:
        """The key of the branch that is chosen."""
        return self.tree.current_key()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event if isinstance(event, QKeyEvent) else None
        if pressed is None or pressed.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if pressed.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.tree.keyPressEvent(pressed)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        text = typed.strip()
        self.tree.set_nodes(_hits(self._all, text) if text else self._all)
        self._chosen()

    def _chosen(self) -> None:
        self.set_reason("" if self.tree.current_key() is not None else "没有这样的单位")

    def _pick(self) -> None:
        self.buttons["pick"].click()


def _hits(nodes: Sequence[TreeNode], text: str) -> list[TreeNode]:
    found: list[TreeNode] = []
    for node in nodes:
        if members.matches(node.title, text):
            found.append(TreeNode(node.key, node.title, node.count))
        found += _hits(node.children, text)
    return found
