"""Do we read fonts as the world's font library does, and refuse what we cannot draw?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from db.errors import UnreadableFileError
from desktop.documents.fonts import shipped
from desktop.documents.truetype import open_face
from desktop.paths import resource

SHIPPED = sorted(path.name for path in resource("fonts").glob("*.ttf"))
SAMPLE = "荣誉证书王䶮𠮷𫠓·〇“”AaÜ1，。"


def square(pen: object) -> None:
    for index, point in enumerate([(0, 0), (0, 500), (500, 500), (500, 0)]):
        getattr(pen, "lineTo" if index else "moveTo")(point)
    pen.closePath()  # type: ignore[attr-defined]


def build(path: Path, *, outlines: bool = True) -> Path:
    """A font of A (a square), B (mapped, but empty) and nothing else."""
    builder = FontBuilder(1000, isTTF=outlines)
    builder.setupGlyphOrder([".notdef", "A", "B"])
    builder.setupCharacterMap({ord("A"): "A", ord("B"): "B"})
    pen = TTGlyphPen(None) if outlines else T2CharStringPen(600, None)
    square(pen)
    if outlines:
        empty = TTGlyphPen(None).glyph()
        builder.setupGlyf({".notdef": empty, "A": pen.glyph(), "B": empty})
    else:
        shape = pen.getCharString()
        builder.setupCFF("Test", {}, {".notdef": shape, "A": shape, "B": shape}, {})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", "A", "B"], (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


@pytest.mark.parametrize("file", SHIPPED)
def test_glyphs_and_widths_agree_with_fonttools(file):
    ours = shipped(file)
    with TTFont(resource("fonts", file), lazy=True) as theirs:
        cmap, metrics, em = theirs.getBestCmap(), theirs["hmtx"], theirs["head"].unitsPerEm
        for character in SAMPLE:
            name = cmap.get(ord(character))
            assert ours.glyph(character) == (theirs.getGlyphID(name) if name else 0)
            if name:
                assert ours.width(character) == pytest.approx(metrics[name][0] * 1000 / em)


@pytest.mark.parametrize("file", SHIPPED)
def test_a_cut_font_draws_the_same_outlines(file):
    face = shipped(file)
    drawable = [c for c in SAMPLE if face.can_draw(c)]
    cut = TTFont(io.BytesIO(face.subset([face.glyph(c) for c in drawable])))
    with TTFont(resource("fonts", file), lazy=True) as whole:
        old, new = whole.getGlyphSet(), cut.getGlyphSet()
        for index, character in enumerate(drawable, start=1):
            before, after = DecomposingRecordingPen(old), DecomposingRecordingPen(new)
            old[whole.getBestCmap()[ord(character)]].draw(before)
            new[cut.getGlyphName(index)].draw(after)
            assert after.value == before.value


def test_composite_glyphs_bring_their_parts_along(tmp_path):
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "part", "whole"])
    builder.setupCharacterMap({ord("W"): "whole"})
    pen = TTGlyphPen(None)
    square(pen)
    part, empty = pen.glyph(), TTGlyphPen(None).glyph()
    pen = TTGlyphPen({"part": part})
    pen.addComponent("part", (1, 0, 0, 1, 30, 40))
    builder.setupGlyf({".notdef": empty, "part": part, "whole": pen.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", "part", "whole"], (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "composite.ttf")
    face = open_face(tmp_path / "composite.ttf")
    cut = TTFont(io.BytesIO(face.subset([face.glyph("W")])))
    pen = DecomposingRecordingPen(cut.getGlyphSet())
    cut.getGlyphSet()[cut.getGlyphName(1)].draw(pen)
    assert pen.value[0] == ("moveTo", ((30, 40),))


def test_a_mapped_character_with_an_empty_outline_counts_as_missing(tmp_path):
    face = open_face(build(tmp_path / "test.ttf"))
    assert face.can_draw("A")
    assert face.glyph("B") != 0
    assert not face.can_draw("B")
    assert not face.can_draw("C")


def test_a_font_without_truetype_outlines_is_refused_by_name(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"test\.otf"):
        open_face(build(tmp_path / "test.otf", outlines=False))


@pytest.mark.parametrize("content", [b"", b"hello", b"\0\1\0\0" + b"\xff" * 200])
def test_what_is_no_font_is_refused(content, tmp_path):
    (tmp_path / "x.ttf").write_bytes(content)
    with pytest.raises(UnreadableFileError):
        open_face(tmp_path / "x.ttf")


def test_every_shipped_font_has_its_licence_beside_it():
    licences = {path.name for path in resource("fonts").glob("LICENSE-*.txt")}
    assert licences == {
        "LICENSE-HanaMin.txt",
        "LICENSE-LXGWWenKai.txt",
        "LICENSE-NotoSansSC.txt",
        "LICENSE-NotoSerifSC.txt",
    }
    starts = {name.removeprefix("LICENSE-").removesuffix(".txt") for name in licences}
    assert all(any(file.startswith(start) for start in starts) for file in SHIPPED)
