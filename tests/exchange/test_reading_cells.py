"""Does every kind of cell come out as what it is, and is what values cannot show said?"""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from desktop.exchange.reading import CellValue, Range, Sheet, read_workbook
from tests.exchange.workbooks import MAIN, by_xlwt, raw_xlsx, sheet_xml, styles_xml

DATE_FORMATS: list[int | str] = [
    14,
    22,
    27,
    28,
    30,
    31,
    50,
    57,
    58,
    'yyyy"年"m"月"',
    "yyyy.mm",
    "[$-804]yyyy/m/d",
    "[DBNum1][$-804]yyyy年m月d日",
    "[$-F800]dddd, mmmm dd, yyyy",
]
NUMBER_FORMATS: list[int | str] = [0, 1, 2, 9, 11, 49, '0.00"元"', 'General"人"', '#,##0"日"']


def only_sheet(path: Path) -> Sheet:
    (sheet,) = read_workbook(path).sheets
    return sheet


def one_cell(tmp_path: Path, cell: str, formats: list[int | str] | None = None) -> CellValue:
    xml = sheet_xml(f'<row r="1">{cell}</row>')
    sheet = only_sheet(raw_xlsx(tmp_path / "a.xlsx", xml, styles=styles_xml(formats or [0])))
    return sheet.rows[0][0]


@pytest.mark.parametrize("code", DATE_FORMATS)
def test_a_number_shown_as_a_date_is_a_date(tmp_path: Path, code: int | str) -> None:
    value = one_cell(tmp_path, '<c r="A1" s="1"><v>31210</v></c>', [0, code])
    assert value == date(1985, 6, 12)


@pytest.mark.parametrize("code", NUMBER_FORMATS)
def test_a_number_not_shown_as_a_date_stays_a_number(tmp_path: Path, code: int | str) -> None:
    value = one_cell(tmp_path, '<c r="A1" s="1"><v>31210</v></c>', [0, code])
    assert value == 31210.0
    assert isinstance(value, float)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>13812345678</v></c>', 13812345678.0),
        ('<c r="A1"><v>1.10105199009091E+17</v></c>', 1.10105199009091e17),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="inlineStr"><is><t>007</t></is></c>', "007"),
        ('<c r="A1" t="str"><v>NA</v></c>', "NA"),
        ('<c r="A1" t="inlineStr"><is><r><t>王</t></r><r><t>芳</t></r></is></c>', "王芳"),
        ('<c r="A1" t="inlineStr"><is><t>𠮷</t></is></c>', "𠮷"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb"),
        ('<c r="A1" t="str"><f>"王"&amp;"芳"</f><v>王芳</v></c>', "王芳"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2.0),
    ],
)
def test_a_value_comes_out_as_the_file_holds_it(
    tmp_path: Path, cell: str, value: CellValue
) -> None:
    found = one_cell(tmp_path, cell)
    assert (found, type(found)) == (value, type(value))


def test_moments_times_and_durations_keep_their_clock(tmp_path: Path) -> None:
    cells = "".join(
        f'<c r="{column}1" s="{style}"><v>{value}</v></c>'
        for column, style, value in (("A", 1, 31210.5), ("B", 2, 0.5), ("C", 3, 1.25))
    )
    styles = styles_xml([0, 22, 20, "[h]:mm:ss"])
    sheet = only_sheet(
        raw_xlsx(tmp_path / "a.xlsx", sheet_xml(f"<row>{cells}</row>"), styles=styles)
    )
    assert sheet.rows == [[datetime.fromisoformat("1985-06-12T12:00"), time(12), "30:00:00"]]


def test_a_workbook_of_1904_says_so_and_its_dates_are_right(tmp_path: Path) -> None:
    xml = sheet_xml('<row r="1"><c r="A1" s="1"><v>29748</v></c><c r="B1"><v>29748</v></c></row>')
    sheet = only_sheet(
        raw_xlsx(
            tmp_path / "a.xlsx",
            xml,
            styles=styles_xml([0, 14]),
            workbook='<workbookPr date1904="1"/>',
        )
    )
    assert sheet.date_1904
    assert sheet.rows == [[date(1985, 6, 12), 29748.0]]


