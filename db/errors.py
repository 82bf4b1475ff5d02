"""Everything that can be told to a person, as one tree.

Each error carries three short Chinese sentences: what happened, what was kept, what to do. Anything
that is not an :class:`AppError` (nor :class:`Cancelled`) is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class AppError(Exception):
    """Can be told to a person. ``str()`` gives the sentences on one line.

    ``code`` is a stable English word for machines (JSON output, tests); ``details`` is technical
    text for the folded part of a dialog and never holds personal data.
    """

    code: ClassVar[str] = "error"
    kept_default: ClassVar[str] = "数据没有任何改动。"

    def __init__(
        self, happened: str, *, kept: str | None = None, remedy: str = "", details: str = ""
    ) -> None:
        self.happened = happened
        self.kept = self.kept_default if kept is None else kept
        self.remedy = remedy
        self.details = details
        super().__init__(happened)

    def __str__(self) -> str:
        return "".join(part for part in (self.happened, self.kept, self.remedy) if part)


class InvalidInputError(AppError):
    """Something typed cannot be accepted; ``problems`` maps a field name to its sentence."""

    code = "invalid_input"

    def __init__(
        self,
        problems: Mapping[str, str],
        *,
        happened: str = "",
        remedy: str = "请改好以后再试一次。",
    ) -> None:
        self.problems = dict(problems)
        super().__init__(happened or "；".join(self.problems.values()) + "。", remedy=remedy)


class ConflictError(AppError):
    """The record was changed elsewhere since it was opened: ``mine`` and ``theirs`` by field."""

    code = "conflict"

    def __init__(
        self,
        happened: str = "这条记录刚刚在别处改过。",
        *,
        mine: Mapping[str, object] | None = None,
        theirs: Mapping[str, object] | None = None,
        remedy: str = "请对照两边的内容，再决定留哪一个。",
    ) -> None:
        self.mine = dict(mine or {})
        self.theirs = dict(theirs or {})
        super().__init__(happened, kept="您刚才输入的内容还在。", remedy=remedy)


class DuplicateError(AppError):
    """Something that must be unique is there already; ``field`` names it, ``owner`` whose it is."""

    code = "duplicate"

    def __init__(
        self, happened: str, *, field: str = "", owner: str = "", remedy: str = ""
    ) -> None:
        self.field = field
        self.owner = owner
        super().__init__(happened, remedy=remedy)


class InUseError(AppError):
    """Cannot be removed because others point to it; ``used_by`` counts them by title."""

    code = "in_use"

    def __init__(self, happened: str, *, used_by: Mapping[str, int], remedy: str = "") -> None:
        self.used_by = dict(used_by)
        super().__init__(happened, remedy=remedy)


class GoneError(AppError):
    """The record is no longer there."""

    code = "gone"


class UnavailableError(AppError):
    """Try again later."""

    code = "unavailable"


class BusyError(UnavailableError):
    """The database is held by another piece of work, or by another program on this PC."""

    code = "busy"


class FileInUseError(UnavailableError):
    """A file is open in another program (Excel, WPS)."""

    code = "file_in_use"


class DiskFullError(UnavailableError):
    """No room is left where something was to be written."""

    code = "disk_full"


class NoPermissionError(UnavailableError):
    """The folder or file may not be written, or not be read."""

    code = "no_permission"


class UnusableError(AppError):
    """Trying again will not help."""

    code = "unusable"


class TooNewError(UnusableError):
    """The file was written by a newer version of the program."""

    code = "too_new"


class DamagedError(UnusableError):
    """The file is damaged."""

    code = "damaged"


class NotOursError(UnusableError):
    """The file is not one of this program's."""

    code = "not_ours"


class WrongPasswordError(UnusableError):
    """The password or recovery key does not open this database."""

    code = "wrong_password"


class PasswordNeededError(UnusableError):
    """The database is protected and no password was given."""

    code = "password_needed"


class UnreadableFileError(UnusableError):
    """A workbook or text file cannot be read; ``reason`` is one of a fixed list of words."""

    code = "unreadable_file"

    def __init__(self, reason: str, happened: str, *, remedy: str = "", details: str = "") -> None:
        self.reason = reason
        super().__init__(happened, kept="名册没有任何改动。", remedy=remedy, details=details)


class Cancelled(Exception):  # noqa: N818 - not an error, and never shown
    """The person asked to stop; the unit of work rolls back."""
