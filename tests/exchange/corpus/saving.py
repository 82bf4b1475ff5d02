"""How is a page saved by the programs offices use?"""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.exchange.corpus.pages import Book, Formula, Page


def save(book: Book, folder: Path, name: str) -> Path:
    """The book as a file of its format; what a format cannot hold is left away."""
    writer, suffix = _FORMATS[book.format]
    path = folder / (book.filename or f"{name}.{suffix}")
    writer(book, path)
    return path


def _extent(page: Page) -> tuple[int, int]:
    rows = max((r for r, _ in page.cells), default=0)
    return rows, max((c for _, c in page.cells), default=0)


def _grid(page: Page) -> list[list[Any]]:
    rows, columns = _extent(page)
    return [
        [_plain(page.cells.get((r, c))) for c in range(1, columns + 1)] for r in range(1, rows + 1)
    ]


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Formula) else value


def _by_openpyxl(book: Book, path: Path) -> None:
    import openpyxl
    from openpyxl.styles import Border, Font, Side

    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for page in book.pages:
        sheet = made.create_sheet(page.name)
        for (row, column), value in page.cells.items():
            cell = sheet.cell(row, column, value.text if isinstance(value, Formula) else value)
            if isinstance(value, str) and not value.startswith("="):
                cell.number_format = "@"
            if row in page.struck_rows:
                cell.font = Font(strike=True)
        for first_row, first, last_row, last in page.merges:
            sheet.merge_cells(
                start_row=first_row, start_column=first, end_row=last_row, end_column=last
            )
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[sheet.cell(1, column).column_letter].hidden = True
        if page.styled_to_row:
            lined = Border(bottom=Side("thin"))
            for row in range(_extent(page)[0] + 1, page.styled_to_row):
                sheet.cell(row, 1).border = lined
            sheet.cell(1_048_576, 1).border = lined
        if page.has_filter:
            sheet.auto_filter.ref = sheet.dimensions
        if page.is_hidden:
            sheet.sheet_state = "hidden"
    made.save(path)


def _by_xlsxwriter(book: Book, path: Path) -> None:
    import xlsxwriter

    made = xlsxwriter.Workbook(str(path))
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    struck = made.add_format({"font_strikeout": True})
    for page in book.pages:
        sheet = made.add_worksheet(page.name)
        merged = {(r, c): (r2, c2) for r, c, r2, c2 in page.merges}
        for first_row, first, last_row, last in page.merges:
            value = _plain(page.cells.get((first_row, first), ""))
            sheet.merge_range(first_row - 1, first - 1, last_row - 1, last - 1, value)
        for (row, column), value in page.cells.items():
            if (row, column) in merged:
                continue
            at = (row - 1, column - 1)
            if isinstance(value, Formula):
                sheet.write_formula(
                    *at, value.text, None, "" if value.value is None else value.value
                )
            elif isinstance(value, str):
                sheet.write_string(*at, value, struck if row in page.struck_rows else None)
            elif isinstance(value, bool):
                sheet.write_boolean(*at, value)
            elif isinstance(value, date):
                sheet.write_datetime(*at, value, day)
            else:
                sheet.write_number(*at, value)
        for row in page.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if page.is_hidden:
            sheet.hide()
    made.close()


def _by_xlwt(book: Book, path: Path) -> None:
    import xlwt

    made = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in book.pages:
        sheet = made.add_sheet(page.name)
        starts = {(r, c): (r2, c2) for r, c, r2, c2 in page.merges}
        for (row, column), cell in page.cells.items():
            value = _plain(cell)
            if (row, column) in starts:
                last_row, last = starts[row, column]
                sheet.write_merge(row - 1, last_row - 1, column - 1, last - 1, value)
            elif isinstance(value, date):
                sheet.write(row - 1, column - 1, value, day)
            else:
                sheet.write(row - 1, column - 1, value)
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        if page.is_hidden:
            sheet.visibility = 1
    made.save(str(path))


def _as_text(encoding: str, separator: str = ",") -> Callable[[Book, Path], None]:
    import csv
    import io

    def write(book: Book, path: Path) -> None:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=separator)
        for row in _grid(book.pages[0]):
            writer.writerow([_told(v) for v in row])
        path.write_bytes(out.getvalue().encode(encoding))

    return write


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y/%m/%d}"
    return str(value)


