"""``report``: the tables handed upward, from the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.desk import Desk, refused
from tests.documents.reading import page_texts


def test_the_reports_there_are_can_be_listed(desk: Desk) -> None:
    assert [one["code"] for one in desk.done("report", "list", "--json").json] == ["R1", "R2", "R3"]
    assert "女职工基本情况统计表" in desk.done("report", "list").out


def test_a_report_is_written_as_a_workbook_and_told_as_json(filled: Desk, tmp_path: Path) -> None:
    target = tmp_path / "R1.xlsx"

    told = filled.done("report", "R1", target, "--json").json

    assert (told["code"], told["title"]) == ("R1", "女职工基本情况统计表")
    assert told["total"]["女职工数"] == 3
    assert {row["单位"]: row["女职工数"] for row in told["rows"]} == {"办公室": 1, "监测站": 2}
    assert [row["职工总数"] for row in told["rows"]] == [None, None]
    people = filled.people()
    lacking = next(one for one in told["checks"] if one["sentence"].startswith("学历"))
    assert not lacking["good"]
    assert set(lacking["members"]) == {one["id"] for one in people.values()}
    assert openpyxl.load_workbook(target).worksheets[0]["A1"].value == told["title"]


def test_a_report_is_written_as_paper(filled: Desk, tmp_path: Path) -> None:
    target = tmp_path / "R1.pdf"
    said = filled.done("report", "r1", target)
    assert "女职工数：各行相加 3 人，合计 3 人。" in said.out
    (text,) = page_texts(target)
    for words in ("填报单位（盖章）", "制表人", "审核人", "填报日期：2026年4月14日", "合计"):
        assert words in text


def test_the_day_and_the_unit_can_be_named(filled: Desk, tmp_path: Path) -> None:
    told = filled.done(
        "report", "R1", tmp_path / "a.pdf", "--on", "2020-06-30", "--unit", "监测站", "--json"
    ).json
    assert told["total"]["女职工数"] == 2
    assert told["total"]["年龄：35岁及以下"] == 1  # born in November 1991; the other in 1978
    assert "截至2020年6月30日" in page_texts(tmp_path / "a.pdf")[0]


@pytest.mark.parametrize("suffix", ["xlsx", "pdf"])
def test_every_report_can_be_made_from_an_empty_folder(
    desk: Desk, tmp_path: Path, suffix: str
) -> None:
    for code in ("R1", "R2", "R3"):
        target = tmp_path / f"{code}.{suffix}"
        desk.done("report", code, target)
        assert target.stat().st_size > 1000


def test_full_numbers_of_officers_are_asked_for_and_noted(desk: Desk, tmp_path: Path) -> None:
    from tests.commands.desk import workbook

    rows = [
        ("姓名", "性别", "单位", "手机", "妇委会职务"),
        ("王芳", "女", "办公室", "13800001001", "主任"),
    ]
    desk.done("import", "members", workbook(tmp_path / "名册.xlsx", rows))
    masked = desk.done("report", "R3", tmp_path / "a.pdf", "--json").json
    assert masked["rows"][0]["电话"] == "138****1001"
    assert looks(desk) == []

    full = desk.done("report", "R3", tmp_path / "a.pdf", "--full", "--json").json

    assert full["rows"][0]["电话"] == "13800001001"
    assert looks(desk) == ["导出完整号码，1 人"]


def looks(desk: Desk) -> list[str]:
    """What was noted about full numbers, newest first."""
    from datetime import UTC, datetime

    from desktop.paths import DataFolder
    from desktop.services import access
    from desktop.services.office import opened

    moment = datetime(2026, 4, 14, tzinfo=UTC)
    with (
        opened(
            DataFolder(desk.folder), secret=lambda: None, actor="文员", clock=lambda: moment
        ) as office,
        office.read() as session,
    ):
        return [one.words for one in access.log(session)]


def test_a_report_nobody_knows_or_without_a_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    refused(desk("report", "R9", tmp_path / "a.pdf", "--json"), "R1、R2、R3")
    refused(desk("report", "R1", "--json"), "哪个文件")
    refused(desk("report", "R1", tmp_path / "a.docx", "--json"), ".xlsx")
    assert list(tmp_path.glob("a.*")) == []


def test_a_unit_nobody_knows_is_refused(filled: Desk, tmp_path: Path) -> None:
    refused(
        filled("report", "R1", tmp_path / "a.pdf", "--unit", "没有", "--json"), "没有叫“没有”的单位"
    )
    assert not (tmp_path / "a.pdf").exists()