def test_shared_and_phonetic_texts_are_read(tmp_path: Path) -> None:
    shared = (
        f'<sst xmlns="{MAIN}"><si><t>王芳</t><rPh sb="0" eb="1"><t>ワン</t></rPh></si>'
        "<si><r><t>李</t></r><r><rPr><b/></rPr><t>小雨</t></r></si></sst>"
    )
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml(f'<row r="1">{cells}</row>'), shared=shared)
    assert only_sheet(path).rows == [["王芳", "李小雨"]]


ODD_SHEET = sheet_xml(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1"><v>1</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>A9</f></c></row>'
    '<row r="3"><c r="A3" s="0" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    '<c r="B3"><f t="shared" si="0"/><v></v></c></row>'
    '<row r="4" spans="1:2" hidden="true"><c r="A4" t="str"><f>IF(1,"")</f><v></v></c>'
    '<c r="B4"><v>4</v></c></row>',
    before='<sheetPr filterMode="1"/><cols><col min="1" max="1" width="9"/>'
    '<col min="2" max="16384" width="9" hidden="1"/></cols>',
    after='<autoFilter ref="A1:B4"><filterColumn colId="0"><filters><filter val="x"/></filters>'
    '</filterColumn></autoFilter><mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>',
)


def assert_odd_marks(sheet: Sheet) -> None:
    assert sheet.rows == [["姓名", 1.0], [None, None], [None, None], [None, 4.0]]
    marks = sheet.marks
    assert dict(marks.error_cells) == {(2, 1): "#N/A", (3, 1): "#DIV/0!"}
    assert marks.formulas_without_value == {(2, 2), (3, 2)}
    assert marks.hidden_rows == {2, 4}
    assert marks.hidden_columns == {2}
    assert marks.filtered
    assert sheet.merged == (Range(3, 1, 4, 2),)


def test_what_the_values_do_not_show_is_marked(tmp_path: Path) -> None:
    assert_odd_marks(only_sheet(raw_xlsx(tmp_path / "a.xlsx", ODD_SHEET)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<c r=", "<c  r="),
        ('"', "'"),
        ("<c ", "\n  <c "),
        ("<f", "\n    <f"),
        ('<row r="2" ', "<row "),
    ],
)
def test_marks_do_not_depend_on_how_the_xml_is_written(tmp_path: Path, old: str, new: str) -> None:
    head, _, rest = ODD_SHEET.partition("?>")
    rest = rest.replace('<f>IF(1,"")</f>', "<f>A9</f>") if old == '"' else rest
    sheet = only_sheet(raw_xlsx(tmp_path / "a.xlsx", f"{head}?>{rest.replace(old, new)}"))
    assert_odd_marks(sheet)


def test_marks_are_found_under_a_namespace_prefix(tmp_path: Path) -> None:
    import re

    head, _, rest = ODD_SHEET.partition("?>")
    prefixed = re.sub(r"<(/?)(\w)", r"<\1x:\2", rest).replace("xmlns=", "xmlns:x=")
    assert_odd_marks(only_sheet(raw_xlsx(tmp_path / "a.xlsx", f"{head}?>{prefixed}")))


def test_an_ordinary_sheet_has_no_marks(tmp_path: Path) -> None:
    xml = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', after='<autoFilter ref="A1:A1"/>')
    marks = only_sheet(raw_xlsx(tmp_path / "a.xlsx", xml)).marks
    assert not marks.filtered
    assert not marks.error_cells
    assert not marks.hidden_rows
    assert not marks.left_out


