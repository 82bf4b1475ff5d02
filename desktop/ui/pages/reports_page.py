"""Which tables go upward, who is to be reminded of, and how does either get onto paper?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.errors import AppError
from desktop.fields.table import Table
from desktop.paths import DataFolder
from desktop.settings import ORGANISATION, Settings
from desktop.ui import theme
from desktop.ui.dialogs import import_files
from desktop.ui.dialogs.print_people_dialog import SEND, PeopleDialog
from desktop.ui.jobs import Job, Jobs
from desktop.ui.models.rows import Cell, Column, Group, RowsModel
from desktop.ui.pages import reports_page_work as work
from desktop.ui.pages.members_export import Exporting
from desktop.ui.pages.reports_page_asking import AskingBar
from desktop.ui.pages.reports_page_checks import Checks
from desktop.ui.pages.reports_page_grid import Opened, ReportGrid
from desktop.ui.pages.reports_page_work import COMING, Entry, Read
from desktop.ui.printing import AskPrinter, Printing
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import EmptyState, InlineMessage
from desktop.ui.widgets.inputs import ComboBox
from desktop.ui.widgets.labels import Card, Elided, Hairline, Label
from desktop.ui.widgets.page import Page, Room
from desktop.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from desktop.documents.paper import Pages
    from desktop.reports.asking import Asked
    from desktop.services.members import MemberRow

TABLES = frozenset(("members", "units", "own_fields"))
_LIST_WIDTH = 236
_NOBODY = {
    "retiring": "能算出来的人里，一年之内没有人到龄",
    "birthdays": "这个月没有人过生日",
    "anniversaries": "这个月没有人工作满整十年",
    "unknown": "每个人的退休时间都算得出来",
}


class ReportsPage(Page):
    """The page of reports and reminders.

    ``activate`` takes nothing, or the code of a table to show.
    """

    def __init__(
        self,
        jobs: Jobs,
        *,
        today: Callable[[], date],
        settings: Settings,
        folder: DataFolder | None = None,
        pick_target: Callable[[QWidget, str], str] = import_files.pick_target,
        ask_printer: AskPrinter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("报表与提醒", name="reports", parent=parent)
        self._jobs, self._today, self._settings = jobs, today, settings
        self._pick_target = pick_target
        self._entries = work.entries()
        self._entry = self._entries[0]
        self._counts: Mapping[str, int] = {}
        self._read: Read | None = None
        self._reading: Job | None = None
        self._asked = 0
        self.printing = Printing(jobs, self, ask_printer)
        self.exporting = Exporting(
            jobs, today, self, pick_target,
            settings=settings, folder=folder, ask_printer=ask_printer,
        )  # fmt: skip
        self._make_parts(today)
        self._lay_out()
        self._connect()
        self._show_entries()

    # what the window calls

    def activate(self, argument: object = None) -> None:
        """Come to the front with the table that was shown before, or the one asked for."""
        if isinstance(argument, str):
            self.choose(argument)
        self.show_loading()
        self.reload()

    def focus_first(self) -> None:
        (self.list if self.list.isVisibleTo(self) else self.choice).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def reload(self) -> None:
        """Read the table and the counts again; the place stays."""
        self._read_table()
        self._jobs.read(self, partial(work.count, asked=self._asking()), done=self._show_counts)

    def shows(self, tables: frozenset[str]) -> bool:
        return bool(TABLES & tables)

    def step_out(self) -> bool:
        """Esc: from the figures back to the list of tables."""
        if self.grid.hasFocus():
            self.focus_first()
            return True
        return False

    def panes(self) -> list[QWidget]:
        return [self.header_bar, self.list, self.asking, self.grid, self.checks]

    def arrange(self, room: Room) -> None:
        super().arrange(room)
        is_narrow = room.width == "narrow"
        self._side.setVisible(not is_narrow)
        self.choice.setVisible(is_narrow)
        self._title.setVisible(not is_narrow)
        self.grid.set_low(room.low)
        self.checks.set_low(room.low)
        for widget in (self._above, self._foot):
            widget.setVisible(not room.low)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.asking.full.isChecked():
            self.asking.hide_numbers()
            self._read = None
            self.grid.set_table(Table("", (), ()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._read is None and self._asked:
            self._read_table()

    def choose(self, key: str) -> None:
        """Go to the table of that code."""
        self.list.go_to(key)

    # laying out

    def _make_parts(self, today: Callable[[], date]) -> None:
        self.choice = ComboBox(
            [(one.key, one.title) for one in self._entries], name="reports.which"
        )
        self.choice.setAccessibleName("报表")
        self.choice.setMaximumWidth(theme.px(260))
        self.workbook = Button("导出 xlsx", "file-spreadsheet", name="reports.xlsx")
        self.pdf = Button("导出 PDF", "file-text", name="reports.pdf")
        self.print = Button("打印", "printer", "primary", name="reports.print", tip="Ctrl+P")
        for button in (self.workbook, self.pdf):
            button.setProperty("folds", "true")
        self._model = RowsModel(
            (
                Column("title", "报表", lambda entry: entry.title, 0),
                Column("count", "人数", self._count_words, 66, right=True),
            ),
            identify=lambda entry: entry.key,
        )
        self.list = TableView(self._model, name="reports.list", label="报表和提醒")
        self.list.header.hide()
        self.asking = AskingBar(today)
        self.grid = ReportGrid(name="reports.grid", label="报表")
        self.checks = Checks()
        self.message = InlineMessage(name="reports.message")
        self.nobody = EmptyState("circle-check", "", name="reports.nobody")
        self._title = Elided("", "h2")
        self._above, self._foot = Label("", "cap"), Label("", "cap", wrap=True)

    def _lay_out(self) -> None:
        self.header.addWidget(self.choice, 1)
        self.header.addStretch()
        for button in (self.workbook, self.pdf, self.print):
            self.header.addWidget(button)
        self._side = Card(margins=(1, 7, 1, 7), spacing=0)
        self._side.setFixedWidth(theme.px(_LIST_WIDTH))
        self._side.body.addWidget(self.list)
        self.body.addWidget(self._side)
        card = Card(margins=(1, 14, 1, 10), spacing=8)
        card.body.addWidget(self._inset(self._title, self.asking, self.message, self._above))
        card.body.addWidget(Hairline())
        card.body.addWidget(self.grid, 1)
        card.body.addWidget(self.nobody, 1)
        card.body.addWidget(self._inset(self._foot, self.checks))
        self.body.addWidget(card, 1)

    def _inset(self, *widgets: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(17, 0, 17, 0)
        column.setSpacing(8)
        for widget in widgets:
            column.addWidget(widget)
        return holder

    def _connect(self) -> None:
        self.list.current_changed.connect(self._turn_to)
        self.list.opened.connect(self._enter_grid)
        self.choice.chosen.connect(self.choose)
        self.asking.changed.connect(self._read_table)
        self.asking.full_changed.connect(self._note_shown)
        self.grid.opened.connect(self._open)
        self.checks.opened.connect(self._open)
        self.workbook.clicked.connect(self._keep_workbook)
        self.pdf.clicked.connect(self._keep_pdf)
        self.print.clicked.connect(self._print)
        self.printing.said.connect(self.told)
        self.printing.refused.connect(self._refused)
        self.exporting.said.connect(self.told)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.print.click)
        stops = (self.choice, self.workbook, self.pdf, self.print, self.list, self.asking.day)
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    # reading

    def _asking(self) -> Asked:
        from desktop.reports.asking import Asked
        from desktop.reports.coming import first_of_next_month

        today = self._today()
        asks = self._entry.asks
        on = self.asking.on() if "on" in asks else today
        if "month" in asks and self.asking.month.value() == "next":
            on = first_of_next_month(today)
        return Asked(
            on=on,
            made_on=today,
            unit_id=self.asking.unit_id() if "unit_id" in asks else None,
            organisation=self._settings.get(ORGANISATION),
            full="full" in asks and self.asking.full.isChecked(),
        )

    def _read_table(self) -> None:
        self._asked += 1
        if self._reading is not None:
            self._reading.cancel()
        self.asking.ask_for(self._entry.asks)
        self._reading = self._jobs.read(
            self,
            partial(work.read, entry=self._entry, asked=self._asking()),
            done=partial(self._show, self._asked),
            failed=partial(self._failed, self._asked),
        )

    def _show(self, asked: int, read: Read) -> None:
        if asked != self._asked:
            return
        self._read, table = read, read.table
        self.asking.set_units(read.units)
        self._title.setText(table.title)
        self._above.setText("　　".join(part for part in table.above if part))
        self._foot.setText("\n".join((*table.notes, "　　".join(table.below))).strip())
        self.grid.setAccessibleName(table.title)
        self.grid.set_table(table)
        self.checks.show_checks(table.checks)
        self._show_face()
        self.show_content()

    def _show_face(self) -> None:
        has = bool(self._read and self._read.table.rows)
        self.nobody.set_words(_NOBODY.get(self._entry.key, "这张表还是空的"))
        self.grid.setVisible(has)
        self.nobody.setVisible(not has)
        for button in (self.workbook, self.pdf, self.print):
            button.set_reason("" if has else "表里还没有内容")
        count = len(self._read.table.rows) if self._read else 0
        measure = "人" if self._entry.group == COMING or self._entry.key == "R3" else "行"
        self.status.emit(f"{self._entry.title}·{count} {measure}")

    def _failed(self, asked: int, error: AppError) -> None:
        if asked != self._asked:
            return
        if self.asking.unit_id() is not None and error.code == "gone":
            self.asking.unit.set_value(None)
            self._read_table()
            self.message.say(str(error), "amber")
        else:
            self.show_error()

    # the list at the left

    def _show_entries(self) -> None:
        rows: list[Entry | Group] = []
        for one in self._entries:
            if not any(isinstance(row, Group) and row.title == one.group for row in rows):
                rows.append(Group(one.group))
            rows.append(one)
        self._model.set_rows(rows)
        if self.list.current_key() is None:
            self.list.go_to_first()

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        if counts != self._counts:
            self._counts = counts
            self._show_entries()

    def _count_words(self, entry: Entry) -> Cell:
        if entry.group != COMING:
            return Cell(entry.key, quiet=True)
        count = self._counts.get(entry.key)
        return Cell("" if not count else f"{count} 人", quiet=True)

    def _turn_to(self, key: object) -> None:
        found = next((one for one in self._entries if one.key == key), None)
        if found is not None and found is not self._entry:
            self._entry = found
            self.choice.set_value(found.key)
            self.message.clear()
            self._read_table()

    def _enter_grid(self, _key: object) -> None:
        if self._read and self._read.table.rows:
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.grid.go_to_first()

    # who is behind a figure

    def _open(self, opened: Opened) -> None:
        if len(opened.members) == 1:
            self.wants.emit("members", opened.members[0])
            return
        self._jobs.read(
            self,
            partial(work.people, ids=opened.members),
            done=partial(self._show_people, opened.title),
        )

    def _show_people(self, title: str, people: tuple[MemberRow, ...]) -> None:
        dialog = PeopleDialog(title, people, self._today(), self)
        dialog.accepted.connect(partial(self._people_answered, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fit()
        dialog.open()
        dialog.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _people_answered(self, dialog: PeopleDialog) -> None:
        if dialog.answer == SEND:
            self.exporting.ask_people(dialog.ids())
        elif dialog.person_id() is not None:
            self.wants.emit("members", dialog.person_id())

    # onto paper

    def _note_shown(self, full: bool) -> None:
        if full:
            self._note("list_full", _nothing)

    def _note(self, what: str, then: Callable[[], object]) -> None:
        """Keep that full numbers are seen or go out, then go on; at once where there are none."""
        count = len(self._read.table.rows) if self._read else 0
        if not count or not self._shows_full():
            then()
            return
        note = partial(work.note_full, what=what, count=count)
        self._jobs.write(self, note, what="看完整号码", done=partial(_go_on, then))

    def _shows_full(self) -> bool:
        return "full" in self._entry.asks and self.asking.full.isChecked()

    def _keep_workbook(self) -> None:
        self._keep(".xlsx", self.workbook)

    def _keep_pdf(self) -> None:
        self._keep(".pdf", self.pdf)

    def _keep(self, suffix: str, button: Button) -> None:
        if self._read is None:
            return
        table = self._read.table
        name = f"{table.title}{self._asking().on:%Y%m%d}{suffix}"
        place = self._pick_target(self, name)
        if place:
            write = partial(self._write, table, Path(place).with_suffix(suffix), button)
            self._note("export_full", write)

    def _write(self, table: Table, target: Path, button: Button) -> None:
        button.set_busy(True)
        self.message.clear()
        write = partial(work.write_table, table=table, target=target, today=self._today())
        self._jobs.run(
            self,
            write,
            done=partial(self._kept, target, button),
            failed=partial(self._not_kept, button),
            stopped=partial(button.set_busy, False),
            title=f"正在导出《{target.name}》",
        )

    def _kept(self, target: Path, button: Button, problem: str) -> None:
        button.set_busy(False)
        self.told.emit(f"已存为《{target.name}》")
        if problem:
            self.message.say(problem, "amber")

    def _not_kept(self, button: Button, error: AppError) -> None:
        button.set_busy(False)
        self._refused(error)

    def _print(self) -> None:
        if self._read is None:
            return
        self.print.set_busy(True)
        self.message.clear()
        self._jobs.run(
            self,
            partial(work.pages, table=self._read.table),
            done=self._print_pages,
            failed=partial(self._not_kept, self.print),
            stopped=partial(self.print.set_busy, False),
        )

    def _print_pages(self, pages: Pages) -> None:
        self.print.set_busy(False)
        self.printing.print(pages, before=partial(self._note, "export_full"))

    def _refused(self, error: AppError) -> None:
        self.message.say(str(error), "danger")


def _go_on(then: Callable[[], object], _noted: object) -> None:
    then()


def _nothing() -> None:
    """There is nothing further to do."""
