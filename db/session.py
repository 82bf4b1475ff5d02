"""The only ways into the data file: one ``with`` to read, one ``with`` to write."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError

from db import upgrade
from db.changes import sets
from db.engine import connect_raw, make_engine, refusals_of, write_mode
from db.errors import ConflictError

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """An open data file. Nothing else hands out sessions; a session never leaves its ``with``."""

    def __init__(self, path: Path, engine: Engine, *, key: bytes | None, clock: Clock) -> None:
        self.path = path
        self.engine = engine
        self.clock = clock
        self._key = key
        self._watcher: Any = None
        self._watching = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, key: bytes | None = None, clock: Clock = utc_now) -> Database:
        """Open the file, creating it where there is none and upgrading it where it is older.

        ``TooNewError``, ``NotOursError`` and ``DamagedError`` leave the file as it is.
        """
        upgrade.ensure_current(path, key=key, now=clock())
        return cls(path, make_engine(path, key=key), key=key, clock=clock)

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot of the file; it cannot write."""
        with _Session(self.engine) as session:
            yield session

    @contextlib.contextmanager
    def write(self, actor: str, what: str) -> Iterator[Session]:
        """One unit of work: one transaction, and one change set if it changed a record.

        It is committed when the block ends and rolled back when the block raises. ``actor`` is
        who, ``what`` is in words what was done (``changes.describe`` may say it better later).
        Afterwards ``session.info`` holds ``change_set_id`` (``None`` without changes) and
        ``touched_tables``. A record somebody else changed meanwhile is a ``ConflictError``.
        """
        with _Session(write_mode(self.engine)) as session, _conflicts_told():
            sets.begin(session, actor, what, self.clock)
            yield session
            sets.finish(session, self.clock())
            session.commit()

    def data_version(self) -> int:
        """A number that changes when anything was committed to the file, by whomever."""
        with self._watching, refusals_of(self.path, protected=self._key is not None):
            if self._watcher is None:
                self._watcher = connect_raw(self.path, key=self._key)
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close all connections; afterwards the main file alone is the whole database."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        # the last connection to close folds the write-ahead log into the file
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Session(Session):
    """A session that ends with its ``with`` and keeps what it read readable after a commit."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)


@event.listens_for(_Session, "before_commit")
def _refuse_early_commit(session: Session) -> None:
    if not (session.in_nested_transaction() or sets.may_commit(session)):
        raise RuntimeError("a unit of work commits when its `with` ends, not before")


@event.listens_for(_Session, "do_orm_execute")
def _raise_versions(state: ORMExecuteState) -> None:
    """A bulk ``update()`` raises versions itself, so objects loaded in the session learn of it."""
    mapper = state.bind_mapper
    if state.is_update and mapper is not None and mapper.version_id_col is not None:
        column = mapper.version_id_col
        state.statement = state.statement.values({column: column + 1})  # type: ignore[attr-defined]


@contextlib.contextmanager
def _conflicts_told() -> Iterator[None]:
    try:
        yield
    except StaleDataError as stale:
        raise ConflictError from stale
