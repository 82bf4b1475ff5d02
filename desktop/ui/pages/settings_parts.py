"""How does a declared setting become a line of the settings page?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.settings import Setting, Settings
from desktop.ui import theme
from desktop.ui.widgets.buttons import Segments
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.inputs import LineEdit
from desktop.ui.widgets.labels import Icon, Label

Chosen = Callable[[], object]
LABEL_WIDTH = 72


def choice(setting: Setting[str], settings: Settings, chosen: Chosen) -> QWidget:
    """A switch between the choices of a setting; ``chosen`` runs after each was kept."""
    options = [(str(key), words) for key, words in (setting.choices or {}).items()]
    segments = Segments(options, name=f"settings.{setting.name}")
    segments.setAccessibleName(setting.label)
    segments.set_value(settings.get(setting))
    segments.chosen.connect(partial(_keep, setting, settings, chosen))
    return line(setting.label, segments)


def text(setting: Setting[str], settings: Settings, left: Chosen, *, example: str = "") -> Field:
    """A line of text, kept when she leaves it; ``left`` runs after it was kept."""
    edit = LineEdit(settings.get(setting), name=f"settings.{setting.name}", placeholder=example)
    edit.setMaxLength(60)
    edit.left.connect(partial(_keep_text, setting, settings, left, edit))
    return Field(setting.label, edit, optional=True)


def line(title: str, *widgets: QWidget) -> QWidget:
    """A name and what belongs to it, in one row."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    name = Label(title, "body")
    name.setFixedWidth(theme.px(LABEL_WIDTH))
    row.addWidget(name)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return made


def state(icon: str, ink: str, words: str, note: str) -> QHBoxLayout:
    """How something stands: sign, words, and a line of what it means."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Icon(icon, ink, 18), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Label(words, "strong"))
    column.addWidget(Label(note, "sub", wrap=True))
    row.addLayout(column, 1)
    return row


def in_a_row(*widgets: QWidget) -> QHBoxLayout:
    """Buttons side by side, from the left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row


def _keep(setting: Setting[str], settings: Settings, chosen: Chosen, value: str) -> None:
    if settings.get(setting) != value:
        settings.set(setting, value)
        chosen()


def _keep_text(setting: Setting[str], settings: Settings, left: Chosen, edit: LineEdit) -> None:
    _keep(setting, settings, left, " ".join(edit.text().split()))
