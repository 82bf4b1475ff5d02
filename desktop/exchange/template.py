"""The empty workbook a unit is asked to fill in, and how one that comes back is known again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from desktop.exchange.xlsx_out import (
    LINE_HEIGHT,
    banner,
    display_width,
    lines_needed,
    new_workbook,
    page_setup,
    storable,
)
from desktop.fields import (
    Amount,
    Choice,
    Day,
    Field,
    IdNumber,
    Link,
    LongText,
    Name,
    Phone,
    Register,
    YesNo,
)
from desktop.registers import MEMBERS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

VERSION = 1
NOTHING: Mapping[str, str] = MappingProxyType({})
NOTES_SHEET, LISTS_SHEET = "填表说明", "字典"  # names the importer knows to hold no people
_KEY = "banbiantian-template"
_KEY_PART = "docProps/custom.xml"
_KEY_TEXT = re.compile(r"([a-z_]+)/(\d+)")
_MAX_KEY_PART = 1 << 20
_LAST_ROW = 2000  # rows that get the drop-downs and notes
_NOTE_WIDTHS = (16, 50, 60)
_MAY = "format_cells format_columns format_rows insert_rows delete_rows sort autofilter".split()


@dataclass(frozen=True)
class TemplateKey:
    """Which register a template belongs to, and which edition of the template it is."""

    register: str
    version: int


def write_template(
    target: Path,
    *,
    unit_names: Sequence[str],
    today: date,
    people: Sequence[Mapping[str, str]] = (),
    marks: Mapping[str, str] = NOTHING,
    register: Register = MEMBERS,
) -> None:
    """Write a roster to fill in: every column of the register, with drop-downs and notes.

    Cells are text, so nothing typed into them loses a digit or becomes a date. ``people`` are
    already there, their words by field name; ``register`` may hold fields of the office's own;
    ``marks`` are hidden in the file for
    :func:`hidden_mark`. ``target`` keeps its old content if this raises.
    """
    title = f"{MEMBERS.title}填报表"
    with new_workbook(target, title=title, today=today, low_memory=False) as book:
        book.set_custom_property(_KEY, f"{MEMBERS.name}/{VERSION}", "text")
        for name, text in marks.items():
            book.set_custom_property(name, text, "text")
        sheet = book.add_worksheet(MEMBERS.title)
        notes, lists = book.add_worksheet(NOTES_SHEET), book.add_worksheet(LISTS_SHEET)
        sources = _write_lists(lists, register, unit_names)
        _write_columns(book, sheet, register, sources, people)
        _write_notes(book, notes, register, title)
        lists.very_hidden()


def template_key(path: Path) -> TemplateKey | None:
    """The key inside a workbook, ``None`` for any other file; survives renaming and filling in."""
    found = _KEY_TEXT.fullmatch(hidden_mark(path, _KEY))
    return TemplateKey(found[1], int(found[2])) if found else None


def hidden_mark(path: Path, name: str) -> str:
    """What was hidden in a workbook under a name, empty when there is nothing."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_KEY_PART) as part:
            text = part.read(_MAX_KEY_PART).decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return ""
    found = re.search(rf'name="{re.escape(name)}"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>', text)
    return found[1] if found else ""


def _write_lists(sheet: Worksheet, register: Register, unit_names: Sequence[str]) -> dict[str, str]:
    """One column per drop-down; the range of each by field name."""
    from xlsxwriter.utility import xl_col_to_name

    sources: dict[str, str] = {}
    for field in register.fields:
        words = _offered(field, unit_names)
        if not words:
            continue
        at = len(sources)
        for row, word in enumerate(words):
            sheet.write_string(row, at, storable(word))
        column = xl_col_to_name(at)
        sources[field.name] = f"={LISTS_SHEET}!${column}$1:${column}${len(words)}"
    return sources


def _offered(field: Field, unit_names: Iterable[str]) -> tuple[str, ...]:
    kind = field.kind
    if isinstance(kind, Link):
        return tuple(unit_names)
    if isinstance(kind, YesNo):
        return "是", "否"
    if isinstance(kind, Choice):
        codes = kind.values.offered or kind.values.values
        return tuple(kind.values.values[code] for code in codes)
    return ()


