"""Is a design read as written, and refused with a sentence if it cannot be?"""

from __future__ import annotations

import copy
import json

import pytest

from db.errors import InvalidInputError
from desktop.documents.certificate import design_names, load_design
from desktop.documents.designs import read_design
from desktop.documents.paths import NUMBERS
from desktop.paths import resource


@pytest.fixture
def content():
    text = resource("certificates", "redgold.json").read_text(encoding="utf-8")
    return copy.deepcopy(json.loads(text))


def test_every_shipped_design_loads():
    assert "redgold" in design_names()
    for name in design_names():
        assert load_design(name).name == name


@pytest.mark.parametrize("name", ["golden", "../redgold", "", "redgold.json"])
def test_an_unknown_design_is_refused_with_the_names_there_are(name):
    with pytest.raises(InvalidInputError) as caught:
        load_design(name)
    assert "redgold" in caught.value.problems["design"]


def test_every_shape_is_made_of_four_strokes_within_the_page(design):
    assert len(design.background) > 50
    for shape in design.background:
        assert set(shape.outline.strokes) <= set("MLCZ")
        assert len(shape.outline.numbers) == sum(NUMBERS[s] for s in shape.outline.strokes)
        left, top, right, bottom = shape.outline.box()
        assert left > 5
        assert top > 5
        assert right < design.sheet.width - 5
        assert bottom < design.sheet.height - 5


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("elements", "font", "comic"),
        ("elements", "colour", "pink"),
        ("elements", "text", "{password}"),
        ("elements", "kind", "video"),
        ("elements", "rotate", 3),
        ("background", "kind", "unicorn"),
        ("background", "fill", "pink"),
        ("background", "sparkle", 1),
    ],
)
def test_a_word_the_design_does_not_know_is_refused(place, key, value, content):
    content[place][0][key] = value
    with pytest.raises((ValueError, TypeError, KeyError)):
        read_design("test", content)
