"""Writing an import down, taking it back, and bringing it in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from db import changes
from db.errors import Cancelled, InvalidInputError, UnreadableFileError
from db.session import Database
from db.tables import Member
from desktop.exchange import writing
from desktop.exchange.importing import ImportOptions, mapping_from_text, rehearse, to_json
from desktop.exchange.layouts import remembered
from desktop.exchange.problems_workbook import send_back
from tests.exchange import rosters
from tests.exchange.incoming import (
    LI,
    NOBODY,
    TODAY,
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
    save_xlsx,
    sheet,
)

HEAD = ["姓名", "身份证号", "手机", "科室", "饭卡号"]
ROWS = [
    HEAD,
    ["王芳", WANG, "13800001111", "办公室", "K1"],
    ["李敏", LI, "13800001112", "财务科", "K2"],
]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "banbiantian.db") as opened:
        yield opened


def test_an_import_is_one_change_set_with_its_sentence(database: Database) -> None:
    done = bring_in(database, book(sheet(ROWS), name="4月花名册.xlsx"))
    assert (done.new, done.updated, done.unchanged) == (2, 0, 0)
    with database.read() as session:
        (first,) = changes.log(session, last=1)
    assert first.id == done.changeset
    assert first.what == "导入《4月花名册.xlsx》：新增 2 人"
    came = people(database)
    assert came["王芳"]["id_number"] == WANG
    assert came["王芳"]["extra"] == {"饭卡号": "K1"}
    assert came["王芳"]["sort_key"].startswith("wang")
    with database.read() as session:
        index = roster_of(database).units
        assert index.names[came["王芳"]["unit_id"]] == "办公室"


def test_importing_the_same_file_again_changes_nothing(database: Database) -> None:
    bring_in(database, book(sheet(ROWS)))
    again = bring_in(database, book(sheet(ROWS)))
    assert (again.new, again.updated, again.unchanged, again.changeset) == (0, 0, 2, None)


@pytest.mark.parametrize("seed", range(12))
def test_untidy_rosters_come_in_a_second_time_without_a_change(
    database: Database, tmp_path: Path, seed: int
) -> None:
    draft = rosters.clean_draft(seed)
    for name in rosters.random_symptoms(draft.random, 8):
        rosters.SYMPTOMS[name](draft)
    rosters.write_xlsx(draft, tmp_path / "a.xlsx")
    bring_in(database, tmp_path / "a.xlsx")
    again = rehearse([tmp_path / "a.xlsx"], roster_of(database), today=TODAY)
    assert (again.counts.new, again.counts.updated) == (0, 0)
    assert again.counts.absent == 0


def test_an_import_can_be_taken_back_whole(database: Database) -> None:
    done = bring_in(database, book(sheet(ROWS)))
    with database.write("文员", "撤销") as session:
        changes.undo(session, done.changeset)
    assert people(database) == {}
    assert roster_of(database).units.names == {}


def test_only_changed_fields_are_written(database: Database) -> None:
    bring_in(database, book(sheet(ROWS)))
    before = people(database)
    done = bring_in(database, book(sheet([HEAD, ["王芳", WANG, "13900002222", None, None]])))
    after = people(database)
    assert done.updated == 1
    assert after["王芳"]["mobile"] == "13900002222"
    assert "13900002222" in after["王芳"]["search_text"]
    assert after["王芳"]["unit_id"] == before["王芳"]["unit_id"]
    assert after["王芳"]["version"] == before["王芳"]["version"] + 1
    assert after["李敏"] == before["李敏"]


def test_somebody_edited_since_the_rehearsal_is_kept_and_told(database: Database) -> None:
    bring_in(database, book(sheet(ROWS)))
    fresh = [
        HEAD,
        ["王芳", WANG, "13900002222", None, None],
        ["李敏", LI, "13900003333", None, None],
    ]
    preview = rehearse([book(sheet(fresh))], roster_of(database), today=TODAY)
    with database.write("文员", "修改") as session:
        session.execute(update(Member).where(Member.name == "王芳").values(post="科长"))
    with database.write("文员", "导入") as session:
        done = writing.write(session, preview)
    assert [k.row.name for k in done.kept] == ["王芳"]
    assert people(database)["王芳"]["mobile"] == "13800001111"
    assert people(database)["李敏"]["mobile"] == "13900003333"


def test_a_person_who_came_in_meanwhile_is_not_put_in_twice(database: Database) -> None:
    preview = rehearse([book(sheet(ROWS))], roster_of(database), today=TODAY)
    bring_in(database, book(sheet(ROWS[:2])))
    with database.write("文员", "导入") as session:
        done = writing.write(session, preview)
    assert [k.row.name for k in done.kept] == ["王芳"]
    assert done.new == 1


def test_cancelling_leaves_nothing_behind(database: Database) -> None:
    preview = rehearse([book(sheet(ROWS))], roster_of(database), today=TODAY)

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled), database.write("文员", "导入") as session:
        writing.write(session, preview, step=stop)
    assert people(database) == {}


def test_progress_ends_at_everybody(database: Database) -> None:
    told: list[tuple[int, int]] = []
    preview = rehearse([book(sheet(ROWS))], roster_of(database), today=TODAY)
    with database.write("文员", "导入") as session:
        writing.write(session, preview, step=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 2)
    assert told[-1] == (2, 2)


def test_new_units_of_two_levels_are_made_in_the_same_change_set(database: Database) -> None:
    rows = [["姓名", "单位", "部门"], ["王芳", "监测站", "办公室"], ["李敏", "执法支队", "办公室"]]
    bring_in(database, book(sheet(rows)))
    paths = set(roster_of(database).units.paths.values())
    assert paths == {"监测站", "监测站/办公室", "执法支队", "执法支队/办公室"}
    with database.read() as session:
        assert len(changes.log(session, last=5)) == 1


def test_a_field_once_unresolved_is_settled_by_a_better_file(database: Database) -> None:
    bring_in(database, book(sheet([HEAD, ["王芳", WANG[:17], "13800001111", None, None]])))
    assert people(database)["王芳"]["unresolved"]
    bring_in(database, book(sheet([HEAD, ["王芳", WANG, "13800001111", None, None]])))
    assert people(database)["王芳"]["unresolved"] is None
    assert people(database)["王芳"]["id_number"] == WANG


def test_a_told_mapping_is_remembered_for_the_next_file(database: Database) -> None:
    rows = [["编码", "姓名", "号码", "身份证号"], ["a", "王芳", "13800001111", WANG]]
    bring_in(database, book(sheet(rows)), mapping={"C": "mobile"})
    with database.read() as session:
        known = remembered(session)
    preview = rehearse([book(sheet(rows))], roster_of(database), today=TODAY, remembered=known)
    assert preview.places[0].table.columns[2].field == "mobile"


def test_several_files_make_one_preview(database: Database) -> None:
    done = bring_in(
        database,
        book(sheet(ROWS[:2]), name="办公室.xlsx"),
        book(sheet([HEAD, ROWS[2]]), name="财务科.xlsx"),
    )
    assert done.new == 2
    with database.read() as session:
        (first,) = changes.log(session, last=1)
    assert first.what == "导入《办公室.xlsx》等 2 份表格：新增 2 人"


def test_only_the_wanted_sheet_is_read() -> None:
    preview = preview_of(sheet(ROWS, "甲"), sheet([HEAD, ["张静", ZHANG]], "乙"), sheet="乙")
    assert names(preview) == ["张静"]
    with pytest.raises(InvalidInputError) as told:
        preview_of(sheet(ROWS, "甲"), sheet="丙")
    assert "“甲”" in str(told.value)


def test_a_mapping_is_read_from_words() -> None:
    assert mapping_from_text("A=name,c=id_number,D=unit,E=phone") == {
        "A": "name", "C": "id_number", "D": "unit_id", "E": "mobile",
    }  # fmt: skip
    for wrong in ("A=nonsense", "1=name", "name"):
        with pytest.raises(InvalidInputError):
            mapping_from_text(wrong)


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(UnreadableFileError):
        rehearse([broken], NOBODY, today=TODAY)


def test_json_asks_for_a_mapping_where_there_is_no_header() -> None:
    told = to_json(preview_rows([["王芳", "女", WANG], ["李敏", "女", LI]]))
    (asked,) = told["needs_mapping"]
    assert asked["map"] == "A=name,B=sex,C=id_number"
    assert asked["columns"][0]["samples"] == ["王芳", "李敏"]
    assert told["new"] == 0


BAD = [
    ["女职工名单"], HEAD,
    ["王芳", WANG, "13800001111", "办公室", "K1"],
    ["李敏", LI[:17], "13800001112", "财务科", "K2"],
    [None, ZHANG, "13800001113", "财务科", "K3"],
]  # fmt: skip


@pytest.mark.parametrize("is_xlsx", [True, False])
def test_bad_rows_come_back_coloured_and_only_they_are_read_again(
    database: Database, tmp_path: Path, is_xlsx: bool
) -> None:
    import csv

    import openpyxl

    if is_xlsx:
        source = save_xlsx(tmp_path / "名册.xlsx", BAD)
    else:
        source = tmp_path / "名册.csv"
        with source.open("w", encoding="gb18030", newline="") as stream:
            csv.writer(stream).writerows(BAD)
    preview = rehearse([source], NOBODY, today=TODAY)
    bring_in(database, source)
    target = tmp_path / "待改.xlsx"
    sent = send_back(preview, target)
    assert (sent.files, sent.rows) == ((target,), 2)
    made = openpyxl.load_workbook(target)
    page = made.worksheets[1]
    assert "少 1 位" in page["B4"].comment.text
    assert page["B4"].fill.fgColor.rgb == "FFF4C7C3"
    assert page["B3"].comment is None
    assert [page.row_dimensions[n].hidden for n in (1, 2, 3, 4, 5)] == [
        False, False, True, False, False,
    ]  # fmt: skip
    page["B4"], page["A5"] = LI, "张静"
    page["C3"] = "13999999999"
    made.save(target)
    again = rehearse([target], roster_of(database), today=TODAY)
    assert {r.name: r.status for r in again.rows} == {
        "王芳": "skipped", "李敏": "update", "张静": "new",
    }  # fmt: skip
    assert codes(again) == []
    assert again.absent == ()
    bring_in(database, target)
    came = people(database)
    assert came["李敏"]["id_number"] == LI
    assert came["李敏"]["unresolved"] is None
    assert came["王芳"]["mobile"] == "13800001111"


def test_a_row_that_contradicts_another_comes_back_with_it_and_is_still_to_be_decided(
    database: Database, tmp_path: Path
) -> None:
    source = save_xlsx(
        tmp_path / "名册.xlsx",
        [
            ["姓名", "身份证号", "职务"],
            ["张静", None, "会计"],
            ["李敏", LI, "科员"],
            ["李敏", LI, "主任"],
        ],
    )
    bring_in(database, source)
    target = tmp_path / "待改.xlsx"
    assert send_back(rehearse([source], NOBODY, today=TODAY), target).rows == 1
    again = rehearse([target], roster_of(database), today=TODAY)
    assert [(r.name, r.status) for r in again.rows] == [
        ("张静", "skipped"), ("李敏", "unchanged"), ("李敏", "problem"),
    ]  # fmt: skip


def test_nothing_is_sent_back_when_all_is_well(tmp_path: Path) -> None:
    sent = send_back(preview_rows(ROWS), tmp_path / "待改.xlsx")
    assert sent.files == ()
    assert not (tmp_path / "待改.xlsx").exists()


def test_options_are_what_was_asked_for() -> None:
    preview = preview_rows(ROWS, everyone=True)
    assert preview.options == ImportOptions(everyone=True)