def _by_odfpy(book: Book, path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    for page in book.pages:
        table = Table(name=page.name)
        starts = {(r, c): (r2 - r + 1, c2 - c + 1) for r, c, r2, c2 in page.merges}
        covered = {
            (r, c)
            for first_row, first, last_row, last in page.merges
            for r in range(first_row, last_row + 1)
            for c in range(first, last + 1)
        } - set(starts)
        for r, values in enumerate(_grid(page), start=1):
            row = TableRow()
            for c, value in enumerate(values, start=1):
                if (r, c) in covered:
                    row.addElement(CoveredTableCell())
                    continue
                spans = {}
                if (r, c) in starts:
                    down, across = starts[r, c]
                    spans = {"numberrowsspanned": down, "numbercolumnsspanned": across}
                if isinstance(value, datetime):
                    cell = TableCell(valuetype="date", datevalue=f"{value:%Y-%m-%d}", **spans)
                elif isinstance(value, int | float):
                    cell = TableCell(valuetype="float", value=str(value), **spans)
                elif value:
                    cell = TableCell(valuetype="string", **spans)
                else:
                    cell = TableCell(**spans)
                if value is not None:
                    cell.addElement(P(text=_told(value)))
                row.addElement(cell)
            table.addElement(row)
        document.spreadsheet.addElement(table)
    document.save(str(path))


def _as_html(book: Book, path: Path) -> None:
    page = book.pages[0]
    starts = {(r, c): (r2 - r + 1, c2 - c + 1) for r, c, r2, c2 in page.merges}
    covered = {
        (r, c)
        for first_row, first, last_row, last in page.merges
        for r in range(first_row, last_row + 1)
        for c in range(first, last + 1)
    } - set(starts)
    rows = []
    for r, values in enumerate(_grid(page), start=1):
        cells = ""
        for c, value in enumerate(values, start=1):
            if (r, c) in covered:
                continue
            spans = ""
            if (r, c) in starts:
                spans = ' rowspan="{}" colspan="{}"'.format(*starts[r, c])
            shown = html.escape(_told(value)).replace("\n", "<br>") or "&nbsp;"
            cells += f"<td{spans}>{shown}</td>"
        rows.append(f"<tr>{cells}</tr>")
    path.write_bytes(
        (
            '<html><head><meta charset="gb2312"></head><body><table border="1">'
            + "\n".join(rows)
            + "</table></body></html>"
        ).encode("gb18030")
    )


def _as_xml_2003(book: Book, path: Path) -> None:
    sheets = ""
    for page in book.pages:
        starts = {(r, c): (r2 - r, c2 - c) for r, c, r2, c2 in page.merges}
        rows = ""
        for r, values in enumerate(_grid(page), start=1):
            cells = ""
            for c, value in enumerate(values, start=1):
                if value is None:
                    continue
                merge = ""
                if (r, c) in starts:
                    merge = ' ss:MergeDown="{}" ss:MergeAcross="{}"'.format(*starts[r, c])
                kind = "Number" if isinstance(value, int | float) else "String"
                cells += (
                    f'<Cell ss:Index="{c}"{merge}><Data ss:Type="{kind}">'
                    f"{html.escape(_told(value))}</Data></Cell>"
                )
            rows += f'<Row ss:Index="{r}">{cells}</Row>'
        sheets += f'<Worksheet ss:Name="{page.name}"><Table>{rows}</Table></Worksheet>'
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{sheets}</Workbook>',
        encoding="utf-8",
    )


def _misnamed(writer: Callable[[Book, Path], None]) -> Callable[[Book, Path], None]:
    def write(book: Book, path: Path) -> None:
        true = path.with_suffix(".true.xlsx")
        writer(book, true)
        true.rename(path)

    return write


_FORMATS: dict[str, tuple[Callable[[Book, Path], None], str]] = {
    "openpyxl": (_by_openpyxl, "xlsx"),
    "xlsxwriter": (_by_xlsxwriter, "xlsx"),
    "xlwt": (_by_xlwt, "xls"),
    "csv-gb18030": (_as_text("gb18030"), "csv"),
    "csv-utf-8": (_as_text("utf-8"), "csv"),
    "csv-utf-8-bom": (_as_text("utf-8-sig"), "csv"),
    "tsv-utf-16": (_as_text("utf-16", "\t"), "csv"),
    "tsv-gbk-xls": (_as_text("gb18030", "\t"), "xls"),
    "ods": (_by_odfpy, "ods"),
    "html-xls": (_as_html, "xls"),
    "xml2003-xls": (_as_xml_2003, "xls"),
    "xlsx-as-xls": (_misnamed(_by_openpyxl), "xls"),
}

FORMATS = tuple(_FORMATS)


def is_nameless(file_format: str) -> bool:
    """Whether sheets of this format have no name."""
    return file_format == "html-xls" or file_format.startswith(("csv", "tsv"))
