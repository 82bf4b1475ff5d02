"""What is inside a zip package, without believing what it says about itself?

Sizes written in a zip are claims. Here every part is inflated under one shared allowance, so a
bomb is refused after a few megabytes, not after it has filled the memory.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from posixpath import normpath

from desktop.exchange.reading.refusals import Refused

MAX_INFLATED = 256 << 20
"""All parts of one package together may inflate to this many bytes."""

MAX_PARTS = 20_000

# what zipfile answers to directories that make no sense
_BROKEN_DIRECTORY = (
    zipfile.BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
)


def is_zip(data: bytes) -> bool:
    """Whether a zip directory stands at the end of bytes that begin like a zip."""
    return data.startswith((b"PK\3\4", b"PK\5\6")) and zipfile.is_zipfile(io.BytesIO(data))


class Package:
    """The parts of a zip, by name; names are found whatever their case or slashes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._left = MAX_INFLATED
        self._infos = _directory(data)
        self._by_folded = {_folded(name): name for name in self._infos}
        if len(self._by_folded) != len(self._infos):
            raise Refused("damaged", "two parts of one name")

    @property
    def names(self) -> tuple[str, ...]:
        """Every part's name as written."""
        return tuple(self._infos)

    def find(self, name: str) -> str | None:
        """The written name of that part, or ``None``."""
        return self._by_folded.get(_folded(name))

    def read(self, name: str, limit: int = MAX_INFLATED) -> bytes:
        """The part's bytes; raises :class:`Refused` when it is broken, or longer than allowed."""
        info = self._infos[name]
        start = _content_start(self.data, info)
        packed = memoryview(self.data)[start : start + info.compress_size]
        allowed = min(limit, self._left)
        content = _inflate(packed, info, allowed)
        if len(content) > allowed:
            raise Refused("too_large", name)
        self._left -= len(content)
        return content

    def packed_size(self, name: str) -> int:
        """How many bytes the part takes in the file."""
        return self._infos[name].compress_size

    def text_of(self, name: str, limit: int = 1 << 20) -> str:
        """A small part as text, or ``""`` when there is none."""
        found = self.find(name)
        return self.read(found, limit).decode("utf-8", "replace") if found else ""

    def with_parts(self, replaced: dict[str, bytes]) -> bytes:
        """A new package of the same XML parts, some of them replaced; pictures are not kept."""
        self._left = MAX_INFLATED
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
            for name in self._infos:
                if name in replaced:
                    target.writestr(name, replaced[name])
                elif name.lower().endswith((".xml", ".rels")):
                    target.writestr(name, self.read(name))
        return out.getvalue()


def _directory(data: bytes) -> dict[str, zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except _BROKEN_DIRECTORY as error:
        raise Refused("damaged", str(error)) from error
    if len(infos) > MAX_PARTS:
        raise Refused("too_large", f"{len(infos)} parts")
    found = {info.filename: info for info in infos}
    if len(found) != len(infos):
        raise Refused("damaged", "two parts of one name")
    return found


def _content_start(data: bytes, info: zipfile.ZipInfo) -> int:
    at = info.header_offset
    if at < 0 or data[at : at + 4] != b"PK\3\4":
        raise Refused("damaged", f"no local header: {info.filename}")
    name_length = int.from_bytes(data[at + 26 : at + 28], "little")
    extra_length = int.from_bytes(data[at + 28 : at + 30], "little")
    return at + 30 + name_length + extra_length


def _inflate(packed: memoryview, info: zipfile.ZipInfo, allowed: int) -> bytes:
    if info.flag_bits & 0x1:
        raise Refused("protected", "encrypted zip")
    if info.compress_type == zipfile.ZIP_STORED:
        return bytes(packed[: allowed + 1])
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused("damaged", f"compression {info.compress_type}")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, allowed + 1)
    except zlib.error as error:
        raise Refused("damaged", str(error)) from error
    if not inflater.eof and len(content) <= allowed:
        raise Refused("damaged", f"cut off: {info.filename}")
    return content


def _folded(name: str) -> str:
    return normpath(re.sub(r"[\\/]+", "/", name)).lstrip("/").lower()


def target_of(base: str, target: str) -> str:
    """The part a relationship of ``base`` points to."""
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    folder = base.rpartition("/")[0]
    return normpath(f"{folder}/{target}" if folder else target)
