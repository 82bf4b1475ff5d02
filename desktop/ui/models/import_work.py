"""What is done off the window's thread while a roster comes in?

Plain functions; none knows the window. Heavy modules are loaded with the first file.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from db.errors import UnreadableFileError

if TYPE_CHECKING:
    from desktop.exchange.preview import Decision, ImportOptions, Preview
    from desktop.exchange.reading import Workbook
    from desktop.exchange.writing import Written
    from desktop.services.members import Roster
    from desktop.ui.models.import_rows import Look

Step = Callable[[int, int], None]
PASTED = "剪贴板"
MAY_TRY_PASSWORD = frozenset(("password_needed", "wrong_password"))
MAY_TRY_AGAIN = frozenset(("locked", "no_permission", "disk", "network", "missing"))


@dataclass(frozen=True)
class Source:
    """One table she gave: a file, or pasted text; what reading it came to."""

    path: Path | None
    text: str = ""
    state: Literal["reading", "read", "refused"] = "reading"
    workbook: Workbook | None = None
    error: UnreadableFileError | None = None

    @property
    def name(self) -> str:
        return self.path.name if self.path is not None else PASTED

    def read_as(self, workbook: Workbook) -> Source:
        return replace(self, state="read", workbook=workbook, error=None)

    def refused_with(self, error: UnreadableFileError) -> Source:
        return replace(self, state="refused", workbook=None, error=error)


@dataclass(frozen=True)
class Wish:
    """Everything she decided so far: options, and decisions by the key of their row."""

    options: ImportOptions
    decisions: Mapping[int, Decision] = field(default_factory=dict)


@dataclass(frozen=True)
class Rehearsed:
    """A rehearsal, and whether a table of this layout was told its columns before."""

    preview: Preview
    look: Look
    familiar: bool


def no_wish() -> Wish:
    from desktop.exchange.preview import ImportOptions

    return Wish(ImportOptions())


def read_source(source: Source, password: str | None) -> Workbook:
    """The cells of one table; :class:`UnreadableFileError` when there are none to be had."""
    from desktop.exchange.reading import read_clipboard, read_workbook

    with _unsearched():
        if source.path is None:
            return read_clipboard(source.text)
        return read_workbook(source.path, password=password)


def rehearse(
    session: Any,
    *,
    books: Sequence[Workbook],
    wish: Wish,
    today: date,
    before: Preview | None,
    step: Step,
) -> Rehearsed:
    """What the import would do to the roster as it is now.

    ``before`` is the rehearsal of the same books she is looking at: where the columns are told the
    same and the roster did not change since, only what she decided is worked out anew.
    """
    from desktop.exchange.importing import rehearse as run
    from desktop.exchange.layouts import remembered
    from desktop.services import members
    from desktop.ui.models.import_rows import look

    step(0, len(books))
    roster = members.snapshot(session)
    known = remembered(session)
    with _unsearched():
        if before is not None and _is_same(before, books, wish, roster):
            preview = _decide(before, wish)
        else:
            preview = run(
                books, roster, options=wish.options, today=today, remembered=known, step=step
            )
            still = {key: one for key, one in wish.decisions.items() if key < len(preview.rows)}
            preview = preview.with_decisions(still) if still else preview
    familiar = any(place.table.fingerprint in known for place in preview.places)
    return Rehearsed(preview, look(preview), familiar)


@contextmanager
def _unsearched() -> Iterator[None]:
    """Keep what is made here out of the search for cycles until :func:`let_go`.

    The rows of a big workbook live as long as she looks at them and refer to nothing that refers
    back, but one search through them stops the window for a tenth of a second and more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def let_go() -> None:
    """The rehearsal is over: look for cycles everywhere again."""
    gc.unfreeze()


def _is_same(before: Preview, books: Sequence[Workbook], wish: Wish, roster: Roster) -> bool:
    """Whether the rows were read and checked already, so that only deciding is left."""
    was, now = before.options, wish.options
    return (
        [id(file.workbook) for file in before.files] == [id(book) for book in books]
        and (was.by_sheet, was.without_hidden) == (now.by_sheet, now.without_hidden)
        and _versions(before.roster) == _versions(roster)
        and before.roster.units == roster.units
    )


def _versions(roster: Roster) -> list[tuple[int, int]]:
    return [(person["id"], person["version"]) for person in roster.people]


def _decide(before: Preview, wish: Wish) -> Preview:
    told: dict[int, Decision | None] = {**dict.fromkeys(before.decisions), **wish.decisions}
    return replace(before, options=wish.options).with_decisions(told)


def write(session: Any, *, preview: Preview, step: Step) -> Written:
    from desktop.exchange.writing import write as run

    with _unsearched():
        return run(session, preview, step=step)


def send_back(*, preview: Preview, target: Path) -> tuple[int, tuple[Path, ...]]:
    """Write the rows that need work into workbooks; gives how many rows, and the workbooks."""
    from desktop.exchange.problems_workbook import send_back as run

    sent = run(preview, target)
    return sent.rows, sent.files


def needs_work(preview: Preview) -> bool:
    """Whether there is a row the sender has something to put right in."""
    from desktop.exchange.problems_workbook import needs_work as judge

    return any(judge(row) for row in preview.rows)


def is_undone(session: Any, *, change_set_id: int) -> bool:
    from desktop.services import history

    return history.is_undone(session, change_set_id)


def undo(session: Any, *, change_set_id: int) -> int:
    """Take an import back; gives how many records were kept because they changed since."""
    from desktop.services import history

    return len(history.undo(session, change_set_id).kept)
