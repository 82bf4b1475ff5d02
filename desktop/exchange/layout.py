"""How is a sheet laid out: which rows are people, in which columns, and of which unit?

Nothing is guessed: a sheet with people but no header is given back with a proposal to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from desktop.exchange import contents, lines
from desktop.exchange.columns import Block, letter
from desktop.exchange.contents import looks_like_unit, unit_name
from desktop.exchange.header import (
    SEARCHED_ROWS,
    Header,
    Merges,
    Rows,
    build,
    find,
    from_row,
    headings_in,
)
from desktop.exchange.headings import meaning, plain
from desktop.exchange.reading.cells import CellValue, Sheet
from desktop.exchange.tables import (
    Person,
    Skipped,
    Table,
    TableReader,
    UnitFrom,
    has_name_heading,
)
from desktop.fields import Register
from desktop.fields.kinds import cell_text
from desktop.registers import own_fields

__all__ = [
    "Person",
    "Proposal",
    "SheetLayout",
    "Skipped",
    "Table",
    "UnitFrom",
    "Wishes",
    "understand",
]

LeftOut = Literal["", "empty", "instructions", "form", "template", "no_people"]

_HELP_SHEET = re.compile(
    r"说明|字典|代码|选项|下拉|参数|填写|示例|样表|模板说明|数据源|枚举|标准|readme", re.IGNORECASE
)
_PLAIN_SHEET = re.compile(
    r"^(?:sheet|工作表|table|表)\s*[（(]?\d*[)）]?$|名单|花名册|名册|信息|统计|汇总|女职工|职工|人员|总表|总名|登记|"
    r"台账|一览|基础|数据|\d{4}|^\d+$|导出|明细|[\d一二三四五六七八九十]月|第.{1,3}[周期批季页次]|季度|半年|副本|"
    r"版|copy|在职|退休|在岗|编制|党员|男|女|考勤|工资|成绩|签到|^[a-z]{1,3}$",
    re.IGNORECASE,
)
_ROTA = re.compile(
    r"值班|排班|值守|课程表|课表|日程|轮值|[白早中晚夜]班|周[一五]|星期[一五]|礼拜[一五]"
)
_IN_CHARGE = re.compile(r"负责人|责任人|经办人|领导|主管|法人|法定代表|值班")
_LIST_SHEET = re.compile(r"sheet|名单|名册|汇总|总表|台账|一览|登记表|统计表", re.IGNORECASE)


_JUDGED_ROWS = 500  # so many, spread over a longer list, say what its columns are


@dataclass(frozen=True)
class Proposal:
    """What the columns of a list without a header could be: column letter to field."""

    fields: Mapping[str, str]
    samples: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class SheetLayout:
    """What was understood of one sheet."""

    sheet: Sheet
    tables: tuple[Table, ...] = ()
    left_out: LeftOut = ""
    proposal: Proposal | None = None
    title: str = ""
    metadata: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Wishes:
    """What a person said about the columns: letters to fields, for single sheets (``by_sheet``) and
    for all others, and by fingerprint what she said of such tables before. ``own`` are the headings
    of the office's own fields, as :func:`plain` makes them."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_sheet: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    def of(self, sheet: str) -> Wishes:
        """The wishes that hold for one sheet."""
        return replace(self, mapping=self.by_sheet.get(sheet, self.mapping))


def own_headings(register: Register) -> dict[str, str]:
    """The headings of the office's own fields, as :func:`plain` makes them, and their fields."""
    return {plain(field.label): field.name for field in own_fields.own_of(register)}


def understand(sheets: Iterable[Sheet], wishes: Wishes | None = None) -> tuple[SheetLayout, ...]:
    """Every sheet of a workbook, in order."""
    wishes = wishes or Wishes()
    told = [_one(sheet, wishes.of(sheet.name)) for sheet in sheets]
    with_people = sum(any(t.people for t in one.tables) for one in told)
    return tuple(_with_sheet_unit(one, is_one_of_many=with_people > 1) for one in told)


