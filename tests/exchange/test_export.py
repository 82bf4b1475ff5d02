"""The roster going out: whole, readable again, and never half a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import (
    AppError,
    Cancelled,
    DiskFullError,
    FileInUseError,
    NoPermissionError,
    UnavailableError,
)
from db.types import PartialDate
from desktop.exchange.export import Exported, export_members, unit_names
from desktop.fields import Choice, Day, Field, IdNumber, Link, Phone, YesNo
from desktop.fields.identity import check_character
from desktop.registers import MEMBERS
from desktop.services.units import UnitIndex

TODAY = date(2026, 4, 14)
UNITS = {1: "办公室", 2: "环境监测中心"}
DANGEROUS = (
    "=1+1", '=HYPERLINK("a")', "=cmd|calc!A0", "{=1}", "=", "+1", "-1", "@SUM(A1)", "\t=1",
    "https://example.org/a", "mailto:a", "internal:Sheet1!A1", "110101199003070019", "007",
    "1990.10", "NA", "TRUE", "#N/A", "_x0041_", "a<b&c>d\"e'", "𠮷𬀩䶮", " 两头有空 ", "一\n二",
)  # fmt: skip


def person(**values: object) -> dict[str, object]:
    return {"id": 1, "version": 1, "name": "王芳", "unit_id": 1, "sex": "2", **values}


def export(rows: list[dict[str, object]], target: Path, **options: Any) -> Exported:
    told: dict[str, Any] = {"full": True, "title": "女职工花名册", "unit_names": UNITS}
    return export_members(rows, target, **told | {"today": TODAY} | options)


def read_back(path: Path) -> tuple[list[str], list[list[Any]]]:
    """The headings and the rows under them, as the importer's own reader gives them."""
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [str(cell) for cell in rows[2]], rows[3:]


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def people_in(path: Path) -> list[dict[str, Any]]:
    headings, rows = read_back(path)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_a_roster_has_a_title_a_heading_and_one_numbered_row_a_person(tmp_path: Path) -> None:
    target = tmp_path / "花名册.xlsx"

    done = export([person(), person(name="欧阳倩", unit_id=2, post="科长")], target)

    assert done == Exported(2)
    headings, rows = read_back(target)
    assert headings == ["序号", "姓名", "单位", "职务", "身份证号", "出生日期", "手机", "性别"]
    assert rows[0] == [1, "王芳", "办公室", "", "", "", "", "女"]
    assert rows[1] == [2, "欧阳倩", "环境监测中心", "科长", "", "", "", "女"]


