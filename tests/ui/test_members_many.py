"""Does a search that finds hundreds show the first at once, and everybody in the end?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import changes
from db.tables import Member
from desktop.services import members
from tests.ui.members_support import Desk

MANY = 700


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    columns = {"name": [*(f"王{number:03d}" for number in range(MANY)), "安心"]}
    columns |= members.computed_columns(columns)
    made.write("导入", lambda s: changes.insert_columns(s, Member.__table__, columns))
    made.open()
    yield made
    made.close()


def test_a_search_counts_everybody_and_shows_everybody_in_the_end(desk: Desk) -> None:
    seen: list[tuple[int, str]] = []
    page = desk.page
    page.list.model.modelReset.connect(
        lambda: seen.append((len(page.list.rows()), page.list.text()))
    )
    desk.find("wang")
    assert [row.name for row in page.list.rows()] == [f"王{n:03d}" for n in range(MANY)]
    assert page.list.text() == f"匹配 {MANY} 人"
    assert page.list.count() == MANY
    assert min(rows for rows, _ in seen) < MANY


def test_ticks_outlive_another_search_that_finds_the_same_people(desk: Desk) -> None:
    desk.find("wang")
    last = desk.page.list.rows()[-1].id
    desk.page.list.tick([last])
    desk.find("王")
    assert desk.page.list.model.ticked() == {last}
