"""The review: what stands in each row, what she decides about it, and what that does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.services import members, units
from desktop.services.records import Draft
from desktop.ui.pages.import_page import REVIEW
from tests.people import id_number
from tests.ui.import_support import HEADINGS, Driver, opened, people, person, roster_file

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qapp, tmp_path, qtbot):
    with opened(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def at(desk, qtbot):
    return Driver(desk, qtbot)


@pytest.fixture
def add(desk):
    def add(name, unit=None, **values):
        with desk.database.write("文员", f"新增{name}") as session:
            if unit:
                values["unit_id"] = units.ensure(session, unit)
            return members.save(session, Draft(None, 0, {"name": name, **values}))

    return add


@pytest.fixture
def untidy(tmp_path):
    """Row 3 has an ID one digit short, row 5 an impossible date, row 6 no name."""
    rows = people(6)
    rows[1][1] = rows[1][1][:17]
    rows[3][4] = "1985-02-30"
    rows[4][0] = ""
    return roster_file(tmp_path / "四月.xlsx", rows)


def _listed(at):
    return [row.row for row in at.page.review.model.rows()]


def _counts(at):
    cards = at.page.review.cards.cards.items()
    return {key: int(re.findall(r"\d+", card.accessibleName())[0]) for key, card in cards}


def test_problems_stand_first_and_the_first_of_them_is_current(at, untidy):
    at.review(untidy)
    assert _counts(at) == {"problem": 3, "update": 0, "new": 3, "unchanged": 0, "absent": 0}
    assert _listed(at)[:3] == [3, 5, 6]
    assert at.said().startswith("第 3 行")


def test_a_problem_is_marked_in_its_cell_with_sign_and_words(at, untidy):
    at.review(untidy)
    short = at.cell(3, "身份证号")
    assert (short.tone, short.words, short.tinted) == ("danger", "少 1 位", True)
    assert at.cell(5, "出生日期").words == "无此日"
    assert at.cell(6, "姓名").words == "缺姓名"


def test_no_number_stands_unmasked_anywhere_on_arrival(at, untidy):
    at.review(untidy)
    model = at.page.review.model
    shown = [model.cell(n, c).text for n in range(1, 4) for c in model.columns]
    shown += [one.text() for one in at.page.findChildren(QLabel) if one.isVisible()]
    shown += [one.text() for one in at.page.findChildren(QLineEdit) if one.isVisible()]
    assert "4200****" in "".join(shown)
    assert not re.search(r"\d{9,}", "\n".join(shown))


def test_the_field_to_correct_in_shows_the_real_number_while_she_is_in_it(at, untidy):
    at.review(untidy)
    editor = at.page.review.decision.editors["id_number"]
    masked = editor.text()
    editor.setFocus()
    assert len(editor.text()) == 17
    at.page.review.table.setFocus()
    assert editor.text() == masked


def test_as_it_stands_the_person_comes_in_with_the_field_empty_and_marked(at, untidy):
    at.review(untidy)
    at.finish()
    found = at.members()[person(1)[0]]
    assert found["id_number"] is None
    assert found["unresolved"][0]["value"] == person(1)[1][:17]


def test_a_correction_is_checked_at_once_and_comes_in(at, untidy, qtbot):
    at.review(untidy)
    editor = at.page.review.decision.editors["id_number"]
    editor.setFocus()
    editor.setText(person(1)[1])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _counts(at)["problem"] == 2)
    at.go_to(3)
    assert at.cell(3, "身份证号").tone == ""
    at.reviewed()
    at.finish()
    assert at.members()[person(1)[0]]["id_number"] == person(1)[1]


def test_a_correction_that_is_wrong_too_says_so(at, untidy, qtbot):
    at.review(untidy)
    editor = at.page.review.decision.editors["id_number"]
    editor.setFocus()
    editor.setText(person(1)[1][:16])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "少 2 位" in at.said())


def test_a_row_can_be_left_out_and_taken_back_in(at, untidy):
    at.review(untidy)
    at.choose("skip")
    assert _counts(at)["problem"] == 2
    at.go_to(3)
    assert at.page.review.decision.radios.value() == "skip"
    at.choose("auto")
    assert _counts(at)["problem"] == 3


def test_a_row_without_a_name_comes_in_once_a_name_is_typed(at, untidy, qtbot):
    at.review(untidy)
    at.go_to(6)
    editor = at.page.review.decision.editors["name"]
    editor.setFocus()
    editor.setText("周秋燕")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _counts(at)["problem"] == 2)
    at.reviewed()
    at.finish()
    assert "周秋燕" in at.members()


def test_all_rows_of_one_kind_are_decided_together(at, tmp_path):
    rows = people(6)
    for row in rows[:4]:
        row[1] = row[1][:17]
    at.review(roster_file(tmp_path / "四月.xlsx", rows))
    at.choose("skip")
    at.go_to(2)
    at.press("import.alike")
    at.reviewed()
    assert _counts(at)["new"] == 2
    at.finish()
    assert len(at.members()) == 2


def test_the_whole_review_is_done_without_a_mouse(at, untidy, qtbot):
    at.review(untidy)
    table = at.page.review.table
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down, CONTROL)
    assert at.said().startswith("第 5 行")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = at.desk.window.focusWidget()
    assert editor is at.page.review.decision.editors["birth_date"]
    editor.selectAll()
    QTest.keyClicks(editor, "1985-02-28")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "无此日" not in at.cell(5, "出生日期").words)


def test_enter_goes_from_the_row_to_its_choices(at, untidy):
    at.review(untidy)
    QTest.keyClick(at.page.review.table, Qt.Key.Key_Return)
    assert at.desk.window.focusWidget() is at.page.review.decision.radios.button("auto")


def test_the_problem_keys_stop_at_the_last_problem(at, untidy):
    at.review(untidy)
    for _ in range(5):
        QTest.keyClick(at.page.review.table, Qt.Key.Key_Down, CONTROL)
    assert at.said().startswith("第 6 行")
    assert not at.page.review.decision.next.isEnabled()


def test_counts_are_filters_and_esc_takes_the_filter_off(at, untidy):
    at.review(untidy)
    card = at.page.review.cards.cards["new"]
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert _listed(at) == [2, 4, 7]
    QTest.keyClick(at.page.review.table, Qt.Key.Key_Escape)
    assert len(_listed(at)) == 6


def test_arrows_go_from_count_to_count(at, untidy):
    at.review(untidy)
    cards = at.page.review.cards.cards
    cards["problem"].setFocus()
    QTest.keyClick(cards["problem"], Qt.Key.Key_Right)
    assert at.desk.window.focusWidget() is cards["update"]


def test_a_change_shows_the_new_value_and_the_old_one_struck_out(at, add, tmp_path):
    name, number, *_ = person(0)
    add(name, "办公室", id_number=number, post="主任", mobile="13900001111")
    at.review(roster_file(tmp_path / "四月.xlsx", people(1)))
    post, mobile = at.cell(2, "职务"), at.cell(2, "手机")
    assert (post.text, post.old, post.tone) == ("科员", "主任", "info")
    assert (mobile.text, mobile.old) == ("138****0000", "139****1111")


def test_a_change_in_a_column_of_no_field_is_shown_too(at, add, desk, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(1)))
    at.finish()
    at.press("import.again")
    at.review(roster_file(tmp_path / "五月.xlsx", [person(0, 饭卡号="K9")]))
    card = at.cell(2, "原样保留")
    assert (card.text, card.old, card.tone) == ("K9", "K00000", "info")


def test_the_rule_for_known_people_can_be_only_to_fill_blanks(at, add, tmp_path):
    name, number, *_ = person(0)
    add(name, "办公室", id_number=number, post="主任")
    at.review(roster_file(tmp_path / "四月.xlsx", people(1)))
    at.press("import.policy.blanks_only")
    at.reviewed()
    assert at.cell(2, "职务").old == ""
    at.finish()
    found = at.members()[name]
    assert (found["post"], found["mobile"]) == ("主任", "13800000000")


def test_an_update_can_be_refused_for_one_person(at, add, tmp_path):
    name, number, *_ = person(0)
    add(name, "办公室", id_number=number, post="主任")
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    at.go_to(2)
    at.choose("skip")
    at.finish()
    assert at.members()[name]["post"] == "主任"


def test_a_namesake_is_asked_about_and_never_guessed(at, add, tmp_path):
    add("王梅一", "办公室", post="主任")
    row = person(0, 身份证号="", 出生日期="", 手机="")
    at.review(roster_file(tmp_path / "四月.xlsx", [row]))
    keys = [one.key for one in at.page.review.decision._choices.values()]
    assert keys[0] == "auto"
    assert {key.split("_")[0] for key in keys} >= {"same", "new", "skip"}
    assert not at.page.foot.go.isEnabled()


def test_a_namesake_said_to_be_the_same_is_updated(at, add, tmp_path):
    known = add("王梅一", "办公室", post="主任")
    row = person(0, 身份证号="", 出生日期="", 手机="")
    at.review(roster_file(tmp_path / "四月.xlsx", [row]))
    at.choose(f"same_{known}")
    at.finish()
    assert at.members()["王梅一"]["post"] == "科员"


def test_a_namesake_said_to_be_another_comes_in_beside_her(at, desk, add, tmp_path):
    add("王梅一", "办公室", post="主任")
    row = person(0, 身份证号="", 出生日期="", 手机="")
    at.review(roster_file(tmp_path / "四月.xlsx", [row]))
    at.choose("new")
    at.finish()
    assert [p["name"] for p in desk.read(members.snapshot).people] == ["王梅一", "王梅一"]


def test_men_are_shown_and_come_in_only_when_she_says_so(at, tmp_path):
    man = person(1, 身份证号=id_number(date(1980, 5, 5), 3), 出生日期="")
    at.review(roster_file(tmp_path / "四月.xlsx", [person(0), man]))
    assert at.page.foot.go.text() == "导入 1 人"
    assert at.page.review.rules.men.text() == "1 位男职工没有收进名册。"
    at.press("import.men")
    at.reviewed()
    assert at.page.foot.go.text() == "导入 2 人"


def test_a_single_man_can_be_taken_in(at, tmp_path):
    men = [person(n, 身份证号=id_number(date(1980, 5, n + 1), 3), 出生日期="") for n in (1, 2)]
    at.review(roster_file(tmp_path / "四月.xlsx", [person(0), *men]))
    at.go_to(3)
    at.choose("new")
    at.finish()
    assert len(at.members()) == 2


def test_people_the_table_does_not_mention_are_listed_and_untouched(at, add, tmp_path):
    add("陈旧人", "办公室", post="主任", id_number=id_number(date(1970, 1, 1), 8))
    before = at.members()["陈旧人"]
    at.review(roster_file(tmp_path / "四月.xlsx", people(1)))
    at.press("import.show_absent")
    assert [row.person["name"] for row in at.page.review.model.rows()] == ["陈旧人"]
    at.qtbot.waitUntil(lambda: "保持不动" in at.said())
    at.finish()
    assert at.members()["陈旧人"] == before


def test_what_is_not_a_person_is_said_with_its_rows(at, tmp_path):
    rows = [*people(3), ["合计", "3人", "", "", "", "", ""]]
    at.review(roster_file(tmp_path / "四月.xlsx", rows))
    assert at.page.review.rules.left_out.text() == "没有当作人的行：合计 1 行（第 5 行）。"


def test_a_column_can_be_told_in_the_header_of_the_table(at, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    header = at.page.review.table.header
    section = next(n for n, c in enumerate(at.page.review.model.columns) if c.key == "G")
    header.press(section)
    choice = at.page.review._choice
    number = choice.findText("不导入")
    choice.setCurrentIndex(number)
    choice.activated.emit(number)
    at.reviewed()
    column = next(c for c in at.page.review.model.columns if c.key == "G")
    assert (column.title, column.muted) == ("不导入", True)
    at.finish()
    assert at.members()[person(0)[0]]["extra"] is None


def test_an_unknown_column_is_kept_as_it_is(at, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(1)))
    assert next(c.title for c in at.page.review.model.columns if c.key == "G") == "原样保留"
    at.finish()
    assert at.members()[person(0)[0]]["extra"] == {"饭卡号": "K00000"}


def test_the_header_says_where_each_column_stands(at, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(1)))
    captions = {c.title: c.caption for c in at.page.review.model.columns}
    assert (captions["姓名"], captions["单位"]) == ("A 列", "C 列·科室")


def test_a_change_of_the_roster_meanwhile_is_taken_into_account(at, desk, add, untidy, qtbot):
    at.review(untidy)
    at.choose("skip")
    name, number, *_ = person(0)
    desk.jobs.write(
        desk.window,
        lambda session: members.save(session, Draft(None, 0, {"name": name, "id_number": number})),
        what="新增",
    )
    qtbot.waitUntil(lambda: _counts(at)["update"] == 1)
    assert (_counts(at)["problem"], at.page.step()) == (2, REVIEW)


@pytest.mark.parametrize("width", [911, 1000])
def test_in_a_narrow_window_the_decision_opens_over_the_table_and_esc_folds_it(
    at, untidy, width, qapp
):
    at.desk.window.resize(width, 480)
    at.review(untidy)
    side = at.page.review.side
    assert not side.isVisible()
    QTest.keyClick(at.page.review.table, Qt.Key.Key_Return)
    assert side.isVisible()
    QTest.keyClick(at.desk.window.focusWidget(), Qt.Key.Key_Escape)
    assert not side.isVisible()


def test_every_heading_of_a_table_with_a_title_row_is_told_by_its_own_row_numbers(at, tmp_path):
    rows = [["四月女职工花名册"], [], list(HEADINGS), *people(2)]
    at.review(roster_file(tmp_path / "四月.xlsx", rows, headings=()))
    assert _listed(at) == [4, 5]
