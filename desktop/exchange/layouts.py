"""What did a person decide about the columns of such a roster the last time?"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Layout
from desktop.exchange.columns import letter
from desktop.exchange.layout import Table
from desktop.exchange.preview import Preview

Remembered = Mapping[str, Mapping[str, str]]
"""By fingerprint of the headings: place of a column (``"0"`` is the first) to field."""


def remembered(session: Session) -> Remembered:
    """Everything decided about columns so far."""
    rows = session.execute(select(Layout.fingerprint, Layout.mapping))
    return {row[0]: row[1] for row in rows}


def remember(session: Session, preview: Preview) -> None:
    """Keep what was decided in this import; tables without a header cannot be known again."""
    for place in preview.places:
        chosen = preview.options.mapping_of(place.file, place.layout.sheet.name)
        mapping = _decided(place.table, place.layout.sheet.first_column, chosen)
        if mapping and place.table.fingerprint:
            _keep(session, place.table.fingerprint, mapping)


def _decided(table: Table, first_column: int, chosen: Mapping[str, str]) -> dict[str, str]:
    told = {str(c.index): chosen.get(letter(first_column + c.index)) for c in table.columns}
    return {place: field for place, field in told.items() if field is not None}


def _keep(session: Session, fingerprint: str, mapping: dict[str, str]) -> None:
    known = session.scalar(select(Layout).where(Layout.fingerprint == fingerprint))
    if known is None:
        session.add(Layout(fingerprint=fingerprint, mapping=mapping))
    elif known.mapping != {**known.mapping, **mapping}:
        known.mapping = {**known.mapping, **mapping}
    session.flush()
