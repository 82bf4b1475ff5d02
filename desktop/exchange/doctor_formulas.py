"""How do formulas keep their values in a workbook saved by openpyxl, which drops them?"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from xml.sax.saxutils import escape

from desktop.exchange.columns import letter
from desktop.exchange.reading.cells import CellValue

Values = Mapping[tuple[int, int], CellValue]
"""By row and column counted from one."""

_FORMULA = re.compile(
    rb'<c r="([A-Z]+\d+)"((?: s="\d+")?)(?: t="\w+")?>(<f[ >].*?</f>)<v\s*/?>(?:</v>)?</c>',
    re.DOTALL,
)
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001


def with_values(workbook: bytes, sheets: Mapping[int, Values], *, date_1904: bool) -> bytes:
    """The workbook with the values put back behind its formulas; ``sheets`` by place from one."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part.filename)
            if found and b"<f" in data:
                data = _filled(data, sheets.get(int(found[1]), {}), date_1904)
            new.writestr(part, data)
    return made.getvalue()


def _filled(sheet: bytes, values: Values, date_1904: bool) -> bytes:
    by_name = {f"{letter(column)}{row}".encode(): v for (row, column), v in values.items()}

    def put(match: re.Match[bytes]) -> bytes:
        value = by_name.get(match[1])
        if value is None:
            return match[0]
        kind, text = _written(value, date_1904)
        told = escape(text).encode()
        return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (match[1], match[2], kind, match[3], told)

    return _FORMULA.sub(put, sheet)


def _written(value: CellValue, date_1904: bool) -> tuple[bytes, str]:
    if isinstance(value, bool):
        return b' t="b"', str(int(value))
    if isinstance(value, date | time):
        return b"", repr(_serial(value, date_1904))
    if isinstance(value, int | float):
        return b"", repr(value)
    return b' t="str"', str(value)


def _serial(value: date | time, date_1904: bool) -> float:
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return (moment - _FIRST_DAY[date_1904]).total_seconds() / 86400
