"""The office's own fields, as the command line tells of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from desktop.paths import DataFolder
from desktop.services import office, own_fields
from desktop.services.own_fields import Wanted
from tests.commands.desk import Desk, workbook


def promote(desk: Desk, heading: str, *, is_private: bool = False) -> None:
    """Make the column a roster brought along a field, as the window does it."""
    with (
        office.opened(
            DataFolder(desk.folder),
            secret=lambda: None,
            actor="文员",
            clock=lambda: datetime(2026, 4, 14, tzinfo=UTC),
        ) as opened,
        opened.write("变成字段") as session,
    ):
        own_fields.promote(session, heading, Wanted(heading, is_private=is_private))


def test_own_fields_are_listed_by_their_label(filled: Desk) -> None:
    assert filled.people()["王芳"]["extra"] == {"饭卡号": "007"}
    promote(filled, "饭卡号")
    person = filled.people()["王芳"]
    assert person["own"] == {"饭卡号": "007"}
    assert "extra" not in person
    assert "own" not in filled.people()["欧阳倩"]
    assert list(filled.people("--find", "007")) == ["王芳"]


def test_masked_own_fields_are_shown_when_asked_for_in_full(filled: Desk) -> None:
    promote(filled, "饭卡号", is_private=True)
    masked = filled.done("list", "members", "--find", "王芳", "--json")
    assert masked.json[0]["own"] == {"饭卡号": "****"}
    assert "007" not in masked.out
    assert filled.people()["王芳"]["own"] == {"饭卡号": "007"}


def test_an_export_with_own_fields_comes_back_without_a_change(
    filled: Desk, tmp_path: Path
) -> None:
    promote(filled, "饭卡号")
    target = tmp_path / "名册.xlsx"
    filled.done("export", "members", target, "--full", "--json")
    told = filled.done("import", "members", target, "--everyone", "--json").json
    assert (told["new"], told["updated"], told["unchanged"]) == (0, 0, 3)
    columns = told["files"][0]["sheets"][0]["columns"]
    assert {"header": "饭卡号", "field": "饭卡号"}.items() <= columns[-1].items()


def test_a_column_is_told_by_the_label_of_an_own_field(filled: Desk, tmp_path: Path) -> None:
    promote(filled, "饭卡号")
    file = workbook(tmp_path / "卡.xlsx", [("姓名", "手机", "卡"), ("王芳", "13800001001", "099")])
    told = filled.done("import", "members", file, "--map", "C=饭卡号", "--json").json
    assert told["updated"] == 1
    assert filled.people()["王芳"]["own"] == {"饭卡号": "099"}
    filled.done("undo")
    assert filled.people()["王芳"]["own"] == {"饭卡号": "007"}


def test_the_template_has_a_column_for_it(filled: Desk, tmp_path: Path) -> None:
    promote(filled, "饭卡号")
    target = tmp_path / "空表.xlsx"
    filled.done("template", "members", target)
    page = openpyxl.load_workbook(target)["成员"]
    assert page.cell(1, page.max_column).value == "饭卡号"
