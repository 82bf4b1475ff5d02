"""Is every kind of file read, whatever its name says?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.errors import UnreadableFileError
from desktop.exchange.reading import REASONS, Range, read_clipboard, read_workbook
from tests.exchange.workbooks import (
    ROSTER,
    by_odfpy,
    by_openpyxl,
    by_xlsxwriter,
    by_xlwt,
    encrypted,
    encrypted_xls,
    html_table,
    raw_xlsb,
    raw_xlsx,
    sheet_xml,
    xml_2003,
)

TITLE = Range(1, 1, 1, 4)


def reason_of(path: Path, password: str | None = None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(path, password=password)
    assert path.name in caught.value.happened
    assert str(path.parent) not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize(
    ("make", "name", "word", "merged"),
    [
        (by_xlsxwriter, "a.xlsx", "xlsx", (TITLE,)),
        (by_openpyxl, "a.xlsx", "xlsx", (TITLE,)),
        (by_openpyxl, "a.xls", "xlsx", (TITLE,)),
        (by_xlsxwriter, "a.csv", "xlsx", (TITLE,)),
        (by_xlwt, "a.xls", "xls", (TITLE,)),
        (by_xlwt, "a.xlsx", "xls", (TITLE,)),
        (by_xlwt, "a.et", "et", (TITLE,)),
        (by_odfpy, "a.ods", "ods", ()),
        (by_odfpy, "a.xlsx", "ods", ()),
    ],
)
def test_a_roster_reads_the_same_from_every_spreadsheet_format(
    tmp_path: Path,
    make: Callable[[Path], Path],
    name: str,
    word: str,
    merged: tuple[Range, ...],
) -> None:
    book = read_workbook(make(tmp_path / name))
    assert book.format == word
    assert book.encoding is None
    sheet = book.sheets[0]
    assert (sheet.name, sheet.visible) == ("花名册", True)
    assert (sheet.first_row, sheet.first_column) == (1, 1)
    assert sheet.rows == ROSTER
    assert sheet.merged == merged


def test_the_kind_of_every_value_is_kept(tmp_path: Path) -> None:
    row = read_workbook(by_xlsxwriter(tmp_path / "a.xlsx")).sheets[0].rows[2]
    assert [type(value) for value in row] == [str, str, date, str]


def test_a_workbook_with_macros_says_so(tmp_path: Path) -> None:
    path = by_openpyxl(tmp_path / "a.xlsm")
    replace_in(path, "[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    assert read_workbook(path).format == "xlsm"


def replace_in(path: Path, part: str, old: bytes, new: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_binary_workbook_is_read_with_its_errors_and_hidden_rows(tmp_path: Path) -> None:
    rows = [["姓名", "工号"], ["王芳", 7.0], ["李小雨", "#N/A"], ["张英", 8.0, "hidden"]]
    book = read_workbook(raw_xlsb(tmp_path / "a.xlsb", rows))
    sheet = book.sheets[0]
    assert book.format == "xlsb"
    assert sheet.rows[1][:2] == ["王芳", 7.0]
    assert sheet.rows[2][1] is None
    assert dict(sheet.marks.error_cells) == {(3, 2): "#N/A"}
    assert sheet.marks.hidden_rows == {4}


def test_a_binary_workbook_of_absurd_extent_is_refused(tmp_path: Path) -> None:
    path = raw_xlsb(
        tmp_path / "a.xlsb", [["王芳"], *[[] for _ in range(400)], [None] * 16_000 + [1.0]]
    )
    assert reason_of(path) == "too_many_cells"


def test_a_web_page_named_xls_is_read_with_its_title(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    rows = [["姓名", "身份证号码"], ["王&nbsp;芳", "420000198506120021"], ["李<br>小雨", None]]
    path.write_bytes(html_table(rows, title="<h2>花名册</h2>").encode("gb18030"))
    book = read_workbook(path)
    assert (book.format, book.encoding) == ("html", "gb18030")
    assert book.sheets[0].rows == [
        ["花名册", None],
        ["姓名", "身份证号码"],
        ["王 芳", "420000198506120021"],
        ["李\n小雨", None],
    ]


def test_spans_of_a_web_page_become_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        "<table><tr><td colspan=3>名册</td></tr><tr><td rowspan=2>一科</td><td>王芳<td>007</tr>"
        "<tr style='display:none'><td><s>李小雨</s></td><td>008</td></tr></table>",
        "utf-8",
    )
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows == [["名册", None, None], ["一科", "王芳", "007"], [None, "李小雨", "008"]]
    assert sheet.merged == (Range(1, 1, 1, 3), Range(2, 1, 3, 1))
    assert sheet.marks.hidden_rows == {3}
    assert sheet.marks.struck_rows == {3}


def test_a_table_inside_a_cell_stays_in_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><td>甲<table><tr><td>乙</td></tr></table></td><td>丙</td></tr>"
        "<tr><td>丁</td><td>戊</td></tr></table>",
        "utf-8",
    )
    assert read_workbook(path).sheets[0].rows == [["甲乙", "丙"], ["丁", "戊"]]


def test_a_page_packed_with_its_pictures_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    page = html_table([["姓名"], ["王芳"]]).encode("utf-8")
    path.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        + page
        + b"\r\n--x--\r\n"
    )
    assert read_workbook(path).sheets[0].rows == [["姓名"], ["王芳"]]


def test_a_web_page_without_a_table_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html><body></body></html>", "utf-8")
    assert reason_of(path) == "not_a_table"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_spreadsheet_of_2003_in_xml_is_read(tmp_path: Path, encoding: str) -> None:
    text = xml_2003(
        '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">名册</Data></Cell></Row>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell><Data ss:Type="String">王芳 & 李小雨</Data></Cell>'
        '<Cell ss:Index="3" ss:StyleID="s"><Data ss:Type="Number">7</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="DateTime">1985-06-12T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Boolean">1</Data></Cell>'
        '<Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>',
        styles='<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style>',
        table='<Column ss:Index="2" ss:Hidden="1"/>',
        options="<Visible>SheetHidden</Visible>",
    )
    path = tmp_path / "a.xls"
    path.write_bytes(text.encode(encoding))
    book = read_workbook(path)
    sheet = book.sheets[0]
    assert (book.format, sheet.name, sheet.visible) == ("xml2003", "花名册", False)
    assert sheet.rows == [
        ["名册", None, None],
        [None, None, None],
        ["王芳 & 李小雨", None, 7.0],
        [date(1985, 6, 12), True, None],
    ] or sheet.rows[3] == [date(1985, 6, 12), True]
    assert sheet.merged == (Range(1, 1, 1, 3),)
    assert sheet.marks.hidden_rows == {3}
    assert sheet.marks.hidden_columns == {2}
    assert sheet.marks.error_cells[4, 3] == "#N/A"
    assert sheet.marks.struck_cells == {(3, 3)}


def test_tab_separated_text_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes("姓名\t工号\r\n王芳\t007\r\n".encode("gb18030"))
    book = read_workbook(path)
    assert (book.format, book.encoding) == ("tsv", "gb18030")
    assert book.sheets[0].rows == [["姓名", "工号"], ["王芳", "007"]]


def test_pasted_cells_keep_line_breaks_and_blank_cells() -> None:
    book = read_clipboard('姓名\t备注\t工号\r\n王芳\t"借调\n2026年回"\t007\r\n\t5" 屏\t\r\n')
    assert book.format == "clipboard"
    assert book.sheets[0].rows == [
        ["姓名", "备注", "工号"],
        ["王芳", "借调\n2026年回", "007"],
        [None, '5" 屏', None],
    ]


def test_pasted_names_in_one_column_stay_one_column() -> None:
    assert read_clipboard("王芳\n李小雨\n").sheets[0].rows == [["王芳"], ["李小雨"]]


def test_an_empty_clipboard_holds_no_rows() -> None:
    assert read_clipboard("").sheets[0].rows == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_protected_workbook_asks_for_its_password(tmp_path: Path, name: str) -> None:
    path = encrypted(by_xlsxwriter(tmp_path / "plain.xlsx"), tmp_path / name, "芳 2026")
    assert reason_of(path) == "password_needed"
    assert reason_of(path, "2026") == "wrong_password"
    book = read_workbook(path, password="芳 2026")
    assert book.format == "xlsx"
    assert book.sheets[0].rows == ROSTER


def test_a_workbook_protected_only_against_changes_opens_without_a_password(tmp_path: Path) -> None:
    path = encrypted(by_xlsxwriter(tmp_path / "p.xlsx"), tmp_path / "a.xlsx", "VelvetSweatshop")
    assert read_workbook(path).sheets[0].rows == ROSTER


def test_an_old_protected_workbook_asks_for_its_password(tmp_path: Path) -> None:
    path = encrypted_xls(by_xlwt(tmp_path / "plain.xls"), tmp_path / "a.xls", "芳 2026")
    assert reason_of(path) == "password_needed"
    assert reason_of(path, "2026") == "wrong_password"
    book = read_workbook(path, password="芳 2026")
    assert book.format == "xls"
    assert book.sheets[0].rows == ROSTER


def test_hidden_sheets_are_read_and_marked(tmp_path: Path) -> None:
    cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
    sheets = {"在职": sheet_xml(cell), "旧": sheet_xml(cell), "字典": sheet_xml(cell)}
    states = {"旧": "hidden", "字典": "veryHidden"}
    book = read_workbook(raw_xlsx(tmp_path / "a.xlsx", sheets, states=states))
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [
        ("在职", True),
        ("旧", False),
        ("字典", False),
    ]


def test_a_sheet_without_values_has_no_rows(tmp_path: Path) -> None:
    sheets = {"名册": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), "Sheet2": sheet_xml("")}
    book = read_workbook(raw_xlsx(tmp_path / "a.xlsx", sheets))
    assert book.sheets[1].rows == []


def test_positions_are_those_the_spreadsheet_program_shows(tmp_path: Path) -> None:
    xml = sheet_xml(
        '<row r="4"><c r="C4"><v>1</v></c></row><row r="6"><c r="D6"><v>2</v></c></row>'
    )
    sheet = read_workbook(raw_xlsx(tmp_path / "a.xlsx", xml)).sheets[0]
    assert (sheet.first_row, sheet.first_column) == (4, 3)
    assert sheet.rows == [[1.0, None], [None, None], [None, 2.0]]


REFUSED_BEGINNINGS = [
    (b"%PDF-1.7\n" + b"x" * 900, "picture_or_document"),
    (b"\x89PNG\r\n\x1a\n" + bytes(900), "picture_or_document"),
    (b"\xff\xd8\xff\xe0" + bytes(900), "picture_or_document"),
    (b"BM" + bytes(900), "picture_or_document"),
    (b"{\\rtf1 abc}", "picture_or_document"),
    (b"\0\0\0\x20ftypheic" + bytes(900), "picture_or_document"),
    (b"Rar!\x1a\7\0" + bytes(90), "archive"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(90), "archive"),
    (b"\0\0\x1a\0\0\x10\4\0" + bytes(90), "old_format"),
    (b"\xac\xed\0\5sr\0" + bytes(90), "not_a_table"),
    (b"MZ\x90\0" + bytes(900), "not_a_table"),
    (bytes(range(256)) * 40, "not_a_table"),
    (b"PK\3\4" + bytes(500), "damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
    (b"<?xml version='1.0'?><w:document xmlns:w='x'/>", "picture_or_document"),
    (b"<?xml version='1.0'?><project/>", "not_a_table"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED_BEGINNINGS)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(data)
    assert reason_of(path) == reason


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("word/document.xml", "picture_or_document"),
        ("ppt/presentation.xml", "picture_or_document"),
        ("Index/Document.iwa", "other_program"),
        ("照片/1.jpg", "archive"),
    ],
)
def test_other_packages_are_refused_by_name(tmp_path: Path, part: str, reason: str) -> None:
    import zipfile

    path = tmp_path / "花名册.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert reason_of(path) == reason


def test_a_word_table_is_refused_as_a_document(tmp_path: Path) -> None:
    path = by_xlwt(tmp_path / "a.xls")
    data = path.read_bytes().replace(
        "Workbook".encode("utf-16-le").ljust(66, b"\0") + b"\x12\0",
        "WordDocument".encode("utf-16-le").ljust(66, b"\0")[:64] + b"\x1a\0",
    )
    named = "WordDocument".encode("utf-16-le")
    at = path.read_bytes().index("Workbook".encode("utf-16-le"))
    data = bytearray(path.read_bytes())
    data[at : at + len(named)] = named
    data[at + 64 : at + 66] = (len(named) + 2).to_bytes(2, "little")
    path.write_bytes(bytes(data))
    assert reason_of(path) == "picture_or_document"


def test_every_reason_has_three_plain_sentences() -> None:
    for reason, sentences in REASONS.items():
        for text in (sentences.happened, sentences.remedy):
            assert text.endswith("。"), reason
            assert not {"!", "！", "你"} & set(text), reason
            assert not any(word in text for word in ("成功", "失败", "非法", "异常")), reason
        assert "{name}" in sentences.happened