def _one(sheet: Sheet, wishes: Wishes) -> SheetLayout:
    rows: Rows = sheet.rows
    if not any(c is not None for r in rows for c in r):
        return SheetLayout(sheet, left_out="empty")
    merges = Merges(sheet.merged, sheet.first_row, sheet.first_column)
    found = find(rows, merges)
    header = found.header or _header_of_mapping(rows, merges, sheet, wishes)
    if header is None:
        return _without_header(sheet, rows, found.form_row is not None, wishes)
    if _HELP_SHEET.search(sheet.name) and headings_in(rows[header.bottom]) < 2:
        return SheetLayout(sheet, left_out="instructions")
    tables = tuple(_tables(sheet, rows, merges, header, wishes))
    top = [r for r in rows[: header.top] if any(c is not None for c in r)]
    words = tuple(cell_text(c).strip() for r in top for c in r if c is not None)
    left_out: LeftOut = "" if any(t.people for t in tables) else "template"
    return SheetLayout(sheet, tables, left_out, title=words[0] if words else "", metadata=words)


def _header_of_mapping(rows: Rows, merges: Merges, sheet: Sheet, wishes: Wishes) -> Header | None:
    """With a mapping that names the name column: the row of headings the sheet may still have."""
    if "name" not in wishes.mapping.values():
        return None
    best = max(range(min(len(rows), SEARCHED_ROWS)), key=lambda i: headings_in(rows[i]))
    if headings_in(rows[best]) >= 2:
        return from_row(rows, merges, best)
    columns = {
        i: wishes.mapping.get(letter(sheet.first_column + i), "") for i in range(len(rows[0]))
    }
    if _is_words_only(rows, columns):
        return from_row(rows, merges, 0)
    blank = tuple(("",) for _ in rows[0])
    return Header(-1, -1, blank, tuple(meaning("") for _ in rows[0]))


def _is_words_only(rows: Rows, fields: Mapping[int, str]) -> bool:
    """Whether the first row holds words where all others hold numbers, dates or sexes."""
    tests = {
        "id_number": contents.looks_like_id,
        "mobile": contents.looks_like_phone,
        "birth_date": contents.looks_like_date,
        "sex": contents.looks_like_sex,
    }
    strict = [(i, tests[f]) for i, f in fields.items() if f in tests]
    body = rows[1:]
    if not strict or not body:
        return False
    return all(
        isinstance(rows[0][i], str)
        and not test(rows[0][i])
        and contents.share((r[i] for r in body), test) >= 0.5
        for i, test in strict
    )


def _without_header(sheet: Sheet, rows: Rows, is_form: bool, wishes: Wishes) -> SheetLayout:
    if is_form:
        return SheetLayout(sheet, left_out="form")
    if _HELP_SHEET.search(sheet.name) or wishes.mapping:
        return SheetLayout(sheet, left_out="instructions" if not wishes.mapping else "no_people")
    proposal = _propose(sheet, rows)
    return SheetLayout(sheet, left_out="no_people", proposal=proposal)


def _propose(sheet: Sheet, rows: Rows) -> Proposal | None:
    """A proposal where the contents look like people: names, and something that goes with them."""
    if _is_rota(sheet, rows):
        return None
    body = [r for r in rows if sum(c is not None for c in r) >= 1]
    heads = max(rows[:SEARCHED_ROWS], key=headings_in)
    wide = [r for r in body if sum(c is not None for c in r) >= 2] or body
    step = len(wide) // _JUDGED_ROWS + 1
    for sample in (wide[::step], wide[1::step]):
        columns = list(zip(*sample, strict=True))
        found = contents.propose(columns) if sample else {}
        found = {i: f for i, f in found.items() if f != "name" or not _is_in_charge(heads, i)}
        is_single = "name" in found.values() and len(columns) == 1 and len(sample) >= 3
        if ("name" in found.values() and len(found) > 1) or is_single or _has_ids(found):
            return _proposal(sheet, found, columns, rows[0])
    return None


def _is_rota(sheet: Sheet, rows: Rows) -> bool:
    """Whether the sheet says of itself that it is about duties and hours, not about people."""
    words = [sheet.name, *(cell_text(c) for r in rows[:4] for c in r if isinstance(c, str))]
    return any(len(w) <= 40 and _ROTA.search(w) for w in words)


def _is_in_charge(heads: Sequence[CellValue], column: int) -> bool:
    """Whether the headings call the names in a column those who are in charge of what is listed."""
    head = heads[column]
    return headings_in(heads) >= 2 and isinstance(head, str) and bool(_IN_CHARGE.search(head))


def _has_ids(found: Mapping[int, str]) -> bool:
    return "id_number" in found.values()


