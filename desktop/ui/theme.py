"""What does everything look like: colours, type and sizes, light and dark.

Every colour, font and height in the window is asked for here by its token. The style sheet
``resources/style.qss`` is a template over the same tokens.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.paths import resource

Mode = Literal["system", "light", "dark"]

STANDARD, LARGE = 1.0, 1.15

#        token           light      dark
_COLOURS = {
    "window": ("#F7F3EE", "#1B1719"),
    "nav": ("#F0EAE3", "#151214"),
    "surface": ("#FFFFFF", "#231F21"),
    "sunken": ("#FAF7F3", "#1F1B1D"),
    "raised": ("#FFFFFF", "#2C2729"),
    "hover": ("#F6F1EB", "#2B2628"),
    "press": ("#EDE6DE", "#342E31"),
    "border": ("#E7DFD7", "#383235"),
    "hair": ("#F0EAE4", "#2F292C"),
    "border2": ("#D3C8BE", "#4A4347"),
    "ctl": ("#94887F", "#7F757B"),
    "text": ("#2A2226", "#F1EBEE"),
    "text2": ("#62565B", "#BDB1B7"),
    "text3": ("#73676B", "#A1959B"),
    "disabled": ("#A99E9F", "#6F666B"),
    "accent": ("#7D2B52", "#A14773"),
    "accentHover": ("#6D2246", "#AF5581"),
    "accentPress": ("#5C1B3B", "#8F3C65"),
    "onAccent": ("#FFFFFF", "#FFFFFF"),
    "accentText": ("#7D2B52", "#EBA6C6"),
    "asoft": ("#F6E7EE", "#43263A"),
    "asoft2": ("#FBF3F7", "#2D2128"),
    "sel": ("#F6E7EE", "#43263A"),
    "selHover": ("#F1DDE7", "#4C2B42"),
    "aline": ("#E3BFD0", "#6B3B57"),
    "badge": ("#EBD5E0", "#43263A"),
    "bar": ("#7D2B52", "#C2628F"),
    "gold": ("#C8872A", "#E3B05E"),
    "goldText": ("#7A5200", "#EDC47C"),
    "goldSoft": ("#FBEFD6", "#3B2E18"),
    "jadeFill": ("#3D937E", "#8ADBC4"),
    "jade": ("#23695A", "#7FCFB8"),
    "jadeSoft": ("#E1F0EA", "#1D352F"),
    "amber": ("#865200", "#EDBE6A"),
    "amberSoft": ("#FBEFD6", "#3B2E18"),
    "danger": ("#AD2B1D", "#F59C8C"),
    "dangerFill": ("#B5301F", "#E5533D"),
    "dangerSoft": ("#FCE8E3", "#43231F"),
    "info": ("#2A5788", "#93BDEB"),
    "infoFill": ("#4C7FB8", "#5C8FC8"),
    "infoSoft": ("#E5EDF6", "#1E2D40"),
    "seriesLight": ("#D8AEC2", "#7A4A63"),
    "track": ("#EEE7E0", "#383235"),
    "neutralChip": ("#EFE9E3", "#332D30"),
    "tip": ("#2F272B", "#F1EBEE"),
    "tipText": ("#FFFFFF", "#2A2226"),
}

#        role      points  weight
_TYPE = {
    "display": (22.5, 700),
    "h1": (16.5, 700),
    "num": (16.5, 500),
    "h2": (11.25, 700),
    "h3": (10.5, 700),
    "strong": (10.5, 500),
    "body": (10.5, 400),
    "table": (9.75, 400),
    "name": (9.75, 500),
    "sub": (9.75, 400),
    "cap": (9.0, 400),
}

_FAMILIES = [
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
]

MOTION_MS, TOAST_MOTION_MS = 160, 120


@dataclass(frozen=True)
class Theme:
    """One look, settled: every token has a value."""

    dark: bool
    scale: float
    calm: bool
    colours: Mapping[str, str]


def _settle(*, dark: bool, scale: float, calm: bool, contrast: bool) -> Theme:
    colours = {token: pair[dark] for token, pair in _COLOURS.items()}
    if contrast:
        colours |= {"text2": colours["text"], "text3": colours["text"], "border": colours["ctl"]}
    return Theme(dark, scale, calm, MappingProxyType(colours))


_current = _settle(dark=False, scale=STANDARD, calm=False, contrast=False)
_template = ""


def current() -> Theme:
    """The look applied last."""
    return _current


def color(token: str) -> QColor:
    """The colour of ``token`` in the current look; an unknown token is a KeyError."""
    return QColor(_current.colours[token])


def font(role: str) -> QFont:
    """The font of a type role (``body``, ``table``, ``cap`` …) at the current size."""
    points, weight = _TYPE[role]
    made = QFont(_FAMILIES)
    made.setPointSizeF(points * _current.scale)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def px(size: float) -> int:
    """A height or width that holds text, grown with the chosen size of type."""
    return round(size * _current.scale)


def motion(milliseconds: int = MOTION_MS) -> int:
    """How long a movement lasts: 0 when less movement is asked for."""
    return 0 if _current.calm else milliseconds


def set_role(widget: QWidget, **properties: object) -> None:
    """Give a widget style properties, also after it was shown."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def load_fonts() -> None:
    """Make the shipped typeface known to Qt. Safe to call again."""
    if "Noto Sans SC" in QFontDatabase.families():
        return
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def apply(
    app: QApplication,
    mode: Mode = "system",
    scale: float = STANDARD,
    *,
    calm: bool | None = None,
) -> Theme:
    """Give the whole application one look and keep following the system's colour scheme.

    ``calm`` switches movement off; ``None`` asks the system.
    """
    global _current  # noqa: PLW0603 - one process has one look
    _current = _settle(
        dark=_is_dark(app, mode),
        scale=scale,
        calm=_system_is_calm(app) if calm is None else calm,
        contrast=_wants_contrast(app),
    )
    load_fonts()
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font("body"))
    app.setPalette(_palette())
    app.setStyleSheet(build_qss(_read_template()))
    _follow(app, mode, scale, calm)
    return _current


