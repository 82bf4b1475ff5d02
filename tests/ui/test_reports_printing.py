"""Does paper show what the file shows, in the pages that were asked for?"""

from __future__ import annotations

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.errors import Cancelled, UnavailableError
from desktop.documents.cards import Person, draw_plates, plate_pages
from desktop.documents.paper import Pages
from desktop.documents.tables import draw_table, table_pages
from desktop.fields.table import Cell, Heading, Table
from desktop.ui import printing

SAME = 0.05  # of the ink: edges fall into one square or the next


def table(rows: int) -> Table:
    """A list with a name of a rare character, a column to fill by hand and totals."""
    return Table(
        title="女职工名单",
        headings=(
            Heading("序号", is_centred=True),
            Heading("姓名", is_centred=True, is_person=True),
            Heading("单位", "在哪里"),
            Heading("签名", "在哪里", by_hand=True),
        ),
        rows=tuple(
            (Cell(n), Cell("王𬭎" if n % 2 else "王芳"), Cell("生态环境监测中心"), Cell())
            for n in range(1, rows + 1)
        ),
        total=(Cell("合计"), Cell(rows), Cell(), Cell()),
        above=("填报单位（盖章）：", "截至2026年4月14日", "单位：人"),
        below=("制表人：", "审核人："),
    )


def printer_to(target: Path, pages: Pages) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printing.lay_out(printer, pages)
    return printer


def printed(target: Path, pages: Pages) -> int:
    return printing.print_pages(printer_to(target, pages), pages, lambda _done, _total: None)


def ink_of(file: Path) -> list[int]:
    """How dark each square of 3 mm of the first page is."""
    image = pypdfium2.PdfDocument(file)[0].render(scale=4, grayscale=True).to_pil()
    squares = image.crop((0, 0, 2376, 2376)).reduce(36)
    return [255 - int(one) for one in squares.tobytes()]


def difference(one: Path, other: Path) -> float:
    """How much of the ink of the first is not where it is on the other."""
    pairs = list(zip(ink_of(one), ink_of(other), strict=True))
    return sum(abs(a - b) for a, b in pairs) / sum(a for a, _ in pairs)


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Printers need one."""


def test_a_printed_table_is_the_one_in_the_file(tmp_path: Path) -> None:
    file, paper = tmp_path / "文件.pdf", tmp_path / "纸.pdf"
    draw_table(table(8), file)
    assert printed(paper, table_pages(table(8))) == 1
    assert difference(file, paper) < SAME
    draw_table(table(9), file)
    assert difference(file, paper) > 2 * SAME


def test_names_on_plates_are_turned_on_paper_too(tmp_path: Path) -> None:
    people = [Person("欧阳静怡"), Person("王芳")]
    file, paper = tmp_path / "文件.pdf", tmp_path / "纸.pdf"
    draw_plates(people, file)
    printed(paper, plate_pages(people))
    assert difference(file, paper) < SAME


def test_every_page_is_printed_once_and_in_its_size(tmp_path: Path) -> None:
    pages = table_pages(table(70), is_upright=True)
    assert pages.count > 1
    assert printed(tmp_path / "纸.pdf", pages) == pages.count
    paper = pypdfium2.PdfDocument(tmp_path / "纸.pdf")
    assert len(paper) == pages.count
    assert [round(side / 72 * 25.4) for side in paper[1].get_size()] == [210, 297]


def test_only_the_pages_she_asks_for_are_printed(tmp_path: Path) -> None:
    pages = table_pages(table(90))
    printer = printer_to(tmp_path / "纸.pdf", pages)
    printer.setFromTo(2, 3)
    assert printing.print_pages(printer, pages, lambda _done, _total: None) == 2
    assert len(pypdfium2.PdfDocument(tmp_path / "纸.pdf")) == 2


def test_copies_come_collated_unless_she_says_otherwise(tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "纸.pdf", table_pages(table(1)))
    printer.setCopyCount(2)
    assert not printer.supportsMultipleCopies()
    assert printing.chosen_pages(printer, 2) == [0, 1, 0, 1]
    printer.setCollateCopies(False)
    assert printing.chosen_pages(printer, 2) == [0, 0, 1, 1]


def test_a_printing_that_is_stopped_ends_before_the_next_page(tmp_path: Path) -> None:
    pages = table_pages(table(90))
    seen: list[int] = []

    def stop(done: int, _total: int) -> None:
        seen.append(done)
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        printing.print_pages(printer_to(tmp_path / "纸.pdf", pages), pages, stop)
    assert seen == [0, 1]


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_printer_that_takes_nothing_is_told(tmp_path: Path) -> None:
    pages = table_pages(table(1))
    printer = printer_to(tmp_path / "没有" / "这里" / "纸.pdf", pages)
    with pytest.raises(UnavailableError, match="没有接受"):
        printing.print_pages(printer, pages, lambda _done, _total: None)


def test_where_there_is_no_printer_that_is_said_and_nothing_is_asked(qtbot: QtBot) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this PC has a printer")
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(UnavailableError, match="没有可用的打印机"):
        printing.ask_printer(parent, table_pages(table(1)))
