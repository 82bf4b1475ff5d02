"""What a field is: declared once, used by list, form, import, export, search and history.

A *kind* has four faces and no state: ``text`` (value to words), ``parse`` (what was typed),
``from_cell`` (what a workbook held) and ``to_cell`` (what a workbook is given).
"""

from desktop.fields.core import Field, Kind, Reading, Register
from desktop.fields.kinds import (
    Amount,
    Choice,
    Day,
    IdNumber,
    Link,
    LongText,
    Name,
    Number,
    Phone,
    Text,
    YesNo,
)

__all__ = [
    "Amount",
    "Choice",
    "Day",
    "Field",
    "IdNumber",
    "Kind",
    "Link",
    "LongText",
    "Name",
    "Number",
    "Phone",
    "Reading",
    "Register",
    "Text",
    "YesNo",
]
