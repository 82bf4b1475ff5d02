"""The vocabulary of declarations: a field, a register of fields, and what reading a value gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal, Protocol

CellValue = str | int | float | bool | date | datetime | time | None
Level = Literal["", "warning", "error"]


@dataclass(frozen=True)
class Reading:
    """A value as understood, and what is to be said about it.

    With ``level == "error"`` there is no value; ``"warning"`` means it may be used as it stands.
    ``code`` is one of :data:`desktop.fields.codes.CODES`. ``changed`` is set when more than
    white space was put right. ``candidates`` are the meanings an ambiguous cell can have.
    """

    value: Any = None
    code: str = ""
    message: str = ""
    level: Level = ""
    changed: bool = False
    candidates: tuple[Any, ...] = ()


class Kind(Protocol):
    """How values of one kind are shown, typed and kept in workbooks."""

    @property
    def is_private(self) -> bool:
        """Whether values are masked until somebody asks."""

    def text(self, value: Any) -> str:
        """The value in words, empty for ``None``."""

    def parse(self, typed: str) -> Reading:
        """What a person meant by ``typed``; an empty text means no value."""

    def from_cell(self, cell: CellValue) -> Reading:
        """What a workbook cell means; an empty cell means no value."""

    def to_cell(self, value: Any) -> CellValue:
        """What is written into a workbook so that ``from_cell`` gives the value back."""


@dataclass(frozen=True)
class Field:
    """One column of a register. ``name`` is also the attribute of the record.

    ``synonyms`` are other headings a roster may use; ``group`` the section of the form;
    ``listed`` whether a list shows it unasked.
    """

    name: str
    label: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    required: bool = False
    group: str = ""
    listed: bool = False


@dataclass(frozen=True)
class Register:
    """A kind of record people keep: its table class, its fields, and how one is named."""

    name: str
    title: str
    record: type[Any]
    fields: tuple[Field, ...]
    measure: str = "条"

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` when there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)
