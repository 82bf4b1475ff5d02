"""Whether a data folder is protected, and what opens it."""

from __future__ import annotations

import secrets
from pathlib import Path

from db.errors import WrongPasswordError
from db.keys import sidecar
from db.keys.keyring import Cost, KeyRing, check_password
from db.keys.recovery_key import Chance

DATABASE = "banbiantian.db"
PLAIN_HEADER = b"SQLite format 3\x00"

_PAGE = 4096
_DISTINCT_BYTES_OF_NOISE = 240  # of 256; 4096 random bytes practically always show all of them


def is_protected(folder: Path) -> bool:
    """Whether the folder's database needs a key. Call ``switching.recover_interrupted`` before."""
    start = _first_page(folder / DATABASE)
    if start.startswith(PLAIN_HEADER):
        return False
    return sidecar.has_keys(folder) or looks_encrypted(folder / DATABASE)


def looks_encrypted(file: Path) -> bool:
    """Whether a file is whole pages of nothing but noise, as an encrypted database is."""
    start = _first_page(file)
    whole_pages = len(start) == _PAGE and file.stat().st_size % _PAGE == 0
    return whole_pages and len(set(start)) >= _DISTINCT_BYTES_OF_NOISE


def unlock(folder: Path, secret: str) -> bytes:
    """The data key, by password or recovery key.

    Raises :class:`WrongPasswordError` where the secret is wrong and :class:`DamagedError` where no
    key ring can be read. A ring lost beside the database is taken from a backup and put back.
    """
    wrong: WrongPasswordError | None = None
    for ring in sidecar.rings(folder):
        try:
            key = ring.open(secret)
        except WrongPasswordError as error:
            wrong = wrong or error
            continue
        _put_back(folder, ring, key)
        return key
    raise wrong or AssertionError("rings() gives a ring or raises")


def change_password(
    folder: Path,
    secret: str,
    new_password: str,
    *,
    cost: Cost | None = None,
    chance: Chance = secrets.token_bytes,
) -> None:
    """Replace the password, given the present one or the recovery key.

    The data and the recovery key stay; backups made before still open with the old password.
    """
    check_password(new_password)
    key = unlock(folder, secret)
    ring = sidecar.load(folder).with_password(key, new_password, cost=cost, chance=chance)
    sidecar.write(folder, ring)


def renew_recovery_key(
    folder: Path, secret: str, recovery_key: str, *, chance: Chance = secrets.token_bytes
) -> None:
    """Replace the recovery key (made by ``new_recovery_key`` and saved before), given a secret."""
    key = unlock(folder, secret)
    sidecar.write(folder, sidecar.load(folder).with_recovery_key(key, recovery_key, chance=chance))


def _put_back(folder: Path, ring: KeyRing, key: bytes) -> None:
    from db.copies import opens

    if not sidecar.has_readable_keys(folder) and opens(folder / DATABASE, key):
        sidecar.write(folder, ring)


def _first_page(database: Path) -> bytes:
    try:
        with database.open("rb") as file:
            return file.read(_PAGE)
    except OSError:
        return b""
