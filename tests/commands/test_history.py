"""``log`` and ``undo``: what was done, and taking it back."""

from __future__ import annotations

from tests.commands.desk import ROWS, Desk, refused, roster


def change_phone_of_wang(desk: Desk, tmp_path) -> int:
    file = roster(tmp_path / "改号.xlsx", (*ROWS[0][:5], "13900001001", "007"))
    changeset: int = desk.done("import", "members", file, "--json").json["changeset"]
    return changeset


def test_the_newest_step_stands_first_and_says_what_was_done(filled: Desk, tmp_path) -> None:
    change_phone_of_wang(filled, tmp_path)
    newest, oldest = filled.log()
    assert set(newest) >= {"id", "at", "what", "counts"}
    assert newest["what"] == "导入《改号.xlsx》：更新 1 人"
    assert oldest["what"] == "导入《名册.xlsx》：新增 3 人"
    assert newest["counts"]["members"]["changed"] == 1
    assert oldest["counts"]["members"]["added"] == 3


def test_the_log_gives_as_many_steps_as_asked_for(filled: Desk, tmp_path) -> None:
    change_phone_of_wang(filled, tmp_path)
    told = filled.done("log", "--last", "1", "--json").json
    assert [one["what"] for one in told] == ["导入《改号.xlsx》：更新 1 人"]
    assert "改号" in filled.done("log", "--last", "1").out
    assert "名册" not in filled.done("log", "--last", "1").out


def test_an_import_is_taken_back_as_a_whole(filled: Desk) -> None:
    changeset = filled.log()[0]["id"]
    told = filled.done("undo", "--json").json
    assert (told["undone"], told["kept"]) == (changeset, [])
    assert told["what"] == "导入《名册.xlsx》：新增 3 人"
    assert filled.people() == {}
    assert filled.log()[1]["undone"] is True


def test_what_was_undone_can_be_imported_again(filled: Desk, tmp_path) -> None:
    filled.done("undo")
    told = filled.done("import", "members", tmp_path / "名册.xlsx", "--json").json
    assert told["new"] == 3


def test_an_older_import_is_taken_back_and_what_was_edited_since_is_kept(
    filled: Desk, tmp_path
) -> None:
    first = filled.log()[0]["id"]
    change_phone_of_wang(filled, tmp_path)
    told = filled.done("undo", first, "--json").json
    assert told["undone"] == first
    kept = [one for one in told["kept"] if one["table"] == "members"]
    assert len(kept) == 1
    assert kept[0]["reason"]
    assert list(filled.people()) == ["王芳"]
    assert filled.people()["王芳"]["phone"] == "13900001001"


def test_words_tell_what_was_kept(filled: Desk, tmp_path) -> None:
    first = filled.log()[0]["id"]
    change_phone_of_wang(filled, tmp_path)
    told = filled.done("undo", first)
    assert told.out.startswith("已撤销：导入《名册.xlsx》")
    assert "保留未动" in told.out


def test_an_undo_can_be_taken_back(filled: Desk) -> None:
    before = filled.people()
    filled.done("undo")
    filled.done("undo", filled.log()[0]["id"])
    assert filled.people() == before


def test_steps_are_taken_back_one_after_the_other(filled: Desk, tmp_path) -> None:
    change_phone_of_wang(filled, tmp_path)
    filled.done("undo")
    assert filled.people()["王芳"]["phone"] == "13800001001"
    filled.done("undo")
    assert filled.people() == {}
    refused(filled("undo", "--json"), "没有可以撤销的步骤")


def test_a_step_is_taken_back_once(filled: Desk) -> None:
    changeset = filled.log()[0]["id"]
    filled.done("undo", changeset)
    refused(filled("undo", changeset, "--json"), "已经撤销过")


def test_a_step_that_never_was_is_refused(filled: Desk) -> None:
    refused(filled("undo", "99", "--json"), "99")
    assert len(filled.people()) == 3
