"""How the data key is sealed by a password and by a recovery key.

Each seal is AES-256-GCM under a key derived from the secret: Argon2id for the password, HKDF for
the recovery key, which has 160 random bits of its own. The ring is JSON with a checksum, so damage
to the file is told apart from a wrong password, which only the seal refuses.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from db.errors import DamagedError, InvalidInputError, TooNewError, WrongPasswordError
from db.keys.recovery_key import Chance, looks_like_recovery_key, normal_form

KEY_BYTES = 32
MIN_PASSWORD = 8  # counted with a Chinese character as two

_FORMAT = "banbiantian-keys"
_VERSION = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_PASSWORD, _RECOVERY = "password", "recovery"


@dataclass(frozen=True)
class Cost:
    """What one guess at a password costs (Argon2id; RFC 9106 §4, second recommendation)."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


DEAREST = Cost(passes=20, memory_kib=1024 * 1024, lanes=16)  # beyond it a ring is not believed


@dataclass(frozen=True)
class Seal:
    """The data key, readable with one secret."""

    by: str
    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: Cost | None = None


@dataclass(frozen=True)
class KeyRing:
    """One data key under all its seals. ``key_id`` names the key and gives nothing of it away."""

    key_id: str
    seals: tuple[Seal, ...]

    def fits(self, key: bytes) -> bool:
        return hmac.compare_digest(self.key_id, key_id_of(key))

    def open(self, secret: str) -> bytes:
        """The data key, by password or recovery key.

        Raises :class:`WrongPasswordError`; a recovery key with a slip in it gets its own sentence.
        """
        meant_as_recovery = looks_like_recovery_key(secret)
        for seal in self.seals:
            if seal.by == _RECOVERY and not meant_as_recovery:
                continue
            key = _unsealed(seal, self.key_id, secret)
            if key is not None:
                return key
        if meant_as_recovery:
            normal_form(secret)
        raise WrongPasswordError(
            "密码不对，也不是这份数据的恢复密钥。",
            remedy="请检查大小写和输入法，再输入一次；忘了密码可以输入恢复密钥。",
        )

    def with_password(
        self,
        key: bytes,
        password: str,
        *,
        cost: Cost | None = None,
        chance: Chance = secrets.token_bytes,
    ) -> KeyRing:
        """The same ring under a new password; the recovery key stays."""
        seal = _sealed(
            _PASSWORD, self.key_id, key=key, secret=password, cost=cost or Cost(), chance=chance
        )
        return self._with(seal)

    def with_recovery_key(
        self, key: bytes, recovery_key: str, *, chance: Chance = secrets.token_bytes
    ) -> KeyRing:
        """The same ring under a new recovery key; the password stays."""
        seal = _sealed(
            _RECOVERY, self.key_id, key=key, secret=recovery_key, cost=None, chance=chance
        )
        return self._with(seal)

    def _with(self, new: Seal) -> KeyRing:
        others = tuple(seal for seal in self.seals if seal.by != new.by)
        return replace(self, seals=(*others, new))


def make_ring(
    key: bytes,
    password: str,
    recovery_key: str,
    *,
    cost: Cost | None = None,
    chance: Chance = secrets.token_bytes,
) -> KeyRing:
    """A ring on which ``key`` opens by either secret."""
    ring = KeyRing(key_id_of(key), ())
    ring = ring.with_password(key, password, cost=cost, chance=chance)
    return ring.with_recovery_key(key, recovery_key, chance=chance)


def check_password(password: str) -> None:
    """Refuse a password that is guessed too easily; a Chinese character counts as two."""
    weight = sum(1 if character.isascii() else 2 for character in _password_form(password))
    if weight < MIN_PASSWORD:
        raise InvalidInputError(
            {"password": f"密码太短：至少 {MIN_PASSWORD} 个字符，一个汉字算 2 个"}
        )


