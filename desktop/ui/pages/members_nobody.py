"""What stands in place of the rows when nobody is found?"""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.ui.models.members import STAFF, Filters, is_chinese
from desktop.ui.models.members_reads import ListRead
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import EmptyState


class NobodyState(EmptyState):
    """Says why the list is empty and offers what helps.

    ``add_requested`` carries the name that was typed.
    """

    clear_requested = Signal()
    add_requested = Signal(str)
    everywhere_requested = Signal()
    pick_requested = Signal()

    def __init__(self, read: ListRead, parent: QWidget | None = None) -> None:
        filters = read.filters
        icon = "users" if filters.is_plain() else "user-search"
        super().__init__(icon, *_words(filters), name="members.nobody", parent=parent)
        self._find = filters.find
        if filters.is_plain():
            if filters.place.kind == "unit":
                self._offer("从名册里移入", "pick", "arrow-left-right").connect(self.pick_requested)
            return
        if read.elsewhere:
            words = f"看退休和调出的 {read.elsewhere} 人"
            self._offer(words, "everywhere", "users").connect(self.everywhere_requested)
        self._offer("清除条件", "clear", "x").connect(self.clear_requested)
        if is_chinese(self._find):
            self._offer(f"新增“{self._find}”", "add", "user-plus").connect(self._want_new)

    def _offer(self, words: str, key: str, icon: str) -> SignalInstance:
        button = Button(words, icon, size="small", name=f"members.nobody.{key}")
        self.add_button(button)
        return button.clicked

    def _want_new(self) -> None:
        self.add_requested.emit(self._find)


def _words(filters: Filters) -> tuple[str, str]:
    if filters.find:
        return f"没有找到“{filters.find}”", _advice(filters)
    if not filters.is_plain():
        return "没有符合这些条件的人", "去掉几个条件再看。"
    if filters.place.kind == "unit":
        return "这个单位还没有成员", "可以从名册里把人移过来。"
    if filters.place == STAFF:
        return "名册里没有在职人员", "新增成员，或者导入名册。"
    return f"{filters.place_words()}里没有人", ""


def _advice(filters: Filters) -> str:
    if filters.conditions():
        return "去掉几个条件，或者换一种写法再找。"
    return "可以试试姓名里的一个字、拼音首字母或者手机尾号。"
