"""How the words of a command line are understood, and what is said when they are not."""

from __future__ import annotations

import argparse
import math
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

_KEPT = "没有做任何改动。"
_REMEDY = "加上 --help 可以看到怎么写。"
_FURTHEST = 100.0  # millimetres; a printer is never further off

_SAID = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (
            r"argument (?P<a>.+?): invalid choice: '?(?P<b>.*?)'? \(choose from (?P<c>.+)\)",
            "不认识“{b}”，这里可以写 {c}。",
        ),
        (r"argument (?P<a>.+?): invalid \S+ value: '(?P<b>.*)'", "{a} 后面的“{b}”看不懂。"),
        (r"argument (?P<a>.+?): expected (one|at least one) argument", "{a} 后面还缺内容。"),
        (r"argument (?P<a>.+?): ignored explicit argument '(?P<b>.*)'", "{a} 后面不用写“{b}”。"),
        (r"argument (?P<a>.+?): (?P<b>.+)", "{a}：{b}。"),
        (r"the following arguments are required: (?P<a>.+)", "还缺 {a}。"),
        (r"unrecognized arguments: (?P<a>.+)", "不认识“{a}”。"),
    )
)


class Parser(argparse.ArgumentParser):
    """An ``argparse`` parser that speaks Chinese; options must be written out."""

    def __init__(self, **options: Any) -> None:
        wants_help = options.pop("add_help", True)
        options = {"formatter_class": _Help, "allow_abbrev": False, **options}
        super().__init__(**options, add_help=False)
        if wants_help:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """The help text. The groups get their names here: parsers join groups by their names."""
        self._positionals.title = "内容"
        self._optionals.title = "选项"
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on standard error and end with the code for wrong usage."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{in_words(message)}{_KEPT}{_REMEDY}\n")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def in_words(message: str) -> str:
    """What argparse says, as a Chinese sentence; as it stands where it is not known."""
    for pattern, sentence in _SAID:
        if found := pattern.fullmatch(message):
            parts = {key: value.replace("'", "") for key, value in found.groupdict().items()}
            return sentence.format(**parts)
    return f"{message}。"


def day(text: str) -> date:
    """A day written 2026-04-14."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期要写成 2026-04-14 这样，不是“{text}”") from None


def count(text: str) -> int:
    """A whole number from one."""
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"要写从 1 起的整数，不是“{text}”")
    return int(text)


def millimetres(text: str) -> float:
    """A small distance; to the left or upwards when negative."""
    try:
        distance = float(text)
    except ValueError:
        distance = math.nan
    if not abs(distance) <= _FURTHEST:
        raise argparse.ArgumentTypeError(f"要写 -100 到 100 之间的毫米数，不是“{text}”")
    return distance


def path(text: str) -> Path:
    """A file or folder; ``~`` is the person's own folder."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("要写一个文件或文件夹")
    return Path(text).expanduser()
