"""How does she keep the recovery key before anything depends on it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.errors import AppError
from desktop.ui.dialogs import recovery_places
from desktop.ui.jobs import Jobs
from desktop.ui.widgets.buttons import Button, CheckBox
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Label

if TYPE_CHECKING:
    from desktop.documents.recovery_sheet import Sheet

FILE_NAME = "半边天 恢复密钥.pdf"
_IN_A_ROW = 4


class RecoveryKeyPanel(QWidget):
    """Shows a recovery key in groups and lets her save or print it.

    ``reason`` is what is still missing before the key may count, ``""`` when it may; ``changed``
    says that it may have changed. ``data_root`` is the folder the key must not lie in.
    """

    changed = Signal()

    def __init__(
        self,
        jobs: Jobs,
        recovery_key: str,
        *,
        organisation: str,
        today: date,
        data_root: Path,
        pick_file: Callable[[QWidget, str], str] = recovery_places.pick_file,
        print_sheet: Callable[[QWidget, Sheet], bool] = recovery_places.print_sheet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._key, self._data_root = jobs, recovery_key, data_root
        self._organisation, self._today = organisation, today
        self._pick_file, self._print_sheet = pick_file, print_sheet
        self._is_kept = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(_groups(recovery_key))
        column.addLayout(self._ways())
        self.tick = CheckBox("我已保存好，而且没有和数据放在一起", name="recovery.kept")
        self.tick.setEnabled(False)
        self.tick.setToolTip("请先保存或打印")
        self.tick.toggled.connect(self.changed)
        column.addWidget(self.tick)

    def reason(self) -> str:
        """What is still to be done, in a few words."""
        if not self._is_kept:
            return "先保存或打印恢复密钥"
        return "" if self.tick.isChecked() else "请确认已经保存好"

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.message = InlineMessage(name="recovery.message")
        self.save = Button("保存为文件", "save", name="recovery.save")
        self.save.clicked.connect(self._save)
        self.print = Button("打印", "printer", name="recovery.print")
        self.print.clicked.connect(self._print)
        row.addWidget(self.save)
        row.addWidget(self.print)
        row.addWidget(self.message, 1)
        row.addStretch()
        return row

    def _save(self) -> None:
        chosen = self._pick_file(self, FILE_NAME)
        if not chosen:
            return
        target = Path(chosen)
        if target.resolve().is_relative_to(self._data_root.resolve()):
            self._say(
                "这里就是放数据的文件夹。请另选一个地方，最好是 U 盘，或者打印出来。", "amber"
            )
            return
        from desktop.documents import recovery_sheet

        self.save.set_busy(True)
        write = partial(
            recovery_sheet.write,
            target,
            self._key,
            organisation=self._organisation,
            on=self._today,
        )
        done = partial(self._kept, f"已存为《{target.name}》，请马上收好")
        self._jobs.run(self, write, done=done, failed=self._refused)

    def _print(self) -> None:
        from desktop.documents import recovery_sheet

        sheet = recovery_sheet.lay_out(self._key, organisation=self._organisation, on=self._today)
        if self._print_sheet(self, sheet):
            self._kept("已送到打印机，拿到纸再打勾", None)

    def _kept(self, sentence: str, _result: object) -> None:
        self.save.set_busy(False)
        self._is_kept = True
        self.tick.setEnabled(True)
        self.tick.setToolTip("")
        self._say(sentence, "jade")
        self.tick.setFocus()

    def _refused(self, error: AppError) -> None:
        self.save.set_busy(False)
        self._say(str(error), "danger")

    def _say(self, sentence: str, tone: str) -> None:
        self.message.say(sentence, tone)  # type: ignore[arg-type]
        self.changed.emit()


def _groups(recovery_key: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("kind", "sunken")
    frame.setAccessibleName(f"恢复密钥：{recovery_key}")
    grid = QGridLayout(frame)
    grid.setContentsMargins(18, 10, 18, 12)
    grid.setVerticalSpacing(8)
    for index, group in enumerate(recovery_key.split("-")):
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(Label(f"第 {index + 1} 组", "faint"))
        cell.addWidget(Label(group, "h1"))
        grid.addLayout(cell, *divmod(index, _IN_A_ROW))
    return frame
