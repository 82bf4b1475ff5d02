"""Places that cannot be written, and data folders that are not what they should be."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from db.lock import hold
from tests.commands.desk import Desk, recipients, refused, roster
from tests.commands.forbidding import closed_to

OUTPUTS = {
    "export": (["export", "members"], ".xlsx"),
    "template": (["template", "members"], ".xlsx"),
    "certificates": (["certificates", "{list}"], ".pdf"),
    "backup": (["backup"], ".db"),
}


def writing(desk: Desk, tmp_path, command: str, target) -> dict[str, str]:
    words = [word.format(list=tmp_path / "list.xlsx") for word in OUTPUTS[command][0]]
    return refused(desk(*words, target, "--json"))


@pytest.fixture
def ready(filled: Desk, tmp_path) -> Desk:
    recipients(tmp_path / "list.xlsx", "王芳")
    return filled


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_folder_that_may_not_be_written_is_told_and_stays_as_it_is(
    ready: Desk, tmp_path, command
) -> None:
    place = tmp_path / "zu"
    place.mkdir()
    (place / "old").write_text("old")
    with closed_to(place, 0o555):
        error = writing(ready, tmp_path, command, place / f"neu{OUTPUTS[command][1]}")
    assert error["code"] == "no_permission"
    assert [path.name for path in place.iterdir()] == ["old"]


@pytest.mark.parametrize("command", ["export", "template", "backup"])
def test_a_folder_that_is_not_there_is_told_and_not_made(ready: Desk, tmp_path, command) -> None:
    writing(ready, tmp_path, command, tmp_path / "no" / f"neu{OUTPUTS[command][1]}")
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("command", ["export", "template", "certificates"])
def test_a_folder_in_place_of_a_file_is_told(ready: Desk, tmp_path, command) -> None:
    place = tmp_path / f"ordner{OUTPUTS[command][1]}"
    place.mkdir()
    assert "文件夹" in writing(ready, tmp_path, command, place)["happened"]
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_file_in_place_of_a_folder_is_told(ready: Desk, tmp_path, command) -> None:
    (tmp_path / "datei").write_text("mine")
    writing(ready, tmp_path, command, tmp_path / "datei" / f"neu{OUTPUTS[command][1]}")
    assert (tmp_path / "datei").read_text() == "mine"


def test_a_folder_for_single_certificates_that_may_not_be_written_is_told(
    ready: Desk, tmp_path
) -> None:
    place = tmp_path / "zu"
    place.mkdir()
    words = [tmp_path / "list.xlsx", tmp_path / "a.pdf", "--separate", place, "--json"]
    with closed_to(place, 0o555):
        refused(ready("certificates", *words), "zu")


@pytest.mark.parametrize(
    "words", [["log"], ["list", "members"], ["import", "members", "{list}"], ["demo"], ["check"]]
)
def test_a_file_in_place_of_the_data_folder_is_told(desk: Desk, tmp_path, words) -> None:
    recipients(tmp_path / "list.xlsx", "王芳")
    (tmp_path / "datei").write_text("mine")
    for data in (tmp_path / "datei", tmp_path / "datei" / "unten"):
        told = desk.bare(
            "--data", data, *(w.format(list=tmp_path / "list.xlsx") for w in words), "--json"
        )
        refused(told, "datei", "不能当作数据文件夹")
    assert (tmp_path / "datei").read_text() == "mine"


def test_a_data_folder_that_may_not_be_made_is_told(desk: Desk, tmp_path) -> None:
    place = tmp_path / "zu"
    place.mkdir()
    with closed_to(place, 0o555):
        told = desk.bare("--data", place / "data", "log", "--json")
    assert refused(told)["code"] == "no_permission"


def test_a_data_folder_that_may_not_be_written_is_told_and_its_data_stay(
    filled: Desk, tmp_path
) -> None:
    more = roster(tmp_path / "b.xlsx", ("赵敏", "女", "", "", "", "", ""))
    (filled.folder / "banbiantian.lock").unlink()
    with closed_to(filled.folder, 0o555):
        refused(filled("import", "members", more, "--json"))
    assert sorted(filled.people()) == ["李敏", "欧阳倩", "王芳"]


def test_a_data_file_that_may_not_be_written_is_told_and_stays(filled: Desk, tmp_path) -> None:
    more = roster(tmp_path / "b.xlsx", ("赵敏", "女", "", "", "", "", ""))
    before = (filled.folder / "banbiantian.db").read_bytes()
    with closed_to(filled.folder / "banbiantian.db", 0o444):
        refused(filled("import", "members", more, "--json"))
    assert (filled.folder / "banbiantian.db").read_bytes() == before


def damage(desk: Desk, kind: str) -> None:
    data = desk.folder / "banbiantian.db"
    if kind == "cut":
        data.write_bytes(data.read_bytes()[:20_000])
    elif kind == "scratched":
        content = bytearray(data.read_bytes())
        content[4096:] = b"x" * (len(content) - 4096)
        data.write_bytes(content)
    elif kind == "text":
        data.write_text("花名册")
    elif kind == "noise":
        data.write_bytes(bytes(n * 7919 % 251 for n in range(16_384)))
    elif kind == "foreign":
        data.unlink()
        with sqlite3.connect(data) as connection:
            connection.execute("CREATE TABLE members (id INTEGER)")
        connection.close()
    elif kind == "newer":
        with sqlite3.connect(data) as connection:
            connection.execute("PRAGMA user_version = 4711")
        connection.close()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("cut", "damaged"),
        ("scratched", "damaged"),
        ("text", "not_ours"),
        ("noise", "password_needed"),  # what is encrypted looks like noise
        ("foreign", "not_ours"),
        ("newer", "too_new"),
    ],
)
def test_a_data_file_that_cannot_be_used_is_told_by_its_kind_and_not_touched(
    filled: Desk, tmp_path, kind, code
) -> None:
    damage(filled, kind)
    data = filled.folder / "banbiantian.db"
    before = data.read_bytes()
    for words in (
        ["list", "members"],
        ["log"],
        ["undo"],
        ["import", "members", tmp_path / "名册.xlsx"],
        ["backup"],
        ["export", "members", tmp_path / "o.xlsx"],
    ):
        assert refused(filled(*words, "--json"))["code"] == code, words
    told = filled("check", "--json")
    assert told.code == 1
    assert data.read_bytes() == before
    assert not (tmp_path / "o.xlsx").exists()
    assert [path.name for path in filled.folder.glob("banbiantian.db*")] == ["banbiantian.db"]


def test_an_empty_data_file_becomes_a_new_one(desk: Desk) -> None:
    desk.folder.mkdir()
    (desk.folder / "banbiantian.db").write_bytes(b"")
    assert desk.people() == {}
    assert desk.done("check", "--json").json["schema"] is True


def test_settings_that_cannot_be_read_are_kept_aside_and_hold_nobody_up(filled: Desk) -> None:
    settings = filled.folder / "settings.json"
    settings.write_text("{ nonsense")
    assert filled.done("log", "--json").json
    assert settings.with_suffix(".damaged").read_text() == "{ nonsense"


@pytest.mark.parametrize(
    "words",
    [
        ["log"],
        ["list", "members"],
        ["import", "members", "{list}"],
        ["undo"],
        ["check"],
        ["backup"],
        ["restore", "{list}"],
        ["demo", "--no-window"],
    ],
)
def test_a_second_start_is_told_who_was_first(ready: Desk, tmp_path, words) -> None:
    began = datetime(2026, 4, 14, 1, tzinfo=UTC)
    with hold(ready.folder, program="窗口", now=began):
        told = ready(*(w.format(list=tmp_path / "list.xlsx") for w in words), "--json")
    error = refused(told, "窗口", "进程", "data")
    assert error["code"] == "busy"
    assert "成员" not in told.out
