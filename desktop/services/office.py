"""One office's data folder, opened: held against a second program, unlocked, backed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from threading import Condition
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
        self, folder: DataFolder, key: bytes | None, actor: str, clock: Clock, settings: Settings
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.actor = actor
        self._key = key
        self._clock = clock
        self._users = 0
        self._quiet = Condition()
        self._database = self._open()

    @property
    def key(self) -> bytes | None:
        """What opens the data file; ``None`` for a plain one."""
        return self._key

    @property
    def is_protected(self) -> bool:
        """Whether the data are encrypted under a password."""
        return self._key is not None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot; it cannot write."""
        with self._in_use(), self._database.read() as session:
            yield session

    @contextmanager
    def write(self, what: str) -> Iterator[Session]:
        """One unit of work and at most one change set, called ``what``."""
        with self._in_use(), self._database.write(self.actor, what) as session:
            yield session

    def back_up(self, reason: Reason) -> BackupProof | None:
        """A proved backup now, unless nothing was logged since the newest one."""
        with self._in_use():
            return backups.back_up_if_changed(
                self.folder, self._key, now=self._clock(), reason=reason
            )

    def back_up_when_due(self) -> BackupProof | None:
        """The half-hourly backup: made only when it is due and something changed."""
        with self._in_use():
            changed = backups.has_changed(self.folder, self._key)
            due = backups.is_due(self.folder, now=self._clock(), changed=changed)
        return self.back_up(Reason.INTERVAL) if due else None

    def exchange(self, change: Callable[[], bytes | None]) -> None:
        """Close the database, let ``change`` switch protection or restore, and open it again.

        ``change`` gives what opens the file afterwards. Whoever reads or writes is waited for, and
        whoever comes meanwhile waits. When ``change`` raises, the database is opened as it was.
        """
        with self._quiet:
            self._quiet.wait_for(lambda: self._users == 0)
            self._database.close()
            try:
                self._key = change()
            finally:
                self._database = self._open()

    def close(self) -> None:
        """Close the data file; the folder stays held."""
        with self._quiet:
            self._database.close()

    def _open(self) -> Database:
        from db.session import Database

        return Database.open(self.folder.database, key=self._key, clock=self._clock)

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        with self._quiet:
            self._users += 1
        try:
            yield
        finally:
            with self._quiet:
                self._users -= 1
                self._quiet.notify_all()


@contextmanager
def held(folder: DataFolder, *, program: str, clock: Clock, finish: bool = True) -> Iterator[None]:
    """Hold the folder without opening its database, and finish what a cut interrupted.

    Without ``finish`` that is left alone: a backup must come back even where an interrupted
    exchange cannot be finished. Raises :class:`db.errors.BusyError` saying who has it.
    """
    with hold(folder.root, program=program, now=clock()):
        if finish:
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
    settings: Settings | None = None,
) -> Iterator[Office]:
    """Open the folder, creating what is missing; close it and back it up at the end.

    ``secret`` is asked only for a protected folder this PC does not remember. Raises the errors
    of :mod:`db.lock`, :mod:`db.keys` and :meth:`db.session.Database.open`. A backup that cannot be
    made on closing never hides what went before; it is told by the next start.
    """
    with ExitStack() as stack:
        stack.enter_context(held(folder, program=program or actor, clock=clock))
        key = protection.key_for(folder, secret)
        chosen = settings or Settings(folder.settings)
        office = Office(folder, key, actor, clock, chosen)
        stack.callback(office.close)
        yield office
        back_up_on_closing(office)


def back_up_on_closing(office: Office) -> AppError | None:
    """The backup made when the program ends; a refusal is given back, not raised."""
    try:
        office.back_up(Reason.CLOSING)
    except AppError as refused:
        return refused
    return None
