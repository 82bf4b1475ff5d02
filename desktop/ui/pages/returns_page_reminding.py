"""How are the units told that their forms are missing: a list to keep, words to paste?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.jobs import Jobs
from desktop.ui.pages import returns_page_work
from desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from db.errors import AppError
    from desktop.exchange.returns import Taking


class Reminding(QObject):
    """The two buttons of the header. ``said`` carries what was done, ``refused`` an error."""

    said = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        today: Callable[[], date],
        page: QWidget,
        pick_target: Callable[[QWidget, str], str],
    ) -> None:
        super().__init__(page)
        self._jobs, self._today, self._page = jobs, today, page
        self._pick_target = pick_target
        self._taking: Taking | None = None
        self.copy = Button("复制催报文字", "copy", name="returns.copy")
        self.keep = Button("催报名单", "file-output", name="returns.remind")
        for button in (self.copy, self.keep):
            button.setProperty("folds", "true")
        self.copy.clicked.connect(self._copy_words)
        self.keep.clicked.connect(self._keep_list)

    def show_taking(self, taking: Taking | None) -> None:
        """Offer both while there is somebody to remind."""
        self._taking = taking
        reason = "" if taking is None or taking.missing else "都交齐了，不用催"
        for button in (self.copy, self.keep):
            button.setVisible(taking is not None)
            button.set_reason(reason)

    def _copy_words(self) -> None:
        if self._taking is not None:
            QGuiApplication.clipboard().setText(returns_page_work.reminder_words(self._taking))
            self.said.emit("催报文字已复制，可以粘贴到聊天里")

    def _keep_list(self) -> None:
        if self._taking is None:
            return
        place = self._pick_target(self._page, f"催报名单{self._today():%Y%m%d}.xlsx")
        if place:
            target = Path(place)
            work = partial(
                returns_page_work.write_reminders,
                taking=self._taking,
                target=target,
                today=self._today(),
            )
            self._jobs.run(self, work, done=partial(self._kept, target), failed=self._not_kept)

    def _kept(self, target: Path, count: int) -> None:
        self.said.emit(f"{count} 个单位的催报名单已存为《{target.name}》")

    def _not_kept(self, error: AppError) -> None:
        self.refused.emit(error)
