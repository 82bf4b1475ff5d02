"""What holds for every command: where the data are, what day it is, and wrong usage."""

from __future__ import annotations

import json

import pytest

from tests.commands.desk import Desk, refused, roster


def test_options_for_every_command_may_stand_before_or_after_it(filled: Desk) -> None:
    before = filled.bare("--json", "--data", filled.folder, "log")
    after = filled.bare("log", "--data", filled.folder, "--json")
    between = filled.bare("--data", filled.folder, "list", "--json", "members")
    assert before.json == after.json
    assert len(before.json) == 1
    assert len(between.json) == 3


def test_what_stands_after_the_command_goes_before_what_stood_earlier(
    filled: Desk, tmp_path
) -> None:
    told = filled.bare("--data", tmp_path / "other", "log", "--data", filled.folder, "--json")
    assert len(told.json) == 1
    assert not (tmp_path / "other").exists()


def test_the_folder_may_come_from_the_environment(filled: Desk, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("BANBIANTIAN_DATA", str(filled.folder))
    assert len(filled.bare("log", "--json").json) == 1
    assert filled.bare("--data", tmp_path / "other", "log", "--json").json == []


def test_without_a_folder_the_data_lie_in_the_persons_own(desk: Desk, tmp_path) -> None:
    assert desk.bare("log").code == 0
    assert (tmp_path / "home" / "banbiantian" / "banbiantian.db").is_file()


def test_the_day_decides_how_old_people_are(desk: Desk, tmp_path) -> None:
    file = roster(tmp_path / "a.xlsx", ("王芳", "女", "", "1985.06", "办公室", "", ""))
    words = ["--data", desk.folder, "import", "members", file, "--dry-run", "--json", "--today"]
    now, later = (desk.bare(*words, day).json["problems"] for day in ("2026-04-14", "2090-04-14"))
    assert [one["code"] for one in now] == ["unit_unknown"]
    assert {one["code"] for one in later} == {"unit_unknown", "age_range"}


def test_the_day_stands_on_what_is_made_that_day(filled: Desk, tmp_path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "out.xlsx"
    filled.bare("--data", filled.folder, "export", "members", out, "--today", "2031-02-03")
    cells = [str(c.value) for row in load_workbook(out).active.iter_rows() for c in row if c.value]
    assert any("2031" in text for text in cells)


@pytest.mark.parametrize(
    "words",
    [
        ["nix"],
        ["list"],
        ["list", "cows"],
        ["import", "members"],
        ["log", "--last", "x"],
        ["log", "--last", "0"],
        ["log", "--last", "-3"],
        ["undo", "zwei"],
        ["--today", "nonsense", "log"],
        ["log", "--today", "2026-02-30"],
        ["log", "--frobnicate"],
        ["log", "--data"],
        ["--data", "", "log"],
        ["--jso", "log"],
        ["password"],
        ["password", "set"],
        ["password", "guess"],
        ["restore"],
        ["certificates", "list.xlsx"],
        ["certificates", "list.xlsx", "out.pdf", "--from", "0"],
        ["certificates", "list.xlsx", "out.pdf", "--from", "many"],
        ["certificates", "list.xlsx", "out.pdf", "--date", "8.3."],
        ["certificates", "list.xlsx", "out.pdf", "--overprint", "--dx", "nan"],
        ["certificates", "list.xlsx", "out.pdf", "--overprint", "--dy", "1e9"],
        ["export", "members", ""],
    ],
)
def test_wrong_usage_is_told_in_chinese_and_does_nothing(desk: Desk, words) -> None:
    told = desk.bare(*words)
    assert told.code == 2
    assert told.out == ""
    usage, *_, sentence = told.err.splitlines()
    assert usage.startswith("用法：banbiantian")
    assert sentence.endswith("没有做任何改动。加上 --help 可以看到怎么写。")
    for english in ("usage", "error", "argument", "invalid", "required", "expected"):
        assert english not in told.err
    assert not desk.folder.exists()


@pytest.mark.parametrize(
    "words",
    [[], *([w] for w in "demo tour import undo log list export template certificates".split()),
     ["password", "set"], ["backup"], ["restore"], ["check"]],
)  # fmt: skip
def test_every_command_explains_itself(desk: Desk, words) -> None:
    told = desk.bare(*words, "--help")
    assert told.code == 0
    assert told.out.startswith("用法：banbiantian")
    assert "--json" in told.out
    assert "show this" not in told.out


def test_the_version_is_told(desk: Desk) -> None:
    told = desk.bare("--version")
    assert (told.code, told.out) == (0, "半边天 0.1.0\n")


@pytest.mark.parametrize(
    "words",
    [
        ["log"],
        ["list", "members"],
        ["check"],
        ["backup"],
        ["undo"],
        ["template", "members", "{tmp}/t.xlsx"],
        ["export", "members", "{tmp}/e.xlsx"],
    ],
)
def test_json_is_one_value_and_nothing_else(filled: Desk, tmp_path, words) -> None:
    told = filled(*(word.format(tmp=tmp_path) for word in words), "--json")
    assert told.code == 0
    assert told.err == ""
    assert json.loads(told.out) is not None


def test_a_refusal_gives_its_parts_as_json_and_its_sentences_on_standard_error(desk: Desk) -> None:
    error = refused(desk("undo", "--json"), "没有可以撤销的步骤")
    assert error["code"] == "gone"
