"""What may stand in the repository, and what never does."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import ROOT, TOP, files, texts

# written in pieces, so that this file does not accuse itself
HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("files", "pythonhosted"),
            ("registry", "npmjs"),
            ("npmmirror", "com"),
            ("tuna", "tsinghua"),
            ("mirrors", "aliyun"),
            ("deb", "debian"),
        )
    )
)
MACHINE_PATHS = re.compile(r"(?<![\w.:/\\])(?:/(?:work|opt|root|home)/\w|[A-Z]:\\Users\\\w)")
INDEX_OPTIONS = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host")
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
TOKENS = ROOT / "desktop" / "ui" / "theme.py"


def matches(pattern: re.Pattern[str], where: dict[Path, str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number} {found[0]}"
        for path, text in where.items()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := pattern.search(line))
    ]


def test_the_top_of_the_repository_holds_what_it_should() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in files()} <= TOP


def test_no_package_source_is_named() -> None:
    assert matches(HOSTS, texts()) == []
    own = {path: text for path, text in texts().items() if path != Path(__file__)}
    assert matches(INDEX_OPTIONS, own) == []


def test_no_path_of_somebodys_machine_is_named() -> None:
    own = {path: text for path, text in texts().items() if path != Path(__file__)}
    assert matches(MACHINE_PATHS, own) == []


def test_colours_stand_in_the_token_table_only() -> None:
    painted = {
        path: text
        for path, text in texts().items()
        if path != TOKENS and (ROOT / "desktop" / "ui" in path.parents or path.suffix == ".qss")
    }

    assert painted
    assert matches(COLOUR, painted) == []


def test_every_font_has_its_licence_beside_it() -> None:
    folder = ROOT / "resources" / "fonts"
    fonts = [path for path in folder.iterdir() if path.suffix in (".ttf", ".otf", ".ttc")]

    families = {re.split(r"-|(?<=HanaMin)B", font.stem)[0] for font in fonts}

    assert fonts
    assert {f"LICENSE-{family}.txt" for family in families} <= {
        one.name for one in folder.iterdir()
    }


def test_nothing_generated_is_kept() -> None:
    generated = {".pyc", ".db", ".log", ".egg-info", ".spec~", ".orig", ".rej"}

    assert [path for path in files() if path.suffix in generated] == []
