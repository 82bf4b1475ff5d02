"""What can she decide about one row of a rehearsed import?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.exchange.preview import Decision, Preview, Row
from desktop.exchange.said import Problem
from desktop.exchange.telling import sentence
from desktop.fields import Field
from desktop.registers import MEMBERS
from desktop.registers.own_fields import public_name_of
from desktop.ui.models.import_rows import Look, field_of, fields_of, hidden, known_text, place_words

CORRECT = "correct"
_UNIT = MEMBERS.field("unit_id")
_BIRTH = MEMBERS.field("birth_date")
_POST = MEMBERS.field("post")


@dataclass(frozen=True)
class Choice:
    """One way to go on with a row. ``decisions`` are what it decides, by key of the row; None takes
    a decision back. :data:`CORRECT` decides nothing until something was typed. ``note`` tells
    people of one name apart."""

    key: str
    words: str
    decisions: Mapping[int, Decision | None]
    note: str = ""


@dataclass(frozen=True)
class Said:
    """A thing to be said about a row: in short, and what stands behind it."""

    title: str
    more: str
    tone: str


def choices(seen: Look, row: Row) -> tuple[Choice, ...]:
    """The ways to go on with a row, the program's own first."""
    found = [*_own_ways(seen.preview, row), *_identities(seen, row)]
    if correctable(seen, row):
        found.append(Choice(CORRECT, "现在改正", {}))
    if row.why not in ("duplicate", "hidden") and row.status not in ("unchanged", "left_out_man"):
        aside = Decision("set_aside", corrections=_corrections(seen.preview, row))
        words = "保持名册里的内容，不改" if _would_update(row) else "跳过这一行"
        found.append(Choice("skip", words, {row.key: aside}))
    return tuple(found)


def chosen(seen: Look, row: Row) -> str:
    """The key of the choice that holds now."""
    decision = seen.preview.decisions.get(row.key)
    if decision is None:
        return "auto"
    if decision.what == "set_aside":
        return "skip"
    if decision.what == "as_new":
        return "new"
    if decision.what == "same_as":
        return f"same_{decision.member_id}"
    return CORRECT if decision.corrections else "auto"


def correctable(seen: Look, row: Row) -> tuple[Field, ...]:
    """The fields with something wrong, or put right already, that have a cell to correct."""
    named = {p.field for p in row.problems} | {
        public_name_of(seen.fields[name]) for name in _corrections(seen.preview, row)
    }
    places = seen.places[row.place]
    fields = seen.fields.values()
    return tuple(f for f in fields if public_name_of(f) in named and f.name in places)


def corrected(preview: Preview, row: Row, name: str, text: str) -> Mapping[int, Decision]:
    """The decision with one field corrected; the row comes back if it was set aside."""
    decision = preview.decisions.get(row.key) or Decision()
    what = "auto" if decision.what == "set_aside" else decision.what
    more = {**decision.corrections, name: text}
    return {row.key: replace(decision, what=what, corrections=more)}


def alike(seen: Look, row: Row) -> tuple[Row, ...]:
    """The problem rows whose first trouble is of the same kind, this one included."""
    code = _first_code(row)
    return tuple(r for r in seen.groups["problem"] if code and _first_code(r) == code)


def told(row: Row) -> tuple[Said, ...]:
    """Everything to be said about a row, the worst first."""
    ordered = sorted(row.problems, key=lambda p: p.level != "error")
    return tuple(_said(p) for p in ordered)


def fixes(row: Row) -> tuple[str, ...]:
    """What was read otherwise than it stands, one sentence each."""
    return tuple(
        f"{fix.column} 列 {_or_blank(hidden(fix.old))} → {_or_blank(hidden(fix.new))}，{fix.reason}"
        for fix in row.fixes
    )


def namesakes(seen: Look, row: Row) -> str:
    """Whether the roster has others of her name."""
    if not row.name:
        return ""
    same = [p for p in seen.preview.roster.people if p["name"] == row.name]
    others = [p for p in same if p["id"] != row.member_id]
    if not others:
        return f"同名人员：名册中没有另一位{row.name}。" if row.member_id else ""
    return f"同名人员：名册中另有 {len(others)} 位{row.name}。"


def title(row: Row) -> str:
    return f"第 {row.row} 行，{row.name}" if row.name else f"第 {row.row} 行"


def where(seen: Look, row: Row) -> str:
    """File and sheet, where rows come from several tables."""
    return place_words(seen.preview, row) if len(seen.preview.places) > 1 else ""


