"""How is a rehearsed import written, taken back, and its problems kept?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from db.errors import AppError
from desktop.exchange.preview import Preview
from desktop.ui.jobs import Job, Jobs
from desktop.ui.models import import_work

if TYPE_CHECKING:
    from desktop.exchange.writing import Written


class Writing(QObject):
    """Writes a preview, after ``before`` (the backup) went well.

    ``written`` carries what was done, ``undone`` how many records changed since and were kept,
    ``kept`` the sentence of the workbooks that were saved, ``refused`` an error, ``stopped`` that
    she cancelled and nothing was written.
    """

    written = Signal(object)
    undone = Signal(int)
    kept = Signal(str)
    refused = Signal(object)
    stopped = Signal()

    def __init__(self, jobs: Jobs, before: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._before = jobs, before
        self.preview: Preview | None = None
        self.result: Written | None = None
        self._job: Job | None = None
        self._is_undone = False

    def write(self, preview: Preview) -> None:
        """Back up, then write everything in one unit of work."""
        self.preview, self.result, self._is_undone = preview, None, False
        self._job = self._jobs.run(
            self,
            self._before,
            done=partial(self._backed_up, preview),
            failed=self._refused,
            stopped=self._stopped,
        )

    def is_under_way(self) -> bool:
        return self._job is not None

    def forget(self) -> None:
        self.preview = self.result = None

    def undo(self) -> None:
        """Take back the import written last."""
        if self.result is not None and self.result.changeset is not None:
            self._jobs.write(
                self,
                partial(import_work.undo, change_set_id=self.result.changeset),
                what="撤销",
                done=self._undo_done,
                failed=self.refused.emit,
            )

    def look(self) -> None:
        """Learn whether the import was taken back from elsewhere (Ctrl+Z, the toast)."""
        if self.result is None or self.result.changeset is None or self._is_undone:
            return
        work = partial(import_work.is_undone, change_set_id=self.result.changeset)
        self._jobs.read(self, work, done=self._looked)

    def suggested_name(self) -> str:
        """What the workbook with the problems could be called."""
        if self.preview is None:
            return ""
        return f"{Path(self.preview.files[0].file).stem}（有问题的行）.xlsx"

    def keep_problems(self, target: Path) -> None:
        """Save the rows that need work."""
        if self.preview is not None:
            work = partial(import_work.send_back, preview=self.preview, target=target)
            self._jobs.run(self, work, done=self._kept, failed=self.refused.emit)

    def _undo_done(self, kept: int) -> None:
        self._is_undone = True
        self.undone.emit(kept)

    def _looked(self, undone: bool) -> None:
        if undone and not self._is_undone:
            self._undo_done(0)

    def _backed_up(self, preview: Preview, _proof: object) -> None:
        self._job = self._jobs.write(
            self,
            partial(import_work.write, preview=preview),
            what="导入名册",
            title="正在导入名册",
            unit="人",
            cancel="取消导入",
            meaning="取消会退回到导入之前。",
            done=self._done,
            failed=self._refused,
            stopped=self._stopped,
        )

    def _done(self, written: Any) -> None:
        self._job, self.result = None, written
        self.written.emit(written)

    def _refused(self, error: AppError) -> None:
        self._job = None
        self.refused.emit(error)

    def _stopped(self) -> None:
        self._job = None
        self.stopped.emit()

    def _kept(self, sent: tuple[int, tuple[Path, ...]]) -> None:
        rows, files = sent
        names = "、".join(f"《{one.name}》" for one in files)
        self.kept.emit(f"{rows} 行已存为{names}，改好后再导入一次就行")
