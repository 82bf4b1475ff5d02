"""Which people does a list of names mean, as somebody writes it in a chat or copies it?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from db.folding import syllables
from desktop.fields.names import is_han, looks_like_name, read_name
from desktop.services import as_of, members, namesakes, units
from desktop.services.members import ON_STAFF, MemberRow, Query

MOST = 5000
"""How many names are looked for at once."""
_LONGEST = 24
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?\d{1,4}[.、．)）:：]|[一二三四五六七八九十]{1,3}、|[-*•·●])\s*"
)
_LABELLED = re.compile(r"^([^：:]{0,20})[：:](.+)$")
_PADDED = re.compile(r"(?<![^\W\d_])([^\W\d_])[ \u3000]+([^\W\d_])(?![^\W\d_])")
_PIECES = re.compile(
    r"[^\s、，,;；/|。@＠（(\[【]+(?:\s*[（(\[【][^）)\]】]*[）)\]】])?|[（(\[【][^）)\]】]*[）)\]】]"
)
_TOGETHER = re.compile(r"[和及与]|以及")
_COUNTED = re.compile(r"^(?:等|共|合计|以上|计)*\d*[一二三四五六七八九十]*[名位个]?(?:人|同志)?$")
_AND_SO_MANY = re.compile(r"等\d*[一二三四五六七八九十]*[名位个]?人?$")
_NUMBER_BEHIND = re.compile(r"^(\D{2,}?)(\d{3,})$")
_POLITE = re.compile(r"(?:女士|同志|老师|主任|科长|处长|局长|主席)$")
_NAME_WORDS = frozenset(("姓名", "名字", "名单", "人员", "人员姓名", "职工姓名", "女职工姓名"))
_NUMBER = re.compile(r"(?:\d{3,4}\*+)?(\d{2,}[\dX])")
_LONG_NUMBER = 7
_SUGGESTED = 6


@dataclass(frozen=True)
class Mention:
    """A name as it was written, and what was written with it to say who is meant."""

    name: str
    hints: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"{self.name}（{'，'.join(self.hints)}）" if self.hints else self.name


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, told apart from the others; ``why`` when her name is another."""

    id: int
    called: str
    why: str = ""


@dataclass(frozen=True)
class Open:
    """A mention that one person alone cannot be found for; without candidates there is nobody."""

    mention: Mention
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Found:
    """Who is meant: ``people`` for certain, in the order they were written, and what is open.

    ``repeated`` counts those who were named again; ``cut`` how many names were too many.
    """

    people: tuple[int, ...]
    open: tuple[Open, ...]
    repeated: int = 0
    cut: int = 0

    def unknown(self) -> tuple[str, ...]:
        """What names nobody on the roster, nor anybody like it."""
        return tuple(one.mention.words for one in self.open if not one.candidates)

    def choices(self) -> tuple[Open, ...]:
        """What a person has to decide."""
        return tuple(one for one in self.open if one.candidates)


class Directory:
    """Everybody by name, to look mentions up in; read once."""

    def __init__(self, rows: Sequence[MemberRow], index: units.UnitIndex) -> None:
        self.rows = rows
        self._index = index
        self.by_name: dict[str, list[MemberRow]] = {}
        for row in rows:
            self.by_name.setdefault(row.name.casefold(), []).append(row)

    def knows(self, text: str) -> bool:
        """Whether somebody has this name."""
        return _same(text) in self.by_name

    def named(self, text: str) -> list[MemberRow]:
        """Everybody of this name; those on staff only, if any is."""
        found = self.by_name.get(_same(text), [])
        return [row for row in found if row.status in ON_STAFF] or found

    def is_unit(self, text: str) -> bool:
        """Whether a unit is called so, or by a longer name that begins with it."""
        told = units.spelling(text)
        return len(told) >= 2 and any(one.startswith(told) for one in self._spellings)

    def fits(self, row: MemberRow, hint: str) -> bool:
        """Whether something said of a person is true of this one."""
        if tail := _tail(hint):
            return row.mobile.endswith(tail) or row.id_number.endswith(tail)
        path = self._index.paths.get(row.unit_id or 0, "")
        told = units.spelling(hint)
        return bool(told) and (told in units.spelling(path) or hint in row.post)

    def like(self, name: str) -> list[tuple[MemberRow, str]]:
        """People whose names sound or look like one that nobody has."""
        sound, found = syllables(name), []
        for row in self.rows:
            why = _likeness(name, sound, row.name, self._sounds)
            if why:
                found.append((row, why))
        found.sort(key=lambda one: (one[0].status not in ON_STAFF, _WHYS.index(one[1])))
        return found[:_SUGGESTED]

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(self._index.by_spelling) | {
            units.spelling(name) for name in self._index.names.values()
        }

    def _sounds(self, name: str) -> tuple[str, ...]:
        return syllables(name)


