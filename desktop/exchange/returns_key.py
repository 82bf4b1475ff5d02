"""Which unit's form of which round is this workbook? Its hidden key says so."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.exchange.template import VERSION, hidden_mark
from desktop.registers import MEMBERS

MARK = "banbiantian-form"
_TEXT = re.compile(r"([a-z_]+)/(\d+)/([0-9a-f]+)/(\d+)/(\d{4}-\d{2}-\d{2})", re.ASCII)
_CORE = "docProps/core.xml"
_MAX_CORE = 1 << 20
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([^<\s]+)\s*<")


@dataclass(frozen=True)
class FormKey:
    """What a form was sent out as: register and edition of the form, round, unit and day."""

    token: str
    unit_id: int
    sent_on: str
    register: str = MEMBERS.name
    edition: int = VERSION

    @property
    def text(self) -> str:
        return f"{self.register}/{self.edition}/{self.token}/{self.unit_id}/{self.sent_on}"

    @property
    def is_ours(self) -> bool:
        """Whether it is a form of the roster, and not of something else."""
        return self.register == MEMBERS.name

    @property
    def is_older(self) -> bool:
        """Whether the form was made by an earlier edition of the program."""
        return self.edition < VERSION


def form_key(path: Path) -> FormKey | None:
    """The key hidden in a form, ``None`` for any other file; survives renaming and filling in."""
    found = _TEXT.fullmatch(hidden_mark(path, MARK))
    if found is None:
        return None
    return FormKey(found[3], int(found[4]), found[5], found[1], int(found[2]))


def saved_at(path: Path) -> datetime:
    """When the workbook was saved last: as it says itself, else as the disk does."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_CORE) as part:
            found = _MODIFIED.search(part.read(_MAX_CORE))
        if found:
            told = datetime.fromisoformat(found[1].decode())
            return told if told.tzinfo else told.replace(tzinfo=UTC)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        pass  # a file of another kind, or one that says nothing
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
