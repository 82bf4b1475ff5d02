"""Step 1: which tables come in, and what stands in the way of reading them?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.models.import_work import MAY_TRY_AGAIN, MAY_TRY_PASSWORD, Source
from desktop.ui.pages.first_run import TableZone
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Card, Elided, Label, Tag, Tile

_TOP = Qt.AlignmentFlag.AlignTop
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class SourcesStep(QWidget):
    """The drop zone, and under it one card for each table that was given.

    ``given`` carries dropped paths, ``elsewhere`` the key of a page that does more with tables;
    the other signals the number of the card they come from.
    """

    given = Signal(list)
    choose_requested = Signal()
    paste_requested = Signal()
    elsewhere = Signal(str)
    password_given = Signal(int, str)
    retry_requested = Signal(int)
    replace_requested = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(10)
        self.zone = TableZone("把花名册拖到这里，可以一次拖几份", name="import.zone")
        self.zone.given.connect(self.given)
        self.zone.choose_requested.connect(self.choose_requested)
        self.paste = Button(
            "粘贴表格里复制的内容", "copy", "link", "small", name="import.paste", tip="Ctrl+V"
        )
        self.paste.clicked.connect(self.paste_requested)
        self._column.addStretch(2)
        self._column.addWidget(self.zone, 0, _CENTRE)
        self.examine = Button(
            "先做一次名册体检", "heart-pulse", "link", "small", name="import.doctor"
        )
        self.collect = Button("收各单位的表", "list-checks", "link", "small", name="import.returns")
        self.examine.clicked.connect(partial(self.elsewhere.emit, "doctor"))
        self.collect.clicked.connect(partial(self.elsewhere.emit, "returns"))
        ways = QHBoxLayout()
        ways.setSpacing(14)
        for way in (self.paste, self.examine, self.collect):
            ways.addWidget(way)
        self._column.addLayout(ways)
        self._column.setAlignment(ways, _CENTRE)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        # no alignment here: it would take wrapping labels the height they need
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addLayout(self._list)
        middle.addStretch()
        self._column.addLayout(middle)
        self._column.addStretch(3)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.cards: list[SourceCard] = []
        self._is_flat = False

    def show_sources(self, sources: Sequence[Source]) -> None:
        """One card each, in order; cards whose table did not change stay as they are."""
        while len(self.cards) > len(sources):
            card = self.cards.pop()
            self._list.removeWidget(card)
            card.deleteLater()
        for number, source in enumerate(sources):
            if number == len(self.cards):
                self._add()
            self.cards[number].show_source(source)
        self.zone.set_flat(self._is_flat or bool(sources))
        self.zone.set_second(bool(sources))

    def set_flat(self, flat: bool) -> None:
        self._is_flat = flat
        self.zone.set_flat(flat or bool(self.cards))

    def focus_first(self) -> None:
        """To the first card that waits for her, else to the button that picks files."""
        for card in self.cards:
            if card.take_focus():
                return
        self.zone.focus_button()

    def _add(self) -> None:
        number = len(self.cards)
        card = SourceCard(number)
        card.password_given.connect(partial(self.password_given.emit, number))
        card.retry.clicked.connect(partial(self.retry_requested.emit, number))
        card.other.clicked.connect(partial(self.replace_requested.emit, number))
        card.remove.clicked.connect(partial(self.removed.emit, number))
        self.cards.append(card)
        self._list.addWidget(card)


class SourceCard(Card):
    """One table: its name, what it is, and, where it was refused, three sentences and a way out."""

    password_given = Signal(str)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 12, 12, 12), parent=parent)
        self.setFixedWidth(theme.px(560))
        self._shown: Source | None = None
        name = f"import.source_{number}"
        self.setObjectName(name)
        line = QHBoxLayout()
        line.setSpacing(12)
        self._tile = Tile("file-spreadsheet", "accent", 36)
        self._bad_tile = Tile("file-x", "danger", 36)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = Elided("", "strong")
        self._note = Label("", "sub", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._note)
        self._state = Tag("")
        self.remove = IconButton("x", "不要这一份", name=f"{name}.remove", size="small")
        for widget in (self._tile, self._bad_tile):
            line.addWidget(widget, 0, _TOP)
        line.addLayout(words, 1)
        line.addWidget(self._state, 0, _TOP)
        line.addWidget(self.remove, 0, _TOP)
        self.body.addLayout(line)
        self.retry = Button("重试", "rotate-cw", "soft", "small", name=f"{name}.retry")
        self.other = Button("换一个文件", size="small", name=f"{name}.other")
        self.password = LineEdit(name=f"{name}.password", placeholder="打开密码", size="small")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("表格的打开密码")
        self.unlock = Button("打开", "key-round", "soft", "small", name=f"{name}.unlock")
        self.unlock.clicked.connect(self._give_password)
        self.password.returnPressed.connect(self._give_password)
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(48, 0, 4, 0)
        ways.addWidget(self.password, 1)
        ways.addWidget(self.unlock)
        ways.addWidget(self.retry)
        ways.addWidget(self.other)
        ways.addStretch()
        self.body.addWidget(self._ways)

    def show_source(self, source: Source) -> None:
        if source is self._shown:
            return
        self._shown = source
        self._title.setText(source.name)
        refused = source.state == "refused"
        self._tile.setVisible(not refused)
        self._bad_tile.setVisible(refused)
        self._ways.setVisible(refused)
        if source.error is not None:
            self._show_refusal(source)
        elif source.workbook is not None:
            self._note.setText(_what_is_in(source))
            self._state.set_tag("已读出", "jade", "circle-check")
        else:
            self._note.setText("正在读取…")
            self._state.set_tag("正在读取", "neutral")
        self.setAccessibleName(f"{source.name}，{self._state.text()}，{self._note.text()}")

    def note(self) -> str:
        return self._note.text()

    def take_focus(self) -> bool:
        """Give the focus to what helps a refused table; False when it needs nothing."""
        for widget in (self.password, self.retry, self.other):
            if not self._ways.isHidden() and not widget.isHidden():
                widget.setFocus()
                return True
        return False

    def _show_refusal(self, source: Source) -> None:
        error = source.error
        if error is None:
            return
        locked = error.reason in MAY_TRY_PASSWORD
        self._note.setText(str(error))
        self._state.set_tag("有密码" if locked else "没能读出来", "danger", "circle-x")
        self.password.setVisible(locked)
        self.password.clear()
        self.unlock.setVisible(locked)
        self.retry.setVisible(error.reason in MAY_TRY_AGAIN)
        self.other.setVisible(source.path is not None and not locked)

    def _give_password(self) -> None:
        if self.password.text():
            self.password_given.emit(self.password.text())


_FORMATS = {"et": "WPS 表格", "html": "网页表格", "xml2003": "XML 表格", "clipboard": "粘贴的内容"}


def _what_is_in(source: Source) -> str:
    book = source.workbook
    if book is None:
        return ""
    filled = [sheet for sheet in book.sheets if sheet.rows]
    rows = sum(len(sheet.rows) for sheet in filled)
    names = "、".join(f"“{sheet.name}”" for sheet in filled[:3])
    more = f"等 {len(filled)} 张工作表" if len(filled) > 3 else ""
    sheets = f"工作表{names}{more}，" if book.format not in ("csv", "tsv", "clipboard") else ""
    return f"{_FORMATS.get(book.format, book.format)}，{sheets}{rows} 行"
