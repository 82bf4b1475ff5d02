"""Tables and trees, driven as a person drives them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.ui import theme
from desktop.ui.models.rows import Cell, Column, Group, RowsModel
from desktop.ui.models.tree import TreeNode
from desktop.ui.widgets.table_view import TableView
from desktop.ui.widgets.tree_view import TreeView

ROWS = [
    (1, "徐丽华", "环境监测中心"),
    (2, "林晓梅", "办公室"),
    (3, "李静怡", "组织人事科"),
]


def _number(row):
    if row[0] == 2:
        return Cell("4200****262", "danger", words="少 1 位", tinted=True)
    return Cell("4200****0048")


def _columns():
    return [
        Column("name", "姓名", lambda row: Cell(row[1], strong=True), 90, sortable=True),
        Column("number", "身份证号", _number, 180),
        Column("unit", "单位", lambda row: row[2], 0),
    ]


@pytest.fixture
def model(qapp):
    made = RowsModel(_columns(), tickable=True)
    made.set_rows(ROWS)
    return made


@pytest.fixture
def table(model, qtbot):
    view = TableView(model, name="test.table", label="成员")
    qtbot.addWidget(view)
    view.resize(640, 300)
    view.show()
    view.setFocus()
    return view


def _press(table, row, column):
    box = table.visualRect(table.model().index(row, column))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def test_a_problem_cell_is_read_aloud_with_its_column_and_what_is_wrong(model):
    said = model.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "身份证号，4200****262，错误：少 1 位"


def test_a_changed_cell_tells_what_it_was(qapp):
    model = RowsModel([Column("post", "职务", lambda row: Cell("副主任", "info", old="科员"))])
    model.set_rows([(1,)])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "职务，副主任，原来是 科员"


def test_ticks_belong_to_people_and_not_to_places(model):
    model.set_ticked(0, True)
    model.set_rows(list(reversed(ROWS)))
    assert (model.is_ticked(2), model.is_ticked(0)) == (True, False)


def test_a_tick_goes_with_the_row_it_was_on(model, qtbot):
    model.set_ticked(0, True)
    with qtbot.waitSignal(model.ticked_changed) as told:
        model.set_rows(ROWS[1:])
    assert told.args == [0]


def test_the_box_in_the_header_has_three_states(model):
    states = [model.tick_state()]
    model.set_ticked(0, True)
    states.append(model.tick_state())
    model.tick_all()
    states.append(model.tick_state())
    kinds = Qt.CheckState
    assert states == [kinds.Unchecked, kinds.PartiallyChecked, kinds.Checked]


def test_a_click_on_the_box_ticks_without_changing_the_current_row(table, model):
    table.go_to(3)
    _press(table, 0, 0)
    assert model.ticked() == {1}
    assert table.current_key() == 3


def test_space_ticks_and_shift_down_goes_on_ticking(table, model):
    table.go_to(1)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert model.ticked() == {1, 2}


def test_ctrl_a_ticks_every_row(table, model):
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert model.ticked() == {1, 2, 3}


def test_enter_opens_the_current_row(table, qtbot):
    table.go_to(2)
    with qtbot.waitSignal(table.opened) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [2]


def test_typing_in_the_table_is_handed_to_the_search(table, qtbot):
    with qtbot.waitSignal(table.typed) as told:
        QTest.keyClick(table, Qt.Key.Key_L)
    assert told.args == ["l"]


def test_arrows_step_over_group_rows(table, model):
    model.set_rows([Group("有问题", "1 行"), ROWS[0], Group("新增", "1 人"), ROWS[1]])
    table.go_to_first()
    assert table.current_key() == 1
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_key() == 2


def test_up_on_the_first_row_goes_back_to_the_search(table, qtbot):
    table.go_to(1)
    with qtbot.waitSignal(table.left_upward):
        QTest.keyClick(table, Qt.Key.Key_Up)


def test_other_rows_keep_the_current_person(table, model):
    table.go_to(2)
    model.set_rows([(9, "何玲玲", "东湖分局"), *ROWS])
    assert table.current_key() == 2


def test_a_current_person_who_is_gone_is_told(table, model, qtbot):
    table.go_to(2)
    with qtbot.waitSignal(table.current_changed) as told:
        model.set_rows(ROWS[:1])
    assert told.args == [None]


def test_copied_rows_are_the_shown_text_with_tabs(table, model):
    model.set_ticked(0, True)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "徐丽华\t4200****0048\t环境监测中心"


def test_a_click_on_a_title_asks_for_sorting_and_a_second_turns_it_round(table, qtbot):
    spot = QPoint(table.header.sectionViewportPosition(1) + 20, 10)
    asked = []
    table.header.sort_requested.connect(lambda *one: asked.append(one))
    for _ in range(2):
        QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [("name", False), ("name", True)]


def test_a_click_on_a_title_that_cannot_be_sorted_does_nothing(table, qtbot):
    spot = QPoint(table.header.sectionViewportPosition(2) + 20, 10)
    with qtbot.assertNotEmitted(table.header.sort_requested):
        QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_a_click_on_the_box_in_the_header_ticks_all(table, model):
    QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert model.tick_state() == Qt.CheckState.Checked


def test_a_title_with_choices_says_where_its_list_should_open(qtbot):
    model = RowsModel([Column("a", "姓名", lambda row: row[1], choices=True, caption="A 列")])
    view = TableView(model, name="test.choices", label="核对")
    qtbot.addWidget(view)
    view.show()
    with qtbot.waitSignal(view.header.choice_requested) as told:
        QTest.mouseClick(view.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert told.args[0] == "a"


class _Widths:
    def __init__(self):
        self.kept = {}

    def column_widths(self, table):
        return self.kept.get(table, [])

    def keep_column_widths(self, table, widths):
        self.kept[table] = list(widths)


def test_column_widths_are_remembered(model, qtbot):
    widths = _Widths()
    first = TableView(model, name="test.widths", label="成员", widths=widths)
    qtbot.addWidget(first)
    first.setColumnWidth(1, 133)
    second = TableView(model, name="test.widths", label="成员", widths=widths)
    qtbot.addWidget(second)
    assert second.columnWidth(1) == 133


@pytest.mark.parametrize(("width", "spare"), [(640, 314), (360, 96), (900, 574)])
def test_the_column_that_takes_the_spare_room_never_vanishes(table, width, spare):
    for start in (900, 300):
        table.resize(start, 300)
        table.resize(width, 300)
        assert table.columnWidth(3) == pytest.approx(spare, abs=14)


def test_widening_one_column_narrows_the_one_that_takes_the_spare_room(table):
    before = table.columnWidth(3)
    table.setColumnWidth(1, table.columnWidth(1) + 40)
    assert table.columnWidth(3) == before - 40


def test_rows_grow_with_the_size_of_type(qapp, table):
    before = table.row_height()
    theme.apply(qapp, "light", theme.LARGE, calm=True)
    after = table.row_height()
    theme.apply(qapp, "light", calm=True)
    assert (before, after > before, table.row_height()) == (36, True, 36)


def test_the_current_row_has_a_mark_besides_its_colour(table):
    table.go_to(1)
    picture = table.viewport().grab().toImage()
    assert picture.pixelColor(1, 10) == theme.color("bar")
    assert picture.pixelColor(1, table.row_height() + 10) != theme.color("bar")


def test_hairlines_are_the_only_lines(table):
    picture = table.viewport().grab().toImage()
    line = 2 * table.row_height() - 1
    inks = {picture.pixelColor(x, line).name() for x in range(picture.width() - 12)}
    assert inks == {theme.color("hair").name()}


UNITS = [
    TreeNode("all", "全局", 286),
    TreeNode("home", "机关本级", 62, (TreeNode("office", "办公室", 9),), strong=True),
]


@pytest.fixture
def tree(qtbot):
    view = TreeView(name="test.tree")
    view.set_nodes(UNITS)
    qtbot.addWidget(view)
    view.resize(192, 300)
    view.show()
    return view


def test_the_whole_is_chosen_at_first_and_nothing_is_announced(tree):
    assert tree.current_key() == "all"


def test_choosing_a_unit_tells_its_key(tree, qtbot):
    spot = tree.visualRect(tree.model().find("office")).center()
    with qtbot.waitSignal(tree.chosen) as told:
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == ["office"]


def test_the_arrow_folds_without_choosing(tree, qtbot):
    index = tree.model().find("home")
    spot = QPoint(6, tree.visualRect(index).center().y())
    with qtbot.assertNotEmitted(tree.chosen):
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert not tree.isExpanded(index)


def test_fresh_counts_keep_what_is_chosen_and_what_is_folded(tree, qtbot):
    tree.choose("home")
    tree.collapse(tree.model().find("home"))
    with qtbot.assertNotEmitted(tree.chosen):
        tree.set_nodes([TreeNode("new", "新单位", 1), *UNITS])
    assert tree.current_key() == "home"
    assert not tree.isExpanded(tree.model().find("home"))


def test_a_unit_is_read_aloud_with_its_count(tree):
    said = tree.model().find("office").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "办公室，9 人"
