"""``password`` and everything else on protected data, with passwords from the environment."""

from __future__ import annotations

import pytest

from tests.commands.desk import OTHER_PASSWORD, PASSWORD, WANG, Desk, refused

PLAIN = b"SQLite format 3\0"


@pytest.fixture
def env(monkeypatch):
    """Sets the present and the new password; ``None`` takes one away."""

    def put(present: str | None = None, new: str | None = None) -> None:
        for name, value in (("BANBIANTIAN_PASSWORD", present), ("BANBIANTIAN_NEW_PASSWORD", new)):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    return put


@pytest.fixture
def locked(filled: Desk, env, tmp_path) -> Desk:
    """The small roster under :data:`PASSWORD`; nothing is in the environment."""
    env(new=PASSWORD)
    told = filled.done("password", "set", "--recovery-key", tmp_path / "恢复密钥.txt", "--json")
    assert told.json["protected"] is True
    env()
    return filled


def recovery_key(tmp_path) -> str:
    text = (tmp_path / "恢复密钥.txt").read_text("utf-8")
    key, *_ = (line for line in text.splitlines() if line.count("-") >= 4)
    return key.strip()


def test_protected_data_open_with_the_password_only(locked: Desk, env) -> None:
    error = refused(locked("list", "members", "--json"), "密码")
    assert error["code"] == "password_needed"
    env(present=OTHER_PASSWORD)
    assert refused(locked("list", "members", "--json"), "密码")["code"] == "wrong_password"
    env(present=PASSWORD)
    assert locked.people()["王芳"]["id_number"] == WANG


def test_the_recovery_key_opens_in_place_of_the_password(locked: Desk, env, tmp_path) -> None:
    env(present=recovery_key(tmp_path))
    assert len(locked.people()) == 3


def test_nothing_in_the_folder_can_be_read_without_the_password(locked: Desk) -> None:
    for path in locked.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not content.startswith(PLAIN), path.name
            assert "王芳".encode() not in content, path.name
            assert WANG.encode() not in content, path.name


def test_a_password_is_changed_with_the_present_one_or_the_recovery_key(
    locked: Desk, env, tmp_path
) -> None:
    env(present="falsch-2026", new=OTHER_PASSWORD)
    assert refused(locked("password", "change", "--json"))["code"] == "wrong_password"
    env(present=recovery_key(tmp_path), new=OTHER_PASSWORD)
    assert locked.done("password", "change", "--json").json == {"protected": True}
    env(present=PASSWORD)
    assert refused(locked("log", "--json"))["code"] == "wrong_password"
    env(present=OTHER_PASSWORD)
    assert len(locked.people()) == 3
    env(present=recovery_key(tmp_path))
    assert len(locked.people()) == 3


def test_a_password_is_taken_away(locked: Desk, env) -> None:
    env(present=PASSWORD)
    assert locked.done("password", "remove", "--json").json == {"protected": False}
    env()
    assert len(locked.people()) == 3
    assert locked.folder.joinpath("banbiantian.db").read_bytes().startswith(PLAIN)


@pytest.mark.parametrize("words", [["change"], ["remove"]])
def test_there_is_no_password_to_change_or_remove_where_none_is_set(
    filled: Desk, env, words
) -> None:
    env(present=PASSWORD, new=OTHER_PASSWORD)
    refused(filled("password", *words, "--json"), "没有设置密码")


def test_a_password_is_not_set_twice(locked: Desk, env, tmp_path) -> None:
    env(present=PASSWORD, new=OTHER_PASSWORD)
    again = locked("password", "set", "--recovery-key", tmp_path / "2.txt", "--json")
    refused(again, "已经有密码保护")
    assert not (tmp_path / "2.txt").exists()


@pytest.mark.parametrize("place", ["nowhere/key.txt", "there.txt", "."])
def test_without_a_saved_recovery_key_nothing_is_protected(
    filled: Desk, env, tmp_path, place
) -> None:
    (tmp_path / "there.txt").write_text("mine")
    env(new=PASSWORD)
    refused(filled("password", "set", "--recovery-key", tmp_path / place, "--json"))
    env()
    assert len(filled.people()) == 3
    assert (tmp_path / "there.txt").read_text() == "mine"


@pytest.mark.parametrize("weak", ["123", ""])
def test_a_weak_password_is_refused_and_leaves_no_key(filled: Desk, env, tmp_path, weak) -> None:
    env(new=weak)
    refused(filled("password", "set", "--recovery-key", tmp_path / "k.txt", "--json"), "密码")
    assert not (tmp_path / "k.txt").exists()


def test_without_a_keyboard_the_new_password_must_be_in_the_environment(
    filled: Desk, tmp_path
) -> None:
    told = filled("password", "set", "--recovery-key", tmp_path / "k.txt", "--json")
    refused(told, "BANBIANTIAN_NEW_PASSWORD")


def test_an_empty_folder_can_be_protected_first(desk: Desk, env, tmp_path) -> None:
    env(new=PASSWORD)
    desk.done("password", "set", "--recovery-key", tmp_path / "k.txt")
    env(present=PASSWORD)
    assert desk.people() == {}
    told = desk.done("check", "--json").json
    assert told["protected"] is True


def test_a_protected_backup_goes_into_an_empty_folder_with_the_password(
    locked: Desk, env, tmp_path
) -> None:
    env(present=PASSWORD)
    told = locked.done("backup", tmp_path / "备份.db", "--json").json
    assert told["verified"] is True
    assert not (tmp_path / "备份.db").read_bytes().startswith(PLAIN)
    other = Desk(tmp_path / "other", locked.capsys)
    env()
    refused(other("restore", tmp_path / "备份.db", "--json"), "密码")
    env(present=OTHER_PASSWORD)
    assert refused(other("restore", tmp_path / "备份.db", "--json"))["code"] == "wrong_password"
    env(present=recovery_key(tmp_path))
    assert other.done("restore", tmp_path / "备份.db", "--json").json["rows"]["members"] == 3
    env(present=PASSWORD)
    assert other.people() == locked.people()
    assert other.done("check", "--json").json["protected"] is True


def test_imports_and_undo_work_under_a_password(locked: Desk, env, tmp_path) -> None:
    env(present=PASSWORD)
    assert locked.done("import", "members", tmp_path / "名册.xlsx", "--json").json["unchanged"] == 3
    locked.done("undo")
    assert locked.people() == {}
    assert locked.done("check", "--json").json["change_log"] is True
