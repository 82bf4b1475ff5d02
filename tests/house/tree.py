"""What is in the repository: the files git keeps."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = frozenset(
    ".ci .github .gitignore ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md LICENSE README.md "
    "build.spec db desktop docs pyproject.toml requirements.txt requirements-test.txt resources "
    "tests".split()
)
BINARY = {".ttf", ".png", ".xlsx", ".xls", ".ico", ".pdf"}


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file git keeps that is still there; all but caches where there is no git."""
    words = ["git", "ls-files", "-z", "--cached"]
    try:
        listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return tuple(sorted(_walked()))
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def _walked() -> Iterator[Path]:
    for top in (ROOT / name for name in TOP):
        for path in (top, *top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


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
