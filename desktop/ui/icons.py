"""Which picture stands for what: line icons in the colours of the current look."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from desktop.paths import resource
from desktop.ui import theme

_THIN, _FINE = "1.75", "2.2"


def pixmap(name: str, ink: str = "text2", size: int = 16, ratio: float = 0.0) -> QPixmap:
    """An icon in the colour of ``ink``; ``ratio`` 0 takes the sharpest screen's."""
    ratio = ratio or _screen_ratio()
    return _draw(name, theme.color(ink).name(), size, ratio)


def icon(name: str, ink: str = "text2", size: int = 16, *, disabled: str = "disabled") -> QIcon:
    """The icon as a QIcon with its disabled face."""
    made = QIcon(pixmap(name, ink, size))
    made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made


def beside_words(
    name: str, ink: str, size: int, *, gap: int = 3, after: bool = False, ratio: float = 0.0
) -> QIcon:
    """The icon with a gap toward the words of its button, which leaves too little by itself."""
    made = QIcon(_with_gap(pixmap(name, ink, size, ratio), gap, after))
    made.addPixmap(
        _with_gap(pixmap(name, "disabled", size, ratio), gap, after), QIcon.Mode.Disabled
    )
    return made


def paint(  # noqa: PLR0917 - what, in which ink, where: as a painter's own calls
    painter: QPainter, name: str, ink: str, x: float, y: float, size: int
) -> None:
    """Draw an icon into a widget that paints itself."""
    ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
    painter.drawPixmap(QRectF(x, y, size, size), pixmap(name, ink, size, ratio), QRectF())


def logo(size: int = 64) -> QIcon:
    """The program's own picture, for window and task bar."""
    made = QIcon()
    for side in (16, 32, size):
        made.addPixmap(_render(_source("logo"), side, 1.0))
    return made


def _with_gap(drawn: QPixmap, gap: int, after: bool) -> QPixmap:
    ratio = drawn.devicePixelRatio()
    wider = QPixmap(_device((_side(drawn) + gap) * ratio), drawn.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(QPointF(_device(gap * ratio) / ratio if after else 0, 0), drawn)
    painter.end()
    return wider


def _side(drawn: QPixmap) -> int:
    return _device(drawn.width() / drawn.devicePixelRatio())


def _device(length: float) -> int:
    """Whole device pixels as Qt itself rounds them; one more or less and it scales the picture."""
    return int(length + 0.5)


def _screen_ratio() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


@lru_cache(maxsize=1024)
def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    width = _FINE if size <= 14 else _THIN
    svg = _source(name).replace("currentColor", QColor(colour).name())
    return _render(svg.replace('stroke-width="2"', f'stroke-width="{width}"'), size, ratio)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _render(svg: str, size: int, ratio: float) -> QPixmap:
    # the only use of QtSvg: a window without an icon on screen yet need not load it
    from PySide6.QtSvg import QSvgRenderer

    drawn = QPixmap(_device(size * ratio), _device(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(svg.encode()).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
