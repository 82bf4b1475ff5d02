"""The empty workbook to fill in: what it offers, what it prevents, how it is known again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from db.errors import FileInUseError
from desktop.exchange.template import TemplateKey, template_key, write_template
from desktop.fields import Choice, YesNo
from desktop.registers import MEMBERS

TODAY = date(2026, 4, 14)
UNITS = ("办公室", "环境监测中心", "监测中心/办公室")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    target = tmp_path / "填报表.xlsx"
    write_template(target, unit_names=UNITS, today=TODAY)
    return target


def rules_of(path: Path) -> dict[str, Any]:
    """The data validation of each column, by its heading."""
    sheet: Any = openpyxl.load_workbook(path)[MEMBERS.title]
    headings = {cell.column_letter: str(cell.value) for cell in sheet[1]}
    return {
        headings[str(rule.sqref).split(":")[0].rstrip("0123456789")]: rule
        for rule in sheet.data_validations.dataValidation
    }


def words_behind(path: Path, formula: str) -> list[str]:
    sheet_name, _, cells = formula.partition("!")
    cells = cells.replace("$", "")
    return [str(row[0].value) for row in openpyxl.load_workbook(path)[sheet_name][cells]]


def test_a_template_has_every_column_and_not_one_person(template: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(template))

    rows = book.get_sheet_by_name(MEMBERS.title).to_python()

    assert rows == [[field.label for field in MEMBERS.fields]]


def test_units_are_offered_by_name(template: Path) -> None:
    rule = rules_of(template)["单位"]

    assert rule.type == "list"
    assert words_behind(template, rule.formula1) == list(UNITS)


def test_every_word_a_drop_down_offers_is_understood(template: Path) -> None:
    rules = rules_of(template)

    for field in MEMBERS.fields:
        if isinstance(field.kind, (Choice, YesNo)):
            words = words_behind(template, rules[field.label].formula1)
            assert words
            read = [field.kind.from_cell(word) for word in words]
            assert all(one.value is not None and not one.level for one in read), field.label


def test_a_closed_list_refuses_other_words_and_an_open_one_only_asks(template: Path) -> None:
    rules = rules_of(template)

    assert rules["婚姻状况"].errorStyle in (None, "stop")
    assert rules["学历"].errorStyle == "warning"
    assert rules["单位"].errorStyle == "warning"


def test_every_column_says_how_it_is_filled_in(template: Path) -> None:
    rules = rules_of(template)

    assert list(rules) == [field.label for field in MEMBERS.fields]
    assert all(rule.promptTitle and rule.prompt.endswith("。") for rule in rules.values())
    notes = openpyxl.load_workbook(template)["填表说明"]
    explained = {row[0].value for row in notes.iter_rows()}
    assert explained >= {field.label for field in MEMBERS.fields}


def test_cells_are_text_before_anything_is_typed(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)[MEMBERS.title]

    columns: list[Any] = list(
        sheet.column_dimensions.values()
    )  # neighbours that look alike are one entry

    assert sum(one.max - one.min + 1 for one in columns) == len(MEMBERS.fields)
    assert {one.number_format for one in columns} == {"@"}


def test_headings_are_locked_and_the_rest_is_not(template: Path) -> None:
    sheet = openpyxl.load_workbook(template)[MEMBERS.title]

    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.insertRows  # False: allowed
    assert all(cell.protection.locked for cell in sheet[1])
    assert not sheet.column_dimensions["A"].protection.locked


def test_a_template_is_known_again_after_it_was_filled_in_and_renamed(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    book[MEMBERS.title]["A2"] = "王芳"
    returned = template.with_name("监测中心报来.xlsx")
    book.save(returned)

    assert template_key(template) == TemplateKey("members", 1)
    assert template_key(returned) == TemplateKey("members", 1)


def test_other_files_are_no_templates(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    text = tmp_path / "text.xlsx"
    text.write_text("姓名", encoding="utf-8")

    assert template_key(other) is None
    assert template_key(text) is None
    assert template_key(tmp_path / "missing.xlsx") is None


def test_without_units_the_column_is_still_there(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"

    write_template(target, unit_names=(), today=TODAY)

    assert rules_of(target)["单位"].type in (None, "none")


def test_a_template_open_elsewhere_is_left_alone(template: Path) -> None:
    before = template.read_bytes()
    template.with_name("~$填报表.xlsx").touch()

    with pytest.raises(FileInUseError):
        write_template(template, unit_names=UNITS, today=TODAY)

    assert template.read_bytes() == before
