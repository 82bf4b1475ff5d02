"""Setting, changing and taking off the password in the window, by keys alone."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import WrongPasswordError
from desktop.documents import recovery_sheet
from desktop.services import backups, protection
from desktop.settings import PROTECTION_OFFERED
from desktop.ui.dialogs import protection_strength, recovery_places
from desktop.ui.widgets.buttons import Button
from tests.documents.reading import page_texts, picture
from tests.ui.safety import NAME, NEW, PASSWORD, box, desk, gone, press, type_in


@pytest.fixture
def opened(tmp_path, qtbot):
    with desk(tmp_path, qtbot) as made:
        made.add(NAME)
        made.answers.key_file = str(tmp_path / "U盘" / "恢复密钥.pdf")
        yield made


def keep_key(qtbot, dialog) -> str:
    """Save the recovery key and tick that it was kept; the key."""
    panel = dialog._panel
    press(dialog, "recovery.save")
    qtbot.waitUntil(panel.tick.isEnabled)
    press(dialog, "recovery.kept")
    return dialog._recovery_key


def protect(qtbot, opened) -> str:
    """Go the whole way; the recovery key."""
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, PASSWORD)
    key = keep_key(qtbot, dialog)
    press(dialog, "protection.go")
    gone(qtbot)
    return key


def sign(opened) -> bool:
    return opened.window.findChild(QWidget, "statusBar.protection").isVisible()


def test_the_amber_sign_leads_to_a_password_and_goes_when_it_is_set(opened, qtbot):
    assert sign(opened)
    opened.window.findChild(QWidget, "statusBar.protection").click()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, PASSWORD)
    keep_key(qtbot, dialog)
    press(dialog, "protection.go")
    gone(qtbot)
    assert not sign(opened)
    assert opened.toast() == "已设密码，数据和 1 份备份都已加密"


def test_under_a_password_the_window_still_reads_and_writes_and_no_file_tells_a_name(opened, qtbot):
    backups.back_up_now(opened.folder, None, now=datetime(2026, 4, 14, tzinfo=UTC))
    assert len(opened.readable()) == 2
    protect(qtbot, opened)
    assert opened.readable() == []
    opened.add("徐丽华")
    assert opened.names() == [NAME, "徐丽华"]
    assert opened.readable() == []
    assert protection.unlock(opened.folder, PASSWORD) == opened.office.key


def test_the_saved_sheet_holds_the_key_that_opens_the_data(opened, qtbot, tmp_path):
    key = protect(qtbot, opened)
    (text,) = page_texts(tmp_path / "U盘" / "恢复密钥.pdf")
    assert all(group in text for group in key.split("-"))
    assert protection.unlock(opened.folder, key.lower().replace("-", " ")) == opened.office.key


def test_nothing_is_switched_on_before_the_key_is_kept_and_the_reason_stands_beside(opened, qtbot):
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    assert dialog.reason.text() == "请先输入新密码"
    type_in(dialog, PASSWORD)
    assert dialog.reason.text() == "请再输入一遍同样的密码"
    type_in(dialog, PASSWORD)
    primary = dialog.findChild(Button, "protection.go")
    assert (dialog.reason.text(), primary.isEnabled()) == ("先保存或打印恢复密钥", False)
    assert not dialog._panel.tick.isEnabled()
    press(dialog, "recovery.print")
    assert (dialog.reason.text(), primary.isEnabled()) == ("请确认已经保存好", False)
    press(dialog, "recovery.kept")
    assert (dialog.reason.text(), primary.isEnabled()) == ("", True)
    assert len(opened.answers.printed) == 1
    assert not opened.office.is_protected


def test_a_print_that_was_left_keeps_nothing(opened, qtbot):
    opened.answers.prints = False
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, PASSWORD)
    press(dialog, "recovery.print")
    assert not dialog._panel.tick.isEnabled()


def test_a_key_beside_the_data_is_not_kept(opened, qtbot):
    opened.answers.key_file = str(opened.folder.root / "恢复密钥.pdf")
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, PASSWORD)
    press(dialog, "recovery.save")
    assert "另选一个地方" in dialog._panel.message.text()
    assert not dialog._panel.tick.isEnabled()
    assert not (opened.folder.root / "恢复密钥.pdf").exists()


def test_a_place_that_cannot_be_written_is_told_in_the_dialog(opened, qtbot, tmp_path):
    (tmp_path / "file").write_text("x")
    opened.answers.key_file = str(tmp_path / "file" / "恢复密钥.pdf")
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, PASSWORD)
    press(dialog, "recovery.save")
    qtbot.waitUntil(lambda: "密码保护没有任何改动" in dialog._panel.message.text())
    assert not dialog._panel.tick.isEnabled()


@pytest.mark.parametrize("step", ["password", "key"])
def test_esc_leaves_everything_as_it_was(opened, qtbot, step):
    before = opened.folder.database.read_bytes()
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, *([PASSWORD] if step == "key" else []))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    gone(qtbot)
    assert not opened.office.is_protected
    assert sign(opened)
    assert opened.folder.database.read_bytes() == before


def test_going_back_asks_for_the_password_again(opened, qtbot):
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, PASSWORD)
    press(dialog, "protection.back")
    type_in(dialog, NEW, NEW)
    keep_key(qtbot, dialog)
    press(dialog, "protection.go")
    gone(qtbot)
    assert protection.unlock(opened.folder, NEW) == opened.office.key


def test_two_different_passwords_are_said_at_the_second(opened, qtbot):
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, NEW)
    assert dialog._fields._fields[1].error() == "和前面输入的不一样"
    assert not dialog.findChild(Button, "protection.go").isEnabled()


def test_the_eye_shows_what_is_typed(opened, qtbot):
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    edit = dialog._fields.first
    QTest.keyClicks(edit, PASSWORD)
    assert edit.displayText() != PASSWORD
    press(dialog, "protection.new.eye")
    assert edit.displayText() == PASSWORD


def test_a_damaged_backup_is_told_in_the_dialog_and_the_data_stay_open(opened, qtbot):
    file = backups.back_up_now(opened.folder, None, now=datetime(2026, 4, 14, tzinfo=UTC)).file
    file.write_bytes(file.read_bytes()[:6000])
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    type_in(dialog, PASSWORD, PASSWORD)
    keep_key(qtbot, dialog)
    press(dialog, "protection.go")
    qtbot.waitUntil(lambda: "已经损坏" in dialog.message.text())
    assert dialog.findChild(Button, "protection.go").isEnabled()
    assert not opened.office.is_protected
    assert opened.names() == [NAME]


def test_a_password_is_recommended_once_and_never_again(opened, qtbot):
    assert opened.safety.offer_protection()
    dialog = box(qtbot, "protection")
    assert dialog.buttons[""].text() == "以后再说"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    gone(qtbot)
    assert opened.settings.get(PROTECTION_OFFERED)
    assert not opened.safety.offer_protection()
    assert QApplication.activeModalWidget() is None


def test_esc_during_the_work_asks_it_to_stop_and_the_dialog_stays(opened, qtbot):
    began = threading.Event()

    def work(*, step):
        while True:
            began.set()
            step(1, 3)

    opened.safety.protect()
    dialog = box(qtbot, "protection")
    dialog.work(work, busy="正在加密名册和备份…")
    qtbot.waitUntil(began.is_set)
    assert not dialog.form.isEnabled()
    assert dialog.buttons[""].text() == "停下"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.form.isEnabled)
    assert dialog.isVisible()
    assert dialog.buttons[""].text() == "取消"


def test_what_cannot_be_stopped_is_not_left_half_way(opened, qtbot):
    go = threading.Event()
    opened.safety.protect()
    dialog = box(qtbot, "protection")
    dialog.work(lambda: go.wait(10), busy="正在更改密码…")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.buttons[""].isEnabled()
    go.set()
    gone(qtbot)


def test_the_printer_gets_the_same_page_as_the_file(qapp, tmp_path):
    key = "7K2QM-0A1B2-C3D4E-F5G6H-J7K8M-N9P0Q-R1S2T-V3W4X"
    sheet = recovery_sheet.lay_out(key, organisation="云川市生态环境局妇委会", on=date(2026, 4, 14))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert recovery_places.paint_on(printer, sheet)
    saved = tmp_path / "saved.pdf"
    recovery_sheet.write(saved, key, organisation="云川市生态环境局妇委会", on=date(2026, 4, 14))
    one, other = (picture(tmp_path / name, dpi=51) for name in ("printed.pdf", "saved.pdf"))
    differing = ImageChops.difference(one.convert("L"), other.convert("L"))
    assert ImageStat.Stat(differing).mean[0] < 1.5
    key_box = (48, 140, 372, 258)
    blank = Image.new("L", (324, 118), 255)
    inked = ImageChops.difference(one.convert("L").crop(key_box), blank)
    assert ImageStat.Stat(inked).mean[0] > 10


# once there is a password


def test_the_password_is_changed_with_the_present_one(opened, qtbot):
    key = protect(qtbot, opened)
    opened.safety.change_password()
    dialog = box(qtbot, "change_password")
    type_in(dialog, "not this one at all", NEW, NEW)
    qtbot.waitUntil(lambda: "密码不对" in dialog._field.error())
    QTest.keyClicks(dialog.focusWidget(), PASSWORD)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    gone(qtbot)
    assert protection.unlock(opened.folder, NEW) == opened.office.key
    assert protection.unlock(opened.folder, key) == opened.office.key
    with pytest.raises(WrongPasswordError):
        protection.unlock(opened.folder, PASSWORD)


def test_the_recovery_key_changes_a_forgotten_password(opened, qtbot):
    key = protect(qtbot, opened)
    opened.safety.change_password()
    type_in(box(qtbot, "change_password"), key.lower().replace("-", " "), NEW, NEW)
    gone(qtbot)
    assert protection.unlock(opened.folder, NEW) == opened.office.key


def test_protection_is_taken_off_with_the_password_only(opened, qtbot):
    protect(qtbot, opened)
    opened.safety.remove_password()
    dialog = box(qtbot, "remove_password")
    type_in(dialog, "not this one at all")
    qtbot.waitUntil(lambda: "密码不对" in dialog._field.error())
    assert opened.office.is_protected
    QTest.keyClicks(dialog.focusWidget(), PASSWORD)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    gone(qtbot)
    assert not opened.office.is_protected
    assert sign(opened)
    assert opened.names() == [NAME]


def test_a_new_recovery_key_counts_only_after_it_was_kept(opened, qtbot, tmp_path):
    old = protect(qtbot, opened)
    opened.answers.key_file = str(tmp_path / "新密钥.pdf")
    opened.safety.renew_recovery_key()
    dialog = box(qtbot, "renew_key")
    QTest.keyClicks(dialog.focusWidget(), PASSWORD)
    assert not dialog.findChild(Button, "renew_key.go").isEnabled()
    new = keep_key(qtbot, dialog)
    press(dialog, "renew_key.go")
    gone(qtbot)
    assert protection.unlock(opened.folder, new) == opened.office.key
    with pytest.raises(WrongPasswordError):
        protection.unlock(opened.folder, old)


def test_this_pc_remembers_and_forgets(opened, qtbot):
    protect(qtbot, opened)
    for wanted in (True, False):
        opened.safety.set_remembered(wanted)
        qtbot.waitUntil(
            lambda wanted=wanted: (
                protection.is_remembered(opened.folder, vault=opened.vault) is wanted
            )
        )


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("", ""),
        ("12345678", "容易被猜到，再长一些更好"),
        ("aaaaaaaaaaaa", "容易被猜到，再长一些更好"),
        ("19840312", "容易被猜到，再长一些更好"),
        ("Guihua-26", "强度：可以"),
        ("桂花又开了", "强度：可以"),
        ("guihua kaile 2026", "强度：很好"),
    ],
)
def test_the_word_for_a_password_says_how_hard_it_is_to_guess(password, word):
    assert protection_strength.of(password).words == word
