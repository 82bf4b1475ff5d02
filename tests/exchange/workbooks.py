"""Real files of every kind that a reader may meet, made on the spot."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path

Value = str | int | float | bool | date | datetime | time | None

ROSTER: list[list[Value]] = [
    ["某局女职工花名册", None, None, None],
    ["姓名", "身份证号码", "出生日期", "工号"],
    ["王芳", "420000198506120021", date(1985, 6, 12), "007"],
    ["欧阳䶮", "420000199111245289", date(1991, 11, 24), "NA"],
]

TEXT_ROSTER: list[list[Value]] = [
    ["姓名", "身份证号码", "出生年月", "工号", "备注"],
    ["王芳", "420000198506120021", "1990.10", "007", None],
    ["李小雨", "420000199111245289", "1991年11月", "012", "借调，2026年回"],
]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def by_xlsxwriter(path: Path, rows: Sequence[Sequence[Value]] = ROSTER) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("花名册")
    as_date = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, as_date)
            elif value is not None:
                sheet.write_number(row, column, value)
    sheet.merge_range(0, 0, 0, 3, rows[0][0])
    book.close()
    return path


def by_openpyxl(path: Path, rows: Sequence[Sequence[Value]] = ROSTER) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "花名册"
    for values in rows:
        sheet.append(list(values))
    sheet.merge_cells("A1:D1")
    book.save(path)
    return path


def by_xlwt(path: Path, rows: Sequence[Sequence[Value]] = ROSTER, encoding: str = "utf-8") -> Path:
    import xlwt

    book = xlwt.Workbook(encoding=encoding)
    sheet = book.add_sheet("花名册")
    as_date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if row == 0 and column == 0:
                sheet.write_merge(0, 0, 0, 3, value)
            elif isinstance(value, date):
                sheet.write(row, column, value, as_date)
            elif value is not None:
                sheet.write(row, column, value)
    book.save(str(path))
    return path


def by_odfpy(path: Path, rows: Sequence[Sequence[Value]] = ROSTER) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="花名册")
    for values in rows:
        row = TableRow()
        for value in values:
            if isinstance(value, date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
                cell.addElement(P(text=f"{value.year}年{value.month}月"))
            elif isinstance(value, float):
                cell = TableCell(valuetype="float", value=str(value))
                cell.addElement(P(text=f"{value:g}"))
            else:
                cell = TableCell(valuetype="string") if value else TableCell()
                cell.addElement(P(text=value or ""))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def sheet_xml(cells: str, *, before: str = "", after: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{cells}</sheetData>{after}</worksheet>"
    )


def raw_xlsx(
    path: Path,
    sheets: str | dict[str, str],
    *,
    styles: str = "",
    shared: str = "",
    workbook: str = "",
    states: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
) -> Path:
    """A workbook written part by part, so that no library smooths anything."""
    named = {"Sheet1": sheets} if isinstance(sheets, str) else sheets
    declared = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"'
        f' state="{(states or {}).get(name, "visible")}"/>'
        for number, name in enumerate(named, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(named) + 1)
    )
    if styles:
        relations += f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    if shared:
        relations += (
            f'<Relationship Id="t" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
    parts = {
        "[Content_Types].xml": _content_types(len(named), bool(styles), bool(shared)),
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="b"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{workbook}'
        f"<sheets>{declared}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}'
        "</Relationships>",
    }
    for number, xml in enumerate(named.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    if styles:
        parts["xl/styles.xml"] = styles
    if shared:
        parts["xl/sharedStrings.xml"] = shared
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def _content_types(sheets: int, styles: bool, shared: bool) -> str:
    overrides = [("/xl/workbook.xml", "sheet.main")]
    overrides += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    overrides += [("/xl/styles.xml", "styles")] * styles
    overrides += [("/xl/sharedStrings.xml", "sharedStrings")] * shared
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{_PACKAGE_TYPE}.{kind}+xml"/>'
        for name, kind in overrides
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def styles_xml(formats: Sequence[int | str]) -> str:
    """Cell style n shows numbers in the n-th format: a built-in number or a format code."""
    codes = {n + 164: code for n, code in enumerate(formats) if isinstance(code, str)}
    listed = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in (
            (n, c.replace("&", "&amp;").replace('"', "&quot;")) for n, c in codes.items()
        )
    )
    styles = "".join(
        f'<xf numFmtId="{code if isinstance(code, int) else n + 164}" fontId="0" fillId="0"'
        ' borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n, code in enumerate(formats)
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{listed}</numFmts>'
        '<fonts count="1"><font><sz val="11"/></font></fonts>'
        f'<cellXfs count="{len(formats)}">{styles}</cellXfs></styleSheet>'
    )


def xml_2003(rows: str, *, styles: str = "", table: str = "", options: str = "") -> str:
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="花名册"><Table>{table}{rows}</Table>'
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}'
        "</WorksheetOptions></Worksheet></Workbook>"
    )


def html_table(rows: Sequence[Sequence[Value]], *, title: str = "") -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td>{'' if v is None else v}</td>" for v in row) + "</tr>"
        for row in rows
    )
    return f"<html><body>{title}<table border=1>{lines}</table></body></html>"


def raw_xlsb(path: Path, rows: Sequence[Sequence[Value]], *, extra: bytes = b"") -> Path:
    """A binary workbook of texts, numbers and the error ``#N/A`` (written as such a text)."""
    sheet = io.BytesIO()
    width = max(map(len, rows), default=1)
    extent = struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)
    sheet.write(record(129) + record(148, extent) + record(145))  # the sheet, its extent, its cells
    for row, values in enumerate(rows):
        hidden = 0x10 if values and values[-1] == "hidden" else 0
        sheet.write(record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, hidden, 0, 0)))
        for column, value in enumerate(values):
            head = struct.pack("<II", column, 0)
            if value == "#N/A":
                sheet.write(record(3, head + b"\x2a"))
            elif isinstance(value, str):
                sheet.write(record(6, head + _wide(value)))
            elif isinstance(value, float):
                sheet.write(record(5, head + struct.pack("<d", value)))
    sheet.write(record(146) + extra + record(130))
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("花名册"))
    )
    book += record(144) + record(132)
    main = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/xl/workbook.bin" ContentType="{main}"/></Types>',
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1"'
            f' Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet.getvalue())
    return path


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def record(code: int, content: bytes = b"") -> bytes:
    """One record of a binary workbook."""
    head = bytes([code]) if code < 128 else bytes([code & 0x7F | 0x80, code >> 7])
    length = len(content)
    if length < 128:
        return head + bytes([length]) + content
    return head + bytes([length & 0x7F | 0x80, length >> 7]) + content


