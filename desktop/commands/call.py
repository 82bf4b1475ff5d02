"""What every command is given: the folder, the day, and where its words go."""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from db.errors import AppError, DiskFullError, UnusableError
from desktop.paths import PASSWORD_VARIABLE, DataFolder
from desktop.services.office import Office, opened

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
            _put(text, self.out)

    def warn(self, text: str) -> None:
        """A line about a problem, on standard error."""
        _put(text, self.err)

    def answer(self, found: Any) -> None:
        """The JSON answer; nothing when words were asked for."""
        if self.as_json:
            _put(json.dumps(found, ensure_ascii=False, indent=1, default=str), self.out)

    def flush(self) -> None:
        """Bring out what was said; ``DiskFullError`` where it cannot reach the file it goes to."""
        _put("", self.out, end="")

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

    def output(self, target: Path, suffix: str = "", *, read: Iterable[Path] = ()) -> Path:
        """``target``, refused where writing it would destroy what is read, or the data themselves.

        A name that promises another kind of file than ``suffix`` is refused, too.
        """
        if suffix and target.is_dir():
            raise UnusableError(
                f"“{target.name}”是一个文件夹，不能当作文件来写。",
                remedy=f"请在后面写上文件名，例如“{target.name}/结果{suffix}”。",
            )
        if any(_is_same(target, one) for one in read) or self._is_own(target):
            raise UnusableError(
                f"“{target.name}”正在使用，写在那里会毁掉它。",
                remedy="请给结果换一个文件名，再做一次。",
            )
        if suffix and target.suffix and target.suffix.lower() != suffix:
            raise UnusableError(
                f"结果是 {suffix[1:]} 文件，名字却以“{target.suffix}”结尾。",
                remedy=f"请把名字的结尾写成 {suffix}，再做一次。",
            )
        return target

    def _is_own(self, target: Path) -> bool:
        own = (self.folder.database, self.folder.settings)
        beside = target.resolve().parent == self.folder.root.resolve()
        return (beside and target.name.startswith(f"{self.folder.database.stem}.")) or any(
            _is_same(target, one) for one in own
        )

    def secret(self) -> str | None:
        """The password from the environment, or asked for at the terminal."""
        given = os.environ.get(PASSWORD_VARIABLE)
        return given if given is not None else ask_secret("数据库密码：")


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _put(text: str, stream: TextIO, *, end: str = "\n") -> None:
    """Say it; when nobody listens any more (``| head``) the work goes on all the same."""
    try:
        print(text, file=stream, end=end, flush=True)
    except OSError as error:
        _hush(stream)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFullError(
                "磁盘空间不够，结果没有写完。",
                kept="做好的改动都在，可以用 log 查看。",
                remedy="请清出一些空间，再看一次结果。",
                details=errno.errorcode[error.errno],
            ) from error


def _hush(stream: TextIO) -> None:
    """Let what is still to come go nowhere, or it would be complained about at the very end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def ask_secret(prompt: str) -> str | None:
    """A password typed at the terminal without showing it; ``None`` where nobody can type."""
    if not sys.stdin or not sys.stdin.isatty():
        return None
    import getpass

    try:
        return getpass.getpass(prompt)
    except EOFError:
        return None


def now() -> datetime:
    """The present moment; the one clock of the command line."""
    return datetime.now(UTC)