def test_struck_through_rows_are_found_in_xlsx(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for name, number in (("王芳", "001"), ("李小雨", "002"), ("张英", "003")):
        sheet.append([name, "一科", number])
    for cell in sheet[2]:
        cell.font = Font(strike=True)
    sheet["C3"].font = Font(strike=True)
    sheet["D9"].font = Font(strike=True)
    book.save(tmp_path / "a.xlsx")
    marks = only_sheet(tmp_path / "a.xlsx").marks
    assert marks.struck_rows == {2}
    assert marks.struck_cells == {(2, 1), (2, 2), (2, 3), (3, 3)}


def test_what_the_values_of_an_xls_do_not_show_is_marked(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("花名册")
    struck = xlwt.easyxf("font: struck_out true")
    for row, name in enumerate(("王芳", "李小雨", "张英")):
        sheet.write(row, 0, name, struck if row == 1 else xlwt.easyxf())
        sheet.write(row, 1, row)
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    sheet.write(0, 2, xlwt.Formula("1"))
    hidden = book.add_sheet("旧")
    hidden.visibility = 1
    book.save(str(tmp_path / "a.xls"))
    first, second = read_workbook(tmp_path / "a.xls").sheets
    assert first.marks.struck_rows == {2}
    assert first.marks.hidden_rows == {3}
    assert first.marks.hidden_columns == {2}
    assert not second.visible


def test_error_cells_and_filters_of_an_xls_are_marked(tmp_path: Path) -> None:
    import struct

    path = by_xlwt(tmp_path / "a.xls", [["某局", None], ["王芳", 1.0]])
    data = path.read_bytes()
    # the number cell becomes the error #N/A, and an unused record the one that says "filtered"
    at = data.index(struct.pack("<HHHH", 0x27E, 10, 1, 1))
    error = struct.pack("<HHHHHBBH", 0x205, 10, 1, 1, 0, 0x2A, 1, 0)
    data = data[:at] + error + data[at + len(error) :]
    calculation = struct.pack("<HH", 0x0D, 2)
    data = data.replace(calculation, struct.pack("<HH", 0x9B, 2), 1)
    path.write_bytes(data)
    sheet = only_sheet(path)
    assert sheet.rows[1][0] == "王芳"
    assert dict(sheet.marks.error_cells) == {(2, 2): "#N/A"}
    assert sheet.marks.filtered


def test_dates_of_an_xls_in_chinese_formats_are_dates(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("花名册")
    for column, code in enumerate(('yyyy"年"m"月"', "yyyy.mm", "h:mm", '0.00"元"')):
        value = 0.5 if code == "h:mm" else 31210
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))
    book.save(str(tmp_path / "a.xls"))
    assert only_sheet(tmp_path / "a.xls").rows == [
        [date(1985, 6, 12), date(1985, 6, 12), time(12), 31210.0]
    ]


def test_what_an_ods_says_about_its_rows_is_marked(tmp_path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TableProperties, TextProperties
    from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    struck = Style(name="struck", family="table-cell")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(struck)
    document.automaticstyles.addElement(unseen)
    table = Table(name="花名册", stylename=unseen)
    table.addElement(TableColumn())
    table.addElement(TableColumn(visibility="collapse", numbercolumnsrepeated=1000))
    title = TableRow()
    title.addElement(_text_cell(TableCell(numbercolumnsspanned=2), P(text="名册")))
    title.addElement(CoveredTableCell())
    table.addElement(title)
    person = TableRow(visibility="filter")
    person.addElement(_text_cell(TableCell(stylename=struck), P(text="王  芳")))
    person.addElement(
        _text_cell(
            TableCell(formula="of:=NA()", valuetype="string", stringvalue=""), P(text="#N/A")
        )
    )
    person.addElement(TableCell(valuetype="time", timevalue="PT30H05M00S"))
    table.addElement(person)
    table.addElement(TableRow(numberrowsrepeated=1_048_000))
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "a.ods"))
    sheet = only_sheet(tmp_path / "a.ods")
    assert not sheet.visible
    assert sheet.rows == [["名册", None, None], ["王  芳", None, "30:05:00"]]
    assert sheet.merged == (Range(1, 1, 1, 2),)
    assert sheet.marks.hidden_rows == {2}
    assert sheet.marks.hidden_columns == {2, 3}
    assert sheet.marks.filtered
    assert dict(sheet.marks.error_cells) == {(2, 2): "#N/A"}
    assert sheet.marks.struck_rows == {2}


def _text_cell(cell: object, paragraph: object) -> object:
    cell.addElement(paragraph)  # type: ignore[attr-defined]
    return cell