def key_id_of(key: bytes) -> str:
    """A name for the key that proves it and does not help to find it."""
    return hmac.digest(key, b"banbiantian key id", "sha256").hex()[:32]


def to_bytes(ring: KeyRing) -> bytes:
    """The ring as it is written to a file."""
    body = {"key_id": ring.key_id, "seals": [_seal_to_json(seal) for seal in ring.seals]}
    whole = {"format": _FORMAT, "version": _VERSION, "ring": body, "sha256": _sum(body)}
    return json.dumps(whole, indent=1).encode()


def from_bytes(data: bytes) -> KeyRing:
    """The ring written by :func:`to_bytes`; :class:`DamagedError` if anything in it changed."""
    try:
        whole = json.loads(data)
        if whole["format"] != _FORMAT:
            raise ValueError("format")
        if whole["version"] > _VERSION:
            raise TooNewError(
                "密钥文件是由更新版本的程序写的。", remedy="请安装最新版本的程序再打开。"
            )
        if whole["sha256"] != _sum(whole["ring"]):
            raise ValueError("checksum")
        seals = tuple(_seal_from_json(seal) for seal in whole["ring"]["seals"])
        return KeyRing(str(whole["ring"]["key_id"]), seals)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(
            "密钥文件已经损坏。",
            kept="数据文件没有任何改动。",
            remedy="请从备份恢复；每份加密的备份里都带着密钥，用密码或恢复密钥就能打开。",
            details=type(error).__name__,
        ) from error


def _sealed(
    by: str, key_id: str, *, key: bytes, secret: str, cost: Cost | None, chance: Chance
) -> Seal:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = chance(_SALT_BYTES), chance(_NONCE_BYTES)
    derived = _derived(by, secret, salt, cost)
    sealed = AESGCM(derived).encrypt(nonce, key, _bound_to(by, key_id))
    return Seal(by, salt, nonce, sealed, cost)


def _unsealed(seal: Seal, key_id: str, secret: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        derived = _derived(seal.by, secret, seal.salt, seal.cost)
        return AESGCM(derived).decrypt(seal.nonce, seal.sealed, _bound_to(seal.by, key_id))
    except (InvalidTag, WrongPasswordError):
        return None


def _derived(by: str, secret: str, salt: bytes, cost: Cost | None) -> bytes:
    if by == _RECOVERY or cost is None:
        return _by_hkdf(normal_form(secret), salt)
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        _password_form(secret).encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _by_hkdf(recovery_key: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"banbiantian recovery")
    return hkdf.derive(recovery_key.encode())


def _password_form(password: str) -> str:
    # an input method left in full-width mode must not lock anyone out
    return unicodedata.normalize("NFKC", password)


def _bound_to(by: str, key_id: str) -> bytes:
    return f"{_FORMAT}/{_VERSION}/{by}/{key_id}".encode()


def _sum(body: Mapping[str, Any]) -> str:
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _seal_to_json(seal: Seal) -> dict[str, Any]:
    binary = {name: base64.b64encode(getattr(seal, name)).decode() for name in _BINARY}
    cost = None if seal.cost is None else asdict(seal.cost)
    return {"by": seal.by, "argon2id": cost, **binary}


def _seal_from_json(found: Mapping[str, Any]) -> Seal:
    binary = {name: base64.b64decode(found[name], validate=True) for name in _BINARY}
    cost = None if found["argon2id"] is None else _believable(Cost(**found["argon2id"]))
    return Seal(by=str(found["by"]), cost=cost, **binary)


def _believable(cost: Cost) -> Cost:
    """Refuse a cost no ring of ours has: it would only exhaust the PC."""
    within = (
        1 <= cost.passes <= DEAREST.passes
        and 8 * cost.lanes <= cost.memory_kib <= DEAREST.memory_kib
        and 1 <= cost.lanes <= DEAREST.lanes
    )
    if not within:
        raise ValueError("cost")
    return cost


_BINARY = ("salt", "nonce", "sealed")
