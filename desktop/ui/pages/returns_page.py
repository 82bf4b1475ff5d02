"""How do thirty forms come back at once: who returned, what changed, who is to be reminded?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from db.errors import AppError
from desktop.settings import Settings
from desktop.ui.dialogs import import_files
from desktop.ui.jobs import Jobs
from desktop.ui.memory import ColumnWidths
from desktop.ui.models.rows import RowsModel
from desktop.ui.pages import returns_page_work
from desktop.ui.pages.first_run import TableZone
from desktop.ui.pages.returns_page_choice import ChoiceBar
from desktop.ui.pages.returns_page_columns import (
    Line,
    line_columns,
    lines,
    people,
    person_columns,
)
from desktop.ui.pages.returns_page_reminding import Reminding
from desktop.ui.pages.returns_page_send import SendCard
from desktop.ui.widgets.buttons import Button, Segments
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Card, Label
from desktop.ui.widgets.page import Page, Room
from desktop.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from desktop.exchange.returns import Taking
    from desktop.exchange.returns_out import Plan
    from desktop.exchange.writing import Written
    from desktop.services.rounds import Round

TABLES = frozenset(("members", "units", "form_rounds"))


def pick_folder(parent: QWidget) -> str:
    """The folder the forms go to; empty when she leaves it."""
    return QFileDialog.getExistingDirectory(parent, "填报表放在哪个文件夹")


class ReturnsPage(Page):
    """The page of forms sent out and coming back.

    ``before_writing`` runs off the window's thread before anything is written (the backup), and
    what it refuses stops the import.
    """

    def __init__(
        self,
        jobs: Jobs,
        *,
        today: Callable[[], date],
        settings: Settings,
        before_writing: Callable[[], object],
        pick_tables: Callable[[QWidget], list[str]] = import_files.pick_tables,
        pick_target: Callable[[QWidget, str], str] = import_files.pick_target,
        pick_folder: Callable[[QWidget], str] = pick_folder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("收表", name="returns", parent=parent)
        self._jobs, self._today, self._before = jobs, today, before_writing
        self._pick_tables, self._pick_target = pick_tables, pick_target
        self._pick_folder = pick_folder
        self._files: list[Path] = []
        self._choices: dict[Path, int] = {}
        self._taking: Taking | None = None
        self._asked = 0
        widths = ColumnWidths(settings)
        self._lines = RowsModel(line_columns(), identify=lambda line: line.key)
        self._people = RowsModel(person_columns(), identify=lambda line: line.key)
        self.units = TableView(
            self._lines, name="returns.units", label="各单位的表", density="close", widths=widths
        )
        self.people = TableView(
            self._people, name="returns.people", label="这个单位改了什么", density="compact",
            widths=widths,
        )  # fmt: skip
        self._make_parts(today)
        self._lay_out()
        self._connect()
        self._show_taking(None)

    # what the window calls

    def activate(self, argument: object = None) -> None:
        """Come to the front as it was left; paths given are taken in."""
        if isinstance(argument, (list, tuple)) and argument:
            self.take([str(one) for one in argument])
        self._read_round()

    def focus_first(self) -> None:
        (self.zone.choose if self._taking is None else self.units).setFocus()

    def new_item(self) -> None:
        """Ctrl+N: take forms in."""
        self._choose()

    def reload(self) -> None:
        """F5: read the files again."""
        self._read_round()
        self._take()

    def shows(self, tables: frozenset[str]) -> bool:
        return bool(TABLES & tables)

    def refresh(self) -> None:
        self.reload()

    def step_out(self) -> bool:
        """Esc: from the people back to the units."""
        if self.people.hasFocus():
            self.units.setFocus()
            return True
        return False

    def panes(self) -> list[QWidget]:
        return [self.header_bar, self.sending, self.zone, self.units, self.people]

    def arrange(self, room: Room) -> None:
        super().arrange(room)
        is_narrow = room.width == "narrow"
        self._set_flat()
        self.side.setVisible(is_narrow)
        self.sending.setVisible(not is_narrow or self.side.value() == "send")
        self._right.setVisible(not is_narrow or self.side.value() == "take")

    # doing

    def take(self, paths: Sequence[str]) -> None:
        """Take these files, and all tables in these folders, beside those that are there."""
        for path in returns_page_work.tables_in(paths):
            if path not in self._files:
                self._files.append(path)
        self._take()

    # laying out

    def _make_parts(self, today: Callable[[], date]) -> None:
        self.side = Segments([("take", "收回来"), ("send", "发出去")], name="returns.side")
        self.reminding = Reminding(self._jobs, today, self, self._pick_target)
        self.more = Button("再加几份", "plus", name="returns.more")
        self.anew = Button("清空重来", "x", name="returns.anew")
        self.go = Button("导入全部", "check", "primary", name="returns.import")
        for button in (self.more, self.anew):
            button.setProperty("folds", "true")
        self.sending = SendCard(today)
        self.zone = TableZone("把收回的表都拖到这里，整个文件夹也行", name="returns.zone")
        self.choice = ChoiceBar()
        self.message = InlineMessage(name="returns.message")
        self._sum = Label("", "strong")

    def _lay_out(self) -> None:
        self.header.addWidget(self.side)
        self.header.addStretch()
        reminding = self.reminding
        for button in (self.anew, self.more, reminding.copy, reminding.keep, self.go):
            self.header.addWidget(button)
        self.body.addWidget(self.sending)
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._above = QWidget()
        column.addWidget(self._above, 2)
        column.addWidget(self.zone, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.message)
        self._tables = QSplitter(Qt.Orientation.Vertical)
        self._tables.setChildrenCollapsible(False)
        self._tables.setHandleWidth(12)
        above = Card(margins=(1, 7, 1, 7), spacing=0)
        top = QHBoxLayout()
        top.setContentsMargins(14, 4, 14, 4)
        top.addWidget(self._sum)
        top.addStretch()
        above.body.addLayout(top)
        above.body.addWidget(self.units, 1)
        above.body.addWidget(self.choice)
        below = Card(margins=(1, 7, 1, 7), spacing=0)
        below.body.addWidget(self.people)
        for card, share in ((above, 3), (below, 2)):
            self._tables.addWidget(card)
            self._tables.setStretchFactor(self._tables.count() - 1, share)
        column.addWidget(self._tables, 1)
        self._spare = QWidget()
        column.addWidget(self._spare, 3)
        self.body.addWidget(self._right, 1)

    def _connect(self) -> None:
        self.side.chosen.connect(self._turn)
        self.zone.given.connect(self.take)
        self.zone.choose_requested.connect(self._choose)
        self.sending.send_requested.connect(self._send)
        self.units.current_changed.connect(self._show_unit)
        self.units.opened.connect(self._enter_people)
        self.people.left_upward.connect(self.units.setFocus)
        self.choice.chosen.connect(self._decide)
        self.reminding.said.connect(self.told)
        self.reminding.refused.connect(self._refused)
        self.more.clicked.connect(self._choose)
        self.anew.clicked.connect(self._begin_anew)
        self.go.clicked.connect(self._write)

    def _set_flat(self) -> None:
        """Room for the tables, once there are any; ``再加几份`` does what the zone does."""
        has = self._taking is not None
        self.zone.set_flat(has or self.room().low)
        self.zone.setVisible(not (has and self.room().low))

    def _turn(self, _side: str) -> None:
        self.arrange(self.room())

    # sending

    def _read_round(self) -> None:
        self._jobs.read(self, returns_page_work.newest, done=self._show_round)

    def _show_round(self, last: Round | None) -> None:
        self.sending.show_round(last)

    def _send(self) -> None:
        folder = self._pick_folder(self)
        if not folder:
            return
        self.sending.send.set_busy(True)
        self.sending.message.clear()
        work = partial(returns_page_work.plan, wanted=self.sending.wanted(), today=self._today())
        self._jobs.read(
            self, work, done=partial(self._write_forms, Path(folder)), failed=self._not_sent
        )

    def _write_forms(self, folder: Path, plan: Plan) -> None:
        work = partial(returns_page_work.write_forms, plan=plan, folder=folder, today=self._today())
        self._jobs.run(
            self, work, done=partial(self._keep_round, plan), failed=self._not_sent,
            stopped=self._free_sending, title="正在生成填报表", unit="份",
        )  # fmt: skip

    def _keep_round(self, plan: Plan, count: int) -> None:
        self._jobs.write(
            self,
            partial(returns_page_work.keep, plan=plan),
            what="发出收表",
            done=partial(self._sent, plan, count),
            failed=self._not_sent,
        )

    def _sent(self, plan: Plan, count: int, _round: object) -> None:
        self._free_sending()
        self.did.emit(f"“{plan.round.title}”已生成 {count} 份填报表")
        self._read_round()

    def _not_sent(self, error: AppError) -> None:
        self._free_sending()
        self.sending.message.say(str(error), "danger")

    def _free_sending(self) -> None:
        self.sending.send.set_busy(False)

    # taking in

    def _choose(self) -> None:
        self.take(self._pick_tables(self))

    def _decide(self, path: object, unit: int) -> None:
        if isinstance(path, Path):
            self._choices[path] = unit
            self._take()

    def _take(self) -> None:
        """Rehearse off the window's thread; the newest asked for is the one that is shown."""
        if not self._files:
            return
        self._asked += 1
        self.go.set_busy(True)
        work = partial(
            returns_page_work.take,
            files=tuple(self._files),
            choices=dict(self._choices),
            today=self._today(),
        )
        self._jobs.read(
            self, work, done=partial(self._took, self._asked),
            failed=partial(self._not_taken, self._asked),
            stopped=self._free, title="正在看收回的表", unit="份",
        )  # fmt: skip

    def _took(self, asked: int, taking: Taking) -> None:
        if asked == self._asked:
            self._free()
            self.message.clear()
            self._show_taking(taking)

    def _not_taken(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._free()
            self.message.say(str(error), "danger")

    def _free(self) -> None:
        self.go.set_busy(False)

    def _show_taking(self, taking: Taking | None) -> None:
        was_shown = self._taking is not None
        self._taking = taking
        has = taking is not None
        shown: tuple[QWidget, ...] = (self._tables, self.more, self.anew, self.go)
        hidden: tuple[QWidget, ...] = (self._above, self._spare, self.zone.choose)
        for widget in (*shown, *hidden):
            widget.setVisible(has == (widget in shown))
        self.reminding.show_taking(taking)
        self._set_flat()
        if taking is None:
            self._lines.set_rows(())
            self._people.set_rows(())
            self.status.emit("")
            return
        self._lines.set_rows(lines(taking))
        self._say_sum(taking)
        if not was_shown or self.units.current_key() is None:
            self.units.go_to_first()
        self._show_unit(self.units.current_key())
        if not was_shown and self.isVisible():
            self.units.setFocus()

    def _say_sum(self, taking: Taking) -> None:
        counts, missing = taking.preview.counts, len(taking.missing)
        came = len(taking.units) - missing
        self._sum.setText(f"{len(taking.units)} 个单位，交了 {came} 个，没有交 {missing} 个")
        self.go.set_text(f"导入全部 {counts.importable} 人" if counts.importable else "导入全部")
        self.go.set_reason("" if taking.used else "还没有能收的表")
        self.status.emit(f"收回 {len(taking.used)} 份·{counts.importable} 人")

    # looking

    def _line(self, key: object) -> Line | None:
        return next((line for line in self._lines.rows() if line.key == key), None)

    def _show_unit(self, key: object) -> None:
        line, taking = self._line(key), self._taking
        if taking is None:
            return
        self._people.set_rows(people(line, taking.preview) if line is not None else ())
        names = taking.preview.roster.units.names
        self.choice.show_form(line.form if line is not None else None, names)

    def _enter_people(self, key: object) -> None:
        self._show_unit(key)
        if self._people.rows():
            self.people.setFocus()
            self.people.go_to_first()

    # writing

    def _refused(self, error: AppError) -> None:
        self._free()
        self.message.say(str(error), "danger")

    def _write(self) -> None:
        taking = self._taking
        if taking is None:
            return
        self.go.set_busy(True)
        self._jobs.run(
            self, self._before, done=partial(self._write_now, taking), failed=self._refused
        )

    def _write_now(self, taking: Taking, _proof: object) -> None:
        work = partial(returns_page_work.write, taking=taking, today=self._today())
        self._jobs.write(
            self, work, what="收表", done=partial(self._written, taking), failed=self._refused,
            stopped=self._free, title="正在导入收回的表", cancel="取消导入",
            meaning="取消会退回到导入之前。",
        )  # fmt: skip

    def _written(self, taking: Taking, written: Written) -> None:
        from desktop.exchange.telling import brought

        self._free()
        rest = taking.preview.counts.problem + len(written.kept)
        self._begin_anew()
        self.did.emit(
            f"已收回 {len(taking.used)} 个单位的表，"
            f"{brought(new=written.new, updated=written.updated)}"
        )
        if rest:
            self.message.say(f"有 {rest} 行要先定，这次没有导入。", "amber")
        self._read_round()

    def _begin_anew(self) -> None:
        self._asked += 1
        self._files, self._choices = [], {}
        self._show_taking(None)
        self.message.clear()
        if self.isVisible():
            self.zone.choose.setFocus()
