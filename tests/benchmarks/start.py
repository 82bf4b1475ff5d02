"""How long does she wait for the window: first paint and first letter, against the least window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROUNDS = 7
MOMENTS = {
    "paint": ("first paint", "goal: at most 1.5"),
    "ready": ("ready for typing", "goal: at most 4.5"),
}


def environment() -> dict[str, str]:
    """Compiled modules may be kept, as on her PC; no display is needed."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": "offscreen"}


def python(*words: str) -> str:
    """What a run of this Python says."""
    done = subprocess.run(
        [sys.executable, *words], env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def start(folder: Path | None = None) -> dict[str, Any]:
    """One start of our window over ``folder``, or of the bare one."""
    words = [str(folder)] if folder else []
    return dict(json.loads(python("-m", "tests.benchmarks._start_probe", *words)))


def run(folder: Path) -> list[tuple[str, float, str]]:
    """CPU of the process at both moments, against the bare window at the same moment."""
    data = folder / "data"
    python("-m", "desktop", "demo", str(data), "--no-window")
    start(data)
    pairs = [(start(data), start()) for _ in range(ROUNDS)]
    results = []
    for moment, (name, goal) in MOMENTS.items():
        mine = median(one[moment]["cpu"] for one, _ in pairs)
        floor = median(one[moment]["cpu"] for _, one in pairs)
        said = f"{mine * 1000:.0f} ms against {floor * 1000:.0f} ms of a bare window ({goal})"
        results.append((f"start: {name}, CPU", mine / floor, said))
    return results
