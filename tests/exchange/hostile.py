"""Files that set out to hang a reader, fill its memory or end its process."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.exchange.workbooks import MAIN, by_odfpy, by_xlsxwriter, by_xlwt, raw_xlsx, sheet_xml

_A1 = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'

_BOMB = 320 << 20


def stray_last_cell(path: Path) -> Path:
    """One forgotten cell in the very last corner of the grid."""
    return raw_xlsx(path, sheet_xml(_A1 + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def stray_in_first_row(path: Path) -> Path:
    """The same, written inside row 1 and out of order."""
    return raw_xlsx(path, sheet_xml('<row r="1"><c r="XFD1048576"><v>1</v></c></row>' + _A1))


def stray_column_99(path: Path) -> Path:
    return raw_xlsx(path, sheet_xml(_A1 + '<row r="1000000"><c r="CU1000000"><v>1</v></c></row>'))


def stray_without_addresses(path: Path) -> Path:
    far = '<row r="1048576"><c/><c r="XFD1048576"><v>1</v></c></row>'
    return raw_xlsx(path, sheet_xml(f"<row><c><v>5</v></c></row>{far}"))


def stray_with_prefix(path: Path) -> Path:
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c>'
        '</x:row><x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    return raw_xlsx(path, xml)


def stray_in_unlisted_sheet(path: Path) -> Path:
    """The relation names the part in a way only some readers resolve."""
    raw_xlsx(
        path, sheet_xml('<row r="1"><c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>')
    )
    plain = zipfile.ZipFile(path)
    parts = {name: plain.read(name) for name in plain.namelist()}
    plain.close()
    key = "xl/_rels/workbook.xml.rels"
    parts[key] = parts[key].replace(b"worksheets/sheet1.xml", b"xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def many_far_cells(path: Path) -> Path:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="ZZ{row}"><v>1</v></c></row>'
        for row in range(1, 20_000, 3)
    )
    return raw_xlsx(path, sheet_xml(rows))


def blank_bomb(path: Path) -> Path:
    """A third of a gigabyte of blanks in a sheet of a few hundred kilobytes."""
    return _bombed(path, "xl/worksheets/sheet1.xml", sheet_xml(_A1).encode(), b" ")


def text_bomb(path: Path) -> Path:
    """A shared text of a third of a gigabyte."""
    raw_xlsx(path, sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    head = f'<sst xmlns="{MAIN}"><si><t>'.encode()
    return _bombed(path, "xl/sharedStrings.xml", head, b"A", tail=b"</t></si></sst>")


def repeated_text(path: Path) -> Path:
    """A text of 30,000 characters that stands in two hundred thousand cells."""
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, 20_000)
    )
    shared = f'<sst xmlns="{MAIN}"><si><t>{"长" * 30_000}</t></si></sst>'
    return raw_xlsx(path, sheet_xml(rows), shared=shared)


def cell_bomb(path: Path) -> Path:
    """More than three million cells."""
    row = "".join(
        f'<c r="{a}{b}%d"><v>1</v></c>' for a in "AB" for b in "ABCDEFGHIJKLMNOPQRSTUVWXY"
    )
    rows = "".join(f'<row r="{n}">{row.replace("%d", str(n))}</row>' for n in range(1, 65_001))
    return raw_xlsx(path, sheet_xml(rows))


def styled_blanks(path: Path) -> Path:
    """Two people above 200,000 rows of twenty blank bordered cells."""
    row = "".join(f'<c r="{letter}%d" s="0"/>' for letter in "ABCDEFGHIJKLMNOPQRST")
    rows = "".join(f'<row r="{n}">{row.replace("%d", str(n))}</row>' for n in range(2, 200_001))
    return raw_xlsx(path, sheet_xml(_A1 + rows))


def entity_bomb(path: Path) -> Path:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = sheet_xml('<row r="1"><c r="A1" t="str"><v>&e11;</v></c></row>')
    head, _, rest = xml.partition("?>")
    return raw_xlsx(path, f'{head}?><!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>{rest}')


def foreign_entity(path: Path) -> Path:
    xml = sheet_xml('<row r="1"><c r="A1" t="str"><v>&file;</v></c></row>')
    head, _, rest = xml.partition("?>")
    return raw_xlsx(
        path, f'{head}?><!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>{rest}'
    )


def thousand_sheets_of_one_part(path: Path) -> Path:
    raw_xlsx(
        path,
        sheet_xml(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999"><c r="Z99999"><v>1</v></c></row>'
        ),
    )
    plain = zipfile.ZipFile(path)
    parts = {name: plain.read(name) for name in plain.namelist()}
    plain.close()
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 1000))
    book = parts["xl/workbook.xml"].decode()
    start = book.index("<sheets>")
    parts["xl/workbook.xml"] = f"{book[:start]}<sheets>{sheets}</sheets></workbook>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def lying_sizes(path: Path) -> Path:
    """A bomb whose directory claims it is small."""
    blank_bomb(path)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\1\2")
    while at >= 0:
        data[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at = data.rfind(b"PK\1\2", 0, at)
    path.write_bytes(bytes(data))
    return path


def ods_of_repeated_cells(path: Path) -> Path:
    by_odfpy(path)
    plain = zipfile.ZipFile(path)
    parts = {name: plain.read(name) for name in plain.namelist()}
    plain.close()
    parts["content.xml"] = (
        parts["content.xml"]
        .replace(
            b"<table:table-row>",
            b'<table:table-row table:number-rows-repeated="1048576">',
        )
        .replace(b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="16384" ')
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def html_of_wide_spans(path: Path) -> Path:
    path.write_text("<table>" + "<tr><td colspan=16384><td>x" * 100_000, "utf-8")
    return path


def html_of_tall_spans(path: Path) -> Path:
    path.write_text("<table><tr>" + "<td rowspan=60000 colspan=16000>x" * 50, "utf-8")
    return path


def wide_csv(path: Path) -> Path:
    path.write_text("\n".join(["姓名" + "," * 9_000 + "x"] + ["王芳,1"] * 50_000), "utf-8")
    return path


def xls_with_looping_sectors(path: Path) -> Path:
    by_xlwt(path)
    data = bytearray(path.read_bytes())
    first_table = struct.unpack_from("<I", data, 76)[0]
    at = 512 + 512 * first_table
    data[at : at + 512] = struct.pack("<I", 0) * 128
    path.write_bytes(bytes(data))
    return path


def xls_of_noise(path: Path) -> Path:
    by_xlwt(path)
    data = bytearray(path.read_bytes())
    for at in range(700, len(data), 37):
        data[at] ^= 0xA5
    path.write_bytes(bytes(data))
    return path


def cut_in_half(path: Path) -> Path:
    by_xlsxwriter(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def broken_inside(path: Path) -> Path:
    by_xlsxwriter(path)
    data = bytearray(path.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = bytes(40)
    path.write_bytes(bytes(data))
    return path


def _bombed(path: Path, part: str, head: bytes, filler: bytes, *, tail: bytes = b"") -> Path:
    if not path.exists():
        raw_xlsx(path, sheet_xml(_A1))
    plain = zipfile.ZipFile(path)
    parts = {name: plain.read(name) for name in plain.namelist() if name != part}
    plain.close()
    block = filler * (1 << 22)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(part, "w", force_zip64=True) as out:
            out.write(head)
            for _ in range(_BOMB // len(block)):
                out.write(block)
            out.write(tail)
    return path


ALL: tuple[Callable[[Path], Path], ...] = (
    stray_last_cell,
    stray_in_first_row,
    stray_column_99,
    stray_without_addresses,
    stray_with_prefix,
    stray_in_unlisted_sheet,
    many_far_cells,
    blank_bomb,
    text_bomb,
    repeated_text,
    cell_bomb,
    styled_blanks,
    entity_bomb,
    foreign_entity,
    thousand_sheets_of_one_part,
    lying_sizes,
    ods_of_repeated_cells,
    html_of_wide_spans,
    html_of_tall_spans,
    wide_csv,
    xls_with_looping_sectors,
    xls_of_noise,
    cut_in_half,
    broken_inside,
)
