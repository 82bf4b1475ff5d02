"""CSV that no spreadsheet takes for formulas, and that comes back as it was."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Cancelled
from db.session import Database
from desktop.exchange.csv_out import export_csv, guarded
from desktop.exchange.export import Exported, Remark, unit_names
from desktop.exchange.importing import ImportOptions, rehearse
from desktop.exchange.reading.text_tables import decode, read_text
from desktop.exchange.writing import write
from desktop.paths import resource
from desktop.services import members, units
from tests.exchange.test_export import DANGEROUS

TODAY = date(2026, 4, 14)
UNITS = {1: "办公室"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def person(**values: object) -> dict[str, object]:
    return {"id": 1, "name": "王芳", "unit_id": 1, "sex": "2", **values}


def read_by_others(path: Path) -> list[list[str]]:
    """The cells as any other program reads them."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def read_by_us(path: Path) -> list[list[object]]:
    _, (sheet,) = read_text(decode(path.read_bytes()))
    return [list(row) for row in sheet.rows]


def test_a_file_begins_with_a_mark_and_one_line_of_headings(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"

    done = export_csv([person(), person(name="李娜")], target, full=True, unit_names=UNITS)

    assert done == Exported(2)
    assert target.read_bytes().startswith(codecs.BOM_UTF8)
    assert b"\r\n" in target.read_bytes()
    rows = read_by_others(target)
    assert rows[0][:3] == ["序号", "姓名", "单位"]
    assert [row[:3] for row in rows[1:]] == [["1", "王芳", "办公室"], ["2", "李娜", "办公室"]]


@pytest.mark.parametrize("text", [*DANGEROUS, "'=1", "'", "''=1", "＝1", '"=1"', "a,b", '="x"'])
def test_no_cell_is_a_formula_and_every_cell_comes_back(tmp_path: Path, text: str) -> None:
    target = tmp_path / "a.csv"

    export_csv([person(remark=text, extra={text: text})], target, full=True, unit_names=UNITS)

    for row in read_by_others(target):
        for cell in row:
            assert not cell.startswith(FORMULA_STARTS) or cell.startswith("=\"'")
    heading, row = read_by_us(target)
    assert [heading[-1], row[-1], row[-2]] == [text] * 3


TEXTS = st.text(st.sampled_from("'=+-@＝\"甲1, \n"), min_size=1, max_size=6)


@given(TEXTS.filter(lambda text: text.strip()))
def test_any_text_reads_back_as_it_was(text: str) -> None:
    out = io.StringIO()
    rows = [["头", guarded(text), "尾"], *[["甲", "乙", "丙"]] * 3]
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    found = read_text(decode(out.getvalue().encode("utf-8-sig")))[1][0].rows
    assert found[0][1] == text


def test_numbers_are_masked_unless_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    export_csv([person(mobile="13800001001")], target, full=False, unit_names=UNITS)
    assert b"13800001001" not in target.read_bytes()


def test_control_characters_are_left_out_and_told(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    done = export_csv([person(), person(remark="前\x01后")], target, full=True, unit_names=UNITS)
    assert done.remarks == (Remark(3, "备注", "有文字文件存不下的控制字符，已略去"),)
    assert read_by_others(target)[2][-1] == "前后"


def test_stopping_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"older")

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        export_csv([person()] * 600, target, full=True, unit_names=UNITS, step=stop)
    assert target.read_bytes() == b"older"


def test_the_sample_rosters_come_back_without_a_change(tmp_path: Path) -> None:
    target = tmp_path / "名册.csv"
    samples = sorted(path for path in resource("samples").iterdir() if "获奖" not in path.name)
    moment = datetime(2026, 4, 14, tzinfo=UTC)
    with Database.open(tmp_path / "banbiantian.db", clock=lambda: moment) as database:
        for file in samples:
            with database.write("文员", "导入") as session:
                write(session, rehearse([file], members.snapshot(session), today=TODAY))
        with database.read() as session:
            roster = members.snapshot(session)
            people = members.exported(session, members.Query())
            names = unit_names(units.index(session))

    export_csv(people, target, full=True, unit_names=names)

    back = rehearse([target], roster, options=ImportOptions(everyone=True), today=TODAY)
    assert len(people) == 200
    assert (back.counts.new, back.counts.updated, back.counts.unchanged) == (0, 0, 200)
