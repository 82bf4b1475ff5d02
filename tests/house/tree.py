"""What is in the repository: the files git keeps, or would keep."""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".ttf", ".png", ".xlsx", ".xls", ".ico", ".pdf"}


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file of the repository that is still there, untracked ones not ignored included."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def texts() -> dict[Path, str]:
    """The text files and what they say."""
    read = {}
    for path in files():
        if path.suffix in BINARY or "samples" in path.parts or path.parent.name == "data":
            continue
        read[path] = path.read_text("utf-8")
    return read


def modules(*packages: str) -> tuple[Path, ...]:
    """The Python files of these packages."""
    return tuple(
        path
        for path in files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in packages
    )


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of this Python in the repository; what it said is in ``stdout``."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
