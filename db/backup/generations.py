"""Which backups are kept, and when the next one is due.

Times are wall-clock times of the PC, as they stand in the file names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from db.files import refusals_at

INTERVAL = timedelta(minutes=30)
KEPT_ASIDE_FOR = timedelta(days=30)

_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"banbiantian-(\d{8}-\d{6})-([a-z]+(?:-[a-z]+)*)(?:\.(\d+))?\.db")


class Reason(StrEnum):
    """Why a backup was made; part of its file name."""

    INTERVAL = "interval"
    CLOSING = "closing"
    BY_HAND = "by-hand"
    PROTECTION = "protection"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"

    @property
    def label(self) -> str:
        """The reason as a person reads it."""
        return _LABELS[self]


_LABELS = {
    Reason.INTERVAL: "定时",
    Reason.CLOSING: "关闭时",
    Reason.BY_HAND: "手动",
    Reason.PROTECTION: "更改密码保护时",
    Reason.BEFORE_IMPORT: "导入前",
    Reason.BEFORE_RESTORE: "恢复前",
}


# before a step that changes much at once: worth more than the newest of its hour
_SET_ASIDE = (Reason.BEFORE_IMPORT, Reason.BEFORE_RESTORE)


@dataclass(frozen=True)
class Backup:
    """One backup in the backups folder, as its name tells it."""

    file: Path
    made_at: datetime
    reason: Reason
    size: int
    number: int  # 1, or more for a later one of the same second


@dataclass(frozen=True)
class Generation:
    """How many buckets of one length keep their newest backup."""

    count: int
    bucket: Callable[[datetime], object]


GENERATIONS = (
    Generation(24, lambda moment: (moment.date(), moment.hour)),
    Generation(14, lambda moment: moment.date()),
    Generation(8, lambda moment: moment.isocalendar()[:2]),
    Generation(24, lambda moment: (moment.year, moment.month)),
)


def due(last: datetime | None, now: datetime, *, changed: bool) -> bool:
    """Whether a running program should make a backup now; a clock set back makes it due.

    ``last`` is the wall-clock time of :func:`listed`.
    """
    return changed and (last is None or not last <= wall_clock(now) < last + INTERVAL)


def wall_clock(moment: datetime) -> datetime:
    """``moment`` as the clock of this PC shows it, without a time zone."""
    return moment.astimezone().replace(tzinfo=None)


def to_keep(stamps: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose backups stay.

    Each generation keeps the newest of its last occupied buckets, so a PC that was off for a month
    loses nothing. What a wrong clock dated after ``now`` stays and takes nobody's place.
    """
    newest_first = sorted(set(stamps), reverse=True)
    future = {stamp for stamp in newest_first if stamp > now}
    past = [stamp for stamp in newest_first if stamp <= now]
    return future.union(*(_newest_of_buckets(past, each) for each in GENERATIONS))


def listed(folder: Path) -> list[Backup]:
    """The backups of a backups folder, newest first."""
    found = [_as_backup(file) for file in folder.glob("banbiantian-*.db")]
    return sorted(
        (backup for backup in found if backup is not None),
        key=lambda backup: (backup.made_at, backup.number),
        reverse=True,
    )


def thin(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Remove what no generation keeps; what was kept aside stays at least 30 days."""
    backups = listed(folder)
    clock = wall_clock(now)
    kept = to_keep((backup.made_at for backup in backups), clock)
    removed = tuple(
        backup.file
        for backup in backups
        if backup.made_at not in kept and not _is_set_aside(backup, clock)
    )
    for file in removed:
        with refusals_at(file):
            file.unlink(missing_ok=True)
    return removed


def new_name(folder: Path, now: datetime, reason: Reason) -> Path:
    """A name no backup in ``folder`` has yet. It says when and why, and nothing about anybody."""
    stamp = wall_clock(now).strftime(_STAMP)
    taken = {_number(entry.name) for entry in folder.glob(f"banbiantian-{stamp}-*")}
    number = max(taken, default=0) + 1
    return folder / f"banbiantian-{stamp}-{reason}{f'.{number}' if number > 1 else ''}.db"


def _number(name: str) -> int:
    """Which one of its second a backup is, or a state that was kept as it was."""
    last = name.removesuffix(".db").rpartition(".")[2]
    return int(last) if last.isdecimal() else 1


def _newest_of_buckets(newest_first: list[datetime], generation: Generation) -> set[datetime]:
    newest: dict[object, datetime] = {}
    for stamp in newest_first:
        newest.setdefault(generation.bucket(stamp), stamp)
        if len(newest) == generation.count:
            break
    return set(newest.values())


def _is_set_aside(backup: Backup, now: datetime) -> bool:
    return backup.reason in _SET_ASIDE and now - backup.made_at < KEPT_ASIDE_FOR


def _as_backup(file: Path) -> Backup | None:
    matched = _NAME.fullmatch(file.name)
    if matched is None or matched[2] not in set(Reason):
        return None
    try:
        made_at = datetime.fromisoformat(matched[1].replace("-", "T"))  # wall-clock time
    except ValueError:
        return None
    return Backup(file, made_at, Reason(matched[2]), file.stat().st_size, int(matched[3] or 1))
