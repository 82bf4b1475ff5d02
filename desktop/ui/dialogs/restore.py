"""How is a backup put back, so that she knows what it means before it happens?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from db.errors import AppError, PasswordNeededError, WrongPasswordError
from desktop.paths import DataFolder
from desktop.services import backups
from desktop.services.backups import Backup, RestoreProof
from desktop.ui import theme
from desktop.ui.dialogs import backups_words
from desktop.ui.dialogs.backups_places import pick_backup
from desktop.ui.dialogs.message import Choice
from desktop.ui.dialogs.password_field import SecretEdit
from desktop.ui.dialogs.protection_frame import WorkDialog, column, head, point, quiet_link
from desktop.ui.jobs import Jobs
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.labels import Label


@dataclass(frozen=True)
class Restorable:
    """Where backups come from and how one is put back.

    ``put_back`` is called with the file, a secret or None, and ``step``; ``present`` says in words
    what is there now, ``""`` where that is not known.
    """

    folder: DataFolder
    put_back: Callable[..., RestoreProof]
    present: str = ""
    pick: Callable[[QWidget, Path], str] = pick_backup


class RestoreDialog(WorkDialog):
    """First which backup, then a question that names what is exchanged for what, then the work.

    With ``file`` it begins at the question. ``done_with`` carries the :class:`RestoreProof`.
    """

    def __init__(
        self,
        jobs: Jobs,
        restorable: Restorable,
        *,
        today: date,
        file: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            jobs,
            "从备份恢复",
            (Choice("back", "换一份"), Choice("go", "下一步")),
            name="restore",
            parent=parent,
        )
        self._restorable, self._today = restorable, today
        self._listed = tuple(backups.listed(restorable.folder))
        self._file: Path | None = None
        self._secret: SecretEdit | None = None
        if file is None:
            self._ask_which()
        else:
            self._ask_whether(file)

    def go(self) -> None:
        if self.answer == "back":
            self._ask_which()
        elif self._file is None:
            self._ask_whether(self._chosen())
        else:
            secret = self._secret.text() if self._secret else None
            work = partial(self._restorable.put_back, self._file, secret)
            self.work(work, busy="正在核对备份，换回数据…")

    def show_over(self, first: QWidget | None = None) -> None:
        super().show_over(first or self._first)

    def refused(self, error: AppError) -> None:
        if isinstance(error, PasswordNeededError):
            self._ask_secret(f"{error.happened}{error.remedy}", is_problem=False)
        elif isinstance(error, WrongPasswordError):
            self._ask_secret(f"{error.happened}{error.remedy}", is_problem=True)
        else:
            self.tell(error)

    # which

    def _ask_which(self) -> None:
        self._file, self._secret = None, None
        form = QWidget()
        rows = column(form)
        sentence = "恢复之前，现在的数据会先另存一份，想换回来随时可以。"
        rows.addLayout(head("archive-restore", "accent", "选一份备份", sentence))
        self.list = _BackupList(self._listed, self._today)
        self.list.itemSelectionChanged.connect(self._check)
        self.list.itemActivated.connect(self._activated)
        self.list.setVisible(bool(self._listed))
        rows.addWidget(self.list)
        if not self._listed:
            rows.addWidget(Label("这台电脑上还没有备份。备份在 U 盘或别处时，请选文件。", "sub"))
        row = QHBoxLayout()
        other = quiet_link("选别处的备份文件…", "folder-open", "restore.other")
        other.clicked.connect(self._pick)
        row.addWidget(other)
        row.addStretch()
        rows.addLayout(row)
        self._first: QWidget = self.list if self._listed else other
        self._show(form, "下一步", may_go_back=False)
        self._first.setFocus()

    def _chosen(self) -> Path:
        return self._listed[self.list.current()].file

    def _activated(self, *_item: object) -> None:
        self._ask_whether(self._chosen())

    def _pick(self) -> None:
        start = Path.home() if self._listed else self._restorable.folder.root
        picked = self._restorable.pick(self, start)
        if picked:
            self._ask_whether(Path(picked))

    # whether

    def _ask_whether(self, file: Path) -> None:
        self._file = file
        form = QWidget()
        self._rows = column(form)
        called = backups_words.called(file, self._listed, self._today)
        present = self._restorable.present or "现在的数据"
        self._rows.addLayout(
            head("archive-restore", "amber", f"用{_spaced(called)}恢复", "请确认后再继续。")
        )
        for line in (
            ("arrow-left-right", "amber", "会怎样", f"{present}会换成这份备份里的内容。"),
            (
                "shield-check",
                "jade",
                "您的数据",
                "现在的数据先另存为一份“恢复前”的备份，换错了可以再换回来。",
            ),
        ):
            self._rows.addLayout(point(*line))
        self._show(form, "恢复这份备份", may_go_back=True)
        self.buttons["go"].setFocus()
        self._first = self.buttons["go"]

    def _ask_secret(self, sentence: str, *, is_problem: bool) -> None:
        if self._secret is None:
            self._secret = SecretEdit(name="restore.secret")
            self._field = Field("密码或恢复密钥", self._secret)
            self._rows.addWidget(self._field)
            self._field.show()
            self.order_stops()
            self._secret.textChanged.connect(self._check)
        if is_problem:
            self._field.set_error(sentence)
        else:
            self._field.set_warning(sentence)
        self._check()
        self._secret.setFocus()
        self._secret.selectAll()

    def _show(self, form: QWidget, verb: str, *, may_go_back: bool) -> None:
        self.message.clear()
        self.buttons["go"].set_text(verb)
        self.buttons["back"].setVisible(may_go_back)
        self.set_form(form)
        self._check()

    def _check(self) -> None:
        self.set_reason(self._missing())
        self.fit_again()

    def _missing(self) -> str:
        if self._file is None:
            chosen = bool(self._listed) and self.list.current() >= 0
            return "" if chosen else "请先选一份备份"
        needs = self._secret is not None and not self._secret.text()
        return "请先输入密码" if needs else ""


class _BackupList(QTreeWidget):
    """The backups of the folder, newest first: when, why, how large."""

    def __init__(self, listed: tuple[Backup, ...], today: date) -> None:
        super().__init__()
        self.setObjectName("restore.list")
        self.setAccessibleName("备份")
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_CurrentRow(self))
        for backup in listed:
            words = (
                backups_words.moment(backup.made_at, today),
                backup.reason.label,
                backups_words.size(backup.size),
            )
            item = QTreeWidgetItem(list(words))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, "，".join(words))
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setSizeHint(0, self._row_size())
            self.addTopLevelItem(item)
        self.setColumnWidth(0, theme.px(170))
        self.setColumnWidth(1, theme.px(170))
        rows = min(max(len(listed), 3), 6)
        self.setFixedHeight(self._row_size().height() * rows + 8)
        if listed:
            self.setCurrentIndex(self.model().index(0, 0))

    def current(self) -> int:
        """The number of the chosen row, -1 without one."""
        return self.currentIndex().row()

    def _row_size(self) -> QSize:
        return QSize(0, theme.px(30))


class _CurrentRow(QStyledItemDelegate):
    """Paints the chosen row as every table does: a tint, and a mark at its left edge."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        if plain.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(plain.rect, theme.color("sel"))
            if index.column() == 0:
                edge = plain.rect.adjusted(0, 0, 3 - plain.rect.width(), 0)
                painter.fillRect(edge, theme.color("accent"))
        painter.setPen(theme.color("text" if index.column() == 0 else "text2"))
        painter.setFont(theme.font("table"))
        room = plain.rect.adjusted(10, 0, -10, 0)
        painter.drawText(room, plain.displayAlignment, plain.text)


def _spaced(called: str) -> str:
    """A gap before a number, none before words or a quotation mark."""
    return f" {called}" if called[:1].isdigit() else called
