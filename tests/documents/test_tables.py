"""Tables on paper: whole, readable, signed, and never a silent blank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from db.errors import Cancelled, UnusableError
from desktop.documents.paper import song
from desktop.documents.tables import draw_table
from desktop.documents.wrapping import wrap
from desktop.fields.table import Cell, Heading, Table
from tests.documents.reading import page_texts, picture, place_of

BELOW = ("制表人：", "审核人：", "填报日期：2026年4月14日")
RARE = "\U000323b0"  # in no shipped font


def table(count: int = 3, *, names: Sequence[str] = ("姓名", "单位"), **more: object) -> Table:
    rows = tuple(tuple(Cell(f"{one}{number}号") for one in names) for number in range(1, count + 1))
    told: dict[str, object] = {
        "title": "女职工名单",
        "headings": tuple(Heading(one) for one in names),
        "rows": rows,
        "above": ("填报单位（盖章）：云川市生态环境局妇委会", "截至2026年4月14日", "单位：人"),
        "below": BELOW,
    }
    return Table(**told | more)  # type: ignore[arg-type]


def ink_beyond(path: Path, page: int, *, left: float, right: float) -> bool:
    """Whether anything is printed left or right of these millimetres."""
    image = picture(path, page, dpi=100).convert("L")
    scale = 100 / 25.4
    edges = (
        image.crop((0, 0, round(left * scale), image.height)),
        image.crop((round(right * scale), 0, image.width, image.height)),
    )
    return any(min(edge.tobytes()) < 200 for edge in edges)


def test_title_stamp_line_headings_and_page_number_stand_on_every_page(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"

    drawn = draw_table(table(100), target)

    pages = page_texts(target)
    assert drawn.pages == len(pages) > 2
    for number, text in enumerate(pages, start=1):
        for words in ("女职工名单", "填报单位（盖章）", "截至2026年4月14日", "姓名", "单位"):
            assert words in text
        assert f"第{number}页，共{len(pages)}页" in text
    every = "".join(pages)
    assert all(every.count(f"姓名{number}号") == 1 for number in range(1, 101))


@pytest.mark.parametrize("count", range(15, 24))
def test_signatures_stand_once_under_at_least_one_row(tmp_path: Path, count: int) -> None:
    target = tmp_path / "a.pdf"

    total = (Cell("合计"), Cell(count))
    draw_table(table(count, total=total, notes=("一句说明。",)), target)

    pages = page_texts(target)
    for words in (*BELOW, "一句说明。", "合计"):
        assert [words in text for text in pages] == [False] * (len(pages) - 1) + [True]
    assert f"姓名{count}号" in pages[-1]


def test_a_page_lies_unless_it_is_to_stand(tmp_path: Path) -> None:
    draw_table(table(), tmp_path / "lying.pdf")
    draw_table(table(), tmp_path / "upright.pdf", is_upright=True)
    lying, upright = picture(tmp_path / "lying.pdf"), picture(tmp_path / "upright.pdf")
    assert lying.width > lying.height
    assert (upright.width, upright.height) == (lying.height, lying.width)


def test_groups_stand_over_their_columns(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    headings = (
        Heading("单位"),
        Heading("未婚", "婚姻", is_centred=True),
        Heading("已婚", "婚姻", is_centred=True),
    )
    draw_table(table(rows=((Cell("甲"), Cell(1), Cell(2)),), headings=headings), target)
    group, first, last = (place_of(target, word) for word in ("婚姻", "未婚", "已婚"))
    assert group[3] < first[1]
    assert first[0] < (group[0] + group[2]) / 2 < last[2]


def test_long_cells_wrap_and_nothing_leaves_the_frame(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    long = "土壤与固体废物化学品管理技术中心综合业务协调办公室" * 6
    rows = ((Cell("阿依古丽·买买提江·吐尔逊·阿不都热依木·卡德尔汗"), Cell(long)),)

    draw_table(table(rows=rows), target, is_upright=True)

    assert page_texts(target)[0].replace("\r\n", "").count("综合业务协调办公室") == 6
    assert not ink_beyond(target, 0, left=11.5, right=198.5)


def test_a_row_higher_than_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    long = "".join(f"第{number:04d}句。" for number in range(600))

    drawn = draw_table(table(rows=((Cell("王芳"), Cell(long)),)), target)

    every = "".join(page_texts(target)).replace("\r\n", "")
    assert drawn.pages > 1
    assert all(f"{number:04d}" in every for number in range(600))


def test_many_columns_get_smaller_type_and_too_many_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    names = tuple(f"栏目{number}" for number in range(26))
    draw_table(table(2, names=names), target)
    assert not ink_beyond(target, 0, left=11.5, right=285.5)

    with pytest.raises(UnusableError, match="请少选几栏") as refused:
        draw_table(table(2, names=tuple(f"栏目{n}" for n in range(60))), tmp_path / "b.pdf")
    assert str(refused.value).count("。") == 3
    assert not (tmp_path / "b.pdf").exists()


def test_a_character_no_font_has_is_printed_as_its_code_point_and_told(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    headings = (Heading("序号"), Heading("姓名", is_person=True))
    rows = ((Cell(1), Cell("王芳")), (Cell(2), Cell(f"{RARE}丽")))

    drawn = draw_table(table(headings=headings, rows=rows), target)

    (problem,) = drawn.problems
    assert (problem.row, problem.name, problem.code_point) == (2, f"{RARE}丽", "U+323B0")
    assert "〔U+323B0〕丽" in page_texts(target)[0]


def test_rare_characters_that_a_fallback_font_has_are_drawn(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    name = "𠮷䶮𨱅〇"
    drawn = draw_table(table(rows=((Cell(name), Cell("办公室")),)), target)
    assert drawn.problems == ()
    assert name in page_texts(target)[0]


def test_names_of_two_are_spread_and_still_found_by_search(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    headings = (Heading("姓名", is_person=True), Heading("单位"))
    rows = ((Cell("王芳"), Cell("王芳")), (Cell("欧阳倩"), Cell("")))

    draw_table(table(headings=headings, rows=rows), target)

    spread, three = place_of(target, "王芳"), place_of(target, "欧阳倩")
    assert spread[2] - spread[0] == pytest.approx(three[2] - three[0], abs=0.5)


def test_shares_are_percentages_and_what_is_unknown_is_blank(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    headings = (Heading("单位"), Heading("占比", share_of=(0, 0)))
    rows = ((Cell("办公室"), Cell(1 / 3)), (Cell("监测站"), Cell(None)))
    draw_table(table(headings=headings, rows=rows), target)
    text = page_texts(target)[0]
    assert "33.3%" in text
    assert "None" not in text


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    draw_table(table(30), tmp_path / "a.pdf")
    draw_table(table(30), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_stopping_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"older")

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        draw_table(table(500), target, step=stop)
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("办公室主任", 3.0, ["办公室", "主任"]),
        ("办公室，主任", 3.0, ["办公", "室，主", "任"]),
        ("一二“三四”", 3.0, ["一二", "“三", "四”"]),
        ("编号A12345", 4.0, ["编号", "A12345"]),
        ("一行\n二行", 9.0, ["一行", "二行"]),
        ("aaaaaaaaaaaa", 1.0, None),
    ],
)
def test_lines_break_where_chinese_lines_may(
    text: str, room: float, lines: list[str] | None
) -> None:
    found = wrap(text, song(), room)
    assert "".join(found) == text.replace("\n", "")
    if lines is None:
        assert all(sum(song().widths(line)) <= room for line in found)
    else:
        assert found == lines


def test_millimetres_are_those_of_the_page(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    draw_table(table(1), target)
    left = place_of(target, "填报单位")[0]
    assert left == pytest.approx(12.0, abs=0.6)
