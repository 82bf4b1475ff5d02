"""What one TrueType file can draw, how wide it is, and how to cut a few glyphs out of it.

The file is mapped, not read: opening a font of 30 MB costs milliseconds and almost no memory.
Only outlines in ``glyf`` are understood; others are refused when the face is opened.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from db.errors import UnreadableFileError

_BLANK = frozenset(" \u00a0\u2002\u2003\u3000")
_KEPT_WHOLE = ("cvt ", "fpgm", "prep")


@dataclass(frozen=True)
class Metrics:
    """Thousandths of an em."""

    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]


class Face:
    """One font file. All widths are in thousandths of an em."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._tables = _directory(self._data)
        if "glyf" not in self._tables or "loca" not in self._tables:
            raise _unusable(path)
        self.name = path.stem
        head = self.table("head")
        self._em: int = struct.unpack_from(">H", head, 18)[0]
        self._wide_loca = struct.unpack_from(">h", head, 50)[0] == 1
        self._measured: int = struct.unpack_from(">H", self.table("hhea"), 34)[0]
        self._widths: dict[str, float] = {}
        self._glyphs: Mapping[int, int] | _Groups = _read_cmap(self.table("cmap"))
        self.metrics = self._read_metrics(head)

    def __repr__(self) -> str:
        return f"Face({self.name})"

    def table(self, tag: str) -> bytes:
        """The bytes of one table; empty if the file has none of that name."""
        start, length = self._tables.get(tag, (0, 0))
        return self._data[start : start + length]

    def glyph(self, character: str) -> int:
        """The number of the character's glyph, 0 if the file has none."""
        return self._glyphs.get(ord(character), 0)

    def can_draw(self, character: str) -> bool:
        """True only if something would be seen: some files map a character to an empty outline."""
        glyph = self.glyph(character)
        if character in _BLANK:
            return glyph != 0
        if glyph == 0:
            return False
        start, end = self._outline(glyph)
        return end > start

    def width(self, character: str) -> float:
        """How far the character moves the pen."""
        width = self._widths.get(character)
        if width is None:
            width = self._widths[character] = self.glyph_width(self.glyph(character))
        return width

    def glyph_width(self, glyph: int) -> float:
        """How far the glyph moves the pen."""
        return self._advance(glyph) * 1000 / self._em

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font of .notdef, then ``glyphs`` in that order, then the parts they are composed of."""
        kept = list(dict.fromkeys((0, *glyphs)))
        place = {glyph: index for index, glyph in enumerate(kept)}
        outlines: list[bytes] = []
        for glyph in kept:  # grows while we walk: parts are appended
            start, end = self._outline(glyph)
            data = self._data[start:end]
            if len(data) > 10 and data[0] & 0x80:
                data = _with_parts(data, kept, place)
            outlines.append(data + b"\0" * (-len(data) % 4))
        return _font_file(self._subset_tables(kept, outlines))

    def _subset_tables(self, kept: list[int], outlines: list[bytes]) -> dict[str, bytes]:
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        count = struct.pack(">H", len(kept))
        head = self.table("head")
        tables = {
            "glyf": b"".join(outlines),
            "head": head[:8] + b"\0\0\0\0" + head[12:50] + b"\0\1" + head[52:],
            "hhea": self.table("hhea")[:34] + count,
            "hmtx": b"".join(struct.pack(">Hh", *self._horizontal(glyph)) for glyph in kept),
            "loca": struct.pack(f">{len(offsets)}I", *offsets),
            "maxp": self.table("maxp")[:4] + count + self.table("maxp")[6:],
        }
        tables.update((tag, self.table(tag)) for tag in _KEPT_WHOLE if tag in self._tables)
        return tables

    def _advance(self, glyph: int) -> int:
        return self._horizontal(glyph)[0]

    def _horizontal(self, glyph: int) -> tuple[int, int]:
        start = self._tables["hmtx"][0]
        if glyph < self._measured:
            advance, bearing = struct.unpack_from(">Hh", self._data, start + glyph * 4)
            return advance, bearing
        (advance,) = struct.unpack_from(">H", self._data, start + (self._measured - 1) * 4)
        at = start + self._measured * 4 + (glyph - self._measured) * 2
        return advance, struct.unpack_from(">h", self._data, at)[0]

    def _outline(self, glyph: int) -> tuple[int, int]:
        loca, glyf = self._tables["loca"][0], self._tables["glyf"][0]
        if self._wide_loca:
            start, end = struct.unpack_from(">II", self._data, loca + glyph * 4)
            return glyf + start, glyf + end
        start, end = struct.unpack_from(">HH", self._data, loca + glyph * 2)
        return glyf + 2 * start, glyf + 2 * end

    def _read_metrics(self, head: bytes) -> Metrics:
        def scaled(value: int) -> int:
            return round(value * 1000 / self._em)

        ascent, descent = struct.unpack_from(">hh", self.table("hhea"), 4)
        box = struct.unpack_from(">4h", head, 36)
        return Metrics(
            ascent=scaled(ascent),
            descent=scaled(descent),
            cap_height=round(scaled(ascent) * 0.65),
            box=(scaled(box[0]), scaled(box[1]), scaled(box[2]), scaled(box[3])),
        )


@lru_cache(maxsize=32)
def open_face(path: Path) -> Face:
    """The face in ``path``, opened once; raises ``UnreadableFileError`` if it cannot be used."""
    try:
        return Face(path)
    except (OSError, ValueError, struct.error, KeyError, IndexError) as error:
        raise _unusable(path, details=repr(error)) from error


def _unusable(path: Path, details: str = "") -> UnreadableFileError:
    return UnreadableFileError(
        "font",
        f"字体文件“{path.name}”用不了：它不是带 glyf 轮廓的 TrueType 字体。",
        remedy="请重新安装本程序，或在设计里换一种字体。",
        details=details,
    )


def _directory(data: mmap.mmap) -> dict[str, tuple[int, int]]:
    count = struct.unpack_from(">H", data, 4)[0]
    found = {}
    for index in range(count):
        tag, _, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        found[tag.decode("latin-1")] = (start, length)
    return found


class _Groups:
    """Runs of consecutive characters with consecutive glyphs (cmap format 12)."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._starts = numbers[0::3]
        self._ends = numbers[1::3]
        self._first = numbers[2::3]

    def get(self, code: int, missing: int) -> int:
        index = bisect_right(self._starts, code) - 1
        if index < 0 or code > self._ends[index]:
            return missing
        return self._first[index] + code - self._starts[index]


