"""What the command line says of the past: who saw numbers, and the roster of an earlier day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.commands.desk import LI, WANG, Desk, roster


def test_a_list_in_full_is_noted_and_a_masked_one_is_not(filled: Desk) -> None:
    filled.done("list", "members")
    assert filled.done("log", "--accesses").out == "还没有人看过完整号码。\n"
    filled.done("list", "members", "--find", "王", "--full")
    filled.done("list", "members", "--find", "没有这个人", "--full")
    (look,) = filled.done("log", "--accesses", "--json").json
    assert (look["what"], look["count"], look["actor"]) == ("list_full", 1, "命令行")


def test_the_log_of_looks_names_nobody_and_is_no_step(filled: Desk, tmp_path: Path) -> None:
    steps = filled.log()
    filled.done("export", "members", tmp_path / "a.xlsx", "--full")
    filled.done("list", "members", "--full")
    told = filled.done("log", "--accesses").out
    assert ["导出完整号码，3 人" in told, "列出完整号码，3 人" in told] == [True, True]
    for private in ("王芳", "李敏", WANG, LI, "13800001001"):
        assert private not in told
    assert filled.log() == steps
    assert len(filled.done("log", "--accesses", "--last", 1, "--json").json) == 1


def test_the_list_of_a_past_day_has_nobody_who_came_later(filled: Desk) -> None:
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - the clock of the import
    assert filled.done("list", "members", "--as-of", yesterday, "--json").json == []
    tomorrow = yesterday + timedelta(days=2)
    assert len(filled.done("list", "members", "--as-of", tomorrow, "--json").json) == 3


def test_an_export_of_a_past_day_is_empty_where_the_roster_was(
    filled: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "那天.xlsx"
    told = filled.done("export", "members", target, "--as-of", "2020-12-31", "--json")
    assert told.json["rows"] == 0
    assert filled("list", "members", "--as-of", "去年").code == 2


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_an_empty_log_of_looks_is_an_empty_list(
    desk: Desk, tmp_path: Path, words: tuple[str, ...]
) -> None:
    desk.done("import", "members", roster(tmp_path / "a.xlsx"))
    told = desk.done("log", "--accesses", *words)
    assert told.out.strip() in ("[]", "还没有人看过完整号码。")
