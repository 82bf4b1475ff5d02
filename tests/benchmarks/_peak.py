"""The most memory this process ever held, which `getrusage` would inherit from its parent."""

from __future__ import annotations

from pathlib import Path


def megabytes() -> float:
    """The high-water mark of this process alone; Linux only, as the benchmarks of memory are."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
