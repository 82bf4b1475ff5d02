"""How is a person's entry written: every field, understood and saved as she leaves it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from db.errors import AppError, ConflictError, DuplicateError, InvalidInputError
from desktop.fields import Field, Register
from desktop.registers import MEMBERS, own_fields
from desktop.services.records import Draft
from desktop.ui.dialogs.member_conflict import ConflictBox
from desktop.ui.jobs import Jobs
from desktop.ui.pages.members_alike import COMPARED_BY, AlikeMessage, compared
from desktop.ui.pages.members_editors import ChoiceEditor, Editor, TextEditor, editor_for
from desktop.ui.pages.members_saving import FieldSaver
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import Field as FieldBox
from desktop.ui.widgets.labels import Hairline, Label

_COMPARED = frozenset(("id_number", "birth_date", "sex"))


class MemberForm(QWidget):
    """The form of one person.

    An entry that exists is saved field by field on leaving; a new one as a whole with Ctrl+Enter
    or its button. ``saved`` carries the id after each save, ``created`` id and name of a new
    person, ``finished`` that the form may close, ``show_requested`` the id of somebody
    alike, ``revealed`` the id of whom a masked number was shown.
    """

    saved = Signal(int)
    created = Signal(int, str)
    finished = Signal()
    show_requested = Signal(int)
    revealed = Signal(int)

    def __init__(
        self, jobs: Jobs, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("members.form")
        self._jobs, self._today = jobs, today
        self._closes = self._is_setting = self._is_adding = False
        self._kept: dict[str, str] = {}
        self._taken: dict[str, Any] = {}
        self._shown: dict[str, Any] = {}
        self._given_up: frozenset[str] = frozenset()
        self._saver = FieldSaver(jobs, self)
        self._saver.saved.connect(self._was_saved)
        self._saver.refused.connect(self._was_refused)
        self.editors: dict[str, Editor] = {}
        self.boxes: dict[str, FieldBox] = {}
        self._conflict = ConflictBox()
        self._conflict.mine_chosen.connect(self._keep_mine)
        self._conflict.theirs_chosen.connect(self._take_theirs)
        self.message = AlikeMessage(jobs, self._values_alike)
        self.message.show_requested.connect(self.show_requested)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.title = Label("", "h2")
        for widget in (self.title, self.message, self._conflict):
            self._column.addWidget(widget)
        self._rest: list[QWidget] = []
        self._register = MEMBERS
        for title in dict.fromkeys(field.group for field in MEMBERS.fields):
            self._build(self._column, [one for one in MEMBERS.fields if one.group == title])
        self._own_box = QWidget()
        self._column.addWidget(self._own_box)
        self._more = Button(
            "填写更多资料", "chevron-down", "ghost", "small", name="members.form.more"
        )
        self._more.clicked.connect(self._show_rest)
        self._column.addWidget(self._more)
        self.foot = self._foot()

    # what the page calls

    def begin(self, draft: Draft, units: Sequence[tuple[object, str]]) -> None:
        """Edit an entry that exists."""
        self._start(draft, units)
        self.title.setText(str(draft.values["name"]))
        self._show_rest()
        self._set_foot(new=False)
        self._compare()

    def begin_new(self, units: Sequence[tuple[object, str]], values: Mapping[str, Any]) -> None:
        """Write a new entry; what was left unfinished last time is there again."""
        self._start(Draft(None, 0, dict(values)), units)
        self.title.setText("新增成员")
        for widget in self._rest:
            widget.hide()
        self._more.show()
        self._set_foot(new=True)
        if self._kept and "name" not in values:
            self._restore()

    def set_register(self, register: Register) -> None:
        """Take over which fields of her own the office has now; the others keep what they hold."""
        if register == self._register:
            return
        self._register = self._saver.register = self._conflict.register = register
        for name in [name for name in self.editors if own_fields.is_own(name)]:
            self._saver.drop(name)
            del self.editors[name], self.boxes[name]
        inside = set(self._own_box.findChildren(QWidget))
        self._rest = [widget for widget in self._rest if widget not in inside]
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._column.replaceWidget(self._own_box, fresh)
        self._own_box.hide()
        self._own_box.deleteLater()
        self._own_box = fresh
        own = own_fields.own_of(register)
        if own:
            self._build(column, own)
        for name in (field.name for field in own):
            self._put(name, self._saver.draft.values.get(name))

    def refresh(self, draft: Draft) -> None:
        """Take over what was changed elsewhere (by undo, say), unless she is changing it too."""
        old = self._saver.draft
        if draft.id != old.id or draft.version <= old.version or not self._saver.is_idle():
            return
        clash = any(
            self._differs(name) and draft.values.get(name) != old.values.get(name)
            for name in self.editors
        )
        if not clash:
            self._saver.draft = draft
            for name, editor in self.editors.items():
                self._take(name, editor, draft.values.get(name))

    def focus_first(self, name: str = "name") -> None:
        self.editors[name].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_new(self) -> bool:
        return self._saver.draft.id is None

    def member_id(self) -> int | None:
        return self._saver.draft.id

    def finish(self) -> None:
        """Save what there is to save, then say ``finished``; stays open on what is wrong."""
        if self.is_new():
            self._create()
            return
        for name in self.editors:
            self._leave(name)
        self._closes = True
        self._close_if_done()

    def leave_quietly(self) -> None:
        """Close: what is right is saved, what is wrong is put back to what it was.

        A new person is not added, but what was typed is there the next time.
        """
        self.message.stop()
        if self.is_new():
            self._kept = {
                name: editor.text()
                for name, editor in self.editors.items()
                if isinstance(editor, TextEditor) and editor.text().strip()
            }
            self.finished.emit()
            return
        for name in self.editors:
            if self._is_wrong(name):
                self._put(name, self._saver.draft.values.get(name))
                self.boxes[name].set_error("")
        self.finish()

    def revert(self) -> bool:
        """Put the field she is in back to what is saved; False when it was not changed."""
        name = self._focused()
        if name is None or self.is_new():
            return False
        editor = self.editors[name]
        reading = editor.reading()
        if reading.level != "error" and reading.value == self._saver.draft.values.get(name):
            return False
        self._put(name, self._saver.draft.values.get(name))
        self.boxes[name].set_error("")
        return True

    def problems(self) -> dict[str, str]:
        """The sentences that stand under the fields."""
        return {name: box.error() for name, box in self.boxes.items() if box.error()}

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(self, event):
            super().keyPressEvent(event)

    # building

    def _build(self, column: QVBoxLayout, group: Sequence[Field]) -> None:
        """The heading and the editors of one group of fields."""
        head, line = Label(group[0].group, "h3"), Hairline()
        for widget in (line, head):
            column.addWidget(widget)
        if not any(field.listed for field in group):
            self._rest += [line, head]
        for field in group:
            editor = editor_for(field, ())
            box = FieldBox(field.label, editor.widget, optional=not field.required)
            editor.left.connect(partial(self._leave, field.name))
            editor.edited.connect(partial(self._edited, field.name))
            editor.widget.installEventFilter(self)
            if isinstance(editor, TextEditor):
                editor.revealed.connect(self._was_revealed)
            self.editors[field.name], self.boxes[field.name] = editor, box
            column.addWidget(box)
            if not field.listed:
                self._rest.append(box)

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(17, 10, 17, 2)
        row.setSpacing(8)
        self._note = Label("离开一格就存好", "cap")
        self.cancel = Button("先不存", kind="ghost", size="small", name="members.form.cancel")
        self.cancel.clicked.connect(self.leave_quietly)
        self.done = Button("", "check", "soft", "small", name="members.form.done")
        self.done.clicked.connect(self.finish)
        row.addWidget(self._note)
        row.addWidget(self.cancel)
        row.addStretch()
        row.addWidget(Label("Ctrl+Enter", "faint"))
        row.addWidget(self.done)
        foot.hide()
        return foot

    def _set_foot(self, *, new: bool) -> None:
        self._note.setVisible(not new)
        self.cancel.setVisible(new)
        self.done.set_text("存入名册" if new else "完成")

    def _start(self, draft: Draft, units: Sequence[tuple[object, str]]) -> None:
        self._saver.begin(draft)
        self._closes = False
        self._taken = {}
        self.message.stop()
        self._conflict.hide()
        unit = self.editors["unit_id"]
        if isinstance(unit, ChoiceEditor):
            unit.set_options(units)
        for name, box in self.boxes.items():
            self._put(name, draft.values.get(name))
            box.set_error("")
        if draft.id is None:
            self._put("sex", "2")
            self._put("employment_status", "active")

    def _was_revealed(self) -> None:
        if self._saver.draft.id is not None:
            self.revealed.emit(self._saver.draft.id)

    def _restore(self) -> None:
        for name, text in self._kept.items():
            editor = self.editors.get(name)
            if isinstance(editor, TextEditor):
                editor.set_text(text)
        self._kept = {}
        self.message.say("上次没有存完的内容还在，可以接着填。", "info")

    def _put(self, name: str, value: Any) -> None:
        self._is_setting = True
        self._shown[name] = value
        self.editors[name].set_value(value)
        self._is_setting = False

    def _show_rest(self) -> None:
        for widget in self._rest:
            widget.show()
        self._more.hide()

    # typing

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
            return True
        if is_enter and not isinstance(watched, (QPlainTextEdit, Button)):
            self.focusNextPrevChild(True)
            return True
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            if not self.revert():
                self.leave_quietly()
            return True
        return False

    def _focused(self) -> str | None:
        widget = self.focusWidget()
        return next((n for n, e in self.editors.items() if e.widget is widget), None)

    def _edited(self, name: str) -> None:
        if not self._is_setting and self.is_new() and name in COMPARED_BY:
            self.message.look_soon()

    def _values_alike(self) -> dict[str, Any]:
        return {name: self.editors[name].reading().value for name in COMPARED_BY}

    def _leave(self, name: str) -> None:
        """Say what is wrong with a field, or save it."""
        if self._is_setting or self.isHidden():
            return
        editor, box = self.editors[name], self.boxes[name]
        reading = editor.reading()
        if self._is_wrong(name):
            self._saver.drop(name)
            if reading.level == "error" or not self.is_new():
                box.set_error(self._problem(name))
            return
        box.set_error("")
        box.set_warning(reading.message)
        stored = self._saver.draft.values.get(name)
        if not self.is_new() and self._differs(name) and reading.value != stored:
            self._saver.put(name, reading.value)
        if reading.changed:
            self._put(name, reading.value)
        if name in _COMPARED:
            self._compare()

    def _differs(self, name: str) -> bool:
        """Whether a field holds something else than what was last put into it."""
        reading = self.editors[name].reading()
        return reading.level == "error" or reading.value != self._shown.get(name)

    def _problem(self, name: str) -> str:
        """What is wrong with a field, in a sentence; empty when nothing is."""
        reading, field = self.editors[name].reading(), self.editors[name].field
        if reading.level == "error":
            return reading.message
        if field.required and reading.value is None:
            return f"请填写{field.label}"
        if name in self._taken and self._taken[name] == reading.value:
            return self.boxes[name].error()
        return ""

    def _is_wrong(self, name: str) -> bool:
        return bool(self._problem(name))

    def _compare(self) -> None:
        """An identity number says the birth date and the sex: fill the one, flag what differs."""
        said = compared(
            self.editors["id_number"].reading().value,
            self.editors["birth_date"].reading(),
            self.editors["sex"].reading().value,
        )
        if said.birth_date is not None and self.is_new():
            self._put("birth_date", said.birth_date)
        for name, words in (("birth_date", said.about_birth), ("sex", said.about_sex)):
            if not self._is_wrong(name):
                self.boxes[name].set_warning(words)

    # saving

    def _was_saved(self, draft: Draft) -> None:
        if draft.id is None:
            return
        if self._is_adding:
            self._is_adding = False
            self._kept = {}
            self.created.emit(draft.id, str(draft.values["name"]))
            self.finished.emit()
            return
        if draft.id != self._saver.draft.id:
            self.saved.emit(draft.id)
            return
        for name, editor in self.editors.items():
            self._take(name, editor, draft.values.get(name))
        self._given_up = frozenset()
        self.title.setText(str(draft.values["name"]))
        self._conflict.hide()
        self._compare()
        self.saved.emit(draft.id)
        self._close_if_done()

    def _take(self, name: str, editor: Editor, value: Any) -> None:
        """Show a saved value, but never over what she has typed since."""
        if name in self._given_up:
            self._put(name, value)
        elif editor.reading().value == value and value is not None:
            self._shown[name] = value
        elif not self._saver.waits(name) and not self._differs(name):
            self._put(name, value)

    def _was_refused(self, sent: Mapping[str, Any], error: AppError) -> None:
        self._closes = self._is_adding = False
        if isinstance(error, DuplicateError) and error.field in sent:
            self._taken[error.field] = sent[error.field]
            self.boxes[error.field].set_error(f"{error.happened}{error.remedy}")
        elif isinstance(error, InvalidInputError):
            for name, sentence in error.problems.items():
                self.boxes[name].set_error(sentence)
        elif isinstance(error, ConflictError):
            self._conflict.show_values(sent, error.theirs)
        else:
            self._jobs.told.emit(error, self)

    def _close_if_done(self) -> None:
        if self._closes and self._saver.is_idle():
            self._closes = False
            if not any(self._is_wrong(name) for name in self.editors):
                self.finished.emit()

    def _keep_mine(self) -> None:
        self._conflict.hide()
        self._saver.send_mine(self._conflict.mine())

    def _take_theirs(self) -> None:
        self._given_up = frozenset(self._conflict.mine())
        self._saver.take_theirs()

    def _create(self) -> None:
        wrong = [name for name in self.editors if self._is_wrong(name)]
        for name in wrong:
            self.boxes[name].set_error(self._problem(name))
        if wrong:
            self.focus_first(wrong[0])
        elif not self._is_adding:
            self._is_adding = True
            self.message.stop()
            self._saver.create({n: e.reading().value for n, e in self.editors.items()})
