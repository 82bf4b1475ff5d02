"""Is she on the roster already, and does her identity number agree with the rest?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.fields import Reading, identity
from desktop.services import members
from desktop.services.members import Namesake
from desktop.ui.jobs import Jobs
from desktop.ui.models.members_words import spoken_date
from desktop.ui.widgets.feedback import InlineMessage

AFTER_MS = 250
COMPARED_BY = ("name", "id_number", "mobile", "birth_date", "unit_id")


class AlikeMessage(InlineMessage):
    """Names somebody alike while a new entry is typed; ``show_requested`` carries her id."""

    show_requested = Signal(int)

    def __init__(
        self,
        jobs: Jobs,
        values: Callable[[], Mapping[str, Any]],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name="members.form.alike", parent=parent)
        self._jobs, self._values = jobs, values
        self._asked = 0
        self._found: tuple[Namesake, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.acted.connect(self._show)

    def look_soon(self) -> None:
        """Look when the typing rests."""
        self._timer.start()

    def stop(self) -> None:
        """Forget what was found and what is under way."""
        self._timer.stop()
        self._asked += 1
        self._found = ()
        self.clear()

    def _look(self) -> None:
        self._asked += 1
        self._jobs.read(
            self,
            partial(members.likely_duplicates, values=self._values()),
            done=partial(self._say, self._asked),
        )

    def _say(self, asked: int, found: tuple[Namesake, ...]) -> None:
        if asked != self._asked:
            return
        self._found = found
        if not found:
            self.clear()
            return
        first = found[0]
        facts = "，".join(p for p in (first.unit, spoken_date(first.birth_date), first.why) if p)
        rest = f"；另有 {len(found) - 1} 位相近" if len(found) > 1 else ""
        self.say(f"名册里已有{first.name}（{facts}）{rest}。", "amber", action="看她")

    def _show(self) -> None:
        if self._found:
            self.show_requested.emit(self._found[0].id)


@dataclass(frozen=True)
class NumberSays:
    """What an identity number says of the other fields."""

    birth_date: Any = None
    about_birth: str = ""
    about_sex: str = ""


def compared(number: object, born: Reading, sex: object) -> NumberSays:
    """The birth date to fill in, and what disagrees with a valid number."""
    known = identity.facts(number) if isinstance(number, str) else None
    if known is None:
        return NumberSays()
    about_birth = about_sex = ""
    if born.value is not None and not known.birth_date.agrees_with(born.value):
        about_birth = f"身份证号里是 {spoken_date(known.birth_date)}，请核对"
    if sex in ("1", "2") and sex != known.sex:
        about_sex = f"身份证号的第 17 位表示{'女' if known.sex == '2' else '男'}，请核对"
    fill = known.birth_date if born.value is None and born.level != "error" else None
    return NumberSays(fill, about_birth, about_sex)
