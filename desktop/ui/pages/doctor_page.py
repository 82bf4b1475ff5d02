"""What is wrong with a roster somebody sent, and how does a better copy of it come about?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.errors import AppError, UnreadableFileError
from desktop.settings import Settings
from desktop.ui.dialogs import import_files
from desktop.ui.jobs import Jobs
from desktop.ui.memory import ColumnWidths
from desktop.ui.models.rows import RowsModel
from desktop.ui.pages import doctor_page_work
from desktop.ui.pages.doctor_page_card import GradeCard, grade_look
from desktop.ui.pages.doctor_page_columns import finding_columns, rows, spot_columns
from desktop.ui.pages.first_run import TableZone
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Card, Label, Tag
from desktop.ui.widgets.page import Page, Room
from desktop.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from desktop.exchange.doctor_report import Report

_REPORTS = "PDF 文件 (*.pdf);;Excel 工作簿 (*.xlsx)"
_MAY_TRY_PASSWORD = frozenset(("password_needed", "wrong_password"))


def pick_report(parent: QWidget, suggested: str) -> str:
    """Where the report is to be kept; empty when she leaves it. It ends in .pdf or .xlsx."""
    path, chosen = QFileDialog.getSaveFileName(parent, "存到哪里", suggested, _REPORTS)
    if not path or Path(path).suffix.lower() in (".pdf", ".xlsx"):
        return path
    return path + (".xlsx" if "xlsx" in chosen else ".pdf")


class DoctorPage(Page):
    """The page of the roster doctor.

    ``activate`` takes a path to begin with. Nothing here changes the roster or the file.
    """

    def __init__(
        self,
        jobs: Jobs,
        *,
        today: Callable[[], date],
        settings: Settings,
        pick_tables: Callable[[QWidget], list[str]] = import_files.pick_tables,
        pick_target: Callable[[QWidget, str], str] = import_files.pick_target,
        pick_report: Callable[[QWidget, str], str] = pick_report,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("名册体检", name="doctor", parent=parent)
        self._jobs, self._today = jobs, today
        self._pick_tables, self._pick_target = pick_tables, pick_target
        self._pick_report = pick_report
        self._path: Path | None = None
        self._report: Report | None = None
        self._asked, self._was_locked = 0, False
        widths = ColumnWidths(settings)
        self._findings = RowsModel(finding_columns(), identify=lambda f: f.cause.code)
        self._spots = RowsModel(spot_columns(), identify=lambda spot: spot[:3])
        self.findings = TableView(
            self._findings, name="doctor.findings", label="查出的问题", density="close",
            widths=widths,
        )  # fmt: skip
        self.spots = TableView(
            self._spots, name="doctor.spots", label="问题所在的格子", density="compact",
            widths=widths,
        )  # fmt: skip
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_zone()

    # what the window calls

    def activate(self, argument: object = None) -> None:
        """Come to the front as it was left, or examine this file."""
        first = argument[0] if isinstance(argument, (list, tuple)) and argument else argument
        if isinstance(first, (str, Path)):
            self.take([str(first)])
        self._say_status()

    def focus_first(self) -> None:
        (self.zone.choose if self._report is None else self.findings).setFocus()

    def new_item(self) -> None:
        """Ctrl+N: another roster."""
        self._choose()

    def reload(self) -> None:
        """F5: read the file again."""
        if self._path is not None:
            self._examine(None)

    def shows(self, tables: frozenset[str]) -> bool:
        return False

    def step_out(self) -> bool:
        """Esc: from the places back to the findings."""
        if self.spots.hasFocus():
            self.findings.setFocus()
            return True
        return False

    def panes(self) -> list[QWidget]:
        if self._report is None:
            return [self.header_bar, self.zone]
        return [self.header_bar, self.findings, self.spots, self.card]

    def arrange(self, room: Room) -> None:
        super().arrange(room)
        self.zone.set_flat(room.low)
        self.card.set_low(room.low)
        self.card.setVisible(room.width != "narrow")
        self._show_brief()

    # doing

    def take(self, paths: Sequence[str]) -> None:
        """Examine the first of these files."""
        if paths:
            self._path = Path(paths[0])
            self._examine(None)

    # laying out

    def _make_parts(self) -> None:
        self.tag = Tag("", "neutral", "file-spreadsheet")
        self.brief = Tag("")
        self.other = Button("换一份", "folder-open", name="doctor.other")
        self.keep_report = Button("存报告", "file-text", name="doctor.report")
        self.bring_in = Button("导入这份名册", "file-input", name="doctor.import")
        self.keep_fixed = Button("存修好的副本", "save", "primary", name="doctor.fixed")
        for button in (self.other, self.keep_report, self.bring_in):
            button.setProperty("folds", "true")
        self.zone = TableZone("把要检查的名册拖到这里", name="doctor.zone")
        self.message = InlineMessage(name="doctor.message")
        self.password = LineEdit(name="doctor.password", placeholder="打开密码", size="small")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("表格的打开密码")
        self.unlock = Button("打开", "key-round", "soft", "small", name="doctor.unlock")
        self.card = GradeCard()

    def _lay_out(self) -> None:
        self.header.addWidget(self.tag)
        self.header.addWidget(self.brief)
        self.header.addStretch()
        for button in (self.other, self.keep_report, self.bring_in, self.keep_fixed):
            self.header.addWidget(button)
        self._lock = QWidget()
        lock = QHBoxLayout(self._lock)
        lock.setContentsMargins(0, 0, 0, 0)
        lock.addWidget(self.password, 1)
        lock.addWidget(self.unlock)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.message)
        column.addWidget(self._lock)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._zone_face())
        self._stack.addWidget(self._result_face())
        column.addWidget(self._stack, 1)
        self.body.addLayout(column)

    def _zone_face(self) -> QWidget:
        face = QWidget()
        column = QVBoxLayout(face)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self.zone, 0, Qt.AlignmentFlag.AlignHCenter)
        promise = Label("只看不改：原来的表格一个字也不动，修好的另存一份。", "sub")
        column.addWidget(promise, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return face

    def _result_face(self) -> QWidget:
        face = QWidget()
        row = QHBoxLayout(face)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.card)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(12)
        for table, share in ((self.findings, 3), (self.spots, 2)):
            sheet = Card(margins=(1, 7, 1, 7), spacing=0)
            sheet.body.addWidget(table)
            parts.addWidget(sheet)
            parts.setStretchFactor(parts.count() - 1, share)
        row.addWidget(parts, 1)
        return face

    def _connect(self) -> None:
        self.zone.given.connect(self.take)
        self.zone.choose_requested.connect(self._choose)
        self.other.clicked.connect(self._choose)
        self.unlock.clicked.connect(self._give_password)
        self.password.returnPressed.connect(self._give_password)
        self.findings.current_changed.connect(self._show_spots)
        self.findings.opened.connect(self._enter_spots)
        self.spots.left_upward.connect(self.findings.setFocus)
        self.keep_fixed.clicked.connect(self._keep_fixed)
        self.keep_report.clicked.connect(self._keep_report)
        self.bring_in.clicked.connect(self._bring_in)

    # examining

    def _choose(self) -> None:
        self.take(self._pick_tables(self))

    def _give_password(self) -> None:
        if self.password.text():
            self._examine(self.password.text())

    def _examine(self, password: str | None) -> None:
        if self._path is None:
            return
        self._asked += 1
        self.message.clear()
        self.zone.choose.set_busy(True)
        self._jobs.run(
            self,
            partial(doctor_page_work.examine, self._path, password, self._today()),
            done=partial(self._show_report, self._asked, password is not None),
            failed=partial(self._refused, self._asked),
        )

    def _show_report(self, asked: int, was_locked: bool, report: Report) -> None:
        if asked != self._asked:
            return
        self._free()
        self._was_locked = was_locked
        self._report = report
        self.tag.set_tag(report.file, "neutral", "file-spreadsheet")
        self.card.show_report(report)
        self._findings.set_rows(rows(report))
        self._spots.set_rows(())
        self._stack.setCurrentIndex(1)
        self._set_shown(True)
        self.keep_fixed.set_reason("" if self._has_repairs() else "没有不用问就能修的地方")
        self.bring_in.set_reason("" if report.people else "这份表里没有读到人")
        if not report.findings:
            self.message.say("没有查出问题，可以直接导入。", "jade")
        self.findings.go_to_first()
        if self.isVisible():
            self.findings.setFocus()
        self._say_status()

    def _has_repairs(self) -> bool:
        report = self._report
        return report is not None and bool(report.people and (report.repairs or report.spellings))

    def _refused(self, asked: int, error: AppError) -> None:
        if asked != self._asked:
            return
        self._free()
        self._show_zone()
        self.message.say(str(error), "danger")
        locked = isinstance(error, UnreadableFileError) and error.reason in _MAY_TRY_PASSWORD
        self._lock.setVisible(locked)
        if locked:
            self.password.setFocus()

    def _free(self) -> None:
        self.zone.choose.set_busy(False)
        self._lock.hide()
        self.password.clear()

    def _show_zone(self) -> None:
        self._report = None
        self._stack.setCurrentIndex(0)
        self._lock.hide()
        self._set_shown(False)

    def _set_shown(self, shown: bool) -> None:
        for widget in (self.tag, self.other, self.keep_report, self.bring_in, self.keep_fixed):
            widget.setVisible(shown)
        self._show_brief()

    def _show_brief(self) -> None:
        """The grade in the header, where there is no room for its card."""
        report = self._report
        self.brief.setVisible(report is not None and self.room().width == "narrow")
        if report is not None:
            self.brief.set_tag(f"{report.grade} 级 {report.score} 分", *grade_look(report))

    # looking

    def _show_spots(self, code: object) -> None:
        report = self._report
        found = report.finding(str(code)) if report is not None and code else None
        self._spots.set_rows(found.spots if found is not None else ())

    def _enter_spots(self, code: object) -> None:
        self._show_spots(code)
        self.spots.setFocus()
        self.spots.go_to_first()

    # keeping

    def _keep_fixed(self) -> None:
        report = self._report
        if report is None:
            return
        place = self._pick_target(self, f"{Path(report.file).stem}-修好.xlsx")
        if not place:
            return
        self.keep_fixed.set_busy(True)
        work = partial(
            doctor_page_work.write_fixed,
            report,
            Path(place),
            with_units=self.card.units.isChecked(),
        )
        done = partial(self._kept_fixed, Path(place))
        self._jobs.run(self, work, done=done, failed=partial(self._not_kept, self.keep_fixed))

    def _kept_fixed(self, target: Path, changed: int) -> None:
        self.keep_fixed.set_busy(False)
        self.message.clear()
        if self._was_locked:
            self.message.say("修好的副本没有设打开密码，请妥善保管。", "amber")
        self.told.emit(f"已存为《{target.name}》，修了 {changed} 格，原表没有动")

    def _keep_report(self) -> None:
        report = self._report
        if report is None:
            return
        place = self._pick_report(self, f"{Path(report.file).stem}-体检报告.pdf")
        if not place:
            return
        self.keep_report.set_busy(True)
        work = partial(doctor_page_work.write_report, report, Path(place), self._today())
        done = partial(self._kept_report, Path(place))
        self._jobs.run(self, work, done=done, failed=partial(self._not_kept, self.keep_report))

    def _kept_report(self, target: Path, _nothing: object) -> None:
        self.keep_report.set_busy(False)
        self.message.clear()
        self.told.emit(f"报告已存为《{target.name}》")

    def _not_kept(self, button: Button, error: AppError) -> None:
        button.set_busy(False)
        self.message.say(str(error), "danger")

    def _bring_in(self) -> None:
        if self._path is not None:
            self.wants.emit("import", [str(self._path)])

    def _say_status(self) -> None:
        report = self._report
        said = f"{report.people} 人·{len(report.findings)} 种问题" if report is not None else ""
        self.status.emit(said)
