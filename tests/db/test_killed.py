"""A program killed at any moment loses nothing it had acknowledged and leaves nothing half done."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db import changes, copies
from db.changes.tables import change_sets
from db.session import Database
from db.tables import Member, Unit
from tests.db.writing_child import PEOPLE

KILLS = 32


def run_and_kill(path: Path, after: int, delay: float) -> list[str]:
    """Start the writer, let it acknowledge ``after`` steps and ``delay`` more seconds, kill it."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.db.writing_child", str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    seen = [child.stdout.readline() for _ in range(after)]
    try:
        child.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        child.kill()
    rest, _ = child.communicate()
    assert child.returncode != 0
    # a line cut off by the kill was not acknowledged
    return [
        line for line in "".join([*seen, rest]).splitlines(keepends=True) if line.endswith("\n")
    ]


@pytest.mark.slow
def test_killed_again_and_again_every_acknowledged_step_is_there_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "banbiantian.db"
    chance = random.Random(8)
    acknowledged: dict[int, tuple[str, int]] = {}
    for _ in range(KILLS):
        for line in run_and_kill(path, chance.randint(1, 4), chance.uniform(0, 0.06)):
            verb, step, turn = line.split()
            acknowledged[int(step)] = (verb, int(turn))
        assert_whole(path, acknowledged)
    assert len(acknowledged) > KILLS
    assert {verb for verb, _ in acknowledged.values()} == {"did", "undid"}


def assert_whole(path: Path, acknowledged: dict[int, tuple[str, int]]) -> None:
    with Database.open(path) as database, database.read() as session:
        steps = {row.id: row.kind for row in session.execute(select(change_sets))}
        assert set(acknowledged) <= set(steps)
        assert all(
            steps[step] == {"did": "do", "undid": "undo"}[verb]
            for step, (verb, _) in acknowledged.items()
        )
        assert changes.verify_chain(session) == []
        assert changes.verify_records(session) == []
        people = session.execute(
            select(Unit.sort_order, func.count(Member.id))
            .join_from(Unit, Member, isouter=True)
            .group_by(Unit.id)
        ).all()
        # a unit is there with all of its people, or not at all
        assert {count for _, count in people} <= {PEOPLE}
        present = {turn for turn, _ in people}
        taken_back = {turn for verb, turn in acknowledged.values() if verb == "undid"}
        assert not taken_back & present
        done = {turn for verb, turn in acknowledged.values() if verb == "did"}
        # every third turn may have been taken back without living to say so
        assert {turn for turn in done if turn % 3} <= present
    copies.prove(path)
