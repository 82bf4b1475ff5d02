"""Cards and desk plates: large, whole, and cut where the lines are."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import Cancelled, UnusableError
from desktop.documents.cards import Person, draw_cards, draw_plates
from tests.documents.reading import page_texts, picture, place_of

RARE = "\U000323b0"  # in no shipped font


def people(count: int) -> list[Person]:
    return [Person(f"王芳{chr(0x4E00 + n)}", f"第{n}科", "科员") for n in range(count)]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (10, 1), (11, 2), (25, 3)])
def test_ten_cards_fill_a_page(tmp_path: Path, count: int, pages: int) -> None:
    target = tmp_path / "a.pdf"

    drawn = draw_cards(people(count), target)

    texts = page_texts(target)
    assert (drawn.pages, drawn.people, len(texts)) == (pages, count, pages)
    assert all("".join(texts).count(one.name) == 1 for one in people(count))


def test_a_card_says_name_unit_post_and_organisation(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    draw_cards([Person("欧阳倩", "环境监测中心", "高级工程师")], target, organisation="妇委会")
    name, unit, post, head = (
        place_of(target, word) for word in ("欧阳倩", "环境监测中心", "高级工程师", "妇委会")
    )
    assert head[3] < name[1] < name[3] < unit[1] < unit[3] < post[1]
    assert name[3] - name[1] > 2 * (unit[3] - unit[1])
    for left, top, right, bottom in (name, unit, post, head):
        assert 15 < left < right < 105
        assert 13.5 < top < bottom < 67.5


def test_long_words_get_smaller_and_stay_on_the_card(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    long = Person(
        "古丽娜尔·阿不都热依木·卡德尔汗·叶尔江娜古丽",
        "云川市生态环境局土壤与固体废物化学品管理技术中心综合业务科",
    )
    draw_cards([long], target)
    first, last = place_of(target, "古丽娜尔·阿不都热依木"), place_of(target, "叶尔江娜古丽")
    assert first[3] < last[1]  # two lines, cut at a dot
    assert min(first[0], last[0]) > 15
    assert max(first[2], last[2]) < 105


def test_who_cannot_be_drawn_is_named_and_the_others_are_drawn(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    given = [
        Person("王芳"), Person(f"{RARE}丽"), Person("", "办公室"), Person("李娜", f"{RARE}科"),
        Person("张敏", "", "主任" * 60),
    ]  # fmt: skip

    drawn = draw_cards(given, target)

    assert drawn.people == 1
    assert "王芳" in page_texts(target)[0]
    found = [(one.row, one.code, one.code_point) for one in drawn.problems]
    assert found == [
        (2, "missing_glyph", "U+323B0"), (3, "name_missing", ""),
        (4, "missing_glyph", "U+323B0"), (5, "does_not_fit", ""),
    ]  # fmt: skip


def test_nobody_to_draw_is_a_refusal_and_leaves_no_file(tmp_path: Path) -> None:
    for given in ([], [Person(f"{RARE}丽")]):
        with pytest.raises(UnusableError):
            draw_cards(given, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_plate_bears_the_name_on_both_sides_and_two_fill_a_page(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"

    drawn = draw_plates([Person("单丽华"), Person("王芳"), Person("欧阳倩")], target)

    texts = page_texts(target)
    assert (drawn.pages, drawn.people) == (2, 3)
    assert [texts[0].count("单丽华"), texts[0].count("王芳"), texts[1].count("欧阳倩")] == [2, 2, 2]


def test_the_two_sides_of_a_plate_are_each_other_turned_round(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    draw_plates([Person("单丽华")], target)
    page = picture(target, dpi=72).convert("1")
    fold = round(297 / 4 * 72 / 25.4)
    margin = 6  # around the fold
    back = page.crop((0, 0, page.width, fold - margin))
    front = page.crop((0, fold + margin, page.width, 2 * fold)).rotate(180)
    width, height = back.size
    same = sum(
        back.getpixel((x, y)) == front.getpixel((x, min(y, front.height - 1)))
        for x in range(0, width, 3)
        for y in range(0, min(height, front.height), 3)
    )
    total = len(range(0, width, 3)) * len(range(0, min(height, front.height), 3))
    black = sum(pixel == 0 for pixel in back.tobytes())
    assert black > 0
    assert same / total > 0.97


def test_a_plate_name_is_as_large_as_the_side_allows(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    draw_plates([Person("单丽华")], target)
    left, _, right, _ = place_of(target, "单丽华")
    assert right - left > 130


def test_stopping_leaves_no_file(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        draw_cards(people(12), tmp_path / "a.pdf", step=stop)
    assert list(tmp_path.iterdir()) == []
