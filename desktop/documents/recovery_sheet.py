"""What does the paper look like that opens the data when the password is forgotten?

One A4 page, laid out once as marks at places in millimetres, so that the file and the printer show
the same.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from desktop.documents import fonts
from desktop.documents.files import whole_file

WIDTH, HEIGHT = 210.0, 297.0
MM = 72 / 25.4
REGULAR, BOLD = "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"
KEPT = "密码保护没有任何改动。"

_LEFT, _RIGHT = 25.0, 185.0
_BOX_TOP, _BOX_HEIGHT = 70.0, 58.0
_IN_A_ROW = 4
_FALLBACKS = ("NotoSerifSC-Regular.ttf", "LXGWWenKai-Regular.ttf", "HanaMinB.ttf")
_ADVICE = (
    "忘记密码时，在打开数据的窗口里输入这八组字符，就能代替密码。",
    "字母大小写、横线和空格都不要紧；抄错一个字符，程序会指出是第几组。",
    "拿到这张纸的人能打开全部数据。请锁在柜子里，不要和电脑、U 盘或备份放在一起。",
    "以后换了新的恢复密钥，请把这一张销毁。",
)


@dataclass(frozen=True)
class Mark:
    """A line of text whose baseline begins at ``left`` and lies ``down`` from the top, in mm."""

    text: str
    left: float
    down: float
    points: float
    is_bold: bool = False
    is_centred: bool = False


@dataclass(frozen=True)
class Sheet:
    """Everything on the page: words, one frame (left, top, width, height) and lines across."""

    marks: tuple[Mark, ...]
    frame: tuple[float, float, float, float]
    lines: tuple[tuple[float, float, float], ...]


def lay_out(recovery_key: str, *, organisation: str, on: date) -> Sheet:
    """The page for one key; an office without a name gets a page without it."""
    day = f"{on.year}年{on.month}月{on.day}日"
    below = _BOX_TOP + _BOX_HEIGHT
    head = (
        Mark("半边天·妇委会工作台", _LEFT, 30, 10.5),
        Mark("恢复密钥", _LEFT, 46, 28, is_bold=True),
        Mark("　".join(part for part in (organisation, f"{day}制") if part), _LEFT, 58, 12),
    )
    advice = (
        Mark("怎样用，怎样收", _LEFT, below + 16, 13, is_bold=True),
        *(
            Mark(f"{number}. {sentence}", _LEFT, below + 16 + 9 * number, 11.5)
            for number, sentence in enumerate(_ADVICE, start=1)
        ),
    )
    foot = below + 76
    signatures = (Mark("保管人", _LEFT, foot, 11.5), Mark("存放处", 108, foot, 11.5))
    return Sheet(
        (*head, *_groups(recovery_key), *advice, *signatures),
        (_LEFT, _BOX_TOP, _RIGHT - _LEFT, _BOX_HEIGHT),
        ((42, foot + 1.5, 56), (125, foot + 1.5, 60)),
    )


def write(target: Path, recovery_key: str, *, organisation: str, on: date) -> None:
    """The page as a PDF only its owner may read; an older file of that name is replaced.

    What the system refuses comes out as an ``AppError``.
    """
    data = to_pdf(lay_out(recovery_key, organisation=organisation, on=on))
    with whole_file(target, KEPT) as out:
        if os.name == "posix":
            os.fchmod(out.fileno(), 0o600)
        out.write(data)


def to_pdf(sheet: Sheet) -> bytes:
    """The page as a PDF; the same page gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH * MM, HEIGHT * MM), invariant=1)
    canvas.setTitle("恢复密钥")
    canvas.setLineWidth(0.8)
    left, top, width, height = sheet.frame
    canvas.roundRect(left * MM, (HEIGHT - top - height) * MM, width * MM, height * MM, 3 * MM)
    for x, down, length in sheet.lines:
        canvas.line(x * MM, (HEIGHT - down) * MM, (x + length) * MM, (HEIGHT - down) * MM)
    for mark in sheet.marks:
        _draw(canvas, mark)
    canvas.save()
    return out.getvalue()


def _groups(recovery_key: str) -> Iterator[Mark]:
    """The key in rows of four, each group under its number."""
    column = (_RIGHT - _LEFT) / _IN_A_ROW
    for index, group in enumerate(recovery_key.split("-")):
        row, place = divmod(index, _IN_A_ROW)
        centre = _LEFT + column * (place + 0.5)
        down = _BOX_TOP + 23 + 25 * row
        yield Mark(f"第 {index + 1} 组", centre, down - 11, 9, is_centred=True)
        yield Mark(group, centre, down, 25, is_bold=True, is_centred=True)


def _draw(canvas: Any, mark: Mark) -> None:
    chain = fonts.chain((BOLD if mark.is_bold else REGULAR, *_FALLBACKS))
    width = sum(chain.widths(mark.text)) * mark.points
    x = mark.left * MM - (width / 2 if mark.is_centred else 0)
    for path, characters in groupby(mark.text, lambda each: _file_of(chain, each)):
        text = "".join(characters)
        canvas.setFont(_known(path), mark.points)
        canvas.drawString(x, (HEIGHT - mark.down) * MM, text)
        x += sum(chain.widths(text)) * mark.points


def _file_of(chain: fonts.Chain, character: str) -> Path:
    face = chain.face(character)
    return face.path if face else fonts.shipped(REGULAR).path


def _known(path: Path) -> str:
    """The name under which reportlab knows a font file."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if path.stem not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(path.stem, str(path)))
    return path.stem