def build_qss(template: str) -> str:
    """Fill a style sheet: ``@token`` a colour, ``@pt-role`` a type size, ``@px36`` a height."""

    def value(match: re.Match[str]) -> str:
        word = match[1]
        if word.startswith("pt-"):
            return f"{_TYPE[word[3:]][0] * _current.scale:.2f}pt"
        if word.startswith("px"):
            return f"{px(float(word[2:]))}px"
        return _current.colours[word]

    return re.sub(r"@(pt-\w+|\w+)", value, template)


def _read_template() -> str:
    global _template  # noqa: PLW0603 - read once, used at each change of look
    _template = _template or resource("style.qss").read_text(encoding="utf-8")
    return _template


def _is_dark(app: QApplication, mode: Mode) -> bool:
    if mode != "system":
        return mode == "dark"
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _wants_contrast(app: QApplication) -> bool:
    hints = app.styleHints()
    access = hints.accessibility()
    return access.contrastPreference() == Qt.ContrastPreference.HighContrast


def _system_is_calm(app: QApplication) -> bool:
    if sys.platform == "win32":
        import ctypes

        animated = ctypes.c_int(1)
        client_area_animation = 0x1042
        ctypes.windll.user32.SystemParametersInfoW(
            client_area_animation, 0, ctypes.byref(animated), 0
        )
        return not animated.value
    hints = app.styleHints()
    access = hints.accessibility()
    asked = getattr(access, "motionPreference", None)  # Qt 6.12 and later
    return bool(asked and asked().name == "ReducedMotion")


class _Follower(QObject):
    """Applies the look again when the system changes between light and dark."""

    def __init__(self, app: QApplication, scale: float, calm: bool | None) -> None:
        super().__init__(app)
        self._app, self._scale, self._calm = app, scale, calm
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._again)

    def stop(self) -> None:
        self._hints.colorSchemeChanged.disconnect(self._again)
        self.deleteLater()

    def _again(self) -> None:
        apply(self._app, "system", self._scale, calm=self._calm)


_follower: _Follower | None = None


def _follow(app: QApplication, mode: Mode, scale: float, calm: bool | None) -> None:
    global _follower  # noqa: PLW0603 - at most one watcher of the system's scheme
    if _follower is not None:
        _follower.stop()
        _follower = None
    if mode == "system":
        _follower = _Follower(app, scale, calm)


def _palette() -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, token in (
        (roles.Window, "window"),
        (roles.WindowText, "text"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "sunken"),
        (roles.Text, "text"),
        (roles.PlaceholderText, "text3"),
        (roles.Button, "surface"),
        (roles.ButtonText, "text"),
        (roles.BrightText, "danger"),
        (roles.ToolTipBase, "tip"),
        (roles.ToolTipText, "tipText"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "onAccent"),
        (roles.Accent, "accent"),
        (roles.Link, "accentText"),
        (roles.LinkVisited, "accentText"),
        (roles.Light, "surface"),
        (roles.Midlight, "hover"),
        (roles.Mid, "border"),
        (roles.Dark, "border2"),
        (roles.Shadow, "ctl"),
    ):
        palette.setColor(role, color(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("disabled"))
    return palette
