"""Does text come back as the cells somebody wrote, whatever the encoding and the separator?"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import UnreadableFileError
from desktop.exchange.reading import CellValue, read_clipboard, read_workbook
from desktop.exchange.reading.text_tables import decode, read_pasted, read_text
from tests.exchange.workbooks import TEXT_ROSTER

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")

SAMPLES = {
    "roster": "姓名,身份证号码,工号\r\n王芳,420000198506120021,007\r\n",
    "three names": "王芳\n李小雨\n张英\n",
    "one name": "王芳\n",
    "one rare name": "欧阳䶮\n",
    "names of the middle dot": "姓名\n古丽·买买提\n",
    "unit and names": "单位,姓名\n办公室,联通\n一科,王芳\n",
    "semicolons": "姓名;电话\n王芳;13812345678\n",
    "tabs": "姓名\t电话\n王芳\t13812345678\n",
    "bars": "姓名|电话\n王芳|13812345678\n",
    "enumeration commas": "王芳、女、一科\n李小雨、女、二科\n",
    "quoted": '姓名,住址\n王芳,"云川市,环城路 1 号\n二单元"\n',
    "full width": "姓名（女）：\n王　芳\n",
    "names beyond the basic plane": "姓名\n𠮷田\n𫖮\n",
    "Uighur and Tibetan": "姓名,又名\n古丽,گۈل\n卓玛,སྒྲོལ་མ\n",
    "long list": "姓名,性别\n" + "".join(f"王{chr(0x4E00 + n)},女\n" for n in range(500)),
}


def text_of(rows: list[list[CellValue]]) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sample", list(SAMPLES))
def test_the_encoding_is_told_apart(sample: str, encoding: str) -> None:
    decoded = decode(SAMPLES[sample].encode(encoding))
    assert decoded.text == SAMPLES[sample]
    assert not decoded.is_garbled


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("roster", ","),
        ("semicolons", ";"),
        ("tabs", "\t"),
        ("bars", "|"),
        ("enumeration commas", "、"),
    ],
)
def test_the_separator_is_told_apart(sample: str, separator: str) -> None:
    _, (sheet,) = read_text(decode(SAMPLES[sample].encode()))
    assert text_of(sheet.rows) == [line.split(separator) for line in SAMPLES[sample].splitlines()]


CELL = st.text(
    st.characters(
        codec="utf-8",
        exclude_characters="\0\r\ufeff\ufffd",
        exclude_categories=("Cc", "Cn", "Co", "Cs"),
    )
    | st.sampled_from("王芳李小雨一二，、；\n\t\"'"),
    max_size=12,
).filter(lambda text: not text.startswith(("'", "\t", "=")))
TABLE = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
)


@settings(max_examples=150, deadline=None)
@given(rows=TABLE, encoding=st.sampled_from(ENCODINGS), separator=st.sampled_from(",;\t|、"))
def test_any_table_written_as_text_reads_back(
    rows: list[list[str]], encoding: str, separator: str
) -> None:
    rows = [["姓名" + str(n) for n in range(len(rows[0]))], *rows]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    _, (sheet,) = read_text(decode(out.getvalue().encode(encoding)))
    assert padded(text_of(sheet.rows)) == padded(rows)


@settings(max_examples=100, deadline=None)
@given(rows=TABLE)
def test_any_copied_table_pastes_back(rows: list[list[str]]) -> None:
    rows = [["姓名" + str(n) for n in range(len(rows[0]) + 1)], *rows]
    text = "\r\n".join("\t".join(map(as_copied, row)) for row in rows) + "\r\n"
    (sheet,) = read_pasted(text)
    assert padded(text_of(sheet.rows)) == padded(rows)


def as_copied(cell: str) -> str:
    """Spreadsheets quote only what would break the grid."""
    if "\n" in cell or "\t" in cell or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def padded(rows: list[list[str]]) -> list[list[str]]:
    rows = [row[: len(row) - trailing(row)] for row in rows]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def trailing(row: list[str]) -> int:
    return next((n for n, cell in enumerate(reversed(row)) if cell), len(row))


def test_a_text_file_keeps_every_value_as_text(tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(TEXT_ROSTER)
    book = read_workbook(path)
    assert (book.format, book.encoding) == ("csv", "gb18030")
    assert book.sheets[0].rows == TEXT_ROSTER


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("'=1+1", "=1+1"),
        ("'+86 138", "+86 138"),
        ("'@我", "@我"),
        ("'-", "-"),
        ("\t=1+1", "=1+1"),
        ("'007", "'007"),
        ("'王芳", "'王芳"),
        ("=1+1", "=1+1"),
        ('"=""420000198506120021"""', "420000198506120021"),
        ("-5", "-5"),
    ],
)
def test_only_the_guard_against_formulas_is_taken_off(written: str, read: str) -> None:
    _, (sheet,) = read_text(decode(f"姓名,号\n王芳,{written}\n".encode()))
    assert sheet.rows[1][1] == read


def test_the_line_that_names_the_separator_is_no_row() -> None:
    _, (sheet,) = read_text(decode("sep=;\r\n姓名;住址\r\n王芳;一号,二单元\r\n".encode()))
    assert sheet.rows == [["姓名", "住址"], ["王芳", "一号,二单元"]]


def test_an_unclosed_quote_does_not_swallow_the_table() -> None:
    lines = [f"王{n},女" for n in range(300)]
    lines[3] = '"王三,女'
    _, (sheet,) = read_text(decode("\n".join(lines).encode()))
    assert len(sheet.rows) == 300


def test_title_lines_above_the_table_do_not_mislead() -> None:
    text = (
        "某局女职工花名册\n填报单位：某局；联系人：王芳；电话：1\n姓名,性别,电话\n"
        + "王芳,女,1\n" * 5
    )
    _, (sheet,) = read_text(decode(text.encode("gb18030")))
    assert sheet.rows[2] == ["姓名", "性别", "电话"]
    assert sheet.rows[0] == ["某局女职工花名册", None, None]


def test_a_few_bytes_that_fit_no_encoding_are_marked_with_their_cell() -> None:
    data = ("姓名,性别\n" + "王芳,女\n" * 200).encode("gb18030") + b"\xff\xff,\xc5\xae\n"
    decoded = decode(data)
    _, (sheet,) = read_text(decoded)
    assert decoded.encoding == "gb18030"
    assert sheet.rows[200] == ["王芳", "女"]
    assert sheet.marks.garbled_cells == {(202, 1)}


def test_a_name_of_two_gbk_characters_that_is_valid_utf_8_is_chinese() -> None:
    data = "模".encode("gb18030") + b"\n"
    assert data.decode("utf-8") != "模\n"
    assert decode(data).text == "模\n"


def test_noise_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes((n * 7919 + n // 251) % 255 + 1 for n in range(20_000)))
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(path)
    assert caught.value.reason == "not_a_table"


def test_too_many_pasted_cells_are_refused() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_clipboard("a" + "\t" * 4_000 + "b\n" + "a\tb\n" * 1_000)
    assert caught.value.reason == "too_many_cells"


def test_a_stray_zero_byte_does_not_spoil_the_text() -> None:
    data = ("姓名,性别\n" + "王芳,女\n" * 50).encode("gb18030")
    assert decode(data[:40] + b"\0" + data[40:]).text == data.decode("gb18030")
