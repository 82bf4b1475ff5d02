"""The black modules of a QR code, fast enough for thousands of similar texts.

With version, level, mask and length fixed, a QR matrix is an affine map over GF(2) of the bits of
its text. So one real encoding a length is enough; flipping a bit of the text flips a fixed set of
modules, which is learnt from a second encoding the first time that bit differs.
"""

from __future__ import annotations

from functools import lru_cache

MASK = 2
LEVEL = "m"
LONGEST = 400


@lru_cache(maxsize=4096)
def rows(text: str) -> tuple[int, ...]:
    """One number a row, the leftmost module in the highest bit; without the quiet zone.

    ValueError for texts of more than ``LONGEST`` bytes, which no office scanner would read.
    """
    data = text.encode("utf-8")
    if not 0 < len(data) <= LONGEST:
        raise ValueError(f"{len(data)} bytes")
    family = _families.get(len(data))
    if family is None:
        family = _families[len(data)] = _Family(data)
    return _split(family.matrix(data), family.size)


class _Family:
    """All codes of one length, seen from the first text of that length."""

    def __init__(self, origin: bytes) -> None:
        self._origin = origin
        self._matrix, self.size = _encode(origin)
        self._flips: dict[tuple[int, int], int] = {}

    def matrix(self, data: bytes) -> int:
        matrix = self._matrix
        for index, (byte, origin) in enumerate(zip(data, self._origin, strict=True)):
            difference = byte ^ origin
            while difference:
                bit = difference & -difference
                matrix ^= self._flip(index, bit)
                difference ^= bit
        return matrix

    def _flip(self, index: int, bit: int) -> int:
        flip = self._flips.get((index, bit))
        if flip is None:
            changed = bytearray(self._origin)
            changed[index] ^= bit
            flip = self._flips[index, bit] = _encode(bytes(changed))[0] ^ self._matrix
        return flip


_families: dict[int, _Family] = {}


def _encode(data: bytes) -> tuple[int, int]:
    import segno

    code = segno.make(data, mode="byte", error=LEVEL, mask=MASK, boost_error=False, micro=False)
    bits = "".join("1" if module & 1 else "0" for row in code.matrix for module in row)
    return int(bits, 2), len(code.matrix)


def _split(matrix: int, size: int) -> tuple[int, ...]:
    full = (1 << size) - 1
    return tuple((matrix >> (size * (size - 1 - row))) & full for row in range(size))
