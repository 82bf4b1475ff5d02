"""The command line as a caller drives it, and small lists of invented people for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from tests.people import birthdays, id_number

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-04-14"
PASSWORD, OTHER_PASSWORD = "青兰-云泽-2026", "白露-云泽-2027"

WANG, LI, OUYANG, MAN = (
    id_number(date(1985, 6, 12)),
    id_number(date(1978, 11, 3)),
    id_number(date(1991, 11, 24)),
    id_number(date(1980, 5, 5), 1),
)
HEAD = ("姓名", "性别", "身份证号码", "出生年月", "单位", "手机", "饭卡号")
ROWS = (
    ("王芳", "女", WANG, "1985.06.12", "办公室", "13800001001", "007"),
    ("李敏", "女", LI, "1978.11.03", "监测站", "13800001002", "008"),
    ("欧阳倩", "女", "", "1991.11", "监测站", "13800001003", ""),
    ("周建国", "男", MAN, "1980.05.05", "监测站", "13800001004", ""),
)


@dataclass(frozen=True)
class Told:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output; anything else beside it is a fault."""
        return json.loads(self.out)


@dataclass
class Desk:
    """Runs commands in this process on one data folder, on a fixed day."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    today: str = DAY
    names: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: object) -> Told:
        return self.bare("--data", self.folder, "--today", self.today, *words)

    def bare(self, *words: object) -> Told:
        """Without the folder and the day."""
        self.capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = self.capsys.readouterr()
        return Told(code, out, err)

    def done(self, *words: object) -> Told:
        """A command that must end well."""
        told = self(*words)
        assert told.code == 0, told.err
        return told

    def people(self, *words: object) -> dict[str, dict[str, Any]]:
        """The roster by name."""
        listed = self.done("list", "members", "--full", "--json", *words).json
        return {one["name"]: one for one in listed}

    def log(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.done("log", "--json").json
        return entries


def refused(told: Told, *words: str) -> dict[str, str]:
    """The three sentences of a refusal asked for with ``--json``; ``words`` must stand in them."""
    assert told.code == 1, (told.out, told.err)
    error: dict[str, str] = told.json["error"]
    sentences = [error["happened"], error["kept"], error["remedy"]]
    for sentence in sentences:
        assert sentence.endswith("。"), error
    assert told.err == "".join(sentences) + "\n"
    for word in words:
        assert word in told.err
    return error


def program(
    *words: object, wrapped: Sequence[str] = (), **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """``python -m desktop`` as a program of its own; ``wrapped`` goes before the words."""
    return subprocess.run(
        [*(wrapped or [sys.executable, "-m", "desktop"]), *map(str, words)],
        cwd=ROOT,
        env=surroundings(**variables),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


def surroundings(**variables: str) -> dict[str, str]:
    """An environment without anything the program could take its settings from."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("BANBIANTIAN_", "PYTHONIO"))}
    return {**own, "QT_QPA_PLATFORM": "offscreen", **variables}


def workbook(path: Path, rows: Sequence[Sequence[object]], sheet: str = "花名册") -> Path:
    """A plain xlsx with these rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path


def roster(path: Path, *rows: Sequence[object]) -> Path:
    """A roster with one heading row; :data:`ROWS` where nobody is named."""
    return workbook(path, [HEAD, *(rows or ROWS)])


def crowd(path: Path, count: int) -> Path:
    """A roster of many women in twenty units."""
    given = "芳敏静丽英兰梅燕春海"
    rows = [
        ("王李张刘陈杨黄赵吴周"[n % 10] + given[n // 10 % 10] + given[n // 100 % 10],
         "女", id_number(born, n // 600 % 400 * 2), "", f"单位{n % 20}", "", "")
        for n, born in enumerate(birthdays(count))
    ]  # fmt: skip
    return roster(path, *rows)


def recipients(path: Path, *names: str) -> Path:
    """A list for certificates."""
    return workbook(path, [("序号", "姓名", "单位"), *((n, x, "") for n, x in enumerate(names, 1))])