def _read_cmap(cmap: bytes) -> Mapping[int, int] | _Groups:
    best: dict[int, int] = {}
    for index in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, _, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * index)
        if platform in (0, 3):
            best[struct.unpack_from(">H", cmap, offset)[0]] = offset
    if 12 in best:
        (count,) = struct.unpack_from(">I", cmap, best[12] + 12)
        return _Groups(struct.unpack_from(f">{3 * count}I", cmap, best[12] + 16))
    return _segments(cmap, best[4])


def _segments(cmap: bytes, offset: int) -> dict[int, int]:
    """cmap format 4: every character below U+10000."""
    count = struct.unpack_from(">H", cmap, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", cmap, offset + 14)
    starts = struct.unpack_from(f">{count}H", cmap, offset + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", cmap, offset + 16 + 4 * count)
    ranges_at = offset + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", cmap, ranges_at)
    found = {}
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if ranges[index]:
                at = ranges_at + 2 * index + ranges[index] + 2 * (code - starts[index])
                glyph = struct.unpack_from(">H", cmap, at)[0]
                if glyph == 0:
                    continue
            found[code] = (glyph + deltas[index]) & 0xFFFF
    return found


def _with_parts(data: bytes, kept: list[int], place: dict[int, int]) -> bytes:
    """A composite outline whose parts point into the subset; new parts are appended to it."""
    changed = bytearray(data)
    at, more = 10, True
    while more:
        flags, part = struct.unpack_from(">HH", changed, at)
        if part not in place:
            place[part] = len(kept)
            kept.append(part)
        struct.pack_into(">H", changed, at + 2, place[part])
        at += 4 + (4 if flags & 0x0001 else 2)
        at += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
        more = bool(flags & 0x0020)
    return bytes(changed)


def _font_file(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    parts = [struct.pack(">IHHHH", 0x00010000, count, search, power, 16 * count - search)]
    position, body = 12 + 16 * count, []
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        parts.append(struct.pack(">4sIII", tag.encode(), _sum(padded), position, len(data)))
        body.append(padded)
        position += len(padded)
    return b"".join(parts + body)


def _sum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
