"""Which rows of one table are people, and of which unit are they?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from desktop.exchange import lines
from desktop.exchange.columns import Block, Column, assign, fingerprint
from desktop.exchange.contents import looks_like_unit, unit_name
from desktop.exchange.header import Header, Merges, Rows, headings_in
from desktop.exchange.headings import AGE, COARSE_UNIT, SEQUENCE, meaning
from desktop.exchange.reading.cells import CellValue, Sheet
from desktop.fields.kinds import cell_text

UnitFrom = Literal["column", "section", "sheet", "title", "none"]

_REPORTING_UNIT = re.compile(
    r"(?:填报|报送|所属|所在|申报|推荐|呈报)?(?:单位|部门|科室|处室)\s*(?:名称)?\s*(?:[（(][^）)]*[)）])?\s*[:：]\s*([^\s:：（(_＿]{2,30})"
)
_TITLE_UNIT = re.compile(
    r"^(?:附件\s*\d*\s*[:：]?)?\s*(.{1,28}?(?:局|委|厅|院|站|中心|处|科|室|所|队|公司|学校|分局|部|会|机关|镇|乡|街道))"
    r"\s*[（(]?(?:\d{4}|二[〇○零]..)?\s*年?度?\s*[)）]?\s*.{0,12}?(?:花名册|名册|名单|登记表|信息表|统计表|一览表|情况表|汇总表|基本情况)"
)
_MAY_HEAD_NAMES = re.compile(r"[名者人工]|name", re.IGNORECASE)
_COUNT = re.compile(r"(?:共|计)?\s*\d+\s*[人名位]")
_NEVER_FILLED = frozenset(("name", "id_number", "mobile", SEQUENCE, "staff_no", "birth_date"))
_SAYING_NOTHING = frozenset(("unit_id", COARSE_UNIT, "sex", AGE, "ethnicity_code"))


class Person(NamedTuple):
    """A row that holds a person: its place among the sheet's rows, and the unit of its section."""

    at: int
    section: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no person, by the number the spreadsheet program shows, and why."""

    row: int
    why: str


@dataclass(frozen=True)
class Table:
    """One list of people on a sheet.

    ``rows`` are the sheet's rows with merged cells filled inside their merge. ``unit`` is the unit
    the whole table belongs to when no column and no section says so. ``announced`` is the number
    of people its total row speaks of; ``continued`` the further lines of a person whose name
    spans several rows.
    """

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    people: tuple[Person, ...]
    skipped: tuple[Skipped, ...]
    rows: Rows
    unit_from: UnitFrom
    unit: str = ""
    fingerprint: str = ""
    announced: int | None = None
    continued: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def column_of(self, name: str) -> Column | None:
        """The column that holds a field."""
        return next((c for c in self.columns if c.field == name), None)


class TableReader:
    """One block of columns read from its header down to where the next table begins."""

    def __init__(
        self,
        sheet: Sheet,
        rows: Rows,
        merges: Merges,
        *,
        header: Header,
        block: Block,
        chosen: Mapping[str, str],
        remembered: Mapping[str, Mapping[str, str]],
        own: Mapping[str, str],
    ) -> None:
        self.sheet, self.merges, self.header, self.block = sheet, merges, header, block
        self.print = fingerprint(header) if header.top >= 0 else ""
        self.columns = assign(
            rows,
            header,
            block,
            first_column=sheet.first_column,
            chosen=chosen,
            remembered=remembered.get(self.print, {}),
            own=own,
        )
        fields = {c.field: c.index for c in self.columns if c.field}
        self.name = fields.get("name")
        self.sequence = fields.get(SEQUENCE)
        self.prefilled = frozenset(i for f, i in fields.items() if f in _SAYING_NOTHING)
        self.mapped = frozenset(c.index - block.left for c in self.columns if c.field)
        self.rows = self._filled(rows)

    def _filled(self, rows: Rows) -> Rows:
        """The rows with the value of a merge in each of its cells, where that says something."""
        fields = {c.index: c.field for c in self.columns}
        changed = list(rows)
        for top, left, bottom, _ in self.merges.ranges:
            if bottom == top or top <= self.header.bottom or fields.get(left) in _NEVER_FILLED:
                continue
            value = rows[top][left] if top < len(rows) and 0 <= left < len(rows[top]) else None
            if value is None or left not in fields:
                continue
            for index in range(top + 1, min(bottom + 1, len(rows))):
                line = list(changed[index])
                line[left] = value
                changed[index] = line
        return changed

    def read(self, above: int) -> Table:
        people: list[Person] = []
        skipped: list[Skipped] = []
        continued: dict[int, list[int]] = {}
        section, sections, announced = self._section_above(above), 0, None
        twins = self._name_twins()
        plain = self._plain_people() - twins
        for index in range(self.header.bottom + 1, len(self.rows)):
            if index in plain:
                people.append(Person(index, section))
                continue
            what = "continuation" if index in twins else self._what_is(index)
            if what == "total" and (sections or not people) and self._is_counted_unit(index):
                what = "section"
            if what in ("person", "nameless"):
                people.append(Person(index, section))
            elif what == "continuation" and people:
                continued.setdefault(people[-1].at, []).append(index)
                skipped.append(Skipped(self.sheet.first_row + index, what))
            elif what != "blank":
                skipped.append(Skipped(self.sheet.first_row + index, what))
            if what == "section":
                section, sections = self._section(index, section), sections + 1
            elif what == "total":
                told = self._announced(index)
                announced = announced if told is None else None if told == len(people) else told
        unit_from, unit = self._unit(people, above)
        numbers = range(self.header.top, self.header.bottom + 1) if self.header.top >= 0 else ()
        return Table(
            tuple(self.sheet.first_row + n for n in numbers),
            self.columns,
            tuple(people),
            tuple(skipped),
            self.rows,
            unit_from,
            unit,
            self.print,
            announced,
            continued,
        )

    def _plain_people(self) -> set[int]:
        """The rows, nearly all, that are a person at first sight."""
        left, right, name, rows = self.block.left, self.block.right, self.name, self.rows
        if name is None or not rows or len(rows[0]) != right - left + 1:
            return set()
        below = range(self.header.bottom + 1, len(rows))
        return {i for i in below if lines.is_plainly_a_person(rows[i], name, left)}

    def _name_twins(self) -> set[int]:
        """Rows that are the lower part of a merged name: one person on several lines."""
        return {
            index
            for top, left, bottom, _ in self.merges.ranges
            if left == self.name and top > self.header.bottom
            for index in range(top + 1, bottom + 1)
        }

    def _what_is(self, index: int) -> str:
        row = self.rows[index]
        left, right, name = self.block.left, self.block.right, self.name
        if name is None:
            return "blank"
        part = row[left : right + 1]
        if has_name_heading(part) and (headings_in(part) >= 2 or right == left):
            return "repeated_header"
        if part[name - left] is None and headings_in(part) >= 3:
            return "repeated_header"
        first = next((left + i for i, c in enumerate(part) if c is not None), left)
        return lines.what_is(
            part,
            name=name - left,
            sequence=None if self.sequence is None else self.sequence - left,
            prefilled=frozenset(i - left for i in self.prefilled),
            mapped=self.mapped,
            is_merged=self.merges.end(index, first)[1] > first,
        )

    def _is_counted_unit(self, index: int) -> bool:
        """Whether a row is a unit and, in another cell, how many people follow."""
        told = [cell_text(c).strip() for c in self._part(index) if c is not None]
        return (
            len(told) == 2
            and looks_like_unit(told[0])
            and not lines.leads_astray(told[0])
            and _COUNT.fullmatch(told[1]) is not None
        )

    def _section(self, index: int, before: str) -> str:
        text = next(cell_text(c) for c in self._part(index) if c is not None)
        return unit_name(text) if lines.names_a_unit(text) else before

    def _part(self, index: int) -> Sequence[CellValue]:
        return self.rows[index][self.block.left : self.block.right + 1]

    def _section_above(self, above: int) -> str:
        """The unit in a row of its own straight above the header of a table further down."""
        row = self.header.top - 1
        if row < above or self.header.top <= 0:
            return ""
        filled = [cell_text(c) for c in self._part(row) if c is not None]
        is_unit = len(filled) == 1 and looks_like_unit(filled[0]) and not _is_title(filled[0])
        return unit_name(filled[0]) if is_unit else ""

    def _announced(self, index: int) -> int | None:
        words = " ".join(cell_text(c) for c in self._part(index) if c is not None)
        found = re.findall(r"(\d+)\s*[人名位]", words)
        return int(found[-1]) if found and "小计" not in "".join(words.split()) else None

    def _unit(self, people: Sequence[Person], above: int) -> tuple[UnitFrom, str]:
        unit = next((c.index for c in self.columns if c.field == "unit_id"), None)
        if unit is not None and any(self.rows[p.at][unit] is not None for p in people):
            return "column", ""
        if any(p.section for p in people):
            return "section", ""
        title = self._title_unit(above)
        return ("title", title) if title else ("none", "")

    def _title_unit(self, above: int) -> str:
        texts = [
            cell_text(c).strip()
            for r in self.rows[above : max(self.header.top, above)]
            for c in r
            if c is not None
        ]
        for text in texts:
            if found := _REPORTING_UNIT.search(text):
                return found[1]
        for text in texts:
            if found := _TITLE_UNIT.match("".join(text.split())):
                return found[1]
        return ""


def has_name_heading(row: Sequence[CellValue]) -> bool:
    return any(
        isinstance(c, str)
        and len(c) < 20
        and _MAY_HEAD_NAMES.search(c) is not None
        and meaning(c).field == "name"
        for c in row
    )


def _is_title(text: str) -> bool:
    return bool(re.search(r"名册|名单|登记表|统计表|一览表|信息表|汇总表|情况表|附件", text))
