"""Buttons, fields, dates and messages, pressed and typed as a person would."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.ui.widgets.bars import CapacityBar, StageBar
from desktop.ui.widgets.buttons import Button, Chip, IconButton, RadioList, Segments
from desktop.ui.widgets.dates import Calendar, DateField
from desktop.ui.widgets.drawer import BulkBar, Drawer
from desktop.ui.widgets.feedback import EmptyState, InlineMessage, ProgressPanel, Toast
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import ComboBox, LineEdit, SearchBox
from desktop.ui.widgets.labels import Elided, Tag

TUESDAY = date(2026, 4, 14)


@pytest.fixture
def place(qtbot):
    """A shown widget that lays out what is put into it."""
    holder = QWidget()
    QVBoxLayout(holder)
    qtbot.addWidget(holder)
    holder.resize(500, 300)
    holder.show()
    return holder


def _put(place, widget):
    place.layout().addWidget(widget)
    QApplication.processEvents()
    return widget


def test_the_ring_shows_for_the_tab_key_and_not_for_the_mouse(place):
    first, second = _put(place, Button("上一步")), _put(place, Button("下一步"))
    place.activateWindow()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert first.property("kbd") == "true"
    second.setFocus(Qt.FocusReason.MouseFocusReason)
    assert (first.property("kbd"), second.property("kbd")) == ("false", None)


def test_a_disabled_button_says_why(place):
    button = _put(place, Button("导入", tip="放进名册"))
    button.set_reason("还有 7 行要先看一眼")
    assert (button.isEnabled(), button.toolTip()) == (False, "还有 7 行要先看一眼")
    button.set_reason("")
    assert (button.isEnabled(), button.toolTip()) == (True, "放进名册")


def test_a_busy_button_cannot_be_pressed_twice(place, qtbot):
    button = _put(place, Button("导入"))
    button.set_busy(True)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.set_busy(False)
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_folded_button_keeps_its_name(place):
    button = _put(place, Button("导入名册", "file-input"))
    button.set_icon_only(True)
    assert (button.text(), button.toolTip(), button.accessibleName()) == (
        "",
        "导入名册",
        "导入名册",
    )
    button.set_icon_only(False)
    assert button.text() == "导入名册"


@pytest.mark.parametrize("measure", ["", "small"])
def test_a_target_is_at_least_28_pixels(place, measure):
    for button in (Button("导出", size=measure), IconButton("x", "收起", size=measure)):
        _put(place, button)
        QApplication.processEvents()
        assert min(button.width(), button.height()) >= 28


def test_the_focus_ring_does_not_move_anything(place):
    button = _put(place, Button("导出"))
    QApplication.processEvents()
    before = button.size()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert (button.property("kbd"), button.size()) == ("true", before)


def test_the_cross_of_a_chip_takes_it_off_and_its_word_edits_it(place, qtbot):
    chip = _put(place, Chip("在职", "on"))
    QApplication.processEvents()
    middle = chip.height() // 2
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, middle))
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(14, middle))


def test_a_chip_can_be_taken_off_by_key(place, qtbot):
    chip = _put(place, Chip("在职", "on"))
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(chip.removed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)


def test_a_switch_has_exactly_one_choice(place, qtbot):
    switch = _put(place, Segments([("fill", "只补空白"), ("new", "以新表为准")], name="rule"))
    assert switch.value() == "fill"
    part = switch.findChild(QWidget, "rule.new")
    with qtbot.waitSignal(switch.chosen) as told:
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert (told.args, switch.value()) == (["new"], "new")


def test_a_radio_list_tells_the_key_of_the_sentence(place, qtbot):
    choice = _put(place, RadioList([("keep", "先入库"), ("skip", "跳过这一行")]))
    with qtbot.waitSignal(choice.chosen) as told:
        choice.button("skip").click()
    assert (told.args, choice.value()) == (["skip"], "skip")


def test_a_list_leaves_nothing_chosen_for_an_unknown_value(place):
    combo = _put(place, ComboBox([("a", "中共党员"), ("b", "群众")]))
    combo.set_value("b")
    assert combo.value() == "b"
    combo.set_value("z")
    assert combo.value() is None


def test_typing_searches_once_shortly_after_the_last_letter(place, qtbot):
    box = _put(place, SearchBox(debounce=1))
    heard = []
    box.searched.connect(heard.append)
    QTest.keyClicks(box, "lxm")
    qtbot.waitUntil(lambda: heard[-1:] == ["lxm"])
    assert box.query() == "lxm"


def test_nothing_is_searched_while_the_input_method_is_composing(place, qtbot):
    box = _put(place, SearchBox(debounce=1))
    heard = []
    box.searched.connect(heard.append)
    QApplication.sendEvent(box, QInputMethodEvent("xuli", []))
    box.search_now()
    assert heard == []
    commit = QInputMethodEvent("", [])
    commit.setCommitString("徐丽")
    QApplication.sendEvent(box, commit)
    qtbot.waitUntil(lambda: heard == ["徐丽"])


def test_backspace_in_the_empty_search_asks_for_one_filter_less(place, qtbot):
    box = _put(place, SearchBox())
    with qtbot.waitSignal(box.emptied_further):
        QTest.keyClick(box, Qt.Key.Key_Backspace)


def test_down_in_the_search_searches_at_once_and_leaves(place, qtbot):
    box = _put(place, SearchBox(debounce=60_000))
    QTest.keyClicks(box, "li")
    with qtbot.waitSignals([box.searched, box.left_downward]):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_the_key_hint_gives_way_to_the_cross(place, qtbot):
    box = _put(place, SearchBox(name="test.search"))
    clear = box.findChild(QWidget, "test.search.clear")
    assert not clear.isVisible()
    QTest.keyClicks(box, "li")
    assert clear.isVisible()
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert box.text() == ""


def test_an_error_stands_under_its_field_and_is_read_with_it(place):
    editor = LineEdit()
    field = _put(place, Field("身份证号", editor))
    field.set_error("少 1 位：应为 18 位，现在 17 位")
    assert editor.accessibleName() == "身份证号"
    assert editor.accessibleDescription() == "少 1 位：应为 18 位，现在 17 位"
    assert editor.property("invalid") == "true"
    field.set_error("")
    assert (field.error(), editor.property("invalid")) == ("", "false")


def test_a_field_says_that_it_was_left(place, qtbot):
    editor = _put(place, LineEdit())
    with qtbot.waitSignal(editor.left):
        QTest.keyClick(editor, Qt.Key.Key_Return)


@pytest.fixture
def day(place):
    return _put(place, DateField(lambda: TUESDAY, name="test.day"))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4.20", "2026-04-20"),
        ("4-20", "2026-04-20"),
        ("0420", "2026-04-20"),
        ("2026.4.20", "2026-04-20"),
        ("2025年12月1日", "2025-12-01"),
        ("今天", "2026-04-14"),
        ("明天", "2026-04-15"),
        ("周五", "2026-04-17"),
        ("周一", "2026-04-20"),
        ("本周一", "2026-04-13"),
        ("下周三", "2026-04-22"),
    ],
)
def test_a_day_is_understood_as_it_is_typed(day, typed, value):
    QTest.keyClicks(day, typed) if typed.isascii() else day.insert(typed)
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert (day.value(), day.problem()) == (value, "")


def test_a_day_shows_its_weekday_and_reads_its_own_words_back(day):
    day.set_value(date(2026, 4, 20))
    assert day.text() == "2026年4月20日 周一"
    day.setText("2026年4月21日 周一")
    assert day.value() == "2026-04-21"


def test_a_day_that_does_not_exist_stays_as_typed_and_says_so(day):
    QTest.keyClicks(day, "2.30")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert (day.text(), day.value(), day.problem()) == ("2.30", "", "2026年没有 2月30日")


def test_a_whole_day_is_asked_for_where_a_month_is_not_enough(day):
    QTest.keyClicks(day, "1985-06")
    assert (day.value(), day.problem()) == ("", "还差日，请写到哪一天")


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("1985-06", "1985-06", "1985年6月"),
        ("1985", "1985", "1985年"),
        ("1985.6.12", "1985-06-12", "1985年6月12日 周三"),
    ],
)
def test_a_partial_date_stays_partial(place, typed, value, shown):
    born = _put(place, DateField(lambda: TUESDAY, partial=True))
    QTest.keyClicks(born, typed)
    assert (born.value(), born.text(), born.day() is None) == (value, shown, len(value) < 10)


def test_an_emptied_date_is_none(day, qtbot):
    day.set_value("2026-04-20")
    with qtbot.waitSignal(day.picked) as told:
        day.clear()
        day.settle()
    assert (told.args, day.day()) == ([""], None)


def test_the_calendar_is_walked_and_picked_by_key(qtbot):
    calendar = Calendar(TUESDAY)
    qtbot.addWidget(calendar)
    calendar.show()
    assert calendar.title() == "2026年4月"
    QTest.keyClick(calendar.days, Qt.Key.Key_PageDown)
    QTest.keyClick(calendar.days, Qt.Key.Key_Right)
    assert calendar.title() == "2026年5月"
    with qtbot.waitSignal(calendar.picked) as told:
        QTest.keyClick(calendar.days, Qt.Key.Key_Return)
    assert told.args == [date(2026, 5, 15)]


def test_turning_to_a_shorter_month_stays_on_its_last_day(qtbot):
    calendar = Calendar(date(2026, 1, 31))
    qtbot.addWidget(calendar)
    calendar.days.turn(1)
    with qtbot.waitSignal(calendar.picked) as told:
        QTest.keyClick(calendar.days, Qt.Key.Key_Return)
    assert told.args == [date(2026, 2, 28)]


def test_a_day_is_picked_with_the_mouse_from_monday_on(qtbot):
    calendar = Calendar(TUESDAY)
    qtbot.addWidget(calendar)
    calendar.show()
    # the second row of April 2026 begins with Monday the 6th
    with qtbot.waitSignal(calendar.picked) as told:
        QTest.mouseClick(calendar.days, Qt.MouseButton.LeftButton, pos=QPoint(25, 26 + 35 + 17))
    assert told.args == [date(2026, 4, 6)]


@pytest.mark.parametrize(
    ("taken", "words"), [(16, "余 14"), (30, "满"), (32, "超 2"), (0, "余 30")]
)
def test_a_capacity_always_says_in_words_what_is_left(place, taken, words):
    bar = _put(place, CapacityBar(taken, 30))
    assert bar.words() == words
    assert bar.accessibleName() == f"{taken}/30，{words}"


def test_only_a_finished_stage_can_be_gone_back_to(place, qtbot):
    bar = _put(place, StageBar(["选文件", "对应列", "核对", "完成"], 2))
    QApplication.processEvents()
    with qtbot.waitSignal(bar.step_requested) as told:
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, bar.height() // 2))
    assert told.args == [0]
    with qtbot.assertNotEmitted(bar.step_requested):
        QTest.mouseClick(
            bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 20, bar.height() // 2)
        )


def test_a_stage_bar_says_where_she_is(place):
    assert _put(place, StageBar(["选文件", "核对"], 1)).accessibleName() == "第 2 步，共 2 步：核对"


def test_a_toast_goes_away_by_itself(place, qtbot):
    toast = Toast(place, milliseconds=1)
    toast.say("已导入 272 人", action="撤销")
    assert toast.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_second_toast_takes_the_place_of_the_first(place):
    toast, undone = Toast(place), []
    toast.say("移出名册：徐丽华", action="撤销", then=lambda: undone.append("first"))
    toast.say("移出名册：林晓梅", action="撤销", then=lambda: undone.append("second"))
    assert toast.text() == "移出名册：林晓梅"
    QTest.mouseClick(toast.findChild(QWidget, "window.toast.act"), Qt.MouseButton.LeftButton)
    assert (undone, toast.isVisible()) == (["second"], False)


def test_a_message_stays_until_its_cause_has_gone(place, qtbot):
    message = _put(place, InlineMessage(name="test.message"))
    assert not message.isVisible()
    message.say("4月21日上午已满。", "amber", action="换时段")
    with qtbot.waitSignal(message.acted):
        QTest.mouseClick(message.findChild(QWidget, "test.message.act"), Qt.MouseButton.LeftButton)
    assert message.isVisible()
    message.clear()
    assert not message.isVisible()


def test_progress_speaks_her_units_and_says_what_stopping_means(place, qtbot):
    panel = _put(place, ProgressPanel())
    panel.begin("正在导入名册", cancel="取消导入", meaning="取消会退回到导入之前。")
    panel.report(168, 272, "人", None)
    assert panel.count() == "168 / 272 人"
    with qtbot.waitSignal(panel.cancel_requested):
        QTest.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    assert not panel.cancel.isEnabled()


def test_an_empty_state_offers_its_one_action(place, qtbot):
    state = _put(place, EmptyState("users", "还没有成员", action="新增成员", name="members.empty"))
    with qtbot.waitSignal(state.acted):
        QTest.mouseClick(state.findChild(QWidget, "members.empty.act"), Qt.MouseButton.LeftButton)


def test_the_drawer_opens_folds_and_says_so_only_when_she_closed_it(place, qtbot):
    drawer = _put(place, Drawer(name="test.drawer", label="详情"))
    drawer.open()
    assert drawer.is_open()
    with qtbot.assertNotEmitted(drawer.closed):
        drawer.fold()
    drawer.open()
    with qtbot.waitSignal(drawer.closed):
        QTest.mouseClick(drawer.close_button, Qt.MouseButton.LeftButton)
    assert not drawer.is_open()


def test_a_narrow_window_has_the_drawer_over_the_list(qtbot):
    from PySide6.QtWidgets import QHBoxLayout

    holder = QWidget()
    row = QHBoxLayout(holder)
    qtbot.addWidget(holder)
    listing, drawer = QWidget(), Drawer(name="test.drawer", label="详情")
    row.addWidget(listing, 1)
    row.addWidget(drawer)
    holder.resize(800, 300)
    holder.show()
    drawer.open()
    QApplication.processEvents()
    beside = listing.width()
    drawer.lie_over(holder)
    QApplication.processEvents()
    assert listing.width() > beside
    assert (drawer.geometry().right(), drawer.isVisible()) == (holder.width() - 1, True)
    drawer.lie_over(None)
    QApplication.processEvents()
    assert (row.indexOf(drawer), listing.width(), drawer.isVisible()) == (1, beside, True)


def test_the_bulk_bar_is_there_only_while_something_is_ticked(place):
    bar = _put(place, BulkBar(name="test.bulk"))
    assert not bar.isVisible()
    bar.set_count(3)
    assert (bar.isVisible(), bar.text()) == (True, "已选 3 人")
    bar.set_count(0)
    assert not bar.isVisible()


def test_a_shortened_label_gives_the_whole_text_as_a_tooltip(place):
    label = _put(place, Elided("环境监测中心综合执法支队第一大队"))
    label.setFixedWidth(60)
    QApplication.processEvents()
    assert label.toolTip() == "环境监测中心综合执法支队第一大队"
    label.setFixedWidth(400)
    QApplication.processEvents()
    assert label.toolTip() == ""


def test_a_tag_says_its_state_in_words(place):
    tag = _put(place, Tag("待核实", "amber", "triangle-alert"))
    assert (tag.text(), tag.accessibleName()) == ("待核实", "待核实")
