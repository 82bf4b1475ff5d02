"""Who may import whom, and what is imported only when it is needed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules, run

HEAVY = frozenset(
    "alembic pypinyin openpyxl reportlab python_calamine xlrd xlsxwriter segno argon2 cryptography "
    "msoffcrypto".split()
)
QT = frozenset(("PySide6", "shiboken6"))
OPEN_THE_WINDOW = (ROOT / "desktop" / "app.py", ROOT / "desktop" / "commands" / "tour.py")


def imports(body: list[ast.stmt], *, at_import_time: bool) -> Iterator[tuple[int, str]]:
    """Line and name of every import; with ``at_import_time`` only those a plain import runs."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
        elif at_import_time and (
            isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or is_for_types(node)
        ):
            continue
        else:
            for _, value in ast.iter_fields(node):
                if isinstance(value, list):
                    inner = [one for one in value if isinstance(one, (ast.stmt, ast.ExceptHandler))]
                    yield from imports(inner, at_import_time=at_import_time)  # type: ignore[arg-type]


def is_for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def found(path: Path, unwanted: frozenset[str], *, at_import_time: bool) -> list[str]:
    body = ast.parse(path.read_text("utf-8")).body
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for line, name in imports(body, at_import_time=at_import_time)
        if name.partition(".")[0] in unwanted
    ]


def test_the_house_keeps_its_three_laws() -> None:
    done = run(
        "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    )

    assert done.returncode == 0, done.stdout


def test_qt_is_imported_only_by_the_window() -> None:
    elsewhere = [
        path
        for path in modules("db", "desktop")
        if ROOT / "desktop" / "ui" not in path.parents and path not in OPEN_THE_WINDOW
    ]

    assert [line for path in elsewhere for line in found(path, QT, at_import_time=False)] == []
    opening = [line for path in OPEN_THE_WINDOW for line in found(path, QT, at_import_time=True)]
    assert opening == []  # they, too, only once there is a window to open


def test_heavy_libraries_are_imported_when_first_needed() -> None:
    eager = [path for path in modules("db", "desktop") if "migrations" not in path.parts]

    assert [line for path in eager for line in found(path, HEAVY, at_import_time=True)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import openpyxl", ["openpyxl"]),
        ("from reportlab.pdfgen import canvas", ["reportlab.pdfgen"]),
        ("class A:\n    import xlrd", ["xlrd"]),
        ("try:\n    import segno\nexcept ImportError:\n    import argon2", ["segno", "argon2"]),
        ("def f():\n    import openpyxl", []),
        ("if TYPE_CHECKING:\n    import openpyxl", []),
    ],
)
def test_the_look_for_early_imports_sees_what_python_runs(text: str, expected: list[str]) -> None:
    assert [name for _, name in imports(ast.parse(text).body, at_import_time=True)] == expected