def _write_columns(
    book: Workbook,
    sheet: Worksheet,
    register: Register,
    sources: dict[str, str],
    people: Sequence[Mapping[str, str]],
) -> None:
    heading = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    needed = book.add_format(heading | {"bg_color": "#F6E7E4", "font_color": "#B3261E"})
    wanted = book.add_format(heading | {"bg_color": "#F2F2F2"})
    body = book.add_format({"num_format": "@", "locked": False, "valign": "vcenter"})
    for at, field in enumerate(register.fields):
        sheet.write_string(0, at, field.label, needed if field.required else wanted)
        sheet.set_column(at, at, _width(field), body)
        sheet.data_validation(1, at, _LAST_ROW, at, _rule(field, sources.get(field.name)))
        for row, person in enumerate(people, 1):
            if words := person.get(field.name):
                sheet.write_string(row, at, storable(words), body)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page_setup(sheet, header_row=0)
    # only the headings are locked, and without a password: it keeps slips away, not people
    sheet.protect("", dict.fromkeys(_MAY, True))


def _width(field: Field) -> int:
    if isinstance(field.kind, (IdNumber, LongText)):
        return 22
    return max(display_width(field.label) + 4, 14 if isinstance(field.kind, (Day, Phone)) else 10)


def _rule(field: Field, source: str | None) -> dict[str, Any]:
    """The note shown when a cell is entered, and the drop-down where there is one."""
    rule: dict[str, Any] = {"input_title": field.label, "input_message": _note(field)}
    if source is None:
        return rule | {"validate": "any"}
    is_closed = isinstance(field.kind, (Choice, YesNo)) and not getattr(
        field.kind, "is_open", False
    )
    return rule | {
        "validate": "list",
        "source": source,
        "error_type": "stop" if is_closed else "warning",
        "error_title": field.label,
        "error_message": "请从下拉列表里选一项。" if is_closed else "下拉列表里没有这一项。",
    }


def _note(field: Field) -> str:
    kind = field.kind
    if isinstance(kind, Name):
        return "必填。写全名，两个字的名字中间不加空格；少数民族姓名的间隔点写“·”。"
    if isinstance(kind, IdNumber):
        return "18 位，末位字母写大写 X。这一列是文本格式，请直接输入，不要改成数字。"
    if isinstance(kind, Day):
        return "写成 1985-06-12；只知道年月就写 1985-06，只知道年份就写 1985。"
    if isinstance(kind, Phone):
        return "只写一个号码；座机连区号，如 027-88880000。"
    if isinstance(kind, Link):
        return "从下拉列表里选；没有的单位可以直接写全称。"
    if isinstance(kind, (Choice, YesNo)):
        return "从下拉列表里选；不清楚就空着。"
    if isinstance(kind, Amount):
        return "只写数字，可以带小数；没有就空着。"
    return "没有就空着。"


def _write_notes(book: Workbook, sheet: Worksheet, register: Register, title: str) -> None:
    bold = book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
    heading = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    banner(sheet, 0, 2, title + "·填表说明", bold)
    general = (
        f"请填在“{MEMBERS.title}”那一页，一行一人，不要合并单元格，也不要改动第一行的列名。",
        "红色列名必填，其余知道多少填多少，空着的不会覆盖已有的资料。",
        "第一行的列名加了保护，没有密码；需要时可在“审阅”里撤销保护。",
    )
    for row, sentence in enumerate(general, 1):
        banner(sheet, row, 2, f"{row}. {sentence}", wrapped)
    top = len(general) + 2
    for at, words in enumerate(("列名", "怎么填", "可选的内容")):
        sheet.write_string(top, at, words, heading)
    for row, field in enumerate(register.fields, top + 1):
        words = "、".join(_offered(field, ()))
        cells = (field.label, _note(field), words)
        for at, text in enumerate(cells):
            sheet.write_string(row, at, text, wrapped)
        lines = max(map(lines_needed, cells, _NOTE_WIDTHS))
        sheet.set_row(row, LINE_HEIGHT * lines)
    for at, width in enumerate(_NOTE_WIDTHS):
        sheet.set_column(at, at, width + 2)
    page_setup(sheet, header_row=top)
