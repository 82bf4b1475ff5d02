"""Who is this, and what is known of her?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.fields import Field, outgoing
from desktop.fields.standards import EMPLOYMENT_STATUS
from desktop.registers import MEMBERS, own_fields
from desktop.services.history import HistoryLine
from desktop.services.members import Namesake
from desktop.ui.models.members_reads import PersonRead
from desktop.ui.models.members_words import birth_words, value_words
from desktop.ui.pages.members_history import HistoryBlock, sign
from desktop.ui.widgets.buttons import Button, IconButton, Menu
from desktop.ui.widgets.drawer import Drawer
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.fields import Fact
from desktop.ui.widgets.labels import Avatar, Elided, Hairline, Label, Tag, Tone

REVEAL_MS = 60_000
_HEAD = ("birth_date", "id_number", "mobile", "political_status_code", "join_unit_date")
# where people write numbers of others
_FREE_TEXT = frozenset(("remark", "emergency_contact", "address", "children", "honours"))
_NEVER = frozenset(("name", "unit_id", "post", "employment_status"))
_SHORT = {"birth_date": "出生年月", "join_unit_date": "到岗"}


class PersonDrawer(Drawer):
    """The details of one person.

    Private numbers are masked until she presses the eye, and again after a minute or with the
    next person. ``status_requested`` carries a status, ``revealed`` the id of whose numbers
    were shown, ``settled`` that what was to be checked has been, ``merge_requested`` that she may
    be entered twice. ``restore_requested`` and ``part_requested`` come from her history.
    """

    edit_requested = Signal()
    move_requested = Signal()
    status_requested = Signal(str)
    remove_requested = Signal()
    settled = Signal()
    merge_requested = Signal()
    restore_requested = Signal(int, str)
    part_requested = Signal(int)
    revealed = Signal(int)
    widened = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        *,
        reveal_ms: int = REVEAL_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name="members.drawer", label="成员详情", parent=parent)
        self._today = today
        self._read: PersonRead | None = None
        self._menu: Menu | None = None
        self._is_revealed = False
        self._is_past = False
        self._sheet: QWidget | None = None
        self._form_foot: QWidget | None = None
        self._hide_again = QTimer(self)
        self._hide_again.setSingleShot(True)
        self._hide_again.setInterval(reveal_ms)
        self._hide_again.timeout.connect(self.hide_numbers)
        self.content.addStretch()

    # what the page calls

    def show_person(self, read: PersonRead) -> None:
        """Show a person; the same one read again keeps her numbers as they are."""
        if self._read is None or self._read.draft.id != read.draft.id:
            self._is_revealed = False
            self._hide_again.stop()
        self._read = read
        if not self.has_form():
            self._draw()

    def person(self) -> PersonRead | None:
        return self._read

    def show_form(self, form: QWidget, foot: QWidget) -> None:
        """Show a form in place of the facts, with ``foot`` under it, until ``show_facts``."""
        self._form_foot = foot
        outer = self.layout()
        if outer is not None:
            outer.addWidget(foot)
        foot.show()
        self._set_stepping(False)
        self._replace(form)

    def show_facts(self) -> None:
        """Back from the form to the person it was about, as she stands now."""
        if self._form_foot is not None:
            self._form_foot.hide()
            self._form_foot = None
        self._set_stepping(True)
        self._draw()

    def set_past(self, past: bool) -> None:
        """Whether a past day is looked at: then nothing can be done to the person."""
        if self._is_past != past:
            self._is_past = past
            if not self.has_form():
                self._draw()

    def has_form(self) -> bool:
        return self._form_foot is not None

    def hide_numbers(self) -> None:
        """Hide private numbers again."""
        self._hide_again.stop()
        if self._is_revealed:
            self._is_revealed = False
            if not self.has_form():
                self._draw()

    def is_revealed(self) -> bool:
        return self._is_revealed

    def words(self) -> str:
        """Everything the sheet says, for tests and for reading aloud."""
        labels = self._sheet.findChildren(Label) if self._sheet else []
        return "\n".join(label.text() for label in labels)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widened.emit()

    # private

    def _reveal(self) -> None:
        if self._is_revealed:
            self.hide_numbers()
        elif self._read is not None and self._read.draft.id is not None:
            self._is_revealed = True
            self._hide_again.start()
            self._draw()
            self.revealed.emit(self._read.draft.id)
            eye = self.findChild(IconButton, "members.drawer.eye")
            if eye is not None:
                eye.setFocus()

    def _set_stepping(self, on: bool) -> None:
        self.previous.setVisible(on)
        self.next.setVisible(on)

    def _replace(self, sheet: QWidget) -> None:
        old, self._sheet = self._sheet, sheet
        self.content.insertWidget(0, sheet)
        sheet.show()
        if old is not None and old is not sheet:
            self.content.removeWidget(old)
            old.hide()
            if old.property("passing"):
                old.deleteLater()

    def _draw(self) -> None:
        if self._read is None:
            return
        sheet = QWidget()
        sheet.setProperty("passing", True)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._who(self._read))
        if not self._is_past:
            column.addLayout(self._buttons())
            self._add_alike(column, self._read.alike)
        column.addLayout(self._facts(self._read))
        self._add_sections(column, self._read)
        column.addStretch(1)  # else the lines of the history share the room a short sheet leaves
        self._replace(sheet)

    def _who(self, read: PersonRead) -> QLayout:
        values = read.draft.values
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Avatar(read.name), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        name = Elided(read.name, "h2")
        head.addWidget(name)
        status = str(values["employment_status"])
        tone: Tone = "jade" if status == "active" else "neutral"
        head.addWidget(Tag(EMPLOYMENT_STATUS.values.get(status, status), tone))
        head.addStretch()
        words.addLayout(head)
        where = "·".join(part for part in (read.unit, values.get("post") or "") if part)
        words.addWidget(Label(where or "未分单位", "sub", wrap=True))
        row.addLayout(words, 1)
        return row

    def _buttons(self) -> QLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        edit = Button("编辑", "pencil", size="small", name="members.drawer.edit", tip="F2")
        edit.clicked.connect(self.edit_requested)
        move = Button("改单位", "arrow-left-right", size="small", name="members.drawer.move")
        move.clicked.connect(self.move_requested)
        more = IconButton("ellipsis", "更多", name="members.drawer.more", size="small")
        more.clicked.connect(self._offer_more)
        for button in (edit, move, more):
            row.addWidget(button)
        row.addStretch()
        return row

    def _facts(self, read: PersonRead) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        for name in _HEAD:
            field = MEMBERS.field(name)
            words = self._value(field, read.draft.values)
            if not words:
                continue
            fact = Fact(_SHORT.get(name, field.label), words)
            if name == "id_number" or (name == "mobile" and not read.draft.values["id_number"]):
                fact.value.setWordWrap(False)
                fact.row.setStretchFactor(fact.value, 0)
                fact.row.addWidget(self._eye())
                fact.row.addStretch(1)
                title = fact.row.itemAt(0)
                if title is not None:
                    title.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(fact)
        return column

    def _eye(self) -> IconButton:
        icon, tip = ("eye-off", "遮住号码") if self._is_revealed else ("eye", "显示号码，一分钟")
        eye = IconButton(icon, tip, name="members.drawer.eye", size="small")
        eye.clicked.connect(self._reveal)
        return eye

    def _value(self, field: Field, values: Mapping[str, Any]) -> str:
        value = values.get(field.name)
        if field.name == "birth_date":
            return birth_words(value, self._today())
        words = value_words(field, value, hidden=not self._is_revealed)
        return self._veiled(words) if field.name in _FREE_TEXT else words

    def _veiled(self, text: str) -> str:
        return text if self._is_revealed else outgoing.veiled(text)

    def _add_sections(self, column: QVBoxLayout, read: PersonRead) -> None:
        values = read.draft.values
        self._add_to_check(column, values.get("unresolved") or ())
        every = read.register.fields
        for title in dict.fromkeys(field.group for field in every):
            fields = [f for f in every if f.group == title and f.name not in _HEAD]
            facts = [
                (field.label, self._value(field, values))
                for field in fields
                if field.name not in _NEVER and not (field.name == "sex" and values["sex"] == "2")
            ]
            _add_facts(column, title, [pair for pair in facts if pair[1]])
        extra = values.get("extra") or {}
        self._add_own_eye(column, read)
        others = [(str(k), self._veiled(str(v))) for k, v in extra.items()]
        _add_facts(column, "名册里的其他列", others)
        self._add_history(column, read.history)

    def _add_own_eye(self, column: QVBoxLayout, read: PersonRead) -> None:
        """The eye, where no number above has it and a field of her own or another column of a
        roster is masked."""
        values = read.draft.values
        own = own_fields.own_of(read.register)
        is_masked = any(f.kind.is_private and values.get(f.name) is not None for f in own)
        others = (str(text) for text in (values.get("extra") or {}).values())
        is_masked = is_masked or any(outgoing.veiled(text) != text for text in others)
        if is_masked and not (values["id_number"] or values["mobile"]):
            column.addWidget(self._eye(), 0, Qt.AlignmentFlag.AlignLeft)

    def _add_to_check(self, column: QVBoxLayout, cells: Sequence[Mapping[str, str]]) -> None:
        if not cells:
            return
        part = _section(column, "待核实", f"{len(cells)} 处")
        for cell in cells:
            part.addLayout(self._unresolved(cell))
        if self._is_past:
            return
        done = Button("都已核实", "check", "soft", "small", name="members.drawer.settle")
        done.setToolTip("不再提醒；登记里的内容保持现在的样子")
        done.clicked.connect(self.settled)
        part.addWidget(done)

    def _unresolved(self, cell: Mapping[str, str]) -> QLayout:
        every = self._read.register.fields if self._read else MEMBERS.fields
        field = next((one for one in every if one.name == cell.get("field")), None)
        value = str(cell.get("value", ""))
        if field is not None:
            value = (
                value_words(field, value, hidden=not self._is_revealed)
                if (field.kind.is_private)
                else value
            )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(sign("triangle-alert", "amber"))
        label = field.label if field else "原表"
        said = f"{label}：原表写的是“{value}”" if value else f"{label}：原表没有写清"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(said, "table", wrap=True))
        if cell.get("message"):
            said = self._veiled(str(cell["message"]))
            words.addWidget(Label(said, "cap", "amber", wrap=True))
        row.addLayout(words, 1)
        return row

    def _add_history(self, column: QVBoxLayout, lines: Sequence[HistoryLine]) -> None:
        if not lines:
            return
        steps = sum(line.kind != "look" for line in lines)
        part = _section(column, "变动", f"{steps} 次")
        block = HistoryBlock(
            self._today(),
            hidden=not self._is_revealed,
            may_change=not self._is_past,
            parent=column.parentWidget(),
        )
        block.restore_requested.connect(self.restore_requested)
        block.part_requested.connect(self.part_requested)
        block.fill(part, lines)

    def _add_alike(self, column: QVBoxLayout, alike: Sequence[Namesake]) -> None:
        if not alike:
            return
        first = alike[0]
        line = InlineMessage(name="members.drawer.alike")
        about = "，".join(part for part in (first.unit, first.why) if part)
        rest = f"等 {len(alike)} 条" if len(alike) > 1 else ""
        line.say(f"可能和另一条{first.name}（{about}）{rest}重复。", "amber", action="对照")
        line.acted.connect(self.merge_requested)
        column.addWidget(line)

    def _offer_more(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = Menu(self)
        menu.setObjectName("members.drawer.menu")
        now = self._read.draft.values["employment_status"] if self._read else ""
        fill_statuses(menu, self._choose_status, now=str(now))
        menu.addSeparator()
        menu.addAction("和重复的登记合并…").triggered.connect(self.merge_requested)
        menu.addAction("移出名册\tDel").triggered.connect(self.remove_requested)
        button = self.findChild(IconButton, "members.drawer.more")
        if button is not None:
            menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _choose_status(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.status_requested.emit(str(action.data()))


def fill_statuses(menu: Menu, then: Callable[[], None], *, now: str = "") -> None:
    """Put the statuses a person can be given into a menu, all but the present one."""
    for code, words in EMPLOYMENT_STATUS.values.items():
        if code != now:
            action = menu.addAction(f"改为{words}")
            action.setData(code)
            action.triggered.connect(then)


def _section(column: QVBoxLayout, title: str, note: str = "") -> QVBoxLayout:
    column.addSpacing(4)
    column.addWidget(Hairline())
    head = QHBoxLayout()
    head.setContentsMargins(0, 2, 0, 0)
    head.addWidget(Label(title, "h3"))
    head.addStretch()
    if note:
        head.addWidget(Label(note, "cap"))
    column.addLayout(head)
    part = QVBoxLayout()
    part.setSpacing(6)
    column.addLayout(part)
    return part


def _add_facts(column: QVBoxLayout, title: str, facts: Sequence[tuple[str, str]]) -> None:
    if facts:
        part = _section(column, title)
        for label, words in facts:
            part.addWidget(Fact(label, words, width=84))
