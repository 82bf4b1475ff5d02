"""Choosing tables: what can be read goes on by itself, what cannot has its own way out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.paths import resource
from desktop.ui.pages.import_page import COLUMNS, FILES, REVIEW
from tests.exchange.workbooks import encrypted
from tests.ui.import_support import HEADINGS, Driver, opened, people, roster_file


@pytest.fixture
def desk(qapp, tmp_path, qtbot):
    with opened(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def at(desk, qtbot):
    return Driver(desk, qtbot)


def _notes(at):
    return [card.note() for card in at.page.sources.cards]


def test_a_roster_that_is_understood_goes_straight_to_the_review(at, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(5)))
    assert at.page.review.cards.cards["new"].accessibleName().startswith("新增 5")
    assert at.page.steps.now() == REVIEW


def test_all_sample_rosters_come_in_together(at):
    workbooks = sorted(resource("samples").glob("*名册*"))
    at.review(*workbooks, resource("samples", "东湖分局女职工.csv"))
    assert at.page.tag.text() == "4 份表格"
    assert len({row.place for row in at.page.review.model.rows()}) == 7


def test_paths_given_by_another_page_are_read_at_once(desk, at, tmp_path):
    path = roster_file(tmp_path / "四月.xlsx", people(2))
    desk.window.open("import", [str(path)])
    at.reviewed()
    assert at.page.tag.text() == "四月.xlsx"


def test_a_damaged_file_is_told_in_its_card_and_the_others_go_on(at, tmp_path):
    bad = tmp_path / "坏的.xlsx"
    bad.write_bytes(roster_file(tmp_path / "x.xlsx", people(3)).read_bytes()[:2000])
    at.give(roster_file(tmp_path / "好的.xlsx", people(2)), bad)
    assert at.page.step() == FILES
    assert "《坏的.xlsx》" in _notes(at)[1]
    assert "名册没有任何改动。" in _notes(at)[1]
    assert at.page.foot.sentence.text() == "1 份没有读出来，先不导入"
    QTest.keyClick(at.page.foot.go, "\r")
    at.reviewed()
    assert len(at.page.review.model.rows()) == 2


def test_a_single_bad_file_offers_no_next_step_and_says_why(at, tmp_path):
    bad = tmp_path / "文档.xlsx"
    bad.write_bytes(b"%PDF-1.7\n" + bytes(64))
    at.give(bad)
    assert not at.page.foot.go.isEnabled()
    assert at.page.foot.sentence.text()


def test_another_file_can_take_the_place_of_a_bad_one(desk, at, tmp_path):
    bad = tmp_path / "图片.xlsx"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    at.give(bad)
    desk.answers.append([str(roster_file(tmp_path / "对的.xlsx", people(2)))])
    at.press("import.source_0.other")
    at.reviewed()
    assert at.page.tag.text() == "对的.xlsx"


def test_a_missing_file_can_be_tried_again(at, tmp_path):
    path = tmp_path / "还没到.xlsx"
    at.give(path)
    assert _notes(at)[0].startswith("找不到《还没到.xlsx》。")
    roster_file(path, people(2))
    at.press("import.source_0.retry")
    at.reviewed()
    assert len(at.page.review.model.rows()) == 2


def test_f5_tries_refused_files_again(at, tmp_path):
    path = tmp_path / "还没到.xlsx"
    at.give(path)
    roster_file(path, people(2))
    at.page.reload()
    at.reviewed()


def test_a_password_is_asked_for_in_place_until_it_is_right(at, tmp_path, qtbot):
    plain = roster_file(tmp_path / "明.xlsx", people(2))
    at.give(encrypted(plain, tmp_path / "密.xlsx", "芝麻开门"))
    card = at.page.sources.cards[0]
    assert "有打开密码" in card.note()
    assert card.password.hasFocus()
    QTest.keyClicks(card.password, "wrong")
    QTest.keyClick(card.password, "\r")
    qtbot.waitUntil(lambda: "这个密码打不开" in card.note(), timeout=20000)
    card.password.setText("芝麻开门")
    card.unlock.click()
    at.reviewed()
    assert len(at.page.review.model.rows()) == 2


def test_a_file_that_is_not_wanted_any_more_can_be_left_out(at, tmp_path):
    bad = tmp_path / "坏的.xlsx"
    bad.write_text("x", encoding="utf-8")
    at.give(bad)
    at.press("import.source_0.remove")
    assert at.page.sources.cards == []
    assert not at.page.foot.isVisible()


def test_the_same_file_twice_is_read_once(at, tmp_path):
    path = roster_file(tmp_path / "四月.xlsx", people(2))
    at.review(path, path)
    assert len(at.page.reading.sources) == 1


def test_a_copied_table_can_be_pasted(at):
    lines = [HEADINGS, *people(2)]
    QGuiApplication.clipboard().setText("\n".join("\t".join(map(str, one)) for one in lines))
    at.press("import.paste")
    at.reviewed()
    assert at.page.tag.text() == "剪贴板"


def test_an_empty_clipboard_is_told(at):
    QGuiApplication.clipboard().clear()
    at.press("import.paste")
    assert at.page.message.text().startswith("剪贴板里没有文字。")


def test_a_form_for_one_person_is_told_apart_from_a_roster(at, tmp_path, qtbot):
    path = tmp_path / "空的.xlsx"
    at.give(roster_file(path, []))
    qtbot.waitUntil(lambda: bool(at.page.message.text()))
    assert at.page.message.text() == "表头认出来了，但下面还没有填人。请填好以后再导入。"
    assert at.page.step() == FILES


def test_a_table_without_headings_is_asked_about_with_a_proposal(at, tmp_path):
    at.give(roster_file(tmp_path / "无表头.xlsx", people(6), headings=()))
    at.settled(COLUMNS)
    card = at.page.mapping.cards[0]
    taken = {letter: editor.value() for letter, editor in card.editors.items()}
    assert (taken["A"], taken["B"]) == ("name", "id_number")
    at.page.foot.go.click()
    at.reviewed()
    assert len(at.page.review.model.rows()) == 6


def test_without_a_name_column_there_is_no_going_on(at, tmp_path):
    at.give(roster_file(tmp_path / "无表头.xlsx", people(6), headings=()))
    at.settled(COLUMNS)
    editor = at.page.mapping.cards[0].editors["A"]
    editor.set_value("")
    editor.chosen.emit("")
    assert not at.page.foot.go.isEnabled()
    assert at.page.foot.sentence.text() == "请先指出哪一列是姓名"


def test_columns_told_once_are_known_the_next_time(at, tmp_path):
    path = roster_file(tmp_path / "四月.xlsx", people(2))
    at.review(path)
    at.press("import.back")
    editor = at.page.mapping.cards[0].editors["G"]
    editor.set_value("staff_no")
    editor.chosen.emit("staff_no")
    at.page.foot.go.click()
    at.reviewed()
    at.finish()
    assert at.members()["王梅一"]["staff_no"] == "K00000"
    at.press("import.again")
    at.review(roster_file(tmp_path / "五月.xlsx", people(3)))
    assert "与上次导入相同" in at.page.review.hint.text()
    assert next(c.title for c in at.page.review.model.columns if c.key == "G") == "工号"


def test_leaving_drops_what_was_begun(at, tmp_path):
    at.review(roster_file(tmp_path / "四月.xlsx", people(2)))
    at.press("import.cancel")
    assert (at.page.step(), at.page.reading.sources) == (FILES, [])
    assert at.members() == {}


def test_a_text_file_is_not_said_to_have_sheets(at):
    at.review(resource("samples", "东湖分局女职工.csv"))
    assert at.page.note.text() == "共 24 行"
