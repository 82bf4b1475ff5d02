"""Opening protected data at the start: password, recovery key, and what if neither is at hand."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.errors import DamagedError, PasswordNeededError
from db.session import Database
from db.tables import Member
from desktop.paths import DataFolder
from desktop.services import backups, office, protection
from desktop.ui.dialogs.password_unlock import Unlocking
from desktop.ui.widgets.buttons import Button
from tests.ui.safety import CHEAP, NAME, PASSWORD, Clock, answering, press

NOW = datetime(2026, 4, 14, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    folder = DataFolder(tmp_path / "data")
    with (
        Database.open(folder.database, clock=lambda: NOW) as database,
        database.write("文员", "新增") as session,
    ):
        session.add(Member(name=NAME))
    return folder


@pytest.fixture
def recovery_key(folder):
    key = protection.new_recovery_key()
    protection.set_password(folder, PASSWORD, recovery_key=key, now=NOW, cost=CHEAP)
    return key


@pytest.fixture
def unlocking(qtbot, folder, tmp_path):
    picked: list[str] = []
    made = Unlocking(
        None,
        folder,
        clock=Clock(),
        vault=tmp_path / "vault",
        pick_backup=lambda _parent, _start: picked.pop(),
    )
    made.picked = picked
    return made


def typing(text):
    def step(dialog):
        if dialog.objectName() not in ("unlock", "restore") or not dialog.form.isEnabled():
            return False
        dialog.focusWidget().selectAll()
        QTest.keyClicks(dialog.focusWidget(), text)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        return True

    return step


def leaving(dialog):
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


@contextmanager
def opened(folder, unlocking, tmp_path):
    """The office as the start of the window opens it; None when she left."""
    with ExitStack() as held:
        while True:
            try:
                found = held.enter_context(
                    office.opened(folder, secret=unlocking.ask, actor="文员", clock=Clock())
                )
            except PasswordNeededError:
                if unlocking.is_restored:
                    continue
                yield None
                return
            unlocking.settle(found)
            yield found
            return


def names(found) -> list[str]:
    with found.read() as session:
        return [member.name for member in session.query(Member)]


@pytest.fixture(autouse=True)
def _own_vault(monkeypatch, tmp_path):
    """Remembered keys of these tests stay in their folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "config"))


def test_the_password_opens_the_data(folder, recovery_key, unlocking, tmp_path):
    with answering(typing(PASSWORD)), opened(folder, unlocking, tmp_path) as found:
        assert names(found) == [NAME]
    assert not protection.is_remembered(folder, vault=tmp_path / "vault")


def test_a_wrong_password_is_said_at_the_field_and_she_may_try_again(
    folder, recovery_key, unlocking, tmp_path
):
    said = []

    def note(dialog):
        if not dialog._field.error():
            return False
        said.append(dialog._field.error())
        return True

    steps = (typing("not this one at all"), note, typing(PASSWORD))
    with answering(*steps), opened(folder, unlocking, tmp_path) as found:
        assert names(found) == [NAME]
    assert "密码不对" in said[0]


def test_the_recovery_key_opens_in_lower_case_with_spaces(
    folder, recovery_key, unlocking, tmp_path
):
    typed = recovery_key.lower().replace("-", " ")
    with answering(typing(typed)), opened(folder, unlocking, tmp_path) as found:
        assert names(found) == [NAME]


def test_a_slip_in_the_recovery_key_names_its_group(folder, recovery_key, unlocking, tmp_path):
    groups = recovery_key.split("-")
    groups[2] = groups[2][1:] + ("2" if groups[2][0] != "2" else "3")
    said = []

    def note(dialog):
        if not dialog._field.error():
            return False
        said.append(dialog._field.error())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return True

    with (
        answering(typing("-".join(groups)), note),
        opened(folder, unlocking, tmp_path) as found,
    ):
        assert found is None
    assert "第 3 组" in said[0]


def test_esc_leaves_without_opening(folder, recovery_key, unlocking, tmp_path):
    before = folder.database.read_bytes()
    with answering(leaving), opened(folder, unlocking, tmp_path) as found:
        assert found is None
    assert folder.database.read_bytes() == before


def test_ticked_to_remember_this_pc_does_not_ask_again(folder, recovery_key, unlocking, tmp_path):
    def tick(dialog):
        press(dialog, "unlock.remember")
        dialog.secret.setFocus()

    with answering(tick, typing(PASSWORD)), opened(folder, unlocking, tmp_path):
        pass
    vault = tmp_path / "vault"
    assert protection.is_remembered(folder, vault=vault)
    assert protection.key_for(folder, lambda: None, vault=vault) is not None


def test_damaged_keys_are_told_apart_from_a_wrong_password(
    folder, recovery_key, unlocking, tmp_path
):
    for file in folder.root.rglob("*"):
        if file.is_file() and file != folder.database:
            file.write_bytes(b"\x00" * 40)
    said = []

    def note(dialog):
        if not dialog.message.text():
            return False
        said.append((dialog.message.text(), dialog._field.error()))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return True

    with (
        answering(typing(PASSWORD), note),
        opened(folder, unlocking, tmp_path) as found,
    ):
        assert found is None
    ((message, field),) = said
    assert field == ""
    assert "密码不对" not in message


def test_a_backup_elsewhere_is_the_way_round_a_forgotten_password(
    folder, recovery_key, unlocking, tmp_path
):
    other = DataFolder(tmp_path / "other")
    with (
        Database.open(other.database, clock=lambda: NOW) as database,
        database.write("文员", "新增") as session,
    ):
        session.add(Member(name="备份里的人"))
    key = protection.set_password(
        other, "the other one 2025", recovery_key=protection.new_recovery_key(), now=NOW, cost=CHEAP
    )
    unlocking.picked.append(str(backups.back_up_now(other, key, now=NOW).file))

    def other_file(dialog):
        if dialog.objectName() != "restore":
            return False
        press(dialog, "restore.other")
        return True

    def confirm(dialog):
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    def asked(dialog):
        return dialog._secret is not None and dialog.form.isEnabled()

    steps = (
        lambda dialog: press(dialog, "unlock.restore"),
        other_file,
        confirm,
        asked,
        typing("the other one 2025"),
        typing("the other one 2025"),
    )
    with answering(*steps), opened(folder, unlocking, tmp_path) as found:
        assert names(found) == ["备份里的人"]


def test_data_that_cannot_be_opened_offer_a_backup(folder, unlocking, tmp_path):
    backups.back_up_now(folder, None, now=NOW)
    folder.database.write_bytes(b"SQLite format 3\x00" + b"\x07" * 9000)
    steps = (
        lambda box: box.findChild(Button, "notice.restore").click(),
        lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return),
        lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return),
    )
    with answering(*steps):
        assert unlocking.offer_restore(DamagedError("数据文件已经损坏。"))
    with Database.open(folder.database) as database, database.read() as session:
        assert [member.name for member in session.query(Member)] == [NAME]


def test_leaving_that_offer_changes_nothing(folder, unlocking):
    before = folder.database.read_bytes()
    with answering(leaving):
        assert not unlocking.offer_restore(DamagedError("数据文件已经损坏。"))
    assert folder.database.read_bytes() == before
