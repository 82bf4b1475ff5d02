"""Which column of a table is which field of a person?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.exchange.contents import looks_like_id, looks_like_phone, share
from desktop.exchange.header import Header, Rows
from desktop.exchange.headings import (
    COARSE_UNIT,
    SEQUENCE,
    is_about_somebody_else,
    is_coarse_unit,
    plain,
)
from desktop.exchange.reading.cells import CellValue
from desktop.fields import identity
from desktop.fields.kinds import cell_text

_SAMPLED = 80
_PHONE_WORDS = re.compile(r"电话|手机|联系|tel|phone", re.IGNORECASE)
_PHONE_OR_NUMBER = re.compile(r"电话|手机|号|方式|关系|电邮|地址|单位|职务")
_ANY_PHONE = re.compile(r"(?:联系)?(?:电话|方式)(?:号码)?")
_CONTACT = re.compile(r"联系人|紧急|应急|家长|父|母|监护|配偶|爱人|丈夫|家属")
_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?[2-8]\d{6,7}(?:-\d+)?|\d{3,6}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: where it is, what stands over it, which field it holds.

    ``field`` is a member's field, ``seq``, ``age``, ``unit_above`` or ``None``; ``key`` is the name
    under which an unmapped column is kept with a person, unique within the table.
    """

    index: int
    letter: str
    header: str
    key: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one table among several side by side, both ends included."""

    left: int
    right: int


def letter(number: int) -> str:
    """The letters of a column counted from one: 1 is ``A``, 28 is ``AB``."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(letters: str) -> int:
    """The column counted from one for its letters; ``ValueError`` for anything else."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        raise ValueError(letters)
    value = 0
    for one in letters.upper():
        value = value * 26 + ord(one) - 64
    return value


def fingerprint(header: Header) -> str:
    """A short text that is the same for two tables with the same headings in the same order."""
    words = "|".join(plain(header.whole(c)) for c in range(len(header.parts)))
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def assign(
    rows: Rows,
    header: Header,
    block: Block,
    *,
    first_column: int,
    chosen: Mapping[str, str],
    remembered: Mapping[str, str],
    own: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """The columns of a block with their fields; blank columns without a heading are left out.

    ``chosen`` maps column letters, ``remembered`` places counted from 0, to fields (empty: to
    none); both go before anything recognised. ``own`` are the office's own headings, as
    :func:`plain` makes them, and their fields.
    """
    places = range(block.left, block.right + 1)
    body = [r for r in rows[header.bottom + 1 :] if any(c is not None for c in r)]
    cells = {c: [r[c] for r in body[:_SAMPLED]] for c in places}
    fixed = _fixed(places, first_column, chosen, remembered)
    fields = {c: f for c, f in fixed.items() if f}
    taken = set(fields.values())
    _by_own_label(header, [c for c in places if c not in fixed], fields, taken, own or {})
    free = [c for c in places if c not in fixed and c not in fields]
    _by_heading(header, free, cells, fields=fields, taken=taken, body=body)
    _by_contents(header, [c for c in free if c not in fields], cells, fields, taken)
    _sort_phones(fields, cells, taken, free, header)
    return _named(header, places, first_column=first_column, fields=fields, cells=cells, body=body)


def _fixed(
    places: Sequence[int],
    first_column: int,
    chosen: Mapping[str, str],
    remembered: Mapping[str, str],
) -> dict[int, str]:
    fixed: dict[int, str] = {}
    for column in places:
        by_place = remembered.get(str(column))
        by_letter = chosen.get(letter(first_column + column))
        told = by_letter if by_letter is not None else by_place
        if told is not None:
            fixed[column] = told
    return fixed


def _by_own_label(
    header: Header,
    free: Sequence[int],
    fields: dict[int, str],
    taken: set[str],
    own: Mapping[str, str],
) -> None:
    """What the office calls its own fields goes before what the words mean elsewhere."""
    for column in free:
        field = own.get(plain(header.whole(column))) or own.get(plain(header.words(column)))
        if field and field not in taken:
            fields[column] = field
            taken.add(field)


def _by_heading(
    header: Header,
    free: Sequence[int],
    cells: Mapping[int, Sequence[CellValue]],
    *,
    fields: dict[int, str],
    taken: set[str],
    body: Rows,
) -> None:
    wishes: dict[str, list[int]] = {}
    for column in free:
        field = header.meanings[column].field
        if field == "mobile" and _is_of_a_contact(header, column):
            continue
        if field and field not in taken:
            wishes.setdefault(field, []).append(column)
    for field, columns in wishes.items():
        if field == "unit_id" and len(columns) > 1:
            _units(header, columns, cells, fields, body)
        elif field != SEQUENCE or _is_sequence(header, columns[0], cells):
            fields[_best(header, columns, cells)] = field
    taken.update(fields.values())


def _is_of_a_contact(header: Header, column: int) -> bool:
    """Whether a plain ``联系电话`` stands straight behind a contact or a relative: nobody can tell
    then that it is the person's own."""
    return bool(
        _ANY_PHONE.fullmatch(plain(header.words(column)))
        and column
        and _CONTACT.search(before := plain(header.words(column - 1)))
        and not _PHONE_OR_NUMBER.search(before)
    )


