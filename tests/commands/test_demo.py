"""``demo``: the sample year, step by step."""

from __future__ import annotations

from pathlib import Path

from tests.commands.desk import Desk, refused


def test_every_step_is_told_with_its_counts_and_seconds(desk: Desk, tmp_path) -> None:
    folder = tmp_path / "样例"
    told = desk.bare("--today", desk.today, "demo", folder, "--no-window", "--json")
    assert (told.code, told.err) == (0, "")
    for step in told.json["steps"]:
        assert set(step) == {"name", "seconds", "counts"}
        assert step["seconds"] >= 0
        assert all(isinstance(count, int) for count in step["counts"].values())
    for file in told.json["files"]:
        assert Path(file).stat().st_size > 0
        assert Path(file).is_relative_to(folder)
    kinds = {Path(file).suffix for file in told.json["files"]}
    assert {".pdf", ".xlsx"} <= kinds
    shown = Desk(folder, desk.capsys)
    assert len(shown.done("list", "members", "--json").json) == 200
    assert shown.done("check", "--json").json["findings"] == []


def test_words_are_one_line_for_each_step(desk: Desk, tmp_path) -> None:
    told = desk.bare("demo", tmp_path / "样例", "--no-window")
    assert told.code == 0
    assert all("秒）" in line for line in told.out.splitlines())
    assert "新增 46" in told.out


def test_without_a_folder_the_data_folder_is_filled(desk: Desk) -> None:
    desk.done("demo", "--no-window")
    assert len(desk.done("list", "members", "--json").json) == 200


def test_a_folder_with_people_in_it_stays_as_it_is(filled: Desk) -> None:
    before = filled.people()
    refused(filled("demo", "--no-window", "--json"), "已经有 3 人的名册")
    assert filled.people() == before
    assert len(filled.log()) == 1
