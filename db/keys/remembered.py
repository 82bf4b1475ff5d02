"""The data key this PC keeps for its user, if she asked for it.

It lies outside the data folder, so copying the folder or a backup does not take it along: sealed
for the Windows account, elsewhere in a file only its owner can read.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from db.errors import DamagedError
from db.files import refusals_at, write_whole
from db.keys.keyring import KEY_BYTES, KeyRing
from db.keys.sidecar import has_keys, load


def default_vault() -> Path:
    """The user's own folder for remembered keys."""
    import platformdirs

    return Path(platformdirs.user_config_dir("banbiantian", appauthor=False)) / "remembered"


def remember(folder: Path, key: bytes, *, vault: Path | None = None) -> None:
    """Let this user of this PC open the folder without its password from now on."""
    ring = load(folder)
    if not ring.fits(key):
        raise ValueError("this key does not open this folder")
    place = _place(ring, vault)
    with refusals_at(place):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(place, _sealed(key, ring), private=True)


def forget(folder: Path, *, vault: Path | None = None) -> None:
    """Ask for the password again from now on."""
    if not has_keys(folder):
        return
    place = _place(load(folder), vault)
    with refusals_at(place):
        place.unlink(missing_ok=True)


def remembered_key(folder: Path, *, vault: Path | None = None) -> bytes | None:
    """The data key as far as this PC remembers it; anything unreadable counts as forgotten."""
    if not has_keys(folder):
        return None
    with contextlib.suppress(OSError, DamagedError):
        ring = load(folder)
        key = _unsealed(_place(ring, vault), ring)
        if len(key) == KEY_BYTES and ring.fits(key):
            return key
    return None


def _place(ring: KeyRing, vault: Path | None) -> Path:
    return (vault or default_vault()) / f"{ring.key_id}.key"


if sys.platform == "win32":
    from db.keys import dpapi

    def _sealed(key: bytes, ring: KeyRing) -> bytes:
        return dpapi.seal(key, ring.key_id.encode())

    def _unsealed(place: Path, ring: KeyRing) -> bytes:
        return dpapi.unseal(place.read_bytes(), ring.key_id.encode())

else:

    def _sealed(key: bytes, _ring: KeyRing) -> bytes:
        return key

    def _unsealed(place: Path, _ring: KeyRing) -> bytes:
        if place.stat().st_mode & 0o077:
            raise PermissionError("others may read the remembered key")
        return place.read_bytes()
