"""Which columns does the roster show, how wide, and what stands in each cell?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.fields import Amount, Field, IdNumber, Link, LongText, Register, Text
from desktop.fields.kinds import masked
from desktop.fields.standards import EMPLOYMENT_STATUS
from desktop.registers import MEMBERS
from desktop.registers.own_fields import is_own
from desktop.services import members, namesakes
from desktop.services.members import MemberRow
from desktop.settings import COLUMNS, Settings
from desktop.ui.models.members_words import spoken_date, value_words
from desktop.ui.models.rows import Cell, Column

NARROW_FIRST = "mobile"  # what gives way when there is little room and nothing was chosen
USUAL = ("name", "unit_id", "post", "age", "id_number", "mobile", "employment_status")
_WIDTHS = {"name": 104, "age": 52, "id_number": 118, "mobile": 112, "employment_status": 84}
_UNIT_WIDTH, _OTHER_WIDTH = 132, 120
_STRETCHED = "post"
_OWN = frozenset(("name", "unit_id", "post", "id_number", "mobile", "employment_status", "age"))
_TELLING = {"unit_id": "unit", "mobile": "mobile", "id_number": "mobile"}
_SORTED = frozenset(("name", "unit_id", "birth_date", "age"))


@dataclass
class Shown:
    """What the cells depend on besides the row: what was typed, whether numbers are hidden,
    whether names must say what is to be checked because no status stands beside them, which
    names several have, and what tells those apart in another column."""

    typed: str = ""
    hidden: bool = True
    flags_names: bool = False
    shared: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choosable:
    """A column a person can choose."""

    key: str
    title: str


def choosable(register: Register = MEMBERS) -> tuple[Choosable, ...]:
    """Every column there is, the name first and always shown, the office's own last."""
    found = []
    for field in register.fields:
        if isinstance(field.kind, LongText):
            continue
        found.append(Choosable(field.name, field.label))
        if field.name == "post":
            found.append(Choosable("age", "年龄"))
    return tuple(found)


def columns(
    keys: Sequence[str],
    shown: Shown,
    register: Register = MEMBERS,
    more: Sequence[str] | None = None,
) -> tuple[Column, ...]:
    """The columns for these keys, painted as ``shown`` says at the time.

    ``more`` are the further fields the rows carry, in their order; a column of none of them stays
    empty until the list is read again.
    """
    places = {name: place for place, name in enumerate(also(keys) if more is None else more)}
    stretched = _STRETCHED if _STRETCHED in keys else keys[-1] if keys else ""
    shown.flags_names = "employment_status" not in keys
    shown.telling = frozenset(_TELLING[key] for key in keys if key in _TELLING)
    return tuple(_column(key, shown, register, places, stretched) for key in keys)


def also(keys: Sequence[str]) -> tuple[str, ...]:
    """The fields the list must read besides those every row has."""
    return tuple(key for key in keys if key not in _OWN)


def order_of(key: str) -> str:
    """The order of the list for a click on a column's title."""
    return {"unit_id": "unit", "age": "birth_date"}.get(key, key)


def _column(
    key: str, shown: Shown, register: Register, places: Mapping[str, int], stretched: str
) -> Column:
    if key == "age":
        return Column("age", "年龄", _age, _WIDTHS["age"], right=True, sortable=True)
    field = register.field(key)
    width = 0 if key == stretched else _width(field)
    is_number = isinstance(field.kind, Amount)
    show = _show(field, shown, places)
    return Column(key, field.label, show, width, right=is_number, sortable=True)


def _width(field: Field) -> int:
    return _UNIT_WIDTH if isinstance(field.kind, Link) else _WIDTHS.get(field.name, _OTHER_WIDTH)


def _show(
    field: Field, shown: Shown, places: Mapping[str, int]
) -> Callable[[MemberRow], Cell | str]:
    own: dict[str, Callable[[MemberRow], Cell | str]] = {
        "name": partial(_name, shown=shown),
        "unit_id": partial(_unit, shown=shown),
        "post": _post,
        "employment_status": _status,
        "id_number": partial(_number, field=field, shown=shown),
        "mobile": partial(_number, field=field, shown=shown),
    }
    if field.name in own:
        return own[field.name]
    return partial(_further, field=field, place=places.get(field.name, -1), shown=shown)


def _name(row: MemberRow, *, shown: Shown) -> Cell:
    at = members.matches(row.name, shown.typed, row.pinyin) if shown.typed else ()
    hits = tuple((place, 1) for place in at)
    name = _called(row, shown)
    if row.to_check and shown.flags_names:
        spoken = f"{name}，待核实"
        return Cell(name, "amber", "triangle-alert", hits=hits, strong=True, spoken=spoken)
    return Cell(name, hits=hits, strong=True)


