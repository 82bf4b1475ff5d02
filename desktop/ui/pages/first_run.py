"""What does the window show while there is nobody on the roster yet?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.errors import AppError
from desktop.settings import ORGANISATION, Settings
from desktop.ui import theme
from desktop.ui.dialogs import import_files
from desktop.ui.jobs import Jobs
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.half_sun import HalfSun
from desktop.ui.widgets.inputs import DropZone
from desktop.ui.widgets.labels import Icon, Label, Tile, Upright
from desktop.ui.widgets.page import Page, Room

TEMPLATE_NAME = "女职工花名册（空白）.xlsx"
_ZONE_WIDTH = 560
_SUN, _LOW_SUN, _FLAT_SUN = 248, 168, 96
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_ASSURANCES = (
    ("eye", "先看后导", "每一处改动都先给您看"),
    ("undo-2", "随时撤销", "导入后可以整批退回"),
    ("hard-drive", "只在本机", "不联网，数据不出单位"),
)


class FirstRunPage(Page):
    """The way in for somebody who has nothing but a spreadsheet.

    Wants ``import`` with the chosen paths, ``members`` with ``"new"``, ``settings`` with
    ``"restore"``.
    """

    def __init__(
        self,
        jobs: Jobs,
        *,
        today: Callable[[], date],
        settings: Settings,
        pick_tables: Callable[[QWidget], list[str]] = import_files.pick_tables,
        pick_target: Callable[[QWidget, str], str] = import_files.pick_target,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("从一份花名册开始", name="first_run", parent=parent)
        self._jobs, self._today, self._settings = jobs, today, settings
        self._pick_tables, self._pick_target = pick_tables, pick_target
        self.header_bar.hide()
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        self._sun: QWidget = HalfSun(_SUN)
        self._sun_side = _SUN
        self.zone = TableZone(name="first_run.zone")
        self.message = InlineMessage(name="first_run.message")
        self._assurances = [_assurance(*one) for one in _ASSURANCES]
        self.template = _quiet("下载空白模板", "download", "template")
        self.manual = _quiet("手工登记一位成员", "user-plus", "manual")
        self.restore = _quiet("从备份恢复", "archive-restore", "restore")
        self._lay_out()
        self._connect()
        press_by_enter(self)

    # what the window calls

    def activate(self, argument: object = None) -> None:
        self.status.emit("还没有成员")

    def focus_first(self) -> None:
        self.zone.choose.setFocus()

    def new_item(self) -> None:
        """Ctrl+N: somebody is registered by hand."""
        self.wants.emit("members", "new")

    def panes(self) -> list[QWidget]:
        return [self.content]

    def arrange(self, room: Room) -> None:
        super().arrange(room)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._set_sun(_FLAT_SUN if room.flat else _LOW_SUN if room.low else _SUN)
        self.zone.set_flat(room.flat)
        self._column.setSpacing(4 if room.flat else 6)
        for assurance in self._assurances:
            assurance.set_close(room.flat)

    # private

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 12, 24, 12)
        self._column.addStretch(3)
        self._column.addWidget(self._sun, 0, _CENTRE)
        self._column.addSpacing(8)
        self._column.addWidget(Label(self.title, "display"), 0, _CENTRE)
        sentence = "导入之后，健康检查、培训、评选和证书都从这里取名单。"
        self._column.addWidget(Label(sentence, "body", "text2"), 0, _CENTRE)
        self._column.addSpacing(8)
        self._column.addWidget(self.zone, 0, _CENTRE)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.message)
        middle.addStretch()
        self._column.addLayout(middle)
        self._column.addSpacing(14)
        self._column.addLayout(_spread(self._assurances))
        self._column.addSpacing(16)
        self._column.addLayout(_between((self.template, self.manual, self.restore)))
        self._column.addStretch(4)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(area)

    def _connect(self) -> None:
        self.zone.given.connect(self._import)
        self.zone.choose_requested.connect(self._choose)
        self.template.clicked.connect(self._ask_where)
        self.manual.clicked.connect(self.new_item)
        self.restore.clicked.connect(partial(self.wants.emit, "settings", "restore"))

    def _set_sun(self, side: int) -> None:
        if side == self._sun_side:
            return
        fresh = HalfSun(side)
        self._column.replaceWidget(self._sun, fresh)
        self._column.setAlignment(fresh, _CENTRE)
        self._sun.deleteLater()
        self._sun, self._sun_side = fresh, side

    def _choose(self) -> None:
        self._import(self._pick_tables(self))

    def _import(self, paths: list[str]) -> None:
        if paths:
            self.wants.emit("import", list(paths))

    def _ask_where(self) -> None:
        target = self._pick_target(self, self._settings.get(ORGANISATION) + TEMPLATE_NAME)
        if not target:
            return
        self.template.set_busy(True)
        work = partial(write_template, target=Path(target), today=self._today())
        done = partial(self._written, Path(target))
        self._jobs.read(self, work, done=done, failed=self._refused)

    def _written(self, target: Path, _result: object) -> None:
        self.template.set_busy(False)
        self.message.clear()
        self.told.emit(f"空白模板已存为《{target.name}》")

    def _refused(self, error: AppError) -> None:
        self.template.set_busy(False)
        self.message.say(str(error), "danger")
        self.message.setFixedWidth(theme.px(_ZONE_WIDTH))


class TableZone(DropZone):
    """Takes tables by drop, by click anywhere on it, and by its button.

    ``given`` carries the paths dropped, ``choose_requested`` asks for the file dialog.
    """

    given = Signal(list)
    choose_requested = Signal()

    def __init__(
        self,
        title: str = "把现有的 Excel 花名册拖到这里",
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, parent=parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setFixedWidth(theme.px(_ZONE_WIDTH))
        self._tile = Tile("file-spreadsheet", "accent", 48)
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self._title = Label(title, "h2")
        self._note = Label("支持 .xlsx、.xls 和 .csv，列名不用改，身份证号自动遮挡", "sub")
        self._words.addWidget(self._title)
        self._words.addWidget(self._note)
        self.choose = Button("选择文件", "folder-open", "primary", name=f"{name}.choose")
        self.more = Button("再选一份", "folder-open", name=f"{name}.more")
        self.more.hide()
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.addWidget(self._tile)
        self._line.addLayout(self._words, 1)
        self._line.addWidget(self.choose)
        self._line.addWidget(self.more)
        self.body.addLayout(self._line)
        self.set_flat(False)
        self.dropped.connect(self.given)
        for button in (self.choose, self.more):
            button.clicked.connect(self.choose_requested)

    def set_flat(self, flat: bool) -> None:
        """Everything in one line where the window is flat."""
        way = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(way)
        self._line.setSpacing(14 if flat else 10)
        centred = Qt.AlignmentFlag.AlignVCenter if flat else _CENTRE
        for widget in (self._tile, self.choose, self.more):
            self._line.setAlignment(widget, centred)
        for label in (self._title, self._note):
            self._words.setAlignment(label, Qt.AlignmentFlag.AlignLeft if flat else _CENTRE)
        self.body.setContentsMargins(*((16, 14, 16, 14) if flat else (24, 22, 24, 22)))

    def set_second(self, second: bool) -> None:
        """Another button of the page is the filled one."""
        self.choose.setVisible(not second)
        self.more.setVisible(second)

    def focus_button(self) -> None:
        (self.choose if self.more.isHidden() else self.more).setFocus()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.choose_requested.emit()


class _Assurance(QWidget):
    """One promise: sign, two words, one line."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(Icon(icon, "accentText", 20), 0, _CENTRE)
        self._column.addWidget(Label(title, "strong"), 0, _CENTRE)
        self._column.addWidget(Label(sentence, "cap"), 0, _CENTRE)
        self.set_close(False)

    def set_close(self, close: bool) -> None:
        self._column.setSpacing(2 if close else 6)


def press_by_enter(page: QWidget) -> None:
    """Let Enter press the buttons of a page as Space does."""
    for button in page.findChildren(QPushButton):
        button.setAutoDefault(True)


def write_template(session: Any, *, target: Path, today: date) -> None:
    """Write the empty workbook, with the units there are in its drop-down."""
    from desktop.exchange.template import write_template as write
    from desktop.registers import own_fields
    from desktop.services import units

    names = [row.name for row in units.tree(session)]
    register = own_fields.register(session)
    write(target, unit_names=names, today=today, register=register)


def _assurance(icon: str, title: str, sentence: str) -> _Assurance:
    return _Assurance(icon, title, sentence)


def _spread(widgets: list[_Assurance]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    for number, widget in enumerate(widgets):
        widget.setFixedWidth(theme.px(176))
        if number:
            row.addSpacing(14)
        row.addWidget(widget)
    row.addStretch()
    return row


def _between(buttons: tuple[Button, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addStretch()
    for number, button in enumerate(buttons):
        if number:
            row.addWidget(Upright(14))
        row.addWidget(button)
    row.addStretch()
    return row


def _quiet(text: str, icon: str, key: str) -> Button:
    return Button(text, icon, "link", "small", name=f"first_run.{key}")
