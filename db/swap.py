"""How several files of a folder are exchanged as one, whatever cuts the exchange short.

The new files are prepared beside the old ones under names ending in ``.new``; then one journal
file says what to do with them. Before the journal is there the old state counts, from then on the
new one. :func:`recover` brings the folder to one of the two.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from db.errors import BusyError, DamagedError, FileInUseError, NoPermissionError
from db.files import STAGED, flush_folder, put_in_place, refusals_at, write_whole

JOURNAL = "banbiantian.change"

Mark = Callable[[str], None]
"""Told the name of each step just before it is taken; tests cut there."""


def unmarked(_name: str) -> None:
    """The mark of ordinary runs: nothing happens."""


@dataclass(frozen=True)
class Replace:
    """The prepared file ``target + ".new"`` becomes ``target`` (a path inside the folder)."""

    target: str


@dataclass(frozen=True)
class Remove:
    """The file ``target`` (a path inside the folder) goes, if it is there."""

    target: str


Action = Replace | Remove


def commit(folder: Path, actions: Sequence[Action], *, mark: Mark = unmarked) -> None:
    """Carry out every action, durably and in order; a cut is finished by :func:`recover`.

    Every file named must be closed: Windows renames no open file.
    """
    mark("decide")
    try:
        write_whole(folder / JOURNAL, _to_bytes(actions))
    except BaseException:
        abandon(folder)
        raise
    _finish(folder, actions, mark)


def abandon(folder: Path) -> None:
    """Sweep away what was prepared, unless the exchange is decided already."""
    if not (folder / JOURNAL).exists():
        sweep(folder)


def recover(folder: Path, *, mark: Mark = unmarked) -> bool:
    """Finish a decided exchange, sweep away what was only prepared; ``True`` if one was decided.

    Call it before the database is opened, with the folder's lock held.
    """
    decided = (folder / JOURNAL).exists()
    if decided:
        _finish(folder, _from_bytes((folder / JOURNAL).read_bytes()), mark)
    sweep(folder)
    return decided


def sweep(folder: Path) -> None:
    """Remove what was prepared and never decided."""
    for place in (folder, folder / "backups"):
        for unfinished in place.glob(f"banbiantian*{STAGED}*"):
            if unfinished.is_file() and _is_unfinished(unfinished):
                with refusals_at(unfinished):
                    unfinished.unlink(missing_ok=True)


def _is_unfinished(path: Path) -> bool:
    """A prepared file, or the journal SQLite keeps beside one."""
    return path.name.endswith((STAGED, f"{STAGED}-journal", f"{STAGED}-wal", f"{STAGED}-shm"))


def _finish(folder: Path, actions: Sequence[Action], mark: Mark) -> None:
    for action in actions:
        mark(f"{type(action).__name__.lower()} {action.target}")
        _carry_out(folder, action)
    mark("done")
    with refusals_at(folder / JOURNAL):
        (folder / JOURNAL).unlink(missing_ok=True)
        flush_folder(folder)


def _carry_out(folder: Path, action: Action) -> None:
    target = folder / action.target
    try:
        with refusals_at(target):
            if isinstance(action, Remove):
                target.unlink(missing_ok=True)
                return
            prepared = target.with_name(target.name + STAGED)
            if prepared.exists():  # else an earlier run came this far
                put_in_place(prepared, target)
    except (FileInUseError, NoPermissionError) as error:
        raise BusyError(
            f"“{target.name}”正被别的程序占用，这一步还没有做完。",
            kept="数据都在，下次打开时会接着做完。",
            remedy="请关闭其他正在使用它的程序，再打开一次。",
            details=error.details,
        ) from error


def _to_bytes(actions: Sequence[Action]) -> bytes:
    body = [[type(action).__name__, action.target] for action in actions]
    return json.dumps({"version": 1, "actions": body, "sum": _sum(body)}).encode()


def _from_bytes(data: bytes) -> list[Action]:
    try:
        found = json.loads(data)
        body = found["actions"]
        if found["version"] != 1 or found["sum"] != _sum(body):
            raise ValueError("sum")
        return [_action(kind, target) for kind, target in body]
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError(
            f"上次没有做完的一步留下了记录“{JOURNAL}”，但它已经损坏。",
            kept="数据文件没有再动过。",
            remedy="请把整个数据文件夹复制一份留底，再从最近的备份恢复。",
        ) from error


def _action(kind: str, target: str) -> Action:
    path = PurePosixPath(target)
    if path.is_absolute() or ".." in path.parts or "\\" in target or ":" in target:
        raise ValueError(target)
    kinds: dict[str, type[Replace] | type[Remove]] = {"Replace": Replace, "Remove": Remove}
    return kinds[kind](target)


def _sum(body: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(body).encode()).hexdigest()
