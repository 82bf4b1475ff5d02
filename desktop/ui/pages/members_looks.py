"""How is it noted that private numbers were shown here?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from desktop.services import access
from desktop.ui.jobs import Jobs


class Looks(QObject):
    """Notes each look at numbers in full: at one person, or at the whole list."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._most = 0

    def at_person(self, member_id: int) -> None:
        """Somebody's numbers were shown."""
        note = partial(access.note, what="reveal", record_id=member_id)
        self._jobs.write(self, note, what="查看完整号码")

    def at_list(self, count: int, *, hidden: bool) -> None:
        """The list shows this many people, its numbers hidden or not.

        A list that grows while its numbers can be seen is noted again.
        """
        if hidden:
            self._most = 0
        elif count > self._most:
            self._most = count
            note = partial(access.note, what="reveal_list", count=count)
            self._jobs.write(self, note, what="在列表里显示完整号码")
