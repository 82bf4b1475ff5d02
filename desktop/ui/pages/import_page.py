"""How does a spreadsheet come in without fear: choose, tell the columns, look, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.errors import AppError
from desktop.settings import Settings
from desktop.ui import theme
from desktop.ui.dialogs import import_files
from desktop.ui.jobs import Jobs
from desktop.ui.memory import ColumnWidths
from desktop.ui.models import import_columns, import_work
from desktop.ui.models.import_widths import LayoutWidths
from desktop.ui.models.import_work import Rehearsed
from desktop.ui.models.members import Filters
from desktop.ui.pages import import_words as words
from desktop.ui.pages.first_run import press_by_enter
from desktop.ui.pages.import_done import DoneStep, result_of
from desktop.ui.pages.import_foot import Foot
from desktop.ui.pages.import_mapping import MappingStep
from desktop.ui.pages.import_reading import Reading
from desktop.ui.pages.import_rehearsing import Rehearsing
from desktop.ui.pages.import_review import ReviewStep
from desktop.ui.pages.import_sources import SourcesStep
from desktop.ui.pages.import_writing import Writing
from desktop.ui.widgets.bars import StageBar
from desktop.ui.widgets.feedback import InlineMessage
from desktop.ui.widgets.labels import Elided, Tag
from desktop.ui.widgets.page import Page, Room

TABLES = frozenset(("members", "units"))
FILES, COLUMNS, REVIEW, DONE = range(4)
_STEPS = ("选文件", "对应列", "核对", "完成")


class ImportPage(Page):
    """The import page.

    ``activate`` takes paths to begin with, or the text of a table. ``before_writing`` runs off the
    window's thread before anything is written (the backup), and what it refuses stops the import.
    """

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
        self._pick_tables, self._pick_target = pick_tables, pick_target
        self.reading = Reading(jobs, self)
        self.rehearsing = Rehearsing(jobs, today, self)
        self.writing = Writing(jobs, before_writing, self)
        self.tag = Tag("", "neutral", "file-spreadsheet")
        self.note = Elided("", "sub")
        self.steps = StageBar(_STEPS, name="import.steps")
        self.message = InlineMessage(name="import.message")
        self.sources = SourcesStep()
        self.mapping = MappingStep()
        self.review = ReviewStep(LayoutWidths(ColumnWidths(settings)))
        self.done = DoneStep()
        self.foot = Foot()
        self._lay_out()
        self._connect()
        press_by_enter(self)
        self._go_to(FILES)

    # what the window calls

    def activate(self, argument: object = None) -> None:
        """Come to the front as it was left, or begin with these paths."""
        if self.writing.is_under_way():
            return
        if isinstance(argument, (list, tuple)) and argument:
            self._begin_anew()
            self.reading.take([str(one) for one in argument])
        elif isinstance(argument, str) and argument.strip():
            self._begin_anew()
            self.reading.take_text(argument)
        elif self.step() == DONE:
            self._begin_anew()
        self._say_status()

    def focus_first(self) -> None:
        (self.sources, self.mapping, self.review, self.done)[self.step()].focus_first()

    def new_item(self) -> None:
        """Ctrl+N: choose tables."""
        if self.step() == FILES:
            self._choose()

    def reload(self) -> None:
        """F5, and when the roster changed: read refused files again, or rehearse again."""
        if self.step() == FILES:
            for number, source in enumerate(self.reading.sources):
                if source.state == "refused":
                    self.reading.again(number)
        elif self.step() == REVIEW:
            self.rehearsing.again()
        elif self.step() == DONE:
            self.writing.look()

    def shows(self, tables: frozenset[str]) -> bool:
        is_asked = self.step() in (REVIEW, DONE) and not self.writing.is_under_way()
        return is_asked and bool(TABLES & tables)

    def step_out(self) -> bool:
        """Esc: what lies over the table, the filter; the step itself is left by its button."""
        return self.step() == REVIEW and self.review.step_out()

    def panes(self) -> list[QWidget]:
        inner = self.review.panes() if self.step() == REVIEW else [self._stack]
        return [*inner, self.foot]

    def arrange(self, room: Room) -> None:
        super().arrange(room)
        self.sources.set_flat(room.low)
        self.review.arrange(room)
        self.done.set_flat(room.flat)
        self.foot.set_low(room.low)
        self.note.setVisible(room.width == "wide")
        self.steps.setMinimumWidth(theme.px(452) if room.width == "wide" else 0)

    def step(self) -> int:
        """Which of the four steps is shown, from 0."""
        return self._stack.currentIndex()

    def paste(self) -> None:
        """Take the table on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.message.clear()
            self.reading.take_text(text)
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
        self.sources.given.connect(self._take)
        self.sources.choose_requested.connect(self._choose)
        self.sources.paste_requested.connect(self.paste)
        self.sources.elsewhere.connect(self._go_elsewhere)
        self.sources.password_given.connect(self.reading.again)
        self.sources.retry_requested.connect(self.reading.again)
        self.sources.replace_requested.connect(self._exchange)
        self.sources.removed.connect(self.reading.remove)
        self.reading.changed.connect(self._show_sources)
        self.reading.settled.connect(self._settled)
        self.reading.refused.connect(self._focus_step)
        self.reading.told.connect(self._tell)
        self.rehearsing.began.connect(partial(self.foot.go.set_busy, True))
        self.rehearsing.ended.connect(partial(self.foot.go.set_busy, False))
        self.rehearsing.rehearsed.connect(self._rehearsed)
        self.rehearsing.refused.connect(self._tell)
        self.mapping.changed.connect(self._say_mapping)
        self.review.decided.connect(self.rehearsing.decide)
        self.review.policy_chosen.connect(partial(self.rehearsing.set_option, "policy"))
        self.review.men_chosen.connect(partial(self.rehearsing.set_option, "everyone"))
        self.review.hidden_chosen.connect(partial(self.rehearsing.set_option, "without_hidden"))
        self.review.column_chosen.connect(self.rehearsing.set_column)
        self.review.person_requested.connect(partial(self.wants.emit, "members"))
        self.writing.written.connect(self._written)
        self.writing.undone.connect(self._undone)
        self.writing.kept.connect(self._kept)
        self.writing.refused.connect(self._refused)
        self.writing.stopped.connect(self._stopped)
        self.done.undo_requested.connect(self._undo)
        self.done.roster_requested.connect(partial(self.wants.emit, "members", None))
        self.done.checking_requested.connect(self._show_unchecked)
        self.done.problems_requested.connect(self._keep_problems)
        self.done.again_requested.connect(self._begin_anew)
        self.foot.cancel.clicked.connect(self._begin_anew)
        self.foot.back.clicked.connect(self._back)
        self.foot.go.clicked.connect(self._forward)
        self.steps.step_requested.connect(self._back_to)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.sources)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    # step 1

    def _choose(self) -> None:
        self._take(self._pick_tables(self))

    def _take(self, paths: Sequence[str]) -> None:
        self.message.clear()
        self.reading.take(paths)

    def _go_elsewhere(self, key: str) -> None:
        self.wants.emit(key, None)

    def _exchange(self, number: int) -> None:
        paths = self._pick_tables(self)
        if paths:
            self.reading.exchange(number, paths[0])
            self.reading.take(paths[1:])

    def _settled(self) -> None:
        """Go on by itself when every table was read."""
        if self.step() == FILES and not self.reading.count("refused"):
            self.rehearsing.begin(self.reading.books())

    def _show_sources(self) -> None:
        sources = self.reading.sources
        self.sources.show_sources(sources)
        name = words.files_tag(sources)
        self.tag.set_tag(name, "neutral", "file-spreadsheet")
        self.tag.setVisible(bool(name))
        if self.step() == FILES:
            self.foot.setVisible(bool(sources))
            sentence, reason = words.sources_words(sources)
            self.foot.say(sentence, go="下一步", reason=reason, back=False)

    def _rehearsed(self, found: Rehearsed, fresh: bool) -> None:
        preview = found.preview
        if self.step() == FILES and preview.needs_mapping:
            self._show_columns()
        elif preview.rows or preview.needs_mapping:
            self._show_review(found, fresh=fresh)
        else:
            self.rehearsing.forget()
            self._go_to(FILES)
            self.message.say(words.nobody_words(preview), "amber")

    # step 2

    def _show_columns(self) -> None:
        preview = self.rehearsing.preview
        if preview is not None:
            self.mapping.show_offers(import_columns.offers(preview))
            self._go_to(COLUMNS)
            self._say_mapping()

    def _say_mapping(self) -> None:
        known = any(card.has_name() for card in self.mapping.cards)
        sentence = words.without_name_words(self.mapping.without_name())
        reason = "" if known else "请先指出哪一列是姓名"
        self.foot.say(sentence, go="下一步", reason=reason)

    # step 3

    def _show_review(self, found: Rehearsed, *, fresh: bool) -> None:
        preview = found.preview
        hint = words.columns_hint(preview, familiar=found.familiar)
        self.review.show_preview(found.look, hint, fresh=fresh)
        self.note.setText(words.tables_note(preview))
        if self.step() != REVIEW:
            self._go_to(REVIEW)
        sentence, go, reason = words.going_words(preview)
        self.foot.say(sentence, go=go, reason=reason)
        self._say_status()

    def _import(self) -> None:
        preview = self.rehearsing.preview
        if preview is not None and not self.rehearsing.is_under_way():
            self.message.clear()
            self.foot.go.set_busy(True)
            self.review.setEnabled(False)
            self.writing.write(preview)

    # step 4

    def _written(self, written: Any) -> None:
        self._stopped()
        preview = self.writing.preview
        if preview is None:
            return
        result = result_of(written, preview)
        self.done.show_result(result, has_problems=import_work.needs_work(preview))
        self._go_to(DONE)
        if written.changeset is not None:
            self.did.emit(result.sentence())

    def _stopped(self) -> None:
        self.review.setEnabled(True)
        self.foot.go.set_busy(False)

    def _undo(self) -> None:
        self.done.undo.set_busy(True)
        self.writing.undo()

    def _undone(self, kept: int) -> None:
        self.done.undo.set_busy(False)
        self.done.show_undone(kept)
        self._focus_step()

    def _refused(self, error: AppError) -> None:
        self._stopped()
        for button in (self.done.undo, self.done.problems):
            button.set_busy(False)
        self._tell(error)

    def _show_unchecked(self) -> None:
        self.wants.emit("members", Filters(to_check=True))

    def _keep_problems(self) -> None:
        target = self._pick_target(self, self.writing.suggested_name())
        if target:
            self.done.problems.set_busy(True)
            self.writing.keep_problems(Path(target))

    def _kept(self, sentence: str) -> None:
        self.done.problems.set_busy(False)
        self.told.emit(sentence)

    # between the steps

    def _go_to(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.set_now(step if step != DONE else len(_STEPS))
        self.message.clear()
        self.foot.setVisible(step in (COLUMNS, REVIEW))
        if step in (FILES, COLUMNS):
            self.note.setText("")
        if step == FILES:
            self._show_sources()
        self._say_status()
        self._focus_step()

    def _forward(self) -> None:
        if self.step() == FILES:
            self.rehearsing.begin(self.reading.books())
        elif self.step() == COLUMNS:
            self.rehearsing.set_columns(self.mapping.told())
        elif self.step() == REVIEW:
            self._import()

    def _back(self) -> None:
        self._back_to(self.step() - 1)

    def _back_to(self, step: int) -> None:
        if self.step() == DONE or self.writing.is_under_way():
            return
        if step == COLUMNS:
            self._show_columns()
        else:
            self._go_to(FILES)

    def _begin_anew(self) -> None:
        """Leave what was begun; nothing of it has been written."""
        if self.writing.is_under_way():
            return
        self.reading.clear()
        self.writing.forget()
        self.review.clear()
        self.rehearsing.forget()
        self._go_to(FILES)

    def _focus_step(self) -> None:
        if self.isVisible():
            self.focus_first()

    def _tell(self, error: AppError) -> None:
        self.message.say(str(error), "danger")

    def _say_status(self) -> None:
        preview = self.rehearsing.preview if self.step() in (COLUMNS, REVIEW) else None
        self.status.emit(words.status_words(preview) if preview is not None else "")
