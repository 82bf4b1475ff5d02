"""Does the map of the house show the house that stands?"""

from __future__ import annotations

import re

from desktop import cli
from tests.house.tree import ROOT, files

MAP = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
NAMED = re.findall(r"`([^`\n]+)`", MAP)
CODE = {"db", "desktop", "resources"}


def rooms() -> set[str]:
    """Every folder one step below the top ones that holds something git keeps."""
    inside = (path.relative_to(ROOT).parts for path in files())
    return {"/".join(parts[:2]) for parts in inside if parts[0] in CODE and len(parts) > 2}


def commands() -> set[str]:
    """Every command the program itself names in its help."""
    return set(re.findall(r"^    ([a-z]\w*)  ", cli.parser().format_help(), re.MULTILINE))


def is_named(room: str) -> bool:
    short = room.partition("/")[2] + "/"
    return room + "/" in MAP or any(name in (short, room) for name in NAMED)


def test_every_room_is_on_the_map() -> None:
    assert [room for room in sorted(rooms()) if not is_named(room)] == []


def test_the_map_shows_no_room_that_is_not_there() -> None:
    paths = [
        name for name in NAMED if re.fullmatch(r"(?:db|desktop|resources|tests)/[\w./]*", name)
    ]

    assert len(paths) > 15
    missing = [name for name in paths if not (ROOT / name).exists()]
    assert [name for name in missing if not (ROOT / f"{name}.py").exists()] == []


def test_the_map_names_the_commands_there_are() -> None:
    (row,) = re.findall(r"^\| `desktop/commands/` \| `([^`]+)` \|$", MAP, re.MULTILINE)

    assert len(commands()) > 10
    assert set(row.split()) == commands()
