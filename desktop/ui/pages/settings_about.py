"""Which program is this, what is it made of, and where are its files?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop.paths import DataFolder
from desktop.ui import theme
from desktop.ui.dialogs.message import WIDE, Choice, Dialog
from desktop.ui.pages.settings_parts import in_a_row, line
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Card, Elided, Label

OpenFolder = Callable[[Path], object]

COMPONENTS = (
    ("PySide6-Essentials", "LGPL-3.0-only or GPL"),
    ("shiboken6", "LGPL-3.0-only or GPL"),
    ("SQLAlchemy", "MIT"),
    ("alembic", "MIT"),
    ("mako", "MIT"),
    ("markupsafe", "BSD-3-Clause"),
    ("typing-extensions", "PSF-2.0"),
    (
        "sqlcipher3",
        "zlib; holds SQLCipher (BSD-3-Clause), SQLite (public domain) and OpenSSL (Apache-2.0)",
    ),
    ("argon2-cffi", "MIT"),
    ("argon2-cffi-bindings", "MIT; holds Argon2 (CC0 or Apache-2.0)"),
    ("cffi", "MIT-0"),
    ("pycparser", "BSD-3-Clause"),
    ("cryptography", "Apache-2.0 or BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("python-calamine", "MIT"),
    ("xlrd", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("et-xmlfile", "MIT"),
    ("msoffcrypto-tool", "MIT"),
    ("olefile", "BSD-2-Clause"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("pypinyin", "MIT, © 2016 mozillazg"),
    ("reportlab", "BSD-3-Clause"),
    ("pillow", "MIT-CMU"),
    ("charset-normalizer", "MIT"),
    ("segno", "BSD-3-Clause"),
    ("Noto Sans SC, Noto Serif SC", "OFL-1.1"),
    ("LXGW WenKai (霞鹜文楷)", "OFL-1.1"),
    ("HanaMinB", "OFL-1.1 or Hanazono licence"),
    ("Lucide icons", "ISC, parts MIT (Feather)"),
)


def open_in_system(folder: Path) -> None:
    """Show a folder in the system's own file browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def about_card(folder: DataFolder, open_folder: OpenFolder = open_in_system) -> Card:
    """Name, version and licences, the data folder and the log folder."""
    card = Card("关于")
    card.body.addWidget(
        line(
            "版本",
            Label(f"半边天·妇委会工作台 {_version()}", "body", "text2"),
            _licences_button(card),
        )
    )
    card.body.addWidget(_folder_line("数据文件夹", folder.root, "data", open_folder))
    card.body.addWidget(_folder_line("日志文件夹", folder.logs, "logs", open_folder))
    card.body.addWidget(Label("日志只记程序做了哪一步，不记姓名、证件号和电话。", "cap", wrap=True))
    return card


class LicencesDialog(Dialog):
    """The parts of the program and under which licence each came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "开源许可",
            (Choice("close", "关闭"),),
            name="licences",
            cancel="",
            width=WIDE,
            parent=parent,
        )
        self.body.addWidget(Label("开源许可", "h2"))
        sentence = "本程序按 MIT 许可发布。用到的组件和字体各有自己的许可，全文随它们一起提供。"
        self.body.addWidget(Label(sentence, "sub", wrap=True))
        self.list = QPlainTextEdit("\n".join(f"{name}　{terms}" for name, terms in COMPONENTS))
        self.list.setReadOnly(True)
        self.list.setAccessibleName("组件和许可")
        self.list.setFixedHeight(theme.px(220))
        self.body.addWidget(self.list)


def _licences_button(parent: QWidget) -> Button:
    button = Button("开源许可", "scroll-text", "link", "small", name="settings.licences")
    button.clicked.connect(partial(_show_licences, parent))
    return button


def _show_licences(parent: QWidget) -> None:
    dialog = LicencesDialog(parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fit()
    dialog.open()


def _folder_line(title: str, folder: Path, key: str, open_folder: OpenFolder) -> QWidget:
    made = QWidget()
    row = in_a_row()
    row.setContentsMargins(0, 0, 0, 0)
    made.setLayout(row)
    name = Label(title, "body")
    name.setFixedWidth(theme.px(84))
    path = Elided(str(folder), "table", "text2")
    path.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    button = Button("打开文件夹", "folder-open", "link", "small", name=f"settings.{key}.open")
    button.setAccessibleName(f"打开{title}")
    button.clicked.connect(partial(_open, open_folder, folder))
    row.insertWidget(0, name)
    row.insertWidget(1, path)
    row.insertWidget(2, button)
    return made


def _open(open_folder: OpenFolder, folder: Path) -> None:
    open_folder(folder)


def _version() -> str:
    try:
        return version("banbiantian")
    except PackageNotFoundError:
        return ""
