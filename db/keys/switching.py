"""How protection is switched on and off so that no cut loses data or leaves a plain copy.

The database, and every plain copy in the data folder, is written anew beside itself under the other
key and proved; only then one exchange (``db.swap``) puts all of it in place. All connections to the
database must be closed and the folder's lock held.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from db import copies, swap
from db.copies import Step
from db.errors import DamagedError, InvalidInputError, WrongPasswordError
from db.files import refusals_at, staged
from db.keys import carried, remembered, sidecar
from db.keys.keyring import KEY_BYTES, Cost, KeyRing, check_password, make_ring, to_bytes
from db.keys.opening import DATABASE, PLAIN_HEADER, is_protected
from db.keys.recovery_key import Chance, normal_form
from db.swap import Action, Mark, Remove, Replace, unmarked

LOGS = ("-wal", "-shm", "-journal")


def recover_interrupted(folder: Path, *, mark: Mark = unmarked) -> bool:
    """Bring a folder that was cut in the middle to its old or its new state; ``True`` if new.

    Call it at every start, before anything else looks at the folder.
    """
    finished = swap.recover(folder, mark=mark)
    sidecar.heal(folder)
    return finished


def set_password(
    folder: Path,
    password: str,
    recovery_key: str,
    *,
    cost: Cost | None = None,
    chance: Chance = secrets.token_bytes,
    step: Step | None = None,
    mark: Mark = unmarked,
) -> bytes:
    """Encrypt the database and every plain copy in the folder; the new data key.

    ``recovery_key`` comes from ``new_recovery_key`` and must be saved or printed before. Whatever
    goes wrong before the exchange leaves everything as it was.
    """
    check_password(password)
    recovery_key = normal_form(recovery_key)
    recover_interrupted(folder)
    if is_protected(folder):
        raise InvalidInputError({"password": "这份数据已经有密码保护，可以直接更改密码"})
    key = chance(KEY_BYTES)
    mark("make keys")
    ring = make_ring(key, password, recovery_key, cost=cost, chance=chance)
    _encrypt_all(folder, key, ring, step=step, mark=mark)
    return key


def remove_password(
    folder: Path, key: bytes, *, vault: Path | None = None, mark: Mark = unmarked
) -> None:
    """Write the database without encryption and forget its keys.

    Backups made before stay encrypted and open with the password or recovery key they carry.
    """
    recover_interrupted(folder)
    ring = sidecar.load(folder)
    if not ring.fits(key):
        raise WrongPasswordError("密码不对。", remedy="请再输入一次。")
    remembered.forget(folder, vault=vault)
    _let_copies_carry_keys(folder, key, ring)
    actions: list[Action] = []
    try:
        if (folder / DATABASE).exists():
            mark("close log")
            copies.close_log(folder / DATABASE, key)
            mark("decrypt database")
            copies.convert(folder / DATABASE, key, staged(folder / DATABASE), None)
            actions = [*_without_logs(DATABASE), Replace(DATABASE)]
    except BaseException:
        swap.abandon(folder)
        raise
    swap.commit(folder, [*actions, *(Remove(name) for name in sidecar.NAMES)], mark=mark)


def encrypt_plain_copies(folder: Path, key: bytes, ring: KeyRing) -> None:
    """Encrypt what lies plain beside a database that is protected already."""
    actions: list[Action] = []
    try:
        for file in plain_copies(folder):
            actions += _encrypted_copy(folder, file, key, ring)
    except BaseException:
        swap.abandon(folder)
        raise
    swap.commit(folder, actions)


def plain_copies(folder: Path) -> list[Path]:
    """Every unencrypted database in the folder and its backups, except the database itself."""
    files = [*folder.glob("*"), *(folder / "backups").rglob("*")]
    return sorted(
        file for file in files if file.is_file() and file != folder / DATABASE and _is_plain(file)
    )


def _encrypt_all(folder: Path, key: bytes, ring: KeyRing, *, step: Step | None, mark: Mark) -> None:
    try:
        mark("close log")
        database = folder / DATABASE
        if database.exists():
            copies.close_log(database)
        others = plain_copies(folder)
        mark("stage keys")
        sidecar.prepare(folder, ring)
        actions: list[Action] = [Replace(name) for name in sidecar.NAMES]
        if database.exists():
            mark("encrypt database")
            copies.convert(database, None, staged(database), key)
            actions += [*_without_logs(DATABASE), Replace(DATABASE)]
        for done, file in enumerate(others, start=1):
            mark("encrypt copy")
            actions += _encrypted_copy(folder, file, key, ring)
            if step is not None:
                step(done, len(others))
    except BaseException:
        swap.abandon(folder)
        raise
    swap.commit(folder, actions, mark=mark)


def _encrypted_copy(folder: Path, file: Path, key: bytes, ring: KeyRing) -> Iterable[Action]:
    try:
        copies.convert(file, None, staged(file), key)
    except DamagedError as error:
        raise DamagedError(
            f"旧备份“{file.name}”已经损坏，无法加密，密码保护没有打开。",
            remedy=f"请把它从文件夹“{file.parent.name}”里移走或删除，再设置一次。",
            details=error.details,
        ) from error
    with refusals_at(file):
        carried.append(staged(file), to_bytes(ring))
    name = file.relative_to(folder).as_posix()
    return [*_without_logs(name), Replace(name)]


def _let_copies_carry_keys(folder: Path, key: bytes, ring: KeyRing) -> None:
    """Give a copy that relied on the folder's key files (an upgrade leaves one) keys of its own."""
    for file in folder.glob(f"{DATABASE}.*"):
        with refusals_at(file):
            if copies.opens(file, key) and carried.read(file) is None:
                carried.append(file, to_bytes(ring))


def _without_logs(name: str) -> list[Action]:
    # a log of the old file would be replayed into the new one
    return [Remove(name + suffix) for suffix in LOGS]


def _is_plain(file: Path) -> bool:
    with refusals_at(file), file.open("rb") as opened:
        return opened.read(len(PLAIN_HEADER)) == PLAIN_HEADER
