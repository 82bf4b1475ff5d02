"""Who may open a protected database: its data key, and the ways that key is kept.

The database is encrypted with 32 random bytes, the data key. A key ring holds that key sealed once
by the password and once by the recovery key. It lies beside the database, in two copies, and at
the end of every protected backup, so no single lost thing loses the data.
"""

from db.keys.keyring import MIN_PASSWORD, Cost, KeyRing, check_password
from db.keys.opening import (
    change_password,
    is_protected,
    renew_recovery_key,
    unlock,
)
from db.keys.recovery_key import new_recovery_key
from db.keys.remembered import forget, remember, remembered_key

__all__ = [
    "MIN_PASSWORD",
    "Cost",
    "KeyRing",
    "change_password",
    "check_password",
    "forget",
    "is_protected",
    "new_recovery_key",
    "remember",
    "remembered_key",
    "renew_recovery_key",
    "unlock",
]
