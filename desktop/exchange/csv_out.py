"""How does the roster go out as text that no spreadsheet takes for formulas?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from db.files import write_whole
from desktop.exchange.export import Exported, Remark, Row, Step, columns_of
from desktop.exchange.xlsx_out import is_storable, storable
from desktop.fields import Register
from desktop.registers import MEMBERS

_DANGEROUS = re.compile(r"[=+\-@\t\r＝＋－＠]")
_LIKE_A_GUARD = re.compile(r"'[=+\-@\t\r＝＋－＠]")
_REPORT_EVERY = 500


def export_csv(
    rows: Sequence[Row],
    target: Path,
    *,
    full: bool,
    unit_names: Mapping[int, str],
    register: Register = MEMBERS,
    step: Step | None = None,
) -> Exported:
    """Write the people as CSV in UTF-8 with a byte order mark, one heading line on top.

    Cells a spreadsheet would take for a formula get an apostrophe in front, which our own reader
    takes away again. Columns, masking and errors are those of the workbook.
    """
    columns = columns_of(rows, full=full, unit_names=unit_names, register=register)
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(["序号", *(guarded(column.heading) for column in columns)])
    remarks: list[Remark] = []
    for number, row in enumerate(rows, start=1):
        texts = [column.take(row) or "" for column in columns]
        write([number, *map(guarded, texts)])
        remarks += [
            Remark(number + 1, column.heading, "有文字文件存不下的控制字符，已略去")
            for column, text in zip(columns, texts, strict=True)
            if not is_storable(text)
        ]
        if step is not None and number % _REPORT_EVERY == 0:
            step(number, len(rows))
    write_whole(target, out.getvalue().encode("utf-8-sig"))
    return Exported(len(rows), tuple(remarks))


def guarded(text: str) -> str:
    """The text as a CSV cell that is no formula and reads back as it was."""
    plain = storable(text)
    if _DANGEROUS.match(plain):
        return f"'{plain}"
    if _LIKE_A_GUARD.match(plain):
        quoted = plain.replace('"', '""')
        return f'="{quoted}"'
    return plain
