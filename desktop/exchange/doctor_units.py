"""Which units are written several ways, and which spelling should be kept?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

_MARKS = re.compile(r"[\s（）()\[\]【】·•.。,，、\-—_/\\“”\"']+")
_GENERIC = "科室处股部组办"
_LEAST = 2  # characters that must be left of a name once a generic ending is off
_MANY = 400  # more units than any office has: a column of something else
_LONG = 5  # names shorter than this are not compared by sound: too many are different units


def groups(counts: Mapping[str, int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The spellings that belong together, each group with the one to keep; single ones left out.

    Only a difference that cannot tell two units apart joins them: marks and width, a missing ``科``
    at the end, what stands before the whole name of another, one character of the same sound.
    """
    names = list(counts)
    leader = {name: name for name in names}
    if len(names) > _MANY:
        return ()
    for one, other in combinations(names, 2):
        if _are_one(one, other, names):
            _join(leader, one, other)
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(_root(leader, name), []).append(name)
    return tuple((_kept(group, counts), tuple(group)) for group in found.values() if len(group) > 1)


def _kept(group: Sequence[str], counts: Mapping[str, int]) -> str:
    """The most frequent one; of equally frequent ones the longest."""
    return max(group, key=lambda name: (counts[name], len(name), name))


def _root(leader: dict[str, str], name: str) -> str:
    while leader[name] != name:
        name = leader[name]
    return name


def _join(leader: dict[str, str], one: str, other: str) -> None:
    leader[_root(leader, other)] = _root(leader, one)


def _are_one(one: str, other: str, names: Iterable[str]) -> bool:
    a, b = sorted((_plain(one), _plain(other)), key=len)
    if a == b:
        return True
    if _is_numbered(a) or _is_numbered(b):
        return False
    if len(a) == len(b):
        return _differs_by_sound(a, b)
    return _lacks_ending(a, b, names) or _lacks_beginning(a, b, names)


def _plain(name: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", name))


def _is_numbered(name: str) -> bool:
    return bool(re.search(r"[0-9一二三四五六七八九十甲乙丙丁]", name))


def _lacks_ending(short: str, long: str, names: Iterable[str]) -> bool:
    """``人事`` and ``人事科``, unless there is a ``人事处`` too."""
    if len(short) < _LEAST or len(long) != len(short) + 1 or long[-1] not in _GENERIC:
        return False
    full = {_plain(n) for n in names if len(_plain(n)) == len(long)}
    return long.startswith(short) and sum(n[:-1] == short and n[-1] in _GENERIC for n in full) == 1


def _lacks_beginning(short: str, long: str, names: Iterable[str]) -> bool:
    """``监测中心站`` and ``云泽市监测中心站``, unless another name ends with the short one too."""
    if len(short) < _LONG or not long.endswith(short):
        return False
    return len({p for n in names if (p := _plain(n)) != short and p.endswith(short)}) == 1


def _differs_by_sound(one: str, other: str) -> bool:
    from desktop.exchange.doctor_names import are_variants, sounds_alike

    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(pairs) != 1:
        return False
    return are_variants(*pairs[0]) or (len(one) >= _LONG and sounds_alike(*pairs[0]))
