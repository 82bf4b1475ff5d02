"""A report told to programs and people: JSON, lines of a table, one sentence, a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from desktop.exchange.doctor_report import RULE, WEIGHTS, Finding, Report, Spot
from desktop.exchange.xlsx_out import banner, new_workbook, page_setup, storable
from desktop.fields.table import Cell, Heading, Table

HEADINGS = ("轻重", "问题", "位置", "原来的内容", "怎么回事", "怎么办")
WIDTHS = (9, 24, 20, 24, 46, 40)
_NAMED = 8  # places named for one cause on paper
_FIXED = "已在这份副本里修好"


def summary(report: Report) -> str:
    """One sentence: ``《名册.xlsx》共 62 人，得 70 分，C 级``."""
    return f"《{report.file}》共 {report.people} 人，得 {report.score} 分，{report.grade} 级"


def findings_words(finding: Finding) -> str:
    """How many places: ``52 处``; for a matter of the whole sheet ``1 页``."""
    return f"{len(finding.spots)} 处" if finding.spots[0].row else f"{len(finding.spots)} 页"


def lines(
    report: Report, done: frozenset[tuple[str, int, str]] = frozenset()
) -> Iterator[tuple[str, ...]]:
    """One line for each place, under :data:`HEADINGS`; ``done`` are cells already repaired."""
    for finding in report.findings:
        cause = finding.cause
        may = cause.is_fixable or cause.is_optional
        for spot in finding.spots:
            is_done = may and (spot.sheet, spot.row, spot.column) in done
            remedy = _FIXED if is_done else cause.remedy
            yield (
                WEIGHTS[cause.weight], cause.title, spot.address, spot.shown, _said(spot), remedy
            )  # fmt: skip


def _said(spot: Spot) -> str:
    return (
        f"{spot.message}：{spot.fixed}" if spot.fixed and spot.fixed != spot.shown else spot.message
    )


def write_report(report: Report, target: Path, *, today: date) -> None:
    """The report alone as an xlsx; ``target`` keeps its old content if this raises."""
    with new_workbook(target, title="名册体检报告", today=today, low_memory=False) as book:
        sheet = book.add_worksheet("体检报告")
        bold = book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        heading = book.add_format({"bold": True, "bottom": 1, "valign": "vcenter"})
        banner(sheet, 0, len(HEADINGS) - 1, summary(report), bold)
        banner(sheet, 1, len(HEADINGS) - 1, RULE, plain)
        sheet.set_row(1, 32)
        for at, (words, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.write_string(3, at, words, heading)
            sheet.set_column(at, at, width)
        for number, line in enumerate(lines(report), 4):
            for at, text in enumerate(line):
                sheet.write_string(number, at, storable(text), plain)
        sheet.freeze_panes(4, 0)
        page_setup(sheet, header_row=3)


def as_table(report: Report, *, today: date) -> Table:
    """The report as a table to be printed: one line a cause, with the first places of it."""
    rows = tuple(
        tuple(map(Cell, (WEIGHTS[f.cause.weight], f.cause.title, findings_words(f), _places(f),
                         f.cause.why, f.cause.remedy)))
        for f in report.findings
    )  # fmt: skip
    headings = ("轻重", "问题", "多少", "在哪里", "为什么要紧", "怎么办")
    return Table(
        "名册体检报告",
        tuple(Heading(words, is_centred=at in (0, 2)) for at, words in enumerate(headings)),
        rows,
        above=(summary(report), "", f"{today.year}年{today.month}月{today.day}日"),
        notes=(RULE,),
    )


def _places(finding: Finding) -> str:
    told = [spot.address for spot in finding.spots]
    more = f"等 {len(told)} 处" if len(told) > _NAMED else ""
    return "、".join(told[:_NAMED]) + more


def as_json(report: Report) -> dict[str, Any]:
    """The object of ``doctor --json``; rows and columns as the spreadsheet program shows them."""
    return {
        "file": report.file,
        "format": report.format,
        "people": report.people,
        "score": report.score,
        "grade": report.grade,
        "rule": RULE,
        "counts": dict(report.counts),
        "fixable": len(report.repairs),
        "findings": [_finding(finding) for finding in report.findings],
        "unit_spellings": [
            {"kept": one.kept, "spellings": dict(one.counts)} for one in report.spellings
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    cause = finding.cause
    return {
        "code": cause.code,
        "title": cause.title,
        "weight": cause.weight,
        "why": cause.why,
        "remedy": cause.remedy,
        "fixable": cause.is_fixable,
        "count": len(finding.spots),
        "cells": [
            {
                "sheet": spot.sheet,
                "row": spot.row or None,
                "column": spot.column or None,
                "shown": spot.shown,
                "message": spot.message,
                "fixed": spot.fixed or None,
            }
            for spot in finding.spots
        ],
    }
