"""What do Ctrl+Z and Ctrl+Y do, and what does the status bar say of it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from db.errors import AppError
from desktop.ui.jobs import Jobs
from desktop.ui.notices import Notices


class Undoing(QObject):
    """Takes back and does again, across pages, and keeps the last action in the status bar."""

    def __init__(self, jobs: Jobs, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._notices = jobs, notices
        jobs.changed.connect(self._look)
        self._look()

    def undo(self) -> None:
        self._jobs.write(self, _undo, what="撤销", done=self._say_undone, failed=self._say_nothing)

    def redo(self) -> None:
        self._jobs.write(self, _redo, what="重做", done=self._say_redone, failed=self._say_nothing)

    def _look(self, *_changed: object) -> None:
        self._jobs.read(self, _last, done=self._show_last)

    def _show_last(self, sentence: str | None) -> None:
        self._notices.keep(sentence or "", can_undo=sentence is not None)

    def _say_undone(self, told: tuple[str, int]) -> None:
        self._say("已撤销", told, "重做", self.redo)

    def _say_redone(self, told: tuple[str, int]) -> None:
        self._say("已重做", told, "撤销", self.undo)

    def _say(self, verb: str, told: tuple[str, int], action: str, then: Callable[[], None]) -> None:
        what, kept = told
        rest = f"，{kept} 条后来又改过，没有动" if kept else ""
        self._notices.quietly(f"{verb}：{what}{rest}", action=action, then=then)

    def _say_nothing(self, error: AppError) -> None:
        self._notices.quietly(error.happened)


def _undo(session: Any) -> tuple[str, int]:
    from desktop.services import history

    undone = history.undo(session)
    return undone.what, len(undone.kept)


def _redo(session: Any) -> tuple[str, int]:
    from desktop.services import history

    done = history.redo(session)
    return done.what, len(done.kept)


def _last(session: Any) -> str | None:
    from desktop.services import history

    return history.last_action(session).undo
