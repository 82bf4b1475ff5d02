"""Is what is drawn what was asked for, and nothing else?"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from db.errors import Cancelled
from desktop.documents.certificate import draw, draw_separately, preflight
from tests.documents.reading import count_objects, page_texts, picture, place_of

DPI = 150


def colour_at(image, x_mm, y_mm):
    return image.getpixel((round(x_mm / 25.4 * DPI), round(y_mm / 25.4 * DPI)))


def test_the_page_carries_frame_title_words_issuer_date_and_number(design, someone, tmp_path):
    draw(design, [someone()], tmp_path / "one.pdf")
    text = page_texts(tmp_path / "one.pdf")[0]
    for words in (
        "荣誉证书",
        "欧阳晓兰",
        "同志：",
        "在二〇二六年度工作中成绩突出，被评为",
        "“优秀女职工”。",
        "特发此证，以资鼓励。",
        "云川市生态环境局妇委会",
        "二〇二六年三月八日",
        "环妇字〔2026〕第001号",
    ):
        assert words in text
    image = picture(tmp_path / "one.pdf")
    assert image.size == (1754, 1241)
    assert colour_at(image, 10.1, 105) == (0xA8, 0x14, 0x1C)
    assert colour_at(image, 40, 150) == (0xFF, 0xFC, 0xF3)
    assert colour_at(image, 4, 4) == (255, 255, 255)


def test_no_seal_and_no_picture_is_ever_drawn(design, someone, tmp_path):
    draw(design, [someone(issuer="", issued_on=None)], tmp_path / "one.pdf")
    assert count_objects(tmp_path / "one.pdf", pdfium.FPDF_PAGEOBJ_IMAGE) == 0
    x, y, diameter = design.seal
    image = picture(tmp_path / "one.pdf")
    half = diameter / 2
    box = [round(v / 25.4 * DPI) for v in (x - half, y - half, x + half, y + half)]
    shades = image.crop(tuple(box)).getcolors(100_000)
    assert shades is not None
    assert all(min(colour[:2]) > 0xD8 for _, colour in shades), "only ivory and watermark"


def test_the_code_gives_the_number_when_scanned(design, someone, tmp_path):
    draw(design, [someone()], tmp_path / "one.pdf")
    (code,) = zxingcpp.read_barcodes(picture(tmp_path / "one.pdf"))
    assert code.text == "荣誉证书 环妇字〔2026〕第001号"


def test_without_a_number_there_is_neither_code_nor_label(design, someone, tmp_path):
    draw(design, [someone(certificate_no="")], tmp_path / "one.pdf")
    assert zxingcpp.read_barcodes(picture(tmp_path / "one.pdf")) == []
    text = page_texts(tmp_path / "one.pdf")[0]
    assert "编号" not in text


def test_the_same_list_gives_the_same_bytes(design, someone, tmp_path):
    people = [someone("王芳"), someone("𠮷田", row=3, certificate_no="2")]
    draw(design, people, tmp_path / "a.pdf")
    draw(design, [someone("李丽", row=9)], tmp_path / "between.pdf")
    draw(design, people, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_another_process_gives_the_same_bytes(design, someone, tmp_path):
    draw(design, [someone()], tmp_path / "here.pdf")
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from desktop.documents.certificate import Recipient, draw, load_design\n"
        "person = Recipient('欧阳晓兰', 2, '环妇字〔2026〕第001号', title='优秀女职工',"
        " issuer='云川市生态环境局妇委会', issued_on=date(2026, 3, 8))\n"
        "draw(load_design(), [person], Path(sys.argv[1]))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "there.pdf")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "77"})
    assert (tmp_path / "there.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()


def test_one_file_holds_everybody_in_the_order_of_the_list(design, someone, tmp_path):
    names = ["王芳", "李丽", "张敏"]
    people = [someone(name, row=i, certificate_no=str(i)) for i, name in enumerate(names)]
    result = draw(design, people, tmp_path / "all.pdf")
    assert (result.pages, result.certificates) == (3, 3)
    assert result.files == (tmp_path / "all.pdf",)
    texts = page_texts(tmp_path / "all.pdf")
    assert all(name in text for name, text in zip(names, texts, strict=True))


@pytest.mark.parametrize("name", ["", " ", "　\u200b \ufeff"])
def test_a_name_of_nothing_but_spaces_is_refused(name, design, someone, tmp_path):
    result = draw(design, [someone(name, row=5)], tmp_path / "none.pdf")
    assert [(p.row, p.code) for p in result.problems] == [(5, "name_missing")]
    assert (result.certificates, result.files) == (0, ())
    assert list(tmp_path.iterdir()) == []


def test_too_long_names_texts_and_issuers_are_refused_and_the_others_drawn(
    design, someone, tmp_path
):
    people = [
        someone("长" * 80, row=1),
        someone("李丽", row=2, body="很长的话" * 90),
        someone("张敏", row=3, issuer="单位" * 30),
        someone("赵静", row=4, certificate_no="号" * 200),
        someone("王芳", row=5),
    ]
    result = draw(design, people, tmp_path / "some.pdf")
    assert [(p.row, p.code) for p in result.problems] == [
        (row, "does_not_fit") for row in (1, 2, 3, 4)
    ]
    assert result.certificates == 1
    assert "王芳" in page_texts(tmp_path / "some.pdf")[0]


def test_a_certificate_that_says_nothing_is_refused(design, someone):
    (problem,) = preflight(design, [someone(title="")])
    assert problem.code == "body_missing"


def test_two_rows_of_one_name_are_drawn_with_a_warning(design, someone, tmp_path):
    people = [someone("王芳", row=3), someone("王 芳", row=8, certificate_no="2")]
    result = draw(design, people, tmp_path / "two.pdf")
    (problem,) = result.problems
    assert (problem.row, problem.code, problem.level) == (8, "duplicate_name", "warning")
    assert "第 3 行" in problem.message
    assert result.certificates == 2


def test_the_same_name_in_two_units_is_no_duplicate(design, someone):
    people = [someone("王芳", unit="监测站"), someone("王芳", unit="监察支队", row=3)]
    assert preflight(design, people) == []


def test_preflight_says_what_drawing_would_say(design, someone, tmp_path):
    people = [someone("", row=1), someone(row=2), someone(row=3), someone("张\U00030000", row=4)]
    found = tuple(preflight(design, people))
    assert found == draw(design, people, tmp_path / "x.pdf").problems
    assert len(found) == 3


def test_an_own_text_replaces_the_sentence_and_keeps_the_closing(design, someone, tmp_path):
    draw(design, [someone(body="在技能比武中荣获一等奖。")], tmp_path / "own.pdf")
    text = page_texts(tmp_path / "own.pdf")[0]
    assert "在技能比武中荣获一等奖。" in text
    assert "优秀女职工" not in text
    assert "特发此证，以资鼓励。" in text


def test_a_closing_of_ones_own_is_not_doubled(design, someone, tmp_path):
    draw(design, [someone(body="荣获一等奖。特发此证。")], tmp_path / "own.pdf")
    assert page_texts(tmp_path / "own.pdf")[0].count("此证") == 1


def test_a_collective_is_addressed_without_a_title_of_courtesy(design, someone, tmp_path):
    draw(design, [someone("环境监测站", honorific="")], tmp_path / "one.pdf")
    assert "同志" not in page_texts(tmp_path / "one.pdf")[0]


@pytest.mark.parametrize(("dx", "dy"), [(0.0, 0.0), (3.0, -2.0), (-7.5, 12.3)])
def test_overprinting_moves_every_text_by_what_was_asked(dx, dy, design, someone, tmp_path):
    draw(design, [someone()], tmp_path / "full.pdf")
    draw(design, [someone()], tmp_path / "over.pdf", overprint=True, dx_mm=dx, dy_mm=dy)
    for words in ("欧阳晓兰", "云川市生态环境局妇委会", "二〇二六年三月八日", "2026"):
        before = place_of(tmp_path / "full.pdf", words)
        after = place_of(tmp_path / "over.pdf", words)
        moved = [b - a for a, b in zip(before, after, strict=True)]
        assert moved == pytest.approx([dx, dy, dx, dy], abs=0.1)


def test_issuer_and_date_stand_over_the_place_of_the_seal(design, someone, tmp_path):
    draw(design, [someone()], tmp_path / "one.pdf")
    x, y, diameter = design.seal
    for words in ("云川市生态环境局妇委会", "二〇二六年三月八日"):
        left, top, right, bottom = place_of(tmp_path / "one.pdf", words)
        assert (left + right) / 2 == pytest.approx(x, abs=1.0)
        assert y - diameter / 2 < top < bottom < y + diameter / 2


def test_overprinting_prints_text_and_nothing_else(design, someone, tmp_path):
    draw(design, [someone()], tmp_path / "over.pdf", overprint=True)
    text = page_texts(tmp_path / "over.pdf")[0]
    assert "欧阳晓兰" in text
    assert "荣誉证书" not in text
    assert count_objects(tmp_path / "over.pdf", pdfium.FPDF_PAGEOBJ_PATH) == 0
    assert zxingcpp.read_barcodes(picture(tmp_path / "over.pdf")) == []


def test_each_person_gets_a_file_called_by_number_and_name(design, someone, tmp_path):
    people = [someone("王芳", certificate_no="001"), someone("李丽", row=3, certificate_no="")]
    result = draw_separately(design, people, tmp_path / "new folder")
    assert [file.name for file in result.files] == ["001_王芳.pdf", "李丽.pdf"]
    assert "李丽" in page_texts(result.files[1])[0]


def test_two_people_of_one_name_get_two_files(design, someone, tmp_path):
    people = [someone("王芳", row=i, certificate_no="", unit=str(i)) for i in range(3)]
    result = draw_separately(design, people, tmp_path)
    assert [file.name for file in result.files] == ["王芳.pdf", "王芳_2.pdf", "王芳_3.pdf"]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_separate_file_is_the_same_as_a_list_of_one(design, someone, tmp_path):
    (file,) = draw_separately(design, [someone()], tmp_path / "each").files
    draw(design, [someone()], tmp_path / "one.pdf")
    assert file.read_bytes() == (tmp_path / "one.pdf").read_bytes()


def test_progress_counts_every_recipient(design, someone, tmp_path):
    seen: list[tuple[int, int]] = []
    people = [someone(row=1), someone("", row=2), someone("李丽", row=3)]
    draw(design, people, tmp_path / "x.pdf", step=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def stop_at_two(done, total):
    if done == 2:
        raise Cancelled


def test_a_cancelled_run_leaves_no_file_and_keeps_an_older_one(design, someone, tmp_path):
    people = [someone(row=i) for i in range(5)]
    with pytest.raises(Cancelled):
        draw(design, people, tmp_path / "x.pdf", step=stop_at_two)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "x.pdf").write_bytes(b"older")
    with pytest.raises(Cancelled):
        draw(design, people, tmp_path / "x.pdf", step=stop_at_two)
    assert (tmp_path / "x.pdf").read_bytes() == b"older"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_cancelled_run_of_separate_files_keeps_the_finished_ones(design, someone, tmp_path):
    people = [someone(row=i, certificate_no=str(i)) for i in range(5)]
    with pytest.raises(Cancelled):
        draw_separately(design, people, tmp_path, step=stop_at_two)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "0_欧阳晓兰.pdf",
        "1_欧阳晓兰.pdf",
    ]


def test_drawing_needs_neither_reportlab_nor_qt():
    program = (
        "import sys, desktop.documents.certificate as c; c.load_design()\n"
        "heavy = {'reportlab', 'segno', 'fontTools', 'PIL', 'PySide6', 'sqlalchemy'}\n"
        "print(*(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, check=True, capture_output=True).stdout.split() == []


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux for its memory")
def test_ten_thousand_certificates_need_less_than_300_megabytes(tmp_path):
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from desktop.documents.certificate import Recipient, draw, load_design\n"
        "people = [Recipient(chr(0x4E00 + i) + chr(0x9000 - i), i, f'第{i:05d}号',"
        " title=f'优秀女职工{i}', issued_on=date(2026, 3, 8)) for i in range(10_000)]\n"
        "result = draw(load_design(), people, Path(sys.argv[1]))\n"
        # not getrusage: its peak is handed down from whoever started the program
        "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
        "print(result.pages, int(peak) // 1024)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "all.pdf")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    pages, megabytes = map(int, done.stdout.split())
    assert pages == 10_000
    assert megabytes < 300
    assert (tmp_path / "all.pdf").stat().st_size / pages < 2600


def test_dates_without_a_year_sentence_are_left_out(design, someone, tmp_path):
    draw(design, [someone(issued_on=None)], tmp_path / "one.pdf")
    text = page_texts(tmp_path / "one.pdf")[0]
    assert "在工作中成绩突出" in text
    assert "年" not in text.replace("〔2026〕", "")


def test_the_date_is_written_in_characters(design, someone, tmp_path):
    draw(design, [someone(issued_on=date(2030, 10, 20))], tmp_path / "one.pdf")
    assert "二〇三〇年十月二十日" in page_texts(tmp_path / "one.pdf")[0]
