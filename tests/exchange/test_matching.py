"""Who an incoming row is: on the roster, and among the rows of the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.session import Database
from desktop.exchange.importing import Decision, Preview
from tests.exchange.incoming import (
    LI,
    WANG,
    ZHANG,
    book,
    bring_in,
    codes,
    names,
    people,
    preview_of,
    preview_rows,
    roster_of,
    sheet,
)

HEAD = ["姓名", "身份证号", "出生日期", "手机", "单位", "职务"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Database.open(tmp_path_factory.mktemp("data") / "banbiantian.db") as opened:
        bring_in(
            opened,
            book(
                sheet(
                    [
                        HEAD,
                        ["王芳", WANG, None, "13800001111", "办公室", "主任"],
                        ["李敏", None, "1978-11-03", "13800001112", "财务科", "科员"],
                        ["张静", None, None, "13800001113", "财务科", None],
                        ["赵雪", None, None, None, "人事科", None],
                        ["陈洁", float(int(ZHANG[:15] + "000")), None, None, "人事科", None],
                    ]
                )
            ),
        )
        yield opened


def against(database: Database, *rows: list[Any]) -> Preview:
    return preview_rows([HEAD, *rows], roster_of(database))


def test_the_same_number_is_the_same_person(database: Database) -> None:
    preview = against(database, ["王芳", WANG, None, "13900002222", "财务科", None])
    (row,) = preview.rows
    assert (row.status, row.member_id) == ("update", people(database)["王芳"]["id"])
    changed = {c.field: (c.old, c.new) for c in row.changes}
    assert changed["mobile"] == ("13800001111", "13900002222")
    assert set(changed) == {"mobile", "unit_id"}


def test_blank_cells_never_erase(database: Database) -> None:
    preview = against(database, ["王芳", WANG, None, None, None, None])
    assert [r.status for r in preview.rows] == ["unchanged"]


def test_a_number_of_somebody_else_is_not_taken(database: Database) -> None:
    preview = against(database, ["孙丽", WANG, None, None, "人事科", None])
    (row,) = preview.rows
    assert row.status == "new"
    assert "id_number" not in row.values
    assert row.values["unresolved"][0]["value"] == WANG
    assert codes(preview) == ["id_belongs_to_other"]


@pytest.mark.parametrize(
    "row",
    [
        ["李敏", None, "1978-11-03", None, "人事科", None],
        ["李敏", LI, None, None, None, None],
        ["李敏", None, "1978.11", None, None, None],
        ["张静", None, None, "13800001113", "人事科", None],
    ],
)
def test_name_with_birth_or_telephone_is_the_same_person(
    database: Database, row: list[Any]
) -> None:
    preview = against(database, row)
    assert preview.rows[0].member_id == people(database)[row[0]]["id"]
    assert preview.rows[0].status in ("update", "unchanged")


def test_a_less_exact_date_does_not_replace_a_whole_one(database: Database) -> None:
    preview = against(database, ["李敏", None, "1978.11", None, None, None])
    assert preview.rows[0].changes == ()


def test_fifteen_digits_and_the_name_find_her_again(database: Database) -> None:
    preview = against(database, ["陈洁", ZHANG, None, None, None, None])
    (row,) = preview.rows
    assert row.status == "update"
    assert row.values["id_number"] == ZHANG
    assert row.values["unresolved"] is None
    lost = against(database, ["王芳", float(int(WANG[:15] + "000")), None, None, None, None])
    assert lost.rows[0].status == "unchanged"
    assert lost.rows[0].member_id == people(database)["王芳"]["id"]


def test_name_and_unit_alone_ask_and_stay_out(database: Database) -> None:
    preview = against(database, ["赵雪", None, None, "13800005555", "人事科", None])
    (row,) = preview.rows
    assert (row.status, row.candidates) == ("problem", (people(database)["赵雪"]["id"],))
    assert codes(preview) == ["same_name_ask"]
    same = preview.with_decision(row.key, Decision("same_as", row.candidates[0]))
    assert same.rows[0].status == "update"
    other = preview.with_decision(row.key, Decision("as_new"))
    assert other.rows[0].status == "new"


def test_name_and_unit_with_nothing_new_is_nothing_new(database: Database) -> None:
    preview = against(database, ["赵雪", None, None, None, "人事科", None])
    assert [r.status for r in preview.rows] == ["unchanged"]


def test_a_namesake_of_another_unit_is_new_and_said(database: Database) -> None:
    preview = against(database, ["赵雪", None, None, None, "东湖分局", None])
    assert [r.status for r in preview.rows] == ["new"]
    assert codes(preview) == ["same_name_ask"]


def test_a_namesake_with_another_number_is_simply_new(database: Database) -> None:
    preview = against(database, ["王芳", LI, None, None, "办公室", None])
    assert [r.status for r in preview.rows] == ["new"]
    assert codes(preview) == []


def test_people_not_in_the_file_are_told_and_untouched(database: Database) -> None:
    preview = against(database, ["王芳", WANG, None, None, None, None])
    told = {roster_name(database, one) for one in preview.absent}
    assert told == {"李敏", "张静", "赵雪", "陈洁"}
    assert preview.counts.absent == 4


def roster_name(database: Database, member_id: int) -> str:
    return next(n for n, p in people(database).items() if p["id"] == member_id)


def test_filling_blanks_only_leaves_what_is_there(database: Database) -> None:
    preview = against(database, ["王芳", WANG, None, "13900002222", None, None]).with_policy(
        "blanks_only"
    )
    assert [r.status for r in preview.rows] == ["unchanged"]


def test_equal_rows_are_merged_and_said() -> None:
    preview = preview_rows([HEAD, ["王芳", WANG, None, None, None, None],
                            ["王芳", WANG, None, "13800001111", None, None]])  # fmt: skip
    assert names(preview) == ["王芳"]
    assert preview.rows[0].values["mobile"] == "13800001111"
    assert (preview.rows[1].status, preview.rows[1].why) == ("skipped", "duplicate")
    assert codes(preview) == ["same_person_twice"]


def test_one_person_told_differently_is_to_be_decided() -> None:
    preview = preview_rows([HEAD, ["王芳", WANG, None, None, "办公室", None],
                            ["王芳", WANG, None, None, "人事科", None]])  # fmt: skip
    assert names(preview) == ["王芳"]
    assert names(preview, "problem") == ["王芳"]
    assert codes(preview) == ["same_person_conflict"]
    later = preview.with_decision(0, Decision("set_aside"))
    assert [r.unit for r in later.rows if r.status == "new"] == [("人事科",)]


def test_one_number_for_two_names_belongs_to_neither() -> None:
    preview = preview_rows([HEAD, ["王芳", WANG, None, None, None, None],
                            ["李敏", WANG, None, None, None, None]])  # fmt: skip
    assert names(preview) == ["王芳", "李敏"]
    assert all("id_number" not in r.values for r in preview.rows)
    assert codes(preview) == ["id_duplicate_in_file"] * 2


def test_likely_the_same_person_is_to_be_decided() -> None:
    preview = preview_rows([HEAD, ["王芳", None, "1985-06-12", None, "办公室", "主任"],
                            ["王芳", None, "1985-06-12", None, "人事科", "科员"]])  # fmt: skip
    assert [r.status for r in preview.rows] == ["new", "problem"]
    assert codes(preview) == ["same_person_likely"]


def test_namesakes_come_in_as_two_people() -> None:
    preview = preview_rows([HEAD, ["王芳", None, None, None, "办公室", None],
                            ["王芳", None, None, None, "办公室", None]])  # fmt: skip
    assert names(preview) == ["王芳", "王芳"]
    assert codes(preview) == ["same_name_ask"]
    distinct = preview_rows([HEAD, ["王芳", WANG, None, None, None, None],
                             ["王芳", LI, None, None, None, None]])  # fmt: skip
    assert names(distinct) == ["王芳", "王芳"]
    assert codes(distinct) == []


def test_a_correction_checks_and_matches_the_row_again(database: Database) -> None:
    preview = against(database, ["王芳", WANG[:17], None, None, "办公室", "科员"])
    (row,) = preview.rows
    assert row.status == "problem"  # the same name in the same unit, nothing else to go by
    right = preview.with_decision(row.key, Decision(corrections={"id_number": WANG}))
    assert right.rows[0].status == "update"
    assert "id_length" not in codes(right)
    assert preview.with_decision(row.key, None).rows == preview.rows


def test_the_same_people_on_several_sheets_are_counted_once() -> None:
    whole = sheet([HEAD[:2], ["王芳", WANG], ["李敏", LI]], "总表")
    part = sheet([HEAD[:2], ["王芳", WANG]], "办公室")
    preview = preview_of(whole, part)
    assert names(preview) == ["王芳", "李敏"]
    assert preview.rows[0].unit == ("办公室",)


def test_two_rows_for_one_member_are_not_both_taken(database: Database) -> None:
    preview = against(
        database,
        ["王芳", WANG, None, None, None, None],
        ["王芳", None, None, "13800001111", None, "科长"],
    )
    assert [r.status for r in preview.rows] == ["unchanged", "problem"]


def test_somebody_set_aside_is_not_missing(database: Database) -> None:
    preview = against(database, ["王芳", WANG, None, None, None, None])
    aside = preview.with_decision(0, Decision("set_aside"))
    assert people(database)["王芳"]["id"] not in aside.absent


def test_the_order_of_rows_stays_that_of_the_file(tmp_path: Path) -> None:
    preview = preview_rows([HEAD[:1], ["王芳"], ["李敏"], ["张静"]])
    assert [r.row for r in preview.rows] == [2, 3, 4]


def test_one_name_on_the_sheets_of_several_months_is_one_person() -> None:
    months = [
        sheet([["姓名", "出勤"], ["王芳", n], ["李敏", n]], f"{n}月") for n in ("1", "2", "3")
    ]
    preview = preview_of(*months)
    assert names(preview) == ["王芳", "李敏"]
    assert len(preview.rows) == 6


def test_one_name_on_the_sheets_of_two_units_is_two_people() -> None:
    preview = preview_of(
        sheet([["姓名", "职务"], ["王芳", "科员"]], "办公室"),
        sheet([["姓名", "职务"], ["王芳", "科员"]], "财务科"),
    )
    assert names(preview) == ["王芳", "王芳"]
    assert codes(preview) == ["same_name_ask"]


def test_what_the_file_has_no_column_for_can_be_typed() -> None:
    preview = preview_rows([["姓名", "职务"], ["王芳", "科员"]])
    typed = Decision(corrections={"id_number": WANG, "unit_id": "人事科", "post": "科长"})
    (row,) = preview.with_decision(0, typed).rows
    assert (row.values["id_number"], row.unit, row.values["post"]) == (WANG, ("人事科",), "科长")
    assert row.cells == ["王芳", "科员"]
