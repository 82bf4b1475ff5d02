"""Which cells does a text file, or text pasted from elsewhere, hold?

Nothing is guessed about the values: every cell stays the text it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from unicodedata import category

from desktop.exchange.reading.cells import CellValue, Sheet, SheetMarks, rectangle
from desktop.exchange.reading.refusals import Refused

SEPARATORS = ("\t", ",", ";", "|", "、")

_SAMPLE = 200
_LONGEST_FIELD = 131_072

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# writers of safe CSV put an apostrophe or a tab before what a spreadsheet would take for a formula
_SAFE_PREFIX = re.compile(r"['\t](?=[=+\-@\t\r＝＋－＠])")
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_COMMON = re.compile(r"[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_SAMPLE_OF_TEXT = 100_000
_STRANGE = ("Cc", "Cn", "Co", "Cs")
_PASTED_FIELD = re.compile(r'(?:"((?:[^"]|"")*)"(?=\t|\r?\n|\r|\Z)|([^\t\r\n]*))(\t|\r?\n|\r|\Z)')


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` without its byte order mark; ``is_garbled``: some bytes fitted no encoding and stand
    as U+FFFD."""

    text: str
    encoding: str
    is_garbled: bool = False


def decode(data: bytes) -> Decoded:
    """The text in the first encoding that fits: byte order mark, UTF-16 by its zero bytes, UTF-8,
    GB18030. Raises :class:`Refused` for bytes that are no text."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_decode_as(data, encoding))
    if b"\0" in data[: 1 << 20]:
        wide = _decode_wide(data)
        if wide:
            return _checked(wide)
        if data.count(0) * 50 > len(data):
            raise Refused("not_a_table", "zero bytes")
        data = data.replace(b"\0", b"")  # a few of them are a careless program's blanks
    return _checked(_decode_narrow(data))


def _decode_as(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    return Decoded(text, encoding, "\ufffd" in text)


def _decode_wide(data: bytes) -> Decoded | None:
    """The text as UTF-16, or ``None`` when it does not look like writing."""
    both = [_decode_as(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    best = max(both, key=lambda decoded: len(_COMMON.findall(decoded.text[:_SAMPLE_OF_TEXT])))
    sample = best.text[:_SAMPLE_OF_TEXT]
    strange = sum(category(char) in _STRANGE and not char.isspace() for char in sample)
    return None if strange * 50 > len(sample) else best


def _decode_narrow(data: bytes) -> Decoded:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_chinese(data)
    if _is_suspicious_utf8(text):
        try:
            chinese = data.decode("gb18030")
        except UnicodeDecodeError:
            return Decoded(text, "utf-8")
        if all(char.isascii() or _is_han(char) for char in chinese):
            return Decoded(chinese, "gb18030")
    return Decoded(text, "utf-8")


def _is_suspicious_utf8(text: str) -> bool:
    # a short GBK text can happen to be valid UTF-8: then it reads as a row of accented letters
    beyond = {char for char in text if not char.isascii()}
    return bool(beyond - {"·", "×", "°"}) and all("\x80" <= char <= "\u07ff" for char in beyond)


def _is_han(char: str) -> bool:
    return "\u3000" <= char <= "\u303f" or "\u4e00" <= char <= "\u9fff" or char >= "\uff00"


def _decode_chinese(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("gb18030"), "gb18030")
    except UnicodeDecodeError:
        candidates = [_decode_as(data, encoding) for encoding in ("utf-8", "gb18030")]
    best = min(candidates, key=lambda decoded: decoded.text.count("\ufffd"))
    if best.text.count("\ufffd") > max(len(best.text) // 50, 2):
        raise Refused("not_a_table", "no known encoding")
    return best


def _checked(decoded: Decoded) -> Decoded:
    sample = decoded.text[: 1 << 20]
    if len(_CONTROLS.findall(sample)) * 100 > len(sample):
        raise Refused("not_a_table", "control characters")
    if decoded.is_garbled and sample.count("\ufffd") * 20 > len(sample):
        raise Refused("damaged", f"not {decoded.encoding}")
    return decoded


def read_text(decoded: Decoded) -> tuple[str, tuple[Sheet, ...]]:
    """The format word (``csv`` or ``tsv``) and the one sheet of a text file."""
    # old DOS files end in a Ctrl-Z
    text = decoded.text.rstrip("\x1a")
    text, separator = _declared_separator(text)
    separator = separator or _separator_of(text)
    rows = [[_value(cell) for cell in record] for record in _records(text, separator)]
    return "tsv" if separator == "\t" else "csv", (_sheet(rows, decoded),)


def read_pasted(text: str) -> tuple[Sheet, ...]:
    """The one sheet of text copied out of a spreadsheet or a web page."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    if "\t" not in text:
        return read_text(Decoded(text, "utf-16"))[1]
    rows: list[list[CellValue]] = [[]]
    for match in _PASTED_FIELD.finditer(text):
        quoted = match[1]
        rows[-1].append(_value(match[2] if quoted is None else quoted.replace('""', '"')))
        if match[3] not in ("\t", ""):
            rows.append([])
        if not match[3]:
            break
    return (_sheet(rows, Decoded(text, "utf-16")),)


