"""The settings page: choices that work at once, backups made and put back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.paths import resource
from desktop.services import backups, protection
from desktop.settings import BACKUP_FOLDER, ORGANISATION, TEXT_SIZE, THEME, Settings
from desktop.ui.dialogs import backups_words
from desktop.ui.pages.settings_about import COMPONENTS
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Label
from tests.ui.safety import CHEAP, NAME, PASSWORD, answering, box, desk, gone, press

NOW = datetime(2026, 4, 13, 9, 2, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path, qtbot):
    with desk(tmp_path, qtbot) as made:
        made.add(NAME)
        yield made


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def step(opened, name, key):
    """Tab to the chosen part of a switch, then to another one by an arrow."""
    for _ in range(20):
        focused = opened.window.focusWidget()
        if focused.objectName() == name:
            QTest.keyClick(focused, key)
            return
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError(name)


def test_a_choice_works_at_once_and_is_kept(opened):
    step(opened, "settings.theme.system", Qt.Key.Key_Right)
    assert opened.redressed == ["light"]
    step(opened, "settings.theme.light", Qt.Key.Key_Right)
    assert opened.redressed == ["light", "dark"]
    assert Settings(opened.folder.settings).get(THEME) == "dark"


def test_choosing_what_is_chosen_already_does_nothing(opened):
    press(opened.window, "settings.theme.system")
    assert opened.redressed == []


def test_a_larger_type_keeps_the_place_and_the_focus(opened, qtbot):
    step(opened, "settings.text_size.standard", Qt.Key.Key_Right)
    assert Settings(opened.folder.settings).get(TEXT_SIZE) == "large"
    assert len(opened.redressed) == 1
    old = opened.page.findChild(QWidget, "settings.text_size.large")
    qtbot.waitUntil(
        lambda: (
            opened.page.findChild(QWidget, "settings.text_size.large") is not old
            and opened.window.focusWidget().objectName() == "settings.text_size.large"
        )
    )


def test_the_name_of_the_office_is_kept_on_leaving_the_field(opened):
    heard = []
    opened.page.organisation_changed.connect(heard.append)
    field = opened.page.findChild(QWidget, "settings.organisation")
    field.setFocus()
    QTest.keyClicks(field, " yunchuan  fwh ")
    assert heard == []
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert heard == ["yunchuan fwh"]
    assert Settings(opened.folder.settings).get(ORGANISATION) == "yunchuan fwh"


def test_the_first_tab_stop_is_the_first_choice(opened):
    opened.window.open("settings")
    assert opened.window.focusWidget().objectName() == "settings.theme.system"


def test_the_page_says_how_protection_stands(opened, qtbot):
    assert "还没有设密码" in words(opened.page)
    key = protection.new_recovery_key()
    opened.office.exchange(
        lambda: protection.set_password(
            opened.folder, PASSWORD, recovery_key=key, now=NOW, cost=CHEAP
        )
    )
    opened.page.reload()
    qtbot.waitUntil(lambda: "已设密码" in words(opened.page))
    press(opened.window, "settings.remember")
    qtbot.waitUntil(lambda: protection.is_remembered(opened.folder, vault=opened.vault))
    for name in ("change", "renew", "remove"):
        assert opened.page.findChild(Button, f"settings.{name}").isEnabled()


def test_folders_are_opened_and_licences_shown(opened, qtbot):
    press(opened.window, "settings.data.open")
    press(opened.window, "settings.logs.open")
    assert opened.redressed == [str(opened.folder.root), str(opened.folder.logs)]
    press(opened.window, "settings.licences")
    assert "SQLAlchemy" in box(qtbot, "licences").list.toPlainText()


def test_every_component_of_the_program_is_named_with_its_licence():
    told = resource().parent.joinpath("docs", "third-party.md").read_text(encoding="utf-8")
    program = told.split("## In the program")[1].split("## ")[0]
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+?) \|", program, re.MULTILINE)
    listed = {name: terms for name, terms in rows if name not in ("package", "---")}
    assert listed
    assert {name: dict(COMPONENTS)[name].split(";")[0] for name in listed} == {
        name: terms.split(";")[0] for name, terms in listed.items()
    }


# backups


def test_a_backup_is_made_by_hand_and_stands_in_the_list(opened, qtbot):
    press(opened.window, "settings.back_up")
    qtbot.waitUntil(lambda: "已备份并核对：成员 1 人" in opened.toast())
    qtbot.waitUntil(lambda: "手动" in words(opened.page))
    (backup,) = backups.listed(opened.folder)
    assert backup.reason is backups.Reason.BY_HAND


def test_a_copy_goes_to_a_folder_she_picks_and_is_proposed_again(opened, qtbot, tmp_path):
    stick = tmp_path / "U盘"
    stick.mkdir()
    opened.answers.folder = str(stick)
    press(opened.window, "settings.back_up_to")
    qtbot.waitUntil(lambda: "已另存" in opened.toast())
    assert len(list(stick.glob("*.db"))) == 1
    assert opened.settings.get(BACKUP_FOLDER) == str(stick)


def test_a_stick_that_was_pulled_out_is_told(opened, qtbot, tmp_path):
    opened.answers.folder = str(tmp_path / "gone" / "x")
    said = []

    def read(dialog):
        said.append(dialog.text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with answering(read):
        press(opened.window, "settings.back_up_to")
        qtbot.waitUntil(lambda: bool(said))
    assert "请" in said[0]
    assert opened.settings.get(BACKUP_FOLDER) == ""


def test_only_the_newest_are_shown_until_she_wants_all(opened, qtbot):
    for day in range(1, 8):
        backups.back_up_now(opened.folder, None, now=NOW.replace(day=day))
    opened.page.reload()
    qtbot.waitUntil(lambda: opened.page.findChild(Button, "settings.more") is not None)
    assert "4月1日" not in words(opened.page)
    press(opened.window, "settings.more")
    assert "4月1日" in words(opened.page)


def restore_newest(opened, qtbot):
    opened.safety.restore()
    dialog = box(qtbot, "restore")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    return dialog


def test_a_restore_asks_first_and_names_what_it_means(opened, qtbot):
    backups.back_up_now(opened.folder, None, now=NOW)
    dialog = restore_newest(opened, qtbot)
    assert "现在名册里的 1 人会换成这份备份里的内容" in words(dialog)
    assert "的备份恢复" in words(dialog)


def test_a_restore_puts_back_keeps_the_present_aside_and_the_pages_read_again(opened, qtbot):
    backups.back_up_now(opened.folder, None, now=NOW)
    opened.add("后来的人")
    heard = []
    opened.jobs.changed.connect(lambda tables, _owner: heard.append(tables))
    dialog = restore_newest(opened, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    gone(qtbot)
    assert opened.names() == [NAME]
    assert "members" in heard[0]
    assert opened.toast() == "已恢复并核对：成员 1 人，单位 0 个"
    qtbot.waitUntil(
        lambda: "恢复之前的数据另存为" in opened.page.findChild(QWidget, "settings.restored").text()
    )
    aside = backups.listed(opened.folder)[0]
    assert aside.reason is backups.Reason.BEFORE_RESTORE
    opened.safety.restore(aside.file)
    QTest.keyClick(box(qtbot, "restore"), Qt.Key.Key_Return)
    gone(qtbot)
    assert opened.names() == [NAME, "后来的人"]
    opened.add("再写一个")
    assert len(opened.names()) == 3


@pytest.mark.parametrize("steps", [0, 1])
def test_esc_leaves_the_data_as_they_were(opened, qtbot, steps):
    backups.back_up_now(opened.folder, None, now=NOW)
    opened.add("后来的人")
    opened.safety.restore()
    dialog = box(qtbot, "restore")
    for _ in range(steps):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    gone(qtbot)
    assert opened.names() == [NAME, "后来的人"]
    assert len(backups.listed(opened.folder)) == 1


def test_a_protected_backup_asks_for_its_password_and_takes_its_protection_along(
    opened, qtbot, tmp_path
):
    with desk(tmp_path / "second", qtbot) as other:
        other.add("别的电脑上的人")
        other.office.exchange(
            lambda: protection.set_password(
                other.folder,
                PASSWORD,
                recovery_key=protection.new_recovery_key(),
                now=NOW,
                cost=CHEAP,
            )
        )
        file = backups.back_up_to(
            other.folder, other.office.key, tmp_path / "copy.db", now=NOW
        ).file
    opened.answers.backup = str(file)
    opened.safety.restore()
    dialog = box(qtbot, "restore")
    press(dialog, "restore.other")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._secret is not None and dialog.form.isEnabled())
    QTest.keyClicks(dialog.focusWidget(), "not this one at all")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "密码不对" in dialog._field.error())
    QTest.keyClicks(dialog.focusWidget(), PASSWORD)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    gone(qtbot)
    assert opened.names() == ["别的电脑上的人"]
    assert opened.office.is_protected
    assert not opened.window.findChild(QWidget, "statusBar.protection").isVisible()


def test_a_file_that_is_no_backup_is_told_in_the_dialog(opened, qtbot, tmp_path):
    file = tmp_path / "photo.db"
    file.write_bytes(b"nothing of ours")
    opened.answers.backup = str(file)
    opened.safety.restore()
    dialog = box(qtbot, "restore")
    press(dialog, "restore.other")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "不是本程序的备份" in dialog.message.text())
    assert opened.names() == [NAME]


def test_the_page_opens_the_restore_when_it_is_asked_for(opened, qtbot):
    opened.window.open("settings", "restore")
    assert box(qtbot, "restore").isVisible()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 4, 14, 8, 30), "今天 08:30"),  # noqa: DTZ001 - wall-clock time is meant
        (datetime(2026, 4, 13, 17, 5), "昨天 17:05"),  # noqa: DTZ001 - wall-clock time is meant
        (datetime(2026, 4, 1, 9, 0), "4月1日 09:00"),  # noqa: DTZ001 - wall-clock time is meant
        (datetime(2025, 12, 31, 9, 0), "2025年12月31日 09:00"),  # noqa: DTZ001 - wall-clock time is meant
    ],
)
def test_a_moment_is_said_as_a_person_would(moment, words):
    assert backups_words.moment(moment, date(2026, 4, 14)) == words


@pytest.mark.parametrize(
    ("count", "words"), [(10, "1 KB"), (86_016, "84 KB"), (1_258_291, "1.2 MB")]
)
def test_a_size_is_said_in_the_unit_that_is_read_easily(count, words):
    assert backups_words.size(count) == words
