"""One whole day without a mouse: from an empty folder to a roster under a password, and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.fields.identity import check_character
from desktop.paths import DataFolder, resource
from desktop.ui.pages.first_run import FirstRunPage
from desktop.ui.pages.import_page import DONE, REVIEW, ImportPage
from desktop.ui.pages.members_page import MembersPage
from tests.ui.safety import PASSWORD
from tests.ui.whole_window import ALT, CTRL, KEY, Keyboard, started, write

ROSTER = "局机关2026年女职工花名册.xlsx"
ROWS = 62
LOST = "吕彩霞"  # her identity number ends in a wrong character


@pytest.fixture
def folder(tmp_path, monkeypatch) -> DataFolder:
    """An empty place, and nothing remembered on this PC."""
    for variable in ("XDG_CONFIG_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "account"))
    return DataFolder(tmp_path / "data")


def importing(keys: Keyboard) -> ImportPage:
    page = keys.window.current_page()
    assert isinstance(page, ImportPage)
    return page


def roster(keys: Keyboard) -> MembersPage:
    page = keys.window.current_page()
    assert isinstance(page, MembersPage)
    return page


def names(keys: Keyboard) -> list[str]:
    return [row.name for row in roster(keys).list.rows()]


def bring_in(keys: Keyboard, file: Path) -> None:
    """First page, file, columns, one correction, import."""
    assert keys.focused().objectName() == "first_run.zone.choose"
    keys.with_file(file)
    keys.until(lambda: importing(keys).step() == REVIEW)
    keys.settle()
    review = importing(keys).review
    taken = [column.title for column in review.model.columns]
    assert taken[1:7] == ["姓名", "身份证号", "单位", "职务", "出生日期", "手机"]
    correct(keys)
    keys.pane_with("import.go")
    keys.press(KEY.Key_Return)
    keys.until(lambda: importing(keys).step() == DONE)
    keys.settle()


def correct(keys: Keyboard) -> None:
    """Walk the problems to hers, and type the number as it should be."""
    review = importing(keys).review
    while review.current_row().name != LOST:
        keys.press(KEY.Key_Down, CTRL)
    keys.press(KEY.Key_F2)
    shown = keys.focused().property("text")
    keys.press(KEY.Key_A, CTRL)
    keys.type(shown[:17] + check_character(shown[:17]))
    keys.press(KEY.Key_Return)
    keys.until(lambda: not [one for one in said(keys) if "末位" in one])


def said(keys: Keyboard) -> list[str]:
    labels = importing(keys).review.decision.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


def find(keys: Keyboard, sound: str) -> None:
    keys.press(KEY.Key_F, CTRL)
    keys.press(KEY.Key_A, CTRL)
    keys.press(KEY.Key_Delete)
    keys.type(sound)
    keys.until(lambda: roster(keys).asked_for().find == sound)
    keys.settle()


def promote(keys: Keyboard, post: str) -> None:
    """Open her form from the table and write another post."""
    keys.press(KEY.Key_Down)
    keys.press(KEY.Key_F2)
    keys.tab_to("members.form.post")
    keys.press(KEY.Key_A, CTRL)
    keys.type(post)
    keys.press(KEY.Key_Return, CTRL)


def export(keys: Keyboard, target: Path) -> None:
    keys.pane_with("members.export")
    keys.press(KEY.Key_Space)
    keys.box("members.export_dialog")
    keys.with_file(target)
    keys.until(target.exists)
    keys.settle()


def protect(keys: Keyboard, sheet: Path) -> None:
    """From the amber sign to a password, with the recovery key kept."""
    keys.pane_with("statusBar.protection")
    keys.press(KEY.Key_Space)
    keys.box("protection")
    for _ in range(2):
        keys.type(PASSWORD)
        keys.press(KEY.Key_Return)
    keys.tab_to("recovery.save")
    keys.with_file(sheet, KEY.Key_Space)
    keys.until(sheet.exists)
    keys.settle()
    keys.tab_to("recovery.kept")
    keys.press(KEY.Key_Space)
    keys.press(KEY.Key_Return)
    keys.until(lambda: QApplication.activeModalWidget() is None)
    keys.settle()


def later(dialog) -> bool:
    """What the first start recommends is left for later."""
    if dialog.objectName() != "protection":
        return False
    QTest.keyClick(dialog, KEY.Key_Escape)
    return True


def unlock(dialog) -> bool:
    if dialog.objectName() != "unlock" or not dialog.form.isEnabled():
        return False
    write(dialog.focusWidget(), PASSWORD)
    QTest.keyClick(dialog.focusWidget(), KEY.Key_Return)
    return True


@pytest.mark.slow
def test_a_whole_day_by_the_keyboard(folder, qapp, qtbot, tmp_path) -> None:
    file = tmp_path / ROSTER
    shutil.copy(resource("samples", ROSTER), file)
    with started(folder, qtbot, later) as keys:
        assert isinstance(keys.window.current_page(), FirstRunPage)
        bring_in(keys, file)
        keys.press(KEY.Key_2, ALT)
        assert len(names(keys)) == ROWS

        find(keys, "lcx")
        assert names(keys) == [LOST]
        before = roster(keys).list.rows()[0]
        assert before.to_check is False
        promote(keys, "办公室主任")
        assert roster(keys).list.rows()[0].post == "办公室主任"
        keys.press(KEY.Key_Z, CTRL)
        keys.until(lambda: roster(keys).list.rows()[0].post == before.post)

        find(keys, "")
        export(keys, tmp_path / "送出.xlsx")
        sheet = load_workbook(tmp_path / "送出.xlsx").active
        assert LOST in {str(cell.value) for row in sheet.iter_rows() for cell in row}

        protect(keys, tmp_path / "U盘" / "恢复密钥.pdf")
        assert not any(
            LOST.encode() in one.read_bytes() for one in folder.root.rglob("*") if one.is_file()
        )

    with started(folder, qtbot, unlock) as keys:
        assert len(names(keys)) == ROWS
        find(keys, "lvcaixia")
        assert names(keys) == [LOST]
        keys.press(KEY.Key_Down)  # out of the search box, where Ctrl+Z takes back the typing
        keys.press(KEY.Key_Z, CTRL)
        keys.until(lambda: isinstance(keys.window.current_page(), FirstRunPage))
        assert file.read_bytes() == resource("samples", ROSTER).read_bytes()
