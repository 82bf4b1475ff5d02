"""How is a file read that might take the program with it?

In a process of its own, with a limit on memory and on time. The child is this very Python, or in
the built application the executable itself started with :data:`CHILD_WORD`; the start-up files call
:func:`run_if_asked` before anything else. Nothing is written to the disk: the bytes go in and the
cells come out through pipes.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from desktop.exchange.reading.limits import limit_memory
from desktop.exchange.reading.parsing import Parsed, parse
from desktop.exchange.reading.refusals import Refused

CHILD_WORD = "--read-one-workbook"
MEMORY = 900 << 20
SECONDS = 12.0

_CODE = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from desktop.exchange.reading.child import main; main()"
)


def run_if_asked(arguments: list[str]) -> bool:
    """Whether this process is a reading child; if so it has done its work when this returns."""
    if arguments[1:2] != [CHILD_WORD]:
        return False
    main()
    return True


def parse_in_child(data: bytes, password: str | None) -> Parsed:
    """Like :func:`parse`, in a process that may fail. Raises :class:`Refused`."""
    request = pickle.dumps((data, password), protocol=5)
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        try:
            answer, complaint = process.communicate(request, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise Refused("took_too_long") from error
    if process.returncode or not answer:
        is_memory = b"memory" in complaint or b"MemoryError" in complaint
        details = f"child ended with {process.returncode}"
        raise Refused("out_of_memory" if is_memory else "damaged", details)
    word, *rest = pickle.loads(answer)  # noqa: S301 - written by our own child a moment ago
    if word == "refused":
        raise Refused(*rest)
    parsed: Parsed = rest[0]
    return parsed


def main() -> None:
    """Read one request from standard input, answer on standard output."""
    limit_memory(MEMORY)
    with os.fdopen(0, "rb", closefd=False) as source:
        data, password = pickle.loads(source.read())  # noqa: S301 - written by our own parent
    answer = _answer(data, password)
    with os.fdopen(1, "wb", closefd=False) as target:
        target.write(answer)


def _answer(data: bytes, password: str | None) -> bytes:
    try:
        parsed = parse(data, password, in_child=True)
        del data
        return pickle.dumps(("read", parsed), protocol=5)
    except Refused as refused:
        return pickle.dumps(("refused", refused.reason, refused.details))
    except MemoryError:
        return pickle.dumps(("refused", "out_of_memory", ""))


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_WORD]
    # isolated and without site: the parent's own path is handed over, which also starts faster
    return [
        sys.executable,
        "-I",
        "-S",
        "-c",
        _CODE,
        *(path or str(Path.cwd()) for path in sys.path),
    ]