def outcome(seen: Look, row: Row) -> str:
    """What becomes of a row as things stand."""
    if row.status == "new":
        return "会作为新成员收进名册。"
    if row.status == "update":
        return f"会改动名册里的 {sum(_is_shown(c.field) for c in row.changes)} 处内容。"
    if row.status == "unchanged":
        return "与名册里的内容一样，不会改动。"
    if row.status == "left_out_man":
        return "默认只收女职工，这一位没有收进。"
    if row.why == "duplicate" and row.follows is not None:
        first = next(r for r in seen.preview.rows if r.key == row.follows)
        return f"与第 {first.row} 行是同一人，已经并在一起。"
    if row.why == "hidden":
        return "这一行在表格里是隐藏的，按您的选择没有收。"
    if row.status == "skipped":
        return "按您的选择，这一行不导入。"
    return "还没有定，先不导入。"


def _own_ways(preview: Preview, row: Row) -> Iterable[Choice]:
    corrections = _corrections(preview, row)
    back = Decision(corrections=corrections) if corrections else None
    if row.status == "left_out_man":
        yield Choice("auto", "不收进名册", {row.key: None})
        yield Choice("new", "也收进名册", {row.key: Decision("as_new")})
        return
    decision = preview.decisions.get(row.key)
    if decision is not None and decision.corrections and decision.what == "auto":
        return
    if row.status == "problem":
        if row.name:
            yield Choice("auto", "还没有定，先不导入", {row.key: back})
    elif row.status != "unchanged" and row.why not in ("duplicate", "hidden"):
        yield Choice("auto", _accepting(preview, row), {row.key: back})


def _accepting(preview: Preview, row: Row) -> str:
    wrong = (p.field for p in row.problems if p.level == "error")
    blank = [f.label for name in wrong if (f := field_of(name, fields_of(preview)))]
    if blank and row.status != "skipped":
        fields = list(dict.fromkeys(blank))
        told = fields[0] if len(fields) == 1 else f"{len(fields)} 栏"
        return f"先入库，{told}留空，标为待核实"
    if row.problems:
        return "照表里写的收进名册"
    return "改成表里的内容" if row.status == "update" else "收进名册"


def _identities(seen: Look, row: Row) -> Iterable[Choice]:
    """Who it could be: one of those on the roster, or somebody new."""
    decision = seen.preview.decisions.get(row.key)
    asked = row.status == "problem" and row.name
    if not (asked or (decision is not None and decision.what in ("same_as", "as_new"))):
        return
    if row.status == "left_out_man" or (row.status == "new" and not row.candidates):
        return
    corrections = _corrections(seen.preview, row)
    people = dict.fromkeys((*row.candidates, *((row.member_id,) if row.member_id else ())))
    for one in people:
        same = Decision("same_as", one, corrections)
        words = f"是名册里的{seen.people[one]['name']}"
        yield Choice(f"same_{one}", words, {row.key: same}, person_words(seen, one))
    new = Decision("as_new", corrections=corrections)
    yield Choice("new", "是另一位，新增", {row.key: new})
    if row.follows is not None and row.status == "problem":
        first = next(r for r in seen.preview.rows if r.key == row.follows)
        aside = {row.follows: Decision("set_aside"), row.key: None}
        yield Choice("instead", f"用这一行，第 {first.row} 行不导入", aside)


def person_words(seen: Look, member_id: int) -> str:
    """Somebody on the roster, told apart from her namesakes."""
    person: Mapping[str, Any] = seen.people[member_id]
    parts = [known_text(seen, one, person) for one in (_UNIT, _POST, _BIRTH)]
    return "，".join(part for part in parts if part)


def _corrections(preview: Preview, row: Row) -> Mapping[str, str]:
    decision = preview.decisions.get(row.key)
    return decision.corrections if decision is not None else {}


def _would_update(row: Row) -> bool:
    return row.status == "update"


def _is_shown(name: str) -> bool:
    return name not in ("unresolved", "id_prefix15")


def _first_code(row: Row) -> str:
    ordered = sorted(row.problems, key=lambda p: p.level != "error")
    return ordered[0].code if ordered else ""


def _said(problem: Problem) -> Said:
    head, _, rest = hidden(sentence(problem)).partition("：")
    tone = "danger" if problem.level == "error" else "amber"
    if not rest:
        head, _, rest = head.partition("，")
    return Said(head, f"{rest}。" if rest else "", tone)


def _or_blank(text: str) -> str:
    return f"“{text}”" if text else "空白"
