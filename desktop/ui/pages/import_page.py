"""How does a spreadsheet come in without fear: choose, tell the columns, look, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.errors import AppError, UnreadableFileError
from desktop.exchange.preview import Decision, Preview
from desktop.settings import Settings
from desktop.ui.dialogs import import_files
from desktop.ui.jobs import Job, Jobs
from desktop.ui.memory import ColumnWidths
from desktop.ui.models import import_columns, import_work
from desktop.ui.models.import_work import Rehearsed, Source, Wish
from desktop.ui.models.members import Filters
from desktop.ui.pages.import_done import DoneStep, Result, result_of
from desktop.ui.pages.import_foot import Foot
from desktop.ui.pages.import_mapping import MappingStep
from desktop.ui.pages.import_review import ReviewStep
from desktop.ui.pages.import_sources import SourcesStep
from desktop.ui.pages.import_words import (
    columns_hint,
    files_tag,
    going_words,
    nobody_words,
    tables_note,
)
from desktop.ui.widgets.bars import StageBar
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Elided, Tag
from desktop.ui.widgets.page import Page, Room

if TYPE_CHECKING:
    from desktop.exchange.writing import Written

TABLES = frozenset(("members", "units"))
FILES, COLUMNS, REVIEW, DONE = range(4)
_STEPS = ("选文件", "对应列", "核对", "完成")


class ImportPage(Page):
    """The import page.

    ``activate`` takes paths to begin with. ``before_writing`` runs off the window's thread before
    anything is written (the backup), and what it refuses stops the import. ``did`` carries the
    sentence of what was written, for a toast with a way back; ``told`` what is no change of data.
    """

    did = Signal(str)
    told = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        *,
        today: Callable[[], date],
        settings: Settings,
        before_writing: Callable[[], object],
        pick_tables: Callable[[QWidget], list[str]] = import_files.pick_tables,
        pick_target: Callable[[QWidget, str], str] = import_files.pick_target,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("导入名册", name="import", parent=parent)
        self._jobs, self._today, self._before = jobs, today, before_writing
        self._pick_tables, self._pick_target = pick_tables, pick_target
        self._sources: list[Source] = []
        self._reading: list[Job] = []
        self._wish: Wish | None = None
        self._preview: Preview | None = None
        self._written: tuple[Written, Preview] | None = None
        self._asked, self._job = 0, None
        self.tag = Tag("", "neutral", "file-spreadsheet")
        self.note = Elided("", "sub")
        self.steps = StageBar(_STEPS, name="import.steps")
        self.message = InlineMessage(name="import.message")
        self.sources = SourcesStep()
        self.mapping = MappingStep()
        self.review = ReviewStep(ColumnWidths(settings))
        self.done = DoneStep()
        self.foot = Foot()
        self._lay_out()
        self._connect()
        self._go_to(FILES)

    _job: Job | None

    # what the window calls

    def activate(self, argument: object = None) -> None:
        """Come to the front as it was left, or begin with these paths."""
        if isinstance(argument, (list, tuple)) and argument:
            self._begin_anew()
            self.take([str(one) for one in argument])
        elif self.step() == DONE:
            self._begin_anew()
        self._say_status()

    def focus_first(self) -> None:
        self._focus_step()

    def new_item(self) -> None:
        """Ctrl+N: choose tables."""
        if self.step() == FILES:
            self._choose()

    def reload(self) -> None:
        """F5: read refused files again, or rehearse again."""
        if self.step() == FILES:
            for number, source in enumerate(self._sources):
                if source.state == "refused":
                    self._read(number)
        elif self.step() == REVIEW:
            self._rehearse()

    def shows(self, tables: frozenset[str]) -> bool:
        return bool(TABLES & tables) and self.step() in (COLUMNS, REVIEW)

    def step_out(self) -> bool:
        """Esc: what lies over the table, the filter; the step itself is left by its button."""
        return self.step() == REVIEW and self.review.step_out()

    def panes(self) -> list[QWidget]:
        steps: dict[int, list[QWidget]] = {REVIEW: self.review.panes()}
        return [*steps.get(self.step(), [self._stack]), self.foot]

    def arrange(self, room: Room) -> None:
        super().arrange(room)
        self.sources.set_flat(room.low)
        self.review.arrange(room)
        self.foot.set_low(room.low)
        self.note.setVisible(room.width == "wide")

    # steps

    def step(self) -> int:
        return self._stack.currentIndex()

    def take(self, paths: Sequence[str]) -> None:
        """Begin to read these tables, beside those that are there."""
        known = {one.path for one in self._sources}
        for path in map(Path, paths):
            if path not in known:
                self._sources.append(Source(path))
                self._read(len(self._sources) - 1)
        self._show_sources()

    def paste(self) -> None:
        """Take the table on the clipboard."""
        if self.step() != FILES:
            return
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._sources.append(Source(None, text))
            self._read(len(self._sources) - 1)
            self._show_sources()
        else:
            self.message.say("剪贴板里没有文字。请先在表格里选中并复制，再来粘贴。", "amber")

    # laying out

    def _lay_out(self) -> None:
        self.header.addWidget(self.tag)
        self.header.addWidget(self.note, 1)
        self.header.addStretch()
        self.header.addWidget(self.steps)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._stack = QStackedWidget()
        for step in (self.sources, self.mapping, self.review, self.done):
            self._stack.addWidget(step)
        column.addWidget(self.message)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self.body.addLayout(column)

    def _connect(self) -> None:
        self.sources.given.connect(self.take)
        self.sources.choose_requested.connect(self._choose)
        self.sources.paste_requested.connect(self.paste)
        self.sources.password_given.connect(self._read)
        self.sources.retry_requested.connect(self._read)
        self.sources.replace_requested.connect(self._exchange)
        self.sources.removed.connect(self._remove)
        self.mapping.changed.connect(self._say_mapping)
        self.review.decided.connect(self._decide)
        self.review.policy_chosen.connect(self._set_policy)
        self.review.men_chosen.connect(self._set_everyone)
        self.review.hidden_chosen.connect(self._set_without_hidden)
        self.review.column_chosen.connect(self._set_column)
        self.review.person_requested.connect(partial(self.wants.emit, "members"))
        self.done.undo_requested.connect(self._undo)
        self.done.roster_requested.connect(partial(self.wants.emit, "members", None))
        self.done.checking_requested.connect(self._show_unchecked)
        self.done.problems_requested.connect(self._keep_problems)
        self.done.again_requested.connect(self._begin_anew)
        self.foot.cancel.clicked.connect(self._cancel)
        self.foot.back.clicked.connect(self._back)
        self.foot.go.clicked.connect(self._forward)
        self.steps.step_requested.connect(self._back_to)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.sources)
        paste.activated.connect(self.paste)

    # step 1

    def _choose(self) -> None:
        self.take(self._pick_tables(self))

    def _exchange(self, number: int) -> None:
        paths = self._pick_tables(self)
        if paths:
            self._sources[number] = Source(Path(paths[0]))
            self._read(number)
            self.take(paths[1:])
            self._show_sources()

    def _remove(self, number: int) -> None:
        del self._sources[number]
        self._show_sources()
        self._focus_step()

    def _read(self, number: int, password: str | None = None) -> None:
        source = replace(self._sources[number], state="reading", error=None)
        self._sources[number] = source
        self._show_sources()
        self._jobs.run(
            self,
            partial(import_work.read_source, source, password),
            done=partial(self._has_read, source),
            failed=partial(self._has_refused, source),
        )

    def _has_read(self, source: Source, workbook: Any) -> None:
        if self._settle(source, source.read_as(workbook)) and self._are_all("read"):
            self._rehearse()

    def _has_refused(self, source: Source, error: AppError) -> None:
        if isinstance(error, UnreadableFileError):
            self._settle(source, source.refused_with(error))
            self._focus_step()
        else:
            self._tell(error)

    def _settle(self, before: Source, after: Source) -> bool:
        """Put what became of a table in its place; False when she does not want it any more."""
        place = next((n for n, one in enumerate(self._sources) if one is before), None)
        if place is None:
            return False
        self._sources[place] = after
        self._show_sources()
        return True

    def _are_all(self, state: str) -> bool:
        return bool(self._sources) and all(one.state == state for one in self._sources)

    def _show_sources(self) -> None:
        self.sources.show_sources(self._sources)
        name = files_tag(self._sources)
        self.tag.set_tag(name, "neutral", "file-spreadsheet")
        self.tag.setVisible(bool(name))
        self._say_sources()

    def _say_sources(self) -> None:
        if self.step() != FILES:
            return
        read = sum(one.state == "read" for one in self._sources)
        left = sum(one.state == "refused" for one in self._sources)
        self.foot.setVisible(bool(self._sources))
        if any(one.state == "reading" for one in self._sources):
            self.foot.say("", go="下一步", reason="正在读取", back=False)
        elif not read:
            self.foot.say("", go="下一步", reason="还没有读出来的表格", back=False)
        else:
            rest = f"{left} 份没有读出来，先不导入" if left else ""
            self.foot.say(rest, go="下一步", back=False)

    # rehearsing

    def _books(self) -> list[Any]:
        return [one.workbook for one in self._sources if one.workbook is not None]

    def _rehearse(self, wish: Wish | None = None, *, fresh: bool = False) -> None:
        """Rehearse off the window's thread; the newest asked for is the one that is shown."""
        books = self._books()
        if not books:
            return
        wish = wish or self._wish or import_work.no_wish()
        self._asked += 1
        self.foot.go.set_busy(True)
        work = partial(
            import_work.rehearse, books=books, wish=wish, today=self._today(), before=self._preview
        )
        self._job = self._jobs.read(
            self,
            work,
            done=partial(self._rehearsed, self._asked, wish, fresh or self._preview is None),
            failed=partial(self._not_rehearsed, self._asked),
            stopped=self._free,
            title="正在核对名册",
            unit="份",
        )

    def _rehearsed(self, asked: int, wish: Wish, fresh: bool, found: Rehearsed) -> None:
        if asked != self._asked:
            return
        self._free()
        self._wish, self._preview = wish, found.preview
        preview = found.preview
        if self.step() == FILES and preview.needs_mapping:
            self._show_columns()
        elif not preview.rows and not preview.needs_mapping:
            self._go_to(FILES)
            self.message.say(nobody_words(preview), "amber")
            self._preview = None
        elif self.step() == FILES or self.step() == REVIEW or fresh:
            self._show_review(found, fresh=fresh or self.step() != REVIEW)

    def _not_rehearsed(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._free()
            self._tell(error)

    def _free(self) -> None:
        self._job = None
        self.foot.go.set_busy(False)

    # step 2

    def _show_columns(self) -> None:
        if self._preview is None:
            return
        self.mapping.show_offers(import_columns.offers(self._preview))
        self._go_to(COLUMNS)
        self._say_mapping()

    def _say_mapping(self) -> None:
        out = self.mapping.without_name()
        known = any(card.has_name() for card in self.mapping.cards)
        names = "、".join(f"“{name}”" for name in out)
        rest = f"{names}没有姓名列，不导入" if out else ""
        self.foot.say(rest, go="下一步", reason="" if known else "请先指出哪一列是姓名")

    def _leave_columns(self) -> None:
        wish = self._wish or import_work.no_wish()
        mapping = dict(wish.options.by_sheet)
        for (file, sheet), chosen in self.mapping.told().items():
            mapping = import_columns.told(mapping, file, sheet, chosen)
        self._rehearse(replace(wish, options=replace(wish.options, by_sheet=mapping)), fresh=True)

    # step 3

    def _show_review(self, found: Rehearsed, *, fresh: bool) -> None:
        preview = found.preview
        hint = columns_hint(preview, familiar=found.familiar)
        self.review.show_preview(preview, hint, fresh=fresh)
        self.note.setText(tables_note(preview))
        if self.step() != REVIEW:
            self._go_to(REVIEW)
        self._say_review()

    def _say_review(self) -> None:
        if self._preview is None:
            return
        sentence, go, reason = going_words(self._preview)
        self.foot.say(sentence, go=go, reason=reason)
        self._say_status()

    def _decide(self, decisions: dict[int, Decision | None]) -> None:
        wish = self._wish
        if wish is not None:
            told = {k: d for k, d in {**wish.decisions, **decisions}.items() if d is not None}
            self._rehearse(replace(wish, decisions=told))

    def _set_policy(self, policy: Any) -> None:
        self._with_options(policy=policy)

    def _set_everyone(self, everyone: bool) -> None:
        self._with_options(everyone=everyone)

    def _set_without_hidden(self, without: bool) -> None:
        self._with_options(without_hidden=without)

    def _set_column(self, letter: str, name: str) -> None:
        if self._wish is None or self._preview is None:
            return
        mapping = dict(self._wish.options.by_sheet)
        for place in self._preview.places:
            sheet = place.layout.sheet.name
            mapping = import_columns.told(mapping, place.file, sheet, {letter: name})
        self._with_options(by_sheet=mapping)

    def _with_options(self, **more: Any) -> None:
        if self._wish is not None:
            self._rehearse(replace(self._wish, options=replace(self._wish.options, **more)))

    # writing

    def _import(self) -> None:
        preview = self._preview
        if preview is None or self._job is not None:
            return
        self.foot.go.set_busy(True)
        self._asked += 1
        self.message.clear()
        self._job = self._jobs.run(
            self, self._before, done=partial(self._write, preview), failed=self._not_written
        )

    def _write(self, preview: Preview, _backed_up: object) -> None:
        self._job = self._jobs.write(
            self,
            partial(import_work.write, preview=preview),
            what="导入名册",
            title="正在导入名册",
            unit="人",
            cancel="取消导入",
            meaning="取消会退回到导入之前。",
            done=partial(self._has_written, preview),
            failed=self._not_written,
            stopped=self._free,
        )

    def _has_written(self, preview: Preview, written: Written) -> None:
        self._free()
        self._written = (written, preview)
        result = result_of(written, preview)
        self.done.show_result(result, has_problems=import_work.needs_work(preview))
        self._go_to(DONE)
        self._say_done(result)

    def _say_done(self, result: Result) -> None:
        if result.written.changeset is not None:
            self.did.emit(result.sentence())

    def _not_written(self, error: AppError) -> None:
        self._free()
        self._tell(error)

    # step 4

    def _undo(self) -> None:
        if self._written is None or self._written[0].changeset is None:
            return
        self.done.undo.set_busy(True)
        self._jobs.write(
            self,
            partial(import_work.undo, change_set_id=self._written[0].changeset),
            what="撤销",
            done=self._undone,
            failed=self._not_undone,
        )

    def _undone(self, kept: int) -> None:
        self.done.undo.set_busy(False)
        self.done.show_undone(kept)
        self.told.emit("已撤销这次导入")
        self._focus_step()

    def _not_undone(self, error: AppError) -> None:
        self.done.undo.set_busy(False)
        self._tell(error)

    def _show_unchecked(self) -> None:
        self.wants.emit("members", Filters(to_check=True))

    def _keep_problems(self) -> None:
        if self._written is None:
            return
        preview = self._written[1]
        suggested = f"{Path(preview.files[0].file).stem}（有问题的行）.xlsx"
        target = self._pick_target(self, suggested)
        if not target:
            return
        self.done.problems.set_busy(True)
        work = partial(import_work.send_back, preview=preview, target=Path(target))
        self._jobs.run(self, work, done=self._kept_problems, failed=self._problems_refused)

    def _kept_problems(self, sent: tuple[int, tuple[Path, ...]]) -> None:
        self.done.problems.set_busy(False)
        rows, files = sent
        names = "、".join(f"《{one.name}》" for one in files)
        self.told.emit(f"{rows} 行已存为{names}，改好后再导入一次就行")

    def _problems_refused(self, error: AppError) -> None:
        self.done.problems.set_busy(False)
        self._tell(error)

    # between the steps

    def _go_to(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.set_now(step if step != DONE else len(_STEPS))
        self.message.clear()
        self.foot.setVisible(step in (COLUMNS, REVIEW))
        self.note.setText(self.note.text() if step in (REVIEW, DONE) else "")
        if step == FILES:
            self._show_sources()
        self._say_status()
        self._focus_step()

    def _forward(self) -> None:
        if self.step() == FILES:
            self._rehearse(fresh=True)
        elif self.step() == COLUMNS:
            self._leave_columns()
        elif self.step() == REVIEW:
            self._import()

    def _back(self) -> None:
        if self.step() == REVIEW:
            self._show_columns()
        else:
            self._go_to(FILES)

    def _back_to(self, step: int) -> None:
        if self.step() == DONE:
            return
        if step == COLUMNS:
            self._show_columns()
        elif step == FILES:
            self._go_to(FILES)

    def _cancel(self) -> None:
        """Leave what was begun; nothing has been written."""
        if self._job is not None:
            self._job.cancel()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._asked += 1
        self._free()
        self._sources.clear()
        self._wish = self._preview = self._written = None
        self._go_to(FILES)

    def _focus_step(self) -> None:
        if not self.isVisible():
            return
        (self.sources, self.mapping, self.review, self.done)[self.step()].focus_first()

    def _tell(self, error: AppError) -> None:
        self.message.say(str(error), "danger")

    def _say_status(self) -> None:
        words = ""
        if self._preview is not None and self.step() in (COLUMNS, REVIEW):
            people = len(self._preview.roster.people)
            words = f"共 {people} 人在册·本次表格 {len(self._preview.rows)} 行"
        self.status.emit(words)
