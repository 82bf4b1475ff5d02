"""How a list of recipients becomes certificates on paper.

Every name is looked at before a page is drawn. A certificate that would show a box, a blank or a
cut text is not drawn at all: it is named in the result, and the others are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop.documents.book import Book
from desktop.documents.designs import Design, design_names, load_design
from desktop.documents.files import legal_name, whole_file
from desktop.documents.layout import Layout, layout
from desktop.documents.wording import Recipient, tidy, values_of

__all__ = [
    "CertificateProblem",
    "Design",
    "DrawResult",
    "Recipient",
    "design_names",
    "draw",
    "draw_separately",
    "load_design",
    "preflight",
]

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class CertificateProblem:
    """What is wrong with one recipient.

    Codes: ``missing_glyph``, ``name_missing``, ``body_missing``, ``does_not_fit`` (level ``error``:
    not drawn) and ``duplicate_name`` (level ``warning``: drawn, but look again).
    """

    row: int
    name: str
    code: str
    message: str
    character: str = ""
    code_point: str = ""
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class DrawResult:
    """What was drawn: pages and certificates (one each), the files, and who has a problem."""

    pages: int
    certificates: int
    files: tuple[Path, ...]
    problems: tuple[CertificateProblem, ...]


def preflight(
    design: Design, recipients: Sequence[Recipient], *, overprint: bool = False
) -> list[CertificateProblem]:
    """Everything that is wrong, in the order of the list; nothing is written."""
    problems = _duplicates(recipients)
    for recipient in recipients:
        problems += _lay_out(design, recipient, overprint)[1]
    return sorted(problems, key=lambda problem: problem.row)


def draw(
    design: Design,
    recipients: Sequence[Recipient],
    target: Path,
    *,
    step: Step | None = None,
    overprint: bool = False,
    dx_mm: float = 0.0,
    dy_mm: float = 0.0,
) -> DrawResult:
    """All certificates as the pages of one PDF at ``target``; none drawn means no file.

    ``overprint`` prints the texts only, for stock that carries the ornaments, moved by ``dx_mm`` to
    the right and ``dy_mm`` downwards. ``step(done, total)`` is called after each recipient and may
    raise ``Cancelled``; then, as after any error, no file is left and an older one stays.
    """
    problems = _duplicates(recipients)
    ready = 0
    try:
        with whole_file(target) as out:
            book = Book(out, design, overprint=overprint, dx_mm=dx_mm, dy_mm=dy_mm)
            for done, recipient in enumerate(recipients, start=1):
                page, wrong = _lay_out(design, recipient, overprint)
                problems += wrong
                if not wrong:
                    book.add(page)
                if step:
                    step(done, len(recipients))
            ready = book.pages
            if not ready:
                raise _NothingDrawn
            book.finish()
    except _NothingDrawn:
        pass
    files = (target,) if ready else ()
    return DrawResult(ready, ready, files, tuple(sorted(problems, key=lambda p: p.row)))


def draw_separately(
    design: Design,
    recipients: Sequence[Recipient],
    folder: Path,
    *,
    step: Step | None = None,
    overprint: bool = False,
    dx_mm: float = 0.0,
    dy_mm: float = 0.0,
) -> DrawResult:
    """One PDF for each person in ``folder``, called by number and name.

    Names are legal on Windows and no two of one call are the same. Files finished before an error
    or a ``Cancelled`` stay; the error's second sentence says how many.
    """
    problems = _duplicates(recipients)
    files: list[Path] = []
    taken: set[str] = set()
    for done, recipient in enumerate(recipients, start=1):
        page, wrong = _lay_out(design, recipient, overprint)
        problems += wrong
        if not wrong:
            target = folder / legal_name(_stem(recipient), ".pdf", taken)
            with whole_file(target, _kept(len(files))) as out:
                book = Book(out, design, overprint=overprint, dx_mm=dx_mm, dy_mm=dy_mm)
                book.add(page)
                book.finish()
            files.append(target)
        if step:
            step(done, len(recipients))
    ordered = tuple(sorted(problems, key=lambda problem: problem.row))
    return DrawResult(len(files), len(files), tuple(files), ordered)


class _NothingDrawn(Exception):  # noqa: N818 - leaves the block without leaving a file
    pass


def _kept(finished: int) -> str:
    return f"已经写好的 {finished} 份都留着。" if finished else "名单没有任何改动。"


def _stem(recipient: Recipient) -> str:
    parts = (tidy(recipient.certificate_no), tidy(recipient.name))
    return "_".join(part for part in parts if part)


def _lay_out(
    design: Design, recipient: Recipient, overprint: bool
) -> tuple[Layout, list[CertificateProblem]]:
    page = layout(design, values_of(recipient, design.wording), overprint=overprint)
    problems = [
        CertificateProblem(
            row=recipient.row,
            name=tidy(recipient.name),
            code=fault.code,
            message=fault.message,
            character=fault.character,
            code_point=fault.code_point,
        )
        for fault in page.faults
    ]
    return page, problems


def _duplicates(recipients: Sequence[Recipient]) -> list[CertificateProblem]:
    first: dict[tuple[str, str], int] = {}
    problems = []
    for recipient in recipients:
        name = tidy(recipient.name)
        key = (name, tidy(recipient.unit))
        if name and key in first:
            where = f"第 {first[key]} 行" if first[key] else "前面"
            message = f"和{where}的“{name}”同名。照常印了，请确认不是同一个人写了两次。"
            problems.append(
                CertificateProblem(recipient.row, name, "duplicate_name", message, level="warning")
            )
        first.setdefault(key, recipient.row)
    return problems
