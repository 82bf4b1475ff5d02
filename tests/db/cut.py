"""A process that dies at a chosen step: ``python -m tests.db.cut WORK FOLDER STEP [SECRET]``.

``STEP`` counts the named steps from 0. A run that has fewer steps prints ``finished``.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from db.backup import restore
from db.keys import switching, unlock
from tests.db.small_office import CHEAP, PASSWORD

RECOVERY_KEY_FILE = "recovery.txt"
BACKUP = "backup.db"


def main(work: str, folder: Path, die_at: int) -> None:
    steps = iter(range(1_000))

    def mark(_name: str) -> None:
        if next(steps) == die_at:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    if work == "protect":
        recovery_key = (folder.parent / RECOVERY_KEY_FILE).read_text()
        switching.set_password(folder, PASSWORD, recovery_key, cost=CHEAP, mark=mark)
    elif work == "unprotect":
        key = unlock(folder, PASSWORD)
        switching.remove_password(folder, key, vault=folder.parent / "vault", mark=mark)
    elif work == "restore":
        moment = datetime(2026, 4, 14, 9, tzinfo=UTC)
        backup = folder.parent / BACKUP
        restore(folder, backup, now=moment, secret=PASSWORD, mark=mark)
    elif work == "recover":
        switching.recover_interrupted(folder, mark=mark)
    sys.stdout.write("finished\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
