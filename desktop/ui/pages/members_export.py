"""How do people of the roster go out: which ones, as what, and to which place?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.errors import AppError
from desktop.paths import DataFolder
from desktop.settings import ORGANISATION, SEND_OUT, Settings
from desktop.ui.dialogs import import_files
from desktop.ui.dialogs import send_out_work as work
from desktop.ui.dialogs.send_out_dialog import PRINT, SendOutDialog
from desktop.ui.dialogs.send_out_work import Going, ProfileChoice, Sent, Wanted
from desktop.ui.jobs import Jobs
from desktop.ui.models.members import Filters, Place
from desktop.ui.printing import AskPrinter, Printing

if TYPE_CHECKING:
    from desktop.documents.paper import Pages

PickTarget = Callable[[QWidget, str], str]
Questions = dict[str, tuple[Filters, tuple[int, ...]]]
_CSV_HINT = "用表格软件直接打开 CSV，长号码会变样，请用“导入”打开"


class Exporting(QObject):
    """Asks, then writes or prints away from the window's thread. ``said`` carries what was done.

    ``folder`` holds the office's own forms.
    """

    said = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        today: Callable[[], date],
        page: QWidget,
        pick_target: PickTarget = import_files.pick_target,
        *,
        settings: Settings,
        folder: DataFolder | None = None,
        ask_printer: AskPrinter | None = None,
    ) -> None:
        super().__init__(page)
        self._jobs, self._today, self._page = jobs, today, page
        self._pick_target, self._settings, self._folder = pick_target, settings, folder
        self.printing = Printing(jobs, page, ask_printer)
        self.printing.said.connect(self.said)
        self.printing.refused.connect(self._tell)

    def ask(self, filters: Filters, ids: Sequence[int], count: int) -> None:
        """Offer the ticked people, those the list shows, and the whole roster."""
        questions: Questions = {"shown": (filters, ()), "all": (_everybody(filters), ())}
        words = [("shown", f"列表里的 {count} 人"), ("all", "整个名册，含退休和调出的人")]
        if ids:
            questions["ticked"] = (filters, tuple(ids))
            words.insert(0, ("ticked", f"选中的 {len(ids)} 人"))
        self._ask(questions, words)

    def ask_people(self, ids: Sequence[int]) -> None:
        """Offer just these people, wherever they are on the roster."""
        whom = (Filters(place=Place("anyone")), tuple(ids))
        self._ask({"these": whom}, [("these", f"这 {len(ids)} 人")])

    # asking

    def _ask(
        self,
        questions: Questions,
        words: Sequence[tuple[str, str]],
    ) -> None:
        self._jobs.read(
            self,
            partial(work.profiles, folder=self._folder),
            done=partial(self._open, questions, words),
        )

    def _open(
        self,
        questions: Questions,
        words: Sequence[tuple[str, str]],
        profiles: tuple[ProfileChoice, ...],
    ) -> None:
        last = self._settings.get(SEND_OUT)
        dialog = SendOutDialog(
            words,
            profiles,
            form=str(last.get("form", "")),
            profile=str(last.get("profile", "")),
            parent=self._page,
        )
        titles = {one.name: one.title for one in profiles}
        dialog.accepted.connect(partial(self._answered, dialog, questions, titles))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.form.button(dialog.chosen_form()).setFocus()

    def _answered(
        self,
        dialog: SendOutDialog,
        questions: Questions,
        titles: dict[str, str],
    ) -> None:
        filters, ids = questions[dialog.whom.value()]
        form, profile = dialog.chosen_form(), dialog.chosen_profile()
        self._settings.set(SEND_OUT, {"form": form, "profile": profile})
        full = dialog.numbers.value() == "full"
        wanted = Wanted(filters, ids, form, profile, full)
        if dialog.answer == PRINT:
            self._gather(wanted, partial(self._lay_out, wanted))
            return
        name = titles.get(profile) or work.NAMES.get(form, work.TITLE)
        suffix = work.SUFFIXES[form]
        day = filters.as_of or self._today()
        place = self._pick_target(self._page, f"{name}{day:%Y%m%d}{suffix}")
        if place:
            self.write(Path(place).with_suffix(suffix), wanted)

    # writing

    def write(self, target: Path, wanted: Wanted) -> None:
        """Write the file; that full numbers go out is kept before they do."""
        self._gather(wanted, partial(self._note_and_write, target, wanted))

    def _gather(self, wanted: Wanted, then: Callable[[Going], object]) -> None:
        gather = partial(
            work.gather,
            wanted=wanted,
            folder=self._folder,
            organisation=self._settings.get(ORGANISATION),
            today=self._today(),
        )
        self._jobs.read(self, gather, done=then)

    def _note_and_write(self, target: Path, wanted: Wanted, going: Going) -> None:
        self._note(wanted, going, partial(self._write, target, wanted, going))

    def _note(self, wanted: Wanted, going: Going, then: Callable[[], object]) -> None:
        if not wanted.shows_numbers:
            then()
            return
        note = partial(work.note, count=len(going.people))
        self._jobs.write(self, note, what="导出完整号码", done=partial(_go_on, then))

    def _write(self, target: Path, wanted: Wanted, going: Going) -> None:
        self._jobs.run(
            self,
            partial(work.write, going=going, wanted=wanted, target=target, today=self._today()),
            done=partial(self._written, wanted),
            title=f"正在导出《{target.name}》",
            unit="人",
        )

    def _written(self, wanted: Wanted, sent: Sent) -> None:
        files = "".join(f"《{file.name}》" for file in sent.files)
        what = f"{sent.count} 人的{work.NAMES[wanted.form]}" if wanted.form in work.NAMES else ""
        said = f"已导出 {what or f'{sent.count} 人'}到{files}"
        if sent.problems:
            said += f"；有 {sent.problems} 处要看：{sent.first_problem}"
        elif wanted.form == "csv":
            said += f"；{_CSV_HINT}"
        self.said.emit(said)

    # printing

    def _lay_out(self, wanted: Wanted, going: Going) -> None:
        self._jobs.run(
            self,
            partial(work.pages, going=going, wanted=wanted, today=self._today()),
            done=partial(self._print, wanted, going),
        )

    def _print(self, wanted: Wanted, going: Going, pages: Pages) -> None:
        self.printing.print(pages, before=partial(self._note, wanted, going))

    def _tell(self, error: AppError) -> None:
        self._jobs.told.emit(error, self._page)


def _everybody(filters: Filters) -> Filters:
    return Filters(
        place=Place("anyone"),
        order=filters.order,
        descending=filters.descending,
        as_of=filters.as_of,
    )


def _go_on(then: Callable[[], object], _noted: object) -> None:
    then()
