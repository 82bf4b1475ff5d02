"""Are the people a chat or a column of names means found, and only they?"""

from __future__ import annotations

import pytest

from db.session import Database
from desktop.services import mentions
from desktop.services.mentions import Directory, Found
from tests.services.conftest import AddPerson


@pytest.fixture
def known(database: Database, add_person: AddPerson) -> Directory:
    """Two of one name who work here, two of another of whom one does, and some others."""
    add_person("王芳", "财务科", mobile="13800005521")
    add_person("王芳", "办公室", mobile="13900001234")
    add_person("李静怡", "办公室", mobile="13700004321", post="科长")
    add_person("林晓梅", "财务科")
    add_person("李和平", "人事科")
    add_person("欧阳雪", "人事科")
    add_person("阿依古丽·买买提", "人事科")
    add_person("赵敏", "人事科", employment_status="retired")
    add_person("赵敏", "财务科")
    with database.read() as session:
        return mentions.directory(session)


def read(known: Directory, text: str) -> Found:
    return mentions.resolve(known, mentions.mentions(text, known))


def names(known: Directory, text: str) -> list[str]:
    by_id = {row.id: row.name for row in known.rows}
    return [by_id[one] for one in read(known, text).people]


@pytest.mark.parametrize(
    "text",
    [
        "李静怡、林晓梅",
        "李静怡\n林晓梅\n",
        "姓名\n李静怡\n林晓梅",
        "1. 李静怡\n2. 林晓梅",
        "（1）李静怡\n（2）林晓梅",
        "参加人员：李静怡，林晓梅等2人",
        "@李静怡 @林晓梅",
        "李静怡和林晓梅",
        "李静怡老师 林晓梅同志",
        "李静怡（办公室）；林晓梅(财务)",
        "李静怡 办公室 13700004321\n林晓梅 财务科",
        "办公室：李静怡\n财务科：林晓梅",
        "李静怡：办公室\n林晓梅：财务科",
        "李静怡（请假一天）/林晓梅",
        "李静怡（科长） 林晓梅",
    ],
)
def test_names_are_found_however_they_are_listed(known: Directory, text: str) -> None:
    assert names(known, text) == ["李静怡", "林晓梅"]
    assert read(known, text).open == ()


@pytest.mark.parametrize("text", ["李和平和欧阳雪", "李和平、欧阳雪", "欧阳雪与李和平"])
def test_a_name_with_and_in_it_stays_one(known: Directory, text: str) -> None:
    assert sorted(names(known, text)) == ["李和平", "欧阳雪"]


def test_a_two_character_name_set_apart_is_one_name(known: Directory) -> None:
    assert names(known, "赵　敏 林晓梅") == ["赵敏", "林晓梅"]


def test_a_name_with_a_dot_is_one_name_with_any_dot(known: Directory) -> None:
    assert names(known, "阿依古丽•买买提、李静怡") == ["阿依古丽·买买提", "李静怡"]


def test_namesakes_are_left_open_and_told_apart(known: Directory) -> None:
    found = read(known, "王芳")
    assert found.people == ()
    assert [one.called for one in found.choices()[0].candidates] == [
        "王芳（财务科，尾号 5521）",
        "王芳（办公室，尾号 1234）",
    ]


@pytest.mark.parametrize(
    "text", ["王芳（财务）", "王芳 财务科", "王芳 5521", "王芳5521", "财务科：王芳"]
)
def test_what_is_said_besides_decides_between_namesakes(known: Directory, text: str) -> None:
    found = read(known, text)
    row = next(row for row in known.rows if row.id == found.people[0])
    assert (row.name, row.unit, found.open) == ("王芳", "财务科", ())


def test_of_namesakes_the_one_who_still_works_here_is_meant(known: Directory) -> None:
    row = next(row for row in known.rows if row.id == read(known, "赵敏").people[0])
    assert row.status == "active"


def test_a_unit_that_is_not_hers_is_asked_about(known: Directory) -> None:
    found = read(known, "李静怡（财务科）")
    assert found.people == ()
    assert [one.called for one in found.choices()[0].candidates] == ["李静怡（办公室，尾号 4321）"]


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("静怡", "李静怡", "名字相同"),
        ("李静仪", "李静怡", "读音相同"),
        ("李晓梅", "林晓梅", "只差一个字"),
    ],
)
def test_a_name_nobody_has_offers_who_is_like_it(
    known: Directory, typed: str, meant: str, why: str
) -> None:
    found = read(known, typed)
    assert found.people == ()
    first = found.choices()[0].candidates[0]
    assert (first.called.partition("（")[0], first.why) == (meant, why)


def test_a_name_written_as_often_as_people_have_it_means_all_of_them(known: Directory) -> None:
    assert names(known, "王芳、李静怡、王芳") == ["王芳", "王芳", "李静怡"]
    assert read(known, "王芳、王芳").repeated == 0
    assert len(read(known, "王芳、王芳、王芳").choices()) == 1


def test_a_masked_number_tells_namesakes_apart(known: Directory) -> None:
    found = read(known, "王芳 139****1234")
    row = next(row for row in known.rows if row.id == found.people[0])
    assert row.unit == "办公室"


def test_another_number_than_hers_is_asked_about(known: Directory) -> None:
    assert read(known, "李静怡 13600000000").people == ()


def test_who_is_not_there_is_told_and_who_is_named_twice_counts_once(known: Directory) -> None:
    found = read(known, "李静怡、钱多多、李静怡")
    assert len(found.people) == 1
    assert found.unknown() == ("钱多多",)
    assert found.repeated == 1


def test_numbers_alone_are_no_names(known: Directory) -> None:
    assert mentions.mentions("13800005521\n13900001234", known) == ()


def test_a_block_of_cells_gives_its_column_of_names_with_what_stands_beside(
    known: Directory,
) -> None:
    rows = [["1", "王芳", "办公室"], ["2", "钱多多", "财务科"], ["3", "李静怡", "办公室"]]
    found = mentions.resolve(known, mentions.in_cells(rows, known))
    by_id = {row.id: row for row in known.rows}
    assert [(by_id[one].name, by_id[one].unit) for one in found.people] == [
        ("王芳", "办公室"),
        ("李静怡", "办公室"),
    ]
    assert found.unknown() == ("钱多多（财务科）",)


def test_names_all_over_a_block_are_all_meant(known: Directory) -> None:
    rows = [["李静怡", "林晓梅"], ["李和平", ""]]
    assert len(mentions.in_cells(rows, known)) == 3


def test_a_block_with_nobody_known_is_no_list_of_names(known: Directory) -> None:
    assert mentions.in_cells([["钱多多", "后勤科"], ["孙美丽", "后勤科"]], known) == ()
