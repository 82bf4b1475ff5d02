"""The paper with the recovery key: what can be read on it, and how its file is written."""

from __future__ import annotations

import os
from datetime import date

import pytest

from db.errors import AppError
from desktop.documents import recovery_sheet
from tests.documents.reading import page_texts, picture, place_of

KEY = "7K2QM-0A1B2-C3D4E-F5G6H-J7K8M-N9P0Q-R1S2T-V3W4X"
ON = date(2026, 4, 14)


@pytest.fixture
def sheet(tmp_path):
    target = tmp_path / "恢复密钥.pdf"
    recovery_sheet.write(target, KEY, organisation="云川市生态环境局妇委会", on=ON)
    return target


def test_every_group_stands_on_one_page_under_its_number(sheet):
    (text,) = page_texts(sheet)
    for number, group in enumerate(KEY.split("-"), start=1):
        assert group in text
        above, below = place_of(sheet, f"第 {number} 组"), place_of(sheet, group)
        assert above[3] < below[1]
        assert above[0] < (below[0] + below[2]) / 2 < above[2]


def test_the_key_is_large_and_inside_the_page(sheet):
    left, top, right, bottom = place_of(sheet, "7K2QM")
    assert bottom - top > 5
    assert 25 < left < right < 185


def test_it_says_whose_it_is_when_it_was_made_and_to_keep_it_apart(sheet):
    (text,) = page_texts(sheet)
    assert "云川市生态环境局妇委会" in text
    assert "2026年4月14日" in text
    assert "不要和电脑、U 盘或备份放在一起" in text


def test_an_office_without_a_name_gets_a_page_with_the_date_alone(tmp_path):
    target = tmp_path / "恢复密钥.pdf"
    recovery_sheet.write(target, KEY, organisation="", on=ON)
    assert place_of(target, "2026年4月14日")[0] == pytest.approx(25, abs=1)


def test_a_rare_character_of_the_name_is_drawn(tmp_path):
    target = tmp_path / "恢复密钥.pdf"
    recovery_sheet.write(target, KEY, organisation="䶶村妇委会", on=ON)
    assert "䶶村妇委会" in page_texts(target)[0]


def test_nothing_is_cut_off_at_the_edges(sheet):
    page = picture(sheet, dpi=72)
    width, height = page.size
    for box in (
        (0, 0, 50, height),
        (width - 50, 0, width, height),
        (0, height - 50, width, height),
    ):
        assert page.crop(box).getextrema() == ((255, 255),) * 3


@pytest.mark.skipif(os.name != "posix", reason="rights of a file are its folder's on Windows")
def test_only_its_owner_may_read_it(sheet):
    assert sheet.stat().st_mode & 0o077 == 0


def test_the_same_key_gives_the_same_file(sheet, tmp_path):
    again = tmp_path / "again.pdf"
    recovery_sheet.write(again, KEY, organisation="云川市生态环境局妇委会", on=ON)
    assert again.read_bytes() == sheet.read_bytes()


def test_a_place_that_is_a_file_is_told_and_nothing_is_left(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(AppError) as told:
        recovery_sheet.write(blocked / "恢复密钥.pdf", KEY, organisation="", on=ON)
    assert told.value.kept == "密码保护没有任何改动。"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
