"""What is done off the window's thread while forms go out and come in? Plain functions."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.exchange.returns import Taking
    from desktop.exchange.returns_out import Plan
    from desktop.exchange.writing import Written
    from desktop.services.rounds import Filling, Round

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What she asked for: the name of the round, its last day, what stands in the forms."""

    title: str
    due: date | None
    filling: Filling


def newest(session: Any) -> Round | None:
    """The sending that is under way."""
    from desktop.services import rounds

    return next(iter(rounds.listed(session)), None)


def plan(session: Any, *, wanted: Wanted, today: date) -> Plan:
    from desktop.exchange import returns_out

    return returns_out.plan(
        session,
        title=wanted.title,
        today=today,
        token=secrets.token_hex(6),
        due=wanted.due,
        filling=wanted.filling,
    )


def write_forms(*, plan: Plan, folder: Path, today: date, step: Step) -> int:
    """Write the forms; gives how many."""
    from desktop.exchange import returns_out

    return len(returns_out.write_forms(plan, folder, today=today, step=step))


def keep(session: Any, *, plan: Plan) -> int:
    from desktop.exchange import returns_out

    return returns_out.keep(session, plan)


def take(
    session: Any, *, files: Sequence[Path], choices: Mapping[Path, int], today: date, step: Step
) -> Taking:
    """The rehearsal of all forms against the roster as it is now."""
    from desktop.exchange import layouts, returns
    from desktop.services import members, rounds

    office = returns.Office(
        members.snapshot(session), rounds.listed(session), layouts.remembered(session)
    )
    return returns.take(files, office, today=today, choices=choices, step=step)


def write(session: Any, *, taking: Taking, today: date, step: Step) -> Written:
    from desktop.exchange import returns

    return returns.write(session, taking, today=today, step=step)


def write_reminders(*, taking: Taking, target: Path, today: date) -> int:
    """Write the list of units to be reminded, telephones masked; gives how many."""
    from desktop.exchange import reminder_list

    found = reminder_list.of_taking(taking)
    reminder_list.write_reminders(found, target, round_=taking.round, today=today, full=False)
    return len(found)


def reminder_words(taking: Taking) -> str:
    from desktop.exchange import reminder_list

    return reminder_list.words(reminder_list.of_taking(taking), taking.round)


def tables_in(paths: Iterable[str]) -> list[Path]:
    """The files dropped, and all tables in the folders dropped."""
    from desktop.exchange import returns_reading

    return returns_reading.tables_in(map(Path, paths))
