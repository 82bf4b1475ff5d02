"""What does a file show beside its values, and what is odd about a table as a whole?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from desktop.exchange.checking import Entry, Place, warning
from desktop.exchange.headings import is_about_health
from desktop.exchange.remarks import speaks_of_health
from desktop.exchange.said import Problem

_LONG_NUMBER = re.compile(r"\d{7,}[Xx]?")

_Sentence = Callable[[tuple[int, int]], str]


def tell_of_rows(place: Place, entries: Sequence[Entry]) -> None:
    """Add to the rows what the file shows: errors, formulas, hidden rows, struck-out rows."""
    by_row = {entry.row: entry for entry in entries}
    _of_cells(place, by_row)
    marks = place.layout.sheet.marks
    for row in sorted(marks.hidden_rows & by_row.keys()):
        told = warning("row_hidden", "这一行在表格里是隐藏的")
        by_row[row].problems.append(place.problem(row, None, told))
    for row in sorted((marks.struck_rows | _struck_names(place)) & by_row.keys()):
        told = warning("row_struck", "这一行画了删除线，照常收进，在职状态没有改")
        by_row[row].problems.append(place.problem(row, None, told))


def _struck_names(place: Place) -> set[int]:
    """Rows of which the name is struck out: many strike nothing else of somebody who left."""
    sheet, column = place.layout.sheet, place.table.column_of("name")
    if column is None:
        return set()
    number = sheet.first_column + column.index
    return {row for row, at in sheet.marks.struck_cells if at == number}


def _of_cells(place: Place, by_row: Mapping[int, Entry]) -> None:
    sheet = place.layout.sheet
    marks = sheet.marks
    columns = {sheet.first_column + c.index: c for c in place.table.columns}
    struck_names = _struck_names(place)
    told: tuple[tuple[Iterable[tuple[int, int]], str, _Sentence], ...] = (
        (
            marks.error_cells,
            "cell_error",
            lambda cell: f"这一格是错误值 {marks.error_cells[cell]}，按空白处理",
        ),
        (
            marks.formulas_without_value,
            "formula_without_value",
            lambda _: "这一格的公式没有算出值，按空白处理，请在表格里打开保存一次",
        ),
        (
            {c for c in marks.struck_cells if c[0] not in marks.struck_rows | struck_names},
            "cell_struck",
            lambda _: "这一格画了删除线，照常收进",
        ),
        (marks.notes, "cell_note", lambda cell: _of_note(marks.notes[cell])),
        (
            marks.garbled_cells,
            "text_garbled",
            lambda _: "这一格有字读不出来，请对照原表核对",
        ),
    )
    for cells, code, sentence in told:
        for row, number in sorted(cells):
            entry, column = by_row.get(row), columns.get(number)
            if entry is None or column is None:
                continue
            value = marks.error_cells.get((row, number), "")
            said = place.problem(row, column, warning(code, sentence((row, number))), value)
            entry.problems.append(said)


def _of_note(text: str) -> str:
    """What is said of a note; numbers in it stay covered, and health is not repeated."""
    if speaks_of_health(text):
        return "这一格的批注涉及健康，没有收进名册"
    line = _LONG_NUMBER.sub("****", " ".join(text.split()))
    return f"这一格有批注，没有收进名册：{line[:60]}{'…' if len(line) > 60 else ''}"


def of_table(place: Place, entries: Sequence[Entry]) -> list[Problem]:
    """What is to be said about a table as a whole."""
    table, sheet = place.table, place.layout.sheet
    found: list[Problem] = []
    head = table.header_rows[-1] if table.header_rows else sheet.first_row
    if not sheet.visible and entries:
        message = "这张工作表在文件里是隐藏的，照常收进"
        found.append(place.problem(head, None, warning("sheet_hidden", message)))
    if sheet.marks.filtered and entries:
        message = "这张工作表开着筛选，有的行在表格里看不到"
        found.append(place.problem(head, None, warning("sheet_filtered", message)))
    if sheet.marks.left_out:
        message = f"离表格很远的地方还有 {len(sheet.marks.left_out)} 格内容，没有读"
        row = min(sheet.marks.left_out)[0]
        found.append(place.problem(row, None, warning("cells_far_off", message)))
    for column in table.columns:
        if sheet.first_column + column.index in sheet.marks.hidden_columns:
            message = "这一列在表格里是隐藏的，照常收进"
            found.append(place.problem(head, column, warning("column_hidden", message)))
        if column.field is None and is_about_health(column.header):
            message = f"“{column.header}”涉及健康，整列没有收进名册"
            found.append(place.problem(head, column, warning("health_remark_left_out", message)))
    women = sum(not e.is_man for e in entries)
    # a file that went out for correction holds some rows of a list only
    announced = None if place.is_returned else table.announced
    if announced is not None and announced not in (len(entries), women):
        row = next((s.row for s in table.skipped if s.why == "total"), head)
        message = f"表里写着共 {announced} 人，实际读到 {len(entries)} 人"
        found.append(place.problem(row, None, warning("total_mismatch", message), str(announced)))
    unit = table.column_of("unit_id")
    blank = [e for e in entries if not e.unit] if unit and table.unit_from == "column" else []
    if blank:
        message = f"这一列有 {len(blank)} 行空着，没有向下照抄，这些人暂时没有单位"
        found.append(place.problem(blank[0].row, unit, warning("unit_blank", message)))
    return found