_WHYS = ("名字相同", "读音相同", "只差一个字")


def directory(session: Session, day: date | None = None) -> Directory:
    """Everybody ever on the roster, now or at the end of a past day."""
    with as_of.at(session, day):
        return Directory(members.rows(session, Query()), units.index(session))


def mentions(text: str, known: Directory) -> tuple[Mention, ...]:
    """The names in a text, line by line: with numbers and labels before them, several in a line,
    with brackets, units or numbers behind. Empty when it does not look like names."""
    found: list[Mention] = []
    for line in text.splitlines():
        found += _in_line(line, known)
    fitting = [one for one in found if known.knows(one.name) or looks_like_name(one.name)]
    return tuple(found) if found and 2 * len(fitting) > len(found) else ()


def in_cells(rows: Sequence[Sequence[str]], known: Directory) -> tuple[Mention, ...]:
    """The names in a block of cells without a header: one column of them with what else is known
    beside it, or names all over. Empty when nobody on the roster is among them."""
    width = max((len(row) for row in rows), default=0)
    hits = [sum(known.knows(row[at]) for row in rows if at < len(row)) for at in range(width)]
    if not any(hits):
        return ()
    best = hits.index(max(hits))
    if sum(2 * one >= hits[best] for one in hits) > 1:
        cells = (cell for row in rows for cell in row if cell.strip())
        return tuple(_mention(cell) for cell in cells)
    return tuple(
        _mention(row[best], *(row[at] for at in range(len(row)) if at != best and _tells(row[at])))
        for row in rows
        if best < len(row) and row[best].strip()
    )


def resolve(known: Directory, wanted: Iterable[Mention]) -> Found:
    """Who each mention means: one person for certain, or the candidates.

    A name written as often as people have it means all of them.
    """
    told = list(wanted)
    people: dict[int, None] = {}
    still_open: list[Open] = []
    repeated = 0
    for mention, times in Counter(told[:MOST]).items():
        fitting = _fitting(known, mention)
        if len(fitting) in (1, times):
            repeated += sum(row.id in people for row in fitting) + times - len(fitting)
            people |= {row.id: None for row in fitting}
        else:
            still_open.append(Open(mention, _candidates(known, mention, fitting)))
            repeated += times - 1
    return Found(tuple(people), tuple(still_open), repeated, max(0, len(told) - MOST))


def _fitting(known: Directory, mention: Mention) -> list[MemberRow]:
    """Everybody of that name, narrowed by what was said besides.

    A unit that is said but not hers is no small matter: then nobody is certain.
    """
    found = known.named(mention.name)
    for hint in mention.hints:
        fitting = [row for row in found if known.fits(row, hint)]
        if fitting:
            found = fitting
        elif len(found) == 1 and _contradicts(known, hint):
            return []
    return found


def _contradicts(known: Directory, hint: str) -> bool:
    tail = _tail(hint)
    is_hers_alone = len(tail) >= _LONG_NUMBER or (bool(tail) and "*" in hint)
    return is_hers_alone or known.is_unit(hint)