def _proposal(
    sheet: Sheet,
    found: Mapping[int, str],
    columns: Sequence[Sequence[CellValue]],
    first: Sequence[CellValue],
) -> Proposal:
    letters = {i: letter(sheet.first_column + i) for i in range(len(columns))}
    samples = {
        letters[i]: tuple(cell_text(c) for c in cells if c is not None)[:3]
        for i, cells in enumerate(columns)
    }
    headers = {letters[i]: cell_text(c) for i, c in enumerate(first)}
    return Proposal({letters[i]: f for i, f in sorted(found.items())}, samples, headers)


def _tables(
    sheet: Sheet, rows: Rows, merges: Merges, header: Header, wishes: Wishes
) -> Iterable[Table]:
    above = 0
    while True:
        ahead, stop = _until_next_header(rows, merges, header)
        for block in _blocks(header, rows):
            part = rows[:stop]
            yield TableReader(
                sheet,
                part,
                merges,
                header=header,
                block=block,
                chosen=wishes.mapping,
                remembered=wishes.remembered,
                own=wishes.own,
            ).read(above)
        if ahead is None:
            return
        above, header = stop, ahead


def _until_next_header(rows: Rows, merges: Merges, header: Header) -> tuple[Header | None, int]:
    """The next header that differs from this one, and the row where its table begins."""
    for index in _without_names(rows, header):
        row = rows[index]
        if not has_name_heading(row) or headings_in(row) < 2:
            continue
        other = build(rows, merges, index, header.bottom + 1)
        if other.fields != header.fields:
            return other, _begin_of(rows, other.top, header.bottom + 1)
    return None, len(rows)


def _without_names(rows: Rows, header: Header) -> Iterable[int]:
    """The rows below a header that do not hold a name in each of its columns of names."""
    found: Iterable[int] = range(header.bottom + 1, len(rows))
    named = [
        {i for i in found if isinstance(text := rows[i][place], str) and contents.is_name(text)}
        for place in header.name_columns()
    ]
    everywhere = set.intersection(*named) if named else set[int]()
    return [i for i in found if i not in everywhere]


def _begin_of(rows: Rows, top: int, least: int) -> int:
    """The first of the title rows straight above a header."""
    begin = top
    while begin - 1 >= least:
        row = rows[begin - 1]
        filled = [c for c in row if c is not None]
        if len(filled) != 1 or lines.leads_astray(cell_text(filled[0])):
            break
        if _is_persons_name(cell_text(filled[0])):
            break
        begin -= 1
    return begin


def _is_persons_name(text: str) -> bool:
    return contents.is_name(text) and contents.has_surname(text) and not looks_like_unit(text)


def _blocks(header: Header, rows: Rows) -> list[Block]:
    """The tables side by side under one header; usually just one."""
    width = len(header.parts)
    places = header.name_columns()
    starts = [0]
    words = [plain(header.whole(c)) for c in range(width)]
    for place in places[1:]:
        start = _block_start(header, rows, words, starts[-1], place)
        left, right = set(words[starts[-1] : start]), set(words[start:])
        common = (left & right) - {""}
        if len(common) >= 2 or (common and (start - starts[-1] <= 2 or not words[start - 1])):
            starts.append(start)
    ends = [*(s - 1 for s in starts[1:]), width - 1]
    return [Block(s, e) for s, e in zip(starts, ends, strict=True)]


def _block_start(
    header: Header, rows: Rows, words: Sequence[str], previous: int, place: int
) -> int:
    first = next((c for c in range(previous, place) if words[c]), previous)
    body = rows[header.bottom + 1 :]
    for column in range(previous + 1, place + 1):
        if words[column] and words[column] == words[first]:
            return column
    for column in range(place - 1, previous, -1):
        if not words[column] and all(r[column] is None for r in body):
            return column + 1
    return place


def _with_sheet_unit(one: SheetLayout, *, is_one_of_many: bool) -> SheetLayout:
    """The sheet's name as the unit of its people, where it is one and nothing nearer says so."""
    name = one.sheet.name.strip()
    is_unit = looks_like_unit(name) and not _LIST_SHEET.search(name)
    if not is_unit and not (is_one_of_many and not _PLAIN_SHEET.search(name)):
        return one
    tables = tuple(
        Table(**{**vars(t), "unit_from": "sheet", "unit": unit_name(name)})
        if t.unit_from in ("none", "title")
        else t
        for t in one.tables
    )
    return SheetLayout(**{**vars(one), "tables": tables})
