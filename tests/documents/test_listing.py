"""A list of chosen members on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.errors import UnusableError
from db.types import PartialDate
from desktop.documents.listing import draw_listing
from desktop.documents.paper import Drawn
from tests.documents.reading import page_texts

TODAY = date(2026, 4, 14)
ID = "420000198506120021"


def person(**values: object) -> dict[str, object]:
    return {"id": 1, "name": "王芳", "unit_id": 1, "sex": "2", **values}


def draw(people: list[dict[str, object]], target: Path, **options: Any) -> Drawn:
    told: dict[str, Any] = {
        "title": "女职工名单",
        "full": False,
        "unit_names": {1: "办公室", 2: "环境监测中心"},
        "organisation": "云川市生态环境局妇委会",
        "today": TODAY,
    }
    return draw_listing(people, target, **told | options)


def test_everybody_stands_in_the_order_given_with_the_usual_columns(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    people = [person(name=name, unit_id=2) for name in ("张敏敏", "安心心", "李娜娜")]

    drawn = draw(people, target)

    text = page_texts(target)[0]
    assert drawn == Drawn(1, 3)
    assert text.index("张敏敏") < text.index("安心心") < text.index("李娜娜")
    for word in ("序号", "姓名", "单位", "职务", "身份证号", "出生日期", "手机", "环境监测中心"):
        assert word in text
    assert "云川市生态环境局妇委会" in text
    assert "共3人" in text


def test_numbers_are_masked_unless_asked_for(tmp_path: Path) -> None:
    masked, full = tmp_path / "masked.pdf", tmp_path / "full.pdf"
    people = [person(id_number=ID, mobile="13800001001", remark="家里 13900002002")]
    fields = ("name", "id_number", "mobile", "remark")

    draw(people, masked, fields=fields)
    draw(people, full, fields=fields, full=True)

    hidden, shown = page_texts(masked)[0], page_texts(full)[0]
    for number in (ID, "13800001001", "13900002002"):
        assert number not in hidden
        assert number in shown
    assert "138****1001" in hidden
    assert "只列首尾几位" in hidden
    assert "只列首尾几位" not in shown


def test_only_the_columns_chosen_are_printed(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    draw(
        [person(birth_date=PartialDate(1985, 6), post="科长")],
        target,
        fields=("name", "birth_date"),
    )
    text = page_texts(target)[0]
    assert "1985-06" in text
    assert "科长" not in text
    assert "手机" not in text


def test_a_list_of_nobody_is_refused_in_three_sentences(tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as refused:
        draw([], tmp_path / "a.pdf")
    assert str(refused.value).count("。") == 3
    assert list(tmp_path.iterdir()) == []
