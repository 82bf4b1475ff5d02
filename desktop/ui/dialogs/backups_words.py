"""How are backups spoken of: when, why, how large, how many people?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop.services.backups import Backup

_MEASURES = {"members": ("成员", "人"), "units": ("单位", "个")}
_KIB = 1024


def moment(at: datetime, today: date) -> str:
    """``今天 08:30``, ``昨天 17:05``, ``4月14日 08:30``, with the year where it is another."""
    time = f"{at:%H:%M}"
    if at.date() == today:
        return f"今天 {time}"
    if at.date() == today - timedelta(days=1):
        return f"昨天 {time}"
    day = f"{at.month}月{at.day}日 {time}"
    return day if at.year == today.year else f"{at.year}年{day}"


def size(count: int) -> str:
    """``84 KB``, ``1.2 MB``."""
    if count < _KIB * _KIB:
        return f"{max(1, round(count / _KIB))} KB"
    return f"{count / _KIB / _KIB:.1f} MB"


def counted(rows: Mapping[str, int]) -> str:
    """What a copy of the data holds: ``成员 286 人，单位 12 个``."""
    known = [
        f"{what} {rows[table]} {measure}"
        for table, (what, measure) in _MEASURES.items()
        if table in rows
    ]
    return "，".join(known) or "没有记录"


def called(file: Path, listed: tuple[Backup, ...], today: date) -> str:
    """A backup by its time if it is one of the listed, a file from elsewhere by its name."""
    for backup in listed:
        if backup.file == file:
            return f"{moment(backup.made_at, today)} 的备份"
    return f"“{file.name}”"
