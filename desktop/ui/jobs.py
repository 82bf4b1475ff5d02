"""How does the window get work done without waiting for it?

One worker writes, two read. Work runs off the window's thread; what it returns, how far it is and
what went wrong come back through one queued signal. Nothing here knows what a database is.
"""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from db.errors import AppError, Cancelled

T = TypeVar("T")
Work = Callable[..., Any]
RunRead = Callable[[Callable[[Any], Any]], Any]
RunWrite = Callable[[str, Callable[[Any], Any]], tuple[Any, frozenset[str]]]
Step = Callable[[int, int], None]

REPORT_EVERY_S = 0.05


@dataclass(frozen=True)
class Progress:
    """How far a piece of work is, in its own unit."""

    done: int
    total: int
    unit: str
    seconds: float


@dataclass(eq=False)
class Job:
    """One piece of work under way. ``cancel`` asks it to stop at its next step."""

    owner: QObject
    work: Work
    title: str
    unit: str
    done: Callable[[Any], object] | None
    failed: Callable[[AppError], object] | None
    stopped: Callable[[], object] | None
    writes: bool
    began: float
    cancel_words: str = "取消"
    meaning: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        self._stop.set()

    @property
    def can_stop(self) -> bool:
        """Whether the work reports steps, the only places where it can stop."""
        return _takes_step(self.work)

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()


@dataclass(frozen=True)
class _Report:
    job: Job
    kind: str
    value: Any = None
    tables: frozenset[str] = frozenset()


class Jobs(QObject):
    """Runs work for widgets and brings the results back to the window's thread.

    ``read(owner, fn, done=...)`` calls ``fn(session)`` with whatever ``run_read`` passes in;
    ``write`` does so inside one unit of work; ``run`` calls ``fn()`` without a session. A work
    function with a parameter named ``step`` is given ``step(done, total)``, which reports progress
    and is the only place where it can be cancelled. Results for a destroyed owner are dropped,
    but a write that failed is still told.
    An :class:`AppError` goes to ``failed`` or, without one, out as the signal ``told``; anything
    unknown goes out as ``crashed``; ``Cancelled`` is shown to nobody, only ``stopped`` is called.
    """

    changed = Signal(object, object)
    """(frozenset of table names, owner of the write), once for each write."""
    started = Signal(object)
    progressed = Signal(object, object)
    finished = Signal(object)
    told = Signal(object, object)
    crashed = Signal(object)
    _returned = Signal(object)

    def __init__(
        self,
        run_read: RunRead,
        run_write: RunWrite,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._run_read, self._run_write, self._clock = run_read, run_write, clock
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._open: set[Job] = set()
        self._is_closed = False
        self._returned.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        owner: QObject,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        stopped: Callable[[], object] | None = None,
        title: str = "",
        unit: str = "人",
    ) -> Job:
        """``work(session)`` on a read worker."""
        job = self._begin(
            Job(owner, work, title, unit, done, failed, stopped, False, self._clock())
        )
        self._readers.submit(self._perform, job, lambda call: (self._run_read(call), _NONE))
        return job

    def write(
        self,
        owner: QObject,
        work: Work,
        *,
        what: str = "",
        done: Callable[[Any], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        stopped: Callable[[], object] | None = None,
        title: str = "",
        unit: str = "人",
        cancel: str = "取消",
        meaning: str = "",
    ) -> Job:
        """``work(session)`` on the write worker as one unit of work.

        ``what`` is its sentence in the change log (``title`` if empty); ``title`` is what the
        progress panel says while it lasts, ``cancel`` its button, ``meaning`` what stopping does.
        """
        job = self._begin(
            Job(
                owner,
                work,
                title,
                unit,
                done,
                failed,
                stopped,
                True,
                self._clock(),
                cancel,
                meaning,
            )
        )
        sentence = what or title
        self._writer.submit(self._perform, job, lambda call: self._run_write(sentence, call))
        return job

    def run(
        self,
        owner: QObject,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        stopped: Callable[[], object] | None = None,
        title: str = "",
        unit: str = "行",
        writes: bool = False,
    ) -> Job:
        """``work()`` without a session on a read worker: reading a workbook, drawing pages.

        With ``writes`` it takes its turn on the write worker: what exchanges the whole data file.
        """
        job = self._begin(
            Job(owner, work, title, unit, done, failed, stopped, writes, self._clock())
        )
        worker = self._writer if writes else self._readers
        worker.submit(self._perform, job, lambda call: (call(), _NONE))
        return job

    def under_way(self) -> tuple[Job, ...]:
        return tuple(self._open)

    def close(self) -> None:
        """Ask everything to stop, let the write under way end, and wait for the workers.

        Nobody hears of a result any more: it would only begin something new.
        """
        self._is_closed = True
        for job in self._open:
            job.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._open.clear()

    def _begin(self, job: Job) -> Job:
        self._open.add(job)
        self.started.emit(job)
        return job

    def _perform(
        self, job: Job, run: Callable[[Callable[..., Any]], tuple[Any, frozenset[str]]]
    ) -> None:
        try:
            if job.is_cancelled:
                raise Cancelled
            value, tables = run(self._with_step(job))
            report = _Report(job, "done", value, tables)
        except Cancelled:
            report = _Report(job, "stopped")
        except AppError as error:
            report = _Report(job, "failed", error)
        except Exception as error:  # noqa: BLE001 - whatever else it is, it is a bug to be reported
            report = _Report(job, "crashed", error)
        self._returned.emit(report)

    def _with_step(self, job: Job) -> Callable[..., Any]:
        if not _takes_step(job.work):
            return job.work
        last = [float("-inf")]

        def step(done: int, total: int) -> None:
            if job.is_cancelled:
                raise Cancelled
            now = self._clock()
            if now - last[0] >= REPORT_EVERY_S or done == total:
                last[0] = now
                progress = Progress(done, total, job.unit, now - job.began)
                self._returned.emit(_Report(job, "progress", progress))

        return lambda *given: job.work(*given, step=step)

    def _receive(self, report: _Report) -> None:
        if not self._is_closed:
            self._hear(report)

    def _hear(self, report: _Report) -> None:
        job = report.job
        if report.kind == "progress":
            if job in self._open:
                self.progressed.emit(job, report.value)
            return
        self._open.discard(job)
        self.finished.emit(job)
        alive = shiboken6.isValid(job.owner)
        if report.tables:
            self.changed.emit(report.tables, job.owner if alive else None)
        if report.kind == "crashed":
            self.crashed.emit(report.value)
        elif not alive:
            if report.kind == "failed" and job.writes:
                self.told.emit(report.value, None)
        elif report.kind == "failed":
            if job.failed is not None:
                job.failed(report.value)
            else:
                self.told.emit(report.value, job.owner)
        elif report.kind == "stopped":
            if job.stopped is not None:
                job.stopped()
        elif job.done is not None:
            job.done(report.value)


_NONE: frozenset[str] = frozenset()


def _takes_step(work: Work) -> bool:
    return "step" in inspect.signature(work).parameters