def _candidates(
    known: Directory, mention: Mention, fitting: Sequence[MemberRow]
) -> tuple[Candidate, ...]:
    rows = [(row, "") for row in fitting or known.named(mention.name)]
    rows = rows or known.like(mention.name)
    # a person chooses by unit and number here, also where the name would do
    called = namesakes.told_apart((row for row, _ in rows), {row.name for row, _ in rows})
    return tuple(Candidate(row.id, called[row.id], why) for row, why in rows)


def _in_line(line: str, known: Directory) -> Iterator[Mention]:
    plain = _NUMBERED.sub("", line)
    if plain.strip().casefold() in known.by_name:  # also where a space stands in it
        yield Mention(plain.strip())
        return
    plain, label = _without_label(_PADDED.sub(r"\1\2", plain), known)
    last: Mention | None = None
    for piece in _pieces(plain, known):
        if last is not None and _is_hint(piece, known):
            last = Mention(last.name, (*last.hints, piece.strip("（()）[]【】 ")))
            continue
        if last is not None:
            yield last
        last = _mention(piece, *label) if _is_name_at_all(piece) else None
    if last is not None:
        yield last


def _without_label(line: str, known: Directory) -> tuple[str, tuple[str, ...]]:
    """A line without what stands before its colon; a unit there is the unit of all who follow."""
    found = _LABELLED.match(line.strip())
    if found is None:
        return line, ()
    label, rest = found.groups()
    if known.knows(label):
        return f"{label} {rest}", ()
    return rest, (label.strip(),) if known.is_unit(label) else ()


def _pieces(line: str, known: Directory) -> Iterator[str]:
    for found in _PIECES.finditer(line):
        piece = found.group().strip()
        if not known.knows(piece):
            piece = _AND_SO_MANY.sub("", piece) or piece
        yield from _joined(piece, known) or (piece,)


def _tail(text: str) -> str:
    """The end of a number, masked or whole; empty for anything else."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    found = _NUMBER.fullmatch(plain)
    return found[1] if found else ""


def _joined(piece: str, known: Directory) -> list[str]:
    """The known names that an "and" joins; nothing when they are not all known. A name may have
    the character in it."""
    if known.knows(piece):
        return [piece]
    for found in _TOGETHER.finditer(piece):
        first, rest = piece[: found.start()], piece[found.end() :]
        if known.knows(first) and (more := _joined(rest, known)):
            return [first, *more]
    return []


def _is_hint(piece: str, known: Directory) -> bool:
    if piece[0] in "（([【":
        return True
    if known.knows(piece):
        return False
    return bool(_tail(piece)) or known.is_unit(piece)


def _tells(cell: str) -> bool:
    """Whether a cell beside a name can say whose it is: the number of a line cannot."""
    return bool(cell.strip()) and not (cell.strip().isdigit() and len(cell.strip()) < 4)


def _is_name_at_all(piece: str) -> bool:
    is_word = bool(piece.strip("-—.·*")) and not _COUNTED.match(piece)
    return is_word and piece not in _NAME_WORDS and len(piece) <= _LONGEST and not piece.isdigit()


def _mention(text: str, *hints: str) -> Mention:
    if behind := _NUMBER_BEHIND.match(text.strip()):
        text, hints = behind[1], (behind[2], *hints)
    read = read_name(text)
    name = read.name or text.strip()
    if len(name) > 2:
        name = _POLITE.sub("", name) if len(_POLITE.sub("", name)) > 1 else name
    return Mention(name, tuple(dict.fromkeys((*read.notes, *(hint.strip() for hint in hints)))))


def _same(name: str) -> str:
    return read_name(name).name.casefold()


def _likeness(
    name: str, sound: tuple[str, ...], other: str, sounds: Callable[[str], tuple[str, ...]]
) -> str:
    """In what two different names are alike: the given name, the sound, all but one character."""
    if len(name) >= 2 and len(other) == len(name) + 1 and other.endswith(name):
        return _WHYS[0]
    if len(other) != len(name) or not all(is_han(c) for c in name):
        return ""
    same = sum(a == b for a, b in zip(name, other, strict=True))
    if not same:
        return ""
    if sounds(other) == sound:
        return _WHYS[1]
    return _WHYS[2] if len(name) >= 3 and same == len(name) - 1 else ""
