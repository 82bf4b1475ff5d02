"""Every Chinese sentence of the program keeps the tone the design asks for."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules

FORBIDDEN = ("成功", "失败", "非法", "异常", "错误码", "你", "！", "请联系管理员", "无效", "报错")
NO_SENTENCE = re.compile(r"\\|\(\?:|;;")  # patterns, and what a file dialog offers
HAN = re.compile("[一-鿿]")
# words that stand in what other people write, and must be understood: not said by us
UNDERSTOOD = {"headings", "heading_words", "contents", "standards", "remarks", "duplicates"}


def sentences(file: Path) -> Iterator[tuple[int, str]]:
    """Every string with Chinese in it, parts of f-strings too; docstrings are left out."""
    tree = ast.parse(file.read_text("utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documentation and HAN.search(node.value):
            yield node.lineno, node.value


@functools.cache
def spoken() -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (str(file.relative_to(ROOT)), line, text)
        for file in modules("desktop", "db")
        if file.stem not in UNDERSTOOD
        for line, text in sentences(file)
    )


def test_there_is_much_to_look_at() -> None:
    assert len(spoken()) > 400


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_sentence_uses_a_word_the_design_forbids(word) -> None:
    found = [f"{file}:{line} {text}" for file, line, text in spoken() if word in text]
    assert found == []


def test_no_sentence_shouts() -> None:
    shouting = re.compile("[一-鿿。，”]!|!$")
    assert [one for one in spoken() if shouting.search(one[2])] == []


def test_chinese_is_written_with_full_width_marks() -> None:
    """Half-width marks stay inside numbers, times and file names."""
    half = re.compile(r"[一-鿿][,;?](?![a-z])|[,;?][一-鿿]|[一-鿿]:(?!\w)")
    found = [one for one in spoken() if half.search(one[2])]
    assert [one for one in found if not NO_SENTENCE.search(one[2])] == []


def test_no_button_says_only_that_it_agrees() -> None:
    in_window = [one for one in spoken() if one[0].startswith(str(Path("desktop", "ui")))]
    assert in_window
    assert [one for one in in_window if one[2] in ("确定", "OK")] == []
