"""Is everybody called so that she is not taken for another?"""

from __future__ import annotations

from dataclasses import dataclass

from db.session import Database
from db.types import PartialDate
from desktop.services import namesakes
from tests.services.conftest import AddPerson


@dataclass(frozen=True)
class Someone:
    id: int
    name: str
    unit: str = ""
    mobile: str = ""
    birth_date: PartialDate | None = None


def test_a_name_of_ones_own_is_enough() -> None:
    assert namesakes.told_apart([Someone(1, "王芳", "办公室")]) == {1: "王芳"}


def test_namesakes_are_told_by_unit_and_the_end_of_the_number() -> None:
    people = [Someone(1, "王芳", "办公室", "13800005521"), Someone(2, "王芳")]
    assert namesakes.told_apart(people) == {
        1: "王芳（办公室，尾号 5521）",
        2: "王芳（未分单位）",
    }


def test_what_stands_beside_the_name_is_not_said_twice() -> None:
    people = [Someone(1, "王芳", "办公室", "13800005521"), Someone(2, "王芳", "财务科")]
    assert namesakes.told_apart(people, seen=("unit",)) == {1: "王芳（尾号 5521）", 2: "王芳"}
    assert namesakes.told_apart(people, seen=("unit", "mobile")) == {1: "王芳", 2: "王芳"}


def test_those_whom_unit_and_number_leave_alike_are_told_by_birth_then_by_count() -> None:
    people = [
        Someone(4, "王芳", "办公室", "", PartialDate(1985, 6)),
        Someone(9, "王芳", "办公室"),
        Someone(7, "王芳", "办公室"),
    ]
    assert namesakes.told_apart(people) == {
        4: "王芳（办公室，1985-06 生）",
        7: "王芳（办公室，第 2 位）",
        9: "王芳（办公室，第 3 位）",
    }


def test_names_several_on_the_roster_have_are_known(
    database: Database, add_person: AddPerson
) -> None:
    for name in ("王芳", "王芳", "李静"):
        add_person(name)
    with database.read() as session:
        assert namesakes.shared(session) == {"王芳"}
