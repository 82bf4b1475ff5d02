"""What somebody needs who gets the repository: commands that work, pins, licences."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

PIN = re.compile(
    r"^([\w.-]+)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def project() -> dict[str, list[str]]:
    """Direct dependencies, of the program and for testing."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {
        "requirements.txt": declared["dependencies"],
        "requirements-test.txt": declared["dependencies"]
        + declared["optional-dependencies"]["test"],
    }


def pins(file: str) -> dict[str, str]:
    """Package to version."""
    text = (ROOT / file).read_text("utf-8")
    found = list(PIN.finditer(text))
    assert "".join(match[0] for match in found) == text, "something is not pinned by hash"
    return {str(canonicalize_name(match[1])): match[2] for match in found}


def block(mark: str) -> str:
    """The command of the README under a mark."""
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.findall(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", text, re.DOTALL)
    assert len(found) == 1, mark
    return str(found[0])


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_every_dependency_is_pinned_within_its_bounds(file: str) -> None:
    pinned = pins(file)

    for words in project()[file]:
        wanted = Requirement(words)
        assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), words


def test_tests_run_with_the_very_versions_people_install() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-test.txt").items()


def test_every_package_is_named_with_its_licence() -> None:
    text = (ROOT / "docs" / "third-party.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|", text, re.MULTILINE)
    named = {canonicalize_name(name) for name, licence in rows if licence.strip()}

    assert set(pins("requirements-test.txt")) <= named


def test_the_commands_of_the_readme_differ_only_in_what_they_are_for() -> None:
    install = "python3 -m venv .venv && .venv/bin/pip install --require-hashes -r {} && "
    install += ".venv/bin/pip install --no-deps -e . && "

    assert block("run:linux").startswith(install.format("requirements.txt"))
    assert block("test:linux") == install.format("requirements-test.txt") + (
        ".venv/bin/python -m pytest"
    )


def test_the_check_runs_the_readmes_command_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")

    assert 'bash -c "$tests"' in script
    assert "block test:linux" in script
    assert not re.search(r"\bpip\b|pytest|requirements", script)


def test_the_hosted_check_says_what_the_readme_says() -> None:
    hosted = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    windows = [
        line
        for line in re.findall(r"```powershell\n(.*?)\n```", readme, re.DOTALL)
        if "pytest" in line
    ]

    assert len(windows) == 1
    assert windows[0] in hosted
    assert block("libraries:test") in hosted
    assert "run: .ci/run" in hosted


def test_every_page_a_document_links_to_is_there() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in link:
                assert Path(page.parent, link).exists(), f"{page.name}: {link}"
