"""What is wrong with the sheets of a roster rather than with its people?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.exchange.checking import Entry, Place
from desktop.exchange.doctor_report import Spot, Tell, spot_at
from desktop.exchange.headings import IGNORED
from desktop.exchange.layout import SheetLayout, Table
from desktop.exchange.preview import FileUnderstood
from desktop.exchange.reading.cells import Range, Sheet
from desktop.fields.kinds import cell_text

_EXPECTED = (
    ("id_number", "身份证号", "查重、算年龄都要靠它"),
    ("unit_id", "单位", "分单位编名单、统计都要用"),
    ("mobile", "手机", "通知本人要用"),
)
_AT_LEAST_ONE = ("mobile", "office_phone")


def examine(file: FileUnderstood, places: Iterable[Place], tell: Tell) -> None:
    """Everything about layout, marks and columns."""
    told = list(places)
    for layout in file.sheets:
        mine = [p for p in told if p.layout is layout]
        _sheet(layout, [p.table for p in mine], tell)
        for place in mine:
            _columns(layout.sheet, place.table, tell)


def whole(sheet: Sheet, message: str) -> Spot:
    """A spot for a sheet as a whole."""
    return Spot(sheet.name, 0, "", "", message)


def _sheet(layout: SheetLayout, tables: list[Table], tell: Tell) -> None:
    sheet = layout.sheet
    if layout.proposal is not None and not any(t.people for t in tables):
        tell("no_header", whole(sheet, "这一页像有人员，但没有列名"))
    if not any(t.people for t in tables):
        return
    if not sheet.visible:
        tell("sheet_hidden", whole(sheet, "这张工作表是隐藏的，里面有人员"))
    if sheet.marks.filtered:
        tell("filtered", whole(sheet, "这张工作表开着筛选"))
    for table in tables:
        for spot in _merged(sheet, table):
            tell("merged_body", spot)
    for row in _further_headers(tables):
        tell("several_headers", Spot(sheet.name, row, "", "", "这里又有一行表头"))


def _merged(sheet: Sheet, table: Table) -> Iterator[Spot]:
    people = {sheet.first_row + p.at for p in table.people}
    for one in sheet.merged:
        if one.first_row == one.last_row or not any(
            row in people for row in range(one.first_row, one.last_row + 1)
        ):
            continue
        yield spot_at(
            sheet,
            one.first_row,
            one.first_column - sheet.first_column,
            shown=_at_corner(sheet, one),
            message=f"合并了第 {one.first_row}—{one.last_row} 行",
        )


def _at_corner(sheet: Sheet, merge: Range) -> str:
    row, column = merge.first_row - sheet.first_row, merge.first_column - sheet.first_column
    inside = 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row])
    return cell_text(sheet.rows[row][column]) if inside else ""


def _further_headers(tables: list[Table]) -> list[int]:
    repeated = [s.row for t in tables for s in t.skipped if s.why == "repeated_header"]
    tops = {t.header_rows[0] for t in tables if t.header_rows}
    return sorted({*repeated, *sorted(tops)[1:]})


def _columns(sheet: Sheet, table: Table, tell: Tell) -> None:
    head = table.header_rows[-1] if table.header_rows else sheet.first_row
    if not table.people:
        return
    for column in table.columns:
        if column.field in (None, IGNORED) and column.header:
            message = f"“{column.header}”不知道对应哪一项"
            tell(
                "column_unknown",
                spot_at(sheet, head, column.index, shown=column.header, message=message),
            )
    fields = {c.field for c in table.columns}
    for name, label, why in _EXPECTED:
        if name == "unit_id" and table.unit_from != "none":
            continue
        if name in fields or (name == "mobile" and fields & set(_AT_LEAST_ONE)):
            continue
        tell("column_missing", Spot(sheet.name, head, "", "", f"没有“{label}”一列：{why}"))


def dittos(place: Place, entries: Iterable[Entry]) -> Iterator[Spot]:
    """Cells that only say "as above"."""
    from desktop.exchange.cells import DITTO

    sheet = place.layout.sheet
    for entry in entries:
        for column in place.table.columns:
            cell = sheet.rows[entry.row - sheet.first_row][column.index]
            if isinstance(cell, str) and cell in DITTO:
                yield spot_at(
                    sheet, entry.row, column.index, shown=cell, message="请写出实际的内容"
                )
