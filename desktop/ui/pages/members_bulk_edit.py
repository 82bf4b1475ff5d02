"""How is one field of many people changed here, seen before it is done?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.fields import Register
from desktop.registers import MEMBERS
from desktop.services import bulk
from desktop.services.bulk import Done, Plan
from desktop.services.members import MemberRow
from desktop.ui.dialogs.bulk_edit_dialog import BulkEditDialog
from desktop.ui.dialogs.message import Choice, MessageDialog, Told
from desktop.ui.jobs import Jobs
from desktop.ui.models.members_reads import NOTHING
from desktop.ui.models.members_words import people_words
from desktop.ui.pages.members_actions import Actions, unit_options

_NAMED = 12


class BulkEdit(QObject):
    """Asks what to change, shows the preview, has it done as one step.

    ``register`` and ``tree`` are the fields and units there are. ``tick_requested`` carries the
    ids of those who were left alone and are to be looked at again.
    """

    tick_requested = Signal(tuple)

    def __init__(self, jobs: Jobs, actions: Actions, page: QWidget) -> None:
        super().__init__(page)
        self._jobs, self._actions, self._page = jobs, actions, page
        self.register: Register = MEMBERS
        self.tree = NOTHING

    def ask(self, people: Sequence[MemberRow]) -> None:
        """Ask which field of these people should become what."""
        if not people or not self._actions.may():
            return
        who = people_words(tuple(row.name for row in people))
        fields = bulk.fields(self.register)
        dialog = BulkEditDialog(who, fields, unit_options(self.tree), self._page)
        ids = tuple(row.id for row in people)
        dialog.preview_requested.connect(partial(self._preview, dialog, ids))
        dialog.accepted.connect(partial(self._apply, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.fields.edit.setFocus()

    def _preview(self, dialog: BulkEditDialog, ids: tuple[int, ...], name: str, value: Any) -> None:
        asked = (name, value)
        work = partial(bulk.preview, member_ids=ids, name=name, value=value)
        self._jobs.read(
            dialog,
            work,
            done=partial(dialog.show_plan, asked),
            failed=partial(dialog.show_refusal, asked),
        )

    def _apply(self, dialog: BulkEditDialog) -> None:
        plan = dialog.plan()
        if plan is not None and self._actions.may():
            self._jobs.write(
                self._page,
                partial(bulk.apply, plan=plan),
                what=f"修改{plan.field.label}",
                title=f"正在修改{plan.field.label}",
                done=partial(self._applied, plan),
            )

    def _applied(self, plan: Plan, done: Done) -> None:
        if done.changed:
            self._actions.say(done.what)
        if done.kept:
            self._tell_kept(plan, done)

    def _tell_kept(self, plan: Plan, done: Done) -> None:
        again = tuple(one.line.id for one in done.kept if "移出" not in one.why)
        rest = f"其余 {done.changed} 人已经改好。" if done.changed else "没有人被改动。"
        told = Told(
            f"看过预览以后又有变动：{_listed(done)}。",
            f"这 {len(done.kept)} 人的{plan.field.label}保持原样，{rest}",
            "勾选这几位，再改一次就行。" if again else "按 F8 可以在已移出的记录里找回。",
        )
        choices = [Choice("tick", "勾选这几位")] if again else [Choice("close", "知道了")]
        dialog = MessageDialog(
            f"有 {len(done.kept)} 人没有改", told,
            icon="triangle-alert", tone="amber", choices=choices,
            cancel="知道了" if again else "", name="members.bulk_edit.kept", parent=self._page,
        )  # fmt: skip
        dialog.accepted.connect(partial(self.tick_requested.emit, again))
        dialog.finished.connect(dialog.deleteLater)
        dialog.fit()
        dialog.open()
        dialog.buttons[choices[-1].key].setFocus()


def _listed(done: Done) -> str:
    words = [f"{one.line.called}，{one.why}" for one in done.kept[:_NAMED]]
    more = len(done.kept) - len(words)
    return "；".join(words) + (f"；还有 {more} 人" if more else "")