def _called(row: MemberRow, shown: Shown) -> str:
    """A name, and what tells it from others of the list where no column does."""
    words = namesakes.difference(row, shown.telling) if row.name in shown.shared else ""
    return f"{row.name}（{words}）" if words else row.name


def _unit(row: MemberRow, *, shown: Shown) -> Cell:
    at = row.unit.find(shown.typed) if shown.typed and not shown.typed.isascii() else -1
    return Cell(row.unit, hits=((at, len(shown.typed)),) if at >= 0 else ())


def _post(row: MemberRow) -> Cell:
    return Cell(row.post, quiet=True)


def _age(row: MemberRow) -> Cell:
    return Cell("" if row.age is None else str(row.age), quiet=True)


def _status(row: MemberRow) -> Cell:
    words = EMPLOYMENT_STATUS.values.get(row.status, row.status)
    if row.to_check:
        return Cell("待核实", "amber", "triangle-alert", spoken=f"{words}，待核实")
    return Cell(words, quiet=row.status != "active")


def _number(row: MemberRow, *, field: Field, shown: Shown) -> Cell:
    value = row.id_number if isinstance(field.kind, IdNumber) else row.mobile
    text = masked(field.kind, value) if shown.hidden and value else value
    return Cell(text, hits=_tail_hits(value, text, shown.typed), quiet=True)


def _tail_hits(value: str, text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """The end of a number that was typed, as far as it is shown."""
    end = typed.upper()
    if len(end) < 3 or not end.rstrip("X").isdigit() or not value.endswith(end):
        return ()
    seen = min(len(end), len(text) - (text.rfind("*") + 1))
    return ((len(text) - seen, seen),)


def _further(row: MemberRow, *, field: Field, place: int, shown: Shown) -> Cell:
    value = row.also[place] if 0 <= place < len(row.also) else None
    if field.name == "birth_date":
        return Cell(spoken_date(value), quiet=True)
    text = value_words(field, value, hidden=shown.hidden)
    return Cell(text, hits=_own_hits(field, text, shown.typed), quiet=True)


def _own_hits(field: Field, text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where words that were typed stand in a text of the office's own, which they can find."""
    if not typed or not is_own(field.name) or not isinstance(field.kind, Text):
        return ()
    at = text.lower().find(typed.lower())
    return ((at, len(typed)),) if at >= 0 else ()


class ColumnMemory:
    """Remembers which columns were chosen, their order, widths and the sorting.

    Widths belong to columns, not to places, so they outlive another choice of columns.
    ``register`` holds the fields there are now, the office's own among them.
    """

    def __init__(self, settings: Settings, table: str) -> None:
        self._settings, self._table = settings, table
        self.register = MEMBERS

    def keys(self) -> tuple[str, ...]:
        """The columns chosen, or the usual ones."""
        known = {one.key for one in choosable(self.register)}
        return tuple(key for key in self.wanted() if key in known)

    def wanted(self) -> tuple[str, ...]:
        """The same before it is known which fields of the office's own there are."""
        known = {one.key for one in choosable()}
        kept = self._kept().get("shown")
        chosen = tuple(map(str, kept)) if isinstance(kept, list) else ()
        chosen = tuple(key for key in chosen if key in known or is_own(key))
        return chosen if "name" in chosen else USUAL

    def is_chosen(self) -> bool:
        """Whether a person chose the columns, so that none may give way."""
        return isinstance(self._kept().get("shown"), list)

    def choose(self, keys: Sequence[str]) -> None:
        self._keep("shown", list(keys))

    def sorting(self) -> tuple[str, bool]:
        kept = self._kept().get("sorting")
        known = {one.key for one in choosable()}
        if isinstance(kept, list) and len(kept) == 2 and (kept[0] in known or is_own(str(kept[0]))):
            return str(kept[0]), bool(kept[1])
        return "name", False

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._keep("sorting", [key, descending])

    def column_widths(self, table: str) -> Sequence[int]:
        """For the kit: remembered widths in the present order, 0 where the declared one holds."""
        kept = self._kept().get("widths")
        widths = kept if isinstance(kept, dict) else {}
        return [0, *(int(widths.get(key, 0)) for key in self.keys())]

    def keep_column_widths(self, table: str, widths: Sequence[int]) -> None:
        """For the kit: remember what was dragged."""
        fresh = dict(zip(self.keys(), widths[1:], strict=False))
        fresh.pop(_STRETCHED, None)
        old = self._kept().get("widths")
        self._keep("widths", {**(old if isinstance(old, dict) else {}), **fresh})

    def _kept(self) -> dict[str, object]:
        found = self._settings.get(COLUMNS).get(self._table)
        return found if isinstance(found, dict) else {}

    def _keep(self, part: str, value: object) -> None:
        whole = self._settings.get(COLUMNS)
        self._settings.set(COLUMNS, {**whole, self._table: {**self._kept(), part: value}})
