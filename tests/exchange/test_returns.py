"""Forms out to the units, and all that come back taken in at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from db.errors import Cancelled, InvalidInputError
from db.session import Database
from desktop.exchange import reminder_list, returns_out
from desktop.exchange.reading import read_workbook
from desktop.exchange.returns import LEFT_OUT, Taking, UnitChanges
from desktop.exchange.returns_key import form_key
from desktop.exchange.template import template_key
from desktop.registers import MEMBERS
from desktop.services import access, history, rounds, units
from tests.exchange.incoming import save_xlsx
from tests.exchange.returned_forms import (
    SENT,
    TODAY,
    WANG,
    Bureau,
    change,
    fill,
    rewritten,
    saved,
    strike_out,
)
from tests.people import id_number

MOMENT = datetime(2026, 4, 14, 8, 30, tzinfo=UTC)
NEW = {"name": "孙丽", "id_number": id_number(date(1993, 5, 6)), "mobile": "13800001009"}


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    folder = tmp_path / "收表"
    folder.mkdir()
    with Database.open(tmp_path / "a.db", clock=lambda: MOMENT) as database:
        yield Bureau(database, folder)


def unit(taking: Taking, name: str) -> UnitChanges:
    return next(one for one in taking.units if one.unit == name)


def states(taking: Taking) -> dict[str, str]:
    return {one.unit: one.state for one in taking.units}


def people_in(path: Path) -> list[str]:
    sheet = next(s for s in read_workbook(path).sheets if s.name == MEMBERS.title)
    return [str(row[0]) for row in sheet.rows[1:]]


def test_every_unit_gets_a_form_of_its_own_with_a_hidden_key(bureau: Bureau) -> None:
    forms = bureau.send()
    assert sorted(forms) == ["东湖分局", "办公室", "监测中心"]
    keys = {name: form_key(path) for name, path in forms.items()}
    assert {name: key and key.unit_id for name, key in keys.items()} == bureau.units
    assert {key and (key.token, key.sent_on) for key in keys.values()} == {("a1b2", "2026-04-01")}
    assert all(template_key(path) is not None for path in forms.values())


def test_a_unit_that_only_holds_others_gets_no_form(bureau: Bureau) -> None:
    with bureau.database.write("文员", "新增") as session:
        units.move(session, bureau.units["东湖分局"], to=units.add(session, "分局"))
    assert "分局" not in bureau.send()


def test_only_the_units_asked_for_get_a_form(bureau: Bureau) -> None:
    assert list(bureau.send(unit_ids=[bureau.units["监测中心"]])) == ["监测中心"]


def test_forms_already_in_the_folder_are_not_written_over(bureau: Bureau) -> None:
    first = bureau.send()["办公室"]
    before = first.read_bytes()
    second = bureau.send(token="c3d4")["办公室"]
    assert second.name == "办公室-四月名册（2）.xlsx"
    assert first.read_bytes() == before


def test_a_sending_that_is_stopped_leaves_no_forms_behind(bureau: Bureau) -> None:
    with bureau.database.read() as session:
        plan = returns_out.plan(session, title="四月名册", today=SENT, token="a1")

    def step(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        returns_out.write_forms(plan, bureau.folder, today=SENT, step=step)
    assert list(bureau.folder.iterdir()) == []


def test_without_units_there_is_nothing_to_send(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path / "b.db") as database,
        database.read() as session,
        pytest.raises(InvalidInputError, match="还没有可以发表的单位"),
    ):
        returns_out.plan(session, title="四月名册", today=SENT, token="a1")


def test_a_filled_form_holds_the_people_of_its_unit_with_masked_numbers(bureau: Bureau) -> None:
    path = bureau.send("masked")["办公室"]
    assert people_in(path) == ["李敏", "王芳"]
    text = str(read_workbook(path).sheets[0].rows)
    assert WANG not in text
    assert f"{WANG[:4]}****{WANG[-4:]}" in text


def test_full_numbers_go_out_only_when_chosen_and_that_is_noted(bureau: Bureau) -> None:
    path = bureau.send("full")["办公室"]
    assert WANG in str(read_workbook(path).sheets[0].rows)
    with bureau.database.read() as session:
        said = history.last_action(session)
        looks = access.log(session)
    assert said is not None
    assert said.undo == "发出收表“四月名册”：3 个单位，已填现有人员和完整号码"
    assert [(one.what, one.count) for one in looks] == [("export_full", 3)]


@pytest.mark.parametrize("filling", ["masked", "full"])
def test_a_filled_form_that_comes_back_untouched_changes_nothing(
    bureau: Bureau, filling: rounds.Filling
) -> None:
    forms = bureau.send(filling)
    taking = bureau.take(*forms.values())
    counts = taking.preview.counts
    assert (counts.new, counts.updated, counts.problem, counts.unchanged) == (0, 0, 0, 3)
    assert taking.preview.problems == ()
    assert taking.preview.absent == ()


def test_what_changed_is_told_unit_by_unit(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    fill(forms["办公室"], NEW)
    change(forms["监测中心"], "赵丽", "post", "副科长")
    taking = bureau.take(*forms.values())
    first, second, third = (unit(taking, n) for n in ("办公室", "监测中心", "东湖分局"))
    assert (first.new, first.updated, first.unchanged) == (1, 0, 2)
    assert (second.new, second.updated, second.unchanged) == (0, 1, 0)
    assert (third.state, third.new, third.rows) == ("now", 0, ())


def test_somebody_left_out_of_her_units_form_is_told_and_not_touched(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    strike_out(forms["办公室"], "王芳")
    taking = bureau.take(*forms.values())
    assert [name for _, name in unit(taking, "办公室").absent] == ["王芳"]
    bureau.write(taking)
    assert bureau.person("王芳")["unit_id"] == bureau.units["办公室"]


def test_somebody_in_another_units_form_is_not_absent(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    strike_out(forms["办公室"], "王芳")
    fill(forms["监测中心"], {"name": "王芳", "id_number": WANG})
    taking = bureau.take(*forms.values())
    assert unit(taking, "办公室").absent == ()
    assert unit(taking, "监测中心").updated == 1


def test_people_typed_without_a_unit_belong_to_the_unit_of_the_form(bureau: Bureau) -> None:
    path = fill(bureau.send()["东湖分局"], NEW)
    bureau.write(bureau.take(path))
    assert bureau.person("孙丽")["unit_id"] == bureau.units["东湖分局"]


def test_units_that_did_not_return_are_known(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    taking = bureau.take(forms["办公室"])
    assert states(taking) == {"办公室": "now", "监测中心": "missing", "东湖分局": "missing"}


def test_forms_that_come_in_later_join_those_taken_before(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    bureau.write(bureau.take(forms["办公室"]))
    taking = bureau.take(forms["监测中心"])
    assert states(taking) == {"办公室": "before", "监测中心": "now", "东湖分局": "missing"}
    assert unit(taking, "办公室").absent == ()


def test_of_two_forms_of_a_unit_the_one_saved_later_is_used(bureau: Bureau) -> None:
    form = bureau.send()["办公室"]
    later = fill(form, NEW, to=bureau.folder / "又一份.xlsx")
    saved(form, datetime(2026, 4, 3, 9, tzinfo=UTC))
    saved(later, datetime(2026, 4, 5, 9, tzinfo=UTC))
    for order in ((form, later), (later, form)):
        taking = bureau.take(*order)
        assert [one.path for one in taking.used] == [later]
        assert unit(taking, "办公室").returned_twice
        aside = next(one for one in taking.forms if one.path == form)
        assert aside.state == "set_aside"
        assert "交了两份，用的是《又一份.xlsx》" in aside.remarks[0]


def test_she_may_choose_the_other_of_two_forms(bureau: Bureau) -> None:
    form = bureau.send()["办公室"]
    later = fill(form, NEW, to=bureau.folder / "又一份.xlsx")
    saved(form, datetime(2026, 4, 3, 9, tzinfo=UTC))
    saved(later, datetime(2026, 4, 5, 9, tzinfo=UTC))
    taking = bureau.take(form, later, choices={later: LEFT_OUT})
    assert [one.path for one in taking.used] == [form]


def test_a_form_that_lost_its_key_is_known_by_its_unit(bureau: Bureau) -> None:
    path = save_xlsx(
        bureau.folder / "女职工.xlsx",
        [["姓名", "单位", "身份证号"], [NEW["name"], "监测中心", NEW["id_number"]]],
    )
    bureau.send()
    (form,) = bureau.take(path).forms
    assert (form.unit_id, form.by_key) == (bureau.units["监测中心"], False)
    assert form.remarks == ("表里没有标记，按单位名称认作“监测中心”。",)


def test_a_form_without_key_or_unit_is_known_by_the_name_of_its_file(bureau: Bureau) -> None:
    path = save_xlsx(
        bureau.folder / "东湖分局报来的表.xlsx",
        [["姓名", "身份证号"], [NEW["name"], NEW["id_number"]]],
    )
    bureau.send()
    bureau.write(bureau.take(path))
    assert bureau.person("孙丽")["unit_id"] == bureau.units["东湖分局"]


def test_a_form_of_nobody_knows_whom_waits_until_its_unit_is_told(bureau: Bureau) -> None:
    path = save_xlsx(bureau.folder / "新建.xlsx", [["姓名", "手机"], ["孙丽", "13800001009"]])
    bureau.send()
    (form,) = bureau.take(path).forms
    assert form.state == "unknown_unit"
    taking = bureau.take(path, choices={path: bureau.units["东湖分局"]})
    assert (taking.forms[0].state, unit(taking, "东湖分局").new) == ("used", 1)


def test_a_form_of_another_office_is_not_taken_for_a_unit_of_the_same_number(
    bureau: Bureau, tmp_path: Path
) -> None:
    strange = bureau.send(token="ffff")["监测中心"]
    kept = shutil.copy(strange, tmp_path / "新建.xlsx")
    with bureau.database.write("文员", "撤销") as session:
        history.undo(session)
    bureau.send(token="a1b2")
    (form,) = bureau.take(Path(kept)).forms
    assert (form.state, form.by_key) == ("unknown_unit", False)


def test_a_form_of_an_earlier_round_is_taken_and_said_to_be_one(bureau: Bureau) -> None:
    old = bureau.send(token="a1b2")["办公室"]
    current = bureau.send(token="c3d4")["监测中心"]
    forms = bureau.take(old, current).forms
    assert forms[0].state == "used"
    assert forms[0].remarks == ("是 2026-04-01 发出的那一轮的表，不是这一轮的。",)
    assert forms[1].remarks == ()


def test_a_form_of_another_register_or_an_older_edition_is_told(bureau: Bureau) -> None:
    forms = bureau.send()
    custom = "docProps/custom.xml"
    rewritten(forms["办公室"], custom, "members/1/a1b2", "units/1/a1b2")
    rewritten(forms["监测中心"], custom, "members/1/a1b2", "members/0/a1b2")
    wrong, older = bureau.take(forms["办公室"], forms["监测中心"]).forms
    assert (wrong.state, wrong.remarks) == ("wrong_register", ("这不是名册的填报表，没有收。",))
    assert (older.state, older.remarks) == ("used", ("填的是旧版的表，照样能收。",))


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(bureau: Bureau) -> None:
    forms = bureau.send()
    bad = bureau.folder / "坏的.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    taking = bureau.take(bad, forms["办公室"])
    assert [form.state for form in taking.forms] == ["unreadable", "used"]
    assert "坏的.xlsx" in taking.forms[0].remarks[0]


def test_two_files_of_one_name_keep_their_own_unit(bureau: Bureau, tmp_path: Path) -> None:
    forms = bureau.send()
    paths = []
    for number, name in enumerate(("办公室", "东湖分局")):
        folder = tmp_path / str(number)
        folder.mkdir()
        person = {**NEW, "name": "孙丽陈洁"[number * 2 : number * 2 + 2],
                  "id_number": id_number(date(1993, 5, 6 + number)), "mobile": None}  # fmt: skip
        paths.append(fill(forms[name], person, to=folder / "名册.xlsx"))
    taking = bureau.take(*paths)
    assert [unit(taking, n).new for n in ("办公室", "东湖分局")] == [1, 1]
    bureau.write(taking)
    assert bureau.person("陈洁")["unit_id"] == bureau.units["东湖分局"]


def test_everything_comes_in_as_one_change_and_goes_back_as_one(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    fill(forms["东湖分局"], NEW)
    change(forms["监测中心"], "赵丽", "post", "副科长")
    written = bureau.write(bureau.take(*forms.values()))
    with bureau.database.read() as session:
        said = history.last_action(session)
    assert said is not None
    assert said.undo == "收回“四月名册”：3 个单位，新增 1 人，更新 1 人"
    assert bureau.person("赵丽")["post"] == "副科长"
    with bureau.database.write("文员", "撤销") as session:
        assert history.undo(session, written.changeset).kept == ()
    names = {p["name"] for p in bureau.office().roster.people}
    assert names == {"王芳", "李敏", "赵丽"}
    assert bureau.person("赵丽")["post"] == "科员"
    assert bureau.office().rounds[0].returned == {}


def test_a_changed_number_in_a_masked_form_is_taken(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    change(forms["办公室"], "王芳", "mobile", "13900002222")
    bureau.write(bureau.take(*forms.values()))
    assert bureau.person("王芳")["mobile"] == "13900002222"
    assert bureau.person("王芳")["id_number"] == WANG


def test_a_masked_number_nobody_has_changes_nothing(bureau: Bureau) -> None:
    forms = bureau.send("masked")
    change(forms["办公室"], "王芳", "id_number", "4200****9999")
    taking = bureau.take(*forms.values())
    assert "id_length" not in {p.code for p in taking.preview.problems}
    bureau.write(taking)
    assert bureau.person("王芳")["id_number"] == WANG


def test_without_any_sending_the_units_with_people_are_the_ones_asked(bureau: Bureau) -> None:
    path = save_xlsx(bureau.folder / "办公室.xlsx", [["姓名", "身份证号"], ["王芳", WANG]])
    taking = bureau.take(path)
    assert taking.round is None
    assert states(taking) == {"办公室": "now", "监测中心": "missing"}


def test_the_reminder_names_missing_units_and_whom_to_call(bureau: Bureau) -> None:
    forms = bureau.send(due=date(2026, 4, 20))
    taking = bureau.take(forms["监测中心"])
    found = reminder_list.of_taking(taking)
    assert [(one.unit, one.contact) for one in found] == [("办公室", "李敏"), ("东湖分局", "")]
    assert reminder_list.words(found, taking.round) == (
        "各位好，“四月名册”还有 2 个单位没有交表，请在4月20日前报来：\n"
        "1. 办公室（李敏）\n2. 东湖分局\n已经交过的请忽略，谢谢。"
    )


@pytest.mark.parametrize(("full", "shown"), [(False, "138****1007"), (True, "13800001007")])
def test_the_reminder_list_masks_telephones_unless_asked(
    bureau: Bureau, tmp_path: Path, full: bool, shown: str
) -> None:
    bureau.add("周敏", "东湖分局", mobile="13800001007", committee_role="主任")
    taking = bureau.take(bureau.send()["办公室"])
    target = tmp_path / "催报.xlsx"
    reminder_list.write_reminders(
        reminder_list.of_taking(taking), target, round_=taking.round, today=TODAY, full=full
    )
    page = openpyxl.load_workbook(target).worksheets[0]
    assert [cell.value for cell in page[5]][1:4] == ["东湖分局", "周敏", shown]


def test_when_all_have_returned_nobody_is_reminded(bureau: Bureau) -> None:
    taking = bureau.take(*bureau.send().values())
    assert reminder_list.words(reminder_list.of_taking(taking), taking.round).startswith("各单位")


def test_thirty_forms_come_back_as_one_rehearsal(bureau: Bureau) -> None:
    with bureau.database.write("文员", "新增") as session:
        for number in range(27):
            units.add(session, f"第{number + 1}分局")
    forms = bureau.send()
    for number, path in enumerate(forms.values()):
        born = date(1990, 1, 1 + number)
        fill(path, {"name": f"孙{'丽敏洁静英'[number % 5]}", "id_number": id_number(born)})
    taking = bureau.take(*forms.values())
    assert (len(taking.used), taking.preview.counts.new, taking.missing) == (30, 30, ())
    assert bureau.write(taking).new == 30
