"""Who gets a certificate, read from any list: columns are understood as in a roster."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.errors import UnusableError
from desktop.exchange.header import SEARCHED_ROWS
from desktop.exchange.headings import plain
from desktop.exchange.layout import Person, SheetLayout, Table, understand
from desktop.exchange.reading import Sheet, read_workbook
from desktop.fields import dates
from desktop.fields.kinds import cell_text, tidy

_MEANINGS = {
    "title": ("荣誉称号", "荣誉", "奖项", "奖项名称", "称号", "表彰名称", "表彰项目", "授予称号", "获奖名称",
              "荣誉名称", "奖励名称", "获得荣誉", "曾获荣誉", "所获荣誉", "评选类别", "奖次", "等级"),
    "certificate_no": ("证书编号", "编号", "证书号", "荣誉证书编号"),
    "honorific": ("称呼", "称谓", "尊称"),
    "body": ("正文", "证书正文", "证书内容", "内容", "颁奖词", "表彰内容"),
    "issuer": ("颁发单位", "颁证单位", "授予单位", "落款", "颁奖单位", "表彰单位", "发证单位"),
    "issued_on": ("颁发日期", "发证日期", "授予日期", "日期", "颁发时间", "授予时间", "发证时间", "落款日期"),
}  # fmt: skip
_NAMES = frozenset((
    "获奖单位", "获奖集体", "集体名称", "家庭名称", "获奖家庭", "获奖对象", "获奖者", "获奖人", "表彰对象",
    "受表彰单位", "受表彰集体", "受表彰对象", "获奖名单", "受聘人", "获奖人员", "先进集体", "名称",
))  # fmt: skip
_NO_RECIPIENT = re.compile(
    r"^(?:注|备注|说明|附注|填表|制表|审核|审批|负责人|联系|日期|排名|以上|以下|合计|总计|小计|共)|[:：]|^第?\d+页"
)
_LONGEST_NAME = 40
_MAYBE_RECIPIENT = frozenset(("note", "section", "nameless", "blank_numbered"))
_BY_HEADING = {plain(word): name for name, words in _MEANINGS.items() for word in words}


@dataclass(frozen=True)
class Listed:
    """One row of the list; ``row`` as the spreadsheet program shows it. Empty texts mean that the
    list says nothing."""

    sheet: str
    row: int
    name: str
    unit: str = ""
    title: str = ""
    certificate_no: str = ""
    honorific: str = ""
    body: str = ""
    issuer: str = ""
    issued_on: date | None = None


@dataclass(frozen=True)
class LeftOut:
    """A row that was not taken as a recipient, and why (``total``, ``note`` …)."""

    sheet: str
    row: int
    why: str


@dataclass(frozen=True)
class RecipientList:
    """Everybody in a file, in its order, and the rows that are nobody."""

    recipients: tuple[Listed, ...]
    left_out: tuple[LeftOut, ...]


def read_recipients(path: Path, *, password: str | None = None) -> RecipientList:
    """The recipients in every visible sheet of a file.

    Raises :class:`db.errors.UnreadableFileError` for a file that cannot be read, and
    :class:`db.errors.UnusableError` for one without a column of names.
    """
    workbook = read_workbook(path, password=password)
    sheets = [_with_a_name_column(sheet) for sheet in workbook.sheets if sheet.visible]
    layouts = [one for one in understand(sheets) if one.tables]
    if not layouts:
        raise _without_names(path)
    found, left_out = [], []
    for layout in layouts:
        for table in layout.tables:
            told, nobody = _of_table(layout, table)
            found += told
            left_out += nobody
    return RecipientList(tuple(found), tuple(left_out))


def _with_a_name_column(sheet: Sheet) -> Sheet:
    """The sheet with the heading over collectives or families called 姓名, where no column is."""
    head = [(at, row) for at, row in enumerate(sheet.rows[:SEARCHED_ROWS])]
    words = {plain(cell) for _, row in head for cell in row if isinstance(cell, str)}
    if "姓名" in words or not words & _NAMES:
        return sheet
    for at, row in head:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and plain(cell) in _NAMES:
                renamed = [*row[:column], "姓名", *row[column + 1 :]]
                return replace(sheet, rows=[*sheet.rows[:at], renamed, *sheet.rows[at + 1 :]])
    return sheet


def _without_names(path: Path) -> UnusableError:
    return UnusableError(
        f"“{path.name}”里没有找到写着“姓名”的表头。",
        kept="没有画任何证书。",
        remedy="请在名单上面加一行列名，至少有“姓名”，再试一次。",
    )


def _of_table(layout: SheetLayout, table: Table) -> tuple[list[Listed], list[LeftOut]]:
    """Whom a table lists, in its order: people, and what a roster would not take for people."""
    columns = _columns(table)
    rows = {
        layout.sheet.first_row + p.at: _recipient(layout, table, p, columns) for p in table.people
    }
    sections = {person.section for person in table.people}
    left_out = []
    for skipped in table.skipped:
        person = Person(skipped.row - layout.sheet.first_row, "")
        one = _recipient(layout, table, person, columns)
        if skipped.why in _MAYBE_RECIPIENT and _is_recipient(one, sections):
            rows[skipped.row] = one
        else:
            left_out.append(LeftOut(layout.sheet.name, skipped.row, skipped.why))
    return [rows[row] for row in sorted(rows)], left_out


def _is_recipient(one: Listed, sections: Set[str]) -> bool:
    """A collective, a family or a pair; or a row with an award and nobody to give it to."""
    if not one.name:
        return bool(one.title or one.body)
    return (
        len(one.name) <= _LONGEST_NAME
        and not _NO_RECIPIENT.search(one.name)
        and one.name not in sections
    )


def _columns(table: Table) -> dict[str, int]:
    """Which column says what; a heading of certificates wins over a field of the roster."""
    found: dict[str, int] = {}
    for column in table.columns:
        meaning = _BY_HEADING.get(plain(column.header))
        if meaning is not None and column.field != "name":
            found.setdefault(meaning, column.index)
        elif column.field in ("name", "unit_id"):
            found.setdefault(column.field, column.index)
    return found


def _recipient(
    layout: SheetLayout, table: Table, person: Person, columns: dict[str, int]
) -> Listed:
    cells = table.rows[person.at]

    def said(what: str) -> str:
        at = columns.get(what)
        return tidy(cell_text(cells[at])) if at is not None and at < len(cells) else ""

    on = columns.get("issued_on")
    day = dates.read_cell(cells[on]).value if on is not None and on < len(cells) else None
    return Listed(
        sheet=layout.sheet.name,
        row=layout.sheet.first_row + person.at,
        name=said("name"),
        unit=said("unit_id") or person.section or table.unit,
        title=said("title"),
        certificate_no=said("certificate_no"),
        honorific=said("honorific"),
        body=said("body"),
        issuer=said("issuer"),
        issued_on=day.first_day() if day is not None and day.precision == "day" else None,
    )
