"""What can be done to people and units here, each as one step that can be undone?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desktop.fields.standards import EMPLOYMENT_STATUS
from desktop.services import history, members, units
from desktop.services.members import MemberRow
from desktop.ui.jobs import Jobs
from desktop.ui.models.members import Place
from desktop.ui.models.members_reads import TreeRead
from desktop.ui.models.members_words import people_words
from desktop.ui.models.tree import TreeNode

Said = Callable[[str], object]


class Actions(QObject):
    """Writes for the page. ``said`` is called with the sentence of what was done, ``unchanged``
    with one for what left everything as it was.

    While ``locked`` nothing is done, and said why.
    """

    def __init__(self, jobs: Jobs, said: Said, unchanged: Said, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._said, self._unchanged = jobs, said, unchanged
        self.locked = ""

    def transfer(self, people: Sequence[MemberRow], to: int | None, unit: str) -> None:
        """Move people to a unit, or to none."""
        who = people_words(tuple(row.name for row in people))
        what = f"{who}改到{unit}" if to is not None else f"{who}改为未分单位"
        self._do(what, partial(members.transfer, member_ids=_ids(people), to=to), counts=True)

    def set_status(self, people: Sequence[MemberRow], status: str, on: date) -> None:
        """Record a status as of today."""
        who = people_words(tuple(row.name for row in people))
        what = f"{who}改为{EMPLOYMENT_STATUS.values[status]}"
        work = partial(members.set_status, member_ids=_ids(people), status=status, on=on)
        self._do(what, work, counts=True)

    def remove(self, people: Sequence[MemberRow]) -> None:
        """Take people off the roster."""
        who = people_words(tuple(row.name for row in people))
        self._do(f"移出名册：{who}", partial(members.remove, member_ids=_ids(people)))

    def settle(self, member_id: int, version: int, name: str) -> None:
        """Nothing of this person waits to be checked any more."""
        work = partial(members.settle, member_id=member_id, version=version)
        self._do(f"核实{name}的登记", work)

    def add_unit(self, name: str, parent_id: int | None) -> None:
        self._do(f"新增单位“{name}”", partial(units.add, name=name, parent_id=parent_id))

    def rename_unit(self, unit_id: int, before: str, name: str) -> None:
        what = f"单位“{before}”改名为“{name}”"
        self._do(what, partial(units.rename, unit_id=unit_id, name=name))

    def set_headcount(self, unit_id: int, name: str, headcount: int | None) -> None:
        now = "空" if headcount is None else f"{headcount} 人"
        what = (
            f"“{name}”的职工总数改为{now}" if headcount is None else f"“{name}”的职工总数改为 {now}"
        )
        self._do(what, partial(units.set_headcount, unit_id=unit_id, headcount=headcount))

    def move_unit(self, unit_id: int, name: str, to: int | None, above: str) -> None:
        what = f"单位“{name}”移到“{above}”下" if to is not None else f"单位“{name}”移到最上一级"
        self._do(what, partial(units.move, unit_id=unit_id, to=to))

    def remove_unit(self, unit_id: int, name: str) -> None:
        self._do(f"删除单位“{name}”", partial(units.remove, unit_id=unit_id))

    def may(self) -> bool:
        """Whether anything can be changed now; says why when not."""
        if self.locked:
            self._unchanged(self.locked)
        return not self.locked

    def do(
        self, what: str, work: Callable[..., Any], done: Callable[[Any], object] | None = None
    ) -> None:
        """Write, then say ``what`` (or call ``done`` with what the work gave)."""
        if self.may():
            self._jobs.write(self, work, what=what, done=done or partial(self._done, what))

    def _do(self, what: str, work: Callable[..., Any], *, counts: bool = False) -> None:
        if not self.may():
            return
        done = partial(self._counted if counts else self._done, what)
        self._jobs.write(self, work, what=what, done=done)

    def say(self, what: str) -> None:
        """Say what was done."""
        self._said(what)

    def tell(self, what: str) -> None:
        """Say something without offering to undo it: Ctrl+Z would take back something else."""
        self._unchanged(what)

    def restore_field(self, member_id: int, step: int, name: str) -> None:
        """Give a person the value back that a step replaced."""
        work = partial(history.restore_field, member_id=member_id, change_set_id=step, name=name)
        self.do("恢复原来的内容", work, self.say)

    def _done(self, what: str, _result: object) -> None:
        self._said(what)

    def _counted(self, what: str, changed: int) -> None:
        # what changed nobody left nothing to take back: undo would take back something else
        if changed:
            self._said(what)
        else:
            self._unchanged("本来就是这样，没有改动")


def unit_nodes(read: TreeRead, *, without: int | None = None, top: str = "") -> list[TreeNode]:
    """The units to choose from, one left out with all below it; ``top`` adds a branch for none."""
    children: dict[int | None, list[TreeNode]] = {}
    for row in reversed(read.units):
        if row.id == without:
            continue
        below = tuple(children.pop(row.id, []))
        node = TreeNode(Place("unit", row.id), row.name, row.members, below)
        children.setdefault(row.parent_id, []).insert(0, node)
    first = [TreeNode(Place("without"), top)] if top else []
    return first + children.get(None, [])


def unit_options(read: TreeRead) -> list[tuple[object, str]]:
    """The units for a drop-down, indented as in the tree."""
    return [(row.id, "\u3000" * row.depth + row.name) for row in read.units]


def name_refusal(read: TreeRead, parent_id: int | None, name: str) -> str:
    """Why a unit may not have this name under that parent; empty when it may."""
    twin = any(row.name == name and row.parent_id == parent_id for row in read.units)
    return f"这一级已经有“{name}”" if twin else ""


def _ids(people: Sequence[MemberRow]) -> list[int]:
    return [row.id for row in people]
