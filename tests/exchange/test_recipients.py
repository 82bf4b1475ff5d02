"""Who gets a certificate, read from lists as offices make them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from db.errors import UnusableError
from desktop.exchange.recipients import Listed, read_recipients

Rows = list[list[object]]


def listed(folder: Path, rows: Rows) -> list[Listed]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "名单.xlsx")
    return list(read_recipients(folder / "名单.xlsx").recipients)


def test_people_collectives_families_and_pairs_are_recipients(tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年度先进集体和个人名单"],
        ["序号", "姓名", "奖项"],
        [1, "环境监测中心", "先进集体"],
        [2, "王　芳", "先进个人"],
        [3, "办公室（法规科）", "先进集体"],
        [4, "徐丽华家庭", "最美家庭"],
        [5, "李娜、王芳", "最佳搭档"],
        ["合计", "5"],
        ["注：排名不分先后"],
    ]

    found = listed(tmp_path, rows)

    assert [(one.row, one.name, one.title) for one in found] == [
        (3, "环境监测中心", "先进集体"),
        (4, "王　芳", "先进个人"),
        (5, "办公室（法规科）", "先进集体"),
        (6, "徐丽华家庭", "最美家庭"),
        (7, "李娜、王芳", "最佳搭档"),
    ]


@pytest.mark.parametrize("heading", ["获奖单位", "获奖者", "家庭名称", "姓名"])
def test_the_column_of_recipients_may_have_other_names(tmp_path: Path, heading: str) -> None:
    found = listed(tmp_path, [[heading, "荣誉称号"], ["环境监测中心", "巾帼文明岗"]])

    assert [(one.name, one.title) for one in found] == [("环境监测中心", "巾帼文明岗")]


def test_an_award_without_a_recipient_is_not_dropped_in_silence(tmp_path: Path) -> None:
    found = listed(tmp_path, [["姓名", "奖项"], ["王芳", "先进个人"], [None, "先进个人"]])

    assert [(one.row, one.name) for one in found] == [(2, "王芳"), (3, "")]


def test_a_section_over_people_is_no_recipient(tmp_path: Path) -> None:
    rows: Rows = [["序号", "姓名"], ["办公室", None], [1, "王芳"], ["监测站", None], [2, "李娜"]]

    assert [(one.name, one.unit) for one in listed(tmp_path, rows)] == [
        ("王芳", "办公室"),
        ("李娜", "监测站"),
    ]


def test_what_the_list_says_goes_before_everything(tmp_path: Path) -> None:
    rows: Rows = [
        ["姓名", "称呼", "证书编号", "颁发单位", "颁发日期", "正文"],
        ["王芳", "女士", "荣〔2026〕7号", "某某局", "2026年3月8日", "工作突出。"],
    ]

    (one,) = listed(tmp_path, rows)

    assert (one.honorific, one.certificate_no, one.issuer) == ("女士", "荣〔2026〕7号", "某某局")
    assert (str(one.issued_on), one.body) == ("2026-03-08", "工作突出。")


def test_a_list_without_a_heading_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as refused:
        listed(tmp_path, [["王芳"], ["李娜"], ["张敏"]])

    assert "姓名" in str(refused.value)
