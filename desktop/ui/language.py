"""How does Qt itself come to speak Chinese?"""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


class _OneSpelling(QTranslator):
    """Qt's own words, with 撤销 for the 撤消 of its translation."""

    def translate(
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        words = super().translate(context, source_text, disambiguation, n)
        return words.replace("撤消", "撤销") if words else words


def speak_chinese(app: QApplication) -> None:
    """Chinese dates, standard buttons and context menus for the whole application."""
    chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(chinese)
    words = _OneSpelling(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(chinese, "qtbase", "_", folder):
        app.installTranslator(words)
