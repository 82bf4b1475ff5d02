"""What is done off the window's thread while people go out as a file or on paper?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from db.errors import AppError, UnusableError
from desktop.services import access, as_of, members, units
from desktop.ui.models.members import Filters, day_words

if TYPE_CHECKING:
    from desktop.documents.cards import Person
    from desktop.documents.paper import Drawn, Pages
    from desktop.exchange.profiles import Profile
    from desktop.fields import Register
    from desktop.fields.table import Table
    from desktop.paths import DataFolder

Form = Literal["xlsx", "csv", "pdf", "cards", "plates", "profile"]
Step = Callable[[int, int], None]

TITLE = "女职工花名册"
SUFFIXES: Mapping[Form, str] = {
    "xlsx": ".xlsx", "csv": ".csv", "pdf": ".pdf", "cards": ".pdf", "plates": ".pdf",
    "profile": ".xlsx",
}  # fmt: skip
NAMES: Mapping[Form, str] = {"cards": "姓名卡", "plates": "桌签"}
ON_PAPER: frozenset[Form] = frozenset(("pdf", "cards", "plates"))
WITHOUT_NUMBERS: frozenset[Form] = frozenset(("cards", "plates"))


@dataclass(frozen=True)
class Wanted:
    """Who goes out, in which form, with which numbers. ``ids`` names people, or nobody for all
    whom ``filters`` finds."""

    filters: Filters
    ids: tuple[int, ...]
    form: Form
    profile: str = ""
    full: bool = False

    @property
    def shows_numbers(self) -> bool:
        return self.full and self.form not in WITHOUT_NUMBERS


@dataclass(frozen=True)
class ProfileChoice:
    """A form another office demands, as it is offered."""

    name: str
    title: str
    about: str
    needs_full_numbers: bool


@dataclass(frozen=True)
class Going:
    """The people, and everything that is needed to write them."""

    people: Sequence[Mapping[str, Any]]
    register: Register
    unit_names: Mapping[int, str]
    title: str
    organisation: str
    profile: Profile | None = None


@dataclass(frozen=True)
class Sent:
    """How many went out, into which files, and the first of what did not go as it should."""

    count: int
    files: tuple[Path, ...]
    problems: int = 0
    first_problem: str = ""


def profiles(session: Any, *, folder: DataFolder | None) -> tuple[ProfileChoice, ...]:
    """Every form that can be used; one that is broken is left out."""
    from desktop.exchange.profiles import folder_of, load_profile, profile_names
    from desktop.registers import own_fields

    register, found = own_fields.register(session), []
    own = None if folder is None else folder_of(folder)
    for name in profile_names(own):
        try:
            one = load_profile(name, own, register=register)
        except AppError:
            continue
        found.append(ProfileChoice(name, one.title, one.about, one.needs_full_numbers))
    return tuple(found)


def gather(
    session: Any, *, wanted: Wanted, folder: DataFolder | None, organisation: str, today: date
) -> Going:
    """The people as they are, or were at the end of the day that is looked at."""
    from desktop.exchange.export import unit_names
    from desktop.exchange.profiles import folder_of, load_profile
    from desktop.registers import own_fields

    filters, chosen = wanted.filters, frozenset(wanted.ids)
    with as_of.at(session, filters.as_of):
        people = members.exported(session, filters.query(today))
        names = unit_names(units.index(session))
    people = tuple(one for one in people if not chosen or one["id"] in chosen)
    if not people:
        raise UnusableError("没有要导出的人。", kept="没有写文件。", remedy="请先选出要导出的人。")
    register = own_fields.register(session)
    profile = None
    if wanted.form == "profile":
        own = None if folder is None else folder_of(folder)
        profile = load_profile(wanted.profile, own, register=register)
    title = f"{TITLE}（{day_words(filters.as_of)}）" if filters.as_of else TITLE
    return Going(people, register, names, title, organisation, profile)


def note(session: Any, *, count: int) -> None:
    """Keep that full numbers go out."""
    access.note(session, "export_full", count=count)


def write(*, going: Going, wanted: Wanted, target: Path, today: date, step: Step) -> Sent:
    """Write the file; an older one of that name stays as it was if that is not possible."""
    if wanted.form == "profile":
        return _by_profile(going, wanted, target, today, step)
    if wanted.form in ON_PAPER:
        return _on_paper(going, wanted, target, today, step)
    from desktop.exchange.csv_out import export_csv
    from desktop.exchange.export import export_members

    given: dict[str, Any] = {
        "full": wanted.full, "unit_names": going.unit_names, "register": going.register,
        "step": step,
    }  # fmt: skip
    if wanted.form == "csv":
        done = export_csv(going.people, target, **given)
    else:
        done = export_members(going.people, target, title=going.title, today=today, **given)
    said = [f"第 {one.row} 行 {one.column}：{one.message}" for one in done.remarks]
    return _sent(done.rows, (target,), said)


def pages(*, going: Going, wanted: Wanted, today: date) -> Pages:
    """The pages for a printer."""
    from desktop.documents.cards import card_pages, plate_pages
    from desktop.documents.tables import table_pages

    if wanted.form == "cards":
        return card_pages(_persons(going), organisation=going.organisation)
    if wanted.form == "plates":
        return plate_pages(_persons(going))
    return table_pages(_listing(going, wanted, today))


def _by_profile(going: Going, wanted: Wanted, target: Path, today: date, step: Step) -> Sent:
    from desktop.exchange.profiled import export_by_profile

    assert going.profile is not None  # noqa: S101 - it was asked for
    done = export_by_profile(
        going.people,
        target,
        going.profile,
        full=wanted.full,
        unit_names=going.unit_names,
        register=going.register,
        organisation=going.organisation,
        today=today,
        step=step,
    )
    said = [
        f"《{one.file.name}》第 {one.remark.row} 行 {one.remark.column}：{one.remark.message}"
        for one in done.remarks
    ]
    return _sent(done.rows, done.files, said)


def _on_paper(going: Going, wanted: Wanted, target: Path, today: date, step: Step) -> Sent:
    from desktop.documents.cards import draw_cards, draw_plates
    from desktop.documents.tables import draw_table

    drawn: Drawn
    if wanted.form == "cards":
        drawn = draw_cards(_persons(going), target, organisation=going.organisation, step=step)
    elif wanted.form == "plates":
        drawn = draw_plates(_persons(going), target, step=step)
    else:
        drawn = draw_table(_listing(going, wanted, today), target, step=step)
    return _sent(drawn.people, (target,), [f"{one.name}：{one.message}" for one in drawn.problems])


def _listing(going: Going, wanted: Wanted, today: date) -> Table:
    from desktop.documents.listing import listing_table

    return listing_table(
        going.people,
        title=going.title,
        full=wanted.full,
        unit_names=going.unit_names,
        organisation=going.organisation,
        today=wanted.filters.as_of or today,
    )


def _persons(going: Going) -> list[Person]:
    from desktop.documents.cards import Person

    return [
        Person(one["name"], going.unit_names.get(one["unit_id"], ""), one["post"] or "")
        for one in going.people
    ]


def _sent(count: int, files: Sequence[Path], said: Sequence[str]) -> Sent:
    return Sent(count, tuple(files), len(said), said[0] if said else "")
