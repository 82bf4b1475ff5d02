"""What does a value say on a list that leaves the house?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from desktop.fields.core import Field
from desktop.fields.kinds import Choice, Day, Link, YesNo, masked

_LONG_NUMBER = re.compile(r"\d{10,}[\dXx]")  # a mobile, an identity number, a bank card


def words(
    field: Field, *, full: bool, unit_names: Mapping[int, str]
) -> Callable[[Any], str | None]:
    """How values of a field are written; ``None`` for nothing.

    Without ``full`` private values are masked, and so are long numbers inside any free text.
    """
    kind = field.kind
    if isinstance(kind, Link):
        return lambda value: unit_names[value]
    if not full and kind.is_private:
        return lambda value: masked(kind, value)
    if full or isinstance(kind, (Choice, YesNo, Day)):
        return lambda value: kind.text(value) or None
    return lambda value: veiled(kind.text(value)) or None


def veiled(text: str) -> str:
    """Numbers long enough to be somebody's telephone or document are masked in any text."""
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", text)