def _sheet(rows: list[list[CellValue]], decoded: Decoded) -> Sheet:
    table = rectangle(rows)
    marks = SheetMarks(garbled_cells=_garbled(table)) if decoded.is_garbled else SheetMarks()
    return Sheet("", True, table, marks=marks)


def _garbled(table: list[list[CellValue]]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (row, column)
        for row, values in enumerate(table, 1)
        for column, value in enumerate(values, 1)
        if isinstance(value, str) and "\ufffd" in value
    )


def _value(cell: str) -> CellValue:
    if cell[:1] in ("'", "\t"):
        cell = _SAFE_PREFIX.sub("", cell, count=1) if _SAFE_PREFIX.match(cell) else cell
    elif cell[:2] == '="' and (match := _TEXT_FORMULA.fullmatch(cell)):
        cell = match[1].replace('""', '"')
    return cell or None


def _declared_separator(text: str) -> tuple[str, str]:
    # Excel's own first line sep=; is an instruction, not a row
    match = re.match(r'"?sep=(.)"?(?:\r\n|\r|\n)', text, re.IGNORECASE)
    return (text[match.end() :], match[1]) if match else (text, "")


def _separator_of(text: str) -> str:
    """The separator that cuts most of the first rows into the same number of cells."""
    scores = {separator: _score(text, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] > (0.0, 0) else ","


def _score(text: str, separator: str) -> tuple[float, int]:
    widths = Counter(
        len(record) for record in _sample(text, separator) if any(cell for cell in record)
    )
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    if not wide:
        return 0.0, 0
    width, count = wide.most_common(1)[0]
    return round(count / widths.total(), 1), width


def _sample(text: str, separator: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for record in csv.reader(_lines(text[: 1 << 18]), delimiter=separator):
            found.append(record)
            if len(found) >= _SAMPLE:
                break
    except csv.Error:
        pass  # an unclosed quote: what came before it is sample enough
    return found


def _records(text: str, separator: str) -> list[list[str]]:
    try:
        if _quotes_are_closed(text, separator):
            return list(csv.reader(_lines(text), delimiter=separator))
        return list(csv.reader(_lines(text), delimiter=separator, quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise Refused("damaged", str(error)) from error


def _quotes_are_closed(text: str, separator: str) -> bool:
    if '"' not in text:
        return True
    try:
        for _ in csv.reader(_lines(text), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return _is_nearly_closed(text, separator)
    return True


def _is_nearly_closed(text: str, separator: str) -> bool:
    # a quote opened and never closed would swallow the rest of the table into one cell
    try:
        records = list(csv.reader(_lines(text), delimiter=separator))
    except csv.Error:
        return False
    return all(cell.count("\n") < 100 for record in records for cell in record)


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")
