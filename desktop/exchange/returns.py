"""Which forms came back, what would they change, and what is still missing?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from db import changes
from db.errors import UnreadableFileError
from desktop.exchange import writing
from desktop.exchange.export import unit_names
from desktop.exchange.importing import rehearse
from desktop.exchange.layouts import Remembered
from desktop.exchange.preview import ImportOptions, Preview, Row
from desktop.exchange.reading import Workbook, read_workbook
from desktop.exchange.returns_key import FormKey, form_key, saved_at
from desktop.exchange.returns_reading import completed, unit_of
from desktop.exchange.telling import brought
from desktop.exchange.writing import Written
from desktop.services import rounds
from desktop.services.members import ON_STAFF, Roster
from desktop.services.rounds import Returned, Round

Step = Callable[[int, int], None]
FormState = Literal["used", "set_aside", "wrong_register", "unknown_unit", "unreadable", "left_out"]
UnitState = Literal["now", "before", "missing"]

LEFT_OUT = -1
"""As the unit of a file in ``choices``: the file is not to be used."""


@dataclass(frozen=True)
class Form:
    """One file that came back. ``remarks`` are the sentences to be said about it.

    ``unit_id`` is the unit it speaks for, by its hidden key or by its name (``by_key``).
    """

    path: Path
    state: FormState
    unit_id: int | None = None
    by_key: bool = False
    key: FormKey | None = None
    saved: datetime | None = None
    remarks: tuple[str, ...] = ()
    book: Workbook | None = None


@dataclass(frozen=True)
class UnitChanges:
    """One unit and its form: people new, changed, the same, and rows that need a look.

    ``absent`` are the people of the unit who stand in no form at all, by id and name; nothing
    happens to them. ``files`` has more than one entry for a unit that returned twice.
    """

    unit_id: int
    unit: str
    state: UnitState
    files: tuple[str, ...] = ()
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    to_decide: int = 0
    absent: tuple[tuple[int, str], ...] = ()
    rows: tuple[Row, ...] = ()
    returned: Returned | None = None

    @property
    def returned_twice(self) -> bool:
        return len(self.files) > 1


@dataclass(frozen=True)
class Taking:
    """The rehearsal of taking forms in. Nothing has been written.

    ``round`` is the sending they answer, ``None`` when nothing was ever sent. ``preview`` holds
    the rows of all forms that are used, in their order.
    """

    round: Round | None
    forms: tuple[Form, ...]
    units: tuple[UnitChanges, ...]
    preview: Preview

    @property
    def used(self) -> tuple[Form, ...]:
        return tuple(form for form in self.forms if form.state == "used")

    @property
    def missing(self) -> tuple[UnitChanges, ...]:
        return tuple(unit for unit in self.units if unit.state == "missing")

    def with_preview(self, preview: Preview) -> Taking:
        """The same with rows decided otherwise."""
        return replace(self, preview=preview, units=_counted(self.units, self.used, preview))


@dataclass(frozen=True)
class Office:
    """What the data say at the moment of taking in."""

    roster: Roster
    rounds: tuple[Round, ...]
    remembered: Remembered = field(default_factory=dict)


def take(
    files: Sequence[Path],
    office: Office,
    *,
    today: date,
    round_id: int | None = None,
    choices: Mapping[Path, int] | None = None,
    options: ImportOptions | None = None,
    step: Step | None = None,
) -> Taking:
    """What the forms in ``files`` would do. A file that cannot be read is told and left out.

    Of two forms of a unit the one saved later is used. ``choices`` decides otherwise: it gives a
    file its unit, or :data:`LEFT_OUT`; a file it names goes before one it does not.
    """
    forms = []
    for done, path in enumerate(files):
        if step is not None:
            step(done, len(files))
        forms.append(_read(path, office, choices or {}, options))
    answered = _round(office.rounds, forms, round_id)
    sorted_out = _one_each(_told_of_round(forms, answered), choices or {}, answered)
    names = unit_names(office.roster.units)
    used = [form for form in sorted_out if form.state == "used"]
    books = [
        completed(form.book, office.roster, names.get(form.unit_id or 0, ""))
        for form in used
        if form.book is not None
    ]
    preview = rehearse(
        books, office.roster, options=options, today=today, remembered=office.remembered
    )
    units = _units(answered, sorted_out, office.roster, names)
    return Taking(answered, tuple(sorted_out), _counted(units, used, preview), preview)


def _read(
    path: Path, office: Office, choices: Mapping[Path, int], options: ImportOptions | None
) -> Form:
    if choices.get(path) == LEFT_OUT:
        return Form(path, "left_out", remarks=("您选了不用这一份。",))
    try:
        book = read_workbook(path, password=options.file_password if options else None)
    except UnreadableFileError as refused:
        return Form(path, "unreadable", remarks=(str(refused),))
    key = form_key(path)
    form = Form(path, "used", key=key, saved=saved_at(path), book=book)
    if key is not None and not key.is_ours:
        return replace(form, state="wrong_register", remarks=("这不是名册的填报表，没有收。",))
    if path in choices:
        return replace(form, unit_id=choices[path])
    if key is not None and _is_from_here(key, office):
        older = ("填的是旧版的表，照样能收。",) if key.is_older else ()
        return replace(form, unit_id=key.unit_id, by_key=True, remarks=older)
    return _by_name(form, book, office.roster)


def _is_from_here(key: FormKey, office: Office) -> bool:
    """Whether the unit's number means the unit it means here."""
    tokens = {one.token for one in office.rounds}
    return key.token in tokens and key.unit_id in office.roster.units.names


