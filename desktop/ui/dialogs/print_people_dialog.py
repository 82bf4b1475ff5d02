"""Who stands behind one figure?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.dialogs.message import WIDE, Choice, Dialog
from desktop.ui.models.members_words import birth_words
from desktop.ui.models.rows import Cell, Column, RowsModel
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from desktop.services.members import MemberRow

OPEN, SEND = "open", "send"
_HEAD, _LINE, _LINES = 40, 32, 8


class PeopleDialog(Dialog):
    """The people behind a figure. ``answer`` is ``open`` for the person of ``person_id`` or
    ``send`` for a list, cards or plates of all of them."""

    def __init__(
        self,
        title: str,
        people: Sequence[MemberRow],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            title,
            [Choice(SEND, "导出或打印…", "file-output"), Choice(OPEN, "看这个人", "users")],
            name="people",
            cancel="关闭",
            width=WIDE,
            parent=parent,
        )
        self._ids = tuple(row.id for row in people)
        self.body.addWidget(Label(title, "h2", wrap=True))
        self.body.addWidget(Label(f"共 {len(people)} 人。", "sub"))
        model = RowsModel(_columns(today), identify=lambda row: row.id, parent=self)
        model.set_rows(people)
        self.table = TableView(model, name="people.table", label="名单", density="compact")
        self.table.setFixedHeight(theme.px(_HEAD + _LINE * min(max(len(people), 3), _LINES)))
        self.table.opened.connect(self._open)
        self.table.go_to_first()
        self.body.addWidget(self.table)
        self.set_reason("" if people else "这些人已经不在名册里了")

    def ids(self) -> tuple[int, ...]:
        return self._ids

    def person_id(self) -> int | None:
        """The person the list stands on."""
        key = self.table.current_key()
        return key if isinstance(key, int) else None

    def names(self) -> list[str]:
        return [row.name for row in self.table.rows_model().rows()]

    def _open(self, _key: object) -> None:
        self.buttons[OPEN].click()


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column("name", "姓名", lambda row: Cell(row.name, strong=True), 88),
        Column("unit", "单位", lambda row: row.unit or "未分单位", 0),
        Column("post", "职务", lambda row: Cell(row.post, quiet=True), 120),
        Column(
            "birth", "出生", lambda row: Cell(birth_words(row.birth_date, today), quiet=True), 184
        ),
    )
