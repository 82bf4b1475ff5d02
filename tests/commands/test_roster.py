"""``list``, ``export`` and ``template``."""

from __future__ import annotations

import json

import pytest

from tests.commands.desk import LI, WANG, Desk, refused, roster


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("王芳", ["王芳"]),
        ("芳", ["王芳"]),
        ("欧阳", ["欧阳倩"]),
        ("wangfang", ["王芳"]),
        ("wf", ["王芳"]),
        ("ouyang", ["欧阳倩"]),
        ("oyq", ["欧阳倩"]),
        ("LM", ["李敏"]),
        ("监测", ["李敏", "欧阳倩"]),
        ("1002", ["李敏"]),
        (WANG[-4:], ["王芳"]),
        ("没有这个人", []),
    ],
)
def test_people_are_found_by_every_way_a_clerk_looks_for_them(filled: Desk, typed, names) -> None:
    assert list(filled.people("--find", typed)) == names


def test_a_unit_narrows_the_list_and_an_unknown_one_is_refused(filled: Desk) -> None:
    assert sorted(filled.people("--unit", "监测站")) == ["李敏", "欧阳倩"]
    assert list(filled.people("--unit", "监测站", "--find", "lm")) == ["李敏"]
    refused(filled("list", "members", "--unit", "没有", "--json"), "没有叫“没有”的单位")


def test_numbers_are_masked_unless_they_are_asked_for_in_full(filled: Desk) -> None:
    for words in (["list", "members"], ["list", "members", "--json"]):
        masked, full = filled.done(*words), filled.done(*words, "--full")
        for number in (WANG, LI, "13800001001"):
            assert number not in masked.out
            assert number in full.out
    wang = next(one for one in filled.done("list", "members", "--json").json if one["id"] == 1)
    assert wang["id_number"] == f"{WANG[:4]}****{WANG[-4:]}"
    assert wang["phone"] == "138****1001"


def test_every_person_has_the_usual_fields_and_those_that_are_filled(filled: Desk) -> None:
    people = filled.people()
    for one in people.values():
        usual = {"id", "name", "sex", "id_number", "birth_date", "phone", "unit", "status"}
        assert set(one) >= usual
    assert people["王芳"]["birth_date"] == "1985-06-12"
    assert people["王芳"]["sex"] == "女"
    assert people["王芳"]["unit"] == "办公室"
    assert people["王芳"]["status"] == "active"
    assert people["欧阳倩"]["birth_date"] == "1991-11"
    assert people["欧阳倩"]["id_number"] == ""
    assert "education_code" not in people["王芳"]


def test_a_list_for_a_person_counts_and_says_when_there_is_nobody(filled: Desk) -> None:
    assert filled.done("list", "members").out.splitlines()[-1] == "共 3 人"
    assert filled.done("list", "members", "--find", "zz").out == "没有找到。\n"
    assert filled.done("list", "members", "--find", "zz", "--json").json == []


def test_the_exported_roster_comes_back_without_a_change(year: Desk, tmp_path) -> None:
    before = year.people()
    told = year.done("export", "members", tmp_path / "名册.xlsx", "--full", "--json").json
    assert told["rows"] == 200
    back = year.done("import", "members", tmp_path / "名册.xlsx", "--json").json
    assert (back["new"], back["updated"], back["unchanged"]) == (0, 0, 200)
    assert back["changeset"] is None
    assert year.people() == before


def test_an_exported_roster_goes_whole_into_an_empty_folder(filled: Desk, tmp_path) -> None:
    filled.done("export", "members", tmp_path / "名册.xlsx", "--full")
    other = Desk(tmp_path / "other", filled.capsys)
    other.done("import", "members", tmp_path / "名册.xlsx")

    def told(desk: Desk) -> dict[str, dict[str, object]]:
        return {name: one | {"id": 0} for name, one in desk.people().items()}

    assert told(other) == told(filled)


def test_an_export_without_full_numbers_shows_none(filled: Desk, tmp_path) -> None:
    from openpyxl import load_workbook

    told = filled.done("export", "members", tmp_path / "a.xlsx")
    assert "号码已遮挡" in told.out
    cells = str([[c.value for c in row] for row in load_workbook(tmp_path / "a.xlsx").active.rows])
    assert "王芳" in cells
    assert WANG not in cells
    assert "13800001001" not in cells


def test_an_export_holds_those_who_were_looked_for(filled: Desk, tmp_path) -> None:
    told = filled.done("export", "members", tmp_path / "a.xlsx", "--unit", "监测站", "--json").json
    assert told["rows"] == 2


def test_an_export_takes_the_place_of_an_older_file(filled: Desk, tmp_path) -> None:
    out = tmp_path / "a.xlsx"
    out.write_bytes(b"old")
    filled.done("export", "members", out)
    assert out.read_bytes().startswith(b"PK")
    assert {path.name for path in tmp_path.iterdir()} == {"data", "名册.xlsx", "a.xlsx"}


def test_the_template_is_filled_in_and_imported(filled: Desk, tmp_path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "填报表.xlsx"
    assert filled.done("template", "members", out, "--json").json == {"file": str(out)}
    book = load_workbook(out)
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if "姓名" in str([c.value for c in row]))
    column = next(c.column for c in heads if "姓名" in str(c.value))
    sheet.cell(heads[0].row + 1, column, "赵敏")
    book.save(out)
    assert filled.done("import", "members", out, "--json").json["new"] == 1
    assert "赵敏" in filled.people()


def test_an_empty_template_brings_nobody_in(filled: Desk, tmp_path) -> None:
    filled.done("template", "members", tmp_path / "t.xlsx")
    told = filled("import", "members", tmp_path / "t.xlsx", "--json")
    assert told.code == 1
    assert told.json["new"] == 0
    assert told.err == "没有可以导入的人。名册没有任何改动。请确认选对了文件和工作表。\n"


@pytest.mark.parametrize("words", [["export", "members"], ["template", "members"]])
def test_nothing_is_written_over_the_data_or_under_a_name_of_another_kind(
    filled: Desk, tmp_path, words
) -> None:
    data = filled.folder / "banbiantian.db"
    before = data.read_bytes()
    refused(filled(*words, data, "--json"), "毁掉")
    refused(filled(*words, tmp_path / "a.docx", "--json"), ".xlsx")
    assert data.read_bytes() == before
    assert not (tmp_path / "a.docx").exists()


def test_a_list_keeps_its_order_by_pinyin(desk: Desk, tmp_path) -> None:
    people = [(name, "女", "", "", "", "", "") for name in ("张敏", "曾静", "王芳", "安琪")]
    desk.done("import", "members", roster(tmp_path / "a.xlsx", *people))
    listed = json.loads(desk.done("list", "members", "--json").out)
    assert [one["name"] for one in listed] == ["安琪", "王芳", "曾静", "张敏"]