def _by_name(form: Form, book: Workbook, roster: Roster) -> Form:
    mark = "表里没有标记" if form.key is None else "表里的标记不是这里发出的"
    found = unit_of(book, roster.units)
    if found is None:
        message = f"{mark}，也看不出是哪个单位的，请指定单位。"
        return replace(form, state="unknown_unit", remarks=(message,))
    name = roster.units.names[found]
    return replace(form, unit_id=found, remarks=(f"{mark}，按单位名称认作“{name}”。",))


def _round(known: Sequence[Round], forms: Iterable[Form], wanted: int | None) -> Round | None:
    """The sending that was asked for, else the newest one a form belongs to, else the newest."""
    if wanted is not None:
        return next((one for one in known if one.id == wanted), None)
    tokens = {form.key.token for form in forms if form.key is not None}
    return next((one for one in known if one.token in tokens), next(iter(known), None))


def _told_of_round(forms: Iterable[Form], answered: Round | None) -> list[Form]:
    """Forms of another sending, told as such; a unit's number may mean another unit elsewhere."""
    found = []
    for form in forms:
        other = (
            form.by_key
            and form.key is not None
            and (answered is None or form.key.token != answered.token)
        )
        if other and form.key is not None:
            remark = f"是 {form.key.sent_on} 发出的那一轮的表，不是这一轮的。"
            found.append(replace(form, remarks=(*form.remarks, remark)))
        else:
            found.append(form)
    return found


def _one_each(
    forms: Sequence[Form], choices: Mapping[Path, int], answered: Round | None
) -> list[Form]:
    """One form for each unit: the chosen one, else one of this sending, else the latest."""
    token = answered.token if answered is not None else ""

    def rank(form: Form) -> tuple[bool, bool, float]:
        is_current = form.key is not None and form.key.token == token
        return form.path in choices, is_current, form.saved.timestamp() if form.saved else 0.0

    best: dict[int, Form] = {}
    for form in forms:
        if form.state == "used" and form.unit_id is not None:
            before = best.get(form.unit_id)
            if before is None or rank(form) > rank(before):
                best[form.unit_id] = form
    return [_set_aside(form, best.get(form.unit_id or 0)) for form in forms]


def _set_aside(form: Form, chosen: Form | None) -> Form:
    if form.state != "used" or chosen is None or chosen is form:
        return form
    remark = f"同一个单位交了两份，用的是《{chosen.path.name}》，这一份没有收。"
    return replace(form, state="set_aside", remarks=(*form.remarks, remark))


def _units(
    answered: Round | None, forms: Sequence[Form], roster: Roster, names: Mapping[int, str]
) -> tuple[UnitChanges, ...]:
    files: dict[int, list[str]] = {}
    for form in forms:
        if form.unit_id is not None and form.state in ("used", "set_aside"):
            files.setdefault(form.unit_id, []).append(form.path.name)
    asked = answered.units if answered is not None else _peopled(roster, names)
    came = answered.returned if answered is not None else {}
    found = []
    for unit_id, name in {**asked, **{u: names.get(u, "") for u in files}}.items():
        state: UnitState = "now" if unit_id in files else "before" if unit_id in came else "missing"
        mine = tuple(files.get(unit_id, ()))
        found.append(
            UnitChanges(unit_id, names.get(unit_id, name), state, mine, returned=came.get(unit_id))
        )
    return tuple(found)


def _peopled(roster: Roster, names: Mapping[int, str]) -> dict[int, str]:
    """The units that have people: asked, when nothing was ever sent."""
    with_people = {p["unit_id"] for p in roster.people if p["employment_status"] in ON_STAFF}
    return {key: name for key, name in names.items() if key in with_people}


def _counted(
    units: Iterable[UnitChanges], used: Sequence[Form], preview: Preview
) -> tuple[UnitChanges, ...]:
    unit_of_sheet = {
        id(sheet): form.unit_id
        for form, file in zip(used, preview.files, strict=True)
        for sheet in file.sheets
    }
    rows: dict[int | None, list[Row]] = {}
    for row in preview.rows:
        rows.setdefault(unit_of_sheet[id(preview.places[row.place].layout)], []).append(row)
    people = {p["id"]: p for p in preview.roster.people}
    absent: dict[int, list[tuple[int, str]]] = {}
    for key in preview.absent:
        absent.setdefault(people[key]["unit_id"], []).append((key, people[key]["name"]))
    return tuple(
        _with_rows(unit, tuple(rows.get(unit.unit_id, ())), absent.get(unit.unit_id, ()))
        for unit in units
    )


def _with_rows(
    unit: UnitChanges, rows: tuple[Row, ...], absent: Sequence[tuple[int, str]]
) -> UnitChanges:
    if unit.state != "now":
        return unit
    told = [row.status for row in rows]
    return replace(
        unit,
        new=told.count("new"),
        updated=told.count("update"),
        unchanged=told.count("unchanged"),
        to_decide=told.count("problem"),
        absent=tuple(absent),
        rows=rows,
    )


def write(session: Session, taking: Taking, *, today: date, step: Step | None = None) -> Written:
    """Write all forms in the caller's unit of work, and keep which units have returned theirs.

    Everything is one change set and one undo. Raises :class:`db.errors.GoneError` when the round
    is no longer there.
    """
    written = writing.write(session, taking.preview, step=step)
    came = {
        form.unit_id: Returned(today.isoformat(), form.path.name)
        for form in taking.used
        if form.unit_id is not None
    }
    title = "各单位的表"
    if taking.round is not None:
        asked = {u: one for u, one in came.items() if u in taking.round.units}
        rounds.mark_returned(session, taking.round.id, asked)
        title = f"“{taking.round.title}”"
    changes.describe(
        session,
        f"收回{title}：{len(came)} 个单位，{brought(new=written.new, updated=written.updated)}",
    )
    return replace(written, changeset=session.info.get("change_set_id"))
