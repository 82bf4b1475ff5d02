"""Which reader takes these bytes, and may it do so in this process?

The rule: a file is read here when looking at it first has proved it harmless (xlsx and xlsm: every
part inflated under an allowance, every sheet measured) or when its reader is plain Python and the
file is small. Everything else is read in a child process with a limit on memory and time: xlsb,
encrypted files, large xls and text, and workbooks the measuring found heavy.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.exchange.reading.cells import Sheet
from desktop.exchange.reading.refusals import NeedsChild, Refused
from desktop.exchange.reading.sniffing import Kind, kind_of

SMALL_XLS = 2 << 20
SMALL_TEXT = 24 << 20


@dataclass(frozen=True, slots=True)
class Parsed:
    """What :class:`~desktop.exchange.reading.cells.Workbook` holds, less the path."""

    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None


def parse(data: bytes, password: str | None = None, *, in_child: bool = False) -> Parsed:
    """Read the bytes. Raises :class:`Refused`, and :class:`NeedsChild` unless ``in_child``."""
    kind = kind_of(data)
    try:
        return _parse_as(kind, data, password, in_child=in_child)
    except MemoryError as error:
        raise Refused("out_of_memory") from error


def _parse_as(kind: Kind, data: bytes, password: str | None, *, in_child: bool) -> Parsed:
    if kind.word in ("xlsx", "xlsm"):
        return _parse_openxml(kind, in_child=in_child)
    if kind.word == "ods" and kind.package:
        from desktop.exchange.reading.opendocument import read_ods

        return Parsed("ods", read_ods(kind.package, in_child=in_child))
    if kind.word == "xls":
        return _parse_biff(data, password, in_child=in_child)
    if not in_child and (kind.word in ("xlsb", "encrypted") or len(data) > SMALL_TEXT):
        raise NeedsChild
    if kind.word == "encrypted":
        from desktop.exchange.reading.decrypting import decrypted

        return parse(decrypted(data, password), in_child=True)
    if kind.word == "xlsb" and kind.package:
        from desktop.exchange.reading.xlsb import read_xlsb

        return Parsed("xlsb", read_xlsb(kind.package))
    return _parse_text(kind, data)


def _parse_openxml(kind: Kind, *, in_child: bool) -> Parsed:
    from desktop.exchange.reading.calamine import read_scanned
    from desktop.exchange.reading.openxml import scan

    if kind.package is None:
        raise Refused("damaged")
    return Parsed(kind.word, read_scanned(scan(kind.package, in_child=in_child)))


def _parse_biff(data: bytes, password: str | None, *, in_child: bool) -> Parsed:
    from desktop.exchange.reading.biff import read_biff

    if len(data) > SMALL_XLS and not in_child:
        raise NeedsChild
    try:
        return Parsed("xls", read_biff(data))
    except Refused as refused:
        if refused.reason != "password_needed":
            raise
    if not in_child:
        raise NeedsChild
    from desktop.exchange.reading.decrypting import decrypted

    return Parsed("xls", read_biff(decrypted(data, password)))


def _parse_text(kind: Kind, data: bytes) -> Parsed:
    if kind.word == "html":
        from desktop.exchange.reading.markup import read_html

        encoding, sheets = read_html(data)
        return Parsed("html", sheets, encoding)
    if kind.word == "xml2003":
        from desktop.exchange.reading.xml2003 import read_xml2003

        encoding, sheets = read_xml2003(data)
        return Parsed("xml2003", sheets, encoding)
    from desktop.exchange.reading.text_tables import decode, read_text

    decoded = decode(data)
    word, sheets = read_text(decoded)
    return Parsed(word, sheets, decoded.encoding)
