"""The roster doctor: what it finds, how it grades, and that looking changes nothing."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import UnreadableFileError
from desktop.exchange.doctor import Report, examine
from desktop.exchange.doctor_age import retires_in
from desktop.exchange.doctor_causes import CAUSES
from desktop.exchange.doctor_names import may_be_one
from desktop.exchange.doctor_units import groups
from tests.exchange import rosters
from tests.exchange.incoming import TODAY, book, sheet
from tests.people import id_number

HEAD = ["姓名", "身份证号", "出生日期", "单位", "手机"]
ONE = id_number(date(1985, 6, 12), 2)
TWO = id_number(date(1990, 3, 4), 24)


def report_of(*rows: list[Any], head: list[str] = HEAD, **marks: Any) -> Report:
    return examine(book(sheet([head, *rows], **marks)), today=TODAY)


def person(
    name: str = "王芳",
    number: Any = ONE,
    born: Any = "1985-06-12",
    unit: Any = "办公室",
    phone: Any = "13800000001",
) -> list[Any]:
    return [name, number, born, unit, phone]


def other(name: str = "李敏", **more: Any) -> list[Any]:
    return person(name, **{"number": TWO, "born": "1990-03-04", "phone": "13800000002"} | more)


def codes(report: Report) -> set[str]:
    return {finding.cause.code for finding in report.findings}


def cells(report: Report, code: str) -> list[str]:
    finding = report.finding(code)
    assert finding is not None, codes(report)
    return [spot.address for spot in finding.spots]


def test_a_clean_roster_gets_full_marks() -> None:
    report = report_of(person(), other())
    assert (report.people, report.score, report.grade, report.findings) == (2, 100, "A", ())


@pytest.mark.parametrize(
    ("row", "code", "address"),
    [
        (person(number=4.20000198506120e17), "id_digits_lost", "Sheet1!B2"),
        (person(number=ONE[:-1]), "id_length", "Sheet1!B2"),
        (person(number=ONE[:-1] + ("1" if ONE[-1] != "1" else "2")), "id_check_digit", "Sheet1!B2"),
        (person(number=ONE[:10] + "0230" + ONE[14:]), "id_date", "Sheet1!B2"),
        (person(born="1986-06-12"), "birth_mismatch", "Sheet1!C2"),
        (person(born="1985-02-30"), "date_impossible", "Sheet1!C2"),
        (person(born=1985.1, number=None), "date_ambiguous", "Sheet1!C2"),
        (person(phone=13800000001.0), "phone_number", "Sheet1!E2"),
        (person(phone="138-0000-0001"), "phone_style", "Sheet1!E2"),
        (person(phone="13800000001/13900000002"), "phone_second", "Sheet1!E2"),
        (person(phone="1.38E+10"), "phone_digits_lost", "Sheet1!E2"),
        (person("王 芳"), "name_padded", "Sheet1!A2"),
        (person("王芳（借调）"), "name_note", "Sheet1!A2"),
        (person(number=f"{ONE[:6]} {ONE[6:14]} {ONE[14:]}"), "id_style", "Sheet1!B2"),
        (person(unit=" 办公室 "), "text_padded", "Sheet1!D2"),
        (person(unit="同上"), "ditto", "Sheet1!D2"),
        (person(born=31210.0), "date_serial", "Sheet1!C2"),
    ],
)
def test_each_trouble_is_found_in_its_cell(row: list[Any], code: str, address: str) -> None:
    found = cells(report_of(row, other()), code)
    assert address in found


def test_an_old_number_is_raised_to_eighteen_digits_in_the_copy_only() -> None:
    old = ONE[:6] + ONE[8:17]
    report = report_of(person(number=old), other())
    (repair,) = report.repairs
    assert (repair.code, repair.old, repair.new) == ("id_upgraded", old, ONE)


def test_sex_that_differs_from_the_number_is_found() -> None:
    man = id_number(date(1985, 6, 12), 3)
    report = report_of([*person(number=man), "女"], [*other(), "女"], head=[*HEAD, "性别"])
    assert cells(report, "sex_mismatch") == ["Sheet1!F2"]


def test_dates_in_several_styles_are_told_cell_by_cell_and_others_are_left_alone() -> None:
    rows = [person(born="1985年6月12日"), other(born=date(1990, 3, 4))]
    assert cells(report_of(*rows), "date_mixed") == ["Sheet1!C2", "Sheet1!C3"]
    same = [person(born="1985.06"), other(born="1990.03")]
    assert report_of(*same).findings == ()


def test_a_birthday_typed_as_digits_is_one_style_with_text_of_digits() -> None:
    rows = [person(born=19850612.0), other(born="19900304")]
    assert "date_mixed" not in codes(report_of(*rows))


@pytest.mark.parametrize(
    ("one", "two"), [("朱珠", "朱姝"), ("王昇", "王升"), ("李晴", "李睛"), ("张丽华", "张莉华")]
)
def test_one_person_under_two_forms_of_a_character_is_found(one: str, two: str) -> None:
    report = report_of(person(one), person(two, number=None, phone="13800000009"))
    assert cells(report, "name_variant") == ["Sheet1!A2", "Sheet1!A3"]


def test_names_that_only_resemble_each_other_are_not_one_person() -> None:
    assert not may_be_one("王芳", "李芳")
    assert not may_be_one("王芳", "王芳华")
    assert not may_be_one("王小芳", "王大敏")


def test_twins_with_sound_numbers_are_two_people() -> None:
    twin = id_number(date(1985, 6, 12), 86)
    report = report_of(person("张丽"), person("张莉", number=twin, phone="13800000009"))
    assert "name_variant" not in codes(report)


def test_numbers_with_one_wrong_or_two_swapped_digits_are_held_against_each_other() -> None:
    swapped = ONE[:15] + ONE[16] + ONE[15] + ONE[17:]
    report = report_of(person(), other("李敏", number=swapped, born="1985-06-12"))
    assert cells(report, "id_near") == ["Sheet1!B2", "Sheet1!B3"]


def test_different_numbers_of_one_birthday_are_not_near() -> None:
    second = id_number(date(1985, 6, 12), 468)
    report = report_of(person(), person("李敏", number=second, phone="13800000009"))
    assert "id_near" not in codes(report)


def test_people_past_the_age_are_told_unless_the_roster_says_so() -> None:
    born = date(1966, 3, 1)
    number = id_number(born, 2)
    listed = person("王芳", number=number, born="1966-03-01")
    assert cells(report_of(listed, other()), "retired_listed") == ["Sheet1!C2"]
    head = [*HEAD, "在职状态"]
    report = report_of([*listed, "退休"], [*other(), "在职"], head=head)
    assert "retired_listed" not in codes(report)


@pytest.mark.parametrize(
    ("born", "original", "month"),
    [
        (date(1970, 1, 15), 55, (2025, 2)),
        (date(1981, 12, 15), 55, (2039, 12)),
        (date(1975, 1, 15), 50, (2025, 2)),
        (date(1984, 11, 1), 50, (2039, 11)),
        (date(1965, 1, 1), 60, (2025, 2)),
        (date(1969, 12, 31), 55, (2024, 12)),
    ],
)
def test_retirement_follows_the_delayed_ages(
    born: date, original: int, month: tuple[int, int]
) -> None:
    assert retires_in(born, original) == month


def test_units_written_several_ways_are_put_together_under_the_most_frequent() -> None:
    counts = {
        "人事科": 5,
        "人事": 1,
        "环境监测中心": 4,
        "环境检测中心": 1,
        "东湖分局": 3,
        "西湖分局": 3,
    }
    assert groups(counts) == (
        ("人事科", ("人事科", "人事")),
        ("环境监测中心", ("环境监测中心", "环境检测中心")),
    )


@pytest.mark.parametrize(
    "names",
    [
        ("东湖分局", "西湖分局"),
        ("第一小学", "第二小学"),
        ("监测科", "监测站"),
        ("人事", "人事科", "人事处"),
        ("办公室", "党委办公室"),
        ("城南分局", "城北分局"),
    ],
)
def test_units_that_may_be_different_are_never_joined(names: tuple[str, ...]) -> None:
    assert groups(dict.fromkeys(names, 2)) == ()


def test_several_spellings_of_a_unit_are_told_with_the_one_proposed() -> None:
    rows = [person(), other(unit="人事科"), person("赵敏", number=None, unit="人事科"),
            person("孙丽", number=None, unit="人事", born="1988-01-02", phone=None)]  # fmt: skip
    report = report_of(*rows)
    (spellings,) = report.spellings
    assert (spellings.kept, spellings.others) == ("人事科", ("人事",))
    assert cells(report, "unit_spellings") == ["Sheet1!D5"]
    assert not [r for r in report.repairs if r.code == "unit_spellings"]


def test_a_few_men_are_pointed_out_and_a_mixed_roster_is_not_blamed() -> None:
    man = id_number(date(1985, 6, 12), 3)
    head = [*HEAD, "性别"]
    women = [[*person(), "女"], [*other(), "女"]]
    a_man = [*person("周刚", number=man, phone="13800000003"), "男"]
    assert cells(report_of(*women, a_man, head=head), "men_listed") == ["Sheet1!F4"]
    more = [[*person(f"周刚{c}", number=None, phone=None, born=f"198{i}-01-01"), "男"]
            for i, c in enumerate("强国民")]  # fmt: skip
    assert "men_listed" not in codes(report_of(*women, *more, head=head))


def test_what_a_sheet_hides_is_told() -> None:
    report = report_of(
        person(), other(), hidden_rows=frozenset((3,)), hidden_columns=frozenset((5,)),
        filtered=True, error_cells={(2, 3): "#N/A"}, formulas_without_value=frozenset(((3, 4),)),
    )  # fmt: skip
    assert cells(report, "row_hidden") == ["Sheet1!3:3"]
    assert cells(report, "column_hidden") == ["Sheet1!E1"]
    assert cells(report, "filtered") == ["Sheet1"]
    assert cells(report, "cell_error") == ["Sheet1!C2"]
    assert cells(report, "formula_without_value") == ["Sheet1!D3"]


def test_columns_nobody_understands_and_columns_that_lack_are_told() -> None:
    report = report_of(["王芳", "007"], ["李敏", "008"], head=["姓名", "饭卡号"])
    assert cells(report, "column_unknown") == ["Sheet1!B1"]
    missing = report.finding("column_missing")
    assert missing is not None
    assert [spot.message[3:7] for spot in missing.spots] == ["身份证号", "单位”一", "手机”一"]


def test_merged_cells_repeated_headers_and_wrong_totals_are_told() -> None:
    rows = [HEAD, person(), other(unit=None), HEAD, person("赵敏", number=None, phone=None),
            ["合计", "5人", None, None, None]]  # fmt: skip
    report = examine(book(sheet(rows, merged=[(2, 4, 3, 4)])), today=TODAY)
    assert cells(report, "merged_body") == ["Sheet1!D2"]
    assert cells(report, "several_headers") == ["Sheet1!4:4"]
    assert cells(report, "total_mismatch") == ["Sheet1!6:6"]


def test_numbers_kept_as_text_are_told_where_numbers_are_meant() -> None:
    head = [*HEAD, "年龄", "饭卡号"]
    report = report_of([*person(), "40", "1007"], [*other(), 36.0, "1008"], head=head)
    assert cells(report, "number_text") == ["Sheet1!F2"]


def test_private_numbers_are_masked_and_health_is_not_repeated() -> None:
    head = [*HEAD, "备注"]
    rows = [[*person(number=ONE[:-1], phone="138-0000-0001"), "怀孕七个月"], [*other(), None]]
    shown = [
        s.shown + s.message + s.fixed for f in report_of(*rows, head=head).findings for s in f.spots
    ]
    assert not [text for text in shown if ONE[:14] in text or "0000-0001" in text or "怀孕" in text]


def test_a_sheet_without_a_header_gets_the_lowest_grade_and_the_reason() -> None:
    report = examine(book(sheet([person(), other(), person("赵敏", number=None)])), today=TODAY)
    assert (report.grade, report.people) == ("D", 0)
    assert codes(report) == {"no_header"}


def test_a_table_without_people_is_said_to_be_none() -> None:
    report = examine(book(sheet([["物品", "数量"], ["纸", 3.0]])), today=TODAY)
    assert (report.grade, codes(report)) == ("D", {"no_people"})


def test_the_same_trouble_weighs_more_in_a_small_roster() -> None:
    bad = person(number=ONE[:-1])
    small = report_of(bad, other())
    names = [f"王{c}" for c in "敏丽华静洁红梅兰英霞"]
    many = [
        person(n, number=None, born=f"19{70 + i}-01-02", phone=None) for i, n in enumerate(names)
    ]
    large = report_of(bad, *many)
    assert small.score < large.score < 100


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(UnreadableFileError):
        examine(path, today=TODAY)


def test_every_cause_says_why_and_what_to_do() -> None:
    for cause in CAUSES.values():
        assert cause.why.endswith("。")
        assert cause.remedy.endswith("。")
        assert not cause.title.endswith("。")


@pytest.mark.parametrize("seed", range(30))
def test_looking_never_changes_the_file(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    draft = rosters.clean_draft(seed)
    for name in rosters.random_symptoms(rng, rng.randint(2, 10)):
        rosters.SYMPTOMS[name](draft)
    path = tmp_path / "名册.xlsx"
    rosters.write_xlsx(draft, path)
    before, moment = path.read_bytes(), path.stat().st_mtime_ns
    examine(path, today=rosters.TODAY)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, moment)


def test_a_workbook_with_a_report_in_front_is_examined_without_it(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = "体检报告"
    page.append(["半边天·体检报告：《名册.xlsx》共 2 人"])
    page.append(["姓名", "身份证号"])
    page.append(["孙丽", ONE])
    people = made.create_sheet("花名册")
    for row in (HEAD, person(), other()):
        people.append(row)
    made.save(tmp_path / "a.xlsx")
    assert examine(tmp_path / "a.xlsx", today=TODAY).people == 2
