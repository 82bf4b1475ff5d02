"""A small office that sends forms, and units that fill them in."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from db.session import Database
from desktop.exchange import returns_out
from desktop.exchange.layouts import remembered
from desktop.exchange.returns import Office, Taking, take, write
from desktop.exchange.writing import Written
from desktop.registers import MEMBERS
from desktop.services import members, rounds, units
from desktop.services.records import Draft
from desktop.services.rounds import Filling
from tests.people import id_number

SENT, TODAY = date(2026, 4, 1), date(2026, 4, 14)
HEADINGS = {field.name: number for number, field in enumerate(MEMBERS.fields, 1)}
WANG, LI, ZHAO = (
    id_number(date(1985, 6, 12)), id_number(date(1978, 11, 3)), id_number(date(1991, 11, 24)),
)  # fmt: skip


class Bureau:
    """Three units; two people in the first, one in the second, none in the third."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.units: dict[str, int] = {}
        with database.write("文员", "准备") as session:
            for name in ("办公室", "监测中心", "东湖分局"):
                self.units[name] = units.add(session, name)
        self.people = {
            "王芳": self.add("王芳", "办公室", id_number=WANG, mobile="13800001001"),
            "李敏": self.add("李敏", "办公室", id_number=LI, committee_role="女工委员"),
            "赵丽": self.add("赵丽", "监测中心", id_number=ZHAO, mobile="13800001003", post="科员"),
        }

    def add(self, name: str, unit: str, **values: Any) -> int:
        with self.database.write("文员", "新增") as session:
            given = {"name": name, "unit_id": self.units[unit], "employment_status": "active"}
            return members.save(session, Draft(None, 0, {**given, **values}))

    def send(
        self, filling: Filling = "blank", *, token: str = "a1b2", **more: Any
    ) -> dict[str, Path]:
        """Forms for all units; where each one lies."""
        with self.database.read() as session:
            plan = returns_out.plan(
                session, title="四月名册", today=SENT, token=token, filling=filling, **more
            )
        paths = returns_out.write_forms(plan, self.folder, today=SENT)
        with self.database.write("文员", "发表") as session:
            returns_out.keep(session, plan)
        return {form.unit: path for form, path in zip(plan.forms, paths, strict=True)}

    def office(self) -> Office:
        with self.database.read() as session:
            return Office(members.snapshot(session), rounds.listed(session), remembered(session))

    def take(self, *files: Path, **more: Any) -> Taking:
        return take(files, self.office(), today=TODAY, **more)

    def write(self, taking: Taking) -> Written:
        with self.database.write("文员", "收表") as session:
            return write(session, taking, today=TODAY)

    def person(self, name: str) -> Mapping[str, Any]:
        return next(p for p in self.office().roster.people if p["name"] == name)


def fill(path: Path, *people: Mapping[str, str], to: Path | None = None) -> Path:
    """Type people under those already in a form, as a unit does; save it, perhaps elsewhere."""
    book = openpyxl.load_workbook(path)
    sheet = book[MEMBERS.title]
    row = 2
    while sheet.cell(row, 1).value is not None:
        row += 1
    for number, person in enumerate(people, row):
        for name, text in person.items():
            sheet.cell(number, HEADINGS[name], text)
    book.save(to or path)
    return to or path


def change(path: Path, name: str, field: str, text: str | None) -> Path:
    """Change a cell in the row of a person who is in the form already."""
    book = openpyxl.load_workbook(path)
    for row in book[MEMBERS.title].iter_rows(min_row=2):
        if row[0].value == name:
            row[HEADINGS[field] - 1].value = text
    book.save(path)
    return path


def strike_out(path: Path, name: str) -> Path:
    """Take a person's row out of the form."""
    book = openpyxl.load_workbook(path)
    sheet = book[MEMBERS.title]
    for row in range(sheet.max_row, 1, -1):
        if sheet.cell(row, 1).value == name:
            sheet.delete_rows(row)
    book.save(path)
    return path


def saved(path: Path, moment: datetime) -> Path:
    """The same file, saved at another moment."""
    return rewritten(
        path,
        "docProps/core.xml",
        r"(<dcterms:modified[^>]*>)[^<]*",
        rf"\g<1>{moment:%Y-%m-%dT%H:%M:%SZ}",
    )


def rewritten(path: Path, part: str, old: str, new: str) -> Path:
    """The file with one part of it changed by a pattern."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = re.sub(old, new, parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
