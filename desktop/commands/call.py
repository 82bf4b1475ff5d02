"""What every command is given: the folder, the day, and where its words go."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from db.errors import AppError
from desktop.paths import DataFolder
from desktop.services.office import Office, opened

PASSWORD_VARIABLE = "BANBIANTIAN_PASSWORD"  # noqa: S105 - the name of a variable
NEW_PASSWORD_VARIABLE = "BANBIANTIAN_NEW_PASSWORD"  # noqa: S105
ACTOR = "命令行"

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


@dataclass(frozen=True)
class Call:
    """One call of a command: its arguments and its surroundings."""

    args: argparse.Namespace
    folder: DataFolder
    today: date
    clock: Callable[[], datetime]
    out: TextIO
    err: TextIO

    @property
    def as_json(self) -> bool:
        return bool(self.args.json)

    def say(self, text: str) -> None:
        """A line for a person; nothing when JSON was asked for."""
        if not self.as_json:
            print(text, file=self.out)

    def warn(self, text: str) -> None:
        """A line about a problem, on standard error."""
        print(text, file=self.err)

    def answer(self, found: Any) -> None:
        """The JSON answer; nothing when words were asked for."""
        if self.as_json:
            print(json.dumps(found, ensure_ascii=False, indent=1, default=str), file=self.out)

    def refuse(self, refused: AppError) -> None:
        """Tell a refusal: three sentences, and as JSON their parts."""
        self.answer(
            {
                "error": {
                    "code": refused.code,
                    "happened": refused.happened,
                    "kept": refused.kept,
                    "remedy": refused.remedy,
                }
            }
        )
        self.warn(str(refused))

    @contextmanager
    def office(self, *, folder: DataFolder | None = None) -> Iterator[Office]:
        """The data folder, opened for this command and closed (and backed up) after it."""
        with opened(
            folder or self.folder, secret=self.secret, actor=ACTOR, clock=self.clock
        ) as office:
            yield office

    def secret(self) -> str | None:
        """The password from the environment, or asked for at the terminal."""
        given = os.environ.get(PASSWORD_VARIABLE)
        return given if given is not None else ask_secret("数据库密码：")


def ask_secret(prompt: str) -> str | None:
    """A password typed at the terminal without showing it; ``None`` where nobody can type."""
    if not sys.stdin or not sys.stdin.isatty():
        return None
    import getpass

    return getpass.getpass(prompt)


def now() -> datetime:
    """The present moment; the one clock of the command line."""
    return datetime.now(UTC)


def existing(text: str) -> Path:
    """A path given on the command line."""
    return Path(text).expanduser()
