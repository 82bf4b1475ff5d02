"""R1: every woman is counted once, in her place, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from db.errors import GoneError
from db.session import Database
from db.types import PartialDate
from desktop.fields.table import Cell, Table
from desktop.reports import Asked, report
from desktop.reports.bands import level
from desktop.services import units
from tests.services.conftest import AddPerson

TODAY = date(2026, 4, 14)


def table_of(database: Database, unit_id: int | None = None, on: date = TODAY) -> Table:
    with database.read() as session:
        return report("R1").query(session, Asked(on, TODAY, unit_id, "云川市生态环境局妇委会"))


def by_heading(table: Table, cells: tuple[Cell, ...]) -> Mapping[str, Cell]:
    return {one.text: cell for one, cell in zip(table.headings, cells, strict=True)}


def row(table: Table, name: str) -> Mapping[str, Cell]:
    return by_heading(table, next(cells for cells in table.rows if cells[0].value == name))


def total(table: Table) -> Mapping[str, Cell]:
    assert table.total is not None
    return by_heading(table, table.total)


def unit(database: Database, name: str, headcount: int | None, parent: int | None = None) -> int:
    with database.write("文员", f"新增{name}") as session:
        made = units.add(session, name, parent)
        units.set_headcount(session, made, headcount)
        return made


def said(table: Table, *, good: bool) -> str:
    return "\n".join(one.sentence for one in table.checks if one.is_good is good)


def test_each_unit_has_a_row_and_its_figures_name_the_people_behind_them(
    database: Database, add_person: AddPerson
) -> None:
    office, station = unit(database, "办公室", 4), unit(database, "监测站", 10)
    young = add_person("王芳", unit_id=office, birth_date=PartialDate(1995, 6, 1))
    old = add_person("李娜", unit_id=office, birth_date=PartialDate(1969, 6, 1))
    middle = add_person("张敏", unit_id=station, birth_date=PartialDate(1985, 6, 1))

    table = table_of(database)

    assert [cells[0].value for cells in table.rows] == ["办公室", "监测站"]
    first = row(table, "办公室")
    assert (first["职工总数"].value, first["女职工数"].value) == (4, 2)
    assert first["占比"].value == pytest.approx(0.5)
    assert first["35岁及以下"] == Cell(1, (young,))
    assert first["56岁及以上"] == Cell(1, (old,))
    assert total(table)["女职工数"].value == 3
    assert set(total(table)["女职工数"].members) == {young, old, middle}
    assert total(table)["占比"].value == pytest.approx(3 / 14)
    assert "单位：人" in table.above
    assert "截至2026年4月14日" in table.above


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (PartialDate(1990, 4, 15), "35岁及以下"),  # turns 36 tomorrow
        (PartialDate(1990, 4, 14), "36—45岁"),
        (PartialDate(1980, 4, 15), "36—45岁"),
        (PartialDate(1980, 4, 14), "46—55岁"),
        (PartialDate(1970, 4, 15), "46—55岁"),
        (PartialDate(1970, 4, 14), "56岁及以上"),
    ],
)
def test_an_age_is_that_of_completed_years_on_the_day(
    database: Database, add_person: AddPerson, born: PartialDate, band: str
) -> None:
    one = add_person("王芳", "办公室", birth_date=born)
    figures = total(table_of(database))
    bands = [text for text in figures if text.endswith(("岁", "以下", "以上")) and "岁" in text]
    assert [text for text in bands if figures[text].members == (one,)] == [band]


def test_ages_are_counted_to_the_day_asked_for(database: Database, add_person: AddPerson) -> None:
    add_person("王芳", "办公室", birth_date=PartialDate(1990, 1, 1))
    last_year = table_of(database, on=date(2025, 12, 31))
    assert total(last_year)["35岁及以下"].value == 1
    assert total(table_of(database))["36—45岁"].value == 1
    assert "只有年龄按截止日计算" in said(last_year, good=True)


@pytest.mark.parametrize(
    ("field", "value", "heading"),
    [
        ("education_code", "14", "研究生"),
        ("education_code", "21", "本科大专"),
        ("education_code", "31", "本科大专"),
        ("education_code", "47", "高中中专及以下"),
        ("political_status_code", "02", "中共党员"),
        ("political_status_code", "03", "共青团员"),
        ("political_status_code", "10", "民主党派"),
        ("political_status_code", "12", "群众"),
        ("marital_status_code", "10", "未婚"),
        ("marital_status_code", "22", "已婚"),
        ("marital_status_code", "30", "离异丧偶"),
        ("professional_title", "associate", "高级"),
        ("professional_title", "middle", "中级"),
        ("ethnicity_code", "05", "少数民族"),
        ("is_single_parent", True, "单亲"),
        ("is_hardship", True, "困难"),
        ("rank", "三级调研员", "县处级以上"),
        ("rank", "四级主任科员", "乡科级"),
        ("rank", "二级科员", "科员"),
    ],
)
def test_what_is_known_of_a_person_puts_her_into_its_column_only(
    database: Database, add_person: AddPerson, field: str, value: object, heading: str
) -> None:
    one = add_person("王芳", "办公室", **{field: value})
    figures = total(table_of(database))
    counted = [text for text, cell in figures.items() if cell.members == (one,)]
    assert counted == ["女职工数", heading]


@pytest.mark.parametrize(
    ("rank", "post", "expected"),
    [
        (None, "科长", ""),
        (None, "副处长", ""),
        (None, "副主任科员", "section"),
        ("正科", "处长", "section"),
        ("副处级", None, "county"),
        ("二级巡视员", None, "county"),
        ("事业管理岗", "办事员", "clerk"),
        (None, "会计", ""),
    ],
)
def test_a_rank_counts_and_a_post_only_where_it_names_one(
    rank: str | None, post: str | None, expected: str
) -> None:
    assert level(rank, post) == expected


def test_men_and_those_who_left_are_not_counted(database: Database, add_person: AddPerson) -> None:
    add_person("李强", "办公室", sex="1")
    add_person("王芳", "办公室", employment_status="retired")
    here = add_person("张敏", "办公室", employment_status="seconded_out")
    guest = add_person("赵丽", "办公室", employment_status="seconded_in")

    table = table_of(database)

    assert total(table)["女职工数"].members == (here, guest)
    assert "1 人是借调来的" in said(table, good=True)


def test_a_number_of_staff_nobody_entered_stays_empty_with_its_share(
    database: Database, add_person: AddPerson
) -> None:
    office, station = unit(database, "办公室", 10), unit(database, "监测站", None)
    add_person("王芳", unit_id=office)
    add_person("李娜", unit_id=station)

    table = table_of(database)

    unknown = row(table, "监测站")
    assert (unknown["职工总数"].value, unknown["占比"].value) == (None, None)
    assert (total(table)["职工总数"].value, total(table)["占比"].value) == (None, None)
    assert "监测站没有填" in said(table, good=False)


def test_more_women_than_staff_is_told_and_gives_no_share(
    database: Database, add_person: AddPerson
) -> None:
    office = unit(database, "办公室", 1)
    people = (add_person("王芳", unit_id=office), add_person("李娜", unit_id=office))

    table = table_of(database)

    assert row(table, "办公室")["占比"].value is None
    wrong = next(one for one in table.checks if "多于职工总数" in one.sentence)
    assert not wrong.is_good
    assert set(wrong.members) == set(people)


def test_a_row_holds_its_sub_units_and_no_person_stands_in_two_rows(
    database: Database, add_person: AddPerson
) -> None:
    bureau = unit(database, "生态环境局", 100)
    centre = unit(database, "监测中心", 40, bureau)
    lab = unit(database, "分析室", 15, centre)
    office = unit(database, "办公室", 20, bureau)
    for number, place in enumerate((bureau, centre, lab, lab, office)):
        add_person(f"王芳{'甲乙丙丁戊'[number]}", unit_id=place)

    table = table_of(database)

    figures = {str(r[0].value): (r[1].value, r[2].value) for r in table.rows}
    assert figures == {
        "生态环境局（本级）": (40, 1), "监测中心": (40, 3), "办公室": (20, 1),
    }  # fmt: skip
    assert (total(table)["职工总数"].value, total(table)["女职工数"].value) == (100, 5)
    narrowed = table_of(database, centre)
    assert [cells[0].value for cells in narrowed.rows] == ["监测中心（本级）", "分析室"]
    assert total(narrowed)["女职工数"].value == 3


def test_a_whole_said_to_be_less_than_its_parts_is_left_empty_and_told(
    database: Database, add_person: AddPerson
) -> None:
    bureau = unit(database, "生态环境局", 10)
    add_person("王芳", unit_id=unit(database, "办公室", 12, bureau))

    table = table_of(database)

    assert total(table)["职工总数"].value is None
    assert "少 2 人" in said(table, good=False)


def test_people_without_a_unit_have_a_row_of_their_own(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳", "办公室")
    homeless = add_person("李娜")

    table = table_of(database)

    assert row(table, "未填单位")["女职工数"].members == (homeless,)
    assert total(table)["女职工数"].value == 2
    assert "1 人没有填单位" in said(table, good=False)


def test_a_band_that_does_not_add_up_says_who_is_missing(
    database: Database, add_person: AddPerson
) -> None:
    add_person("王芳", "办公室", birth_date=PartialDate(1990), education_code="21")
    unknown = add_person("李娜", "办公室", education_code="90")

    checks = {one.sentence.split("：")[0]: one for one in table_of(database).checks}

    assert checks["年龄"].members == (unknown,)
    assert checks["学历"].members == (unknown,)
    assert "各栏相加 1 人，比女职工数少 1 人" in checks["学历"].sentence
    assert checks["女职工数"].is_good


def test_a_birth_that_leaves_two_bands_open_is_told(
    database: Database, add_person: AddPerson
) -> None:
    # April 1990: 35 or 36 on 14 April 2026
    vague = add_person("王芳", "办公室", birth_date=PartialDate(1990, 4))
    add_person("李娜", "办公室", birth_date=PartialDate(1990, 5))

    told = [one for one in table_of(database).checks if "两个年龄段之间" in one.sentence]

    assert [one.members for one in told] == [(vague,)]


def test_a_unit_that_is_gone_is_a_refusal(database: Database) -> None:
    with pytest.raises(GoneError):
        table_of(database, 99)