def test_only_columns_somebody_filled_are_added_to_the_usual_ones(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    export([person(), person(wechat="half_sky")], target)

    headings, _ = read_back(target)
    assert "微信" in headings
    assert "籍贯" not in headings


def test_partial_dates_come_back_as_partial_as_they_were(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    known = [PartialDate(1985), PartialDate(1985, 10), PartialDate(1985, 6, 12)]

    export([person(birth_date=day) for day in known], target)

    cells = [one["出生日期"] for one in people_in(target)]
    assert cells == ["1985", "1985-10", "1985-06-12"]
    assert [Day().from_cell(cell).value for cell in cells] == known


def test_numbers_are_masked_wherever_they_stand_unless_all_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    private = person(
        id_number="420000198506120021",
        mobile="13800001234",
        emergency_contact="李强 13900005678",
        extra={"工资卡": "6222020000001234567"},
    )

    export([private], target, full=False)

    everything = " ".join(str(cell) for row in read_back(target)[1] for cell in row)
    for secret in ("420000198506120021", "13800001234", "13900005678", "6222020000001234567"):
        assert secret not in everything
    assert people_in(target)[0]["手机"] == "138****1234"
    assert people_in(target)[0]["紧急联系人"] == "李强 139****5678"


def test_columns_the_program_does_not_know_are_given_back(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    export([person(extra={"饭卡号": "0012"}), person(extra={"车牌": "云A00001"})], target)

    first, second = people_in(target)
    assert (first["饭卡号"], first["车牌"]) == ("0012", "")
    assert (second["饭卡号"], second["车牌"]) == ("", "云A00001")


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_something_else_stays_text(tmp_path: Path, text: str) -> None:
    target = tmp_path / "a.xlsx"

    done = export([person(name=text, remark=text, extra={text: text})], target, title=text)

    assert done.remarks == ()
    sheet = sheet_of(target)
    assert all(cell.data_type in "sn" and not cell.hyperlink for row in sheet for cell in row)
    row = read_back(target)[1][0]
    assert [row[1], row[-2], row[-1]] == [text] * 3


def test_what_a_workbook_cannot_hold_is_left_out_and_said(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    done = export(
        [person(), person(remark="前\x01后\ud800。", extra={"长": "字" * 40_000})], target
    )

    cells = people_in(target)[1]
    assert cells["备注"] == "前后。"
    assert cells["长"] == "字" * 32_767
    said = [(one.row, one.column) for one in done.remarks]
    assert said == [(5, "备注"), (5, "长")]


def test_line_ends_of_other_systems_become_plain_without_a_remark(tmp_path: Path) -> None:
    done = export([person(remark="一\r\n二\r三")], tmp_path / "a.xlsx")

    assert done.remarks == ()
    assert people_in(tmp_path / "a.xlsx")[0]["备注"] == "一\n二\n三"


def test_the_sheet_is_ready_to_print(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    export([person(id_number="420000198506120021")] * 3, target)

    sheet = sheet_of(target)
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:H6"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area == "'成员'!$A$1:$H$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet["E4"].value == "420000198506120021"
    assert sheet["E4"].number_format == "@"
    assert sheet.column_dimensions["E"].width > 18


def test_an_empty_roster_is_a_heading_without_rows(tmp_path: Path) -> None:
    assert export([], tmp_path / "a.xlsx") == Exported(0)
    assert read_back(tmp_path / "a.xlsx")[1] == []


def test_many_people_are_written_as_faithfully_as_few(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    rows = [person(remark=f"={i}", extra={str(k): "x" for k in range(14)}) for i in range(10_000)]

    export(rows, target)

    remarks = [one["备注"] for one in people_in(target)]
    assert remarks == [f"={i}" for i in range(10_000)]


def test_the_same_people_on_the_same_day_give_the_same_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"

    export([person()], one)
    export([person()], two)

    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("mark", ["~$花名册.xlsx", ".~花名册.xlsx", ".~lock.花名册.xlsx#"])
def test_a_workbook_open_elsewhere_is_left_alone(tmp_path: Path, mark: str) -> None:
    target = tmp_path / "花名册.xlsx"
    target.write_bytes(b"what was there")
    (tmp_path / mark).touch()

    with pytest.raises(FileInUseError) as refused:
        export([person()], target)

    assert "花名册.xlsx" in str(refused.value)
    assert target.read_bytes() == b"what was there"


def test_stopping_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"what was there")

    def stop(done: int, total: int) -> None:
        assert (done, total) == (500, 20_000)
        raise Cancelled

    with pytest.raises(Cancelled):
        export([person()] * 20_000, target, step=stop)

    assert target.read_bytes() == b"what was there"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        export([person()], tmp_path / "拔下的U盘" / "a.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"what was there")
    rows = [person(remark=os.urandom(300).hex()) for _ in range(2_000)]

    with room_for(100_000), pytest.raises(DiskFullError):
        export(rows, target)

    assert target.read_bytes() == b"what was there"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights work differently there")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "公用"
    folder.mkdir()
    export([person()], tmp_path / "first.xlsx")  # everything it needs is imported
    folder.chmod(0o555)

    with nobody_in_particular(), pytest.raises(NoPermissionError):
        export([person()], folder / "a.xlsx")


def test_a_unit_is_called_by_its_path_where_its_name_is_not_its_own() -> None:
    index = UnitIndex(
        {"局机关": 1, "局机关办公室": 2, "监测中心": 3, "监测中心办公室": 4},
        {1: "局机关", 2: "办公室", 3: "监测中心", 4: "办公室"},
        {1: "局机关", 2: "局机关/办公室", 3: "监测中心", 4: "监测中心/办公室"},
    )

    names = unit_names(index)

    assert names == {1: "局机关", 2: "局机关/办公室", 3: "监测中心", 4: "监测中心/办公室"}
    assert all(index.find(name) == one for one, name in names.items())


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond ``size`` bytes."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@contextmanager
def nobody_in_particular() -> Iterator[None]:
    """Rights count, even where tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@st.composite
def id_numbers(draw: Callable[..., Any]) -> str:
    day = draw(st.dates(date(1940, 1, 1), date(2008, 1, 1)))
    first17 = f"420000{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + check_character(first17)


def partial_dates() -> st.SearchStrategy[PartialDate]:
    days = st.dates(date(1920, 1, 1), date(2025, 12, 31))
    return st.builds(
        lambda day, keep: PartialDate(*(day.year, day.month, day.day)[:keep]),
        days,
        st.integers(1, 3),
    )


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Values as the program keeps them: what ``parse`` would give back unchanged."""
    kind = field.kind
    if isinstance(kind, Choice):
        return st.sampled_from(sorted(kind.values.values))
    if isinstance(kind, YesNo):
        return st.booleans()
    if isinstance(kind, Link):
        return st.sampled_from(sorted(UNITS))
    if isinstance(kind, Day):
        return partial_dates()
    if isinstance(kind, IdNumber):
        return id_numbers()
    if isinstance(kind, Phone):
        return st.from_regex(r"1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-[2-9][0-9]{6,7}", fullmatch=True)
    if field.name == "name":
        return st.sampled_from(("王芳", "欧阳倩", "阿依古丽·买买提", "单䶮𬀩", "Anna Lee"))
    storable = st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    )
    typed = storable.map(lambda text: kind.from_cell(text).value)
    return typed.filter(lambda value: value is not None and kind.from_cell(value).value == value)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_value_of_every_field_is_understood_as_itself_when_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    target = tmp_path_factory.getbasetemp() / "round-trip.xlsx"
    target.unlink(missing_ok=True)
    values = {field.name: data.draw(values_of(field), field.name) for field in MEMBERS.fields}

    done = export([values], target)

    assert done == Exported(1)
    cells = people_in(target)[0]
    for field in MEMBERS.fields:
        kept = values[field.name]
        meant = UNITS[kept] if isinstance(field.kind, Link) else kept
        assert field.kind.from_cell(cells[field.label]).value == meant, field.label


def test_every_refusal_says_what_happened_what_was_kept_and_what_to_do(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    (tmp_path / "~$a.xlsx").touch()

    with pytest.raises(AppError) as refused:
        export([person()], target)

    parts = (refused.value.happened, refused.value.kept, refused.value.remedy)
    assert all(part.endswith("。") for part in parts)


def test_a_long_text_is_shown_whole_in_a_taller_row(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    long = "曾获市级三八红旗手称号，" * 6

    export([person(honours=long), person(honours="有")], target)

    sheet = sheet_of(target)
    assert sheet.row_dimensions[4].height == 75  # five lines of 34 half-width characters
    assert sheet.row_dimensions[5].height is None
