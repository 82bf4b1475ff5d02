"""``import members``: what it says as JSON and in words, and what it leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.desk import HEAD, OUYANG, ROWS, WANG, Desk, refused, roster, workbook
from tests.exchange.workbooks import encrypted

TOTALS = ("new", "updated", "unchanged", "left_out_men", "absent")
PROBLEM = {"file", "sheet", "row", "column", "field", "value", "code", "level", "message"}


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".lock", ".log")
    }


def test_an_import_tells_what_it_understood_and_what_it_did(desk: Desk, tmp_path) -> None:
    told = desk.done("import", "members", roster(tmp_path / "名册.xlsx"), "--json").json
    (file,) = told["files"]
    assert (file["file"], file["format"]) == ("名册.xlsx", "xlsx")
    (sheet,) = file["sheets"]
    assert sheet["sheet"] == "花名册"
    assert sheet["header_rows"] == [1]
    assert sheet["unit_from"] == "column"
    assert {"column": "C", "header": "身份证号码", "field": "id_number"} in sheet["columns"]
    assert [c["field"] for c in sheet["columns"]] == [
        "name", "sex", "id_number", "birth_date", "unit", "phone",
    ]  # fmt: skip
    assert sheet["unmapped"] == [{"column": "G", "header": "饭卡号"}]
    assert (sheet["rows"], sheet["skipped"]) == (4, [])
    assert [told[key] for key in TOTALS] == [3, 0, 0, 1, 0]
    assert told["changeset"] == desk.log()[0]["id"]
    assert all(set(problem) == PROBLEM for problem in told["problems"])


def test_title_rows_and_total_rows_are_told_by_the_numbers_of_the_spreadsheet(
    desk: Desk, tmp_path
) -> None:
    rows = [("云泽市生态环境局女职工花名册",), ("填报单位：办公室",), HEAD, *ROWS[:2], ("合计", 2)]
    told = desk.done("import", "members", workbook(tmp_path / "a.xlsx", rows), "--json").json
    (sheet,) = told["files"][0]["sheets"]
    assert sheet["header_rows"] == [3]
    assert {"row": 6, "why": "total"} in sheet["skipped"]
    assert told["new"] == 2


def test_a_bad_cell_is_told_with_its_place_and_the_person_comes_in_to_be_checked(
    desk: Desk, tmp_path
) -> None:
    short = WANG[:-1]
    file = roster(tmp_path / "a.xlsx", ("王芳", "女", short, "1985.06.12", "", "", ""))
    told = desk.done("import", "members", file, "--json").json
    (problem,) = (one for one in told["problems"] if one["code"] == "id_length")
    assert problem == {
        "file": "a.xlsx",
        "sheet": "花名册",
        "row": 2,
        "column": "C",
        "field": "id_number",
        "value": short,
        "code": "id_length",
        "level": "error",
        "message": "身份证号少 1 位：应为 18 位，现在 17 位",
    }
    wang = desk.people()["王芳"]
    assert wang["id_number"] == ""
    assert [one["code"] for one in wang["to_check"]] == ["id_length"]


def test_digits_lost_to_a_numeric_cell_are_never_taken_for_a_number(desk: Desk, tmp_path) -> None:
    file = roster(tmp_path / "a.xlsx", ("王芳", "女", float(WANG), "1985.06.12", "", "", ""))
    told = desk.done("import", "members", file, "--json").json
    assert "id_digits_lost" in [one["code"] for one in told["problems"]]
    assert desk.people()["王芳"]["id_number"] == ""


def test_a_rehearsal_changes_no_byte_of_the_data(filled: Desk, tmp_path) -> None:
    more = roster(tmp_path / "b.xlsx", *ROWS, ("赵敏", "女", "", "", "办公室", "", ""))
    filled.done("log")
    before, log = bytes_below(filled.folder), filled.log()
    told = filled.done("import", "members", more, "--dry-run", "--json").json
    assert [told[key] for key in TOTALS] == [1, 0, 3, 1, 0]
    assert told["changeset"] is None
    assert bytes_below(filled.folder) == before
    assert filled.log() == log


def test_the_same_file_again_changes_nobody_and_makes_no_step(filled: Desk, tmp_path) -> None:
    told = filled.done("import", "members", tmp_path / "名册.xlsx", "--json").json
    assert [told[key] for key in TOTALS] == [0, 0, 3, 1, 0]
    assert told["changeset"] is None
    assert len(filled.log()) == 1


def test_a_later_file_updates_the_people_it_names_and_counts_those_it_does_not(
    filled: Desk, tmp_path
) -> None:
    changed = roster(tmp_path / "b.xlsx", (*ROWS[0][:5], "13900001001", "007"))
    told = filled.done("import", "members", changed, "--json").json
    assert [told[key] for key in TOTALS] == [0, 1, 0, 0, 2]
    assert filled.people()["王芳"]["phone"] == "13900001001"
    assert len(filled.people()) == 3


def test_men_stay_out_unless_everyone_is_asked_for(desk: Desk, tmp_path) -> None:
    file = roster(tmp_path / "a.xlsx")
    words = desk.done("import", "members", file)
    assert "男职工 1 人没有导入" in words.out
    assert "周建国" not in desk.people()
    told = desk.done("import", "members", file, "--everyone", "--json").json
    assert [told[key] for key in TOTALS] == [1, 0, 3, 0, 0]
    assert desk.people()["周建国"]["sex"] == "男"


def test_several_files_are_one_step(desk: Desk, tmp_path) -> None:
    first = roster(tmp_path / "a.xlsx", ROWS[0])
    second = roster(tmp_path / "b.xlsx", ROWS[1])
    told = desk.done("import", "members", first, second, "--json").json
    assert [file["file"] for file in told["files"]] == ["a.xlsx", "b.xlsx"]
    assert told["new"] == 2
    assert len(desk.log()) == 1


def test_one_unreadable_file_among_several_keeps_all_out(desk: Desk, tmp_path) -> None:
    good = roster(tmp_path / "a.xlsx")
    refused(desk("import", "members", good, tmp_path / "missing.xlsx", "--json"), "missing.xlsx")
    assert desk.log() == []


def test_only_the_named_sheet_is_read(desk: Desk, tmp_path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, person in (("甲", ROWS[0]), ("乙", ROWS[1])):
        page = book.create_sheet(name)
        page.append(HEAD)
        page.append(person)
    book.save(tmp_path / "a.xlsx")
    desk.done("import", "members", tmp_path / "a.xlsx", "--sheet", "乙")
    assert list(desk.people()) == ["李敏"]


def test_an_unknown_sheet_is_refused_with_the_names_there_are(desk: Desk, tmp_path) -> None:
    told = desk("import", "members", roster(tmp_path / "a.xlsx"), "--sheet", "丙", "--json")
    refused(told, "丙", "花名册")
    assert desk.log() == []


def test_hidden_rows_are_read_and_told_or_left_out(desk: Desk, tmp_path) -> None:
    import openpyxl

    file = roster(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(file)
    book.active.row_dimensions[3].hidden = True
    book.save(file)
    with_hidden = desk.done("import", "members", file, "--dry-run", "--json").json
    without = desk.done("import", "members", file, "--without-hidden", "--json").json
    assert with_hidden["new"] == 3
    assert "row_hidden" in [one["code"] for one in with_hidden["problems"]]
    assert without["new"] == 2
    assert {"row": 3, "why": "hidden"} in without["files"][0]["sheets"][0]["skipped"]
    assert "李敏" not in desk.people()


def test_a_sheet_without_a_header_is_not_guessed_but_proposed(desk: Desk, tmp_path) -> None:
    rows = [
        (n, i, u) for n, _, i, _, u, _, _ in (*ROWS[:2], ("赵敏", "女", OUYANG, "", "", "", ""))
    ]
    file = workbook(tmp_path / "a.xlsx", rows)
    told = desk("import", "members", file, "--json")
    assert told.code == 1
    (needed,) = told.json["needs_mapping"]
    assert (needed["file"], needed["sheet"]) == ("a.xlsx", "花名册")
    assert [one["column"] for one in needed["columns"]] == ["A", "B", "C"]
    assert told.json["new"] == 0
    assert needed["map"] in told.err
    assert desk.log() == []
    confirmed = desk.done("import", "members", file, "--map", needed["map"], "--json").json
    assert confirmed["new"] == 3
    assert desk.people()["王芳"]["id_number"] == WANG


@pytest.mark.parametrize("mapping", ["A=nonsense", "1=name", "A", "=name", "AAAAA=name"])
def test_a_mapping_that_cannot_be_understood_is_refused(desk: Desk, tmp_path, mapping) -> None:
    told = desk("import", "members", roster(tmp_path / "a.xlsx"), "--map", mapping, "--json")
    refused(told, mapping, "A=name")
    assert desk.log() == []


def test_rows_to_be_corrected_come_back_as_a_workbook(desk: Desk, tmp_path) -> None:
    bad = ("李敏", "女", WANG[:-1], "", "监测站", "", "")
    file, out = roster(tmp_path / "a.xlsx", ROWS[0], bad), tmp_path / "问题.xlsx"
    told = desk.done("import", "members", file, "--problems", out, "--json").json
    assert told["problems_files"] == [str(out)]
    assert told["new"] == 2
    from openpyxl import load_workbook

    texts = [str(c.value) for s in load_workbook(out) for row in s.iter_rows() for c in row]
    assert "李敏" in texts


def test_without_a_problem_no_workbook_of_problems_is_made(desk: Desk, tmp_path) -> None:
    file, out = roster(tmp_path / "a.xlsx", ROWS[0]), tmp_path / "问题.xlsx"
    assert (
        desk.done("import", "members", file, "--problems", out, "--json").json["problems_files"]
        == []
    )
    assert not out.exists()


def test_a_place_for_the_problems_that_cannot_be_written_stops_the_import_before_it_writes(
    desk: Desk, tmp_path
) -> None:
    file = roster(tmp_path / "a.xlsx", ("李敏", "女", WANG[:-1], "", "监测站", "", ""))
    for out in (tmp_path / "nowhere" / "p.xlsx", tmp_path, file):
        refused(desk("import", "members", file, "--problems", out, "--json"))
    assert desk.log() == []
    assert desk.done("import", "members", file, "--json").json["new"] == 1


def test_a_protected_workbook_opens_with_its_password_only(desk: Desk, tmp_path) -> None:
    file = encrypted(roster(tmp_path / "plain.xlsx"), tmp_path / "密.xlsx", "芳 2026")
    refused(desk("import", "members", file, "--json"), "有打开密码")
    wrong = desk("import", "members", file, "--file-password", "x", "--json")
    refused(wrong, "打不开")
    assert desk.log() == []
    told = desk.done("import", "members", file, "--file-password", "芳 2026", "--json").json
    assert told["new"] == 3


def test_extra_columns_stay_with_the_person(filled: Desk) -> None:
    assert filled.people()["王芳"]["extra"] == {"饭卡号": "007"}


def test_the_words_for_a_person_count_what_happened(desk: Desk, tmp_path) -> None:
    told = desk.done("import", "members", roster(tmp_path / "a.xlsx"))
    assert "已新增 3 人，更新 0 人，未变化 0 人。" in told.out
    dry = desk.done("import", "members", tmp_path / "a.xlsx", "--dry-run")
    assert "将会新增 0 人，更新 0 人，未变化 3 人。" in dry.out
    assert "花名册 E2：单位表里还没有“办公室”" in told.err
