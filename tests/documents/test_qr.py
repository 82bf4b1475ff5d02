"""Are the fast codes the codes a full encoder makes?"""

from __future__ import annotations

import random

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents import qr


def encoder(text: str) -> tuple[int, ...]:
    code = segno.make(
        text.encode(),
        mode="byte",
        error=qr.LEVEL,
        mask=qr.MASK,
        boost_error=False,
        micro=False,
    )
    return tuple(int("".join("1" if m else "0" for m in row), 2) for row in code.matrix)


def test_a_thousand_numbers_are_equal_to_the_encoder_module_by_module():
    chance = random.Random(8)
    for _ in range(1000):
        text = f"荣誉证书 环妇字〔{chance.randint(1990, 2099)}〕第{chance.randint(1, 99999):05d}号"
        assert qr.rows(text) == encoder(text)


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_equal_to_the_encoder(text):
    assert qr.rows(text) == encoder(text)


def test_what_came_before_does_not_change_a_code():
    alone = encoder("A-0001")
    assert [qr.rows(text) for text in ("Z-9999", "A-0001")][1] == alone


@pytest.mark.parametrize("text", ["", "长" * 200])
def test_texts_that_no_scanner_would_read_are_refused(text):
    with pytest.raises(ValueError, match="bytes"):
        qr.rows(text)
