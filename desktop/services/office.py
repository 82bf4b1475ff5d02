"""One office's data folder, opened: held against a second program, unlocked, backed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from db.errors import AppError
from db.lock import hold
from desktop.paths import DataFolder
from desktop.services import backups, protection
from desktop.services.backups import BackupProof, Reason
from desktop.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Database

Clock = Callable[[], datetime]


class Office:
    """An open data folder. Reading and writing go through :meth:`read` and :meth:`write` only."""

    def __init__(
        self, folder: DataFolder, database: Database, key: bytes | None, actor: str, clock: Clock
    ) -> None:
        self.folder = folder
        self.database = database
        self.settings = Settings(folder.settings)
        self.actor = actor
        self._key = key
        self._clock = clock

    @property
    def key(self) -> bytes | None:
        """What opens the data file; ``None`` for a plain one."""
        return self._key

    @property
    def is_protected(self) -> bool:
        """Whether the data are encrypted under a password."""
        return self._key is not None

    def read(self) -> AbstractContextManager[Session]:
        """A session on one snapshot; it cannot write."""
        return self.database.read()

    def write(self, what: str) -> AbstractContextManager[Session]:
        """One unit of work and at most one change set, called ``what``."""
        return self.database.write(self.actor, what)

    def back_up(self, reason: Reason) -> BackupProof | None:
        """A proved backup now, unless nothing was logged since the newest one."""
        return backups.back_up_if_changed(self.folder, self._key, now=self._clock(), reason=reason)

    def back_up_when_due(self) -> BackupProof | None:
        """The half-hourly backup: made only when it is due and something changed."""
        changed = backups.has_changed(self.folder, self._key)
        if not backups.is_due(self.folder, now=self._clock(), changed=changed):
            return None
        return self.back_up(Reason.INTERVAL)


@contextmanager
def held(folder: DataFolder, *, program: str, clock: Clock) -> Iterator[None]:
    """Hold the folder without opening its database, and finish what a cut interrupted.

    Raises :class:`db.errors.BusyError` saying who has it.
    """
    with hold(folder.root, program=program, now=clock()):
        protection.recover_interrupted(folder)
        yield


@contextmanager
def opened(
    folder: DataFolder,
    *,
    secret: protection.AskSecret,
    actor: str,
    clock: Clock,
    program: str = "",
) -> Iterator[Office]:
    """Open the folder, creating what is missing; close it and back it up at the end.

    ``secret`` is asked only for a protected folder this PC does not remember. Raises the errors
    of :mod:`db.lock`, :mod:`db.keys` and :meth:`db.session.Database.open`. A backup that cannot be
    made on closing never hides what went before; it is told by the next start.
    """
    from db.session import Database

    with ExitStack() as stack:
        stack.enter_context(held(folder, program=program or actor, clock=clock))
        key = protection.key_for(folder, secret)
        database = Database.open(folder.database, key=key, clock=clock)
        stack.callback(database.close)
        office = Office(folder, database, key, actor, clock)
        yield office
        back_up_on_closing(office)


def back_up_on_closing(office: Office) -> AppError | None:
    """The backup made when the program ends; a refusal is given back, not raised."""
    try:
        office.back_up(Reason.CLOSING)
    except AppError as refused:
        return refused
    return None
