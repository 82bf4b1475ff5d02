"""``python -m tests.benchmarks [name …]``: every ratio against its floor, in one table."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests import benchmarks

Result = tuple[str, float, str]


def names() -> list[str]:
    """Every benchmark there is."""
    return sorted(
        one.name for one in pkgutil.iter_modules(benchmarks.__path__) if one.name[0] != "_"
    )


def measured(wanted: list[str]) -> Iterator[Result]:
    """Each result as soon as it is known."""
    for name in wanted:
        module = importlib.import_module(f"{benchmarks.__name__}.{name}")
        with tempfile.TemporaryDirectory() as folder:
            yield from module.run(Path(folder))


def main(given: list[str]) -> int:
    """Print the table for the named benchmarks, or for all."""
    unknown = sorted(set(given) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(names())}")
        return 2
    for what, ratio, goal in measured(given or names()):
        print(f"{ratio:8.3f}  {what}: {goal}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
