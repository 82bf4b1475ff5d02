"""Which columns are there to be told apart, and what can each be taken for?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.exchange.columns import Column
from desktop.exchange.headings import IGNORED, is_about_health
from desktop.exchange.preview import Preview
from desktop.fields import Field
from desktop.fields.kinds import cell_text
from desktop.registers import MEMBERS
from desktop.ui.models.import_rows import KEPT, NO_FIELD, NOT_IMPORTED, hidden

_SAMPLES = 3
_SHORT_SAMPLE = 24


@dataclass(frozen=True)
class ColumnOffer:
    """A column of a sheet: what stands over it, what is in it, and what it is taken for now
    (``""``: kept as it is, :data:`IGNORED`: not imported)."""

    letter: str
    header: str
    samples: tuple[str, ...]
    field: str
    proposed: bool = False


@dataclass(frozen=True)
class SheetOffer:
    """The columns of one table, and the ``fields`` there are for them; ``asks`` where no header was
    found and nothing is sure."""

    file: str
    sheet: str
    columns: tuple[ColumnOffer, ...]
    asks: bool
    fields: tuple[Field, ...] = MEMBERS.fields


def offers(preview: Preview) -> tuple[SheetOffer, ...]:
    """Every table there is, those that need her first."""
    fields = preview.roster.register.fields
    asked = [
        SheetOffer(one.file, one.sheet, tuple(_proposed(one.proposal)), True, fields)
        for one in preview.needs_mapping
    ]
    known = [
        SheetOffer(place.file, place.layout.sheet.name, tuple(_understood(place)), False, fields)
        for place in preview.places
    ]
    return (*asked, *known)


def _proposed(proposal: object) -> Sequence[ColumnOffer]:
    from desktop.exchange.layout import Proposal

    if not isinstance(proposal, Proposal):
        return ()
    return [
        ColumnOffer(
            letter,
            "",
            tuple(_short(one) for one in samples),
            proposal.fields.get(letter, ""),
            letter in proposal.fields,
        )
        for letter, samples in proposal.samples.items()
    ]


def _understood(place: object) -> Sequence[ColumnOffer]:
    from desktop.exchange.checking import Place

    if not isinstance(place, Place):
        return ()
    found = []
    for column in place.table.columns:
        cells = (place.table.rows[p.at][column.index] for p in place.table.people)
        filled = (cell_text(c) for c in cells if c is not None)
        samples = tuple(_short(text) for text, _ in zip(filled, range(_SAMPLES), strict=False))
        taken = _taken(column)
        found.append(ColumnOffer(column.letter, column.header, samples, taken))
    return found


def _short(text: str) -> str:
    plain = " ".join(hidden(text).split())
    return plain if len(plain) <= _SHORT_SAMPLE else f"{plain[:_SHORT_SAMPLE]}…"


def _taken(column: Column) -> str:
    """What a column is taken for; one that speaks of health is not imported."""
    is_left_out = column.field is None and is_about_health(column.header)
    return IGNORED if is_left_out else column.field or ""


def options(now: str, header: str, fields: Iterable[Field]) -> list[tuple[object, str]]:
    """What a column can be taken for, as (field, words)."""
    found: list[tuple[object, str]] = [(IGNORED, NOT_IMPORTED)]
    if not is_about_health(header):
        found.append(("", KEPT))
    if now in NO_FIELD and now != IGNORED:
        found.append((now, NO_FIELD[now]))
    return found + [(field.name, field.label) for field in fields]


def taken_for(preview: Preview, letter: str) -> tuple[str, list[tuple[object, str]]]:
    """What a column of the table is taken for, and what it could be taken for instead."""
    columns = {c.letter: c for place in preview.places for c in place.table.columns}
    column = columns[letter]
    taken = _taken(column)
    return taken, options(taken, column.header, preview.roster.register.fields)


def told(
    before: Mapping[tuple[str, str], Mapping[str, str]],
    file: str,
    sheet: str,
    chosen: Mapping[str, str],
) -> dict[tuple[str, str], Mapping[str, str]]:
    """The mapping by sheet with one sheet's columns told; a field moves to where it was told."""
    mapping = dict(before.get((file, sheet), {}))
    for letter, name in chosen.items():
        for other, taken in list(mapping.items()):
            if taken == name and other != letter and name not in ("", IGNORED):
                mapping[other] = ""
        mapping[letter] = name
    return {**before, (file, sheet): mapping}
