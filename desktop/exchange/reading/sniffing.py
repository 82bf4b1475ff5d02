"""What are these bytes really?

The extension is never asked: names lie in about three files of a hundred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.exchange.reading.packages import Package, is_zip
from desktop.exchange.reading.refusals import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# BOF records of worksheets and workbooks older than the OLE container (Excel 2 to 5)
_BARE_BIFF = re.compile(rb"\x09(?:\x00[\x04\x06]\x00|\x02\x06\x00|\x04\x06\x00|\x08[\x06\x08]\x00)")

_PICTURES_AND_DOCUMENTS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"{\\rtf",
    b"%!PS",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_LOTUS_AND_WORKS = (b"\0\0\x02\0", b"\0\0\x1a\0", b"\xff\0\x02\0\x04\x04")
_NOT_TABLES = (b"\xac\xed\0\x05", b"MZ", b"\x7fELF", b"SQLite format 3", b"\0\x01\0\0Standard")


@dataclass(frozen=True, slots=True)
class Kind:
    """``word`` is a format of :class:`~desktop.exchange.reading.cells.Workbook`, or ``encrypted``
    (a password may open it) or ``text`` (still to be told apart by its separators)."""

    word: str
    package: Package | None = None


def kind_of(data: bytes) -> Kind:
    """What the bytes are. Raises :class:`Refused` for what is certainly not a readable table."""
    if not data:
        raise Refused("empty")
    if is_zip(data):
        return _kind_of_package(Package(data))
    if data.startswith(OLE):
        return Kind(_kind_of_ole(data))
    if _BARE_BIFF.match(data):
        return Kind("xls")
    _refuse_known_others(data)
    return Kind(_kind_of_markup(data) or "text")


def _refuse_known_others(data: bytes) -> None:
    for reason, beginnings in (
        ("picture_or_document", _PICTURES_AND_DOCUMENTS),
        ("archive", _ARCHIVES),
        ("old_format", _LOTUS_AND_WORKS),
        ("not_a_table", _NOT_TABLES),
    ):
        if data.startswith(beginnings) and not (data.startswith(b"BM") and _is_ascii_start(data)):
            raise Refused(reason)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise Refused("picture_or_document")
    if data.startswith(b"PK"):
        raise Refused("damaged", "zip without its directory")


def _is_ascii_start(data: bytes) -> bool:
    # a text table may begin with the letters BM; a bitmap has zeros in its header
    return b"\0" not in data[:26]


_DOCUMENT_PARTS = ("word/document.xml", "ppt/presentation.xml", "word/document2.xml")


def _kind_of_package(package: Package) -> Kind:
    names = package.names
    if package.find("xl/workbook.bin"):
        return Kind("xlsb", package)
    media_type = package.text_of("mimetype", limit=200)
    if media_type.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return Kind("ods", package)
    if media_type.startswith("application/vnd.oasis.opendocument"):
        raise Refused("picture_or_document")
    if any(package.find(part) for part in _DOCUMENT_PARTS):
        raise Refused("picture_or_document")
    if any(name.lower().startswith("index/") and name.endswith(".iwa") for name in names):
        raise Refused("other_program")
    types = package.text_of("[Content_Types].xml")
    if "spreadsheetml" in types or package.find("xl/workbook.xml"):
        macros = "sheet.macroEnabled" in types or "template.macroEnabled" in types
        return Kind("xlsm" if macros else "xlsx", package)
    raise Refused("picture_or_document" if "wordprocessingml" in types else "archive")


def _kind_of_ole(data: bytes) -> str:
    if _has_stream(data, "EncryptedPackage") >= 0:
        return "encrypted"
    if _has_stream(data, "\tDRMContent") >= 0:
        raise Refused("protected")
    book = [at for at in (_has_stream(data, name) for name in ("Workbook", "Book")) if at >= 0]
    others = [
        at
        for name in ("WordDocument", "PowerPoint Document", "PP40")
        if (at := _has_stream(data, name)) >= 0
    ]
    # each may be embedded in the other: what stands first in the directory is the file itself
    if book and (not others or min(book) < min(others)):
        return "xls"
    if others:
        raise Refused("picture_or_document")
    if _has_stream(data, "MatOST") >= 0 or _has_stream(data, "WksSSWorkBook") >= 0:
        raise Refused("old_format")
    if _is_cut_off(data) or "Workbook".encode("utf-16-le") in data:
        raise Refused("damaged", "no workbook in the directory")
    raise Refused("not_a_table")


def _is_cut_off(data: bytes) -> bool:
    sector = 1 << int.from_bytes(data[30:32], "little") if len(data) >= 512 else 512
    directory = (int.from_bytes(data[48:52], "little") + 1) * sector
    return len(data) < 512 or directory >= len(data)


def _has_stream(data: bytes, name: str) -> int:
    """Where the OLE directory entry of that name stands, or -1. Entries are 128-byte aligned."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted, 512)
    while at >= 0 and (at % 128 or data[at + 64 : at + 66] != len(wanted).to_bytes(2, "little")):
        at = data.find(wanted, at + 1)
    return at


def _kind_of_markup(data: bytes) -> str | None:
    head = _plain_head(data)
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "xml2003"
    if re.match(r"\s*(?:mime-version|from|date|subject|content-type):", head) and (
        "multipart/related" in head or "text/html" in head
    ):
        return "html"
    if re.search(r"<(?:html|table|!doctype html)[\s>]", head):
        return "html"
    if head.lstrip().startswith("<?xml"):
        raise Refused("picture_or_document" if "w:document" in head else "not_a_table")
    return None


def _plain_head(data: bytes) -> str:
    """The first few kilobytes as lower-case letters, whatever the encoding: enough for names."""
    return data[:8192].replace(b"\0", b"").decode("latin-1").lower().lstrip("ÿþï»¿")
