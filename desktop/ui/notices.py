"""In which way is a person told: a quiet line, or a box she must answer?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from db.errors import AppError, ConflictError, UnreadableFileError
from desktop.ui.dialogs.message import Choice, MessageDialog, Told
from desktop.ui.widgets.feedback import InlineMessage, Toast
from desktop.ui.widgets.status_bar import StatusBar

_TITLES = {
    "busy": "现在还不能写入",
    "file_in_use": "文件正在别处使用",
    "disk_full": "磁盘没有空位了",
    "no_permission": "这个位置不让写入",
    "too_new": "数据来自更新的版本",
    "damaged": "这份文件已经损坏",
    "not_ours": "这不是本程序的数据",
    "wrong_password": "密码不对",
    "gone": "这条记录已经不在了",
    "conflict": "同一条记录有两份改动",
    "duplicate": "已经有相同的内容",
    "in_use": "还有别处用到它",
    "unreadable_file": "文件没能读出来",
}


class Notices:
    """The ways of telling, for one window. ``done`` for what worked, ``tell`` for what did not."""

    def __init__(self, window: QWidget, toast: Toast, bar: StatusBar) -> None:
        self._window, self._toast, self._bar = window, toast, bar

    def done(self, sentence: str, *, undo: Callable[[], object] | None = None) -> None:
        """Say quietly what was done; the status bar keeps it, with ``undo`` as the way back."""
        self._toast.say(sentence, action="撤销" if undo else "", then=undo)
        self._bar.set_done(sentence, can_undo=undo is not None)

    def keep(self, sentence: str, *, can_undo: bool) -> None:
        """Keep the last action in the status bar without a toast."""
        self._bar.set_done(sentence, can_undo=can_undo)

    def quietly(
        self, sentence: str, *, action: str = "", then: Callable[[], object] | None = None
    ) -> None:
        """Say a sentence that is not about a change of data; the status bar stays as it is."""
        self._toast.say(sentence, action=action, then=then)

    def inline(self, place: InlineMessage, error: AppError, *, action: str = "") -> None:
        """Tell an error in the card where the work is."""
        place.say(str(error), "danger", action=action)

    def tell(
        self,
        error: AppError,
        *,
        title: str = "",
        choices: Sequence[Choice] = (Choice("close", "知道了"),),
        cancel: str = "",
    ) -> str:
        """Tell an error she must decide about now; gives the key of the pressed button."""
        return error_dialog(
            error, title=title, choices=choices, cancel=cancel, parent=self._window
        ).ask()


def error_dialog(
    error: AppError,
    *,
    title: str = "",
    choices: Sequence[Choice] = (Choice("close", "知道了"),),
    cancel: str = "",
    parent: QWidget | None = None,
) -> MessageDialog:
    """The box with three paragraphs for one error."""
    return MessageDialog(
        title or title_of(error),
        Told(error.happened, error.kept, error.remedy or "请稍后再试一次。", error.details),
        icon="file-x" if isinstance(error, UnreadableFileError) else "circle-alert",
        tone="amber" if isinstance(error, ConflictError) else "danger",
        choices=choices,
        cancel=cancel,
        name="notice",
        parent=parent,
    )


def title_of(error: AppError) -> str:
    """A title that says the matter of an error."""
    return _TITLES.get(error.code, "这一步没有做完")
