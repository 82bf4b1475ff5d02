"""Bringing rosters in: rehearse first, decide, then write in one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from db.errors import InvalidInputError
from desktop.exchange import collector, layout, oddities, returned
from desktop.exchange.checking import Checker, Entry, Place
from desktop.exchange.columns import number
from desktop.exchange.deciding import decided
from desktop.exchange.layout import SheetLayout, Wishes
from desktop.exchange.preview import (
    Change,
    Counts,
    Decision,
    FileUnderstood,
    ImportOptions,
    NeedsMapping,
    Preview,
    Row,
)
from desktop.exchange.reading import Sheet, Workbook, read_workbook
from desktop.exchange.said import Fix, Problem
from desktop.fields import Register
from desktop.registers import MEMBERS, own_fields
from desktop.services.members import Roster

Step = Callable[[int, int], None]

__all__ = [
    "Change",
    "Counts",
    "Decision",
    "Fix",
    "ImportOptions",
    "Preview",
    "Problem",
    "Row",
    "mapping_from_text",
    "rehearse",
]


def rehearse(
    sources: Sequence[Path | Workbook],
    roster: Roster,
    *,
    options: ImportOptions | None = None,
    today: date,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    step: Step | None = None,
) -> Preview:
    """What importing these files would do. Nothing is written.

    ``remembered`` is :func:`desktop.exchange.layouts.remembered`. Raises
    :class:`db.errors.UnreadableFileError` for a file that cannot be read and
    :class:`InvalidInputError` for a sheet none of the files has. A sheet with people but without a
    header is given in ``needs_mapping`` and none of its rows is taken.
    """
    with collector.at_rest():
        return _rehearsed(
            sources,
            roster,
            options or ImportOptions(),
            today=today,
            remembered=remembered,
            step=step,
        )


def _rehearsed(
    sources: Sequence[Path | Workbook],
    roster: Roster,
    options: ImportOptions,
    *,
    today: date,
    remembered: Mapping[str, Mapping[str, str]] | None,
    step: Step | None,
) -> Preview:
    own = layout.own_headings(roster.register)
    wishes = Wishes(options.mapping, _still_known(remembered or {}, set(own.values())), own=own)
    files = []
    for done, source in enumerate(sources):
        if step is not None:
            step(done, len(sources))
        files.append(_understood(source, options, wishes))
    _refuse_missing_sheet(files, options)
    return _checked(tuple(files), roster, options, today)


def _still_known(
    remembered: Mapping[str, Mapping[str, str]], own: Set[str]
) -> Mapping[str, Mapping[str, str]]:
    """What was decided of columns, without own fields that were taken away since."""
    return {
        table: {
            place: name
            for place, name in mapping.items()
            if not own_fields.is_own(name) or name in own
        }
        for table, mapping in remembered.items()
    }


def _understood(source: Path | Workbook, options: ImportOptions, wishes: Wishes) -> FileUnderstood:
    book = (
        source
        if isinstance(source, Workbook)
        else read_workbook(source, password=options.file_password)
    )
    sheets = [s for s in returned.to_read(book) if _is_wanted(s, options)]
    name = book.path.name if book.path is not None else "剪贴板"
    told = {s.name: options.mapping_of(name, s.name) for s in sheets} if options.by_sheet else {}
    return FileUnderstood(name, book, layout.understand(sheets, replace(wishes, by_sheet=told)))


def _is_wanted(sheet: Sheet, options: ImportOptions) -> bool:
    if options.sheet is not None:
        return sheet.name == options.sheet
    return sheet.visible or not options.without_hidden


def _refuse_missing_sheet(files: Sequence[FileUnderstood], options: ImportOptions) -> None:
    if options.sheet is None or any(f.sheets for f in files):
        return
    names = "、".join(f"“{s.name}”" for f in files for s in f.workbook.sheets)
    raise InvalidInputError(
        {"sheet": f"没有名为“{options.sheet}”的工作表"},
        happened=f"没有名为“{options.sheet}”的工作表，文件里有{names}。",
    )


def _checked(
    files: tuple[FileUnderstood, ...], roster: Roster, options: ImportOptions, today: date
) -> Preview:
    places = [
        (file, sheet, table) for file in files for sheet in file.sheets for table in sheet.tables
    ]
    told = tuple(
        Place(f.file, s, t, i, returned.is_returned(f.workbook), roster.register)
        for i, (f, s, t) in enumerate(places)
    )
    checkers = tuple(Checker(place, today, fill_units=options.fill_units_down) for place in told)
    entries: list[Entry] = []
    about: list[Problem] = []
    for checker in checkers:
        found = checker.entries()
        oddities.tell_of_rows(checker.place, found)
        about += oddities.of_table(checker.place, found)
        entries += found
    return decided(
        Preview(
            files, told, (), Counts(), (), (), tuple(_needing(files)), options, today, roster,
            checkers, tuple(entries), tuple(about),
        )
    )  # fmt: skip


def _needing(files: Sequence[FileUnderstood]) -> list[NeedsMapping]:
    return [
        NeedsMapping(file.file, sheet.sheet.name, sheet.proposal)
        for file in files
        for sheet in file.sheets
        if sheet.proposal is not None and _is_asked_about(file, sheet)
    ]


def _is_asked_about(file: FileUnderstood, sheet: SheetLayout) -> bool:
    """Hidden sheets and look-up lists beside a proper roster are not worth a question."""
    has_people = any(t.people for one in file.sheets for t in one.tables)
    return sheet.sheet.visible and (not has_people or len(sheet.sheet.rows) > 2)


def mapping_from_text(text: str, register: Register = MEMBERS) -> dict[str, str]:
    """``A=name,C=id_number`` as a mapping of column letters; public field names are understood,
    and the labels of the office's own fields.

    Raises :class:`InvalidInputError` for a column or field that does not exist.
    """
    mapping: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        column, told, name = part.partition("=")
        try:
            if not told:
                raise ValueError(part)
            number(column.strip())
            mapping[column.strip().upper()] = _own_name(name.strip(), register)
        except (ValueError, KeyError):
            raise InvalidInputError(
                {"map": f"看不懂“{part}”，要写成 A=name 这样"},
                happened=f"列对应里的“{part}”看不懂，要写成 A=name,C=id_number 这样。",
            ) from None
    return mapping


def _own_name(name: str, register: Register) -> str:
    return name if name in ("", "seq", "age") else own_fields.named(register, name).name


def to_json(preview: Preview, changeset: int | None = None) -> dict[str, Any]:
    """The rehearsal or the import as the command line gives it."""
    from desktop.exchange.telling import as_json

    return as_json(preview, changeset)
