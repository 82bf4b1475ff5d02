"""Who is meant by the names that one person alone could not be found for?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.services.mentions import Candidate, Found, Open
from desktop.ui import theme
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.widgets.inputs import ComboBox
from desktop.ui.widgets.labels import Elided, Label

_WIDTH, _ROW, _MOST = 560, 44, 240
_NAMED = 20
_NOBODY = "不选"
AS_TABLE = "table"


class PasteDialog(Dialog):
    """Lists the names that are open, each with who may be meant; nobody is chosen unasked.

    ``ids`` are those meant for certain and those chosen; the answer ``AS_TABLE`` says that the
    text was no list of names at all.
    """

    changed = Signal()

    def __init__(self, found: Found, parent: QWidget | None = None) -> None:
        super().__init__(
            "粘贴的名单",
            [Choice(AS_TABLE, "当作表格导入", "file-input"), Choice("tick", "勾选", "check")],
            name="members.paste",
            width=_WIDTH,
            parent=parent,
        )
        self._found = found
        self.choices: list[ComboBox] = []
        self.body.addWidget(Label("粘贴的名单", "h2"))
        self.body.addWidget(Label(summary(found), "body", wrap=True))
        if found.choices():
            self.body.addWidget(self._chooser())
        if found.unknown():
            self.body.addWidget(Label(f"名册里没有：{_listed(found)}", "sub", wrap=True))
        self._count()
        self.fit()
        self.take_focus()

    def ids(self) -> tuple[int, ...]:
        """Everybody to be ticked."""
        chosen = (box.value() for box in self.choices)
        return tuple(
            dict.fromkeys((*self._found.people, *(one for one in chosen if isinstance(one, int))))
        )

    def take_focus(self) -> None:
        """To the first name that is open, else to what can be done."""
        if self.choices:
            self.choices[0].setFocus()
        else:
            self.buttons["tick" if self.ids() else AS_TABLE].setFocus()

    def _chooser(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(self._found.choices()):
            name = Elided(one.mention.words, "strong")
            name.setFixedWidth(theme.px(150))
            box = self._box(one, row)
            name.setBuddy(box)
            grid.addWidget(name, row, 0)
            grid.addWidget(box, row, 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(theme.px(min(_MOST, _ROW * len(self._found.choices()))))
        return area

    def _box(self, one: Open, row: int) -> ComboBox:
        options: list[tuple[object, str]] = [(None, _NOBODY)]
        options += [(who.id, candidate_words(who)) for who in one.candidates]
        box = ComboBox(options, name=f"members.paste.choice_{row}")
        box.setAccessibleName(f"“{one.mention.words}”是哪一位")
        box.currentIndexChanged.connect(self._count)
        self.choices.append(box)
        return box

    def _count(self, *_index: int) -> None:
        count = len(self.ids())
        self.buttons["tick"].set_text(f"勾选 {count} 人" if count else "勾选")
        self.set_reason("" if count else "还没有认出要勾选的人")
        self.changed.emit()


def summary(found: Found) -> str:
    """How many were found, how many are to be decided, and what was not taken."""
    parts = [f"认出 {len(found.people)} 人"]
    if found.choices():
        parts.append(f"{len(found.choices())} 个名字要您看看是哪一位")
    if found.unknown():
        parts.append(f"{len(found.unknown())} 个名字名册里没有")
    if found.repeated:
        parts.append(f"{found.repeated} 个名字重复，只算一次")
    if found.cut:
        parts.append(f"名字太多，后面 {found.cut} 个没有看")
    return "，".join(parts) + "。"


def candidate_words(one: Candidate) -> str:
    """``李静怡（办公室，尾号 4321），读音相同``."""
    return f"{one.called}，{one.why}" if one.why else one.called


def _listed(found: Found) -> str:
    names = found.unknown()
    more = len(names) - _NAMED
    return "、".join(names[:_NAMED]) + (f" 等 {len(names)} 个" if more > 0 else "")