def _is_behind_somebody_else(header: Header, column: int) -> bool:
    before = header.words(column - 1) if column else ""
    return is_about_somebody_else(before) and not _PHONE_OR_NUMBER.search(before)


def _best(header: Header, columns: list[int], cells: Mapping[int, Sequence[CellValue]]) -> int:
    def badness(column: int) -> tuple[bool, bool, int, int]:
        is_blank = all(c is None for c in cells[column])
        is_theirs = _is_behind_somebody_else(header, column)
        return is_blank, is_theirs, header.meanings[column].rank, column

    return min(columns, key=badness)


def _units(
    header: Header,
    columns: list[int],
    cells: Mapping[int, Sequence[CellValue]],
    fields: dict[int, str],
    body: Rows,
) -> None:
    coarse = [c for c in columns if is_coarse_unit(header.words(c))]
    fine = [c for c in columns if c not in coarse]
    if not coarse or not fine:
        fields[_best(header, columns, cells)] = "unit_id"
        return
    fields[_best(header, fine, cells)] = "unit_id"
    above = _best(header, coarse, cells)
    if len({row[above] for row in body} - {None}) > 1:
        fields[above] = COARSE_UNIT


def _is_sequence(header: Header, column: int, cells: Mapping[int, Sequence[CellValue]]) -> bool:
    if plain(header.words(column)) in ("序号", "序"):
        return True
    filled = [c for c in cells[column] if c is not None]
    texts = [cell_text(c).strip() for c in filled]
    return all(len(t) <= 5 and t.isdigit() for t in texts) and len(set(texts)) == len(texts)


def _by_contents(
    header: Header,
    columns: Sequence[int],
    cells: Mapping[int, Sequence[CellValue]],
    fields: dict[int, str],
    taken: set[str],
) -> None:
    for column in columns:
        words = header.whole(column)
        if is_about_somebody_else(words) or header.meanings[column].sort == "trap":
            continue
        if "id_number" not in taken and share(cells[column], _is_sound_id) >= 0.8:
            fields[column] = "id_number"
        elif (
            "mobile" not in taken
            and _PHONE_WORDS.search(words)
            and header.meanings[column].sort == "unknown"
            and share(cells[column], looks_like_phone) >= 0.8
        ):
            fields[column] = "mobile"
        taken.update(fields.values())


def _is_sound_id(cell: CellValue) -> bool:
    return looks_like_id(cell) and identity.facts(identity.clean(cell_text(cell))[0]) is not None


def _is_landline(cell: CellValue) -> bool:
    return bool(_LANDLINE.fullmatch(re.sub(r"[\s()（）]", "", cell_text(cell))))


def _sort_phones(
    fields: dict[int, str],
    cells: Mapping[int, Sequence[CellValue]],
    taken: set[str],
    free: Sequence[int],
    header: Header,
) -> None:
    """A column of landlines under a plain ``电话`` is the office telephone."""
    if "office_phone" in taken:
        return
    for column in free:
        is_mobile = fields.get(column) == "mobile"
        is_spare = column not in fields and header.meanings[column].field == "mobile"
        if (is_mobile or is_spare) and share(cells[column], _is_landline) >= 0.8:
            fields[column] = "office_phone"
            return


def _named(
    header: Header,
    places: Sequence[int],
    *,
    first_column: int,
    fields: Mapping[int, str],
    cells: Mapping[int, Sequence[CellValue]],
    body: Rows,
) -> tuple[Column, ...]:
    columns: list[Column] = []
    keys: set[str] = set()
    for index in places:
        words = header.words(index)
        told = letter(first_column + index)
        if not words and index not in fields and _is_blank(index, cells, body):
            continue
        key = _unused(keys, header.whole(index), words, f"{told}列")
        columns.append(Column(index, told, words, key, fields.get(index)))
    return tuple(columns)


def _is_blank(column: int, cells: Mapping[int, Sequence[CellValue]], body: Rows) -> bool:
    return all(c is None for c in cells[column]) and all(r[column] is None for r in body)


def _unused(keys: set[str], *candidates: str) -> str:
    wanted = next(c for c in candidates if c)
    told = next((c for c in candidates[:-1] if c and c not in keys), None)
    if told is None:
        told = candidates[-1] if wanted == candidates[-1] else f"{wanted}（{candidates[-1]}）"
    keys.add(told)
    return told
