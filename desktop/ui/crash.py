"""What happens when the program itself has a bug?

Whatever reaches here is caught, told with a report that can be copied, and never takes the window
down. The report holds places in the code, not values, so no personal data is in it.
"""

from __future__ import annotations

import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from desktop.ui.dialogs.message import MessageDialog

# from here on a message of Qt speaks of a path, a text or a number, which may be a person's
_VALUES = re.compile(r"[\"'“/\\]|[^ -~]|\d{4}")
_ROOT = Path(__file__).resolve().parents[2]

HAPPENED = "程序里有一处没有处理好，刚才这一步没有做完。"
KEPT = "已保存的数据没有改动。"
REMEDY = "可以继续使用。请把技术信息复制给维护人员，里面没有个人信息。"


def report(error: BaseException) -> str:
    """Where in the code it happened, with versions. No message and no value of the error."""
    lines = [
        f"半边天·妇委会工作台 {_version('banbiantian')}",
        f"Python {platform.python_version()}，Qt {_version('PySide6-Essentials')}，"
        f"{platform.system()} {platform.release()}",
    ]
    chain: BaseException | None = error
    while chain is not None:
        lines.append(type(chain).__qualname__)
        lines += [_place(frame) for frame in traceback.extract_tb(chain.__traceback__)]
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
    return "\n".join(lines)


class CrashGuard(QObject):
    """Catches what nothing else caught: in slots, in threads, in Qt's own messages.

    ``record`` is given each report (the log); the same bug is shown once per run.
    """

    _caught = Signal(object)

    def __init__(self, record: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record, self._window = record, parent
        self._shown: set[str] = set()
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take the place of Python's and Qt's hooks until ``remove``."""
        sys.excepthook = self._in_main_thread
        threading.excepthook = self._in_thread
        qInstallMessageHandler(self._from_qt)

    def remove(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def tell(self, error: BaseException) -> None:
        """Report a bug that was caught elsewhere; safe from any thread."""
        self._caught.emit(error)

    def _in_main_thread(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            self.tell(error.with_traceback(where))

    def _in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self.tell(told.exc_value)

    def _from_qt(self, kind: QtMsgType, _context: object, message: str) -> None:
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            self._record(f"Qt: {_VALUES.split(message)[0].rstrip(' :')}")

    def _show(self, error: BaseException) -> None:
        text = report(error)
        self._record(text)
        if text in self._shown:
            return
        self._shown.add(text)
        crash_dialog(text, self._window).ask()


def crash_dialog(text: str, parent: QWidget | None = None) -> MessageDialog:
    """The box for a bug, with its report folded away."""
    from desktop.ui.dialogs.message import Choice, MessageDialog, Told

    return MessageDialog(
        "刚才这一步没有做完",
        Told(HAPPENED, KEPT, REMEDY, text),
        choices=(Choice("close", "继续使用"),),
        name="crash",
        parent=parent,
    )


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    inside = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(path.name)
    return f"  {inside.as_posix()}:{frame.lineno} {frame.name}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "—"
