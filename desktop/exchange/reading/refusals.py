"""Why can a file not be read, and how is that said?

This is the one fixed list: every refusal of the reading room has its word here and its sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from db.errors import UnreadableFileError


@dataclass(frozen=True, slots=True)
class Sentences:
    """``happened`` names the file as ``{name}``; ``remedy`` says what to do."""

    happened: str
    remedy: str


class Refused(Exception):  # noqa: N818 - travels between the readers and read_workbook only
    """A reader gives up on the bytes it holds; it does not know the file's name."""

    def __init__(self, reason: str, details: str = "") -> None:
        self.reason = reason
        self.details = details
        super().__init__(reason, details)


class NeedsChild(Exception):  # noqa: N818 - asks for another way, nothing went wrong
    """The file may be read, but only where it cannot harm the window."""


_SAVE_AGAIN = "请用 WPS 或 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”，再导入另存的那一份。"

REASONS = MappingProxyType(
    {
        "missing": Sentences(
            "找不到《{name}》。", "它可能被移走、改了名或删除了，请重新选择文件。"
        ),
        "folder": Sentences("《{name}》是一个文件夹，不是表格。", "请打开它，选里面的表格文件。"),
        "empty": Sentences(
            "《{name}》是空文件，里面一个字节也没有。",
            "多半是没有传完或没有保存好，请向发送人再要一份。",
        ),
        "locked": Sentences(
            "《{name}》正被 WPS 或 Excel 使用，暂时不让别的程序读取。",
            "请在那里保存并关闭这份表格，再试一次。",
        ),
        "no_permission": Sentences(
            "电脑不允许读取《{name}》。", "请把它复制到桌面或“文档”文件夹，再选复制出来的那一份。"
        ),
        "lock_file": Sentences(
            "《{name}》是 WPS 或 Excel 打开表格时留下的临时文件，里面没有名单。",
            "请选名字里没有“~”的那一份。",
        ),
        "disk": Sentences(
            "读《{name}》时，磁盘没有给出内容。",
            "请把它复制到别的文件夹或换一个盘，再试一次；复制不了就请向发送人再要一份。",
        ),
        "network": Sentences(
            "读《{name}》时，网络位置或移动盘断开了。",
            "请接好网络或移动盘，或先把文件复制到本机，再试一次。",
        ),
        "password_needed": Sentences("《{name}》有打开密码。", "请输入这份表格的打开密码。"),
        "wrong_password": Sentences(
            "这个密码打不开《{name}》。", "请核对大小写和输入法，再输入一次。"
        ),
        "protected": Sentences(
            "《{name}》用本程序不认识的方式加了密。",
            "请在原来的程序里打开它，取消密码或权限保护，另存一份再导入。",
        ),
        "damaged": Sentences(
            "《{name}》的内容不完整或已经损坏。",
            "请用 WPS 或 Excel 打开看看，能打开就另存为 xlsx 再导入，打不开就请向发送人再要一份。",
        ),
        "not_a_table": Sentences("《{name}》里不是表格。", "请选 xlsx、xls、et、ods 或 csv 文件。"),
        "picture_or_document": Sentences(
            "《{name}》是图片或文档，本程序只读表格。",
            "可以把文档里的表格复制下来粘贴到导入页，或请发送人发表格文件。",
        ),
        "archive": Sentences("《{name}》是压缩包。", "请先解压，再选里面的表格文件。"),
        "old_format": Sentences("《{name}》是很早以前的表格格式，本程序读不了。", _SAVE_AGAIN),
        "other_program": Sentences(
            "《{name}》是别的表格程序自己的格式，本程序读不了。", _SAVE_AGAIN
        ),
        "too_large": Sentences(
            "《{name}》太大了，展开以后超过本程序一次能读的量。",
            "请删去其中的图片和空行，或分成几份，再导入。",
        ),
        "too_many_cells": Sentences(
            "《{name}》里的单元格太多，超过 300 万个。",
            "请删去表格外面多余的行和列，或分成几份，再导入。",
        ),
        "took_too_long": Sentences("《{name}》读了很久还没有读完，已经停下。", _SAVE_AGAIN),
        "out_of_memory": Sentences("读《{name}》要用的内存太多，已经停下。", _SAVE_AGAIN),
    }
)


def refusal(reason: str, name: str, details: str = "") -> UnreadableFileError:
    """The error for one word of :data:`REASONS`; ``name`` is the file's name without its folder."""
    sentences = REASONS[reason]
    return UnreadableFileError(
        reason, sentences.happened.format(name=name), remedy=sentences.remedy, details=details
    )
