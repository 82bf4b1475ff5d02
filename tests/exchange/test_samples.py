"""The sample workbooks: as committed, as untidy as meant, and about nobody who lives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import python_calamine
import xlrd

from desktop.exchange.importing import rehearse
from desktop.fields.identity import facts
from desktop.paths import resource
from desktop.services.members import Roster
from desktop.services.units import UnitIndex
from tests.exchange.make_samples import HONOURED, Sample, make
from tests.exchange.sample_people import UNITS, men, women

SAMPLES = resource("samples")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Sample]]:
    folder = tmp_path_factory.mktemp("samples")
    return folder, make(folder)


def texts_in(path: Path) -> Iterator[str]:
    """Every cell of a file as text."""
    if path.suffix == ".csv":
        yield from re.split(r"[,\r\n\"]+", path.read_text("gb18030"))
    elif path.suffix == ".xls":
        for sheet in xlrd.open_workbook(path).sheets():
            for at in range(sheet.nrows):
                yield from map(str, sheet.row_values(at))
    else:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).to_python():
                yield from map(str, row)


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def test_the_committed_files_are_what_the_generator_makes(
    made: tuple[Path, list[Sample]],
) -> None:
    folder, _ = made

    fresh = {one.name: one.read_bytes() for one in folder.iterdir()}

    assert {one.name: one.read_bytes() for one in SAMPLES.iterdir()} == fresh


def test_two_hundred_women_stand_in_four_files(made: tuple[Path, list[Sample]]) -> None:
    _, samples = made

    listed = [one for sample in samples for one in sample.women]

    assert len(samples) == 4
    assert listed == women()
    assert len(listed) == 200
    assert len({one.id_number for one in listed}) == 200
    assert {one.unit for one in listed} == set(UNITS)


def test_nobody_in_the_samples_can_be_a_living_person() -> None:
    for one in women() + men(6):
        known = facts(one.id_number)
        assert known is not None
        assert one.id_number.startswith("420000")
        assert known.birth_date.first_day() == one.born_on
        assert re.fullmatch(r"1380000\d{4}", one.mobile)
    for path in SAMPLES.iterdir():
        for text in map(plain, texts_in(path)):
            for digits in re.findall(r"(?<!\d)\d{15,17}[\dXx]?", text):
                assert digits.startswith("420000"), path.name
            for digits in re.findall(r"(?<![\d.])1[3-9]\d{9}(?!\d)", text):
                assert digits.startswith("1380000"), path.name


def test_every_oddity_meant_is_in_the_files(made: tuple[Path, list[Sample]]) -> None:
    _, samples = made

    codes = sorted(oddity.code for sample in samples for oddity in sample.oddities)

    assert codes == sorted(
        "id_length id_digits_lost id_check_digit birth_mismatch health_remark_left_out "
        "id_upgraded date_impossible sex_mismatch same_person_conflict".split()
    )
    assert [len(sample.men) for sample in samples] == [0, 6, 0, 0]


def test_the_importer_finds_every_woman_and_every_oddity(
    made: tuple[Path, list[Sample]],
) -> None:
    folder, samples = made
    nobody = Roster((), UnitIndex({}, {}, {}))

    for sample in samples:
        preview = rehearse([folder / sample.file], nobody, today=date(2026, 4, 14))

        incoming = [row for row in preview.rows if row.status == "new"]
        assert sorted(row.name for row in incoming) == sorted(one.name for one in sample.women)
        assert [row.name for row in preview.rows if row.status == "left_out_man"] == [
            one.name for one in sample.men
        ]
        said = {(one.sheet, one.row, one.field, one.code) for one in preview.problems}
        meant = {(one.sheet, one.row, one.field, one.code) for one in sample.oddities}
        assert meant <= said


def test_the_text_file_needs_all_of_gb18030() -> None:
    data = (SAMPLES / "东湖分局女职工.csv").read_bytes()

    assert "单䶮" in data.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        data.decode("gbk")


def test_everybody_honoured_is_one_of_the_women() -> None:
    cells = list(texts_in(SAMPLES / "获奖名单.xlsx"))
    names = {one.name for one in women()}

    for name, honour in HONOURED.items():
        assert name in names
        padded = f"{name[0]}　{name[1]}" if len(name) == 2 else name
        assert cells[cells.index(padded) + 3] == honour
