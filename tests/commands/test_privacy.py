"""What the program leaves behind names nobody: logs, file names and refusals."""

from __future__ import annotations

from tests.commands.desk import LI, WANG, Desk, recipients, roster
from tests.exchange.workbooks import encrypted

PRIVATE = ("王芳", "李敏", "欧阳", "周建国", WANG, LI, "13800001001", "4200001985")


def test_logs_and_names_of_files_say_nothing_of_a_person(filled: Desk, tmp_path) -> None:
    named = tmp_path / "王芳的花名册.xlsx"
    bad = roster(named, ("王芳", "女", WANG[:-1], "1985.13", "办公室", "1380000", ""))
    filled("import", "members", bad, "--problems", tmp_path / "p.xlsx")
    filled("import", "members", tmp_path / "李敏" / "没有.xlsx")
    filled("import", "members", encrypted(bad, tmp_path / "李敏.xlsx", "x"))
    filled("list", "members", "--find", "王芳", "--full")
    filled("list", "members", "--unit", WANG)
    filled("export", "members", tmp_path / "nowhere" / "王芳.xlsx")
    filled("certificates", recipients(tmp_path / "c.xlsx", "王芳"), tmp_path / "王芳.pdf")
    filled("undo", "4711")
    filled("backup")
    (filled.folder / "banbiantian.db").write_bytes(b"\0" * 9000)
    filled("list", "members", "--find", "王芳")
    left = [path for path in filled.folder.rglob("*") if path.is_file()]
    texts = [path.read_text("utf-8") for path in left if path.parent.name == "logs"]
    assert any("refused" in text for text in texts)
    for text in (*texts, *(path.name for path in left)):
        for private in (*PRIVATE, str(tmp_path), "花名册"):
            assert private not in text


def test_the_lock_names_no_person_of_the_roster(filled: Desk) -> None:
    assert (filled.folder / "banbiantian.lock").read_bytes() == b""


def test_a_refusal_repeats_nothing_out_of_the_roster(filled: Desk, tmp_path) -> None:
    twice = ("赵敏", "女", WANG, "1985.06.12", "办公室", "13800001009", "")
    told = filled("import", "members", roster(tmp_path / "b.xlsx", twice), "--json")
    for one in told.json["problems"]:
        assert one["row"] == 2
        assert LI not in str(one)
    for words in (["undo", "99"], ["list", "members", "--unit", "x"], ["restore", "none.db"]):
        refused = filled(*words)
        assert refused.code == 1
        for private in PRIVATE:
            assert private not in refused.err


def test_many_problems_are_counted_on_the_terminal_not_poured_out(desk: Desk, tmp_path) -> None:
    rows = [("赵敏", "女", "", "", f"单位{n}", "123", "") for n in range(60)]
    told = desk("import", "members", roster(tmp_path / "a.xlsx", *rows))
    assert len(told.err.splitlines()) <= 22
    assert "另有" in told.err
