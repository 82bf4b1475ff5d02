"""How do single fields of one person get saved while she goes on typing?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.errors import AppError, ConflictError, DuplicateError, InvalidInputError
from desktop.registers import MEMBERS
from desktop.services import members
from desktop.services.records import Draft
from desktop.ui.jobs import Jobs


class FieldSaver(QObject):
    """Saves fields one write after the other, each on the version the one before left.

    What is put while a write is under way waits for it. ``saved`` carries the draft as it stands
    afterwards; ``refused`` the fields that were not saved and why: what else was sent with them is
    sent again. After a conflict nothing is sent until ``send_mine`` or ``take_theirs``.
    """

    saved = Signal(object)
    refused = Signal(object, object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pending: dict[str, Any] = {}
        self._is_saving = False
        self._turn = 0
        self.draft = Draft(None, 0, {})
        self.register = MEMBERS

    def begin(self, draft: Draft) -> None:
        """Go on to another person; a write under way for the one before still ends."""
        self.draft, self._pending = draft, {}
        self._is_saving = False
        self._turn += 1

    def put(self, name: str, value: Any) -> None:
        """Save a field, now or when the write under way is done."""
        self._pending[name] = value
        self._flush()

    def drop(self, name: str) -> None:
        """Forget a field that waits."""
        self._pending.pop(name, None)

    def waits(self, name: str) -> bool:
        return name in self._pending

    def is_idle(self) -> bool:
        return not self._is_saving and not self._pending

    def create(self, values: Mapping[str, Any]) -> None:
        """Add a new person; ``saved`` carries her with her id."""
        if not self._is_saving:
            self._send(Draft(None, 0, dict(values)), f"新增成员{values['name']}")

    def send_mine(self, mine: Mapping[str, Any]) -> None:
        """After a conflict: save these values over what was saved elsewhere."""
        self._read_then(partial(self._again, mine))

    def take_theirs(self) -> None:
        """After a conflict: go on with what was saved elsewhere."""
        self._read_then(partial(self._done, self._turn))

    def _flush(self) -> None:
        if self._is_saving or not self._pending or self.draft.id is None:
            return
        sent, self._pending = self._pending, {}
        labels = "、".join(self.register.field(name).label for name in sent)
        self._send(
            Draft(self.draft.id, self.draft.version, sent),
            f"修改{self.draft.values['name']}的{labels}",
        )

    def _send(self, changed: Draft, what: str) -> None:
        self._is_saving = True
        self._jobs.write(
            self,
            partial(save_fields, changed=changed),
            what=what,
            done=partial(self._done, self._turn),
            failed=partial(self._failed, self._turn, changed),
        )

    def _done(self, turn: int, draft: Draft) -> None:
        if turn != self._turn:
            self.saved.emit(draft)
            return
        self._is_saving = False
        self.draft = draft
        self.saved.emit(draft)
        self._flush()

    def _failed(self, turn: int, changed: Draft, error: AppError) -> None:
        if turn != self._turn:
            self._jobs.told.emit(error, self)
            return
        self._is_saving = False
        sent = dict(changed.values)
        bad = frozenset(sent)
        if isinstance(error, DuplicateError) and error.field in sent:
            bad = frozenset((error.field,))
        elif isinstance(error, InvalidInputError):
            bad = frozenset(error.problems)
        if changed.id is not None:
            self._pending = {n: v for n, v in sent.items() if n not in bad} | self._pending
        self.refused.emit({n: v for n, v in sent.items() if n in bad}, error)
        if not isinstance(error, ConflictError):
            self._flush()

    def _read_then(self, then: Any) -> None:
        if self.draft.id is not None:
            self._jobs.read(self, partial(members.details, member_id=self.draft.id), done=then)

    def _again(self, mine: Mapping[str, Any], draft: Draft) -> None:
        self.draft = draft
        self._pending = {**mine, **self._pending}
        self._flush()


def save_fields(session: Any, changed: Draft) -> Draft:
    """Save some fields of one person and read her again, with her new version."""
    return members.details(session, members.save(session, changed))
