"""Can a file end the program, hang it or fill its memory?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import UnreadableFileError
from desktop.exchange.reading import REASONS, read_workbook
from desktop.exchange.reading.child import CHILD_WORD, parse_in_child, run_if_asked
from desktop.exchange.reading.parsing import parse
from desktop.exchange.reading.refusals import NeedsChild, Refused
from tests.exchange import hostile
from tests.exchange.workbooks import ROSTER, by_xlsxwriter, by_xlwt, raw_xlsx, sheet_xml

ROOT = Path(__file__).parents[2]
GIGABYTE = 1 << 30
SECONDS = 15

# read in a process of its own, so that its memory is known and its death would be seen
_MEASURED = """
import sys, time
from pathlib import Path
from db.errors import UnreadableFileError
from desktop.exchange.reading import read_workbook
started = time.monotonic()
try:
    sheet = read_workbook(Path(sys.argv[1])).sheets[0]
    outcome = "read"
except UnreadableFileError as error:
    outcome = error.reason
seconds = time.monotonic() - started
try:
    import resource
    status = Path("/proc/self/status").read_text()
    own = int(status.partition("VmHWM:")[2].split()[0]) << 10
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
except (ImportError, OSError):
    own = children = 0
print(outcome, seconds, own, children)
"""


@pytest.mark.slow
@pytest.mark.parametrize("make", hostile.ALL)
def test_no_file_ends_hangs_or_fills_the_program(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / "a.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome, seconds, own, children = done.stdout.split()
    assert outcome == "read" or outcome in REASONS
    assert float(seconds) < SECONDS
    assert int(own) < GIGABYTE
    assert int(children) < GIGABYTE


@pytest.mark.parametrize(
    "make",
    [
        hostile.stray_last_cell,
        hostile.stray_in_first_row,
        hostile.stray_column_99,
        hostile.stray_without_addresses,
        hostile.stray_with_prefix,
    ],
)
def test_a_stray_cell_far_away_is_named_and_the_table_is_kept(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    sheet = read_workbook(make(tmp_path / "a.xlsx")).sheets[0]
    assert len(sheet.rows) == 1
    assert sheet.rows[0][0] in ("姓名", 5.0)
    (stray,) = sheet.marks.left_out
    assert stray[0] >= 1_000_000


def test_a_table_of_ordinary_size_keeps_its_far_cells(tmp_path: Path) -> None:
    xml = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9000"><c r="AB9000"><v>2</v></c></row>'
    )
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", xml)).sheets[0]
    assert sheet.rows[-1][-1] == 2.0
    assert not sheet.marks.left_out


@pytest.mark.slow
def test_two_hundred_thousand_blank_styled_rows_do_not_hide_the_people(tmp_path: Path) -> None:
    sheet = read_workbook(hostile.styled_blanks(tmp_path / "a.xlsx")).sheets[0]
    assert sheet.rows == [["姓名"]]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (hostile.many_far_cells, "too_many_cells"),
        (hostile.thousand_sheets_of_one_part, "too_many_cells"),
        (hostile.ods_of_repeated_cells, "too_many_cells"),
        (hostile.html_of_wide_spans, "too_many_cells"),
        (hostile.html_of_tall_spans, "too_many_cells"),
        (hostile.wide_csv, "too_many_cells"),
        (hostile.entity_bomb, "damaged"),
        (hostile.foreign_entity, "damaged"),
        (hostile.cut_in_half, "damaged"),
        (hostile.broken_inside, "damaged"),
        (hostile.xls_with_looping_sectors, "damaged"),
    ],
)
def test_each_bad_file_is_refused_by_its_own_word(
    tmp_path: Path, make: Callable[[Path], Path], reason: str
) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(make(tmp_path / "a.xlsx"))
    assert caught.value.reason == reason
    assert "名册没有任何改动。" in str(caught.value)


@pytest.mark.parametrize("make", [by_xlsxwriter, by_xlwt])
def test_a_file_cut_anywhere_is_refused_and_never_half_read(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    whole = make(tmp_path / "whole").read_bytes()
    path = tmp_path / "a.xlsx"
    for share in range(1, 12):
        path.write_bytes(whole[: len(whole) * share // 12])
        with pytest.raises(UnreadableFileError):
            read_workbook(path)


def test_an_ordinary_workbook_is_read_without_a_child(tmp_path: Path) -> None:
    parsed = parse(by_xlsxwriter(tmp_path / "a.xlsx").read_bytes())
    assert parsed.sheets[0].rows == ROSTER


def test_a_suspicious_workbook_is_read_by_a_child_only(tmp_path: Path) -> None:
    data = hostile.repeated_text(tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(NeedsChild):
        parse(data)


def test_a_child_gives_the_same_cells(tmp_path: Path) -> None:
    data = by_xlsxwriter(tmp_path / "a.xlsx").read_bytes()
    assert parse_in_child(data, None) == parse(data)


def test_a_child_passes_its_refusal_on() -> None:
    with pytest.raises(Refused, match="not_a_table"):
        parse_in_child(b"MZ" + bytes(900), None)


def test_the_built_program_answers_as_a_child(tmp_path: Path) -> None:
    import pickle

    data = by_xlsxwriter(tmp_path / "a.xlsx").read_bytes()
    program = f"import sys; sys.argv = ['x', '{CHILD_WORD}']; " + (
        "from desktop.exchange.reading.child import run_if_asked; assert run_if_asked(sys.argv)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        input=pickle.dumps((data, None)),
        capture_output=True,
        timeout=60,
        check=True,
    )
    word, parsed = pickle.loads(done.stdout)
    assert word == "read"
    assert parsed.sheets[0].rows == ROSTER


def test_an_ordinary_start_is_no_child() -> None:
    assert not run_if_asked(["banbiantian", "import", "a.xlsx"])