def encrypted(plain: Path, path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt(password, target)
    return path


_NOT_ENCRYPTED = {0x809, 0x2F, 0x194, 0x195, 0xE1, 0x196, 0x138}


def encrypted_xls(plain: Path, path: Path, password: str) -> Path:
    """An xls encrypted as Excel 97 does (RC4 with 40 bits, [MS-XLS] 2.2.10)."""
    data = bytearray(plain.read_bytes())
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    keys = _block_keys(password, salt)
    proof = _rc4(keys(0), verifier + hashlib.md5(verifier).digest())
    at, start = 512, 512
    entry = data.index("Workbook".encode("utf-16-le"))
    end = start + struct.unpack_from("<I", data, entry + 120)[0]
    while at < end:
        code, length = struct.unpack_from("<HH", data, at)
        if code == 0x5C:  # the author's record makes room for the one that says "encrypted"
            struct.pack_into("<H", data, at, 0x2F)
            data[at + 4 : at + 10 + 48] = struct.pack("<HHH", 1, 1, 1) + salt + proof
        elif code == 0 and length == 0:
            length = end - at - 4  # xlwt fills up with zeros, which are no record
            struct.pack_into("<H", data, at + 2, length)
        elif code not in _NOT_ENCRYPTED:
            kept = 4 if code == 0x85 else 0
            for place in range(at + 4 + kept, at + 4 + length):
                offset = place - start
                data[place] ^= _stream(keys(offset // 1024))[offset % 1024]
        at += 4 + length
    path.write_bytes(bytes(data))
    return path


def _block_keys(password: str, salt: bytes) -> Callable[[int], bytes]:
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    base = hashlib.md5((short + salt) * 16).digest()[:5]
    return lambda block: hashlib.md5(base + struct.pack("<I", block)).digest()


@lru_cache
def _stream(key: bytes) -> bytes:
    return _rc4(key, bytes(1024))


def _rc4(key: bytes, content: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
