"""``returns send`` and ``returns take``."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from db.session import Database
from desktop.services import access
from tests.commands.desk import Desk, refused, workbook
from tests.exchange.returned_forms import change, fill, strike_out
from tests.exchange.workbooks import encrypted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "收表"
    made.mkdir()
    return made


def sent(desk: Desk, folder: Path, *words: object) -> dict[str, Path]:
    told = desk.done("returns", "send", folder, "--json", *words).json
    return {form["unit"]: Path(form["file"]) for form in told["forms"]}


def test_each_unit_gets_a_form_and_the_round_is_kept(filled: Desk, folder: Path) -> None:
    forms = sent(filled, folder, "--title", "四月名册")
    assert sorted(path.name for path in folder.iterdir()) == [
        "办公室-四月名册.xlsx", "监测站-四月名册.xlsx",
    ]  # fmt: skip
    assert sorted(forms) == ["办公室", "监测站"]
    assert filled.log()[0]["what"] == "发出收表“四月名册”：2 个单位"


def test_numbers_go_out_in_full_only_when_asked(filled: Desk, folder: Path) -> None:
    masked = sent(filled, folder, "--filled", "--title", "一")["办公室"]
    full = sent(filled, folder, "--full", "--title", "二")["办公室"]
    assert openpyxl.load_workbook(masked).worksheets[0]["F2"].value == "138****1001"
    assert openpyxl.load_workbook(full).worksheets[0]["F2"].value == "13800001001"


def test_a_folder_that_is_not_there_and_an_unknown_unit_are_refused(
    filled: Desk, tmp_path: Path, folder: Path
) -> None:
    refused(filled("returns", "send", tmp_path / "没有", "--json"), "没有“没有”这个文件夹")
    told = filled("returns", "send", folder, "--unit", "不在", "--json")
    assert (told.code, told.json["error"]["happened"]) == (1, "没有叫“不在”的单位。")
    assert list(folder.iterdir()) == []


def test_a_rehearsal_tells_everything_and_writes_nothing(filled: Desk, folder: Path) -> None:
    forms = sent(filled, folder, "--filled")
    fill(forms["办公室"], {"name": "孙丽", "mobile": "13800001009"})
    strike_out(forms["监测站"], "李敏")
    before = filled.log()
    told = filled.done("returns", "take", forms["办公室"], "--dry-run", "--json").json
    by_unit = {one["unit"]: one for one in told["units"]}
    assert (by_unit["办公室"]["state"], by_unit["办公室"]["new"]) == ("returned", 1)
    assert by_unit["监测站"]["state"] == "missing"
    assert (told["new"], told["unchanged"], told["changeset"]) == (1, 1, None)
    assert "监测站" in told["reminder"]
    assert filled.log() == before


def test_a_form_that_came_back_protected_is_read_with_its_password(
    filled: Desk, folder: Path, tmp_path: Path
) -> None:
    form = sent(filled, folder, "--filled")["办公室"]
    fill(form, {"name": "孙丽", "mobile": "13800001009"})
    locked = encrypted(form, tmp_path / "办公室-加密.xlsx", "芳 2026")
    shut = filled("returns", "take", locked, "--dry-run", "--json")
    assert (shut.code, shut.json["new"]) == (1, 0)
    words = ("returns", "take", locked, "--dry-run", "--json", "--file-password", "芳 2026")
    told = filled.done(*words).json
    assert (told["new"], told["unchanged"]) == (1, 1)


def test_a_folder_of_forms_comes_in_at_once_and_goes_back_with_one_undo(
    filled: Desk, folder: Path
) -> None:
    forms = sent(filled, folder, "--filled")
    (folder / "~$办公室.xlsx").write_bytes(b"open elsewhere")
    fill(forms["办公室"], {"name": "孙丽", "mobile": "13800001009"})
    change(forms["监测站"], "李敏", "post", "站长")
    told = filled.done("returns", "take", folder, "--json").json
    assert (told["new"], told["updated"], len(told["files"])) == (1, 1, 2)
    assert filled.people()["李敏"]["post"] == "站长"
    filled.done("undo", told["changeset"])
    assert set(filled.people()) == {"王芳", "李敏", "欧阳倩"}
    assert "post" not in filled.people()["李敏"]


def test_the_reminder_list_is_written_and_said(filled: Desk, folder: Path, tmp_path: Path) -> None:
    forms = sent(filled, folder, "--due", "2026-04-20")
    target = tmp_path / "催报.xlsx"
    told = filled.done("returns", "take", forms["办公室"], "--reminder", target)
    assert "还有 1 个单位没有交表，请在4月20日前报来：\n1. 监测站" in told.out
    assert openpyxl.load_workbook(target).worksheets[0]["B4"].value == "监测站"


def test_telephones_in_full_are_noted(filled: Desk, folder: Path, tmp_path: Path) -> None:
    head = ("姓名", "单位", "妇委会职务", "手机")
    filled.done(
        "import", "members",
        workbook(tmp_path / "补.xlsx", [head, ("李敏", "监测站", "女工委员", "13800001002")]),
    )  # fmt: skip
    forms = sent(filled, folder)
    target = tmp_path / "催报.xlsx"
    filled.done("returns", "take", forms["办公室"], "--reminder", target, "--full")
    row = [cell.value for cell in openpyxl.load_workbook(target).worksheets[0][4]]
    assert row[1:4] == ["监测站", "李敏", "13800001002"]
    with Database.open(filled.folder / "banbiantian.db") as database, database.read() as session:
        assert [(one.what, one.count) for one in access.log(session)][:1] == [("export_full", 1)]


def test_when_no_file_can_be_used_it_ends_with_one(filled: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "坏的.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    told = filled("returns", "take", bad, "--json")
    assert (told.code, told.json["files"][0]["state"]) == (1, "unreadable")
    assert "没有一份表能收" in told.err
    assert len(filled.log()) == 1
