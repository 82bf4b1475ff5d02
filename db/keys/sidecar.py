"""Where the key ring of a data folder lies, and how it is found when a copy of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from db.errors import DamagedError
from db.files import refusals_at, staged, write_whole
from db.keys import carried
from db.keys.keyring import KeyRing, from_bytes, to_bytes

KEYS = "banbiantian.keys"
COPY = "banbiantian.keys.bak"
NAMES = (KEYS, COPY)


def has_keys(folder: Path) -> bool:
    """Whether a key ring lies in the folder, readable or not."""
    return any((folder / name).exists() for name in NAMES)


def has_readable_keys(folder: Path) -> bool:
    """Whether the key file or its copy can be read."""
    return _beside(folder)[0] is not None


def load(folder: Path) -> KeyRing:
    """The folder's key ring: from its file, else from the copy, else from the newest backup.

    Raises :class:`DamagedError` where none of them gives a ring.
    """
    return next(rings(folder))


def rings(folder: Path) -> Iterator[KeyRing]:
    """Every ring that may open the folder's database, the likeliest first and none twice.

    Rings of backups come only where neither file beside the database can be read. Raises
    :class:`DamagedError` where there is none at all.
    """
    found, damage = _beside(folder)
    if found is not None:
        yield found
    else:
        yield from _carried_by_backups(folder, damage or _missing())


def write(folder: Path, ring: KeyRing) -> None:
    """Put the ring beside the database, first the file and then its copy."""
    for name in NAMES:
        write_whole(folder / name, to_bytes(ring), private=True)


def prepare(folder: Path, ring: KeyRing) -> None:
    """Stage both files for an exchange (``db.swap``); the present ones stay."""
    for name in NAMES:
        write_whole(staged(folder / name), to_bytes(ring), private=True)


def heal(folder: Path) -> None:
    """Make a lost, damaged or outdated copy equal to the file that can be read."""
    ring, _damage = _beside(folder)
    if ring is None:
        return  # nothing to go by; whoever unlocks a protected folder is told
    for name in NAMES:
        path = folder / name
        if not path.exists() or path.read_bytes() != to_bytes(ring):
            write_whole(path, to_bytes(ring), private=True)


def _beside(folder: Path) -> tuple[KeyRing | None, DamagedError | None]:
    """The ring of the file or of its copy, or what is wrong with the last one tried."""
    damage: DamagedError | None = None
    for path in (folder / name for name in NAMES):
        if not path.exists():
            continue
        try:
            with refusals_at(path):
                return from_bytes(path.read_bytes()), None
        except DamagedError as error:
            damage = error
    return None, damage


def _carried_by_backups(folder: Path, otherwise: DamagedError) -> Iterator[KeyRing]:
    seen: set[KeyRing] = set()
    for file in sorted((folder / "backups").glob("banbiantian-*.db"), reverse=True):
        try:
            found = carried.read(file)
            ring = from_bytes(found.keys) if found else None
        except (DamagedError, OSError):
            continue
        if ring is not None and ring not in seen:
            seen.add(ring)
            yield ring
    if not seen:
        raise otherwise


def _missing() -> DamagedError:
    return DamagedError(
        f"数据文件有密码保护，但旁边的密钥文件“{KEYS}”不见了，备份里也没有找到。",
        kept="数据文件没有任何改动。",
        remedy="请把密钥文件放回数据文件夹，或用一份加密的备份恢复。",
    )
