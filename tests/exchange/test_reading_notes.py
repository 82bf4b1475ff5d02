"""The notes of cells: read from each format that tells, said, and never repeated whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.exchange.reading import read_workbook
from tests.exchange.incoming import preview_of, sheet


def with_notes(path: Path, *notes: tuple[str, str, str]) -> Path:
    """An xlsx of two people with notes: cell, text, author."""
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (["姓名", "职务"], ["王芳", "科员"], ["李敏", "主任"]):
        page.append(row)
    for cell, text, author in notes:
        page[cell].comment = Comment(text, author)
    book.save(path)
    return path


def test_notes_of_an_xlsx_are_read_with_their_cells(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "a.xlsx", ("A2", "已借调\n到市局", "张工"), ("B3", "主持", ""))
    marks = read_workbook(path).sheets[0].marks
    assert dict(marks.notes) == {(2, 1): "已借调\n到市局", (3, 2): "主持"}


def test_notes_this_program_wrote_are_not_told_back(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "a.xlsx", ("A2", "末位校验不符", "半边天"), ("A3", "借调", "张工"))
    assert dict(read_workbook(path).sheets[0].marks.notes) == {(3, 1): "借调"}


def test_notes_of_an_ods_are_read_and_are_no_part_of_the_value(tmp_path: Path) -> None:
    from odf import dc, office, opendocument, table, text  # type: ignore[import-untyped]

    book = opendocument.OpenDocumentSpreadsheet()
    page = table.Table(name="花名册")
    for value, said in (("姓名", ""), ("王芳", "已借调")):
        row, cell = table.TableRow(), table.TableCell(valuetype="string")
        if said:
            note = office.Annotation()
            note.addElement(dc.Creator(text="张工"))
            note.addElement(text.P(text=said))
            cell.addElement(note)
        cell.addElement(text.P(text=value))
        row.addElement(cell)
        page.addElement(row)
    book.spreadsheet.addElement(page)
    book.save(str(tmp_path / "a.ods"))
    found = read_workbook(tmp_path / "a.ods").sheets[0]
    assert found.rows == [["姓名"], ["王芳"]]
    assert dict(found.marks.notes) == {(2, 1): "已借调"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("已借调到市局", "这一格有批注，没有收进名册：已借调到市局"),
        ("新号 13800001111", "这一格有批注，没有收进名册：新号 ****"),
        ("怀孕五个月", "这一格的批注涉及健康，没有收进名册"),
    ],
)
def test_a_note_is_said_without_numbers_and_health(text: str, said: str) -> None:
    preview = preview_of(sheet([["姓名", "职务"], ["王芳", "科员"]], notes={(2, 1): text}))
    assert [(p.row, p.column, p.code, p.message) for p in preview.problems] == [
        (2, "A", "cell_note", said)
    ]
    assert preview.counts.new == 1
