"""How does the list that is shown become a workbook?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.registers import own_fields
from desktop.services import access, as_of, members, units
from desktop.ui.dialogs import import_files
from desktop.ui.dialogs.message import Choice, Dialog
from desktop.ui.jobs import Jobs
from desktop.ui.models.members import Filters, day_words
from desktop.ui.widgets.buttons import RadioList
from desktop.ui.widgets.labels import Label

TITLE = "女职工花名册"
PickTarget = Callable[[QWidget, str], str]


class ExportDialog(Dialog):
    """Asks once whether numbers go out in full; the default is no."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(
            f"导出 {count} 人", [Choice("export", "选择保存位置…", "file-output")],
            name="members.export_dialog", parent=parent,
        )  # fmt: skip
        self.body.addWidget(Label(f"导出 {count} 人", "h2"))
        self.body.addWidget(
            Label("所有填过的项目都会写进工作表，顺序和现在的列表一样。", "sub", wrap=True)
        )
        self.numbers = RadioList(
            [
                ("masked", "证件号和电话只写首尾几位"),
                ("full", "写出完整的证件号和电话"),
            ],
            name="members.export_dialog.numbers",
        )
        self.body.addWidget(self.numbers)
        self.fit()


class Exporting(QObject):
    """Asks, then writes the file away from the window's thread. ``said`` carries what was done."""

    said = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        today: Callable[[], date],
        page: QWidget,
        pick_target: PickTarget = import_files.pick_target,
    ) -> None:
        super().__init__(page)
        self._jobs, self._today, self._page = jobs, today, page
        self._pick_target = pick_target

    def ask(self, filters: Filters, ids: Sequence[int], count: int) -> None:
        """Export the ticked people, or with no ids everybody the list shows."""
        dialog = ExportDialog(len(ids) or count, self._page)
        dialog.accepted.connect(partial(self._choose_place, dialog, filters, tuple(ids)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.numbers.button("masked").setFocus()

    def write(self, target: Path, filters: Filters, ids: tuple[int, ...], *, full: bool) -> None:
        """Write the workbook; an existing file stays as it was if that is not possible."""
        work = partial(
            write_workbook, filters=filters, ids=ids, target=target, full=full, today=self._today()
        )
        done = partial(self._written, target, full=full)
        self._jobs.read(self, work, done=done, title=f"正在导出《{target.name}》")

    def _choose_place(self, dialog: ExportDialog, filters: Filters, ids: tuple[int, ...]) -> None:
        full = dialog.numbers.value() == "full"
        name = f"{TITLE}{filters.as_of or self._today():%Y%m%d}.xlsx"
        place = self._pick_target(self._page, name)
        if place:
            self.write(Path(place).with_suffix(".xlsx"), filters, ids, full=full)

    def _written(self, target: Path, count: int, *, full: bool) -> None:
        if full:
            note = partial(access.note, what="export_full", count=count)
            self._jobs.write(self, note, what="导出完整号码")
        self.said.emit(f"已导出 {count} 人到《{target.name}》")


def write_workbook(
    session: Any,
    *,
    filters: Filters,
    ids: tuple[int, ...],
    target: Path,
    full: bool,
    today: date,
    step: Callable[[int, int], None],
) -> int:
    """Write the people a question finds (of ``ids`` only, if any) to ``target``; how many."""
    from desktop.exchange.export import export_members, unit_names

    wanted = frozenset(ids)
    with as_of.at(session, filters.as_of):
        people = members.exported(session, filters.query(today))
        names = unit_names(units.index(session))
    register = own_fields.register(session)
    rows = [row for row in people if not wanted or row["id"] in wanted]
    title = f"{TITLE}（{day_words(filters.as_of)}）" if filters.as_of else TITLE
    done = export_members(
        rows,
        target,
        full=full,
        title=title,
        unit_names=names,
        register=register,
        today=today,
        step=step,
    )
    return done.rows
